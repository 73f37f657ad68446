//! One item: claim, tries, end.

use std::time::Duration;

use indexmap::IndexMap;

use crate::events::{Cause, Failure, ItemFinished, ItemRef, ItemState, Kind};
use crate::ports::{Enrolled, Finish, Move};
use crate::text::Lang;
use crate::value::Value;

use super::items::{Prepared, REASON, rejected_by_row};
use super::machine::{Fail, Halt, Machine, is_done};

/// How an item ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) state: ItemState,
    pub(super) failure: Option<Failure>,
    pub(super) kept: IndexMap<String, Value>,
    /// Outline path of the step that stopped it.
    pub(super) at: String,
}

/// The item at work.
#[derive(Debug, Clone)]
pub(super) struct AtWork {
    pub(super) item: ItemRef,
    /// When it began, on the monotonic clock.
    pub(super) began: Duration,
}

/// Where the item at work stands, as far as this run knows.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Set when the irreversible act is proved: the item is settled and stored.
    pub(super) settled: Option<(ItemState, IndexMap<String, Value>)>,
}

impl Machine<'_> {
    /// Works an item to an end that is stored. An error ends the run; the item is then back at new or with a person.
    pub(super) async fn item(&mut self, row: &Prepared, enrolled: &Enrolled) -> Result<Ended, Halt> {
        self.may_go_on()?;
        let item = ItemRef {
            id: enrolled.id,
            row: row.row,
            label: row.label().to_owned(),
        };
        let began = self.ports.clock.monotonic();
        self.begin(&row.data);
        self.at = Some(AtWork {
            item: item.clone(),
            began,
        });
        self.journal
            .advance(item.id, &Move::Claim, Some(Kind::ItemStarted(item.clone())))?;
        let result = self.tries(row).await;
        let well = matches!(result, Ok(_) | Err(Halt::Reject(_) | Halt::Cancelled));
        let ended = self.end(&item, began, result);
        self.variables.end_item();
        self.at = None;
        self.sensitive.clear();
        if !well {
            // An item that did not end well costs the session: what the page holds is not known.
            self.give_up_session().await?;
        }
        ended
    }

    async fn tries(&mut self, row: &Prepared) -> Result<Work, Halt> {
        if let Some(failure) = row.unfit.clone() {
            return Err(Halt::Reject(failure));
        }
        if let Some(spec) = self.plan.items()
            && let Some(failure) = rejected_by_row(&spec.reject, &self.variables)
        {
            return Err(Halt::Reject(failure));
        }
        let patience = self.setup.patience;
        let mut wait = patience.backoff;
        let mut left = patience.tries;
        loop {
            self.begin(&row.data);
            left = left.saturating_sub(1);
            match self.try_once().await {
                Err(Halt::Fail(fail)) if fail.again && left > 0 => {
                    self.give_up_session().await?;
                    self.journal.flush()?;
                    self.rest(wait).await?;
                    wait *= 2;
                }
                result => return result,
            }
        }
    }

    async fn try_once(&mut self) -> Result<Work, Halt> {
        let plan = self.plan;
        let mut work = Work::default();
        if super::session::needs_browser(&plan.steps) {
            self.ensure_session().await?;
            if let Some(system) = &plan.system {
                self.steps(&system.home, "").await?;
            }
        }
        match self.item_steps(&plan.steps, &mut work).await {
            // What is settled stays settled, whatever happens afterwards.
            Err(halt @ (Halt::Fail(_) | Halt::Reject(_) | Halt::Stop(_))) if work.settled.is_some() => {
                self.note_after_commit(halt).await?;
            }
            other => other?,
        }
        Ok(work)
    }

    /// Waits, unless somebody wants the end.
    pub(super) async fn rest(&mut self, wait: Duration) -> Result<(), Halt> {
        let until = self.ports.clock.monotonic() + wait;
        let clock = self.ports.clock.clone();
        while clock.monotonic() < until {
            self.may_go_on()?;
            clock
                .sleep(Duration::from_millis(200).min(until - clock.monotonic()))
                .await;
        }
        Ok(())
    }

    /// Stores how the item ended.
    fn end(&mut self, item: &ItemRef, began: Duration, result: Result<Work, Halt>) -> Result<Ended, Halt> {
        let ended = |state, failure: Option<Failure>| Ended {
            state,
            kept: failure
                .iter()
                .map(|failure| (REASON.to_owned(), reason(failure)))
                .collect(),
            failure,
            at: String::new(),
        };
        let (outcome, halt) = match result {
            Ok(Work {
                settled: Some((state, kept)),
            }) => {
                return Ok(Ended {
                    state,
                    failure: None,
                    kept,
                    at: String::new(),
                });
            }
            Ok(Work { settled: None }) => {
                let (kept, _) = self.kept();
                (
                    Ended {
                        kept,
                        ..ended(ItemState::Done, None)
                    },
                    None,
                )
            }
            Err(Halt::Reject(failure)) => (ended(ItemState::Rejected, Some(failure)), None),
            Err(Halt::Doubt(failure)) => (ended(ItemState::Inquiry, Some(failure)), None),
            Err(Halt::Fail(fail)) => {
                let Fail { failure, at, .. } = *fail;
                (
                    Ended {
                        at,
                        ..ended(ItemState::Failed, Some(failure))
                    },
                    None,
                )
            }
            Err(Halt::Stop(failure)) => {
                let again = Halt::Stop(failure.clone());
                (ended(ItemState::Failed, Some(failure)), Some(again))
            }
            Err(Halt::Cancelled) => {
                self.journal.advance(item.id, &Move::Release, None)?;
                return Err(Halt::Cancelled);
            }
            Err(Halt::Port(error)) => return Err(Halt::Port(error)),
        };
        self.finish(item, began, &outcome)?;
        match halt {
            Some(halt) => Err(halt),
            None => Ok(outcome),
        }
    }

    /// Writes an item's end.
    pub(super) fn finish(&mut self, item: &ItemRef, began: Duration, ended: &Ended) -> Result<(), Halt> {
        let reason = ended.failure.as_ref().map(|failure| failure.message.code.to_string());
        let receipt = if is_done(ended.state) { self.receipt() } else { None };
        let kind = Kind::ItemFinished(ItemFinished {
            item: item.clone(),
            state: ended.state,
            failure: ended.failure.clone(),
            receipt,
            took_ms: self.since(began),
        });
        let finish = Finish {
            state: ended.state,
            reason,
            kept: ended.kept.clone(),
        };
        self.journal.advance(item.id, &Move::Finish(finish), Some(kind))?;
        Ok(())
    }

    /// What the scenario keeps of the item at work, and the names that could not be worked out.
    pub(super) fn kept(&self) -> (IndexMap<String, Value>, Vec<String>) {
        let mut kept = IndexMap::new();
        let mut missing = Vec::new();
        for (name, template) in self.plan.items().map(|spec| spec.keep.as_slice()).unwrap_or_default() {
            match template.evaluate(&self.variables) {
                Ok(found) => {
                    kept.insert(name.value.clone(), found.value);
                }
                Err(_) => missing.push(name.value.clone()),
            }
        }
        (kept, missing)
    }

    /// The last thing that a failing step costs: the session of an item that did not end well.
    pub(super) fn data_or_fail(failure: Failure, at: &str, again: bool) -> Halt {
        if failure.cause == Cause::Data {
            Halt::Reject(failure)
        } else {
            Halt::Fail(Box::new(Fail {
                failure,
                at: at.to_owned(),
                again,
            }))
        }
    }
}

/// Why an item is not done, as results show it.
fn reason(failure: &Failure) -> Value {
    Value::Text(failure.message.what(Lang::Ja))
}
