//! Kits: everything that installs yakin on a closed network, in one archive with its hashes.
//!
//! A kit is made of programs, models and documents only; what looks like an office's own data is refused. The same files
//! make the same bytes: order, times and owners are fixed.

mod error;
mod judge;
mod list;
mod make;
mod read;

pub use error::KitError;
pub use judge::{Here, judge};
pub use list::{Listed, MANIFEST, Manifest, SUMS};
pub use make::{Made, Wanted, make};
pub use read::{Content, read};
