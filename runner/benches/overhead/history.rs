//! What a run left in its history: how long its items took, and what writing them cost.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use indexmap::IndexMap;
use yakin::clock::SystemClock;
use yakin::events::{Event, Kind, RunId};
use yakin::history::{Backend, Options, Store};
use yakin::ports::{Again, EventSink, Finish, Intake, Intent, Ledger, Move, NewItem, NewRun};
use yakin::value::Value;

use crate::Outcome;

/// More events than a benchmark's run has.
const ALL: usize = 1_000_000;

fn open(folder: &Path) -> Outcome<Store> {
    Ok(Store::open(&Options {
        folder: folder.to_owned(),
        backend: Backend::Sqlite,
        clock: Arc::new(SystemClock::start()),
        is_alive: |_| false,
    })?)
}

/// The events of an office's only run.
pub(crate) fn events(office: &Path) -> Outcome<Vec<Event>> {
    Ok(open(&office.join(".yakin"))?.run_events(RunId(1), 1, ALL)?)
}

/// Seconds of each item, to the start of the next one. The first waits for the browser and the last has no next one.
pub(crate) fn item_times(events: &[Event]) -> Vec<f64> {
    let starts: Vec<_> = events
        .iter()
        .filter(|event| matches!(event.kind, Kind::ItemStarted(_)))
        .skip(1)
        .map(|event| event.at)
        .collect();
    let pairs = starts.iter().zip(starts.iter().skip(1));
    pairs.map(|(start, next)| (*next - *start).as_seconds_f64()).collect()
}

/// Events that were written while items were worked, transaction by transaction: one transaction has one time, and the event
/// of a state comes last in it.
pub(crate) fn transactions(events: &[Event]) -> Vec<&[Event]> {
    let started = events
        .iter()
        .position(|event| matches!(event.kind, Kind::ItemStarted(_)));
    let finished = events
        .iter()
        .rposition(|event| matches!(event.kind, Kind::ItemFinished(_)));
    let (Some(started), Some(finished)) = (started, finished) else {
        return Vec::new();
    };
    events
        .get(started..=finished)
        .unwrap_or_default()
        .chunk_by(|one, next| one.at == next.at && moved(&one.kind).is_none())
        .collect()
}

/// Writes the same transactions once more into a new store below `folder`, with nothing else between them; seconds.
pub(crate) fn rewrite(folder: &Path, events: &[Event]) -> Outcome<f64> {
    let folder = tempfile::tempdir_in(folder)?;
    let store = open(folder.path())?;
    let opened = store.open_run(&NewRun {
        bot: "bench".to_owned(),
        host: "bench".to_owned(),
        pid: std::process::id(),
        rehearsal: false,
        target: None,
        can_look: true,
        bundle_hash: String::new(),
        bundle: Vec::new(),
        events: events.first().map(|event| event.kind.clone()).into_iter().collect(),
    })?;
    let mut rows = Vec::new();
    for event in events {
        if let Kind::ItemStarted(item) = &event.kind {
            rows.push(NewItem {
                row: item.row,
                key: item.label.clone(),
                label: item.label.clone(),
                payload: IndexMap::from([("請求番号".to_owned(), Value::Text(item.label.clone()))]),
                made_of: None,
            });
        }
    }
    let enrolled = store.enroll(
        opened.lease,
        Intake {
            ledger: "bench",
            source: "a.csv",
            lasting: false,
            again: Again::Unrefused,
            commits: true,
            anew: false,
        },
        &rows,
    )?;
    let transactions = transactions(events);
    let began = Instant::now();
    for transaction in transactions {
        let kinds: Vec<Kind> = transaction.iter().map(|event| event.kind.clone()).collect();
        let moved = kinds.iter().find_map(moved);
        match moved.and_then(|(row, step)| Some((enrolled.iter().find(|item| item.row == row)?.id, step))) {
            Some((item, step)) => store.advance(opened.lease, item, &step, &kinds)?,
            None => store.record(opened.lease, &kinds)?,
        };
    }
    Ok(began.elapsed().as_secs_f64())
}

/// The row whose item an event moves, and how.
fn moved(kind: &Kind) -> Option<(u64, Move)> {
    match kind {
        Kind::ItemStarted(item) => Some((item.row, Move::Claim)),
        Kind::CommitIntended { item, title } => Some((
            item.row,
            Move::Intend(Intent {
                path: String::new(),
                title: title.clone(),
                known: Vec::new(),
                key: None,
            }),
        )),
        Kind::ItemFinished(finished) => Some((
            finished.item.row,
            Move::Finish(Finish {
                state: finished.state,
                reason: None,
                kept: IndexMap::from([(
                    "受付番号".to_owned(),
                    Value::Text(finished.receipt.clone().unwrap_or_default()),
                )]),
                receipt: None,
            }),
        )),
        _ => None,
    }
}
