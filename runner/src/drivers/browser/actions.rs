//! Clicks and keys: always the driver's own, so that the page sees a person's events.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::WebDriverError;

use super::error::{BrowserError, NotReady, is_passing};
use super::fill::Privacy;
use super::keys::key_sequence;
use super::locator::Target;
use super::page::{Answer, Handle, Purpose};
use super::session::Session;
use crate::platform::time::{Deadline, pause};

const RETRY_PAUSE: Duration = Duration::from_millis(20);

/// How a target was found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Matched {
    /// Which locator of the bundle, from 0.
    pub which: usize,
    /// By what it was recognised: `label`, `heading`, `button`, `text`, …
    pub how: String,
    /// Whether its name is the wanted one, and not only holds it.
    pub exact: bool,
    /// Its name on the page.
    pub name: String,
}

/// A found element with the way it was found.
#[derive(Debug, Deserialize)]
struct FoundElement {
    #[serde(flatten)]
    matched: Matched,
    #[serde(flatten)]
    handle: Handle,
}

impl Session {
    /// Waits until the target is there, visible, at rest, enabled and on top, and clicks it once.
    ///
    /// # Errors
    /// Before the click: [`BrowserError::NotFound`], [`BrowserError::Ambiguous`], [`BrowserError::NotReady`],
    /// [`BrowserError::DialogOpen`]. Any other error leaves open whether the page got the click.
    pub async fn click(&mut self, target: &Target, wait: Duration) -> Result<Matched, BrowserError> {
        let deadline = Deadline::after(wait);
        loop {
            let found: FoundElement = self.find(target, Purpose::Click, deadline.left()).await?;
            let element = match self.element(&found.handle).await {
                Ok(element) => element,
                Err(error) if is_passing(&error) && !deadline.is_over() => {
                    pause(RETRY_PAUSE).await;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            match element.click().await {
                Ok(()) => match self.strayed_click().await {
                    None => return Ok(found.matched),
                    Some(_) if !deadline.is_over() => pause(RETRY_PAUSE).await,
                    Some(other) => return Err(strayed(target, other, deadline.waited())),
                },
                Err(error) if is_before_click(&error) && !deadline.is_over() => pause(RETRY_PAUSE).await,
                // The click closed its own window: it was done.
                Err(error) if matches!(error.as_inner(), WebDriverErrorInner::NoSuchWindow(_)) => {
                    self.return_to_open_window().await?;
                    return Ok(found.matched);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Waits until a click would reach the target, without clicking.
    ///
    /// # Errors
    /// As for [`Session::click`] before the click.
    pub async fn clickable(&mut self, target: &Target, wait: Duration) -> Result<Matched, BrowserError> {
        let found: FoundElement = self.find(target, Purpose::Click, wait).await?;
        Ok(found.matched)
    }

    /// Types keys into an input, after what it holds already.
    ///
    /// # Errors
    /// As for [`Session::click`].
    pub async fn type_keys(
        &mut self,
        target: &Target,
        text: &str,
        privacy: Privacy,
        wait: Duration,
    ) -> Result<Matched, BrowserError> {
        let (matched, handle) = self.find_for_keys(target, privacy, wait).await?;
        self.send_keys(&handle, text.to_owned()).await?;
        Ok(matched)
    }

    /// Presses a key or chord (`Enter`, `Tab`, `F1`, `ctrl+a`) in the target, or where the focus is.
    ///
    /// # Errors
    /// [`BrowserError::UnknownKey`], and as for [`Session::click`].
    pub async fn press(&mut self, target: Option<&Target>, chord: &str, wait: Duration) -> Result<(), BrowserError> {
        let keys = key_sequence(chord).ok_or_else(|| BrowserError::UnknownKey { name: chord.to_owned() })?;
        let handle = match target {
            Some(target) => self.find_for_keys(target, Privacy::Open, wait).await?.1,
            None => match self.ask::<Handle>(&json!({ "op": "focused" })).await? {
                Answer::Got(handle) => handle,
                Answer::Failed(failure) => return Err(failure.into_error(chord.to_owned(), Duration::ZERO)),
            },
        };
        self.send_keys(&handle, keys).await
    }

    async fn find_for_keys(
        &mut self,
        target: &Target,
        privacy: Privacy,
        wait: Duration,
    ) -> Result<(Matched, Handle), BrowserError> {
        let found: FoundElement = self.find(target, Purpose::Control(privacy), wait).await?;
        Ok((found.matched, found.handle))
    }

    /// Sends keys to a registered element.
    pub(super) async fn send_keys(&mut self, handle: &Handle, keys: String) -> Result<(), BrowserError> {
        let element = self.element(handle).await?;
        Ok(element.send_keys(keys).await?)
    }
}

fn strayed(target: &Target, other: String, waited: Duration) -> BrowserError {
    BrowserError::NotReady {
        looked_for: target.wanted(),
        reason: NotReady::Covered(other),
        waited,
    }
}

/// Failures that the driver reports before it sends the first mouse event.
fn is_before_click(error: &WebDriverError) -> bool {
    use WebDriverErrorInner as E;
    matches!(
        error.as_inner(),
        E::StaleElementReference(_)
            | E::NoSuchElement(_)
            | E::ElementClickIntercepted(_)
            | E::ElementNotInteractable(_)
            | E::MoveTargetOutOfBounds(_)
    )
}
