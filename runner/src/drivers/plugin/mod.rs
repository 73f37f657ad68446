//! Plugins: functions of other people in a sandbox.
//!
//! A plugin is a WebAssembly component that fulfils `plugins/wit/yakin.wit`. It has no files, network, clock, environment
//! or randomness; what the office grants it comes in through that contract alone. Every call has a limit of time, memory,
//! stack and output, and what comes out is somebody else's word: it is read against the shape that was promised.

mod answers;
mod cache;
mod contract;
mod describe;
mod engine;
mod error;
mod guest;
mod inside;
mod shape;
mod snapshot;

pub use cache::Cache;
pub use describe::{Ability, Described, EACH, Effect, Function, Said, is_name};
pub use engine::script_engine;
pub use error::PluginError;
pub use guest::{Called, Code, Guest, Kind, Outcome};
pub use inside::{Far, Given, Limits};
pub use shape::{Field, Fields, Misfit, Shape};

/// Largest file that is taken for a plugin, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;
/// The file of the engine for scripts, beside the program.
pub const SCRIPT_ENGINE: &str = "yakin-javascript.wasm";
/// Memory that a plugin may use, in bytes.
pub const MEMORY: usize = 128 * 1024 * 1024;
/// Largest answer of a call, and largest file it may write, in bytes.
pub const OUTPUT: usize = 16 * 1024 * 1024;
