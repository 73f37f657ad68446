//! How far a long step is: told while it works, now and then.

use std::time::Duration;

use tokio::sync::watch;

use crate::clock::Clock;
use crate::drivers::plugin::Far;
use crate::events::{Kind, StepRef};
use crate::ports::PortError;

use super::journal::Journal;

/// Between two events that say how far a step is, and before the first, passes at least this much.
const PACE: Duration = Duration::from_secs(5);

/// Waits for a step, and writes down how far it says it is.
///
/// # Errors
/// When that could not be stored; the step has come to its end all the same.
pub(super) async fn watched<T>(
    step: &StepRef,
    running: impl Future<Output = T> + Unpin,
    mut far: watch::Receiver<Far>,
    (journal, clock): (&mut Journal<'_>, &dyn Clock),
) -> Result<T, PortError> {
    let mut running = running;
    let mut told_at = clock.monotonic();
    let mut told = Ok(());
    loop {
        tokio::select! {
            biased;
            result = &mut running => return told.map(|()| result),
            Ok(()) = far.changed() => {}
        }
        let at = *far.borrow_and_update();
        let now = clock.monotonic();
        if let Some((done, total)) = at.filter(|_| told.is_ok() && now.saturating_sub(told_at) >= PACE) {
            told_at = now;
            let step = step.clone();
            told = journal.add(Kind::StepAt { step, done, total });
        }
    }
}
