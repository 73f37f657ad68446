use super::sample::{item, picture};
use super::*;
use crate::text::codes;
use crate::value::Class;

fn failure() -> Failure {
    Failure {
        cause: Cause::Page,
        message: Message::new(codes::REJECTED)
            .with("reason", "住所が市外です")
            .with_classed("name", "髙＊＊", Class::Personal)
            .with_int("row", 3)
            .with_said("inner", Message::new(codes::REGISTERED)),
        page_says: Some("該当する住民がいません".to_owned()),
    }
}

fn step() -> StepRef {
    StepRef {
        path: "steps/2/for_each[3]/1".to_owned(),
        outline: "steps/2/do/1".to_owned(),
        item: Some(ItemId(7)),
        attempt: 2,
    }
}

/// One of each kind. The match keeps a new kind from being forgotten here.
fn kinds() -> Vec<(&'static str, Kind)> {
    let kinds = super::sample::whole_night().into_iter().map(|event| event.kind);
    let mut kinds: Vec<Kind> = kinds
        .filter(|kind| {
            matches!(
                kind,
                Kind::RunStarted(_) | Kind::ItemsTaken(_) | Kind::SessionOpened { .. }
            )
        })
        .collect();
    kinds.extend([
        Kind::ItemStarted(item(3)),
        Kind::StepStarted(step()),
        Kind::StepAt {
            step: step(),
            done: 320,
            total: 1_000,
        },
        Kind::StepRetrying {
            step: step(),
            failure: failure(),
            wait_ms: 30_000,
        },
        Kind::StepFinished(StepFinished {
            step: step(),
            outcome: StepOutcome::NotMet,
            took_ms: 1_234,
            notes: vec![Message::new(codes::REGISTERED_BEFORE)],
            evidence: vec![picture(3, EvidenceRole::BeforeCommit)],
            failure: Some(failure()),
        }),
        Kind::CommitIntended {
            item: item(3),
            title: "請求の登録".to_owned(),
        },
        Kind::DoubtTaken {
            item: item(3),
            title: "請求の登録".to_owned(),
            settle_ms: 60_000,
        },
        Kind::Disproved { item: item(3) },
        Kind::ItemFinished(ItemFinished {
            item: item(3),
            state: ItemState::AlreadyThere,
            failure: Some(failure()),
            receipt: Some("R8-000123".to_owned()),
            took_ms: 8_300,
        }),
        Kind::Decided(Decided {
            item: item(3),
            found: ItemState::New,
            state: ItemState::Done,
            by: "佐藤".to_owned(),
            baton: Some(2),
        }),
        Kind::Noted(Message::new(codes::DOUBT).with("title", "請求の登録")),
        Kind::RunFinished(RunFinished {
            outcome: RunOutcome::Partial,
            failure: Some(failure()),
            took_ms: 2_472_000,
        }),
        Kind::Unknown(serde_json::json!({"tea_served": {"cups": 2, "with": ["milk"]}})),
    ]);
    let name = |kind: &Kind| match kind {
        Kind::RunStarted(_) => "run_started",
        Kind::ItemsTaken(_) => "items_taken",
        Kind::SessionOpened { .. } => "session_opened",
        Kind::ItemStarted(_) => "item_started",
        Kind::StepStarted(_) => "step_started",
        Kind::StepAt { .. } => "step_at",
        Kind::StepRetrying { .. } => "step_retrying",
        Kind::StepFinished(_) => "step_finished",
        Kind::CommitIntended { .. } => "commit_intended",
        Kind::DoubtTaken { .. } => "doubt_taken",
        Kind::Disproved { .. } => "disproved",
        Kind::ItemFinished(_) => "item_finished",
        Kind::Decided(_) => "decided",
        Kind::Noted(_) => "noted",
        Kind::RunFinished(_) => "run_finished",
        Kind::Unknown(_) => "unknown",
    };
    kinds.into_iter().map(|kind| (name(&kind), kind)).collect()
}

/// The stored shape of every kind: a change here breaks what offices have stored.
#[test]
fn every_state_of_an_item_is_listed_once() {
    let places = ItemState::ALL.into_iter().map(|state| state as usize);
    assert!(places.eq(0..=ItemState::Rehearsed as usize));
}

#[test]
fn every_kind_keeps_its_stored_shape() {
    let kinds = kinds();
    assert_eq!(kinds.len(), 16, "one of each kind");
    for (name, kind) in kinds {
        let event = Event {
            run: RunId(12),
            seq: 1,
            at: DateTime::from_timestamp(1_795_352_400, 0).expect("a date of this century"),
            kind,
        };
        let stored = serde_json::to_string_pretty(&event).expect("events are plain data");
        let read: Event = serde_json::from_str(&stored).expect(name);
        assert_eq!(read, event, "{name}");
        insta::assert_snapshot!(format!("stored_{name}"), stored);
    }
}

#[test]
fn a_newer_writer_is_understood_or_kept() {
    let known = r#"{"run":1,"seq":1,"at":"2026-11-22T13:00:00Z","kind":{"session_opened":{"number":2,"browser":"x","mood":"good"}}}"#;
    let read: Event = serde_json::from_str(known).expect("a new field is passed over");
    assert!(matches!(read.kind, Kind::SessionOpened { number: 2, .. }));

    let newer = r#"{"run":1,"seq":1,"at":"2026-11-22T13:00:00Z","kind":{"tea_served":{"cups":2}}}"#;
    let read: Event = serde_json::from_str(newer).expect("a new kind is kept");
    assert!(matches!(read.kind, Kind::Unknown(_)));
    assert_eq!(serde_json::to_string(&read).expect("plain data"), newer);
}

#[test]
fn an_older_writer_is_understood() {
    let mut stored = serde_json::to_value(&super::sample::whole_night()[0]).expect("plain data");
    let header = stored
        .pointer_mut("/kind/run_started")
        .and_then(|header| header.as_object_mut());
    let header = header.expect("the first event starts the run");
    header.remove("purpose");
    assert!(!header.contains_key("rehearsal"), "what is not so is not written");
    let read: Event = serde_json::from_value(stored).expect("optional fields may be absent");
    assert!(matches!(
        read.kind,
        Kind::RunStarted(RunStarted {
            purpose: None,
            rehearsal: false,
            resumes: None,
            ..
        })
    ));
}
