//! Folding events into what a person wants to know of a run: the one meaning of done, rejected, waiting.
//!
//! [`RunView`] is a pure function of the events it was given, live or stored, in the order of their numbers. It never
//! fails: an event that fits nothing it knows is counted or kept, never lost.

mod counts;
mod groups;
mod item;
mod steps;
mod trail;
mod verdict;

pub use counts::{Counts, Registered, Standing};
pub use groups::{Group, groups};
pub use item::{ItemView, Picture};
pub use steps::{StepView, Steps};

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use indexmap::IndexMap;

use self::trail::Trail;
use super::{
    Decided, Event, EvidenceRef, Failure, ItemFinished, ItemId, ItemRef, ItemState, ItemsTaken, Kind, RunFinished,
    RunId, RunOutcome, RunStarted, StepFinished, StepRef,
};
use crate::text::{Message, codes};

/// The kind of a step that does the one irreversible act of an item, as outlines name it.
const COMMIT: &str = "commit";

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 実行中: it works, or is believed to.
    Running,
    /// 中断: it stopped without saying so.
    Interrupted,
    /// It ended, with this outcome.
    Ended(RunOutcome),
}

/// Something worth knowing that a run said by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub message: Message,
}

/// Everything that the events of one run say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunView {
    /// Its number.
    pub run: Option<RunId>,
    /// Who, what, where: its first event.
    pub header: Option<RunStarted>,
    /// When its first event was written.
    pub started: Option<DateTime<Utc>>,
    /// When its latest event was written.
    pub latest: Option<DateTime<Utc>>,
    /// The rows that were read.
    pub taken: Option<ItemsTaken>,
    /// Browser sessions that were opened.
    pub sessions: u32,
    /// The browser of the latest session.
    pub browser: Option<String>,
    /// The items that events named, in order of appearance.
    pub items: IndexMap<ItemId, ItemView>,
    /// The steps with their times.
    pub steps: Steps,
    /// Pictures that belong to no item.
    pub pictures: Vec<Picture>,
    /// What the run said by itself.
    pub notes: Vec<Note>,
    /// Its last event.
    pub finished: Option<RunFinished>,
    /// The step that is at work.
    pub current: Option<StepRef>,
    /// How far that step says it is: done, of how many (0: not known).
    pub far: Option<(u32, u32)>,
    /// Events of a kind that this version does not know.
    pub unknown: u64,
    /// Whether the run is known to be dead though it never said that it ended. The events cannot tell; who reads the
    /// run's lease sets it.
    pub interrupted: bool,
    at_work: Option<ItemId>,
    /// Items that the run had left alone, and that people have decided since.
    released: u64,
    trail: Trail,
    last_seq: i64,
}

impl RunView {
    /// The view of a run's events, in order.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> RunView {
        let mut view = RunView::default();
        for event in events {
            view.apply(event);
        }
        view
    }

    /// Adds one event. One that was seen already, by its number, changes nothing.
    pub fn apply(&mut self, event: &Event) {
        if event.seq <= self.last_seq {
            return;
        }
        self.last_seq = event.seq;
        self.run.get_or_insert(event.run);
        self.started.get_or_insert(event.at);
        self.latest = Some(event.at);
        match &event.kind {
            Kind::RunStarted(header) => self.start(header),
            Kind::ItemsTaken(taken) => self.taken = Some(taken.clone()),
            Kind::SessionOpened { browser, .. } => {
                self.sessions += 1;
                self.browser = Some(browser.clone());
            }
            Kind::ItemStarted(item) => {
                self.item(item).start(event.at);
                self.at_work = Some(item.id);
            }
            Kind::StepStarted(step) => self.step_started(step),
            Kind::StepAt { done, total, .. } => self.far = Some((*done, *total)),
            Kind::StepRetrying { step, .. } => self.steps.retrying(step),
            Kind::StepFinished(finished) => self.step_finished(finished),
            Kind::CommitIntended { item, title } => self.item(item).intend(title),
            Kind::DoubtTaken { item, title, settle_ms } => {
                self.item(item).doubted(title, event.at);
                self.at_work = Some(item.id);
                let seconds = i64::try_from(settle_ms.div_ceil(1000)).unwrap_or(i64::MAX);
                let message = Message::new(codes::LOOKING).with("item", item.label.as_str());
                self.note(event.at, message.with_int("seconds", seconds));
            }
            Kind::Disproved { item } => {
                self.item(item).disproved();
                self.note(
                    event.at,
                    Message::new(codes::DISPROVED).with("item", item.label.as_str()),
                );
            }
            Kind::ItemFinished(finished) => self.item_finished(finished, event.at),
            Kind::Decided(decided) => self.decided(decided, event.at),
            Kind::Noted(message) => self.note(event.at, message.clone()),
            Kind::RunFinished(finished) => {
                self.finished = Some(finished.clone());
                self.current = None;
            }
            Kind::Unknown(_) => self.unknown += 1,
        }
    }

    fn note(&mut self, at: DateTime<Utc>, message: Message) {
        self.notes.push(Note { at, message });
    }

    fn start(&mut self, header: &RunStarted) {
        self.steps.declare(&header.outline);
        self.header = Some(header.clone());
    }

    fn item(&mut self, item: &ItemRef) -> &mut ItemView {
        self.items.entry(item.id).or_insert_with(|| ItemView::new(item.clone()))
    }

    fn step_started(&mut self, step: &StepRef) {
        self.steps.started(step);
        self.far = None;
        self.current = Some(step.clone());
    }

    fn step_finished(&mut self, finished: &StepFinished) {
        self.steps.finished(finished);
        let item = finished.step.item.and_then(|id| self.items.get_mut(&id));
        match item {
            Some(item) => item.step_finished(finished),
            None => {
                self.trail.step_finished(finished);
                let pictures = finished.evidence.iter();
                self.pictures
                    .extend(pictures.map(|evidence| Picture::new(evidence, &finished.step)));
            }
        }
        if self
            .current
            .as_ref()
            .is_some_and(|step| step.path == finished.step.path)
        {
            self.current = None;
        }
    }

    fn item_finished(&mut self, finished: &ItemFinished, at: DateTime<Utc>) {
        if self.at_work == Some(finished.item.id) {
            self.at_work = None;
        }
        self.item(&finished.item).finish(finished, at);
    }

    fn decided(&mut self, decided: &Decided, at: DateTime<Utc>) {
        let held = self.taken.as_mut().and_then(|taken| taken.held.get_mut(&decided.found));
        if let Some(held) = held.filter(|held| **held > 0 && !self.items.contains_key(&decided.item.id)) {
            *held -= 1;
            self.released += 1;
        }
        self.item(&decided.item).decide(decided, at);
        self.note(at, verdict::told(decided));
    }

    /// How far the run has come.
    pub fn status(&self) -> Status {
        match &self.finished {
            Some(finished) => Status::Ended(finished.outcome),
            None if self.interrupted => Status::Interrupted,
            None => Status::Running,
        }
    }

    /// Whether nothing more will come of this run.
    pub fn over(&self) -> bool {
        self.status() != Status::Running
    }

    /// What people call the state of an item of this run. When a run is over, an item that it held untouched is 未着手
    /// again, and one whose commit was begun but never proved is 登録照会.
    pub fn standing(&self, item: &ItemView) -> Standing {
        match item.state {
            ItemState::Claimed if self.over() => Standing::NotStarted,
            ItemState::Committing if self.over() => Standing::Inquiry,
            state => Standing::of(state),
        }
    }

    /// How many items stand where.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for item in self.items.values() {
            counts.add(self.standing(item), 1);
        }
        if let Some(taken) = &self.taken {
            let seen = u64::try_from(self.items.len())
                .unwrap_or(u64::MAX)
                .saturating_sub(self.released);
            counts.add(Standing::NotStarted, taken.to_do.saturating_sub(seen));
            counts.add(Standing::DoneBefore, taken.done_before);
            for (state, held) in &taken.held {
                counts.add(Standing::of(*state), *held);
            }
        }
        counts
    }

    /// What was registered, and what was not.
    pub fn registered(&self) -> Registered {
        let counts = self.counts();
        if self.rehearsal() {
            counts.registered_by_nobody()
        } else {
            // A condition may lead an item past the commit: it is done, and nothing was registered for it.
            let by_itself = |item: &&ItemView| item.intended.is_none() && item.decided_by.is_none();
            let past = |item: &&ItemView| self.standing(item) == Standing::Done && by_itself(item);
            let uncommitted = match self.registers() {
                true => self.items.values().filter(past).count(),
                // What is done is done where nothing is to be registered.
                false => 0,
            };
            counts.registered(u64::try_from(uncommitted).unwrap_or(u64::MAX))
        }
    }

    /// Whether the bot does anything irreversible, so that one can speak of registering.
    pub fn registers(&self) -> bool {
        self.header
            .as_ref()
            .is_some_and(|header| header.outline.iter().any(|step| step.kind == COMMIT))
    }

    /// Whether the run was a rehearsal (下見), which stops before each commit.
    pub fn rehearsal(&self) -> bool {
        self.header.as_ref().is_some_and(|header| header.rehearsal)
    }

    /// Whether the run was asked to leave some of its work for another one.
    pub fn limited(&self) -> bool {
        self.taken.as_ref().is_some_and(|taken| taken.set_aside > 0)
    }

    /// Whether everything is done and nobody has to do anything: exit code 0.
    pub fn settled(&self) -> bool {
        self.status() == Status::Ended(RunOutcome::Succeeded) && self.counts().unsettled() == 0
    }

    /// Items that wait for a person: 読取確認, 登録照会, 手作業中.
    pub fn waiting(&self) -> u64 {
        self.counts().waiting()
    }

    /// Milliseconds from the first event to the end, or to the latest event of a run that has none.
    pub fn took_ms(&self) -> u64 {
        if let Some(finished) = &self.finished {
            return finished.took_ms;
        }
        let (Some(started), Some(latest)) = (self.started, self.latest) else {
            return 0;
        };
        u64::try_from((latest - started).num_milliseconds()).unwrap_or(0)
    }

    /// Why the run ended before its work was done, if it says so.
    pub fn failure(&self) -> Option<&Failure> {
        self.finished.as_ref()?.failure.as_ref()
    }

    /// Where in the outline the run itself stopped, outside any item, when it ended before its work was done.
    pub fn stopped_at(&self) -> Option<String> {
        self.failure().and_then(|_| self.trail.failed_at())
    }

    /// The item that is at work.
    pub fn current_item(&self) -> Option<&ItemView> {
        self.items.get(&self.at_work?).filter(|_| !self.over())
    }

    /// How many items stopped at each step, by its path in the outline.
    pub fn stops(&self) -> BTreeMap<&str, u64> {
        let mut stops = BTreeMap::new();
        for outline in self.items.values().filter_map(|item| item.stopped_at.as_deref()) {
            *stops.entry(outline).or_default() += 1;
        }
        stops
    }

    /// Every picture of the run: of no item first, then item by item.
    pub fn evidence(&self) -> impl Iterator<Item = &EvidenceRef> {
        self.pictures
            .iter()
            .chain(self.items.values().flat_map(|item| item.pictures.iter()))
            .map(|picture| &picture.evidence)
    }
}

#[cfg(test)]
mod tests;
