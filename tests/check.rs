//! Every mistake in a file has its own message: bad examples with what is said about them beside them.
//!
//! `UPDATE_CASES=1` rewrites the expected texts and the JSON Schema; read the difference before you keep it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use yakin::diag::{Findings, Severity, human, json};
use yakin::drivers::files::{FileError, Row, Table};
use yakin::plan::{self, Around, CachedFiles, Files, KeptSecret, OfficeFiles};
use yakin::scenario::{office, source};
use yakin::steps::plugin::{PluginStep, Shelf};
use yakin::text::{Arg, Lang, Message};

use crate::support::guests;

/// Files in memory.
#[derive(Default)]
struct MemoryFiles(BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    /// The system and the sample of the guide, and systems that are wrong.
    fn office() -> MemoryFiles {
        let mut files = MemoryFiles::default();
        for path in [
            "scenarios/systems/受付.yaml",
            "scenarios/samples/requests.csv",
            "scenarios/parts/住所入力.yaml",
        ] {
            files.add(path, &std::fs::read(root().join(path)).expect(path));
        }
        files.add(
            "scenarios/systems/別名.yaml",
            "yakin: 1\nsystem: 税\nurl: http://127.0.0.1/\n".as_bytes(),
        );
        files.add(
            "scenarios/systems/手順書.yaml",
            "yakin: 1\nname: x\nsteps:\n  - log: x\n".as_bytes(),
        );
        files.add("inbox/未記入.csv", "番号,本人確認\n1,済\n2,\n3,未\n".as_bytes());
        files.add(
            "inbox/読めない.csv",
            "番号,申請日,料金,マイナンバー\n1,12月1日,三百円,123456789012\n2,令和8年12月2日,300,\n3,12月3日,,\n"
                .as_bytes(),
        );
        files.add("scenarios/samples/空.csv", "請求番号,氏名\n".as_bytes());
        files.add(
            "scenarios/samples/番号.csv",
            "請求番号,個人番号,宛名番号\n1,,123456789018\n1,,234567890121\n2,,\n".as_bytes(),
        );
        // Scenarios to take finished items from: one of the guide, one in a circle, one without items, one of which
        // nothing is known.
        let guide = "scenarios/juminhyo-yubin.yaml";
        files.add(guide, &std::fs::read(root().join(guide)).expect(guide));
        for (id, items) in [
            ("mawari", "items:\n  from: { scenario: items-scenario-cycle }\n"),
            ("tada", ""),
            ("shirazu", "items:\n  from: { csv: inbox/a.csv }\n  key: 番号\n"),
        ] {
            let text = format!("yakin: 1\nname: x\n{items}steps:\n  - log: x\n");
            files.add(&format!("scenarios/{id}.yaml"), text.as_bytes());
        }
        for (name, part) in PARTS {
            files.add(&format!("scenarios/parts/{name}.yaml"), part.as_bytes());
        }
        // Each opens the one before it twice.
        for level in 1..=12 {
            let under = level - 1;
            let part = format!("yakin: 1\npart: 倍{level}\nsteps:\n  - call: 倍{under}\n  - call: 倍{under}\n");
            files.add(&format!("scenarios/parts/倍{level}.yaml"), part.as_bytes());
        }
        files
    }

    fn add(&mut self, path: &str, bytes: &[u8]) {
        self.0.insert(path.to_owned(), bytes.to_vec());
    }

    /// The names of the files in a folder.
    fn names(&self, folder: &str) -> Vec<String> {
        let inside = |path: &String| Some(path.strip_prefix(folder)?.strip_suffix(".yaml")?.to_owned());
        self.0.keys().filter_map(inside).collect()
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).cloned().ok_or_else(|| FileError::Missing {
            path: path.to_owned(),
            near: Vec::new(),
        })
    }

    fn table(&self, path: &str, _: &[&str]) -> Result<Table, FileError> {
        let text = source::read("a table", &self.read(path)?)
            .expect("a text")
            .text()
            .to_owned();
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect());
        let headings = lines.next().unwrap_or_default();
        let rows = (2..).zip(lines).map(|(number, cells)| Row { number, cells }).collect();
        Ok(Table {
            path: path.to_owned(),
            sheet: None,
            heading_row: 1,
            headings,
            rows,
            format: "CSV".to_owned(),
            sha256: String::new(),
        })
    }

    fn folders(&self, path: &str) -> Option<Vec<String>> {
        let folders = if path.is_empty() {
            vec!["inbox", "outbox", "scenarios"]
        } else {
            Vec::new()
        };
        Some(folders.into_iter().map(str::to_owned).collect())
    }

    fn systems(&self) -> Vec<String> {
        self.names("scenarios/systems/")
    }

    fn plugin_step(&self, name: &str) -> Result<Arc<PluginStep>, Box<Message>> {
        let office = guests::office();
        std::fs::write(
            office.path().join("plugins/broken.js"),
            "/** a */\nexport function f( {\n",
        )
        .expect("a plugin");
        std::fs::create_dir(office.path().join("plugins/keisan")).expect("a folder");
        std::fs::write(office.path().join("plugins/keisan/app.py"), "").expect("a source");
        let discount = guests::repository("runner/templates/plugin/plugin.js");
        std::fs::copy(discount, office.path().join("plugins/waribiki.js")).expect("a plugin");
        Shelf::new(office.path()).step(name)
    }

    fn parts(&self) -> Vec<String> {
        self.names("scenarios/parts/")
    }

    fn scenarios(&self) -> Vec<String> {
        let paths = self.0.keys().filter(|path| path.ends_with(".yaml"));
        paths.cloned().collect()
    }
}

/// Parts that the cases call.
const PARTS: &[(&str, &str)] = &[
    (
        "登録",
        "yakin: 1\npart: 登録\ninputs: { 番号: code }\nsteps:\n  - commit: 登録\n    do: { browser.click: 登録する }\n    proof: { field: 受付番号 }\n    verify:\n      look: { browser.open: \"/search?no=${{ 番号 }}\" }\n      present: 登録済\n      absent: ありません\n",
    ),
    (
        "差し戻し",
        "yakin: 1\npart: 差し戻し\ninputs: { 理由: open }\nsteps:\n  - reject: ${{ 理由 }}\n",
    ),
    (
        "確認",
        "yakin: 1\npart: 確認\nsteps:\n  - browser.click: 確認\n    retry: 2\n",
    ),
    (
        "ログイン",
        "yakin: 1\npart: ログイン\ninputs: { パスワード: secret }\nsteps:\n  - browser.fill:\n      パスワード: ${{ パスワード }}\n",
    ),
    ("甲", "yakin: 1\npart: 甲\nsteps:\n  - call: parts/乙\n"),
    ("乙", "yakin: 1\npart: 乙\nsteps:\n  - call: parts/丙\n"),
    ("丙", "yakin: 1\npart: 丙\nsteps:\n  - call: parts/甲\n"),
    ("倍0", "yakin: 1\npart: 倍0\nsteps:\n  - log: 一つ\n"),
    ("手順書", "yakin: 1\nname: 手順書\nsteps:\n  - log: x\n"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository")
}

/// Files that count how often each is read.
struct Counted(MemoryFiles, Mutex<BTreeMap<String, usize>>);

impl Counted {
    fn count(&self, path: &str) {
        *self.1.lock().expect("a count").entry(path.to_owned()).or_default() += 1;
    }
}

impl Files for &Counted {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.count(path);
        self.0.read(path)
    }

    fn table(&self, path: &str, wanted: &[&str]) -> Result<Table, FileError> {
        self.count(path);
        self.0.table(path, wanted)
    }

    fn systems(&self) -> Vec<String> {
        self.count("systems");
        self.0.systems()
    }

    fn parts(&self) -> Vec<String> {
        self.count("parts");
        self.0.parts()
    }

    fn scenarios(&self) -> Vec<String> {
        self.count("scenarios");
        self.0.scenarios()
    }

    fn plugin_step(&self, name: &str) -> Result<Arc<PluginStep>, Box<Message>> {
        self.0.plugin_step(name)
    }

    fn folders(&self, path: &str) -> Option<Vec<String>> {
        self.count(&format!("folders {path}"));
        self.0.folders(path)
    }
}

#[test]
fn of_many_scenarios_every_file_is_read_once_and_every_mistake_is_told() {
    let mut files = MemoryFiles::office();
    let text = std::fs::read_to_string(root().join("scenarios/juminhyo-yubin.yaml")).expect("the scenario");
    let paths: Vec<String> = (0..100).map(|number| format!("scenarios/{number:03}.yaml")).collect();
    for path in &paths {
        files.add(path, text.replace("item.カナ", "item.かな").as_bytes());
    }
    let counted = Counted(files, Mutex::default());
    let cached = CachedFiles::new(&counted);
    let findings = plan::check_all(&cached, &paths, None);
    assert_eq!(findings.count(Severity::Error), paths.len());
    let told: Vec<&str> = findings.iter().map(|(source, _)| source.file()).collect();
    assert!(told.is_sorted(), "{told:?}");
    let read = counted.1.lock().expect("the counts").clone();
    // The system, the sample, and what there is of systems, parts and folders.
    assert_eq!(read.len(), paths.len() + 5, "{read:?}");
    assert!(read.values().all(|count| *count == 1), "{read:?}");
    assert_eq!(cached.into_paths().len(), paths.len() + 2);
}

/// Checks a case by its name: `office…` is an office, `system-…` a system, `part-…` a part, everything else a scenario.
pub(crate) fn check(name: &str, bytes: &[u8]) -> Findings {
    if name.starts_with("office") {
        let mut findings = Findings::default();
        let source = source::read("office.yaml", bytes).expect("a text");
        let (_, found) = office::parse(&source);
        findings.add(source, found);
        return findings;
    }
    let path = match name.split_once('-') {
        Some(("system", name)) => format!("scenarios/systems/{name}.yaml"),
        Some(("part", name)) => format!("scenarios/parts/{name}.yaml"),
        _ => format!("scenarios/{name}.yaml"),
    };
    let mut files = MemoryFiles::office();
    files.add(&path, bytes);
    plan::check_around(&files, &path, &around())
}

/// An office that keeps one secret of the system and granted it for real work.
fn around() -> Around {
    let grant = office::Grant {
        secrets: vec!["受付".to_owned()],
        ..office::Grant::default()
    };
    let kept = |name: &str, expires: Option<&str>| KeptSecret {
        name: name.to_owned(),
        expires: expires.map(|day| day.parse().expect("a day")),
    };
    Around {
        grants: BTreeMap::from([("juminhyo-yubin".to_owned(), grant)]),
        secrets: Some(vec![
            kept("受付.ID", None),
            kept("受付.パスワード", None),
            kept("受付.古いもの", Some("2026-10-31")),
            kept("受付.もうすぐ", Some("2026-11-30")),
        ]),
        practice: vec!["ID".to_owned(), "パスワード".to_owned()],
        today: "2026-11-23".parse().expect("a day"),
        ..Around::default()
    }
}

/// The code of a message and of those said inside it.
fn codes(message: &Message, into: &mut BTreeSet<String>) {
    into.insert(message.code.to_string());
    for arg in message.args.values() {
        if let Arg::Said(said) = arg {
            codes(said, into);
        }
    }
}

pub(crate) fn all_codes(findings: &Findings, into: &mut BTreeSet<String>) {
    for (_, diagnostic) in findings.iter() {
        codes(&diagnostic.message, into);
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = root().join("tests/cases/check");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    cases.sort();
    cases
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|name| name.to_str()).expect("a name")
}

/// Findings that need no file of their own.
fn without_files() -> Vec<Findings> {
    let mut files = MemoryFiles::office();
    files.add("scenarios/big.yaml", &vec![b' '; 2 * 1024 * 1024]);
    files.add("scenarios/bytes.yaml", b"name: \xFF\x00\xFE");
    files.add("scenarios/empty.yaml", b"\n# nothing\n");
    files.add("scenarios/workbook.yaml", b"PK\x03\x04...");
    files.add("inbox/table.csv", "請求番号,氏名\n1,森\n".as_bytes());
    ["big", "bytes", "empty", "nowhere", "systems/受付", "workbook"]
        .into_iter()
        .map(|name| format!("scenarios/{name}.yaml"))
        .chain(["inbox/table.csv".to_owned()])
        .map(|path| plan::load(&files, &path).findings)
        .collect()
}

#[test]
fn bad_examples_are_told_as_written_beside_them() {
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let findings = check(stem(&case), &std::fs::read(&case).expect("a case"));
        for (lang, ending) in [(Lang::Ja, "ja.txt"), (Lang::En, "en.txt")] {
            let told = human::render(&findings, lang);
            let expected = case.with_extension(ending);
            if update {
                std::fs::write(&expected, &told).expect("to write");
            }
            if std::fs::read_to_string(&expected).unwrap_or_default() != told {
                wrong.push(format!("{}:\n{told}", expected.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No step of this version is irreversible; the check stands beside its code.
pub(crate) const ELSEWHERE: &str = "YK2203";

#[test]
fn every_code_has_an_example() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        all_codes(&check(stem(&case), &std::fs::read(&case).expect("a case")), &mut seen);
    }
    for findings in without_files() {
        all_codes(&findings, &mut seen);
    }
    let missing: Vec<&str> = yakin::text::entries()
        .map(|entry| entry.code.0)
        .filter(|code| ("YK1000".."YK3000").contains(code) && !seen.contains(*code) && *code != ELSEWHERE)
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_examples_of_the_repository_become_plans() {
    let files = OfficeFiles::new(root());
    let loaded = plan::load(&files, "scenarios/juminhyo-yubin.yaml");
    let told = human::render(&loaded.findings, Lang::Ja);
    assert_eq!(loaded.findings.count(Severity::Error), 0, "{told}");
    assert_eq!(loaded.findings.count(Severity::Warning), 0, "{told}");
    let plan = loaded.plan.expect("a plan");
    let outline: Vec<String> = plan
        .outline
        .iter()
        .map(|step| format!("{} {}", step.path, step.title))
        .collect();
    assert_eq!(
        outline,
        [
            "login/1 「/login」を開く",
            "login/2 「利用者ID」「パスワード」に入力する",
            "login/3 「ログイン」を押す",
            "login/4 「メインメニュー」が見えるか確かめる",
            "home/1 「/menu」を開く",
            "steps/1 「新規登録」を押す",
            "steps/2 「請求番号」「氏名」「生年月日」ほか1欄に入力する",
            "steps/3 「フリガナ」に入力する",
            "steps/4 「住所」が見えるか確かめる",
            "steps/4/else/1 差し戻す（住所が市外です）",
            "steps/5 請求の登録",
            "steps/5/do/1 「登録する」を押す",
            "steps/5/look/1 「/search?no=${{ item.請求番号 }}」を開く",
            "after/1 「outbox/結果_${{ run.date }}.xlsx」に書き出す",
        ]
    );
    assert_eq!(plan.bundle.len(), 2);
}

#[test]
fn a_table_that_is_not_there_is_told_unless_it_comes_later() {
    let told = |items: &str, tables: bool| {
        let mut files = MemoryFiles::office();
        files.add("inbox/there.csv", "番号\n1\n".as_bytes());
        let text = format!(
            "yakin: 1\nname: x\nitems:\n  from: {items}\n  key: 番号\n  columns: {{ 番号: code }}\nsteps:\n  - log: x\n"
        );
        files.add("scenarios/a.yaml", text.as_bytes());
        let around = Around { tables, ..around() };
        let mut codes = BTreeSet::new();
        all_codes(&plan::check_around(&files, "scenarios/a.yaml", &around), &mut codes);
        codes.contains("YK3110")
    };
    assert!(told("{ csv: inbox/ther.csv }", true));
    assert!(told("{ excel: inbox/a.xlsx }", true));
    for items in [
        "{ csv: inbox/there.csv }",
        "{ csv: \"inbox/a_${{ run.date }}.csv\" }",
        "{ csv: inbox/a.csv }\n  sample: inbox/there.csv",
        "{ list: [一] }",
    ] {
        assert!(!told(items, true), "{items}");
    }
    assert!(!told("{ csv: inbox/ther.csv }", false));
}

#[test]
fn mending_again_and_again_comes_to_what_was_meant() {
    let text = |reject: &str| {
        format!(
            "yakin: 1\nname: x\nitems:\n  from: {{ csv: inbox/a.csv }}\n  columns: {{ 番号: code, 本人確認（済/未）: open, 本人確認済: open }}\n  key: 番号\n  reject:\n    理由: {reject}\nsteps:\n  - log: x\n"
        )
    };
    for (written, meant) in [
        (
            "item[\"本人確認（済/未）\"] != 済",
            "item[\"本人確認（済/未）\"] != \"済\"",
        ),
        ("item.本人確認（済/未） != 済", "item[\"本人確認（済/未）\"] != \"済\""),
        ("item.本人確認済 != 済", "item.本人確認済 != \"済\""),
        (
            "'item[\"本人確認（済/未）\"] != 済 or 本人確認済 == 済'",
            "'item[\"本人確認（済/未）\"] != \"済\" or item.本人確認済 == \"済\"'",
        ),
        (
            "\"item['本人確認（済/未）'] == 未 or item.本人確認済 == 未\"",
            "\"item['本人確認（済/未）'] == '未' or item.本人確認済 == '未'\"",
        ),
    ] {
        let mut now = text(written);
        for _ in 0..8 {
            let found = check("a", now.as_bytes());
            let source = found.sources().next().expect("the file");
            match yakin::diag::mended(source, &found.of(source)) {
                Some(mended) => now = mended,
                None => break,
            }
        }
        assert_eq!(now, text(meant), "{written}");
        assert!(!check("a", now.as_bytes()).has_errors(), "{meant}");
    }
}

#[test]
fn machines_get_a_line_each() {
    let findings = check("a", "yakin: 1\nname：x\nsteps:\n  - brwser.click: a\n".as_bytes());
    let lines: Vec<serde_json::Value> = json::render(&findings, Lang::En)
        .expect("JSON")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0]["code"], "YK1030");
    assert_eq!(lines[0]["file"], "scenarios/a.yaml");
    assert_eq!((&lines[0]["line"], &lines[0]["column"]), (&2.into(), &5.into()));
    assert_eq!(lines[0]["mended"], "name: x");
    assert_eq!(lines[1]["severity"], "error");
}

#[test]
fn the_same_mistake_reads_the_same_in_every_encoding() {
    let text = "yakin: 1\r\nname: 住民票\r\nsteps:\r\n  - browser.clik: 登録\r\n";
    let utf8 = human::render(&check("a", text.as_bytes()), Lang::Ja);
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    assert_eq!(human::render(&check("a", &cp932), Lang::Ja), utf8);
    assert!(utf8.contains("a.yaml:4:5"), "{utf8}");
}

#[test]
fn the_committed_schema_is_the_one_of_the_step_table() {
    let path = root().join("runner/yakin.schema.json");
    let mut schema = serde_json::to_string_pretty(&plan::schema::schema()).expect("JSON");
    schema.push('\n');
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, &schema).expect("to write");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == schema, "run the tests with UPDATE_CASES=1");
}
