//! A part's file.

use crate::diag::Spanned;
use crate::scenario::model::{InputType, Part};
use crate::scenario::parse::steps::is_variable;
use crate::scenario::parse::{Fields, Reader, items, steps, top};
use crate::scenario::tree::Node;
use crate::text::{Message, codes};
use crate::value::ColumnType;

/// The type of an input that is a secret.
pub(crate) const SECRET: &str = "secret";

pub(super) fn part(reader: &mut Reader, root: &Node, file: &str) -> Option<Part> {
    let mut fields = Fields::open(reader, root, None)?;
    top::version(reader, &mut fields);
    let name = fields.need(reader, "part").and_then(|node| reader.text(node, "part"));
    let purpose = fields.take("purpose").and_then(|node| reader.text(node, "purpose"));
    let mut named = |reader: &mut Reader, name: &'static str| match fields.take(name) {
        Some(node) => types(reader, node, name),
        None => Vec::new(),
    };
    let inputs = named(reader, "inputs");
    let outputs = named(reader, "outputs")
        .into_iter()
        .filter_map(|(name, kind)| match kind {
            InputType::Column(kind) => Some((name, kind)),
            InputType::Secret => {
                let text = Spanned::new(SECRET.to_owned(), name.span);
                items::no_type(reader, &name.value, &text, &ColumnType::NAMES);
                None
            }
        })
        .collect();
    let allow = fields
        .take("allow")
        .map(|node| reader.texts(node, "allow"))
        .unwrap_or_default();
    let steps = fields
        .need(reader, "steps")
        .map(|node| steps::steps(reader, node, "steps"))
        .unwrap_or_default();
    let beginning = fields.span();
    fields.finish(reader);
    Some(Part {
        name: name.unwrap_or_else(|| Spanned::new(top::stem(file).to_owned(), beginning)),
        purpose,
        inputs,
        outputs,
        allow,
        steps,
    })
}

/// Names with their types.
fn types(reader: &mut Reader, node: &Node, what: &str) -> Vec<(Spanned<String>, InputType)> {
    let mut types = Vec::new();
    for (name, node) in reader.map(node, what) {
        if !is_variable(&name.value) {
            reader.error(
                Message::new(codes::BAD_VARIABLE).with("text", name.value.clone()),
                name.span,
            );
            continue;
        }
        let Some(text) = reader.text(node, &name.value) else {
            continue;
        };
        match items::column_type(&text.value) {
            Some(kind) => types.push((name.clone(), InputType::Column(kind))),
            None if text.value == SECRET => types.push((name.clone(), InputType::Secret)),
            None => {
                let mut words = ColumnType::NAMES.to_vec();
                words.extend((what == "inputs").then_some(SECRET));
                items::no_type(reader, &name.value, &text, &words);
            }
        }
    }
    types
}
