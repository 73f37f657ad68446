//! What the step table says of itself: the texts of `yakin steps`.

mod english;
mod plain;

pub use plain::about;

use std::fmt::Write;

use schemars::SchemaGenerator;
use serde_json::Value as Json;
use unicode_width::UnicodeWidthStr;

use super::{StepDef, StepRow, find, table};
use crate::scenario::model::Effect;
use crate::scenario::words::{self, BESIDE, CONTROL, OFFICE, SCENARIO, SYSTEM, Word};
use crate::text::Lang;

/// Every step and every word of the language with one line about it; the steps of plugins last among the steps.
pub fn list(lang: Lang, plugins: &[StepRow]) -> String {
    let built_in = table().map(|def| (def.name, lang.pick(def.help.ja, def.help.en)));
    let steps: Vec<_> = built_in
        .chain(plugins.iter().map(|row| (row.name(), row.help(lang))))
        .map(|(name, help)| (name, first_sentence(help)))
        .collect();
    let words = |words: &'static [Word]| -> Vec<_> {
        let lines = words
            .iter()
            .map(|word| (word.name, first_sentence(lang.pick(word.ja, word.en))));
        lines.collect()
    };
    let files = [
        (
            lang.pick("シナリオのファイルの言葉：", "Words of a scenario's file:"),
            SCENARIO,
        ),
        (
            lang.pick(
                "システムのファイル（scenarios/systems/）の言葉：",
                "Words of a system's file (scenarios/systems/):",
            ),
            SYSTEM,
        ),
        (lang.pick("office.yaml の言葉：", "Words of office.yaml:"), OFFICE),
    ];
    let files: String = files
        .into_iter()
        .map(|(title, group)| format!("\n{title}\n{}", indented(&columns(&words(group)))))
        .collect();
    format!(
        "{}\n{}\n{}\n{}\n{}{files}",
        columns(&steps),
        lang.pick("手順の流れを決める言葉：", "Words that decide what is done:"),
        indented(&columns(&words(CONTROL))),
        lang.pick("どの手順にも付けられる言葉：", "Words that may stand beside any step:"),
        indented(&columns(&words(BESIDE))),
    )
}

/// Everything about a step or a word of the language. `None` when there is neither.
pub fn describe(name: &str, lang: Lang) -> Option<String> {
    if let Some(def) = find(name) {
        return Some(describe_row(&StepRow::BuiltIn(def), lang));
    }
    let told: Vec<String> = words::groups()
        .into_iter()
        .enumerate()
        .flat_map(|(group, words)| words.iter().map(move |word| (group, word)))
        .filter(|(_, word)| word.name == name)
        // The first two groups are words of steps.
        .map(|(group, word)| describe_word(word, group < 2, lang))
        .collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

fn describe_word(word: &Word, in_step: bool, lang: Lang) -> String {
    let mut text = format!("{}\n\n{}\n", word.name, lang.pick(word.ja, word.en));
    let shown = if in_step {
        as_step(word.example)
    } else {
        word.example.to_owned()
    };
    example(&mut text, &shown, lang);
    text
}

/// An example as it stands in a list of steps.
fn as_step(example: &str) -> String {
    format!("- {}\n", example.replace('\n', "\n  "))
}

fn example(text: &mut String, example: &str, lang: Lang) {
    // Writing into a String does not fail.
    let _ = writeln!(text, "\n{}", lang.pick("例：", "Example:"));
    text.push_str(&indented(example));
}

/// Help, what the step does to the world, its words, an example.
pub fn describe_row(row: &StepRow, lang: Lang) -> String {
    let mut text = format!("{}\n\n{}\n", row.name(), row.help(lang));
    let effect = lang.pick(effect_ja(row.effect()), effect_en(row.effect()));
    // Writing into a String does not fail.
    let _ = writeln!(text, "\n{}{effect}", lang.pick("相手への影響：", "Effect: "));
    let words = row.arguments(lang);
    if !words.is_empty() {
        let _ = writeln!(text, "\n{}", lang.pick("書けるもの：", "Words:"));
        let lines: Vec<(&str, &str)> = words
            .iter()
            .map(|(name, help)| (name.as_str(), help.as_str()))
            .collect();
        text.push_str(&indented(&columns(&lines)));
    }
    example(&mut text, &as_step(row.example()), lang);
    text
}

fn effect_ja(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "見るだけです。",
        Effect::Idempotent => {
            "これだけでは何も確定しません。登録や送信のように取り消せない操作は commit の中に書きます。"
        }
        Effect::Irreversible => "取り消せません。commit の中でだけ使えます。",
    }
}

fn effect_en(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "only looks.",
        Effect::Idempotent => "commits nothing by itself; what cannot be undone belongs into commit.",
        Effect::Irreversible => "cannot be undone; allowed inside commit alone.",
    }
}

fn first_sentence(text: &str) -> &str {
    let end = text
        .find('。')
        .map(|at| at + '。'.len_utf8())
        .or_else(|| text.find(". ").map(|at| at + 1));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The words of a step's arguments with their help, from its schema.
pub(super) fn arguments(def: &StepDef, lang: Lang) -> Vec<(String, String)> {
    let told = as_written(def).into_iter();
    told.map(|(name, help)| (name, said(&help, lang).to_owned())).collect()
}

/// The same with the help as it is written: in Japanese.
fn as_written(def: &StepDef) -> Vec<(String, String)> {
    let mut generator = SchemaGenerator::default();
    let schema = (def.schema)(&mut generator).to_value();
    let definitions = Json::Object(generator.take_definitions(true));
    let mut found = Vec::new();
    collect(&schema, &definitions, &mut found);
    found
}

/// Help in a language; the Japanese is better than none.
/// The English of the help of a step's argument.
pub fn english(help: &str) -> Option<&'static str> {
    english::of(help)
}

fn said(help: &str, lang: Lang) -> &str {
    match lang {
        Lang::Ja => help,
        Lang::En => english::of(help).unwrap_or(help),
    }
}

/// Walks through the alternatives of a schema; the values of words are not walked into.
fn collect(schema: &Json, definitions: &Json, found: &mut Vec<(String, String)>) {
    if let Some(name) = schema
        .get("$ref")
        .and_then(Json::as_str)
        .and_then(|path| path.rsplit('/').next())
        && let Some(definition) = definitions.get(name)
    {
        collect(definition, definitions, found);
    }
    for alternative in schema.get("anyOf").and_then(Json::as_array).into_iter().flatten() {
        collect(alternative, definitions, found);
    }
    for (word, value) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
        if !found.iter().any(|(known, _)| known == word) {
            found.push((word.clone(), help_of(value, definitions)));
        }
    }
}

fn help_of(value: &Json, definitions: &Json) -> String {
    let own = value.get("description").and_then(Json::as_str);
    let referred = || {
        let name = value.get("$ref")?.as_str()?.rsplit('/').next()?;
        definitions.get(name)?.get("description")?.as_str()
    };
    own.or_else(referred).unwrap_or_default().replace('\n', " ")
}

/// Two columns, the first as wide as its widest text.
fn columns(lines: &[(&str, &str)]) -> String {
    let width = lines.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    lines.iter().fold(String::new(), |mut text, (name, help)| {
        let blank = " ".repeat(width - name.width() + 2);
        let _ = writeln!(text, "{}", format!("{name}{blank}{help}").trim_end());
        text
    })
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "  {line}");
        all
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diag::Source;
    use crate::scenario::model::{Action, Document};
    use crate::scenario::parse;
    use crate::scenario::tree::{Node, NodeKind};
    use crate::steps::Listed;

    /// The arguments of an example, as they stand in a scenario.
    fn arguments(def: &StepDef) -> Node {
        let example = def.example.replace("${{ run.items }}", "[]").replace('\n', "\n    ");
        let text = format!("yakin: 1\nname: 例\nsteps:\n  - {example}\n");
        let parsed = parse(&Source::new("example.yaml", text));
        let Some(Document::Scenario(scenario)) = parsed.document else {
            panic!("{}: {:?}", def.name, parsed.found)
        };
        match scenario.steps.into_iter().next().map(|step| step.action) {
            Some(Action::Step { kind, args }) if kind.value == def.name => args,
            other => panic!("{}: {other:?}", def.name),
        }
    }

    fn to_yaml(node: &Node) -> serde_yaml::Value {
        match &node.kind {
            NodeKind::Null => serde_yaml::Value::Null,
            NodeKind::Scalar { text, .. } => text.as_str().into(),
            NodeKind::List(nodes) => nodes.iter().map(to_yaml).collect(),
            NodeKind::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, node)| (key.value.as_str().into(), to_yaml(node)));
                serde_yaml::Value::Mapping(entries.collect())
            }
        }
    }

    #[test]
    fn every_example_is_decoded_and_every_word_has_help() {
        for def in table() {
            assert!(!def.help.ja.is_empty() && !def.help.en.is_empty(), "{}", def.name);
            for (word, help) in super::as_written(def) {
                assert!(!help.is_empty(), "{}: {word} has no help", def.name);
            }
            let written = arguments(def);
            let full = def
                .expand
                .and_then(|expand| expand(&written, Listed::Columns))
                .unwrap_or(written);
            if let Err(error) = (def.decode)(to_yaml(&full)) {
                panic!("{}: {error}", def.name);
            }
        }
    }

    #[test]
    fn every_help_has_its_english_and_none_is_left_over() {
        let used: BTreeSet<String> = table().flat_map(super::as_written).map(|(_, help)| help).collect();
        let known: BTreeSet<String> = english::HELP.iter().map(|(ja, _)| (*ja).to_owned()).collect();
        assert_eq!(used, known);
        for def in table() {
            let text = describe(def.name, Lang::En).expect("there");
            let (words, _) = text.split_once("\nExample:").expect("an example");
            let words = words
                .split_once("\nWords:")
                .map_or("", |(_, words)| words)
                .replace("結果", "");
            let japanese = |c: char| ('\u{3040}'..='\u{9fff}').contains(&c);
            assert!(!words.contains(japanese), "{words}");
        }
    }

    #[test]
    fn a_description_says_everything() {
        let text = describe("browser.press", Lang::Ja).expect("there");
        for part in [
            "キーを押します",
            "これだけでは何も確定しません",
            "key",
            "キーの名前",
            "- browser.press: { key: Enter",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let word = describe("for_each", Lang::En).expect("there");
        assert!(
            word.contains("Example:\n  - for_each: ") && word.contains("\n    as: "),
            "{word}"
        );
        let file = describe("key", Lang::En).expect("there");
        assert!(file.contains("Example:\n  items:\n    from: "), "{file}");
        let both = describe("name", Lang::En).expect("there");
        assert!(
            both.contains("- browser.click: ") && both.contains("\n\nname\n\n"),
            "{both}"
        );
        assert!(describe("browser.jump", Lang::Ja).is_none());
        assert!(
            describe("browser.fill", Lang::En)
                .expect("there")
                .contains("Example:\n  - browser.fill:\n      氏名:")
        );
    }

    #[test]
    fn the_list_is_aligned() {
        let list = list(Lang::Ja, &[]);
        let (steps, words) = list.split_once("\n\n").expect("two parts");
        assert_eq!(steps.lines().count(), table().count());
        assert!(
            words.contains("\n  commit        取り消せない操作を、1件につき1回だけ行います。\n"),
            "{words}"
        );
        assert!(
            words.contains("\n  when      条件が成り立つときだけ、その手順を行います。\n"),
            "{words}"
        );
        assert!(
            list.contains("\n  items     仕事の1件ずつです。\n") && list.contains("\n  guards   "),
            "{list}"
        );
        assert!(
            list.contains("\nbrowser.click       ボタンやリンクを押します。\n"),
            "{list}"
        );
    }
}
