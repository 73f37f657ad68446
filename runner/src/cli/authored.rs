//! Scenarios that yakin writes for an author: where they lie, and how they are shown once they are written.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::diag::human;
use crate::drivers::files::Table;
use crate::plan::{self, Files, OfficeFiles};
use crate::record::Written;
use crate::steps::StepError;
use crate::text::{Message, codes};

use super::error::{At, CliError};
use super::office::Room;

/// Where scenarios and the headings of their tables stand.
pub(super) const SCENARIOS: &str = "scenarios";
pub(super) const SAMPLES: &str = "scenarios/samples";

/// The first free file of today, relative to the office.
pub(super) fn file_of_today(room: &Room) -> String {
    let day = room.today().format("%Y%m%d");
    let numbered = |number: u32| match number {
        1 => format!("{SCENARIOS}/kiroku-{day}.yaml"),
        number => format!("{SCENARIOS}/kiroku-{day}-{number}.yaml"),
    };
    let free = (1..).map(numbered).find(|file| !room.root.join(file).exists());
    free.unwrap_or_default()
}

/// The file to be written under this name, relative to the office.
pub(super) fn out_file(room: &Room, named: &str) -> Result<String, CliError> {
    let file = named_file(named);
    match room.root.join(&file).exists() {
        false => Ok(file),
        true => Err(CliError::usage(Message::new(codes::RECORD_EXISTS).with("file", file))),
    }
}

/// The file of a scenario that is named by its file or in short.
pub(super) fn named_file(named: &str) -> String {
    let mut file = match named.contains('/') {
        true => named.to_owned(),
        false => format!("{SCENARIOS}/{named}"),
    };
    if !file.ends_with(".yaml") && !file.ends_with(".yml") {
        file += ".yaml";
    }
    file
}

/// The table that is worked off: its file relative to the office, and what stands in it.
pub(super) fn table(room: &Room, named: &str) -> Result<(String, Table), CliError> {
    let here = std::env::current_dir()?.join(named);
    let root = room.root.canonicalize()?;
    let inside = here.canonicalize().ok().and_then(|file| {
        let inside = file.strip_prefix(&root).ok()?;
        Some(
            inside
                .iter()
                .map(|part| part.to_string_lossy())
                .collect::<Vec<_>>()
                .join("/"),
        )
    });
    let file = inside.unwrap_or_else(|| named.to_owned());
    let table = OfficeFiles::new(&room.root).table(&file, &[]);
    let table = table.map_err(|error| CliError::usage(StepError::File(error).failure().message))?;
    Ok((file, table))
}

/// The id of the scenario in a file.
pub(super) fn id_of(file: &str) -> String {
    let stem = Path::new(file).file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// Writes the file, prints it, checks it, and says what to look over. Whether it is right as it stands.
pub(super) fn lay(room: &Room, file: &str, written: &Written) -> Result<bool, CliError> {
    create(&room.root.join(file), &written.text)?;
    println!();
    for (number, line) in written.text.lines().enumerate() {
        println!("{:>4} | {line}", number + 1);
    }
    println!();
    let findings = plan::check(&OfficeFiles::new(&room.root), file);
    print!("{}", human::render(&findings, room.lang));
    if !written.notes.is_empty() {
        println!("{}", room.lang.pick("見直すところ", "To look over"));
    }
    for note in &written.notes {
        let said = note.render(room.lang);
        println!("- {} {}", said.what, said.mend);
    }
    println!();
    Ok(!findings.has_errors())
}

/// The headings of a table as a file of its own: enough to check by, and no resident in it.
pub(super) fn headings(table: &Table) -> String {
    let quoted = |heading: &String| match heading.contains([',', '"', '\n']) {
        true => format!("\"{}\"", heading.replace('"', "\"\"")),
        false => heading.clone(),
    };
    let cells: Vec<String> = table.headings.iter().map(quoted).collect();
    format!("{}\n", cells.join(","))
}

/// Writes a file that is not there yet.
pub(super) fn create(path: &PathBuf, text: &str) -> Result<(), CliError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).at(folder)?;
    }
    match std::fs::File::create_new(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let file = path.display().to_string();
            Err(CliError::usage(Message::new(codes::RECORD_EXISTS).with("file", file)))
        }
        made => made.at(path)?.write_all(text.as_bytes()).at(path),
    }
}
