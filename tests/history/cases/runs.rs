//! Runs: one at a time for each bot, and a dead one ends.

#![expect(
    clippy::panic,
    reason = "a case fails by panicking, and is no test function by itself"
)]

use std::sync::Barrier;

use yakin::events::{EvidenceRole, ItemState, Kind, RunId, RunOutcome};
use yakin::history::RunFilter;
use yakin::ports::{EventSink, EvidenceStore, Lease, Ledger, Move, PortError};
use yakin::text::{Message, codes};

use super::super::fixture::*;

pub(crate) fn a_second_runner_is_refused_while_the_first_lives(fixture: &Fixture) {
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

pub(crate) fn two_runners_at_one_time_get_one_run(fixture: &Fixture) {
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

pub(crate) fn a_run_whose_process_died_is_ended_by_the_next(fixture: &Fixture) {
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
    let row = store.run(dead.run).expect("readable").expect("there");
    assert_eq!(row.outcome, Some(RunOutcome::Failed));
    let events = store.run_events(dead.run, 1, usize::MAX).expect("events");
    let seqs: Vec<i64> = events.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, [1, 2]);
    let Kind::RunFinished(ended) = &events[1].kind else {
        panic!("{:?}", events[1]);
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

pub(crate) fn a_run_whose_lease_is_over_is_fenced_out(fixture: &Fixture) {
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
    assert_fenced(slow.enroll(lease, FROM_A, &[item(2, "A-2", "佐藤次郎")]));
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

pub(crate) fn a_closed_run_takes_no_more_writes(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    closed(&store, lease);
    assert_fenced(store.close_run(lease, RunOutcome::Failed, &[]));
    assert_fenced(store.record(lease, &[Kind::Noted(Message::new(codes::RUN_DIED))]));
    let row = store.run(lease.run).expect("readable").expect("there");
    assert_eq!(row.outcome, Some(RunOutcome::Succeeded));
}

pub(crate) fn closing_leaves_no_item_half_done(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let known = enrolled(&store, lease, &[item(1, "A-1", "山田花子"), item(2, "A-2", "佐藤次郎")]);
    moved(&store, lease, known[0].id, &Move::Claim);
    moved(&store, lease, known[1].id, &Move::Claim);
    moved(&store, lease, known[1].id, &intend());
    let events = store
        .close_run(lease, RunOutcome::Cancelled, &[ended(RunOutcome::Cancelled)])
        .expect("closed");
    assert!(
        matches!(events.as_slice(), [event] if matches!(event.kind, Kind::RunFinished(_))),
        "{events:?}"
    );
    assert_eq!(state_of(&store, lease.run, known[0].id), ItemState::New);
    assert_eq!(state_of(&store, lease.run, known[1].id), ItemState::Inquiry);
    let row = store.run(lease.run).expect("readable").expect("there");
    assert_eq!(row.counts.expect("counted").of(&[ItemState::Inquiry]), 1);
}

pub(crate) fn a_request_to_cancel_reaches_the_run(fixture: &Fixture) {
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

pub(crate) fn a_day_is_summed_up(fixture: &Fixture) {
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

pub(crate) fn runs_are_paged_newest_first(fixture: &Fixture) {
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
