//! The one irreversible act of an item: look, write the intent down, act, look for the proof, write the result down.

use std::time::Duration;

use crate::drivers::browser::{BrowserError, Sign};
use crate::events::{Cause, EvidenceRef, EvidenceRole, Failure, ItemState, Kind, StepFinished, StepOutcome};
use crate::plan::{Args, Body, PlanCommit, PlanStep};
use crate::ports::{Intent, LateKey, Move, PortError};
use crate::rules::width::to_halfwidth_ascii;
use crate::scenario::expr::Scope;
use crate::steps::sign::SignSpec;
use crate::steps::{self, StepError};
use crate::text::{Message, codes};
use crate::value::Classed;

use super::Pictures;
use super::attempt::unworkable;
use super::doubt::without;
use super::halt::{Costs, Doubted, Fail, Failing, Halt, failure, said_of_expression};
use super::machine::Machine;
use super::work::{Ended, Work};

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
        let key = self.late_key(commit, at)?;
        self.nothing_stands_yet(step, &wanted).await?;
        self.act_is_ready(commit).await?;
        let mut evidence = Vec::new();
        if self.setup.pictures >= Pictures::Commits {
            evidence.extend(self.picture(EvidenceRole::BeforeCommit).await?);
        }
        self.may_go_on()?;
        if self.setup.rehearsal {
            return self.stops_here(step, evidence);
        }
        let began = self.ports.clock.monotonic();
        let intent = Intent {
            path: step.path.clone(),
            title: commit.title.clone(),
            known: self.variables.known(),
            key,
        };
        let event = Kind::CommitIntended {
            item,
            title: commit.title.clone(),
        };
        if !without("without.intent") {
            let intent = Move::Intend(intent.clone());
            match self.journal.advance(self.item_id(), &intent, Some(event)) {
                Err(error @ PortError::SameKey { .. }) => {
                    return Err(Halt::Reject(failure(Cause::Data, error.message())));
                }
                stored => stored?,
            }
        }
        fail::fail_point!("commit.after_intent");
        self.committing = true;
        let result = self.act(step, commit, &wanted).await;
        self.committing = false;
        let (state, failure) = match result {
            Ok(ended) => ended,
            Err(Halt::Doubt(doubted)) => (ItemState::Inquiry, Some(doubted.failure)),
            Err(halt) => return Err(halt),
        };
        // The result is stored before anything else is done: a full disk must not turn a proof into a doubt.
        if failure.is_none() {
            self.settle(state, work)?;
        }
        let (role, wanted) = match failure {
            Some(_) => (EvidenceRole::Failure, Pictures::Failures),
            None => (EvidenceRole::Proof, Pictures::Commits),
        };
        if self.setup.pictures >= wanted {
            evidence.extend(self.picture(role).await?);
        }
        self.committed(step, began, evidence, failure.clone())?;
        match (failure, state) {
            (None, _) => Ok(()),
            (Some(failure), ItemState::Inquiry) => Err(Halt::Doubt(Box::new(Doubted {
                failure,
                intent: Some(intent),
            }))),
            (Some(failure), _) => Err(Halt::Reject(failure)),
        }
    }

    /// The key that the commit names. One without anything in it tells nothing apart.
    fn late_key(&self, commit: &PlanCommit, at: &str) -> Result<Option<LateKey>, Halt> {
        let Some(template) = &commit.key else {
            return Ok(None);
        };
        let found = template
            .evaluate(&self.variables)
            .map_err(|error| refuse(said_of_expression(&error), at))?;
        // Excel and people write one number in both widths.
        let text = to_halfwidth_ascii(found.value.to_text().trim());
        match text.is_empty() {
            true => Err(Halt::Reject(failure(Cause::Data, Message::new(codes::LATE_KEY_EMPTY)))),
            false => Ok(Some(LateKey {
                ledger: self.ledger_name(),
                text,
            })),
        }
    }

    /// A rehearsal goes no further: the act was possible, and is not done.
    fn stops_here(&mut self, step: &PlanStep, evidence: Vec<EvidenceRef>) -> Result<(), Halt> {
        let finished = StepFinished {
            step: self.step_ref(step, "", 1),
            outcome: StepOutcome::Skipped,
            took_ms: 0,
            notes: Vec::new(),
            evidence,
            failure: None,
        };
        self.journal.add(Kind::StepFinished(finished))?;
        Err(Halt::Rehearsed)
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
        let spec = self.sign_spec(args, at)?;
        Ok(Wanted {
            sign: spec.sign,
            save_as: spec.save_as,
            meaning,
        })
    }

    /// A sign with its expressions worked out.
    pub(super) fn sign_spec(&self, args: &Args, at: &str) -> Result<SignSpec, Halt> {
        let evaluated = args
            .evaluate(&self.variables)
            .map_err(|error| refuse(said_of_expression(&error), at))?;
        steps::sign::decode(&evaluated.value).map_err(|error| refuse(StepError::Arguments(error).failure(), at))
    }

    /// A sign that stands there before the act proves nothing afterwards.
    async fn nothing_stands_yet(&mut self, step: &PlanStep, wanted: &[Wanted]) -> Result<(), Halt> {
        let Some(session) = self.keeper.current.as_mut() else {
            return Ok(());
        };
        let signs: Vec<Sign> = wanted.iter().map(|wanted| wanted.sign.clone()).collect();
        let failing = match session.any_shown(&signs).await {
            Ok(None) => return Ok(()),
            Ok(Some(seen)) => Failing {
                failure: failure(Cause::Page, Message::new(codes::PROOF_STANDS).with("words", seen.value)),
                again: true,
                rejects: false,
                session_lost: false,
            },
            Err(error) => Failing::from(&StepError::Browser(error)),
        };
        Err(self.not_intended(step, failing, Duration::ZERO).await)
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
            .map_err(|error| refuse(unworkable(&self.variables, &error).failure, &step.path))?;
        let wait = step.timeout.unwrap_or(self.setup.patience.step);
        let ready = def
            .decode(evaluated.value)
            .map_err(|error| refuse(StepError::Arguments(error).failure(), &step.path))?;
        let Some(session) = self.keeper.current.as_mut() else {
            return Ok(());
        };
        match ready.ready_boxed(session, wait).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.not_intended(step, Failing::from(&error), wait).await),
        }
    }

    /// What is found out before the intent fails the item; `on_error` has no say where something irreversible follows.
    async fn not_intended(&mut self, step: &PlanStep, failing: Failing, waited: Duration) -> Halt {
        let (failure, again) = (failing.failure.clone(), failing.again);
        let step_ref = self.step_ref(step, "", 1);
        match self.failed(step, step_ref, waited.as_millis() as u64, failing).await {
            Err(halt) => halt,
            Ok(()) => Halt::Fail(Box::new(Fail {
                failure,
                at: step.path.clone(),
                again,
                costs: Costs::Item,
            })),
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
            None => return Err(Self::doubt(commit, acted.err(), None)),
        };
        fail::fail_point!("commit.after_sign");
        let seen = match seen {
            Ok(seen) => seen,
            Err(error) => return Err(Self::doubt(commit, acted.err(), Some(error))),
        };
        // Proof and refusal at one time prove nothing.
        let Some(wanted) = wanted.get(seen.index).filter(|_| seen.also.is_empty()) else {
            return Err(Self::doubt(commit, acted.err(), None));
        };
        let words = seen.value;
        if let Some(name) = &wanted.save_as {
            self.variables.bind(name, Classed::open(words.clone()));
        }
        Ok(match wanted.meaning {
            Meaning::Proof => (ItemState::Done, None),
            Meaning::Already => (ItemState::AlreadyThere, None),
            Meaning::Refused => {
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

    /// Nobody can tell whether it happened: a person has to look. Of the page only what sounds like an error is told:
    /// the rest may be about anybody.
    fn doubt(commit: &PlanCommit, acted: Option<Halt>, seen: Option<BrowserError>) -> Halt {
        let seen = seen.map(|error| StepError::Browser(error).failure());
        let page_says = seen.as_ref().and_then(|failure| failure.page_says.clone());
        let cause = match acted {
            Some(Halt::Fail(fail)) => Some(fail.failure.message),
            Some(Halt::Ask(asked)) => Some(asked.failure.message),
            Some(Halt::Doubt(doubted)) => Some(doubted.failure.message),
            Some(Halt::Stop(failure) | Halt::Reject(failure)) => Some(failure.message),
            _ => seen.map(|failure| failure.message),
        };
        let mut message = Message::new(codes::DOUBT).with("title", commit.title.clone());
        if let Some(cause) = cause {
            message = message.with_said("cause", cause);
        }
        let failure = Failure {
            cause: Cause::System,
            message,
            page_says,
        };
        Halt::Doubt(Box::new(Doubted { failure, intent: None }))
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
    pub(super) fn settle(&mut self, state: ItemState, work: &mut Work) -> Result<(), Halt> {
        let kept = self.kept()?;
        let Some(at) = self.at.clone() else {
            return Ok(());
        };
        let proves = state == ItemState::Done && !without("without.guard");
        let ended = Ended {
            kept: kept.clone(),
            receipt: if proves { self.raw_receipt() } else { None },
            ..Ended::at(state)
        };
        match self.finish(&at.item, at.began, &ended) {
            Err(Halt::Port(PortError::SameReceipt { other, label })) => {
                return Err(self.contested(&at.item, other, label)?);
            }
            stored => stored?,
        }
        work.settled = Some((state, kept));
        Ok(())
    }

    /// The receipt as events may show it.
    pub(super) fn receipt(&self) -> Option<String> {
        self.raw_receipt().map(|text| self.journal.veil.cover(&text))
    }

    /// What a sign has read `as: receipt`: the number that the system gives to one registration only.
    fn raw_receipt(&self) -> Option<String> {
        let found = self.variables.lookup(&["receipt".to_owned()])?;
        Some(found.value.to_text()).filter(|text| !text.is_empty())
    }

    /// A step after the commit failed: the registration stands, and the rest is said.
    pub(super) async fn note_after_commit(&mut self, halt: Halt) -> Result<(), Halt> {
        let message = match &halt {
            Halt::Fail(fail) => fail.failure.message.clone(),
            Halt::Ask(asked) => asked.failure.message.clone(),
            Halt::Reject(failure) | Halt::Stop(failure) => failure.message.clone(),
            Halt::Cancelled | Halt::Rehearsed | Halt::Doubt(_) | Halt::Contested(_) | Halt::Port(_) => {
                return Err(halt);
            }
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
        costs: Costs::Item,
    }))
}
