//! The systems that runs work in: how many may write at one time, when to let one rest, and what a login was refused with.

use std::time::Duration;

use super::database::{Columns, Transaction, damaged};
use super::{journal, runs};
use crate::ports::run::RunState;
use crate::ports::{Lease, NewRun, PortError, Target, TargetNote};

/// How long a system is left alone after a run has ended early through it.
const REST: Duration = Duration::from_secs(5 * 60);

/// What is known of a system when a run begins.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Whether nobody has come through since a run ended early through it.
    pub(super) doubtful: bool,
    /// What it refused a login with.
    pub(super) refused: Option<String>,
}

/// Lets a run begin in its system, or says why it has to wait.
pub(super) fn admit(
    transaction: &mut Transaction<'_>,
    run: &NewRun,
    is_alive: fn(u32) -> bool,
) -> Result<Known, PortError> {
    let Some(target) = &run.target else {
        return Ok(Known::default());
    };
    let query =
        sqlx::query("INSERT INTO target (name, rests_until, doubtful) VALUES ($1, 0, 0) ON CONFLICT (name) DO NOTHING");
    transaction.execute(query.bind(target.name.clone()))?;
    // An update, because it locks the row: two runs that begin at one time queue here.
    let query = sqlx::query(
        "UPDATE target SET rests_until = rests_until WHERE name = $1 RETURNING rests_until, doubtful, refused",
    );
    let row = transaction
        .row(query.bind(target.name.clone()))?
        .ok_or_else(|| damaged("a system is missing"))?;
    let now = transaction.lease_clock()?;
    let rests_until = row.int("rests_until")?;
    if rests_until > now {
        return Err(PortError::Resting {
            target: target.name.clone(),
            minutes: (rests_until - now + 59_999) / 60_000,
        });
    }
    if let Some(writers) = target.writers {
        room_for(transaction, run, (target, writers), (now, is_alive))?;
    }
    Ok(Known {
        doubtful: row.int("doubtful")? == 1,
        refused: row.text_or_none("refused")?,
    })
}

/// Whether one more run may write.
fn room_for(
    transaction: &mut Transaction<'_>,
    run: &NewRun,
    (target, writers): (&Target, u32),
    (now, is_alive): (i64, fn(u32) -> bool),
) -> Result<(), PortError> {
    let query = sqlx::query(
        "SELECT id, bot, host, pid, lease_until FROM run WHERE target = $1 AND writers IS NOT NULL \
         AND outcome IS NULL AND bot <> $2 ORDER BY id",
    )
    .bind(target.name.clone())
    .bind(run.bot.clone());
    let mut busy = Vec::new();
    for row in transaction.rows(query)? {
        if runs::state_of(&row, false, now, (&run.host, is_alive))? == RunState::Live {
            let host = row.text("host")?;
            busy.push((runs::bot_of(&row.text("bot")?).to_owned(), row.int("id")?, host));
        }
    }
    let full = busy.len() >= usize::try_from(writers).unwrap_or(usize::MAX);
    match busy.into_iter().next().filter(|_| full) {
        Some((bot, id, host)) => Err(PortError::Busy {
            target: target.name.clone(),
            bot,
            run: crate::events::RunId(id),
            host,
        }),
        None => Ok(()),
    }
}

/// Writes down what a run has learnt of its system.
pub(super) fn note(transaction: &mut Transaction<'_>, lease: Lease, note: &TargetNote) -> Result<(), PortError> {
    journal::hold(transaction, lease)?;
    let until = transaction
        .lease_clock()?
        .saturating_add(i64::try_from(REST.as_millis()).unwrap_or(i64::MAX));
    let query = match note {
        TargetNote::Failed => sqlx::query(
            "UPDATE target SET rests_until = $1, doubtful = 1 WHERE name = (SELECT target FROM run WHERE id = $2)",
        )
        .bind(until),
        TargetNote::Well => sqlx::query(
            "UPDATE target SET rests_until = $1, doubtful = 0 WHERE name = (SELECT target FROM run WHERE id = $2)",
        )
        .bind(0_i64),
        TargetNote::LoginRefused(with) => {
            sqlx::query("UPDATE target SET refused = $1 WHERE name = (SELECT target FROM run WHERE id = $2)")
                .bind(with.clone())
        }
    };
    transaction.execute(query.bind(lease.run.0)).map(drop)
}
