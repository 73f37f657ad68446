//! What an editor shows beside the schema: the full help of each step and word with its example, in either language.

use serde_json::{Map, Value as Json};

use super::{english, office, schema_with};
use crate::scenario::words;
use crate::steps::{self, StepRow};
use crate::text::Lang;

/// The schema of scenarios and systems as an editor shows it best: hovering tells what `yakin steps WORD` tells. The steps of
/// the office's plugins are part of it.
pub fn for_editors(lang: Lang, plugins: &[StepRow]) -> Json {
    let mut schema = schema_with(plugins, lang);
    if let Some(words) = schema
        .pointer_mut("/$defs/step/properties")
        .and_then(Json::as_object_mut)
    {
        words
            .iter_mut()
            .for_each(|(word, property)| explain(word, property, plugins, lang));
    }
    finish(&mut schema, lang);
    schema
}

/// The schema of `office.yaml`.
pub fn office_for_editors(lang: Lang) -> Json {
    let mut schema = office::schema();
    finish(&mut schema, lang);
    schema
}

/// Puts the help of a step or word, with its example, beside its description.
fn explain(word: &str, property: &mut Json, plugins: &[StepRow], lang: Lang) {
    let row = steps::find(word).map(StepRow::BuiltIn);
    let row = row.as_ref().or_else(|| plugins.iter().find(|row| row.name() == word));
    let known = row
        .map(|row| (row.help(lang), row.example()))
        .or_else(|| words::of_step(word).map(|word| (lang.pick(word.ja, word.en), word.example)));
    let (Some((help, example)), Some(property)) = (known, property.as_object_mut()) else {
        return;
    };
    let example = example.replace('\n', "\n  ");
    let markdown = format!("{help}\n\n```yaml\n- {example}\n```\n");
    property.insert("description".to_owned(), help.into());
    property.insert("markdownDescription".to_owned(), markdown.into());
}

fn finish(schema: &mut Json, lang: Lang) {
    for part in schema
        .get_mut("$defs")
        .and_then(Json::as_object_mut)
        .into_iter()
        .flatten()
    {
        quiet(part.1);
    }
    let_words_speak(schema);
    say(schema, lang);
}

/// The parts of a schema that describe the same value again.
const SAME_VALUE: [&str; 6] = ["anyOf", "oneOf", "allOf", "if", "then", "else"];

/// An editor shows the innermost description of a value, which is that of the shape it happens to have; a person who points
/// at a word wants to know what the word does.
fn let_words_speak(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            for word in map
                .get_mut("properties")
                .and_then(Json::as_object_mut)
                .into_iter()
                .flatten()
            {
                quiet_inside(word.1);
            }
            map.values_mut().for_each(let_words_speak);
        }
        Json::Array(list) => list.iter_mut().for_each(let_words_speak),
        _ => {}
    }
}

fn quiet_inside(schema: &mut Json) {
    for key in SAME_VALUE {
        match schema.get_mut(key) {
            Some(Json::Array(list)) => list.iter_mut().for_each(quiet),
            Some(part) => quiet(part),
            None => {}
        }
    }
}

/// Takes the description of a shape away; a single value keeps its own, which is shown beside it where it is proposed.
fn quiet(schema: &mut Json) {
    quiet_inside(schema);
    if let Some(map) = schema.as_object_mut().filter(|map| !map.contains_key("const")) {
        map.remove("description");
    }
}

/// Says every description in a language.
fn say(schema: &mut Json, lang: Lang) {
    match (schema, lang) {
        (_, Lang::Ja) => {}
        (Json::Object(map), Lang::En) => say_all(map),
        (Json::Array(list), Lang::En) => list.iter_mut().for_each(|part| say(part, lang)),
        _ => {}
    }
}

fn say_all(map: &mut Map<String, Json>) {
    for (key, value) in map.iter_mut() {
        match value {
            Json::String(text) if key == "description" => {
                let english = english::of(text).or_else(|| steps::docs::english(text));
                if let Some(english) = english {
                    *text = english.to_owned();
                }
            }
            _ => say(value, Lang::En),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Descriptions with Japanese letters in them.
    fn japanese(schema: &Json, into: &mut Vec<String>) {
        match schema {
            Json::Object(map) => {
                for (key, value) in map {
                    match value {
                        Json::String(text) if key == "description" => {
                            // What stands in backquotes is quoted, not said.
                            let said: String = text.split('`').step_by(2).collect();
                            if said.chars().any(|sign| matches!(sign, 'ぁ'..='ん')) {
                                into.push(text.clone());
                            }
                        }
                        _ => japanese(value, into),
                    }
                }
            }
            Json::Array(list) => list.iter().for_each(|part| japanese(part, into)),
            _ => {}
        }
    }

    /// A description that is missed here stands in `english.rs` beside this file, or, of a step's words, in `steps/docs/english.rs`.
    #[test]
    fn everything_is_said_in_both_languages() {
        for schema in [for_editors(Lang::En, &[]), office_for_editors(Lang::En)] {
            let mut missed = Vec::new();
            japanese(&schema, &mut missed);
            assert_eq!(missed, Vec::<String>::new());
        }
        let mut said = Vec::new();
        japanese(&for_editors(Lang::Ja, &[]), &mut said);
        assert!(said.len() > 40, "{}", said.len());
    }

    #[test]
    fn hovering_shows_help_and_example() {
        for (lang, help) in [(Lang::Ja, "欄は見出しで指し"), (Lang::En, "field")] {
            let schema = for_editors(lang, &[]);
            let fill = schema.pointer("/$defs/step/properties/browser.fill/markdownDescription");
            let fill = fill.and_then(Json::as_str).unwrap_or_default();
            assert!(
                fill.contains(help) && fill.contains("```yaml\n- browser.fill:"),
                "{fill}"
            );
        }
    }
}
