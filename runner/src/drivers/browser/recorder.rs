//! Hearing what a person does in the browser: raw actions, in the order in which they happened.

use axum::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::WebDriverError;
use thirtyfour::{RequestData, SessionId, WindowHandle};

use super::describe::{FieldKind, ThingKind, Way};
use super::error::{BrowserError, is_passing};
use super::session::Session;

/// Something that a person did, or that came of it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Recorded {
    /// The window, from 0 in the order in which they opened.
    pub window: usize,
    /// When, in milliseconds of the page's clock.
    pub at: f64,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What a person did, or what came of it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// A page arrived.
    Page {
        /// Its address.
        url: String,
        /// Its title.
        title: String,
        /// Its own heading.
        heading: String,
        /// `navigate`, `reload` or `back_forward`.
        how: String,
        /// Whether another page led there.
        from: bool,
        /// The headings whose values it shows.
        values: Vec<String>,
        /// Sentences that say that something was done.
        notices: Vec<String>,
    },
    /// A field was filled.
    Fill {
        /// Ways to it.
        ways: Vec<Way>,
        /// Its heading.
        name: String,
        /// What it takes.
        field: FieldKind,
        /// What it holds now; of a password nothing.
        value: String,
    },
    /// Something was pressed.
    Click {
        /// Ways to it.
        ways: Vec<Way>,
        /// Its words.
        name: String,
        /// What it is.
        kind: ThingKind,
        /// Whether a key did it.
        by_key: bool,
        /// The page's own heading before.
        #[serde(default)]
        heading: String,
        /// The headings whose values the page showed before.
        #[serde(default)]
        values: Vec<String>,
        /// Sentences of the page before that said that something was done.
        #[serde(default)]
        notices: Vec<String>,
        /// Fields that the page had filled by itself.
        #[serde(default)]
        filled_by_page: Vec<String>,
    },
    /// A key was pressed.
    Key {
        /// Its name, as `browser.press` has it.
        key: String,
    },
    /// A dialog was answered.
    Dialog {
        /// What it said.
        text: String,
        /// OK, or キャンセル.
        accepted: bool,
        /// What was typed into it.
        typed: String,
    },
    /// What the page shows now: a frame of it has changed, or the recording ends.
    Shown {
        /// The page's own heading.
        heading: String,
        /// The headings whose values it shows.
        values: Vec<String>,
        /// Sentences that say that something was done.
        notices: Vec<String>,
    },
}

/// What a recording has seen so far.
#[derive(Debug)]
pub struct Recorder {
    mark: String,
    windows: Vec<WindowHandle>,
    prepared: Vec<WindowHandle>,
}

/// The library and the listener as one script; the settings stand behind it.
const SCRIPT: [&str; 2] = [
    concat!(
        "(() => { const here = globalThis; if (here[Symbol.for('yakin.recorder')]) return; ",
        "let top = here; try { if (here.top.document) top = here.top; } catch { top = here; } ",
        "((window, document, location) => {\n",
        include_str!("page/text.js"),
        include_str!("page/view.js"),
        include_str!("page/find.js"),
        include_str!("page/read.js"),
        include_str!("page/ready.js"),
        include_str!("page/fill.js"),
        include_str!("page/personal.js"),
        include_str!("page/ways.js"),
        include_str!("page/describe.js"),
        include_str!("page/record.js"),
        "record(here, ",
    ),
    "); })(top, top.document, top.location); })();",
];

/// Tells the end from the page that is open.
const END: &str = "window[Symbol.for('yakin.recorder.end')]?.();";

/// A command that the library does not name.
#[derive(Debug)]
struct Extra {
    path: &'static str,
    body: Value,
}

impl FormatRequestData for Extra {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("/session/{session}/{}", self.path)).add_body(self.body.clone())
    }
}

/// A line of the browser's console.
#[derive(Deserialize)]
struct LogLine {
    message: String,
}

impl Session {
    /// Begins to hear what is done. The session must have been started with [`super::BrowserSpec::hear`]. `mark` tells our lines
    /// in the console from the page's own; nobody may guess it.
    ///
    /// # Errors
    /// As for every command.
    pub async fn record(&mut self, mark: &str) -> Result<Recorder, BrowserError> {
        let mut recorder = Recorder {
            mark: format!("yakin {mark} "),
            windows: Vec::new(),
            prepared: Vec::new(),
        };
        self.prepare_windows(&mut recorder).await?;
        Ok(recorder)
    }

    /// What was done since the last call, in its order. An open dialog is no trouble.
    ///
    /// # Errors
    /// [`BrowserError::SessionLost`] and [`BrowserError::DriverLost`] when the browser is closed: then the recording is over.
    pub async fn recorded(&mut self, recorder: &mut Recorder) -> Result<Vec<Recorded>, BrowserError> {
        if self.driver.windows().await?.is_empty() {
            return Err(BrowserError::SessionLost);
        }
        match self.prepare_windows(recorder).await {
            // The next call prepares what this one could not.
            Ok(()) | Err(BrowserError::DialogOpen { .. }) => {}
            Err(error) => return Err(error),
        }
        let command = Extra {
            path: "se/log",
            body: json!({ "type": "browser" }),
        };
        let lines: Vec<LogLine> = match self.driver.handle().cmd(command).await.and_then(|reply| reply.value()) {
            Ok(lines) => lines,
            Err(error) if is_gone(&error) || is_passing(&error) => {
                self.return_to_open_window().await?;
                Vec::new()
            }
            Err(error) => return Err(error.into()),
        };
        let mut heard: Vec<Recorded> = lines
            .iter()
            .filter_map(|line| read(&line.message, &recorder.mark))
            .collect();
        heard.sort_by(|one, other| one.at.total_cmp(&other.at));
        Ok(heard)
    }

    /// Lets the page tell what it shows at the end; [`Session::recorded`] then returns it.
    ///
    /// # Errors
    /// As for every command.
    pub async fn end_of_recording(&mut self) -> Result<(), BrowserError> {
        self.leave_frames().await?;
        self.driver.execute(END, Vec::new()).await?;
        Ok(())
    }

    /// Puts the listener into every window that has none. The driver then stands where it stood.
    async fn prepare_windows(&mut self, recorder: &mut Recorder) -> Result<(), BrowserError> {
        let open = self.driver.windows().await?;
        let fresh: Vec<WindowHandle> = open
            .iter()
            .filter(|handle| !recorder.prepared.contains(handle))
            .cloned()
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        for handle in fresh {
            if !recorder.windows.contains(&handle) {
                recorder.windows.push(handle.clone());
            }
            let number = recorder
                .windows
                .iter()
                .position(|known| *known == handle)
                .unwrap_or_default();
            match self.prepare_window(&handle, number, &recorder.mark).await {
                Ok(()) => recorder.prepared.push(handle),
                // It is gone again.
                Err(error) if is_gone(&error) => recorder.prepared.push(handle),
                Err(error) => {
                    self.return_to_open_window().await?;
                    return Err(error.into());
                }
            }
        }
        Ok(self.return_to_open_window().await?)
    }

    async fn prepare_window(&mut self, handle: &WindowHandle, number: usize, mark: &str) -> Result<(), WebDriverError> {
        let settings = json!({ "mark": mark, "window": number, "origins": self.origins }).to_string();
        let source = SCRIPT.join(&settings);
        self.in_frame = false;
        self.driver.switch_to_window(handle.clone()).await?;
        let command = Extra {
            path: "goog/cdp/execute",
            body: json!({ "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": { "source": source.clone() } }),
        };
        self.driver.handle().cmd(command).await?;
        self.driver.execute(source, Vec::new()).await?;
        Ok(())
    }
}

/// Whether the window that a command was for is closed.
fn is_gone(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::NoSuchWindow(_))
}

/// An action in a line of the console: `http://…/new 12:34 "yakin 1f… {\"act\":…}"`.
fn read(line: &str, mark: &str) -> Option<Recorded> {
    let quoted = line.get(line.find(&format!("\"{mark}"))?..)?;
    let text: String = serde_json::from_str(quoted).ok()?;
    serde_json::from_str(text.strip_prefix(mark)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_with_our_mark_are_actions() {
        let told = r#"http://127.0.0.1/new 12:3 "yakin 1f {\"window\":1,\"at\":5,\"act\":\"key\",\"key\":\"F1\"}""#;
        let expected = Recorded {
            window: 1,
            at: 5.0,
            act: Act::Key { key: "F1".to_owned() },
        };
        assert_eq!(read(told, "yakin 1f "), Some(expected));
        assert_eq!(read(told, "yakin 2a "), None);
        assert_eq!(read("console-api 1:1 \"yakin 1f {}\"", "yakin 1f "), None);
    }
}
