//! How the store is: looked at by really writing, reading and checking.

use super::database::{Columns, Database, damaged};
use super::store::Store;
use crate::ports::PortError;

/// The name of the setting that is written, read and removed again.
const PROBE: &str = "doctor_probe";

/// What the store showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// `SQLite` or `PostgreSQL`, with its version.
    pub engine: String,
    /// The newest migration.
    pub schema: i64,
    /// What the engine's own quick check found wrong; empty when nothing is.
    pub damages: Vec<String>,
    /// SQLite's journal; `None` for PostgreSQL.
    pub journal: Option<String>,
    /// How far the clock that leases are measured with is ahead of this machine's, in milliseconds.
    pub clock_ahead: i64,
}

impl Store {
    /// Writes, reads and removes a row, lets the engine check its file quickly, and compares clocks.
    ///
    /// # Errors
    /// As for every use of the store.
    pub fn health(&self) -> Result<Health, PortError> {
        self.worker.call(look)
    }
}

fn look(database: &mut Database) -> Result<Health, PortError> {
    let postgres = database.is_postgres();
    let clock_ahead = database.write(|transaction| {
        let before = transaction.now();
        let shared = transaction.lease_clock()?;
        let after = transaction.now();
        transaction.execute(
            sqlx::query(
                "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
            )
            .bind(PROBE)
            .bind(before.to_string()),
        )?;
        Ok::<_, PortError>(if postgres { shared - (before + after) / 2 } else { 0 })
    })?;
    database.write(|transaction| {
        let read = transaction.execute(sqlx::query("DELETE FROM setting WHERE name = $1").bind(PROBE))?;
        if read == 1 {
            Ok(())
        } else {
            Err(damaged("what was written is not there"))
        }
    })?;
    let texts = |database: &mut Database, query: &'static str| -> Result<Vec<String>, PortError> {
        let rows = database.read(|transaction| transaction.rows(sqlx::query(query)))?;
        rows.iter().map(|row| row.text("told")).collect()
    };
    let mut health = Health {
        engine: String::new(),
        schema: 0,
        damages: Vec::new(),
        journal: None,
        clock_ahead,
    };
    if postgres {
        let told = texts(database, "SELECT current_setting('server_version') AS told")?;
        health.engine = format!("PostgreSQL {}", told.concat());
    } else {
        health.engine = format!(
            "SQLite {}",
            texts(database, "SELECT sqlite_version() AS told")?.concat()
        );
        health.journal = Some(texts(database, "SELECT journal_mode AS told FROM pragma_journal_mode")?.concat());
        health.damages = texts(database, "SELECT quick_check AS told FROM pragma_quick_check LIMIT 3")?;
        health.damages.retain(|told| told != "ok");
    }
    let newest = "SELECT COALESCE(MAX(version), 0) AS newest FROM migration";
    if let Some(row) = database.read(|transaction| transaction.row(sqlx::query(newest)))? {
        health.schema = row.int("newest")?;
    }
    Ok(health)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::SystemClock;
    use crate::history::{Backend, Options};

    #[test]
    fn a_new_store_is_well_and_nothing_is_left_in_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Options {
            folder: folder.path().to_owned(),
            backend: Backend::Sqlite,
            clock: Arc::new(SystemClock::start()),
            is_alive: |_| false,
        })
        .expect("opened");
        for _ in 0..2 {
            let health = store.health().expect("healthy");
            assert!(health.engine.starts_with("SQLite 3."), "{health:?}");
            assert_eq!(
                (health.damages.len(), health.journal.as_deref()),
                (0, Some("wal")),
                "{health:?}"
            );
            assert!(health.schema > 0 && health.clock_ahead == 0, "{health:?}");
        }
        let left = store.worker.call(|database| {
            database.read(|transaction| {
                transaction.row(sqlx::query("SELECT value FROM setting WHERE name = $1").bind(PROBE))
            })
        });
        assert!(left.expect("readable").is_none());
    }
}
