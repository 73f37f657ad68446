//! Steps: one action each, a dotted step kind or a control word, with modifiers beside it.

use crate::diag::{Span, Spanned};
use crate::rules::width::fold_answer;
use crate::scenario::model::{Action, Ask, Commit, Effect, Evidence, OnError, StepNode, Verify};
use crate::scenario::owners;
use crate::scenario::parse::fields::join;
use crate::scenario::parse::outside::Inside;
use crate::scenario::parse::{Fields, Reader, blocks, items, top};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};

/// What may stand beside any action.
pub(crate) const MODIFIERS: &[&str] = &[
    "id", "name", "when", "else", "as", "retry", "timeout", "on_error", "evidence", "effect",
];
/// Control words of this version.
pub(crate) const WORDS: &[&str] = &[
    "if",
    "for_each",
    "repeat_until",
    "try",
    "group",
    "call",
    "commit",
    "reject",
    "stop",
    "log",
    "set",
    "ask",
];
/// More tries than this are a siege.
const MAX_RETRY: u32 = 10;

/// A list of steps, or one step where a list may stand.
pub(super) fn steps(reader: &mut Reader, node: &Node, name: &str) -> Vec<StepNode> {
    let nodes = match &node.kind {
        NodeKind::List(nodes) => nodes.iter().collect(),
        NodeKind::Null => Vec::new(),
        _ => vec![node],
    };
    if nodes.is_empty() {
        top::no_steps(reader, name, node.span);
    }
    nodes.into_iter().filter_map(|node| step(reader, node)).collect()
}

fn step(reader: &mut Reader, node: &Node) -> Option<StepNode> {
    let Some(entries) = node.entries() else {
        let message = match node.text() {
            Some(text) => Message::new(codes::STEP_NO_COLON).with("text", text),
            None => Message::new(codes::STEP_SHAPE),
        };
        reader.error(message, node.span);
        return None;
    };
    let (word, value) = action_key(reader, entries, node.span)?;
    let mut fields = Fields::open(reader, node, Some(&word.value))?;
    for (key, _) in entries.iter().filter(|(key, _)| is_action(&key.value)) {
        fields.allow_written(key);
    }
    let action = match word.value.as_str() {
        "if" => r#if(reader, &mut fields),
        "for_each" => for_each(reader, &mut fields),
        "repeat_until" => blocks::repeat_until(reader, &mut fields),
        "try" => blocks::r#try(reader, &mut fields),
        "group" => group(reader, &mut fields),
        "call" => blocks::call(reader, &mut fields),
        "commit" => commit(reader, &mut fields).map(|commit| Action::Commit(Box::new(commit))),
        "reject" => sentence(reader, &mut fields, "reject", Action::Reject),
        "stop" => sentence(reader, &mut fields, "stop", Action::Stop),
        "log" => sentence(reader, &mut fields, "log", Action::Log),
        "set" => set(reader, &mut fields),
        "ask" => ask(reader, &mut fields).map(|ask| Action::Ask(Box::new(ask))),
        _ => {
            fields.allow_written(word);
            fields.beside(Inside::of(word, value));
            Some(Action::Step {
                kind: word.clone(),
                args: value.clone(),
            })
        }
    };
    let modified = modifiers(reader, &mut fields, node.span);
    if !matches!(
        word.value.as_str(),
        "commit" | "if" | "try" | "for_each" | "repeat_until" | "group"
    ) && let Some((lost, names)) = owners::lost(entries, &word.value)
    {
        reader.found.push(lost);
        fields.allow(&names);
    }
    fields.finish(reader);
    let action = action?;
    // The `as` of a loop names its element or round.
    let is_loop = matches!(action, Action::ForEach { .. } | Action::RepeatUntil { .. });
    let save_as = modified.save_as.filter(|_| !is_loop);
    Some(StepNode {
        action,
        save_as,
        ..modified
    })
}

/// Whether a key says what a step does.
fn is_action(key: &str) -> bool {
    WORDS.contains(&key) || (key.contains('.') && !key.contains(char::is_whitespace))
}

/// The key that says what a step does: the one with a dot, a control word, or else the only one that is no modifier
/// (the plan knows the steps and says which one may be meant).
fn action_key<'n>(
    reader: &mut Reader,
    entries: &'n [(Spanned<String>, Node)],
    span: Span,
) -> Option<(&'n Spanned<String>, &'n Node)> {
    let mut actions = entries.iter().filter(|(key, _)| is_action(&key.value));
    if let Some((word, value)) = actions.next() {
        if let Some((second, _)) = actions.next() {
            let message = Message::new(codes::STEP_TWO_ACTIONS)
                .with("first", word.value.clone())
                .with("second", second.value.clone());
            reader.error(message, second.span);
        }
        return Some((word, value));
    }
    let mut others = entries
        .iter()
        .filter(|(key, _)| !MODIFIERS.contains(&key.value.as_str()));
    match (others.next(), others.next()) {
        (Some((word, value)), None) if !word.value.contains(char::is_whitespace) => Some((word, value)),
        _ => {
            let owned = entries
                .iter()
                .find_map(|(key, _)| Some((key, owners::owner(&key.value)?)));
            if let (Some((_, step)), Some((first, _))) = (owned, entries.first()) {
                reader.found.push(owners::told(step, first));
                return None;
            }
            let at = entries.first().map_or(span, |(key, _)| key.span);
            let words = join(WORDS);
            reader.error(Message::new(codes::STEP_NO_ACTION).with("words", words), at);
            None
        }
    }
}

/// Everything beside the action; the action itself is put in by the caller.
fn modifiers(reader: &mut Reader, fields: &mut Fields<'_>, span: Span) -> StepNode {
    let id = fields.take("id").and_then(|node| reader.text(node, "id"));
    let name = fields.take("name").and_then(|node| reader.text(node, "name"));
    let when = fields.take("when").and_then(|node| reader.condition(node, "when"));
    let otherwise = fields
        .take("else")
        .map(|node| steps(reader, node, "else"))
        .unwrap_or_default();
    let save_as = fields.take("as").and_then(|node| variable(reader, node));
    let retry = fields
        .take("retry")
        .and_then(|node| reader.count(node, "retry", 0..=MAX_RETRY));
    let timeout = fields.take("timeout").and_then(|node| reader.wait(node, "timeout"));
    let on_error = fields.take("on_error").and_then(|node| {
        let words = [("fail", OnError::Fail), ("continue", OnError::Continue)];
        reader.choice(node, "on_error", &words)
    });
    let evidence = fields.take("evidence").and_then(|node| {
        let words = [("none", Evidence::None), ("always", Evidence::Always)];
        reader.choice(node, "evidence", &words)
    });
    let effect = fields
        .take("effect")
        .and_then(|node| reader.choice(node, "effect", &[("read", Effect::Read)]));
    StepNode {
        span,
        action: Action::Set(Vec::new()),
        id,
        name,
        when,
        otherwise,
        save_as,
        retry,
        timeout,
        on_error,
        evidence,
        effect,
    }
}

/// A name that expressions can use.
pub(super) fn variable(reader: &mut Reader, node: &Node) -> Option<Spanned<String>> {
    let text = reader.text(node, "as")?;
    if is_variable(&text.value) {
        return Some(text);
    }
    reader.error(Message::new(codes::BAD_VARIABLE).with("text", text.value), text.span);
    None
}

/// Letters (also Japanese ones), digits and `_`, not beginning with a digit.
pub(crate) fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|sign: char| sign.is_numeric())
        && name.chars().all(|sign| sign.is_alphanumeric() || sign == '_')
}

fn r#if(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Action> {
    let condition = fields.take("if").and_then(|node| reader.condition(node, "if"));
    let then = fields
        .need(reader, "then")
        .map(|node| steps(reader, node, "then"))
        .unwrap_or_default();
    Some(Action::If {
        condition: condition?,
        then,
    })
}

pub(super) fn body(reader: &mut Reader, fields: &mut Fields<'_>) -> Vec<StepNode> {
    fields
        .need(reader, "do")
        .map(|node| steps(reader, node, "do"))
        .unwrap_or_default()
}

fn for_each(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Action> {
    let node = fields.take("for_each")?;
    let list = reader.template(node, "for_each");
    let each = fields.take("as").and_then(|node| variable(reader, node));
    let steps = body(reader, fields);
    Some(Action::ForEach {
        list: list?,
        each: each.unwrap_or_else(|| Spanned::new("each".to_owned(), node.span)),
        steps,
    })
}

fn group(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Action> {
    let title = fields.take("group").and_then(|node| reader.text(node, "group"));
    let steps = body(reader, fields);
    Some(Action::Group { title: title?, steps })
}

fn sentence(
    reader: &mut Reader,
    fields: &mut Fields<'_>,
    word: &'static str,
    action: fn(crate::scenario::expr::Template) -> Action,
) -> Option<Action> {
    fields
        .take(word)
        .and_then(|node| reader.template(node, word))
        .map(action)
}

fn set(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Action> {
    let mut values = Vec::new();
    for (name, node) in reader.map(fields.take("set")?, "set") {
        if !is_variable(&name.value) {
            let message = Message::new(codes::BAD_VARIABLE).with("text", name.value.clone());
            reader.error(message, name.span);
            continue;
        }
        if let Some(template) = reader.template(node, &name.value) {
            values.push((name.clone(), template));
        }
    }
    Some(Action::Set(values))
}

fn ask(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Ask> {
    let question = fields.take("ask").and_then(|node| reader.template(node, "ask"));
    let choices = fields
        .take("choices")
        .map(|node| (reader.texts(node, "choices"), node.span));
    let kind = fields.take("type").and_then(|node| items::kind(reader, node, "type"));
    // What nobody uses need not be asked.
    fields.need(reader, "as");
    let (choices, span) = choices.unwrap_or_default();
    let mut seen = Vec::new();
    let twice = choices.iter().find(|choice| {
        let folded = fold_answer(&choice.value);
        let known = seen.contains(&folded);
        seen.push(folded);
        known
    });
    if let Some(choice) = twice {
        let message = Message::new(codes::ASK_CHOICE_TWICE).with("text", choice.value.clone());
        reader.error(message, choice.span);
    } else if choices.len() == 1 {
        reader.error(Message::new(codes::ASK_ONE_CHOICE), span);
    }
    if let Some(kind) = kind.as_ref().filter(|_| !choices.is_empty()) {
        reader.error(Message::new(codes::ASK_CHOICES_TYPE), kind.span);
    }
    Some(Ask {
        question: question?,
        choices,
        kind,
    })
}

fn commit(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Commit> {
    let title = fields.take("commit").and_then(|node| reader.text(node, "commit"));
    let key = fields.take("key").and_then(|node| reader.template(node, "key"));
    let act = body(reader, fields);
    let proof = fields.need(reader, "proof").cloned();
    let refused = fields.take("refused").cloned();
    let already = fields.take("already").cloned();
    let verify = fields.need(reader, "verify").and_then(|node| verify(reader, node));
    let look_first = fields
        .take("look")
        .and_then(|node| reader.choice(node, "look", &[("first", ())]));
    let settle = fields.take("settle").and_then(|node| reader.wait(node, "settle"));
    Some(Commit {
        title: title?,
        key,
        act,
        proof: proof?,
        refused,
        already,
        verify: verify?,
        look_first: look_first.map(|meant| meant.span),
        settle,
    })
}

fn verify(reader: &mut Reader, node: &Node) -> Option<Verify> {
    if node.text() == Some("none") {
        return Some(Verify::None);
    }
    let mut fields = Fields::open(reader, node, Some("verify"))?;
    let look = fields
        .need(reader, "look")
        .map(|node| steps(reader, node, "look"))
        .unwrap_or_default();
    let present = fields.need(reader, "present").cloned();
    let absent = fields.need(reader, "absent").cloned();
    fields.finish(reader);
    Some(Verify::Look {
        look,
        present: present?,
        absent: absent?,
    })
}
