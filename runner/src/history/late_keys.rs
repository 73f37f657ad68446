//! Keys that become known only in the middle of an item's work: claimed with its intent, for one item each.

use super::database::{Columns, Transaction, damaged};
use super::journal;
use super::seal::Sealer;
use crate::events::{ItemId, ItemState};
use crate::ports::{LateKey, PortError};

/// What is stored of a late key.
pub(super) fn hash(sealer: &Sealer, key: &LateKey) -> String {
    sealer.hash(&format!("late key {}", key.ledger), key.text.as_bytes())
}

/// Claims a key for an item. What has it and came to nothing gives it up.
///
/// # Errors
/// [`PortError::SameKey`] when something is, was or may have been registered under it for another item.
pub(super) fn claim(transaction: &mut Transaction<'_>, item: ItemId, hash: String) -> Result<(), PortError> {
    let query = sqlx::query("INSERT INTO late_key (hash, item) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
        .bind(hash.clone())
        .bind(item.0);
    if transaction.execute(query)? == 1 {
        return Ok(());
    }
    let query = sqlx::query(
        "SELECT item.id, item.label, item.state FROM late_key JOIN item ON item.id = late_key.item WHERE late_key.hash = $1",
    );
    let row = transaction
        .row(query.bind(hash.clone()))?
        .ok_or_else(|| damaged("a late key has no item"))?;
    let holder = ItemId(row.int("id")?);
    if holder == item {
        return Ok(());
    }
    if !came_to_nothing(journal::named(row.text("state")?)?) {
        return Err(PortError::SameKey {
            label: row.text("label")?,
        });
    }
    // Of two that want it now, the second finds the first's claim: this locks the row.
    let query = sqlx::query("UPDATE late_key SET item = $1 WHERE hash = $2 AND item = $3")
        .bind(item.0)
        .bind(hash)
        .bind(holder.0);
    match transaction.execute(query)? {
        1 => Ok(()),
        _ => Err(PortError::SameKey {
            label: row.text("label")?,
        }),
    }
}

/// Whether nothing was registered for an item in this state, and nobody is about to.
fn came_to_nothing(state: ItemState) -> bool {
    match state {
        ItemState::New | ItemState::Failed | ItemState::Rejected | ItemState::Dropped | ItemState::Rehearsed => true,
        ItemState::Claimed
        | ItemState::Committing
        | ItemState::Done
        | ItemState::AlreadyThere
        | ItemState::ReadingReview
        | ItemState::Inquiry
        | ItemState::ByHand => false,
    }
}
