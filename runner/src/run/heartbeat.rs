//! Keeps the lease alive from a thread of its own, so that a slow page never costs the run its work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;

use crate::ports::{Lease, Ledger, PortError, RENEWAL};

use super::Cancel;

/// Renews a lease until it is dropped.
pub(super) struct Heartbeat {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    lost: Arc<AtomicBool>,
}

impl Heartbeat {
    pub(super) fn start(ledger: Arc<dyn Ledger>, lease: Lease, cancel: Cancel) -> Heartbeat {
        let (stop, stopped) = channel();
        let lost = Arc::new(AtomicBool::new(false));
        let thread = std::thread::spawn({
            let lost = lost.clone();
            move || {
                while stopped.recv_timeout(RENEWAL) == Err(RecvTimeoutError::Timeout) {
                    match ledger.renew(lease) {
                        Ok(requests) if requests.cancel => cancel.ask(),
                        Ok(_) => {}
                        Err(PortError::Fenced) => lost.store(true, Ordering::SeqCst),
                        // A store that does not answer for a moment: the next beat tries again, and no state can be
                        // written without it meanwhile.
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
