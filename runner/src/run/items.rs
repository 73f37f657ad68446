//! From a table's rows to items: types, keys, and the reasons to reject that need only the row.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::drivers::files::{self, FileError, Table};
use crate::events::view::Standing;
use crate::events::{Cause, Failure};
use crate::ports::NewItem;
use crate::scenario::expr::{Condition, Scope};
use crate::scenario::model::{Items, Source};
use crate::steps::{self, StepError};
use crate::text::{Lang, Message, codes};
use crate::value::{Class, ColumnType, Value};

use super::attempt::said_of_expression;
use super::machine::failure;
use super::scope::{Row, Variables};

/// A row, ready to become an item.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    /// Row in the source, as Excel counts it.
    pub(super) row: u64,
    key: String,
    label: String,
    /// Its values and their classes.
    pub(super) data: Row,
    /// Why it cannot be worked, when that is known from the row alone.
    pub(super) unfit: Option<Failure>,
}

/// A row whose key stood in the file before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Twice {
    pub(super) row: u64,
    pub(super) first: u64,
}

/// What was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) source: String,
    pub(super) hash: String,
    pub(super) format: String,
    pub(super) rows: Vec<Prepared>,
    pub(super) twice: Vec<Twice>,
}

/// Between the values of a key: no cell can hold it.
const SEPARATOR: char = '\u{1f}';

/// Reads the table and prepares every row.
pub(super) fn read(spec: &Items, office: &Path, scope: &Variables) -> Result<Read, Failure> {
    let text = |template: &crate::scenario::expr::Template| {
        template
            .evaluate(scope)
            .map(|found| found.value.to_text())
            .map_err(|error| said_of_expression(&error))
    };
    let file = text(spec.from.file())?;
    let wanted: Vec<&str> = spec
        .key
        .iter()
        .map(|key| key.value.as_str())
        .chain(spec.columns.iter().map(|(name, _)| name.value.as_str()))
        .collect();
    let table = match &spec.from {
        Source::Csv(_) => files::read_csv(office, &file),
        Source::Excel { sheet, .. } => {
            let sheet = sheet.as_ref().map(text).transpose()?;
            files::read_xlsx(office, &file, sheet.as_deref(), &wanted)
        }
    }
    .map_err(|error| said_of_file(error, &file))?;
    prepare(spec, file, table)
}

fn said_of_file(error: FileError, file: &str) -> Failure {
    if matches!(error, FileError::Missing { .. }) {
        return failure(Cause::Data, Message::new(codes::WORK_FILE_MISSING).with("file", file));
    }
    StepError::File(error).failure()
}

fn prepare(spec: &Items, source: String, table: Table) -> Result<Read, Failure> {
    let columns = columns(spec, &table)?;
    let keys: Vec<&Column> = spec
        .key
        .iter()
        .filter_map(|key| columns.iter().find(|column| column.name == key.value))
        .collect();
    let mut first_rows: HashMap<String, u64> = HashMap::new();
    let mut read = Read {
        source,
        hash: table.sha256.clone(),
        format: table.format.clone(),
        rows: Vec::new(),
        twice: Vec::new(),
    };
    for line in &table.rows {
        let row = line.number;
        let prepared = prepare_row(row, &line.cells, &columns, &keys);
        if let Some(first) = first_rows.get(&prepared.key) {
            read.twice.push(Twice { row, first: *first });
            continue;
        }
        first_rows.insert(prepared.key.clone(), row);
        read.rows.push(prepared);
    }
    Ok(read)
}

/// A column of the table: the name expressions use, where it stands, how it is read.
struct Column {
    name: String,
    index: usize,
    kind: ColumnType,
    /// Whether the scenario declares it; a guessed column never rejects a row.
    declared: bool,
}

fn columns(spec: &Items, table: &Table) -> Result<Vec<Column>, Failure> {
    let mut wanted: Vec<(&str, ColumnType, bool)> = spec
        .columns
        .iter()
        .map(|(name, kind)| (name.value.as_str(), kind.value, true))
        .collect();
    for key in &spec.key {
        if !wanted.iter().any(|(name, ..)| *name == key.value) {
            wanted.push((key.value.as_str(), ColumnType::Code, false));
        }
    }
    let names: Vec<&str> = wanted.iter().map(|(name, ..)| *name).collect();
    let places = table
        .columns(&names)
        .map_err(|error| StepError::File(error).failure())?;
    let mut columns: Vec<Column> = wanted
        .into_iter()
        .zip(places)
        .map(|((name, kind, declared), index)| Column {
            name: name.to_owned(),
            index,
            kind,
            declared,
        })
        .collect();
    for (index, heading) in table.headings.iter().enumerate() {
        if !heading.is_empty() && !columns.iter().any(|column| column.index == index) {
            let kind = ColumnType::guess(heading, table.samples(index));
            columns.push(Column {
                name: heading.clone(),
                index,
                kind,
                declared: false,
            });
        }
    }
    Ok(columns)
}

fn prepare_row(row: u64, cells: &[String], columns: &[Column], keys: &[&Column]) -> Prepared {
    let mut data = Row::default();
    let mut unfit = None;
    for column in columns {
        let cell = cells.get(column.index).map_or("", String::as_str);
        let value = match column.kind.parse(cell) {
            Ok(value) => value,
            Err(error) => {
                if column.declared {
                    let message = steps::refused_cell(&column.name, &error);
                    unfit.get_or_insert(failure(Cause::Data, message));
                }
                Value::Text(cell.to_owned())
            }
        };
        data.values.insert(column.name.clone(), value);
        data.classes.insert(column.name.clone(), column.kind.class());
    }
    let parts: Vec<String> = keys
        .iter()
        .map(|key| data.values.get(&key.name).map(Value::to_text).unwrap_or_default())
        .collect();
    if let Some(empty) = parts.iter().position(String::is_empty) {
        let column = keys.get(empty).map(|key| key.name.clone()).unwrap_or_default();
        unfit = Some(failure(
            Cause::Data,
            Message::new(codes::KEY_EMPTY).with("column", column),
        ));
    }
    let open = keys.iter().all(|key| key.kind.class() == Class::Open);
    let label = if open { parts.join("・") } else { masked(&parts) };
    let mut key = parts.join(&SEPARATOR.to_string());
    if parts.iter().any(String::is_empty) {
        // Without a key nothing can be told apart: the row itself stands in, so that no two such rows are taken for one.
        key = format!("{SEPARATOR}{row}{SEPARATOR}{}", cells.join(&SEPARATOR.to_string()));
    }
    Prepared {
        row,
        key,
        label,
        data,
        unfit,
    }
}

fn masked(parts: &[String]) -> String {
    parts
        .iter()
        .map(|part| {
            part.chars()
                .next()
                .map_or_else(String::new, |first| format!("{first}＊＊"))
        })
        .collect::<Vec<_>>()
        .join("・")
}

impl Prepared {
    /// The one item of a scenario without `items`.
    pub(super) fn single(date: NaiveDate) -> Prepared {
        let day = date.format("%Y-%m-%d").to_string();
        Prepared {
            row: 1,
            key: day.clone(),
            label: day,
            data: Row::default(),
            unfit: None,
        }
    }

    pub(super) fn to_new_item(&self) -> NewItem {
        NewItem {
            row: self.row,
            key: self.key.clone(),
            label: self.label.clone(),
            payload: self.data.values.clone(),
        }
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// The row as `run.items` shows it: its columns, what was kept, the state and the reason.
    pub(super) fn result(
        &self,
        standing: Standing,
        failure: Option<&Failure>,
        kept: &IndexMap<String, Value>,
    ) -> Value {
        let mut map = self.data.values.clone();
        map.extend(kept.iter().map(|(name, value)| (name.clone(), value.clone())));
        map.insert("状態".to_owned(), Value::from(standing.word(Lang::Ja)));
        let reason = failure
            .map(|failure| failure.message.what(Lang::Ja))
            .unwrap_or_default();
        map.insert("理由".to_owned(), Value::Text(reason));
        Value::Map(map)
    }
}

/// The first reason of the scenario that holds for the row at work.
pub(super) fn rejected_by_row(
    reasons: &[(crate::diag::Spanned<String>, Condition)],
    scope: &dyn Scope,
) -> Option<Failure> {
    reasons
        .iter()
        .find_map(|(reason, condition)| match condition.evaluate(scope) {
            Ok(found) if found.value.is_true() => Some(failure(
                Cause::Data,
                Message::new(codes::REJECTED).with("reason", reason.value.clone()),
            )),
            Ok(_) => None,
            // A condition that cannot be worked out must neither let the row through nor reject it for its reason.
            Err(error) => {
                let cause = said_of_expression(&error).message;
                let message = Message::new(codes::CONDITION_UNCLEAR)
                    .with("reason", reason.value.clone())
                    .with_said("cause", cause);
                Some(failure(Cause::Data, message))
            }
        })
}
