//! How far a long step is: told while it works, now and then.

use std::pin::Pin;
use std::time::Duration;

use tokio::sync::watch;

use crate::clock::Clock;
use crate::drivers::plugin::Far;
use crate::ports::PortError;

/// Between two words about how far a step is, and before the first, passes at least this much.
const PACE: Duration = Duration::from_secs(5);

/// Waits for a step, and tells how far it says it is.
///
/// # Errors
/// When telling failed; the step has come to its end all the same.
pub(super) async fn watched<T>(
    mut running: Pin<Box<dyn Future<Output = T> + Send + '_>>,
    mut far: watch::Receiver<Far>,
    clock: &dyn Clock,
    mut tell: impl FnMut(u32, u32) -> Result<(), PortError>,
) -> Result<T, PortError> {
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
            told = tell(done, total);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use chrono::{DateTime, Utc};

    use super::*;

    /// A second passes whenever somebody looks.
    #[derive(Default)]
    struct Ticking(AtomicU64);

    impl Clock for Ticking {
        fn now(&self) -> DateTime<Utc> {
            DateTime::UNIX_EPOCH
        }

        fn monotonic(&self) -> Duration {
            Duration::from_secs(self.0.fetch_add(1, Ordering::Relaxed))
        }

        fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
            Box::pin(async {})
        }
    }

    fn told(ends: impl Fn(u32) -> Result<(), PortError>) -> (Vec<u32>, Result<&'static str, PortError>) {
        let (sender, far) = watch::channel(None);
        let running = Box::pin(async move {
            for done in 1..=17 {
                sender.send_replace(Some((done, 17)));
                tokio::task::yield_now().await;
            }
            "done"
        });
        let mut seen = Vec::new();
        let tell = |done, _| {
            seen.push(done);
            ends(done)
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        let clock = Ticking::default();
        let result = runtime.block_on(watched(running, far, &clock, tell));
        (seen, result)
    }

    #[test]
    fn it_is_told_now_and_then_however_often_the_step_says_it() {
        let (seen, result) = told(|_| Ok(()));
        assert_eq!((seen, result.ok()), (vec![5, 10, 15], Some("done")));
    }

    #[test]
    fn the_step_ends_though_it_could_not_be_told() {
        let (seen, result) = told(|_| Err(PortError::Fenced));
        assert!(seen == [5] && matches!(result, Err(PortError::Fenced)), "{seen:?}");
    }
}
