//! The store: what the ports promise, on SQLite or PostgreSQL with one SQL text, and the reading side of every page.
//!
//! All SQL runs on one thread (`worker`) that owns the connection and the runtime it needs, so the synchronous ports
//! can be called from anywhere. What names a person is sealed with the office key (`key`, `seal`) before it leaves the
//! calling thread (questions and answers, whose place has a number, as soon as they have it); events are masked at one place
//! (`journal`).
//!
//! Failpoints (feature `failpoints`), on the calling thread:
//! `ledger.before_intent`, `ledger.after_intent`, `ledger.before_finish`, `ledger.after_finish`. At an `after_…`
//! point the row and its events are durable.

mod audit;
mod database;
mod doubts;
mod error;
mod evidence;
mod handover;
mod health;
mod hex;
mod items;
mod journal;
mod key;
mod leftovers;
mod migrate;
mod pages;
mod reviews;
mod runs;
mod seal;
mod store;
mod targets;
mod vault;
mod worker;

pub use audit::AuditEntry;
pub use error::StoreError;
pub use health::Health;
pub use pages::{Counts, ItemRow, RunFilter, RunRow, Unsealed};
pub use reviews::{Review, Waiting};
pub use store::{Backend, Options, Store};
