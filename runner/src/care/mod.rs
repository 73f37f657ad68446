//! The doctor: what a night needs, gathered as plain facts and judged by pure functions.
//!
//! Nothing is contacted but this machine, its driver and the office's own database.

mod facts;
mod judge;
mod look;

pub use facts::{
    Clocks, Disk, Facts, Folder, FolderState, Machine, Network, Office, Opened, Program, ScenarioFacts, SecretFacts,
    Trial, Used,
};
pub use judge::{Area, Finding, Findings, Level, inspected, judge, pair};
pub use look::{Ask, Place, browser_here, machine, network, office};
