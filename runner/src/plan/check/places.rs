//! What a step may do where it stands: irreversible acts only inside `commit`, addresses only of a known system.

use crate::diag::{Diagnostic, Span};
use crate::plan::arguments::texts;
use crate::plan::check::{Place, inside};
use crate::plan::parts::Library;
use crate::scenario::model::{Action, Effect, StepNode};
use crate::scenario::tree::Node;
use crate::steps::StepRow;
use crate::text::{Message, codes};

/// Words of buttons that register something.
pub const RISKY_WORDS: &[&str] = &["登録", "申請", "送信", "確定", "支払", "削除"];

/// Checks one list of a document and everything inside it.
pub(super) fn check(place: Place<'_>, library: &Library, has_system: bool, found: &mut Vec<Diagnostic>) {
    list(place.steps, library, (false, has_system), found);
    if !has_system {
        calls(place.steps, library, found);
    }
}

/// Says which parts open an address of a system that there is not.
fn calls(steps: &[StepNode], library: &Library, found: &mut Vec<Diagnostic>) {
    for step in steps {
        if let Action::Call(call) = &step.action
            && let Some(kind) = library.get(&call.part.value).and_then(|part| part.shape.opens.as_ref())
        {
            let said = Message::new(codes::NO_SYSTEM).with("step", kind.clone());
            let message = Message::new(codes::PART_HOLDS)
                .with("part", call.part.value.clone())
                .with_said("said", said);
            found.push(Diagnostic::error(message, call.part.span));
        }
        for (_, steps) in inside(step) {
            calls(steps, library, found);
        }
    }
}

/// The step kind that opens an address of the system, in these steps or the parts they call.
pub(super) fn opens(steps: &[StepNode], library: &Library) -> Option<String> {
    steps.iter().find_map(|step| {
        let own = match &step.action {
            Action::Step { kind, args } if kind.value == "browser.open" => of_system(args).map(|_| kind.value.clone()),
            Action::Call(call) => library.get(&call.part.value).and_then(|part| part.shape.opens.clone()),
            _ => None,
        };
        own.or_else(|| inside(step).into_iter().find_map(|(_, steps)| opens(steps, library)))
    })
}

fn list(steps: &[StepNode], library: &Library, (in_commit, has_system): (bool, bool), found: &mut Vec<Diagnostic>) {
    for step in steps {
        if let Action::Step { kind, args } = &step.action {
            if !in_commit {
                found.extend(
                    library
                        .row(&kind.value)
                        .ok()
                        .and_then(|row| irreversible(&row, kind.span)),
                );
                found.extend(risky(step));
            }
            if kind.value == "browser.open" && !has_system {
                no_system(&kind.value, args, found);
            }
        }
        for (name, steps) in inside(step) {
            list(steps, library, (in_commit || name == "do", has_system), found);
        }
    }
}

fn irreversible(row: &StepRow, span: Span) -> Option<Diagnostic> {
    let message = Message::new(codes::IRREVERSIBLE).with("step", row.name());
    (row.effect() == Effect::Irreversible).then(|| Diagnostic::error(message, span))
}

/// Whether a step presses something that sounds irreversible, and its author does not vouch that it only reads.
pub(in crate::plan) fn is_risky(step: &StepNode) -> bool {
    risky(step).is_some()
}

/// A link only leads somewhere; anything else of such a name may act.
fn risky(step: &StepNode) -> Option<Diagnostic> {
    let vouched = step.effect.as_ref().is_some_and(|effect| effect.value == Effect::Read);
    let Action::Step { kind, args } = &step.action else {
        return None;
    };
    if kind.value != "browser.click" || vouched {
        return None;
    }
    let click = texts(args, "").into_iter().find(|(name, text, _)| {
        !matches!(*name, "link" | "within") && RISKY_WORDS.iter().any(|word| text.contains(word))
    });
    let (_, text, span) = click?;
    let message = Message::new(codes::RISKY_CLICK).with("text", text);
    Some(Diagnostic::warning(message, span))
}

fn no_system(kind: &str, args: &Node, found: &mut Vec<Diagnostic>) {
    if let Some(span) = of_system(args) {
        let message = Message::new(codes::NO_SYSTEM).with("step", kind);
        found.push(Diagnostic::error(message, span));
    }
}

/// The place of an address that belongs to the system.
fn of_system(args: &Node) -> Option<Span> {
    let address = texts(args, "").into_iter().find(|(_, text, _)| text.starts_with('/'));
    address.map(|(_, _, span)| span)
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::steps::{self, StepDef};

    #[test]
    fn irreversible_steps_belong_into_a_commit() {
        static SEND: OnceLock<StepDef> = OnceLock::new();
        let click = steps::find("browser.click").expect("a step");
        let send = SEND.get_or_init(|| StepDef {
            name: "mail.send",
            effect: Effect::Irreversible,
            ..*click
        });
        assert_eq!(irreversible(&StepRow::BuiltIn(click), Span::default()), None);
        let found = irreversible(&StepRow::BuiltIn(send), Span::default()).expect("told");
        assert!(found.message.is(codes::IRREVERSIBLE));
    }
}
