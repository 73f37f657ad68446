//! The browser session of a run: opened when first needed, logged in once, given up when in doubt.

use chrono::Timelike;

use crate::drivers::browser::{BrowserError, Session};
use crate::events::{Cause, Failure, Kind, Place};
use crate::plan::{Body, PlanStep, PlanUntil};
use crate::ports::{RemoteSession, TargetNote, bundle_hash};
use crate::scenario::model::{Guard, is_within};
use crate::steps::{Needs, StepError};
use crate::text::{Message, codes};

use super::halt::{Costs, Fail, Halt, failure, not_the_items};
use super::machine::Machine;

/// Whether any of the steps works in a browser.
pub(super) fn needs_browser(steps: &[PlanStep]) -> bool {
    steps.iter().any(|step| {
        needs_browser(&step.otherwise)
            || match &step.body {
                Body::Step { def, .. } => def.needs() == Needs::Browser,
                Body::If { then, .. } => needs_browser(then),
                Body::ForEach { steps, .. } | Body::Group { steps } => needs_browser(steps),
                Body::RepeatUntil(repeat) => matches!(repeat.until, PlanUntil::Sign(_)) || needs_browser(&repeat.steps),
                Body::Try { steps, catch, finally } => {
                    let catch = catch.as_deref().unwrap_or_default();
                    [steps.as_slice(), catch, finally].into_iter().any(needs_browser)
                }
                Body::Call(call) => needs_browser(&call.steps),
                Body::Commit(_) => true,
                Body::Reject(_) | Body::Stop(_) | Body::Log(_) | Body::Ask(_) | Body::Set(_) => false,
            }
    })
}

impl Machine<'_> {
    /// Gives the session up. A browser that cannot be ended may still be at work: nothing goes on beside it.
    pub(super) async fn give_up_session(&mut self) -> Result<(), Halt> {
        match self.keeper.end().await {
            Err(error @ BrowserError::NotEnded { .. }) => Err(Halt::Stop(StepError::Browser(error).failure())),
            // The processes are gone; what is left on the disk is somebody's to know.
            Err(error) => Ok(self
                .journal
                .add(Kind::Noted(StepError::Browser(error).failure().message))?),
            Ok(()) => Ok(()),
        }
    }

    /// Opens a session if the steps need one.
    pub(super) async fn session_for(&mut self, steps: &[PlanStep]) -> Result<(), Halt> {
        if needs_browser(steps) {
            self.ensure_session().await
        } else {
            Ok(())
        }
    }

    /// The real system is used within its hours only; the practice city never closes.
    pub(super) fn within_hours(&self) -> Result<(), Halt> {
        let system = self.plan.system.as_ref().map(|plan| &plan.system);
        let Some((system, hours)) = system.and_then(|system| Some((system, system.hours.as_ref()?.value))) else {
            return Ok(());
        };
        let now = self.ports.clock.now().with_timezone(&self.setup.zone);
        if self.setup.place == Place::Practice || is_within(hours, now.hour() * 60 + now.minute()) {
            return Ok(());
        }
        let time = |hour: u32, minute: u32| format!("{hour:02}:{minute:02}");
        let (from, to) = hours;
        let hours = [from, to].map(|at| time(at.hour.into(), at.minute.into()));
        let message = Message::new(codes::OUTSIDE_HOURS)
            .with("system", system.name.value.clone())
            .with("hours", hours.join("-"))
            .with("now", time(now.hour(), now.minute()));
        Err(Halt::Stop(failure(Cause::System, message)))
    }

    /// Opens and logs in a session unless there is one.
    pub(super) async fn ensure_session(&mut self) -> Result<(), Halt> {
        if self.keeper.current.is_some() {
            return Ok(());
        }
        self.within_hours()?;
        let session = Session::start(&self.setup.browser)
            .await
            .map_err(|error| Halt::Stop(StepError::Browser(error).failure()))?;
        self.keeper.opened += 1;
        let remote = session.remote(&self.setup.browser);
        self.keeper.remote = remote.map(|(driver, id)| RemoteSession { driver, id });
        let browser = session.browser_name();
        let session = self.keeper.current.insert(session);
        session.keep_to(Some(&self.setup.hosts));
        if let Some(remote) = &self.keeper.remote {
            let lease = self.journal.lease();
            self.ports.ledger.browser_at(lease, Some(remote))?;
        }
        self.journal.add(Kind::SessionOpened {
            number: self.keeper.opened,
            browser,
        })?;
        let plan = self.plan;
        if let Some(system) = &plan.system {
            let with = self.login_words(&system.system.name.value)?;
            self.password = Password::Kept;
            let login = Box::pin(self.steps(&system.login, "")).await;
            if let Err(halt) = login {
                let halt = login_failed(halt, &system.system.name.value, self.password);
                if let (Halt::Stop(failure), Some(with)) = (&halt, with)
                    && failure.message.is(codes::LOGIN_FAILED)
                {
                    let note = TargetNote::LoginRefused(with);
                    self.ports.ledger.note_target(self.journal.lease(), &note)?;
                }
                return Err(halt);
            }
        }
        Box::pin(self.steps(&plan.before, "")).await.map_err(not_the_items)
    }

    /// What a real login is tried with, by name and date: the scenario and the system's secrets. What was refused once is
    /// not tried again, also not by a later run.
    fn login_words(&self, system: &str) -> Result<Option<String>, Halt> {
        if self.setup.place == Place::Practice {
            return Ok(None);
        }
        let secrets = self.ports.vault.list()?.into_iter();
        let of_system = secrets.filter(|info| info.name.split('.').next() == Some(system));
        let mut words: Vec<(String, String)> = of_system
            .map(|info| (info.name, info.set_at.timestamp_millis().to_string()))
            .collect();
        words.sort();
        words.extend(self.plan.bundle.iter().cloned());
        let words = bundle_hash(&words);
        if self.refused.as_ref() == Some(&words) && !self.setup.login_again {
            let message = Message::new(codes::LOGIN_NOT_AGAIN).with("system", system);
            return Err(Halt::Stop(failure(Cause::Permission, message)));
        }
        Ok(Some(words))
    }

    /// The guard whose text the page shows, after something went wrong.
    pub(super) async fn guard(&mut self) -> Option<(String, Guard)> {
        let plan = self.plan;
        let guards = &plan.system.as_ref()?.guards;
        if guards.is_empty() {
            return None;
        }
        let text = self.keeper.current.as_mut()?.visible_text(20_000).await.ok()?;
        guards.iter().find(|(words, _)| text.contains(words.as_str())).cloned()
    }
}

/// How far a login has come with its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Password {
    /// Nobody was told it.
    #[default]
    Kept,
    /// It stands in its field.
    Typed,
    /// Something was done after that: the system may have it.
    Sent,
}

impl Password {
    /// After a step that came to its target; whether it typed a secret.
    pub(super) fn after(self, secret: bool) -> Password {
        match (self, secret) {
            (Password::Kept, false) => Password::Kept,
            (Password::Kept | Password::Typed, true) => Password::Typed,
            (Password::Typed, false) | (Password::Sent, _) => Password::Sent,
        }
    }
}

/// What a failed login means. A password is never tried twice: accounts lock. Before it was sent nothing can have been
/// refused, and the step itself is to be mended.
fn login_failed(halt: Halt, system: &str, password: Password) -> Halt {
    let sent = password == Password::Sent;
    let failure = match halt {
        // 「再度ログインしてください」 is also what a page says to a wrong password.
        Halt::Fail(fail) if fail.failure.message.is(codes::GUARD_LOGIN) => fail.failure,
        Halt::Fail(fail) if matches!(fail.failure.cause, Cause::System | Cause::Environment) => {
            return Halt::Fail(fail);
        }
        // A secret that is not there, or not for this page, says itself what to do.
        Halt::Fail(fail) if !sent && fail.failure.cause == Cause::Permission => return Halt::Stop(fail.failure),
        Halt::Fail(fail) => fail.failure,
        Halt::Reject(failure) => failure,
        other => return other,
    };
    let (cause, code) = match sent || failure.message.is(codes::GUARD_LOGIN) {
        true => (Cause::Permission, codes::LOGIN_FAILED),
        false => (failure.cause, codes::LOGIN_STOPPED),
    };
    let message = Message::new(code)
        .with("system", system)
        .with_said("cause", failure.message);
    Halt::Stop(Failure {
        cause,
        message,
        page_says: failure.page_says,
    })
}

/// What a guard's text on the page means for a failed step.
pub(super) fn guarded(words: &str, guard: Guard, at: &str) -> Halt {
    let said = |code| failure(Cause::System, Message::new(code).with("words", words));
    let again = |code| {
        let failure = said(code);
        Halt::Fail(Box::new(Fail {
            failure,
            at: at.to_owned(),
            again: true,
            costs: Costs::Session,
        }))
    };
    match guard {
        Guard::Wait => again(codes::GUARD_WAIT),
        Guard::Login => again(codes::GUARD_LOGIN),
        Guard::Stop => Halt::Stop(failure(
            Cause::Permission,
            Message::new(codes::GUARD_STOP).with("words", words),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(cause: Cause, code: crate::text::Code) -> Halt {
        Halt::Fail(Box::new(Fail {
            failure: failure(cause, Message::new(code)),
            at: "login/3".to_owned(),
            again: true,
            costs: Costs::Item,
        }))
    }

    #[test]
    fn a_login_that_the_page_refuses_is_never_tried_again() {
        for (halt, again) in [
            (fail(Cause::Page, codes::NOT_FOUND), false),
            (fail(Cause::System, codes::GUARD_LOGIN), false),
            (fail(Cause::Permission, codes::SECRET_EXPIRED), false),
            (
                Halt::Reject(failure(Cause::Data, Message::new(codes::NO_OPTION))),
                false,
            ),
            (fail(Cause::System, codes::GUARD_WAIT), true),
            (fail(Cause::System, codes::PAGE_UNREACHABLE), true),
            (fail(Cause::Environment, codes::BROWSER_ENDED), true),
        ] {
            let said = format!("{halt:?}");
            match login_failed(halt, "受付", Password::Sent) {
                Halt::Fail(fail) => assert!(again && fail.again, "{said}"),
                Halt::Stop(failure) => {
                    assert!(!again && failure.message.is(codes::LOGIN_FAILED), "{said}");
                    assert_eq!(failure.cause, Cause::Permission);
                }
                other => panic!("{said}: {other:?}"),
            }
        }
        let cancelled = login_failed(Halt::Cancelled, "受付", Password::Sent);
        assert!(matches!(cancelled, Halt::Cancelled));
    }

    #[test]
    fn before_a_password_was_sent_no_login_is_refused() {
        for (secrets, password) in [
            (&[false, false][..], Password::Kept),
            (&[false, true, true], Password::Typed),
            (&[true, false], Password::Sent),
            (&[true, false, true], Password::Sent),
        ] {
            let last = secrets.iter().fold(Password::Kept, |now, secret| now.after(*secret));
            assert_eq!(last, password, "{secrets:?}");
        }
        for (halt, code) in [
            (fail(Cause::Page, codes::NOT_FOUND), codes::LOGIN_STOPPED),
            (fail(Cause::Data, codes::NAME_UNDEFINED), codes::LOGIN_STOPPED),
            (fail(Cause::Permission, codes::SECRET_EXPIRED), codes::SECRET_EXPIRED),
            (fail(Cause::System, codes::GUARD_LOGIN), codes::LOGIN_FAILED),
        ] {
            match login_failed(halt, "受付", Password::Typed) {
                Halt::Stop(failure) => assert!(failure.message.is(code), "{failure:?}"),
                other => panic!("{code:?}: {other:?}"),
            }
        }
        let down = login_failed(fail(Cause::System, codes::PAGE_UNREACHABLE), "受付", Password::Kept);
        assert!(matches!(down, Halt::Fail(_)));
    }

    #[test]
    fn a_guard_waits_logs_in_or_stops() {
        for (guard, code) in [
            (Guard::Wait, Some(codes::GUARD_WAIT)),
            (Guard::Login, Some(codes::GUARD_LOGIN)),
            (Guard::Stop, None),
        ] {
            match (guarded("ただいま点検中", guard, "steps/1"), code) {
                (Halt::Fail(fail), Some(code)) => assert!(fail.again && fail.failure.message.is(code)),
                (Halt::Stop(failure), None) => assert!(failure.message.is(codes::GUARD_STOP)),
                (other, _) => panic!("{guard:?}: {other:?}"),
            }
        }
    }
}
