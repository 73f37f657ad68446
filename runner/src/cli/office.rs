//! The office a command works in: its folder, what it decided, its store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::clock::{Clock, SystemClock, day_in};
use crate::diag::{Findings, Source, human};
use crate::history::{Backend, Options, Store};
use crate::plan::SYSTEMS;
use crate::platform::processes;
use crate::report::Reader;
use crate::rules::dates;
use crate::scenario::model::{Document, System};
use crate::scenario::office::{self, Office, Storage};
use crate::scenario::{self, source};
use crate::text::{Lang, Message, codes};

use super::Context;
use super::error::CliError;

/// Where scenarios stand in an office.
const SCENARIOS: &str = "scenarios";
/// The file that makes a folder an office.
const OFFICE_FILE: &str = "office.yaml";

/// An office's folder and decisions.
pub(super) struct Room {
    pub(super) root: PathBuf,
    pub(super) office: Office,
    pub(super) lang: Lang,
    pub(super) clock: Arc<dyn Clock>,
}

impl Room {
    /// The office the user named, else the nearest folder upwards with an `office.yaml`, else the working folder.
    pub(super) fn find(context: &Context) -> Result<Room, CliError> {
        let here = std::env::current_dir()?;
        let root = match &context.office {
            Some(folder) if !here.join(folder).is_dir() => {
                let message = Message::new(codes::NO_OFFICE).with("folder", folder.display().to_string());
                return Err(CliError::usage(message));
            }
            Some(folder) => here.join(folder),
            None => here
                .ancestors()
                .find(|folder| folder.join(OFFICE_FILE).is_file())
                .unwrap_or(&here)
                .to_owned(),
        };
        let office = read_office(&root.join(OFFICE_FILE), context)?;
        let lang = context.lang.unwrap_or(office.language);
        Ok(Room {
            root,
            office,
            lang,
            clock: Arc::new(SystemClock::start()),
        })
    }

    /// The folder of everything that yakin keeps for itself.
    pub(super) fn own(&self) -> PathBuf {
        self.root.join(".yakin")
    }

    /// Today, where the office stands.
    pub(super) fn today(&self) -> NaiveDate {
        day_in(self.office.timezone, self.clock.now())
    }

    /// Who reads what is printed.
    pub(super) fn reader(&self) -> Reader {
        Reader {
            lang: self.lang,
            zone: self.office.timezone,
        }
    }

    /// Every scenario, relative to the office, with `/`.
    pub(super) fn scenarios(&self) -> Result<Vec<String>, CliError> {
        let mut found = Vec::new();
        collect(&self.root, &self.root.join(SCENARIOS), &mut found)?;
        found.retain(|path| {
            !["parts", "forms", "samples"]
                .iter()
                .any(|other| path.starts_with(&format!("{SCENARIOS}/{other}/")))
        });
        found.sort();
        Ok(found)
    }

    /// The scenario that a word means: a file, or an id.
    pub(super) fn scenario(&self, word: &str) -> Result<String, CliError> {
        let here = std::env::current_dir()?;
        for folder in [&here, &self.root] {
            let file = folder.join(word);
            if file.is_file()
                && let (Ok(file), Ok(root)) = (file.canonicalize(), self.root.canonicalize())
                && let Ok(inside) = file.strip_prefix(root)
            {
                return Ok(with_slashes(inside));
            }
        }
        let all = self.scenarios()?;
        let bots: Vec<&String> = all.iter().filter(|path| !path.starts_with(SYSTEMS)).collect();
        if let Some(path) = bots.iter().find(|path| self.id_of(path) == word) {
            return Ok((*path).clone());
        }
        let ids: Vec<String> = bots.iter().map(|path| self.id_of(path)).collect();
        let message = Message::new(codes::NO_SCENARIO)
            .with("name", word)
            .with("near", ids.join("、"));
        Err(CliError::usage(message))
    }

    /// A system's declaration, when its file can be read.
    pub(super) fn system(&self, name: &str) -> Option<System> {
        let file = format!("{SYSTEMS}/{name}.yaml");
        let bytes = std::fs::read(self.root.join(&file)).ok()?;
        match scenario::parse(&source::read(&file, &bytes).ok()?).document? {
            Document::System(system) => Some(*system),
            Document::Scenario(_) => None,
        }
    }

    /// A scenario's id: what it says, else its file's name.
    fn id_of(&self, path: &str) -> String {
        let stem = || {
            path.rsplit('/')
                .next()
                .unwrap_or(path)
                .trim_end_matches(".yaml")
                .to_owned()
        };
        let text = std::fs::read_to_string(self.root.join(path)).unwrap_or_default();
        let written = text.lines().find_map(|line| line.strip_prefix("id:"));
        written
            .map(|rest| {
                rest.split(" #")
                    .next()
                    .unwrap_or(rest)
                    .trim()
                    .trim_matches(['"', '\''])
                    .to_owned()
            })
            .filter(|id| !id.is_empty())
            .unwrap_or_else(stem)
    }
}

/// An office with its store open.
pub(super) struct Desk {
    pub(super) room: Room,
    pub(super) store: Arc<Store>,
}

impl Desk {
    pub(super) fn open(context: &Context) -> Result<Desk, CliError> {
        let room = Room::find(context)?;
        let backend = match &room.office.storage {
            Storage::Sqlite => Backend::Sqlite,
            Storage::Postgres(url) => Backend::Postgres(url.expose().to_owned()),
        };
        let options = Options {
            folder: room.own(),
            backend,
            clock: room.clock.clone(),
            is_alive: processes::is_alive,
        };
        let store = Arc::new(Store::open(&options)?);
        Ok(Desk { room, store })
    }
}

fn read_office(file: &Path, context: &Context) -> Result<Office, CliError> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Office::default()),
        Err(error) => return Err(error.into()),
    };
    let source = Source::new(OFFICE_FILE, text);
    let (office, found) = office::parse(&source);
    let mut findings = Findings::default();
    findings.add(source, found);
    if findings.has_errors() {
        eprint!("{}", human::render(&findings, context.lang.unwrap_or(office.language)));
        return Err(CliError::usage(Message::new(codes::OFFICE_WRONG)));
    }
    Ok(office)
}

fn collect(root: &Path, folder: &Path, into: &mut Vec<String>) -> Result<(), CliError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, into)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
        {
            into.push(with_slashes(path.strip_prefix(root).unwrap_or(&path)));
        }
    }
    Ok(())
}

fn with_slashes(path: &Path) -> String {
    path.iter()
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// A day as people write it on the command line.
pub(super) fn parse_date(text: &str) -> Result<NaiveDate, CliError> {
    dates::parse_date(text, None)
        .map(|parsed| parsed.date)
        .map_err(|_| CliError::usage(Message::new(codes::BAD_DATE).with("text", text)))
}

/// Who sits at this machine, for the audit trail.
pub(super) fn who() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .unwrap_or_else(|| "?".to_owned())
}
