//! One step of the table: work out its arguments, do it, try again, keep evidence of a failure.

use std::time::Duration;

use chrono::NaiveDate;
use tokio::sync::watch;

use crate::clock::day_in;
use crate::drivers::browser::MaskSpec;
use crate::events::{Cause, EvidenceRef, EvidenceRole, Failure, Kind, StepFinished, StepOutcome, StepRef};
use crate::plan::{Args, PlanStep};
use crate::ports::{PortError, SecretInfo};
use crate::scenario::address::origin_of;
use crate::scenario::expr::ExprError;
use crate::scenario::model::{Effect, Evidence};
use crate::steps::{StepCx, StepError, StepOutput, StepRow};
use crate::text::{Message, codes};
use crate::value::{Class, Value};

use super::Pictures;
use super::far::watched;
use super::halt::{Costs, Fail, Failing, Halt, failure};
use super::machine::Machine;
use super::next::{AfterFailure, AfterTry, Around, Trial, after_failure, after_try};
use super::scope::Variables;
use super::work::Work;

/// How one try ended.
enum Tried {
    Done(StepOutput),
    NotMet(Message),
    Failed(Failing),
}

impl Tried {
    fn trial(&self) -> Trial {
        match self {
            Tried::Done(_) => Trial::Done,
            Tried::NotMet(_) => Trial::NotMet,
            Tried::Failed(failing) => Trial::Failed {
                again: failing.again,
                session_lost: failing.session_lost,
            },
        }
    }
}

impl Machine<'_> {
    /// Does a step of the table, with its retries.
    pub(super) async fn attempt(
        &mut self,
        step: &PlanStep,
        def: &StepRow,
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
            let tried = self.once((step, &step_ref), def, args, &mut notes).await?;
            let took_ms = self.since(began);
            let otherwise = !step.otherwise.is_empty();
            let around = Around {
                left: attempt <= step.retry,
                otherwise,
                guarded: otherwise && matches!(tried, Tried::NotMet(_)) && self.guard().await.is_some(),
                committing: self.committing,
            };
            match (after_try(tried.trial(), around), tried) {
                (_, Tried::Done(output)) => return self.done(step, step_ref, took_ms, notes, output).await,
                (AfterTry::Otherwise, Tried::NotMet(message)) => {
                    notes.push(message);
                    let finished = finished(step_ref, StepOutcome::NotMet, took_ms, notes);
                    self.journal.add(Kind::StepFinished(finished))?;
                    return self.walk(&step.otherwise, prefix, work).await;
                }
                (AfterTry::Again, Tried::Failed(failing)) => {
                    let wait_ms = wait.as_millis() as u64;
                    self.journal.add(Kind::StepRetrying {
                        step: step_ref,
                        failure: failing.failure,
                        wait_ms,
                    })?;
                    self.rest(wait).await?;
                    wait *= 2;
                    attempt += 1;
                }
                (_, Tried::NotMet(message)) => {
                    let failing = Failing {
                        failure: failure(Cause::Page, message),
                        again: true,
                        rejects: false,
                        session_lost: false,
                    };
                    return self.failed(step, step_ref, took_ms, failing).await;
                }
                (_, Tried::Failed(failing)) => return self.failed(step, step_ref, took_ms, failing).await,
            }
        }
    }

    async fn once(
        &mut self,
        (step, step_ref): (&PlanStep, &StepRef),
        def: &StepRow,
        args: &Args,
        notes: &mut Vec<Message>,
    ) -> Result<Tried, Halt> {
        let arguments = match args.evaluate(&self.variables) {
            Ok(arguments) => arguments,
            Err(error) => {
                let failing = unworkable(&self.variables, &error);
                return Ok(Tried::Failed(failing.of_value(args.named(error.span()))));
            }
        };
        self.remember(&arguments.sensitive);
        let bound = match self.secrets_bound(def).await {
            Ok(bound) => bound,
            Err(failure) => {
                return Ok(Tried::Failed(Failing {
                    failure,
                    again: false,
                    rejects: false,
                    session_lost: false,
                }));
            }
        };
        let ready = match def.decode(arguments.value) {
            Ok(ready) => ready,
            Err(error) => return Ok(Tried::Failed(Failing::from(&StepError::Arguments(error)))),
        };
        if let (Some(bound), Some(session)) = (&bound, self.keeper.current.as_mut()) {
            session.keep_to(Some(bound));
        }
        let office = self.office_for(def)?;
        let sensitive = self.journal.veil.spellings().to_vec();
        let (far, seen) = watch::channel(None);
        let mut cx = StepCx {
            browser: self.keeper.current.as_mut(),
            base: self.setup.base.as_deref(),
            hosts: &self.setup.hosts,
            office: &office,
            root: &self.setup.office,
            now: self.ports.clock.now().with_timezone(&self.setup.zone),
            class: arguments.class,
            wait: step.timeout.unwrap_or(self.setup.patience.step),
            sensitive: &sensitive,
            far,
            notes: Vec::new(),
            drafts: self.setup.rehearsal.then_some(super::rehearsal::FOLDER),
            written: std::mem::take(&mut self.tally.written),
        };
        let tell = |done, total| {
            let step = step_ref.clone();
            self.journal.add(Kind::StepAt { step, done, total })
        };
        let result = watched(ready.run_boxed(&mut cx), seen, &*self.ports.clock, tell).await;
        notes.append(&mut cx.notes);
        let missed = def.effect() != Effect::Read && matches!(&result, Ok(Err(error)) if error.missed());
        if !missed {
            self.password = self.password.after(bound.is_some());
        }
        self.tally.written = std::mem::take(&mut cx.written);
        if let (Some(_), Some(session)) = (&bound, self.keeper.current.as_mut()) {
            session.keep_to(Some(&self.setup.hosts));
        }
        Ok(match result? {
            Ok(output) => Tried::Done(output),
            Err(StepError::NotMet(message)) => Tried::NotMet(*message),
            Err(error) => Tried::Failed(Failing::from(&error)),
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
        if self.guided() {
            self.heard.clone_from(&notes);
            let text = output.value.value.to_text();
            self.heard_value = Some((text, output.value.class)).filter(|(text, _)| !text.is_empty());
        }
        if self.at.is_none() {
            // No item tells what this step has to say, and it knows nothing of the last one: a file's day may be the one on
            // which that item was received.
            let mut veil = self.secrets.clone();
            self.variables.cover_all(&mut veil);
            let of_item = std::mem::replace(&mut self.journal.veil, veil);
            let mut notes = notes.iter().cloned();
            let noted = notes.try_for_each(|note| self.journal.add(Kind::Noted(note)));
            self.journal.veil = of_item;
            noted?;
        }
        if let Some(name) = &step.save_as {
            self.bind(name, output.value);
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
        failing: Failing,
    ) -> Result<(), Halt> {
        let guard = self.guard().await;
        let evidence = match self.setup.pictures >= Pictures::Failures && step.evidence != Some(Evidence::None) {
            true => self.picture(EvidenceRole::Failure).await?.into_iter().collect(),
            false => Vec::new(),
        };
        let finished = StepFinished {
            evidence,
            failure: Some(failing.failure.clone()),
            ..finished(step_ref, StepOutcome::Failed, took_ms, Vec::new())
        };
        self.journal.add(Kind::StepFinished(finished))?;
        let costs = match after_failure(step.on_error, guard.is_some(), (failing.rejects, failing.session_lost)) {
            AfterFailure::PassOver => return Ok(()),
            AfterFailure::Costs(costs) => costs,
            AfterFailure::Guard => Costs::Session,
        };
        if let Some((words, guard)) = guard {
            return Err(super::session::guarded(&words, guard, &step.path));
        }
        Err(Halt::Fail(Box::new(Fail {
            failure: failing.failure,
            at: step.path.clone(),
            again: failing.again,
            costs,
        })))
    }

    /// Texts that a step used and that must not be seen from now on; secrets for the rest of the run.
    fn remember(&mut self, texts: &[(String, Class)]) {
        for (text, class) in texts {
            let text = Value::from(text.as_str());
            self.journal.veil.add(&text, *class);
            if *class == Class::Secret {
                self.secrets.add(&text, *class);
            }
        }
    }

    /// A secret goes only to the hosts it is bound to, only while it is valid, and only into a field of a page. The hosts
    /// that all secrets of a step have in common; `None` when it has none. The page may change after this look, so the
    /// session keeps to these hosts while the step runs.
    async fn secrets_bound(&mut self, def: &StepRow) -> Result<Option<Vec<String>>, Failure> {
        let used = self.variables.take_used_secrets();
        if used.is_empty() {
            return Ok(None);
        }
        let url = match self.keeper.current.as_mut() {
            Some(session) => session.url().await.ok(),
            None => None,
        };
        let today = day_in(self.setup.zone, self.ports.clock.now());
        bound_hosts(&used, def, url.as_deref().unwrap_or_default(), today)
    }

    /// A masked picture of the page, kept; none when there is no session or it cannot be taken.
    pub(super) async fn picture(&mut self, role: EvidenceRole) -> Result<Option<EvidenceRef>, Halt> {
        let Some(session) = self.keeper.current.as_mut() else {
            return Ok(None);
        };
        let masks = MaskSpec {
            values: self.journal.veil.spellings().to_vec(),
            targets: Vec::new(),
            personal_numbers: true,
        };
        match session.screenshot(&masks).await {
            Ok(png) => self.keep(&png, role),
            Err(error) => {
                self.no_picture(StepError::Browser(error).failure().message)?;
                Ok(None)
            }
        }
    }

    /// A picture is evidence, not the work: its absence shows in the history, and the work goes on.
    fn no_picture(&mut self, cause: Message) -> Result<(), Halt> {
        let message = Message::new(codes::NO_PICTURE).with_said("cause", cause);
        Ok(self.journal.add(Kind::Noted(message))?)
    }

    fn keep(&mut self, png: &[u8], role: EvidenceRole) -> Result<Option<EvidenceRef>, Halt> {
        match self.ports.evidence.keep(self.journal.lease(), png, "image/png", role) {
            Ok(kept) => Ok(Some(kept)),
            Err(PortError::Fenced) => Err(Halt::Port(PortError::Fenced)),
            Err(error) => {
                self.no_picture(error.message())?;
                Ok(None)
            }
        }
    }
}

/// The hosts that the secrets of a step have in common, if all of them may go to the page at `url` today.
pub(super) fn bound_hosts(
    used: &[SecretInfo],
    def: &StepRow,
    url: &str,
    today: NaiveDate,
) -> Result<Option<Vec<String>>, Failure> {
    let Some(first) = used.first() else {
        return Ok(None);
    };
    let host = origin_of(url).unwrap_or_default();
    let refuse = |code, name: &str| {
        Err(failure(
            Cause::Permission,
            Message::new(code).with("name", name).with("host", host.as_str()),
        ))
    };
    let mut bound = first.hosts.clone();
    for info in used {
        if info.expires.is_some_and(|last| last < today) {
            return refuse(codes::SECRET_EXPIRED, &info.name);
        }
        if !def.takes_secrets() || !info.hosts.iter().any(|bound| bound.eq_ignore_ascii_case(&host)) {
            return refuse(codes::SECRET_HOST, &info.name);
        }
        bound.retain(|host| info.hosts.iter().any(|other| other.eq_ignore_ascii_case(host)));
    }
    Ok(Some(bound))
}

pub(super) fn finished(step: StepRef, outcome: StepOutcome, took_ms: u64, notes: Vec<Message>) -> StepFinished {
    StepFinished {
        step,
        outcome,
        took_ms,
        notes,
        evidence: Vec::new(),
        failure: None,
    }
}

/// Arguments that cannot be worked out; the vault's own trouble is told as such.
pub(super) fn unworkable(variables: &Variables, error: &ExprError) -> Failing {
    match variables.take_vault_failure() {
        Some(trouble) => Failing {
            failure: failure(Cause::Environment, trouble.message()),
            again: false,
            rejects: false,
            session_lost: false,
        },
        None => Failing::from(error),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Span;
    use crate::ports::{SecretInfo, Vault};
    use crate::scenario::expr::Template;
    use crate::value::Secret;

    /// A vault that holds nothing, or cannot be opened.
    struct Broken(Option<fn() -> PortError>);

    impl Vault for Broken {
        fn reveal(&self, _: &str) -> Result<Option<(Secret, SecretInfo)>, PortError> {
            self.0.map_or(Ok(None), |error| Err(error()))
        }

        fn list(&self) -> Result<Vec<SecretInfo>, PortError> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn a_vault_that_cannot_be_opened_is_not_told_as_a_missing_secret() {
        let template = Template::compile("${{ secrets.受付.ID }}", Span::default()).expect("a template");
        let told = |vault: Broken| {
            let variables = Variables::new(Arc::new(vault));
            let error = template.evaluate(&variables).expect_err("there is no secret");
            let failing = unworkable(&variables, &error);
            let again = unworkable(&variables, &error);
            (failing.failure.message, again.failure.message)
        };
        let (missing, _) = told(Broken(None));
        assert!(missing.is(codes::SECRET_MISSING), "{missing:?}");
        let (sealed, next) = told(Broken(Some(|| PortError::Sealed)));
        assert!(sealed.is(codes::STORE_SEALED), "{sealed:?}");
        assert!(next.is(codes::SECRET_MISSING), "told once: {next:?}");
    }
}
