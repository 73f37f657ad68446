//! What an editor with yaml-language-server makes of the files that `yakin init` lays down.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::office::yakin;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The language server; `None` only where `./test.sh --no-install` left it out.
fn server() -> Option<PathBuf> {
    let server = root().join("target/editors/node_modules/yaml-language-server/bin/yaml-language-server");
    if server.is_file() {
        return Some(server);
    }
    assert!(
        std::env::var_os("YAKIN_TEST_NO_EDITOR").is_some(),
        "the editors' language server is missing: run .ci/editors.sh (npm fetches it), or ./test.sh"
    );
    None
}

/// An office as `yakin init` makes it.
fn office(folder: &Path, lang: &str) -> PathBuf {
    let office = folder.join("市民課");
    let made = yakin(&["--lang", lang, "init", office.to_str().unwrap()], None);
    assert_eq!(made.code, 0, "{made:?}");
    office
}

/// Opens files in the server and returns what it says of each.
fn ask(server: &Path, office: &Path, questions: &Value) -> Value {
    let done = Command::new("node")
        .arg(root().join("tests/editors/client.mjs"))
        .args([server, office])
        .arg(questions.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    serde_json::from_slice(&done.stdout).unwrap_or_else(|error| panic!("{error}: {said}"))
}

/// The place of a text: line and column from 0, in the middle of it.
fn place(file: &str, text: &str) -> [usize; 2] {
    let found = file
        .lines()
        .enumerate()
        .find_map(|(line, content)| Some((line, content.find(text)?, content)));
    let (line, at, content) = found.unwrap_or_else(|| panic!("no {text} in {file}"));
    [line, content[..at].encode_utf16().count() + 1]
}

fn hovers<'a>(answer: &'a Value, file: &str) -> Vec<&'a str> {
    answer[file]["hover"]
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap())
        .collect()
}

const SCENARIO: &str = "scenarios/juminhyo-yubin.yaml";
const SYSTEM: &str = "scenarios/systems/受付.yaml";

#[test]
fn good_files_have_no_complaint_and_every_word_has_its_help() {
    let Some(server) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let office = office(folder.path(), "ja");
    let read = |file: &str| std::fs::read_to_string(office.join(file)).unwrap();
    let (scenario, system, decisions) = (read(SCENARIO), read(SYSTEM), read("office.yaml"));
    let tops = |text: &str| -> Vec<[usize; 2]> {
        let lines = text.lines().enumerate();
        lines
            .filter(|(_, line)| line.starts_with(|sign: char| sign.is_ascii_lowercase()))
            .map(|(line, _)| [line, 1])
            .collect()
    };
    let mut of_scenario = tops(&scenario);
    of_scenario.push(place(&scenario, "browser.fill:"));
    let answer = ask(
        &server,
        &office,
        &json!({
            SCENARIO: { "hover": of_scenario },
            SYSTEM: { "hover": tops(&system) },
            "office.yaml": { "hover": tops(&decisions) },
        }),
    );
    for file in [SCENARIO, SYSTEM, "office.yaml"] {
        assert_eq!(answer[file]["diagnostics"], json!([]), "{file}");
        let hovers = hovers(&answer, file);
        assert!(hovers.len() >= 5, "{file}");
        for help in hovers {
            assert!(
                help.chars().any(|sign| matches!(sign, 'ぁ'..='ヺ' | '一'..='龠')),
                "{file}: {help:?}"
            );
        }
    }
    let fill = hovers(&answer, SCENARIO).pop().unwrap();
    assert!(
        fill.contains("入力欄に値を入れます") && fill.contains("- browser.fill:"),
        "help and example: {fill}"
    );
}

/// The lines that are complained about, with what is said.
fn complaints(answer: &Value, file: &str) -> Vec<(u64, String)> {
    let found = answer[file]["diagnostics"].as_array().unwrap().iter();
    found
        .map(|one| {
            (
                one["line"].as_u64().unwrap(),
                one["message"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

#[test]
fn mistakes_are_told_on_their_lines() {
    let Some(server) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let office = office(folder.path(), "ja");
    let cases = [
        (
            "scenarios/a.yaml",
            "yakin: 1\nname: a\nstep:\n  - log: x\nsteps:\n  - log: x\n",
            3,
            "step",
        ),
        (
            "scenarios/b.yaml",
            "yakin: 1\nname: b\nsteps:\n  - log: x\n    wenn: y\n",
            5,
            "wenn",
        ),
        (
            "scenarios/c.yaml",
            "yakin: 1\nname: c\nsteps:\n  - log: x\n    on_error: weiter\n",
            5,
            "continue",
        ),
        (
            "scenarios/d.yaml",
            "yakin: 1\nname: d\nsteps:\n  - browser.klick: x\n",
            4,
            "browser.klick",
        ),
        (
            "scenarios/systems/e.yaml",
            "yakin: 1\nsystem: e\nurl: https://e.example\nguards: { 混雑: warten }\n",
            4,
            "wait",
        ),
        ("office.yaml", "yakin: 1\nlanguage: fr\n", 2, "ja"),
    ];
    let questions: serde_json::Map<String, Value> = cases
        .iter()
        .map(|(file, text, ..)| ((*file).to_owned(), json!({ "text": text })))
        .collect();
    let answer = ask(&server, &office, &Value::Object(questions));
    for (file, text, line, said) in cases {
        let found = complaints(&answer, file);
        assert!(
            found.iter().any(|(at, words)| *at == line && words.contains(said)),
            "{file}: {found:?}\n{text}"
        );
    }
}

#[test]
fn steps_are_proposed_with_their_help() {
    let Some(server) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    for (lang, help) in [("ja", "入力欄に値を入れます"), ("en", "field")] {
        let office = office(&folder.path().join(lang), lang);
        let text = "yakin: 1\nname: x\nsteps:\n  - log: x\n  - b\n";
        let answer = ask(
            &server,
            &office,
            &json!({ "scenarios/x.yaml": { "text": text, "complete": [[4, 5]] } }),
        );
        let proposals = answer["scenarios/x.yaml"]["complete"][0].as_array().unwrap();
        let of = |label: &str| {
            proposals
                .iter()
                .find(|one| one["label"] == label)
                .unwrap_or_else(|| panic!("no {label} in {proposals:#?}"))
        };
        assert!(
            of("browser.fill")["documentation"].as_str().unwrap().contains(help),
            "{}",
            of("browser.fill")
        );
        for label in ["browser.click", "commit", "excel.write"] {
            assert!(!of(label)["documentation"].as_str().unwrap().is_empty(), "{label}");
        }
    }
}

#[test]
fn an_offices_own_settings_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let office = office(folder.path(), "ja");
    let settings = office.join(".vscode/settings.json");
    std::fs::write(&settings, "{}").unwrap();
    let schema = office.join(".vscode/yakin.schema.json");
    std::fs::write(&schema, "old").unwrap();
    let written = yakin(&["schema", "--write"], Some(&office));
    assert_eq!(
        written.out.lines().collect::<Vec<_>>(),
        [".vscode/yakin.schema.json", ".vscode/yakin-office.schema.json"]
    );
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), "{}");
    assert!(serde_json::from_str::<Value>(&std::fs::read_to_string(schema).unwrap()).is_ok());
}
