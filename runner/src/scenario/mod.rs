//! Scenario text to document: pure, synchronous, every node with its place, every mistake at once.
//!
//! Nothing here knows which steps exist or how anything runs; arguments of steps stay [`tree::Node`]s.

pub mod address;
pub mod cron_line;
pub mod expr;
pub mod filters;
pub mod model;
pub mod office;
mod owners;
mod parse;
pub mod schedule;
pub mod source;
mod traps;
pub mod tree;
pub mod words;
mod yaml;

pub use parse::{Parsed, UNWRITTEN, parse};
pub(crate) use parse::{parse_with, vocabulary, wrong};
pub(crate) use traps::suspecting;
