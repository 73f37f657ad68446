//! What the documents say is true: their commands run, their scenarios are right, their tables are the program's own.
//!
//! `UPDATE_DOCS=1` rewrites the tables between `<!-- NAME -->` and `<!-- /NAME -->`; read the difference before you keep it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use yakin::diag::{Severity, human};
use yakin::plan::{self, OfficeFiles};
use yakin::scenario::filters::FILTERS;
use yakin::scenario::model::Effect;
use yakin::scenario::{office, source, words};
use yakin::steps;
use yakin::text::Lang;
use yakin::value::ColumnType;

use crate::architecture::LAYERS;

/// Every document for people.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "scenarios/README.md",
    "scenarios/LANGUAGE.md",
    "runner/ARCHITECTURE.md",
    "tests/README.md",
    "plugins/README.md",
    "ocr-models/README.md",
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
    "runner/templates/office/README.md",
    "runner/templates/office/README.en.md",
];
/// Where the English half of `README.md` begins.
const ENGLISH: &str = "\n# English\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository")
}

fn read(document: &str) -> String {
    std::fs::read_to_string(root().join(document)).expect(document)
}

/// A fenced block.
#[derive(Debug)]
struct Block {
    kind: String,
    line: usize,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open: Option<(Block, usize)> = None;
    for (index, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        match (line.trim_start().strip_prefix("```"), open.take()) {
            (Some(kind), None) => {
                let (kind, text) = (kind.trim().to_owned(), String::new());
                open = Some((
                    Block {
                        kind,
                        line: index + 1,
                        text,
                    },
                    indent,
                ));
            }
            (Some(_), Some((block, _))) => found.push(block),
            (None, Some((mut block, indent))) => {
                block.text += line.get(indent..).unwrap_or_default();
                block.text.push('\n');
                open = Some((block, indent));
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

impl Block {
    /// The file that the reader is asked to write (`# scenarios/a.yaml`).
    fn file(&self) -> Option<&str> {
        let name = self.text.lines().next()?.strip_prefix("# scenarios/")?;
        (self.kind == "yaml").then_some(name)
    }

    /// What the reader does with it, in the words of a shell.
    fn done_by_reader(&self) -> Option<String> {
        let text = &self.text;
        match (self.kind.as_str(), self.file()) {
            ("sh", _) => Some(format!("{text}echo '@@@'\n")),
            (_, Some(name)) => Some(format!("cat > scenarios/{name} <<'@@@'\n{text}@@@\n")),
            _ => None,
        }
    }
}

/// Does what a guide asks for, in one shell and an empty folder: writes the `yaml` blocks that name their file, runs the
/// `sh` blocks, and compares what they say with the `text` blocks behind them. There `…` stands for anything in a line,
/// and alone for any lines.
fn run_as_written(part: &str) {
    let blocks = blocks(part);
    let commands: Vec<&Block> = blocks.iter().filter(|block| block.kind == "sh").collect();
    assert!(commands.len() > 2, "the guide has commands");
    let folder = tempfile::tempdir().unwrap();
    let mut script = "exec 2>&1\n".to_owned();
    script.extend(blocks.iter().filter_map(Block::done_by_reader));
    let binary = Path::new(env!("CARGO_BIN_EXE_yakin"));
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("bash")
        .arg("-c")
        .arg(script)
        .current_dir(folder.path())
        .env("PATH", format!("{}:{path}", binary.parent().unwrap().display()))
        .env("NO_COLOR", "1")
        .env_remove("YAKIN_LANG")
        .stdin(Stdio::null())
        .output()
        .expect("bash");
    let said = String::from_utf8(output.stdout).expect("text");
    let answers: Vec<&str> = said.split("@@@\n").collect();
    assert_eq!(answers.len(), commands.len() + 1, "{said}");
    let mut compared = 0;
    for pair in blocks.windows(2) {
        let [command, expected] = pair else { continue };
        if command.kind != "sh" || expected.kind != "text" {
            continue;
        }
        let place = commands.iter().position(|block| block.line == command.line).unwrap();
        assert!(
            says(answers[place], &expected.text),
            "line {} promises\n{}\nbut it says\n{}",
            expected.line,
            expected.text,
            answers[place]
        );
        compared += 1;
    }
    assert!(compared > 2, "the guide says what to expect");
}

fn says(answer: &str, expected: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim_end().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    fn fits(answer: &[String], expected: &[String]) -> bool {
        match expected.split_first() {
            None => answer.is_empty(),
            Some((any, rest)) if any == "…" => (0..=answer.len()).any(|from| fits(&answer[from..], rest)),
            Some((line, rest)) => answer
                .split_first()
                .is_some_and(|(said, left)| like(said, line) && fits(left, rest)),
        }
    }
    fits(&lines(answer), &lines(expected))
}

/// Whether a line is as the pattern says, with `…` for anything.
fn like(line: &str, pattern: &str) -> bool {
    match pattern.split_once('…') {
        None => line == pattern,
        Some((before, after)) => line.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| like(&rest[at..], after))
        }),
    }
}

#[test]
fn patterns_tell_what_is_promised_from_what_is_not() {
    assert!(says("a 12 b\nc\n\nd\n", "a … b\n…\nd\n"));
    assert!(says("a\nb\n", "…\nb\n"));
    for (answer, expected) in [
        ("a\nb\n", "a\n"),
        ("a 1 c\n", "a … b\n"),
        ("b\n", "a\n…\n"),
        ("", "a\n"),
    ] {
        assert!(!says(answer, expected), "{answer:?} {expected:?}");
    }
}

#[test]
fn the_japanese_guide_works_as_it_is_written() {
    let text = read("README.md");
    run_as_written(text.split_once(ENGLISH).expect("an English half").0);
}

#[test]
fn the_english_guide_works_as_it_is_written() {
    let text = read("README.md");
    run_as_written(text.split_once(ENGLISH).expect("an English half").1);
}

#[test]
fn the_tutorial_works_as_it_is_written() {
    run_as_written(&read("scenarios/README.md"));
}

/// The office of the repository: a guide's scenarios may use its system and its sample.
fn findings(path: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for file in [
        "scenarios/systems/受付.yaml",
        "scenarios/samples/requests.csv",
        "scenarios/parts/住所入力.yaml",
        "scenarios/juminhyo-yubin.yaml",
    ] {
        let to = folder.path().join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(root().join(file), to).unwrap();
    }
    std::fs::write(folder.path().join(path), text).unwrap();
    let found = plan::check(&OfficeFiles::new(folder.path()), path);
    found
        .iter()
        .filter(|(_, diagnostic)| diagnostic.severity > Severity::Hint)
        .map(|(source, diagnostic)| human::render_one(source, diagnostic, Lang::En))
        .collect()
}

/// What is wrong with an example of a guide; a part of a scenario is made a whole one first.
fn wrong(example: &str) -> Vec<String> {
    let has = |key: &str| example.lines().any(|line| line.starts_with(&format!("{key}:")));
    if ["section", "grants", "storage", "retention", "practice"]
        .iter()
        .any(|key| has(key))
    {
        let source = source::read("office.yaml", example.as_bytes()).expect("a text");
        let (_, found) = office::parse(&source);
        return found
            .iter()
            .map(|found| human::render_one(&source, found, Lang::En))
            .collect();
    }
    if has("url") {
        return findings("scenarios/systems/受付.yaml", example);
    }
    if let Some(name) = example.lines().find_map(|line| line.strip_prefix("part:")) {
        let name = name.split('#').next().unwrap_or_default().trim();
        return findings(&format!("scenarios/parts/{name}.yaml"), example);
    }
    let mut text = example.to_owned();
    if example.starts_with("- ") {
        text = format!(
            "steps:\n{}",
            example.lines().map(|line| format!("  {line}\n")).collect::<String>()
        );
    }
    for (key, rest) in [
        ("yakin", "yakin: 1\n"),
        ("name", "name: 例\n"),
        ("system", "system: 受付\n"),
        (
            "items",
            "items:\n  from:\n    csv: inbox/a.csv\n  sample: scenarios/samples/requests.csv\n  key: 請求番号\n  \
             columns: { 受付日: date, 氏名: name, 生年月日: date, 手数料: amount }\n",
        ),
        ("steps", "steps:\n  - browser.open: /menu\n"),
    ] {
        if !text.lines().any(|line| line.starts_with(&format!("{key}:"))) {
            text += rest;
        }
    }
    findings("scenarios/example.yaml", &text)
}

#[test]
fn every_example_is_right() {
    let mut count = 0;
    for document in DOCUMENTS {
        for block in blocks(&read(document)).iter().filter(|block| block.kind == "yaml") {
            let wrong = wrong(&block.text);
            assert!(wrong.is_empty(), "{document}:{}\n{}", block.line, wrong.join("\n"));
            count += 1;
        }
    }
    assert!(count > 15, "{count} examples");
    assert!(!wrong("- browser.clik: x\n").is_empty(), "a wrong one is found");
}

#[test]
fn the_example_of_every_word_is_right() {
    for word in words::CONTROL.iter().chain(words::BESIDE) {
        let wrong = wrong(&format!("- {}\n", word.example.replace('\n', "\n  ")));
        assert!(wrong.is_empty(), "{}: {}", word.name, wrong.join("\n"));
    }
}

/// A table of a document: rewritten when asked to, else compared.
fn table(document: &str, name: &str, rows: &str) {
    let text = read(document);
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let from = text.find(&open).expect("the table begins") + open.len();
    let to = text.find(&close).expect("the table ends");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let mended = format!("{}{rows}{}", &text[..from], &text[to..]);
        std::fs::write(root().join(document), mended).unwrap();
    } else {
        assert_eq!(&text[from..to], rows, "{document}: run the tests with UPDATE_DOCS=1");
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn step_rows(lang: Lang) -> String {
    let mut rows = lang
        .pick(
            "| ステップ | すること | 影響 |\n| --- | --- | --- |\n",
            "| step | what it does | effect |\n| --- | --- | --- |\n",
        )
        .to_owned();
    for def in steps::table() {
        let effect = match def.effect {
            Effect::Read => lang.pick("見るだけ", "looks"),
            Effect::Idempotent => lang.pick("繰り返せる", "repeatable"),
            Effect::Irreversible => lang.pick("`commit` の中だけ", "in `commit` only"),
        };
        let help = cell(lang.pick(def.help.ja, def.help.en));
        let _ = writeln!(rows, "| `{}` | {help} | {effect} |", def.name);
    }
    rows
}

#[test]
fn tables_are_those_of_the_program() {
    table("README.md", "steps:ja", &step_rows(Lang::Ja));
    table("README.md", "steps:en", &step_rows(Lang::En));
    let mut rows = "| 名前 | 英語名 | すること | 例 |\n| --- | --- | --- | --- |\n".to_owned();
    for filter in FILTERS {
        let examples: Vec<String> = filter
            .examples
            .iter()
            .map(|(from, to)| format!("`{}` → `{}`", cell(from), cell(to)))
            .collect();
        let (name, english, ja) = (filter.name, filter.english, cell(filter.ja));
        let _ = writeln!(rows, "| `{name}` | `{english}` | {ja} | {} |", examples.join("<br>"));
    }
    table("scenarios/LANGUAGE.md", "filters", &rows);
    table("runner/ARCHITECTURE.md", "layers", &layer_rows());
    let mut rows = "| 番号 | 練習 |\n| --- | --- |\n".to_owned();
    for exercise in yakin::exercise::ALL {
        let _ = writeln!(rows, "| {} | {} |", exercise.number, exercise.title.ja);
    }
    table("scenarios/README.md", "exercises", &rows);
}

/// Each layer, the first sentence of its module, and what it may import.
fn layer_rows() -> String {
    let mut rows = "| layer | | imports |\n| --- | --- | --- |\n".to_owned();
    for (layer, imports) in LAYERS {
        let src = root().join("runner/src");
        let file = [src.join(layer).join("mod.rs"), src.join(format!("{layer}.rs"))];
        let text = file
            .iter()
            .find_map(|file| std::fs::read_to_string(file).ok())
            .expect(layer);
        let first: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
        let imports: Vec<String> = imports.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(
            rows,
            "| `{layer}` | {} | {} |",
            cell(&first.join(" ")),
            imports.join(" ")
        );
    }
    rows
}

/// The words that the JSON Schema knows: keys, and the values that must be one of a few.
fn words(schema: &serde_json::Value, into: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(map) => {
            if let Some(properties) = map.get("properties").and_then(|found| found.as_object()) {
                into.extend(properties.keys().cloned());
            }
            if let Some(values) = map.get("enum").and_then(|found| found.as_array()) {
                into.extend(values.iter().filter_map(|value| value.as_str().map(str::to_owned)));
            }
            map.values().for_each(|value| words(value, into));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| words(value, into)),
        _ => {}
    }
}

#[test]
fn the_guide_names_every_word_of_the_language() {
    let guide = read("scenarios/LANGUAGE.md");
    let mut known = BTreeSet::new();
    words(&plan::schema::schema(), &mut known);
    assert!(known.len() > 60, "{known:?}");
    known.extend(ColumnType::NAMES.map(str::to_owned));
    known.extend(plan::RUN_NAMES.iter().map(|name| format!("run.{name}")));
    let missing: Vec<&String> = known
        .iter()
        .filter(|word| {
            let named = [
                format!("`{word}`"),
                format!("`{word}:"),
                format!("{word}:"),
                format!("{word} "),
            ];
            !named.iter().any(|named| guide.contains(named))
        })
        .collect();
    assert!(missing.is_empty(), "scenarios/LANGUAGE.md says nothing of {missing:?}");
}

/// What a heading is called in an address, as GitHub does it.
fn anchor(line: &str) -> String {
    let heading = line.trim_start_matches('#').trim().to_lowercase();
    let kept = heading
        .chars()
        .filter(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-' | ' '));
    kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
}

#[test]
fn links_lead_somewhere_and_nothing_is_of_one_machine() {
    for document in DOCUMENTS {
        let text = read(document);
        let folder = root().join(document).parent().expect("a folder").to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = match file {
                "" => root().join(document),
                file => folder.join(file),
            };
            assert!(file.exists(), "{document}: {target} is not there");
            if !heading.is_empty() {
                let text = std::fs::read_to_string(&file).expect("a text");
                let anchors: Vec<String> = text.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
                assert!(
                    anchors.iter().any(|known| known == heading),
                    "{document}: {target} is no heading"
                );
            }
        }
        for of_one_machine in ["/root/", "/home/", "/work/", "/Users/"] {
            assert!(!text.contains(of_one_machine), "{document}: {of_one_machine}");
        }
    }
    let image = std::fs::metadata(root().join(".github/images/report.png")).expect("the picture");
    assert!(image.len() < 300_000, "pictures are small");
}

#[test]
fn documents_have_no_sibling_that_is_not_checked() {
    let mut found = Vec::new();
    for folder in ["", "scenarios", "runner", "tests", "plugins", "ocr-models", ".github"] {
        for entry in std::fs::read_dir(root().join(folder)).expect(folder) {
            let path: PathBuf = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "md") {
                let inside = path
                    .strip_prefix(root())
                    .expect("inside")
                    .to_string_lossy()
                    .into_owned();
                found.push(inside);
            }
        }
    }
    for document in &found {
        assert!(DOCUMENTS.contains(&document.as_str()), "{document} is not in the list");
    }
}
