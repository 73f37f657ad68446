//! What people ask of a run that is at work. The run reads it with each renewal of its lease.

use super::audit;
use super::database::{Columns, Transaction};
use super::seal::Sealer;
use crate::events::RunId;
use crate::ports::{ForcedStop, PortError, Requests};

const CANCEL: &str = "cancel";
const STOP: &str = "stop";

/// What a sealed reason belongs to.
fn place(id: i64) -> String {
    format!("request {id}")
}

/// Asks a run to end at its next safe point. `false` when it is over already.
pub(super) fn cancel(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    run: RunId,
    who: &str,
) -> Result<bool, PortError> {
    ask(transaction, sealer, run, (CANCEL, who, None))
}

/// Has a run stopped in the middle of what it does. `false` when it is over already.
pub(super) fn stop(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    run: RunId,
    stop: &ForcedStop,
) -> Result<bool, PortError> {
    ask(transaction, sealer, run, (STOP, &stop.by, Some(&stop.reason)))
}

fn ask(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    run: RunId,
    (kind, who, reason): (&str, &str, Option<&str>),
) -> Result<bool, PortError> {
    let live = sqlx::query("SELECT id FROM run WHERE id = $1 AND outcome IS NULL").bind(run.0);
    if transaction.row(live)?.is_none() {
        return Ok(false);
    }
    let id = transaction.take_numbers("request", 1)?;
    let reason = reason
        .map(|reason| sealer.seal(&place(id), reason.as_bytes()))
        .transpose()?;
    let query =
        sqlx::query("INSERT INTO request (id, run, kind, asked_by, asked_at, reason) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(id)
            .bind(run.0)
            .bind(kind.to_owned())
            .bind(who.to_owned())
            .bind(transaction.now())
            .bind(reason);
    transaction.execute(query)?;
    audit::write(
        transaction,
        sealer,
        who,
        &format!("run.{kind}"),
        &format!("run {}", run.0),
    )?;
    Ok(true)
}

/// Everything that was asked of a run.
pub(super) fn of(transaction: &mut Transaction<'_>, sealer: &Sealer, run: RunId) -> Result<Requests, PortError> {
    let mut requests = Requests::default();
    let query = sqlx::query("SELECT id, kind, asked_by, reason FROM request WHERE run = $1 ORDER BY id").bind(run.0);
    for row in transaction.rows(query)? {
        match row.text("kind")?.as_str() {
            CANCEL => requests.cancel = true,
            // The first one counts.
            STOP if requests.stop.is_none() => {
                let reason = match row.bytes_or_none("reason")? {
                    Some(sealed) => {
                        let words = sealer.open(&place(row.int("id")?), &sealed)?;
                        String::from_utf8(words.to_vec()).map_err(|_| PortError::Sealed)?
                    }
                    None => String::new(),
                };
                requests.stop = Some(ForcedStop {
                    by: row.text("asked_by")?,
                    reason,
                });
            }
            _ => {}
        }
    }
    Ok(requests)
}
