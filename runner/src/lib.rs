//! yakin 夜勤: runs YAML scenarios through a browser at night, never twice, never silently.
//!
//! Modules stand in layer order: none imports from one below it (`tests/architecture.rs` holds the table,
//! `ARCHITECTURE.md` the reasons).

pub mod rules;
pub mod value;
pub mod text;
pub mod platform;
pub mod clock;
pub mod diag;
pub mod scenario;
pub mod events;
pub mod ports;
pub mod drivers;
pub mod steps;
pub mod plan;
pub mod record;
pub mod run;
pub mod history;
pub mod report;
pub mod practice;
pub mod exercise;
pub mod care;
pub mod backup;
pub mod kit;
pub mod cli;
