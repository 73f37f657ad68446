//! What the ledger costs beside the least that it could cost, and how much memory many items take.
//!
//! The least: for each item two transactions of one small row, each synced, on the same disk (an intent before the act, a
//! result after it). The ledger does the same with its events, seals and checks. Both take turns every few items, so that a
//! disk that slows down favours nobody.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;
use sqlx::{AnyConnection, Connection, Executor};
use yakin::clock::{Clock, SystemClock};
use yakin::events::{ItemFinished, ItemRef, ItemState, Kind, Place, RunFinished, RunOutcome, RunStarted, Trigger};
use yakin::history::{Backend, Options, Store};
use yakin::ports::{Again, Enrolled, Finish, Intake, Intent, Lease, Ledger, Move, NewItem, NewRun};
use yakin::value::Value;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Items of a round, and of a turn.
const ITEMS: usize = 200;
const TURN: usize = 10;
/// Items whose memory is measured.
const MANY: usize = 100_000;
/// Rows that are held at one time while memory is measured.
const PART: u64 = 1000;
/// Names this program to itself when it measures memory in a process of its own.
const MEMORY: &str = "--memory";

#[expect(clippy::print_stdout, reason = "a benchmark says what it found")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let done = match words.iter().position(|word| word == MEMORY) {
        Some(place) => hold(words.get(place + 1).and_then(|count| count.parse().ok()).unwrap_or(1)),
        None => compare(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "a benchmark says what it found")]
fn compare() -> Outcome<()> {
    // On a real disk: in memory nothing waits.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut ratios = Vec::new();
    println!("round   bare items/s   ledger items/s   ratio");
    for round in 1..=7 {
        let folder = tempfile::tempdir_in(target)?;
        let (bare, ledger) = round_of(folder.path())?;
        println!("{round:>5}   {bare:>12.0}   {ledger:>14.0}   {:.2}", ledger / bare);
        ratios.push(ledger / bare);
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ratios.len() / 2];
    println!("ledger beside the bare loop: {median:.2} (goal: at least 0.50)");
    let few = memory(1)?;
    let many = memory(MANY)?;
    println!(
        "peak memory: {few:.1} MiB with 1 item, {many:.1} MiB with {MANY}: {:.1} MiB more",
        many - few
    );
    Ok(())
}

/// Items a second of both. What the ledger stores before the first item is worked and after the last one is not an item's.
fn round_of(folder: &Path) -> Outcome<(f64, f64)> {
    let mut bare = Bare::new(folder)?;
    let (store, lease) = opened(&folder.join("store"))?;
    let known = enroll(&store, lease, 1..=ITEMS as u64)?;
    let clock = SystemClock::start();
    let (mut alone, mut ledger) = (Duration::ZERO, Duration::ZERO);
    for items in known.chunks(TURN) {
        let began = clock.monotonic();
        bare.work(items)?;
        let between = clock.monotonic();
        work(&store, lease, items)?;
        alone += between - began;
        ledger += clock.monotonic() - between;
    }
    close(&store, lease)?;
    Ok((ITEMS as f64 / alone.as_secs_f64(), ITEMS as f64 / ledger.as_secs_f64()))
}

/// Two synced transactions an item and nothing else.
struct Bare {
    runtime: tokio::runtime::Runtime,
    connection: AnyConnection,
}

impl Bare {
    fn new(folder: &Path) -> Outcome<Bare> {
        sqlx::any::install_default_drivers();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let url = format!("sqlite:{}?mode=rwc", folder.join("bare.db").display());
        let mut connection = runtime.block_on(AnyConnection::connect(&url))?;
        for statement in [
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE item (id BIGINT PRIMARY KEY, state TEXT NOT NULL)",
        ] {
            runtime.block_on(connection.execute(statement))?;
        }
        Ok(Bare { runtime, connection })
    }

    fn work(&mut self, items: &[Enrolled]) -> Outcome<()> {
        let connection = &mut self.connection;
        self.runtime.block_on(async {
            for item in items {
                for sql in [
                    "INSERT INTO item (id, state) VALUES ($1, 'committing')",
                    "UPDATE item SET state = 'done' WHERE id = $1",
                ] {
                    connection.execute("BEGIN IMMEDIATE").await?;
                    sqlx::query(sql).bind(item.id.0).execute(&mut *connection).await?;
                    connection.execute("COMMIT").await?;
                }
            }
            Ok(())
        })
    }
}

fn opened(folder: &Path) -> Outcome<(Store, Lease)> {
    let store = Store::open(&Options {
        folder: folder.to_owned(),
        backend: Backend::Sqlite,
        clock: Arc::new(SystemClock::start()),
        is_alive: |_| false,
    })?;
    let started = RunStarted {
        bot: "bench".to_owned(),
        name: "bench".to_owned(),
        purpose: None,
        bundle: String::new(),
        trigger: Trigger::Manual,
        place: Place::Practice,
        date: chrono::NaiveDate::default(),
        rehearsal: false,
        resumes: None,
        outline: Vec::new(),
        version: String::new(),
        host: "bench".to_owned(),
    };
    let opened = store.open_run(&NewRun {
        bot: "bench".to_owned(),
        host: "bench".to_owned(),
        pid: std::process::id(),
        target: None,
        rehearsal: false,
        can_look: true,
        bundle_hash: String::new(),
        bundle: Vec::new(),
        events: vec![Kind::RunStarted(started)],
    })?;
    Ok((store, opened.lease))
}

fn enroll(store: &Store, lease: Lease, rows: std::ops::RangeInclusive<u64>) -> Outcome<Vec<Enrolled>> {
    let intake = Intake {
        ledger: "bench",
        source: "bench.csv",
        lasting: false,
        again: Again::Unrefused,
        commits: true,
        anew: false,
    };
    let rows: Vec<NewItem> = rows
        .map(|row| NewItem {
            row,
            key: format!("0081123-{row:06}"),
            label: format!("0081123-{row:06}"),
            payload: [
                ("氏名", "山田花子"),
                ("カナ", "ヤマダ　ハナコ"),
                ("郵便番号", "850-8685"),
            ]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Value::from(value)))
            .collect::<IndexMap<_, _>>(),
            made_of: None,
        })
        .collect();
    Ok(store.enroll(lease, intake, &rows)?)
}

fn work(store: &Store, lease: Lease, known: &[Enrolled]) -> Outcome<()> {
    for item in known {
        let reference = ItemRef {
            id: item.id,
            row: item.row,
            label: item.label.clone(),
        };
        let started = Kind::ItemStarted(reference.clone());
        store.advance(lease, item.id, &Move::Claim, &[started])?;
        let intended = Kind::CommitIntended {
            item: reference.clone(),
            title: "請求の登録".to_owned(),
        };
        let intent = Move::Intend(Intent {
            path: "steps/5".to_owned(),
            title: "請求の登録".to_owned(),
            known: Vec::new(),
            key: None,
        });
        store.advance(lease, item.id, &intent, &[intended])?;
        let finish = Move::Finish(Finish {
            state: ItemState::Done,
            reason: None,
            kept: IndexMap::new(),
            receipt: None,
        });
        let finished = Kind::ItemFinished(ItemFinished {
            item: reference,
            state: ItemState::Done,
            failure: None,
            receipt: None,
            took_ms: 0,
        });
        store.advance(lease, item.id, &finish, &[finished])?;
    }
    Ok(())
}

fn close(store: &Store, lease: Lease) -> Outcome<()> {
    let outcome = RunOutcome::Succeeded;
    let finished = RunFinished {
        outcome,
        failure: None,
        took_ms: 0,
    };
    store.close_run(lease, outcome, &[Kind::RunFinished(finished)])?;
    Ok(())
}

/// The peak memory of a process that enrols so many items and works some of them, in MiB.
fn memory(count: usize) -> Outcome<f64> {
    let own = std::env::current_exe()?;
    let output = Command::new(own).args([MEMORY, &count.to_string()]).output()?;
    let said = String::from_utf8(output.stdout)?;
    let peak = said.lines().find_map(|line| line.strip_prefix("VmHWM "));
    let peak = peak.ok_or("the process told no memory")?;
    Ok(peak.trim().parse::<f64>()? / 1024.0)
}

/// What [`memory`] measures: the rows come in parts and are forgotten, so that what grows is the store's own.
#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn hold(count: usize) -> Outcome<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let (store, lease) = opened(folder.path())?;
    let mut first = 1;
    while first <= count as u64 {
        let last = (first + PART - 1).min(count as u64);
        let known = enroll(&store, lease, first..=last)?;
        work(&store, lease, known.get(..known.len().min(2)).unwrap_or_default())?;
        first = last + 1;
    }
    close(&store, lease)?;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.ok_or("no VmHWM")?.trim().trim_end_matches(" kB");
    println!("VmHWM {peak}");
    Ok(())
}
