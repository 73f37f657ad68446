//! The tree a YAML text becomes: every node keeps its place, every scalar its own text.

use crate::diag::{Span, Spanned};

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub span: Span,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Nothing: an empty value, `~` or `null` without quotes.
    Null,
    /// Text as it was written, without its quotes; `012`, `no` and `12:30` are text.
    Scalar {
        /// The text.
        text: String,
        /// Whether it stood in quotes or in a block.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Names and values in their order; no name stands twice.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entries of a map.
    pub fn entries(&self) -> Option<&[(Spanned<String>, Node)]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a name in a map.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries()?
            .iter()
            .find(|(key, _)| key.value == name)
            .map(|(_, node)| node)
    }

    /// The node at a path such as `["fields", "0", "name"]` as far as it goes: the deepest node that exists.
    pub fn deepest<'a>(&'a self, path: impl IntoIterator<Item = &'a str>) -> &'a Node {
        let mut node = self;
        for segment in path {
            let next = match &node.kind {
                NodeKind::Map(_) => node.get(segment),
                NodeKind::List(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => None,
            };
            match next {
                Some(found) => node = found,
                None => break,
            }
        }
        node
    }
}
