//! The columns of the items, as far as they are known by day.

use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::plan::check::order::first_line;
use crate::plan::check::rows;
use crate::plan::files::{Files, unread};
use crate::plan::upstream::Handed;
use crate::rules::headings::{self, Found};
use crate::rules::width::fold_heading;
use crate::scenario::model::{self, Items, ListRow};
use crate::scenario::vocabulary::{closest_first, join, nearest};
use crate::steps;
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
    /// Declared columns that the table does not have: told already, and offered to nobody.
    absent: Vec<String>,
    /// The types, declared or guessed.
    kinds: Vec<(String, ColumnType)>,
}

impl Columns {
    /// A scenario without items.
    pub(in crate::plan) fn none() -> Columns {
        Columns::default()
    }

    /// The declared columns and those of the rows, the other scenario or the sample; says what does not fit together.
    pub(in crate::plan) fn find(
        files: &dyn Files,
        source: &Source,
        items: &Items,
        handed: Option<&Handed>,
        found: &mut Vec<Diagnostic>,
    ) -> Columns {
        let mut columns = Columns {
            items: true,
            kinds: items
                .columns
                .iter()
                .map(|(name, kind)| (name.value.clone(), kind.value))
                .collect(),
            ..Columns::default()
        };
        match &items.from {
            model::Source::Rows(rows) => {
                columns.headings = Some(of_rows(items, rows, found));
                columns.sampled = true;
            }
            model::Source::Scenario(id) => {
                columns.headings = of_upstream(items, id, handed, found);
                columns.sampled = columns.headings.is_some();
            }
            model::Source::Csv(_) | model::Source::Excel { .. } | model::Source::Made(_) => {
                columns.of_sample(files, source, items, found);
            }
        }
        found.extend(rows::my_number_headings(items));
        for key in &items.key {
            columns.missing(&key.value, key.span, codes::KEY_COLUMN, found);
        }
        columns
    }

    /// The declared columns and those of the sample.
    fn of_sample(&mut self, files: &dyn Files, source: &Source, items: &Items, found: &mut Vec<Diagnostic>) {
        let mut headings = declared(items);
        let mut known = !headings.is_empty();
        if let Some(sample) = &items.sample.clone().or_else(|| there(files, items)) {
            let keys = items.key.iter().map(|key| key.value.as_str());
            let wanted: Vec<&str> = headings.iter().map(String::as_str).chain(keys).collect();
            // The work's own table may lie there too, beside its sample.
            if let Some(own) = own_path(items).filter(|own| own.value != sample.value)
                && let Ok(table) = files.table(&own.value, &wanted)
            {
                found.extend(rows::unreadable(items, &own.value, &table));
            }
            match files.table(&sample.value, &wanted) {
                Ok(table) if other_table(items, sample, &table.headings).is_some() => {
                    found.extend(other_table(items, sample, &table.headings));
                }
                Ok(table) => {
                    (known, self.sampled) = (true, true);
                    self.absent = absent(items, &table.headings).map(|name| name.value.clone()).collect();
                    for mut told in lacking(items, &table.headings, codes::DECLARED_COLUMN) {
                        // A table that stands in for itself is what the run will read.
                        let stops = items.sample.is_none().then_some("1");
                        let message = told.message.with("file", sample.value.clone());
                        told.message = message.with_some("stops", stops);
                        found.push(told);
                    }
                    found.extend(rows::check(items, sample, &table));
                    found.extend(rows::unreadable(items, &sample.value, &table));
                    let guessed = guess(&table, &headings);
                    found.extend(guesses(&guessed).map(|message| Diagnostic::hint(message, sample.span)));
                    headings.extend(guessed.iter().map(|(name, _)| name.clone()));
                    self.kinds.extend(guessed);
                }
                Err(error) => found.push(unread(error, sample.span)),
            }
        } else if !known {
            let code = if items.from.is_made() {
                codes::LIST_COLUMNS_UNKNOWN
            } else {
                codes::COLUMNS_UNKNOWN
            };
            found.push(Diagnostic::hint(Message::new(code), first_line(source, items.span)));
        }
        self.headings = known.then_some(headings);
    }

    /// The type of a column, if it is known.
    pub(super) fn kind(&self, name: &str) -> Option<ColumnType> {
        match headings::find(self.kinds.iter().map(|(known, _)| known.as_str()), name) {
            Found::One(place) => self.kinds.get(place).map(|(_, kind)| *kind),
            Found::None | Found::Many(..) => None,
        }
    }

    /// The headings, if anything is known of them.
    pub(in crate::plan) fn headings(&self) -> Option<&[String]> {
        self.headings.as_deref()
    }

    /// The headings alone.
    pub(in crate::plan) fn into_headings(self) -> Option<Vec<String>> {
        self.headings
    }

    /// Whether a column of this name is known.
    pub(super) fn has(&self, name: &str) -> bool {
        let headings = self.headings.iter().flatten();
        matches!(headings::find(headings.map(String::as_str), name), Found::One(_))
    }

    /// Says that a column does not exist, or that nobody can tell which one is meant, if that is known.
    pub(super) fn missing(&self, name: &str, span: Span, code: Code, found: &mut Vec<Diagnostic>) {
        let Some(headings) = &self.headings else { return };
        let message = match headings::find(headings.iter().map(String::as_str), name) {
            Found::One(_) => return,
            Found::None => {
                let there = headings.iter().filter(|heading| !self.absent.contains(heading));
                unknown(name, &there.cloned().collect::<Vec<_>>(), code)
            }
            Found::Many(first, second) => {
                let both = [first, second].into_iter().filter_map(|place| headings.get(place));
                let both: Vec<&str> = both.map(String::as_str).collect();
                Message::new(codes::COLUMN_AMBIGUOUS)
                    .with("name", name)
                    .with("found", both.join("」「"))
            }
        };
        found.push(Diagnostic::error(message, span));
    }
}

fn declared(items: &Items) -> Vec<String> {
    items.columns.iter().map(|(name, _)| name.value.clone()).collect()
}

/// Adds the columns that nobody declared.
fn add(headings: &mut Vec<String>, more: &[String]) {
    let known: Vec<String> = headings.iter().map(|heading| fold_heading(heading)).collect();
    let new = more.iter().filter(|heading| !known.contains(&fold_heading(heading)));
    headings.extend(new.cloned());
}

/// The columns of rows that stand in the scenario; their cells are read as a run will read them.
fn of_rows(items: &Items, rows: &[ListRow], found: &mut Vec<Diagnostic>) -> Vec<String> {
    sample_unused(items, found);
    let mut listed: Vec<String> = Vec::new();
    for row in rows {
        let new = row.cells.iter().map(|(heading, _)| heading);
        let new: Vec<&Spanned<String>> = new.filter(|heading| !listed.contains(&heading.value)).collect();
        let lacking = |name: &&str| !row.cells.iter().any(|(heading, _)| heading.value == **name);
        for heading in &new {
            let near = nearest(&heading.value, listed.iter().map(String::as_str).filter(lacking));
            if let Some(near) = near {
                let message = Message::new(codes::ROW_OTHER_COLUMN)
                    .with("name", heading.value.clone())
                    .with("near", near);
                found.push(Diagnostic::warning(message, heading.span));
            }
        }
        listed.extend(new.into_iter().map(|heading| heading.value.clone()).collect::<Vec<_>>());
    }
    found.extend(lacking(items, &listed, codes::ROWS_LACK_COLUMN));
    for row in rows {
        cells(items, row, found);
    }
    let mut headings = declared(items);
    add(&mut headings, &listed);
    headings
}

/// Says which cells of a row are not what its columns say.
fn cells(items: &Items, row: &ListRow, found: &mut Vec<Diagnostic>) {
    for (heading, cell) in &row.cells {
        let folded = fold_heading(&heading.value);
        let declared = items
            .columns
            .iter()
            .find(|(name, _)| fold_heading(&name.value) == folded);
        let (Some((name, kind)), Some(text)) = (declared, cell.literal()) else {
            continue;
        };
        if let Err(error) = kind.value.parse(text) {
            let message = steps::refused_cell(&name.value, &error);
            found.push(Diagnostic::error(message, cell.span));
        }
    }
}

/// The columns of what another scenario hands on.
fn of_upstream(
    items: &Items,
    id: &Spanned<String>,
    handed: Option<&Handed>,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<String>> {
    sample_unused(items, found);
    // That there is no such scenario was told.
    let Some(given) = &handed?.headings else {
        let message = Message::new(codes::UPSTREAM_COLUMNS_UNKNOWN).with("name", id.value.clone());
        found.push(Diagnostic::hint(message, id.span));
        return None;
    };
    found.extend(lacking(items, given, codes::ROWS_LACK_COLUMN));
    let mut headings = declared(items);
    add(&mut headings, given);
    Some(headings)
}

fn sample_unused(items: &Items, found: &mut Vec<Diagnostic>) {
    if let Some(sample) = &items.sample {
        found.push(Diagnostic::warning(Message::new(codes::SAMPLE_UNUSED), sample.span));
    }
}

/// A table under a name that never changes, if it lies there now: it is its own sample.
fn there(files: &dyn Files, items: &Items) -> Option<Spanned<String>> {
    own_path(items).filter(|path| files.table(&path.value, &[]).is_ok())
}

/// The name of the work's own table, if it never changes.
fn own_path(items: &Items) -> Option<Spanned<String>> {
    let (model::Source::Csv(file) | model::Source::Excel { file, sheet: None }) = &items.from else {
        return None;
    };
    Some(Spanned::new(file.literal()?.to_owned(), file.span))
}

/// Says what columns were taken for, and which of them are hidden for that.
fn guesses(guessed: &[(String, ColumnType)]) -> Option<Message> {
    let columns = guessed.iter().map(|(name, kind)| format!("{name}={}", word(*kind)));
    let hidden = guessed.iter().filter(|(_, kind)| !kind.class().may_be_written());
    let hidden = join(hidden.map(|(name, _)| name));
    let message = Message::new(codes::GUESSED_COLUMNS)
        .with("columns", join(columns))
        .with_some("hidden", (!hidden.is_empty()).then_some(hidden));
    (!guessed.is_empty()).then_some(message)
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
        .with("words", join(closest_first(name, headings.iter().map(String::as_str))))
}

/// Fewer declared columns than this may all be misspelt.
const MANY: usize = 3;

/// Says that a sample is another table: none of the declared columns is in it.
fn other_table(items: &Items, sample: &Spanned<String>, headings: &[String]) -> Option<Diagnostic> {
    let folded: Vec<String> = headings.iter().map(|heading| fold_heading(heading)).collect();
    let is_there = |name: &str| folded.contains(&fold_heading(name));
    let any = items.columns.iter().any(|(name, _)| is_there(&name.value));
    let message = Message::new(codes::OTHER_TABLE)
        .with("file", sample.value.clone())
        .with("columns", join(items.columns.iter().map(|(name, _)| &name.value)))
        .with("words", join(headings));
    (items.columns.len() >= MANY && !any).then(|| Diagnostic::error(message, sample.span))
}

/// The declared columns that are not among the headings.
fn absent<'i>(items: &'i Items, headings: &[String]) -> impl Iterator<Item = &'i Spanned<String>> + use<'i> {
    let folded: Vec<String> = headings.iter().map(|heading| fold_heading(heading)).collect();
    let names = items.columns.iter().map(|(name, _)| name);
    names.filter(move |name| !folded.contains(&fold_heading(&name.value)))
}

/// Says which declared columns do not exist.
fn lacking<'i>(items: &'i Items, headings: &'i [String], code: Code) -> impl Iterator<Item = Diagnostic> + use<'i> {
    absent(items, headings).map(move |name| Diagnostic::warning(unknown(&name.value, headings, code), name.span))
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
pub(super) fn word(kind: ColumnType) -> &'static str {
    ColumnType::NAMES
        .into_iter()
        .find(|name| serde_yaml::to_value(kind).is_ok_and(|value| value.as_str() == Some(name)))
        .unwrap_or("text")
}
