use super::*;
use crate::scenario::model::{Action, Days, Scenario, StartAt, System, Verify};
use crate::text::{Code, codes};

const SCENARIO: &str = include_str!("../../../../scenarios/juminhyo-yubin.yaml");
const SYSTEM: &str = include_str!("../../../../scenarios/systems/受付.yaml");

fn parsed(text: &str) -> Parsed {
    parse(&Source::new("scenarios/a.yaml", text))
}

fn scenario(text: &str) -> Scenario {
    let parsed = parsed(text);
    assert_eq!(parsed.found, Vec::new());
    match parsed.document {
        Some(Document::Scenario(scenario)) => *scenario,
        other => panic!("no scenario: {other:?}"),
    }
}

fn system(text: &str) -> System {
    match parsed(text) {
        Parsed {
            document: Some(Document::System(system)),
            found,
            ..
        } if found.is_empty() => *system,
        other => panic!("no system: {other:?}"),
    }
}

/// Code and line of everything that is found.
fn found(text: &str) -> Vec<(Code, usize)> {
    let source = Source::new("scenarios/a.yaml", text);
    let mut found: Vec<(Code, usize)> = parse(&source)
        .found
        .iter()
        .map(|found| {
            let code = crate::text::find(&found.message.code)
                .expect("a code of the catalogue")
                .code;
            (code, source.line_of(found.span.start))
        })
        .collect();
    found.sort_by_key(|(_, line)| *line);
    found
}

/// The beginning of every scenario, two lines.
fn with_steps(steps: &str) -> String {
    format!("yakin: 1\nname: x\nsteps:\n{steps}")
}

#[test]
fn the_scenario_of_the_guide_is_read() {
    let scenario = scenario(SCENARIO);
    assert_eq!(scenario.id.value, "juminhyo-yubin");
    assert_eq!(scenario.steps.len(), 5);
    let schedule = scenario.schedule.expect("schedule").value;
    assert_eq!(schedule.days, Days::Business);
    assert!(matches!(schedule.at, StartAt::Times(_)));
    let items = scenario.items.expect("items");
    assert_eq!(items.key[0].value, "請求番号");
    assert_eq!(items.columns.len(), 7);
    assert_eq!(items.reject[0].1.source(), "item.手数料 < 300");
    assert_eq!(scenario.steps[3].otherwise.len(), 1);
    let Action::Commit(commit) = &scenario.steps[4].action else {
        panic!("no commit");
    };
    assert_eq!(commit.act.len(), 1);
    assert!(matches!(&commit.verify, Verify::Look { look, .. } if look.len() == 1));
}

#[test]
fn the_system_of_the_guide_is_read() {
    let system = system(SYSTEM);
    assert_eq!(system.name.value, "受付");
    assert_eq!(system.practice_url.expect("practice").value, "practice/uketsuke");
    assert_eq!(system.settle.as_secs(), 60);
    assert_eq!(system.login.len(), 4);
    assert_eq!(system.guards.len(), 3);
    assert_eq!(system.guards[0].0.value, "メンテナンス中");
}

#[test]
fn text_stays_text() {
    for text in ["012", "1-2", "はい", "12:30", "no", "on", "1.10", "0x10"] {
        let scenario = scenario(&format!("yakin: 1\nname: {text}\nsteps:\n  - log: {text}\n"));
        assert_eq!(scenario.name.value, text);
        assert!(matches!(&scenario.steps[0].action, Action::Log(log) if log.literal() == Some(text)));
    }
}

#[test]
fn the_smallest_draft_is_enough_and_gets_its_id_from_the_file() {
    let scenario = scenario(&with_steps("  browser.open: /menu\n"));
    assert_eq!((scenario.id.value.as_str(), scenario.steps.len()), ("a", 1));
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "yakin: 2\nnmae: x\nsystem: 受付\nsteps:\n  - browser.click: a\n    retyr: 3\n  - browser.click: b\n    \
                timeout: すぐ\n  - commit: 登録\n    do: { browser.click: c }\n";
    assert_eq!(
        found(text),
        [
            (codes::BAD_VERSION, 1),
            (codes::MISSING_ENTRY, 1),
            (codes::UNKNOWN_ENTRY, 2),
            (codes::UNKNOWN_ENTRY, 6),
            (codes::BAD_DURATION, 8),
            (codes::MISSING_ENTRY, 9),
            (codes::MISSING_ENTRY, 9),
        ]
    );
}

#[test]
fn blocks_after_a_syntax_error_are_still_read() {
    let text = "yakin: 1\nname: \"x\npurpose: y\nschedule: いつか\nsteps:\n  - browser.click: { link: a\n  - browser.click: b\n    retyr: 3\n";
    let found = found(text);
    for expected in [
        (codes::YAML_QUOTE, 2),
        (codes::BAD_SCHEDULE, 4),
        (codes::YAML_BRACKET, 6),
        (codes::UNKNOWN_ENTRY, 8),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn keyboard_traps_are_told_where_they_stand() {
    for (text, code, line) in [
        ("yakin: 1\nname：x\nsteps:\n  - log: a\n", codes::WIDE_COLON, 2),
        ("yakin: 1\nname:　x\nsteps:\n  - log: a\n", codes::WIDE_BLANK, 2),
        ("yakin: 1\nname:x\nsteps:\n  - log: a\n", codes::NO_BLANK, 2),
        ("yakin: 1\nname: x\nsteps:\n\t- log: a\n", codes::TAB_INDENT, 4),
        ("yakin: 1\nname: x\nsteps:\n　　- log: a\n", codes::WIDE_BLANK, 4),
        ("yakin: 1\nname: x\nsteps:\n  － log: a\n", codes::WIDE_DASH, 4),
        ("yakin: 1\nname: x\nsteps:\n  - log：a\n", codes::WIDE_COLON, 4),
        ("yakin: 1\n＃メモ\nname: x\nsteps:\n  - log: a\n", codes::WIDE_HASH, 2),
        (
            "yakin: 1\nname: x\nsteps:\n  - browser.click: ｛ link: a ｝\n",
            codes::WIDE_BRACE,
            4,
        ),
        (
            "yakin: 1\nname: x\nsteps:\n  - browser.open: { url: ${{ run.date }} }\n",
            codes::EXPRESSION_IN_BRACES,
            4,
        ),
        ("yakin: 1\nname: “x”\nsteps:\n  - log: a\n", codes::WIDE_QUOTE, 2),
        ("yakin: 1\nname: x ＃メモ\nsteps:\n  - log: a\n", codes::WIDE_HASH, 2),
    ] {
        assert_eq!(found(text), [(code, line)], "{text}");
    }
}

#[test]
fn what_yaml_allows_and_we_do_not_is_told() {
    for (steps, code) in [
        ("  - &a log: x\n", codes::YAML_ANCHOR),
        ("  - log: [*a]\n", codes::YAML_ALIAS),
        ("  - log: *a\n", codes::RESERVED_SIGN),
        ("  - set: { a: !b x }\n", codes::YAML_TAG),
        ("  - log: x\n    log: y\n", codes::YAML_DUPLICATE),
        ("  - log: x\n---\nyakin: 1\n", codes::YAML_DOCUMENTS),
        ("  - [a]: x\n    log: y\n", codes::YAML_KEY),
    ] {
        let found = found(&with_steps(steps));
        assert_eq!(found.first().map(|(code, _)| *code), Some(code), "{steps} {found:?}");
    }
}

#[test]
fn steps_say_what_is_wrong_with_them() {
    for (steps, code) in [
        ("  - browser.back\n", codes::STEP_NO_COLON),
        ("  - [a]\n", codes::STEP_SHAPE),
        ("  - name: a\n", codes::STEP_NO_ACTION),
        ("  - log: a\n    stop: b\n", codes::STEP_TWO_ACTIONS),
        ("  []\n", codes::NO_STEPS),
        ("  - browser.read: a\n    as: 1x\n", codes::BAD_VARIABLE),
        ("  - if: a =\n    then: { log: x }\n", codes::EXPRESSION_EQUALS),
        ("  - if: a ＜ 3\n    then: { log: x }\n", codes::WIDE_LETTERS),
        ("  - log: ${{ a\n", codes::EXPRESSION_UNCLOSED),
        ("  - log: x\n    on_error: ignore\n", codes::BAD_CHOICE),
        ("  - log: x\n    retry: 99\n", codes::BAD_NUMBER),
    ] {
        let found = found(&with_steps(steps));
        assert_eq!(found.first().map(|(code, _)| *code), Some(code), "{steps} {found:?}");
    }
}
