//! Whether another scenario of the office registers the same table in the same system: neither knows what the other has done.

use crate::diag::{Diagnostic, Span};
use crate::plan::check::inside;
use crate::plan::files::Files;
use crate::scenario::model::{Action, Document, Scenario, Source, StepNode};
use crate::scenario::{self, source};
use crate::text::{Message, codes};

/// What a scenario registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The scenario's id.
    id: String,
    /// Its file.
    file: String,
    /// The system's name.
    system: String,
    /// The table, as it is written.
    from: String,
    /// Where that is written.
    span: Span,
    /// The ledger that knows what is done.
    ledger: String,
}

impl Work {
    /// What a scenario registers, if it works a table and has a commit.
    fn of(scenario: &Scenario, file: &str) -> Option<Work> {
        let items = scenario.items.as_ref()?;
        let from = match &items.from {
            Source::Csv(path) | Source::Excel { file: path, .. } => path,
            Source::Rows(_) | Source::Made(_) | Source::Scenario(_) => return None,
        };
        registers(&scenario.steps).then(|| Work {
            id: scenario.id.value.clone(),
            file: file.to_owned(),
            system: scenario
                .system
                .as_ref()
                .map(|name| name.value.clone())
                .unwrap_or_default(),
            from: from.source(),
            span: from.span,
            ledger: items.ledger.as_ref().unwrap_or(&scenario.id).value.clone(),
        })
    }

    /// Whether both would register the same rows.
    fn repeats(&self, other: &Work) -> bool {
        self.id != other.id && self.ledger != other.ledger && (&self.system, &self.from) == (&other.system, &other.from)
    }
}

fn registers(steps: &[StepNode]) -> bool {
    steps.iter().any(|step| {
        matches!(step.action, Action::Commit(_)) || inside(step).into_iter().any(|(_, steps)| registers(steps))
    })
}

/// What the scenarios of an office register.
pub(super) fn works(files: &dyn Files) -> Vec<Work> {
    let read = |file: String| {
        let source = source::read(&file, &files.read(&file).ok()?).ok()?;
        if !source.text().contains("commit") {
            return None;
        }
        match scenario::parse(&source).document? {
            Document::Scenario(scenario) => Work::of(&scenario, &file),
            Document::System(_) | Document::Part(_) => None,
        }
    };
    files.scenarios().into_iter().filter_map(read).collect()
}

/// Says which other scenario registers the same, if one does.
pub(super) fn scenario<'w>(scenario: &Scenario, works: impl FnOnce() -> &'w [Work]) -> Option<Diagnostic> {
    let own = Work::of(scenario, "")?;
    let twin = works().iter().find(|other| own.repeats(other))?;
    Some(Diagnostic::hint(told(&own, twin), own.span))
}

/// The same for a scenario that is about to run.
pub fn same_work(files: &dyn Files, scenario: &Scenario) -> Option<Message> {
    let own = Work::of(scenario, "")?;
    let works = works(files);
    works
        .iter()
        .find(|other| own.repeats(other))
        .map(|twin| told(&own, twin))
}

fn told(own: &Work, twin: &Work) -> Message {
    Message::new(codes::SAME_WORK)
        .with("other", twin.id.clone())
        .with("file", twin.file.clone())
        .with("from", own.from.clone())
        .with("system", own.system.clone())
        .with("ledger", twin.ledger.clone())
}
