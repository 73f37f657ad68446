//! `yakin schema`: what editors need to help while a scenario is written.

use std::path::Path;

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use crate::plan::schema::{for_editors, office_for_editors};
use crate::platform::files;
use crate::steps::StepRow;
use crate::steps::plugin::Shelf;
use crate::text::Lang;

use super::error::{At, CliError};
use super::office::Room;
use super::{Context, exit};

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    #[arg(value_name = "KIND", default_value = "scenario")]
    kind: Kind,
    #[arg(long)]
    write: bool,
}

/// Whose schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Scenario,
    Office,
}

/// The folder of an office where editors look.
const FOLDER: &str = ".vscode";
const SCENARIOS: &str = ".vscode/yakin.schema.json";
const OFFICE: &str = ".vscode/yakin-office.schema.json";
const SETTINGS: &str = ".vscode/settings.json";

pub(super) fn schema(context: &Context, args: &SchemaArgs) -> Result<u8, CliError> {
    if args.write {
        let room = Room::find(context)?;
        for path in write(&room.root, room.lang)? {
            println!("{path}");
        }
        return Ok(exit::SETTLED);
    }
    let lang = context.lang.unwrap_or_default();
    let schema = match args.kind {
        Kind::Scenario => {
            let room = Room::find(context).ok();
            let plugins = room.map(|room| plugin_rows(&room.root)).unwrap_or_default();
            for_editors(lang, &plugins)
        }
        Kind::Office => office_for_editors(lang),
    };
    println!("{schema:#}");
    Ok(exit::SETTLED)
}

/// Writes the schemas into an office, and the settings that lead an editor to them unless there are settings already. An older
/// schema is replaced. The paths that were written.
pub(super) fn write(root: &Path, lang: Lang) -> Result<Vec<&'static str>, CliError> {
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder).at(&folder)?;
    let own = root.join(SETTINGS).exists();
    let all = [
        (SCENARIOS, for_editors(lang, &plugin_rows(root))),
        (OFFICE, office_for_editors(lang)),
        (SETTINGS, settings()),
    ];
    let mut written = Vec::new();
    for (path, content) in all {
        if path == SETTINGS && own {
            continue;
        }
        let file = root.join(path);
        files::write_whole(&file, format!("{content:#}\n").as_bytes()).at(&file)?;
        written.push(path);
    }
    Ok(written)
}

/// The steps of an office's plugins.
pub(super) fn plugin_rows(root: &Path) -> Vec<StepRow> {
    let steps = Shelf::new(root).steps().into_iter();
    steps.map(StepRow::Plugin).collect()
}

/// Settings of VS Code's YAML extension; other editors with yaml-language-server take the same entries. It fetches nothing:
/// the public catalogue of schemas is switched off.
fn settings() -> Json {
    json!({
        "yaml.schemaStore.enable": false,
        "yaml.schemas": {
            SCENARIOS: ["scenarios/**/*.yaml", "scenarios/**/*.yml"],
            OFFICE: ["office.yaml"],
        },
        "redhat.telemetry.enabled": false,
        "files.encoding": "utf8",
        "[yaml]": { "editor.insertSpaces": true, "editor.tabSize": 2, "editor.quickSuggestions": { "strings": true } },
    })
}
