//! What was seen, as plain data.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::drivers::browser::{Leftovers, Obstacle};
use crate::history::{Health, Inspection};
use crate::platform::machine::Room;
use crate::ports::SecretInfo;
use crate::text::Message;

/// Everything that was seen.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The machine.
    pub machine: Machine,
    /// The office, unless the command was given outside one.
    pub office: Option<Office>,
}

/// Whether this machine can fetch things by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// The routing table knows a way out, or the system does not tell.
    Open,
    /// The routing table knows no way out.
    Closed,
    /// The user says so.
    SaidClosed,
}

/// The machine and its browser.
#[derive(Debug, Clone)]
pub struct Machine {
    /// Whether files can be fetched or must be brought.
    pub network: Network,
    /// The operating system, as Rust calls it: `linux`.
    pub os: &'static str,
    /// What browser makers call such a machine: `linux64`.
    pub maker_name: &'static str,
    /// The browser, if one was found.
    pub browser: Option<Program>,
    /// The driver, if one was found.
    pub driver: Option<Program>,
    /// What a trial start showed.
    pub trial: Trial,
    /// Whether there is a font for Japanese, as far as it is known.
    pub japanese: Option<bool>,
    /// Memory left in bytes, if the system tells it.
    pub memory: Option<u64>,
}

/// A program that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Where.
    pub path: PathBuf,
    /// Its version, or why it does not say it.
    pub version: Result<String, Obstacle>,
}

/// A trial start of driver and browser.
#[derive(Debug, Clone)]
pub enum Trial {
    /// Something that it needs is missing.
    NotTried,
    /// It opened a blank page; the browser as the driver names it.
    Opened(String),
    /// The folder for profiles cannot be written.
    Profile(PathBuf, String),
    /// It failed.
    Failed {
        /// In the words of a run that fails so.
        cause: Message,
        /// What the browser says when it is started alone.
        obstacle: Option<Obstacle>,
    },
}

/// The office and its store.
#[derive(Debug, Clone)]
pub struct Office {
    /// The store when it could be opened, else why not.
    pub store: Result<Opened, Message>,
    /// Clocks.
    pub clocks: Clocks,
    /// Disks.
    pub disks: Vec<Disk>,
    /// Folders.
    pub folders: Vec<Folder>,
    /// Scenarios.
    pub scenarios: ScenarioFacts,
    /// Models in `ocr-models`.
    pub models: usize,
    /// What dead runs left.
    pub leftovers: Leftovers,
}

/// A store that could be opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// How it is, or why it could not be looked at.
    pub health: Result<Health, Message>,
    /// Sheets of work by hand that are not back yet: number, items still out, since when.
    pub batons: Vec<(i64, u64, DateTime<Utc>)>,
    /// When the last run began.
    pub last_run: Option<DateTime<Utc>>,
    /// What reading everything has shown, or why it could not be read, if it was asked for.
    pub deep: Option<Result<Inspection, Message>>,
    /// Secrets, names and dates only.
    pub secrets: SecretFacts,
}

/// Clocks, in seconds where nothing else is said.
#[derive(Debug, Clone)]
pub struct Clocks {
    /// The wall clock.
    pub now: DateTime<Utc>,
    /// The office's time zone.
    pub zone: Tz,
    /// How far this machine's local time is from UTC.
    pub host_offset: i32,
    /// How far the wall clock ran ahead of monotonic time while things were looked at.
    pub jumped: i64,
    /// How far the clock of what holds the office is ahead, with the folder.
    pub share_ahead: Option<(String, i64)>,
}

/// A disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// A folder on it, relative to the office.
    pub path: String,
    /// Its room.
    pub room: Room,
}

/// A folder of the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Relative to the office.
    pub path: String,
    /// Whether a night fails without it.
    pub needed: bool,
    /// How it is.
    pub state: FolderState,
}

/// How a folder, or a private file, is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderState {
    /// There, and it can be used.
    Fine,
    /// Not there.
    Missing,
    /// It cannot be read or written, and why.
    Locked(String),
    /// Others can see what must be private; the rights it should have.
    Open(&'static str),
}

/// Secrets.
#[derive(Debug, Clone, Default)]
pub struct SecretFacts {
    /// Today where the office stands.
    pub today: NaiveDate,
    /// What is kept.
    pub kept: Vec<SecretInfo>,
    /// What scenarios use that are granted real work.
    pub used: Vec<Used>,
}

/// A secret that a scenario uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// `受付.ID`.
    pub name: String,
    /// The scenario's id.
    pub bot: String,
}

/// Scenarios and systems, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScenarioFacts {
    /// Files looked at.
    pub files: usize,
    /// Scenarios among them.
    pub bots: usize,
    /// Files with mistakes.
    pub wrong: Vec<String>,
    /// Scenarios that cannot run.
    pub stuck: usize,
}
