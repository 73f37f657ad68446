//! The run as a whole: begin, items, end.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::Timelike;
use indexmap::IndexMap;

use crate::events::view::Standing;
use crate::events::{Cause, Failure, ItemId, ItemState, Kind, Place, RunFinished, RunOutcome, RunStarted};
use crate::plan::Plan;
use crate::ports::{Enrolled, ForcedStop, NewRun, PortError, Target, TargetNote};
use crate::steps::Written;
use crate::text::{Message, codes};
use crate::value::{Class, Classed, Value, Veil};

use super::doubt;
use super::guide::{Editions, Guide};
use super::halt::{Fail, Halt, failure};
use super::heartbeat::Heartbeat;
use super::items::Prepared;
use super::journal::Journal;
use super::keeper::Keeper;
use super::limits::Limits;
use super::scope::{self, Row, Variables};
use super::session::Password;
use super::work::{AtWork, Ended, is_done};
use super::{Cancel, Finished, Ports, RunError, Setup, Watcher};

/// Who is told of a run, and who leads it.
pub(super) struct Audience<'a> {
    pub(super) watcher: &'a mut dyn Watcher,
    pub(super) guide: Option<&'a mut (dyn Guide + 'static)>,
    pub(super) editions: &'a Editions,
}

/// A run at work.
pub(super) struct Machine<'a> {
    pub(super) plan: &'a Plan,
    pub(super) setup: &'a Setup,
    pub(super) ports: Ports,
    pub(super) journal: Journal<'a>,
    pub(super) variables: Variables,
    pub(super) keeper: Keeper,
    pub(super) cancel: Cancel,
    pub(super) heartbeat: Heartbeat,
    /// The secrets that were used so far: hidden for the rest of the run.
    pub(super) secrets: Veil,
    /// What the system has refused a login with.
    pub(super) refused: Option<String>,
    /// How far the login of this session has come with its password.
    pub(super) password: Password,
    /// Whether every item is looked for before it is registered: the ledger may not know that it is.
    pub(super) look_first: bool,
    /// Set between intent and proof: nothing interrupts there.
    pub(super) committing: bool,
    /// Set while what became of an act is not known: the item stays as it is when the run ends now.
    pub(super) in_doubt: bool,
    /// The item at work.
    pub(super) at: Option<AtWork>,
    pub(super) started: Duration,
    pub(super) limits: Limits,
    pub(super) tally: Tally,
    /// Who leads it, in a rehearsal.
    pub(super) guide: Option<&'a mut (dyn Guide + 'static)>,
    pub(super) editions: &'a Editions,
    /// Whether the guide has let the failure stand that is on its way out.
    pub(super) told_failure: bool,
    /// Whether the rehearsal has come as far as it was asked to.
    pub(super) enough: bool,
    /// What the last step had to say, and its result, for a guide.
    pub(super) trying: bool,
    pub(super) heard: Vec<Message>,
    pub(super) heard_value: Option<(String, Class)>,
}

/// What became of the items so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Items that are not done: rejected, failed, waiting.
    pub(super) open: u64,
    /// The last failures in a row: cause, code and step.
    streak: Option<(String, u32)>,
    /// The names of what the scenario keeps of each item.
    kept: Vec<String>,
    /// Whether the next item finds out if the system works again.
    probing: bool,
    /// Items that another run is to work.
    pub(super) aside: HashSet<ItemId>,
    /// The files that it has written.
    pub(super) written: Vec<Written>,
    /// Items that earlier runs left in doubt, and that this one has found out about.
    pub(super) cleared: IndexMap<ItemId, (Prepared, Ended)>,
    /// Whether it was said where a rehearsal's files go.
    pub(super) drafts: bool,
    /// The settled rows with their places in the file, for `run.items`.
    rows: Vec<(u64, Value)>,
}

impl Tally {
    /// Adds a row to the results.
    pub(super) fn settled(&mut self, row: &Prepared, standing: Standing, kept: &IndexMap<String, Value>) {
        self.rows.push((row.row, row.result(standing, kept, &self.kept)));
    }

    /// The results in the order of the file.
    fn results(&mut self) -> Value {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by_key(|(row, _)| *row);
        Value::List(rows.into_iter().map(|(_, result)| result).collect())
    }
}

impl<'a> Machine<'a> {
    pub(super) fn open(
        plan: &'a Plan,
        setup: &'a Setup,
        ports: Ports,
        cancel: Cancel,
        audience: Audience<'a>,
    ) -> Result<Machine<'a>, RunError> {
        let started = ports.clock.monotonic();
        let limits = Limits::of(plan, ports.clock.now(), setup.zone);
        let bundle_hash = crate::ports::bundle_hash(&plan.bundle);
        let opened = ports.ledger.open_run(&NewRun {
            bot: plan.scenario.id.value.clone(),
            host: setup.host.clone(),
            pid: setup.pid,
            rehearsal: setup.rehearsal,
            target: target(plan, setup),
            can_look: doubt::can_look(plan),
            bundle_hash: bundle_hash.clone(),
            bundle: plan.bundle.clone(),
            events: vec![Kind::RunStarted(RunStarted {
                bot: plan.scenario.id.value.clone(),
                name: plan.scenario.name.value.clone(),
                purpose: plan.scenario.purpose.as_ref().map(|purpose| purpose.value.clone()),
                bundle: bundle_hash,
                trigger: setup.trigger,
                place: setup.place,
                rehearsal: setup.rehearsal,
                date: setup.date,
                outline: plan.outline.clone(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                host: setup.host.clone(),
                resumes: setup.resumes,
            })],
        })?;
        let heartbeat = Heartbeat::start(ports.ledger.clone(), ports.clock.clone(), opened.lease, cancel.clone());
        let mut journal = Journal::new(ports.clone(), opened.lease, audience.watcher);
        journal.stored(&opened.events);
        if let Some(taken) = &opened.restored {
            let looks = Message::new(codes::LOOKS_AFTER_RESTORE)
                .with("bot", plan.scenario.id.value.clone())
                .with("taken", taken);
            journal.add(Kind::Noted(looks))?;
        }
        if let Some(run) = setup.resumes {
            journal.add(Kind::Noted(Message::new(codes::RESUMES).with_int("run", run.0)))?;
        }
        let variables = Variables::new(ports.vault.clone());
        let kept = plan.items().into_iter().flat_map(|spec| &spec.keep);
        let tally = Tally {
            kept: kept.map(|(name, _)| name.value.clone()).collect(),
            probing: opened.doubtful,
            ..Tally::default()
        };
        Ok(Machine {
            plan,
            setup,
            ports,
            journal,
            variables,
            keeper: Keeper::default(),
            cancel,
            heartbeat,
            secrets: Veil::default(),
            refused: opened.refused,
            password: Password::default(),
            look_first: opened.restored.is_some(),
            committing: false,
            in_doubt: false,
            at: None,
            started,
            limits,
            tally,
            guide: audience.guide,
            editions: audience.editions,
            told_failure: false,
            enough: false,
            trying: false,
            heard: Vec::new(),
            heard_value: None,
        })
    }

    /// Works the plan through and ends the run, however it goes.
    pub(super) async fn work(mut self) -> Result<Finished, RunError> {
        let cancel = self.cancel.clone();
        let (mut result, stopped) = tokio::select! {
            biased;
            stop = cancel.forced() => (Err(Halt::Cancelled), Some(stop)),
            result = self.whole() => (result, None),
        };
        if let Some(stop) = stopped {
            self.stopped(&stop)?;
        }
        if let Err(halt) = self.give_up_session().await {
            result = result.and(Err(halt));
        }
        let (outcome, failure) = match result {
            Ok(()) if self.tally.open == 0 => (RunOutcome::Succeeded, None),
            Ok(()) => (RunOutcome::Partial, None),
            Err(Halt::Cancelled) => (RunOutcome::Cancelled, None),
            // Only an item's steps hold an irreversible act, and only its item ends by it.
            Err(Halt::Rehearsed) => (RunOutcome::Succeeded, None),
            Err(Halt::Port(error)) => return Err(self.broken_off(error).into()),
            Err(Halt::Fail(fail)) => (RunOutcome::Failed, Some(fail.failure)),
            Err(Halt::Ask(asked)) => (RunOutcome::Failed, Some(asked.failure)),
            Err(Halt::Doubt(doubted)) => (RunOutcome::Failed, Some(doubted.failure)),
            Err(Halt::Stop(failure) | Halt::Reject(failure) | Halt::Contested(failure)) => {
                (RunOutcome::Failed, Some(failure))
            }
        };
        let took_ms = self.since(self.started);
        self.journal.close(
            outcome,
            Kind::RunFinished(RunFinished {
                outcome,
                failure,
                took_ms,
            }),
        )?;
        Ok(Finished {
            run: self.journal.lease().run,
            outcome,
        })
    }

    /// Who had it stopped, and why. A run's names are not shown by this either.
    fn stopped(&mut self, stop: &ForcedStop) -> Result<(), PortError> {
        let reason = self.journal.veil.cover(&stop.reason);
        let message = Message::new(codes::STOPPED_AT_ONCE)
            .with("by", stop.by.clone())
            .with("reason", reason);
        self.journal.add(Kind::Noted(message))
    }

    /// The store failed on the way. If it can be reached again, the history says so, instead of a run that just stops.
    fn broken_off(&mut self, error: PortError) -> PortError {
        if matches!(error, PortError::Fenced) {
            return error;
        }
        let finished = RunFinished {
            outcome: RunOutcome::Failed,
            failure: Some(failure(Cause::Environment, error.message())),
            took_ms: self.since(self.started),
        };
        // What failed is what is told; a second failure adds nothing, and the next run ends this one.
        let _ = self.journal.close(RunOutcome::Failed, Kind::RunFinished(finished));
        error
    }

    async fn whole(&mut self) -> Result<(), Halt> {
        let plan = self.plan;
        let now = self.ports.clock.now().with_timezone(&self.setup.zone);
        let names = &mut self.variables.run;
        names.insert("date".to_owned(), Value::Date(self.setup.date));
        names.insert(
            "time".to_owned(),
            Value::Text(format!("{:02}:{:02}", now.hour(), now.minute())),
        );
        let place = match self.setup.place {
            Place::Practice => "練習",
            Place::Real => "本番",
        };
        for (name, value) in [
            ("id", plan.scenario.id.value.as_str()),
            ("name", plan.scenario.name.value.as_str()),
            ("place", place),
        ] {
            names.insert(name.to_owned(), Value::from(value));
        }
        // What is in doubt comes first: it must not wait for a file that may be missing.
        self.clear_doubts().await?;
        // The work is read before a browser is opened, if it can be: a missing file must not cost a login.
        let made = plan.items().is_some_and(|spec| spec.from.is_made());
        let read = if made { None } else { Some(self.take_work()?) };
        self.session_for(&plan.start).await?;
        self.steps(&plan.start, "").await?;
        let work = match read {
            Some(work) => work,
            None => self.take_work()?,
        };
        self.items(work).await?;
        if self.enough {
            return Ok(());
        }
        // It may have been mended meanwhile.
        let plan = self.plan;
        let results = self.tally.results();
        self.variables.run.insert("items".to_owned(), results);
        self.session_for(&plan.after).await?;
        self.steps(&plan.after, "").await?;
        Ok(())
    }

    async fn items(&mut self, work: Vec<(Prepared, Enrolled)>) -> Result<(), Halt> {
        let mut before = self.kept_before(&work)?;
        for (row, enrolled) in work {
            if self.tally.aside.contains(&enrolled.id) {
                self.tally.settled(&row, Standing::NotStarted, &IndexMap::new());
                continue;
            }
            if !enrolled.workable {
                let kept = before.remove(&enrolled.id).unwrap_or_default();
                let standing = match self.tally.cleared.shift_remove(&enrolled.id) {
                    Some((_, ended)) => Standing::of(ended.state),
                    None if is_done(enrolled.state) => Standing::DoneBefore,
                    None => Standing::of(enrolled.state),
                };
                self.tally.settled(&row, standing, &kept);
                continue;
            }
            if self.enough {
                break;
            }
            let ended = self.item(&row, &enrolled).await?;
            if !is_done(ended.state) {
                self.tally.open += 1;
            }
            self.tally.settled(&row, Standing::of(ended.state), &ended.kept);
            self.same_cause(&ended)?;
        }
        for (row, ended) in std::mem::take(&mut self.tally.cleared).into_values() {
            self.tally.settled(&row, Standing::of(ended.state), &ended.kept);
        }
        Ok(())
    }

    /// What earlier runs kept of the rows that this one does not work, so that its results are whole.
    fn kept_before(
        &self,
        work: &[(Prepared, Enrolled)],
    ) -> Result<HashMap<ItemId, IndexMap<String, Value>>, PortError> {
        let settled = work.iter().filter(|(_, item)| !item.workable);
        let settled: Vec<ItemId> = settled.map(|(_, item)| item.id).collect();
        if settled.is_empty() || self.plan.after.is_empty() {
            return Ok(HashMap::new());
        }
        self.ports.ledger.kept(self.journal.lease(), &settled)
    }

    /// Ends the run when items in a row are stopped by the same cause at the same step.
    fn same_cause(&mut self, ended: &Ended) -> Result<(), Halt> {
        let Some(failure) = ended
            .failure
            .as_ref()
            .filter(|_| !matches!(ended.state, ItemState::Rejected | ItemState::ReadingReview))
        else {
            self.tally.streak = None;
            // A row that its own words reject has not been to the system.
            if is_done(ended.state) {
                self.came_through()?;
            }
            return Ok(());
        };
        let mark = mark(failure, &ended.at);
        if self.tally.probing && failure.cause == Cause::System {
            let message = Message::new(codes::TARGET_STILL_DOWN).with_said("cause", failure.message.clone());
            return Err(self.rests(failure, message));
        }
        let count = match &self.tally.streak {
            Some((last, count)) if *last == mark => count + 1,
            _ => 1,
        };
        self.tally.streak = Some((mark, count));
        if count < self.setup.patience.same_cause {
            return Ok(());
        }
        let message = Message::new(codes::SAME_CAUSE)
            .with_int("count", i64::from(count))
            .with_said("cause", failure.message.clone());
        Err(self.rests(failure, message))
    }

    /// Ends the run through its system, which nobody tries again for a while.
    fn rests(&mut self, failure: &Failure, message: Message) -> Halt {
        if failure.cause == Cause::System
            && let Err(error) = self.ports.ledger.note_target(self.journal.lease(), &TargetNote::Failed)
        {
            return Halt::Port(error);
        }
        Halt::Stop(Failure {
            cause: failure.cause,
            message,
            page_says: failure.page_says.clone(),
        })
    }

    /// An item has come through to the system.
    fn came_through(&mut self) -> Result<(), PortError> {
        if std::mem::take(&mut self.tally.probing) {
            self.ports.ledger.note_target(self.journal.lease(), &TargetNote::Well)?;
        }
        Ok(())
    }

    /// Whether the page has just stopped the item before at the same step for the same cause: that it is another page than the
    /// scenario says is not cured by waiting, and each item would wait anew.
    pub(super) fn stopped_before(&self, fail: &Fail) -> bool {
        let last = self.tally.streak.as_ref().map(|(mark, _)| mark);
        fail.failure.cause == Cause::Page && last == Some(&mark(&fail.failure, &fail.at))
    }

    /// Between steps: does anybody want the end?
    pub(super) fn may_go_on(&self) -> Result<(), Halt> {
        if self.heartbeat.lost() {
            return Err(Halt::Port(PortError::Fenced));
        }
        if self.cancel.asked() && !self.committing {
            Err(Halt::Cancelled)
        } else {
            Ok(())
        }
    }

    /// Milliseconds since a moment of the monotonic clock.
    pub(super) fn since(&self, moment: Duration) -> u64 {
        self.ports.clock.monotonic().saturating_sub(moment).as_millis() as u64
    }

    /// Gives a value a name. What may not be shown by that name is hidden elsewhere too, as the values of the row are.
    pub(super) fn bind(&mut self, name: &str, value: Classed) {
        scope::cover(&mut self.journal.veil, &value);
        self.variables.bind(name, value);
    }

    /// The row at work, for the steps of an item.
    pub(super) fn begin(&mut self, row: &Row) {
        self.variables.begin_item(row.clone());
        // Until the next item begins: what is still said of this one must not show it either.
        self.journal.veil = self.secrets.clone();
        row.cover_with(&mut self.journal.veil);
        self.variables.cover_with(&mut self.journal.veil);
    }
}

/// The real system that the run works in. Practice is nobody's account.
fn target(plan: &Plan, setup: &Setup) -> Option<Target> {
    let system = plan.system.as_ref().filter(|_| setup.place == Place::Real)?;
    let writes = !plan.commits().is_empty();
    Some(Target {
        name: setup.base.clone()?,
        writers: writes.then_some(system.system.writers),
    })
}

/// What makes one failure the same as another: code, step and cause.
fn mark(failure: &Failure, at: &str) -> String {
    format!("{} {at} {}", failure.message.code, failure.cause as u8)
}
