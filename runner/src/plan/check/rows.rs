//! What the rows of a sample show: keys that are none, columns that look like My Number, nothing at all.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Span, Spanned};
use crate::drivers::files::{Row, Table};
use crate::rules::numbers::check_my_number;
use crate::rules::width::{fold_heading, halfwidth_ascii_char};
use crate::scenario::expr::uses::{self, Side};
use crate::scenario::expr::{Condition, EMPTY_WORD};
use crate::scenario::model::Items;
use crate::scenario::vocabulary::join;
use crate::text::{Message, codes, refusal};
use crate::value::{Class, ColumnType, ConvertError};

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

/// How many rows are tried: what is wrong with a column shows in its first ones.
const TRIED: usize = 20;

/// Says which declared columns have cells, among the first rows, that a run could not read. Nobody's data is told, only of
/// what shape it is.
pub(super) fn unreadable(items: &Items, path: &str, table: &Table) -> Vec<Diagnostic> {
    let rows = table.rows.get(..TRIED).unwrap_or(&table.rows);
    let told = table.headings.iter().enumerate().filter_map(|(place, heading)| {
        let (name, kind) = declared(items, heading)?;
        let refused = |row: &Row| Some((row.number, kind.parse(row.cells.get(place)?).err()?));
        let mut refused = rows.iter().filter_map(refused);
        let (row, error) = refused.next()?;
        let others = refused.count();
        let message = Message::new(codes::CELL_UNREADABLE)
            .with("file", path)
            .with_int("row", i64::try_from(row).unwrap_or(i64::MAX))
            .with("column", heading.clone())
            .with_said("said", veiled(&error))
            .with_some("others", (others > 0).then(|| others.to_string()));
        Some(Diagnostic::warning(message, name.span))
    });
    told.collect()
}

/// Why a cell is not of its type, without what stands in it.
fn veiled(error: &ConvertError) -> Message {
    let mut message = refusal(&shape(&error.text), Class::Open, &error.cause);
    // The sign that is pointed at is one of the cell.
    message.args.retain(|name, _| !matches!(&**name, "found" | "position"));
    message
}

/// The longest shape that is shown.
const SHAPE: usize = 20;

/// What a text looks like: `00月0日` for 12月1日, `○○円` for 三百円. The signs of dates and amounts stay where they can be nothing
/// else.
fn shape(text: &str) -> String {
    let mut counted = false;
    let mut shape = String::new();
    for sign in text.chars().take(SHAPE) {
        let narrow = halfwidth_ascii_char(sign);
        let figure = narrow.is_ascii_digit() || "元〇一二三四五六七八九十百千万億".contains(sign);
        let unit = counted && "年月日円".contains(sign);
        shape.push(match narrow {
            _ if narrow.is_ascii_digit() => '0',
            _ if unit => sign,
            _ if sign.is_alphanumeric() => '○',
            _ => sign,
        });
        counted = figure;
    }
    if text.chars().nth(SHAPE).is_some() {
        shape.push('…');
    }
    shape
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_cell_is_told_by_its_shape_alone() {
        for (kind, cell, said) in [
            (ColumnType::Date, "12月1日", "「00月0日」には年がありません"),
            (ColumnType::Date, "日高 花子", "「○○ ○○」を日付として読めません。"),
            (ColumnType::Amount, "三百円位", "「○○円○」を数や金額として読めません。"),
            (
                ColumnType::Amount,
                "１，２OO円",
                "「0，0○○○」を数や金額として読めません。",
            ),
        ] {
            let error = kind.parse(cell).expect_err(cell);
            let told = veiled(&error).what(Lang::Ja);
            assert!(told.starts_with(said), "{cell}: {told}");
        }
        let number = ColumnType::MyNumber.parse("123456789012").expect_err("check digit");
        assert!(
            !veiled(&number).what(Lang::Ja).contains('0'),
            "of a 個人番号 nothing is told"
        );
        assert_eq!(shape(&"あ".repeat(21)), format!("{}…", "○".repeat(20)));
    }
}
