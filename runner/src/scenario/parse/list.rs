//! `list:` below `from:`: rows that stand in the scenario, or the name of a list that `start` makes.

use crate::diag::{Span, Spanned};
use crate::scenario::expr::Template;
use crate::scenario::model::{ListRow, Source};
use crate::scenario::parse::Reader;
use crate::scenario::parse::items::Key;
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};

/// The one column of a list of texts whose scenario names no key.
const COLUMN: &str = "値";

/// The rows, and the key of a list of texts that has none.
pub(super) fn list(reader: &mut Reader, node: &Node, key: Option<&[Spanned<String>]>) -> Option<(Source, Option<Key>)> {
    let nodes = match &node.kind {
        NodeKind::List(nodes) if !nodes.is_empty() => nodes,
        NodeKind::List(_) | NodeKind::Null => {
            reader.error(Message::new(codes::EMPTY_VALUE).with("name", "list"), node.span);
            return None;
        }
        NodeKind::Scalar { .. } => return made(reader, node).map(|source| (source, None)),
        NodeKind::Map(_) => return rows(reader, std::slice::from_ref(node)).map(|rows| (rows, None)),
    };
    if nodes.iter().any(|node| node.entries().is_some()) {
        return rows(reader, nodes).map(|rows| (rows, None));
    }
    texts(reader, nodes, key, node.span)
}

/// `${{ name }}` and nothing else: a text of several parts would be one text, not a list.
fn made(reader: &mut Reader, node: &Node) -> Option<Source> {
    let template = reader.template(node, "list")?;
    let alone = template.expressions().count() == 1 && {
        let text = node.text().unwrap_or_default().trim();
        text.starts_with("${{") && text.ends_with("}}")
    };
    if alone {
        return Some(Source::Made(template));
    }
    reader.error(Message::new(codes::LIST_SHAPE), node.span);
    None
}

fn rows(reader: &mut Reader, nodes: &[Node]) -> Option<Source> {
    let mut rows = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(entries) = node.entries() else {
            reader.error(Message::new(codes::LIST_MIXED), node.span);
            continue;
        };
        let cells = entries
            .iter()
            .filter_map(|(heading, node)| Some((heading.clone(), cell(reader, node, &heading.value)?)))
            .collect();
        rows.push(ListRow { span: node.span, cells });
    }
    Some(Source::Rows(rows))
}

/// A cell; one where nothing stands is empty, as in a table.
fn cell(reader: &mut Reader, node: &Node, heading: &str) -> Option<Template> {
    match node.kind {
        NodeKind::Null => Template::compile("", node.span).ok(),
        _ => reader.template(node, heading),
    }
}

fn texts(
    reader: &mut Reader,
    nodes: &[Node],
    key: Option<&[Spanned<String>]>,
    span: Span,
) -> Option<(Source, Option<Key>)> {
    let (heading, named) = match key {
        None => {
            let heading = Spanned::new(COLUMN.to_owned(), span);
            (heading.clone(), Some((vec![heading], span)))
        }
        Some([heading]) => (heading.clone(), None),
        // An empty key is told where it stands.
        Some([]) => return None,
        Some([_, second, ..]) => {
            reader.error(Message::new(codes::LIST_ONE_COLUMN), second.span);
            return None;
        }
    };
    let rows = nodes.iter().filter_map(|node| {
        let cell = reader.template(node, "list")?;
        Some(ListRow {
            span: node.span,
            cells: vec![(heading.clone(), cell)],
        })
    });
    Some((Source::Rows(rows.collect()), named))
}
