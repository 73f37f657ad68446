//! Asking the page: one script call for each question, repeated over page changes until its deadline.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WebElement;
use thirtyfour::error::{WebDriverErrorInner, no_such_element};
use thirtyfour::prelude::WebDriverError;

use super::error::{BrowserError, NotReady, Surroundings, is_passing};
use super::fill::Privacy;
use super::locator::Target;
use super::session::{SCRIPT_TIMEOUT, Session};
use crate::platform::time::{Deadline, pause};

/// Calls the library in a document that has it, and says so where it is missing.
const CALL: &str = "const run = window[Symbol.for('yakin.page')]; \
    if (run) run(...arguments); else arguments[1]({ state: 'absent' });";
/// The script library. Its parts are one function body, which ends with the first call.
pub(super) const LIBRARY: &str = concat!(
    include_str!("page/text.js"),
    include_str!("page/view.js"),
    include_str!("page/find.js"),
    include_str!("page/read.js"),
    include_str!("page/ready.js"),
    include_str!("page/guard.js"),
    include_str!("page/fill.js"),
    include_str!("page/personal.js"),
    include_str!("page/mask.js"),
    include_str!("page/ways.js"),
    include_str!("page/describe.js"),
    include_str!("page/main.js"),
    "window[Symbol.for('yakin.page')](...arguments);",
);
/// Fetches a registered element from inside its own frame.
const FETCH: &str = "return window.top[Symbol.for('yakin.elements')]?.[arguments[0]] ?? null;";
/// The longest that one script call waits inside the page; the driver's script timeout is well above it.
pub(super) const SLICE: Duration = Duration::from_secs(5);
/// How long later locators of a bundle hold back, so that the first one may still appear.
pub(super) const GRACE: Duration = Duration::from_secs(2);
/// A page that is just being replaced is asked again for at least this long, also by calls that do not wait.
const CHANGE_WAIT: Duration = Duration::from_secs(5);
const CHANGE_PAUSE: Duration = Duration::from_millis(20);

/// What is to be done with an element; it decides what a plain string means and what "ready" is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Click,
    Control(Privacy),
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Control(_) => "control",
        }
    }
}

/// An element that the page has registered for us.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Handle {
    /// Its number in the page's register.
    pub(super) id: u64,
    /// The way to its frame from the top.
    path: Vec<u16>,
    /// WebDriver's own reference, if it stands in the top document.
    element: Option<Value>,
}

/// Why the page did not give what was asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Failure {
    pub(super) state: String,
    hidden: u32,
    near: Vec<String>,
    fields: Vec<String>,
    title: String,
    url: String,
    page_says: Vec<String>,
    names: Vec<String>,
    reason: String,
    by: String,
    wanted: String,
    options: Vec<String>,
    origin: String,
    message: String,
}

impl Failure {
    /// Whether nothing was found: then the page has waited as long as it was told to.
    pub(super) fn is_missing(&self) -> bool {
        self.state == "none"
    }

    /// The typed error for what was looked for.
    pub(super) fn into_error(self: Box<Self>, looked_for: String, waited: Duration) -> BrowserError {
        let not_ready = |reason| BrowserError::NotReady {
            looked_for: looked_for.clone(),
            reason,
            waited,
        };
        match (self.state.as_str(), self.reason.as_str()) {
            ("strange", _) => BrowserError::Strange { origin: self.origin },
            ("selector", _) => BrowserError::Selector { detail: self.message },
            ("many", _) => BrowserError::Ambiguous {
                looked_for,
                candidates: self.names,
            },
            ("no_option", _) => BrowserError::NoOption {
                field: looked_for,
                wanted: self.wanted,
                options: self.options,
            },
            ("not_ready", "disabled") => not_ready(NotReady::Disabled),
            ("not_ready", "read_only") => not_ready(NotReady::ReadOnly),
            ("not_ready", "moving") => not_ready(NotReady::Moving),
            ("not_ready", "covered") => not_ready(NotReady::Covered(self.by)),
            ("not_ready", _) => not_ready(NotReady::Hidden),
            ("none", _) if self.hidden > 0 => not_ready(NotReady::Hidden),
            ("none", _) => {
                let around = Surroundings {
                    near: self.near,
                    fields: self.fields,
                    title: self.title,
                    url: self.url,
                    page_says: self.page_says,
                };
                BrowserError::NotFound {
                    looked_for,
                    around: Box::new(around),
                    waited,
                }
            }
            _ => BrowserError::Script { detail: self.message },
        }
    }
}

/// One answer of the page.
pub(super) enum Answer<T> {
    Got(T),
    Failed(Box<Failure>),
}

impl Session {
    /// One question to the top document. Page changes under way surface as errors that [`is_passing`] knows.
    async fn run_library(&mut self, request: &Value) -> Result<Value, WebDriverError> {
        self.leave_frames().await?;
        match self.run_in_document(request).await {
            Err(error) if matches!(error.as_inner(), WebDriverErrorInner::NoSuchWindow(_)) => {
                self.return_to_open_window().await?;
                self.run_in_document(request).await
            }
            result => result,
        }
    }

    /// The library is large for the driver, so it goes to each document once only. One that is taken for new is not even asked
    /// for it. Where that is wrong nothing is lost: the library keeps all that it remembers in the page, under symbols, and so
    /// may arrive a second time.
    async fn run_in_document(&mut self, request: &Value) -> Result<Value, WebDriverError> {
        if !std::mem::take(&mut self.new_document) {
            let reply = self.driver.execute_async(CALL, vec![request.clone()]).await?;
            if !is_absent(reply.json()) {
                return Ok(reply.json().clone());
            }
        }
        let reply = self
            .driver
            .execute_async(self.library.clone(), vec![request.clone()])
            .await?;
        Ok(reply.json().clone())
    }

    /// What got the last click instead of its target, because the page moved under it; the page has stopped that click. A page
    /// that is gone, or a dialog, means that the click arrived.
    pub(super) async fn strayed_click(&mut self) -> Option<String> {
        self.leave_frames().await.ok()?;
        let clicked = json!({ "op": "clicked" });
        let reply = match self.driver.execute_async(CALL, vec![clicked]).await {
            Ok(reply) => reply,
            Err(error) => {
                self.new_document = is_passing(&error);
                return None;
            }
        };
        self.new_document = is_absent(reply.json());
        reply.json().get("strayed").and_then(Value::as_str).map(str::to_owned)
    }

    /// Asks once, or again while the page is being replaced.
    pub(super) async fn ask<T: DeserializeOwned>(&mut self, request: &Value) -> Result<Answer<T>, BrowserError> {
        let deadline = Deadline::after(CHANGE_WAIT);
        let mut request = request.clone();
        request["origins"] = json!(self.origins);
        let reply = loop {
            let asked = Deadline::after(SCRIPT_TIMEOUT);
            match self.run_library(&request).await {
                Ok(reply) => break reply,
                // The driver also says "script timeout", at once, when the document goes away under the script.
                Err(error)
                    if matches!(error.as_inner(), WebDriverErrorInner::ScriptTimeout(_))
                        && !asked.is_over()
                        && !deadline.is_over() =>
                {
                    pause(CHANGE_PAUSE).await;
                }
                Err(error) if is_passing(&error) && !deadline.is_over() => pause(CHANGE_PAUSE).await,
                Err(error) => return Err(error.into()),
            }
        };
        let unreadable = |error: serde_json::Error| BrowserError::Protocol {
            detail: format!("answer of the page: {error}"),
        };
        if reply.get("state").and_then(Value::as_str) == Some("one") {
            return serde_json::from_value(reply).map(Answer::Got).map_err(unreadable);
        }
        let failure: Box<Failure> = serde_json::from_value(reply).map_err(unreadable)?;
        if ["error", "selector", "strange"].contains(&failure.state.as_str()) {
            return Err(failure.into_error(String::new(), Duration::ZERO));
        }
        Ok(Answer::Failed(failure))
    }

    /// Asks until the answer is there or `wait` is over; `request` gets its `ms`, `frame` and `spares` here.
    pub(super) async fn ask_until<T: DeserializeOwned>(
        &mut self,
        looked_for: &str,
        mut request: Value,
        wait: Duration,
    ) -> Result<T, BrowserError> {
        let deadline = Deadline::after(wait);
        let ways = request
            .pointer("/target/bundle")
            .and_then(Value::as_array)
            .map_or(1, Vec::len);
        let grace = if ways > 1 { GRACE.min(wait / 4) } else { Duration::ZERO };
        loop {
            let spares = deadline.waited() >= grace;
            let slice = if spares {
                SLICE
            } else {
                grace.saturating_sub(deadline.waited())
            };
            request["ms"] = json!(slice.min(deadline.left()).as_millis());
            request["spares"] = json!(spares);
            request["frame"] = json!(self.frame);
            match self.ask(&request).await? {
                Answer::Got(value) => return Ok(value),
                Answer::Failed(failure) if spares && deadline.is_over() => {
                    return Err(failure.into_error(looked_for.to_owned(), deadline.waited()));
                }
                Answer::Failed(_) => {}
            }
        }
    }

    /// Finds an element that is ready for its purpose.
    pub(super) async fn find<T: DeserializeOwned>(
        &mut self,
        target: &Target,
        purpose: Purpose,
        wait: Duration,
    ) -> Result<T, BrowserError> {
        let private = purpose == Purpose::Control(Privacy::Private);
        let request = json!({ "op": "find", "target": target, "purpose": purpose.name(), "private": private });
        self.ask_until(&target.wanted(), request, wait).await
    }

    /// WebDriver's reference to a registered element; the driver then stands in the element's frame.
    pub(super) async fn element(&mut self, handle: &Handle) -> Result<WebElement, WebDriverError> {
        self.leave_frames().await?;
        if let Some(reference) = &handle.element {
            return WebElement::from_json(reference.clone(), self.driver.handle().clone());
        }
        for index in &handle.path {
            self.in_frame = true;
            self.driver.enter_frame(*index).await?;
        }
        let fetched = self.driver.execute(FETCH, vec![json!(handle.id)]).await?;
        if fetched.json().is_null() {
            return Err(no_such_element("the page was replaced".to_owned()));
        }
        fetched.element()
    }

    /// Back to the top document, where every question starts.
    pub(super) async fn leave_frames(&mut self) -> Result<(), WebDriverError> {
        if self.in_frame {
            self.driver.enter_default_frame().await?;
            self.in_frame = false;
        }
        Ok(())
    }
}

/// Whether the document has no library.
fn is_absent(reply: &Value) -> bool {
    reply.get("state").and_then(Value::as_str) == Some("absent")
}
