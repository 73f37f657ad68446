//! Walking the steps: one match over what a step can be.

use std::pin::Pin;

use crate::events::{Cause, EvidenceRef, EvidenceRole, Kind, StepFinished, StepOutcome, StepRef};
use crate::plan::{Body, Plan, PlanStep};
use crate::scenario::expr::{Expr, Template};
use crate::scenario::model::Evidence;
use crate::text::{Message, codes};
use crate::value::{Class, Classed};

use super::Pictures;
use super::guide::Led;
use super::halt::{Costs, Fail, Halt, failure, said_of_expression};
use super::machine::Machine;
use super::work::Work;

/// A boxed future: steps hold steps.
type Walk<'w> = Pin<Box<dyn Future<Output = Result<(), Halt>> + Send + 'w>>;

impl<'a> Machine<'a> {
    /// Walks steps outside the commit of an item (login, home, start, after, …).
    pub(super) fn steps<'w>(&'w mut self, steps: &'w [PlanStep], prefix: &'w str) -> Walk<'w> {
        Box::pin(async move {
            // There is no commit outside an item's steps: the plan refuses it.
            let mut work = Work::default();
            self.walk(steps, prefix, &mut work).await.map_err(Halt::at_last)
        })
    }

    /// Walks the steps of an item. Who leads it step by step sees the page before it is left, and may add steps there.
    pub(super) async fn item_steps(&mut self, work: &mut Work) -> Result<(), Halt> {
        let mut place = 0;
        loop {
            let plan: &'a Plan = self.plan;
            let result = self.walk_from(&plan.steps, "", &mut place, work).await;
            let far = matches!(result, Ok(()) | Err(Halt::Rehearsed));
            if !far || !self.more_at_end(&mut place).await? {
                return result.map_err(Halt::at_last);
            }
        }
    }

    pub(super) fn walk<'w>(&'w mut self, steps: &'w [PlanStep], prefix: &'w str, work: &'w mut Work) -> Walk<'w> {
        Box::pin(async move {
            let mut first = 0;
            self.walk_from(steps, prefix, &mut first, work).await
        })
    }

    /// Walks a list from a place in it, and leaves there the place that it has come to.
    async fn walk_from(
        &mut self,
        steps: &[PlanStep],
        prefix: &str,
        place: &mut usize,
        work: &mut Work,
    ) -> Result<(), Halt> {
        let mut list = self.as_mended(steps);
        while let Some(step) = list.get(*place) {
            self.may_go_on()?;
            self.item_in_time(&step.path)?;
            let edition: &'a Plan = self.plan;
            match self.led(step, prefix, work).await? {
                Led::On => *place += 1,
                Led::Again => {}
            }
            let plan: &'a Plan = self.plan;
            if !std::ptr::eq(edition, plan) {
                list = plan.list_of(&step.path).unwrap_or_default();
            }
        }
        Ok(())
    }

    /// Steps as they stand in the scenario now: a block that was begun before a change goes on with the mended ones.
    fn as_mended<'w>(&self, steps: &'w [PlanStep]) -> &'w [PlanStep]
    where
        'a: 'w,
    {
        let plan: &'a Plan = self.plan;
        match steps.first() {
            Some(first) if self.editions.mended() => plan.list_of(&first.path).unwrap_or(steps),
            _ => steps,
        }
    }

    pub(super) async fn step(&mut self, step: &PlanStep, prefix: &str, work: &mut Work) -> Result<(), Halt> {
        if let Some(condition) = &step.when
            && !self.holds(condition, step)?
        {
            self.skipped(step, prefix)?;
            return self.walk(&step.otherwise, prefix, work).await;
        }
        match &step.body {
            Body::Step { .. } if step.risky && self.setup.rehearsal => self.not_pressed(step, prefix),
            Body::Step { def, args } => self.attempt(step, def, args, prefix, work).await,
            Body::If { .. }
            | Body::ForEach { .. }
            | Body::RepeatUntil(_)
            | Body::Try { .. }
            | Body::Call(_)
            | Body::Group { .. } => self.block(step, prefix, work).await,
            Body::Commit(commit) => self.commit(step, commit, work).await,
            Body::Reject(reason) => {
                let message = Message::new(codes::REJECTED).with_pieces("reason", self.pieces(reason, step)?);
                self.pictured(step, prefix).await?;
                Err(Halt::Reject(failure(Cause::Data, message)))
            }
            Body::Stop(reason) => {
                let message = Message::new(codes::STOPPED).with_pieces("reason", self.pieces(reason, step)?);
                Err(Halt::Stop(failure(Cause::Data, message)))
            }
            Body::Log(text) => {
                let message = Message::new(codes::LOG_LINE).with_pieces("text", self.pieces(text, step)?);
                Ok(self.journal.add(Kind::Noted(message))?)
            }
            Body::Ask(ask) => self.ask(step, ask, prefix).await,
            Body::Set(values) => {
                for (name, template) in values {
                    let value = self.text(template, step)?;
                    self.bind(name, value);
                }
                Ok(())
            }
        }
    }

    pub(super) fn holds(&self, condition: &Expr, step: &PlanStep) -> Result<bool, Halt> {
        match condition.evaluate(&self.variables) {
            Ok(found) => Ok(found.value.is_true()),
            Err(error) => Err(fail(said_of_expression(&error), step)),
        }
    }

    /// A template worked out, for a step.
    pub(super) fn text(&self, template: &Template, step: &PlanStep) -> Result<Classed, Halt> {
        template
            .evaluate(&self.variables)
            .map_err(|error| fail(said_of_expression(&error), step))
    }

    /// The same, told apart what the scenario's author wrote and what was worked out.
    pub(super) fn pieces(&self, template: &Template, step: &PlanStep) -> Result<Vec<(String, Class)>, Halt> {
        template
            .pieces(&self.variables)
            .map_err(|error| fail(said_of_expression(&error), step))
    }

    /// Keeps the page as it is where a scenario rejects an item or asks about it, so that whoever gets it can see why.
    pub(super) async fn pictured(&mut self, step: &PlanStep, prefix: &str) -> Result<Option<EvidenceRef>, Halt> {
        if self.setup.pictures < Pictures::Failures || step.evidence == Some(Evidence::None) {
            return Ok(None);
        }
        let Some(picture) = self.picture(EvidenceRole::Failure).await? else {
            return Ok(None);
        };
        let finished = StepFinished {
            step: self.step_ref(step, prefix, 1),
            outcome: StepOutcome::Ok,
            took_ms: 0,
            notes: Vec::new(),
            evidence: vec![picture.clone()],
            failure: None,
        };
        self.journal.add(Kind::StepFinished(finished))?;
        Ok(Some(picture))
    }

    pub(super) fn skipped(&mut self, step: &PlanStep, prefix: &str) -> Result<(), Halt> {
        let finished = StepFinished {
            step: self.step_ref(step, prefix, 1),
            outcome: StepOutcome::Skipped,
            took_ms: 0,
            notes: Vec::new(),
            evidence: Vec::new(),
            failure: None,
        };
        Ok(self.journal.add(Kind::StepFinished(finished))?)
    }

    /// How events name a step.
    pub(super) fn step_ref(&self, step: &PlanStep, prefix: &str, attempt: u32) -> StepRef {
        StepRef {
            path: format!("{prefix}{}", step.path),
            outline: step.path.clone(),
            item: self.at.as_ref().map(|at| at.item.id),
            attempt,
        }
    }
}

/// A failure that the scenario or the data cause: trying again does not help.
fn fail(failure: crate::events::Failure, step: &PlanStep) -> Halt {
    Halt::Fail(Box::new(Fail {
        failure,
        at: step.path.clone(),
        again: false,
        costs: Costs::Item,
    }))
}
