//! Runs: opened by one runner at a time for each bot, kept alive by a lease, closed once.

use sqlx::any::AnyRow;

use super::database::{Columns, Transaction, damaged};
use super::seal::Sealer;
use super::{journal, pages, requests, restored, targets};
use crate::events::{Cause, Event, Failure, ItemState, Kind, RunFinished, RunId, RunOutcome, RunStarted};
use crate::ports::item::{self, MoveKind};
use crate::ports::run::{self, RunMove, RunState, Signs};
use crate::ports::{LEASE, Lease, NewRun, Opened, PortError, Requests};
use crate::text::{Message, codes};

/// Stands before the name of a bot whose rehearsal it is.
pub(super) const REHEARSAL: &str = "rehearsal/";

/// Opens a run: ends a dead one of the same bot first, refuses when a live one has the work.
pub(super) fn open(
    transaction: &mut Transaction<'_>,
    run: NewRun,
    is_alive: fn(u32) -> bool,
) -> Result<Opened, PortError> {
    let started = run
        .events
        .iter()
        .find_map(|kind| match kind {
            Kind::RunStarted(started) => Some(started.clone()),
            _ => None,
        })
        .ok_or_else(|| damaged("a run begins with RunStarted"))?;
    let run = NewRun {
        bot: worker_of(&run.bot, run.rehearsal),
        ..run
    };
    let epoch = next_epoch(transaction, &run.bot)?;
    end_dead(transaction, &run.bot, (&run.host, is_alive))?;
    let restored = restored::admit(transaction, &run, &started)?;
    let known = targets::admit(transaction, &run, is_alive)?;
    store_bundle(transaction, &run)?;
    let id = RunId(transaction.take_numbers("run", 1)?);
    let lease = Lease { run: id, epoch };
    insert(transaction, lease, &run, &started)?;
    let events = journal::append(transaction, lease, run.events)?;
    Ok(Opened {
        lease,
        events,
        doubtful: known.doubtful,
        refused: known.refused,
        restored,
    })
}

/// What a run is kept under. A rehearsal has a lease and sums of its own: it must not keep the night's work from
/// beginning, nor be counted as work.
fn worker_of(bot: &str, rehearsal: bool) -> String {
    if rehearsal {
        format!("{REHEARSAL}{bot}")
    } else {
        bot.to_owned()
    }
}

/// The bot that a run is kept under, also of its rehearsals.
pub(super) fn bot_of(worker: &str) -> &str {
    worker.strip_prefix(REHEARSAL).unwrap_or(worker)
}

/// The next epoch of a bot. Two runners that open it at one time queue here.
fn next_epoch(transaction: &mut Transaction<'_>, bot: &str) -> Result<i64, PortError> {
    transaction.execute(
        sqlx::query("INSERT INTO bot (bot, epoch) VALUES ($1, 0) ON CONFLICT (bot) DO NOTHING").bind(bot.to_owned()),
    )?;
    transaction
        .row(sqlx::query("UPDATE bot SET epoch = epoch + 1 WHERE bot = $1 RETURNING epoch").bind(bot.to_owned()))?
        .ok_or_else(|| damaged("a bot is missing"))?
        .int("epoch")
}

/// How a run stands, from its host, process and lease.
pub(super) fn state_of(
    row: &AnyRow,
    ended: bool,
    now: i64,
    (here, is_alive): (&str, fn(u32) -> bool),
) -> Result<RunState, PortError> {
    let pid = u32::try_from(row.int("pid")?).map_err(|_| damaged("a process number is out of range"))?;
    Ok(RunState::of(Signs {
        ended,
        lease_over: row.int("lease_until")? <= now,
        died_here: row.text("host")? == here && !is_alive(pid),
    }))
}

/// Ends the bot's unfinished run if nobody can be working it any more.
///
/// # Errors
/// [`PortError::Taken`] when a live one has the work.
pub(super) fn end_dead(
    transaction: &mut Transaction<'_>,
    worker: &str,
    (here, is_alive): (&str, fn(u32) -> bool),
) -> Result<(), PortError> {
    // An update, because it locks the row: the run cannot renew, write or end until this transaction has.
    let query = sqlx::query(
        "UPDATE run SET last_seq = last_seq WHERE bot = $1 AND outcome IS NULL \
         RETURNING id, host, pid, epoch, lease_until",
    )
    .bind(worker.to_owned());
    let Some(row) = transaction.row(query)? else {
        return Ok(());
    };
    let lease = Lease {
        run: RunId(row.int("id")?),
        epoch: row.int("epoch")?,
    };
    let host = row.text("host")?;
    let now = transaction.lease_clock()?;
    if run::next(state_of(&row, false, now, (here, is_alive))?, RunMove::EndForIt).is_err() {
        return Err(PortError::Taken {
            bot: bot_of(worker).to_owned(),
            run: lease.run,
            host,
        });
    }
    give_back(transaction, lease)?;
    let outcome = RunOutcome::Failed;
    let took = duration(transaction, lease.run)?;
    let died = Kind::RunFinished(RunFinished {
        outcome,
        failure: Some(failure(Message::new(codes::RUN_DIED).with("host", host))),
        took_ms: u64::try_from(took).unwrap_or(0),
    });
    journal::append(transaction, lease, vec![died])?;
    finish(transaction, lease, outcome)
}

/// Ends a run: its last events, what it left half done, and the day's sums.
pub(super) fn close(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    outcome: RunOutcome,
    kinds: Vec<Kind>,
) -> Result<Vec<Event>, PortError> {
    journal::hold(transaction, lease)?;
    give_back(transaction, lease)?;
    let events = journal::append(transaction, lease, kinds)?;
    finish(transaction, lease, outcome)?;
    Ok(events)
}

/// Keeps the lease alive; what was asked of the run.
pub(super) fn renew(transaction: &mut Transaction<'_>, sealer: &Sealer, lease: Lease) -> Result<Requests, PortError> {
    let until = lease_end(transaction)?;
    let query = sqlx::query("UPDATE run SET lease_until = $1 WHERE id = $2 AND epoch = $3 AND outcome IS NULL")
        .bind(until)
        .bind(lease.run.0)
        .bind(lease.epoch);
    if transaction.execute(query)? == 0 {
        return Err(PortError::Fenced);
    }
    requests::of(transaction, sealer, lease.run)
}

fn lease_end(transaction: &mut Transaction<'_>) -> Result<i64, PortError> {
    let length = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    Ok(transaction.lease_clock()?.saturating_add(length))
}

fn store_bundle(transaction: &mut Transaction<'_>, run: &NewRun) -> Result<(), PortError> {
    let query =
        sqlx::query("INSERT INTO bundle (hash, packed, stored_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING")
            .bind(run.bundle_hash.clone())
            .bind(journal::pack(&run.bundle)?)
            .bind(transaction.now());
    transaction.execute(query).map(drop)
}

fn insert(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    run: &NewRun,
    started: &RunStarted,
) -> Result<(), PortError> {
    let until = lease_end(transaction)?;
    let query = sqlx::query(
        "INSERT INTO run (id, bot, name, place, started_by, day, host, pid, epoch, lease_until, bundle, last_seq, \
         started_at, target, writers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $14)",
    )
    .bind(lease.run.0)
    .bind(run.bot.clone())
    .bind(started.name.clone())
    .bind(journal::name_of(&started.place)?)
    .bind(journal::name_of(&started.trigger)?)
    .bind(journal::name_of(&started.date)?)
    .bind(run.host.clone())
    .bind(i64::from(run.pid))
    .bind(lease.epoch)
    .bind(until)
    .bind(run.bundle_hash.clone())
    .bind(transaction.now())
    .bind(run.target.as_ref().map(|target| target.name.clone()))
    .bind(run.target.as_ref().and_then(|target| target.writers).map(i64::from));
    transaction.execute(query).map(drop)
}

/// Gives back what a run had claimed and not begun to register. What it may or may not have registered stays where it is,
/// for the bot's next run or a person to find out.
fn give_back(transaction: &mut Transaction<'_>, lease: Lease) -> Result<(), PortError> {
    let from = ItemState::Claimed;
    let to = item::next(from, MoveKind::Release)?;
    let query = sqlx::query(
        "UPDATE item SET state = $1, reason = NULL, changed_at = $2 WHERE run = $3 AND epoch = $4 AND state = $5",
    )
    .bind(journal::name_of(&to)?)
    .bind(transaction.now())
    .bind(lease.run.0)
    .bind(lease.epoch)
    .bind(journal::name_of(&from)?);
    transaction.execute(query).map(drop)
}

fn failure(message: Message) -> Failure {
    Failure {
        cause: Cause::Environment,
        message,
        page_says: None,
    }
}

/// Milliseconds from the start of a run until now.
fn duration(transaction: &mut Transaction<'_>, run: RunId) -> Result<i64, PortError> {
    let started = transaction
        .row(sqlx::query("SELECT started_at FROM run WHERE id = $1").bind(run.0))?
        .ok_or_else(|| damaged("there is no such run"))?
        .int("started_at")?;
    Ok(transaction.now().saturating_sub(started).max(0))
}

/// Marks a run as over and adds it to its day.
fn finish(transaction: &mut Transaction<'_>, lease: Lease, outcome: RunOutcome) -> Result<(), PortError> {
    let took = duration(transaction, lease.run)?;
    let query =
        sqlx::query("UPDATE run SET outcome = $1, finished_at = $2 WHERE id = $3 AND epoch = $4 AND outcome IS NULL")
            .bind(journal::name_of(&outcome)?)
            .bind(transaction.now())
            .bind(lease.run.0)
            .bind(lease.epoch);
    if transaction.execute(query)? == 0 {
        return Err(PortError::Fenced);
    }
    // Counted when the run is over: what it left between intent and result is in doubt from then on.
    let counts = pages::count(transaction, lease.run)?;
    let query = sqlx::query("UPDATE run SET counts = $1 WHERE id = $2")
        .bind(journal::to_json(&counts)?)
        .bind(lease.run.0);
    transaction.execute(query)?;
    let query = sqlx::query(
        "INSERT INTO run_daily (bot, day, runs, runs_failed, items_done, items_rejected, items_failed, items_waiting, \
         took_ms) SELECT bot, day, 1, $1, $2, $3, $4, $5, $6 FROM run WHERE id = $7 \
         ON CONFLICT (bot, day) DO UPDATE SET runs = run_daily.runs + excluded.runs, \
         runs_failed = run_daily.runs_failed + excluded.runs_failed, \
         items_done = run_daily.items_done + excluded.items_done, \
         items_rejected = run_daily.items_rejected + excluded.items_rejected, \
         items_failed = run_daily.items_failed + excluded.items_failed, \
         items_waiting = run_daily.items_waiting + excluded.items_waiting, \
         took_ms = run_daily.took_ms + excluded.took_ms",
    )
    .bind(i64::from(outcome == RunOutcome::Failed))
    .bind(counts.worked(&[ItemState::Done, ItemState::AlreadyThere]))
    .bind(counts.worked(&[ItemState::Rejected]))
    .bind(counts.worked(&[ItemState::Failed]))
    .bind(counts.worked(&[ItemState::ReadingReview, ItemState::Inquiry, ItemState::ByHand]))
    .bind(took)
    .bind(lease.run.0);
    fail::fail_point!("ledger.closing");
    transaction.execute(query).map(drop)
}
