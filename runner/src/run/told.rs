//! What a list of items tells of one: its receipt, or what was kept or read of it.

use crate::events::mask::mask_text;
use crate::value::{Class, Value};

use super::machine::Machine;
use super::seen::covered;

/// More values than this are no part of a list.
const VALUES: usize = 4;
/// No value in a list is longer.
const LONGEST: usize = 40;

impl Machine<'_> {
    /// The receipt of the item at work; without one what the scenario keeps of it, else what its steps have read. As events
    /// may show it: a value that tells of a person is masked.
    pub(super) fn told_of_item(&self) -> Option<String> {
        if let Some(receipt) = self.receipt() {
            return Some(receipt);
        }
        let names = self.variables.after_parts();
        let keep = self.plan.items().map(|spec| spec.keep.as_slice()).unwrap_or_default();
        let kept = keep.iter().filter_map(|(name, template)| {
            let found = template.evaluate(&names).ok()?;
            self.named(&name.value, &found.value, found.class)
        });
        let kept: Vec<String> = kept.take(VALUES).collect();
        if !kept.is_empty() {
            return Some(kept.join("、"));
        }
        let read = names.read().into_iter();
        let read = read.filter_map(|(name, value, class)| self.named(name, value, class));
        let read: Vec<String> = read.take(VALUES).collect();
        (!read.is_empty()).then(|| read.join("、"))
    }

    /// `名前: 値`; nothing of what is empty, and nothing of a table.
    fn named(&self, name: &str, value: &Value, class: Class) -> Option<String> {
        let text = match (value, class) {
            (Value::List(_) | Value::Map(_) | Value::Null, _) => return None,
            (value, Class::Open) => covered(&value.to_text(), &self.journal.veil),
            (value, class) => mask_text(&value.to_text(), class),
        };
        let cut: String = text.chars().take(LONGEST).collect();
        let dots = if cut.len() < text.len() { "…" } else { "" };
        (!cut.is_empty()).then(|| format!("{name}: {cut}{dots}"))
    }
}
