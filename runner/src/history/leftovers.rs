//! What earlier runs left: items that a bot enrolled and did not bring to an end.

use super::database::{Columns, Transaction};
use super::items::{self, Listed};
use super::seal::Sealer;
use super::store::ENROLL;
use super::{audit, journal};
use crate::events::{ItemId, ItemState};
use crate::ports::{Enrolled, Lease, Leftover, PortError};

/// Opens the rows of what is left in a ledger and lists them under the run.
///
/// Another bot may share the ledger and be about to work what it has enrolled: only what a run of this bot has listed
/// counts as left by it.
pub(super) fn take(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    lease: Lease,
    ledger: &str,
) -> Result<Vec<Leftover>, PortError> {
    journal::hold(transaction, lease)?;
    let query = sqlx::query(
        "SELECT id, label, state, attempts, key_hash, payload FROM item WHERE ledger = $1 \
         AND state IN ('new', 'failed') AND id NOT IN (SELECT item FROM run_item WHERE run = $2) \
         AND id IN (SELECT run_item.item FROM run_item JOIN run ON run.id = run_item.run \
         WHERE run.bot = (SELECT bot FROM run WHERE id = $3)) ORDER BY id",
    )
    .bind(ledger.to_owned())
    .bind(lease.run.0)
    .bind(lease.run.0);
    let reader = format!("run {}", lease.run.0);
    let mut left = Vec::new();
    for row in transaction.rows(query)? {
        let id = ItemId(row.int("id")?);
        let state: ItemState = journal::named(row.text("state")?)?;
        let place = items::payload_place(&row.text("key_hash")?);
        audit::write(transaction, sealer, &reader, "item.unsealed", &format!("item {}", id.0))?;
        left.push(Leftover {
            item: Enrolled {
                id,
                row: 0,
                label: row.text("label")?,
                state,
                workable: true,
                changed: false,
                attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
            },
            payload: items::open_map(sealer, &place, &row.bytes("payload")?)?,
        });
    }
    let listed: Vec<Listed> = (1..)
        .zip(&left)
        .map(|(place, left)| (-place, left.item.id, left.item.state))
        .collect();
    for part in listed.chunks(ENROLL) {
        items::list(transaction, lease, part)?;
    }
    Ok(left)
}
