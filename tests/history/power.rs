//! What is on the disk after the power went: the database must open, nothing in it may contradict, and what was
//! answered for must be there.
//!
//! What is simulated: SQLite writes a transaction to the end of its log (`-wal`), syncs it, and only then answers. A power
//! cut may therefore lose any of the bytes that were written since the last sync: the end (the file is cut at every frame and
//! inside frames), the middle (a block that was not written while later ones were: zeros in one frame), or leave
//! something else there (noise, one flipped bit). The same is done to every earlier sync, by taking its end for the moment of
//! the cut. And while the log is copied back into the database, any of its pages may be new or old, the log being whole.
//!
//! A claim is not synced before it is answered for, so a cut may come before any of its bytes: it is then one of the cuts
//! above, and what was answered for until the last intent or result is there.
//!
//! What is not simulated: a disk that says that it has synced and has not, and one that damages what it had synced before.
//! Against those there are backups.

use std::path::{Path, PathBuf};

use yakin::clock::{Clock, SystemClock};
use yakin::events::{ItemId, ItemState, Kind, RunId, RunOutcome};
use yakin::history::{Backend, Options, Store};
use yakin::ports::{Ledger, Move};

use super::fixture::*;

/// Offsets in the log's header and frames (sqlite.org, "WAL-mode File Format").
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// What had been answered for when the log was so long.
struct Acknowledged {
    log: usize,
    states: Vec<(ItemId, ItemState)>,
}

/// The files after some work, the database as it was before it, and what was answered for on the way.
struct Disk {
    old: Vec<u8>,
    new: Vec<u8>,
    log: Vec<u8>,
    key: Vec<u8>,
    frame: usize,
    run: RunId,
    acknowledged: Vec<Acknowledged>,
}

impl Disk {
    fn after_work() -> Disk {
        let fixture = Fixture::sqlite();
        drop(fixture.open());
        let own = fixture.folder.path().join(".yakin");
        let old = read(&own, "history.db");
        let store = fixture.open();
        let mut acknowledged = Vec::new();
        let run = work(&store, &own, &mut acknowledged);
        assert!(read(&own, "history.db") == old, "nothing was copied back yet");
        let log = read(&own, "history.db-wal");
        drop(store);
        let size = log[8..12].try_into().expect("four bytes");
        Disk {
            old,
            new: read(&own, "history.db"),
            key: read(&own, "office.key"),
            frame: FRAME_HEADER + u32::from_be_bytes(size) as usize,
            log,
            run,
            acknowledged,
        }
    }

    /// Opens what the cut left. Everything that was answered for with a log of this length is there.
    fn check(&self, (database, log): (&[u8], &[u8]), safe: usize, why: &str) {
        let folder = memory_folder();
        let own = folder.path();
        for (name, content) in [
            ("history.db", database),
            ("history.db-wal", log),
            ("office.key", self.key.as_slice()),
        ] {
            std::fs::write(own.join(name), content).expect("written");
        }
        let store = Store::open(&Options {
            folder: own.to_owned(),
            backend: Backend::Sqlite,
            clock: std::sync::Arc::new(SystemClock::start()) as std::sync::Arc<dyn Clock>,
            is_alive: |_| false,
        });
        let store = store.unwrap_or_else(|error| unreachable!("{why}: {error}"));
        let found = store.inspect().expect("readable");
        assert_eq!(found.violations, [], "{why}");
        let Some(known) = self.acknowledged.iter().rfind(|known| known.log <= safe) else {
            return;
        };
        let rows = store.items(self.run).expect("items");
        for (item, state) in &known.states {
            let now = rows.iter().find(|row| row.id == *item).map(|row| row.state);
            assert!(
                now.is_some_and(|now| rank(now) >= rank(*state)),
                "{why}: {item:?} {state:?} {now:?}"
            );
        }
    }

    fn frames(&self) -> impl Iterator<Item = usize> + use<'_> {
        (HEADER..self.log.len()).step_by(self.frame)
    }
}

fn read(own: &Path, name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(own).join(name)).expect(name)
}

fn memory_folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        return tempfile::tempdir_in(memory).expect("a folder");
    }
    tempfile::tempdir().expect("a folder")
}

/// How far an item has come.
fn rank(state: ItemState) -> u32 {
    match state {
        ItemState::New => 0,
        ItemState::Claimed => 1,
        ItemState::Committing | ItemState::Inquiry => 2,
        _ => 3,
    }
}

/// A run with a few items; after each answer, how long the log is and what is known.
fn work(store: &Store, own: &Path, acknowledged: &mut Vec<Acknowledged>) -> RunId {
    let lease = opened(store, "bot").lease;
    let rows: Vec<_> = (1..=8).map(|row| item(row, &format!("A-{row}"), "山田花子")).collect();
    let known = enrolled(store, lease, &rows);
    let mut states: Vec<(ItemId, ItemState)> = known.iter().map(|known| (known.id, ItemState::New)).collect();
    let mut note = |states: &[(ItemId, ItemState)]| {
        acknowledged.push(Acknowledged {
            log: read(own, "history.db-wal").len(),
            states: states.to_vec(),
        });
    };
    note(&states);
    for place in 0..states.len() {
        let id = states[place].0;
        let events = [Kind::CommitIntended {
            item: yakin::events::ItemRef {
                id,
                row: 1,
                label: "A".to_owned(),
            },
            title: "登録".to_owned(),
        }];
        let steps: [(Move, &[Kind], ItemState); 3] = [
            (Move::Claim, &[], ItemState::Claimed),
            (intend(), &events, ItemState::Committing),
            (
                finish(ItemState::Done),
                &[item_ended(id, ItemState::Done)],
                ItemState::Done,
            ),
        ];
        for (step, events, state) in steps {
            store.advance(lease, id, &step, events).expect("the move is allowed");
            states[place].1 = state;
            note(&states);
        }
    }
    let end = ended(RunOutcome::Succeeded);
    store.close_run(lease, RunOutcome::Succeeded, &[end]).expect("closed");
    note(&states);
    lease.run
}

/// Numbers that look random and are the same every time.
fn noise(seed: usize) -> impl Iterator<Item = u8> {
    let mut state = seed as u64 + 1;
    std::iter::repeat_with(move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    })
}

#[test]
fn the_power_may_go_at_any_moment() {
    let disk = Disk::after_work();
    let mut variants = 0;
    let mut check = |log: &[u8], safe: usize, why: String| {
        disk.check((&disk.old, log), safe, &why);
        variants += 1;
    };
    for start in disk.frames() {
        // The end was not written, at a frame and inside one.
        for torn in [0, 1, FRAME_HEADER, disk.frame / 2, disk.frame - 1] {
            let end = start + torn;
            check(&disk.log[..end], end, format!("cut at {end}"));
        }
        let end = start + disk.frame;
        // Zeros to the end, noise to the end, one block that was not written, one bit that was.
        let mut zeros = disk.log.clone();
        zeros[start..].fill(0);
        check(&zeros, start, format!("zeros from {start}"));
        let mut noisy = disk.log.clone();
        noisy[start..]
            .iter_mut()
            .zip(noise(start))
            .for_each(|(byte, noise)| *byte = noise);
        check(&noisy, start, format!("noise from {start}"));
        let mut hole = disk.log.clone();
        hole[start..end].fill(0);
        check(&hole, start, format!("a hole at {start}"));
        let mut flipped = disk.log.clone();
        flipped[start + FRAME_HEADER + start % (disk.frame - FRAME_HEADER)] ^= 1;
        check(&flipped, start, format!("a bit in {start}"));
    }
    // The log's own header, and no log at all.
    for end in [0, 1, HEADER - 1] {
        check(&disk.log[..end], 0, format!("cut at {end}"));
    }
    assert!(variants >= 500, "only {variants} variants");
}

#[test]
fn the_power_may_go_while_the_log_is_copied_back() {
    let disk = Disk::after_work();
    let size = disk.frame - FRAME_HEADER;
    let pages = disk.new.len().max(disk.old.len()) / size;
    for seed in 0..200 {
        // The database grows as its pages are written; each of them is the old one or the new one, or half of each.
        let mut mixed = disk.old.clone();
        mixed.resize(disk.new.len().max(disk.old.len()), 0);
        for (page, dice) in (0..pages).zip(noise(seed)) {
            let whole = page * size..(page + 1) * size;
            let part = match dice % 3 {
                0 => continue,
                1 => whole,
                _ => whole.start..whole.start + size / 2,
            };
            let part = part.start.min(disk.new.len())..part.end.min(disk.new.len());
            mixed[part.clone()].copy_from_slice(&disk.new[part]);
        }
        let why = format!("while pages were copied back, {seed}");
        disk.check((&mixed, &disk.log), disk.log.len(), &why);
    }
}
