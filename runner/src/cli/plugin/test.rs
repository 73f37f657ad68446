//! `yakin plugin test`: examples of a plugin, beside it in `plugins/NAME.test.yaml`.
//!
//! ```yaml
//! - 計算: { 種類: 住民票の写し, 通数: 2 }
//!   is: 600
//! - 計算: { 種類: 住民票の写し, 通数: 51 }
//!   rejects: 50 まで
//! ```

use std::time::Duration;

use clap::Args;
use serde_yaml::{Mapping, Value as Yaml};

use crate::plan::{Files, OfficeFiles};
use crate::steps::plugin::{FOLDER, PREFIX, Shelf};
use crate::steps::{StepError, StepRow};
use crate::text::{Lang, Message, codes};

use super::super::error::CliError;
use super::super::exit;
use super::super::office::Room;
use super::{done, entry};

/// The ending of a file of examples.
pub(super) const ENDING: &str = ".test.yaml";
/// What is expected: the result, or some of the words of a refusal.
const IS: &str = "is";
const REJECTS: &str = "rejects";

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// An example.
struct Example {
    function: String,
    arguments: Yaml,
    expected: Expected,
}

enum Expected {
    Is(Yaml),
    Rejects(String),
}

pub(super) fn test(room: &Room, args: &TestArgs) -> Result<u8, CliError> {
    let shelf = Shelf::new(&room.root);
    let names: Vec<String> = match args.names.as_slice() {
        [] => shelf.files().into_iter().map(|(name, _)| name).collect(),
        names => names.to_vec(),
    };
    let files = OfficeFiles::new(&room.root);
    let (mut passed, mut failed) = (0, 0);
    for name in &names {
        entry(&shelf, name)?;
        let path = format!("{FOLDER}/{name}{ENDING}");
        let Ok(bytes) = files.read(&path) else {
            println!("{name}  {}", room.lang.pick("例がありません", "has no examples"));
            println!("  {path}");
            continue;
        };
        for (number, example) in (1..).zip(examples(&path, &bytes)?) {
            match wrong(room, &files, name, &example)? {
                None => passed += 1,
                Some(why) => {
                    failed += 1;
                    println!("{path}  {}  {why}", place(number, &example.function, room.lang));
                }
            }
        }
    }
    println!(
        "{}",
        match room.lang {
            Lang::Ja => format!("合格 {passed}、不合格 {failed}"),
            Lang::En => format!("passed: {passed}, failed: {failed}"),
        }
    );
    Ok(if failed == 0 { exit::SETTLED } else { exit::SOME_LEFT })
}

fn place(number: usize, function: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{number} 番目の例（{function}）"),
        Lang::En => format!("example {number} ({function})"),
    }
}

fn examples(path: &str, bytes: &[u8]) -> Result<Vec<Example>, CliError> {
    let wrong = || CliError::usage(Message::new(codes::PLUGIN_EXAMPLES).with("file", path));
    let written: Vec<Mapping> = serde_yaml::from_slice(bytes).map_err(|_| wrong())?;
    let example = |written: Mapping| {
        let mut parts = written.into_iter();
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
        let expected = match (second.0.as_str()?, third) {
            (IS, None) => Expected::Is(second.1),
            (REJECTS, None) => Expected::Rejects(second.1.as_str()?.to_owned()),
            _ => return None,
        };
        Some(Example {
            function: first.0.as_str()?.to_owned(),
            arguments: first.1,
            expected,
        })
    };
    written
        .into_iter()
        .map(|written| example(written).ok_or_else(wrong))
        .collect()
}

/// What is not as expected.
fn wrong(room: &Room, files: &OfficeFiles, plugin: &str, example: &Example) -> Result<Option<String>, CliError> {
    let row = files
        .plugin_step(&format!("{PREFIX}{plugin}.{}", example.function))
        .map_err(|message| CliError::usage(*message))?;
    let (result, _) = done(
        room,
        &StepRow::Plugin(row),
        example.arguments.clone(),
        Duration::from_secs(10),
    );
    let lang = room.lang;
    let told = |error: &StepError| error.failure().message.what(lang);
    Ok(match (&example.expected, result) {
        (Expected::Is(expected), Ok(output)) => {
            let found = output.value.value.to_json();
            let same = serde_json::to_value(expected).is_ok_and(|expected| same(&expected, &found));
            (!same).then(|| format!("{} {found}", lang.pick("結果:", "result:")))
        }
        (Expected::Rejects(words), Ok(output)) => Some(format!(
            "{} {}（{words}）",
            lang.pick("差し戻すはずが、結果:", "it should have rejected, but gave"),
            output.value.value.to_json()
        )),
        (Expected::Rejects(words), Err(error)) => {
            let said = told(&error);
            (!said.contains(words.as_str())).then_some(said)
        }
        (Expected::Is(_), Err(error)) => Some(told(&error)),
    })
}

/// Whether two values are the same; `2` and `2.0` are.
fn same(one: &serde_json::Value, two: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match (one, two) {
        (Json::Number(one), Json::Number(two)) => one.as_f64() == two.as_f64(),
        (Json::Array(one), Json::Array(two)) => one.len() == two.len() && one.iter().zip(two).all(|(a, b)| same(a, b)),
        (Json::Object(one), Json::Object(two)) => {
            one.len() == two.len() && one.iter().all(|(name, a)| two.get(name).is_some_and(|b| same(a, b)))
        }
        _ => one == two,
    }
}
