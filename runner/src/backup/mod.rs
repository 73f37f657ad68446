//! Backups: a store in one file while runs write, and back again without forgetting what was done since.
//!
//! A backup is a tar archive: the database as it is at one moment, the pictures, on demand the office key, and at its
//! end a manifest with the hash of every file, so that half a backup is told from a whole one.

mod error;
mod make;
mod manifest;
mod put;
mod read;

pub use error::BackupError;
pub use make::{Made, make};
pub use manifest::{Listed, Manifest};
pub use put::{Spot, keys, put, put_pictures};
pub use read::{peek, read};
