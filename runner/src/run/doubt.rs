//! Finding out what became of an act that was begun and not proved.
//!
//! WebDriver cannot be fenced by a token: a click that a dead program has sent may still be on its way. So the old browser
//! is dead first, then the other system has had the time that its slowest registration takes, and only then somebody looks,
//! in a fresh session. A look that shows neither or both of the signs, or several hits, proves nothing.

use std::time::Duration;

use crate::drivers::browser::{self, BrowserError, Seen, Sign};
use crate::events::{
    Cause, EvidenceRole, Failure, ItemFinished, ItemId, ItemRef, ItemState, Kind, Place, StepFinished, StepOutcome,
};
use crate::plan::{Body, Plan, PlanCommit, PlanStep, PlanVerify};
use crate::ports::{Doubt, Intent, LastBrowser, Move};
use crate::steps::StepError;
use crate::text::{Message, codes};
use crate::value::Classed;

use super::Pictures;
use super::attempt::finished;
use super::halt::{Costs, Doubted, Fail, Halt, failure};
use super::items::{self, Prepared};
use super::machine::Machine;
use super::work::{AtWork, Ended, Work};

/// 「該当なし」 may stand there for a moment while the page still loads: it has to be there a second time.
const STEADY: Duration = Duration::from_millis(1500);

/// What became of a doubt.
pub(super) enum Cleared {
    /// It happened, and is stored as such.
    Proved(Work),
    /// It did not happen, and is stored as such: the title of what may be done again.
    Disproved(String),
    /// A person has to look.
    Unclear(Doubted),
}

/// What a look has shown.
enum Found {
    There,
    NotThere,
    Unclear(Message),
}

impl Machine<'_> {
    /// Finds out what earlier runs left between intent and result.
    pub(super) async fn clear_doubts(&mut self) -> Result<(), Halt> {
        let ledger = self.ledger_name();
        for doubt in self.ports.ledger.doubts(self.journal.lease(), &ledger)? {
            self.take_doubt(doubt).await?;
        }
        Ok(())
    }

    /// Finds out what an earlier run left of one item.
    async fn take_doubt(&mut self, doubt: Doubt) -> Result<(), Halt> {
        let Doubt { left, intent, browser } = doubt;
        let (id, label) = (left.item.id, left.item.label.clone());
        let row = match self.plan.items() {
            Some(spec) => items::again(spec, left),
            None => Prepared::named(&label),
        };
        let item = ItemRef { id, row: 0, label };
        let began = self.ports.clock.monotonic();
        self.begin(&row.data);
        self.at = Some(AtWork {
            item: item.clone(),
            began,
        });
        let cleared = match self.confirm_dead(&browser).await {
            Ok(()) => {
                let failure = failure(Cause::Environment, Message::new(codes::ITEM_IN_DOUBT));
                self.clear(&item, Doubted { failure, intent }).await
            }
            Err(cause) => {
                let title = intent.as_ref().map_or("", |intent| intent.title.as_str());
                Ok(Cleared::Unclear(unclear(title, cause)))
            }
        };
        let ended = match cleared {
            Ok(Cleared::Proved(work)) => work.settled.map(|(state, kept)| Ended {
                kept,
                ..Ended::at(state)
            }),
            // From here on it is work like any other: of tonight's file, or what is left from before.
            Ok(Cleared::Disproved(_)) => None,
            Ok(Cleared::Unclear(doubted)) => {
                let ended = Ended {
                    failure: Some(doubted.failure),
                    ..Ended::at(ItemState::Inquiry)
                };
                self.finish(&item, began, &ended)?;
                Some(ended)
            }
            Err(halt) => return Err(halt),
        };
        if let Some(ended) = ended {
            self.tally.cleared.insert(id, (row, ended));
        }
        self.variables.end_item();
        self.at = None;
        Ok(())
    }

    /// Finds out what became of the act of the item at work.
    pub(super) async fn clear(&mut self, item: &ItemRef, doubted: Doubted) -> Result<Cleared, Halt> {
        let plan = self.plan;
        let Some(intent) = doubted.intent else {
            return Ok(Cleared::Unclear(doubted));
        };
        let found = commit_of(plan, &intent).and_then(|(step, commit)| Some((step, commit, commit.verify.as_ref()?)));
        let Some((step, commit, verify)) = found.filter(|_| !without("without.verify")) else {
            let failure = doubted.failure;
            let intent = Some(intent);
            return Ok(Cleared::Unclear(Doubted { failure, intent }));
        };
        self.in_doubt = true;
        self.know(&intent.known);
        let cleared = self.clear_by(item, (step, commit, verify)).await;
        // Whoever wants the end, and a store or system that fails, leaves the doubt as it is.
        if cleared.is_ok() {
            self.in_doubt = false;
        }
        cleared
    }

    async fn clear_by(
        &mut self,
        item: &ItemRef,
        (step, commit, verify): (&PlanStep, &PlanCommit, &PlanVerify),
    ) -> Result<Cleared, Halt> {
        self.give_up_session().await?;
        if let Some(remote) = self.keeper.remote.clone() {
            let last = LastBrowser {
                host: self.setup.host.clone(),
                pid: self.setup.pid,
                session: Some(remote),
            };
            if let Err(cause) = self.confirm_dead(&last).await {
                return Ok(Cleared::Unclear(unclear(&commit.title, cause)));
            }
        }
        let settle = match without("without.settle") {
            true => Duration::ZERO,
            false => commit.settle,
        };
        let taken = Kind::DoubtTaken {
            item: item.clone(),
            title: commit.title.clone(),
            settle_ms: u64::try_from(settle.as_millis()).unwrap_or(u64::MAX),
        };
        self.journal.add(taken)?;
        self.journal.flush()?;
        self.rest(settle).await?;
        fail::fail_point!("verify.before_look");
        let found = self.look(step, verify).await?;
        fail::fail_point!("verify.after_look");
        match found {
            Found::There => {
                let mut work = Work::default();
                self.settle(ItemState::Done, &mut work)?;
                self.has_looked(step, None).await?;
                Ok(Cleared::Proved(work))
            }
            Found::NotThere => {
                let disproved = Kind::Disproved { item: item.clone() };
                self.journal.advance(item.id, &Move::Disprove, Some(disproved))?;
                Ok(Cleared::Disproved(commit.title.clone()))
            }
            Found::Unclear(cause) => {
                let doubted = unclear(&commit.title, cause);
                self.has_looked(step, Some(doubted.failure.clone())).await?;
                Ok(Cleared::Unclear(doubted))
            }
        }
    }

    /// Writes down what a look has shown, with its picture.
    async fn has_looked(&mut self, step: &PlanStep, failure: Option<Failure>) -> Result<(), Halt> {
        let (role, wanted, outcome) = match failure {
            Some(_) => (EvidenceRole::Failure, Pictures::Failures, StepOutcome::Failed),
            None => (EvidenceRole::Proof, Pictures::Commits, StepOutcome::Ok),
        };
        let evidence = match self.setup.pictures >= wanted {
            true => self.picture(role).await?,
            false => None,
        };
        let step = self.step_ref(step, "", 1);
        let finished = StepFinished {
            evidence: evidence.into_iter().collect(),
            failure,
            ..finished(step, outcome, 0, Vec::new())
        };
        Ok(self.journal.add(Kind::StepFinished(finished))?)
    }

    /// Gives the values back that names had when the intent was written down.
    fn know(&mut self, known: &[(String, Classed)]) {
        for (name, found) in known {
            self.journal.veil.add(&found.value, found.class);
            self.variables.bind(name, found.clone());
        }
    }

    /// Looks, again where only the way there failed.
    async fn look(&mut self, step: &PlanStep, verify: &PlanVerify) -> Result<Found, Halt> {
        let mut left = self.setup.patience.tries;
        let mut wait = self.setup.patience.backoff;
        loop {
            left = left.saturating_sub(1);
            match self.look_once(step, verify).await {
                Err(Halt::Fail(fail)) if fail.again && left > 0 => {
                    self.give_up_session().await?;
                    self.rest(wait).await?;
                    wait *= 2;
                }
                Err(Halt::Fail(fail)) => return Ok(Found::Unclear(fail.failure.message)),
                Err(Halt::Reject(failure)) => return Ok(Found::Unclear(failure.message)),
                result => return result,
            }
        }
    }

    async fn look_once(&mut self, step: &PlanStep, verify: &PlanVerify) -> Result<Found, Halt> {
        self.ensure_session().await?;
        self.go_home().await?;
        self.steps(&verify.look, "").await?;
        let present = self.sign_spec(&verify.present, &step.path)?;
        let absent = self.sign_spec(&verify.absent, &step.path)?;
        let signs = [present.sign, absent.sign];
        let wait = self.setup.patience.proof;
        let first = self.shown(&signs, wait, step).await?;
        let found = match judge(&first) {
            Found::NotThere => {
                self.rest(STEADY).await?;
                judge(&self.shown(&signs, wait, step).await?)
            }
            found => found,
        };
        if let (Found::There, Some(name)) = (&found, &present.save_as) {
            self.variables.bind(name, Classed::open(first.value));
        }
        Ok(found)
    }

    /// Waits for one of the signs of a look.
    async fn shown(&mut self, signs: &[Sign], wait: Duration, step: &PlanStep) -> Result<Seen, Halt> {
        let seen = match self.keeper.current.as_mut() {
            Some(session) => session.see_any(signs, wait).await,
            None => Err(BrowserError::SessionLost),
        };
        let error = match seen {
            Ok(seen) => return Ok(seen),
            Err(error) => error,
        };
        if let Some((words, guard)) = self.guard().await {
            return Err(super::session::guarded(&words, guard, &step.path));
        }
        let failure = match error {
            BrowserError::NotFound { .. } => failure(Cause::Page, Message::new(codes::LOOK_NEITHER)),
            error => StepError::Browser(error).failure(),
        };
        Err(again(failure, step))
    }

    /// Looks whether it is there already, before anything is done, where a commit asks for that.
    pub(super) async fn look_first(&mut self, work: &mut Work) -> Result<(), Halt> {
        let plan = self.plan;
        for (step, commit) in commits(&plan.steps) {
            let Some(verify) = commit.verify.as_ref().filter(|_| commit.look_first) else {
                continue;
            };
            match self.look_once(step, verify).await? {
                Found::There => return self.settle(ItemState::AlreadyThere, work),
                Found::NotThere => self.go_home().await?,
                Found::Unclear(cause) => {
                    let message = Message::new(codes::LOOK_FIRST_UNCLEAR).with("title", commit.title.clone());
                    return Err(again(failure(Cause::Page, message.with_said("cause", cause)), step));
                }
            }
        }
        Ok(())
    }

    /// Makes sure that an earlier run's browser does nothing any more; why not, if that cannot be known.
    async fn confirm_dead(&mut self, last: &LastBrowser) -> Result<(), Message> {
        let unsure = || Message::new(codes::BROWSER_MAY_LIVE).with("host", last.host.clone());
        match &last.session {
            Some(session) => browser::end_remote(&session.driver, &session.id)
                .await
                .map_err(|_| unsure()),
            None if last.host != self.setup.host => Err(unsure()),
            None => {
                let profiles = &self.setup.browser.profiles;
                browser::end_browsers_of(last.pid, profiles).await.map_err(|_| unsure())
            }
        }
    }

    /// Two items have one receipt: both go to a person.
    pub(super) fn contested(&mut self, item: &ItemRef, other: ItemId, label: String) -> Result<Halt, Halt> {
        let said = |other: &str| failure(Cause::Page, Message::new(codes::SAME_RECEIPT).with("other", other));
        let failure = said(&label);
        let ended = |item: ItemRef, failure: Failure| {
            Kind::ItemFinished(ItemFinished {
                item,
                state: ItemState::Inquiry,
                failure: Some(failure),
                receipt: None,
                took_ms: 0,
            })
        };
        let second = ItemRef {
            id: other,
            row: 0,
            label,
        };
        let kinds = vec![ended(second, said(&item.label)), ended(item.clone(), failure.clone())];
        self.journal
            .contest((item.id, other), failure.message.code.as_ref(), kinds)?;
        Ok(Halt::Contested(failure))
    }

    /// Within what a receipt is given only once. Many systems number anew every day, and the practice city whenever it is
    /// emptied; an old page that is taken for a new one comes from the same night.
    pub(super) fn receipt_scope(&self) -> String {
        let (ledger, date) = (self.ledger_name(), self.setup.date);
        match self.setup.place {
            Place::Real => format!("{ledger} {date}"),
            Place::Practice => format!("{ledger} {date} {}", self.journal.lease().run.0),
        }
    }
}

/// What the signs of a look say.
fn judge(seen: &Seen) -> Found {
    match (seen.index, seen.also.is_empty(), seen.hits) {
        (_, false, _) => Found::Unclear(Message::new(codes::LOOK_BOTH)),
        (0, true, 0 | 1) => Found::There,
        (0, true, hits) => {
            Found::Unclear(Message::new(codes::LOOK_SEVERAL).with_int("count", i64::try_from(hits).unwrap_or(i64::MAX)))
        }
        (_, true, _) => Found::NotThere,
    }
}

/// A doubt that looking has not cleared.
fn unclear(title: &str, cause: Message) -> Doubted {
    let message = Message::new(codes::LOOK_UNCLEAR).with("title", title);
    Doubted {
        failure: failure(Cause::System, message.with_said("cause", cause)),
        intent: None,
    }
}

/// An item whose act was lost every time.
pub(super) fn lost_again(title: &str, tries: u32) -> Halt {
    let message = Message::new(codes::LOST_AGAIN).with("title", title);
    Halt::Fail(Box::new(Fail {
        failure: failure(Cause::System, message.with_int("count", i64::from(tries))),
        at: String::new(),
        again: false,
        costs: Costs::Item,
    }))
}

fn again(failure: Failure, step: &PlanStep) -> Halt {
    Halt::Fail(Box::new(Fail {
        failure,
        at: step.path.clone(),
        again: true,
        costs: Costs::Session,
    }))
}

/// The commit that was intended: where it stood then, else the only one of its name. A scenario may have been mended since.
fn commit_of<'p>(plan: &'p Plan, intent: &Intent) -> Option<(&'p PlanStep, &'p PlanCommit)> {
    let all = commits(&plan.steps);
    let named: Vec<_> = all.iter().filter(|(_, commit)| commit.title == intent.title).collect();
    let there = named.iter().find(|(step, _)| step.path == intent.path);
    match (there, named.as_slice()) {
        (Some(found), _) => Some(**found),
        (None, [only]) => Some(**only),
        (None, _) => None,
    }
}

/// The commits of a list of steps, in order.
pub(super) fn commits(steps: &[PlanStep]) -> Vec<(&PlanStep, &PlanCommit)> {
    let each = steps.iter().flat_map(|step| {
        let own = match &step.body {
            Body::Commit(commit) => Some((step, &**commit)),
            _ => None,
        };
        own.into_iter().chain(step.inner().into_iter().flat_map(commits))
    });
    each.collect()
}

/// Whether a test has switched a protection off, to see that it is needed; never in a build that an office gets.
#[expect(
    unused_variables,
    reason = "without the feature `failpoints` nothing can be switched off"
)]
pub(super) fn without(protection: &'static str) -> bool {
    fail::fail_point!(protection, |_| true);
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_sign_and_one_hit_prove_anything() {
        let seen = |index, hits, also: &[usize]| Seen {
            index,
            value: "R8-000123".to_owned(),
            hits,
            also: also.to_vec(),
        };
        let told = |seen: Seen| match judge(&seen) {
            Found::There => "there".to_owned(),
            Found::NotThere => "not there".to_owned(),
            Found::Unclear(message) => message.code.to_string(),
        };
        for (seen, wanted) in [
            (seen(0, 1, &[]), "there"),
            (seen(1, 1, &[]), "not there"),
            // The sentence may stand above and below the list.
            (seen(1, 2, &[]), "not there"),
            (seen(0, 1, &[1]), codes::LOOK_BOTH.0),
            (seen(0, 2, &[]), codes::LOOK_SEVERAL.0),
        ] {
            assert_eq!(told(seen.clone()), wanted, "{seen:?}");
        }
    }
}
