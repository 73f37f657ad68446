//! What a plugin is given and what it is not.

use serde_json::{Value as Json, json};
use yakin::drivers::plugin::{Ability, Code, Given, Guest, Limits, Outcome, PluginError};

use crate::support::guests;

fn call(guest: &Guest, function: &str, arguments: &Json, given: Given) -> Result<Outcome, PluginError> {
    let function = guest.described().function(function).unwrap();
    guest.call(function, arguments, given, Limits::default()).outcome
}

#[test]
fn a_function_is_called_once_and_for_many_rows() {
    let guest = guests::component("plain");
    let add = guest.described().function("add").unwrap();
    assert_eq!(
        call(&guest, "add", &json!({ "a": 1, "b": 2 }), Given::default()),
        Ok(Outcome::Value(json!(3)))
    );
    let rows = [
        json!({ "a": 1, "b": 1 }),
        json!({ "a": i64::MAX, "b": 1 }),
        json!({ "a": 3, "b": 3 }),
    ];
    let answers = guest.call_batch(add, &rows, Given::default(), Limits::default());
    assert_eq!(
        answers.outcome.unwrap(),
        [
            Outcome::Value(json!(2)),
            Outcome::Rejected("数が大きすぎます。".to_owned()),
            Outcome::Value(json!(6)),
        ]
    );
}

#[test]
fn a_call_remembers_nothing_of_the_one_before() {
    let guest = guests::component("plain");
    for _ in 0..3 {
        assert_eq!(
            call(&guest, "count", &json!({}), Given::default()),
            Ok(Outcome::Value(json!(1)))
        );
    }
}

#[test]
fn nothing_is_given_that_was_not_granted() {
    let guest = guests::component("hostile");
    assert_eq!(
        guest.described().asks.iter().copied().collect::<Vec<_>>(),
        [Ability::Clock, Ability::Read, Ability::Write]
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inbox")).unwrap();
    std::fs::write(folder.path().join("inbox/a.txt"), "秘密").unwrap();
    std::fs::write(folder.path().join("office.yaml"), "yakin: 1").unwrap();
    let given = |read: &[&str], write: &[&str]| Given {
        now: None,
        office: folder.path().to_owned(),
        drafts: folder.path().to_owned(),
        read: read.iter().map(|folder| (*folder).to_owned()).collect(),
        write: write.iter().map(|folder| (*folder).to_owned()).collect(),
        ..Given::default()
    };
    let path = |path: &str| json!({ "path": path });
    let refused = |outcome: &Result<Outcome, PluginError>| matches!(outcome, Ok(Outcome::Failed(said)) if said.contains("not granted"));
    assert!(refused(&call(&guest, "clock", &json!({}), given(&[], &[]))));
    assert!(refused(&call(
        &guest,
        "reads",
        &path("inbox/a.txt"),
        given(&[], &["inbox"])
    )));
    assert!(refused(&call(
        &guest,
        "reads",
        &path("office.yaml"),
        given(&["inbox"], &[])
    )));
    assert!(refused(&call(
        &guest,
        "reads",
        &path("inbox/../office.yaml"),
        given(&["inbox"], &[])
    )));
    assert!(refused(&call(
        &guest,
        "writes",
        &path("inbox/b.txt"),
        given(&["inbox"], &[])
    )));
    assert!(!folder.path().join("inbox/b.txt").exists());

    let read = call(&guest, "reads", &path("inbox/a.txt"), given(&["inbox"], &[]));
    assert_eq!(read, Ok(Outcome::Value(json!("6"))));
    let written = call(&guest, "writes", &path("inbox/b.txt"), given(&[], &["inbox"]));
    assert_eq!(written, Ok(Outcome::Value(json!("written"))));
    assert_eq!(std::fs::read(folder.path().join("inbox/b.txt")).unwrap(), b"owned");
    let now = Given {
        now: Some("2026-11-23T22:00:00+09:00".to_owned()),
        ..given(&[], &[])
    };
    let told = call(&guest, "clock", &json!({}), now);
    assert_eq!(told, Ok(Outcome::Value(json!("2026-11-23T22:00:00+09:00"))));
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_plugin_out_of_the_office() {
    let guest = guests::component("hostile");
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("a.txt"), "x").unwrap();
    let office = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), office.path().join("inbox")).unwrap();
    let given = Given {
        office: office.path().to_owned(),
        drafts: office.path().to_owned(),
        read: vec!["inbox".to_owned()],
        write: vec!["inbox".to_owned()],
        ..Given::default()
    };
    for function in ["reads", "writes"] {
        let answer = call(&guest, function, &json!({ "path": "inbox/a.txt" }), given.clone());
        assert!(matches!(answer, Ok(Outcome::Failed(_))), "{function}: {answer:?}");
    }
    assert_eq!(std::fs::read(outside.path().join("a.txt")).unwrap(), b"x");
}

#[test]
fn what_is_no_plugin_is_told_as_such() {
    for bytes in [&b""[..], b"\0asm\x01\0\0\0", b"\0asm\x0d\0\x01\0", b"#!/bin/sh\n"] {
        let refused = Code::of(bytes, None);
        assert!(matches!(refused, Err(PluginError::NotAPlugin { .. })), "{refused:?}");
    }
}
