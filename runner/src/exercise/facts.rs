//! What became of an answer when it was run.

use std::collections::{BTreeMap, BTreeSet};

use crate::events::RunOutcome;
use crate::events::view::{RunView, Standing, Status};
use crate::practice::Entry;
use crate::practice::samples::Fates;
use crate::scenario::model::{Action, Scenario, StepNode};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::Message;

/// What became of an answer.
#[derive(Debug)]
pub struct Facts {
    /// What it says.
    pub scenario: Scenario,
    /// Its run; none when it could not be begun.
    pub run: Option<RunView>,
    /// What the register held afterwards.
    pub register: Vec<Entry>,
    /// The rows of the workbook it wrote: cells by heading.
    pub results: Vec<BTreeMap<String, String>>,
    /// What must become of each row of the table it was given.
    pub fates: Fates,
    /// The day of receipt in that table, in 和暦.
    pub received: String,
}

impl Facts {
    /// Whether the run worked to its end, whatever became of the items.
    pub(super) fn finished(&self) -> bool {
        let status = self.run.as_ref().map(RunView::status);
        matches!(status, Some(Status::Ended(RunOutcome::Succeeded | RunOutcome::Partial)))
            && self.count(Standing::Failed) == 0
    }

    /// Why its run stopped, or one of its items did.
    pub fn stopped(&self) -> Option<&Message> {
        let run = self.run.as_ref()?;
        let failed = run.items.values().filter(|item| run.standing(item) == Standing::Failed);
        let failure = run
            .failure()
            .or_else(|| failed.filter_map(|item| item.failure.as_ref()).next());
        failure.map(|failure| &failure.message)
    }

    /// How many items stand so.
    pub(super) fn count(&self, standing: Standing) -> usize {
        let Some(run) = &self.run else { return 0 };
        run.items.values().filter(|item| run.standing(item) == standing).count()
    }

    /// How many rows the table had.
    pub(super) fn rows(&self) -> usize {
        self.fates.fit.len() + 3
    }

    /// Whether a step of this kind did its work.
    pub(super) fn worked(&self, kind: &str) -> bool {
        let Some(run) = &self.run else { return false };
        run.steps.iter().any(|step| step.outline.kind == kind && step.ok > 0)
    }

    /// Whether the run kept a picture.
    pub(super) fn pictured(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.evidence().next().is_some())
    }

    /// How often this 請求番号 stands in the register.
    fn registered(&self, number: &str) -> usize {
        let same = |entry: &&Entry| !entry.cancelled && entry.registration.request_no == number;
        self.register.iter().filter(same).count()
    }

    /// Whether every row that gets through was registered exactly once.
    pub(super) fn fit_once(&self) -> bool {
        self.fates.fit.iter().all(|number| self.registered(number) == 1)
    }

    /// Whether nothing was registered twice.
    pub(super) fn nothing_twice(&self) -> bool {
        let numbers: BTreeSet<&str> = self
            .register
            .iter()
            .map(|e| e.registration.request_no.as_str())
            .collect();
        numbers.len() == self.register.len()
    }

    /// Whether exactly the rows that get through were registered.
    pub(super) fn only_fit(&self) -> bool {
        self.fit_once() && self.register.len() == self.fates.fit.len()
    }

    /// Whether the row in this line of the table was rejected.
    pub(super) fn rejected(&self, line: u64) -> bool {
        let Some(run) = &self.run else { return false };
        run.items
            .values()
            .any(|item| item.item.row == line && run.standing(item) == Standing::Rejected)
    }

    /// Whether its steps call a part.
    pub(super) fn calls(&self, part: &str) -> bool {
        self.scenario.steps.iter().any(|step| match &step.action {
            Action::Call(call) => call.part.value == part,
            _ => false,
        })
    }

    /// The headings that its steps fill in.
    pub(super) fn filled(&self) -> BTreeSet<String> {
        let mut filled = BTreeSet::new();
        each_step(&self.scenario.steps, &mut |kind, args| {
            if kind == "browser.fill" {
                headings(args, &mut filled);
            }
        });
        filled
    }
}

fn each_step(steps: &[StepNode], visit: &mut impl FnMut(&str, &Node)) {
    for step in steps {
        match &step.action {
            Action::Step { kind, args } => visit(&kind.value, args),
            Action::If { then, .. } => each_step(then, visit),
            Action::Group { steps, .. } | Action::ForEach { steps, .. } => each_step(steps, visit),
            _ => {}
        }
        each_step(&step.otherwise, visit);
    }
}

/// The headings of a fill: a list of names, a map, or a map below `fields`.
fn headings(args: &Node, filled: &mut BTreeSet<String>) {
    match &args.kind {
        NodeKind::List(names) => filled.extend(names.iter().filter_map(Node::text).map(str::to_owned)),
        NodeKind::Map(entries) => match args.get("fields") {
            Some(fields) => headings(fields, filled),
            None => filled.extend(entries.iter().map(|(key, _)| key.value.clone())),
        },
        NodeKind::Null | NodeKind::Scalar { .. } => filled.extend(args.text().map(str::to_owned)),
    }
}
