//! Reading on after a syntax error: the text is split at the names or dashes of its outermost blocks, and each block is
//! read for itself.

use std::ops::Range;

use super::{Entries, Stop, document};
use crate::diag::{Diagnostic, Source, Span};
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
            let root = block(source, 1..source.line_count() + 1, 0, found);
            // Every block may be fine for itself, as two that an open quote joined: then the first words stand.
            if found.len() == before {
                found.push(first);
            }
            root
        }
    }
}

/// Reads the lines of a block as a list or map of the blocks inside it.
fn block(source: &Source, lines: Range<usize>, splits: usize, found: &mut Vec<Diagnostic>) -> Option<Node> {
    let parts = split(source, lines)?;
    let dashes = parts.first().is_some_and(|part| is_item(source.line(part.start)));
    let mut items = Vec::new();
    let mut entries = Entries::default();
    for lines in parts {
        if found.len() >= MAX_TOLD {
            break;
        }
        let span = span_of(source, &lines);
        let before = found.len();
        match document(source, span, found) {
            Ok(Some(Node {
                kind: NodeKind::List(list),
                ..
            })) if dashes => items.extend(list),
            Ok(Some(Node {
                kind: NodeKind::Map(map),
                ..
            })) if !dashes => {
                for (key, value) in map {
                    entries.insert(source, key, value, found);
                }
            }
            Ok(None) => {}
            Ok(Some(node)) => tell(source, &lines, shapeless(node.span), found),
            Err(Stop::Limit(limit)) => found.push(limit),
            Err(Stop::Syntax(diagnostic)) => {
                found.truncate(before);
                match inside(source, &lines, splits, found) {
                    Some((key, value)) => entries.insert(source, key, value, found),
                    None => tell(source, &lines, diagnostic, found),
                }
            }
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

/// The block under a line that is only a name; `None` when it is none or all of it reads well (then the name itself is
/// what is wrong).
fn inside(
    source: &Source,
    lines: &Range<usize>,
    splits: usize,
    found: &mut Vec<Diagnostic>,
) -> Option<(crate::diag::Spanned<String>, Node)> {
    if splits >= MAX_SPLITS || lines.len() < 2 {
        return None;
    }
    let head = source.line(lines.start);
    let name = head.split(" #").next()?.trim().strip_suffix(':')?;
    if name.is_empty() || name.contains([':', '"', '\'', '{', '[']) || is_item(head) {
        return None;
    }
    let before = found.len();
    let node = block(source, lines.start + 1..lines.end, splits + 1, found)?;
    if found.len() == before {
        return None;
    }
    let start = source.line_span(lines.start).start + (head.len() - head.trim_start().len());
    let key = crate::diag::Spanned::new(name.to_owned(), Span::new(start, start + name.len()));
    Some((key, node))
}

/// Says the keyboard mistakes of a broken block, or else what YAML says about it.
fn tell(source: &Source, lines: &Range<usize>, diagnostic: Diagnostic, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    found.extend(
        traps::find(source)
            .into_iter()
            .filter(|trap| lines.contains(&trap.line))
            .map(|trap| trap.diagnostic),
    );
    if found.len() == before {
        found.push(diagnostic);
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
