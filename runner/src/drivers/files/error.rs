//! Why a file could not be read or written.

use std::io::{Error, ErrorKind};

use crate::platform::files::is_sharing_violation;

/// What is wrong with a path that a scenario names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathProblem {
    /// Nothing is written.
    Empty,
    /// It begins at the root of a disk, or names a drive.
    Absolute,
    /// It goes upwards with `..`.
    Upwards,
    /// It holds a character that no file name may hold, such as `:` or `*`.
    Character(char),
    /// It leads into `.yakin`, where the program keeps its own files.
    Reserved,
    /// A link on the way leads out of the office's folder.
    Outside,
}

/// Why a file could not be read or written. `path` is as the scenario names it; rows count from 1 as Excel shows them.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FileError {
    /// The path is none that a scenario may use.
    #[error("{path}: {problem:?}")]
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        problem: PathProblem,
    },
    /// There is no such file.
    #[error("{path} does not exist")]
    Missing {
        /// The path.
        path: String,
        /// Files of the same kind in the same folder, at most five.
        near: Vec<String>,
    },
    /// It is a folder.
    #[error("{path} is a folder")]
    Folder {
        /// The path.
        path: String,
    },
    /// This user may not read or write it.
    #[error("no access to {path}")]
    NoAccess {
        /// The path.
        path: String,
    },
    /// Another program, most often Excel, has it open.
    #[error("{path} is open in another program")]
    InUse {
        /// The path.
        path: String,
    },
    /// The disk is full.
    #[error("no room for {path}")]
    NoRoom {
        /// The path.
        path: String,
    },
    /// Reading or writing failed otherwise.
    #[error("{path}: {kind}")]
    Io {
        /// The path.
        path: String,
        /// What the system says.
        kind: ErrorKind,
    },
    /// It is larger than [`super::LARGEST`].
    #[error("{path} has {bytes} bytes")]
    TooLarge {
        /// The path.
        path: String,
        /// Its length.
        bytes: u64,
    },
    /// Its bytes are neither UTF-8 nor CP932.
    #[error("{path} is neither UTF-8 nor CP932")]
    Encoding {
        /// The path.
        path: String,
        /// The line, from 1, where that shows, if it is known.
        line: Option<u64>,
    },
    /// It holds a NUL character: it is no text.
    #[error("{path} holds a NUL character")]
    Nul {
        /// The path.
        path: String,
    },
    /// There is no row in it.
    #[error("{path} has no heading row")]
    NoHeadings {
        /// The path.
        path: String,
    },
    /// Columns that are wanted are not there.
    #[error("{path} has no column {wanted:?}")]
    NoColumn {
        /// The path.
        path: String,
        /// The headings that were not found.
        wanted: Vec<String>,
        /// The sheet that was read, of a workbook.
        sheet: Option<String>,
        /// The row that was taken for the heading row.
        row: u64,
        /// Cells of the heading row that may be told.
        headings: Vec<String>,
        /// How many others there are.
        others: u64,
    },
    /// A wanted heading stands over several columns.
    #[error("{path} has several columns {heading}")]
    ManyColumns {
        /// The path.
        path: String,
        /// The heading.
        heading: String,
        /// What stands over them.
        found: Vec<String>,
    },
    /// A row has more or fewer cells than there are headings.
    #[error("row {row} of {path} has {found} cells instead of {expected}")]
    Ragged {
        /// The path.
        path: String,
        /// The row.
        row: u64,
        /// Number of headings.
        expected: u64,
        /// Number of cells.
        found: u64,
    },
    /// A cell begins with `"` and never ends.
    #[error("an open quote in row {row} of {path}")]
    OpenQuote {
        /// The path.
        path: String,
        /// The row.
        row: u64,
    },
    /// It should be CSV and is an `.xlsx` workbook.
    #[error("{path} is a workbook, no CSV file")]
    WorkbookNotCsv {
        /// The path.
        path: String,
    },
    /// It should be a workbook and is a text with commas or tabs.
    #[error("{path} is a CSV file, no workbook")]
    CsvNotWorkbook {
        /// The path.
        path: String,
    },
    /// It is an old `.xls` workbook, or one that is encrypted: both are kept in the same container.
    #[error("{path} is an old or encrypted workbook")]
    OldWorkbook {
        /// The path.
        path: String,
    },
    /// It is no `.xlsx` workbook, or a damaged one.
    #[error("{path} is no xlsx workbook: {detail}")]
    NotXlsx {
        /// The path.
        path: String,
        /// The library's words.
        detail: String,
    },
    /// A file to be written has a name that does not end in `.xlsx`.
    #[error("{path} does not end in .xlsx")]
    Ending {
        /// The path.
        path: String,
    },
    /// The workbook asks for a password.
    #[error("{path} asks for a password")]
    Locked {
        /// The path.
        path: String,
    },
    /// There is no such sheet.
    #[error("{path} has no sheet {sheet}")]
    NoSheet {
        /// The path.
        path: String,
        /// The sheet that was asked for.
        sheet: String,
        /// The sheets that are there.
        sheets: Vec<String>,
    },
    /// The workbook cannot be written: a sheet name or a text that Excel does not take.
    #[error("{path} cannot be written: {detail}")]
    Unwritable {
        /// The path.
        path: String,
        /// The library's words.
        detail: String,
    },
}

impl FileError {
    /// The error of the operating system, for a file that is known to be wanted.
    pub(super) fn io(path: &str, error: &Error) -> FileError {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound => FileError::Missing { path, near: Vec::new() },
            ErrorKind::PermissionDenied => FileError::NoAccess { path },
            ErrorKind::IsADirectory => FileError::Folder { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FileError::NoRoom { path },
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => FileError::InUse { path },
            _ if is_sharing_violation(error) => FileError::InUse { path },
            kind => FileError::Io { path, kind },
        }
    }

    /// Whether the same call may succeed a little later.
    pub fn may_pass(&self) -> bool {
        matches!(self, FileError::InUse { .. } | FileError::Io { .. })
    }
}
