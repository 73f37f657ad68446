//! What a run leaves between intent and result, and what the next one is given of it.

use yakin::events::{ItemState, RunOutcome};
use yakin::ports::{Finish, Intent, LastBrowser, LateKey, Ledger, Move, PortError, Receipt, RemoteSession};
use yakin::value::{Class, Classed, Value};

use super::super::fixture::*;

/// An item of a run that has died between intent and result.
fn lost(store: &yakin::history::Store, key: &str, session: Option<&RemoteSession>) -> yakin::events::ItemId {
    let lease = store.open_run(&run_of("bot", DEAD)).expect("opens").lease;
    store.browser_at(lease, session).expect("written");
    let known = only(store, lease, item(1, key, "山田花子"));
    moved(store, lease, known.id, &Move::Claim);
    moved(store, lease, known.id, &intend());
    known.id
}

pub(crate) fn a_doubt_is_taken_over_with_all_that_was_known(fixture: &Fixture) {
    let store = fixture.open();
    let session = RemoteSession {
        driver: "http://127.0.0.1:4444".to_owned(),
        id: "abc".to_owned(),
    };
    let id = lost(&store, "A-1", Some(&session));
    let other = opened(&store, "another bot").lease;
    assert_eq!(store.doubts(other, FROM_A.ledger).expect("readable"), [], "not its own");
    let lease = opened(&store, "bot").lease;
    let doubts = store.doubts(lease, FROM_A.ledger).expect("readable");
    let [doubt] = doubts.as_slice() else {
        panic!("{doubts:?}")
    };
    assert_eq!((doubt.left.item.id, doubt.left.item.label.as_str()), (id, "A-1"));
    assert_eq!(doubt.left.payload["氏名"], Value::from("山田花子"));
    let intent = doubt.intent.as_ref().expect("an intent");
    assert_eq!((intent.path.as_str(), intent.title.as_str()), ("steps/5", "請求の登録"));
    assert_eq!(
        intent.known,
        [("住所".to_owned(), Classed::new("長崎市", Class::Personal))]
    );
    assert!(!fixture.holds("長崎市"), "what was known is sealed");
    let browser = LastBrowser {
        host: "yakin01".to_owned(),
        pid: DEAD,
        session: Some(session),
    };
    assert_eq!(doubt.browser, browser);
    // It died too, or was stopped: the next one is given it again.
    store
        .close_run(lease, RunOutcome::Cancelled, &[ended(RunOutcome::Cancelled)])
        .expect("closed");
    let lease = opened(&store, "bot").lease;
    assert_eq!(store.doubts(lease, FROM_A.ledger).expect("readable").len(), 1);
    // Until it is found out nobody works it.
    let known = only(&store, lease, item(7, "A-1", "山田花子"));
    assert!(!known.workable && known.state == ItemState::Committing, "{known:?}");
    moved(&store, lease, id, &finish(ItemState::Done));
    assert_eq!(state_of(&store, lease.run, id), ItemState::Done);
    closed(&store, lease);
    let lease = opened(&store, "bot").lease;
    assert_eq!(store.doubts(lease, FROM_A.ledger).expect("readable"), []);
}

pub(crate) fn what_was_disproved_is_work_like_any_other(fixture: &Fixture) {
    let store = fixture.open();
    let ids = [lost(&store, "A-1", None), lost(&store, "A-2", None)];
    let lease = opened(&store, "bot").lease;
    for doubt in store.doubts(lease, FROM_A.ledger).expect("readable") {
        moved(&store, lease, doubt.left.item.id, &Move::Disprove);
    }
    // One stands in tonight's file, the other in none.
    let known = only(&store, lease, item(1, "A-1", "山田花子"));
    assert!(known.workable && known.id == ids[0] && known.attempts == 1, "{known:?}");
    let left = store.leftovers(lease, FROM_B).expect("left");
    assert_eq!(left.iter().map(|left| left.item.id).collect::<Vec<_>>(), ids[1..]);
}

pub(crate) fn what_a_run_has_found_out_stands_once_in_its_list(fixture: &Fixture) {
    let store = fixture.open();
    let ids = [lost(&store, "A-1", None), lost(&store, "A-2", None)];
    let lease = opened(&store, "bot").lease;
    for doubt in store.doubts(lease, FROM_A.ledger).expect("readable") {
        moved(&store, lease, doubt.left.item.id, &finish(ItemState::Done));
    }
    let known = only(&store, lease, item(5, "A-2", "山田花子"));
    assert_eq!((known.id, known.run), (ids[1], Some(lease.run)));
    let counts = store.counts(lease.run).expect("counts");
    assert_eq!(
        (counts.rows, counts.done_before, counts.of(&[ItemState::Done])),
        (2, 0, 2)
    );
}

/// Moves the item of a key to its end with a receipt.
fn proved(store: &yakin::history::Store, key: &str, scope: &str) -> Result<(), PortError> {
    let lease = opened(store, key).lease;
    let known = only(store, lease, item(1, key, "山田花子"));
    moved(store, lease, known.id, &Move::Claim);
    moved(store, lease, known.id, &intend());
    let done = Move::Finish(Finish {
        state: ItemState::Done,
        reason: None,
        kept: indexmap::IndexMap::new(),
        receipt: Some(Receipt {
            scope: scope.to_owned(),
            text: "R8-000123".to_owned(),
        }),
    });
    let done = store.advance(lease, known.id, &done, &[]);
    match done {
        Err(PortError::SameReceipt { other, label }) => {
            assert_eq!(
                state_of(store, lease.run, known.id),
                ItemState::Committing,
                "nothing was stored"
            );
            let events = [item_ended(known.id, ItemState::Inquiry)];
            let stored = store
                .contest(lease, (known.id, other), "YK5169", &events)
                .expect("stored");
            assert_eq!(stored.len(), 1);
            for id in [known.id, other] {
                let rows = store.inquiries("佐藤").expect("inquiries");
                assert!(rows.iter().any(|waits| waits.item.item == id), "{rows:?}");
            }
            closed(store, lease);
            Err(PortError::SameReceipt { other, label })
        }
        done => {
            closed(store, lease);
            done.map(drop)
        }
    }
}

pub(crate) fn one_receipt_under_two_keys_goes_to_a_person_twice(fixture: &Fixture) {
    let store = fixture.open();
    proved(&store, "A-1", "one night").expect("the first");
    proved(&store, "A-2", "another night").expect("numbers begin anew");
    let refused = proved(&store, "A-3", "one night");
    assert!(
        matches!(&refused, Err(PortError::SameReceipt { label, .. }) if label == "A-1"),
        "{refused:?}"
    );
    assert!(!fixture.holds("R8-000123"), "receipts are stored as keyed hashes");
}

/// An item of its own run claims a late key with its intent and comes to an end.
fn claimed_late(store: &yakin::history::Store, key: &str, late: &str, end: Option<ItemState>) -> Result<(), PortError> {
    let lease = opened(store, key).lease;
    let known = only(store, lease, item(1, key, "山田花子"));
    moved(store, lease, known.id, &Move::Claim);
    let Move::Intend(intent) = intend() else {
        panic!("an intent")
    };
    let key = LateKey {
        ledger: FROM_A.ledger.to_owned(),
        text: late.to_owned(),
    };
    let intent = Move::Intend(Intent {
        key: Some(key),
        ..intent
    });
    let claimed = store.advance(lease, known.id, &intent, &[]).map(drop);
    let end = if claimed.is_err() {
        Some(ItemState::Rejected)
    } else {
        end
    };
    if let Some(end) = end {
        moved(store, lease, known.id, &finish(end));
    }
    closed(store, lease);
    claimed
}

pub(crate) fn a_late_key_is_registered_for_one_item(fixture: &Fixture) {
    let store = fixture.open();
    let holds = |tried: Result<(), PortError>, by: &str| match tried {
        Err(PortError::SameKey { label }) => assert_eq!(label, by),
        other => panic!("{by} has it: {other:?}"),
    };
    claimed_late(&store, "A-1", "宛名 1", Some(ItemState::Done)).expect("the first");
    holds(claimed_late(&store, "A-2", "宛名 1", None), "A-1");
    claimed_late(&store, "A-3", "宛名 2", None).expect("another number");
    holds(claimed_late(&store, "A-4", "宛名 2", None), "A-3");
    claimed_late(&store, "A-5", "宛名 3", Some(ItemState::Rejected)).expect("refused by the system");
    claimed_late(&store, "A-6", "宛名 3", Some(ItemState::Done)).expect("nothing was registered under it");
    holds(claimed_late(&store, "A-7", "宛名 3", None), "A-6");
    assert!(!fixture.holds("宛名 1"), "only a hash is stored");
}
