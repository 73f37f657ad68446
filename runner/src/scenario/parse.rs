//! A tree to a [`Document`]: reads on after every mistake, so that all of them are told at once.

mod fields;
mod items;
mod times;
mod steps;
mod system;
mod top;

/// What the plan and the schema need to know of the grammar.
pub(crate) mod vocabulary {
    pub(crate) use super::fields::{join, nearest, told};
    #[cfg(test)]
    pub(crate) use super::steps::MODIFIERS;
    pub(crate) use super::steps::WORDS;
}

pub(super) use fields::{Fields, Reader};

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Severity, Source, Span};
use crate::scenario::model::Document;
use crate::scenario::tree::Node;
use crate::scenario::{traps, yaml};
use crate::text::codes;

/// What a file says, as far as it could be read.
#[derive(Debug)]
pub struct Parsed {
    /// The document; `None` when nothing of it could be made out.
    pub document: Option<Document>,
    /// Whether YAML could read all of it. If not, parts are missing and a name may stand in one of them.
    pub whole: bool,
    /// What was found.
    pub found: Vec<Diagnostic>,
}

/// Reads a scenario or system file.
pub fn parse(source: &Source) -> Parsed {
    let (document, whole, found) = read_with(source, |reader, root| top::document(reader, root, source.file()));
    Parsed { document, whole, found }
}

/// Reads a file's tree, hands it to `make`, and puts the keyboard traps in the place of what they caused.
pub(super) fn read_with<T>(
    source: &Source,
    make: impl FnOnce(&mut Reader, &Node) -> Option<T>,
) -> (Option<T>, bool, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tree = yaml::parse(source, &mut found);
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
    let marks: Vec<Span> = found
        .iter()
        .filter(|told| told.message.is(codes::YAML_ANCHOR) || told.message.is(codes::YAML_TAG))
        .map(|told| told.span)
        .collect();
    // Where a mark was taken for the whole value, none seems to be there.
    reader
        .found
        .retain(|told| !(told.message.is(codes::EMPTY_VALUE) && marks.contains(&told.span)));
    found.append(&mut reader.found);
    let trapped = put_traps(source, &mut found);
    (made, tree.whole && !trapped, found)
}

/// A mistake on a line with a keyboard trap is the trap's doing; and what seems to be missing may stand on that line.
/// Whether there was one.
fn put_traps(source: &Source, found: &mut Vec<Diagnostic>) -> bool {
    let line_of = |diagnostic: &Diagnostic| source.line_of(diagnostic.span.start);
    let wrong: BTreeSet<usize> = found
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(line_of)
        .collect();
    let mut traps = traps::find(source);
    found.extend(traps.iter().filter_map(traps::Trap::silent));
    traps.retain(|trap| wrong.contains(&trap.line));
    if traps.is_empty() {
        return false;
    }
    let trapped: BTreeSet<usize> = traps.iter().map(|trap| trap.line).collect();
    let missing = [codes::MISSING_ENTRY, codes::NO_STEPS, codes::EMPTY_VALUE];
    found.retain(|diagnostic| {
        let seems_missing = missing.iter().any(|code| diagnostic.message.is(*code));
        !seems_missing && !trapped.contains(&line_of(diagnostic))
    });
    found.extend(traps.into_iter().map(|trap| trap.diagnostic));
    true
}

#[cfg(test)]
mod tests;
