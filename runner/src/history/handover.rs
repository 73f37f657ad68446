//! What one bot has finished, for another one to work.

use indexmap::IndexMap;

use super::database::{Columns, Transaction};
use super::items;
use super::seal::Sealer;
use super::{audit, journal};
use crate::events::ItemId;
use crate::ports::{Finished, Handover, Lease, PortError};

/// Opens the finished items that nothing was settled of in the ledger that takes them.
///
/// What is still to be tried there, or was rejected, is handed over again: the row may be judged otherwise now.
pub(super) fn finished(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    lease: Lease,
    handover: Handover<'_>,
) -> Result<Vec<Finished>, PortError> {
    journal::hold(transaction, lease)?;
    let query = sqlx::query(
        "SELECT item.id, item.key_hash, item.payload, item.kept FROM item JOIN run ON run.id = item.run \
         WHERE item.ledger = $1 AND run.bot = $2 AND item.state IN ('done', 'already_there') \
         AND NOT EXISTS (SELECT 1 FROM item taken WHERE taken.made_of = item.id AND taken.ledger = $3 \
         AND taken.state NOT IN ('new', 'failed', 'rejected')) ORDER BY item.changed_at, item.id",
    )
    .bind(handover.from.to_owned())
    .bind(handover.bot.to_owned())
    .bind(handover.to.to_owned());
    let reader = format!("run {}", lease.run.0);
    let mut finished = Vec::new();
    for row in transaction.rows(query)? {
        let item = ItemId(row.int("id")?);
        let place = items::payload_place(&row.text("key_hash")?);
        audit::write(
            transaction,
            sealer,
            &reader,
            "item.unsealed",
            &format!("item {}", item.0),
        )?;
        finished.push(Finished {
            item,
            payload: items::open_map(sealer, &place, &row.bytes("payload")?)?,
            kept: match row.bytes_or_none("kept")? {
                Some(sealed) => items::open_kept(sealer, item, &sealed)?,
                None => IndexMap::new(),
            },
        });
    }
    Ok(finished)
}
