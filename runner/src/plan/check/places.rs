//! What a step may do where it stands: irreversible acts only inside `commit`, addresses only of a known system; and
//! locators that will not last.

use crate::diag::{Diagnostic, Span};
use crate::plan::arguments::texts;
use crate::plan::check::{Place, inside};
use crate::scenario::model::{Action, Effect, StepNode};
use crate::scenario::tree::{Node, NodeKind};
use crate::steps::{self, StepDef};
use crate::text::{Message, codes};

/// Words of buttons that register something.
pub const RISKY_WORDS: &[&str] = &["登録", "申請", "送信", "確定", "支払", "削除"];

/// Checks one list of a document and everything inside it.
pub(super) fn check(place: Place<'_>, has_system: bool, found: &mut Vec<Diagnostic>) {
    list(place.steps, false, has_system, found);
}

fn list(steps: &[StepNode], in_commit: bool, has_system: bool, found: &mut Vec<Diagnostic>) {
    for step in steps {
        if let Action::Step { kind, args } = &step.action {
            let vouched = step.effect.as_ref().is_some_and(|effect| effect.value == Effect::Read);
            if !in_commit {
                found.extend(steps::find(&kind.value).and_then(|def| irreversible(def, kind.span)));
                if kind.value == "browser.click" && !vouched {
                    risky(args, found);
                }
            }
            if kind.value == "browser.open" && !has_system {
                no_system(&kind.value, args, found);
            }
            brittle(args, found);
        }
        for (name, steps) in inside(step) {
            list(steps, in_commit || name == "do", has_system, found);
        }
    }
}

fn irreversible(def: &StepDef, span: Span) -> Option<Diagnostic> {
    let message = Message::new(codes::IRREVERSIBLE).with("step", def.name);
    (def.effect == Effect::Irreversible).then(|| Diagnostic::error(message, span))
}

/// A link only leads somewhere; anything else of such a name may act.
fn risky(args: &Node, found: &mut Vec<Diagnostic>) {
    let click = texts(args, "").into_iter().find(|(name, text, _)| {
        !matches!(*name, "link" | "within") && RISKY_WORDS.iter().any(|word| text.contains(word))
    });
    if let Some((_, text, span)) = click {
        let message = Message::new(codes::RISKY_CLICK).with("text", text);
        found.push(Diagnostic::warning(message, span));
    }
}

fn no_system(kind: &str, args: &Node, found: &mut Vec<Diagnostic>) {
    let address = texts(args, "").into_iter().find(|(_, text, _)| text.starts_with('/'));
    if let Some((_, _, span)) = address {
        let message = Message::new(codes::NO_SYSTEM).with("step", kind);
        found.push(Diagnostic::error(message, span));
    }
}

/// Names of locators that hang on how a page is built.
fn brittle(args: &Node, found: &mut Vec<Diagnostic>) {
    match &args.kind {
        NodeKind::Map(entries) => {
            for (key, node) in entries {
                if matches!(key.value.as_str(), "css" | "xpath") {
                    let message = Message::new(codes::BRITTLE).with("kind", key.value.clone());
                    found.push(Diagnostic::hint(message, key.span));
                }
                brittle(node, found);
            }
        }
        NodeKind::List(nodes) => nodes.iter().for_each(|node| brittle(node, found)),
        NodeKind::Null | NodeKind::Scalar { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irreversible_steps_belong_into_a_commit() {
        let click = *steps::find("browser.click").expect("a step");
        let send = StepDef {
            name: "mail.send",
            effect: Effect::Irreversible,
            ..click
        };
        assert_eq!(irreversible(&click, Span::default()), None);
        let found = irreversible(&send, Span::default()).expect("told");
        assert!(found.message.is(codes::IRREVERSIBLE));
    }
}
