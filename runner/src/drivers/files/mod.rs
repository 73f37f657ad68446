//! Tables in files: CSV as city halls' systems write it, Excel workbooks in and out.
//!
//! Every path is relative to the office's folder and stays inside it. Nothing is guessed: a row that does not fit its
//! heading row or a byte that no encoding explains stops the reading, with its place. What a single cell says is for its
//! row to answer for.

mod csv;
mod error;
mod form;
mod root;
mod table;
mod write;
mod xlsx;

pub use csv::read_csv;
pub use error::{FileError, PathProblem};
pub use form::{Form, form_workbook};
pub use root::{check_path, free_path, read, write as write_bytes};
pub use table::{Row, Table};
pub use write::{Sheet, write_xlsx};
pub use xlsx::read_xlsx;

/// What a file is by its first bytes, where they tell.
enum Container {
    /// What `.xlsx` is packed in.
    Zip,
    /// What an old `.xls` is packed in, and an encrypted `.xlsx` (MS-CFB, MS-OFFCRYPTO).
    Ole,
}

impl Container {
    fn of(bytes: &[u8]) -> Option<Container> {
        match bytes {
            [b'P', b'K', 3, 4, ..] => Some(Container::Zip),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Some(Container::Ole),
            _ => None,
        }
    }
}

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;
