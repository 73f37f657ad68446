//! The connection: opening, transactions, and rows as plain values.
//!
//! Everything above it is synchronous; this is the only file that knows the driver is not.

use std::future::poll_fn;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, AnyConnection, Connection, Executor, Row};
use tokio::runtime::Runtime;

use super::error::StoreError;
#[cfg(feature = "failpoints")]
use super::faults::{self, Fault};
use crate::clock::Clock;
use crate::ports::PortError;

/// A statement with its values.
pub(super) type Query<'q> = sqlx::query::Query<'q, Any, AnyArguments>;

/// The first SQLite without the WAL-reset bug, which could lose a committed page (sqlite.org, 3.51.3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How often an answer is looked for before it is slept on.
const GLANCES: u32 = 50;

/// Which database, and where.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// A connection URL.
    Postgres(String),
}

/// The connection and what it needs to be driven.
pub(super) struct Database {
    runtime: Runtime,
    target: Target,
    connection: Option<AnyConnection>,
    clock: Arc<dyn Clock>,
}

/// When a transaction is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sync {
    /// Before it is answered for.
    Now,
    /// With the next one that is synced. The database stays whole either way: a power cut loses this one only together
    /// with everything after it.
    WithTheNext,
}

/// A transaction at work. It ends with the closure that it was given to.
pub(super) struct Transaction<'a> {
    runtime: &'a Runtime,
    connection: &'a mut AnyConnection,
    clock: &'a dyn Clock,
    postgres: bool,
    /// Whether a test has taken the connection away.
    #[cfg(feature = "failpoints")]
    cut: bool,
}

impl Database {
    /// Connects, and refuses an SQLite that is known to lose data.
    pub(super) fn connect(target: Target, clock: Arc<dyn Clock>) -> Result<Database, StoreError> {
        sqlx::any::install_default_drivers();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|source| StoreError::Thread { source })?;
        let mut database = Database {
            runtime,
            target,
            connection: None,
            clock,
        };
        let connection = database.open()?;
        database.connection = Some(connection);
        Ok(database)
    }

    fn open(&self) -> Result<AnyConnection, StoreError> {
        let unreachable = |source| StoreError::Unreachable { source };
        self.runtime.block_on(async {
            match &self.target {
                Target::Sqlite(file) => {
                    let mut connection = AnyConnection::connect(&sqlite_url(file)?).await.map_err(unreachable)?;
                    let row = connection
                        .fetch_one("SELECT sqlite_version()")
                        .await
                        .map_err(unreachable)?;
                    check_version(&row.try_get::<String, _>(0).map_err(unreachable)?)?;
                    // auto_vacuum counts only before the first table, so it stands first.
                    for pragma in [
                        "PRAGMA auto_vacuum = INCREMENTAL",
                        "PRAGMA journal_mode = WAL",
                        "PRAGMA synchronous = FULL",
                        "PRAGMA busy_timeout = 5000",
                        "PRAGMA foreign_keys = ON",
                        "PRAGMA journal_size_limit = 67108864",
                    ] {
                        connection.execute(pragma).await.map_err(unreachable)?;
                    }
                    Ok(connection)
                }
                Target::Postgres(url) => {
                    let mut connection = AnyConnection::connect(url).await.map_err(unreachable)?;
                    // An answered commit must be on disk, whatever the server's default is.
                    connection
                        .execute("SET synchronous_commit = on")
                        .await
                        .map_err(unreachable)?;
                    Ok(connection)
                }
            }
        })
    }

    /// Closes the connection; SQLite's log is then copied back, and only then its files may be moved.
    pub(super) fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Whatever fails here is made up for by whoever opens the database next.
            let _ = self.runtime.block_on(connection.close());
        }
    }

    /// Whether it is PostgreSQL.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.target, Target::Postgres(_))
    }

    /// Runs `work` in a transaction that will write: SQLite's write lock is taken at once, so that what is read in it
    /// still holds when it is written.
    pub(super) fn write<T, E: From<PortError>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(self.begin_writing(Sync::Now), work)
    }

    /// As [`Database::write`], for what is worth nothing without a later transaction: everybody sees it at once, but it is
    /// on the disk only with the next transaction that is.
    ///
    /// SQLite's log is one file that is read up to the first frame that is not whole, so no later transaction is there
    /// without it (sqlite.org, "PRAGMA synchronous": in WAL mode `NORMAL` is always consistent and may lose the last
    /// transactions). PostgreSQL's is one log too (`synchronous_commit`: "a risk of data loss, not of inconsistency").
    pub(super) fn write_ahead<T, E: From<PortError>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(self.begin_writing(Sync::WithTheNext), work)
    }

    /// SQLite's setting outlives the transaction and cannot be changed inside one, so each says its own before it begins.
    fn begin_writing(&self, sync: Sync) -> &'static str {
        match (&self.target, sync) {
            (Target::Sqlite(_), Sync::Now) => "PRAGMA synchronous = FULL; BEGIN IMMEDIATE",
            (Target::Sqlite(_), Sync::WithTheNext) => "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE",
            (Target::Postgres(_), Sync::Now) => "BEGIN",
            (Target::Postgres(_), Sync::WithTheNext) => "BEGIN; SET LOCAL synchronous_commit = off",
        }
    }

    /// Runs `work` in a transaction that only reads.
    pub(super) fn read<T>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, PortError>,
    ) -> Result<T, PortError> {
        self.transaction("BEGIN", work)
    }

    /// Runs `work` in a transaction that sees one state of the database all the time, whatever is written meanwhile.
    pub(super) fn snapshot<T, E: From<PortError>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begin = match self.target {
            Target::Sqlite(_) => "BEGIN",
            Target::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.transaction(begin, work)
    }

    /// Copies the whole database into a file that is not there yet, as it is at one moment, while others write.
    /// [`PortError::Store`] on PostgreSQL, which has a tool of its own for that.
    pub(super) fn copy_into(&mut self, file: &str) -> Result<(), PortError> {
        if self.is_postgres() {
            return Err(damaged("PostgreSQL is copied with pg_dump"));
        }
        // Not inside a transaction. Beginning one finds out whether the connection is still there.
        self.read(|_| Ok(()))?;
        let Some(mut connection) = self.connection.take() else {
            return Err(damaged("the connection was lost"));
        };
        let copied = self.runtime.block_on(
            sqlx::query("VACUUM INTO $1")
                .bind(file.to_owned())
                .execute(&mut connection),
        );
        self.connection = Some(connection);
        Ok(copied.map(drop)?)
    }

    /// Runs `work` in a transaction that may write and is undone whatever it answers.
    pub(super) fn on_paper<T>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, PortError>,
    ) -> Result<T, PortError> {
        let mut answer = None;
        let undone: Result<(), PortError> = self.write(|transaction| {
            answer = Some(work(transaction)?);
            Err(damaged("nothing is kept of this"))
        });
        match (answer, undone) {
            (Some(answer), _) => Ok(answer),
            (None, Err(error)) => Err(error),
            (None, Ok(())) => Err(damaged("no answer")),
        }
    }

    fn transaction<T, E: From<PortError>>(
        &mut self,
        begin: &'static str,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.begin(begin)?;
        let mut transaction = Transaction {
            runtime: &self.runtime,
            connection: &mut connection,
            clock: self.clock.as_ref(),
            postgres: matches!(self.target, Target::Postgres(_)),
            #[cfg(feature = "failpoints")]
            cut: false,
        };
        let result = work(&mut transaction).and_then(|value| {
            transaction.execute(sqlx::query("COMMIT"))?;
            Ok(value)
        });
        #[cfg(feature = "failpoints")]
        if transaction.cut {
            return result;
        }
        // A connection that cannot even roll back is given up; the next transaction opens another one.
        if result.is_ok() || transaction.execute(sqlx::query("ROLLBACK")).is_ok() {
            self.connection = Some(connection);
        }
        result
    }

    /// A connection in a new transaction. Nothing was done in it yet, so a connection that was lost meanwhile is
    /// replaced unseen; what was lost later is never repeated here.
    fn begin(&mut self, begin: &'static str) -> Result<AnyConnection, PortError> {
        if let Some(mut connection) = self.connection.take()
            && wait(&self.runtime, connection.execute(begin)).is_ok()
        {
            return Ok(connection);
        }
        let mut connection = self.open().map_err(|error| PortError::Store {
            detail: error.to_string(),
        })?;
        self.runtime.block_on(connection.execute(begin))?;
        Ok(connection)
    }
}

impl Transaction<'_> {
    /// Runs a statement; the number of rows it touched.
    pub(super) fn execute(&mut self, query: Query<'_>) -> Result<u64, PortError> {
        let done = self.drive(|runtime, connection| wait(runtime, query.execute(connection)))?;
        Ok(done.rows_affected())
    }

    /// Runs several statements without values.
    pub(super) fn script(&mut self, sql: &'static str) -> Result<(), PortError> {
        self.drive(|runtime, connection| wait(runtime, sqlx::raw_sql(sql).execute(connection)))
            .map(drop)
    }

    /// The rows of a query.
    pub(super) fn rows(&mut self, query: Query<'_>) -> Result<Vec<AnyRow>, PortError> {
        self.drive(|runtime, connection| wait(runtime, query.fetch_all(connection)))
    }

    /// The first row of a query, if there is one.
    pub(super) fn row(&mut self, query: Query<'_>) -> Result<Option<AnyRow>, PortError> {
        self.drive(|runtime, connection| wait(runtime, query.fetch_optional(connection)))
    }

    fn drive<T>(
        &mut self,
        work: impl FnOnce(&Runtime, &mut AnyConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, PortError> {
        #[cfg(feature = "failpoints")]
        if let Some(fault) = faults::strike() {
            return self.fail(fault, work);
        }
        Ok(work(self.runtime, self.connection)?)
    }

    /// Fails as a database does.
    #[cfg(feature = "failpoints")]
    fn fail<T>(
        &mut self,
        fault: Fault,
        work: impl FnOnce(&Runtime, &mut AnyConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, PortError> {
        self.cut = matches!(fault, Fault::Cut | Fault::Unheard);
        match fault {
            Fault::Busy => Err(damaged("(code: 5) database is locked")),
            Fault::Io => Err(damaged("(code: 10) disk I/O error")),
            Fault::Full => Err(PortError::Full),
            Fault::Cut if self.postgres => {
                let suicide = sqlx::query("SELECT pg_terminate_backend(pg_backend_pid())");
                let ended = self.runtime.block_on(suicide.execute(&mut *self.connection));
                assert!(ended.is_err(), "the server ends the connection before it answers");
                Ok(work(self.runtime, self.connection)?)
            }
            Fault::Cut => Err(damaged("the connection is gone")),
            Fault::Unheard => {
                work(self.runtime, self.connection)?;
                Err(damaged("the connection is gone"))
            }
        }
    }

    /// The wall clock of this machine, in milliseconds.
    pub(super) fn now(&self) -> i64 {
        self.clock.now().timestamp_millis()
    }

    /// The clock that leases are measured with, in milliseconds: the one that all runners share.
    pub(super) fn lease_clock(&mut self) -> Result<i64, PortError> {
        if !self.postgres {
            return Ok(self.now());
        }
        let query = sqlx::query("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now");
        match self.row(query)? {
            Some(row) => row.int("now"),
            None => Err(damaged("the database told no time")),
        }
    }

    /// Keeps other processes from migrating the same database meanwhile; SQLite's write lock does so by itself.
    pub(super) fn lock_schema(&mut self) -> Result<(), PortError> {
        if self.postgres {
            self.row(sqlx::query("SELECT pg_advisory_xact_lock(7911001)"))?;
        }
        Ok(())
    }

    /// Hands out `count` numbers of a counter; the first of them.
    pub(super) fn take_numbers(&mut self, counter: &str, count: i64) -> Result<i64, PortError> {
        let query = sqlx::query("UPDATE counter SET value = value + $1 WHERE name = $2 RETURNING value")
            .bind(count)
            .bind(counter.to_owned());
        match self.row(query)? {
            Some(row) => Ok(row.int("value")? - count + 1),
            None => Err(damaged("a counter is missing")),
        }
    }
}

/// Waits for an answer of the database.
///
/// SQLite answers from a thread of its own, mostly within a few microseconds: sooner than this thread is asleep and awake
/// again on another core. So it looks a few times before it sleeps; a disk or a server takes longer than that.
fn wait<T>(runtime: &Runtime, answer: impl Future<Output = T>) -> T {
    runtime.block_on(async {
        let mut answer = pin!(answer);
        for _ in 0..GLANCES {
            if let Poll::Ready(answer) = poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await {
                return answer;
            }
            std::thread::yield_now();
        }
        answer.await
    })
}

/// Columns of a row by name.
pub(super) trait Columns {
    /// A whole number.
    fn int(&self, name: &str) -> Result<i64, PortError>;
    /// A whole number or nothing.
    fn int_or_none(&self, name: &str) -> Result<Option<i64>, PortError>;
    /// A text.
    fn text(&self, name: &str) -> Result<String, PortError>;
    /// A text or nothing.
    fn text_or_none(&self, name: &str) -> Result<Option<String>, PortError>;
    /// Bytes.
    fn bytes(&self, name: &str) -> Result<Vec<u8>, PortError>;
    /// Bytes or nothing.
    fn bytes_or_none(&self, name: &str) -> Result<Option<Vec<u8>>, PortError>;
}

impl Columns for AnyRow {
    fn int(&self, name: &str) -> Result<i64, PortError> {
        Ok(self.try_get(name)?)
    }
    fn int_or_none(&self, name: &str) -> Result<Option<i64>, PortError> {
        Ok(self.try_get(name)?)
    }
    fn text(&self, name: &str) -> Result<String, PortError> {
        Ok(self.try_get(name)?)
    }
    fn text_or_none(&self, name: &str) -> Result<Option<String>, PortError> {
        Ok(self.try_get(name)?)
    }
    fn bytes(&self, name: &str) -> Result<Vec<u8>, PortError> {
        Ok(self.try_get(name)?)
    }
    fn bytes_or_none(&self, name: &str) -> Result<Option<Vec<u8>>, PortError> {
        Ok(self.try_get(name)?)
    }
}

impl From<sqlx::Error> for PortError {
    fn from(error: sqlx::Error) -> Self {
        // SQLITE_FULL (13) and PostgreSQL's disk_full (53100).
        let code = error.as_database_error().and_then(|error| error.code());
        match code.as_deref() {
            Some("13" | "53100") => PortError::Full,
            _ => PortError::Store {
                detail: error.to_string(),
            },
        }
    }
}

/// The error for a row that does not hold what this program wrote there.
pub(super) fn damaged(what: &str) -> PortError {
    PortError::Store {
        detail: what.to_owned(),
    }
}

/// `($1, $2), ($3, $4)`: places for `rows` rows of `columns` values, counted from `first`.
pub(super) fn places(first: usize, rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let values: Vec<String> = (0..columns)
            .map(|column| format!("${}", first + row * columns + column))
            .collect();
        format!("({})", values.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// The URL of an SQLite file; everything that an URL could take for its own is escaped.
fn sqlite_url(file: &Path) -> Result<String, StoreError> {
    let path = file
        .to_str()
        .ok_or_else(|| StoreError::Path { path: file.to_owned() })?;
    let mut url = String::from("sqlite:");
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => url.push(byte as char),
            other => url.push_str(&format!("%{other:02X}")),
        }
    }
    url.push_str("?mode=rwc");
    Ok(url)
}

fn check_version(version: &str) -> Result<(), StoreError> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE {
        return Err(StoreError::OldSqlite {
            version: version.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_loses_data_is_refused() {
        for (version, fine) in [
            ("3.51.3", true),
            ("3.53.0", true),
            ("4.0.0", true),
            ("3.51.2", false),
            ("3.7.0", false),
            ("3", false),
            ("", false),
        ] {
            assert_eq!(check_version(version).is_ok(), fine, "{version}");
        }
    }

    #[test]
    fn sqlite_keeps_what_it_answered() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::Sqlite(folder.path().join("history.db"));
        let clock = Arc::new(crate::clock::SystemClock::start());
        let mut database = Database::connect(target, clock).expect("SQLite");
        for (pragma, expected) in [
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("auto_vacuum", 2),
            ("busy_timeout", 5000),
        ] {
            let query = format!("SELECT * FROM pragma_{pragma}");
            let row = database
                .read(|transaction| transaction.row(sqlx::query(sqlx::AssertSqlSafe(query))))
                .expect("readable")
                .expect("a row");
            assert_eq!(row.try_get::<i64, _>(0).expect("a number"), expected, "{pragma}");
        }
        let row = database
            .read(|transaction| transaction.row(sqlx::query("SELECT * FROM pragma_journal_mode")))
            .expect("readable")
            .expect("a row");
        assert_eq!(row.try_get::<String, _>(0).expect("a name"), "wal");
    }

    #[test]
    fn each_transaction_says_whether_it_is_synced() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::Sqlite(folder.path().join("history.db"));
        let clock = Arc::new(crate::clock::SystemClock::start());
        let mut database = Database::connect(target, clock).expect("SQLite");
        let level = |transaction: &mut Transaction<'_>| {
            let query = sqlx::query("SELECT CAST(synchronous AS TEXT) AS level FROM pragma_synchronous");
            transaction.row(query)?.expect("a row").text("level")
        };
        let (full, normal) = (Ok("2".to_owned()), Ok("1".to_owned()));
        let told = |level: Result<String, PortError>| level.map_err(|error| error.to_string());
        for _ in 0..2 {
            assert_eq!(told(database.write(level)), full);
            assert_eq!(told(database.write_ahead(level)), normal);
        }
        // One that came to nothing leaves nothing behind either.
        let failed: Result<(), PortError> = database.write_ahead(|_| Err(damaged("undone")));
        assert!(failed.is_err());
        assert_eq!(told(database.write(level)), full);
    }

    #[test]
    fn a_path_survives_the_url() {
        let url = sqlite_url(Path::new("/市役所/a b?c#d%e.db")).expect("UTF-8");
        assert!(url.starts_with("sqlite:/%E5%B8%82"), "{url}");
        assert!(url.ends_with("/a%20b%3Fc%23d%25e.db?mode=rwc"), "{url}");
    }

    #[test]
    fn places_are_numbered_through() {
        assert_eq!(places(1, 2, 2), "($1, $2), ($3, $4)");
        assert_eq!(places(3, 1, 1), "($3)");
        assert_eq!(places(1, 0, 3), "");
    }
}
