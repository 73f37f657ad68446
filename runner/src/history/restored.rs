//! A ledger that was restored from a backup does not know what was registered after it was taken.
//!
//! Until a person has said that both agree again, bot by bot, a run in the real system looks for every item before it
//! registers it; where a scenario has no way to look, it is not run.

use serde::{Deserialize, Serialize};

use super::audit;
use super::database::{Columns, Transaction};
use super::journal;
use super::pages;
use super::seal::Sealer;
use super::store::Store;
use crate::events::{Place, RunId, RunStarted};
use crate::ports::{NewRun, PortError};

/// The setting that says that the store was restored.
const MARK: &str = "restored";
/// Stands before the name of a bot in the setting that says that somebody has compared.
const CONFIRMED: &str = "restored/";
/// More runs than a bot has between a backup and the restore: their epochs are never given again.
const EPOCHS: i64 = 1_000_000;

/// What is known of the restore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// When the backup was taken, as people read it.
    pub taken: String,
    /// Who restored it.
    pub by: String,
    /// The bots whose items somebody has compared with the other system since.
    #[serde(skip)]
    pub confirmed: Vec<String>,
}

/// Marks the store as restored; what was confirmed of an earlier restore counts no more.
fn mark(transaction: &mut Transaction<'_>, sealer: &Sealer, restored: &Restored) -> Result<(), PortError> {
    transaction.execute(sqlx::query("DELETE FROM setting WHERE name LIKE 'restored/%'"))?;
    let query =
        sqlx::query("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
            .bind(MARK)
            .bind(journal::to_json(restored)?);
    transaction.execute(query)?;
    transaction.execute(sqlx::query("UPDATE bot SET epoch = epoch + $1").bind(EPOCHS))?;
    let subject = format!("backup of {}", restored.taken);
    audit::write(transaction, sealer, &restored.by, "store.restored", &subject)
}

fn find(transaction: &mut Transaction<'_>) -> Result<Option<Restored>, PortError> {
    let query = sqlx::query("SELECT value FROM setting WHERE name = $1").bind(MARK);
    let row = transaction.row(query)?;
    row.map(|row| journal::from_json(&row.text("value")?)).transpose()
}

/// Whether a run must look for every item first, because the store was restored from a backup taken then.
/// [`PortError::Restored`] when it has no way to look.
pub(super) fn admit(
    transaction: &mut Transaction<'_>,
    run: &NewRun,
    started: &RunStarted,
) -> Result<Option<String>, PortError> {
    if started.place != Place::Real || run.rehearsal {
        return Ok(None);
    }
    let Some(restored) = find(transaction)? else {
        return Ok(None);
    };
    let query = sqlx::query("SELECT value FROM setting WHERE name = $1").bind(format!("{CONFIRMED}{}", run.bot));
    if transaction.row(query)?.is_some() {
        return Ok(None);
    }
    if run.can_look {
        return Ok(Some(restored.taken));
    }
    Err(PortError::Restored {
        bot: run.bot.clone(),
        taken: restored.taken,
    })
}

impl Store {
    /// What is known of the restore that this store comes from, if it does.
    pub fn restored(&self) -> Result<Option<Restored>, PortError> {
        self.worker.call(|database| {
            database.read(|transaction| {
                let Some(mut restored) = find(transaction)? else {
                    return Ok(None);
                };
                let query = sqlx::query("SELECT name FROM setting WHERE name LIKE 'restored/%' ORDER BY name");
                for row in transaction.rows(query)? {
                    let name = row.text("name")?;
                    restored
                        .confirmed
                        .extend(name.strip_prefix(CONFIRMED).map(str::to_owned));
                }
                Ok(Some(restored))
            })
        })
    }

    /// Marks the store as restored from a backup that was taken then, unless a run is at work in it: that one is answered.
    pub fn mark_restored(&self, taken: &str, who: &str) -> Result<Option<(String, RunId)>, PortError> {
        let (sealer, is_alive) = (self.sealer.clone(), self.is_alive);
        let restored = Restored {
            taken: taken.to_owned(),
            by: who.to_owned(),
            confirmed: Vec::new(),
        };
        self.worker.call(move |database| {
            database.write(|transaction| {
                let open = transaction.rows(sqlx::query("SELECT id FROM run WHERE outcome IS NULL ORDER BY id"))?;
                for row in open {
                    let run = pages::run(transaction, RunId(row.int("id")?), is_alive)?;
                    if let Some(run) = run.filter(|run| run.live) {
                        return Ok(Some((run.bot, run.run)));
                    }
                }
                mark(transaction, &sealer, &restored)?;
                Ok(None)
            })
        })
    }

    /// Writes down that somebody has compared a bot's items with the other system; `false` when nothing was restored.
    pub fn confirm_restored(&self, bot: &str, who: &str) -> Result<bool, PortError> {
        let (sealer, bot, who) = (self.sealer.clone(), bot.to_owned(), who.to_owned());
        self.worker.call(move |database| {
            database.write(|transaction| {
                if find(transaction)?.is_none() {
                    return Ok(false);
                }
                let query = sqlx::query(
                    "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
                )
                .bind(format!("{CONFIRMED}{bot}"))
                .bind(who.clone());
                transaction.execute(query)?;
                audit::write(transaction, &sealer, &who, "store.compared", &format!("bot {bot}"))?;
                Ok(true)
            })
        })
    }
}
