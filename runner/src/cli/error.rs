//! Why a command could not do its work.

use crate::history::StoreError;
use crate::ports::PortError;
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
            PortError::Taken { .. } | PortError::Fenced => exit::TAKEN,
            PortError::Transition(_) => exit::INTERNAL,
            PortError::Store { .. } | PortError::Full | PortError::Sealed => exit::FAILED,
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
        CliError::failed(Message::new(codes::FILE_TROUBLE).with("detail", error.to_string()))
    }
}

/// Words that clap accepted and the commands do not: cannot happen unless both were built apart.
pub(super) fn unparsed(error: &clap::Error) -> CliError {
    CliError {
        message: Message::new(codes::INTERNAL_FAULT).with("detail", error.to_string()),
        exit: exit::INTERNAL,
    }
}
