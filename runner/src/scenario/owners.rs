//! Which step an entry belongs to whose step's own line was lost.

use crate::diag::{Diagnostic, Spanned};
use crate::text::{Message, codes};

use super::tree::Node;

/// Steps with lines of their own, and entries that hardly any other step has.
const OWNERS: &[(&str, &[&str])] = &[
    ("commit", &["proof", "verify", "refused", "already"]),
    ("try", &["catch", "finally"]),
    ("if", &["then"]),
    ("excel.write", &["file", "rows", "sheet"]),
    ("browser.see", &["field", "contains", "row"]),
    ("browser.click", &["link", "button"]),
];

/// What stands in such a step besides.
const BESIDE: &[&str] = &["do", "settle", "look"];

/// The step that an entry most likely belongs to.
pub(super) fn owner(name: &str) -> Option<&'static str> {
    let owner = OWNERS.iter().find(|(_, names)| names.contains(&name));
    owner.map(|(step, _)| *step)
}

/// The entries, beside a step that is not theirs, that are told as one lost line; and what is told.
pub(super) fn lost(entries: &[(Spanned<String>, Node)], action: &str) -> Option<(Diagnostic, Vec<&'static str>)> {
    let (step, names) = OWNERS
        .iter()
        .take_while(|(step, _)| !step.contains('.'))
        .find(|(step, names)| *step != action && entries.iter().any(|(key, _)| names.contains(&key.value.as_str())))?;
    let known: Vec<&'static str> = names.iter().chain(BESIDE).copied().collect();
    let first = entries.iter().find(|(key, _)| known.contains(&key.value.as_str()))?;
    Some((told(step, &first.0), known))
}

/// Says that a step's own line is missing above an entry.
pub(super) fn told(step: &str, above: &Spanned<String>) -> Diagnostic {
    let message = Message::new(codes::LINE_LOST).with("word", format!("- {step}:"));
    Diagnostic::error(message, above.span)
}
