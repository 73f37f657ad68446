//! What differs between operating systems.

pub mod files;
