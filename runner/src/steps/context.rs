//! What a step sees of the world, and what it gives back.

use std::path::Path;
use std::time::Duration;

use chrono::DateTime;
use chrono_tz::Tz;
use tokio::sync::watch;

use crate::drivers::browser;
use crate::drivers::plugin::Far;
use crate::text::Message;
use crate::value::{Class, Classed};

/// What a step may use. It reports nothing itself: it returns a value or an error, and notes.
pub struct StepCx<'a> {
    /// The logged-in browser; there whenever the step's [`super::Needs`] ask for it.
    pub browser: Option<&'a mut browser::Session>,
    /// Address that a path such as `/login` belongs to: the system's, without a slash at its end.
    pub base: Option<&'a str>,
    /// Hosts (with port where it is not the default) that pages may be opened from.
    pub hosts: &'a [String],
    /// The office's folder: every path of a scenario starts there and stays inside.
    pub office: &'a Path,
    /// The same, also in a rehearsal, which writes into a folder of its own.
    pub root: &'a Path,
    /// The time, where the office stands.
    pub now: DateTime<Tz>,
    /// The most sensitive class among the step's arguments.
    pub class: Class,
    /// How long to wait for the page to show what the step needs.
    pub wait: Duration,
    /// Texts that must not be seen in a picture.
    pub sensitive: &'a [String],
    /// Where a long step says how far it is.
    pub far: watch::Sender<Far>,
    /// Things worth telling.
    pub notes: Vec<Message>,
    /// In a rehearsal, the folder of the office that takes what it writes. That is no result: a file of an earlier rehearsal is
    /// replaced without a word.
    pub drafts: Option<&'a str>,
    /// The files that this run has written: it may write them again.
    pub written: Vec<Written>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its path as the scenario named it.
    pub asked: String,
    /// Its path in the office: another one where an earlier run's file stood there.
    pub file: String,
}

/// What a step gives back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StepOutput {
    /// Its result, for `as`.
    pub value: Classed,
    /// A picture it was asked for (PNG).
    pub picture: Option<Vec<u8>>,
}

impl StepOutput {
    /// A result.
    pub fn value(value: Classed) -> StepOutput {
        StepOutput { value, picture: None }
    }
}
