//! Whether what is sealed opens.

use super::{Inspection, Invariant};
use crate::events::ItemId;
use crate::history::database::{Columns, Transaction};
use crate::history::seal::Sealer;
use crate::history::{doubts, items, journal, reviews, vault};
use crate::ports::PortError;

/// Rows that are held in memory at one time.
const PAGE: i64 = 500;

/// Opens everything that is sealed and keeps none of it.
pub(super) fn look(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    found: &mut Inspection,
) -> Result<(), PortError> {
    rows(transaction, sealer, found)?;
    questions(transaction, sealer, found)?;
    let query = sqlx::query("SELECT name, sealed FROM secret ORDER BY name");
    for row in transaction.rows(query)? {
        let name = row.text("name")?;
        if sealer.open(&vault::place(&name), &row.bytes("sealed")?).is_err() {
            found.blame(Invariant::Sealed, format!("secret {name}"));
        }
    }
    for row in transaction.rows(sqlx::query("SELECT hash, packed FROM bundle"))? {
        if journal::unpack::<Vec<(String, String)>>(&row.bytes("packed")?).is_err() {
            found.blame(Invariant::Events, format!("bundle {}", row.text("hash")?));
        }
    }
    Ok(())
}

fn rows(transaction: &mut Transaction<'_>, sealer: &Sealer, found: &mut Inspection) -> Result<(), PortError> {
    let mut last = 0;
    loop {
        let query =
            sqlx::query("SELECT id, key_hash, payload, kept, intent FROM item WHERE id > $1 ORDER BY id LIMIT $2")
                .bind(last)
                .bind(PAGE);
        let page = transaction.rows(query)?;
        for row in &page {
            last = row.int("id")?;
            let item = ItemId(last);
            let payload = row.bytes("payload")?;
            let mut opens = items::open_map(sealer, &items::payload_place(&row.text("key_hash")?), &payload).is_ok();
            if let Some(kept) = row.bytes_or_none("kept")? {
                opens &= items::open_kept(sealer, item, &kept).is_ok();
            }
            // The first migration has put the payload there, so that it cannot be read: a person's matter.
            if let Some(intent) = row.bytes_or_none("intent")?.filter(|intent| *intent != payload) {
                // An item that was refreshed since has another payload; only an intent under way must open.
                opens &= doubts::open(sealer, item, &intent).is_ok() || !is_at_work(transaction, item)?;
            }
            if !opens {
                found.blame(Invariant::Sealed, format!("item {last}"));
            }
        }
        if page.is_empty() {
            return Ok(());
        }
    }
}

fn is_at_work(transaction: &mut Transaction<'_>, item: ItemId) -> Result<bool, PortError> {
    let query = sqlx::query(
        "SELECT item.id FROM item JOIN run ON run.id = item.run WHERE item.id = $1 AND item.state = 'committing' \
         AND run.outcome IS NULL",
    );
    Ok(transaction.row(query.bind(item.0))?.is_some())
}

fn questions(transaction: &mut Transaction<'_>, sealer: &Sealer, found: &mut Inspection) -> Result<(), PortError> {
    for row in transaction.rows(sqlx::query("SELECT id, question, answer FROM review ORDER BY id"))? {
        let number = row.int("id")?;
        let mut opens = sealer
            .open(&reviews::question_place(number), &row.bytes("question")?)
            .is_ok();
        if let Some(answer) = row.bytes_or_none("answer")? {
            opens &= sealer.open(&reviews::answer_place(number), &answer).is_ok();
        }
        if !opens {
            found.blame(Invariant::Sealed, format!("review {number}"));
        }
    }
    Ok(())
}
