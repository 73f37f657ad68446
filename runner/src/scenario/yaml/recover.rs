//! Reading on after a syntax error: the text is split at the names or dashes of its outermost blocks, and each block is
//! read for itself.

use std::ops::Range;

use super::mended::Mended;
use super::repair::{Budget, repair};
use super::{Entries, MAX_TOLD, Stop, document};
use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::scenario::traps;
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};

/// How often a broken block is split into the blocks inside it.
const MAX_SPLITS: usize = 3;

/// Reads what can be read of a text that YAML refuses as a whole, and says what cannot.
pub(super) fn recover(
    mended: &mut Mended<'_>,
    stopped: Stop,
    found: &mut Vec<Diagnostic>,
    budget: &mut Budget,
) -> Option<Node> {
    match stopped {
        Stop::Limit(limit) => {
            found.push(limit);
            None
        }
        Stop::Syntax(first) => {
            let before = found.len();
            let lines = 1..mended.now().line_count() + 1;
            let mut recovery = Recovery { mended, found, budget };
            let root = recovery.block(lines, 0);
            // Every block may be fine for itself, as two that an open quote joined: then the first words stand.
            if found.len() == before {
                found.push(first);
            }
            root
        }
    }
}

struct Recovery<'m, 's, 'f> {
    mended: &'m mut Mended<'s>,
    found: &'f mut Vec<Diagnostic>,
    budget: &'f mut Budget,
}

impl Recovery<'_, '_, '_> {
    /// Reads the lines of a block as a list or map of the blocks inside it.
    fn block(&mut self, lines: Range<usize>, splits: usize) -> Option<Node> {
        let source = self.mended.now();
        let parts = split(source, lines)?;
        let dashes = parts
            .first()
            .is_some_and(|part| traps::begins_item(source.line(part.start)));
        let mut items = Vec::new();
        let mut entries = Entries::default();
        for lines in parts {
            if self.found.len() >= MAX_TOLD {
                break;
            }
            match self.part(&lines, splits) {
                Some(Node {
                    kind: NodeKind::List(list),
                    ..
                }) if dashes => items.extend(list),
                Some(Node {
                    kind: NodeKind::Map(map),
                    ..
                }) if !dashes => {
                    for (key, value) in map {
                        entries.insert(self.mended.now(), key, value, self.found);
                    }
                }
                Some(node) => self.found.push(shapeless(node.span)),
                None => {}
            }
        }
        let kind = if dashes {
            NodeKind::List(items)
        } else {
            NodeKind::Map(entries.list)
        };
        Some(Node {
            kind,
            span: Span::new(0, self.mended.now().text().len()),
        })
    }

    /// Reads one block; what is wrong with it is told.
    fn part(&mut self, lines: &Range<usize>, splits: usize) -> Option<Node> {
        let before = self.found.len();
        let first = match self.read(lines) {
            Ok(node) => return node,
            Err(stopped) => stopped,
        };
        self.found.truncate(before);
        if let Stop::Syntax(_) = first {
            repair(self.mended, lines, self.budget, &|_| 0);
        }
        match self.read(lines) {
            Ok(node) => node,
            Err(Stop::Limit(limit)) => {
                self.found.push(limit);
                None
            }
            Err(Stop::Syntax(diagnostic)) => {
                self.found.truncate(before);
                let inside = self.inside(lines, splits);
                if inside.is_none() {
                    self.found.push(diagnostic);
                }
                inside
            }
        }
    }

    fn read(&mut self, lines: &Range<usize>) -> Result<Option<Node>, Stop> {
        let source = self.mended.now();
        document(source, span_of(source, lines), self.found)
    }

    /// The block under a line that is only a name, as a map of one entry; `None` when it is none or all of it reads
    /// well (then the name itself is what is wrong).
    fn inside(&mut self, lines: &Range<usize>, splits: usize) -> Option<Node> {
        if splits >= MAX_SPLITS || lines.len() < 2 {
            return None;
        }
        let source = self.mended.now();
        let line = source.line(lines.start);
        let name = line.split(" #").next()?.trim().strip_suffix(':')?;
        if name.is_empty() || name.contains([':', '"', '\'', '{', '[']) || traps::begins_item(line) {
            return None;
        }
        let start = source.line_span(lines.start).start + indent(line);
        let span = Span::new(start, start + name.len());
        let name = name.to_owned();
        let before = self.found.len();
        let node = self.block(lines.start + 1..lines.end, splits + 1)?;
        if self.found.len() == before {
            return None;
        }
        Some(Node {
            kind: NodeKind::Map(vec![(Spanned::new(name, span), node)]),
            span,
        })
    }
}

fn shapeless(span: Span) -> Diagnostic {
    Diagnostic::error(Message::new(codes::YAML_NO_NAME), span)
}

fn span_of(source: &Source, lines: &Range<usize>) -> Span {
    Span::new(
        source.line_span(lines.start).start,
        source.line_span(lines.end.saturating_sub(1)).end,
    )
}

fn has_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The blocks of some lines: each begins on a line indented as the first one, of the same sort (dash or name).
fn split(source: &Source, lines: Range<usize>) -> Option<Vec<Range<usize>>> {
    let first = lines.clone().find(|number| has_content(source.line(*number)))?;
    let depth = indent(source.line(first));
    let item = traps::begins_item(source.line(first));
    let mut starts: Vec<usize> = lines
        .clone()
        .filter(|number| {
            let line = source.line(*number);
            let begins = has_content(line) && !line.trim_start().starts_with([']', '}']);
            begins && indent(line) <= depth && (item || !traps::begins_item(line))
        })
        .collect();
    starts.push(lines.end);
    Some(starts.windows(2).map(|pair| pair[0]..pair[1]).collect())
}
