//! The outermost level of a file.

use crate::diag::{Span, Spanned};
use crate::scenario::model::{Document, Scenario};
use crate::scenario::parse::{Fields, Reader, items, part, steps, system, times};
use crate::scenario::tree::Node;
use crate::text::{Message, codes};

/// The version of the format that this program reads.
const VERSION: &str = "1";
/// Longest id, in characters.
const MAX_ID: usize = 64;

pub(super) fn document(reader: &mut Reader, root: &Node, file: &str) -> Option<Document> {
    let has = |names: &[&str]| names.iter().any(|name| root.get(name).is_some());
    let is_system = has(&["system"])
        && !has(&["steps", "items"])
        && (file.contains("systems/") || has(&["url", "login", "home", "guards", "hours", "writers", "settle"]));
    let is_part = has(&["part"]) || (file.contains("/parts/") && !has(&["name", "items"]));
    if is_system {
        system::system(reader, root).map(|system| Document::System(Box::new(system)))
    } else if is_part {
        part::part(reader, root, file).map(|part| Document::Part(Box::new(part)))
    } else {
        scenario(reader, root, file).map(|scenario| Document::Scenario(Box::new(scenario)))
    }
}

/// `yakin: 1`, the mark of every file of ours.
pub(super) fn version(reader: &mut Reader, fields: &mut Fields<'_>) {
    let Some(node) = fields.need(reader, "yakin") else {
        return;
    };
    if let Some(text) = reader.text(node, "yakin")
        && text.value != VERSION
    {
        let message = Message::new(codes::BAD_VERSION)
            .with("text", text.value)
            .with("version", VERSION);
        reader.error(message, text.span);
    }
}

fn scenario(reader: &mut Reader, root: &Node, file: &str) -> Option<Scenario> {
    let mut fields = Fields::open(reader, root, None)?;
    version(reader, &mut fields);
    let id = match fields.take("id") {
        Some(node) => id(reader, node),
        None => None,
    };
    let name = fields.need(reader, "name").and_then(|node| reader.text(node, "name"));
    let purpose = fields.take("purpose").and_then(|node| reader.text(node, "purpose"));
    let system = fields.take("system").and_then(|node| reader.text(node, "system"));
    let schedule = fields.take("schedule").and_then(|node| times::schedule(reader, node));
    let timeout = fields.take("timeout").and_then(|node| reader.wait(node, "timeout"));
    let items = fields.take("items").and_then(|node| items::items(reader, node));
    let mut list = |reader: &mut Reader, name| {
        fields
            .take(name)
            .map(|node| steps::steps(reader, node, name))
            .unwrap_or_default()
    };
    let start = list(reader, "start");
    let before = list(reader, "before");
    let after = list(reader, "after");
    let steps = fields
        .need(reader, "steps")
        .map(|node| steps::steps(reader, node, "steps"))
        .unwrap_or_default();
    let allow = fields
        .take("allow")
        .map(|node| reader.texts(node, "allow"))
        .unwrap_or_default();
    let beginning = fields.span();
    fields.finish(reader);
    Some(Scenario {
        id: id.unwrap_or_else(|| Spanned::new(stem(file).to_owned(), beginning)),
        name: name.unwrap_or_else(|| Spanned::new(stem(file).to_owned(), beginning)),
        purpose,
        system,
        schedule,
        timeout,
        items,
        start,
        before,
        steps,
        after,
        allow,
    })
}

/// A name that the ledger hangs on: it must survive in file names, addresses and commands.
fn id(reader: &mut Reader, node: &Node) -> Option<Spanned<String>> {
    let text = reader.text(node, "id")?;
    if is_id(&text.value) {
        return Some(text);
    }
    let message = Message::new(codes::BAD_ID)
        .with("text", text.value)
        .with_int("limit", MAX_ID as i64);
    reader.error(message, text.span);
    None
}

fn is_id(text: &str) -> bool {
    let fits = (1..=MAX_ID).contains(&text.chars().count());
    let begins_well = text.starts_with(char::is_alphanumeric);
    fits && begins_well && text.chars().all(|sign| sign.is_alphanumeric() || "-_ー".contains(sign))
}

/// A file's name without folder and ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"))
        .unwrap_or(name)
}

/// Said where a list of steps must not be empty.
pub(super) fn no_steps(reader: &mut Reader, name: &str, span: Span) {
    if reader.is_whole() {
        reader.error(Message::new(codes::NO_STEPS).with("name", name), span);
    }
}
