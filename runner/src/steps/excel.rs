//! `excel.write`.

use std::fmt;

use indexmap::{IndexMap, IndexSet};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::{Help, Needs, Step, StepCx, StepDef, StepError, StepOutput, Written};
use crate::drivers::files::{Sheet, free_path, write_xlsx};
use crate::rules::headings::{self, Found};
use crate::scenario::model::Effect;
use crate::scenario::vocabulary::join;
use crate::text::{Message, codes};
use crate::value::{Classed, DATE_KEY, Flag, Text, Value};

/// The family.
pub(super) const STEPS: &[StepDef] = &[StepDef::of::<Write>()];

/// 書き出す Excel ブック。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Write {
    /// ファイル（例：outbox/結果.xlsx）。前の実行のものが同じ名前であれば、それを残し、結果_2.xlsx のように番号を付けます。
    file: Text,
    /// 行の一覧。${{ run.items }} は、この実行のすべての件です。
    rows: Vec<IndexMap<String, Cell>>,
    /// 書き出す列を、順に。なければ、行にあるすべての列です。
    columns: Option<Vec<Text>>,
    /// シートの名前。
    sheet: Option<Text>,
    /// はい で、前の実行のファイルを残さずに置きかえる
    replace: Option<Flag>,
}

impl Step for Write {
    const NAME: &'static str = "excel.write";
    const HELP: Help = Help {
        ja: "行の一覧を Excel ブックに書き出します。見出しは太字で、列の幅は中身に合わせます。\
             前の実行が書いたファイルは消しません。同じ名前なら、結果_2.xlsx のように番号を付けて別に書きます\
             （replace: はい なら置きかえます）。下見のときは「下見」フォルダーの中に書き、前の下見のものを置きかえます。書いたファイルの名前は、実行中の表示と yakin runs show に出ます。",
        en: "Writes rows to an Excel workbook, with bold headings and columns as wide as their content. \
             A file of an earlier run is never lost: under the same name the new one gets a number, such as 結果_2.xlsx \
             (unless `replace: yes`). A rehearsal writes into the folder 下見 and replaces what the one before wrote. The name that was written is told while the run works and by yakin runs show.",
    };
    const EXAMPLE: &'static str = "excel.write:\n  file: outbox/結果_${{ run.date }}.xlsx\n  rows: ${{ run.items }}";
    const EFFECT: Effect = Effect::Idempotent;
    const NEEDS: Needs = Needs::Files;

    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let file = self.file.0.as_str();
        let table = self.table()?;
        let own = cx.written.iter().find(|written| written.asked == file);
        let place = match (own, &self.replace) {
            (Some(own), _) => own.file.clone(),
            (None, Some(Flag(true))) => file.to_owned(),
            (None, _) if cx.drafts.is_some() => file.to_owned(),
            (None, _) => free_path(cx.office, file)?,
        };
        write_xlsx(cx.office, &place, &table)?;
        if own.is_none() {
            let shown = |file: &str| match cx.drafts {
                Some(folder) => format!("{folder}/{file}"),
                None => file.to_owned(),
            };
            let told = told(&shown(file), &shown(&place), table.rows.len());
            cx.notes.push(told);
            cx.written.push(Written {
                asked: file.to_owned(),
                file: place.clone(),
            });
        }
        Ok(StepOutput::value(Classed::open(place)))
    }
}

/// Which file was written.
fn told(asked: &str, file: &str, rows: usize) -> Message {
    let message = if asked == file {
        Message::new(codes::FILE_WRITTEN)
    } else {
        Message::new(codes::FILE_WRITTEN_BESIDE).with("asked", asked)
    };
    message
        .with("file", file)
        .with_int("rows", i64::try_from(rows).unwrap_or(i64::MAX))
}

impl Write {
    fn table(&self) -> Result<Sheet, StepError> {
        let known: IndexSet<&str> = self
            .rows
            .iter()
            .flat_map(|row| row.keys().map(String::as_str))
            .collect();
        let headings: Vec<&str> = match &self.columns {
            None => known.into_iter().collect(),
            Some(columns) => {
                let columns = columns.iter().map(|column| column.0.as_str());
                // Without rows nothing is known of their columns, and an empty table with its headings is right.
                let wanted = columns.map(|column| match headings::find(known.iter().copied(), column) {
                    Found::One(place) => Ok(known.get_index(place).copied().unwrap_or(column)),
                    Found::None if known.is_empty() => Ok(column),
                    Found::None | Found::Many(..) => {
                        let message = Message::new(codes::NO_SUCH_VALUE)
                            .with("column", column)
                            .with("there", join(known.iter().copied()));
                        Err(StepError::Business(Box::new(message)))
                    }
                });
                wanted.collect::<Result<_, _>>()?
            }
        };
        let cell =
            |row: &IndexMap<String, Cell>, heading: &str| row.get(heading).map_or(Value::Null, |cell| cell.0.clone());
        Ok(Sheet {
            name: self.sheet.as_ref().map(|sheet| sheet.0.clone()),
            headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
            rows: self
                .rows
                .iter()
                .map(|row| headings.iter().map(|heading| cell(row, heading)).collect())
                .collect(),
        })
    }
}

/// A value in a row.
#[derive(Debug, Clone, PartialEq)]
struct Cell(Value);

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text, a number, yes or no, a date, or a list of these")
    }

    fn visit_unit<E: Error>(self) -> Result<Cell, E> {
        Ok(Cell(Value::Null))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Cell, E> {
        Ok(Cell(Value::Bool(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell(Value::Int(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell(
            i64::try_from(number).map_or_else(|_| Value::Text(number.to_string()), Value::Int),
        ))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell(Value::Number(number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(Value::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
        let mut values = Vec::new();
        while let Some(Cell(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Cell(Value::List(values)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        let wrong = |visitor: &Self| A::Error::invalid_type(Unexpected::Map, visitor);
        match map.next_entry::<String, String>()? {
            Some((key, date)) if key == DATE_KEY => match date.parse() {
                Ok(day) => Ok(Cell(Value::Date(day))),
                Err(_) => Err(wrong(&self)),
            },
            _ => Err(wrong(&self)),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

impl JsonSchema for Cell {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cell".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean", "null", "array"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(yaml: &str) -> Write {
        serde_yaml::from_str(yaml).expect(yaml)
    }

    #[test]
    fn columns_are_those_of_the_rows_unless_they_are_named() {
        let rows =
            "file: a.xlsx\nrows:\n- {番号: '001', 日付: {$date: 2026-11-23}}\n- {番号: '002', 理由: 住所が市外です}\n";
        let table = write(rows).table().expect("table");
        assert_eq!(table.headings, ["番号", "日付", "理由"]);
        assert!(matches!(
            table.rows[0].as_slice(),
            [Value::Text(_), Value::Date(_), Value::Null]
        ));
        let table = write(&format!("{rows}columns: [理由, 番号]\n")).table().expect("table");
        assert_eq!(table.rows[1], [Value::from("住所が市外です"), Value::from("002")]);
        let error = write(&format!("{rows}columns: [氏名]\n"))
            .table()
            .expect_err("no such column");
        assert!(matches!(error, StepError::Business(message) if message.is(codes::NO_SUCH_VALUE)));
    }

    #[test]
    fn no_rows_are_a_table_with_its_headings() {
        let table = write("{file: a.xlsx, rows: [], columns: [番号]}")
            .table()
            .expect("table");
        assert_eq!((table.headings.len(), table.rows.len()), (1, 0));
    }
}
