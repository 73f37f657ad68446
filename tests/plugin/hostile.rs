//! Guests that mean harm (`plugins/hostile`): each ends in an error of its own, and the next call works.

use std::time::Duration;

use serde_json::{Value as Json, json};
use yakin::drivers::plugin::{Given, Guest, Limits, Outcome, PluginError};

use crate::support::guests;

/// Short, so that a loop costs no patience; long enough for a busy machine to do what ends.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(3),
};

fn harm(guest: &Guest, function: &str, arguments: &Json) -> (Result<Outcome, PluginError>, Vec<String>) {
    let function = guest.described().function(function).unwrap();
    let called = guest.call(function, arguments, Given::default(), LIMITS);
    (called.outcome, called.lines)
}

/// What a call ends with; one that should have ended by itself, and was only too slow, is given a minute.
fn ended(
    guest: &Guest,
    function: &str,
    judge: impl Fn(&Result<Outcome, PluginError>) -> bool,
) -> Result<Outcome, PluginError> {
    let (outcome, _) = harm(guest, function, &json!({}));
    if judge(&outcome) || !matches!(outcome, Err(PluginError::TooLong { .. })) {
        return outcome;
    }
    let function = guest.described().function(function).unwrap();
    let patient = Limits {
        time: Duration::from_secs(60),
    };
    guest.call(function, &json!({}), Given::default(), patient).outcome
}

fn is_well() {
    let plain = guests::component("plain");
    let add = plain.described().function("add").unwrap();
    let answer = plain.call(add, &json!({ "a": 1, "b": 2 }), Given::default(), Limits::default());
    assert_eq!(answer.outcome, Ok(Outcome::Value(json!(3))));
}

#[test]
fn each_ends_in_an_error_that_says_what_it_did() {
    let guest = guests::component("hostile");
    type Judge = fn(&PluginError) -> bool;
    let expected: &[(&str, Judge)] = &[
        ("endless", |error| {
            matches!(error, PluginError::TooLong { seconds: 3, .. })
        }),
        ("memory", |error| *error == PluginError::Memory),
        ("recursion", |error| {
            matches!(error, PluginError::Depth | PluginError::Crashed { .. })
        }),
        ("shallow_recursion", |error| {
            matches!(error, PluginError::Depth | PluginError::Crashed { .. })
        }),
        (
            "panics",
            |error| matches!(error, PluginError::Crashed { said } if said.contains("told to")),
        ),
        (
            "outside",
            |error| matches!(error, PluginError::Crashed { said } if said.contains("out of bounds")),
        ),
        (
            "leaves",
            |error| matches!(error, PluginError::Crashed { said } if said.contains("exit")),
        ),
        ("huge", |error| *error == PluginError::Output),
        ("liar", |error| matches!(error, PluginError::Answer { .. })),
        ("too_much", |error| matches!(error, PluginError::Answer { .. })),
        (
            "shouts",
            |error| matches!(error, PluginError::Crashed { said } if said.chars().count() <= 501),
        ),
    ];
    for (function, judge) in expected {
        let outcome = ended(&guest, function, |outcome| outcome.as_ref().is_err_and(judge));
        let error = outcome.expect_err(function);
        assert!(judge(&error), "{function}: {error:?}");
        is_well();
    }
}

#[test]
fn what_it_says_is_cut_to_what_a_person_can_read() {
    let guest = guests::component("hostile");
    let (outcome, lines) = harm(&guest, "long_refusal", &json!({}));
    let Ok(Outcome::Rejected(said)) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(said.chars().count() <= 501 && lines.is_empty());
    let (_, lines) = harm(&guest, "chatter", &json!({}));
    assert_eq!(lines.len(), 100);
    assert!(
        lines
            .iter()
            .all(|line| line.chars().count() <= 501 && !line.contains('\u{1b}'))
    );
}

#[test]
fn the_system_itself_is_not_there() {
    let guest = guests::component("hostile");
    let (outcome, _) = harm(&guest, "system", &json!({ "path": "/etc/passwd" }));
    match outcome {
        // No file, no variable, no connection; or not even an answer.
        Ok(Outcome::Value(answer)) => assert_eq!(answer, json!("false 0 false")),
        Err(PluginError::Crashed { said }) => assert!(said.contains("there is no wasi:"), "{said}"),
        other => panic!("{other:?}"),
    }
    // The clock stands still and every seed is the same.
    let twice = [0, 1].map(|_| harm(&guest, "secrets", &json!({})).0.unwrap());
    assert_eq!(twice[0], twice[1]);
    assert!(
        matches!(&twice[0], Outcome::Value(Json::String(said)) if said.starts_with("0 ")),
        "{twice:?}"
    );
}

#[test]
fn memory_stays_flat() {
    let resident = || -> u64 {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        pages
            .split(' ')
            .nth(1)
            .and_then(|pages| pages.parse().ok())
            .unwrap_or_default()
    };
    let guest = guests::component("hostile");
    let bombs = |count: usize| {
        for _ in 0..count {
            assert_eq!(harm(&guest, "memory", &json!({})).0, Err(PluginError::Memory));
        }
    };
    bombs(3);
    let before = resident();
    bombs(10);
    // One bomb is 128 MiB; a leak of a tenth of each would show.
    let grown = resident().saturating_sub(before) * 4096;
    assert!(grown < 100 << 20, "{} MiB", grown >> 20);
}

#[test]
fn scripts_that_mean_harm_end_too() {
    type Judge = fn(&Result<Outcome, PluginError>) -> bool;
    let failed: Judge = |outcome| {
        matches!(
            outcome,
            Ok(Outcome::Failed(_)) | Err(PluginError::Crashed { .. } | PluginError::Depth)
        )
    };
    let slow: Judge = |outcome| matches!(outcome, Err(PluginError::TooLong { .. } | PluginError::Memory));
    let expected: &[(&str, Judge)] = &[
        ("while (true) {}", slow),
        ("for (let a = []; ; ) a.push(new Array(100000).fill(1.5));", |outcome| {
            matches!(
                outcome,
                Err(PluginError::Memory | PluginError::TooLong { .. } | PluginError::Crashed { .. })
            )
        }),
        ("const f = () => f() + 1; return f();", failed),
        ("let a = []; a.push(a); return a;", failed),
        ("return { toJSON() { while (true) {} } };", slow),
        ("return 10n;", failed),
        ("throw { toString() { throw 1; } };", failed),
        ("return new Promise(() => {});", failed),
        ("return Date.now();", failed),
        ("return new Date().getTime();", failed),
        ("return readText('office.yaml');", failed),
        ("writeText('outbox/a.txt', 'x');", failed),
        ("return globalThis.process.env;", failed),
        ("return import('fs');", failed),
        ("return 'x'.repeat(2 ** 29).length;", |outcome| {
            outcome.is_err() || matches!(outcome, Ok(Outcome::Failed(_)))
        }),
        ("Object.prototype.toJSON = () => 1; return {};", |outcome| {
            outcome.is_ok()
        }),
        ("return /^(a+)+$/.test('a'.repeat(40) + 'b');", |outcome| {
            matches!(
                outcome,
                Err(PluginError::TooLong { .. }) | Ok(Outcome::Value(_) | Outcome::Failed(_))
            )
        }),
    ];
    for (body, judge) in expected {
        let text = format!("/** 害をなします。 */\nexport function harm() {{ {body} }}\n");
        let guest = Guest::script(guests::javascript(), &text).unwrap();
        let outcome = ended(&guest, "harm", judge);
        assert!(judge(&outcome), "{body}: {outcome:?}");
    }
    is_well();
}

#[test]
fn descriptions_that_mean_harm_are_refused() {
    let function = "export function f() {}";
    for text in [
        String::new(),
        "export function f() {}".to_owned(),
        "/** a */ export function f( {".to_owned(),
        "while (true) {}".to_owned(),
        format!("/** a */ {function} while (true) {{}}"),
        format!("/** a */ {function} throw new Error('x');"),
        format!("/** a */ {function} export function g() {{}}"),
        format!("/** a */ {function} /** b */ {function}"),
        format!("/** a\n * @param {{magic}} x - y\n */ {function}"),
        format!("/** a\n * @param {{string}} each - y\n */ {function}"),
        format!("/** @asks network */\n\n/** a */ {function}"),
        "/** a */ export function constructor.prototype() {}".to_owned(),
        format!("import x from 'y';\n/** a */ {function}"),
        "\u{0}\u{fffe}".to_owned(),
        format!("/** a */ {}", "(".repeat(200_000)),
    ] {
        let shown: String = text.chars().take(60).collect();
        let refused = Guest::script(guests::javascript(), &text);
        assert!(refused.is_err(), "{shown}");
    }
    is_well();
}
