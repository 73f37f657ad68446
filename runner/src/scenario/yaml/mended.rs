//! A text whose lines are mended while it is read, and which of its places is which in the text as written.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::lost::Lost;
use crate::diag::{Diagnostic, Severity, Source, Span, Spanned};
use crate::scenario::traps::{self, Certainty, Edit, Trapped};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Code, Message, codes};

/// A line as it should read.
#[derive(Debug, Clone, Default)]
struct Line {
    text: String,
    /// What is told about it, with the place in the line as written.
    told: Vec<(Code, Span)>,
    /// What is told about the line that was lost above it; it then stands at the text's beginning.
    lost: Option<Message>,
}

/// A text with some of its lines mended. No line end is added or taken away.
#[derive(Debug)]
pub(in crate::scenario) struct Mended<'s> {
    written: &'s Source,
    traps: Vec<Trapped>,
    lines: BTreeMap<usize, Line>,
    now: Cow<'s, Source>,
}

impl<'s> Mended<'s> {
    /// A text without the traps that stand for nothing else, and without any on the lines given.
    pub(super) fn new(written: &'s Source, lines: &BTreeSet<usize>) -> Mended<'s> {
        let traps = traps::find(written);
        let mut mended = Mended {
            written,
            traps: Vec::new(),
            lines: BTreeMap::new(),
            now: Cow::Borrowed(written),
        };
        for trapped in &traps {
            let every = lines.contains(&trapped.line);
            let sure = |edit: &&Edit| every || edit.certainty == Certainty::Sure;
            mended.put(trapped.line, trapped.edits.iter().filter(sure));
        }
        mended.traps = traps;
        mended.refresh();
        mended
    }

    /// The text as it is now.
    pub(super) fn now(&self) -> &Source {
        &self.now
    }

    /// The lines from `from` to `to` that hold traps which have not been mended, nearest to `to` first.
    pub(super) fn suspects(&self, from: usize, to: usize) -> impl Iterator<Item = &Trapped> {
        let after = self.traps.partition_point(|trapped| trapped.line <= to);
        let before = self.traps.iter().take(after).rev();
        before
            .take_while(move |trapped| trapped.line >= from)
            .filter(|trapped| trapped.is_suspect() && !self.is_whole(trapped))
    }

    /// Whether every trap of a line is mended.
    fn is_whole(&self, trapped: &Trapped) -> bool {
        let line = self.lines.get(&trapped.line);
        line.is_some_and(|line| {
            trapped
                .edits
                .iter()
                .all(|edit| line.told.iter().any(|(code, _)| *code == edit.code))
        })
    }

    /// A line without any of its traps.
    pub(super) fn without_traps(&self, trapped: &Trapped) -> String {
        traps::apply(self.written.line(trapped.line), &trapped.edits)
    }

    /// The traps of a line.
    fn trapped(&self, line: usize) -> Option<&Trapped> {
        let at = self.traps.binary_search_by_key(&line, |trapped| trapped.line).ok()?;
        self.traps.get(at)
    }

    /// The text with another line in it.
    pub(super) fn with_line(&self, line: usize, text: &str) -> Source {
        let place = self.now.line_span(line);
        let whole = self.now.text();
        let parts = [whole.get(..place.start), Some(text), whole.get(place.end..)];
        Source::new(self.written.file(), parts.map(Option::unwrap_or_default).concat())
    }

    /// Mends every trap of a line.
    pub(super) fn mend_traps(&mut self, line: usize) {
        let edits = self
            .trapped(line)
            .map(|trapped| trapped.edits.clone())
            .unwrap_or_default();
        self.put(line, &edits);
        self.refresh();
    }

    /// Mends every trap of a line, which then reads as given: it may need another indentation.
    pub(super) fn mend_traps_as(&mut self, line: usize, text: String) {
        self.mend_traps(line);
        if let Some(entry) = self.lines.get_mut(&line).filter(|entry| entry.text != text) {
            entry.text = text;
            self.refresh();
        }
    }

    /// The mended lines whose blanks at the beginning were none.
    pub(super) fn indented_oddly(&self) -> Vec<usize> {
        let odd = |line: &&usize| self.trapped(**line).is_some_and(Trapped::is_indented_oddly);
        self.lines.keys().filter(odd).copied().collect()
    }

    /// Indents a line anew.
    pub(super) fn indent(&mut self, line: usize, text: String, code: Code) {
        let written = self.written.line(line);
        let indent = written.len() - written.trim_start().len();
        let first = written[indent..].chars().next().map_or(0, char::len_utf8);
        let entry = self.lines.entry(line).or_default();
        entry.text = text;
        entry.told.push((code, Span::new(0, indent + first)));
        self.refresh();
    }

    /// Whether a line reads otherwise than it was written.
    pub(super) fn is_mended(&self, line: usize) -> bool {
        self.lines.contains_key(&line)
    }

    /// Puts in a line that was lost.
    pub(super) fn lose(&mut self, lost: &Lost) {
        let line = Line {
            text: lost.with(self.written.line(lost.above)),
            told: Vec::new(),
            lost: Some(lost.message()),
        };
        self.lines.insert(lost.above, line);
        self.refresh();
    }

    fn put<'e>(&mut self, line: usize, edits: impl IntoIterator<Item = &'e Edit>) {
        let edits: Vec<&Edit> = edits.into_iter().collect();
        if edits.is_empty() {
            return;
        }
        let text = traps::apply(self.written.line(line), edits.iter().copied());
        let mut told: Vec<(Code, Span)> = Vec::new();
        for edit in edits {
            if !told.iter().any(|(code, _)| *code == edit.code) {
                told.push((edit.code, Span::new(edit.from, edit.to)));
            }
        }
        // A full-width blank beside something else goes with it: one line is told once.
        if told.iter().any(|(code, _)| *code != codes::WIDE_BLANK) {
            told.retain(|(code, _)| *code != codes::WIDE_BLANK);
        }
        let lost = None;
        self.lines.insert(line, Line { text, told, lost });
    }

    fn refresh(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        let lines: Vec<&str> = (1..=self.written.line_count())
            .map(|number| {
                self.lines
                    .get(&number)
                    .map_or(self.written.line(number), |line| &line.text)
            })
            .collect();
        self.now = Cow::Owned(Source::new(self.written.file(), lines.join("\n")));
    }

    /// What has been mended, and the traps that change a value silently.
    pub(super) fn told(&self, into: &mut Vec<Diagnostic>) {
        for (number, line) in &self.lines {
            let start = self.written.line_span(*number).start;
            into.extend(line.lost.iter().map(|message| {
                let written = self.written.line(*number);
                let indent = written.len() - written.trim_start().len();
                let name = written[indent..]
                    .find(':')
                    .map_or(written.len(), |colon| indent + colon);
                Diagnostic::error(message.clone(), Span::new(start + indent, start + name))
            }));
            into.extend(line.told.iter().map(|(code, place)| {
                let span = Span::new(start + place.start, start + place.end);
                Diagnostic::error(Message::new(*code), span).with_mended(line.text.clone())
            }));
        }
        for trapped in &self.traps {
            self.likely(trapped, into);
        }
    }

    fn likely(&self, trapped: &Trapped, into: &mut Vec<Diagnostic>) {
        let told = self.lines.get(&trapped.line).map_or(&[][..], |line| &line.told);
        let counts = |edit: &&Edit| edit.certainty != Certainty::Possible;
        let text = || traps::apply(self.written.line(trapped.line), trapped.edits.iter().filter(counts));
        let start = self.written.line_span(trapped.line).start;
        let mut said: Vec<Code> = told.iter().map(|(code, _)| *code).collect();
        if !said.is_empty() {
            said.push(codes::WIDE_BLANK);
        }
        for edit in trapped.edits.iter().filter(|edit| edit.certainty == Certainty::Likely) {
            if said.contains(&edit.code) {
                continue;
            }
            said.push(edit.code);
            into.push(Diagnostic {
                severity: Severity::Warning,
                ..Diagnostic::error(Message::new(edit.code), Span::new(start + edit.from, start + edit.to))
                    .with_mended(text())
            });
        }
    }

    /// Every line with traps that may be meant and have not been mended.
    pub(super) fn suspect_lines(&self) -> BTreeSet<usize> {
        self.suspects(1, self.written.line_count())
            .map(|trapped| trapped.line)
            .collect()
    }

    /// Whether any line reads otherwise than it was written.
    fn is_changed(&self) -> bool {
        !self.lines.is_empty()
    }

    /// A place of the text as it is now, as a place of the text as written.
    fn place(&self, span: Span) -> Span {
        Span::new(self.byte(span.start), self.byte(span.end))
    }

    fn byte(&self, byte: usize) -> usize {
        let number = self.now.line_of(byte);
        let offset = byte.saturating_sub(self.now.line_span(number).start);
        let place = self.written.line_span(number);
        let Some(line) = self.lines.get(&number) else {
            return (place.start + offset).min(place.end);
        };
        let written = self.written.slice(place);
        let same = common(written.chars(), line.text.chars());
        let same_end = common(written.chars().rev(), line.text.chars().rev()).min(written.len() - same);
        let from_end = line.text.len().saturating_sub(offset);
        let in_line = if offset <= same {
            offset
        } else if from_end <= same_end {
            written.len() - from_end
        } else {
            // Inside what was mended: about as far into it, at the beginning of a character.
            let about = offset.min(written.len() - same_end);
            (same..=about)
                .rev()
                .find(|at| written.is_char_boundary(*at))
                .unwrap_or(same)
        };
        place.start + in_line
    }

    /// Puts places of the text as written into a tree and into what was found from `from` on.
    pub(super) fn place_back(&self, root: Option<&mut Node>, found: &mut [Diagnostic]) {
        if !self.is_changed() {
            return;
        }
        if let Some(root) = root {
            self.place_node(root);
        }
        for diagnostic in found {
            diagnostic.span = self.place(diagnostic.span);
        }
    }

    fn place_node(&self, node: &mut Node) {
        node.span = self.place(node.span);
        match &mut node.kind {
            NodeKind::Null | NodeKind::Scalar { .. } => {}
            NodeKind::List(nodes) => nodes.iter_mut().for_each(|node| self.place_node(node)),
            NodeKind::Map(entries) => {
                for (Spanned { span, .. }, node) in entries {
                    *span = self.place(*span);
                    self.place_node(node);
                }
            }
        }
    }
}

/// How many bytes two texts have in common from their beginning.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other)
        .take_while(|(a, b)| a == b)
        .map(|(sign, _)| sign.len_utf8())
        .sum()
}
