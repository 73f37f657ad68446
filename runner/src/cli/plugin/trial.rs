//! `yakin plugin try`: a function, once or for the rows of a table.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_yaml::{Mapping, Value as Yaml};

use crate::drivers::plugin::EACH;
use crate::plan::{Files, OfficeFiles};
use crate::steps::plugin::PREFIX;
use crate::steps::{StepError, StepRow};
use crate::text::{Message, codes};
use crate::value::Wait;

use super::super::error::{At, CliError};
use super::super::exit;
use super::super::office::Room;
use super::done;

#[derive(Debug, Args)]
pub(super) struct TryArgs {
    #[arg(value_name = "FUNCTION")]
    function: String,
    #[arg(value_name = "ARGUMENTS", default_value = "{}")]
    arguments: String,
    #[arg(long, value_name = "TABLE")]
    rows: Option<PathBuf>,
    #[arg(long, value_name = "TIME")]
    timeout: Option<String>,
}

pub(super) fn try_function(room: &Room, args: &TryArgs) -> Result<u8, CliError> {
    let files = OfficeFiles::new(&room.root);
    let name = match args.function.strip_prefix(PREFIX) {
        Some(_) => args.function.clone(),
        None => format!("{PREFIX}{}", args.function),
    };
    let row = files.plugin_step(&name).map_err(|message| CliError::usage(*message))?;
    let bad = |what: &str| CliError::usage(Message::new(codes::PLUGIN_TRY_JSON).with("text", what));
    // JSON is YAML, and what a scenario would say is welcome too.
    let mut arguments: Mapping = serde_yaml::from_str(&args.arguments).map_err(|_| bad(&args.arguments))?;
    if let Some(file) = &args.rows {
        arguments.insert(EACH.into(), rows(&files, file)?);
    }
    let wait = match &args.timeout {
        Some(text) => Wait::parse(text).ok_or_else(|| bad(text))?.0,
        None => Duration::from_secs(10),
    };
    let (result, notes) = done(room, &StepRow::Plugin(row), Yaml::Mapping(arguments), wait);
    for note in &notes {
        println!("{}", note.what(room.lang));
    }
    match result {
        Ok(output) => {
            println!("{:#}", output.value.value.to_json());
            Ok(exit::SETTLED)
        }
        Err(StepError::Arguments(error)) => {
            let message = Message::new(codes::ARGUMENTS_WRONG).with("path", error.path);
            Err(CliError::usage(message.with("problem", error.problem)))
        }
        Err(error) => {
            let said = error.failure().message.render(room.lang);
            println!("{}（{}）", said.what, said.code);
            if !said.mend.is_empty() {
                println!("  {}", said.mend);
            }
            Ok(exit::SOME_LEFT)
        }
    }
}

/// The rows of a JSON file (a list of objects), a CSV file or a workbook.
fn rows(files: &OfficeFiles, file: &std::path::Path) -> Result<Yaml, CliError> {
    let path = file.to_string_lossy().replace('\\', "/");
    let failed = |error| CliError::usage(StepError::File(error).failure().message);
    if path.to_ascii_lowercase().ends_with(".json") {
        let text = std::fs::read_to_string(file).at(file)?;
        let rows: Vec<Mapping> = serde_yaml::from_str(&text)
            .map_err(|_| CliError::usage(Message::new(codes::PLUGIN_TRY_JSON).with("text", path)))?;
        return Ok(Yaml::Sequence(rows.into_iter().map(Yaml::Mapping).collect()));
    }
    let table = files.table(&path, &[]).map_err(failed)?;
    let rows = table.rows.iter().map(|row| {
        let cells = table.headings.iter().zip(&row.cells);
        let cells = cells.map(|(heading, cell)| (Yaml::from(heading.as_str()), Yaml::from(cell.as_str())));
        Yaml::Mapping(cells.collect())
    });
    Ok(Yaml::Sequence(rows.collect()))
}
