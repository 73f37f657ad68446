//! Why a step failed.

mod browser;
mod file;

use crate::drivers::browser::BrowserError;
use crate::drivers::files::FileError;
use crate::drivers::plugin::{self, PluginError};
use crate::events::{Cause, Failure};
use crate::text::{Message, codes, refusal};
use crate::value::{Class, ConvertError};

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// It looked, and the page does not show what it asked for: the step's `else` is done, if there is one.
    #[error("the page does not show it")]
    NotMet(Box<Message>),
    /// The browser.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The arguments, now that the expressions have values.
    #[error(transparent)]
    Arguments(#[from] super::DecodeError),
    /// The data do not allow it; trying again does not help.
    #[error("{0:?}")]
    Business(Box<Message>),
    /// A plugin says that it could not do its work.
    #[error("{0:?}")]
    Unable(Box<Message>),
    /// A plugin that broke down, took too long or broke its word.
    #[error("{step}: {error}")]
    Plugin {
        /// The step.
        step: String,
        /// What happened.
        error: PluginError,
    },
    /// A host, folder or secret that was not granted.
    #[error("{0:?}")]
    Forbidden(Box<Message>),
}

impl StepError {
    /// The failure as people are told of it. What the scenario looked for stands in it as it is: where that came from a
    /// row, [`crate::events::mask::hide`] takes it out.
    pub fn failure(&self) -> Failure {
        let said = |cause, message: &Message| Failure {
            cause,
            message: message.clone(),
            page_says: None,
        };
        match self {
            StepError::NotMet(message) => said(Cause::Page, message),
            StepError::Business(message) => said(Cause::Data, message),
            StepError::Forbidden(message) => said(Cause::Permission, message),
            StepError::Unable(message) => said(Cause::Environment, message),
            StepError::Plugin { step, error } => said(Cause::Environment, &plugin_trouble(step, error)),
            StepError::Browser(error) => Failure {
                page_says: browser::page_words(error),
                ..said(browser::cause(error), &browser::message(error))
            },
            StepError::File(error) => said(file::cause(error), &file::message(error)),
            StepError::Arguments(error) => {
                let message = Message::new(codes::ARGUMENTS_WRONG).with("path", &error.path);
                said(
                    Cause::Data,
                    &message.with_classed("problem", &error.problem, Class::Personal),
                )
            }
        }
    }

    /// Whether trying again, perhaps in a fresh session, may help.
    pub fn retryable(&self) -> bool {
        match self {
            StepError::Browser(error) => !matches!(
                error,
                BrowserError::DriverMissing { .. }
                    | BrowserError::BrowserMissing { .. }
                    | BrowserError::VersionMismatch { .. }
                    | BrowserError::NotEnded { .. }
                    | BrowserError::NoOption { .. }
                    | BrowserError::UnknownKey { .. }
                    | BrowserError::Selector { .. }
                    | BrowserError::Strange { .. }
            ),
            StepError::File(error) => error.may_pass(),
            // A fresh instance may fare better; one that remembers things is gone.
            StepError::Unable(_) => true,
            StepError::Plugin { error, .. } => matches!(error, PluginError::TooLong { .. } | PluginError::Memory),
            StepError::NotMet(_) | StepError::Arguments(_) | StepError::Business(_) | StepError::Forbidden(_) => false,
        }
    }

    /// Whether what it was to act on was not there, or not ready: it did nothing.
    pub fn missed(&self) -> bool {
        use BrowserError::{Ambiguous, NotFound, NotReady};
        matches!(
            self,
            StepError::Browser(NotFound { .. } | Ambiguous { .. } | NotReady { .. })
        )
    }

    /// Whether the browser session is gone.
    pub fn session_lost(&self) -> bool {
        matches!(self, StepError::Browser(error) if error.is_session_dead())
    }
}

/// Why a value does not fit its type, itself told as its class allows.
pub fn refused_value(error: &ConvertError, class: Class) -> Message {
    refusal(&error.text, class.max(Class::Personal), &error.cause)
}

/// A cell, or a value read from a page, that is not of its type.
pub fn refused_cell(column: &str, error: &ConvertError) -> Message {
    let why = refusal(&error.text, error.wanted.class().max(Class::Personal), &error.cause);
    Message::new(codes::CELL_REFUSED)
        .with("column", column)
        .with_said("said", why)
}

/// What is the matter with a plugin or one of its functions (`name`).
pub(super) fn plugin_trouble(name: &str, error: &PluginError) -> Message {
    let about = |code| Message::new(code).with("name", name);
    let said = |code, words: &str| about(code).with("said", words);
    match error {
        PluginError::File { path, detail } => said(codes::PLUGIN_FILE, detail).with("path", path.display().to_string()),
        PluginError::TooLarge { bytes } => {
            about(codes::PLUGIN_LARGE).with_int("bytes", i64::try_from(*bytes).unwrap_or(i64::MAX))
        }
        PluginError::NoScriptEngine => about(codes::PLUGIN_NO_ENGINE),
        PluginError::Sandbox { detail } => said(codes::PLUGIN_SANDBOX, detail),
        PluginError::NotAPlugin { detail } => said(codes::PLUGIN_NONE, detail),
        PluginError::Broken { said: words } => said(codes::PLUGIN_BROKEN, words),
        PluginError::Nonsense { problem } => said(codes::PLUGIN_NONSENSE, problem),
        PluginError::TooLong { seconds, progress } => {
            let message = about(codes::PLUGIN_SLOW).with_int("seconds", i64::try_from(*seconds).unwrap_or(i64::MAX));
            match progress {
                Some((done, total)) => message.with("far", format!("{done}/{total}")),
                None => message,
            }
        }
        PluginError::Memory => {
            about(codes::PLUGIN_MEMORY).with_int("megabytes", i64::try_from(plugin::MEMORY >> 20).unwrap_or(i64::MAX))
        }
        PluginError::Depth => about(codes::PLUGIN_DEPTH),
        PluginError::Crashed { said: words } => said(codes::PLUGIN_CRASHED, words),
        PluginError::Output => {
            about(codes::PLUGIN_OUTPUT).with_int("megabytes", i64::try_from(plugin::OUTPUT >> 20).unwrap_or(i64::MAX))
        }
        PluginError::Answer { problem } => said(codes::PLUGIN_ANSWER, problem),
        PluginError::Lost => about(codes::PLUGIN_LOST),
    }
}

/// Several names in one sentence; the brackets around them stand in the catalogue.
fn listed(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join("」「"))
}

#[cfg(test)]
mod tests;
