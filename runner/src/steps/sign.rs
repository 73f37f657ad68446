//! Signs as a scenario writes them: what the page shows, never what it does not.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};

use super::DecodeError;
use super::locate::{OneOf, words};
use crate::drivers::browser::{Cmp, Sign};

/// The words of a sign; the last one only where a commit looks, since a step has its own `as`.
const KEYS: &[&str] = &["text", "field", "row", "url", "is", "contains", "as"];
const PLAIN_KEYS: &[&str] = KEYS.split_at(KEYS.len() - 1).0;

/// A sign and the name that what it shows gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignSpec {
    /// The sign.
    pub sign: Sign,
    /// `as`: the name for the line, value, cell or address that was seen.
    pub save_as: Option<String>,
}

/// A sign of a step, whose `as` stands beside it.
#[derive(Debug)]
pub(super) struct PlainSign(pub(super) Sign);

/// Reads a sign whose expressions have been worked out.
///
/// # Errors
/// With the place and what is allowed there.
pub fn decode(value: &serde_yaml::Value) -> Result<SignSpec, DecodeError> {
    serde_path_to_error::deserialize(value).map_err(|error| DecodeError {
        path: error.path().to_string(),
        problem: error.inner().to_string(),
    })
}

/// Whether a sign is written as one must be, with its expressions still in it.
///
/// # Errors
/// As for [`decode`].
pub fn check(written: &serde_yaml::Value) -> Result<(), DecodeError> {
    decode(written).map(|_| ())
}

/// A sign's map while it is read.
#[derive(Default)]
struct Parts {
    text: Option<String>,
    field: Option<String>,
    row: Option<String>,
    url: Option<String>,
    cmp: Option<Cmp>,
    save_as: Option<String>,
}

impl Parts {
    fn finish<E: Error>(self) -> Result<SignSpec, E> {
        let given = [
            ("text", &self.text),
            ("field", &self.field),
            ("row", &self.row),
            ("url", &self.url),
        ];
        let given: Vec<&str> = given
            .iter()
            .filter(|(_, value)| value.is_some())
            .map(|(name, _)| *name)
            .collect();
        let cmp = self.cmp.unwrap_or(Cmp::Exists);
        let sign = match (self.text, self.field, self.row, self.url) {
            (Some(text), None, None, None) => Sign::Text { text, cmp },
            (None, Some(field), None, None) => Sign::Field { field, cmp },
            (None, Some(field), Some(row), None) => Sign::Row { row, field, cmp },
            (None, None, None, Some(url)) if cmp == Cmp::Exists => Sign::Url {
                cmp: Cmp::Contains(url),
            },
            (None, None, None, Some(_)) => return Err(E::custom("`url` takes neither `is` nor `contains`")),
            _ => {
                return Err(match given.as_slice() {
                    [] => E::missing_field("text"),
                    [_] => E::missing_field("field"),
                    [first, second, ..] => E::custom(format_args!("`{first}` and `{second}` cannot stand together")),
                });
            }
        };
        Ok(SignSpec {
            sign,
            save_as: self.save_as,
        })
    }
}

/// Reads a sign with these words.
struct SignVisitor(&'static [&'static str]);

impl<'de> Visitor<'de> for SignVisitor {
    type Value = SignSpec;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text of the page or a map such as {field: 受付番号}")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SignSpec, E> {
        if text.trim().is_empty() {
            return Err(E::invalid_value(Unexpected::Str(text), &"text that is not blank"));
        }
        let sign = Sign::Text {
            text: text.to_owned(),
            cmp: Cmp::Exists,
        };
        Ok(SignSpec { sign, save_as: None })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<SignSpec, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<SignSpec, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SignSpec, A::Error> {
        let mut parts = Parts::default();
        while let Some(key) = map.next_key_seed(OneOf(self.0))? {
            let slot = match key {
                "text" => &mut parts.text,
                "field" => &mut parts.field,
                "row" => &mut parts.row,
                "url" => &mut parts.url,
                "is" | "contains" if parts.cmp.is_some() => {
                    return Err(A::Error::custom("`is` and `contains` cannot stand together"));
                }
                "is" => {
                    parts.cmp = Some(Cmp::Is(words(&mut map)?));
                    continue;
                }
                "contains" => {
                    parts.cmp = Some(Cmp::Contains(words(&mut map)?));
                    continue;
                }
                _ => &mut parts.save_as,
            };
            *slot = Some(words(&mut map)?);
        }
        parts.finish()
    }
}

impl<'de> Deserialize<'de> for SignSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SignVisitor(KEYS))
    }
}

impl<'de> Deserialize<'de> for PlainSign {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spec = deserializer.deserialize_any(SignVisitor(PLAIN_KEYS))?;
        Ok(PlainSign(spec.sign))
    }
}

const ROW_HELP: &str = "表の行を決める文字（いずれかのセルの値）。field とともに使う";

fn property(help: &str) -> serde_json::Value {
    serde_json::json!({ "type": ["string", "number"], "description": help })
}

/// The schema of `row`, which stands beside `field` wherever a table's cell is meant.
pub(super) fn row_property() -> serde_json::Value {
    property(ROW_HELP)
}

/// The schema of a sign with these words.
fn schema(words: &[&str]) -> Schema {
    let help = |word: &str| match word {
        "text" => "画面のどこかの行にある文字",
        "field" => "見出し。その見出しに属する値を見る",
        "row" => ROW_HELP,
        "url" => "画面のアドレスに含まれる文字",
        "is" => "値がこれと同じ",
        "contains" => "値がこれを含む",
        _ => "見えた値につける名前",
    };
    let properties: serde_json::Map<String, serde_json::Value> = words
        .iter()
        .map(|word| ((*word).to_owned(), property(help(word))))
        .collect();
    json_schema!({
        "anyOf": [
            { "type": "string", "description": "画面に見える文字" },
            { "type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1 },
        ]
    })
}

impl JsonSchema for SignSpec {
    fn schema_name() -> Cow<'static, str> {
        "Sign".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schema(KEYS)
    }
}

impl JsonSchema for PlainSign {
    fn schema_name() -> Cow<'static, str> {
        "PlainSign".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schema(PLAIN_KEYS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Result<SignSpec, String> {
        decode(&serde_yaml::from_str(yaml).expect("yaml")).map_err(|error| error.to_string())
    }

    #[test]
    fn every_form() {
        let text = |text: &str| text.to_owned();
        for (yaml, sign) in [
            (
                "メインメニュー",
                Sign::Text {
                    text: text("メインメニュー"),
                    cmp: Cmp::Exists,
                },
            ),
            (
                "{text: 完了, is: 登録が完了しました}",
                Sign::Text {
                    text: text("完了"),
                    cmp: Cmp::Is(text("登録が完了しました")),
                },
            ),
            (
                "{field: 住所, contains: 長崎市}",
                Sign::Field {
                    field: text("住所"),
                    cmp: Cmp::Contains(text("長崎市")),
                },
            ),
            (
                "{row: 001, field: 受付番号}",
                Sign::Row {
                    row: text("001"),
                    field: text("受付番号"),
                    cmp: Cmp::Exists,
                },
            ),
            (
                "{url: /done}",
                Sign::Url {
                    cmp: Cmp::Contains(text("/done")),
                },
            ),
        ] {
            assert_eq!(read(yaml), Ok(SignSpec { sign, save_as: None }), "{yaml}");
        }
        assert_eq!(
            read("{field: 受付番号, as: receipt}").expect("sign").save_as.as_deref(),
            Some("receipt")
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (yaml, expected) in [
            (
                "{fild: 住所}",
                "fild: unknown field `fild`, expected one of `text`, `field`",
            ),
            ("{row: 001}", ".: missing field `field`"),
            ("{as: x}", ".: missing field `text`"),
            ("{text: a, field: b}", ".: `text` and `field` cannot stand together"),
            (
                "{text: a, row: b, field: c}",
                ".: `text` and `field` cannot stand together",
            ),
            ("{url: a, row: b}", ".: `row` and `url` cannot stand together"),
            ("{url: a, is: b}", ".: `url` takes neither `is` nor `contains`"),
            (
                "{field: a, is: b, contains: c}",
                ".: `is` and `contains` cannot stand together",
            ),
            (
                "{field: ''}",
                "field: invalid value: string \"\", expected text that is not blank",
            ),
            ("[a]", ".: invalid type: sequence, expected text of the page"),
        ] {
            let error = read(yaml).expect_err(yaml);
            assert!(error.starts_with(expected), "{yaml}: {error}");
        }
    }

    #[test]
    fn a_step_has_its_own_as() {
        assert!(serde_yaml::from_str::<PlainSign>("{field: 受付番号}").is_ok());
        let error = serde_yaml::from_str::<PlainSign>("{field: 受付番号, as: receipt}").expect_err("as");
        assert!(error.to_string().contains("unknown field `as`"), "{error}");
    }
}
