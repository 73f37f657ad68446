//! Where a plan's files come from: an office's folder, or a test's memory.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Span};
use crate::drivers::files::{self, FileError, Table};
use crate::steps::StepError;

/// The files of an office; every path is relative to its folder, with `/`.
pub trait Files {
    /// A file's bytes.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The table in a file (CSV, or xlsx by its ending); of a workbook the first sheet that has the wanted headings.
    fn table(&self, path: &str, wanted: &[&str]) -> Result<Table, FileError>;

    /// The names of the systems that have a file.
    fn systems(&self) -> Vec<String>;

    /// The names of the folders in a folder (`""` is the office's own); `None` when it cannot be looked into.
    fn folders(&self, path: &str) -> Option<Vec<String>>;
}

/// The files below an office's folder.
#[derive(Debug, Clone)]
pub struct OfficeFiles {
    office: PathBuf,
}

impl OfficeFiles {
    /// The files below `office`.
    pub fn new(office: &Path) -> OfficeFiles {
        OfficeFiles {
            office: office.to_owned(),
        }
    }
}

impl Files for OfficeFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        files::read(&self.office, path)
    }

    fn table(&self, path: &str, wanted: &[&str]) -> Result<Table, FileError> {
        if path.to_ascii_lowercase().ends_with(".xlsx") {
            files::read_xlsx(&self.office, path, None, wanted)
        } else {
            files::read_csv(&self.office, path, wanted)
        }
    }

    fn systems(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.office.join(super::SYSTEMS)) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".yaml").map(str::to_owned))
            .collect();
        names.sort();
        names
    }

    fn folders(&self, path: &str) -> Option<Vec<String>> {
        let entries = std::fs::read_dir(self.office.join(path)).ok()?;
        let folders = entries.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
        Some(
            folders
                .filter_map(|entry| entry.file_name().into_string().ok())
                .collect(),
        )
    }
}

/// Says, at the place that names the file, why it cannot be read.
pub(super) fn unread(error: FileError, span: Span) -> Diagnostic {
    Diagnostic::error(StepError::File(error).failure().message, span)
}
