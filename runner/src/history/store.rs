//! The store: the ports and the reading side in one handle.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;

use super::audit::{self, AuditEntry};
use super::database::{Columns, Database, Target};
use super::decisions::{self, Answer, Answering, Decision, Inquiry};
use super::error::StoreError;
use super::pages::{self, Counts, ItemRow, RunFilter, RunRow, Unsealed};
use super::reviews::{self, Review};
use super::seal::Sealer;
use super::worker::Worker;
use super::{copy, doubts, handover, items, journal, key, leftovers, migrate, moves, requests, runs, targets};
use crate::clock::Clock;
use crate::events::{Event, ItemId, ItemState, Kind, RunId, RunOutcome};
use crate::platform::files;
use crate::ports::{
    Again, Answered, Doubt, Enrolled, EventSink, Finished, ForcedStop, Handover, Intake, Lease, Ledger, Leftover, Move,
    NewItem, NewRun, Opened, PortError, RemoteSession, Requests, Survey, TargetNote,
};
use crate::value::Value;

/// Which database keeps the office's history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Backend {
    /// `history.db` in the store's folder.
    #[default]
    Sqlite,
    /// A PostgreSQL connection URL.
    Postgres(String),
}

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// The office's `.yakin` folder; made if it is not there.
    pub folder: PathBuf,
    /// Which database.
    pub backend: Backend,
    /// The clock for times and, on SQLite, leases; PostgreSQL measures leases itself.
    pub clock: Arc<dyn Clock>,
    /// Whether a process of this host is alive: a dead one loses its run at once, without waiting for its lease.
    pub is_alive: fn(u32) -> bool,
}

/// The office's history. Cheap to share behind an [`Arc`]; when it is dropped the database is closed.
pub struct Store {
    pub(super) worker: Worker,
    pub(super) sealer: Sealer,
    pub(super) folder: PathBuf,
    pub(super) is_alive: fn(u32) -> bool,
}

/// The setting that tells which key the store was sealed with.
pub(super) const KEY_CHECK: &str = "key_check";

impl Store {
    /// Opens the store: folder, database, schema and office key are made if they are new.
    ///
    /// A key that does not fit is refused here already: with it, a key done before would not be known again, and
    /// would be done twice.
    pub fn open(options: &Options) -> Result<Store, StoreError> {
        let folder = options.folder.clone();
        files::create_private_folder(&folder).map_err(|source| StoreError::File {
            path: folder.clone(),
            source,
        })?;
        let restoring = folder.join(copy::RESTORING);
        if restoring.exists() {
            return Err(StoreError::Restoring { path: restoring });
        }
        let target = match &options.backend {
            Backend::Sqlite => Target::Sqlite(folder.join(copy::DATABASE)),
            Backend::Postgres(url) => Target::Postgres(url.clone()),
        };
        let worker = Worker::start(target, Arc::clone(&options.clock))?;
        let key_file = folder.join(copy::KEY);
        let sealer = worker.call(move |database| {
            migrate::migrate(database)?;
            fitting_sealer(database, &key_file)
        })?;
        Ok(Store {
            worker,
            sealer,
            folder,
            is_alive: options.is_alive,
        })
    }

    /// Runs for a page, newest first.
    pub fn runs(&self, filter: &RunFilter) -> Result<Vec<RunRow>, PortError> {
        let (filter, is_alive) = (filter.clone(), self.is_alive);
        self.worker
            .call(move |database| database.read(|transaction| pages::runs(transaction, &filter, is_alive)))
    }

    /// One run, if it is there.
    pub fn run(&self, run: RunId) -> Result<Option<RunRow>, PortError> {
        let is_alive = self.is_alive;
        self.worker
            .call(move |database| database.read(|transaction| pages::run(transaction, run, is_alive)))
    }

    /// The events of a run from a number on, in order, at most so many: of a live run and of an old one alike.
    pub fn run_events(&self, run: RunId, from_seq: i64, at_most: usize) -> Result<Vec<Event>, PortError> {
        self.worker
            .call(move |database| database.read(|transaction| journal::read(transaction, run, from_seq, at_most)))
    }

    /// The items of a run in the order of their rows, in the states they have now.
    pub fn items(&self, run: RunId) -> Result<Vec<ItemRow>, PortError> {
        self.worker
            .call(move |database| database.read(|transaction| pages::items(transaction, run)))
    }

    /// The items of a run by the state they have now.
    pub fn counts(&self, run: RunId) -> Result<Counts, PortError> {
        self.worker
            .call(move |database| database.read(|transaction| pages::count(transaction, run)))
    }

    /// What is sealed of some items, by number; that `who` read it is written down.
    pub fn unseal(&self, wanted: &[ItemId], who: &str) -> Result<Vec<Unsealed>, PortError> {
        let (sealer, wanted, who) = (self.sealer.clone(), wanted.to_vec(), who.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| pages::unseal(transaction, &sealer, &wanted, &who)))
    }

    /// The files of a bundle: path relative to the office, content.
    pub fn bundle(&self, hash: &str) -> Result<Vec<(String, String)>, PortError> {
        let hash = hash.to_owned();
        self.worker
            .call(move |database| database.read(|transaction| pages::bundle(transaction, &hash)))
    }

    /// Asks a run to end at its next safe point; `false` when it is over already.
    pub fn request_cancel(&self, run: RunId, who: &str) -> Result<bool, PortError> {
        let (sealer, who) = (self.sealer.clone(), who.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| requests::cancel(transaction, &sealer, run, &who)))
    }

    /// Has a run stopped at once; `false` when it is over already.
    pub fn request_stop(&self, run: RunId, stop: &ForcedStop) -> Result<bool, PortError> {
        let (sealer, stop) = (self.sealer.clone(), stop.clone());
        self.worker
            .call(move |database| database.write(|transaction| requests::stop(transaction, &sealer, run, &stop)))
    }

    /// The questions that wait for an answer, oldest first; that `who` read them is written down.
    pub fn reviews(&self, who: &str) -> Result<Vec<Review>, PortError> {
        let (sealer, who) = (self.sealer.clone(), who.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| reviews::open(transaction, &sealer, &who)))
    }

    /// A question by its number; that `who` read it is written down.
    pub fn review(&self, number: i64, who: &str) -> Result<Option<Review>, PortError> {
        let (sealer, who) = (self.sealer.clone(), who.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| reviews::find(transaction, &sealer, number, &who)))
    }

    /// Answers a question, so that the next run works its item; `false` when somebody was first.
    pub fn answer(&self, number: i64, answer: &str, by: &str) -> Result<bool, PortError> {
        let (sealer, answer, by) = (self.sealer.clone(), answer.to_owned(), by.to_owned());
        self.worker.call(move |database| {
            database.write(|transaction| reviews::answer(transaction, &sealer, number, &answer, &by))
        })
    }

    /// Items of which nobody can prove whether they were registered, oldest first; that `who` read what was about to be done
    /// is written down.
    pub fn inquiries(&self, who: &str) -> Result<Vec<Inquiry>, PortError> {
        let (sealer, who, is_alive) = (self.sealer.clone(), who.to_owned(), self.is_alive);
        self.worker.call(move |database| {
            database.write(|transaction| decisions::inquiries(transaction, &sealer, &who, is_alive))
        })
    }

    /// Answers an inquiry; the first answer counts. A dead run that still holds the item is ended first.
    ///
    /// # Errors
    /// [`PortError::Taken`] while a live run holds the item, [`PortError::SameReceipt`] when its receipt is another item's.
    pub fn decide(&self, item: ItemId, answer: &Answer) -> Result<Answering, PortError> {
        let (sealer, answer, is_alive) = (self.sealer.clone(), answer.clone(), self.is_alive);
        self.worker.call(move |database| {
            database.write(|transaction| decisions::answer(transaction, &sealer, (item, &answer), is_alive))
        })
    }

    /// What people have said of items, newest first, at most so many; that `who` read their words is written down.
    pub fn decisions(&self, who: &str, at_most: u32) -> Result<Vec<Decision>, PortError> {
        let (sealer, who) = (self.sealer.clone(), who.to_owned());
        self.worker.call(move |database| {
            database.write(|transaction| decisions::decisions(transaction, &sealer, &who, at_most))
        })
    }

    /// Who read or changed what, in order; an error when the record was changed.
    pub fn audit(&self) -> Result<Vec<AuditEntry>, PortError> {
        let sealer = self.sealer.clone();
        self.worker
            .call(move |database| database.read(|transaction| audit::read(transaction, &sealer)))
    }
}

/// An [`Intake`] for the database's thread.
struct OwnedIntake {
    ledger: String,
    source: String,
    lasting: bool,
    again: Again,
    anew: bool,
    commits: bool,
}

impl OwnedIntake {
    fn of(intake: Intake<'_>) -> OwnedIntake {
        OwnedIntake {
            ledger: intake.ledger.to_owned(),
            source: intake.source.to_owned(),
            lasting: intake.lasting,
            again: intake.again,
            anew: intake.anew,
            commits: intake.commits,
        }
    }

    fn as_intake(&self) -> Intake<'_> {
        Intake {
            ledger: &self.ledger,
            source: &self.source,
            lasting: self.lasting,
            again: self.again,
            anew: self.anew,
            commits: self.commits,
        }
    }
}

impl Ledger for Store {
    fn open_run(&self, run: &NewRun) -> Result<Opened, PortError> {
        let (run, is_alive) = (run.clone(), self.is_alive);
        self.worker
            .call(move |database| database.write(|transaction| runs::open(transaction, run, is_alive)))
    }

    fn survey(&self, lease: Lease, intake: Intake<'_>, items: &[NewItem]) -> Result<Survey, PortError> {
        let mut sealing = items::Sealing::new(&self.sealer, intake.ledger);
        let sealed = items
            .iter()
            .map(|item| sealing.seal(item))
            .collect::<Result<Vec<_>, _>>()?;
        let (sealer, intake) = (self.sealer.clone(), OwnedIntake::of(intake));
        self.worker
            .call(move |database| leftovers::survey(database, &sealer, lease, (intake.as_intake(), &sealed)))
    }

    fn enroll(&self, lease: Lease, intake: Intake<'_>, items: &[NewItem]) -> Result<Vec<Enrolled>, PortError> {
        let mut sealing = items::Sealing::new(&self.sealer, intake.ledger);
        let mut enrolled = Vec::with_capacity(items.len());
        for part in items.chunks(items::ENROLL) {
            let sealed = part
                .iter()
                .map(|item| sealing.seal(item))
                .collect::<Result<Vec<_>, _>>()?;
            let intake = OwnedIntake::of(intake);
            enrolled.extend(self.worker.call(move |database| {
                database.write(|transaction| items::enroll(transaction, lease, intake.as_intake(), &sealed))
            })?);
        }
        Ok(enrolled)
    }

    fn leftovers(&self, lease: Lease, intake: Intake<'_>) -> Result<Vec<Leftover>, PortError> {
        let (sealer, intake) = (self.sealer.clone(), OwnedIntake::of(intake));
        self.worker.call(move |database| {
            database.write(|transaction| leftovers::take(transaction, &sealer, lease, intake.as_intake()))
        })
    }

    fn removed(&self, lease: Lease, intake: Intake<'_>) -> Result<Vec<(ItemId, String)>, PortError> {
        let intake = OwnedIntake::of(intake);
        self.worker.call(move |database| {
            database.write(|transaction| leftovers::removed(transaction, lease, intake.as_intake()))
        })
    }

    fn finished(&self, lease: Lease, handover: Handover<'_>) -> Result<Vec<Finished>, PortError> {
        let (sealer, bot) = (self.sealer.clone(), handover.bot.to_owned());
        let (from, to) = (handover.from.to_owned(), handover.to.to_owned());
        self.worker.call(move |database| {
            let handover = Handover {
                bot: &bot,
                from: &from,
                to: &to,
            };
            database.write(|transaction| handover::finished(transaction, &sealer, lease, handover))
        })
    }

    fn answers(&self, lease: Lease, item: ItemId) -> Result<Vec<Answered>, PortError> {
        let sealer = self.sealer.clone();
        self.worker
            .call(move |database| database.write(|transaction| reviews::answers(transaction, &sealer, lease, item)))
    }

    fn waiting(&self, lease: Lease, ledger: &str) -> Result<Vec<(ItemId, ItemState, String)>, PortError> {
        let ledger = ledger.to_owned();
        self.worker
            .call(move |database| database.write(|transaction| leftovers::waiting(transaction, lease, &ledger)))
    }

    fn kept(&self, lease: Lease, items: &[ItemId]) -> Result<HashMap<ItemId, IndexMap<String, Value>>, PortError> {
        let opened = self.unseal(items, &format!("run {}", lease.run.0))?;
        Ok(opened.into_iter().map(|item| (item.id, item.kept)).collect())
    }

    fn advance(&self, lease: Lease, item: ItemId, step: &Move, events: &[Kind]) -> Result<Vec<Event>, PortError> {
        match step {
            Move::Intend(_) => fail::fail_point!("ledger.before_intent"),
            Move::Finish(_) | Move::Ask { .. } => fail::fail_point!("ledger.before_finish"),
            Move::Claim | Move::Release | Move::Disprove => {}
        }
        let change = moves::Change::new(&self.sealer, item, step)?;
        let (sealer, kinds) = (self.sealer.clone(), events.to_vec());
        let stored = self.worker.call(move |database| match change.is_synced() {
            true => database.write(|transaction| moves::advance(transaction, &sealer, lease, (item, change), kinds)),
            false => {
                database.write_ahead(|transaction| moves::advance(transaction, &sealer, lease, (item, change), kinds))
            }
        })?;
        match step {
            Move::Intend(_) => fail::fail_point!("ledger.after_intent"),
            Move::Finish(_) | Move::Ask { .. } => fail::fail_point!("ledger.after_finish"),
            Move::Claim | Move::Release | Move::Disprove => {}
        }
        Ok(stored)
    }

    fn doubts(&self, lease: Lease, ledger: &str) -> Result<Vec<Doubt>, PortError> {
        let (sealer, ledger) = (self.sealer.clone(), ledger.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| doubts::take_over(transaction, &sealer, lease, &ledger)))
    }

    fn contest(
        &self,
        lease: Lease,
        items: (ItemId, ItemId),
        reason: &str,
        events: &[Kind],
    ) -> Result<Vec<Event>, PortError> {
        let (reason, kinds) = (reason.to_owned(), events.to_vec());
        self.worker.call(move |database| {
            database.write(|transaction| doubts::contest(transaction, lease, items, &reason, kinds))
        })
    }

    fn note_target(&self, lease: Lease, note: &TargetNote) -> Result<(), PortError> {
        let note = note.clone();
        self.worker
            .call(move |database| database.write(|transaction| targets::note(transaction, lease, &note)))
    }

    fn browser_at(&self, lease: Lease, session: Option<&RemoteSession>) -> Result<(), PortError> {
        let session = session.cloned();
        self.worker.call(move |database| {
            database.write(|transaction| doubts::browser_at(transaction, lease, session.as_ref()))
        })
    }

    fn close_run(&self, lease: Lease, outcome: RunOutcome, events: &[Kind]) -> Result<Vec<Event>, PortError> {
        let kinds = events.to_vec();
        let stored = self
            .worker
            .call(move |database| database.write(|transaction| runs::close(transaction, lease, outcome, kinds)))?;
        // The run is over and durable; packing is housekeeping that the next run's end makes up for.
        let _: Result<(), PortError> = self.worker.call(journal::pack_closed);
        Ok(stored)
    }

    fn renew(&self, lease: Lease) -> Result<Requests, PortError> {
        let sealer = self.sealer.clone();
        self.worker
            .call(move |database| database.write(|transaction| runs::renew(transaction, &sealer, lease)))
    }
}

impl EventSink for Store {
    fn record(&self, lease: Lease, events: &[Kind]) -> Result<Vec<Event>, PortError> {
        let kinds = events.to_vec();
        self.worker
            .call(move |database| database.write(|transaction| journal::append(transaction, lease, kinds)))
    }
}

/// The sealer for the key that the database was first sealed with. Only a database that has none yet gets a new key.
fn fitting_sealer(database: &mut Database, key_file: &Path) -> Result<Sealer, StoreError> {
    database.write(|transaction| {
        transaction.lock_schema()?;
        let known = transaction
            .row(sqlx::query("SELECT value FROM setting WHERE name = $1").bind(KEY_CHECK))?
            .map(|row| row.text("value"))
            .transpose()?;
        let path = || key_file.to_owned();
        let key = match (key::load(key_file)?, &known) {
            (Some(key), _) => key,
            (None, Some(_)) => return Err(StoreError::KeyMissing { path: path() }),
            (None, None) => key::create(key_file)?,
        };
        let sealer = Sealer::new(&key);
        let check = sealer.hash(KEY_CHECK, b"");
        match known {
            Some(known) if known == check => {}
            Some(_) => return Err(StoreError::WrongKey { path: path() }),
            None => {
                transaction.execute(
                    sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2)")
                        .bind(KEY_CHECK)
                        .bind(check),
                )?;
            }
        }
        Ok(sealer)
    })
}
