//! Pages and what a person does on them, written down as lines of a scenario.

mod sketch;
pub mod yaml;

pub use sketch::{Group, Line, Surroundings, lines, render};
