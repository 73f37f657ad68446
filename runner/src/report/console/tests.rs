use std::sync::{Arc, Mutex};

use indicatif::TermLike;

use super::*;
use crate::events::RunOutcome;
use crate::events::sample::{Ending, Night, whole_night};
use crate::report::sample::{EN, JA};

fn plain_lines(events: &[Event], reader: Reader, pace: u64) -> String {
    let mut out = Vec::new();
    let options = Options {
        reader,
        bar: None,
        colour: false,
        pace: Duration::from_secs(pace),
    };
    let mut console = Console::new(&mut out, options);
    for event in events {
        console.event(event).expect("memory");
    }
    String::from_utf8(out).expect("UTF-8")
}

fn short_night() -> Vec<Event> {
    let mut night = Night::begin();
    night.take(6);
    night.work(1, Ending::Done).work(2, Ending::Done);
    night.work(3, Ending::TooLittle).work(4, Ending::Broken);
    night.work(5, Ending::Unproven).work(6, Ending::Done);
    night.end_run(RunOutcome::Partial, None).events()
}

#[test]
fn plain_lines_tell_the_night() {
    insta::assert_snapshot!("console_ja", plain_lines(&short_night(), JA, 0));
    insta::assert_snapshot!("console_en", plain_lines(&short_night(), EN, 0));
}

#[test]
fn a_long_night_is_told_in_few_lines() {
    let lines = plain_lines(&whole_night(), JA, 60);
    let items: Vec<&str> = lines.lines().filter(|line| line.contains("/55]")).collect();
    // Those that did not end well always have a line; of the others there is one a minute.
    let of = |word: &str| items.iter().filter(|line| line.contains(word)).count();
    assert_eq!((of("差し戻し"), of("失敗"), of("登録照会")), (3, 1, 1), "{lines}");
    assert!((5..15).contains(&of(" 済 ")), "{lines}");
    assert!(items.last().is_some_and(|line| line.contains("[55/55]")));
}

#[test]
fn colour_is_never_alone_and_can_be_off() {
    let mut out = Vec::new();
    let options = Options {
        reader: JA,
        bar: None,
        colour: true,
        pace: Duration::ZERO,
    };
    let mut console = Console::new(&mut out, options);
    for event in short_night() {
        console.event(&event).expect("memory");
    }
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(text.contains("\u{1b}[31m失敗\u{1b}[0m"));
    assert!(!plain_lines(&short_night(), JA, 0).contains('\u{1b}'));
}

/// A terminal that keeps what was written.
#[derive(Debug, Clone, Default)]
struct Paper(Arc<Mutex<String>>);

impl Paper {
    fn add(&self, text: &str) -> io::Result<()> {
        self.0.lock().expect("one thread at a time").push_str(text);
        Ok(())
    }
}

impl TermLike for Paper {
    fn width(&self) -> u16 {
        100
    }
    fn move_cursor_up(&self, _: usize) -> io::Result<()> {
        Ok(())
    }
    fn move_cursor_down(&self, _: usize) -> io::Result<()> {
        Ok(())
    }
    fn move_cursor_right(&self, _: usize) -> io::Result<()> {
        Ok(())
    }
    fn move_cursor_left(&self, _: usize) -> io::Result<()> {
        Ok(())
    }
    fn write_line(&self, line: &str) -> io::Result<()> {
        self.add(&format!("{line}\n"))
    }
    fn write_str(&self, text: &str) -> io::Result<()> {
        self.add(text)
    }
    fn clear_line(&self) -> io::Result<()> {
        Ok(())
    }
    fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_bar_shows_how_far_it_is_and_only_troubles_get_lines() {
    let paper = Paper::default();
    let mut out = Vec::new();
    let options = Options {
        reader: JA,
        bar: Some(ProgressDrawTarget::term_like_with_hz(Box::new(paper.clone()), 255)),
        colour: false,
        pace: Duration::ZERO,
    };
    let mut console = Console::new(&mut out, options);
    let events = short_night();
    let mut estimated = None;
    let mut current = Vec::new();
    for event in &events {
        console.event(event).expect("memory");
        if let Some(bar) = &console.bar {
            current.push(bar.message());
            if bar.prefix().contains("終わる見込み") {
                estimated.get_or_insert_with(|| (bar.position(), bar.length(), bar.prefix()));
            }
        }
    }
    assert_eq!(
        estimated,
        Some((3, Some(6), "差し戻し 1  終わる見込み 22:00:36".to_owned()))
    );
    let step = "0012026-0004  「請求番号」「氏名」「生年月日」「郵便番号」に入れる";
    assert!(current.iter().any(|said| said == step), "{current:?}");
    assert!(console.bar.is_none(), "the bar is gone when the run has ended");
    assert!(!paper.0.lock().expect("one thread at a time").is_empty());
    drop(console);
    let lines = String::from_utf8(out).expect("UTF-8");
    assert!(lines.contains("失敗") && !lines.contains("R8-0001"), "{lines}");
}

#[test]
fn the_end_is_estimated_from_the_events_alone() {
    let mut console = Console::new(
        Vec::new(),
        Options {
            reader: JA,
            bar: None,
            colour: false,
            pace: Duration::ZERO,
        },
    );
    let start: DateTime<Utc> = "2026-11-22T13:00:00Z".parse().expect("an instant");
    let mut night = Night::begin();
    night.take(9);
    for row in 1..=3 {
        night.work(row, Ending::Done);
    }
    for event in night.events() {
        console.event(&event).expect("memory");
    }
    console.first_item = Some(start);
    let end = console.estimated_end(start + TimeDelta::seconds(30));
    assert_eq!(end, Some(start + TimeDelta::seconds(90)));
}

#[test]
fn a_long_step_says_how_far_it_is() {
    let mut events = short_night();
    let at = events
        .iter()
        .position(|event| matches!(event.kind, Kind::StepStarted(_)));
    events.truncate(at.expect("a step") + 1);
    let last = events.last().cloned().expect("a step");
    let Kind::StepStarted(step) = last.kind.clone() else {
        panic!("{last:?}")
    };
    for (seq, total) in [(1, 1_000), (2, 0)] {
        let step = step.clone();
        events.push(Event {
            seq: last.seq + seq,
            kind: Kind::StepAt { step, done: 320, total },
            ..last.clone()
        });
    }
    let lines = plain_lines(&events, JA, 0);
    let far: Vec<&str> = lines.lines().filter(|line| line.contains("320")).collect();
    assert!(
        far.len() == 2 && far[0].ends_with("… 320/1000 件") && far[1].ends_with("… 320 件"),
        "{lines}"
    );
    assert!(plain_lines(&events, EN, 0).contains("… 320/1000\n"));
}
