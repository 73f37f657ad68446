//! The city's own wall clock and waiting, in one place. The city plays somebody else's system: a clock that a run is
//! given for testing must not move it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::{Asia::Tokyo, Tz};

/// The present moment in Japan.
#[expect(
    clippy::disallowed_methods,
    reason = "the city is a foreign system with a clock of its own"
)]
pub(super) fn now() -> DateTime<Tz> {
    Utc::now().with_timezone(&Tokyo)
}

/// Waits, as a slow system makes its clients wait.
#[expect(
    clippy::disallowed_methods,
    reason = "the city is a foreign system with a clock of its own"
)]
pub(super) async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
