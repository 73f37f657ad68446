//! The columns of the items, as far as they are known by day.

use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::plan::check::order::first_line;
use crate::plan::check::rows;
use crate::plan::files::{Files, unread};
use crate::rules::width::fold_heading;
use crate::scenario::model::Items;
use crate::scenario::vocabulary::{join, nearest};
use crate::text::{Code, Message, codes};
use crate::value::ColumnType;

/// The columns of the items.
#[derive(Debug, Default)]
pub(in crate::plan) struct Columns {
    /// Whether there are items at all.
    pub(super) items: bool,
    /// The headings; `None` when nothing is known of them.
    pub(super) headings: Option<Vec<String>>,
    /// Whether a sample shows all of them.
    pub(super) sampled: bool,
    /// The types, declared or guessed.
    kinds: Vec<(String, ColumnType)>,
}

impl Columns {
    /// A scenario without items.
    pub(in crate::plan) fn none() -> Columns {
        Columns::default()
    }

    /// The declared columns and those of the sample; says what does not fit together.
    pub(in crate::plan) fn find(
        files: &dyn Files,
        source: &Source,
        items: &Items,
        found: &mut Vec<Diagnostic>,
    ) -> Columns {
        let mut kinds: Vec<(String, ColumnType)> = items
            .columns
            .iter()
            .map(|(name, kind)| (name.value.clone(), kind.value))
            .collect();
        let mut headings: Vec<String> = kinds.iter().map(|(name, _)| name.clone()).collect();
        let mut known = !headings.is_empty();
        let mut sampled = false;
        if let Some(sample) = &items.sample {
            let keys = items.key.iter().map(|key| key.value.as_str());
            let wanted: Vec<&str> = headings.iter().map(String::as_str).chain(keys).collect();
            match files.table(&sample.value, &wanted) {
                Ok(table) => {
                    known = true;
                    sampled = true;
                    declared_but_missing(items, &table.headings, found);
                    found.extend(rows::check(items, sample, &table));
                    let guessed = guess(&table, &headings);
                    if !guessed.is_empty() {
                        let columns = guessed.iter().map(|(name, kind)| format!("{name}={}", word(*kind)));
                        let hidden = guessed.iter().filter(|(_, kind)| !kind.class().may_be_written());
                        let hidden = join(hidden.map(|(name, _)| name));
                        let message = Message::new(codes::GUESSED_COLUMNS)
                            .with("columns", join(columns))
                            .with_some("hidden", (!hidden.is_empty()).then_some(hidden));
                        found.push(Diagnostic::hint(message, sample.span));
                    }
                    headings.extend(guessed.iter().map(|(name, _)| name.clone()));
                    kinds.extend(guessed);
                }
                Err(error) => found.push(unread(error, sample.span)),
            }
        } else if !known {
            found.push(Diagnostic::hint(
                Message::new(codes::COLUMNS_UNKNOWN),
                first_line(source, items.span),
            ));
        }
        found.extend(rows::my_number_headings(items));
        let columns = Columns {
            items: true,
            headings: known.then_some(headings),
            sampled,
            kinds,
        };
        for key in &items.key {
            columns.missing(&key.value, key.span, codes::KEY_COLUMN, found);
        }
        columns
    }

    /// The type of a column, if it is known.
    pub(super) fn kind(&self, name: &str) -> Option<ColumnType> {
        let mut kinds = self.kinds.iter();
        kinds.find(|(known, _)| known == name).map(|(_, kind)| *kind)
    }

    /// Says that a column does not exist, if that is known.
    pub(super) fn missing(&self, name: &str, span: Span, code: Code, found: &mut Vec<Diagnostic>) {
        if let Some(headings) = &self.headings
            && !headings.iter().any(|heading| heading == name)
        {
            found.push(Diagnostic::error(unknown(name, headings, code), span));
        }
    }
}

fn unknown(name: &str, headings: &[String], code: Code) -> Message {
    let folded = fold_heading(name);
    let near = headings
        .iter()
        .map(String::as_str)
        .find(|heading| fold_heading(heading) == folded)
        .or_else(|| nearest(name, headings.iter().map(String::as_str)));
    Message::new(code)
        .with("name", name)
        .with_some("near", near)
        .with("words", join(headings))
}

fn declared_but_missing(items: &Items, headings: &[String], found: &mut Vec<Diagnostic>) {
    for (Spanned { value: name, span }, _) in &items.columns {
        let folded = fold_heading(name);
        if !headings.iter().any(|heading| fold_heading(heading) == folded) {
            found.push(Diagnostic::warning(
                unknown(name, headings, codes::DECLARED_COLUMN),
                *span,
            ));
        }
    }
}

/// The columns that nobody declared, with their likeliest type.
fn guess(table: &crate::drivers::files::Table, declared: &[String]) -> Vec<(String, ColumnType)> {
    let declared: Vec<String> = declared.iter().map(|heading| fold_heading(heading)).collect();
    table
        .headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| !heading.is_empty() && !declared.contains(&fold_heading(heading)))
        .map(|(column, heading)| (heading.clone(), ColumnType::guess(heading, table.samples(column))))
        .collect()
}

/// The word that `columns:` uses for a type.
fn word(kind: ColumnType) -> &'static str {
    ColumnType::NAMES
        .into_iter()
        .find(|name| serde_yaml::to_value(kind).is_ok_and(|value| value.as_str() == Some(name)))
        .unwrap_or("text")
}
