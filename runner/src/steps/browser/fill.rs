//! `browser.fill`, `browser.type`, `browser.select`, `browser.check`.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, Visitor};

use super::values::FieldText;
use super::{note_spare, session};
use crate::diag::Spanned;
use crate::drivers::browser::{By, FieldFill, FieldValue, FillMode, FillRequest, Filled, Locator, Privacy, Target};
use crate::scenario::model::Effect;
use crate::scenario::tree::{Node, NodeKind};
use crate::steps::locate::{LocatorArg, LocatorParts, OneOf, TargetArg, locator_keys_and, locator_properties};
use crate::steps::{Help, Listed, Step, StepCx, StepError, StepOutput};
use crate::text::{Message, codes};
use crate::value::{Flag, Text, Value};

/// 入力欄の見出しと値。
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fill {
    fields: IndexMap<String, FieldText>,
    #[serde(default)]
    mode: Mode,
    within: Option<LocatorArg>,
    frame: Option<Text>,
}

/// 文字の入れ方。auto はまとめて入れ、keys は1文字ずつキーで打ちます。
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Mode {
    /// まとめて入れ、画面が受けつけなかった欄だけキーで打ち直します。
    #[default]
    Auto,
    /// いつも1文字ずつキーで打ちます。
    Keys,
}

impl Step for Fill {
    const NAME: &'static str = "browser.fill";
    const HELP: Help = Help {
        ja: "入力欄に値を入れます。欄は見出しで指し、選択肢・丸ボタン・チェック・和暦の日付の欄にも、その形で入れます。\
             名前だけを並べると、同じ名前の列（部品では入力）の値が入ります。入れた後、画面に残った値を確かめます。",
        en: "Fills a form. Fields are named by their headings; lists, radios, checkboxes and 元号/年/月/日 fields are filled \
             in their own way. A list of names takes the columns (in a part: the inputs) of the same names. What the page holds is compared.",
    };
    const EXAMPLE: &'static str = "browser.fill:\n  氏名: ${{ item.氏名 }}\n  フリガナ: ${{ item.カナ | 全角カナ }}";
    const EFFECT: Effect = Effect::Idempotent;
    const EXPAND: Option<fn(&Node, Listed) -> Option<Node>> = Some(expand);
    const TAKES_SECRETS: bool = true;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        fill(cx, &self.request(cx.sensitive)).await
    }
}

async fn fill(cx: &mut StepCx<'_>, request: &FillRequest) -> Result<StepOutput, StepError> {
    let wait = cx.wait;
    let filled = session(cx)?.fill(request, wait).await?;
    note_filled(cx, request, &filled);
    Ok(StepOutput::default())
}

/// A field; what a picture must not show as text, it must not show in any other form either.
fn field(target: Target, value: FieldValue, sensitive: &[String]) -> FieldFill {
    let privacy = match &value {
        FieldValue::Text(text) | FieldValue::Choice(text) | FieldValue::Dated { text, .. } => {
            privacy_of(text, sensitive)
        }
        FieldValue::Date(date) => privacy_of(&date.iso, sensitive),
        FieldValue::Bool(flag) => privacy_of(&Value::Bool(*flag).to_text(), sensitive),
    };
    FieldFill { target, value, privacy }
}

fn privacy_of(text: &str, sensitive: &[String]) -> Privacy {
    match sensitive.iter().any(|known| known == text) {
        true => Privacy::Private,
        false => Privacy::Open,
    }
}

impl Fill {
    fn request(&self, sensitive: &[String]) -> FillRequest {
        let target = |heading: &str| {
            Target::from(Locator {
                by: By::Any(heading.to_owned()),
                within: self.within.as_ref().map(|within| Box::new(within.0.clone())),
                nth: None,
                frame: self.frame.as_ref().map(|frame| frame.0.clone()),
            })
        };
        FillRequest {
            fields: self
                .fields
                .iter()
                .map(|(heading, value)| field(target(heading), value.0.clone(), sensitive))
                .collect(),
            mode: match self.mode {
                Mode::Auto => FillMode::Auto,
                Mode::Keys => FillMode::Keys,
            },
        }
    }
}

/// Says what is not as the scenario's author may think: a spare way was needed, or the page writes the value otherwise.
fn note_filled(cx: &mut StepCx<'_>, request: &FillRequest, filled: &[Filled]) {
    for (FieldFill { target, .. }, filled) in request.fields.iter().zip(filled) {
        note_spare(cx, target, &filled.matched);
        if filled.reformatted {
            cx.notes
                .push(Message::new(codes::FIELD_REFORMATTED).with("field", target.wanted()));
        }
    }
}

/// The short forms: a list of names, each from the column or input of the same name, and headings with their values.
fn expand(node: &Node, listed: Listed) -> Option<Node> {
    let fields = match &node.kind {
        NodeKind::List(names) => {
            let entries: Option<Vec<_>> = names.iter().map(|name| named(name, listed)).collect();
            Node {
                kind: NodeKind::Map(entries?),
                span: node.span,
            }
        }
        NodeKind::Map(_) if !is_full(node) => node.clone(),
        _ => return None,
    };
    Some(Node {
        kind: NodeKind::Map(vec![(Spanned::new("fields".to_owned(), node.span), fields)]),
        span: node.span,
    })
}

/// `fields` with a map below is the full form; a heading called `fields` has a text.
fn is_full(node: &Node) -> bool {
    node.get("fields")
        .is_some_and(|fields| matches!(fields.kind, NodeKind::Map(_)))
}

/// A field with the value of the same name.
fn named(name: &Node, listed: Listed) -> Option<(Spanned<String>, Node)> {
    let heading = name.text()?;
    let text = match listed {
        Listed::Columns => {
            let quoted = heading.replace('\\', "\\\\").replace('"', "\\\"");
            format!("${{{{ item[\"{quoted}\"] }}}}")
        }
        Listed::Inputs => format!("${{{{ {heading} }}}}"),
    };
    let value = Node {
        kind: NodeKind::Scalar { text, quoted: true },
        span: name.span,
    };
    Some((Spanned::new(heading.to_owned(), name.span), value))
}

impl JsonSchema for Fill {
    fn schema_name() -> Cow<'static, str> {
        "Fill".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<FieldText>();
        let mut within = generator.subschema_for::<LocatorArg>();
        within.insert("description".to_owned(), "この要素のまわりの中だけで探す".into());
        let mode = generator.subschema_for::<Mode>();
        json_schema!({
            "anyOf": [
                { "type": "array", "items": { "type": "string" }, "minItems": 1, "description": "列（部品では入力）と同じ見出しの欄の名前" },
                { "type": "object", "additionalProperties": value, "minProperties": 1, "description": "欄の見出しと、入れる値" },
                {
                    "type": "object",
                    "properties": {
                        "fields": { "type": "object", "additionalProperties": value, "minProperties": 1, "description": "欄の見出しと、入れる値" },
                        "mode": mode,
                        "within": within,
                        "frame": { "type": "string", "description": "フレームの名前・id・題名" },
                    },
                    "required": ["fields"],
                    "additionalProperties": false,
                },
            ]
        })
    }
}

/// キーで打つ文字と、その入力欄。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Type {
    /// 入力欄。
    into: TargetArg,
    /// 打つ文字。今ある文字の後に続きます。
    text: Text,
}

impl Step for Type {
    const NAME: &'static str = "browser.type";
    const HELP: Help = Help {
        ja: "入力欄に、キーで文字を打ちます。今ある文字は消しません。ふつうは browser.fill を使います。",
        en: "Types text into a field by keys, after what it holds. Usually browser.fill is the better choice.",
    };
    const EXAMPLE: &'static str = "browser.type: { into: 検索, text: 長崎 }";
    // Twice it would stand in the field twice, but a field is not the world: nothing is registered by typing.
    const EFFECT: Effect = Effect::Idempotent;
    const TAKES_SECRETS: bool = true;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let privacy = privacy_of(&self.text.0, cx.sensitive);
        let matched = session(cx)?
            .type_keys(&self.into.0, &self.text.0, privacy, wait)
            .await?;
        note_spare(cx, &self.into.0, &matched);
        Ok(StepOutput::default())
    }
}

/// 選ぶものと、その欄。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Select {
    /// 選択肢の欄、または丸ボタンの組の見出し。
    from: TargetArg,
    /// 選ぶものの文字。
    option: Text,
}

impl Step for Select {
    const NAME: &'static str = "browser.select";
    const HELP: Help = Help {
        ja: "選択肢や丸ボタンから、見える文字で1つ選びます。",
        en: "Chooses an entry of a list, or a radio, by its visible text.",
    };
    const EXAMPLE: &'static str = "browser.select: { from: 請求通数, option: 2通 }";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let option = FieldValue::Choice(self.option.0.clone());
        fill(cx, &field(self.from.0.clone(), option, cx.sensitive).into()).await
    }
}

/// チェックを入れるもの。
#[derive(Debug)]
pub(super) struct Check {
    target: Target,
    on: bool,
}

impl Step for Check {
    const NAME: &'static str = "browser.check";
    const HELP: Help = Help {
        ja: "チェックを入れます。on: いいえ なら外します。",
        en: "Ticks a checkbox; with `on: no` takes the tick away.",
    };
    const EXAMPLE: &'static str = "browser.check: { label: 運転免許証, on: はい }";
    const EFFECT: Effect = Effect::Idempotent;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let tick = FieldValue::Bool(self.on);
        fill(cx, &field(self.target.clone(), tick, cx.sensitive).into()).await
    }
}

const CHECK_KEYS: [&str; 15] = locator_keys_and(&["on"]);

struct CheckVisitor;

impl<'de> Visitor<'de> for CheckVisitor {
    type Value = Check;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text of the page or a map such as {label: 運転免許証, on: はい}")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Check, E> {
        let locator = LocatorArg::deserialize(text.into_deserializer())?.0;
        Ok(Check {
            target: locator.into(),
            on: true,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Check, A::Error> {
        let mut parts = LocatorParts::default();
        let mut on = true;
        while let Some(key) = map.next_key_seed(OneOf(&CHECK_KEYS))? {
            if !parts.take(key, &mut map)? {
                on = map.next_value::<Flag>()?.0;
            }
        }
        let target = parts.finish()?.into();
        Ok(Check { target, on })
    }
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CheckVisitor)
    }
}

impl JsonSchema for Check {
    fn schema_name() -> Cow<'static, str> {
        "Check".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let locator = generator.subschema_for::<LocatorArg>();
        let mut on = generator.subschema_for::<Flag>();
        on.insert("description".to_owned(), "いいえ なら外す".into());
        let mut properties = locator_properties(generator);
        properties.insert("on".to_owned(), on.to_value());
        json_schema!({
            "anyOf": [locator, { "type": "object", "properties": properties, "additionalProperties": false }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;

    fn scalar(text: &str, at: usize) -> Node {
        Node {
            kind: NodeKind::Scalar {
                text: text.to_owned(),
                quoted: false,
            },
            span: Span::new(at, at + text.len()),
        }
    }

    fn entry(name: &str, node: Node) -> (Spanned<String>, Node) {
        (Spanned::new(name.to_owned(), Span::default()), node)
    }

    fn map(entries: Vec<(Spanned<String>, Node)>) -> Node {
        Node {
            kind: NodeKind::Map(entries),
            span: Span::default(),
        }
    }

    #[test]
    fn a_list_of_names_takes_the_columns_and_keeps_the_places() {
        let list = Node {
            kind: NodeKind::List(vec![scalar("氏名", 10), scalar("住所\"（方書）", 20)]),
            span: Span::new(5, 40),
        };
        let full = expand(&list, Listed::Columns).expect("expanded");
        let fields = full.get("fields").and_then(Node::entries).expect("fields");
        assert_eq!(fields[0].1.text(), Some("${{ item[\"氏名\"] }}"));
        assert_eq!(fields[1].1.text(), Some("${{ item[\"住所\\\"（方書）\"] }}"));
        assert_eq!(fields[0].1.span.start, 10);
        let full = expand(&list, Listed::Inputs).expect("expanded");
        let fields = full.get("fields").and_then(Node::entries).expect("fields");
        assert_eq!(fields[0].1.text(), Some("${{ 氏名 }}"), "a part sees no item");
    }

    #[test]
    fn headings_and_the_full_form_are_told_apart() {
        let short = map(vec![entry("氏名", scalar("森", 0)), entry("fields", scalar("x", 0))]);
        let full = expand(&short, Listed::Columns).expect("headings");
        assert!(is_full(&full));
        assert_eq!(full.get("fields"), Some(&short));
        assert_eq!(expand(&full, Listed::Columns), None);
        let nested = Node {
            kind: NodeKind::List(vec![short]),
            span: Span::default(),
        };
        assert_eq!(
            expand(&nested, Listed::Columns),
            None,
            "a list of maps is a mistake that the decoder names"
        );
    }

    #[test]
    fn options_reach_every_field() {
        let yaml = "{fields: {氏名: 森, 電話: 1}, mode: keys, within: {text: 届出人}, frame: main}";
        let fill: Fill = serde_yaml::from_str(yaml).expect("fill");
        let request = fill.request(&["森".to_owned()]);
        assert_eq!(request.mode, FillMode::Keys);
        assert_eq!(
            request.fields.iter().map(|field| field.privacy).collect::<Vec<_>>(),
            [Privacy::Private, Privacy::Open]
        );
        for FieldFill { target, .. } in &request.fields {
            assert_eq!(target.bundle[0].frame.as_deref(), Some("main"));
            assert!(target.bundle[0].within.is_some());
        }
        assert!(serde_yaml::from_str::<Fill>("{fields: {a: b}, mod: keys}").is_err());
    }

    #[test]
    fn a_tick_is_wanted_unless_it_is_not() {
        assert!(serde_yaml::from_str::<Check>("同意する").expect("text").on);
        assert!(
            !serde_yaml::from_str::<Check>("{label: 旅券, on: いいえ}")
                .expect("map")
                .on
        );
        assert!(serde_yaml::from_str::<Check>("{label: 旅券, off: はい}").is_err());
    }
}
