//! What the rows of a sample show: keys that are none, columns that look like My Number, nothing at all.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Span, Spanned};
use crate::drivers::files::Table;
use crate::rules::numbers::check_my_number;
use crate::rules::width::fold_heading;
use crate::scenario::expr::uses::{self, Side};
use crate::scenario::expr::{Condition, EMPTY_WORD};
use crate::scenario::model::Items;
use crate::scenario::vocabulary::join;
use crate::text::{Message, codes};
use crate::value::ColumnType;

/// Headings of a column with My Numbers.
const MY_NUMBER: &[&str] = &["個人番号", "マイナンバー"];

/// Checks a table that is to look like the items' own.
pub(super) fn check(items: &Items, sample: &Spanned<String>, table: &Table) -> Vec<Diagnostic> {
    if table.rows.is_empty() {
        let message = Message::new(codes::SAMPLE_EMPTY).with("path", sample.value.clone());
        return vec![Diagnostic::hint(message, sample.span)];
    }
    let mut found: Vec<Diagnostic> = repeated_key(items, table).into_iter().collect();
    found.extend(
        items
            .reject
            .iter()
            .filter_map(|(reason, condition)| passing(reason, condition, table)),
    );
    for (place, heading) in table.headings.iter().enumerate() {
        let declared = declared(items, heading);
        let cells = || table.rows.iter().filter_map(|row| row.cells.get(place));
        let filled = cells().filter(|cell| !cell.trim().is_empty()).count();
        // One number in ten of that length passes the check by chance.
        let looks_so = filled > 1 && cells().all(|cell| cell.trim().is_empty() || check_my_number(cell).is_ok());
        let is_known = declared.is_some_and(|(_, kind)| kind == ColumnType::MyNumber) || is_heading(heading);
        if looks_so && !is_known {
            let span = declared.map_or(sample.span, |(name, _)| name.span);
            found.push(told(heading, span));
        }
    }
    found
}

/// Declared columns whose heading says My Number and whose type does not.
pub(super) fn my_number_headings(items: &Items) -> Vec<Diagnostic> {
    items
        .columns
        .iter()
        .filter(|(name, kind)| is_heading(&name.value) && kind.value != ColumnType::MyNumber)
        .map(|(name, _)| told(&name.value, name.span))
        .collect()
}

fn is_heading(heading: &str) -> bool {
    let folded = fold_heading(heading);
    MY_NUMBER.iter().any(|known| folded.contains(known))
}

fn told(heading: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Message::new(codes::MY_NUMBER_COLUMN).with("name", heading), span)
}

fn declared<'i>(items: &'i Items, heading: &str) -> Option<(&'i Spanned<String>, ColumnType)> {
    let folded = fold_heading(heading);
    let mut columns = items.columns.iter();
    columns
        .find(|(name, _)| fold_heading(&name.value) == folded)
        .map(|(name, kind)| (name, kind.value))
}

/// A condition that asks for a text and does not ask for an empty cell, of a column with empty cells.
fn passing(reason: &Spanned<String>, condition: &Condition, table: &Table) -> Option<Diagnostic> {
    let source = condition.source();
    if uses::tests(source).contains(&EMPTY_WORD) {
        return None;
    }
    let asked = uses::comparisons(source).into_iter().find_map(|found| {
        let (Some(Side::Path(path)), Some(Side::Text(text))) = (Side::of(found.left), Side::of(found.right)) else {
            return None;
        };
        let asks = found.sign == "==" && !text.is_empty() && path.first().is_some_and(|first| first == "item");
        path.into_iter()
            .nth(1)
            .filter(|_| asks)
            .map(|column| (column, found.left))
    });
    let (column, written) = asked?;
    let folded = fold_heading(&column);
    let place = table
        .headings
        .iter()
        .position(|heading| fold_heading(heading) == folded)?;
    let cells = table.rows.iter().map(|row| row.cells.get(place));
    let empty = cells
        .filter(|cell| cell.is_none_or(|cell| cell.trim().is_empty()))
        .count();
    let message = Message::new(codes::REJECT_PASSES_EMPTY)
        .with("reason", reason.value.clone())
        .with("name", column)
        .with_int("count", i64::try_from(empty).unwrap_or(i64::MAX))
        .with("instead", format!("{source} or {written} is {EMPTY_WORD}"));
    (empty > 0).then(|| Diagnostic::hint(message, condition.span()))
}

/// A key that several rows share. Rows that are the same all over are one item, written twice.
fn repeated_key(items: &Items, table: &Table) -> Option<Diagnostic> {
    let place = |key: &Spanned<String>| {
        let folded = fold_heading(&key.value);
        table
            .headings
            .iter()
            .position(|heading| fold_heading(heading) == folded)
    };
    let places: Vec<usize> = items.key.iter().map(place).collect::<Option<_>>()?;
    let mut rows: BTreeMap<Vec<&str>, Vec<&[String]>> = BTreeMap::new();
    for row in &table.rows {
        let key = places
            .iter()
            .map(|place| row.cells.get(*place).map_or("", |cell| cell.trim()));
        let key: Vec<&str> = key.collect();
        if key.iter().any(|cell| !cell.is_empty()) {
            let same = rows.entry(key).or_default();
            if !same.contains(&row.cells.as_slice()) {
                same.push(&row.cells);
            }
        }
    }
    let repeated = rows.values().filter(|same| same.len() > 1).count();
    let message = Message::new(codes::KEY_NOT_UNIQUE)
        .with("name", join(items.key.iter().map(|key| key.value.as_str())))
        .with_int("count", i64::try_from(repeated).unwrap_or(i64::MAX));
    (repeated > 0).then(|| Diagnostic::warning(message, items.key.first().map(|key| key.span).unwrap_or_default()))
}
