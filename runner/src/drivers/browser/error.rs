//! What can go wrong with a browser, as data. Sentences for people are made elsewhere.

use std::path::PathBuf;
use std::time::Duration;

use thirtyfour::error::{WebDriverErrorInfo, WebDriverErrorInner};
use thirtyfour::prelude::WebDriverError;

/// Why an element is there but cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReady {
    /// It is not shown.
    Hidden,
    /// It is greyed out.
    Disabled,
    /// It cannot be written to.
    ReadOnly,
    /// It did not come to rest.
    Moving,
    /// Something lies over it: what that says, or its tag.
    Covered(String),
}

/// What took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimedOut {
    /// A page did not finish loading.
    PageLoad,
    /// The page did not let our script finish.
    Script,
}

/// What the page offers when something is not found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Up to five names of buttons, links and headings that are there and similar, the most similar first.
    pub near: Vec<String>,
    /// Up to twelve other headings of fields, values and columns that are there; none where a button or link was looked for.
    pub fields: Vec<String>,
    /// The page's title.
    pub title: String,
    /// The page's address.
    pub url: String,
    /// Up to three of the page's own lines that sound like an error.
    pub page_says: Vec<String>,
}

/// All failures of this driver.
#[expect(missing_docs, reason = "each variant's sentence says what its fields are")]
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The driver program does not exist.
    #[error("driver program not found: {}", program.display())]
    DriverMissing { program: PathBuf },
    /// The driver found no browser to start.
    #[error("browser program not found: {detail}")]
    BrowserMissing { detail: String },
    /// The driver or the browser did not start.
    #[error("driver did not start: {detail}")]
    DriverStart { detail: String },
    /// The driver is made for another version of the browser.
    #[error("driver is for version {driver}, browser has version {browser}")]
    VersionMismatch { browser: String, driver: String },
    /// The browser has ended.
    #[error("the browser session is gone")]
    SessionLost,
    /// The driver does not answer any more.
    #[error("the driver is gone: {detail}")]
    DriverLost { detail: String },
    /// The address could not be loaded; `code` is Chromium's name such as `ERR_CONNECTION_REFUSED`.
    #[error("{url} is unreachable: {code}")]
    Unreachable { url: String, code: String },
    /// The page is not of an origin that the session was told to keep to.
    #[error("the page is of {origin}")]
    Strange { origin: String },
    /// Nothing like it is shown.
    #[error("not found: {looked_for}")]
    NotFound {
        looked_for: String,
        around: Box<Surroundings>,
        waited: Duration,
    },
    /// Several things fit equally well.
    #[error("ambiguous: {looked_for}")]
    Ambiguous {
        looked_for: String,
        candidates: Vec<String>,
    },
    /// It is there but cannot be used.
    #[error("not ready: {looked_for} ({reason:?})")]
    NotReady {
        looked_for: String,
        reason: NotReady,
        waited: Duration,
    },
    /// The page does not hold what was typed, even after typing it key by key. Lengths are in UTF-16 units.
    #[error("field {field} does not hold its value ({held_len} of {wanted_len})")]
    NotHeld {
        field: String,
        wanted_len: usize,
        held_len: usize,
    },
    /// A list, or a set of boxes, has no such entry.
    #[error("field {field} has no such option")]
    NoOption {
        field: String,
        wanted: String,
        options: Vec<String>,
    },
    /// A dialog that nobody asked for is open.
    #[error("a dialog is open")]
    DialogOpen { text: String },
    /// No dialog came.
    #[error("no dialog is open")]
    NoDialog,
    /// No such window came.
    #[error("no such window: {looked_for}")]
    NoWindow { looked_for: String, titles: Vec<String> },
    /// The page took too long; what was asked of it may have happened.
    #[error("timeout: {what:?}")]
    Timeout { what: TimedOut },
    /// A key's name is not known.
    #[error("no such key: {name}")]
    UnknownKey { name: String },
    /// The page's own scripts, or what the page is, broke ours.
    #[error("script failed in the page: {detail}")]
    Script { detail: String },
    /// A CSS selector or an XPath that is none.
    #[error("not a selector: {detail}")]
    Selector { detail: String },
    /// The picture could not be masked for certain, so it was thrown away.
    #[error("the picture could not be masked")]
    NotMasked,
    /// The driver answered something unforeseen.
    #[error("webdriver: {detail}")]
    Protocol { detail: String },
    /// A process of ours outlived being killed: nothing may be taken for certain about what it still does.
    #[error("process {pid} did not end")]
    NotEnded { pid: u32 },
    /// A file or folder of the browser's profile failed.
    #[error("browser profile {}: {source}", path.display())]
    Profile { path: PathBuf, source: std::io::Error },
}

impl BrowserError {
    /// Whether the session is lost: only a new one can go on.
    pub fn is_session_dead(&self) -> bool {
        matches!(
            self,
            Self::DriverMissing { .. }
                | Self::BrowserMissing { .. }
                | Self::DriverStart { .. }
                | Self::VersionMismatch { .. }
                | Self::SessionLost
                | Self::DriverLost { .. }
        )
    }
}

impl From<WebDriverError> for BrowserError {
    fn from(error: WebDriverError) -> Self {
        use WebDriverErrorInner as E;
        match error.into_inner() {
            E::InvalidSessionId(_) => Self::SessionLost,
            E::HttpError(detail) | E::RequestFailed(detail) => Self::DriverLost { detail: strip(&detail) },
            E::IoError(io) => Self::DriverLost { detail: io.to_string() },
            E::UnexpectedAlertOpen(info) => Self::DialogOpen {
                text: dialog_text(&info),
            },
            E::NoSuchAlert(_) => Self::NoDialog,
            E::NoSuchWindow(_) => Self::NoWindow {
                looked_for: String::new(),
                titles: Vec::new(),
            },
            E::WebDriverTimeout(_) => Self::Timeout {
                what: TimedOut::PageLoad,
            },
            E::ScriptTimeout(_) => Self::Timeout { what: TimedOut::Script },
            E::JavascriptError(info) => Self::Script { detail: message(&info) },
            E::InvalidSelector(info) => Self::Selector { detail: message(&info) },
            E::SessionNotCreated(info) => not_created(&message(&info)),
            E::UnknownError(info) => unknown(&message(&info)),
            E::NotInSpec(info)
            | E::ElementClickIntercepted(info)
            | E::ElementNotInteractable(info)
            | E::InvalidArgument(info)
            | E::InvalidElementState(info)
            | E::MoveTargetOutOfBounds(info)
            | E::NoSuchElement(info)
            | E::NoSuchFrame(info)
            | E::StaleElementReference(info)
            | E::UnableToCaptureScreen(info)
            | E::UnknownCommand(info)
            | E::UnsupportedOperation(info) => Self::Protocol { detail: message(&info) },
            other => Self::Protocol {
                detail: strip(&other.to_string()),
            },
        }
    }
}

/// The driver's sentence without the stack trace and build notes that it appends.
fn strip(text: &str) -> String {
    let end = ["\nStacktrace:", "\n  (Session info", "\n(Session info", "\nBuild info:"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min();
    let text = end.map_or(text, |end| text.get(..end).unwrap_or(text));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn message(info: &WebDriverErrorInfo) -> String {
    strip(&info.value.message)
}

/// The driver gives the text as data (WebDriver §16, "unexpected alert open"), older ones only in the message.
fn dialog_text(info: &WebDriverErrorInfo) -> String {
    let data = info
        .value
        .data
        .as_ref()
        .and_then(|data| data.get("text"))
        .and_then(|text| text.as_str());
    match data {
        Some(text) => text.to_owned(),
        None => {
            let rest = info.value.message.split_once("{Alert text : ").map(|(_, rest)| rest);
            rest.and_then(|rest| rest.rsplit_once('}'))
                .map(|(text, _)| text.to_owned())
                .unwrap_or_default()
        }
    }
}

fn not_created(message: &str) -> BrowserError {
    let word_after = |mark: &str| {
        let rest = message.split_once(mark)?.1.trim_start();
        rest.split_whitespace().next().map(str::to_owned)
    };
    if let (Some(driver), Some(browser)) = (
        word_after("only supports Chrome version"),
        word_after("browser version is"),
    ) {
        return BrowserError::VersionMismatch { browser, driver };
    }
    if message.contains("cannot find") || message.contains("no chrome binary") {
        return BrowserError::BrowserMissing {
            detail: message.to_owned(),
        };
    }
    BrowserError::DriverStart {
        detail: message.to_owned(),
    }
}

/// Chromium's network failures and the end of the browser arrive as "unknown error" with the fact in the text.
fn unknown(message: &str) -> BrowserError {
    if let Some((_, code)) = message.split_once("net::") {
        let code = code
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .next()
            .unwrap_or_default();
        return BrowserError::Unreachable {
            url: String::new(),
            code: code.to_owned(),
        };
    }
    if ["cannot find", "no chrome binary"]
        .iter()
        .any(|mark| message.contains(mark))
    {
        return BrowserError::BrowserMissing {
            detail: message.to_owned(),
        };
    }
    if [
        "disconnected",
        "not connected to DevTools",
        "chrome not reachable",
        "session deleted",
    ]
    .iter()
    .any(|mark| message.contains(mark))
    {
        return BrowserError::SessionLost;
    }
    BrowserError::Protocol {
        detail: message.to_owned(),
    }
}

/// Whether a failed command may be repeated at once because the page was changing under it and nothing had been done yet.
pub(super) fn is_passing(error: &WebDriverError) -> bool {
    use WebDriverErrorInner as E;
    match error.as_inner() {
        E::StaleElementReference(_)
        | E::NoSuchElement(_)
        | E::NoSuchFrame(_)
        | E::ElementClickIntercepted(_)
        | E::ElementNotInteractable(_)
        | E::MoveTargetOutOfBounds(_) => true,
        // Also said at once when the document goes away under a script; a true one comes after every deadline.
        E::ScriptTimeout(_) => true,
        E::JavascriptError(info) | E::UnknownError(info) => {
            let text = &info.value.message;
            [
                "unloaded",
                "navigat",
                "Cannot find context",
                "Execution context",
                "no execution context",
            ]
            .iter()
            .any(|mark| text.contains(mark))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(error: &str, message: &str) -> BrowserError {
        let body =
            serde_json::json!({ "value": { "error": error, "message": message, "stacktrace": "#0 0x5581 <unknown>" } });
        WebDriverError::parse(500, body.to_string()).into()
    }

    #[test]
    fn a_wrong_driver_names_both_versions() {
        let text = "session not created: This version of ChromeDriver only supports Chrome version 155\nCurrent browser version is 156.0.8078.79 with binary path /usr/bin/chromium";
        let BrowserError::VersionMismatch { browser, driver } = answer("session not created", text) else {
            panic!("another error")
        };
        assert_eq!((browser.as_str(), driver.as_str()), ("156.0.8078.79", "155"));
    }

    #[test]
    fn a_network_failure_keeps_its_code_and_nothing_else() {
        let text =
            "unknown error: net::ERR_CONNECTION_REFUSED\n  (Session info: chrome=156.0.8078.79)\nStacktrace:\n#0";
        let BrowserError::Unreachable { code, .. } = answer("unknown error", text) else {
            panic!("another error")
        };
        assert_eq!(code, "ERR_CONNECTION_REFUSED");
    }

    #[test]
    fn stack_traces_are_cut_off() {
        let BrowserError::Protocol { detail } = answer("unsupported operation", "no such thing\nStacktrace:\n#0 0x55")
        else {
            panic!("another error")
        };
        assert!(!detail.contains("0x55"), "{detail}");
    }

    #[test]
    fn a_dialog_gives_its_text() {
        let BrowserError::DialogOpen { text } = answer(
            "unexpected alert open",
            "unexpected alert open: {Alert text : 登録しますか？}",
        ) else {
            panic!("another error")
        };
        assert_eq!(text, "登録しますか？");
    }

    #[test]
    fn only_losses_end_the_session() {
        assert!(answer("invalid session id", "").is_session_dead());
        assert!(answer("unknown error", "disconnected: not connected to DevTools").is_session_dead());
        assert!(!answer("no such alert", "no such alert").is_session_dead());
    }
}
