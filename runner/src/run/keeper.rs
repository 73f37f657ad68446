//! Holds the browser session of a run, and ends it.

use crate::drivers::browser::{BrowserError, Session};
use crate::ports::RemoteSession;

/// The session, while there is one.
#[derive(Default)]
pub(super) struct Keeper {
    pub(super) current: Option<Session>,
    pub(super) opened: u32,
    /// Where the last session was, when its driver was not our own process.
    pub(super) remote: Option<RemoteSession>,
}

impl Keeper {
    /// Ends the session. Its browser is gone when this returns, except with [`BrowserError::NotEnded`].
    pub(super) async fn end(&mut self) -> Result<(), BrowserError> {
        match self.current.take() {
            Some(session) => session.quit().await,
            None => Ok(()),
        }
    }
}
