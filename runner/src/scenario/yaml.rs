//! YAML text to a [`Node`] tree: no anchors, no aliases, no tags, no second document, no name twice, a bounded depth.
//!
//! After a mistake that YAML itself refuses, the blocks around it are still read ([`recover`]), so that all mistakes
//! of a file are told at once.

mod lost;
mod mended;
mod recover;
mod repair;

use std::collections::{BTreeSet, HashMap};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Mark, StrInput};

use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Code, Message, codes};

use mended::Mended;
use repair::{Budget, fit, repair};

/// Lists and maps inside each other.
const MAX_DEPTH: usize = 32;
/// More mistakes than this in one file help nobody.
const MAX_TOLD: usize = 50;

/// A file's tree, as far as it could be read.
#[derive(Debug)]
pub(super) struct Tree {
    /// The root; nothing when the file holds nothing.
    pub(super) root: Option<Node>,
    /// Whether nothing had to be left out.
    pub(super) whole: bool,
    /// The lines with keyboard traps that may be meant, and were taken as meant.
    pub(super) suspects: BTreeSet<usize>,
}

/// Reads a file as if the keyboard traps were mended that are none of its text: those that nobody means, those on the lines
/// `trapped`, and those that keep YAML from being read. `score` says how much of a tree is wrong in itself.
pub(super) fn parse(
    source: &Source,
    trapped: &BTreeSet<usize>,
    found: &mut Vec<Diagnostic>,
    score: &dyn Fn(&Node) -> usize,
) -> Tree {
    let mut mended = Mended::new(source, trapped);
    let mut budget = Budget::for_text(source.text().len());
    let lines = 1..source.line_count() + 1;
    fit(&mut mended, &lines, &mut budget, score);
    let mut told = Vec::new();
    let mut read = document(mended.now(), everything(mended.now()), &mut told);
    if matches!(read, Err(Stop::Syntax(_))) {
        repair(&mut mended, &lines, &mut budget, score);
        told.clear();
        read = document(mended.now(), everything(mended.now()), &mut told);
    }
    let (mut root, whole) = match read {
        Ok(root) => (root, told.is_empty()),
        Err(stopped) => {
            told.clear();
            let parts = recover::recover(&mut mended, stopped, &mut told, &mut budget);
            // Block by block more could be mended: perhaps enough.
            let mut again = Vec::new();
            match document(mended.now(), everything(mended.now()), &mut again) {
                Ok(root) => {
                    told = again;
                    (root, told.is_empty())
                }
                Err(_) => (parts, false),
            }
        }
    };
    mended.place_back(root.as_mut(), &mut told);
    found.append(&mut told);
    mended.told(found);
    Tree {
        root,
        whole,
        suspects: mended.suspect_lines(),
    }
}

fn everything(source: &Source) -> Span {
    Span::new(0, source.text().len())
}

/// Why reading stopped.
enum Stop {
    /// YAML itself refuses it.
    Syntax(Diagnostic),
    /// A limit; reading on makes no sense.
    Limit(Diagnostic),
}

/// Reads the one document in a part of the text.
fn document(source: &Source, part: Span, found: &mut Vec<Diagnostic>) -> Result<Option<Node>, Stop> {
    let text = source.slice(part);
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| part.start + at).collect();
    offsets.push(part.end);
    let mut loader = Loader {
        parser: Parser::new_from_str(text),
        source,
        offsets,
        found,
    };
    loader.stream()
}

struct Loader<'t, 'f> {
    parser: Parser<'t, StrInput<'t>>,
    source: &'t Source,
    /// The byte of every character: the parser counts characters.
    offsets: Vec<usize>,
    found: &'f mut Vec<Diagnostic>,
}

impl<'t> Loader<'t, '_> {
    fn stream(&mut self) -> Result<Option<Node>, Stop> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::DocumentStart(_) if root.is_some() => {
                    self.error(codes::YAML_DOCUMENTS, span);
                    return Ok(root);
                }
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok((event, mark))) => Ok((event, self.span(mark))),
            Some(Err(error)) if error.info().contains("recursion limit") => {
                let at = self.byte(error.marker().index());
                Err(too_deep(Span::new(at, at)))
            }
            Some(Err(error)) => Err(Stop::Syntax(self.syntax(&error))),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn byte(&self, index: usize) -> usize {
        let last = self.offsets.last().copied().unwrap_or(0);
        self.offsets.get(index).copied().unwrap_or(last)
    }

    fn span(&self, mark: Mark) -> Span {
        Span::new(self.byte(mark.start.index()), self.byte(mark.end.index()))
    }

    fn error(&mut self, code: Code, span: Span) {
        if self.found.len() < MAX_TOLD {
            self.found.push(Diagnostic::error(Message::new(code), span));
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Stop> {
        if depth > MAX_DEPTH {
            return Err(too_deep(span));
        }
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                (*anchor, tag.is_some())
            }
            _ => (0, false),
        };
        if anchor > 0 {
            self.error(codes::YAML_ANCHOR, span);
        }
        if tag {
            self.error(codes::YAML_TAG, span);
        }
        match event {
            Event::Scalar(text, style, ..) => Ok(self.scalar(&text, style, span)),
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.map(span, depth),
            Event::Alias(_) => {
                self.error(codes::YAML_ALIAS, span);
                Ok(Node {
                    kind: NodeKind::Null,
                    span,
                })
            }
            _ => Ok(Node {
                kind: NodeKind::Null,
                span,
            }),
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, span: Span) -> Node {
        let quoted = style != ScalarStyle::Plain;
        let written = self.source.slice(span);
        let span = Span::new(
            span.start,
            span.start + written.trim_end_matches([' ', '\t', '\n']).len(),
        );
        let kind = if !quoted && matches!(text, "" | "~" | "null") {
            NodeKind::Null
        } else {
            NodeKind::Scalar {
                text: text.to_owned(),
                quoted,
            }
        };
        Node { kind, span }
    }

    /// The place of a list or map: up to its bracket, or to the end of its last part.
    fn around(&self, start: Span, first: Option<Span>, last: Option<Span>, end: Span) -> Span {
        let bracket = self.source.slice(start).starts_with(['{', '[']);
        match (bracket, first, last) {
            (false, Some(first), Some(last)) => Span::new(start.start.min(first.start), last.end),
            _ => Span::new(start.start, end.end),
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node, Stop> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let (first, last) = (items.first().map(|node| node.span), items.last().map(|node| node.span));
                return Ok(Node {
                    span: self.around(start, first, last, span),
                    kind: NodeKind::List(items),
                });
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Span, depth: usize) -> Result<Node, Stop> {
        let mut entries = Entries::default();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let span = self.around(start, entries.first(), entries.last(), span);
                return Ok(Node {
                    span,
                    kind: NodeKind::Map(entries.list),
                });
            }
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let mut value = self.node(event, span, depth + 1)?;
            if value.span.start == value.span.end {
                // What is not there stands, for a person, where its name stands.
                value.span = key.span;
            }
            match key.kind {
                NodeKind::Scalar { text, .. } => {
                    entries.insert(self.source, Spanned::new(text, key.span), value, self.found);
                }
                NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => self.error(codes::YAML_KEY, key.span),
            }
        }
    }

    /// The parser's complaint in our words.
    fn syntax(&self, error: &ScanError) -> Diagnostic {
        let at = self.byte(error.marker().index());
        // An error at the very end, or on the next key, is shown on the last line that has something.
        let written = self.source.slice(Span::new(0, at));
        let at = match self.source.slice(Span::new(at, self.source.text().len())).trim_start() {
            "" => written.trim_end().char_indices().last().map_or(0, |(last, _)| last),
            _ => at,
        };
        let line = self.source.line_span(self.source.line_of(at));
        Diagnostic::error(Message::new(complaint(error.info())), Span::new(at, line.end))
    }
}

fn too_deep(span: Span) -> Stop {
    let message = Message::new(codes::YAML_DEPTH).with_int("limit", MAX_DEPTH as i64);
    Stop::Limit(Diagnostic::error(message, span))
}

/// Our code for the parser's words; only what a clerk can act on is told apart.
fn complaint(info: &str) -> Code {
    let has = |words: &[&str]| words.iter().any(|word| info.contains(word));
    if has(&["unknown anchor", "anchor or alias"]) {
        codes::YAML_ALIAS
    } else if has(&["a tag", "tag handle"]) {
        codes::YAML_TAG
    } else if has(&["quoted scalar, found unknown escape", "hexadecimal", "character escape"]) {
        codes::YAML_ESCAPE
    } else if has(&["quoted scalar"]) {
        codes::YAML_QUOTE
    } else if has(&["flow", "bracket", "',' or"]) {
        codes::YAML_BRACKET
    } else if has(&["tab"]) {
        codes::TAB_INDENT
    } else if has(&["mapping values are not allowed", "illegal placement of ':'"]) {
        codes::YAML_COLON
    } else if has(&[
        "indent",
        "sequence entries",
        "<block end>",
        "block mapping",
        "block collection",
    ]) {
        codes::YAML_INDENT
    } else {
        codes::YAML_SYNTAX
    }
}

/// The entries of a map while they are read: no name twice.
#[derive(Default)]
struct Entries {
    list: Vec<(Spanned<String>, Node)>,
    seen: HashMap<String, Span>,
}

impl Entries {
    fn first(&self) -> Option<Span> {
        self.list.first().map(|(key, _)| key.span)
    }

    fn last(&self) -> Option<Span> {
        self.list.last().map(|(_, value)| value.span)
    }

    fn insert(&mut self, source: &Source, key: Spanned<String>, value: Node, found: &mut Vec<Diagnostic>) {
        if let Some(first) = self.seen.get(&key.value) {
            let message = Message::new(codes::YAML_DUPLICATE)
                .with("name", key.value)
                .with_int("line", source.line_of(first.start) as i64);
            if found.len() < MAX_TOLD {
                found.push(Diagnostic::error(message, key.span));
            }
            return;
        }
        self.seen.insert(key.value.clone(), key.span);
        self.list.push((key, value));
    }
}

#[cfg(test)]
mod tests;
