//! What must hold on either database.

use std::sync::Barrier;

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sha2::{Digest, Sha256};
use yakin::events::{Cause, EvidenceRole, Failure, ItemId, ItemState, Kind, RunId, RunOutcome};
use yakin::history::{Counts, RunFilter, Store, StoreError};
use yakin::ports::item::{self, MoveKind};
use yakin::ports::{EventSink, EvidenceStore, Finish, Lease, Ledger, Move, PortError, Vault};
use yakin::text::{Arg, Message, codes};
use yakin::value::{Class, Secret, Value};

use super::fixture::*;

const ALL: usize = usize::MAX;

fn state_of(store: &Store, run: RunId, item: ItemId) -> ItemState {
    let rows = store.items(run).expect("items");
    rows.iter().find(|row| row.id == item).expect("the item").state
}

pub fn one_night_from_beginning_to_end(fixture: &Fixture) {
    let store = fixture.open();
    let opened = opened(&store, "juminhyo-yubin");
    assert_eq!(
        opened.lease,
        Lease {
            run: RunId(1),
            epoch: 1
        }
    );
    assert_eq!(opened.events[0].seq, 1);
    let lease = opened.lease;
    let rows = [item(1, "A-1", "山田花子"), item(2, "A-2", "佐藤次郎")];
    let known = enrolled(&store, lease, &rows);
    assert!(
        known
            .iter()
            .all(|one| one.workable && !one.changed && one.attempts == 0)
    );
    let [first, second] = [known[0].id, known[1].id];

    moved(&store, lease, first, &Move::Claim);
    moved(&store, lease, first, &intend());
    let done = Move::Finish(Finish {
        state: ItemState::Done,
        reason: None,
        kept: values(&[("受付番号", "R8-0001")]),
    });
    let events = store
        .advance(lease, first, &done, &[item_ended(first, ItemState::Done)])
        .expect("done");
    assert_eq!(events[0].seq, 2);
    moved(&store, lease, second, &Move::Claim);
    let rejected = Move::Finish(Finish {
        state: ItemState::Rejected,
        reason: Some("住所が市外です".to_owned()),
        kept: values(&[]),
    });
    moved(&store, lease, second, &rejected);
    fixture.clock.pass(TimeDelta::seconds(90));
    let last = store
        .close_run(lease, RunOutcome::Partial, &[ended(RunOutcome::Partial)])
        .expect("closed");
    assert_eq!(last[0].seq, 3);

    let row = store.run(lease.run).expect("readable").expect("there");
    assert_eq!(row.outcome, Some(RunOutcome::Partial));
    assert_eq!(row.day.to_string(), "2026-11-23");
    assert_eq!(row.finished_at.expect("over") - row.started_at, TimeDelta::seconds(90));
    let expected = Counts {
        rows: 2,
        done_before: 0,
        by_state: [(ItemState::Done, 1), (ItemState::Rejected, 1)].into(),
    };
    assert_eq!(store.counts(lease.run).expect("counts"), expected);
    assert_eq!(row.counts, Some(expected));
    let items = store.items(lease.run).expect("items");
    assert_eq!(items[1].reason.as_deref(), Some("住所が市外です"));
    assert_eq!((items[1].row, items[1].attempts), (2, 1));
    let unsealed = store.unseal(&[first], "係長").expect("unsealed");
    assert_eq!(unsealed[0].kept, values(&[("受付番号", "R8-0001")]));
    assert_eq!(unsealed[0].payload, rows[0].payload);
    assert_eq!(
        store.bundle(&row.bundle).expect("bundle"),
        run_of("juminhyo-yubin", ALIVE).bundle
    );
}

pub fn known_keys_are_judged_by_how_they_ended(fixture: &Fixture) {
    let store = fixture.open();
    for (state, again, again_if_changed) in [
        (ItemState::Done, false, false),
        (ItemState::AlreadyThere, false, false),
        (ItemState::Rejected, false, true),
        (ItemState::Failed, true, true),
        (ItemState::ReadingReview, false, false),
        (ItemState::Inquiry, false, false),
    ] {
        let key = format!("{state:?}");
        worked(&store, item(1, &key, "山田花子"), state);
        let lease = opened(&store, "bot").lease;
        // Columns in another order are the same row.
        let mut same = item(1, &key, "山田花子");
        same.payload.reverse();
        let known = only(&store, lease, same);
        assert_eq!((known.workable, known.changed), (again, false), "{state:?}");
        assert_eq!((known.state, known.attempts), (state, 1));
        // Asked twice, because the first answer must not count as the new attempt.
        for _ in 0..2 {
            let known = only(&store, lease, item(1, &key, "山田花子（訂正）"));
            assert_eq!((known.workable, known.changed), (again_if_changed, true), "{state:?}");
        }
        closed(&store, lease);
    }
    // What is worked anew is the new row; what was done stays as it was done.
    let lease = opened(&store, "bot").lease;
    for (state, name) in [(ItemState::Rejected, "山田花子（訂正）"), (ItemState::Done, "山田花子")] {
        let known = only(&store, lease, item(1, &format!("{state:?}"), "山田花子（訂正）"));
        let unsealed = store.unseal(&[known.id], "係長").expect("unsealed");
        assert_eq!(unsealed[0].payload["氏名"], Value::from(name), "{state:?}");
    }
}

pub fn a_key_that_repeats_in_one_file_is_worked_once(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let rows = [
        item(1, "A-1", "山田花子"),
        item(2, "A-1", "山田花子"),
        item(3, "A-1", "山田太郎"),
    ];
    let known = enrolled(&store, lease, &rows);
    let judged: Vec<(bool, bool)> = known.iter().map(|one| (one.workable, one.changed)).collect();
    assert_eq!(judged, [(true, false), (false, false), (false, true)]);
    assert!(known.iter().all(|one| one.id == known[0].id));
    let counts = store.counts(lease.run).expect("counts");
    assert_eq!(
        (counts.rows, counts.done_before, counts.of(&[ItemState::New])),
        (3, 2, 1)
    );
    let unsealed = store.unseal(&[known[0].id], "係長").expect("unsealed");
    assert_eq!(unsealed[0].payload["氏名"], Value::from("山田花子"));
}

pub fn a_second_runner_is_refused_while_the_first_lives(fixture: &Fixture) {
    let first = fixture.open();
    let second = fixture.open();
    let lease = opened(&first, "bot").lease;
    match second.open_run(&run_of("bot", ALIVE)) {
        Err(PortError::Taken { bot, run, host }) => {
            assert_eq!((bot.as_str(), run, host.as_str()), ("bot", lease.run, "yakin01"));
        }
        other => panic!("{other:?}"),
    }
    opened(&second, "another bot");
    closed(&first, lease);
    assert!(opened(&second, "bot").lease.epoch > lease.epoch);
}

pub fn a_run_whose_process_died_is_ended_by_the_next(fixture: &Fixture) {
    let dead = {
        let store = fixture.open();
        let lease = store.open_run(&run_of("bot", DEAD)).expect("opens").lease;
        let known = enrolled(
            &store,
            lease,
            &["A-1", "A-2", "A-3", "A-4"].map(|key| item(1, key, "山田花子")),
        );
        for one in &known[..3] {
            moved(&store, lease, one.id, &Move::Claim);
        }
        moved(&store, lease, known[1].id, &intend());
        moved(&store, lease, known[2].id, &finish(ItemState::Done));
        lease
    };
    let store = fixture.open();
    // From another host only the lease tells.
    let mut elsewhere = run_of("bot", ALIVE);
    elsewhere.host = "yakin02".to_owned();
    assert!(matches!(store.open_run(&elsewhere), Err(PortError::Taken { .. })));

    let opened = opened(&store, "bot");
    let doubtful: Vec<&str> = opened.inquiries.iter().map(|(_, label)| label.as_str()).collect();
    assert_eq!(doubtful, ["A-2"]);
    let row = store.run(dead.run).expect("readable").expect("there");
    assert_eq!(row.outcome, Some(RunOutcome::Failed));
    let events = store.run_events(dead.run, 1, ALL).expect("events");
    let seqs: Vec<i64> = events.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, [1, 2, 3]);
    assert!(
        matches!(&events[1].kind, Kind::ItemFinished(ended) if ended.state == ItemState::Inquiry && ended.item.label == "A-2")
    );
    let Kind::RunFinished(ended) = &events[2].kind else {
        panic!("{:?}", events[2]);
    };
    assert!(ended.failure.as_ref().expect("a reason").message.is(codes::RUN_DIED));
    let states: Vec<ItemState> = store
        .items(dead.run)
        .expect("items")
        .iter()
        .map(|row| row.state)
        .collect();
    assert_eq!(states, [ItemState::New]);
    let known = enrolled(
        &store,
        opened.lease,
        &["A-1", "A-2", "A-3", "A-4"].map(|key| item(1, key, "山田花子")),
    );
    let workable: Vec<bool> = known.iter().map(|one| one.workable).collect();
    assert_eq!(workable, [true, false, false, true]);
}

pub fn a_run_whose_lease_is_over_is_fenced_out(fixture: &Fixture) {
    let slow = fixture.open();
    let lease = opened(&slow, "bot").lease;
    let known = only(&slow, lease, item(1, "A-1", "山田花子"));
    moved(&slow, lease, known.id, &Move::Claim);
    // Late, but nobody has taken over: it may go on.
    fixture.end_leases();
    slow.renew(lease).expect("still mine");
    fixture.end_leases();

    let next = fixture.open();
    let taken = opened(&next, "bot").lease;
    assert_fenced(slow.renew(lease));
    assert_fenced(slow.advance(lease, known.id, &intend(), &[]));
    assert_fenced(slow.record(lease, &[Kind::Noted(Message::new(codes::RUN_DIED))]));
    assert_fenced(slow.enroll(lease, "juminhyo", &[item(2, "A-2", "佐藤次郎")]));
    assert_fenced(slow.keep(lease, b"png", "image/png", EvidenceRole::Failure));
    assert_fenced(slow.close_run(lease, RunOutcome::Failed, &[]));

    let again = only(&next, taken, item(1, "A-1", "山田花子"));
    assert_eq!((again.id, again.workable), (known.id, true));
    moved(&next, taken, again.id, &Move::Claim);
    assert_fenced(slow.advance(lease, known.id, &finish(ItemState::Done), &[]));
    // An old epoch under the new run's number is no lease either.
    let forged = Lease {
        epoch: lease.epoch,
        ..taken
    };
    assert_fenced(next.advance(forged, known.id, &intend(), &[]));
    moved(&next, taken, again.id, &intend());
}

pub fn a_closed_run_takes_no_more_writes(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    closed(&store, lease);
    assert_fenced(store.close_run(lease, RunOutcome::Failed, &[]));
    assert_fenced(store.record(lease, &[Kind::Noted(Message::new(codes::RUN_DIED))]));
    let row = store.run(lease.run).expect("readable").expect("there");
    assert_eq!(row.outcome, Some(RunOutcome::Succeeded));
}

pub fn closing_leaves_no_item_half_done(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let known = enrolled(&store, lease, &[item(1, "A-1", "山田花子"), item(2, "A-2", "佐藤次郎")]);
    moved(&store, lease, known[0].id, &Move::Claim);
    moved(&store, lease, known[1].id, &Move::Claim);
    moved(&store, lease, known[1].id, &intend());
    let events = store
        .close_run(lease, RunOutcome::Cancelled, &[ended(RunOutcome::Cancelled)])
        .expect("closed");
    assert_eq!(events.len(), 2);
    assert!(matches!(events[1].kind, Kind::RunFinished(_)), "{events:?}");
    assert_eq!(state_of(&store, lease.run, known[0].id), ItemState::New);
    assert_eq!(state_of(&store, lease.run, known[1].id), ItemState::Inquiry);
}

pub fn nothing_moves_when_an_event_or_a_move_is_refused(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let known = only(&store, lease, item(1, "A-1", "山田花子"));
    let note = Kind::Noted(Message::new(codes::RUN_DIED));
    let refused = store.advance(lease, known.id, &intend(), std::slice::from_ref(&note));
    assert!(matches!(refused, Err(PortError::Transition(_))), "{refused:?}");
    assert!(store.advance(lease, ItemId(77), &Move::Claim, &[note]).is_err());
    assert_eq!(store.run_events(lease.run, 1, ALL).expect("events").len(), 1);
    assert_eq!(fixture.number("SELECT last_seq FROM run"), 1);

    // An event that cannot be written takes the move back with it.
    fixture.sql("ALTER TABLE event RENAME TO event_away");
    assert!(
        store
            .advance(lease, known.id, &Move::Claim, &[ended(RunOutcome::Failed)])
            .is_err()
    );
    fixture.sql("ALTER TABLE event_away RENAME TO event");
    assert_eq!(state_of(&store, lease.run, known.id), ItemState::New);
    moved(&store, lease, known.id, &Move::Claim);
}

pub fn moves_agree_with_the_state_machine(fixture: &Fixture) {
    use ItemState::{
        AlreadyThere, ByHand, Claimed, Committing, Done, Dropped, Failed, Inquiry, New, ReadingReview, Rejected,
    };
    let states = [
        New,
        Claimed,
        Committing,
        Done,
        AlreadyThere,
        Rejected,
        Failed,
        ReadingReview,
        Inquiry,
        ByHand,
        Dropped,
    ];
    let kinds: Vec<MoveKind> = [MoveKind::Claim, MoveKind::Intend, MoveKind::Release]
        .into_iter()
        .chain(states.map(MoveKind::Finish))
        .collect();
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let number = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    });
    let walks = prop::collection::vec(prop::sample::select(kinds), 1..12);
    runner
        .run(&walks, |walk| {
            let row = number.get() + 1;
            number.set(row);
            let known = only(&store, lease, item(row, &format!("A-{row}"), "山田花子"));
            let mut expected = New;
            for kind in walk {
                let step = match kind {
                    MoveKind::Claim => Move::Claim,
                    MoveKind::Intend => intend(),
                    MoveKind::Release => Move::Release,
                    MoveKind::Finish(state) => finish(state),
                };
                let answer = store.advance(lease, known.id, &step, &[]);
                match item::next(expected, kind) {
                    Ok(next) => {
                        prop_assert!(answer.is_ok(), "{expected:?} {kind:?} {answer:?}");
                        expected = next;
                    }
                    Err(illegal) => {
                        prop_assert!(
                            matches!(&answer, Err(PortError::Transition(error)) if *error == illegal),
                            "{answer:?}"
                        );
                    }
                }
                prop_assert_eq!(state_of(&store, lease.run, known.id), expected);
            }
            Ok(())
        })
        .expect("the store follows the state machine");
}

pub fn two_bots_on_one_ledger_never_share_an_item(fixture: &Fixture) {
    let (one, other) = (fixture.open(), fixture.open());
    let (first, second) = (opened(&one, "bot 1").lease, opened(&other, "bot 2").lease);
    let rows: Vec<_> = (1..=20).map(|row| item(row, &format!("A-{row}"), "山田花子")).collect();
    let start = Barrier::new(2);
    let work = |store: &Store, lease: Lease| {
        start.wait();
        let known = enrolled(store, lease, &rows);
        let mut claimed = 0;
        for one in &known {
            match store.advance(lease, one.id, &Move::Claim, &[]) {
                Ok(_) => claimed += 1,
                Err(PortError::Transition(illegal)) => assert_eq!(illegal.from, ItemState::Claimed),
                Err(other) => panic!("{other:?}"),
            }
        }
        claimed
    };
    let claimed: i32 = std::thread::scope(|scope| {
        let threads = [scope.spawn(|| work(&one, first)), scope.spawn(|| work(&other, second))];
        threads.map(|thread| thread.join().expect("no panic")).iter().sum()
    });
    assert_eq!(claimed, 20);
    assert_eq!(fixture.number("SELECT COUNT(*) FROM item"), 20);
    assert_eq!(fixture.number("SELECT MAX(attempts) FROM item"), 1);
}

pub fn two_runners_at_one_time_get_one_run(fixture: &Fixture) {
    let stores = [fixture.open(), fixture.open(), fixture.open()];
    let start = Barrier::new(stores.len());
    let answers = std::thread::scope(|scope| {
        stores
            .each_ref()
            .map(|store| {
                scope.spawn(|| {
                    start.wait();
                    store.open_run(&run_of("bot", ALIVE))
                })
            })
            .map(|thread| thread.join().expect("no panic"))
    });
    let (opened, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.is_ok());
    assert_eq!(opened.len(), 1, "{answers:?}");
    assert!(
        refused
            .iter()
            .all(|answer| matches!(answer, Err(PortError::Taken { .. }))),
        "{answers:?}"
    );
    assert_eq!(fixture.number("SELECT COUNT(*) FROM run"), 1);
}

pub fn names_are_nowhere_in_the_database(fixture: &Fixture) {
    let names = ["山田花子", "R8-0001", "長崎市桜町", "himitsu-no-passphrase"];
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let mut row = item(1, "A-1", names[0]);
    row.payload.insert("住所".to_owned(), Value::from(names[2]));
    let known = only(&store, lease, row);
    moved(&store, lease, known.id, &Move::Claim);
    let done = Move::Finish(Finish {
        state: ItemState::Done,
        reason: None,
        kept: values(&[("受付番号", names[1])]),
    });
    let note = Message::new(codes::STORE_FAILED).with_classed("detail", names[0], Class::Personal);
    store
        .advance(lease, known.id, &done, &[Kind::Noted(note)])
        .expect("done");
    let secret = Secret::new(names[3].to_owned());
    store
        .set_secret("受付.パスワード", &secret, &[], None, "担当者")
        .expect("set");
    closed(&store, lease);
    drop(store);
    assert!(fixture.holds("A-1"), "what is not sealed is found");
    for name in names {
        assert!(!fixture.holds(name), "{name}");
    }
}

pub fn what_is_opened_is_written_down(fixture: &Fixture) {
    let store = fixture.open();
    let first = worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    let second = worked(&store, item(1, "A-2", "佐藤次郎"), ItemState::Done);
    store.unseal(&[first, second], "係長").expect("unsealed");
    let audit = store.audit().expect("whole");
    let written: Vec<(i64, &str, &str, &str)> = audit
        .iter()
        .map(|entry| {
            (
                entry.seq,
                entry.who.as_str(),
                entry.act.as_str(),
                entry.subject.as_str(),
            )
        })
        .collect();
    assert_eq!(
        written,
        [
            (1, "係長", "item.unsealed", "item 1"),
            (2, "係長", "item.unsealed", "item 2")
        ]
    );
}

pub fn a_changed_audit_is_noticed(fixture: &Fixture) {
    let store = fixture.open();
    let id = worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    for who in ["係長", "課長", "担当者"] {
        store.unseal(&[id], who).expect("unsealed");
    }
    for (change, back) in [
        (
            "UPDATE audit SET who = '部長' WHERE seq = 2",
            "UPDATE audit SET who = '課長' WHERE seq = 2",
        ),
        (
            "UPDATE audit SET seq = 9 WHERE seq = 1",
            "UPDATE audit SET seq = 1 WHERE seq = 9",
        ),
        (
            "UPDATE audit SET at = at + 1 WHERE seq = 3",
            "UPDATE audit SET at = at - 1 WHERE seq = 3",
        ),
    ] {
        store.audit().expect("whole");
        fixture.sql(change);
        assert!(store.audit().is_err(), "{change}");
        fixture.sql(back);
    }
    fixture.sql("DELETE FROM audit WHERE seq = 3");
    assert!(store.audit().is_err(), "the last entry is missing");
}

pub fn another_key_is_refused(fixture: &Fixture) {
    drop(fixture.open());
    let key = fixture.folder.path().join(".yakin/office.key");
    let text = std::fs::read_to_string(&key).expect("a key");
    std::fs::write(&key, "ab".repeat(32)).expect("written");
    assert!(matches!(fixture.try_open(), Err(StoreError::WrongKey { .. })));
    std::fs::write(&key, "torn").expect("written");
    assert!(matches!(fixture.try_open(), Err(StoreError::WrongKey { .. })));
    std::fs::remove_file(&key).expect("removed");
    assert!(matches!(fixture.try_open(), Err(StoreError::KeyMissing { .. })));
    assert!(!key.exists(), "a new key would not know the old items again");
    std::fs::write(&key, text).expect("written");
    fixture.open();
}

pub fn changed_sealed_data_is_an_error(fixture: &Fixture) {
    let store = fixture.open();
    let first = worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    worked(&store, item(1, "A-2", "佐藤次郎"), ItemState::Done);
    fixture.sql("UPDATE item SET payload = (SELECT payload FROM item WHERE id = 2) WHERE id = 1");
    assert!(matches!(store.unseal(&[first], "係長"), Err(PortError::Sealed)));
    assert!(store.audit().expect("whole").is_empty(), "nothing was read");
}

pub fn events_are_masked_and_survive_packing(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let failure = Failure {
        cause: Cause::Data,
        message: Message::new(codes::STORE_FAILED).with_classed("detail", "山田花子", Class::Personal),
        page_says: None,
    };
    let note = Kind::Noted(Message::new(codes::RUN_DIED).with_said("host", failure.message));
    let mut seq = 1;
    for _ in 0..5 {
        let kinds = vec![note.clone(); 450];
        for event in store.record(lease, &kinds).expect("recorded") {
            seq += 1;
            assert_eq!(event.seq, seq);
        }
    }
    let live = store.run_events(lease.run, 1, ALL).expect("events");
    let Kind::Noted(Message { args, .. }) = &live[1].kind else {
        panic!("{:?}", live[1]);
    };
    let Some(Arg::Said(said)) = args.get("host") else {
        panic!("{args:?}");
    };
    assert_eq!(
        said.args.get("detail"),
        Some(&Arg::Classed("山＊＊".to_owned(), Class::Personal))
    );

    let last = store.close_run(lease, RunOutcome::Succeeded, &[ended(RunOutcome::Succeeded)]);
    let all: Vec<_> = live.into_iter().chain(last.expect("closed")).collect();
    assert_eq!(fixture.number("SELECT COUNT(*) FROM event"), 0, "packed");
    assert_eq!(fixture.number("SELECT COUNT(*) FROM event_chunk"), 3);
    assert_eq!(store.run_events(lease.run, 1, ALL).expect("events"), all);
    for (from, at_most) in [(1, 1), (999, 3), (1001, 1), (2252, 5), (2253, 5), (3, 2000)] {
        let part: Vec<_> = all
            .iter()
            .filter(|event| event.seq >= from)
            .take(at_most)
            .cloned()
            .collect();
        assert_eq!(
            store.run_events(lease.run, from, at_most).expect("events"),
            part,
            "{from} {at_most}"
        );
    }
}

pub fn unknown_events_are_kept_as_they_are(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let unknown = Kind::Unknown(serde_json::json!({"teleported": {"to": "庁舎 2 階", "n": 1}}));
    store.record(lease, std::slice::from_ref(&unknown)).expect("recorded");
    assert_eq!(store.run_events(lease.run, 2, ALL).expect("events")[0].kind, unknown);
    closed(&store, lease);
    assert_eq!(store.run_events(lease.run, 2, 1).expect("events")[0].kind, unknown);
}

pub fn a_request_to_cancel_reaches_the_run(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let other = opened(&store, "another bot").lease;
    assert!(!store.renew(lease).expect("renewed").cancel);
    assert!(store.request_cancel(lease.run, "係長").expect("asked"));
    assert!(store.renew(lease).expect("renewed").cancel);
    assert!(!store.renew(other).expect("renewed").cancel);
    closed(&store, lease);
    assert!(!store.request_cancel(lease.run, "係長").expect("asked"));
    assert!(!store.request_cancel(RunId(99), "係長").expect("asked"));
    assert_eq!(store.audit().expect("whole").len(), 1);
}

pub fn evidence_is_kept_by_its_content(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let picture = b"\x89PNG a picture";
    let kept = store
        .keep(lease, picture, "image/png", EvidenceRole::Proof)
        .expect("kept");
    let hash: String = Sha256::digest(picture)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(kept.sha256, hash);
    assert_eq!(kept.bytes, 14);
    let again = store
        .keep(lease, picture, "image/png", EvidenceRole::Proof)
        .expect("kept");
    assert_eq!(again, kept);
    assert_eq!(fixture.number("SELECT COUNT(*) FROM evidence"), 1);
    assert_eq!(
        store.evidence_bytes(&kept.sha256).expect("readable").as_deref(),
        Some(picture.as_slice())
    );
    for absent in [
        "0".repeat(64),
        "../office.key".to_owned(),
        String::new(),
        "あ".repeat(22),
    ] {
        assert_eq!(store.evidence_bytes(&absent).expect("readable"), None, "{absent}");
    }
    let file = fixture
        .folder
        .path()
        .join(".yakin/evidence")
        .join(&kept.sha256[..2])
        .join(&kept.sha256);
    std::fs::write(file, "another picture").expect("written");
    assert!(matches!(store.evidence_bytes(&kept.sha256), Err(PortError::Sealed)));
}

pub fn secrets_come_and_go(fixture: &Fixture) {
    let store = fixture.open();
    assert!(store.reveal("受付.ID").expect("readable").is_none());
    let hosts = ["uketsuke.city.example".to_owned()];
    let expires = chrono::NaiveDate::from_ymd_opt(2027, 3, 31);
    for password in ["first", "second"] {
        let secret = Secret::new(password.to_owned());
        store
            .set_secret("受付.ID", &secret, &hosts, expires, "担当者")
            .expect("set");
        let (secret, info) = store.reveal("受付.ID").expect("readable").expect("there");
        assert_eq!(secret.expose(), password);
        assert_eq!((info.hosts.as_slice(), info.expires), (hosts.as_slice(), expires));
    }
    let listed = store.list().expect("listed");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].name, "受付.ID");
    assert!(store.remove_secret("受付.ID", "担当者").expect("removed"));
    assert!(!store.remove_secret("受付.ID", "担当者").expect("removed"));
    let acts: Vec<String> = store
        .audit()
        .expect("whole")
        .into_iter()
        .map(|entry| entry.act)
        .collect();
    assert_eq!(
        acts,
        [
            "secret.set",
            "secret.revealed",
            "secret.set",
            "secret.revealed",
            "secret.removed"
        ]
    );
    // One secret's sealed text is no other's.
    for name in ["受付.ID", "税.ID"] {
        let secret = Secret::new(name.to_owned());
        store.set_secret(name, &secret, &[], None, "担当者").expect("set");
    }
    fixture.sql("UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE name = '税.ID')");
    assert!(matches!(store.reveal("受付.ID"), Err(PortError::Sealed)));
}

pub fn runs_are_paged_newest_first(fixture: &Fixture) {
    let store = fixture.open();
    for _ in 0..3 {
        for bot in ["bot", "another bot"] {
            let lease = opened(&store, bot).lease;
            closed(&store, lease);
        }
    }
    opened(&store, "bot");
    let page = |filter: RunFilter| -> Vec<i64> {
        let rows = store.runs(&filter).expect("runs");
        rows.iter().map(|row| row.run.0).collect()
    };
    let of = |bot: Option<&str>, outcome, before: Option<i64>, at_most| RunFilter {
        bot: bot.map(str::to_owned),
        outcome,
        before: before.map(RunId),
        at_most,
    };
    assert_eq!(page(of(None, None, None, 4)), [7, 6, 5, 4]);
    assert_eq!(page(of(None, None, Some(4), 4)), [3, 2, 1]);
    assert_eq!(page(of(Some("bot"), None, None, 9)), [7, 5, 3, 1]);
    assert_eq!(page(of(Some("bot"), Some(RunOutcome::Succeeded), Some(5), 9)), [3, 1]);
    assert!(page(of(Some("nobody"), None, None, 9)).is_empty());
    assert!(store.run(RunId(99)).expect("readable").is_none());
}

pub fn a_day_is_summed_up(fixture: &Fixture) {
    let store = fixture.open();
    worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    worked(&store, item(1, "A-2", "佐藤次郎"), ItemState::Inquiry);
    worked(&store, item(1, "A-3", "鈴木三郎"), ItemState::Rejected);
    let dead = store.open_run(&run_of("bot", DEAD)).expect("opens").lease;
    // Done before: no work of this run.
    only(&store, dead, item(1, "A-1", "山田花子"));
    opened(&store, "bot");
    for (column, expected) in [
        ("runs", 4),
        ("runs_failed", 1),
        ("items_done", 1),
        ("items_waiting", 1),
        ("items_rejected", 1),
        ("items_failed", 0),
    ] {
        let sum = fixture.number(&format!("SELECT {column} FROM run_daily WHERE bot = 'bot'"));
        assert_eq!(sum, expected, "{column}");
    }
}

pub fn a_newer_schema_is_refused(fixture: &Fixture) {
    drop(fixture.open());
    fixture.sql("INSERT INTO migration (version, checksum, applied_at) VALUES (2, 'x', 0)");
    assert!(matches!(
        fixture.try_open(),
        Err(StoreError::NewerSchema { found: 2, known: 1 })
    ));
    fixture.sql("DELETE FROM migration WHERE version = 2");
    fixture.sql("UPDATE migration SET checksum = 'x'");
    assert!(matches!(
        fixture.try_open(),
        Err(StoreError::OtherSchema { version: 1 })
    ));
}

pub fn twenty_thousand_rows(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let rows: Vec<_> = (1..=20_000)
        .map(|row| item(row, &format!("A-{row}"), "山田花子"))
        .collect();
    for time in ["first", "second"] {
        let known = enrolled(&store, lease, &rows);
        let ids: Vec<i64> = known.iter().map(|one| one.id.0).collect();
        assert!(ids.iter().copied().eq(1..=20_000), "{time} time");
        assert!(known.iter().all(|one| one.workable));
    }
    assert_eq!(store.counts(lease.run).expect("counts").rows, 20_000);
}

pub fn the_ports_may_be_called_inside_a_runtime(fixture: &Fixture) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let store = fixture.open();
        let lease = opened(&store, "bot").lease;
        closed(&store, lease);
    });
}
