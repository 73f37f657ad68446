//! Why a step failed.

use crate::drivers::browser::BrowserError;
use crate::drivers::files::FileError;
use crate::text::Message;

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
    /// A host, folder or secret that was not granted.
    #[error("{0:?}")]
    Forbidden(Box<Message>),
}
