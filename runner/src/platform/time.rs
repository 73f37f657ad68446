//! Monotonic time for waiting on something outside this program.

use std::time::{Duration, Instant};

/// A moment after which waiting is given up.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    started: Instant,
    wait: Duration,
}

impl Deadline {
    /// The moment `wait` from now.
    pub fn after(wait: Duration) -> Self {
        Self { started: now(), wait }
    }

    /// How long has been waited so far.
    pub fn waited(&self) -> Duration {
        now().saturating_duration_since(self.started)
    }

    /// How long may still be waited; zero once it has passed.
    pub fn left(&self) -> Duration {
        self.wait.saturating_sub(self.waited())
    }

    /// Whether it has passed.
    pub fn is_over(&self) -> bool {
        self.left().is_zero()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "deadlines against other programs run on real time, never on a test clock"
)]
fn now() -> Instant {
    Instant::now()
}

/// Waits without blocking the thread.
#[expect(
    clippy::disallowed_methods,
    reason = "deadlines against other programs run on real time, never on a test clock"
)]
pub async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Waits and blocks the thread: only for clean-up that cannot be asynchronous.
#[expect(clippy::disallowed_methods, reason = "clean-up in a destructor cannot await")]
pub fn pause_blocking(time: Duration) {
    std::thread::sleep(time);
}
