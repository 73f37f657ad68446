//! Words that do nothing where they stand: nothing is passed over in silence.

use crate::diag::{Diagnostic, Source, Span, Spanned};
use crate::plan::check::inside;
use crate::plan::check::order::first_line;
use crate::plan::title::kind_of;
use crate::scenario::model::{Action, StepNode, Until};
use crate::text::{Message, codes};

/// Checks a list of steps and everything inside it.
pub(super) fn check(source: &Source, steps: &[StepNode], found: &mut Vec<Diagnostic>) {
    for step in steps {
        modifiers(source, step, found);
        for (_, steps) in inside(step) {
            check(source, steps, found);
        }
    }
}

/// Says which modifiers have no meaning for the step's word. What `commit` cannot have is told with its other rules.
fn modifiers(source: &Source, step: &StepNode, found: &mut Vec<Diagnostic>) {
    let word = kind_of(&step.action);
    let is_step = matches!(step.action, Action::Step { .. });
    let is_commit = matches!(step.action, Action::Commit(_));
    let is_block = matches!(
        step.action,
        Action::If { .. }
            | Action::ForEach { .. }
            | Action::RepeatUntil { .. }
            | Action::Try { .. }
            | Action::Call(_)
            | Action::Group { .. }
    );
    let waits = matches!(
        step.action,
        Action::RepeatUntil {
            until: Until::Sign(_),
            ..
        }
    );
    let pictured = matches!(
        step.action,
        Action::Reject(_) | Action::Ask(_) | Action::RepeatUntil { .. } | Action::Call(_)
    );
    let is_if = matches!(step.action, Action::If { .. });
    let is_named = matches!(step.action, Action::Call(_) | Action::Ask(_));
    let otherwise = step.otherwise.first().map(|first| first.span);
    let given: [(&str, bool, Option<Span>); 7] = [
        ("as", is_step || is_commit || is_named, span(&step.save_as)),
        ("else", is_step || is_commit || is_if || step.when.is_some(), otherwise),
        ("retry", is_step || is_commit || is_block, span(&step.retry)),
        ("timeout", is_step || is_commit || waits, span(&step.timeout)),
        ("on_error", is_step || is_commit || is_block, span(&step.on_error)),
        ("evidence", is_step || is_commit || pictured, span(&step.evidence)),
        ("effect", is_step, span(&step.effect)),
    ];
    for (name, fits, span) in given {
        if let Some(span) = span.filter(|_| !fits) {
            let message = Message::new(codes::MODIFIER).with("name", name).with("word", word);
            found.push(Diagnostic::error(message, first_line(source, span)));
        }
    }
}

fn span<T>(given: &Option<Spanned<T>>) -> Option<Span> {
    given.as_ref().map(|given| given.span)
}
