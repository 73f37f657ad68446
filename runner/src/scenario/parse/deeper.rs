//! Entries of `items` that stand inside another one of its entries, and were meant to stand beside it: they are indented
//! too much.

use std::borrow::Cow;

use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::scenario::parse::Reader;
use crate::scenario::parse::items::column_type;
use crate::scenario::parse::outside::{begins, column};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};

/// Entries of `items`, as far as nobody means them inside another one.
const ENTRIES: &[&str] = &["from", "sample", "columns", "key", "ledger", "reject", "keep"];
/// Those that hold entries of their own.
const HOLDERS: &[&str] = &["from", "columns", "reject", "keep"];

/// An entry that stands too deep.
#[derive(Debug)]
pub(super) struct Deeper {
    /// Its place.
    span: Span,
    /// Where the entry begins that it stands in.
    owner: Span,
    /// Whether it can be indented less where it stands: nothing that stays in its owner follows it.
    last: bool,
}

/// The value of `items`, with what stands too deep read as if it stood beside its owner: told once, and not for all that
/// seems to be missing.
pub(super) fn lifted<'n>(reader: &mut Reader, node: &'n Node) -> Cow<'n, Node> {
    let Some(entries) = node.entries() else {
        return Cow::Borrowed(node);
    };
    let mut lifted: Vec<(Spanned<String>, Node)> = Vec::new();
    let mut kept: Vec<(Spanned<String>, Node)> = Vec::new();
    for (owner, value) in entries {
        let is_known = |name: &str| entries.iter().chain(&lifted).any(|(key, _)| key.value == name);
        let too_deep = |(key, inner): &&(Spanned<String>, Node)| !is_known(&key.value) && strays(owner, key, inner);
        let (out, inside): (Vec<_>, Vec<_>) = match value.entries() {
            Some(inside) if HOLDERS.contains(&owner.value.as_str()) => inside.iter().partition(too_deep),
            _ => (Vec::new(), Vec::new()),
        };
        if out.is_empty() {
            kept.push((owner.clone(), value.clone()));
            continue;
        }
        let last_inside = inside.last().map_or(0, |(key, _)| key.span.start);
        for (key, _) in &out {
            let message = Message::new(codes::ENTRY_INSIDE)
                .with("name", key.value.clone())
                .with("owner", owner.value.clone());
            reader.error(message, key.span);
            reader.deeper.push(Deeper {
                span: key.span,
                owner: owner.span,
                last: last_inside < key.span.start,
            });
        }
        let inside = NodeKind::Map(inside.into_iter().cloned().collect());
        let span = value.span;
        kept.push((owner.clone(), Node { kind: inside, span }));
        lifted.extend(out.into_iter().cloned());
    }
    if lifted.is_empty() {
        return Cow::Borrowed(node);
    }
    kept.append(&mut lifted);
    Cow::Owned(Node {
        kind: NodeKind::Map(kept),
        span: node.span,
    })
}

/// Whether an entry of `owner` can be meant only beside it.
fn strays(owner: &Spanned<String>, key: &Spanned<String>, value: &Node) -> bool {
    let of_items = ENTRIES.contains(&key.value.as_str());
    of_items
        && match owner.value.as_str() {
            // A heading, or what is kept, may be called so.
            "columns" => value.text().is_none_or(|text| column_type(text).is_none()),
            "keep" => value.text().is_none(),
            _ => true,
        }
}

/// Says of each entry how it comes out of its owner, with the mended line where that is one.
pub(super) fn tell(source: &Source, deeper: &[Deeper], found: &mut [Diagnostic]) {
    for entry in deeper {
        let inside = |told: &&mut Diagnostic| told.span == entry.span && told.message.is(codes::ENTRY_INSIDE);
        let Some(told) = found.iter_mut().find(inside) else {
            continue;
        };
        let on_its_line = begins(source, entry.span);
        let how = if on_its_line { "blanks" } else { "flow" };
        told.message = told.message.clone().with(how, "1");
        if on_its_line && entry.last && begins(source, entry.owner) {
            let line = source.line(source.line_of(entry.span.start)).trim_start();
            told.mended = Some(format!("{}{line}", " ".repeat(column(source, entry.owner))));
        }
    }
}
