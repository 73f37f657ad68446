//! Entries that stand beside a step, or beside an entry of `items`, and were meant to stand in it: they are indented too
//! little.

use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::scenario::tree::Node;
use crate::text::{Message, codes};

/// A step, or another entry, whose own entries may be written on the lines below it.
#[derive(Debug)]
pub(super) struct Inside<'n> {
    /// Its name.
    step: &'n Spanned<String>,
    /// The first of its entries; none when nothing stands in it.
    first: Option<Span>,
}

/// An entry that nobody asked for beside such a step.
#[derive(Debug)]
pub(super) struct Outside {
    /// Its place.
    pub(super) span: Span,
    step: Spanned<String>,
    first: Option<Span>,
}

impl<'n> Inside<'n> {
    /// The step, when it has entries or nothing.
    pub(super) fn of(step: &'n Spanned<String>, value: &Node) -> Option<Inside<'n>> {
        let empty = value.span == step.span;
        let first = value.entries().and_then(|entries| entries.first());
        (empty || first.is_some()).then(|| Inside {
            step,
            first: first.map(|(key, _)| key.span),
        })
    }

    /// The entries of a map among these names in which nothing stands.
    pub(super) fn empty(entries: &'n [(Spanned<String>, Node)], names: &[&str]) -> Vec<Inside<'n>> {
        let named = entries.iter().filter(|(key, _)| names.contains(&key.value.as_str()));
        let inside = named.filter_map(|(key, value)| Inside::of(key, value));
        inside.filter(|inside| inside.first.is_none()).collect()
    }

    /// An entry beside the step, when it may have been meant to stand in it.
    pub(super) fn outside(&self, key: &Spanned<String>, near: Option<&str>) -> Option<Outside> {
        // A name in ASCII letters that is nearly one of those that stand beside a step is that one, misspelt.
        let misspelt = key.value.is_ascii() && near.is_some();
        (key.span.start > self.step.span.start && !misspelt).then(|| Outside {
            span: key.span,
            step: self.step.clone(),
            first: self.first,
        })
    }
}

/// Says of the entries in `outside` that they are indented too little, where that can be.
pub(super) fn tell(source: &Source, outside: &[Outside], found: &mut [Diagnostic]) {
    for entry in outside {
        let Some(indent) = entry.indent(source) else { continue };
        let unknown = |told: &&mut Diagnostic| told.span == entry.span && told.message.is(codes::UNKNOWN_ENTRY);
        if let Some(told) = found.iter_mut().find(unknown) {
            let line = source.line(source.line_of(entry.span.start)).trim_start();
            let message = Message::new(codes::ENTRY_OUTSIDE)
                .with("name", source.slice(entry.span))
                .with("owner", entry.step.value.clone())
                .with_int(
                    "blanks",
                    i64::try_from(indent - entry.column(source)).unwrap_or(i64::MAX),
                );
            *told = Diagnostic::error(message, entry.span).with_mended(format!("{}{line}", " ".repeat(indent)));
        }
    }
}

/// Whether a place is the first of its line but for blanks.
pub(super) fn begins(source: &Source, span: Span) -> bool {
    let line = source.line_span(source.line_of(span.start));
    let before = source.slice(Span::new(line.start, span.start));
    before.trim_matches(' ').is_empty()
}

/// How many bytes stand before a place in its line.
pub(super) fn column(source: &Source, span: Span) -> usize {
    span.start - source.line_span(source.line_of(span.start)).start
}

impl Outside {
    fn column(&self, source: &Source) -> usize {
        column(source, self.span)
    }

    /// How many blanks would put it into the step; `None` when it does not begin its line, or the step's entries do not
    /// stand on lines of their own.
    fn indent(&self, source: &Source) -> Option<usize> {
        let column = |span: Span| column(source, span);
        let begins = |span: Span| begins(source, span);
        let indent = match self.first {
            Some(first) => begins(first).then(|| column(first))?,
            None => column(self.step.span) + 2,
        };
        (begins(self.span) && indent > column(self.span)).then_some(indent)
    }
}
