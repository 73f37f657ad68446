//! Control words that hold other steps in a way of their own: `repeat_until`, `try`, `call`.

use crate::diag::Spanned;
use crate::scenario::model::{Action, Call, Until};
use crate::scenario::parse::steps::{body, steps, variable};
use crate::scenario::parse::{Fields, Reader};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};

/// More rounds than this go round for ever.
pub(crate) const MAX_ROUNDS: u32 = 1_000;
/// The folder of parts, as `call` may name it.
const FOLDER: &str = "parts/";

pub(super) fn repeat_until(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Action> {
    let until = fields.take("repeat_until").and_then(|node| match &node.kind {
        NodeKind::Map(_) => Some(Until::Sign(node.clone())),
        _ => reader.condition(node, "repeat_until").map(Until::Condition),
    });
    let round = fields.take("as").and_then(|node| variable(reader, node));
    let max = fields
        .need(reader, "max")
        .and_then(|node| reader.count(node, "max", 1..=MAX_ROUNDS));
    let steps = body(reader, fields);
    Some(Action::RepeatUntil {
        until: until?,
        round,
        max: max?.value,
        steps,
    })
}

pub(super) fn r#try(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Action> {
    let tried = fields.take("try").map(|node| steps(reader, node, "try"));
    let finally = fields.take("finally").map(|node| steps(reader, node, "finally"));
    let catch = if finally.is_some() {
        fields.take("catch")
    } else {
        fields.need(reader, "catch")
    };
    let catch = catch.map(|node| steps(reader, node, "catch"));
    Some(Action::Try {
        steps: tried?,
        catch,
        finally: finally.unwrap_or_default(),
    })
}

pub(super) fn call(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Action> {
    let part = fields.take("call").and_then(|node| part(reader, node));
    let mut with = Vec::new();
    if let Some(node) = fields.take("with") {
        for (name, node) in reader.map(node, "with") {
            // An empty value is one: the cell of somebody without a 方書.
            let template = match &node.kind {
                NodeKind::Null => crate::scenario::expr::Template::compile("", node.span).ok(),
                _ => reader.template(node, &name.value),
            };
            with.extend(template.map(|template| (name.clone(), template)));
        }
    }
    Some(Action::Call(Call { part: part?, with }))
}

/// The part's name, with or without its folder and ending.
fn part(reader: &mut Reader, node: &Node) -> Option<Spanned<String>> {
    let text = reader.text(node, "call")?;
    if text.value.contains("${{") {
        reader.error(Message::new(codes::CALL_OPEN), text.span);
        return None;
    }
    let name = text.value.trim().trim_start_matches("scenarios/");
    let name = name.strip_prefix(FOLDER).unwrap_or(name);
    let name = name.strip_suffix(".yaml").unwrap_or(name);
    Some(Spanned::new(name.to_owned(), text.span))
}
