//! `yakin plugin new`: a plugin that works, to be changed.

use std::path::Path;

use clap::Args;

use crate::drivers::plugin::is_name;
use crate::steps::plugin::FOLDER;
use crate::text::{Message, codes};

use super::super::error::{At, CliError};
use super::super::exit;
use super::super::office::Room;

/// What a plugin can be written in, as it is typed.
pub(in crate::cli) const WRITTEN_IN: [&str; 3] = ["js", "python", "rust"];

/// What a plugin is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Js,
    Python,
    Rust,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    #[arg(value_name = "NAME")]
    name: String,
    // The same word as every command's `--lang`, which here says what to write the plugin in.
    #[arg(id = "lang", long = "lang", value_name = "LANGUAGE", default_value = "js", value_parser = WRITTEN_IN)]
    lang: String,
}

/// The contract, which plugins that are built carry with them.
const CONTRACT: (&str, &str) = ("NAME/wit/yakin.wit", include_str!("../../../../plugins/wit/yakin.wit"));

/// The files of a plugin, below the folder of plugins; `NAME` stands for its name.
fn files(language: Language) -> Vec<(&'static str, &'static str)> {
    match language {
        Language::Js => vec![
            ("NAME.js", include_str!("../../../templates/plugin/plugin.js")),
            ("NAME.test.yaml", include_str!("../../../templates/plugin/js.test.yaml")),
        ],
        Language::Python => vec![
            CONTRACT,
            ("NAME/app.py", include_str!("../../../templates/plugin/app.py")),
            ("NAME/yakin.py", include_str!("../../../../plugins/gakurei/yakin.py")),
            (
                "NAME.test.yaml",
                include_str!("../../../templates/plugin/built.test.yaml"),
            ),
        ],
        Language::Rust => vec![
            CONTRACT,
            (
                "NAME/Cargo.toml",
                include_str!("../../../templates/plugin/Cargo.toml.txt"),
            ),
            ("NAME/src/lib.rs", include_str!("../../../templates/plugin/lib.rs.txt")),
            (
                "NAME/sdk/Cargo.toml",
                include_str!("../../../templates/plugin/sdk.toml.txt"),
            ),
            (
                "NAME/sdk/src/lib.rs",
                include_str!("../../../../plugins/sdk/src/lib.rs"),
            ),
            (
                "NAME.test.yaml",
                include_str!("../../../templates/plugin/built.test.yaml"),
            ),
        ],
    }
}

pub(super) fn new(room: &Room, args: &NewArgs) -> Result<u8, CliError> {
    let name = args.name.as_str();
    let language = match args.lang.as_str() {
        "python" => Language::Python,
        "rust" => Language::Rust,
        _ => Language::Js,
    };
    // Cargo and Python take no other letters for a package.
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let fits = match language {
        Language::Js => is_name(name),
        Language::Python | Language::Rust => {
            name.chars().all(plain) && name.starts_with(|first: char| first.is_ascii_lowercase())
        }
    };
    if !fits {
        return Err(CliError::usage(Message::new(codes::PLUGIN_NAME).with("name", name)));
    }
    let folder = room.root.join(FOLDER);
    let files: Vec<(String, &str)> = files(language)
        .into_iter()
        .map(|(path, text)| (path.replace("NAME", name), text))
        .collect();
    let taken = ["js", "wasm"].map(|ending| format!("{name}.{ending}"));
    let there = |path: &String| folder.join(path).exists();
    if let Some(path) = files
        .iter()
        .map(|(path, _)| path)
        .chain(&taken)
        .find(|path| there(path))
    {
        let message = Message::new(codes::PLUGIN_THERE).with("file", format!("{FOLDER}/{path}"));
        return Err(CliError::usage(message));
    }
    println!("{}", room.lang.pick("作りました:", "made:"));
    for (path, text) in &files {
        write(&folder.join(path), &text.replace("PLUGIN_NAME", name))?;
        println!("  {FOLDER}/{path}");
    }
    println!("{}", room.lang.pick("次にすること:", "next:"));
    if language != Language::Js {
        println!("  yakin plugin build {name}");
    }
    println!("  yakin plugin test {name}");
    println!(
        "  yakin steps plugin.{name}.{}",
        if language == Language::Js { "割引" } else { "discount" }
    );
    Ok(exit::SETTLED)
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).at(folder)?;
    }
    std::fs::write(path, text).at(path)
}
