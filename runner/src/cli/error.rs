//! Why a command could not do its work.

use std::io::ErrorKind;
use std::path::Path;

use crate::drivers::browser::BrowserError;
use crate::history::StoreError;
use crate::ports::PortError;
use crate::steps::StepError;
use crate::text::{Message, codes};

use super::exit;

/// A command's failure: what to say, and the exit code.
#[derive(Debug)]
pub(super) struct CliError {
    pub(super) message: Message,
    pub(super) exit: u8,
}

impl CliError {
    /// Wrong usage or a scenario with mistakes.
    pub(super) fn usage(message: Message) -> CliError {
        CliError {
            message,
            exit: exit::USAGE,
        }
    }

    /// This machine, the store or the other system.
    pub(super) fn failed(message: Message) -> CliError {
        CliError {
            message,
            exit: exit::FAILED,
        }
    }
}

impl From<PortError> for CliError {
    fn from(error: PortError) -> Self {
        let exit = match error {
            PortError::Taken { .. } | PortError::Busy { .. } | PortError::Fenced => exit::TAKEN,
            PortError::Transition(_) | PortError::SameReceipt { .. } | PortError::SameKey { .. } => exit::INTERNAL,
            PortError::Store { .. }
            | PortError::Full
            | PortError::Sealed
            | PortError::Restored { .. }
            | PortError::Resting { .. } => exit::FAILED,
        };
        CliError {
            message: error.message(),
            exit,
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        CliError::failed(error.message())
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        CliError::failed(Message::new(codes::FILE_TROUBLE).with_said("cause", said(&error)))
    }
}

impl From<BrowserError> for CliError {
    fn from(error: BrowserError) -> Self {
        CliError::failed(StepError::Browser(error).failure().message)
    }
}

/// Names the file or folder that an action of the system was about.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> Result<T, CliError>;
}

impl<T> At<T> for std::io::Result<T> {
    fn at(self, path: &Path) -> Result<T, CliError> {
        self.map_err(|error| trouble(path, &error))
    }
}

/// What the system said of a file or folder.
pub(super) fn trouble(path: &Path, error: &std::io::Error) -> CliError {
    let message = Message::new(codes::FILE_TROUBLE_AT)
        .with("path", path.display().to_string())
        .with_said("cause", said(error));
    CliError::failed(message)
}

/// What the system says, in plain words where it is one of the usual troubles.
fn said(error: &std::io::Error) -> Message {
    let code = match error.kind() {
        ErrorKind::NotFound => codes::IO_NO_FOLDER,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => codes::IO_PERMISSION,
        ErrorKind::NotADirectory => codes::IO_NO_DIRECTORY,
        ErrorKind::IsADirectory => codes::IO_DIRECTORY,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => codes::IO_FULL,
        _ => return Message::new(codes::IO_OTHER).with("detail", error.to_string()),
    };
    Message::new(code)
}

/// Words that clap accepted and the commands do not: cannot happen unless both were built apart.
pub(super) fn unparsed(error: &clap::Error) -> CliError {
    CliError {
        message: Message::new(codes::INTERNAL_FAULT).with("detail", error.to_string()),
        exit: exit::INTERNAL,
    }
}
