//! Pages and what a person does on them, written down as lines of a scenario.

mod columns;
mod draft;
mod form;
mod script;
mod sketch;
mod step;
mod work;
mod write;
pub mod yaml;

#[cfg(test)]
mod tests;

pub use draft::{Draft, DraftError, Drafting};
pub use sketch::{Group, Line, Surroundings, lines, render};
pub use write::{Recording, Written, write};
