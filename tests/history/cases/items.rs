//! Rows: enrolled once, and judged by how they ended before.

use chrono::TimeDelta;
use yakin::events::ItemState;
use yakin::ports::{Again, Finish, Handover, Intake, Ledger, Move, NewItem, NewRun, PortError};
use yakin::text::codes;
use yakin::value::Value;

use super::super::fixture::*;

pub(crate) fn what_was_taken_out_of_the_file_is_told_and_not_worked(fixture: &Fixture) {
    let store = fixture.open();
    let rows = [1, 2].map(|row| item(row, &format!("A-{row}"), "山田花子"));
    let lease = opened(&store, "bot").lease;
    let known = enrolled(&store, lease, &rows);
    closed(&store, lease);

    let lease = opened(&store, "bot").lease;
    enrolled(&store, lease, &rows[..1]);
    assert_eq!(store.leftovers(lease, FROM_A).expect("leftovers"), []);
    let removed = store.removed(lease, FROM_A).expect("removed");
    assert_eq!(removed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [known[1].id]);
    moved(&store, lease, known[0].id, &Move::Claim);
    moved(&store, lease, known[0].id, &finish(ItemState::Done));
    closed(&store, lease);

    // Neither the same file nor the next one brings it back.
    for intake in [FROM_A, FROM_B] {
        let lease = opened(&store, "bot").lease;
        let other = item(2, &format!("B-{}", intake.source), "佐藤次郎");
        store
            .enroll(lease, intake, &[rows[0].clone(), other])
            .expect("enrolled");
        assert_eq!(
            store.leftovers(lease, intake).expect("leftovers").len(),
            usize::from(intake.source != FROM_A.source)
        );
        assert_eq!(store.removed(lease, intake).expect("removed"), []);
        closed(&store, lease);
    }
    // Put back, it is worked.
    let lease = opened(&store, "bot").lease;
    let back = enrolled(&store, lease, &rows);
    assert_eq!([back[0].workable, back[1].workable], [false, true]);
    closed(&store, lease);
}

pub(crate) fn another_file_under_the_same_name_takes_nothing_out(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    enrolled(&store, lease, &[item(1, "A-1", "山田花子")]);
    closed(&store, lease);
    let lease = opened(&store, "bot").lease;
    enrolled(&store, lease, &[item(1, "B-1", "佐藤次郎")]);
    assert_eq!(store.leftovers(lease, FROM_A).expect("leftovers").len(), 1);
    assert_eq!(store.removed(lease, FROM_A).expect("removed"), []);
    closed(&store, lease);
    // An empty file has lost its rows.
    let lease = opened(&store, "bot").lease;
    assert_eq!(store.leftovers(lease, FROM_A).expect("leftovers"), []);
    assert_eq!(store.removed(lease, FROM_A).expect("removed").len(), 2);
    closed(&store, lease);
}

pub(crate) fn what_a_bot_finished_is_handed_over_until_it_is_settled(fixture: &Fixture) {
    let store = fixture.open();
    let keep = |state| {
        Move::Finish(Finish {
            state,
            reason: None,
            kept: values(&[("受付番号", "R-1")]),
            receipt: None,
        })
    };
    // The last row of the file is finished first; one is rejected, one is another bot's.
    let lease = opened(&store, "bot").lease;
    let rows: Vec<NewItem> = (1..)
        .zip(["A-1", "A-2", "A-3"])
        .map(|(row, key)| item(row, key, "森"))
        .collect();
    let known = enrolled(&store, lease, &rows);
    for (place, state) in [
        (2, ItemState::Done),
        (1, ItemState::Rejected),
        (0, ItemState::AlreadyThere),
    ] {
        moved(&store, lease, known[place].id, &Move::Claim);
        moved(&store, lease, known[place].id, &keep(state));
        fixture.clock.pass(TimeDelta::seconds(1));
        fixture.sql(&format!(
            "UPDATE item SET changed_at = {} WHERE id = {}",
            10 - place,
            known[place].id.0
        ));
    }
    closed(&store, lease);
    let other = opened(&store, "other").lease;
    let strange = only(&store, other, item(1, "B-1", "林"));
    moved(&store, other, strange.id, &Move::Claim);
    moved(&store, other, strange.id, &keep(ItemState::Done));
    closed(&store, other);

    let handover = Handover {
        bot: "bot",
        from: FROM_A.ledger,
        to: "hassou",
    };
    let taken = Intake {
        ledger: "hassou",
        source: "bot",
        lasting: true,
        again: Again::Unrefused,
        commits: false,
        anew: false,
    };
    let lease = opened(&store, "sender").lease;
    let finished = store.finished(lease, handover).expect("finished");
    assert_eq!(
        finished.iter().map(|done| done.item).collect::<Vec<_>>(),
        [known[2].id, known[0].id],
        "in the order of their ends"
    );
    assert_eq!(finished[0].payload, rows[2].payload);
    assert_eq!(finished[0].kept, values(&[("受付番号", "R-1")]));
    let opened_by: Vec<String> = store
        .audit()
        .expect("audit")
        .into_iter()
        .filter(|entry| entry.who == format!("run {}", lease.run.0))
        .map(|entry| format!("{} {}", entry.act, entry.subject))
        .collect();
    assert_eq!(
        opened_by,
        [2, 0].map(|place: usize| format!("item.unsealed item {}", known[place].id.0))
    );

    // Both are taken; one comes to an end, one fails.
    let new: Vec<NewItem> = (1..)
        .zip(&finished)
        .map(|(row, done)| NewItem {
            made_of: Some(done.item),
            ..item(row, &format!("S-{row}"), "森")
        })
        .collect();
    let own = store.enroll(lease, taken, &new).expect("enrolled");
    for (item, state) in own.iter().zip([ItemState::Done, ItemState::Failed]) {
        moved(&store, lease, item.id, &Move::Claim);
        moved(&store, lease, item.id, &finish(state));
    }
    closed(&store, lease);
    let lease = opened(&store, "sender").lease;
    let again = store.finished(lease, handover).expect("finished");
    assert_eq!(again.iter().map(|done| done.item).collect::<Vec<_>>(), [known[0].id]);
    let elsewhere = Handover {
        to: "practice/hassou",
        ..handover
    };
    assert_eq!(store.finished(lease, elsewhere).expect("finished").len(), 2);
    let practised = Handover {
        from: "practice/juminhyo",
        ..handover
    };
    assert_eq!(store.finished(lease, practised).expect("finished"), []);
}

pub(crate) fn what_is_gone_from_a_lasting_list_is_not_worked(fixture: &Fixture) {
    let store = fixture.open();
    let list = Intake {
        source: "${{ 未処理 }}",
        lasting: true,
        ..FROM_A
    };
    let lease = opened(&store, "bot").lease;
    let rows = [item(1, "A-1", "森"), item(2, "A-2", "林")];
    store.enroll(lease, list, &rows).expect("enrolled");
    closed(&store, lease);
    // Of a file under the same name none of whose rows is known, this would be another file.
    let lease = opened(&store, "bot").lease;
    store.enroll(lease, list, &[item(1, "A-3", "岡")]).expect("enrolled");
    assert_eq!(store.leftovers(lease, list).expect("leftovers"), []);
    let removed = store.removed(lease, list).expect("removed");
    assert_eq!(
        removed.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(),
        ["A-1", "A-2"]
    );
    closed(&store, lease);
    // Listed again, it is worked.
    let lease = opened(&store, "bot").lease;
    let back = store.enroll(lease, list, &rows[..1]).expect("enrolled");
    assert!(back[0].workable);
}

pub(crate) fn rejected_rows_are_workable_again_as_it_was_asked_for(fixture: &Fixture) {
    let store = fixture.open();
    let rows = ["A-1", "A-2", "A-3"].map(|key| item(1, key, "山田花子"));
    worked(&store, rows[0].clone(), ItemState::Rejected);
    worked(&store, rows[1].clone(), ItemState::Done);
    // Refused by the other system's own words.
    let lease = opened(&store, "bot").lease;
    let refused = only(&store, lease, rows[2].clone()).id;
    moved(&store, lease, refused, &Move::Claim);
    let refusal = Finish {
        state: ItemState::Rejected,
        reason: Some(codes::REFUSED.0.to_owned()),
        kept: values(&[]),
        receipt: None,
    };
    moved(&store, lease, refused, &Move::Finish(refusal));
    closed(&store, lease);

    let mended = Some("steps: []");
    for (scenario, again, workable) in [
        (None, Again::Unrefused, [false, false, false]),
        (None, Again::Mended, [false, false, false]),
        (None, Again::All, [true, false, true]),
        (mended, Again::Unrefused, [true, false, false]),
        (mended, Again::Mended, [true, false, true]),
        (mended, Again::All, [true, false, true]),
    ] {
        let mut run = run_of("bot", ALIVE);
        if let Some(text) = scenario {
            run.bundle = vec![("scenarios/a.yaml".to_owned(), text.to_owned())];
            run.bundle_hash = yakin::ports::bundle_hash(&run.bundle);
        }
        let lease = store.open_run(&run).expect("the run opens").lease;
        let known = store
            .enroll(lease, Intake { again, ..FROM_A }, &rows)
            .expect("enrolled");
        let judged: Vec<bool> = known.iter().map(|item| item.workable).collect();
        assert_eq!(judged, workable, "{scenario:?} {again:?}");
        assert!(known.iter().all(|item| !item.changed), "the rows are what they were");
        closed(&store, lease);
    }
}

pub(crate) fn what_a_bot_left_is_its_own_to_finish(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let rows = [1, 2, 3, 4].map(|row| item(row, &format!("A-{row}"), "山田花子"));
    let known = enrolled(&store, lease, &rows);
    for (item, state) in [(known[0].id, ItemState::Done), (known[1].id, ItemState::Failed)] {
        moved(&store, lease, item, &Move::Claim);
        moved(&store, lease, item, &finish(state));
    }
    assert_eq!(
        store.leftovers(lease, FROM_B).expect("leftovers"),
        [],
        "they are this run's own"
    );
    closed(&store, lease);

    let other = opened(&store, "other").lease;
    assert_eq!(
        store.leftovers(other, FROM_B).expect("leftovers"),
        [],
        "another bot may be about to work them"
    );
    closed(&store, other);

    // The next file has one of the three rows that are left.
    let lease = opened(&store, "bot").lease;
    enrolled(&store, lease, &rows[2..3]);
    assert_eq!(
        store
            .leftovers(
                lease,
                Intake {
                    ledger: "another",
                    ..FROM_B
                }
            )
            .expect("leftovers"),
        []
    );
    let left = store.leftovers(lease, FROM_B).expect("leftovers");
    let told: Vec<_> = left
        .iter()
        .map(|left| (left.item.id, left.item.state, left.item.attempts))
        .collect();
    assert_eq!(
        told,
        [(known[1].id, ItemState::Failed, 1), (known[3].id, ItemState::New, 0)]
    );
    assert_eq!(left[1].payload, rows[3].payload);
    assert_eq!(store.leftovers(lease, FROM_B).expect("leftovers"), [], "taken once");
    for item in &left {
        moved(&store, lease, item.item.id, &Move::Claim);
        moved(&store, lease, item.item.id, &finish(ItemState::Done));
    }
    closed(&store, lease);
    let places: Vec<u64> = store
        .items(lease.run)
        .expect("items")
        .iter()
        .map(|item| item.row)
        .collect();
    assert_eq!(places, [0, 0, 3], "they stand in no row of this run's file");
    let row = store.run(lease.run).expect("readable").expect("there");
    assert_eq!(row.counts.expect("counted").of(&[ItemState::Done]), 2);
    let read: Vec<String> = store
        .audit()
        .expect("audit")
        .into_iter()
        .map(|entry| entry.act)
        .collect();
    assert_eq!(read, ["item.unsealed", "item.unsealed"]);
}

pub(crate) fn a_rehearsal_is_told_what_a_run_would_do_and_nothing_is_stored(fixture: &Fixture) {
    let store = fixture.open();
    let done = worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    let failed = worked(&store, item(2, "A-2", "佐藤次郎"), ItemState::Failed);
    let night = opened(&store, "bot").lease;
    let items = || fixture.number("SELECT COUNT(*) FROM item");
    let numbers = || fixture.number("SELECT value FROM counter WHERE name = 'item'");
    let before = (items(), numbers());

    // The night at work keeps nobody from rehearsing, and the other way round.
    let rehearsal = NewRun {
        rehearsal: true,
        ..run_of("bot", ALIVE)
    };
    let lease = store.open_run(&rehearsal).expect("the rehearsal opens").lease;
    let second = store.open_run(&rehearsal);
    assert!(
        matches!(&second, Err(PortError::Taken { bot, run, .. }) if bot == "bot" && *run == lease.run),
        "{second:?}"
    );
    let rows = [
        item(1, "A-1", "山田花子"),
        item(2, "B-1", "鈴木三郎"),
        item(3, "B-2", "林四郎"),
    ];
    let survey = store.survey(lease, FROM_B, &rows).expect("surveyed");
    let told: Vec<_> = survey
        .enrolled
        .iter()
        .map(|one| (one.row, one.state, one.workable, one.id == done))
        .collect();
    assert_eq!(
        told,
        [
            (1, ItemState::Done, false, true),
            (2, ItemState::New, true, false),
            (3, ItemState::New, true, false)
        ]
    );
    assert!(survey.enrolled[1..].iter().all(|one| one.id.0 < 0), "numbers of nobody");
    let left: Vec<_> = survey.left.iter().map(|left| left.item.id).collect();
    assert_eq!(left, [failed]);
    closed(&store, lease);

    assert_eq!((items(), numbers()), before);
    assert_eq!(fixture.number("SELECT COUNT(*) FROM run_item WHERE run > 2"), 0);
    let row = store.run(lease.run).expect("readable").expect("there");
    assert!(row.rehearsal && row.bot == "bot");
    let known = store.enroll(night, FROM_B, &rows).expect("enrolled");
    assert!(known[1].workable && known[1].attempts == 0 && known[1].run.is_none());
    assert_eq!(store.leftovers(night, FROM_B).expect("left").len(), 1);
    let opened = store.audit().expect("whole");
    assert!(opened.iter().any(|entry| entry.who == format!("run {}", lease.run.0)));
}

pub(crate) fn known_keys_are_judged_by_how_they_ended(fixture: &Fixture) {
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

pub(crate) fn a_key_that_repeats_in_one_file_is_worked_once(fixture: &Fixture) {
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

pub(crate) fn twenty_thousand_rows(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let rows: Vec<_> = (1..=20_000)
        .map(|row| item(row, &format!("A-{row}"), "山田花子"))
        .collect();
    let known = enrolled(&store, lease, &rows);
    let ids: Vec<i64> = known.iter().map(|one| one.id.0).collect();
    assert!(ids.iter().copied().eq(1..=20_000), "numbered in the order of the file");
    assert!(known.iter().all(|one| one.workable));
    // Taken in again, they are the same items.
    assert_eq!(enrolled(&store, lease, &rows[19_000..]), known[19_000..]);
    assert_eq!(store.counts(lease.run).expect("counts").rows, 20_000);
}
