//! Exit codes: what a script that starts yakin may rely on.

use crate::events::RunOutcome;

/// Everything is settled; also when there was nothing to do.
pub const SETTLED: u8 = 0;
/// Worked to the end, but some items were rejected or wait for a person.
pub const SOME_LEFT: u8 = 1;
/// Wrong usage, or a scenario with mistakes.
pub const USAGE: u8 = 2;
/// The other system, this machine or the store failed.
pub const FAILED: u8 = 3;
/// A person cancelled it.
pub const CANCELLED: u8 = 4;
/// Another runner has the work.
pub const TAKEN: u8 = 5;
/// A fault in yakin itself.
pub const INTERNAL: u8 = 70;

/// The exit code of a run's outcome.
pub fn of(outcome: RunOutcome) -> u8 {
    match outcome {
        RunOutcome::Succeeded => SETTLED,
        RunOutcome::Partial => SOME_LEFT,
        RunOutcome::Failed => FAILED,
        RunOutcome::Cancelled => CANCELLED,
    }
}
