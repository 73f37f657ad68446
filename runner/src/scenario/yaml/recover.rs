//! Reading on after a syntax error: the text is split at the names or dashes of its outermost blocks, and each block is
//! read for itself.

use std::ops::Range;

use super::{Entries, Stop, document};
use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::scenario::traps;
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};

/// How often a broken block is split into the blocks inside it.
const MAX_SPLITS: usize = 3;
/// More mistakes than this in one file help nobody.
const MAX_TOLD: usize = 50;

/// Reads what can be read of a text that YAML refuses as a whole, and says what cannot.
pub(super) fn recover(source: &Source, stopped: Stop, found: &mut Vec<Diagnostic>) -> Option<Node> {
    match stopped {
        Stop::Limit(limit) => {
            found.push(limit);
            None
        }
        Stop::Syntax(first) => {
            let before = found.len();
            let mut recovery = Recovery {
                source,
                traps: traps::find(source),
                found,
            };
            let root = recovery.block(1..source.line_count() + 1, 0);
            // Every block may be fine for itself, as two that an open quote joined: then the first words stand.
            if found.len() == before {
                found.push(first);
            }
            root
        }
    }
}

struct Recovery<'s, 'f> {
    source: &'s Source,
    traps: Vec<traps::Trap>,
    found: &'f mut Vec<Diagnostic>,
}

impl Recovery<'_, '_> {
    /// Reads the lines of a block as a list or map of the blocks inside it.
    fn block(&mut self, lines: Range<usize>, splits: usize) -> Option<Node> {
        let source = self.source;
        let parts = split(source, lines)?;
        let dashes = parts.first().is_some_and(|part| is_item(source.line(part.start)));
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
                        entries.insert(source, key, value, self.found);
                    }
                }
                Some(node) => self.tell(&lines, shapeless(node.span)),
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
            span: Span::new(0, source.text().len()),
        })
    }

    /// Reads one block; what is wrong with it is told.
    fn part(&mut self, lines: &Range<usize>, splits: usize) -> Option<Node> {
        let before = self.found.len();
        match document(self.source, span_of(self.source, lines), self.found) {
            Ok(node) => node,
            Err(Stop::Limit(limit)) => {
                self.found.push(limit);
                None
            }
            Err(Stop::Syntax(diagnostic)) => {
                self.found.truncate(before);
                let inside = self.inside(lines, splits);
                if inside.is_none() {
                    self.tell(lines, diagnostic);
                }
                inside
            }
        }
    }

    /// The block under a line that is only a name, as a map of one entry; `None` when it is none or all of it reads
    /// well (then the name itself is what is wrong).
    fn inside(&mut self, lines: &Range<usize>, splits: usize) -> Option<Node> {
        if splits >= MAX_SPLITS || lines.len() < 2 {
            return None;
        }
        let line = self.source.line(lines.start);
        let name = line.split(" #").next()?.trim().strip_suffix(':')?;
        if name.is_empty() || name.contains([':', '"', '\'', '{', '[']) || is_item(line) {
            return None;
        }
        let before = self.found.len();
        let node = self.block(lines.start + 1..lines.end, splits + 1)?;
        if self.found.len() == before {
            return None;
        }
        let start = self.source.line_span(lines.start).start + (line.len() - line.trim_start().len());
        let span = Span::new(start, start + name.len());
        Some(Node {
            kind: NodeKind::Map(vec![(Spanned::new(name.to_owned(), span), node)]),
            span,
        })
    }

    /// Says the keyboard mistakes of a broken block, or else what YAML says about it.
    fn tell(&mut self, lines: &Range<usize>, diagnostic: Diagnostic) {
        let before = self.found.len();
        let traps = self.traps.iter().filter(|trap| lines.contains(&trap.line));
        self.found.extend(traps.map(|trap| trap.diagnostic.clone()));
        if self.found.len() == before {
            self.found.push(diagnostic);
        }
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

fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    line == "-" || line.starts_with("- ")
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
    let item = is_item(source.line(first));
    let mut starts: Vec<usize> = lines
        .clone()
        .filter(|number| {
            let line = source.line(*number);
            let begins = has_content(line) && !line.trim_start().starts_with([']', '}']);
            begins && indent(line) <= depth && (item || !is_item(line))
        })
        .collect();
    starts.push(lines.end);
    Some(starts.windows(2).map(|pair| pair[0]..pair[1]).collect())
}
