//! What differs between operating systems, and the few calls that only this layer may make.

pub mod files;
pub mod machine;
pub mod processes;
pub mod programs;
pub mod time;

/// Whether the command key does what the control key does elsewhere.
pub const IS_MAC: bool = cfg!(target_os = "macos");
