//! Plugins as a clerk uses them: in scenarios, by commands.

use std::path::Path;

use yakin::drivers::files::read_xlsx;
use yakin::plan::{self, OfficeFiles};
use yakin::text::codes;

use crate::support::guests;
use crate::support::office::{Ran, yakin};

fn put(office: &Path, path: &str, text: &str) {
    std::fs::write(office.join(path), text).unwrap();
}

fn copy(office: &Path, from: &str, to: &str) {
    std::fs::copy(guests::repository(from), office.join(to)).unwrap();
}

/// The codes and lines of what a check finds.
fn found(office: &Path, steps: &str) -> Vec<(String, usize, usize)> {
    put(
        office,
        "scenarios/a.yaml",
        &format!("yakin: 1\nname: a\nsteps:\n{steps}"),
    );
    let findings = plan::check(&OfficeFiles::new(office), "scenarios/a.yaml");
    let told = findings.iter().map(|(source, found)| {
        let at = source.position(found.span.start);
        (found.message.code.to_string(), at.line, at.column)
    });
    told.collect()
}

#[test]
fn arguments_are_checked_with_their_places_as_any_other_steps() {
    let office = guests::office();
    let is = |code: yakin::text::Code, line, column| vec![(code.0.to_owned(), line, column)];
    for (steps, expected) in [
        (
            "  - plugin.plain.add: { a: 1, b: 2 }\n    as: 和\n  - log: ${{ 和 }}\n",
            Vec::new(),
        ),
        (
            "  - plugin.plain.add:\n      a: 1\n      c: 2\n",
            is(codes::ARGUMENT_UNKNOWN, 6, 7),
        ),
        ("  - plugin.plain.add: { a: 1 }\n", is(codes::ARGUMENT_MISSING, 4, 5)),
        (
            "  - plugin.plain.add:\n      a: 一つ\n      b: x\n",
            is(codes::ARGUMENT_WRONG, 5, 10),
        ),
        (
            "  - plugin.plain.sub: { a: 1, b: 2 }\n",
            is(codes::PLUGIN_FUNCTION, 4, 5),
        ),
        (
            "  - plugin.plane.add: { a: 1, b: 2 }\n",
            is(codes::PLUGIN_UNKNOWN, 4, 5),
        ),
        ("  - plugin.plain: { a: 1, b: 2 }\n", is(codes::PLUGIN_FUNCTION, 4, 5)),
        (
            "  - plugin.tesuryo.計算: { 種類: 住民票の移し }\n",
            is(codes::ARGUMENT_CHOICE, 4, 30),
        ),
        (
            "  - set: { 表: a }\n  - plugin.plain.add: { each: \"${{ 表 }}\", b: 2 }\n",
            Vec::new(),
        ),
        (
            "  - plugin.plain.add:\n      each:\n        - { a: 1, b: 1 }\n        - { a: 1, b: x }\n",
            is(codes::ARGUMENT_WRONG, 7, 22),
        ),
    ] {
        assert_eq!(found(office.path(), steps), expected, "{steps}");
    }
    put(office.path(), "plugins/broken.js", "/** a */\nexport function f( {\n");
    assert_eq!(
        found(office.path(), "  - plugin.broken.f: {}\n"),
        is(codes::PLUGIN_UNUSABLE, 4, 5)
    );
}

#[test]
fn fees_are_worked_out_and_compared_by_a_script() {
    let office = guests::office();
    copy(office.path(), "scenarios/tesuryo.yaml", "scenarios/tesuryo.yaml");
    copy(office.path(), "scenarios/samples/tesuryo.csv", "inbox/tesuryo.csv");
    std::fs::create_dir(office.path().join("scenarios/samples")).unwrap();
    copy(
        office.path(),
        "scenarios/samples/tesuryo.csv",
        "scenarios/samples/tesuryo.csv",
    );
    let checked = yakin(&["check"], Some(office.path()));
    assert_eq!(checked.code, 0, "{checked:?}");
    let ran = yakin(
        &["run", "tesuryo", "--date", "2026-11-23", "--json"],
        Some(office.path()),
    );
    assert_eq!(
        ran.states(),
        [
            "0001 済",
            "0002 済",
            "0003 差し戻し YK8006",
            "0004 差し戻し YK7400",
            "0005 済"
        ],
        "{ran:?}"
    );
    let table = read_xlsx(office.path(), "outbox/手数料_2026-11-23.xlsx", None, &[]).unwrap();
    let column = table.columns(&["手数料", "差額"]).unwrap();
    let kept: Vec<Vec<&str>> = table
        .rows
        .iter()
        .map(|row| column.iter().map(|at| row.cells[*at].as_str()).collect())
        .collect();
    assert_eq!(kept[1], ["900", "0"], "{table:?}");
    assert_eq!(kept[4], ["300", "700"], "{table:?}");
}

#[test]
fn a_transfer_file_is_written_once_the_office_has_granted_it() {
    let office = guests::office();
    copy(office.path(), "scenarios/furikomi.yaml", "scenarios/furikomi.yaml");
    copy(office.path(), "scenarios/samples/kanpu.csv", "inbox/kanpu.csv");
    std::fs::create_dir(office.path().join("scenarios/samples")).unwrap();
    copy(
        office.path(),
        "scenarios/samples/kanpu.csv",
        "scenarios/samples/kanpu.csv",
    );
    let run = || yakin(&["run", "furikomi", "--date", "2026-11-23"], Some(office.path()));
    let file = office.path().join("outbox/振込_2026-11-23.txt");

    let checked = yakin(&["check", "furikomi"], Some(office.path()));
    assert!(checked.out.contains("YK2407"), "told before it runs: {checked:?}");
    let refused = yakin(
        &["plugin", "try", "hostile.writes", "{ path: outbox/a.txt }"],
        Some(office.path()),
    );
    assert!(refused.code == 1 && refused.out.contains("not granted"), "{refused:?}");

    grant(office.path(), "zengin");
    let ran = run();
    assert_eq!(ran.code, 0, "{ran:?}");
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(bytes.len(), 5 * 122);
    assert!(bytes[3 * 122..].starts_with(b"8000002000000012345"));

    // Another file under the same name is another plugin.
    let plugin = office.path().join("plugins/zengin.wasm");
    let mut changed = std::fs::read(&plugin).unwrap();
    // An empty custom section at the end.
    changed.extend([0, 2, 1, b'x']);
    std::fs::write(&plugin, changed).unwrap();
    let listed = yakin(&["plugin", "list"], Some(office.path()));
    assert!(listed.out.contains("許しがなくなりました"), "{listed:?}");
}

#[test]
fn people_are_found_in_a_list_that_is_read_once_for_a_run() {
    let office = guests::office();
    copy(office.path(), "scenarios/shogo.yaml", "scenarios/shogo.yaml");
    copy(office.path(), "scenarios/samples/kenshin.csv", "inbox/kenshin.csv");
    std::fs::create_dir(office.path().join("scenarios/samples")).unwrap();
    copy(
        office.path(),
        "scenarios/samples/kenshin.csv",
        "scenarios/samples/kenshin.csv",
    );
    copy(office.path(), "tests/fixtures/meibo.csv", "inbox/meibo.csv");
    grant(office.path(), "meibo");
    let ran = yakin(&["run", "shogo", "--date", "2026-11-23", "--json"], Some(office.path()));
    assert_eq!(
        ran.states(),
        ["001 済", "002 差し戻し YK8006", "003 差し戻し YK8006"],
        "{ran:?}"
    );
    let said = ran.out.matches("YK7402").count();
    assert_eq!(said, 1, "the list was read once: {ran:?}");
}

/// Puts the lines that `plugin list` says into the office's settings.
fn grant(office: &Path, name: &str) {
    let listed = yakin(&["plugin", "list"], Some(office));
    assert_eq!(listed.code, 0, "{listed:?}");
    let own = listed
        .out
        .split("plugins:\n")
        .find(|part| part.trim_start().starts_with(&format!("{name}: {{ sha256")));
    let line = own.unwrap().lines().next().unwrap();
    put(
        office,
        "office.yaml",
        &format!("yakin: 1\nplugins:\n  {}\n", line.trim()),
    );
}

#[test]
fn a_new_plugin_is_used_at_once() {
    let office = guests::office();
    let command = |words: &[&str]| -> Ran { yakin(words, Some(office.path())) };
    let made = command(&["plugin", "new", "waribiki"]);
    assert_eq!(made.code, 0, "{made:?}");
    let tested = command(&["plugin", "test", "waribiki"]);
    assert!(
        tested.code == 0 && tested.out.contains("合格 3、不合格 0"),
        "{tested:?}"
    );
    let tried = command(&["plugin", "try", "waribiki.割引", "{ 料金: \"２，０００円\" }"]);
    assert!(tried.code == 0 && tried.out.trim() == "1800", "{tried:?}");
    put(office.path(), "inbox/a.csv", "番号,料金\n1,100\n2,200\n");
    let rows = command(&["plugin", "try", "waribiki.割引", "--rows", "inbox/a.csv"]);
    assert_eq!(
        serde_json::from_str::<Vec<u32>>(&rows.out).unwrap(),
        [90, 180],
        "{rows:?}"
    );
    let refused = command(&["plugin", "try", "waribiki.割引", "{ 料金: 1, 率: 7 }"]);
    assert!(
        refused.code == 1 && refused.out.contains("0 から 1 まで"),
        "{refused:?}"
    );
    let help = command(&["steps", "plugin.waribiki.割引"]);
    assert!(
        help.out.contains("料金から割引を引きます。") && help.out.contains("率"),
        "{help:?}"
    );
    let english = command(&["--lang", "en", "steps", "plugin.waribiki.割引"]);
    assert!(
        english.out.contains("Takes a discount") && english.out.contains("the charge in yen"),
        "{english:?}"
    );
    let schema = command(&["schema"]);
    assert!(schema.out.contains("plugin.waribiki.割引"), "completion knows it");
    let again = command(&["plugin", "new", "waribiki"]);
    assert!(again.code == 2 && again.err.contains("YK8303"), "{again:?}");
    let named = command(&["plugin", "new", "割引", "--lang", "rust"]);
    assert!(named.code == 2 && named.err.contains("YK8302"), "{named:?}");
    let built = command(&["plugin", "build", "waribiki"]);
    assert!(built.code == 0 && built.out.contains("組み立てなくても"), "{built:?}");
}

#[test]
fn the_examples_of_the_repositorys_plugins_hold() {
    let office = guests::office();
    let tested = yakin(&["plugin", "test", "tesuryo", "zengin", "meibo"], Some(office.path()));
    assert!(tested.code == 0 && tested.out.contains("不合格 0"), "{tested:?}");
    let checked = yakin(&["plugin", "check"], Some(office.path()));
    assert_eq!(checked.code, 0, "{checked:?}");
}
