//! Tables in files: CSV as city halls' systems write it, Excel workbooks in and out.
//!
//! Every path is relative to the office's folder and stays inside it. Nothing is guessed: a row that does not fit its
//! heading row, a cell that shows an Excel error or a byte that no encoding explains stops the reading, with its
//! place.

mod csv;
mod error;
mod root;
mod table;
mod write;
mod xlsx;

pub use csv::read_csv;
pub use error::{FileError, PathProblem};
pub use root::read;
pub use table::{Row, Table};
pub use write::{Sheet, write_xlsx};
pub use xlsx::read_xlsx;

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;
