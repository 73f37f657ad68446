//! Why a kit cannot be made or read.

use std::io;
use std::path::PathBuf;

use crate::text::{Message, codes};

/// Why a kit cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// A file that must not leave an office.
    #[error("{path} must not be packed")]
    Refused {
        /// Which.
        path: PathBuf,
    },
    /// There is no driver to pack.
    #[error("no driver")]
    NoDriver,
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// What is to be read is no kit.
    #[error("{path} is no kit: {detail}")]
    NotAKit {
        /// Which.
        path: PathBuf,
        /// Why.
        detail: String,
    },
}

impl KitError {
    /// What to tell a person.
    pub fn message(&self) -> Message {
        match self {
            KitError::Refused { path } => Message::new(codes::KIT_REFUSED).with("path", path.display().to_string()),
            KitError::NoDriver => Message::new(codes::KIT_NO_DRIVER),
            KitError::File { path, source } => Message::new(codes::FILE_TROUBLE_AT)
                .with("path", path.display().to_string())
                .with_said(
                    "cause",
                    Message::new(codes::IO_OTHER).with("detail", source.to_string()),
                ),
            KitError::NotAKit { path, detail } => Message::new(codes::KIT_UNREADABLE)
                .with("path", path.display().to_string())
                .with("detail", detail.clone()),
        }
    }
}

/// Names the file that an action of the system was about.
pub(super) trait At<T> {
    fn at(self, path: impl Into<PathBuf>) -> Result<T, KitError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: impl Into<PathBuf>) -> Result<T, KitError> {
        self.map_err(|source| KitError::File {
            path: path.into(),
            source,
        })
    }
}
