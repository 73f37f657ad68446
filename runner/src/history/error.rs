//! Why the store could not be opened, and what to do about it.

use std::path::PathBuf;

use crate::ports::PortError;
use crate::text::{Message, codes};

/// Why the store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Its thread or runtime could not be started.
    #[error("the store's thread could not be started")]
    Thread {
        /// The system's words.
        source: std::io::Error,
    },
    /// A file or folder of the store cannot be made, read or written.
    #[error("{path} cannot be used")]
    File {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// A path that is not Unicode text.
    #[error("{path} is not a Unicode path")]
    Path {
        /// Which.
        path: PathBuf,
    },
    /// The database does not answer.
    #[error("the database cannot be opened: {source}")]
    Unreachable {
        /// The library's words.
        source: sqlx::Error,
    },
    /// An SQLite that is known to lose data.
    #[error("SQLite {version} is too old")]
    OldSqlite {
        /// Its version.
        version: String,
    },
    /// A newer program wrote this database.
    #[error("the database has schema {found}, this program knows {known}")]
    NewerSchema {
        /// The database's schema.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// A migration that was applied is not the one of this program.
    #[error("migration {version} is not the one that was applied")]
    OtherSchema {
        /// Its number.
        version: i64,
    },
    /// The database was sealed with an office key that is not here.
    #[error("the office key {path} is missing")]
    KeyMissing {
        /// Where it is looked for.
        path: PathBuf,
    },
    /// The office key is not the one that the database was sealed with, or no key at all.
    #[error("the office key {path} does not fit the database")]
    WrongKey {
        /// Where it stands.
        path: PathBuf,
    },
    /// A restore was broken off: what is here is not whole.
    #[error("a restore was broken off: {path}")]
    Restoring {
        /// What says so.
        path: PathBuf,
    },
    /// The machine gave no random numbers for a new key.
    #[error("no random numbers")]
    Random,
    /// The database failed after it was opened.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl StoreError {
    /// What to tell a person.
    pub fn message(&self) -> Message {
        match self {
            StoreError::Thread { source } => Message::new(codes::STORE_FAILED).with("detail", source.to_string()),
            StoreError::File { path, source } => Message::new(codes::STORE_FILE)
                .with("path", path.display().to_string())
                .with("detail", source.to_string()),
            StoreError::Path { path } => Message::new(codes::STORE_PATH).with("path", path.display().to_string()),
            StoreError::Unreachable { source } => {
                Message::new(codes::STORE_UNREACHABLE).with("detail", source.to_string())
            }
            StoreError::OldSqlite { version } => Message::new(codes::STORE_OLD_SQLITE).with("version", version),
            StoreError::NewerSchema { found, known } => Message::new(codes::STORE_NEWER)
                .with_int("found", *found)
                .with_int("known", *known),
            StoreError::OtherSchema { version } => {
                Message::new(codes::STORE_OTHER_SCHEMA).with_int("version", *version)
            }
            StoreError::KeyMissing { path } => {
                Message::new(codes::KEY_MISSING).with("path", path.display().to_string())
            }
            StoreError::WrongKey { path } => Message::new(codes::KEY_WRONG).with("path", path.display().to_string()),
            StoreError::Restoring { path } => {
                Message::new(codes::STORE_RESTORING).with("path", path.display().to_string())
            }
            StoreError::Random => Message::new(codes::KEY_RANDOM),
            StoreError::Port(error) => error.message(),
        }
    }
}
