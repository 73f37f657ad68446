//! What people say of items: the first word counts, and a live run's items are its own.

use yakin::events::{ItemId, ItemState, Kind, RunId};
use yakin::history::{Answer, Answering, Store};
use yakin::ports::{Ledger, Move, PortError};

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
