//! The irreversible act of an item: what is written down before it, what proves it, and what is left of it in doubt.

use serde::{Deserialize, Serialize};

use super::Leftover;
use crate::value::Classed;

/// What is about to be done, and what was known then: enough to find out later what became of it. Sealed as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intent {
    /// Outline path of the commit.
    pub path: String,
    /// What is committed, as people call it.
    pub title: String,
    /// The names that steps had given values to.
    #[serde(default)]
    pub known: Vec<(String, Classed)>,
}

/// An item whose run ended between intent and result: what became of the act has to be found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The item and its row.
    pub left: Leftover,
    /// What was about to be done; none if it cannot be read any more.
    pub intent: Option<Intent>,
    /// Where its browser was.
    pub browser: LastBrowser,
}

/// Where a run's browser was: it must be dead before anybody looks what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastBrowser {
    /// The machine that the run worked on.
    pub host: String,
    /// The process number of its program there.
    pub pid: u32,
    /// The session, when the driver was not the run's own process.
    pub session: Option<RemoteSession>,
}

/// A browser session at a driver that is not our own process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteSession {
    /// The driver's address.
    pub driver: String,
    /// The session's name there.
    pub id: String,
}

/// What the system gave for a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Within what it is given only once.
    pub scope: String,
    /// Its text; only a keyed hash of it is stored.
    pub text: String,
}
