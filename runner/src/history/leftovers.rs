//! What earlier runs left: items that a bot enrolled and did not bring to an end.

use super::database::{Columns, Database, Query, Transaction};
use super::items::{self, Listed, Sealed};
use super::seal::Sealer;
use super::{audit, journal};
use crate::events::{ItemId, ItemState, RunId};
use crate::ports::{Enrolled, Intake, Lease, Leftover, PortError, Survey};

/// Items of a ledger that a run of this bot (for its rehearsal: of the bot itself) has enrolled, and this run has not. It takes the ledger and twice the run.
const OF_EARLIER_RUNS: &str = "ledger = $1 AND id NOT IN (SELECT item FROM run_item WHERE run = $2) \
     AND id IN (SELECT run_item.item FROM run_item JOIN run ON run.id = run_item.run \
     WHERE run.bot = (SELECT REPLACE(bot, 'rehearsal/', '') FROM run WHERE id = $3))";

/// Opens the rows of what is left in a ledger and lists them under the run.
///
/// Another bot may share the ledger and be about to work what it has enrolled: only what a run of this bot has listed
/// counts as left by it.
pub(super) fn take(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    lease: Lease,
    intake: Intake<'_>,
) -> Result<Vec<Leftover>, PortError> {
    let Intake { ledger, source, .. } = intake;
    journal::hold(transaction, lease)?;
    let edited = intake.lasting || is_edited(transaction, lease, source)?;
    let sql = format!(
        "SELECT id, label, state, attempts, run, key_hash, payload FROM item \
         WHERE state IN ('new', 'failed') AND {OF_EARLIER_RUNS} AND source <> $4 AND source <> '{TAKEN_OUT}' ORDER BY id"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(ledger.to_owned())
        .bind(lease.run.0)
        .bind(lease.run.0)
        .bind(if edited {
            source.to_owned()
        } else {
            TAKEN_OUT.to_owned()
        });
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
                run: row.int_or_none("run")?.map(RunId),
                attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
            },
            payload: items::open_map(sealer, &place, &row.bytes("payload")?)?,
        });
    }
    let last = items::last_place(transaction, lease)?;
    let listed: Vec<Listed> = (1..)
        .zip(&left)
        .map(|(place, left)| (last - place, left.item.id, left.item.state))
        .collect();
    for part in listed.chunks(items::ENROLL) {
        items::list(transaction, lease, part)?;
    }
    Ok(left)
}

/// What a run would take upon itself: the very questions that it asks, in one transaction that is undone. Only that rows
/// were opened is written down.
pub(super) fn survey(
    database: &mut Database,
    sealer: &Sealer,
    lease: Lease,
    (intake, rows): (Intake<'_>, &[Sealed]),
) -> Result<Survey, PortError> {
    let survey = database.on_paper(|transaction| {
        let known = transaction.take_numbers("item", 1)?;
        let mut enrolled = Vec::with_capacity(rows.len());
        for part in rows.chunks(items::ENROLL) {
            enrolled.extend(items::enroll(transaction, lease, intake, part)?);
        }
        for item in enrolled.iter_mut().filter(|item| item.id.0 > known) {
            // The number is given to another row once this is undone.
            item.id = ItemId(known - item.id.0);
        }
        Ok(Survey {
            enrolled,
            left: take(transaction, sealer, lease, intake)?,
            removed: removed(transaction, lease, intake)?,
            waiting: waiting(transaction, lease, intake.ledger)?,
        })
    })?;
    let reader = format!("run {}", lease.run.0);
    database.write(|transaction| {
        for left in &survey.left {
            let subject = format!("item {}", left.item.id.0);
            audit::write(transaction, sealer, &reader, "item.unsealed", &subject)?;
        }
        Ok::<(), PortError>(())
    })?;
    Ok(survey)
}

/// The source of a row that was taken out of its file: it stands in none until it comes again.
const TAKEN_OUT: &str = "";

/// Whether the run's file is one that earlier runs read, with some of its rows, and not another under the same name.
fn is_edited(transaction: &mut Transaction<'_>, lease: Lease, source: &str) -> Result<bool, PortError> {
    let listed = sqlx::query("SELECT item FROM run_item WHERE run = $1 LIMIT 1").bind(lease.run.0);
    if transaction.row(listed)?.is_none() {
        return Ok(true);
    }
    let known = sqlx::query(
        "SELECT item.id FROM item JOIN run_item own ON own.item = item.id AND own.run = $1 \
         JOIN run_item earlier ON earlier.item = item.id AND earlier.run <> $2 WHERE item.source = $3 LIMIT 1",
    )
    .bind(lease.run.0)
    .bind(lease.run.0)
    .bind(source.to_owned());
    Ok(transaction.row(known)?.is_some())
}

/// What somebody took out of the file that the run reads, before it was done. It is told once, and left alone from now on.
pub(super) fn removed(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    intake: Intake<'_>,
) -> Result<Vec<(ItemId, String)>, PortError> {
    let Intake { ledger, source, .. } = intake;
    journal::hold(transaction, lease)?;
    let sql = format!(
        "SELECT id, label FROM item WHERE state IN ('new', 'failed') AND {OF_EARLIER_RUNS} AND source = $4 ORDER BY id"
    );
    if !intake.lasting && !is_edited(transaction, lease, source)? {
        return Ok(Vec::new());
    }
    let query = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(ledger.to_owned())
        .bind(lease.run.0)
        .bind(lease.run.0)
        .bind(source.to_owned());
    let removed = named(transaction, query)?;
    for (item, _) in &removed {
        let query = sqlx::query("UPDATE item SET source = $1 WHERE id = $2")
            .bind(TAKEN_OUT)
            .bind(item.0);
        transaction.execute(query)?;
    }
    Ok(removed)
}

/// What waits for a person.
pub(super) fn waiting(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    ledger: &str,
) -> Result<Vec<(ItemId, ItemState, String)>, PortError> {
    let sql = format!(
        "SELECT id, state, label FROM item WHERE state IN ('inquiry', 'reading_review', 'by_hand') AND {OF_EARLIER_RUNS} \
         ORDER BY id"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(ledger.to_owned())
        .bind(lease.run.0)
        .bind(lease.run.0);
    let rows = transaction.rows(query)?;
    rows.iter()
        .map(|row| {
            Ok((
                ItemId(row.int("id")?),
                journal::named(row.text("state")?)?,
                row.text("label")?,
            ))
        })
        .collect()
}

fn named(transaction: &mut Transaction<'_>, query: Query<'_>) -> Result<Vec<(ItemId, String)>, PortError> {
    let rows = transaction.rows(query)?;
    rows.iter()
        .map(|row| Ok((ItemId(row.int("id")?), row.text("label")?)))
        .collect()
}
