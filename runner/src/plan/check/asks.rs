//! Questions: an answer hangs on the step's `id`, so no two questions have one.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Source, Span};
use crate::plan::check::inside;
use crate::scenario::model::{Action, StepNode};
use crate::text::{Message, codes};

/// Says which questions have the `id` of an earlier one.
pub(super) fn check(source: &Source, steps: &[StepNode], found: &mut Vec<Diagnostic>) {
    walk(source, steps, &mut BTreeMap::new(), found);
}

fn walk<'d>(source: &Source, steps: &'d [StepNode], known: &mut BTreeMap<&'d str, Span>, found: &mut Vec<Diagnostic>) {
    for step in steps {
        if let (Action::Ask(_), Some(id)) = (&step.action, &step.id)
            && let Some(first) = known.insert(&id.value, id.span)
        {
            let line = i64::try_from(source.line_of(first.start)).unwrap_or(i64::MAX);
            let message = Message::new(codes::ASK_SAME_ID)
                .with("id", id.value.clone())
                .with_int("line", line);
            found.push(Diagnostic::error(message, id.span));
        }
        for (_, steps) in inside(step) {
            walk(source, steps, known, found);
        }
    }
}
