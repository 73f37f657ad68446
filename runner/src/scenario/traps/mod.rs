//! Keyboard traps: what a Japanese keyboard, a spreadsheet or a web page puts into a file where YAML or an expression
//! wants something else, and what was forgotten or is too much on a line.
//!
//! Much of it is text that may also be meant (`見出し：` is a fine label). So every trap says how sure it is, and one that
//! is not counts only where it mends a line that could not be read. Comments and `|` texts are left alone.

mod expressions;
mod flow;
mod line;
mod plain;
mod signs;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Source;
use crate::text::{Code, Message, codes};

pub(super) use line::{begins_item, edits};

/// How sure it is that nobody means it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// It stands for nothing else, anywhere.
    Sure,
    /// It changes a value silently: told, and left to the author.
    Likely,
    /// It may be meant: a mistake only where the line cannot be read.
    Possible,
}

/// A part of a line and what must stand there instead.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// What to say.
    pub(super) code: Code,
    /// First byte in the line.
    pub(super) from: usize,
    /// Byte after the last in the line; `from` where something is missing.
    pub(super) to: usize,
    /// What must stand there.
    pub(super) instead: String,
    /// How sure it is.
    pub(super) certainty: Certainty,
}

/// The traps of a line.
#[derive(Debug)]
pub(super) struct Trapped {
    /// The line, from 1.
    pub(super) line: usize,
    /// What stands wrong in it, in its order.
    pub(super) edits: Vec<Edit>,
}

impl Trapped {
    /// Whether a trap is among them that may be meant.
    pub(super) fn is_suspect(&self) -> bool {
        self.edits.iter().any(|edit| edit.certainty != Certainty::Sure)
    }

    /// Whether blanks at the line's beginning are none: how many were meant is not certain.
    pub(super) fn is_indented_oddly(&self) -> bool {
        let first = self.edits.first();
        first.is_some_and(|edit| edit.from == 0 && edit.to > 0 && edit.instead.trim_matches(' ').is_empty())
    }
}

/// The longest line that is looked at, in bytes: nobody typed a longer one, and looking costs more than its length.
const MAX_LINE: usize = 4096;

/// Every line that may hold traps.
pub(super) fn find(source: &Source) -> Vec<Trapped> {
    let mut block_text = BlockText::default();
    let mut trapped = Vec::new();
    let mut under_name = None;
    for number in 1..=source.line_count() {
        let line = source.line(number);
        if block_text.holds(line) {
            continue;
        }
        if line.len() > MAX_LINE {
            under_name = None;
            continue;
        }
        let mut edits = edits(line);
        if under_name.is_some_and(|depth| indent(line) > depth) && !begins_item(line) {
            no_text_here(line, &mut edits);
        }
        if !edits.is_empty() {
            trapped.push(Trapped { line: number, edits });
        }
        let content = line.split(" #").next().unwrap_or(line).trim_end();
        if !content.is_empty() && !content.trim_start().starts_with('#') {
            under_name = content.ends_with(':').then(|| indent(line));
        }
    }
    trapped
}

/// The blanks at a line's beginning.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Under a name with nothing after it stand names or a list: a text there is a name whose colon went wrong.
fn no_text_here(line: &str, edits: &mut [Edit]) {
    let colons = [
        codes::WIDE_COLON,
        codes::NO_BLANK,
        codes::WIDE_BLANK,
        codes::INVISIBLE_SIGN,
    ];
    if line.contains(": ") || line.trim_end().ends_with(':') {
        return;
    }
    for edit in edits {
        if edit.certainty == Certainty::Possible && colons.contains(&edit.code) {
            let value = line.get(edit.to..).unwrap_or_default();
            edit.certainty = if value.trim_start().starts_with("${{") {
                Certainty::Sure
            } else {
                Certainty::Likely
            };
        }
    }
}

/// A line with some of its traps mended. `edits` are in order; of two that overlap the first counts.
pub(super) fn apply<'e>(line: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut mended = String::with_capacity(line.len() + 8);
    let mut done = 0;
    for edit in edits {
        let Some(between) = line.get(done..edit.from) else {
            continue;
        };
        mended.push_str(between);
        mended.push_str(&edit.instead);
        done = edit.to;
    }
    mended.push_str(line.get(done..).unwrap_or_default());
    mended
}

/// What is wrong with the lines of a file, besides traps that were told already.
pub(crate) type Wrong = BTreeMap<usize, Vec<Message>>;

/// Reads a file, and once more with the traps on lines that are wrong; keeps those that took every mistake off their
/// line. `read` gets the lines whose traps count, `wrong` says what is wrong with lines that hold traps which may be meant.
pub(crate) fn suspecting<T>(read: impl Fn(&BTreeSet<usize>) -> T, wrong: impl Fn(&T, bool) -> Wrong) -> T {
    let first = read(&BTreeSet::new());
    let before = wrong(&first, true);
    if before.is_empty() {
        return first;
    }
    let lines: BTreeSet<usize> = before.keys().copied().collect();
    let second = read(&lines);
    let after = wrong(&second, false);
    let persists = |line: &usize, messages: &[Message]| {
        let left = after.get(line).map_or(&[][..], Vec::as_slice);
        // Its words may be others, of what was mended beside it.
        let count = |all: &[Message], code: &str| all.iter().filter(|message| message.code == code).count();
        messages
            .iter()
            .any(|message| count(left, &message.code) >= count(messages, &message.code))
    };
    let helped: BTreeSet<usize> = before
        .iter()
        .filter(|(line, messages)| !persists(line, messages))
        .map(|(line, _)| *line)
        .collect();
    match helped.len() {
        0 => first,
        count if count == lines.len() => second,
        _ => read(&helped),
    }
}

/// The lines of a `|` or `>` text, which may hold anything.
#[derive(Default)]
struct BlockText {
    deeper_than: Option<usize>,
}

impl BlockText {
    fn holds(&mut self, line: &str) -> bool {
        let indent = indent(line);
        match self.deeper_than {
            Some(depth) if line.trim().is_empty() || indent > depth => return true,
            _ => self.deeper_than = None,
        }
        let head = line.split(" #").next().unwrap_or(line).trim_end();
        let opens = ["|", ">", "|-", ">-", "|+", ">+"].iter().any(|sign| {
            head.strip_suffix(sign)
                .is_some_and(|rest| rest.ends_with(": ") || rest.ends_with("- "))
        });
        if opens {
            self.deeper_than = Some(indent);
        }
        false
    }
}

#[cfg(test)]
mod tests;
