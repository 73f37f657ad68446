//! Asking a person: the answer if there is one, else the item waits.

use crate::events::{Cause, Failure};
use crate::plan::{PlanAsk, PlanStep};
use crate::ports::Question;
use crate::text::{Message, codes};
use crate::value::{Class, Classed};

use super::halt::{Halt, failure};
use super::machine::Machine;

/// A question that keeps an item from being worked on.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) failure: Failure,
}

impl Machine<'_> {
    /// Binds the answer that was given to this very question, or ends the item with it.
    pub(super) async fn ask(&mut self, step: &PlanStep, ask: &PlanAsk, prefix: &str) -> Result<(), Halt> {
        let pieces = self.pieces(&ask.question, step)?;
        let mut question = Question {
            mark: format!("{prefix}{}", ask.mark),
            text: pieces.iter().map(|(text, _)| text.as_str()).collect(),
            choices: ask.choices.clone(),
            kind: ask.kind,
            picture: None,
        };
        // The plan has no question outside an item.
        if let (Some(at), Some(name)) = (&self.at, &step.save_as) {
            let answers = self.ports.ledger.answers(self.journal.lease(), at.item.id)?;
            let same = |asked: &Question| asked.mark == question.mark && asked.text == question.text;
            let given = answers.iter().rev().find(|answered| same(&answered.question));
            // An answer that is none any more, because the choices have changed, is asked for again.
            if let Some(Ok(value)) = given.map(|answered| question.read(&answered.answer)) {
                let class = class(ask);
                if class > Class::Open {
                    self.journal.veil.add(&value, class);
                }
                self.variables.bind(name, Classed { value, class });
                return Ok(());
            }
        }
        let picture = self.pictured(step, prefix).await?;
        question.picture = picture.map(|picture| picture.sha256);
        let message = match self.setup.rehearsal {
            true => Message::new(codes::ASKED_REHEARSED).with_some("name", step.save_as.clone()),
            false => Message::new(codes::ASKED),
        };
        let message = message.with_pieces("question", pieces);
        Err(Halt::Ask(Box::new(Asked {
            question,
            failure: failure(Cause::Data, message),
        })))
    }
}

/// How sensitive an answer is: a choice stands in the scenario, any other text may name a person.
fn class(ask: &PlanAsk) -> Class {
    match ask.kind {
        Some(kind) => kind.class(),
        None if ask.choices.is_empty() => Class::Personal,
        None => Class::Open,
    }
}
