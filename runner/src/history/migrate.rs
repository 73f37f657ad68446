//! The schema: embedded migrations, applied once each, in order.

use sha2::{Digest, Sha256};

use super::database::{Columns, Database};
use super::error::StoreError;
use super::hex::hex;
use crate::ports::PortError;

/// Every migration, from version 1.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_start.sql"),
    include_str!("../../migrations/0002_doubt.sql"),
    include_str!("../../migrations/0003_baton.sql"),
    include_str!("../../migrations/0004_forced_stop.sql"),
    include_str!("../../migrations/0005_late_key.sql"),
];

/// Brings the database to the newest schema that this program knows.
///
/// A database that a newer program migrated is refused: an older program does not know what its rows mean.
pub(super) fn migrate(database: &mut Database) -> Result<(), StoreError> {
    apply(database, MIGRATIONS)
}

fn apply(database: &mut Database, migrations: &[&'static str]) -> Result<(), StoreError> {
    database.write(|transaction| {
        transaction.lock_schema()?;
        transaction.script(
            "CREATE TABLE IF NOT EXISTS migration (
                version BIGINT PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL
            )",
        )?;
        let applied = transaction
            .rows(sqlx::query("SELECT version, checksum FROM migration ORDER BY version"))?
            .iter()
            .map(|row| Ok((row.int("version")?, row.text("checksum")?)))
            .collect::<Result<Vec<_>, PortError>>()?;
        if let Some((found, _)) = applied.last()
            && applied.len() > migrations.len()
        {
            return Err(StoreError::NewerSchema {
                found: *found,
                known: count(migrations.len()),
            });
        }
        for (index, sql) in migrations.iter().enumerate() {
            let version = count(index + 1);
            match applied.get(index) {
                Some((_, sum)) if *sum == checksum(sql) => {}
                Some(_) => return Err(StoreError::OtherSchema { version }),
                None => {
                    transaction.script(sql)?;
                    fail::fail_point!("store.migrating");
                    let now = transaction.now();
                    transaction.execute(
                        sqlx::query("INSERT INTO migration (version, checksum, applied_at) VALUES ($1, $2, $3)")
                            .bind(version)
                            .bind(checksum(sql))
                            .bind(now),
                    )?;
                }
            }
        }
        Ok(())
    })
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The same on every machine: a checkout may have changed the line ends.
fn checksum(sql: &str) -> String {
    hex(&Sha256::digest(sql.replace("\r\n", "\n")))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::SystemClock;
    use crate::history::database::Target;

    #[test]
    fn a_schema_is_applied_once_and_a_newer_or_other_one_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || {
            let target = Target::Sqlite(folder.path().join("練習 100%.db"));
            Database::connect(target, Arc::new(SystemClock::start())).expect("SQLite")
        };
        let one = "CREATE TABLE one (id BIGINT PRIMARY KEY)";
        let two = "CREATE TABLE two (id BIGINT PRIMARY KEY)";
        apply(&mut open(), &[one, two]).expect("first time");
        apply(&mut open(), &[one, two]).expect("second time");
        assert!(matches!(
            apply(&mut open(), &[one]),
            Err(StoreError::NewerSchema { found: 2, known: 1 })
        ));
        assert!(matches!(
            apply(&mut open(), &[two, one]),
            Err(StoreError::OtherSchema { version: 1 })
        ));
    }

    #[test]
    fn line_ends_do_not_matter() {
        assert_eq!(checksum("a\r\nb"), checksum("a\nb"));
    }
}
