use super::*;
use crate::events::sample::{Ending, Night, broken_night, whole_night};
use crate::events::{Event, Kind, RunOutcome};
use crate::report::sample::{EN, JA};

fn now() -> DateTime<Utc> {
    "2026-11-22T22:58:05Z".parse().expect("an instant")
}

fn page(events: &[Event], interrupted: bool, reader: Reader) -> String {
    let mut view = RunView::fold(events);
    view.interrupted = interrupted;
    run(&view, now(), reader, &|_| Some(b"not really a picture".to_vec())).expect("a page")
}

fn short_night() -> Vec<Event> {
    let mut night = Night::begin();
    night.take(5).work(1, Ending::Done).work(2, Ending::TooLittle);
    night.work(3, Ending::Broken).work(4, Ending::Unproven);
    night.end_run(RunOutcome::Partial, None).events()
}

#[test]
fn a_night_as_a_page() {
    let html = page(&short_night(), false, JA);
    // The style is looked at with eyes, not compared.
    let (before, rest) = html.split_once("<style>").expect("a style");
    let (_, after) = rest.split_once("</style>").expect("its end");
    insta::assert_snapshot!("page_ja", format!("{before}<style></style>{after}"));
}

#[test]
fn hostile_text_stays_text() {
    let mut events = whole_night();
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'";
    for event in &mut events {
        match &mut event.kind {
            Kind::RunStarted(header) => {
                header.name = evil.to_owned();
                header.purpose = Some(evil.to_owned());
                header.bot = evil.to_owned();
                header.outline.iter_mut().for_each(|step| step.title = evil.to_owned());
            }
            Kind::ItemsTaken(taken) => taken.source = evil.to_owned(),
            Kind::SessionOpened { browser, .. } => *browser = evil.to_owned(),
            Kind::StepFinished(step) => step.evidence.iter_mut().for_each(|picture| {
                picture.media_type = format!("image/svg+xml{evil}");
                picture.sha256 = evil.to_owned();
            }),
            Kind::ItemFinished(finished) => {
                finished.item.label = evil.to_owned();
                finished.receipt = Some(evil.to_owned());
                if let Some(failure) = &mut finished.failure {
                    failure.page_says = Some(evil.to_owned());
                    failure.message = Message::new(codes::REJECTED).with("reason", evil);
                }
            }
            _ => {}
        }
    }
    let html = page(&events, false, JA);
    for forbidden in ["<script", "<img", "svg+xml", "http://", "https://", "javascript:"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn a_page_needs_nothing_from_outside() {
    let html = page(&whole_night(), false, JA);
    assert_eq!(
        html.matches("src=\"").count(),
        html.matches("src=\"data:image/png;base64,").count()
    );
    assert!(html.contains("src=\"data:"), "there are pictures");
    for outside in ["http", "url(", "@import", "<link", "<script"] {
        let found = html.replace("http-equiv", "").contains(outside);
        assert!(!found, "{outside}");
    }
}

#[test]
fn a_picture_that_is_gone_leaves_a_word() {
    let view = RunView::fold(&short_night());
    let html = run(&view, now(), JA, &|_| None).expect("a page");
    assert!(!html.contains("<img"));
    assert!(html.contains("保存期間が過ぎた"));
    assert!(!html.contains("<div class=\"pictures\">\n</div>"), "no empty frame");
}

#[test]
fn a_run_with_very_many_pictures_stays_small() {
    let mut night = Night::begin();
    night.take(60);
    let mut events = Vec::new();
    for row in 1..=60 {
        night.work(row, Ending::Broken);
    }
    events.extend(night.events());
    for (number, event) in events.iter_mut().enumerate() {
        if let Kind::ItemFinished(finished) = &mut event.kind
            && let Some(failure) = &mut finished.failure
        {
            // Sixty different reasons make sixty cards.
            failure.page_says = Some(format!("その {number}"));
        }
    }
    let html = page(&events, false, JA);
    assert_eq!(html.matches("<article").count(), 60);
    assert_eq!(html.matches("<img").count(), PICTURES);
    assert!(html.contains("画像が多いため"));
}

#[test]
fn every_table_has_a_caption_and_every_picture_a_text() {
    for (html, lang) in [
        (page(&whole_night(), false, JA), "ja"),
        (page(&broken_night(Ending::LeftCommitting), true, EN), "en"),
    ] {
        assert!(html.contains(&format!("<html lang=\"{lang}\">")));
        assert_eq!(html.matches("<table").count(), html.matches("<caption").count());
        assert_eq!(html.matches("<img").count(), html.matches(" alt=\"").count());
        assert_eq!(html.matches("alt=\"\"").count(), 0);
        assert_eq!(html.matches("<h1").count(), 1);
        for landmark in ["<header", "<main", "<footer"] {
            assert_eq!(html.matches(landmark).count(), 1, "{landmark}");
        }
        assert!(
            !html.contains("<th>"),
            "each heading cell says what it is the heading of"
        );
    }
}

#[test]
fn a_run_of_which_nothing_is_known_has_a_page() {
    assert!(run(&RunView::default(), now(), JA, &|_| None).is_ok());
}
