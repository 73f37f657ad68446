//! The thread that owns the database.
//!
//! The ports are synchronous and are called from inside asynchronous code too, where a second runtime may not be
//! driven; a thread of its own may. Calls wait for their answer on a plain channel.

use std::sync::mpsc::{Sender, channel, sync_channel};
use std::thread::JoinHandle;

use super::database::{Database, Target};
use super::error::StoreError;
use crate::clock::Clock;
use crate::ports::PortError;

type Job = Box<dyn FnOnce(&mut Database) + Send>;

/// The way to the thread. When it is dropped, the thread finishes what it has and closes the database.
pub(super) struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread and connects.
    pub(super) fn start(target: Target, clock: std::sync::Arc<dyn Clock>) -> Result<Worker, StoreError> {
        let (jobs, waiting) = channel::<Job>();
        let (opened, answer) = sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("yakin-store".to_owned())
            .spawn(move || {
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
            })
            .map_err(|source| StoreError::Thread { source })?;
        answer.recv().map_err(|_| StoreError::Port(gone()))??;
        Ok(Worker {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Does `work` on the thread and waits for its answer.
    pub(super) fn call<T, E>(&self, work: impl FnOnce(&mut Database) -> Result<T, E> + Send + 'static) -> Result<T, E>
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
        waiting.recv().map_err(|_| gone())?
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
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
