//! Backups while others write, and what a restored store lets a run do.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use yakin::backup::{self, BackupError};
use yakin::events::{Kind, Place};
use yakin::history::{Backend, Options, Store, StoreError};
use yakin::ports::{Ledger, NewRun, PortError};

use super::fixture::*;
use super::night::{Office, Register, assert_ended, assert_sound};

fn now() -> DateTime<Utc> {
    "2026-11-23T13:00:00Z".parse().expect("a time")
}

fn open_at(folder: &Path) -> Store {
    Store::open(&Options {
        folder: folder.to_owned(),
        backend: Backend::Sqlite,
        clock: std::sync::Arc::new(yakin::clock::SystemClock::start()),
        is_alive: |pid| pid != DEAD,
    })
    .expect("the store opens")
}

#[test]
fn a_backup_is_taken_while_twenty_write() {
    let fixture = Fixture::sqlite_in_memory_folder();
    let own = fixture.folder.path().join(".yakin");
    let store = fixture.open();
    let register = Register::default();
    let office = |number: usize, night: usize| Office {
        bot: format!("bot-{number}-{night}"),
        register: &register,
    };
    for number in 0..20 {
        office(number, 0).nights(&store).expect("a night before");
        store.note("佐藤", "store.inspected", "store").expect("written");
    }
    let file = fixture.folder.path().join("a.tar");
    let end = AtomicBool::new(false);
    // Opened before anybody writes: a lock may be waited for in vain where twenty write.
    let mut stores: Vec<_> = (0..20).map(|_| fixture.open()).collect();
    std::thread::scope(|scope| {
        for (number, own) in stores.drain(..).enumerate() {
            let (office, end) = (&office, &end);
            scope.spawn(move || {
                for night in 1.. {
                    // Twenty writers wait for each other for longer than one waits for a lock: that is an error, no loss.
                    let _ = office(number, night).nights(&own);
                    if end.load(Ordering::SeqCst) {
                        break;
                    }
                }
            });
        }
        let made = backup::make(&store, &own, &file, false, now());
        end.store(true, Ordering::SeqCst);
        let made = made.expect("a backup");
        assert!(made.manifest.files.len() > 1, "{:?}", made.manifest.missing);
        assert_eq!(made.manifest.missing, Vec::<String>::new());
    });
    let restored = tempfile::tempdir().expect("a folder");
    let manifest = backup::read(&file, restored.path()).expect("whole");
    assert_eq!(manifest.taken_at, now());
    std::fs::copy(own.join("office.key"), restored.path().join("office.key")).expect("the key");
    let store = open_at(restored.path());
    for number in 0..20 {
        assert_ended(&store, &office(number, 0), "before the backup");
    }
    assert_sound(&store, "restored");
    assert!(!store.audit().expect("the chain holds").is_empty());
}

#[test]
fn half_a_backup_and_a_changed_one_are_refused() {
    let fixture = Fixture::sqlite_in_memory_folder();
    let own = fixture.folder.path().join(".yakin");
    let store = fixture.open();
    let register = Register::default();
    let office = Office {
        bot: "bot".to_owned(),
        register: &register,
    };
    office.nights(&store).expect("a night");
    let file = fixture.folder.path().join("a.tar");
    backup::make(&store, &own, &file, true, now()).expect("a backup");
    let again = backup::make(&store, &own, &file, true, now());
    assert!(matches!(again, Err(BackupError::Exists { .. })), "{again:?}");
    let whole = std::fs::read(&file).expect("readable");
    let damaged = fixture.folder.path().join("b.tar");
    let refused = |content: &[u8], why: &str| {
        std::fs::write(&damaged, content).expect("written");
        let into = tempfile::tempdir().expect("a folder");
        let read = backup::read(&damaged, into.path());
        assert!(
            matches!(read, Err(BackupError::NotWhole { .. } | BackupError::Changed { .. })),
            "{why}: {read:?}"
        );
        assert!(backup::peek(&damaged).is_err(), "{why}");
    };
    // Blocks of zeros end an archive; what stands before them is all there is.
    let used = whole.len() - 1024;
    for end in (0..used).step_by(used / 60) {
        refused(&whole[..end], &format!("cut at {end}"));
        let mut changed = whole.clone();
        changed[end] ^= 0x10;
        let read = std::fs::write(&damaged, &changed).map(|()| backup::peek(&damaged));
        // A bit in the padding of a block is nobody's.
        if let Ok(Ok(manifest)) = read {
            assert_eq!(manifest, backup::peek(&file).expect("whole"), "changed at {end}");
        }
    }
    assert_eq!(
        std::fs::read_dir(&own)
            .expect("a folder")
            .filter(|entry| {
                entry
                    .as_ref()
                    .is_ok_and(|entry| entry.file_name().to_string_lossy().contains("part"))
            })
            .count(),
        0,
        "nothing is left over"
    );
}

/// A power cut in the middle of a restore: nothing is run until it was done once more, and nothing is lost.
#[test]
fn a_restore_that_was_broken_off_is_told_and_done_again() {
    let fixture = Fixture::sqlite_in_memory_folder();
    let own = fixture.folder.path().join(".yakin");
    let file = fixture.folder.path().join("a.tar");
    let register = Register::default();
    let office = Office {
        bot: "bot".to_owned(),
        register: &register,
    };
    let store = fixture.open();
    office.nights(&store).expect("a night");
    backup::make(&store, &own, &file, false, now()).expect("a backup");
    drop(store);
    for moved in 0..3 {
        // As far as it had come: marked, and some of the files moved aside.
        let half = fixture.folder.path().join(format!("half-{moved}"));
        std::fs::create_dir(&half).expect("a folder");
        std::fs::write(own.join("restoring"), "").expect("marked");
        for name in ["history.db", "evidence"].into_iter().take(moved) {
            std::fs::rename(own.join(name), half.join(name)).expect("moved");
        }
        let refused = fixture.try_open().err();
        assert!(matches!(refused, Some(StoreError::Restoring { .. })), "{refused:?}");

        let staged = own.join("restore.part");
        std::fs::create_dir(&staged).expect("a folder");
        let manifest = backup::read(&file, &staged).expect("whole");
        let aside = own.join(format!("aside-{moved}"));
        let spot = backup::Spot {
            own: &own,
            staged: &staged,
            aside: &aside,
        };
        backup::keys(spot, &manifest, &[], &file).expect("the key is still there");
        backup::put(spot).expect("put");
        std::fs::remove_dir_all(&staged).expect("removed");
        let store = fixture.open();
        assert_ended(&store, &office, "restored");
        assert_sound(&store, "restored");
        assert!(
            moved > 0 || aside.join("history.db").is_file(),
            "what stood there was kept"
        );
    }
}

fn real(bot: &str, can_look: bool) -> NewRun {
    let mut run = NewRun {
        can_look,
        ..run_of(bot, DEAD)
    };
    for event in &mut run.events {
        if let Kind::RunStarted(started) = event {
            started.place = Place::Real;
        }
    }
    run
}

pub(super) fn a_restored_store_looks_or_waits_for_a_person(fixture: &Fixture) {
    let store = fixture.open();
    let opened = |run: &NewRun| store.open_run(run).map(|opened| opened.restored);
    assert_eq!(opened(&real("a", false)).expect("nothing was restored"), None);
    assert!(!store.confirm_restored("a", "佐藤").expect("readable"));

    // No run is at work, so it may be restored over.
    fixture.end_leases();
    assert_eq!(store.mark_restored("2026-11-22 22:00", "佐藤").expect("marked"), None);
    let refused = opened(&real("a", false));
    assert!(
        matches!(&refused, Err(PortError::Restored { bot, taken }) if bot == "a" && taken == "2026-11-22 22:00"),
        "{refused:?}"
    );
    let looks = opened(&real("a", true)).expect("it looks");
    assert_eq!(looks.as_deref(), Some("2026-11-22 22:00"));
    // What is only practised or rehearsed registers nothing in earnest.
    assert_eq!(opened(&run_of("a", DEAD)).expect("practice"), None);
    let rehearsal = NewRun {
        rehearsal: true,
        ..real("a", false)
    };
    assert_eq!(opened(&rehearsal).expect("a rehearsal"), None);

    assert!(store.confirm_restored("a", "佐藤").expect("written"));
    assert_eq!(opened(&real("a", false)).expect("compared"), None);
    assert!(opened(&real("b", false)).is_err(), "another bot was not compared");
    let known = store.restored().expect("readable").expect("restored");
    assert_eq!((known.by.as_str(), known.confirmed), ("佐藤", vec!["a".to_owned()]));

    // A second restore makes all of it void.
    fixture.end_leases();
    assert_eq!(store.mark_restored("2026-11-20 22:00", "鈴木").expect("marked"), None);
    assert!(opened(&real("a", false)).is_err());
    assert_sound(&store, "after two restores");
    let acts: Vec<String> = store
        .audit()
        .expect("whole")
        .into_iter()
        .map(|entry| entry.act)
        .collect();
    assert_eq!(acts, ["store.restored", "store.compared", "store.restored"]);
}

pub(super) fn nothing_is_restored_over_a_run_at_work(fixture: &Fixture) {
    let store = fixture.open();
    let lease = store
        .open_run(&NewRun {
            host: "elsewhere".to_owned(),
            ..run_of("a", ALIVE)
        })
        .expect("a run")
        .lease;
    let live = store.mark_restored("2026-11-22 22:00", "佐藤").expect("readable");
    assert_eq!(live, Some(("a".to_owned(), lease.run)));
    assert_eq!(store.restored().expect("readable"), None);
    closed(&store, lease);
    assert_eq!(store.mark_restored("2026-11-22 22:00", "佐藤").expect("marked"), None);
    // A runner that comes back from the time before is fenced.
    assert_fenced(store.renew(lease));
}
