//! What a look at everything stored has shown: a finding for each rule that does not hold.

use super::{Area, Findings, Level};
use crate::history::{Inspection, Invariant, Violation};
use crate::text::{Code, Message, codes};

/// Places that a finding names.
const NAMED: usize = 3;

/// The findings of an inspection, by themselves.
pub fn inspected(inspection: &Inspection) -> Findings {
    let mut found = Findings::default();
    deep(inspection, &mut found);
    found
}

pub(super) fn deep(inspection: &Inspection, found: &mut Findings) {
    if inspection.violations.is_empty() {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let message = Message::new(codes::DEEP_WELL)
            .with_int("items", count(inspection.items))
            .with_int("runs", count(inspection.runs))
            .with_int("pictures", count(inspection.pictures));
        return found.add(Area::Store, Level::Good, message);
    }
    for same in inspection.violations.chunk_by(|one, next| one.rule == next.rule) {
        if let Some(first) = same.first() {
            found.add(Area::Store, level(first.rule), said(first.rule, same));
        }
    }
}

fn said(rule: Invariant, same: &[Violation]) -> Message {
    let mut places: Vec<&str> = same
        .iter()
        .take(NAMED)
        .map(|violation| violation.place.as_str())
        .collect();
    if same.len() > NAMED {
        places.push("…");
    }
    Message::new(code(rule))
        .with("rule", rule.name())
        .with_int("count", i64::try_from(same.len()).unwrap_or(i64::MAX))
        .with("places", places.join(" / "))
}

/// A picture that is gone takes nothing from the truth about items.
fn level(rule: Invariant) -> Level {
    match rule {
        Invariant::Evidence | Invariant::Events => Level::Warning,
        _ => Level::Bad,
    }
}

fn code(rule: Invariant) -> Code {
    match rule {
        Invariant::Engine => codes::DEEP_ENGINE,
        Invariant::OneItem => codes::DEEP_ONE_ITEM,
        Invariant::Proved => codes::DEEP_PROVED,
        Invariant::OneState => codes::DEEP_ONE_STATE,
        Invariant::Final => codes::DEEP_FINAL,
        Invariant::Epoch => codes::DEEP_EPOCH,
        Invariant::AtWork => codes::DEEP_AT_WORK,
        Invariant::Slot => codes::DEEP_SLOT,
        Invariant::Intent => codes::DEEP_INTENT,
        Invariant::Audit => codes::DEEP_AUDIT,
        Invariant::Attempt => codes::DEEP_ATTEMPT,
        Invariant::Events => codes::DEEP_EVENTS,
        Invariant::Sealed => codes::DEEP_SEALED,
        Invariant::Evidence => codes::DEEP_EVIDENCE,
    }
}
