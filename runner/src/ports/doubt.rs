//! The irreversible act of an item: what is written down before it, what proves it, and what is left of it in doubt.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Leftover;
use crate::events::{Place, RunId};
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
    /// The key that became known on the way there, if the commit names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<LateKey>,
}

/// A key that no row has: it becomes known in the middle of an item's work. It is claimed with the intent, so that nothing
/// is registered twice under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateKey {
    /// The ledger in which it stands for one item.
    pub ledger: String,
    /// The key; stored only as a keyed hash.
    pub text: String,
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

/// Within what a receipt is given only once. Many systems number anew every day, and the practice city whenever it is
/// emptied; an old page that is taken for a new one comes from the same night.
pub fn receipt_scope(ledger: &str, place: Place, date: NaiveDate, run: RunId) -> String {
    match place {
        Place::Real => format!("{ledger} {date}"),
        Place::Practice => format!("{ledger} {date} {}", run.0),
    }
}

/// What the system gave for a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Within what it is given only once.
    pub scope: String,
    /// Its text; only a keyed hash of it is stored.
    pub text: String,
}
