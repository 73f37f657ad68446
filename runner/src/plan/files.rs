//! Where a plan's files come from: an office's folder, or a test's memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

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
}

/// Files of which each is read once: for a check of many scenarios, which name the same systems and samples.
#[derive(Debug)]
pub struct CachedFiles<F> {
    files: F,
    read: Memory<String, Result<Vec<u8>, FileError>>,
    tables: Memory<(String, Vec<String>), Result<Table, FileError>>,
    systems: std::sync::OnceLock<Vec<String>>,
}

/// What was read, by what was asked for.
type Memory<K, V> = Mutex<BTreeMap<K, V>>;

impl<F: Files> CachedFiles<F> {
    /// The same files.
    pub fn new(files: F) -> CachedFiles<F> {
        CachedFiles {
            files,
            read: Memory::default(),
            tables: Memory::default(),
            systems: std::sync::OnceLock::new(),
        }
    }

    /// The path of every file that was asked for, also of those that are not there.
    pub fn into_paths(self) -> Vec<String> {
        let read = self.read.into_inner().unwrap_or_else(PoisonError::into_inner);
        let tables = self.tables.into_inner().unwrap_or_else(PoisonError::into_inner);
        let paths: BTreeSet<String> = read
            .into_keys()
            .chain(tables.into_keys().map(|(path, _)| path))
            .collect();
        paths.into_iter().collect()
    }
}

/// What is remembered, else what is read now; while one reads, others wait, so that nothing is read twice.
fn once<K: Ord + Clone, V: Clone>(memory: &Memory<K, V>, key: K, read: impl FnOnce() -> V) -> V {
    let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    memory.entry(key).or_insert_with(read).clone()
}

impl<F: Files> Files for CachedFiles<F> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        once(&self.read, path.to_owned(), || self.files.read(path))
    }

    fn table(&self, path: &str, wanted: &[&str]) -> Result<Table, FileError> {
        let key = (path.to_owned(), wanted.iter().map(|name| (*name).to_owned()).collect());
        once(&self.tables, key, || self.files.table(path, wanted))
    }

    fn systems(&self) -> Vec<String> {
        self.systems.get_or_init(|| self.files.systems()).clone()
    }
}

/// Says, at the place that names the file, why it cannot be read.
pub(super) fn unread(error: FileError, span: Span) -> Diagnostic {
    Diagnostic::error(StepError::File(error).failure().message, span)
}
