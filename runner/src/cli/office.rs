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
use super::error::{At, CliError};

/// The file that makes a folder an office.
pub(super) const OFFICE_FILE: &str = "office.yaml";
/// The folder in an office that yakin keeps for itself.
pub(super) const OWN_FOLDER: &str = ".yakin";

/// An office's folder and decisions.
pub(super) struct Room {
    pub(super) root: PathBuf,
    pub(super) office: Office,
    pub(super) lang: Lang,
    pub(super) clock: Arc<dyn Clock>,
}

impl Room {
    /// The office the user named, else the nearest folder upwards with an `office.yaml`. Without one nothing is made:
    /// whoever stands in a wrong folder would look at an empty office and wonder.
    pub(super) fn find(context: &Context) -> Result<Room, CliError> {
        let here = std::env::current_dir()?;
        let is_office = |folder: &Path| folder.join(OFFICE_FILE).is_file();
        let root = match &context.office {
            Some(folder) if !here.join(folder).is_dir() => {
                let message = Message::new(codes::NO_OFFICE).with("folder", folder.display().to_string());
                return Err(CliError::usage(message));
            }
            Some(folder) => Some(here.join(folder)).filter(|folder| is_office(folder)),
            None => here.ancestors().find(|folder| is_office(folder)).map(Path::to_owned),
        };
        let root = root.ok_or_else(|| {
            let named = context.office.as_ref().map(|folder| folder.display().to_string());
            CliError::usage(Message::new(codes::NOT_AN_OFFICE).with_some("folder", named))
        })?;
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
        self.root.join(OWN_FOLDER)
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

    /// A system's declaration, when its file can be read.
    pub(super) fn system(&self, name: &str) -> Option<System> {
        let file = format!("{SYSTEMS}/{name}.yaml");
        let bytes = std::fs::read(self.root.join(&file)).ok()?;
        match scenario::parse(&source::read(&file, &bytes).ok()?).document? {
            Document::System(system) => Some(*system),
            Document::Scenario(_) | Document::Part(_) => None,
        }
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
    let text = std::fs::read_to_string(file).at(file)?;
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
