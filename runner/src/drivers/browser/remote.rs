//! A session at a driver that is not our own process: named, so that somebody can end it after its program has died.

use std::time::Duration;

use reqwest::StatusCode;

use super::error::BrowserError;
use super::session::Session;
use super::spec::{BrowserSpec, DriverAt};

/// A driver may have a command of the dead program under way, and answers when that has ended.
const PATIENCE: Duration = Duration::from_secs(120);

impl Session {
    /// The session's name at a driver that is not our own process, with the driver's address; `None` when it is.
    pub fn remote(&self, spec: &BrowserSpec) -> Option<(String, String)> {
        match &spec.driver {
            DriverAt::Own(_) => None,
            DriverAt::Url(url) => Some((url.clone(), self.driver.handle().session_id().to_string())),
        }
    }
}

/// Ends a session at a driver somewhere else. After `Ok` it is dead for certain: the driver has ended it, or knows no such
/// session (W3C WebDriver §8.2, "invalid session id").
///
/// # Errors
/// [`BrowserError::DriverLost`] when the driver does not answer, [`BrowserError::Protocol`] when it answers something else.
pub async fn end_remote(driver: &str, id: &str) -> Result<(), BrowserError> {
    let address = format!("{}/session/{id}", driver.trim_end_matches('/'));
    let lost = |error: reqwest::Error| BrowserError::DriverLost {
        detail: error.to_string(),
    };
    let client = reqwest::Client::builder().timeout(PATIENCE).build().map_err(lost)?;
    let answer = client.delete(&address).send().await.map_err(lost)?;
    match answer.status() {
        StatusCode::OK | StatusCode::NOT_FOUND => Ok(()),
        other => Err(BrowserError::Protocol {
            detail: format!("the end of a session was answered with {other}"),
        }),
    }
}
