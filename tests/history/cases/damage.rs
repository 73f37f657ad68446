//! What was changed behind the store's back is told, by the rule that it breaks.

use yakin::events::{EvidenceRole, ItemRef, ItemState, Kind};
use yakin::history::Invariant;
use yakin::ports::{EventSink, EvidenceStore, Ledger, Move};

use super::super::fixture::*;
use super::super::night::{Office, Register, assert_ended, assert_sound};

/// A store with a night in it.
fn worked_night(fixture: &Fixture) -> yakin::history::Store {
    let store = fixture.open();
    let register = Register::default();
    let office = Office {
        bot: "bot".to_owned(),
        register: &register,
    };
    office.nights(&store).expect("a night");
    assert_ended(&store, &office, "undisturbed");
    for _ in 0..3 {
        store.note("佐藤", "store.inspected", "store").expect("written");
    }
    assert_sound(&store, "undisturbed");
    store
}

/// The rules that do not hold.
fn broken(store: &yakin::history::Store) -> Vec<Invariant> {
    let mut rules: Vec<Invariant> = store
        .inspect()
        .expect("readable")
        .violations
        .iter()
        .map(|violation| violation.rule)
        .collect();
    rules.dedup();
    rules
}

pub(crate) fn every_change_behind_its_back_is_told(fixture: &Fixture) {
    let store = worked_night(fixture);
    // What is done, what is told, and what puts it right again.
    let cases: &[(&str, Invariant, &str)] = &[
        (
            "UPDATE item SET settled_hash = NULL WHERE label = 'bot 3-plain'",
            Invariant::Proved,
            "UPDATE item SET settled_hash = payload_hash WHERE label = 'bot 3-plain'",
        ),
        (
            "UPDATE item SET state = 'done' WHERE label = 'bot 4-refused'",
            Invariant::Proved,
            "UPDATE item SET state = 'rejected' WHERE label = 'bot 4-refused'",
        ),
        (
            "UPDATE item SET state = 'lost' WHERE label = 'bot 3-plain'",
            Invariant::OneState,
            "UPDATE item SET state = 'done' WHERE label = 'bot 3-plain'",
        ),
        (
            "UPDATE run SET counts = REPLACE(counts, '\"rows\":6', '\"rows\":7') WHERE id = 1",
            Invariant::OneState,
            "UPDATE run SET counts = REPLACE(counts, '\"rows\":7', '\"rows\":6') WHERE id = 1",
        ),
        (
            "UPDATE item SET state = 'new' WHERE label = 'bot 3-plain'",
            Invariant::Final,
            "UPDATE item SET state = 'done' WHERE label = 'bot 3-plain'",
        ),
        (
            "UPDATE item SET epoch = epoch + 1 WHERE label = 'bot 3-plain'",
            Invariant::Epoch,
            "UPDATE item SET epoch = epoch - 1 WHERE label = 'bot 3-plain'",
        ),
        (
            "UPDATE item SET state = 'claimed' WHERE label = 'bot 4-refused'",
            Invariant::AtWork,
            "UPDATE item SET state = 'rejected' WHERE label = 'bot 4-refused'",
        ),
        (
            "INSERT INTO slot (schedule, due_at, state) VALUES ('bot', 1, 'ran')",
            Invariant::Slot,
            "DELETE FROM slot",
        ),
        (
            "UPDATE audit SET act = act || 'x' WHERE seq = 1",
            Invariant::Audit,
            "UPDATE audit SET act = REPLACE(act, 'x', '') WHERE seq = 1",
        ),
        (
            "UPDATE counter SET value = value + 1 WHERE name = 'audit'",
            Invariant::Audit,
            "UPDATE counter SET value = value - 1 WHERE name = 'audit'",
        ),
        (
            "UPDATE run SET last_seq = last_seq + 1 WHERE id = 1",
            Invariant::Events,
            "UPDATE run SET last_seq = last_seq - 1 WHERE id = 1",
        ),
        (
            "UPDATE item SET key_hash = key_hash || 'x' WHERE label = 'bot 5-asked'",
            Invariant::Sealed,
            "UPDATE item SET key_hash = REPLACE(key_hash, 'x', '') WHERE label = 'bot 5-asked'",
        ),
    ];
    for (change, rule, back) in cases {
        fixture.sql(change);
        assert_eq!(broken(&store), [*rule], "{change}");
        fixture.sql(back);
        assert_sound(&store, back);
    }
    fixture.sql("DELETE FROM event_chunk WHERE run = 1");
    assert!(broken(&store).contains(&Invariant::Events));
}

/// The database itself refuses a second item of one key (I1). A table that was rebuilt without its constraints does not.
pub(crate) fn one_key_with_two_items_is_told(fixture: &Fixture) {
    let store = worked_night(fixture);
    let bare = match fixture.is_postgres() {
        true => {
            "ALTER TABLE item DROP CONSTRAINT item_ledger_key_hash_key; ALTER TABLE receipt DROP CONSTRAINT receipt_item_fkey"
        }
        false => {
            "PRAGMA foreign_keys = OFF; CREATE TABLE kept AS SELECT * FROM item; DROP TABLE item; \
             CREATE TABLE item (id BIGINT PRIMARY KEY, ledger TEXT, source TEXT, key_hash TEXT, label TEXT, state TEXT, \
             epoch BIGINT, attempts BIGINT, run BIGINT, reason TEXT, payload BYTEA, payload_hash TEXT, settled_hash TEXT, \
             kept BYTEA, made_of BIGINT, created_at BIGINT, changed_at BIGINT, intent BYTEA); \
             INSERT INTO item (id, ledger, source, key_hash, label, state, epoch, attempts, run, reason, payload, payload_hash, \
             settled_hash, kept, made_of, created_at, changed_at, intent) \
             SELECT id, ledger, source, key_hash, label, state, epoch, attempts, run, reason, payload, payload_hash, \
             settled_hash, kept, made_of, created_at, changed_at, intent FROM kept; DROP TABLE kept"
        }
    };
    fixture.sql(bare);
    assert_sound(&store, "without its constraints");
    fixture.sql(
        "INSERT INTO item (id, ledger, source, key_hash, label, state, epoch, attempts, payload, payload_hash, created_at, changed_at) \
         SELECT id + 1000, ledger, source, key_hash, label, 'new', 0, 0, payload, payload_hash, created_at, changed_at \
         FROM item WHERE label = 'bot 3-plain'",
    );
    assert_eq!(broken(&store), [Invariant::OneItem, Invariant::OneState]);
    // One of the two is taken out again; a receipt that is nobody's breaks the same rule.
    fixture.sql("DELETE FROM item WHERE id > 1000");
    assert_sound(&store, "one item again");
    let orphan = "INSERT INTO receipt (hash, item) VALUES ('0', 1000)";
    fixture.sql(&match fixture.is_postgres() {
        true => orphan.to_owned(),
        false => format!("PRAGMA foreign_keys = OFF; {orphan}"),
    });
    assert!(broken(&store).contains(&Invariant::OneItem));
}

pub(crate) fn events_that_contradict_are_told(fixture: &Fixture) {
    let store = worked_night(fixture);
    let lease = opened(&store, "bot").lease;
    let known = only(&store, lease, item(1, "A-1", "山田花子"));
    let reference = ItemRef {
        id: known.id,
        row: 1,
        label: "A-1".to_owned(),
    };
    let intended = Kind::CommitIntended {
        item: reference.clone(),
        title: "登録".to_owned(),
    };
    moved(&store, lease, known.id, &Move::Claim);
    store
        .advance(lease, known.id, &intend(), std::slice::from_ref(&intended))
        .expect("intended");
    assert_sound(&store, "one intent");
    store.record(lease, std::slice::from_ref(&intended)).expect("recorded");
    assert_eq!(broken(&store), [Invariant::Intent]);
    let done = item_ended(known.id, ItemState::Done);
    store
        .advance(lease, known.id, &finish(ItemState::Done), &[done])
        .expect("done");
    store.record(lease, &[intended]).expect("recorded");
    assert_eq!(broken(&store), [Invariant::Proved, Invariant::Final, Invariant::Intent]);
    let started = Kind::ItemStarted(reference);
    store.record(lease, &[started.clone(), started]).expect("recorded");
    assert!(broken(&store).contains(&Invariant::Attempt));
}

pub(crate) fn lost_and_changed_pictures_are_told(fixture: &Fixture) {
    let store = worked_night(fixture);
    let lease = opened(&store, "bot").lease;
    let kept = store
        .keep(lease, b"a picture", "image/png", EvidenceRole::Proof)
        .expect("kept");
    let place = store.evidence_place(&kept.sha256).expect("there");
    assert_sound(&store, "kept");
    std::fs::write(&place, "another picture").expect("written");
    assert_eq!(broken(&store), [Invariant::Evidence]);
    std::fs::remove_file(&place).expect("removed");
    assert_eq!(broken(&store), [Invariant::Evidence]);
}

/// Any page of the file may be damaged: that is told as an error or a finding, never by a panic, and never as sound.
#[test]
fn a_damaged_file_is_told() {
    let fixture = Fixture::sqlite();
    drop(worked_night(&fixture));
    let file = fixture.folder.path().join(".yakin/history.db");
    let whole = std::fs::read(&file).expect("readable");
    let mut told = 0;
    for page in 1..whole.len() / 4096 {
        let mut damaged = whole.clone();
        damaged[page * 4096..page * 4096 + 512].fill(0xA5);
        std::fs::write(&file, damaged).expect("written");
        let sound = fixture
            .try_open()
            .is_ok_and(|store| store.inspect().is_ok_and(|found| found.violations.is_empty()));
        told += usize::from(!sound);
        for left in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(fixture.folder.path().join(format!(".yakin/history.db{left}")));
        }
    }
    let pages = whole.len() / 4096 - 1;
    assert_eq!(told, pages, "some damaged pages were taken for sound");
}
