//! A store on a database of its own, on either kind of database, and the small things that the cases are made of.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use indexmap::IndexMap;
use sqlx::{AnyConnection, Connection, Executor};
use yakin::clock::Clock;
use yakin::events::{
    Event, ItemFinished, ItemId, ItemRef, ItemState, Kind, Place, RunFinished, RunId, RunOutcome, RunStarted, Trigger,
};
use yakin::history::{Backend, Options, Store, StoreError};
use yakin::ports::{Again, Enrolled, Finish, Intake, Intent, Lease, Ledger, Move, NewItem, NewRun, Opened, PortError};
use yakin::value::{Class, Classed, Value};

/// The file and ledger of most cases.
pub(super) const FROM_A: Intake<'_> = Intake {
    ledger: "juminhyo",
    source: "inbox/a.csv",
    lasting: false,
    again: Again::Unrefused,
    commits: false,
    anew: false,
};
/// The next night's file.
pub(super) const FROM_B: Intake<'_> = Intake {
    source: "inbox/b.csv",
    ..FROM_A
};

/// The process number that the fixture takes for a dead process.
pub(super) const DEAD: u32 = 999;
/// One that it takes for a live one.
pub(super) const ALIVE: u32 = 1;

/// A clock that stands still until a test moves it.
pub(super) struct HeldClock(Mutex<DateTime<Utc>>);

impl HeldClock {
    pub(super) fn pass(&self, time: TimeDelta) {
        *self.0.lock().expect("not poisoned") += time;
    }
}

impl Clock for HeldClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("not poisoned")
    }
    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
    fn sleep(&self, _: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(std::future::ready(()))
    }
}

/// A database of its own and the folder beside it.
pub(crate) struct Fixture {
    pub(super) folder: tempfile::TempDir,
    pub(super) clock: Arc<HeldClock>,
    backend: Backend,
    server: Option<(String, String)>,
}

impl Fixture {
    pub(super) fn sqlite() -> Fixture {
        Fixture::new(Backend::Sqlite, None)
    }

    /// SQLite in memory, where there is such a folder: for what counts statements and not their durability.
    pub(super) fn sqlite_in_memory_folder() -> Fixture {
        let memory = std::path::Path::new("/dev/shm");
        let mut fixture = Fixture::sqlite();
        if memory.is_dir() {
            fixture.folder = tempfile::tempdir_in(memory).expect("a folder");
        }
        fixture
    }

    /// `None` only when the tests were told to skip PostgreSQL.
    pub(crate) fn postgres() -> Option<Fixture> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        if std::env::var("YAKIN_TEST_SKIP_POSTGRES").is_ok_and(|skip| skip == "1") {
            return None;
        }
        let server = std::env::var("YAKIN_TEST_POSTGRES").expect(
            "YAKIN_TEST_POSTGRES must hold the URL of a PostgreSQL for tests: \
             export YAKIN_TEST_POSTGRES=$(.ci/postgres.sh), or YAKIN_TEST_SKIP_POSTGRES=1 to go without",
        );
        let name = format!(
            "yakin_{}_{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        execute(&server, &format!("CREATE DATABASE {name}"));
        let (start, _) = server.rsplit_once('/').expect("an URL with a database");
        let url = format!("{start}/{name}");
        Some(Fixture::new(Backend::Postgres(url), Some((server, name))))
    }

    fn new(backend: Backend, server: Option<(String, String)>) -> Fixture {
        let start = "2026-11-23T13:00:00Z".parse().expect("a time");
        Fixture {
            folder: tempfile::tempdir().expect("a folder"),
            clock: Arc::new(HeldClock(Mutex::new(start))),
            backend,
            server,
        }
    }

    pub(super) fn try_open(&self) -> Result<Store, StoreError> {
        Store::open(&Options {
            folder: self.folder.path().join(".yakin"),
            backend: self.backend.clone(),
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            is_alive: |pid| pid != DEAD,
        })
    }

    pub(super) fn open(&self) -> Store {
        self.try_open().expect("the store opens")
    }

    /// Makes an empty database where none is yet.
    pub(super) fn create(&self) {
        if let Backend::Sqlite = &self.backend {
            std::fs::File::create(self.folder.path().join(".yakin/history.db")).expect("a file");
        }
    }

    /// What stands around bytes in hex.
    pub(super) fn bytes_literal(&self) -> (&'static str, &'static str) {
        match &self.backend {
            Backend::Sqlite => ("X'", "'"),
            Backend::Postgres(_) => ("'\\x", "'::bytea"),
        }
    }

    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.backend, Backend::Postgres(_))
    }

    /// Changes the database behind the store's back.
    pub(super) fn sql(&self, statement: &str) {
        execute(&self.url(), statement);
    }

    /// Makes every lease end now, on either kind of clock.
    pub(super) fn end_leases(&self) {
        self.sql("UPDATE run SET lease_until = 0");
    }

    /// One number out of the database.
    pub(super) fn number(&self, query: &str) -> i64 {
        block_on(async {
            let mut connection = AnyConnection::connect(&self.url()).await.expect("a connection");
            let number = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
                .fetch_one(&mut connection)
                .await
                .expect("a number");
            connection.close().await.expect("closed");
            number
        })
    }

    /// Ends every connection to a database server; SQLite has none.
    pub(super) fn cut_connections(&self) {
        if let Backend::Postgres(url) = &self.backend {
            execute(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            );
        }
    }

    pub(crate) fn url(&self) -> String {
        match &self.backend {
            Backend::Sqlite => format!("sqlite:{}", self.folder.path().join(".yakin/history.db").display()),
            Backend::Postgres(url) => url.clone(),
        }
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            execute(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn execute(url: &str, statement: &str) {
    block_on(async {
        let mut connection = AnyConnection::connect(url).await.expect("a connection");
        connection
            .execute(sqlx::AssertSqlSafe(statement))
            .await
            .expect(statement);
        connection.close().await.expect("closed");
    });
}

pub(super) fn block_on<T>(work: impl Future<Output = T>) -> T {
    sqlx::any::install_default_drivers();
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}

pub(super) fn run_of(bot: &str, pid: u32) -> NewRun {
    NewRun {
        bot: bot.to_owned(),
        host: "yakin01".to_owned(),
        pid,
        rehearsal: false,
        target: None,
        can_look: true,
        bundle_hash: "0".repeat(64),
        bundle: vec![("scenarios/登録.yaml".to_owned(), "yakin: 1\n".to_owned())],
        events: vec![Kind::RunStarted(RunStarted {
            bot: bot.to_owned(),
            name: "住民票郵送請求の登録".to_owned(),
            purpose: None,
            bundle: "0".repeat(64),
            trigger: Trigger::Manual,
            place: Place::Practice,
            date: NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day"),
            rehearsal: false,
            resumes: None,
            outline: Vec::new(),
            version: "0.1.0".to_owned(),
            host: "yakin01".to_owned(),
        })],
    }
}

pub(super) fn item(row: u64, key: &str, name: &str) -> NewItem {
    NewItem {
        row,
        key: key.to_owned(),
        label: key.to_owned(),
        payload: values(&[("請求番号", key), ("氏名", name)]),
        made_of: None,
    }
}

pub(super) fn values(pairs: &[(&str, &str)]) -> IndexMap<String, Value> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect()
}

pub(super) fn finish(state: ItemState) -> Move {
    Move::Finish(Finish {
        state,
        reason: None,
        kept: IndexMap::new(),
        receipt: None,
    })
}

pub(super) fn intend() -> Move {
    Move::Intend(Intent {
        path: "steps/5".to_owned(),
        title: "請求の登録".to_owned(),
        known: vec![("住所".to_owned(), Classed::new("長崎市", Class::Personal))],
        key: None,
    })
}

pub(super) fn ended(outcome: RunOutcome) -> Kind {
    Kind::RunFinished(RunFinished {
        outcome,
        failure: None,
        took_ms: 0,
    })
}

pub(super) fn item_ended(id: ItemId, state: ItemState) -> Kind {
    Kind::ItemFinished(ItemFinished {
        item: ItemRef {
            id,
            row: 1,
            label: "A-1".to_owned(),
        },
        state,
        failure: None,
        receipt: None,
        took_ms: 0,
    })
}

pub(super) fn opened(store: &Store, bot: &str) -> Opened {
    store.open_run(&run_of(bot, ALIVE)).expect("the run opens")
}

pub(super) fn enrolled(store: &Store, lease: Lease, items: &[NewItem]) -> Vec<Enrolled> {
    store.enroll(lease, FROM_A, items).expect("enrolled")
}

pub(super) fn only(store: &Store, lease: Lease, one: NewItem) -> Enrolled {
    enrolled(store, lease, &[one]).remove(0)
}

pub(super) fn moved(store: &Store, lease: Lease, item: ItemId, step: &Move) -> Vec<Event> {
    store.advance(lease, item, step, &[]).expect("the move is allowed")
}

pub(super) fn closed(store: &Store, lease: Lease) {
    store
        .close_run(lease, RunOutcome::Succeeded, &[ended(RunOutcome::Succeeded)])
        .expect("the run closes");
}

/// Works an item to its end in a run of its own.
pub(super) fn worked(store: &Store, one: NewItem, state: ItemState) -> ItemId {
    let lease = opened(store, "bot").lease;
    let known = only(store, lease, one);
    moved(store, lease, known.id, &Move::Claim);
    moved(store, lease, known.id, &finish(state));
    closed(store, lease);
    known.id
}

pub(super) fn assert_fenced<T: std::fmt::Debug>(result: Result<T, PortError>) {
    assert!(matches!(result, Err(PortError::Fenced)), "{result:?}");
}

impl Fixture {
    /// Whether the text stands anywhere in the database as it is.
    pub(crate) fn holds(&self, text: &str) -> bool {
        match &self.backend {
            Backend::Sqlite => {
                let folder = std::fs::read_dir(self.folder.path().join(".yakin")).expect("a folder");
                folder
                    .map(|file| file.expect("a file").path())
                    .filter(|path| path.is_file())
                    .any(|path| {
                        let bytes = std::fs::read(path).expect("readable");
                        bytes.windows(text.len()).any(|window| window == text.as_bytes())
                    })
            }
            Backend::Postgres(url) => {
                // A row as text shows its bytes in hex.
                let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
                let rows = block_on(rows_as_text(url));
                rows.iter().any(|row| row.contains(text) || row.contains(&hex))
            }
        }
    }
}

async fn rows_as_text(url: &str) -> Vec<String> {
    let mut connection = AnyConnection::connect(url).await.expect("a connection");
    let tables = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'";
    let tables: Vec<String> = sqlx::query_scalar(tables)
        .fetch_all(&mut connection)
        .await
        .expect("tables");
    let mut rows = Vec::new();
    for table in tables {
        let query = format!("SELECT CAST({table} AS TEXT) FROM {table}");
        let more: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await
            .expect("rows");
        rows.extend(more);
    }
    connection.close().await.expect("closed");
    rows
}

/// The state that an item has now.
pub(super) fn state_of(store: &Store, run: RunId, item: ItemId) -> ItemState {
    let rows = store.items(run).expect("items");
    rows.iter().find(|row| row.id == item).expect("the item").state
}
