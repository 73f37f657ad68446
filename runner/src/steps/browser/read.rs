//! `browser.read`, `browser.read_table`.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::session;
use crate::drivers::browser::{Table, Target};
use crate::scenario::model::Effect;
use crate::steps::locate::{LocatorParts, OneOf, TargetArg, locator_keys_and, locator_properties, words};
use crate::steps::sign::row_property;
use crate::steps::{Help, Step, StepCx, StepError, StepOutput, refused_cell};
use crate::value::{Class, Classed, ColumnType, Value};

/// 読むもの。
#[derive(Debug)]
pub(super) struct Read {
    what: What,
    kind: Option<ColumnType>,
}

/// Where a value stands.
#[derive(Debug, PartialEq)]
enum What {
    Target(Target),
    /// In a table: in the row that `row` tells, under the heading `field`.
    Cell {
        row: String,
        field: String,
    },
}

impl Step for Read {
    const NAME: &'static str = "browser.read";
    const HELP: Help = Help {
        ja: "画面の値を読みます。結果の名前は as で決めます。type があれば、その種類として読みます。\
             表の1つの値は { row: 行を決める文字, field: 列の見出し } で読みます。",
        en: "Reads a value of the page; `as` names it. With `type` it is read as that type. \
             One value of a table is `{ row: text of its row, field: heading of its column }`.",
    };
    const EXAMPLE: &'static str = "browser.read: { field: 手数料, type: amount }";
    const EFFECT: Effect = Effect::Read;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let session = session(cx)?;
        let (text, wanted) = match &self.what {
            What::Target(target) => (session.read(target, wait).await?, target.wanted()),
            What::Cell { row, field } => (session.read_cell(row, field, wait).await?, field.clone()),
        };
        let Some(kind) = self.kind else {
            return Ok(StepOutput::value(Classed::new(text, Class::Personal)));
        };
        match kind.parse(&text) {
            Ok(value) => Ok(StepOutput::value(Classed::new(value, kind.class()))),
            Err(error) => Err(StepError::Business(Box::new(refused_cell(&wanted, &error)))),
        }
    }
}

const KEYS: [&str; 16] = locator_keys_and(&["type", "row"]);

struct ReadVisitor;

impl<'de> Visitor<'de> for ReadVisitor {
    type Value = Read;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text of the page, a map such as {field: 手数料, type: amount}, or a list of these")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Read, E> {
        Ok(Read {
            what: What::Target(text.into()),
            kind: None,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Read, A::Error> {
        let target = TargetArg::deserialize(SeqAccessDeserializer::new(list))?.0;
        Ok(Read {
            what: What::Target(target),
            kind: None,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let mut parts = LocatorParts::default();
        let (mut row, mut kind) = (None, None);
        while let Some(key) = map.next_key_seed(OneOf(&KEYS))? {
            match key {
                "row" => row = Some(words(&mut map)?),
                "type" => kind = Some(map.next_value()?),
                _ => _ = parts.take(key, &mut map)?,
            }
        }
        let what = match row {
            Some(row) => What::Cell {
                row,
                field: parts.column()?,
            },
            None => What::Target(parts.finish()?.into()),
        };
        Ok(Read { what, kind })
    }
}

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadVisitor)
    }
}

impl JsonSchema for Read {
    fn schema_name() -> Cow<'static, str> {
        "Read".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let target = generator.subschema_for::<TargetArg>();
        let mut kind = generator.subschema_for::<ColumnType>();
        kind.insert("description".to_owned(), "値の種類（列の種類と同じ）".into());
        let mut properties = locator_properties(generator);
        properties.insert("type".to_owned(), kind.to_value());
        properties.insert("row".to_owned(), row_property());
        json_schema!({
            "anyOf": [target, { "type": "object", "properties": properties, "additionalProperties": false }]
        })
    }
}

/// 読む表。表の題、表の中の文字、表のすぐ前の文字のどれかで指します。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ReadTable(TargetArg);

impl Step for ReadTable {
    const NAME: &'static str = "browser.read_table";
    const HELP: Help = Help {
        ja: "画面の表を読み、行の一覧にします。各行の値は、列の見出しで取り出せます。",
        en: "Reads a table of the page into a list of rows; each value is found by its column's heading.",
    };
    const EXAMPLE: &'static str = "browser.read_table: 受付一覧";
    const EFFECT: Effect = Effect::Read;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let wait = cx.wait;
        let table = session(cx)?.read_table(&self.0.0, wait).await?;
        Ok(StepOutput::value(Classed::new(rows(table), Class::Personal)))
    }
}

/// The rows by their headings; a column without one has its place (`列3`), and of two with the same the first is kept.
fn rows(table: Table) -> Value {
    let headings: Vec<String> = table
        .headers
        .into_iter()
        .enumerate()
        .map(|(place, heading)| {
            if heading.trim().is_empty() {
                format!("列{}", place + 1)
            } else {
                heading
            }
        })
        .collect();
    let row = |cells: Vec<String>| {
        let mut map = IndexMap::new();
        for (heading, cell) in headings.iter().zip(cells) {
            map.entry(heading.clone()).or_insert(Value::Text(cell));
        }
        Value::Map(map)
    };
    Value::List(table.rows.into_iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::browser::By;

    #[test]
    fn rows_are_found_by_headings() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let table = Table {
            headers: texts(&["番号", "", "番号"]),
            rows: vec![texts(&["001", "x", "002"])],
        };
        let expected = IndexMap::from([
            ("番号".to_owned(), Value::from("001")),
            ("列2".to_owned(), Value::from("x")),
        ]);
        assert_eq!(rows(table), Value::List(vec![Value::Map(expected)]));
    }

    #[test]
    fn a_cell_is_told_by_its_row_and_its_heading() {
        let read: Read = serde_yaml::from_str("{row: 001, field: 手数料, type: amount}").expect("read");
        let (row, field) = ("001".to_owned(), "手数料".to_owned());
        assert_eq!(read.what, What::Cell { row, field });
        assert_eq!(read.kind, Some(ColumnType::Amount));
        for (wrong, told) in [
            ("{row: 1}", "missing field `field`"),
            ("{row: 1, text: a}", "`row` and `text` cannot stand together"),
            ("{row: 1, field: a, nth: 2}", "`row` and `nth` cannot stand together"),
        ] {
            let error = serde_yaml::from_str::<Read>(wrong).expect_err(wrong).to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn a_type_stands_beside_the_locator() {
        let read: Read = serde_yaml::from_str("{field: 手数料, type: amount}").expect("read");
        assert_eq!(read.kind, Some(ColumnType::Amount));
        assert_eq!(read.what, What::Target(By::Field("手数料".to_owned()).into()));
        assert!(serde_yaml::from_str::<Read>("{field: 手数料, kind: amount}").is_err());
        assert!(serde_yaml::from_str::<Read>("{field: 手数料, type: money}").is_err());
    }
}
