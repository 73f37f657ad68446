//! What pages and reports read.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use super::database::{Columns, Transaction, damaged, places};
use super::runs::{REHEARSAL, bot_of};
use super::seal::Sealer;
use super::{audit, items, journal, runs};
use crate::events::{ItemId, ItemState, Place, RunId, RunOutcome, Trigger};
use crate::platform::processes;
use crate::ports::PortError;
use crate::ports::run::RunState;
use crate::value::Value;

/// Which runs a page wants, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Of this bot only.
    pub bot: Option<String>,
    /// With this outcome only.
    pub outcome: Option<RunOutcome>,
    /// Older than this run: the last one of the page before.
    pub before: Option<RunId>,
    /// At most so many.
    pub at_most: u32,
}

/// A run, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRow {
    /// Its number.
    pub run: RunId,
    /// The bot's id.
    pub bot: String,
    /// Whether it only rehearsed the bot's work.
    pub rehearsal: bool,
    /// What people called the bot then.
    pub name: String,
    /// The practice city or the real system.
    pub place: Place,
    /// Who or what started it.
    pub trigger: Trigger,
    /// The business day it worked for.
    pub day: NaiveDate,
    /// Where it ran.
    pub host: String,
    /// Its process there.
    pub pid: u32,
    /// SHA-256 of its bundle, in hex.
    pub bundle: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended, if it did.
    pub finished_at: Option<DateTime<Utc>>,
    /// How it ended, if it did.
    pub outcome: Option<RunOutcome>,
    /// Whether somebody may still be working it: its lease runs, and if it ran on this machine its process lives. What
    /// has neither an outcome nor this was cut off.
    pub live: bool,
    /// Whether people have said something of its items, so that they stand otherwise than when it ended.
    pub decided: bool,
    /// Its items when it ended; while it runs, [`super::Store::counts`] says.
    pub counts: Option<Counts>,
}

/// The items of a run by state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows in all.
    pub rows: u64,
    /// Rows whose item was done before the run took them, or that repeat a row of the same run: 済(重複).
    pub done_before: u64,
    /// The others, by the state of their item.
    pub by_state: BTreeMap<ItemState, u64>,
}

impl Counts {
    /// The number of items in any of these states.
    pub fn of(&self, states: &[ItemState]) -> u64 {
        states.iter().filter_map(|state| self.by_state.get(state)).sum()
    }

    pub(super) fn worked(&self, states: &[ItemState]) -> i64 {
        i64::try_from(self.of(states)).unwrap_or(i64::MAX)
    }
}

/// An item of a run, without what is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// Its number.
    pub id: ItemId,
    /// Its row in the source, from 1.
    pub row: u64,
    /// Its key as people read it.
    pub label: String,
    /// Its state now.
    pub state: ItemState,
    /// Its state when this run took it.
    pub state_before: ItemState,
    /// Reason code, when it is not simply done.
    pub reason: Option<String>,
    /// Attempts so far.
    pub attempts: u32,
}

/// What was sealed of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsealed {
    /// The item.
    pub id: ItemId,
    /// The row's values.
    pub payload: IndexMap<String, Value>,
    /// Receipt number and other kept values; empty when there are none.
    pub kept: IndexMap<String, Value>,
}

const RUN_COLUMNS: &str = "SELECT id, bot, name, place, started_by, day, host, bundle, started_at, finished_at, \
     outcome, counts, lease_until, pid, CASE WHEN EXISTS (SELECT 1 FROM decision JOIN item ON item.id = decision.item \
     WHERE item.run = run.id OR EXISTS (SELECT 1 FROM run_item WHERE run_item.run = run.id AND run_item.item = item.id)) \
     THEN 1 ELSE 0 END AS decided FROM run";

/// The runs of a page.
pub(super) fn runs(
    transaction: &mut Transaction<'_>,
    filter: &RunFilter,
    is_alive: fn(u32) -> bool,
) -> Result<Vec<RunRow>, PortError> {
    let mut conditions = Vec::new();
    let mut texts = Vec::new();
    if let Some(bot) = &filter.bot {
        texts.push(bot.clone());
        texts.push(format!("{REHEARSAL}{bot}"));
        conditions.push(format!("bot IN (${}, ${})", texts.len() - 1, texts.len()));
    }
    if let Some(outcome) = &filter.outcome {
        texts.push(journal::name_of(outcome)?);
        conditions.push(format!("outcome = ${}", texts.len()));
    }
    let next = texts.len() + 1;
    conditions.push(format!("id < ${next}"));
    let sql = format!(
        "{RUN_COLUMNS} WHERE {} ORDER BY id DESC LIMIT ${}",
        conditions.join(" AND "),
        next + 1
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for text in texts {
        query = query.bind(text);
    }
    query = query
        .bind(filter.before.map_or(i64::MAX, |run| run.0))
        .bind(i64::from(filter.at_most));
    let now = transaction.lease_clock()?;
    let rows = transaction.rows(query)?;
    rows.iter().map(|row| run_row(row, now, is_alive)).collect()
}

/// One run, if it is there.
pub(super) fn run(
    transaction: &mut Transaction<'_>,
    run: RunId,
    is_alive: fn(u32) -> bool,
) -> Result<Option<RunRow>, PortError> {
    let query = sqlx::query(sqlx::AssertSqlSafe(format!("{RUN_COLUMNS} WHERE id = $1"))).bind(run.0);
    let now = transaction.lease_clock()?;
    transaction
        .row(query)?
        .as_ref()
        .map(|row| run_row(row, now, is_alive))
        .transpose()
}

/// Whether somebody may still be working a run.
pub(super) fn is_live(row: &AnyRow, now: i64, is_alive: fn(u32) -> bool) -> Result<bool, PortError> {
    let ended = row.text_or_none("outcome")?.is_some();
    Ok(runs::state_of(row, ended, now, (&processes::host_name(), is_alive))? == RunState::Live)
}

fn run_row(row: &AnyRow, now: i64, is_alive: fn(u32) -> bool) -> Result<RunRow, PortError> {
    let worker = row.text("bot")?;
    Ok(RunRow {
        live: is_live(row, now, is_alive)?,
        decided: row.int("decided")? == 1,
        run: RunId(row.int("id")?),
        rehearsal: worker.starts_with(REHEARSAL),
        bot: bot_of(&worker).to_owned(),
        name: row.text("name")?,
        place: journal::named(row.text("place")?)?,
        trigger: journal::named(row.text("started_by")?)?,
        day: journal::named(row.text("day")?)?,
        host: row.text("host")?,
        pid: u32::try_from(row.int("pid")?).map_err(|_| damaged("a process number is out of range"))?,
        bundle: row.text("bundle")?,
        started_at: journal::instant(row.int("started_at")?)?,
        finished_at: row.int_or_none("finished_at")?.map(journal::instant).transpose()?,
        outcome: row.text_or_none("outcome")?.map(journal::named).transpose()?,
        counts: row
            .text_or_none("counts")?
            .map(|json| journal::from_json(&json))
            .transpose()?,
    })
}

/// The state of an item as people may take it: between intent and result, with no run at it, nobody knows.
const STATE: &str = "CASE WHEN item.state = 'committing' AND \
     (SELECT at_work.outcome FROM run at_work WHERE at_work.id = item.run) IS NOT NULL THEN 'inquiry' ELSE item.state END";

/// The items of a run in the order of their rows.
pub(super) fn items(transaction: &mut Transaction<'_>, run: RunId) -> Result<Vec<ItemRow>, PortError> {
    let sql = format!(
        "SELECT item.id, run_item.source_row, item.label, {STATE} AS state, run_item.state_before, item.reason, \
         item.attempts FROM run_item JOIN item ON item.id = run_item.item WHERE run_item.run = $1 \
         ORDER BY run_item.source_row"
    );
    let rows = transaction.rows(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(run.0))?;
    rows.iter()
        .map(|row| {
            Ok(ItemRow {
                id: ItemId(row.int("id")?),
                row: u64::try_from(row.int("source_row")?).unwrap_or(0),
                label: row.text("label")?,
                state: journal::named(row.text("state")?)?,
                state_before: journal::named(row.text("state_before")?)?,
                reason: row.text_or_none("reason")?,
                attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// The items of a run by state, now.
pub(super) fn count(transaction: &mut Transaction<'_>, run: RunId) -> Result<Counts, PortError> {
    let sql = format!(
        "SELECT state_before, state, COUNT(*) AS items, CAST(SUM(source_rows) AS BIGINT) AS source_rows FROM ( \
         SELECT MIN(run_item.state_before) AS state_before, {STATE} AS state, COUNT(*) AS source_rows \
         FROM run_item JOIN item ON item.id = run_item.item WHERE run_item.run = $1 \
         GROUP BY item.id, item.state, item.run) AS each_item GROUP BY state_before, state"
    );
    let rows = transaction.rows(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(run.0))?;
    let mut counts = Counts::default();
    for row in rows {
        let before: ItemState = journal::named(row.text("state_before")?)?;
        let state: ItemState = journal::named(row.text("state")?)?;
        let items = u64::try_from(row.int("items")?).unwrap_or(0);
        let source_rows = u64::try_from(row.int("source_rows")?).unwrap_or(0);
        counts.rows += source_rows;
        counts.done_before += source_rows - items;
        if matches!(before, ItemState::Done | ItemState::AlreadyThere) {
            counts.done_before += items;
        } else {
            *counts.by_state.entry(state).or_default() += items;
        }
    }
    Ok(counts)
}

/// Opens what is sealed of some items, and writes down who did.
pub(super) fn unseal(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    wanted: &[ItemId],
    who: &str,
) -> Result<Vec<Unsealed>, PortError> {
    let mut opened = Vec::with_capacity(wanted.len());
    for part in wanted.chunks(500) {
        let sql = format!(
            "SELECT id, key_hash, payload, kept FROM item WHERE id IN {} ORDER BY id",
            places(1, 1, part.len())
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for item in part {
            query = query.bind(item.0);
        }
        for row in transaction.rows(query)? {
            let id = ItemId(row.int("id")?);
            let place = items::payload_place(&row.text("key_hash")?);
            opened.push(Unsealed {
                id,
                payload: items::open_map(sealer, &place, &row.bytes("payload")?)?,
                kept: match row.bytes_or_none("kept")? {
                    Some(sealed) => items::open_kept(sealer, id, &sealed)?,
                    None => IndexMap::new(),
                },
            });
            audit::write(transaction, sealer, who, "item.unsealed", &format!("item {}", id.0))?;
        }
    }
    Ok(opened)
}

/// The files of a bundle: path relative to the office, content.
pub(super) fn bundle(transaction: &mut Transaction<'_>, hash: &str) -> Result<Vec<(String, String)>, PortError> {
    let query = sqlx::query("SELECT packed FROM bundle WHERE hash = $1").bind(hash.to_owned());
    let row = transaction
        .row(query)?
        .ok_or_else(|| damaged("there is no such bundle"))?;
    journal::unpack(&row.bytes("packed")?)
}
