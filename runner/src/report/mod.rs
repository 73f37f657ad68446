//! What people see of a run: every form is a function of its stored events, live and old runs alike.
//!
//! | module | form |
//! | --- | --- |
//! | [`console`] | progress while a run works |
//! | [`text`] | `yakin runs` and `yakin show` |
//! | [`json`] | for machines |
//! | [`junit`] | for tools that read test results |
//! | [`review`] | what waits for a person |
//! | [`html`] | one self-contained page, also for printing |

mod card;
mod layout;
mod reader;
mod words;

pub mod console;
pub mod forecast;
pub mod html;
pub mod json;
pub mod junit;
pub mod review;
pub mod text;

pub use reader::Reader;

#[cfg(test)]
mod sample;
