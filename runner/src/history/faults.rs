//! Failures on purpose, statement by statement (feature `failpoints`; no build that an office gets has them).
//!
//! Whoever opens a store inside [`Faults::around`] can make the k-th of its statements fail, `COMMIT` included, each in
//! the ways in which databases fail: refused, or heard and not answered.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How a statement fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Somebody else holds the lock for too long. Nothing was done.
    Busy,
    /// The disk could not be read or written. Nothing was done.
    Io,
    /// No room. Nothing was done.
    Full,
    /// The connection is gone before the statement. PostgreSQL is really made to end it.
    Cut,
    /// The statement was done, and the connection was gone before its answer.
    Unheard,
}

/// What is to happen to the statements of one store.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    passed: u64,
    wanted: Option<(u64, Fault)>,
}

thread_local! {
    static HERE: RefCell<Option<Faults>> = const { RefCell::new(None) };
}

impl Faults {
    /// A store that is opened by `work` fails as this says.
    pub fn around<T>(&self, work: impl FnOnce() -> T) -> T {
        adopt(Some(self.clone()));
        let result = work();
        adopt(None);
        result
    }

    /// Lets the `k`-th statement from now on fail, counted from 1.
    pub fn arm(&self, k: u64, fault: Fault) {
        *self.state() = State {
            passed: 0,
            wanted: Some((k, fault)),
        };
    }

    /// Lets nothing fail any more; whether something has since [`Faults::arm`].
    pub fn disarm(&self) -> bool {
        self.state().wanted.take().is_none()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the stores opened on this thread fail by.
pub(super) fn of_this_thread() -> Option<Faults> {
    HERE.with_borrow(Clone::clone)
}

/// Lets the stores of this thread fail so.
pub(super) fn adopt(faults: Option<Faults>) {
    HERE.set(faults);
}

/// Whether the next statement of this thread is to fail.
pub(super) fn strike() -> Option<Fault> {
    let faults = of_this_thread()?;
    let mut state = faults.state();
    state.passed += 1;
    let (at, fault) = state.wanted?;
    (at == state.passed).then(|| {
        state.wanted = None;
        fault
    })
}

impl super::Store {
    /// Leaves SQLite so much room and no more: what a full disk is to it. `None`: all that it may ever have.
    pub fn limit_pages(&self, pages: Option<i64>) -> Result<(), crate::ports::PortError> {
        let pragma = format!("PRAGMA max_page_count = {}", pages.unwrap_or(4_294_967_294));
        self.worker.call(move |database| {
            database.read(|transaction| transaction.rows(sqlx::query(sqlx::AssertSqlSafe(pragma))).map(drop))
        })
    }
}
