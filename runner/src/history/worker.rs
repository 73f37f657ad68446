//! The thread that owns the database.
//!
//! The ports are synchronous and are called from inside asynchronous code too, where a second runtime may not be
//! driven; a thread of its own may. Calls wait for their answer on a plain channel.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::database::{Database, Target};
use super::error::StoreError;
use crate::clock::Clock;
use crate::ports::PortError;

/// A database that has not answered for this long is taken for gone. What it was asked for may still happen: the ledger's
/// states are made for that.
const PATIENCE: Duration = Duration::from_secs(120);
/// The same for a whole backup or check.
const LONG: Duration = Duration::from_secs(4 * 60 * 60);

type Job = Box<dyn FnOnce(&mut Database) + Send>;

/// The way to the thread. When it is dropped, the thread finishes what it has and closes the database.
pub(super) struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    /// Set when an answer was given up: nobody may wait for the thread any more.
    stuck: AtomicBool,
}

impl Worker {
    /// Starts the thread and connects.
    pub(super) fn start(target: Target, clock: std::sync::Arc<dyn Clock>) -> Result<Worker, StoreError> {
        let (jobs, waiting) = channel::<Job>();
        let (opened, answer) = sync_channel(1);
        #[cfg(feature = "failpoints")]
        let faults = super::faults::of_this_thread();
        let thread = std::thread::Builder::new()
            .name("yakin-store".to_owned())
            .spawn(move || {
                #[cfg(feature = "failpoints")]
                super::faults::adopt(faults);
                let mut database = match Database::connect(target, clock) {
                    Ok(database) => database,
                    Err(error) => {
                        let _ = opened.send(Err(error));
                        return;
                    }
                };
                if opened.send(Ok(())).is_err() {
                    return;
                }
                for job in waiting {
                    job(&mut database);
                }
                database.close();
            })
            .map_err(|source| StoreError::Thread { source })?;
        answer.recv().map_err(|_| StoreError::Port(gone()))??;
        Ok(Worker {
            jobs: Some(jobs),
            thread: Some(thread),
            stuck: AtomicBool::new(false),
        })
    }

    /// Does `work` on the thread and waits for its answer.
    pub(super) fn call<T, E>(&self, work: impl FnOnce(&mut Database) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PortError> + Send + 'static,
    {
        self.wait(PATIENCE, work)
    }

    /// As [`Worker::call`], for what goes through the whole database and takes as long as that takes.
    pub(super) fn call_long<T, E>(
        &self,
        work: impl FnOnce(&mut Database) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PortError> + Send + 'static,
    {
        self.wait(LONG, work)
    }

    fn wait<T, E>(
        &self,
        patience: Duration,
        work: impl FnOnce(&mut Database) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<PortError> + Send + 'static,
    {
        let (answer, waiting) = sync_channel(1);
        let job: Job = Box::new(move |database| {
            // Nobody waits any more only if the caller's thread is gone.
            let _ = answer.send(work(database));
        });
        let jobs = self.jobs.as_ref().ok_or_else(gone)?;
        jobs.send(job).map_err(|_| gone())?;
        match waiting.recv_timeout(patience) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Disconnected) => Err(gone().into()),
            Err(RecvTimeoutError::Timeout) => {
                self.stuck.store(true, Ordering::SeqCst);
                let detail = format!("no answer within {} s", patience.as_secs());
                Err(PortError::Store { detail }.into())
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take().filter(|_| !self.stuck.load(Ordering::SeqCst)) {
            // A panic of the thread was reported where it happened.
            let _ = thread.join();
        }
    }
}

fn gone() -> PortError {
    PortError::Store {
        detail: "the store's thread has ended".to_owned(),
    }
}
