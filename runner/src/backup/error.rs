//! Why a backup could not be made or restored, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::history::StoreError;
use crate::ports::PortError;
use crate::text::{Message, codes};

/// Why a backup could not be made or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is there already.
    #[error("{path} exists")]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{path} cannot be used")]
    File {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// Not a backup, or only part of one.
    #[error("{path} is no whole backup: {detail}")]
    NotWhole {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// A file in it is not the one that was backed up.
    #[error("{part} in {path} was changed")]
    Changed {
        /// The backup.
        path: PathBuf,
        /// The file in it.
        part: String,
    },
    /// A newer program made it.
    #[error("{path} was made by yakin {program}")]
    Newer {
        /// The backup.
        path: PathBuf,
        /// The program's version.
        program: String,
    },
    /// No key fits.
    #[error("no key for {path}")]
    NoKey {
        /// The backup.
        path: PathBuf,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    /// What to tell a person.
    pub fn message(&self) -> Message {
        let about = |code, path: &Path| Message::new(code).with("path", path.display().to_string());
        match self {
            BackupError::Exists { path } => about(codes::BACKUP_THERE, path),
            BackupError::File { path, source } => about(codes::STORE_FILE, path).with("detail", source.to_string()),
            BackupError::NotWhole { path, detail } => about(codes::BACKUP_NOT_WHOLE, path).with("detail", detail),
            BackupError::Changed { path, part } => about(codes::BACKUP_CHANGED, path).with("part", part),
            BackupError::Newer { path, program } => about(codes::BACKUP_NEWER, path).with("program", program),
            BackupError::NoKey { path } => about(codes::BACKUP_NO_KEY, path),
            BackupError::Store(error) => error.message(),
        }
    }
}

impl From<PortError> for BackupError {
    fn from(error: PortError) -> Self {
        BackupError::Store(error.into())
    }
}

/// Names the file that an action of the system was about.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> Result<T, BackupError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, BackupError> {
        self.map_err(|source| BackupError::File {
            path: path.to_owned(),
            source,
        })
    }
}
