//! What runs left between intent and result, and receipts that two items have.

use super::database::{Columns, Transaction, damaged};
use super::items::{self, payload_place};
use super::seal::Sealer;
use super::{audit, journal};
use crate::events::{Event, ItemId, ItemState, Kind, RunId};
use crate::ports::item::{self, MoveKind};
use crate::ports::{Doubt, Enrolled, Intent, LastBrowser, Lease, Leftover, PortError, Receipt, RemoteSession};

fn intent_place(item: ItemId) -> String {
    format!("intent {}", item.0)
}

/// Seals an intent.
pub(super) fn seal(sealer: &Sealer, item: ItemId, intent: &Intent) -> Result<Vec<u8>, PortError> {
    sealer.seal(&intent_place(item), journal::to_json(intent)?.as_bytes())
}

fn open(sealer: &Sealer, item: ItemId, sealed: &[u8]) -> Result<Intent, PortError> {
    let json = sealer.open(&intent_place(item), sealed)?;
    serde_json::from_slice(&json).map_err(|_| PortError::Sealed)
}

/// Takes over what runs of this bot that are over left between intent and result, oldest first.
///
/// Another bot may share the ledger: what its runs left is its own to find out, for only it knows how to look.
pub(super) fn take_over(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    lease: Lease,
    ledger: &str,
) -> Result<Vec<Doubt>, PortError> {
    journal::hold(transaction, lease)?;
    let query = sqlx::query(
        "SELECT item.id, item.label, item.attempts, item.key_hash, item.payload, item.intent, item.run, item.epoch, \
         last.host, last.pid, last.session FROM item JOIN run last ON last.id = item.run \
         WHERE item.ledger = $1 AND item.state = 'committing' AND last.outcome IS NOT NULL \
         AND last.bot = (SELECT own.bot FROM run own WHERE own.id = $2) ORDER BY item.id",
    )
    .bind(ledger.to_owned())
    .bind(lease.run.0);
    let reader = format!("run {}", lease.run.0);
    let mut doubts = Vec::new();
    for row in transaction.rows(query)? {
        let id = ItemId(row.int("id")?);
        let to = item::next(ItemState::Committing, MoveKind::TakeOver)?;
        let taken = sqlx::query(
            "UPDATE item SET state = $1, run = $2, epoch = $3 WHERE id = $4 AND state = 'committing' AND run = $5 AND epoch = $6",
        )
        .bind(journal::name_of(&to)?)
        .bind(lease.run.0)
        .bind(lease.epoch)
        .bind(id.0)
        .bind(row.int("run")?)
        .bind(row.int("epoch")?);
        if transaction.execute(taken)? != 1 {
            return Err(damaged("an item in doubt changed while it was taken over"));
        }
        let place = payload_place(&row.text("key_hash")?);
        audit::write(transaction, sealer, &reader, "item.unsealed", &format!("item {}", id.0))?;
        let session = row.text_or_none("session")?;
        doubts.push(Doubt {
            left: Leftover {
                item: Enrolled {
                    id,
                    row: 0,
                    label: row.text("label")?,
                    state: to,
                    workable: false,
                    changed: false,
                    run: row.int_or_none("run")?.map(RunId),
                    attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
                },
                payload: items::open_map(sealer, &place, &row.bytes("payload")?)?,
            },
            // One that cannot be read is a person's matter, like one that was never written down.
            intent: row
                .bytes_or_none("intent")?
                .and_then(|sealed| open(sealer, id, &sealed).ok()),
            browser: LastBrowser {
                host: row.text("host")?,
                pid: u32::try_from(row.int("pid")?).map_err(|_| damaged("a process number is out of range"))?,
                session: session.map(|json| journal::from_json(&json)).transpose()?,
            },
        });
    }
    Ok(doubts)
}

/// Writes down where a run's browser is.
pub(super) fn browser_at(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    session: Option<&RemoteSession>,
) -> Result<(), PortError> {
    journal::hold(transaction, lease)?;
    let json = session.map(journal::to_json).transpose()?;
    let query = sqlx::query("UPDATE run SET session = $1 WHERE id = $2")
        .bind(json)
        .bind(lease.run.0);
    transaction.execute(query).map(drop)
}

/// What is stored of a receipt.
pub(super) fn receipt_hash(sealer: &Sealer, receipt: &Receipt) -> String {
    sealer.hash(&format!("receipt {}", receipt.scope), receipt.text.as_bytes())
}

/// Notes whose a receipt is. [`PortError::SameReceipt`] when it is another item's.
pub(super) fn only_once(transaction: &mut Transaction<'_>, item: ItemId, hash: String) -> Result<(), PortError> {
    let query = sqlx::query("INSERT INTO receipt (hash, item) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
        .bind(hash.clone())
        .bind(item.0);
    if transaction.execute(query)? == 1 {
        return Ok(());
    }
    let query = sqlx::query(
        "SELECT item.id, item.label FROM receipt JOIN item ON item.id = receipt.item WHERE receipt.hash = $1",
    );
    let row = transaction
        .row(query.bind(hash))?
        .ok_or_else(|| damaged("a receipt has no item"))?;
    match ItemId(row.int("id")?) {
        other if other == item => Ok(()),
        other => Err(PortError::SameReceipt {
            other,
            label: row.text("label")?,
        }),
    }
}

/// Sends two items with the same receipt to a person. The other one may have been answered for meanwhile: then it stays.
pub(super) fn contest(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    (own, other): (ItemId, ItemId),
    reason: &str,
    kinds: Vec<Kind>,
) -> Result<Vec<Event>, PortError> {
    let events = journal::append(transaction, lease, kinds)?;
    for (item, from, step) in [
        (own, ItemState::Committing, MoveKind::Finish(ItemState::Inquiry)),
        (other, ItemState::Done, MoveKind::Contest),
    ] {
        let to = item::next(from, step)?;
        let query =
            sqlx::query("UPDATE item SET state = $1, reason = $2, changed_at = $3 WHERE id = $4 AND state = $5")
                .bind(journal::name_of(&to)?)
                .bind(reason.to_owned())
                .bind(transaction.now())
                .bind(item.0)
                .bind(journal::name_of(&from)?);
        if transaction.execute(query)? != 1 && item == own {
            return Err(PortError::Fenced);
        }
    }
    items::list_once(transaction, lease, own)?;
    Ok(events)
}
