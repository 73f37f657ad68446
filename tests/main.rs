//! The one integration test binary.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails; clippy knows tests but not their helpers"
)]

mod architecture;
mod backup;
mod browser;
mod check;
mod cli;
#[cfg(feature = "failpoints")]
mod crash;
mod docs;
mod explain;
mod doctor;
mod draft;
mod editors;
mod exercise;
mod history;
mod hostile;
mod kit;
mod mutations;
mod night;
mod plugin;
mod practice;
mod record;
mod steps;
mod support;
