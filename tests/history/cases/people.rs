//! What people say of items: the first word counts, and a live run's items are its own.

use yakin::events::{ItemId, ItemState, Kind, Place, RunId};
use yakin::history::{Answer, Answering, Order, Returned, Store, Wanted};
use yakin::ports::{Intake, Ledger, Move, NewRun, PortError};

use super::super::fixture::*;

fn said(state: ItemState, by: &str) -> Answer {
    Answer {
        state,
        receipt: None,
        reason: None,
        by: by.to_owned(),
    }
}

/// How many events of a run tell of a person's word.
fn told(store: &Store, run: i64) -> usize {
    let events = store.run_events(RunId(run), 1, 100).expect("events");
    events
        .iter()
        .filter(|event| matches!(event.kind, Kind::Decided(_)))
        .count()
}

pub(crate) fn an_inquiry_is_answered_once(fixture: &Fixture) {
    let store = fixture.open();
    let doubt = worked(&store, item(1, "A-1", "山田花子"), ItemState::Inquiry);
    let done = Answer {
        receipt: Some(("受付番号".to_owned(), "R8-000123".to_owned())),
        reason: Some("電話で確かめた".to_owned()),
        ..said(ItemState::Done, "佐藤")
    };
    assert_eq!(store.decide(doubt, &done).expect("kept"), Answering::Kept);
    let second = store.decide(doubt, &said(ItemState::New, "鈴木")).expect("told");
    assert_eq!(second, Answering::Over(ItemState::Done, Some("佐藤".to_owned())));
    assert_eq!(store.decide(ItemId(77), &done).expect("told"), Answering::Unknown);

    assert_eq!(state_of(&store, RunId(1), doubt), ItemState::Done);
    assert_eq!(told(&store, 1), 1);
    assert!(store.run(RunId(1)).expect("a run").expect("there").decided);
    assert!(store.inquiries("佐藤").expect("inquiries").is_empty());
    let opened = store.unseal(&[doubt], "佐藤").expect("opened");
    assert_eq!(opened[0].kept["受付番号"].to_text(), "R8-000123");
    let decisions = store.decisions("佐藤", 10).expect("decisions");
    assert_eq!(decisions[0].reason.as_deref(), Some("電話で確かめた"));
    let audit = store.audit().expect("whole");
    let acts = audit.iter().map(|entry| (entry.who.as_str(), entry.act.as_str()));
    assert!(acts.clone().any(|act| act == ("佐藤", "inquiry.answered")), "{audit:?}");
    assert!(!fixture.holds("電話で確かめた") && !fixture.holds("R8-000123"));
    // Its receipt is nobody else's any more.
    let other = worked(&store, item(2, "A-2", "森一郎"), ItemState::Inquiry);
    let taken = store.decide(other, &done);
    // Practice numbers anew every run, so that of another night is another one.
    assert_eq!(taken.expect("kept"), Answering::Kept);
}

pub(crate) fn what_a_person_found_missing_is_work_again(fixture: &Fixture) {
    let store = fixture.open();
    let doubt = worked(&store, item(1, "A-1", "山田花子"), ItemState::Inquiry);
    assert_eq!(
        store.decide(doubt, &said(ItemState::New, "佐藤")).expect("kept"),
        Answering::Kept
    );
    let lease = opened(&store, "bot").lease;
    let again = only(&store, lease, item(1, "A-1", "山田花子"));
    assert!(again.workable && again.id == doubt, "{again:?}");
    moved(&store, lease, doubt, &Move::Claim);
    let refused = store.decide(doubt, &said(ItemState::Done, "佐藤")).expect("told");
    assert_eq!(refused, Answering::Over(ItemState::Claimed, Some("佐藤".to_owned())));
}

pub(crate) fn one_receipt_is_answered_for_one_item(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let rows = enrolled(&store, lease, &[item(1, "A-1", "山田花子"), item(2, "A-2", "森一郎")]);
    for row in &rows {
        moved(&store, lease, row.id, &Move::Claim);
        moved(&store, lease, row.id, &finish(ItemState::Inquiry));
    }
    closed(&store, lease);
    let done = Answer {
        receipt: Some(("受付番号".to_owned(), "R8-000123".to_owned())),
        ..said(ItemState::Done, "佐藤")
    };
    assert_eq!(store.decide(rows[0].id, &done).expect("kept"), Answering::Kept);
    let refused = store.decide(rows[1].id, &done);
    assert!(
        matches!(&refused, Err(PortError::SameReceipt { label, .. }) if label == "A-1"),
        "{refused:?}"
    );
    assert_eq!(
        state_of(&store, lease.run, rows[1].id),
        ItemState::Inquiry,
        "nothing was stored"
    );
}

pub(crate) fn a_dead_run_is_ended_before_its_item_is_answered(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let known = only(&store, lease, item(1, "A-1", "山田花子"));
    moved(&store, lease, known.id, &Move::Claim);
    moved(&store, lease, known.id, &intend());
    let refused = store.decide(known.id, &said(ItemState::Done, "佐藤"));
    assert!(matches!(refused, Err(PortError::Taken { .. })), "{refused:?}");
    assert!(
        store.inquiries("佐藤").expect("inquiries").is_empty(),
        "the run is at it"
    );

    fixture.end_leases();
    let waits = store.inquiries("佐藤").expect("inquiries");
    assert_eq!(
        waits[0].intent.as_ref().map(|intent| intent.title.as_str()),
        Some("請求の登録")
    );
    assert_eq!(
        store.decide(known.id, &said(ItemState::Dropped, "佐藤")).expect("kept"),
        Answering::Kept
    );
    let run = store.run(lease.run).expect("a run").expect("there");
    assert!(run.outcome.is_some() && run.decided, "{run:?}");
    assert_eq!(told(&store, lease.run.0), 1);
    assert_fenced(store.advance(lease, known.id, &finish(ItemState::Done), &[]));
}

fn order(wanted: Wanted) -> Order {
    Order {
        wanted,
        rejected: false,
        by: "山田".to_owned(),
        file: |number| format!("outbox/{number}.xlsx"),
        chosen: None,
    }
}

/// Items that a run leaves new, failed, rejected, in inquiry, and done.
fn left_by_a_run(store: &Store) -> Vec<ItemId> {
    let lease = opened(store, "bot").lease;
    let rows: Vec<_> = (1..=5).map(|row| item(row, &format!("A-{row}"), "山田花子")).collect();
    let known = enrolled(store, lease, &rows);
    let ends = [
        ItemState::Failed,
        ItemState::Rejected,
        ItemState::Inquiry,
        ItemState::Done,
    ];
    for (one, state) in known[1..].iter().zip(ends) {
        moved(store, lease, one.id, &Move::Claim);
        moved(store, lease, one.id, &finish(state));
    }
    let refused = store.give_baton(&order(Wanted::Run(lease.run)));
    assert!(
        matches!(refused, Err(PortError::Taken { .. })),
        "the run lives: {refused:?}"
    );
    closed(store, lease);
    known.iter().map(|one| one.id).collect()
}

pub(crate) fn what_is_left_is_handed_out_and_comes_back_once(fixture: &Fixture) {
    let store = fixture.open();
    let ids = left_by_a_run(&store);
    let baton = store
        .give_baton(&order(Wanted::Run(RunId(1))))
        .expect("given")
        .expect("a sheet");
    assert_eq!(
        (baton.number, baton.items, baton.file.as_str()),
        (1, 3, "outbox/1.xlsx")
    );
    let again = store.give_baton(&order(Wanted::Bot("bot".to_owned(), Place::Practice)));
    assert_eq!(again.expect("asked"), None, "nothing is handed out twice");
    let rows = store.baton_rows(1, "山田").expect("rows");
    let found: Vec<_> = rows.iter().map(|row| (row.place, row.item, row.before)).collect();
    assert_eq!(
        found,
        [
            (1, ids[0], ItemState::New),
            (2, ids[1], ItemState::Failed),
            (3, ids[3], ItemState::Inquiry)
        ]
    );
    assert!(
        rows.iter()
            .all(|row| row.check.len() == 12 && row.check != rows[0].check || row.place == 1)
    );
    let audit = store.audit().expect("whole");
    assert_eq!(
        audit.iter().filter(|entry| entry.act == "item.unsealed").count(),
        3,
        "{audit:?}"
    );

    // The bot leaves them alone.
    let lease = opened(&store, "bot").lease;
    assert!(!only(&store, lease, item(1, "A-1", "山田花子")).workable);
    assert!(store.advance(lease, ids[0], &Move::Claim, &[]).is_err());
    assert_eq!(store.leftovers(lease, FROM_B).expect("leftovers"), []);
    closed(&store, lease);

    let done = Answer {
        receipt: Some(("受付番号".to_owned(), "R8-000123".to_owned())),
        ..said(ItemState::Done, "佐藤")
    };
    assert_eq!(
        store.return_baton_row((1, 1), &done, "山田").expect("taken"),
        Returned::Taken
    );
    assert_eq!(
        store.return_baton_row((1, 1), &done, "山田").expect("told"),
        Returned::Before
    );
    let dropped = said(ItemState::Dropped, "佐藤");
    let other = store.return_baton_row((1, 1), &dropped, "山田").expect("told");
    assert_eq!(other, Returned::Otherwise(ItemState::Done));
    let dragged = store.return_baton_row((1, 2), &done, "山田");
    assert!(matches!(dragged, Err(PortError::SameReceipt { .. })), "{dragged:?}");
    let run = RunId(1);
    assert_eq!(state_of(&store, run, ids[1]), ItemState::ByHand, "nothing was stored");

    assert_eq!(store.batons(true).expect("batons")[0].out, 2);
    assert_eq!(store.release_baton(1, "時間切れ", "山田").expect("released"), 2);
    assert_eq!(store.release_baton(1, "時間切れ", "山田").expect("released"), 0);
    assert_eq!(state_of(&store, run, ids[1]), ItemState::Failed);
    assert_eq!(state_of(&store, run, ids[3]), ItemState::Inquiry);
    let late = store.return_baton_row((1, 2), &dropped, "山田").expect("told");
    assert_eq!(late, Returned::Otherwise(ItemState::Failed));
    assert!(store.batons(true).expect("batons").is_empty());
    assert!(!fixture.holds("時間切れ") && !fixture.holds("R8-000123"));
}

pub(crate) fn rejected_items_are_handed_out_when_that_is_asked_for(fixture: &Fixture) {
    let store = fixture.open();
    let ids = left_by_a_run(&store);
    let all = Order {
        rejected: true,
        ..order(Wanted::Bot("bot".to_owned(), Place::Practice))
    };
    let real = order(Wanted::Bot("bot".to_owned(), Place::Real));
    assert_eq!(store.give_baton(&real).expect("asked"), None);
    assert_eq!(store.give_baton(&all).expect("given").expect("a sheet").items, 4);
    assert_eq!(store.release_baton(1, "間違えた", "山田").expect("released"), 4);
    assert_eq!(state_of(&store, RunId(1), ids[2]), ItemState::Rejected, "as it was");
}

pub(crate) fn what_was_registered_by_hand_is_never_work_again(fixture: &Fixture) {
    let store = fixture.open();
    let ids = left_by_a_run(&store);
    store.give_baton(&order(Wanted::Run(RunId(1)))).expect("given");
    let taken = store.return_baton_row((1, 2), &said(ItemState::Done, "佐藤"), "山田");
    assert_eq!(taken.expect("taken"), Returned::Taken);
    // No run ever came to its act, and the scenario has changed since.
    let mended = NewRun {
        bundle_hash: "1".repeat(64),
        ..run_of("bot", ALIVE)
    };
    let lease = store.open_run(&mended).expect("opens").lease;
    let intake = Intake {
        commits: true,
        anew: false,
        ..FROM_A
    };
    let known = store
        .enroll(lease, intake, &[item(2, "A-2", "山田花子")])
        .expect("enrolled");
    assert_eq!(
        (known[0].id, known[0].state, known[0].workable),
        (ids[1], ItemState::Done, false)
    );
}
