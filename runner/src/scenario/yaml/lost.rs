//! Lines that were lost: the entries below them stand deeper than any line above them allows.
//!
//! What may have stood there is tried, word by word; the parser and the document say which one makes sense of the rest.

use std::ops::Range;

use crate::diag::Source;
use crate::scenario::{owners, traps};
use crate::text::{Message, codes};

/// A line that may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lost {
    /// The line before which it stood.
    pub(super) above: usize,
    /// Its blanks.
    indent: usize,
    /// Its text, up to its colon.
    words: Vec<&'static str>,
}

impl Lost {
    /// The line that it stood above, with it in its place. A carriage return ends a line for YAML and none for us, so
    /// that every other line keeps its number.
    pub(super) fn with(&self, line: &str) -> String {
        let word = self.words.first().copied().unwrap_or_default();
        format!("{}{word}:\r{line}", " ".repeat(self.indent))
    }

    /// Another word that makes as much sense in the same place.
    pub(super) fn or(&mut self, other: &Lost) {
        if self.above == other.above && self.indent == other.indent && self.words.len() < MAX_WORDS {
            self.words.extend(&other.words);
        }
    }

    pub(super) fn message(&self) -> Message {
        let word = |at: usize| self.words.get(at).map(|word| format!("{word}:"));
        let blanks = (self.indent > 0).then(|| self.indent.to_string());
        Message::new(codes::LINE_LOST)
            .with("word", word(0).unwrap_or_default())
            .with_some("other", word(1))
            .with_some("none", blanks.is_none().then_some("1"))
            .with_some("blanks", blanks)
    }
}

/// Words that are named for one lost line.
const MAX_WORDS: usize = 2;
/// Lines above an orphan that are looked at.
const MAX_ABOVE: usize = 200;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the left margin.
    Top,
    /// In `items`.
    Items,
    /// In `verify`.
    Verify,
    /// Beside a step's action.
    Step,
    /// Among the steps of a list.
    List,
}

/// What stands below a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Entries of the office's own names.
    Own,
    /// Entries of these names.
    Names(&'static [&'static str]),
    /// Steps.
    Steps,
}

/// What a sign says.
const SIGN: &[&str] = &["text", "field", "row", "url", "is", "contains", "as"];
/// What stands in `items`.
const ITEMS: &[&str] = &["key", "from", "sample", "columns", "ledger", "reject", "keep"];
/// Where items come from.
const SOURCES: &[&str] = &["csv", "excel", "list", "scenario"];

/// Words whose entries stand below them; the likelier ones first.
const WORDS: &[(Place, &str, Holds)] = &[
    (Place::Top, "steps", Holds::Steps),
    (Place::Top, "items", Holds::Names(ITEMS)),
    (Place::Top, "after", Holds::Steps),
    (Place::Top, "before", Holds::Steps),
    (Place::Top, "start", Holds::Steps),
    (Place::Top, "login", Holds::Steps),
    (Place::Top, "home", Holds::Steps),
    (Place::Top, "guards", Holds::Own),
    (Place::Top, "url", Holds::Own),
    (Place::Top, "inputs", Holds::Own),
    (Place::Top, "outputs", Holds::Own),
    (Place::Items, "from", Holds::Names(SOURCES)),
    (Place::Items, "reject", Holds::Own),
    (Place::Items, "columns", Holds::Own),
    (Place::Items, "keep", Holds::Own),
    (Place::Verify, "look", Holds::Steps),
    (Place::Verify, "present", Holds::Names(SIGN)),
    (Place::Verify, "absent", Holds::Names(SIGN)),
    (Place::Step, "verify", Holds::Names(&["look", "present", "absent"])),
    (Place::Step, "do", Holds::Steps),
    (Place::Step, "then", Holds::Steps),
    (Place::Step, "else", Holds::Steps),
    (Place::Step, "catch", Holds::Steps),
    (Place::Step, "finally", Holds::Steps),
    (Place::Step, "proof", Holds::Names(SIGN)),
    (Place::Step, "refused", Holds::Names(SIGN)),
    (Place::Step, "already", Holds::Names(SIGN)),
    (Place::Step, "with", Holds::Own),
    (Place::List, "- browser.fill", Holds::Own),
];

/// Names that stand beside others, never below a word that holds the office's own names.
const BESIDE: &[&str] = &[
    "key", "from", "sample", "columns", "ledger", "reject", "keep", "id", "name", "when", "else", "as", "retry",
    "timeout", "on_error", "evidence", "effect", "steps", "items", "after", "do", "proof", "refused", "already",
    "verify", "look", "present", "absent", "then", "catch", "finally",
];

/// The lines that may be missing where reading ended on line `line`; `next` is the line after it that holds something.
pub(super) fn candidates(source: &Source, lines: &Range<usize>, line: usize, next: usize) -> Vec<Lost> {
    let mut orphans = Vec::new();
    for line in [line, next] {
        orphans.extend([Some(line), block_before(source, lines, line)].into_iter().flatten());
    }
    let mut found: Vec<Lost> = Vec::new();
    for (at, orphan) in orphans.iter().enumerate() {
        if !orphans[..at].contains(orphan) && is_entry(source.line(*orphan)) {
            above(source, lines, *orphan, &mut found);
        }
    }
    found
}

/// The first line of the deeper block that ends before a line.
fn block_before(source: &Source, lines: &Range<usize>, line: usize) -> Option<usize> {
    let depth = traps::indent(source.line(line));
    content_above(source, lines, line)
        .take_while(|number| traps::indent(source.line(*number)) > depth)
        .last()
}

/// The lines above one that hold something, the nearest first.
fn content_above<'s>(source: &'s Source, lines: &Range<usize>, line: usize) -> impl Iterator<Item = usize> + use<'s> {
    let first = lines.start.max(line.saturating_sub(MAX_ABOVE));
    (first..line).rev().filter(|number| has_content(source.line(*number)))
}

fn has_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

/// The name of an entry that begins on a line, a step's dash before it left out.
fn name(line: &str) -> Option<&str> {
    let (name, rest) = line.trim_start().trim_start_matches("- ").split_once(':')?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| name.trim_end())
}

fn is_entry(line: &str) -> bool {
    name(line).is_some() || traps::begins_item(line)
}

/// Every word that may have stood above an orphan, wherever the lines above it leave room.
fn above(source: &Source, lines: &Range<usize>, orphan: usize, found: &mut Vec<Lost>) {
    let text = source.line(orphan);
    let depth = traps::indent(text);
    let item = traps::begins_item(text);
    let beside = name(text).is_some_and(|name| BESIDE.contains(&name));
    for indent in levels(source, lines, orphan, depth) {
        let Some(place) = place(source, lines, orphan, indent) else {
            continue;
        };
        for (_, word, holds) in WORDS.iter().filter(|(known, ..)| *known == place) {
            let fits = match holds {
                Holds::Steps => {
                    item || (depth > indent && !beside && name(text).is_some_and(|name| name.contains('.')))
                }
                Holds::Names(names) => !item && depth > indent && name(text).is_some_and(|name| names.contains(&name)),
                Holds::Own => !item && depth > indent && !beside,
            };
            if fits && !stands_already(source, lines, (orphan, indent), word) {
                found.push(Lost {
                    above: orphan,
                    indent,
                    words: vec![if place == Place::List { step(text) } else { word }],
                });
            }
        }
    }
}

/// The indentations of the blocks that an orphan may belong to, the innermost first.
fn levels(source: &Source, lines: &Range<usize>, orphan: usize, depth: usize) -> Vec<usize> {
    let mut levels = Vec::new();
    let mut least = depth + 1;
    let mut add = |level: usize| {
        if level <= depth && !levels.contains(&level) {
            levels.push(level);
        }
    };
    add(depth.saturating_sub(2));
    for number in content_above(source, lines, orphan) {
        let line = source.line(number);
        let indent = traps::indent(line);
        if indent < least {
            if traps::begins_item(line) {
                add(indent + 2);
            }
            add(indent);
            least = indent;
        }
        if least == 0 {
            break;
        }
    }
    levels.sort_unstable_by(|one, other| other.cmp(one));
    levels
}

/// What a line above an orphan stands in when it is indented so.
fn place(source: &Source, lines: &Range<usize>, orphan: usize, indent: usize) -> Option<Place> {
    if indent == 0 {
        return Some(Place::Top);
    }
    for number in content_above(source, lines, orphan) {
        let line = source.line(number);
        let depth = traps::indent(line);
        if depth == indent && traps::begins_item(line) {
            return Some(Place::List);
        }
        if depth < indent {
            return match name(line) {
                _ if traps::begins_item(line) => (indent == depth + 2).then_some(Place::Step),
                Some("items") => Some(Place::Items),
                Some("verify") => Some(Place::Verify),
                Some("steps" | "start" | "before" | "after" | "login" | "home" | "do" | "then" | "else") => {
                    Some(Place::List)
                }
                _ => None,
            };
        }
    }
    None
}

/// Whether a word stands beside the place already: no name stands twice.
fn stands_already(source: &Source, lines: &Range<usize>, (orphan, indent): (usize, usize), word: &str) -> bool {
    let is_inside = |number: &usize| {
        let line = source.line(*number);
        let depth = traps::indent(line);
        depth > indent || (depth == indent && !traps::begins_item(line))
    };
    let below = (orphan + 1..lines.end.min(orphan + MAX_ABOVE)).filter(|number| has_content(source.line(*number)));
    content_above(source, lines, orphan)
        .take_while(is_inside)
        .chain(below.take_while(is_inside))
        .map(|number| source.line(number))
        .any(|line| traps::indent(line) == indent && name(line) == Some(word))
}

/// The step that an entry most likely belongs to.
fn step(entry: &str) -> &'static str {
    match name(entry).and_then(owners::owner) {
        Some("excel.write") => "- excel.write",
        Some("browser.see") => "- browser.see",
        Some("browser.click") => "- browser.click",
        _ => "- browser.fill",
    }
}
