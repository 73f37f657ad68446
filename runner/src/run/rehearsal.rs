//! A rehearsal (下見): the work of a bot without its ledger and without its irreversible acts.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use indexmap::IndexMap;

use crate::events::{Cause, Event, ItemId, ItemState, Kind, RunOutcome};
use crate::plan::PlanStep;
use crate::ports::item::{IllegalMove, MoveKind};
use crate::ports::{
    Answered, Doubt, Enrolled, EventSink, Finished, Handover, Intake, Lease, Ledger, Leftover, Move, NewItem, NewRun,
    Opened, PortError, RemoteSession, Requests, Survey, TargetNote,
};
use crate::scenario::model::Effect;
use crate::steps::{Needs, StepRow};
use crate::text::{Message, codes};
use crate::value::Value;

use super::halt::{Halt, failure};
use super::machine::Machine;

/// The folder of the office that takes the files of rehearsals, each under its own path.
pub(super) const FOLDER: &str = "下見";

/// The ledger of a rehearsal. It asks the real one what a run would be given and moves nothing in it. There is no move
/// here to an intent, and without one the machine never comes to an irreversible act.
pub(super) struct Rehearsal {
    ledger: Arc<dyn Ledger>,
    sink: Arc<dyn EventSink>,
    survey: Mutex<Survey>,
}

impl Rehearsal {
    pub(super) fn new(ledger: Arc<dyn Ledger>, sink: Arc<dyn EventSink>) -> Rehearsal {
        Rehearsal {
            ledger,
            sink,
            survey: Mutex::default(),
        }
    }

    fn survey(&self) -> MutexGuard<'_, Survey> {
        self.survey.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ledger for Rehearsal {
    fn open_run(&self, run: &NewRun) -> Result<Opened, PortError> {
        self.ledger.open_run(&NewRun {
            rehearsal: true,
            target: None,
            ..run.clone()
        })
    }

    fn survey(&self, lease: Lease, intake: Intake<'_>, items: &[NewItem]) -> Result<Survey, PortError> {
        self.ledger.survey(lease, intake, items)
    }

    fn enroll(&self, lease: Lease, intake: Intake<'_>, items: &[NewItem]) -> Result<Vec<Enrolled>, PortError> {
        let mut survey = self.ledger.survey(lease, intake, items)?;
        let enrolled = std::mem::take(&mut survey.enrolled);
        *self.survey() = survey;
        Ok(enrolled)
    }

    fn leftovers(&self, _: Lease, _: Intake<'_>) -> Result<Vec<Leftover>, PortError> {
        Ok(std::mem::take(&mut self.survey().left))
    }

    fn removed(&self, _: Lease, _: Intake<'_>) -> Result<Vec<(ItemId, String)>, PortError> {
        Ok(std::mem::take(&mut self.survey().removed))
    }

    fn waiting(&self, _: Lease, _: &str) -> Result<Vec<(ItemId, ItemState, String)>, PortError> {
        Ok(std::mem::take(&mut self.survey().waiting))
    }

    fn finished(&self, lease: Lease, handover: Handover<'_>) -> Result<Vec<Finished>, PortError> {
        self.ledger.finished(lease, handover)
    }

    fn kept(&self, lease: Lease, items: &[ItemId]) -> Result<HashMap<ItemId, IndexMap<String, Value>>, PortError> {
        self.ledger.kept(lease, items)
    }

    fn answers(&self, lease: Lease, item: ItemId) -> Result<Vec<Answered>, PortError> {
        self.ledger.answers(lease, item)
    }

    fn advance(&self, lease: Lease, _: ItemId, step: &Move, events: &[Kind]) -> Result<Vec<Event>, PortError> {
        match step {
            Move::Intend(_) | Move::Disprove => Err(no_intent()),
            // Nobody is asked: a question that a rehearsal meets stands in its history alone.
            Move::Claim | Move::Finish(_) | Move::Ask { .. } | Move::Release if events.is_empty() => Ok(Vec::new()),
            Move::Claim | Move::Finish(_) | Move::Ask { .. } | Move::Release => self.sink.record(lease, events),
        }
    }

    /// What is in doubt is not a rehearsal's to find out.
    fn doubts(&self, _: Lease, _: &str) -> Result<Vec<Doubt>, PortError> {
        Ok(Vec::new())
    }

    fn contest(&self, _: Lease, _: (ItemId, ItemId), _: &str, _: &[Kind]) -> Result<Vec<Event>, PortError> {
        Err(no_intent())
    }

    fn note_target(&self, _: Lease, _: &TargetNote) -> Result<(), PortError> {
        Ok(())
    }

    fn browser_at(&self, _: Lease, _: Option<&RemoteSession>) -> Result<(), PortError> {
        Ok(())
    }

    fn close_run(&self, lease: Lease, outcome: RunOutcome, events: &[Kind]) -> Result<Vec<Event>, PortError> {
        self.ledger.close_run(lease, outcome, events)
    }

    fn renew(&self, lease: Lease) -> Result<Requests, PortError> {
        self.ledger.renew(lease)
    }
}

/// Without an intent nothing is registered, and without that nothing is in doubt.
fn no_intent() -> PortError {
    let step = MoveKind::Intend;
    let from = ItemState::Claimed;
    IllegalMove { from, step }.into()
}

impl Machine<'_> {
    /// The state of an item that came to its end without an irreversible act.
    pub(super) fn worked(&self) -> ItemState {
        if self.setup.rehearsal {
            ItemState::Rehearsed
        } else {
            ItemState::Done
        }
    }

    /// A button that sounds like an act stands outside `commit`: whether it registers is not tried out.
    pub(super) fn not_pressed(&mut self, step: &PlanStep, prefix: &str) -> Result<(), Halt> {
        if self.trying {
            // Whoever tried it is told, and nobody else.
            return Err(Halt::Rehearsed);
        }
        let outline = self.plan.outline.iter().find(|outline| outline.path == step.path);
        let title = outline.map_or(step.path.as_str(), |outline| outline.title.as_str());
        let message = Message::new(codes::REHEARSAL_STOPS).with("title", title);
        if self.at.is_none() {
            return Err(Halt::Stop(failure(Cause::Data, message)));
        }
        self.skipped(step, prefix)?;
        self.journal.add(Kind::Noted(message))?;
        Err(Halt::Rehearsed)
    }

    /// Whether the next item begins on a page that the scenario has chosen. A rehearsal leaves a filled form behind.
    pub(super) fn comes_home(&self) -> bool {
        let home = |system: &crate::plan::SystemPlan| !system.home.is_empty();
        self.plan.system.as_ref().is_some_and(home)
    }

    /// The folder that a step's paths begin in: what a rehearsal writes must not be taken for results.
    pub(super) fn office_for(&mut self, def: &StepRow) -> Result<PathBuf, PortError> {
        if !self.setup.rehearsal || def.needs() != Needs::Files || def.effect() == Effect::Read {
            return Ok(self.setup.office.clone());
        }
        let folder = self.setup.office.join(FOLDER);
        // Where it cannot be made, the step cannot write and says why.
        let _ = std::fs::create_dir_all(&folder);
        if !std::mem::replace(&mut self.tally.drafts, true) {
            let message = Message::new(codes::REHEARSAL_FILES).with("folder", FOLDER);
            self.journal.add(Kind::Noted(message))?;
        }
        Ok(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::RunId;
    use crate::ports::Finish;

    const LEASE: Lease = Lease {
        run: RunId(1),
        epoch: 1,
    };

    /// A store that refuses everything but what a rehearsal may do: ask, and write events.
    struct Untouched;

    impl Ledger for Untouched {
        fn open_run(&self, _: &NewRun) -> Result<Opened, PortError> {
            Err(PortError::Full)
        }
        fn survey(&self, _: Lease, _: Intake<'_>, items: &[NewItem]) -> Result<Survey, PortError> {
            assert!(items.is_empty());
            Ok(Survey::default())
        }
        fn enroll(&self, _: Lease, _: Intake<'_>, _: &[NewItem]) -> Result<Vec<Enrolled>, PortError> {
            Err(PortError::Full)
        }
        fn leftovers(&self, _: Lease, _: Intake<'_>) -> Result<Vec<Leftover>, PortError> {
            Err(PortError::Full)
        }
        fn removed(&self, _: Lease, _: Intake<'_>) -> Result<Vec<(ItemId, String)>, PortError> {
            Err(PortError::Full)
        }
        fn waiting(&self, _: Lease, _: &str) -> Result<Vec<(ItemId, ItemState, String)>, PortError> {
            Err(PortError::Full)
        }
        fn finished(&self, _: Lease, _: Handover<'_>) -> Result<Vec<Finished>, PortError> {
            Ok(Vec::new())
        }
        fn answers(&self, _: Lease, _: ItemId) -> Result<Vec<Answered>, PortError> {
            Ok(Vec::new())
        }
        fn kept(&self, _: Lease, _: &[ItemId]) -> Result<HashMap<ItemId, IndexMap<String, Value>>, PortError> {
            Ok(HashMap::new())
        }
        fn advance(&self, _: Lease, _: ItemId, _: &Move, _: &[Kind]) -> Result<Vec<Event>, PortError> {
            Err(PortError::Full)
        }
        fn doubts(&self, _: Lease, _: &str) -> Result<Vec<Doubt>, PortError> {
            Err(PortError::Full)
        }
        fn contest(&self, _: Lease, _: (ItemId, ItemId), _: &str, _: &[Kind]) -> Result<Vec<Event>, PortError> {
            Err(PortError::Full)
        }
        fn note_target(&self, _: Lease, _: &TargetNote) -> Result<(), PortError> {
            Err(PortError::Full)
        }
        fn browser_at(&self, _: Lease, _: Option<&RemoteSession>) -> Result<(), PortError> {
            Err(PortError::Full)
        }
        fn close_run(&self, _: Lease, _: RunOutcome, _: &[Kind]) -> Result<Vec<Event>, PortError> {
            Ok(Vec::new())
        }
        fn renew(&self, _: Lease) -> Result<Requests, PortError> {
            Ok(Requests::default())
        }
    }

    impl EventSink for Untouched {
        fn record(&self, _: Lease, _: &[Kind]) -> Result<Vec<Event>, PortError> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn no_move_of_a_rehearsal_reaches_the_ledger_and_none_leads_to_an_act() {
        let ledger = Rehearsal::new(Arc::new(Untouched), Arc::new(Untouched));
        let intake = Intake {
            ledger: "a",
            source: "b.csv",
            lasting: false,
            again: crate::ports::Again::All,
            commits: true,
            anew: false,
        };
        assert!(ledger.enroll(LEASE, intake, &[]).is_ok_and(|rows| rows.is_empty()));
        assert!(ledger.leftovers(LEASE, intake).is_ok() && ledger.removed(LEASE, intake).is_ok());
        assert!(ledger.waiting(LEASE, "a").is_ok());
        let finish = Move::Finish(Finish {
            state: ItemState::Rehearsed,
            reason: None,
            kept: IndexMap::new(),
            receipt: None,
        });
        let note = [Kind::Noted(Message::new(codes::REHEARSAL_FILES))];
        for step in [Move::Claim, finish, Move::Release] {
            assert!(ledger.advance(LEASE, ItemId(1), &step, &note).is_ok(), "{step:?}");
        }
        let intent = Move::Intend(crate::ports::Intent {
            path: "steps/1".to_owned(),
            title: "登録".to_owned(),
            known: Vec::new(),
            key: None,
        });
        let refused = ledger.advance(LEASE, ItemId(1), &intent, &note);
        assert!(matches!(refused, Err(PortError::Transition(_))), "{refused:?}");
    }

    #[test]
    fn no_ledger_holds_what_was_only_rehearsed() {
        for from in [ItemState::Claimed, ItemState::Committing] {
            assert!(crate::ports::item::next(from, MoveKind::Finish(ItemState::Rehearsed)).is_err());
        }
        assert!(crate::ports::item::next(ItemState::Rehearsed, MoveKind::Claim).is_err());
    }
}
