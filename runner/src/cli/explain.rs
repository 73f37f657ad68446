//! `yakin explain`: what a code means, why it matters, how to mend it.

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;

use crate::rules::width::to_halfwidth_ascii;
use crate::scenario::filters::{self, FILTERS, Filter};
use crate::steps::docs;
use crate::text::explain::{self, Explanation};
use crate::text::{self, Entry, Lang, Message, codes, glossary};

use super::error::CliError;
use super::{Context, exit};

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
    #[arg(long)]
    json: bool,
}

pub(super) fn explain(context: &Context, args: &ExplainArgs) -> Result<u8, CliError> {
    let lang = context.lang.unwrap_or_default();
    let mut asked: Vec<&Entry> = Vec::new();
    let mut concepts = String::new();
    for word in &args.codes {
        let concept = concept(word, lang);
        match (meant(word, lang), &concept) {
            (Ok(said), _) => asked.extend(said),
            (Err(_), Some(_)) => {}
            (Err(error), None) => return Err(error),
        }
        concepts.extend(concept);
    }
    if args.json {
        let listed = if args.codes.is_empty() { all().collect() } else { asked };
        for entry in listed {
            let line = serde_json::to_string(&Line::of(entry, lang));
            println!(
                "{}",
                line.map_err(|error| CliError::from(std::io::Error::other(error)))?
            );
        }
    } else if !concepts.is_empty() {
        if !asked.is_empty() {
            let title = lang.pick("この言葉が出てくる知らせ：", "Messages with this word:");
            let _ = write!(concepts, "\n{title}\n{}", list(asked.into_iter(), lang));
        }
        print!("{}", context.page(&concepts, lang));
    } else {
        match asked.as_slice() {
            [] => print!("{}", context.page(&list(all(), lang), lang)),
            // A word that stands in many of them is answered by a list.
            many if many.len() > args.codes.len() => {
                print!("{}", context.page(&list(many.iter().copied(), lang), lang));
            }
            few => {
                let pages: Vec<String> = few.iter().map(|entry| whole(entry, lang)).collect();
                print!("{}", context.page(&pages.join("\n"), lang));
            }
        }
    }
    Ok(exit::SETTLED)
}

/// Every message that can be met alone; what has nothing to be mended and is told by a check is a part of others.
fn all() -> impl Iterator<Item = &'static Entry> {
    let mut entries: Vec<&Entry> = text::entries()
        .filter(|entry| entry.code.0 >= "YK3000" || explain::explanation(entry.code.0).is_some())
        .collect();
    entries.sort_by_key(|entry| entry.code);
    entries.into_iter()
}

/// What a word means: one of the work itself, of the language, or both.
fn concept(word: &str, lang: Lang) -> Option<String> {
    let word = word.trim().trim_start_matches(['|', '｜', ' ']);
    let Some(term) = glossary::term(word) else {
        return of_language(word, lang);
    };
    let more = docs::describe(word, lang).map_or_else(String::new, |more| format!("\n{more}"));
    Some(format!("{}{more}", term.told(lang)))
}

/// What a word is the name of in the language: a filter, else a step or another word of it.
fn of_language(word: &str, lang: Lang) -> Option<String> {
    let name = filters::meant(word).unwrap_or(word);
    let filter = FILTERS
        .iter()
        .find(|filter| filter.name == name || filter.english == name);
    if let Some(filter) = filter {
        let mut said = told(filter, lang);
        for (expression, result) in filter.examples {
            let _ = writeln!(said, "    {expression} → {result}");
        }
        return Some(said);
    }
    // What stands in many messages and is no name is better answered by them.
    docs::describe(word, lang).or_else(|| docs::about(word, lang))
}

/// A filter and what it does.
fn told(filter: &Filter, lang: Lang) -> String {
    let (name, other) = match lang {
        Lang::Ja => (filter.name, filter.english),
        Lang::En => (filter.english, filter.name),
    };
    format!("| {name} ({other})  {}\n", lang.pick(filter.ja, filter.en))
}

/// The message of a code, or those that a word stands in.
fn meant(word: &str, lang: Lang) -> Result<Vec<&'static Entry>, CliError> {
    let code = to_halfwidth_ascii(word.trim()).to_ascii_uppercase();
    let digits = code.trim_start_matches("YK").trim_start_matches('-');
    let Ok(number) = digits.parse::<u32>() else {
        let said: Vec<&Entry> = all()
            .filter(|entry| explain::title(entry, lang).contains(word))
            .collect();
        return if said.is_empty() {
            Err(unknown(word, None))
        } else {
            Ok(said)
        };
    };
    let code = format!("YK{number}");
    match text::find(&code) {
        Some(entry) => Ok(vec![entry]),
        None => Err(unknown(&code, nearest(number))),
    }
}

fn nearest(number: u32) -> Option<&'static str> {
    let distance = |code: &str| {
        let known: u32 = code.trim_start_matches("YK").parse().ok()?;
        Some(known.abs_diff(number))
    };
    all()
        .map(|entry| entry.code.0)
        .min_by_key(|code| distance(code).unwrap_or(u32::MAX))
}

fn unknown(code: &str, near: Option<&str>) -> CliError {
    CliError::usage(Message::new(codes::NO_CODE).with("code", code).with_some("near", near))
}

/// Codes and what they say, by theme.
fn list<'e>(entries: impl Iterator<Item = &'e Entry>, lang: Lang) -> String {
    let mut said = String::new();
    let mut last = String::new();
    for entry in entries {
        let theme = theme(entry.code.0, lang);
        if theme != last {
            let gap = if last.is_empty() { "" } else { "\n" };
            // Writing into a String cannot fail.
            let _ = writeln!(said, "{gap}{theme}");
            last = theme.to_owned();
        }
        let _ = writeln!(said, "  {}  {}", entry.code.0, explain::title(entry, lang));
    }
    said
}

fn theme(code: &str, lang: Lang) -> &'static str {
    let of_check = explain::themes()
        .iter()
        .find(|theme| theme.explanations.iter().any(|explanation| explanation.code == code));
    match (of_check, explain::family(code)) {
        (Some(theme), _) => lang.pick(theme.ja, theme.en),
        (None, Some(family)) => lang.pick(family.about.0, family.about.1),
        (None, None) => "",
    }
}

/// Everything about one code.
fn whole(entry: &Entry, lang: Lang) -> String {
    let line = Line::of(entry, lang);
    let mut said = format!("{} {}\n", line.code, line.what);
    let labels = [
        (lang.pick("意味", "meaning"), line.meaning),
        (lang.pick("わけ", "why"), line.why),
        (
            lang.pick("直し方", "what to do"),
            Some(line.mend.as_str()).filter(|mend| !mend.is_empty()),
        ),
        (lang.pick("動く人", "who acts"), line.who),
        (lang.pick("登録", "registered"), line.registered),
    ];
    for (label, text) in labels {
        if let Some(text) = text {
            let _ = writeln!(said, "  {label}: {text}");
        }
    }
    for (label, example) in [
        (lang.pick("間違いの例", "the mistake"), line.bad),
        (lang.pick("直した例", "mended"), line.mended),
    ] {
        if let Some(example) = example {
            let _ = writeln!(said, "  {label}:");
            for row in example.lines() {
                let _ = writeln!(said, "    {row}");
            }
        }
    }
    if [codes::UNKNOWN_FILTER, codes::FILTER_USE, codes::FILTER_INPUT].contains(&entry.code) {
        said.push_str(&every_filter(lang));
    }
    said
}

/// Every filter with an example.
fn every_filter(lang: Lang) -> String {
    let mut said = format!("  {}:\n", lang.pick("使える変換", "filters"));
    for filter in FILTERS {
        let _ = write!(said, "    {}", told(filter, lang));
        if let Some((expression, result)) = filter.examples.first() {
            let _ = writeln!(said, "        {expression} → {result}");
        }
    }
    said
}

/// A code, for machines; also what people are shown.
#[derive(Debug, Serialize)]
struct Line {
    code: &'static str,
    theme: &'static str,
    what: String,
    mend: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registered: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bad: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mended: Option<&'static str>,
}

impl Line {
    fn of(entry: &Entry, lang: Lang) -> Line {
        let explained = explain::explanation(entry.code.0);
        let words = |explanation: &'static Explanation| match lang {
            Lang::Ja => explanation.ja,
            Lang::En => explanation.en,
        };
        let family = explain::family(entry.code.0);
        let registered = family.map(|family| lang.pick(family.registered.0, family.registered.1));
        Line {
            code: entry.code.0,
            theme: theme(entry.code.0, lang),
            what: explain::title(entry, lang),
            mend: explained.map_or_else(|| explain::mend(entry, lang), |found| words(found).mend.to_owned()),
            meaning: explained.map(|found| words(found).meaning),
            why: explained.map(|found| words(found).why),
            who: family.map(|family| lang.pick(family.who.0, family.who.1)),
            registered: registered.filter(|text| !text.is_empty()),
            bad: explained.and_then(|found| Some(found.bad?.text)),
            mended: explained.and_then(|found| Some(found.mended?.text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::view::Standing;

    #[test]
    fn a_code_is_known_however_it_is_written() {
        for word in ["YK2101", "yk2101", "2101", "ＹＫ２１０１", " yk-2101 "] {
            let found = meant(word, Lang::Ja).expect(word);
            assert_eq!(
                found.iter().map(|entry| entry.code.0).collect::<Vec<_>>(),
                ["YK2101"],
                "{word}"
            );
        }
    }

    #[test]
    fn what_is_unknown_is_told_with_what_is_near() {
        let told = |word| {
            let error = meant(word, Lang::Ja).expect_err(word);
            error.message.what(Lang::Ja)
        };
        assert_eq!(
            told("YK2199"),
            "「YK2199」という番号はありません。もしかして「YK2200」ですか。"
        );
        assert_eq!(
            told("見たことのない言葉"),
            "「見たことのない言葉」という番号はありません。"
        );
        assert!(
            meant("全角", Lang::Ja).expect("many").len() > 1,
            "a word finds its messages"
        );
    }

    #[test]
    fn every_word_of_a_report_is_explained() {
        for lang in [Lang::Ja, Lang::En] {
            let standings = Standing::ALL.map(|standing| standing.word(lang));
            let others = ["台帳", "receipt", "commit", "点数", "下見", "キー", "ボット"];
            for word in standings.into_iter().chain(others) {
                assert!(glossary::term(word).is_some(), "{word}");
            }
        }
        let told = concept("commit", Lang::Ja).expect("known");
        assert!(told.contains("取り消せない操作") && told.contains("proof"), "{told}");
    }

    #[test]
    fn every_code_has_a_theme_and_can_be_told_whole() {
        for entry in all() {
            for lang in [Lang::Ja, Lang::En] {
                assert!(!theme(entry.code.0, lang).is_empty(), "{}", entry.code.0);
                assert!(whole(entry, lang).starts_with(entry.code.0));
            }
        }
        let said = whole(text::find("YK4001").expect("a code"), Lang::Ja);
        assert!(said.contains("「〈探したもの〉」") && said.contains("動く人"), "{said}");
        assert!(list(all(), Lang::Ja).contains("YK2101  「〈名前〉」という列はありません。"));
    }
}
