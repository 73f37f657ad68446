//! What the steps of a scenario point at, as far as it is known without running.

use serde::Deserialize;
use serde_yaml::Value;

use super::locate::{LOCATOR_KEYS, LocatorArg, TargetArg};
use crate::diag::Span;
use crate::drivers::browser::{By, Locator, Target};
use crate::scenario::tree::{Node, NodeKind};

/// Something that is pointed at, and where that is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointed {
    /// The ways to it, expressions as they were written.
    pub target: Target,
    /// Where.
    pub span: Span,
}

/// What a step's arguments (in their full form) point at; what cannot be read is told elsewhere.
pub fn pointed(step: &str, args: &Node) -> Vec<Pointed> {
    match step {
        "browser.read" if args.get("row").is_some() => sign(args),
        "browser.click" => meaning(one(Some(args)), By::Button),
        "browser.read" | "browser.read_table" => one(Some(args)),
        "browser.check" => meaning(one(Some(args)), By::Label),
        "browser.type" => meaning(one(args.get("into")), By::Label),
        "browser.select" => meaning(one(args.get("from")), By::Label),
        "browser.press" => meaning(one(args.get("in")), By::Label),
        "browser.fill" => fields(args),
        "browser.see" => sign(args),
        _ => Vec::new(),
    }
}

/// What a sign points at; an address is no element.
pub fn sign(node: &Node) -> Vec<Pointed> {
    let by = |name: &str, by: fn(String) -> By| {
        let node = node.get(name)?;
        Some(Pointed {
            target: by(node.text()?.to_owned()).into(),
            span: node.span,
        })
    };
    match node.text() {
        Some(text) => vec![Pointed {
            target: By::Text(text.to_owned()).into(),
            span: node.span,
        }],
        None => [by("text", By::Text), by("row", By::Text), by("field", By::Field)]
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn one(node: Option<&Node>) -> Vec<Pointed> {
    let pointed = |node: &Node| {
        let target = TargetArg::deserialize(value(node)).ok()?.0;
        Some(Pointed {
            target,
            span: node.span,
        })
    };
    node.and_then(pointed).into_iter().collect()
}

/// What is pointed at by a plain text, as what the step takes it for: so it is judged here as it is where the page is known.
fn meaning(mut pointed: Vec<Pointed>, by: fn(String) -> By) -> Vec<Pointed> {
    for locator in pointed.iter_mut().flat_map(|pointed| &mut pointed.target.bundle) {
        if let By::Any(text) = &locator.by {
            locator.by = by(text.clone());
        }
    }
    pointed
}

fn fields(args: &Node) -> Vec<Pointed> {
    let within = args
        .get("within")
        .and_then(|node| LocatorArg::deserialize(value(node)).ok())
        .map(|within| Box::new(within.0));
    let fields = args.get("fields").and_then(Node::entries).unwrap_or_default();
    let field = |(heading, _): &(crate::diag::Spanned<String>, Node)| Pointed {
        target: Locator {
            within: within.clone(),
            ..By::Label(heading.value.clone()).into()
        }
        .into(),
        span: heading.span,
    };
    fields.iter().map(field).collect()
}

/// The node as serde reads it, without what a step takes beside a locator (`on`, `type`).
fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar { text, .. } => Value::String(text.clone()),
        NodeKind::List(nodes) => Value::Sequence(nodes.iter().map(value).collect()),
        NodeKind::Map(entries) => Value::Mapping(
            entries
                .iter()
                .filter(|(key, _)| LOCATOR_KEYS.contains(&key.value.as_str()))
                .map(|(key, node)| (Value::String(key.value.clone()), value(node)))
                .collect(),
        ),
    }
}
