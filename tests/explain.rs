//! What `yakin explain` says is true: every mistake in it is one, and what it calls mended is.

use std::collections::BTreeSet;

use yakin::diag::{Findings, human};
use yakin::text::Lang;
use yakin::text::explain::{Example, Explanation, themes};

use crate::check;

/// What cannot be shown by a few lines of one file; each is seen by a case of the checks.
const WITHOUT: [&str; 7] = [
    "YK1000",
    "YK1001",
    "YK1205",
    "YK2008",
    check::ELSEWHERE,
    "YK2236",
    "YK2237",
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
    if !has("system:") && lines.contains("browser.") {
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
    let rest = human::render(&findings(mended), Lang::Ja);
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
