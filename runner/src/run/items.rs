//! From a table's rows to items: types, keys, and the reasons to reject that need only the row.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::drivers::files::{self, FileError, Table};
use crate::events::view::Standing;
use crate::events::{Cause, Failure, ItemId};
use crate::plan::Upstream;
use crate::ports::{Finished, Leftover, NewItem};
use crate::rules::excel;
use crate::rules::width::to_halfwidth_ascii;
use crate::scenario::expr::Template;
use crate::scenario::model::{Items, Source};
use crate::steps::{self, StepError};
use crate::text::{Code, Lang, Message, codes};
use crate::value::{Class, ColumnType, Value};

use super::halt::{failure, said_of_expression};
use super::list;
use super::scope::{Row, Variables};

/// A row, ready to become an item.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    /// The item of another bot whose end made this row.
    made_of: Option<ItemId>,
    /// Row in the source, as Excel counts it.
    pub(super) row: u64,
    key: String,
    label: String,
    /// Its values and their classes.
    pub(super) data: Row,
    /// Why it cannot be worked, when that is known from the row alone.
    pub(super) unfit: Option<Failure>,
    /// The row that had the same number first, with another content.
    first: Option<u64>,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) source: String,
    /// SHA-256 of the file, if it is one.
    pub(super) hash: Option<String>,
    pub(super) format: String,
    pub(super) rows: Vec<Prepared>,
    /// What is said of rows that stand in the file twice.
    pub(super) twice: Vec<Message>,
}

/// The column of results, and the kept value, that says why an item is not simply done.
pub(super) const REASON: &str = "理由";

/// Where a stored row says which row had its number first: no heading begins like this.
pub(super) const FIRST: &str = "\u{1f}first";

/// Between the values of a key: no cell can hold it.
const SEPARATOR: char = '\u{1f}';

/// Reads the rows and prepares each. Those that another scenario has finished are given.
pub(super) fn read(spec: &Items, office: &Path, scope: &Variables, given: Given<'_>) -> Result<Read, Failure> {
    match &spec.from {
        Source::Csv(file) => read_file(spec, office, scope, (file, None)),
        Source::Excel { file, sheet } => read_file(spec, office, scope, (file, sheet.as_ref())),
        Source::Rows(rows) => prepare(spec, given.file.to_owned(), list::of_rows(rows, scope)?, &[]),
        Source::Made(template) => {
            let key = spec.key.first().map_or("", |key| key.value.as_str());
            let table = list::of_made(template, key, scope)?;
            prepare(spec, template.source(), table, &[])
        }
        Source::Scenario(id) => {
            let made_of: Vec<ItemId> = given.finished.iter().map(|done| done.item).collect();
            let table = list::of_finished(given.finished, given.upstream);
            prepare(spec, id.value.clone(), table, &made_of)
        }
    }
}

/// What a run knows besides the scenario's own words.
pub(super) struct Given<'a> {
    /// The scenario's file.
    pub(super) file: &'a str,
    /// What the other scenario has finished.
    pub(super) finished: Vec<Finished>,
    /// The other scenario.
    pub(super) upstream: Option<&'a Upstream>,
}

fn read_file(
    spec: &Items,
    office: &Path,
    scope: &Variables,
    (file, sheet): (&Template, Option<&Template>),
) -> Result<Read, Failure> {
    let text = |template: &Template| {
        template
            .evaluate(scope)
            .map(|found| found.value.to_text())
            .map_err(|error| said_of_expression(&error))
    };
    let file = text(file)?;
    let wanted: Vec<&str> = spec
        .key
        .iter()
        .map(|key| key.value.as_str())
        .chain(spec.columns.iter().map(|(name, _)| name.value.as_str()))
        .collect();
    let table = match &spec.from {
        Source::Excel { .. } => {
            let sheet = sheet.map(text).transpose()?;
            files::read_xlsx(office, &file, sheet.as_deref(), &wanted)
        }
        _ => files::read_csv(office, &file, &wanted),
    }
    .map_err(|error| said_of_file(error, &file))?;
    prepare(spec, file, table, &[])
}

fn said_of_file(error: FileError, file: &str) -> Failure {
    if matches!(error, FileError::Missing { .. }) {
        return failure(Cause::Data, Message::new(codes::WORK_FILE_MISSING).with("file", file));
    }
    StepError::File(error).failure()
}

/// Prepares the rows of a table; `made_of` names the item that each was made of, if any was.
fn prepare(spec: &Items, source: String, table: Table, made_of: &[ItemId]) -> Result<Read, Failure> {
    // A list without rows has no headings either.
    let columns = if table.rows.is_empty() && list::is_list(&table) {
        Vec::new()
    } else {
        columns(spec, &table)?
    };
    let keys: Vec<&Column> = spec
        .key
        .iter()
        .filter_map(|key| columns.iter().find(|column| column.name == key.value))
        .collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut read = Read {
        source,
        hash: (!list::is_list(&table)).then(|| table.sha256.clone()),
        format: table.format.clone(),
        rows: Vec::new(),
        twice: Vec::new(),
    };
    for (place, line) in table.rows.iter().enumerate() {
        let row = line.number;
        let origin = made_of.get(place).copied();
        // The place of a row that another bot handed over changes from night to night; its item stays.
        let mark = origin.map_or(row, |item| u64::try_from(item.0).unwrap_or(row));
        let mut prepared = prepare_row((row, mark), &line.cells, &columns, &keys);
        prepared.made_of = origin;
        if let Some(first) = places.get(&prepared.key).and_then(|place| read.rows.get(*place)) {
            if first.data.values == prepared.data.values {
                read.twice
                    .push(of_two(codes::ROW_TWICE, &prepared.label, row, first.row));
                continue;
            }
            // It may be another request with a wrong number: an item of its own, which goes back.
            prepared.key = key_of_row(mark, &line.cells);
            prepared.repeats(first.row);
        } else {
            places.insert(prepared.key.clone(), read.rows.len());
        }
        read.rows.push(prepared);
    }
    Ok(read)
}

/// A column of the table: the name expressions use, where it stands, how it is read.
struct Column {
    name: String,
    index: usize,
    reading: Reading,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy)]
struct Reading {
    kind: ColumnType,
    class: Class,
    /// Whether the scenario declares it; a guessed column never rejects a row.
    declared: bool,
}

impl Reading {
    fn declared(kind: ColumnType) -> Reading {
        Reading {
            kind,
            class: kind.class(),
            declared: true,
        }
    }

    fn guessed<'a>(heading: &str, samples: impl IntoIterator<Item = &'a str>) -> Reading {
        let kind = ColumnType::guess(heading, samples);
        Reading {
            declared: false,
            ..Reading::declared(kind)
        }
    }

    /// A key that nobody declared is a number or keeps its cells as they are written, and may name a person all the same.
    fn key<'a>(heading: &str, samples: impl IntoIterator<Item = &'a str>) -> Reading {
        let guessed = Reading::guessed(heading, samples);
        let kind = match guessed.kind {
            ColumnType::Code => ColumnType::Code,
            _ => ColumnType::Text,
        };
        Reading { kind, ..guessed }
    }
}

fn columns(spec: &Items, table: &Table) -> Result<Vec<Column>, Failure> {
    let mut wanted: Vec<(&str, Option<ColumnType>)> = spec
        .columns
        .iter()
        .map(|(name, kind)| (name.value.as_str(), Some(kind.value)))
        .collect();
    for key in &spec.key {
        if !wanted.iter().any(|(name, _)| *name == key.value) {
            wanted.push((key.value.as_str(), None));
        }
    }
    let names: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    let places = table.columns(&names).map_err(|error| list::said(table, error))?;
    let mut columns: Vec<Column> = wanted
        .into_iter()
        .zip(places)
        .map(|((name, kind), index)| Column {
            name: name.to_owned(),
            index,
            reading: kind.map_or_else(|| Reading::key(name, table.samples(index)), Reading::declared),
        })
        .collect();
    for (index, heading) in table.headings.iter().enumerate() {
        if !heading.is_empty() && !columns.iter().any(|column| column.index == index) {
            columns.push(Column {
                name: heading.clone(),
                index,
                reading: Reading::guessed(heading, table.samples(index)),
            });
        }
    }
    columns.sort_by_key(|column| column.index);
    Ok(columns)
}

fn prepare_row((row, mark): (u64, u64), cells: &[String], columns: &[Column], keys: &[&Column]) -> Prepared {
    let mut draft = Draft::default();
    for column in columns {
        let cell = cells.get(column.index).map_or("", String::as_str);
        draft.read(&column.name, column.reading, cell);
    }
    let names: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
    let parts = draft.key(&names);
    let open = keys.iter().all(|key| key.reading.class == Class::Open);
    let label = if open { parts.join("・") } else { masked(&parts) };
    // Excel and people write one number in both widths.
    let mut key = to_halfwidth_ascii(&parts.join(&SEPARATOR.to_string()));
    if parts.iter().any(|part| part.is_empty() || excel::is_spoiled(part)) {
        // Without a key nothing can be told apart: the row itself stands in, so that no two such rows are taken for one.
        key = key_of_row(mark, cells);
    }
    Prepared {
        made_of: None,
        row,
        key,
        label,
        data: draft.data,
        unfit: draft.unfit,
        first: None,
    }
}

/// The key of a row that has none of its own.
fn key_of_row(row: u64, cells: &[String]) -> String {
    format!("{SEPARATOR}{row}{SEPARATOR}{}", cells.join(&SEPARATOR.to_string()))
}

/// What is said of a row that has the number of an earlier one.
fn of_two(code: Code, label: &str, row: u64, first: u64) -> Message {
    let number = |row: u64| i64::try_from(row).unwrap_or(i64::MAX);
    Message::new(code)
        .with("item", label)
        .with_int("row", number(row))
        .with_int("first", number(first))
}

/// Prepares a row that an earlier run has stored. Its types are asked of the scenario again, which may have been mended.
pub(super) fn again(spec: &Items, mut left: Leftover) -> Prepared {
    let first = left.payload.shift_remove(FIRST);
    let mut draft = Draft::default();
    for (name, value) in left.payload {
        let declared = spec.columns.iter().find(|(column, _)| column.value == name);
        let reading = match declared {
            Some((_, kind)) => Reading::declared(kind.value),
            None if spec.key.iter().any(|key| key.value == name) => Reading::key(&name, [value.to_text().as_str()]),
            None => Reading::guessed(&name, [value.to_text().as_str()]),
        };
        match value {
            Value::Text(text) => draft.read(&name, reading, &text),
            value => draft.put(&name, reading.class, value),
        }
    }
    let names: Vec<&str> = spec.key.iter().map(|key| key.value.as_str()).collect();
    draft.key(&names);
    let mut prepared = Prepared {
        made_of: None,
        row: left.item.row,
        key: String::new(),
        label: left.item.label,
        data: draft.data,
        unfit: draft.unfit,
        first: None,
    };
    if let Some(Value::Int(first)) = first {
        prepared.repeats(u64::try_from(first).unwrap_or_default());
    }
    prepared
}

/// A row while it is read.
#[derive(Default)]
struct Draft {
    data: Row,
    unfit: Option<Failure>,
}

impl Draft {
    /// Reads a cell by its column's type; a guessed type rejects nothing.
    fn read(&mut self, name: &str, reading: Reading, cell: &str) {
        let read = if excel::is_error(cell) {
            let message = Message::new(codes::CELL_SHOWS_ERROR);
            Err(message.with("column", name).with("shown", cell))
        } else {
            let read = reading.kind.parse(cell);
            read.map_err(|error| steps::refused_cell(name, &error))
        };
        let value = read.unwrap_or_else(|message| {
            if reading.declared {
                self.unfit.get_or_insert(failure(Cause::Data, message));
            }
            Value::Text(cell.to_owned())
        });
        self.put(name, reading.class, value);
    }

    fn put(&mut self, name: &str, class: Class, value: Value) {
        self.data.values.insert(name.to_owned(), value);
        self.data.classes.insert(name.to_owned(), class);
    }

    /// The values of the key; a row without one of them, or with one that Excel has changed, is never worked.
    fn key(&mut self, names: &[&str]) -> Vec<String> {
        let parts: Vec<String> = names
            .iter()
            .map(|name| self.data.values.get(*name).map(Value::to_text).unwrap_or_default())
            .collect();
        if let Some((_, column)) = parts.iter().zip(names).find(|(part, _)| part.is_empty()) {
            let message = Message::new(codes::KEY_EMPTY).with("column", *column);
            self.unfit = Some(failure(Cause::Data, message));
        }
        if let Some((part, column)) = parts.iter().zip(names).find(|(part, _)| excel::is_spoiled(part)) {
            let class = self.data.classes.get(*column).copied().unwrap_or(Class::Personal);
            let message = Message::new(codes::KEY_SPOILED).with("column", *column);
            let message = message.with_classed("text", part, class);
            self.unfit.get_or_insert(failure(Cause::Data, message));
        }
        parts
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
        Prepared {
            row: 1,
            ..Prepared::named(&date.format("%Y-%m-%d").to_string())
        }
    }

    /// An item of which nothing but its name is known.
    pub(super) fn named(label: &str) -> Prepared {
        Prepared {
            made_of: None,
            row: 0,
            key: label.to_owned(),
            label: label.to_owned(),
            data: Row::default(),
            unfit: None,
            first: None,
        }
    }

    /// Another row has its number: it is never worked, in no later run either.
    fn repeats(&mut self, first: u64) {
        let message = of_two(codes::KEY_TWICE, &self.label, self.row, first);
        self.unfit = Some(failure(Cause::Data, message));
        self.first = Some(first);
    }

    pub(super) fn to_new_item(&self) -> NewItem {
        let mut payload = self.data.values.clone();
        if let Some(first) = self.first {
            payload.insert(FIRST.to_owned(), Value::Int(i64::try_from(first).unwrap_or(i64::MAX)));
        }
        NewItem {
            row: self.row,
            key: self.key.clone(),
            label: self.label.clone(),
            payload,
            made_of: self.made_of,
        }
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }

    /// The row as `run.items` shows it: its columns, what was kept, the state and the reason. The names of what is kept
    /// stand in it even when nothing was, so that every night's table has the same columns.
    pub(super) fn result(&self, standing: Standing, kept: &IndexMap<String, Value>, names: &[String]) -> Value {
        let mut map = self.data.values.clone();
        for name in names {
            map.entry(name.clone()).or_default();
        }
        map.extend(kept.iter().map(|(name, value)| (name.clone(), value.clone())));
        // An item may have failed before it was done.
        let reason = map.shift_remove(REASON).filter(|_| !standing.settled());
        map.insert("状態".to_owned(), Value::from(standing.word(Lang::Ja)));
        map.insert(REASON.to_owned(), reason.unwrap_or_default());
        Value::Map(map)
    }
}

#[cfg(test)]
mod tests;
