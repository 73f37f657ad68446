//! Keeps the lease alive from a thread of its own, so that a slow page never costs the run its work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;

use crate::clock::Clock;
use crate::ports::{LEASE, Lease, Ledger, PortError, RENEWAL};

use super::Cancel;

/// Renews a lease until it is dropped.
pub(super) struct Heartbeat {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    lost: Arc<AtomicBool>,
}

impl Heartbeat {
    pub(super) fn start(ledger: Arc<dyn Ledger>, clock: Arc<dyn Clock>, lease: Lease, cancel: Cancel) -> Heartbeat {
        let (stop, stopped) = channel();
        let lost = Arc::new(AtomicBool::new(false));
        let thread = std::thread::spawn({
            let lost = lost.clone();
            move || {
                let mut renewed = clock.monotonic();
                while stopped.recv_timeout(RENEWAL) == Err(RecvTimeoutError::Timeout) {
                    // Counted from before the call: the store may have been slow to answer.
                    let asked = clock.monotonic();
                    match ledger.renew(lease) {
                        Ok(requests) => {
                            renewed = asked;
                            if requests.cancel {
                                cancel.ask();
                            }
                            if let Some(stop) = requests.stop {
                                cancel.force(stop);
                            }
                        }
                        Err(PortError::Fenced) => lost.store(true, Ordering::SeqCst),
                        // A store that does not answer for a moment: the next beat tries again. After a lease's length
                        // another runner may have the work.
                        Err(_) if clock.monotonic().saturating_sub(renewed) >= LEASE => {
                            lost.store(true, Ordering::SeqCst);
                        }
                        Err(_) => {}
                    }
                }
            }
        });
        Heartbeat {
            stop: Some(stop),
            thread: Some(thread),
            lost,
        }
    }

    /// Whether another runner has taken the work: nothing more may be done.
    pub(super) fn lost(&self) -> bool {
        self.lost.load(Ordering::SeqCst)
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A heartbeat that panicked has nothing left to stop.
            let _ = thread.join();
        }
    }
}
