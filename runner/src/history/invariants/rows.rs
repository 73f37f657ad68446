//! Rules that a query can see.

use super::{Inspection, Invariant};
use crate::events::ItemState;
use crate::history::database::{Columns, Transaction};
use crate::history::journal;
use crate::history::pages::Counts;
use crate::ports::PortError;

/// Rows that break a rule: `place` says where.
const QUERIES: &[(Invariant, &str)] = &[
    (
        Invariant::OneItem,
        "SELECT 'item ' || CAST(MIN(id) AS TEXT) AS place FROM item GROUP BY ledger || ' ', key_hash || ' ' HAVING COUNT(*) > 1",
    ),
    (
        Invariant::OneItem,
        "SELECT 'item ' || CAST(receipt.item AS TEXT) AS place FROM receipt LEFT JOIN item ON item.id = receipt.item \
         WHERE item.id IS NULL",
    ),
    (
        Invariant::OneItem,
        "SELECT 'item ' || CAST(late_key.item AS TEXT) AS place FROM late_key LEFT JOIN item ON item.id = late_key.item \
         WHERE item.id IS NULL",
    ),
    (
        Invariant::OneState,
        "SELECT 'run ' || CAST(run_item.run AS TEXT) AS place FROM run_item LEFT JOIN item ON item.id = run_item.item \
         LEFT JOIN run ON run.id = run_item.run WHERE item.id IS NULL OR run.id IS NULL",
    ),
    (
        Invariant::OneState,
        "SELECT 'item ' || CAST(item.id AS TEXT) AS place FROM item WHERE NOT EXISTS \
         (SELECT 1 FROM run_item WHERE run_item.item = item.id)",
    ),
    (
        Invariant::Proved,
        "SELECT 'item ' || CAST(id AS TEXT) AS place FROM item WHERE state IN ('done', 'already_there') \
         AND (run IS NULL OR settled_hash IS NULL)",
    ),
    (
        Invariant::Epoch,
        "SELECT 'item ' || CAST(item.id AS TEXT) AS place FROM item JOIN run ON run.id = item.run \
         WHERE item.epoch <> run.epoch",
    ),
    (
        Invariant::Epoch,
        "SELECT 'run ' || CAST(run.id AS TEXT) AS place FROM run LEFT JOIN bot ON bot.bot = run.bot \
         WHERE bot.bot IS NULL OR run.epoch > bot.epoch",
    ),
    (
        Invariant::Epoch,
        "SELECT 'run ' || CAST(MAX(id) AS TEXT) AS place FROM run GROUP BY bot, epoch HAVING COUNT(*) > 1",
    ),
    (
        Invariant::AtWork,
        "SELECT 'item ' || CAST(item.id AS TEXT) AS place FROM item LEFT JOIN run ON run.id = item.run \
         WHERE (item.state IN ('claimed', 'committing') AND run.id IS NULL) \
         OR (item.state = 'claimed' AND run.outcome IS NOT NULL)",
    ),
    (
        Invariant::AtWork,
        "SELECT 'run ' || CAST(MAX(id) AS TEXT) AS place FROM run WHERE outcome IS NULL GROUP BY bot HAVING COUNT(*) > 1",
    ),
    (
        Invariant::Slot,
        "SELECT 'slot ' || slot.schedule || ' ' || CAST(slot.due_at AS TEXT) AS place FROM slot \
         LEFT JOIN run ON run.id = slot.run WHERE (slot.state = 'ran' OR slot.run IS NOT NULL) AND run.id IS NULL",
    ),
];

/// What SQLite says of its own file.
pub(super) fn engine(transaction: &mut Transaction<'_>, found: &mut Inspection) -> Result<(), PortError> {
    let queries = [
        "SELECT integrity_check AS told FROM pragma_integrity_check LIMIT 20",
        "SELECT \"table\" || ' ' || CAST(\"rowid\" AS TEXT) || ' → ' || parent AS told FROM pragma_foreign_key_check LIMIT 20",
    ];
    for query in queries {
        for row in transaction.rows(sqlx::query(query))? {
            let told = row.text("told")?;
            if told != "ok" {
                found.blame(Invariant::Engine, told);
            }
        }
    }
    Ok(())
}

/// What the rows say of each other.
pub(super) fn look(transaction: &mut Transaction<'_>, found: &mut Inspection) -> Result<(), PortError> {
    for (rule, query) in QUERIES {
        for row in transaction.rows(sqlx::query(*query))? {
            found.blame(*rule, row.text("place")?);
        }
    }
    states(transaction, found)?;
    sums(transaction, found)
}

/// Every state is one that there is.
fn states(transaction: &mut Transaction<'_>, found: &mut Inspection) -> Result<(), PortError> {
    for row in transaction.rows(sqlx::query(
        "SELECT state, COUNT(*) AS items, MIN(id) AS first FROM item GROUP BY state",
    ))? {
        found.items += u64::try_from(row.int("items")?).unwrap_or(0);
        if journal::named::<ItemState>(row.text("state")?).is_err() {
            found.blame(Invariant::OneState, format!("item {}", row.int("first")?));
        }
    }
    Ok(())
}

/// The sums that a run was closed with are those of its rows.
fn sums(transaction: &mut Transaction<'_>, found: &mut Inspection) -> Result<(), PortError> {
    let query = "SELECT run.id, run.counts, COUNT(run_item.item) AS listed FROM run \
         LEFT JOIN run_item ON run_item.run = run.id WHERE run.outcome IS NOT NULL GROUP BY run.id, run.counts";
    for row in transaction.rows(sqlx::query(query))? {
        let listed = u64::try_from(row.int("listed")?).unwrap_or(0);
        let counts = row
            .text_or_none("counts")?
            .and_then(|json| journal::from_json::<Counts>(&json).ok());
        let right = counts.is_some_and(|counts| {
            let states: u64 = counts.by_state.values().sum();
            counts.rows == listed && counts.done_before + states == counts.rows
        });
        if !right {
            found.blame(Invariant::OneState, format!("run {}", row.int("id")?));
        }
    }
    Ok(())
}
