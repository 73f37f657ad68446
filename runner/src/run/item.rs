//! One item: claim, tries, end.

use std::time::Duration;

use indexmap::IndexMap;

use crate::events::{Cause, Failure, ItemFinished, ItemRef, ItemState, Kind};
use crate::ports::{Enrolled, Finish, Move, PortError, Question, Receipt};
use crate::text::{Lang, Message, codes};
use crate::value::Value;

use super::doubt::{Cleared, lost_again};
use super::halt::{Fail, Halt, not_the_items};
use super::items::{Prepared, REASON};
use super::machine::Machine;
use super::reasons::rejected_by_row;
use super::work::{AtWork, Ended, Work, is_done};

impl Machine<'_> {
    /// Works an item to an end that is stored. An error ends the run; the item is then back at new or with a person.
    pub(super) async fn item(&mut self, row: &Prepared, enrolled: &Enrolled) -> Result<Ended, Halt> {
        self.may_go_on()?;
        self.run_in_time()?;
        if super::session::needs_browser(&self.plan.steps) {
            // Before the item is begun: it is left as it is.
            self.within_hours()?;
        }
        let item = ItemRef {
            id: enrolled.id,
            row: row.row,
            label: row.label().to_owned(),
        };
        let began = self.ports.clock.monotonic();
        self.begin(&row.data);
        let started = Kind::ItemStarted(item.clone());
        match self.journal.advance(item.id, &Move::Claim, Some(started)) {
            Err(PortError::Transition(_)) => return self.taken_by_another(&item),
            claimed => claimed?,
        }
        self.at = Some(AtWork {
            item: item.clone(),
            began,
        });
        let result = self.tries(row, &item).await;
        let well = match &result {
            Ok(_) | Err(Halt::Reject(_) | Halt::Ask(_) | Halt::Cancelled) => true,
            Err(Halt::Rehearsed) => self.comes_home(),
            Err(_) => false,
        };
        let ended = self.end(&item, began, result);
        self.variables.end_item();
        self.at = None;
        if !well {
            // An item that did not end well costs the session: what the page holds is not known.
            self.give_up_session().await?;
        }
        ended
    }

    /// Two bots may share a ledger: what the other one works is not ours, and nothing of it failed.
    fn taken_by_another(&mut self, item: &ItemRef) -> Result<Ended, Halt> {
        let message = Message::new(codes::TAKEN_BY_ANOTHER).with("item", item.label.clone());
        self.journal.add(Kind::Noted(message))?;
        Ok(Ended::at(ItemState::Claimed))
    }

    async fn tries(&mut self, row: &Prepared, item: &ItemRef) -> Result<Work, Halt> {
        if let Some(failure) = row.unfit.clone() {
            return Err(Halt::Reject(failure));
        }
        if let Some(spec) = self.plan.items() {
            rejected_by_row(spec, &self.variables)?;
        }
        let patience = self.setup.patience;
        let mut wait = patience.backoff;
        let mut left = patience.tries;
        loop {
            self.begin(&row.data);
            left = left.saturating_sub(1);
            match self.try_once().await {
                Err(Halt::Fail(fail)) if left > 0 && self.may_help(&fail) => {
                    self.give_up_session().await?;
                    // A login that is over is cured by the next one, which the history shows; anything else needs time.
                    if !fail.failure.message.is(codes::GUARD_LOGIN) {
                        self.trying_again(row.label(), wait, fail.failure)?;
                        self.rest(wait).await?;
                        wait *= 2;
                    }
                }
                Err(Halt::Doubt(doubted)) => match self.clear(item, *doubted).await? {
                    Cleared::Proved(work) => return Ok(work),
                    Cleared::Unclear(doubted) => return Err(Halt::Doubt(Box::new(doubted))),
                    Cleared::Disproved(title) => {
                        self.journal
                            .advance(item.id, &Move::Claim, Some(Kind::ItemStarted(item.clone())))?;
                        if left == 0 {
                            return Err(lost_again(&title, patience.tries));
                        }
                    }
                },
                result => return result,
            }
        }
    }

    fn trying_again(&mut self, label: &str, pause: Duration, failure: Failure) -> Result<(), PortError> {
        let message = Message::new(codes::TRYING_AGAIN)
            .with("item", label)
            .with_int("seconds", i64::try_from(pause.as_secs()).unwrap_or(i64::MAX))
            .with_said("cause", failure.message);
        self.journal.add(Kind::Noted(message))?;
        self.journal.flush()
    }

    /// Whether waiting and another try may help. Somebody watches a rehearsal who can mend the scenario at once: where the page
    /// does not have what the scenario names, waiting for it to appear only hides that.
    fn may_help(&self, fail: &Fail) -> bool {
        let unmended = self.setup.rehearsal && fail.failure.cause == Cause::Page;
        fail.again && !self.stopped_before(fail) && (!unmended || fail.failure.message.is(codes::GUARD_LOGIN))
    }

    async fn try_once(&mut self) -> Result<Work, Halt> {
        let plan = self.plan;
        let mut work = Work::default();
        if super::session::needs_browser(&plan.steps) {
            self.ensure_session().await?;
            self.go_home().await?;
            self.look_first(&mut work).await?;
            if work.settled.is_some() {
                return Ok(work);
            }
        }
        match self.item_steps(&mut work).await {
            // What is settled stays settled, whatever happens afterwards.
            Err(halt @ (Halt::Fail(_) | Halt::Reject(_) | Halt::Stop(_))) if work.settled.is_some() => {
                self.note_after_commit(halt).await?;
            }
            // Whoever wants the end gets it before the next item.
            Err(Halt::Cancelled) if work.settled.is_some() => {}
            other => other?,
        }
        Ok(work)
    }

    /// Goes to the page that every item and every look begins on.
    pub(super) async fn go_home(&mut self) -> Result<(), Halt> {
        let plan = self.plan;
        match &plan.system {
            Some(system) => self.steps(&system.home, "").await.map_err(not_the_items),
            None => Ok(()),
        }
    }

    /// Waits, unless somebody wants the end.
    pub(super) async fn rest(&mut self, wait: Duration) -> Result<(), Halt> {
        let until = self.ports.clock.monotonic() + wait;
        let clock = self.ports.clock.clone();
        while clock.monotonic() < until {
            self.may_go_on()?;
            clock
                .sleep(Duration::from_millis(200).min(until.saturating_sub(clock.monotonic())))
                .await;
        }
        Ok(())
    }

    /// Stores how the item ended.
    fn end(&mut self, item: &ItemRef, began: Duration, result: Result<Work, Halt>) -> Result<Ended, Halt> {
        // What was read before an item broke off is no less true for that.
        let known = match &result {
            Err(Halt::Fail(_) | Halt::Reject(_) | Halt::Rehearsed) => self.known(),
            _ => IndexMap::new(),
        };
        let ended = |state, failure: Option<Failure>| Ended {
            kept: known
                .into_iter()
                .chain(failure.iter().map(|failure| (REASON.to_owned(), reason(failure))))
                .collect(),
            failure,
            ..Ended::at(state)
        };
        let (outcome, halt) = match result {
            Ok(Work {
                settled: Some((state, kept)),
            }) => {
                return Ok(Ended {
                    kept,
                    ..Ended::at(state)
                });
            }
            Ok(Work { settled: None }) => {
                let kept = self.kept()?;
                (
                    Ended {
                        kept,
                        ..ended(self.worked(), None)
                    },
                    None,
                )
            }
            Err(Halt::Rehearsed) => (ended(ItemState::Rehearsed, None), None),
            Err(Halt::Reject(failure)) => (ended(ItemState::Rejected, Some(failure)), None),
            Err(Halt::Ask(asked)) => {
                let waits = ended(ItemState::ReadingReview, Some(asked.failure));
                self.finish_with(item, began, &waits, Some(asked.question))?;
                return Ok(waits);
            }
            Err(Halt::Doubt(doubted)) => (ended(ItemState::Inquiry, Some(doubted.failure)), None),
            // Both items are where they belong, in the same transaction.
            Err(Halt::Contested(failure)) => return Err(Halt::Stop(failure)),
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
            // Nobody could look so far: the next run does, or a person.
            Err(halt @ (Halt::Stop(_) | Halt::Cancelled)) if self.in_doubt => return Err(halt),
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
        self.finish_with(item, began, ended, None)
    }

    /// Writes an item's end, with the question that it waits for, if it does.
    fn finish_with(
        &mut self,
        item: &ItemRef,
        began: Duration,
        ended: &Ended,
        question: Option<Question>,
    ) -> Result<(), Halt> {
        let reason = ended.failure.as_ref().map(|failure| failure.message.code.to_string());
        let receipt = if is_done(ended.state) {
            self.told_of_item()
        } else {
            None
        };
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
            receipt: ended.receipt.clone().map(|text| Receipt {
                scope: self.receipt_scope(),
                text,
            }),
        };
        let step = match question {
            Some(question) => Move::Ask { question, finish },
            None => Move::Finish(finish),
        };
        self.journal.advance(item.id, &step, Some(kind))?;
        Ok(())
    }

    /// What the scenario would keep of the item at work, as far as it is known by now.
    fn known(&self) -> IndexMap<String, Value> {
        let names = self.variables.after_parts();
        let keep = self.plan.items().map(|spec| spec.keep.as_slice()).unwrap_or_default();
        let known = keep
            .iter()
            .filter_map(|(name, template)| Some((name.value.clone(), template.evaluate(&names).ok()?.value)));
        known.collect()
    }

    /// What the scenario keeps of the item at work. A name that cannot be worked out is said and left out.
    pub(super) fn kept(&mut self) -> Result<IndexMap<String, Value>, PortError> {
        let plan = self.plan;
        let names = self.variables.after_parts();
        let mut kept = IndexMap::new();
        for (name, template) in plan.items().map(|spec| spec.keep.as_slice()).unwrap_or_default() {
            match template.evaluate(&names) {
                Ok(found) => {
                    kept.insert(name.value.clone(), found.value);
                }
                Err(_) => {
                    let message = Message::new(codes::KEEP_FAILED).with("name", name.value.clone());
                    self.journal.add(Kind::Noted(message))?;
                }
            }
        }
        Ok(kept)
    }
}

/// Why an item is not done, as results show it.
fn reason(failure: &Failure) -> Value {
    Value::Text(failure.message.what(Lang::Ja))
}
