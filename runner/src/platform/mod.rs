//! What differs between operating systems, and the few calls that only this layer may make.

pub mod processes;
pub mod time;
