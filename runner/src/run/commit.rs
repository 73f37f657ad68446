//! The one irreversible act of an item: look, write the intent down, act, look for the proof, write the result down.

use std::time::Duration;

use crate::drivers::browser::Sign;
use crate::events::{Cause, EvidenceRef, EvidenceRole, Failure, ItemState, Kind, StepFinished, StepOutcome};
use crate::plan::{Args, Body, PlanCommit, PlanStep};
use crate::ports::Move;
use crate::scenario::expr::Scope;
use crate::steps::{self, StepError};
use crate::text::{Message, codes};
use crate::value::Classed;

use super::Pictures;
use super::attempt::said_of_expression;
use super::item::{Ended, Work};
use super::machine::{Fail, Halt, Machine, failure};

/// What the signs after an act mean.
#[derive(Clone, Copy)]
enum Meaning {
    Proof,
    Refused,
    Already,
}

/// A sign with its meaning and the name its text gets.
struct Wanted {
    sign: Sign,
    save_as: Option<String>,
    meaning: Meaning,
}

impl Machine<'_> {
    pub(super) async fn commit(&mut self, step: &PlanStep, commit: &PlanCommit, work: &mut Work) -> Result<(), Halt> {
        let at = step.path.as_str();
        let Some(item) = self.at.as_ref().map(|at| at.item.clone()) else {
            return Err(refuse(
                failure(Cause::Data, Message::new(codes::COMMIT_WITHOUT_ITEM)),
                at,
            ));
        };
        let wanted = self.signs(commit, at)?;
        self.nothing_stands_yet(&wanted, at).await?;
        self.act_is_ready(commit).await?;
        let mut evidence = Vec::new();
        if self.setup.pictures >= Pictures::Commits {
            evidence.extend(self.picture(EvidenceRole::BeforeCommit).await?);
        }
        self.may_go_on()?;
        let began = self.ports.clock.monotonic();
        let intent = Move::Intend {
            title: commit.title.clone(),
        };
        let event = Kind::CommitIntended {
            item,
            title: commit.title.clone(),
        };
        self.journal.advance(self.item_id(), &intent, Some(event))?;
        fail::fail_point!("commit.after_intent");
        self.committing = true;
        let result = self.act(step, commit, &wanted).await;
        self.committing = false;
        let (state, failure) = match result {
            Ok(ended) => ended,
            Err(Halt::Doubt(failure)) => {
                if self.setup.pictures >= Pictures::Failures {
                    evidence.extend(self.picture(EvidenceRole::Failure).await?);
                }
                self.committed(step, began, evidence, Some(failure.clone()))?;
                return Err(Halt::Doubt(failure));
            }
            Err(halt) => return Err(halt),
        };
        if self.setup.pictures >= Pictures::Commits {
            let role = if failure.is_some() {
                EvidenceRole::Failure
            } else {
                EvidenceRole::Proof
            };
            evidence.extend(self.picture(role).await?);
        }
        self.committed(step, began, evidence, failure.clone())?;
        match failure {
            Some(failure) => Err(Halt::Reject(failure)),
            None => self.settle(state, work),
        }
    }

    fn item_id(&self) -> crate::events::ItemId {
        self.at.as_ref().map_or(crate::events::ItemId(0), |at| at.item.id)
    }

    /// The signs with their expressions worked out.
    fn signs(&mut self, commit: &PlanCommit, at: &str) -> Result<Vec<Wanted>, Halt> {
        let given = [
            (Some(&commit.proof), Meaning::Proof),
            (commit.refused.as_ref(), Meaning::Refused),
            (commit.already.as_ref(), Meaning::Already),
        ];
        let mut wanted = Vec::new();
        for (args, meaning) in given {
            if let Some(args) = args {
                wanted.push(self.sign(args, meaning, at)?);
            }
        }
        Ok(wanted)
    }

    fn sign(&mut self, args: &Args, meaning: Meaning, at: &str) -> Result<Wanted, Halt> {
        let evaluated = args
            .evaluate(&self.variables)
            .map_err(|error| refuse(said_of_expression(&error), at))?;
        let spec =
            steps::sign::decode(&evaluated.value).map_err(|error| refuse(StepError::Arguments(error).failure(), at))?;
        Ok(Wanted {
            sign: spec.sign,
            save_as: spec.save_as,
            meaning,
        })
    }

    /// A proof that stands there before the act proves nothing afterwards.
    async fn nothing_stands_yet(&mut self, wanted: &[Wanted], at: &str) -> Result<(), Halt> {
        let Some(session) = self.keeper.current.as_mut() else {
            return Ok(());
        };
        for wanted in wanted.iter().filter(|wanted| matches!(wanted.meaning, Meaning::Proof)) {
            match session.is_shown(&wanted.sign).await {
                Ok(None) => {}
                Ok(Some(seen)) => {
                    let words = self.hide(&seen.value);
                    let failure = failure(Cause::Page, Message::new(codes::PROOF_STANDS).with("words", words));
                    return Err(Halt::Fail(Box::new(Fail {
                        failure,
                        at: at.to_owned(),
                        again: true,
                    })));
                }
                Err(error) => return Err(system(StepError::Browser(error), at)),
            }
        }
        Ok(())
    }

    /// A button that is not there must be found out before the intent, not after it: nothing is in doubt yet.
    async fn act_is_ready(&mut self, commit: &PlanCommit) -> Result<(), Halt> {
        let [step] = commit.act.as_slice() else {
            return Ok(());
        };
        let Body::Step { def, args } = &step.body else {
            return Ok(());
        };
        let evaluated = args
            .evaluate(&self.variables)
            .map_err(|error| refuse(said_of_expression(&error), &step.path))?;
        let wait = step.timeout.unwrap_or(self.setup.patience.step);
        let ready =
            (def.decode)(evaluated.value).map_err(|error| refuse(StepError::Arguments(error).failure(), &step.path))?;
        let Some(session) = self.keeper.current.as_mut() else {
            return Ok(());
        };
        match ready.ready_boxed(session, wait).await {
            Ok(()) => Ok(()),
            Err(error) => {
                let step_ref = self.step_ref(step, "", 1);
                let again = error.retryable();
                self.failed(step, step_ref, wait.as_millis() as u64, error.failure(), again)
                    .await
            }
        }
    }

    /// The act and its sign. From here on every failure is a doubt.
    async fn act(
        &mut self,
        step: &PlanStep,
        commit: &PlanCommit,
        wanted: &[Wanted],
    ) -> Result<(ItemState, Option<Failure>), Halt> {
        let mut inner = Work::default();
        let acted = self.walk(&commit.act, "", &mut inner).await;
        if let Err(Halt::Port(error)) = acted {
            return Err(Halt::Port(error));
        }
        // Even when the act reported an error the page may show what became of it.
        let signs: Vec<Sign> = wanted.iter().map(|wanted| wanted.sign.clone()).collect();
        let wait = step.timeout.unwrap_or(self.setup.patience.proof);
        let seen = match self.keeper.current.as_mut() {
            Some(session) => session.see_any(&signs, wait).await,
            None => return Err(self.doubt(commit, acted.err(), None).await),
        };
        fail::fail_point!("commit.after_sign");
        let seen = match seen {
            Ok(seen) => seen,
            Err(error) => return Err(self.doubt(commit, acted.err(), Some(error)).await),
        };
        // Proof and refusal at one time prove nothing.
        let Some(wanted) = wanted.get(seen.index).filter(|_| seen.also.is_empty()) else {
            return Err(self.doubt(commit, acted.err(), None).await);
        };
        let words = seen.value;
        if let Some(name) = &wanted.save_as {
            self.variables.bind(name, Classed::open(words.clone()));
        }
        Ok(match wanted.meaning {
            Meaning::Proof => (ItemState::Done, None),
            Meaning::Already => (ItemState::AlreadyThere, None),
            Meaning::Refused => {
                let words = self.hide(&words);
                let message = Message::new(codes::REFUSED).with("words", words.clone());
                (
                    ItemState::Rejected,
                    Some(Failure {
                        cause: Cause::Data,
                        message,
                        page_says: Some(words),
                    }),
                )
            }
        })
    }

    /// Nobody can tell whether it happened: a person has to look.
    async fn doubt(
        &mut self,
        commit: &PlanCommit,
        acted: Option<Halt>,
        seen: Option<crate::drivers::browser::BrowserError>,
    ) -> Halt {
        let cause = match (acted, seen) {
            (Some(Halt::Fail(fail)), _) => Some(fail.failure.message),
            (Some(Halt::Stop(failure) | Halt::Reject(failure) | Halt::Doubt(failure)), _) => Some(failure.message),
            (_, Some(error)) => Some(StepError::Browser(error).failure().message),
            _ => None,
        };
        let page_says = match self.keeper.current.as_mut() {
            Some(session) => session.visible_text(400).await.ok().map(|words| self.hide(&words)),
            None => None,
        };
        let mut message = Message::new(codes::DOUBT).with("title", commit.title.clone());
        if let Some(cause) = cause {
            message = message.with_said("cause", cause);
        }
        Halt::Doubt(Failure {
            cause: Cause::System,
            message,
            page_says,
        })
    }

    /// Writes down how the act ended.
    fn committed(
        &mut self,
        step: &PlanStep,
        began: Duration,
        evidence: Vec<EvidenceRef>,
        failure: Option<Failure>,
    ) -> Result<(), Halt> {
        let outcome = if failure.is_some() {
            StepOutcome::Failed
        } else {
            StepOutcome::Ok
        };
        let took_ms = self.since(began);
        let step = self.step_ref(step, "", 1);
        let finished = StepFinished {
            step,
            outcome,
            took_ms,
            notes: Vec::new(),
            evidence,
            failure,
        };
        Ok(self.journal.add(Kind::StepFinished(finished))?)
    }

    /// Stores the proof before anything else is done.
    fn settle(&mut self, state: ItemState, work: &mut Work) -> Result<(), Halt> {
        let (kept, missing) = self.kept();
        for name in missing {
            self.journal
                .add(Kind::Noted(Message::new(codes::KEEP_FAILED).with("name", name)))?;
        }
        let Some(at) = self.at.clone() else {
            return Ok(());
        };
        let ended = Ended {
            state,
            failure: None,
            kept: kept.clone(),
            at: String::new(),
        };
        self.finish(&at.item, at.began, &ended)?;
        work.settled = Some((state, kept));
        Ok(())
    }

    /// The receipt as events may show it.
    pub(super) fn receipt(&self) -> Option<String> {
        let found = self.variables.lookup(&["receipt".to_owned()])?;
        Some(self.hide(&found.value.to_text())).filter(|text| !text.is_empty())
    }

    /// A step after the commit failed: the registration stands, and the rest is said.
    pub(super) async fn note_after_commit(&mut self, halt: Halt) -> Result<(), Halt> {
        let message = match &halt {
            Halt::Fail(fail) => fail.failure.message.clone(),
            Halt::Reject(failure) | Halt::Stop(failure) | Halt::Doubt(failure) => failure.message.clone(),
            Halt::Cancelled | Halt::Port(_) => return Err(halt),
        };
        let label = self.at.as_ref().map(|at| at.item.label.clone()).unwrap_or_default();
        let note = Message::new(codes::FAILED_AFTER_COMMIT)
            .with("item", label)
            .with_said("cause", message);
        self.journal.add(Kind::Noted(note))?;
        self.give_up_session().await?;
        if let Halt::Stop(failure) = halt {
            Err(Halt::Stop(failure))
        } else {
            Ok(())
        }
    }
}

fn refuse(failure: Failure, at: &str) -> Halt {
    Halt::Fail(Box::new(Fail {
        failure,
        at: at.to_owned(),
        again: false,
    }))
}

fn system(error: StepError, at: &str) -> Halt {
    let again = error.retryable() || error.session_lost();
    Halt::Fail(Box::new(Fail {
        failure: error.failure(),
        at: at.to_owned(),
        again,
    }))
}
