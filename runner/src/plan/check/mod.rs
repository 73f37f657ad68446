//! Checks that need the whole document: names of values, columns, what may be done where.

mod columns;
mod names;
mod order;
mod places;
mod plain;

pub(super) use columns::Columns;
pub use names::RUN_NAMES;
pub use places::RISKY_WORDS;

use crate::diag::{Diagnostic, Source};
use crate::scenario::model::{Scenario, StepNode, System};

/// A list of steps and what may be done there.
#[derive(Debug, Clone, Copy)]
struct Place<'d> {
    /// Its name in the file.
    name: &'static str,
    steps: &'d [StepNode],
}

/// Checks a scenario. When `sure` is false something before was wrong already, and a name that is not known may be
/// missing because of that.
pub(super) fn scenario(source: &Source, scenario: &Scenario, columns: &Columns, sure: bool) -> Vec<Diagnostic> {
    let mut found = names::scenario(source, scenario, columns, sure);
    let places = [
        ("start", &scenario.start),
        ("before", &scenario.before),
        ("steps", &scenario.steps),
        ("after", &scenario.after),
    ];
    for (name, steps) in places {
        let place = Place { name, steps };
        order::check(source, place, &mut found);
        places::check(place, scenario.system.is_some(), &mut found);
        plain(source, columns, &mut found).list(steps);
    }
    if let Some(items) = &scenario.items {
        plain(source, columns, &mut found).items(items);
    }
    found
}

/// Checks a system.
pub(super) fn system(source: &Source, system: &System, sure: bool) -> Vec<Diagnostic> {
    let mut found = names::system(source, system, sure);
    for (name, steps) in [("login", &system.login), ("home", &system.home)] {
        let place = Place { name, steps };
        order::check(source, place, &mut found);
        places::check(place, true, &mut found);
        plain(source, &Columns::none(), &mut found).list(steps);
    }
    found
}

fn plain<'d>(source: &'d Source, columns: &'d Columns, found: &'d mut Vec<Diagnostic>) -> plain::Plain<'d> {
    plain::Plain { source, columns, found }
}

/// Every list of steps inside a step, with its name.
fn inside(step: &StepNode) -> Vec<(&'static str, &[StepNode])> {
    use crate::scenario::model::{Action, Verify};
    let mut lists: Vec<(&'static str, &[StepNode])> = Vec::new();
    match &step.action {
        Action::If { then, .. } => lists.push(("then", then)),
        Action::ForEach { steps, .. } => lists.push(("for_each", steps)),
        Action::Group { steps, .. } => lists.push(("group", steps)),
        Action::Commit(commit) => {
            lists.push(("do", &commit.act));
            if let Verify::Look { look, .. } = &commit.verify {
                lists.push(("look", look));
            }
        }
        Action::Step { .. } | Action::Reject(_) | Action::Stop(_) | Action::Log(_) | Action::Set(_) => {}
    }
    lists.push(("else", &step.otherwise));
    lists
}
