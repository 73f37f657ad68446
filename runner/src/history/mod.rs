//! The store: what the ports promise, on SQLite or PostgreSQL with one SQL text, and the reading side of every page.
//!
//! All SQL runs on one thread (`worker`) that owns the connection and the runtime it needs, so the synchronous ports
//! can be called from anywhere. What names a person is sealed with the office key (`key`, `seal`) before it leaves the
//! calling thread (questions and answers, whose place has a number, as soon as they have it); events are masked at one place
//! (`journal`).
//!
//! Failpoints (feature `failpoints`), on the calling thread:
//! `ledger.before_intent`, `ledger.after_intent`, `ledger.before_finish`, `ledger.after_finish`. At an `after_…`
//! point the row and its events are durable. Inside a transaction, on the database's thread: `store.migrating`,
//! `ledger.enrolling`, `ledger.closing`, `journal.packing`.

mod audit;
mod batons;
mod copy;
mod database;
mod decisions;
mod doubts;
mod error;
mod evidence;
#[cfg(feature = "failpoints")]
mod faults;
mod handover;
mod health;
mod hex;
mod invariants;
mod items;
mod journal;
mod key;
mod late_keys;
mod leftovers;
mod migrate;
mod moves;
mod pages;
mod requests;
mod restored;
mod reviews;
mod runs;
mod seal;
mod store;
mod targets;
mod vault;
mod worker;

pub use audit::AuditEntry;
pub use batons::{Baton, BatonRow, Order, Returned, Wanted};
pub use copy::{DATABASE, EVIDENCE, KEY, RESTORING, key_fits};
pub use decisions::{Answer, Answering, Decision, Inquiry};
pub use error::StoreError;
#[cfg(feature = "failpoints")]
pub use faults::{Fault, Faults};
pub use health::Health;
pub use invariants::{Inspection, Invariant, Violation};
pub use pages::{Counts, ItemRow, RunFilter, RunRow, Unsealed};
pub use restored::Restored;
pub use reviews::{Review, Waiting};
pub use store::{Backend, Options, Store};
