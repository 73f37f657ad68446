//! One step of the table: work out its arguments, do it, try again, keep evidence of a failure.

use std::time::Duration;

use crate::drivers::browser::MaskSpec;
use crate::events::{Cause, EvidenceRef, EvidenceRole, Failure, Kind, StepFinished, StepOutcome, StepRef};
use crate::plan::{Args, PlanStep};
use crate::scenario::expr::ExprError;
use crate::scenario::model::{Evidence, OnError};
use crate::steps::{StepCx, StepDef, StepError, StepOutput};
use crate::text::{Message, codes};
use crate::value::Class;

use super::Pictures;
use super::item::Work;
use super::machine::{Halt, Machine, failure};

/// How one try ended.
enum Tried {
    Done(StepOutput),
    NotMet(Message),
    Failed {
        failure: Failure,
        again: bool,
        session_lost: bool,
    },
}

impl Machine<'_> {
    /// Does a step of the table, with its retries.
    pub(super) async fn attempt(
        &mut self,
        step: &PlanStep,
        def: &'static StepDef,
        args: &Args,
        prefix: &str,
        work: &mut Work,
    ) -> Result<(), Halt> {
        let mut wait = Duration::from_secs(1);
        let mut attempt = 1;
        loop {
            let step_ref = self.step_ref(step, prefix, attempt);
            self.journal.add(Kind::StepStarted(step_ref.clone()))?;
            let began = self.ports.clock.monotonic();
            let mut notes = Vec::new();
            let tried = self.once(step, def, args, &mut notes).await?;
            let took_ms = self.since(began);
            match tried {
                Tried::Done(output) => return self.done(step, step_ref, took_ms, notes, output).await,
                Tried::NotMet(message) if !step.otherwise.is_empty() => {
                    notes.push(message);
                    let finished = finished(step_ref, StepOutcome::NotMet, took_ms, notes);
                    self.journal.add(Kind::StepFinished(finished))?;
                    return self.walk(&step.otherwise, prefix, work).await;
                }
                Tried::Failed {
                    failure,
                    again: true,
                    session_lost: false,
                } if attempt <= step.retry => {
                    let wait_ms = wait.as_millis() as u64;
                    self.journal.add(Kind::StepRetrying {
                        step: step_ref,
                        failure,
                        wait_ms,
                    })?;
                    self.rest(wait).await?;
                    wait *= 2;
                    attempt += 1;
                }
                Tried::NotMet(message) => {
                    let failure = failure(Cause::Page, message);
                    return self.failed(step, step_ref, took_ms, failure, true).await;
                }
                Tried::Failed { failure, again, .. } => {
                    return self.failed(step, step_ref, took_ms, failure, again).await;
                }
            }
        }
    }

    async fn once(
        &mut self,
        step: &PlanStep,
        def: &'static StepDef,
        args: &Args,
        notes: &mut Vec<Message>,
    ) -> Result<Tried, Halt> {
        let stuck = |failure: Failure| Tried::Failed {
            failure,
            again: false,
            session_lost: false,
        };
        let arguments = match args.evaluate(&self.variables) {
            Ok(arguments) => arguments,
            Err(error) => return Ok(stuck(said_of_expression(&error))),
        };
        self.remember(&arguments.sensitive);
        if let Some(refusal) = self.secrets_allowed(def).await {
            return Ok(stuck(refusal));
        }
        let ready = match (def.decode)(arguments.value) {
            Ok(ready) => ready,
            Err(error) => return Ok(stuck(StepError::Arguments(error).failure())),
        };
        let sensitive = self.sensitive_texts();
        let mut cx = StepCx {
            browser: self.keeper.current.as_mut(),
            base: self.setup.base.as_deref(),
            hosts: &self.setup.hosts,
            office: &self.setup.office,
            wait: step.timeout.unwrap_or(self.setup.patience.step),
            sensitive: &sensitive,
            notes: Vec::new(),
            written: Vec::new(),
        };
        let result = ready.run_boxed(&mut cx).await;
        notes.append(&mut cx.notes);
        Ok(match result {
            Ok(output) => Tried::Done(output),
            Err(StepError::NotMet(message)) => Tried::NotMet(*message),
            Err(error) => Tried::Failed {
                failure: error.failure(),
                again: error.retryable(),
                session_lost: error.session_lost(),
            },
        })
    }

    async fn done(
        &mut self,
        step: &PlanStep,
        step_ref: StepRef,
        took_ms: u64,
        notes: Vec<Message>,
        output: StepOutput,
    ) -> Result<(), Halt> {
        let mut evidence = Vec::new();
        if let Some(png) = &output.picture {
            evidence.extend(self.keep(png, EvidenceRole::Asked)?);
        } else if step.evidence == Some(Evidence::Always) {
            evidence.extend(self.picture(EvidenceRole::Asked).await?);
        }
        if let Some(name) = &step.save_as {
            self.variables.bind(name, output.value);
        }
        let finished = StepFinished {
            evidence,
            ..finished(step_ref, StepOutcome::Ok, took_ms, notes)
        };
        Ok(self.journal.add(Kind::StepFinished(finished))?)
    }

    pub(super) async fn failed(
        &mut self,
        step: &PlanStep,
        step_ref: StepRef,
        took_ms: u64,
        mut failure: Failure,
        again: bool,
    ) -> Result<(), Halt> {
        let guard = self.guard().await;
        failure.page_says = failure.page_says.map(|words| self.hide(&words));
        failure.message.hide(&self.sensitive_texts());
        let evidence = match self.setup.pictures >= Pictures::Failures && step.evidence != Some(Evidence::None) {
            true => self.picture(EvidenceRole::Failure).await?.into_iter().collect(),
            false => Vec::new(),
        };
        let finished = StepFinished {
            evidence,
            failure: Some(failure.clone()),
            ..finished(step_ref, StepOutcome::Failed, took_ms, Vec::new())
        };
        self.journal.add(Kind::StepFinished(finished))?;
        if let Some((words, guard)) = guard {
            return Err(super::session::guarded(&words, guard, &step.path));
        }
        match step.on_error {
            OnError::Continue => Ok(()),
            OnError::Fail => Err(Self::data_or_fail(failure, &step.path, again)),
        }
    }

    /// Texts that a step used and that must not be seen from now on.
    fn remember(&mut self, texts: &[(String, Class)]) {
        for (text, class) in texts {
            if !text.is_empty() && !self.sensitive.iter().any(|(known, _)| known == text) {
                self.sensitive.push((text.clone(), *class));
            }
        }
    }

    fn sensitive_texts(&self) -> Vec<String> {
        self.sensitive.iter().map(|(text, _)| text.clone()).collect()
    }

    /// A secret goes only to the hosts it is bound to, and only while it is valid.
    async fn secrets_allowed(&mut self, def: &StepDef) -> Option<Failure> {
        let used = self.variables.take_used_secrets();
        if used.is_empty() {
            return None;
        }
        let refuse = |code, name: &str, host: &str| {
            Some(failure(
                Cause::Permission,
                Message::new(code).with("name", name).with("host", host),
            ))
        };
        let url = match self.keeper.current.as_mut() {
            Some(session) => session.url().await.ok(),
            None => None,
        };
        let host = url
            .as_deref()
            .and_then(crate::scenario::address::host_of)
            .unwrap_or_default();
        for (_, info) in &used {
            if info.expires.is_some_and(|last| last < self.setup.date) {
                return refuse(codes::SECRET_EXPIRED, &info.name, &host);
            }
            if !def.takes_secrets || !info.hosts.contains(&host) {
                return refuse(codes::SECRET_HOST, &info.name, &host);
            }
        }
        None
    }

    /// A masked picture of the page, kept; none when there is no session or it cannot be taken.
    pub(super) async fn picture(&mut self, role: EvidenceRole) -> Result<Option<EvidenceRef>, Halt> {
        let values = self.sensitive_texts();
        let Some(session) = self.keeper.current.as_mut() else {
            return Ok(None);
        };
        let masks = MaskSpec {
            values,
            targets: Vec::new(),
            personal_numbers: true,
        };
        match session.screenshot(&masks).await {
            Ok(png) => self.keep(&png, role),
            // A picture is evidence, not the work: its absence shows in the history, and the work goes on.
            Err(error) => {
                let cause = StepError::Browser(error).failure().message;
                self.journal
                    .add(Kind::Noted(Message::new(codes::NO_PICTURE).with_said("cause", cause)))?;
                Ok(None)
            }
        }
    }

    fn keep(&mut self, png: &[u8], role: EvidenceRole) -> Result<Option<EvidenceRef>, Halt> {
        Ok(Some(self.ports.evidence.keep(
            self.journal.lease(),
            png,
            "image/png",
            role,
        )?))
    }

    /// A text of the page with everything that must not be seen replaced.
    pub(super) fn hide(&self, words: &str) -> String {
        self.sensitive.iter().fold(words.to_owned(), |words, (text, _)| {
            words.replace(text.as_str(), "＊＊＊")
        })
    }
}

fn finished(step: StepRef, outcome: StepOutcome, took_ms: u64, notes: Vec<Message>) -> StepFinished {
    StepFinished {
        step,
        outcome,
        took_ms,
        notes,
        evidence: Vec::new(),
        failure: None,
    }
}

/// An expression that cannot be worked out, as a failure.
pub(super) fn said_of_expression(error: &ExprError) -> Failure {
    match error {
        ExprError::Undefined { name, .. } => match name.strip_prefix("secrets.") {
            Some(secret) => failure(
                Cause::Permission,
                Message::new(codes::SECRET_MISSING).with("name", secret),
            ),
            None => failure(
                Cause::Data,
                Message::new(codes::NAME_UNDEFINED).with("name", name.clone()),
            ),
        },
        ExprError::Failed { said: Some(said), .. } => failure(Cause::Data, (**said).clone()),
        other => {
            let message =
                Message::new(codes::EXPRESSION_FAILED).with_classed("detail", other.to_string(), Class::Personal);
            failure(Cause::Data, message)
        }
    }
}
