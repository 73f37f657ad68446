//! Where in its talk with the driver the runner is to be killed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use yakin::platform::time::pause;

/// A moment at which the driver asks for the runner's death.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// The how manieth request: before it is served when even, after it was served and before it is answered when odd.
    Talk(u64),
    /// As `Talk`, but the runner goes on for a moment: whatever it does then is cut off.
    Lingering(u64, Duration),
    /// The how manieth click on the button that cannot be undone has arrived; its answer is held back.
    Click(u64),
}

/// Laid for one run, sprung by the driver, heard by whoever holds the runner's process.
#[derive(Debug, Default)]
pub(super) struct Trap {
    moment: Option<Moment>,
    talks: AtomicU64,
    clicks: AtomicU64,
    sprung: Notify,
}

/// The trap of the run that is under way. What a killed run has left in the driver goes on with its own.
pub(super) type Snare = Mutex<Arc<Trap>>;

impl Trap {
    pub(super) fn laid(moment: Option<Moment>) -> Arc<Trap> {
        Arc::new(Trap {
            moment,
            ..Trap::default()
        })
    }

    /// Resolves when the runner is to be killed.
    pub(super) async fn sprung(&self) {
        self.sprung.notified().await;
    }

    /// Before and after each request. Does not return when this is the moment.
    pub(super) async fn talk(self: &Arc<Self>) {
        let now = self.talks.fetch_add(1, Ordering::SeqCst);
        match self.moment {
            Some(Moment::Talk(at)) if at == now => self.hold().await,
            Some(Moment::Lingering(at, linger)) if at == now => {
                let trap = self.clone();
                tokio::spawn(async move {
                    pause(linger).await;
                    trap.sprung.notify_one();
                });
            }
            _ => {}
        }
    }

    /// When an irreversible click has arrived.
    pub(super) async fn click(&self) {
        let now = self.clicks.fetch_add(1, Ordering::SeqCst) + 1;
        if self.moment == Some(Moment::Click(now)) {
            self.hold().await;
        }
    }

    async fn hold(&self) {
        self.sprung.notify_one();
        std::future::pending().await
    }
}
