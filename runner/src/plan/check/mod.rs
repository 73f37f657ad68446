//! Checks that need the whole document: names of values, columns, what may be done where.

mod around;
mod asks;
mod columns;
mod expressions;
mod locators;
mod names;
mod order;
mod places;
mod plain;
mod rows;
mod setting;
mod signs;
mod words;
mod twins;

pub use around::{Around, KeptSecret};
pub(super) use columns::Columns;
pub use locators::{Scored, reason};
pub use names::RUN_NAMES;
pub use places::RISKY_WORDS;
pub(super) use places::is_risky;
pub use twins::same_work;

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Source};
use crate::plan::files::Files;
use crate::plan::parts::Library;
use crate::scenario::model::{Document, Part, Scenario, StepNode, System};

/// A list of steps and what may be done there.
#[derive(Debug, Clone, Copy)]
struct Place<'d> {
    /// Its name in the file.
    name: &'static str,
    steps: &'d [StepNode],
}

/// What the caller of a part must know of its steps.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// How its paths run.
    order: order::Course,
    /// The step that opens an address of the system, if there is one.
    opens: Option<String>,
    /// Whether they need a browser.
    browses: bool,
    /// The inputs that a look after a doubt reads.
    looked: BTreeSet<String>,
}

/// Checks a scenario. When `sure` is false something before was wrong already, and a name that is not known may be
/// missing because of that.
pub(super) fn scenario(
    source: &Source,
    scenario: &Scenario,
    columns: &Columns,
    library: &Library,
    sure: bool,
) -> Vec<Diagnostic> {
    let mut found = names::scenario(source, scenario, columns, library, sure);
    let places = [
        ("start", &scenario.start),
        ("before", &scenario.before),
        ("steps", &scenario.steps),
        ("after", &scenario.after),
    ];
    found.extend(setting::id_apart(source, scenario));
    asks::check(source, &scenario.steps, &mut found);
    for (name, steps) in places {
        let place = Place { name, steps };
        order::check(source, library, place, &mut found);
        places::check(place, library, scenario.system.is_some(), &mut found);
        words::check(source, steps, &mut found);
        locators::check(steps, &mut found);
        signs::check(source, steps, &mut found);
        found.extend(setting::results(scenario.items.as_ref(), columns, steps));
        plain(source, columns, &mut found).list(steps);
    }
    if let Some(items) = &scenario.items {
        let given = places.iter().flat_map(|(_, steps)| names::given_in(steps)).collect();
        plain(source, columns, &mut found).items(items, &given);
        found.extend(setting::kept(items, columns));
        found.extend(setting::rejecting(items, columns));
    }
    found
}

/// What a scenario needs of its system and its office; `sure` as above.
pub(super) fn setting(
    files: &dyn Files,
    around: Option<&Around>,
    library: &Library,
    (scenario, system): (&Scenario, Option<&System>),
    sure: bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(system) = system {
        found.extend(setting::hours(scenario, system));
        found.extend(setting::unused_system(scenario, library).filter(|_| sure));
    }
    found.extend(
        scenario
            .items
            .as_ref()
            .and_then(|items| setting::items_file(files, items)),
    );
    if let Some(around) = around {
        found.extend(around::scenario(files, around, scenario, system));
    }
    found
}

/// What a system needs of its office.
pub(super) fn system_setting(files: &dyn Files, around: &Around, system: &System) -> Vec<Diagnostic> {
    around::system(files, around, system)
}

/// Every locator of a document, judged, in the order they stand.
pub(super) fn scores(document: &Document) -> Vec<Scored> {
    let lists: Vec<&[StepNode]> = match document {
        Document::Scenario(scenario) => vec![&scenario.start, &scenario.before, &scenario.steps, &scenario.after],
        Document::System(system) => vec![&system.login, &system.home],
        Document::Part(part) => vec![&part.steps],
    };
    lists.into_iter().flat_map(locators::scored).collect()
}

/// Checks steps that stand in no file: what may be done at all.
pub(super) fn alone(library: &Library, steps: &[StepNode]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    places::check(Place { name: "steps", steps }, library, true, &mut found);
    found
}

/// Checks a system.
pub(super) fn system(source: &Source, system: &System, library: &Library, sure: bool) -> Vec<Diagnostic> {
    let mut found = names::system(source, system, library, sure);
    for (name, steps) in [("login", &system.login), ("home", &system.home)] {
        let place = Place { name, steps };
        order::check(source, library, place, &mut found);
        places::check(place, library, true, &mut found);
        words::check(source, steps, &mut found);
        locators::check(steps, &mut found);
        signs::check(source, steps, &mut found);
        plain(source, &Columns::none(), &mut found).list(steps);
    }
    found
}

/// Checks a part by itself, and says what its callers must know.
pub(super) fn part(source: &Source, part: &Part, library: &Library, sure: bool) -> (Vec<Diagnostic>, Shape) {
    let (mut found, looked) = names::part(source, part, library, sure);
    let place = Place {
        name: "steps",
        steps: &part.steps,
    };
    let order = order::check(source, library, place, &mut found);
    // Whether there is a system is its caller's.
    places::check(place, library, true, &mut found);
    asks::check(source, &part.steps, &mut found);
    words::check(source, &part.steps, &mut found);
    locators::check(&part.steps, &mut found);
    signs::check(source, &part.steps, &mut found);
    plain(source, &Columns::none(), &mut found).list(&part.steps);
    let shape = Shape {
        order,
        opens: places::opens(&part.steps, library),
        browses: setting::browses(&part.steps, library),
        looked,
    };
    (found, shape)
}

fn plain<'d>(source: &'d Source, columns: &'d Columns, found: &'d mut Vec<Diagnostic>) -> plain::Plain<'d> {
    plain::Plain { source, columns, found }
}

/// Every list of steps inside a step, with its name. A part's steps are not inside its `call`: they stand in a file of
/// their own.
pub(super) fn inside(step: &StepNode) -> Vec<(&'static str, &[StepNode])> {
    use crate::scenario::model::{Action, Verify};
    let mut lists: Vec<(&'static str, &[StepNode])> = Vec::new();
    match &step.action {
        Action::If { then, .. } => lists.push(("then", then)),
        Action::ForEach { steps, .. } => lists.push(("for_each", steps)),
        Action::RepeatUntil { steps, .. } => lists.push(("repeat_until", steps)),
        Action::Try { steps, catch, finally } => {
            lists.push(("try", steps));
            lists.extend(catch.as_ref().map(|steps| ("catch", steps.as_slice())));
            lists.push(("finally", finally));
        }
        Action::Group { steps, .. } => lists.push(("group", steps)),
        Action::Commit(commit) => {
            lists.push(("do", &commit.act));
            if let Verify::Look { look, .. } = &commit.verify {
                lists.push(("look", look));
            }
        }
        Action::Step { .. }
        | Action::Call(_)
        | Action::Reject(_)
        | Action::Stop(_)
        | Action::Log(_)
        | Action::Set(_)
        | Action::Ask(_) => {}
    }
    lists.push(("else", &step.otherwise));
    lists
}
