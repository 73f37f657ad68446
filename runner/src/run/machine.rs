//! The run as a whole: begin, items, end.

use std::collections::HashMap;
use std::time::Duration;

use chrono::Timelike;
use indexmap::IndexMap;

use crate::events::view::Standing;
use crate::events::{Cause, Failure, ItemState, ItemsTaken, Kind, Place, RunFinished, RunOutcome, RunStarted};
use crate::plan::Plan;
use crate::ports::{Enrolled, NewItem, NewRun, PortError};
use crate::text::{Message, codes};
use crate::value::{Class, Value};

use super::heartbeat::Heartbeat;
use super::item::{AtWork, Ended};
use super::items::{self, Prepared};
use super::journal::Journal;
use super::scope::{Row, Variables};
use super::session::Keeper;
use super::{Cancel, Finished, Ports, RunError, Setup, Watcher};

/// Why the steps do not simply go on.
#[derive(Debug)]
pub(super) enum Halt {
    /// The item goes back to where it came from.
    Reject(Failure),
    /// The item failed; another try may help.
    Fail(Box<Fail>),
    /// The whole run ends.
    Stop(Failure),
    /// Somebody asked for the end.
    Cancelled,
    /// Nobody can tell whether the irreversible act happened.
    Doubt(Failure),
    /// The store failed or the lease is lost.
    Port(PortError),
}

/// A failure that another try may cure.
#[derive(Debug)]
pub(super) struct Fail {
    pub(super) failure: Failure,
    /// Outline path of the step.
    pub(super) at: String,
    /// Whether another try makes sense at all.
    pub(super) again: bool,
}

impl From<PortError> for Halt {
    fn from(error: PortError) -> Self {
        Halt::Port(error)
    }
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
    /// Texts of this item that must not be seen, by class.
    pub(super) sensitive: Vec<(String, Class)>,
    /// Set between intent and proof: nothing interrupts there.
    pub(super) committing: bool,
    /// The item at work.
    pub(super) at: Option<AtWork>,
    started: Duration,
    tally: Tally,
}

/// What became of the items so far.
#[derive(Debug, Default)]
struct Tally {
    /// Items that are not done: rejected, failed, waiting.
    open: u64,
    /// The last failures in a row: cause, code and step.
    streak: Option<(String, u32)>,
    /// The settled rows, for `run.items`.
    rows: Vec<Value>,
}

impl<'a> Machine<'a> {
    pub(super) fn open(
        plan: &'a Plan,
        setup: &'a Setup,
        ports: Ports,
        cancel: Cancel,
        watcher: &'a mut dyn Watcher,
    ) -> Result<Machine<'a>, RunError> {
        let started = ports.clock.monotonic();
        let bundle_hash = crate::ports::bundle_hash(&plan.bundle);
        let opened = ports.ledger.open_run(&NewRun {
            bot: plan.scenario.id.value.clone(),
            host: setup.host.clone(),
            pid: setup.pid,
            bundle_hash: bundle_hash.clone(),
            bundle: plan.bundle.clone(),
            events: vec![Kind::RunStarted(RunStarted {
                bot: plan.scenario.id.value.clone(),
                name: plan.scenario.name.value.clone(),
                purpose: plan.scenario.purpose.as_ref().map(|purpose| purpose.value.clone()),
                bundle: bundle_hash,
                trigger: setup.trigger,
                place: setup.place,
                rehearsal: false,
                date: setup.date,
                outline: plan.outline.clone(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                host: setup.host.clone(),
            })],
        })?;
        let heartbeat = Heartbeat::start(ports.ledger.clone(), opened.lease, cancel.clone());
        let mut journal = Journal::new(ports.clone(), opened.lease, watcher);
        journal.stored(&opened.events);
        for (_, label) in &opened.inquiries {
            journal.add(Kind::Noted(
                Message::new(codes::LEFT_IN_DOUBT).with("item", label.clone()),
            ))?;
        }
        let variables = Variables::new(ports.vault.clone());
        let tally = Tally {
            open: opened.inquiries.len() as u64,
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
            sensitive: Vec::new(),
            committing: false,
            at: None,
            started,
            tally,
        })
    }

    /// Works the plan through and ends the run, however it goes.
    pub(super) async fn work(mut self) -> Result<Finished, RunError> {
        let mut result = self.whole().await;
        if let Err(halt) = self.give_up_session().await {
            result = result.and(Err(halt));
        }
        let (outcome, failure) = match result {
            Ok(()) if self.tally.open == 0 => (RunOutcome::Succeeded, None),
            Ok(()) => (RunOutcome::Partial, None),
            Err(Halt::Cancelled) => (RunOutcome::Cancelled, None),
            Err(Halt::Port(error)) => return Err(error.into()),
            Err(Halt::Fail(fail)) => (RunOutcome::Failed, Some(fail.failure)),
            Err(Halt::Stop(failure) | Halt::Reject(failure) | Halt::Doubt(failure)) => {
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
        // The work is read before a browser is opened: a missing file must not cost a login.
        let work = self.take_work()?;
        self.session_for(&plan.start).await?;
        self.steps(&plan.start, "").await?;
        self.items(work).await?;
        self.variables
            .run
            .insert("items".to_owned(), Value::List(std::mem::take(&mut self.tally.rows)));
        self.session_for(&plan.after).await?;
        self.steps(&plan.after, "").await?;
        Ok(())
    }

    /// Reads the rows and stores them in the ledger.
    fn take_work(&mut self) -> Result<Vec<(Prepared, Enrolled)>, Halt> {
        let Some(spec) = self.plan.items() else {
            return self.single_item();
        };
        let read = items::read(spec, &self.setup.office, &self.variables).map_err(Halt::Stop)?;
        let ledger = spec.ledger.as_ref().unwrap_or(&self.plan.scenario.id).value.clone();
        let new: Vec<NewItem> = read.rows.iter().map(Prepared::to_new_item).collect();
        let enrolled = self.ports.ledger.enroll(self.journal.lease(), &ledger, &new)?;
        let count = |wanted: fn(&Enrolled) -> bool| enrolled.iter().filter(|item| wanted(item)).count() as u64;
        let done_before = count(|item| !item.workable && !item.changed && is_done(item.state));
        let to_do = count(|item| item.workable);
        let twice = read.twice.len() as u64;
        self.journal.add(Kind::ItemsTaken(ItemsTaken {
            source: read.source,
            hash: Some(read.hash),
            format: read.format,
            rows: enrolled.len() as u64 + twice,
            to_do,
            done_before: done_before + twice,
            held: enrolled.len() as u64 - to_do - done_before,
        }))?;
        for row in &read.twice {
            self.journal.add(Kind::Noted(
                Message::new(codes::KEY_TWICE)
                    .with_int("row", row.row as i64)
                    .with_int("first", row.first as i64),
            ))?;
        }
        self.note_changed(&enrolled)?;
        let mut rows: HashMap<u64, Prepared> = read.rows.into_iter().map(|row| (row.row, row)).collect();
        Ok(enrolled
            .into_iter()
            .filter_map(|item| rows.remove(&item.row).map(|row| (row, item)))
            .collect())
    }

    /// A scenario without `items` is one item, known by the day it is due.
    fn single_item(&mut self) -> Result<Vec<(Prepared, Enrolled)>, Halt> {
        let row = Prepared::single(self.setup.date);
        let enrolled = self.ports.ledger.enroll(
            self.journal.lease(),
            &self.plan.scenario.id.value.clone(),
            &[row.to_new_item()],
        )?;
        let workable = enrolled.iter().filter(|item| item.workable).count() as u64;
        self.journal.add(Kind::ItemsTaken(ItemsTaken {
            source: String::new(),
            hash: None,
            format: String::new(),
            rows: 1,
            to_do: workable,
            done_before: 1 - workable,
            held: 0,
        }))?;
        Ok(enrolled.into_iter().map(|item| (row.clone(), item)).collect())
    }

    /// A row that was done and has changed since is a person's matter: it is said, never done again.
    fn note_changed(&mut self, enrolled: &[Enrolled]) -> Result<(), PortError> {
        for item in enrolled.iter().filter(|item| !item.workable) {
            let message = match (item.changed, item.state) {
                (true, state) if is_done(state) => Message::new(codes::CHANGED_SINCE).with("item", item.label.clone()),
                (_, ItemState::Inquiry) => Message::new(codes::STILL_IN_DOUBT).with("item", item.label.clone()),
                _ => continue,
            };
            self.tally.open += 1;
            self.journal.add(Kind::Noted(message))?;
        }
        Ok(())
    }

    async fn items(&mut self, work: Vec<(Prepared, Enrolled)>) -> Result<(), Halt> {
        for (row, enrolled) in work {
            if !enrolled.workable {
                let standing = if is_done(enrolled.state) {
                    Standing::DoneBefore
                } else {
                    Standing::of(enrolled.state)
                };
                self.tally.rows.push(row.result(standing, None, &IndexMap::new()));
                continue;
            }
            let ended = self.item(&row, &enrolled).await?;
            if !is_done(ended.state) {
                self.tally.open += 1;
            }
            self.tally
                .rows
                .push(row.result(Standing::of(ended.state), ended.failure.as_ref(), &ended.kept));
            self.same_cause(&ended)?;
        }
        Ok(())
    }

    /// Ends the run when items in a row are stopped by the same cause at the same step.
    fn same_cause(&mut self, ended: &Ended) -> Result<(), Halt> {
        let Some(failure) = ended
            .failure
            .as_ref()
            .filter(|_| !matches!(ended.state, ItemState::Rejected))
        else {
            self.tally.streak = None;
            return Ok(());
        };
        let mark = format!("{} {} {}", failure.message.code, ended.at, failure.cause as u8);
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
        Err(Halt::Stop(Failure {
            cause: failure.cause,
            message,
            page_says: failure.page_says.clone(),
        }))
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

    /// The row at work, for the steps of an item.
    pub(super) fn begin(&mut self, row: &Row) {
        self.variables.begin_item(row.clone());
        self.sensitive = row.sensitive();
    }
}

/// Whether nothing more is to be done for an item.
pub(super) fn is_done(state: ItemState) -> bool {
    matches!(state, ItemState::Done | ItemState::AlreadyThere | ItemState::Dropped)
}

/// A failure of a cause with a message.
pub(super) fn failure(cause: Cause, message: Message) -> Failure {
    Failure {
        cause,
        message,
        page_says: None,
    }
}
