//! Items: stored before the first is worked, and judged by how they ended before.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::database::{Columns, Transaction, damaged, places};
use super::journal;
use super::seal::Sealer;
use crate::events::{ItemId, ItemState, RunId};
use crate::ports::item::{self, MoveKind};
use crate::ports::{Again, Enrolled, Intake, Lease, NewItem, PortError};
use crate::text::codes;
use crate::value::Value;

/// Rows of an enrolment in one transaction: few enough to stay flat in memory, many enough to be fast.
pub(super) const ENROLL: usize = 500;

/// A row ready to be stored: nothing in it can be read without the office key.
pub(super) struct Sealed {
    row: u64,
    label: String,
    key_hash: String,
    payload: Vec<u8>,
    payload_hash: String,
    made_of: Option<i64>,
    /// The payload hash of an earlier row of the same call with the same key.
    repeats: Option<String>,
}

/// Seals the rows of one call, part by part, and remembers the keys that it has seen.
pub(super) struct Sealing<'a> {
    sealer: &'a Sealer,
    ledger: &'a str,
    seen: HashMap<String, String>,
}

impl<'a> Sealing<'a> {
    /// Begins with no row seen.
    pub(super) fn new(sealer: &'a Sealer, ledger: &'a str) -> Sealing<'a> {
        Sealing {
            sealer,
            ledger,
            seen: HashMap::new(),
        }
    }

    /// Seals the next row.
    pub(super) fn seal(&mut self, item: &NewItem) -> Result<Sealed, PortError> {
        let key_hash = self.sealer.hash(&format!("key {}", self.ledger), item.key.as_bytes());
        // The order of the columns in a file is no change of the row.
        let mut sorted: Vec<(&String, &Value)> = item.payload.iter().collect();
        sorted.sort_by_key(|(name, _)| *name);
        let payload_hash = self
            .sealer
            .hash(&format!("row {key_hash}"), journal::to_json(&sorted)?.as_bytes());
        let repeats = self.seen.get(&key_hash).cloned();
        if repeats.is_none() {
            self.seen.insert(key_hash.clone(), payload_hash.clone());
        }
        Ok(Sealed {
            row: item.row,
            // PostgreSQL has no way to store this character.
            label: item.label.replace('\0', ""),
            payload: self
                .sealer
                .seal(&payload_place(&key_hash), journal::to_json(&item.payload)?.as_bytes())?,
            payload_hash,
            made_of: item.made_of.map(|item| item.0),
            repeats,
            key_hash,
        })
    }
}

/// What a sealed payload belongs to.
pub(super) fn payload_place(key_hash: &str) -> String {
    format!("payload {key_hash}")
}

/// What sealed kept values belong to.
fn kept_place(item: ItemId) -> String {
    format!("kept {}", item.0)
}

/// Seals kept values.
pub(super) fn seal_kept(sealer: &Sealer, item: ItemId, kept: &IndexMap<String, Value>) -> Result<Vec<u8>, PortError> {
    sealer.seal(&kept_place(item), journal::to_json(kept)?.as_bytes())
}

/// Opens kept values.
pub(super) fn open_kept(sealer: &Sealer, item: ItemId, sealed: &[u8]) -> Result<IndexMap<String, Value>, PortError> {
    open_map(sealer, &kept_place(item), sealed)
}

/// Opens a sealed map of values.
pub(super) fn open_map(sealer: &Sealer, place: &str, sealed: &[u8]) -> Result<IndexMap<String, Value>, PortError> {
    let json = sealer.open(place, sealed)?;
    serde_json::from_slice(&json).map_err(|_| PortError::Sealed)
}

/// An item as the table has it.
struct Stored {
    id: ItemId,
    state: ItemState,
    attempts: i64,
    payload_hash: String,
    settled_hash: Option<String>,
    /// The run that moved it last, and whether that run had another scenario.
    run: Option<RunId>,
    mended: bool,
    /// The file that it stood in last.
    source: String,
    /// Whether the other system's own words ended it.
    refused: bool,
    /// Whether it came to an irreversible act, of a run or of a person.
    intended: bool,
}

impl Stored {
    /// Whether it came to its end without a registration, and is to be worked again: anew as every time, or because its
    /// scenario registers now.
    fn reopens(&self, intake: Intake<'_>) -> bool {
        let registers_now = intake.commits && self.mended;
        self.state == ItemState::Done && !self.intended && (intake.anew || registers_now)
    }

    /// Whether a run may work it, and whether this row differs from the one that its state was reached with.
    fn judge(&self, payload_hash: &str, again: Again) -> (bool, bool) {
        let changed = self.settled_hash.as_deref().is_some_and(|hash| hash != payload_hash);
        let workable = match self.state {
            ItemState::New | ItemState::Failed => true,
            ItemState::Rejected => {
                changed
                    || match again {
                        Again::Unrefused => self.mended && !self.refused,
                        Again::Mended => self.mended,
                        Again::All => true,
                    }
            }
            ItemState::Claimed
            | ItemState::Committing
            | ItemState::Done
            | ItemState::AlreadyThere
            | ItemState::ReadingReview
            | ItemState::Inquiry
            | ItemState::ByHand
            | ItemState::Dropped
            | ItemState::Rehearsed => false,
        };
        (workable, changed)
    }
}

/// Stores rows of a ledger that it does not know yet, and says what it knows of all of them.
pub(super) fn enroll(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    intake: Intake<'_>,
    rows: &[Sealed],
) -> Result<Vec<Enrolled>, PortError> {
    let ledger = intake.ledger;
    journal::hold(transaction, lease)?;
    let mut known = find(transaction, lease, ledger, rows)?;
    let unknown: Vec<&Sealed> = rows
        .iter()
        .filter(|row| row.repeats.is_none() && !known.contains_key(&row.key_hash))
        .collect();
    if !unknown.is_empty() {
        insert(transaction, intake, &unknown)?;
        fail::fail_point!("ledger.enrolling");
        known = find(transaction, lease, ledger, rows)?;
    }
    let mut enrolled = Vec::with_capacity(rows.len());
    for row in rows {
        let stored = known
            .get_mut(&row.key_hash)
            .ok_or_else(|| damaged("an item that was stored is not there"))?;
        if stored.reopens(intake) {
            stored.state = reopen(transaction, stored)?;
        }
        let (workable, mut changed) = stored.judge(&row.payload_hash, intake.again);
        if let Some(first) = &row.repeats {
            changed = *first != row.payload_hash;
        } else if workable && (stored.payload_hash != row.payload_hash || stored.source != intake.source) {
            refresh(transaction, stored.id, intake.source, row)?;
        }
        enrolled.push(Enrolled {
            id: stored.id,
            row: row.row,
            label: row.label.clone(),
            state: stored.state,
            workable: workable && row.repeats.is_none(),
            changed,
            run: stored.run,
            attempts: u32::try_from(stored.attempts).unwrap_or(u32::MAX),
        });
    }
    for item in enrolled.iter().filter(|item| item.run == Some(lease.run)) {
        relist(transaction, lease, item)?;
    }
    let listed: Vec<Listed> = enrolled
        .iter()
        .map(|item| (i64::try_from(item.row).unwrap_or(i64::MAX), item.id, item.state))
        .collect();
    list(transaction, lease, &listed)?;
    Ok(enrolled)
}

fn find(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    ledger: &str,
    rows: &[Sealed],
) -> Result<HashMap<String, Stored>, PortError> {
    let sql = format!(
        "SELECT item.id, item.key_hash, item.state, item.attempts, item.payload_hash, item.settled_hash, item.reason, item.source, item.run, \
         CASE WHEN item.intent IS NULL AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.item = item.id AND \
         decision.state = 'done') THEN 0 ELSE 1 END AS intended, \
         CASE WHEN run.bundle <> (SELECT own.bundle FROM run own WHERE own.id = $1) THEN 1 ELSE 0 END AS mended \
         FROM item LEFT JOIN run ON run.id = item.run WHERE item.ledger = $2 AND item.key_hash IN {}",
        places(3, 1, rows.len())
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(lease.run.0)
        .bind(ledger.to_owned());
    for row in rows {
        query = query.bind(row.key_hash.clone());
    }
    let mut found = HashMap::with_capacity(rows.len());
    for row in transaction.rows(query)? {
        let stored = Stored {
            id: ItemId(row.int("id")?),
            state: journal::named(row.text("state")?)?,
            attempts: row.int("attempts")?,
            payload_hash: row.text("payload_hash")?,
            settled_hash: row.text_or_none("settled_hash")?,
            run: row.int_or_none("run")?.map(RunId),
            source: row.text("source")?,
            mended: row.int("mended")? == 1,
            intended: row.int("intended")? == 1,
            refused: row.text_or_none("reason")?.as_deref() == Some(codes::REFUSED.0),
        };
        found.insert(row.text("key_hash")?, stored);
    }
    Ok(found)
}

fn insert(transaction: &mut Transaction<'_>, intake: Intake<'_>, rows: &[&Sealed]) -> Result<(), PortError> {
    let first = transaction.take_numbers("item", i64::try_from(rows.len()).unwrap_or(i64::MAX))?;
    let now = transaction.now();
    // A bot that shares the ledger may have stored the same key meanwhile: its row stands.
    let sql = format!(
        "INSERT INTO item (id, ledger, source, key_hash, label, state, epoch, attempts, payload, payload_hash, made_of, created_at, \
         changed_at) VALUES {} ON CONFLICT (ledger, key_hash) DO NOTHING",
        places(1, rows.len(), 13)
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for (id, row) in (first..).zip(rows) {
        query = query
            .bind(id)
            .bind(intake.ledger.to_owned())
            .bind(intake.source.to_owned())
            .bind(row.key_hash.clone())
            .bind(row.label.clone())
            .bind(journal::name_of(&ItemState::New)?)
            .bind(0_i64)
            .bind(0_i64)
            .bind(row.payload.clone())
            .bind(row.payload_hash.clone())
            .bind(row.made_of)
            .bind(now)
            .bind(now);
    }
    transaction.execute(query).map(drop)
}

/// Makes work again of an item for which nothing was registered.
fn reopen(transaction: &mut Transaction<'_>, stored: &Stored) -> Result<ItemState, PortError> {
    let to = item::next(stored.state, MoveKind::Reopen)?;
    let query = sqlx::query("UPDATE item SET state = $1, changed_at = $2 WHERE id = $3 AND state = $4")
        .bind(journal::name_of(&to)?)
        .bind(transaction.now())
        .bind(stored.id.0)
        .bind(journal::name_of(&stored.state)?);
    match transaction.execute(query)? {
        1 => Ok(to),
        _ => Err(damaged("an item changed while it was made work again")),
    }
}

/// Keeps the row as it is in the newest file, for an item that is still to be worked.
fn refresh(transaction: &mut Transaction<'_>, item: ItemId, source: &str, row: &Sealed) -> Result<(), PortError> {
    let query = sqlx::query(
        "UPDATE item SET payload = $1, payload_hash = $2, label = $3, source = $4 WHERE id = $5 \
         AND state IN ('new', 'failed', 'rejected')",
    )
    .bind(row.payload.clone())
    .bind(row.payload_hash.clone())
    .bind(row.label.clone())
    .bind(source.to_owned())
    .bind(item.0);
    transaction.execute(query).map(drop)
}

/// A row of a run: its place, which is negative when it stands in no file of the run, its item, and its state.
pub(super) type Listed = (i64, ItemId, ItemState);

/// Notes which rows the run was given, and in what state it found them.
pub(super) fn list(transaction: &mut Transaction<'_>, lease: Lease, listed: &[Listed]) -> Result<(), PortError> {
    let sql = format!(
        "INSERT INTO run_item (run, source_row, item, state_before) VALUES {} ON CONFLICT (run, source_row) DO NOTHING",
        places(1, listed.len(), 4)
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for (place, item, state) in listed {
        query = query
            .bind(lease.run.0)
            .bind(*place)
            .bind(item.0)
            .bind(journal::name_of(state)?);
    }
    transaction.execute(query).map(drop)
}

/// Gives the row of the file to an item that the run had found out about before it read the file.
fn relist(transaction: &mut Transaction<'_>, lease: Lease, item: &Enrolled) -> Result<(), PortError> {
    let query = sqlx::query("UPDATE run_item SET source_row = $1 WHERE run = $2 AND item = $3 AND source_row < 0")
        .bind(i64::try_from(item.row).unwrap_or(i64::MAX))
        .bind(lease.run.0)
        .bind(item.id.0);
    transaction.execute(query).map(drop)
}

/// Lists an item that the run has found out about without having enrolled it: it stands in no file of the run.
pub(super) fn list_once(transaction: &mut Transaction<'_>, lease: Lease, item: ItemId) -> Result<(), PortError> {
    let known = sqlx::query("SELECT item FROM run_item WHERE run = $1 AND item = $2 LIMIT 1")
        .bind(lease.run.0)
        .bind(item.0);
    if transaction.row(known)?.is_some() {
        return Ok(());
    }
    let place = last_place(transaction, lease)? - 1;
    list(transaction, lease, &[(place, item, ItemState::Committing)])
}

/// The place of the last item that stands in no file of the run; 0 when there is none yet.
pub(super) fn last_place(transaction: &mut Transaction<'_>, lease: Lease) -> Result<i64, PortError> {
    let query = sqlx::query("SELECT MIN(source_row) AS last FROM run_item WHERE run = $1").bind(lease.run.0);
    let last = transaction.row(query)?.map(|row| row.int_or_none("last")).transpose()?;
    Ok(last.flatten().unwrap_or(0).min(0))
}
