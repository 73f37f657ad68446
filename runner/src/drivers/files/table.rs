//! A table that was read from a file.

use std::cmp::Reverse;

use crate::rules::headings::{self, Found};
use crate::rules::width::fold_heading;

use super::FileError;

/// A table that was read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The file, as the scenario names it.
    pub path: String,
    /// The sheet that was read, of a workbook.
    pub sheet: Option<String>,
    /// The number of the heading row, as [`Row::number`] counts.
    pub heading_row: u64,
    /// The headings, as they stand there.
    pub headings: Vec<String>,
    /// The rows below, without blank ones; each has as many cells as there are headings.
    pub rows: Vec<Row>,
    /// What was found: `CP932 CSV`, `UTF-8 CSV (tab)`, `xlsx [Sheet1]`.
    pub format: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1 with the rows above it counted: what Excel shows at the left.
    pub number: u64,
    /// Its cells, as text.
    pub cells: Vec<String>,
}

impl Table {
    /// The columns of the wanted headings, in their order. Width, stray blanks and line breaks do not count.
    ///
    /// # Errors
    /// [`FileError::NoColumn`] with every heading that is not there, [`FileError::ManyColumns`]. Where none of the wanted
    /// headings stands, the row may be somebody's data: then only what is near a wanted heading is told.
    pub fn columns(&self, wanted: &[&str]) -> Result<Vec<usize>, FileError> {
        let mut found = Vec::with_capacity(wanted.len());
        let mut missing = Vec::new();
        for heading in wanted {
            match headings::find(self.headings.iter().map(String::as_str), heading) {
                Found::One(column) => found.push(column),
                Found::None => missing.push((*heading).to_owned()),
                Found::Many(first, second) => {
                    let found = [first, second].into_iter().filter_map(|place| self.headings.get(place));
                    return Err(FileError::ManyColumns {
                        path: self.path.clone(),
                        heading: (*heading).to_owned(),
                        found: found.cloned().collect(),
                    });
                }
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let is_heading_row = !found.is_empty();
        let (headings, others): (Vec<&String>, Vec<&String>) = self
            .headings
            .iter()
            .filter(|heading| !heading.is_empty())
            .partition(|heading| is_heading_row || missing.iter().any(|wanted| is_near(heading, wanted)));
        Err(FileError::NoColumn {
            path: self.path.clone(),
            sheet: self.sheet.clone(),
            row: self.heading_row,
            headings: headings.into_iter().cloned().collect(),
            others: others.len() as u64,
            wanted: missing,
        })
    }

    /// The cells below a heading, for guessing what it holds.
    pub fn samples(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .filter_map(move |row| row.cells.get(column))
            .map(String::as_str)
    }
}

/// How near a cell must be to a wanted heading to be taken for one that is written a little differently: more than a
/// surname is to the word 氏名.
const NEAR: f64 = 0.6;

fn is_near(cell: &str, wanted: &str) -> bool {
    strsim::normalized_damerau_levenshtein(&fold_heading(cell), &fold_heading(wanted)) >= NEAR
}

/// How far down the heading row may stand: titles, dates and stamps come first. Blank rows do not count.
const TITLE_ROWS: usize = 30;

/// How much a row looks like the heading row; the greatest is it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    /// How many of the wanted headings stand in it.
    pub(super) found: usize,
    /// How many of the others nearly do.
    near: usize,
    /// Whether it has more than one cell: a title has one.
    several: bool,
}

impl Likeness {
    fn of(row: &[String], wanted: &[&str]) -> Likeness {
        let (found, missing): (Vec<&str>, Vec<&str>) = wanted
            .iter()
            .partition(|heading| headings::find(row.iter().map(String::as_str), heading) != Found::None);
        Likeness {
            found: found.len(),
            near: missing
                .iter()
                .filter(|heading| row.iter().any(|cell| is_near(cell, heading)))
                .count(),
            several: row.iter().filter(|cell| !cell.is_empty()).count() > 1,
        }
    }
}

/// The heading row among rows that are not blank, as its place among them: the first in which all wanted headings
/// stand. When there is none, nothing will be read; then it is the first that looks most like one, to be told.
pub(super) fn heading_row<R: AsRef<[String]>>(
    rows: impl IntoIterator<Item = R>,
    wanted: &[&str],
) -> Option<(usize, Likeness)> {
    rows.into_iter()
        .take(TITLE_ROWS)
        .map(|row| Likeness::of(row.as_ref(), wanted))
        .enumerate()
        .min_by_key(|(_, likeness)| Reverse(*likeness))
}

/// SHA-256, in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    use std::fmt::Write;
    sha2::Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing into a String does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// A cell without the blanks around it.
pub(super) fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}')
}
