//! Drivers: the outside world behind plain values and typed errors.

pub mod browser;
pub mod files;
pub mod plugin;
