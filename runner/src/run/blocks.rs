//! Steps that hold other steps: branches, loops, `try`, parts; tried again and passed over as a whole.

use std::time::Duration;

use crate::drivers::browser::BrowserError;
use crate::events::mask::masked;
use crate::events::{Cause, Kind, StepFinished, StepOutcome};
use crate::plan::{Args, Body, PlanRepeat, PlanStep, PlanUntil};
use crate::scenario::expr::Template;
use crate::scenario::model::OnError;
use crate::steps::{self, StepError};
use crate::text::{Lang, Message, codes};
use crate::value::{Class, Classed, Value};

use super::attempt::{finished, unworkable};
use super::halt::{Costs, Fail, Failing, Halt, failure};
use super::machine::Machine;
use super::next::{AfterTry, Around, Trial, after_try};
use super::scope::Bound;
use super::work::Work;

/// How long a page may take, after a round, to show that it was the last one. A page that needs more says so by `timeout`.
const SIGN_WAIT: Duration = Duration::from_secs(1);
/// The name of what has failed, inside `catch`.
const ERROR: &str = "error";

impl Machine<'_> {
    /// Does a block, again when it fails and may be tried again, and passes over its failure if that is wished.
    pub(super) async fn block(&mut self, step: &PlanStep, prefix: &str, work: &mut Work) -> Result<(), Halt> {
        let mut wait = Duration::from_secs(1);
        let mut attempt = 1;
        loop {
            let fail = match self.inside(step, prefix, work).await {
                Err(Halt::Fail(fail)) if fail.costs != Costs::Session => fail,
                result => return result,
            };
            let trial = Trial::Failed {
                again: fail.again,
                session_lost: false,
            };
            let around = Around {
                left: attempt <= step.retry,
                otherwise: false,
                guarded: false,
                committing: self.committing,
            };
            if after_try(trial, around) == AfterTry::Again {
                self.journal.add(Kind::StepRetrying {
                    step: self.step_ref(step, prefix, attempt),
                    failure: fail.failure,
                    wait_ms: wait.as_millis() as u64,
                })?;
                self.rest(wait).await?;
                wait *= 2;
                attempt += 1;
            } else if step.on_error == OnError::Continue {
                return Ok(());
            } else {
                return Err(Halt::Fail(fail));
            }
        }
    }

    async fn inside(&mut self, step: &PlanStep, prefix: &str, work: &mut Work) -> Result<(), Halt> {
        match &step.body {
            Body::If { condition, then } => {
                let branch = if self.holds(condition, step)? {
                    then
                } else {
                    &step.otherwise
                };
                self.walk(branch, prefix, work).await
            }
            Body::ForEach { list, each, steps } => {
                let elements = self.elements(list, step)?;
                // Only the element's name ends with the loop: what is set inside stays, as the check has it.
                let hidden = self.variables.swap(each, None);
                let result = self.for_each(step, each, elements, steps, prefix, work).await;
                self.variables.swap(each, hidden);
                result
            }
            Body::RepeatUntil(repeat) => self.repeat_until(step, repeat, prefix, work).await,
            Body::Try { steps, catch, finally } => {
                let catch = catch.as_deref();
                self.r#try(step, (steps, catch, finally), prefix, work).await
            }
            Body::Call(call) => self.call(step, call, prefix, work).await,
            Body::Group { steps } => self.walk(steps, prefix, work).await,
            Body::Step { .. }
            | Body::Commit(_)
            | Body::Reject(_)
            | Body::Stop(_)
            | Body::Log(_)
            | Body::Set(_)
            | Body::Ask(_) => Ok(()),
        }
    }

    fn elements(&self, list: &Template, step: &PlanStep) -> Result<Vec<Classed>, Halt> {
        let found = self.text(list, step)?;
        let class = found.class;
        let elements = match found.value {
            Value::List(elements) => elements,
            Value::Null => Vec::new(),
            other => vec![other],
        };
        Ok(elements.into_iter().map(|value| Classed { value, class }).collect())
    }

    async fn for_each(
        &mut self,
        step: &PlanStep,
        each: &str,
        elements: Vec<Classed>,
        steps: &[PlanStep],
        prefix: &str,
        work: &mut Work,
    ) -> Result<(), Halt> {
        for (index, element) in elements.into_iter().enumerate() {
            self.variables.bind(each, element);
            self.walk(steps, &round(step, prefix, index + 1), work).await?;
        }
        Ok(())
    }

    async fn repeat_until(
        &mut self,
        step: &PlanStep,
        repeat: &PlanRepeat,
        prefix: &str,
        work: &mut Work,
    ) -> Result<(), Halt> {
        let name = repeat.round.as_deref();
        let hidden = name.and_then(|name| self.variables.swap(name, None));
        let began = self.ports.clock.monotonic();
        let step_ref = self.step_ref(step, prefix, 1);
        self.journal.add(Kind::StepStarted(step_ref.clone()))?;
        let result = self.rounds(step, repeat, prefix, work).await;
        if let Some(name) = name {
            self.variables.swap(name, hidden);
        }
        let took_ms = self.since(began);
        let failing = match result {
            Ok(Rounds::Ended(count)) => {
                let note = Message::new(codes::REPEATED).with_int("count", i64::from(count));
                let finished = finished(step_ref, StepOutcome::Ok, took_ms, vec![note]);
                return Ok(self.journal.add(Kind::StepFinished(finished))?);
            }
            Ok(Rounds::Failed(failing)) => failing,
            Err(halt) => {
                self.passed_through(step, prefix, &halt, took_ms)?;
                return Err(halt);
            }
        };
        self.failed(step, step_ref, took_ms, failing).await
    }

    async fn rounds(
        &mut self,
        step: &PlanStep,
        repeat: &PlanRepeat,
        prefix: &str,
        work: &mut Work,
    ) -> Result<Rounds, Halt> {
        for count in 1..=repeat.max {
            if let Some(name) = &repeat.round {
                let number = Value::Int(i64::from(count));
                self.variables.bind(name, Classed::open(number));
            }
            let inner = round(step, prefix, count as usize);
            self.walk(&repeat.steps, &inner, work).await?;
            let over = match &repeat.until {
                PlanUntil::Condition(condition) => Ok(self.holds(condition, step)?),
                PlanUntil::Sign(sign) => self.shows(step, sign).await,
            };
            match over {
                Ok(true) => return Ok(Rounds::Ended(count)),
                Ok(false) => {}
                Err(failing) => return Ok(Rounds::Failed(failing)),
            }
        }
        let (cause, until) = match &repeat.until {
            PlanUntil::Condition(condition) => (Cause::Data, condition.source().to_owned()),
            PlanUntil::Sign(sign) => (Cause::Page, self.looked_for(sign)),
        };
        let message = Message::new(codes::REPEATED_IN_VAIN)
            .with_int("count", i64::from(repeat.max))
            .with("until", until);
        Ok(Rounds::Failed(Failing {
            failure: failure(cause, message),
            again: cause == Cause::Page,
            rejects: false,
            session_lost: false,
        }))
    }

    /// Whether the page shows what is to end the rounds.
    async fn shows(&mut self, step: &PlanStep, args: &Args) -> Result<bool, Failing> {
        let evaluated = args
            .evaluate(&self.variables)
            .map_err(|error| unworkable(&self.variables, &error))?;
        let wrong = |error: StepError| Failing::from(&error);
        let spec = steps::sign::decode(&evaluated.value).map_err(|error| wrong(error.into()))?;
        let Some(session) = self.keeper.current.as_mut() else {
            return Err(wrong(BrowserError::SessionLost.into()));
        };
        match session.see(&spec.sign, step.timeout.unwrap_or(SIGN_WAIT)).await {
            Ok(seen) => {
                if let Some(name) = &spec.save_as {
                    self.bind(name, Classed::new(seen.value, Class::Personal));
                }
                Ok(true)
            }
            Err(BrowserError::NotFound { .. }) => Ok(false),
            Err(error) => Err(wrong(error.into())),
        }
    }

    fn looked_for(&self, sign: &Args) -> String {
        let evaluated = sign.evaluate(&self.variables).ok();
        let spec = evaluated.and_then(|evaluated| steps::sign::decode(&evaluated.value).ok());
        spec.map(|spec| spec.sign.wanted().to_owned()).unwrap_or_default()
    }

    /// Tries steps and sees to their failure. What rejects, stops or ends the run, a doubt, and a session that is over
    /// are none of its business.
    async fn r#try(
        &mut self,
        step: &PlanStep,
        (steps, catch, finally): (&[PlanStep], Option<&[PlanStep]>, &[PlanStep]),
        prefix: &str,
        work: &mut Work,
    ) -> Result<(), Halt> {
        let began = self.ports.clock.monotonic();
        let step_ref = self.step_ref(step, prefix, 1);
        self.journal.add(Kind::StepStarted(step_ref.clone()))?;
        let mut notes = Vec::new();
        let mut result = self.walk(steps, prefix, work).await;
        if let (Some(catch), Err(Halt::Fail(fail))) = (catch, &result)
            && fail.costs != Costs::Session
            && !self.committing
        {
            notes.push(Message::new(codes::CAUGHT).with_said("cause", fail.failure.message.clone()));
            let error = self.told(fail);
            let hidden = self.variables.swap(ERROR, Some(error));
            result = self.walk(catch, prefix, work).await;
            self.variables.swap(ERROR, hidden);
        }
        if ends_item(&result) {
            let told = self.told_failure;
            let last = self.walk(finally, prefix, work).await;
            // What stood before is still what is on its way out.
            self.told_failure = if result.is_err() { told } else { self.told_failure };
            result = first_of(result, last);
        }
        let took_ms = self.since(began);
        if let Err(halt) = &result {
            self.passed_through(step, prefix, halt, took_ms)?;
        } else {
            let finished = finished(step_ref, StepOutcome::Ok, took_ms, notes);
            self.journal.add(Kind::StepFinished(finished))?;
        }
        result
    }

    /// What has failed, as the steps of `catch` may use it anywhere: masked as every event is.
    fn told(&self, fail: &Fail) -> Bound {
        let message = masked(fail.failure.message.clone(), &self.journal.veil);
        let told = [
            ("message", message.what(Lang::Ja)),
            ("code", fail.failure.message.code.to_string()),
        ];
        let told = told.map(|(name, text)| (name.to_owned(), Value::Text(text)));
        Bound::Value(Classed::open(Value::Map(told.into_iter().collect())))
    }

    /// Writes down that a block did not come to its end because a step inside it failed; that step says why.
    fn passed_through(&mut self, step: &PlanStep, prefix: &str, halt: &Halt, took_ms: u64) -> Result<(), Halt> {
        if !matches!(halt, Halt::Fail(_)) {
            return Ok(());
        }
        let step_ref = self.step_ref(step, prefix, 1);
        let finished: StepFinished = finished(step_ref, StepOutcome::Failed, took_ms, Vec::new());
        Ok(self.journal.add(Kind::StepFinished(finished))?)
    }
}

/// How rounds ended.
enum Rounds {
    /// After so many of them.
    Ended(u32),
    /// They came to their bound, or what ends them cannot be looked at.
    Failed(Failing),
}

/// The paths of a round's steps begin with this.
fn round(step: &PlanStep, prefix: &str, count: usize) -> String {
    format!("{prefix}{}[{count}]/", step.path)
}

/// Whether only the item's steps are at an end, and not the session or the run.
fn ends_item(result: &Result<(), Halt>) -> bool {
    match result {
        Ok(()) | Err(Halt::Reject(_) | Halt::Ask(_)) => true,
        Err(Halt::Fail(fail)) => fail.costs != Costs::Session,
        // What follows an act that a rehearsal did not do would find another page than in earnest.
        Err(
            Halt::Stop(_) | Halt::Cancelled | Halt::Rehearsed | Halt::Doubt(_) | Halt::Contested(_) | Halt::Port(_),
        ) => false,
    }
}

/// Of two ends the one that weighs more: the first, unless the second is the end of more than the item.
fn first_of(first: Result<(), Halt>, second: Result<(), Halt>) -> Result<(), Halt> {
    if first.is_ok() || !ends_item(&second) {
        second
    } else {
        first
    }
}
