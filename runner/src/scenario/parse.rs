//! A tree to a [`Document`]: reads on after every mistake, so that all of them are told at once.

mod blocks;
mod deeper;
mod fields;
mod items;
mod list;
mod outside;
mod part;
mod times;
mod steps;
mod system;
mod top;
mod words;

/// What the plan and the schema need to know of the grammar.
pub(crate) mod vocabulary {
    pub(crate) use super::blocks::MAX_ROUNDS;
    pub(crate) use super::fields::{closest_first, join, nearest, told};
    pub(crate) use super::part::SECRET;
    #[cfg(test)]
    pub(crate) use super::steps::MODIFIERS;
    pub(crate) use super::steps::WORDS;
}

pub(super) use fields::{Fields, Reader};

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Severity, Source, Span};
use crate::scenario::model::Document;
use crate::scenario::traps::{self, Wrong};
use crate::scenario::tree::Node;
use crate::scenario::yaml;
use crate::text::codes;

/// What stands for a sign that nobody has written yet, Japanese and English; a scenario with it is not run.
pub const UNWRITTEN: [&str; 2] = ["ここに画面の見出しを書く", "WRITE A HEADING HERE"];

/// What a file says, as far as it could be read.
#[derive(Debug)]
pub struct Parsed {
    /// The document; `None` when nothing of it could be made out.
    pub document: Option<Document>,
    /// Whether YAML could read all of it. If not, parts are missing and a name may stand in one of them.
    pub whole: bool,
    /// What was found.
    pub found: Vec<Diagnostic>,
    /// The lines with keyboard traps that may be meant, and were taken as meant.
    pub(crate) suspects: BTreeSet<usize>,
}

/// Reads a scenario, system or part file.
pub fn parse(source: &Source) -> Parsed {
    parse_with(source, &BTreeSet::new())
}

/// Reads a scenario or system file; the keyboard traps on the lines `trapped` are no part of its text.
pub(crate) fn parse_with(source: &Source, trapped: &BTreeSet<usize>) -> Parsed {
    let read = read_with(source, trapped, |reader, root| {
        top::document(reader, root, source.file())
    });
    Parsed {
        document: read.made,
        whole: read.whole,
        found: read.found,
        suspects: read.suspects,
    }
}

/// What was made of a file.
pub(super) struct Read<T> {
    pub(super) made: Option<T>,
    pub(super) whole: bool,
    pub(super) found: Vec<Diagnostic>,
    pub(super) suspects: BTreeSet<usize>,
}

/// Reads a file's tree and hands it to `make`, with the keyboard traps mended that are the reason for what is wrong.
pub(super) fn read_with<T>(
    source: &Source,
    trapped: &BTreeSet<usize>,
    make: impl Fn(&mut Reader, &Node) -> Option<T>,
) -> Read<T> {
    traps::suspecting(
        |more| read_once(source, &trapped.union(more).copied().collect(), &make),
        |read, suspects_only| wrong(source, &read.found, suspects_only.then_some(&read.suspects)),
    )
}

fn read_once<T>(source: &Source, trapped: &BTreeSet<usize>, make: impl Fn(&mut Reader, &Node) -> Option<T>) -> Read<T> {
    let mut found = Vec::new();
    let score = |root: &Node| {
        let mut reader = Reader::new(true);
        make(&mut reader, root);
        reader.found.len()
    };
    let tree = yaml::parse(source, trapped, &mut found, &score);
    let mut reader = Reader::new(tree.whole);
    let made = match &tree.root {
        Some(root) => make(&mut reader, root),
        None => {
            if found.is_empty() {
                reader.empty_file();
            }
            None
        }
    };
    outside::tell(source, &reader.outside, &mut reader.found);
    deeper::tell(source, &reader.deeper, &mut reader.found);
    let marks: Vec<Span> = found
        .iter()
        .filter(|told| told.message.is(codes::YAML_ANCHOR) || told.message.is(codes::YAML_TAG))
        .map(|told| told.span)
        .collect();
    // Where a mark was taken for the whole value, none seems to be there.
    reader
        .found
        .retain(|told| !(told.message.is(codes::EMPTY_VALUE) && marks.contains(&told.span)));
    unsure_indents(source, &reader.found, &mut found);
    found.append(&mut reader.found);
    Read {
        made,
        whole: tree.whole,
        found,
        suspects: tree.suspects,
    }
}

/// A line that is wrong where another indentation puts it was perhaps meant elsewhere: only a person knows where.
fn unsure_indents(source: &Source, wrong: &[Diagnostic], found: &mut [Diagnostic]) {
    for told in found.iter_mut().filter(|told| told.message.is(codes::YAML_INDENT)) {
        let line = source.line_of(told.span.start);
        if wrong.iter().any(|wrong| source.line_of(wrong.span.start) == line) {
            told.mended = None;
        }
    }
}

/// What is wrong with some lines, or with all; what brings its mended line along is told already.
pub(crate) fn wrong(source: &Source, found: &[Diagnostic], lines: Option<&BTreeSet<usize>>) -> Wrong {
    let mut wrong = Wrong::new();
    let errors = found
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error && diagnostic.mended.is_none());
    for diagnostic in errors {
        let line = source.line_of(diagnostic.span.start);
        if lines.is_none_or(|lines| lines.contains(&line)) {
            wrong.entry(line).or_default().push(diagnostic.message.clone());
        }
    }
    wrong
}

#[cfg(test)]
mod tests;
