//! Why a plugin could not be used, or gave no answer.

use std::io;
use std::path::PathBuf;

/// What went wrong with a plugin. Its own refusals are no errors of this kind ([`super::Outcome`]).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PluginError {
    /// A file cannot be read.
    #[error("{}: {detail}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// It is larger than [`super::LARGEST`].
    #[error("{} bytes are too many", bytes)]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The engine for scripts is not there.
    #[error("the script engine is missing")]
    NoScriptEngine,
    /// The sandbox cannot be made on this machine.
    #[error("the sandbox cannot be made: {detail}")]
    Sandbox {
        /// Its words.
        detail: String,
    },
    /// The file is no component that fulfils the contract.
    #[error("not a plugin: {detail}")]
    NotAPlugin {
        /// What is missing or too much.
        detail: String,
    },
    /// It says itself why it cannot be used: a script with a mistake.
    #[error("{said}")]
    Broken {
        /// Its words.
        said: String,
    },
    /// What it says of itself makes no sense.
    #[error("its description makes no sense: {problem}")]
    Nonsense {
        /// What does not.
        problem: String,
    },
    /// It took longer than it may.
    #[error("no answer within {seconds} s")]
    TooLong {
        /// The limit.
        seconds: u64,
        /// How far it said it was: done, of how many.
        progress: Option<(u32, u32)>,
    },
    /// It wanted more memory than it may have.
    #[error("too much memory")]
    Memory,
    /// It called itself too often.
    #[error("too deep a recursion")]
    Depth,
    /// It broke down.
    #[error("it broke down: {said}")]
    Crashed {
        /// Its last words, if it had any.
        said: String,
    },
    /// Its answer is larger than [`super::OUTPUT`].
    #[error("too large an answer")]
    Output,
    /// Its answer is not what it had promised.
    #[error("its answer is not what it promised: {problem}")]
    Answer {
        /// Where and what.
        problem: String,
    },
    /// It remembers things for a whole run, and broke down earlier in this one.
    #[error("what it remembered is lost")]
    Lost,
}

impl PluginError {
    pub(super) fn file(path: impl Into<PathBuf>, error: &io::Error) -> PluginError {
        PluginError::File {
            path: path.into(),
            detail: error.to_string(),
        }
    }
}
