//! What `yakin explain` says is true: every mistake in it is one, and what it calls mended is.

use std::collections::BTreeSet;

use yakin::diag::{Findings, human};
use yakin::text::Lang;
use yakin::text::explain::{Example, Explanation, themes};

use crate::check;
use crate::support::office::yakin;

/// What cannot be shown by a few lines of one file; each is seen by a case of the checks.
const WITHOUT: [&str; 15] = [
    "YK1000",
    "YK1001",
    "YK1055",
    "YK1060",
    "YK1061",
    "YK2008",
    check::ELSEWHERE,
    "YK2236",
    "YK2237",
    "YK2253",
    "YK2314",
    "YK2338",
    "YK7030",
    "YK8153",
    "YK8154",
];

/// Items of which everything is known.
const ITEMS: &str = "\
items:
  from: { csv: inbox/a.csv }
  sample: scenarios/samples/requests.csv
  columns: { 請求番号: code, 氏名: name, カナ: kana, 生年月日: date, 郵便番号: postal, 手数料: amount, 受付日: date }
  key: 請求番号
";

/// The file that an example is a part of: its name for [`check::check`], and its text.
fn whole(example: Example) -> (&'static str, String) {
    let text = example.text;
    match example.of {
        "file" => ("a", text.to_owned()),
        "system" => ("system-受付", text.to_owned()),
        "part" => ("part-見本", text.to_owned()),
        "office" => ("office", text.to_owned()),
        "" => ("a", scenario(text)),
        other => panic!("an example of {other}"),
    }
}

/// A scenario around some steps, or some of its entries.
fn scenario(lines: &str) -> String {
    let has = |name: &str| lines.lines().any(|line| line.starts_with(name));
    let mut text = String::new();
    for (name, value) in [("yakin", "1"), ("name", "見本")] {
        if !has(&format!("{name}:")) {
            text.push_str(&format!("{name}: {value}\n"));
        }
    }
    let entries = lines
        .lines()
        .next()
        .is_some_and(|line| line.starts_with(|first: char| first.is_alphanumeric()));
    if !has("system:") && ["browser.", "call:"].iter().any(|word| lines.contains(word)) {
        text.push_str("system: 受付\n");
    }
    if !has("items:") && (!entries || ["after:", "steps:", "start:"].iter().any(|list| has(list))) && !has("system:") {
        text.push_str(ITEMS);
    }
    if entries {
        text.push_str(lines);
        if !has("steps:") {
            text.push_str("steps:\n  - log: 始めます\n");
        }
    } else {
        text.push_str("steps:\n");
        for line in lines.lines() {
            // A line's own trap stands at its beginning.
            let indent = if line.starts_with(['\t', '\u{3000}']) { "" } else { "  " };
            text.push_str(&format!("{indent}{line}\n"));
        }
    }
    text
}

fn findings(example: Example) -> Findings {
    let (name, text) = whole(example);
    check::check(name, text.as_bytes())
}

fn wrong(explanation: &Explanation) -> Option<String> {
    let (Some(bad), Some(mended)) = (explanation.bad, explanation.mended) else {
        let without = WITHOUT.contains(&explanation.code);
        return (!without).then(|| format!("{} has no example", explanation.code));
    };
    let told: BTreeSet<String> = findings(bad)
        .iter()
        .map(|(_, diagnostic)| diagnostic.message.code.to_string())
        .collect();
    let all: Vec<&str> = told.iter().map(String::as_str).collect();
    if all != [explanation.code] {
        let said = human::render(&findings(bad), Lang::Ja);
        return Some(format!("{}: the mistake is told as {all:?}\n{said}", explanation.code));
    }
    let (name, text) = whole(mended);
    let id = text.lines().find_map(|line| line.strip_prefix("id: "));
    let rest = human::render(&check::check(id.unwrap_or(name), text.as_bytes()), Lang::Ja);
    (!rest.is_empty()).then(|| format!("{}: mended, and still:\n{rest}", explanation.code))
}

#[test]
fn every_mistake_is_told_as_explained_and_every_mended_one_is_mended() {
    let all = themes().iter().flat_map(|theme| &theme.explanations);
    let wrong: Vec<String> = all.filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_needs_no_example_is_known() {
    for code in WITHOUT {
        let explanation = yakin::text::explain::explanation(code).expect(code);
        assert_eq!(explanation.bad, None, "{code}");
    }
}

#[test]
fn a_code_is_explained_in_either_language_outside_of_any_office() {
    let asked = yakin(&["explain", "yk2101", "４００１"], None);
    assert_eq!((asked.code, asked.err.as_str()), (0, ""), "{asked:?}");
    for said in [
        "YK2101 「〈名前〉」という列はありません。",
        "間違いの例:\n    - log: ${{ item.氏明 }}",
        "動く人: ",
    ] {
        assert!(asked.out.contains(said), "{said}: {}", asked.out);
    }
    let asked = yakin(&["--lang", "en", "explain", "2101"], None);
    assert!(
        asked.out.contains("  what to do: ") && !asked.out.contains("直し方"),
        "{}",
        asked.out
    );

    let filters = yakin(&["explain", "1305"], None);
    assert!(filters.out.contains("| 全角カナ (katakana)"), "{}", filters.out);
    let unknown = yakin(&["explain", "YK2198"], None);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""), "{unknown:?}");
    assert!(unknown.err.contains("YK7110"), "{}", unknown.err);

    let all = yakin(&["explain", "--json"], None);
    let codes: Vec<serde_json::Value> = all
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let known = |code: &str| codes.iter().any(|line| line["code"] == code);
    assert!(
        known("YK1030") && known("YK8010") && !known("YK1103"),
        "parts are no messages"
    );
    assert!(codes.iter().all(|line| !line["theme"].as_str().unwrap().is_empty()));
}

/// An office with one scenario.
fn office(lines: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join("scenarios/systems")).unwrap();
    std::fs::write(
        root.join("office.yaml"),
        "yakin: 1\ngrants:\n  a: { secrets: [受付] }\n",
    )
    .unwrap();
    let system = "yakin: 1\nsystem: 受付\nurl: { 練習: practice/uketsuke }\n";
    std::fs::write(root.join("scenarios/systems/受付.yaml"), system).unwrap();
    let text = format!("yakin: 1\nname: x\nsystem: 受付\nsteps:\n{lines}");
    std::fs::write(root.join("scenarios/a.yaml"), text).unwrap();
    folder
}

#[test]
fn a_check_says_how_to_read_more_of_the_gravest_finding() {
    let office = office("  - browser.click: { css: '#go' }\n  - browser.clik: 次へ\n");
    let checked = yakin(&["check"], Some(office.path()));
    assert_eq!(checked.code, 2, "{checked:?}");
    assert!(
        checked.out.ends_with("詳しく: yakin explain YK2000\n"),
        "{}",
        checked.out
    );
    assert_eq!(checked.out.matches("yakin explain").count(), 1, "{}", checked.out);
    let machines = yakin(&["check", "--json"], Some(office.path()));
    assert!(!machines.out.contains("yakin explain"), "{}", machines.out);
}

#[test]
fn the_scores_of_a_scenario_are_listed_by_line() {
    let office = office(
        "  - browser.click: [{ button: 次へ }, { xpath: '/html/body/a' }]\n  - browser.click: { css: 'a:nth-child(2)' }\n",
    );
    let listed = yakin(&["check", "a", "--scores"], Some(office.path()));
    assert_eq!(listed.code, 0, "{listed:?}");
    for said in [
        "2 か所、丈夫さ 最低 15、平均 54",
        "5 行目   93  次へ",
        "└    5  /html/body/a",
        "6 行目   15",
    ] {
        assert!(listed.out.contains(said), "{said}: {}", listed.out);
    }
    let machines = yakin(&["check", "a", "--scores", "--json"], Some(office.path()));
    let lines: Vec<serde_json::Value> = machines
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((&lines[1]["line"], &lines[1]["score"]), (&6.into(), &15.into()));
    assert_eq!((&lines[2]["locators"], &lines[2]["lowest"]), (&2.into(), &15.into()));

    std::fs::write(office.path().join("scenarios/a.yaml"), b"\x00\xFF").unwrap();
    let unread = yakin(&["check", "scenarios/a.yaml", "--scores"], Some(office.path()));
    assert!(unread.code == 2 && unread.err.contains("YK7111"), "{unread:?}");
}

#[test]
fn a_secret_that_the_office_does_not_keep_is_told_by_its_name_alone() {
    let office = office("  - browser.fill: { パスワード: '${{ secrets.受付.パスワード }}' }\n");
    let missing = yakin(&["check", "a"], Some(office.path()));
    assert!(
        missing.code == 0 && missing.out.contains("`yakin secret set 受付.パスワード`"),
        "{missing:?}"
    );
    assert!(!office.path().join(".yakin").exists(), "a check makes no records");
}
