//! Locators as a scenario writes them: a text, a map, or a list of these of which the next is tried if one fails.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};

use crate::drivers::browser::{By, Locator, Target};
use crate::value::{Count, Text};

/// The words of a locator, in the order they are explained.
pub(super) const LOCATOR_KEYS: &[&str] = &[
    "button",
    "link",
    "label",
    "field",
    "text",
    "role",
    "name",
    "placeholder",
    "testid",
    "css",
    "xpath",
    "within",
    "nth",
    "frame",
];

/// The words of a locator and one more, for steps that take a word of their own beside them.
pub(super) const fn locator_keys_and<const ALL: usize>(own: &[&'static str]) -> [&'static str; ALL] {
    assert!(ALL == LOCATOR_KEYS.len() + own.len(), "as many places as words");
    let mut keys = [""; ALL];
    let mut at = 0;
    while at < ALL {
        keys[at] = match at < LOCATOR_KEYS.len() {
            true => LOCATOR_KEYS[at],
            false => own[at - LOCATOR_KEYS.len()],
        };
        at += 1;
    }
    keys
}

/// One of the words that a map may hold. An unknown one is an error at its own place.
pub(super) struct OneOf(pub(super) &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for OneOf {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for OneOf {
    type Value = &'static str;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a word of the step")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<&'static str, E> {
        let known = self.0.iter().find(|known| **known == word);
        known.copied().ok_or_else(|| E::unknown_field(word, self.0))
    }
}

/// What a step works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TargetArg(pub(super) Target);

/// One way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LocatorArg(pub(super) Locator);

/// A locator's map while it is read.
#[derive(Default)]
pub(super) struct LocatorParts {
    by: Option<(&'static str, String)>,
    name: Option<String>,
    within: Option<Locator>,
    nth: Option<u32>,
    frame: Option<String>,
}

impl LocatorParts {
    /// Takes the value of a key, if it is one of a locator's.
    pub(super) fn take<'de, A: MapAccess<'de>>(&mut self, key: &'static str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "name" => self.name = Some(words(map)?),
            "within" => self.within = Some(map.next_value::<LocatorArg>()?.0),
            "nth" => self.nth = Some(map.next_value::<Place>()?.0),
            "frame" => self.frame = Some(words(map)?),
            _ if !LOCATOR_KEYS.contains(&key) => return Ok(false),
            _ => match self.by {
                None => self.by = Some((key, words(map)?)),
                Some((first, _)) => {
                    return Err(A::Error::custom(format_args!(
                        "`{first}` and `{key}` cannot stand together"
                    )));
                }
            },
        }
        Ok(true)
    }

    /// The heading of a table's column, which goes with `row` and with nothing else.
    pub(super) fn column<E: Error>(self) -> Result<String, E> {
        let (kind, words) = self.by.ok_or_else(|| E::missing_field("field"))?;
        let others = [
            (kind, kind != "field"),
            ("name", self.name.is_some()),
            ("within", self.within.is_some()),
            ("nth", self.nth.is_some()),
            ("frame", self.frame.is_some()),
        ];
        match others.iter().find(|(_, given)| *given) {
            Some((other, _)) => Err(E::custom(format_args!("`row` and `{other}` cannot stand together"))),
            None => Ok(words),
        }
    }

    /// The locator, once every key was read.
    pub(super) fn finish<E: Error>(self) -> Result<Locator, E> {
        let (kind, words) = self.by.ok_or_else(|| E::missing_field("field"))?;
        if self.name.is_some() && kind != "role" {
            return Err(E::custom(format_args!("`name` and `{kind}` cannot stand together")));
        }
        let by = match kind {
            "button" => By::Button(words),
            "link" => By::Link(words),
            "label" => By::Label(words),
            "field" => By::Field(words),
            "role" => By::Role {
                role: words,
                name: self.name.unwrap_or_default(),
            },
            "placeholder" => By::Placeholder(words),
            "testid" => By::TestId(words),
            "css" => By::Css(words),
            "xpath" => By::XPath(words),
            _ => By::Text(words),
        };
        Ok(Locator {
            by,
            within: self.within.map(Box::new),
            nth: self.nth,
            frame: self.frame,
        })
    }
}

/// A text that is not blank.
pub(super) fn words<'de, A: MapAccess<'de>>(map: &mut A) -> Result<String, A::Error> {
    map.next_value::<Words>().map(|words| words.0)
}

struct Words(String);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?.0;
        if text.trim().is_empty() {
            return Err(D::Error::invalid_value(
                Unexpected::Str(&text),
                &"text that is not blank",
            ));
        }
        Ok(Words(text))
    }
}

/// A place counted from 1.
struct Place(u32);

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Count::deserialize(deserializer)?.0 {
            0 => Err(D::Error::invalid_value(
                Unexpected::Unsigned(0),
                &"a whole number from 1",
            )),
            place => Ok(Place(place)),
        }
    }
}

struct LocatorVisitor;

impl<'de> Visitor<'de> for LocatorVisitor {
    type Value = LocatorArg;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text of the page or a map such as {button: 登録}")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<LocatorArg, E> {
        let words = Words::deserialize(text.into_deserializer())?.0;
        Ok(LocatorArg(By::Any(words).into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<LocatorArg, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<LocatorArg, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LocatorArg, A::Error> {
        let mut parts = LocatorParts::default();
        while let Some(key) = map.next_key_seed(OneOf(LOCATOR_KEYS))? {
            parts.take(key, &mut map)?;
        }
        parts.finish().map(LocatorArg)
    }
}

impl<'de> Deserialize<'de> for LocatorArg {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LocatorVisitor)
    }
}

struct TargetVisitor;

impl<'de> Visitor<'de> for TargetVisitor {
    type Value = TargetArg;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text of the page, a map such as {button: 登録}, or a list of these")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<TargetArg, E> {
        LocatorArg::deserialize(text.into_deserializer()).map(|locator| TargetArg(locator.0.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<TargetArg, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<TargetArg, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TargetArg, A::Error> {
        LocatorArg::deserialize(MapAccessDeserializer::new(map)).map(|locator| TargetArg(locator.0.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<TargetArg, A::Error> {
        let locators = Vec::<LocatorArg>::deserialize(SeqAccessDeserializer::new(list))?;
        if locators.is_empty() {
            return Err(A::Error::invalid_length(0, &"at least one locator"));
        }
        let bundle = locators.into_iter().map(|locator| locator.0).collect();
        Ok(TargetArg(Target { bundle }))
    }
}

impl<'de> Deserialize<'de> for TargetArg {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TargetVisitor)
    }
}

/// The properties of a locator's map.
pub(super) fn locator_properties(generator: &mut SchemaGenerator) -> serde_json::Map<String, serde_json::Value> {
    let texts = [
        ("button", "ボタンの文字"),
        ("link", "リンクの文字"),
        ("label", "入力欄の見出し"),
        (
            "field",
            "見出しに属する値（入力欄、となりのセル、「見出し：」の後の文字）",
        ),
        ("text", "画面の文字"),
        ("role", "WAI-ARIA の役割（button、heading など）。name とともに使う"),
        ("name", "role の要素の名前"),
        ("placeholder", "入力欄の中の薄い見本の文字"),
        ("testid", "data-testid の値"),
        ("css", "CSS セレクター（ほかで指せないときだけ）"),
        ("xpath", "XPath（ほかで指せないときだけ）"),
        ("frame", "フレームの名前・id・題名"),
    ];
    let mut properties: serde_json::Map<String, serde_json::Value> = texts
        .into_iter()
        .map(|(key, help)| {
            (
                key.to_owned(),
                serde_json::json!({ "type": "string", "description": help }),
            )
        })
        .collect();
    let described = |mut schema: Schema, help: &str| {
        schema.insert("description".to_owned(), help.into());
        schema.to_value()
    };
    let within = generator.subschema_for::<LocatorArg>();
    properties.insert("within".to_owned(), described(within, "この要素のまわりの中だけで探す"));
    let nth = generator.subschema_for::<Count>();
    properties.insert(
        "nth".to_owned(),
        described(nth, "同じものがいくつかあるとき、上から何番目か（1から）"),
    );
    properties
}

impl JsonSchema for LocatorArg {
    fn schema_name() -> Cow<'static, str> {
        "Locator".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let properties = locator_properties(generator);
        json_schema!({
            "anyOf": [
                { "type": "string", "description": "画面に見える文字（見出し、ボタン、リンク）" },
                { "type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1 },
            ]
        })
    }
}

impl JsonSchema for TargetArg {
    fn schema_name() -> Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let locator = generator.subschema_for::<LocatorArg>();
        json_schema!({
            "anyOf": [
                locator,
                { "type": "array", "items": locator, "minItems": 1, "description": "前から順に試す" },
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Result<TargetArg, String> {
        let value: serde_yaml::Value = serde_yaml::from_str(yaml).expect("yaml");
        serde_path_to_error::deserialize(value).map_err(|error| format!("{}: {}", error.path(), error.inner()))
    }

    #[test]
    fn a_text_a_map_and_a_list() {
        assert_eq!(read("登録する").expect("text").0, Target::from("登録する"));
        assert_eq!(read("2").expect("number").0, Target::from("2"));
        assert_eq!(
            read("{button: 登録}").expect("map").0,
            By::Button("登録".to_owned()).into()
        );
        let role = By::Role {
            role: "heading".to_owned(),
            name: "一覧".to_owned(),
        };
        assert_eq!(read("{role: heading, name: 一覧}").expect("role").0, role.into());
        let bundle = read("[登録, {css: '#ok', frame: main}]").expect("list").0.bundle;
        assert_eq!(bundle.len(), 2);
        assert_eq!(bundle[1].frame.as_deref(), Some("main"));
        let nested = read("{link: 削除, within: {text: 山田}, nth: 2}")
            .expect("nested")
            .0
            .bundle;
        assert_eq!(nested[0].within.as_deref(), Some(&By::Text("山田".to_owned()).into()));
        assert_eq!(nested[0].nth, Some(2));
    }

    #[test]
    fn mistakes_have_a_place_and_name_what_is_allowed() {
        for (yaml, expected) in [
            (
                "{buton: 登録}",
                "buton: unknown field `buton`, expected one of `button`",
            ),
            (
                "[登録, {button: 登録, css: x}]",
                "[1]: `button` and `css` cannot stand together",
            ),
            ("{link: 削除, within: {nth: 1}}", "within: missing field `field`"),
            (
                "{link: 削除, nth: 0}",
                "nth: invalid value: integer `0`, expected a whole number from 1",
            ),
            (
                "{link: ' '}",
                "link: invalid value: string \" \", expected text that is not blank",
            ),
            ("{link: 削除, name: x}", ".: `name` and `link` cannot stand together"),
            ("[]", ".: invalid length 0, expected at least one locator"),
            ("''", ".: invalid value: string \"\", expected text that is not blank"),
            ("true", ".: invalid type: boolean `true`, expected text of the page"),
        ] {
            let error = read(yaml).expect_err(yaml);
            assert!(error.starts_with(expected), "{yaml}: {error}");
        }
    }
}
