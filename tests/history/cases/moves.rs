//! Items at work: moved only as the state machine allows, by the run that has them.

#![expect(
    clippy::panic,
    reason = "a case fails by panicking, and is no test function by itself"
)]

use std::sync::Barrier;

use chrono::TimeDelta;
use indexmap::IndexMap;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use yakin::events::{ItemId, ItemRef, ItemState, Kind, RunId, RunOutcome};
use yakin::history::{Counts, Store};
use yakin::ports::item::{self, MoveKind};
use yakin::ports::{Finish, Intake, Lease, Ledger, Move, NewRun, PortError, Question};
use yakin::text::{Message, codes};

use super::super::fixture::*;

pub(crate) fn one_night_from_beginning_to_end(fixture: &Fixture) {
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
        receipt: None,
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
        receipt: None,
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

pub(crate) fn what_is_kept_is_of_the_last_attempt(fixture: &Fixture) {
    let store = fixture.open();
    let rejected = Move::Finish(Finish {
        state: ItemState::Rejected,
        reason: Some("YK8006".to_owned()),
        kept: values(&[("理由", "手数料が不足しています")]),
        receipt: None,
    });
    // The second attempt is done, or given back because somebody cancelled the run.
    for (key, second) in [("A-1", finish(ItemState::Done)), ("A-2", Move::Release)] {
        let mut last = None;
        for (name, end) in [("山田花子", &rejected), ("山田花子（訂正）", &second)] {
            let lease = opened(&store, "bot").lease;
            let known = only(&store, lease, item(1, key, name));
            moved(&store, lease, known.id, &Move::Claim);
            moved(&store, lease, known.id, end);
            closed(&store, lease);
            last = Some((lease.run, known.id));
        }
        let (run, id) = last.expect("two attempts");
        let rows = store.items(run).expect("items");
        assert_eq!(rows[0].reason, None, "{key}");
        let unsealed = store.unseal(&[id], "係長").expect("unsealed");
        assert_eq!(unsealed[0].kept, values(&[]), "{key}");
    }
}

pub(crate) fn a_question_waits_for_its_answer(fixture: &Fixture) {
    let store = fixture.open();
    let question = Question {
        mark: "same".to_owned(),
        text: "同じ人ですか（森太郎）".to_owned(),
        choices: vec!["はい".to_owned(), "いいえ".to_owned()],
        kind: None,
        picture: None,
    };
    let lease = opened(&store, "bot").lease;
    let known = only(&store, lease, item(1, "A-1", "森太郎"));
    moved(&store, lease, known.id, &Move::Claim);
    let ask = Move::Ask {
        question: question.clone(),
        finish: Finish {
            state: ItemState::ReadingReview,
            reason: None,
            kept: IndexMap::new(),
            receipt: None,
        },
    };
    moved(&store, lease, known.id, &ask);
    assert_eq!(store.answers(lease, known.id).expect("answers"), []);
    closed(&store, lease);
    assert_eq!(state_of(&store, lease.run, known.id), ItemState::ReadingReview);
    assert!(!fixture.holds("森太郎"), "the question is sealed");

    let open = store.reviews("係長").expect("reviews");
    assert_eq!(
        (open.len(), &open[0].question, &open[0].answered),
        (1, &question, &None)
    );
    assert_eq!((open[0].item.label.as_str(), open[0].item.run), ("A-1", lease.run));
    let waits = opened(&store, "bot").lease;
    assert_eq!(
        store.waiting(waits, FROM_A.ledger).expect("waiting"),
        [(known.id, ItemState::ReadingReview, "A-1".to_owned())]
    );
    assert!(!only(&store, waits, item(1, "A-1", "森太郎")).workable);
    closed(&store, waits);

    let number = open[0].number;
    assert!(store.answer(number, "はい（森太郎）", "鈴木").expect("stored"));
    assert!(!store.answer(number, "いいえ", "佐藤").expect("the first one stays"));
    assert!(!fixture.holds("森太郎"), "the answer is sealed");
    assert_eq!(store.reviews("係長").expect("reviews"), []);
    assert_eq!(store.review(99, "係長").expect("readable"), None);
    let answered = store.review(number, "係長").expect("readable").expect("there").answered;
    assert_eq!(answered.map(|(by, _)| by).as_deref(), Some("鈴木"));
    let acts: Vec<String> = store
        .audit()
        .expect("audit")
        .into_iter()
        .map(|entry| format!("{} {} {}", entry.who, entry.act, entry.subject))
        .collect();
    assert_eq!(
        acts,
        [
            format!("係長 review.read review {number}"),
            format!("鈴木 review.answered review {number}"),
            format!("係長 review.read review {number}"),
        ]
    );

    // It is work again, also for a run whose file does not have it.
    let lease = opened(&store, "bot").lease;
    let left = store.leftovers(lease, FROM_B).expect("leftovers");
    assert_eq!(
        (left.len(), left[0].item.id, left[0].item.state),
        (1, known.id, ItemState::New)
    );
    let answers = store.answers(lease, known.id).expect("answers");
    assert_eq!((answers.len(), answers[0].answer.as_str()), (1, "はい（森太郎）"));
    assert_eq!(answers[0].question, question);
}

pub(crate) fn what_waits_for_a_person_is_told_to_every_run(fixture: &Fixture) {
    let store = fixture.open();
    let doubt = worked(&store, item(1, "A-1", "山田花子"), ItemState::Inquiry);
    worked(&store, item(2, "A-2", "山田花子"), ItemState::Done);
    let inquiries = store.inquiries("佐藤").expect("inquiries");
    assert_eq!(
        inquiries
            .iter()
            .map(|waits| waits.item.label.as_str())
            .collect::<Vec<_>>(),
        ["A-1"]
    );
    for _ in 0..2 {
        let lease = opened(&store, "bot").lease;
        assert_eq!(store.waiting(lease, "another").expect("waiting"), []);
        let waiting = store.waiting(lease, "juminhyo").expect("waiting");
        assert_eq!(waiting.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [doubt]);
        closed(&store, lease);
    }
    let lease = opened(&store, "bot").lease;
    only(&store, lease, item(1, "A-1", "山田花子"));
    assert_eq!(
        store.waiting(lease, "juminhyo").expect("waiting"),
        [],
        "it stands in the file"
    );
    closed(&store, lease);
}

pub(crate) fn moves_agree_with_the_state_machine(fixture: &Fixture) {
    let kinds: Vec<MoveKind> = [MoveKind::Claim, MoveKind::Intend, MoveKind::Disprove, MoveKind::Release]
        .into_iter()
        .chain(ItemState::ALL.map(MoveKind::Finish))
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
            let mut expected = ItemState::New;
            for kind in walk {
                let step = match kind {
                    MoveKind::Claim => Move::Claim,
                    MoveKind::Intend => intend(),
                    MoveKind::Release => Move::Release,
                    MoveKind::Disprove => Move::Disprove,
                    MoveKind::Finish(state) => finish(state),
                    // No moves of a run at work on the item: a person makes them, another run, or another item.
                    MoveKind::Answer
                    | MoveKind::Decide(_)
                    | MoveKind::TakeByHand
                    | MoveKind::FinishByHand(_)
                    | MoveKind::GiveBack(_)
                    | MoveKind::TakeOver
                    | MoveKind::Contest
                    | MoveKind::Reopen => continue,
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

pub(crate) fn nothing_moves_when_an_event_or_a_move_is_refused(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let known = only(&store, lease, item(1, "A-1", "山田花子"));
    let note = Kind::Noted(Message::new(codes::RUN_DIED));
    let refused = store.advance(lease, known.id, &intend(), std::slice::from_ref(&note));
    assert!(matches!(refused, Err(PortError::Transition(_))), "{refused:?}");
    assert!(store.advance(lease, ItemId(77), &Move::Claim, &[note]).is_err());
    assert_eq!(store.run_events(lease.run, 1, usize::MAX).expect("events").len(), 1);
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

pub(crate) fn two_bots_on_one_ledger_never_share_an_item(fixture: &Fixture) {
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

pub(crate) fn an_item_of_another_run_cannot_be_moved(fixture: &Fixture) {
    let store = fixture.open();
    let (first, second) = (opened(&store, "bot 1").lease, opened(&store, "bot 2").lease);
    let known = only(&store, first, item(1, "A-1", "山田花子"));
    moved(&store, first, known.id, &Move::Claim);
    for step in [intend(), Move::Release, finish(ItemState::Done)] {
        assert_fenced(store.advance(second, known.id, &step, &[]));
    }
    moved(&store, first, known.id, &intend());
    assert_fenced(store.advance(second, known.id, &finish(ItemState::Done), &[]));
}

/// A claim is not on the disk before it is answered for. Should a server's crash have lost it, it allows nothing.
pub(crate) fn a_claim_that_was_lost_allows_no_act(fixture: &Fixture) {
    let store = fixture.open();
    let (first, second) = (opened(&store, "bot 1").lease, opened(&store, "bot 2").lease);
    let known = only(&store, first, item(1, "A-1", "山田花子"));
    moved(&store, first, known.id, &Move::Claim);
    fixture.sql("UPDATE item SET state = 'new', run = NULL, epoch = 0, attempts = 0");
    let refused = store.advance(first, known.id, &intend(), &[]);
    assert!(
        matches!(&refused, Err(PortError::Transition(illegal)) if illegal.from == ItemState::New),
        "{refused:?}"
    );
    only(&store, second, item(1, "A-1", "山田花子"));
    moved(&store, second, known.id, &Move::Claim);
    assert_fenced(store.advance(first, known.id, &intend(), &[]));
    moved(&store, second, known.id, &intend());
}

pub(crate) fn what_is_registered_by_a_later_edition_is_sound(fixture: &Fixture) {
    let store = fixture.open();
    let one = || item(1, "A-1", "山田花子");
    let lease = opened(&store, "bot").lease;
    let known = only(&store, lease, one());
    let done = [item_ended(known.id, ItemState::Done)];
    let work = |lease, step: &Move, events: &[Kind]| {
        store
            .advance(lease, known.id, step, events)
            .expect("the move is allowed");
    };
    work(lease, &Move::Claim, &[]);
    work(lease, &finish(ItemState::Done), &done);
    closed(&store, lease);
    let mended = NewRun {
        bundle_hash: "1".repeat(64),
        ..run_of("bot", ALIVE)
    };
    let lease = store.open_run(&mended).expect("opens").lease;
    let commits = Intake {
        commits: true,
        anew: false,
        ..FROM_A
    };
    let again = store.enroll(lease, commits, &[one()]).expect("enrolled").remove(0);
    assert!(again.workable, "{again:?}");
    let intended = Kind::CommitIntended {
        item: ItemRef {
            id: known.id,
            row: 1,
            label: "A-1".to_owned(),
        },
        title: "登録".to_owned(),
    };
    work(lease, &Move::Claim, &[]);
    work(lease, &intend(), &[intended]);
    work(lease, &finish(ItemState::Done), &done);
    closed(&store, lease);
    assert_eq!(store.inspect().expect("readable").violations, []);
}

/// PostgreSQL is told with each transaction whether it must be on the disk before it is answered for.
#[test]
fn only_a_claim_may_wait_for_the_disk_of_a_server() {
    let Some(fixture) = Fixture::postgres() else { return };
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let known = only(&store, lease, item(1, "A-1", "山田花子"));
    fixture.sql(
        "CREATE TABLE told (state TEXT, level TEXT); \
         CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         INSERT INTO told VALUES (NEW.state, current_setting('synchronous_commit')); RETURN NEW; END $$; \
         CREATE TRIGGER tell AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION tell()",
    );
    for _ in 0..2 {
        moved(&store, lease, known.id, &Move::Claim);
        moved(&store, lease, known.id, &intend());
        moved(&store, lease, known.id, &Move::Disprove);
    }
    assert_eq!(fixture.number("SELECT COUNT(*) FROM told"), 6);
    let wrong = "SELECT COUNT(*) FROM told WHERE level <> CASE state WHEN 'claimed' THEN 'off' ELSE 'on' END";
    assert_eq!(fixture.number(wrong), 0);
}
