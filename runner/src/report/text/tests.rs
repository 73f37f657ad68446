use super::*;
use crate::events::sample::{Ending, Night, broken_night, whole_night};
use crate::events::{Kind, RunOutcome};
use crate::report::sample::{EN, JA};
use crate::text::{Message, codes};

fn place_of(picture: &EvidenceRef) -> Option<String> {
    Some(format!(".yakin/evidence/{}.png", picture.sha256.get(..8)?))
}

fn interrupted(left: Ending) -> RunView {
    let mut view = RunView::fold(&broken_night(left));
    view.interrupted = true;
    view
}

#[test]
fn a_whole_night_is_shown() {
    let view = RunView::fold(&whole_night());
    insta::assert_snapshot!("show_ja", show(&view, JA, &place_of));
    insta::assert_snapshot!("show_en", show(&view, EN, &place_of));
}

#[test]
fn an_interrupted_night_is_shown() {
    insta::assert_snapshot!(
        "show_interrupted_ja",
        show(&interrupted(Ending::LeftCommitting), JA, &place_of)
    );
}

#[test]
fn a_run_that_ended_early_says_why() {
    use crate::events::Failure;
    let mut night = Night::begin();
    night.take(9);
    for row in 1..=5 {
        night.work(row, Ending::Broken);
    }
    let cause = Message::new(codes::NOT_FOUND)
        .with("looked_for", "氏名")
        .with("title", "新規登録")
        .with_int("seconds", 10);
    let failure = Failure {
        cause: crate::events::Cause::Page,
        message: Message::new(codes::SAME_CAUSE)
            .with_int("count", 5)
            .with_said("cause", cause),
        page_says: None,
    };
    let events = night.end_run(RunOutcome::Failed, Some(failure)).events();
    insta::assert_snapshot!("show_ended_early_ja", show(&RunView::fold(&events), JA, &|_| None));
}

#[test]
fn nothing_is_wider_than_a_terminal_and_nothing_can_steer_it() {
    let mut events = whole_night();
    for event in &mut events {
        if let Kind::ItemFinished(finished) = &mut event.kind {
            finished.item.label.push_str("\u{1b}[2J\u{202e}");
            if let Some(failure) = &mut finished.failure {
                failure.page_says = Some("\u{1b}]0;x\u{7}とても長い言葉".repeat(30));
            }
        }
    }
    for reader in [JA, EN] {
        let shown = show(&RunView::fold(&events), reader, &place_of);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'));
        assert!(!shown.contains('\u{202e}'));
        for line in shown.lines() {
            assert!(width(line) <= WIDTH, "{line}");
        }
    }
}

#[test]
fn a_run_of_which_nothing_is_known_is_shown() {
    assert!(!show(&RunView::default(), JA, &place_of).is_empty());
    assert_eq!(RunLine::of(&RunView::default()), None);
}

#[test]
fn runs_stand_in_columns() {
    let night = RunLine::of(&RunView::fold(&whole_night())).expect("a run");
    let broken = RunLine::of(&interrupted(Ending::LeftCommitting)).expect("a run");
    let lines = [
        night.clone(),
        RunLine {
            rehearsal: false,
            run: RunId(9),
            bot: "kenshin".to_owned(),
            name: "Health check-ups".to_owned(),
            place: Place::Real,
            started: "2025-12-31T14:59:00Z".parse().expect("an instant"),
            status: Status::Ended(RunOutcome::Succeeded),
            counts: Counts::default(),
        },
        RunLine {
            name: "健診予約の取込（とても長い名前のボットで、列に入らない）".to_owned(),
            ..broken
        },
    ];
    insta::assert_snapshot!("runs_ja", runs(&lines, night.started, JA));
    insta::assert_snapshot!("runs_en", runs(&lines, night.started, EN));
    assert_eq!(runs(&[], night.started, JA), "実行の記録はまだありません。\n");
}
