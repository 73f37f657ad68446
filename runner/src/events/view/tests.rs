use proptest::prelude::*;

use super::*;
use crate::events::sample::{Ending, Night, broken_night, item, whole_night};
use crate::text::{Lang, codes};

fn counted(view: &RunView) -> Vec<(Standing, u64)> {
    view.counts().present().collect()
}

#[test]
fn a_whole_night_is_counted() {
    let view = RunView::fold(&whole_night());
    assert_eq!(
        counted(&view),
        [
            (Standing::Done, 50),
            (Standing::DoneBefore, 2),
            (Standing::Rejected, 3),
            (Standing::Failed, 1),
            (Standing::Inquiry, 1),
        ]
    );
    assert_eq!(view.counts().total(), view.taken.as_ref().expect("taken").rows);
    assert_eq!(view.waiting(), 1);
    assert!(!view.settled());
    assert_eq!(view.status(), Status::Ended(RunOutcome::Partial));
    assert_eq!(
        view.registered(),
        Registered {
            now: 50,
            before: 2,
            not: 4,
            unknown: 1
        }
    );
    assert_eq!(view.unknown, 1, "an event of a newer program is counted");
    assert!(view.verdict().is(codes::RUN_LEFT_SOME));
    let advice: Vec<String> = view.advice().into_iter().map(|message| message.code.into()).collect();
    assert_eq!(advice, ["YK5122", "YK5123", "YK5125"]);
}

#[test]
fn a_quiet_night_is_settled() {
    let mut night = Night::begin();
    night.take(1).work(1, Ending::Done);
    let view = RunView::fold(&night.end_run(RunOutcome::Succeeded, None).events());
    assert!(view.settled());
    assert!(view.verdict().is(codes::RUN_ALL_SETTLED));
    assert!(view.advice().is_empty());
    assert!(view.registers());
}

#[test]
fn an_outcome_never_hides_an_unsettled_item() {
    let mut night = Night::begin();
    night.take(1).work(1, Ending::Unproven);
    let view = RunView::fold(&night.end_run(RunOutcome::Succeeded, None).events());
    assert!(!view.settled());
    assert!(view.verdict().is(codes::RUN_LEFT_SOME));
}

#[test]
fn a_run_that_died_during_a_commit_leaves_an_inquiry() {
    let events = broken_night(Ending::LeftCommitting);
    let mut view = RunView::fold(&events);
    assert_eq!(view.status(), Status::Running);
    assert_eq!(view.counts().of(Standing::Running), 1);
    assert_eq!(view.current_item().map(|item| item.item.row), Some(5));

    view.interrupted = true;
    assert_eq!(view.status(), Status::Interrupted);
    assert_eq!(
        counted(&view),
        [
            (Standing::NotStarted, 4),
            (Standing::Done, 4),
            (Standing::DoneBefore, 2),
            (Standing::Inquiry, 1),
        ]
    );
    assert_eq!(view.registered().unknown, 1);
    assert_eq!(view.current_item(), None);
    let item = &view.items[&item(5).id];
    assert!(view.registration(item).is(codes::REGISTERED_UNKNOWN));
    assert_eq!(
        groups(&view).len(),
        1,
        "an item that nobody can prove has a card, also without words"
    );
}

#[test]
fn a_run_that_died_before_a_commit_gives_the_item_back() {
    let mut view = RunView::fold(&broken_night(Ending::LeftClaimed));
    view.interrupted = true;
    assert_eq!(view.counts().of(Standing::NotStarted), 5);
    assert_eq!(view.registered().unknown, 0);
    assert!(groups(&view).is_empty());
}

#[test]
fn a_second_try_within_the_run_replaces_the_first() {
    let mut night = Night::begin();
    night.take(1).work(1, Ending::Broken);
    let events = night.work(1, Ending::Done).events();
    let view = RunView::fold(&events);
    let item = &view.items[&item(1).id];
    assert_eq!((item.attempts, item.failure.as_ref()), (2, None));
    assert_eq!(view.counts().of(Standing::Done), 1);
    assert_eq!(view.counts().total(), 3);
    assert!(view.stops().is_empty());
}

#[test]
fn steps_know_their_times_and_where_items_stopped() {
    let view = RunView::fold(&whole_night());
    let step = view.steps.get("steps/2").expect("in the outline");
    assert_eq!((step.begun, step.ok, step.failed, step.retried), (54, 53, 1, 1));
    assert_eq!(step.longest_ms, 10_000);
    assert_eq!(
        view.stops().into_iter().collect::<Vec<_>>(),
        [("steps/2", 1), ("steps/3", 1), ("steps/4", 1), ("steps/4/do/1", 1)]
    );
    let paths: Vec<&str> = view.steps.iter().map(|step| step.outline.path.as_str()).collect();
    assert_eq!(paths[..3], ["login/1", "steps/1", "steps/2"]);
}

#[test]
fn the_same_reason_stands_once() {
    let mut night = Night::begin();
    night.take(6);
    for row in 1..=4 {
        night.work(row, Ending::Broken);
    }
    night.work(5, Ending::OutsideCity).work(6, Ending::TooLittle);
    let view = RunView::fold(&night.events());
    let groups = groups(&view);
    let found: Vec<(Standing, usize)> = groups.iter().map(|group| (group.standing, group.items.len())).collect();
    assert_eq!(
        found,
        [(Standing::Failed, 4), (Standing::Rejected, 1), (Standing::Rejected, 1)],
        "two reasons to reject are two groups, though their code is the same"
    );
}

#[test]
fn what_belongs_to_one_item_does_not_make_another_reason() {
    use crate::events::{Cause, Failure, Kind};
    use crate::text::Message;
    use crate::value::Class;
    let mut night = Night::begin();
    night.take(2);
    for (row, name) in [(1, "髙＊＊"), (2, "山＊＊")] {
        night.push(Kind::ItemFinished(ItemFinished {
            item: item(row),
            state: ItemState::Rejected,
            failure: Some(Failure {
                cause: Cause::Data,
                message: Message::new(codes::REJECTED)
                    .with_classed("reason", name, Class::Personal)
                    .with_int("row", row as i64),
                page_says: None,
            }),
            receipt: None,
            took_ms: 1,
        }));
    }
    assert_eq!(groups(&RunView::fold(&night.events())).len(), 1);
}

#[test]
fn pictures_that_tell_most_come_first() {
    let view = RunView::fold(&whole_night());
    let roles = |row| -> Vec<u8> {
        let pictures = view.items[&item(row).id].telling_pictures();
        pictures.iter().map(|picture| picture.evidence.role as u8).collect()
    };
    assert_eq!(roles(33), [0]);
    assert_eq!(roles(41), [0, 1]);
    assert_eq!(roles(1), [1, 2]);
    assert_eq!(
        view.evidence().count(),
        view.items.values().map(|item| item.pictures.len()).sum::<usize>()
    );
}

#[test]
fn a_rehearsal_registers_nothing() {
    let mut events = whole_night();
    let Kind::RunStarted(header) = &mut events[0].kind else {
        panic!("the first event starts the run");
    };
    header.rehearsal = true;
    let view = RunView::fold(&events);
    assert_eq!(view.registered().now, 0);
    assert_eq!(view.registered().not, 55);
    assert!(view.verdict().is(codes::RUN_REHEARSED));
    assert!(view.registration(&view.items[0]).is(codes::NOT_REGISTERED_REHEARSAL));
    for event in &mut events {
        if let Kind::ItemFinished(finished) = &mut event.kind
            && finished.state == ItemState::Done
        {
            finished.state = ItemState::Rehearsed;
        }
    }
    let view = RunView::fold(&events);
    assert_eq!(view.counts().of(Standing::Done), 0);
    assert!(view.counts().of(Standing::Rehearsed) > 0);
    assert_eq!(view.registered().now, 0);
    assert!(view.advice().iter().any(|next| next.is(codes::NEXT_REHEARSED)));

    // What covers a value is explained where one is covered.
    let explained = |events: &[Event]| {
        let advice = RunView::fold(events).advice();
        advice.iter().any(|next| next.is(codes::NEXT_SEE_MORE))
    };
    assert!(!explained(&events));
    let mut covered = events.clone();
    for event in &mut covered {
        if let Kind::ItemFinished(finished) = &mut event.kind {
            finished.receipt = Some("氏名: 森＊＊".to_owned());
        }
    }
    assert!(explained(&covered));

    // Of a bot that only reads, nobody is told that it would register.
    if let Kind::RunStarted(header) = &mut events[0].kind {
        header.outline.retain(|step| step.kind != COMMIT);
    }
    let advice = RunView::fold(&events).advice();
    assert!(advice.iter().any(|next| next.is(codes::NEXT_REHEARSED_READING)));
    assert!(!advice.iter().any(|next| next.is(codes::NEXT_REHEARSED)));
}

#[test]
fn a_rehearsal_that_finds_everything_done_says_how_to_see_one() {
    let mut events = whole_night();
    events.retain(|event| {
        matches!(
            event.kind,
            Kind::RunStarted(_) | Kind::ItemsTaken(_) | Kind::RunFinished(_)
        )
    });
    let codes_for = |events: &[Event], rehearsal: bool, left: u64| {
        let mut events = events.to_vec();
        for event in &mut events {
            match &mut event.kind {
                Kind::RunStarted(header) => header.rehearsal = rehearsal,
                Kind::ItemsTaken(taken) => taken.to_do = left,
                _ => {}
            }
        }
        RunView::fold(&events).advice()
    };
    let named = |advice: Vec<Message>| advice.iter().any(|next| next.is(codes::NEXT_REHEARSE_DONE));
    assert!(named(codes_for(&events, true, 0)));
    assert!(!named(codes_for(&events, true, 1)), "something was left to do");
    assert!(!named(codes_for(&events, false, 0)), "no rehearsal");
}

#[test]
fn what_was_set_aside_is_not_started_and_nobody_is_called_for_it() {
    let mut events = whole_night();
    let total = RunView::fold(&events).counts().total();
    for event in &mut events {
        if let Kind::ItemsTaken(taken) = &mut event.kind {
            taken.to_do += 7;
            taken.set_aside = 7;
        }
        if let Kind::RunFinished(finished) = &mut event.kind {
            finished.outcome = RunOutcome::Succeeded;
        }
    }
    let view = RunView::fold(&events);
    assert_eq!(view.counts().total(), total + 7);
    assert!(view.counts().of(Standing::NotStarted) >= 7);
    assert!(view.verdict().is(codes::RUN_LIMITED));
}

#[test]
fn a_run_that_ends_early_says_that_its_last_steps_are_not_done() {
    let told = |outcome, works: u64| {
        let mut night = Night::begin();
        night.take(2);
        for row in 1..=works {
            night.work(row, Ending::Done);
        }
        let view = RunView::fold(&night.end_run(outcome, None).events());
        let advice = view.advice().into_iter().find(|next| next.is(codes::NEXT_AFTER));
        advice.map(|next| next.what(Lang::Ja))
    };
    for outcome in [RunOutcome::Cancelled, RunOutcome::Failed] {
        let said = told(outcome, 1).expect("told");
        assert!(said.contains("yakin resume 12"), "{said}");
        let said = told(outcome, 2).expect("told");
        assert!(!said.contains("resume"), "nothing is left to resume: {said}");
    }
    for outcome in [RunOutcome::Succeeded, RunOutcome::Partial] {
        assert_eq!(told(outcome, 2), None);
    }
}

#[test]
fn a_bot_without_a_commit_registers_nothing_to_speak_of() {
    let mut events = whole_night();
    if let Kind::RunStarted(header) = &mut events[0].kind {
        header.outline.retain(|step| step.kind != COMMIT);
    }
    let view = RunView::fold(&events);
    assert!(!view.registers());
    // What is done is done, though nothing was intended for it.
    assert_eq!(view.registered().now, view.counts().of(Standing::Done));
}

#[test]
fn every_sentence_can_be_said() {
    let mut view = RunView::fold(&whole_night());
    view.finished = None;
    for interrupted in [false, true] {
        view.interrupted = interrupted;
        for lang in [Lang::Ja, Lang::En] {
            assert!(!view.verdict().what(lang).is_empty());
            for message in view.advice() {
                let said = message.what(lang);
                assert!(!said.is_empty() && !said.contains("YK"), "{said}");
            }
        }
    }
}

proptest! {
    /// Whatever is lost on the way, the fold goes on and its counts agree with each other.
    #[test]
    fn any_part_of_a_stream_folds(kept in proptest::collection::vec(any::<bool>(), 2000), interrupted: bool) {
        let events = whole_night();
        let kept = events.iter().zip(kept).filter_map(|(event, keep)| keep.then_some(event));
        let mut view = RunView::fold(kept.clone());
        view.interrupted = interrupted;
        let counts = view.counts();
        let taken = view.taken.as_ref().map_or(0, |taken| taken.done_before);
        prop_assert!(counts.total() >= view.items.len() as u64 + taken);
        prop_assert!(counts.ended() <= counts.total());
        prop_assert!(counts.waiting() <= counts.unsettled());
        let registered = view.registered();
        prop_assert_eq!(registered.now + registered.before + registered.not + registered.unknown, counts.total());
        prop_assert!(!view.over() || counts.of(Standing::Running) == 0);
        let grouped: usize = groups(&view).iter().map(|group| group.items.len()).sum();
        prop_assert!(grouped <= view.items.len());
        prop_assert!(view.steps.iter().all(|step| step.worked() + step.skipped <= 60));

        // Event by event is the same as all at once, and an event seen twice changes nothing.
        let mut again = RunView::default();
        for event in kept {
            again.apply(event);
            again.apply(event);
        }
        again.interrupted = interrupted;
        prop_assert_eq!(again, view);
    }
}
