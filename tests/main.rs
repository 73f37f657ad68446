//! The one integration test binary.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails; clippy knows tests but not their helpers"
)]

mod architecture;
mod browser;
mod check;
mod cli;
mod docs;
mod history;
mod hostile;
mod mutations;
mod night;
mod practice;
mod steps;
mod support;
