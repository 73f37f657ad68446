//! Where a plan's files come from: an office's folder, or a test's memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::diag::{Diagnostic, Span};
use crate::drivers::files::{self, FileError, Table};
use crate::steps::StepError;
use crate::steps::plugin::{PluginStep, Shelf};
use crate::text::Message;

/// The files of an office; every path is relative to its folder, with `/`.
pub trait Files {
    /// A file's bytes.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The table in a file (CSV, or xlsx by its ending); of a workbook the first sheet that has the wanted headings.
    fn table(&self, path: &str, wanted: &[&str]) -> Result<Table, FileError>;

    /// The names of the systems that have a file.
    fn systems(&self) -> Vec<String>;

    /// The names of the parts that have a file; of one in a folder of its own with the folder, as `入力/住所`.
    fn parts(&self) -> Vec<String>;

    /// The names of the folders in a folder (`""` is the office's own); `None` when it cannot be looked into.
    fn folders(&self, path: &str) -> Option<Vec<String>>;
    /// The paths of the scenarios' files.
    fn scenarios(&self) -> Vec<String>;

    /// A function of one of the office's plugins, by its full name.
    ///
    /// # Errors
    /// What is wrong with the name or the plugin.
    fn plugin_step(&self, name: &str) -> Result<Arc<PluginStep>, Box<Message>>;
}

/// The files below an office's folder.
#[derive(Debug, Clone)]
pub struct OfficeFiles {
    office: PathBuf,
    plugins: Arc<Shelf>,
}

impl OfficeFiles {
    /// The files below `office`.
    pub fn new(office: &Path) -> OfficeFiles {
        OfficeFiles {
            office: office.to_owned(),
            plugins: Arc::new(Shelf::new(office)),
        }
    }

    /// The office's plugins.
    pub fn plugins(&self) -> &Shelf {
        &self.plugins
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
        names(&self.office.join(super::SYSTEMS), 0)
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

    fn parts(&self) -> Vec<String> {
        names(&self.office.join(super::PARTS), DEEPEST)
    }

    fn scenarios(&self) -> Vec<String> {
        let mut paths = Vec::new();
        collect(&self.office, SCENARIOS, &mut paths);
        paths.sort();
        paths
    }

    fn plugin_step(&self, name: &str) -> Result<Arc<PluginStep>, Box<Message>> {
        self.plugins.step(name)
    }
}

/// How many folders deep a part may stand.
const DEEPEST: usize = 3;

/// The names of the files in a folder, and in those inside it as far as `deeper` says.
fn names(folder: &Path, deeper: usize) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if let Some(name) = name.strip_suffix(".yaml") {
            found.push(name.to_owned());
        } else if deeper > 0 && entry.path().is_dir() {
            let inside = names(&entry.path(), deeper - 1);
            found.extend(inside.into_iter().map(|inner| format!("{name}/{inner}")));
        }
    }
    found.sort();
    found
}

/// Where scenarios stand in an office, and folders of it that hold none.
const SCENARIOS: &str = "scenarios";
const OTHERS: [&str; 5] = ["systems", "parts", "forms", "samples", "plugins"];

/// The files below a folder that may be scenarios; what cannot be listed is told where it is asked for by name.
fn collect(office: &Path, folder: &str, into: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(office.join(folder)) else {
        return;
    };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{folder}/{name}");
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !(folder == SCENARIOS && OTHERS.contains(&name.as_str())) {
            collect(office, &path, into);
        } else if !is_folder && (name.ends_with(".yaml") || name.ends_with(".yml")) {
            into.push(path);
        }
    }
}

/// Files of which each is read once: for a check of many scenarios, which name the same systems and samples.
#[derive(Debug)]
pub struct CachedFiles<F> {
    files: F,
    read: Memory<String, Result<Vec<u8>, FileError>>,
    tables: Memory<(String, Vec<String>), Result<Table, FileError>>,
    folders: Memory<String, Option<Vec<String>>>,
    systems: OnceLock<Vec<String>>,
    parts: OnceLock<Vec<String>>,
    scenarios: OnceLock<Vec<String>>,
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
            folders: Memory::default(),
            systems: OnceLock::new(),
            parts: OnceLock::new(),
            scenarios: OnceLock::new(),
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

    fn parts(&self) -> Vec<String> {
        self.parts.get_or_init(|| self.files.parts()).clone()
    }

    fn scenarios(&self) -> Vec<String> {
        self.scenarios.get_or_init(|| self.files.scenarios()).clone()
    }

    fn plugin_step(&self, name: &str) -> Result<Arc<PluginStep>, Box<Message>> {
        self.files.plugin_step(name)
    }

    fn folders(&self, path: &str) -> Option<Vec<String>> {
        once(&self.folders, path.to_owned(), || self.files.folders(path))
    }
}

/// Says, at the place that names the file, why it cannot be read.
pub(super) fn unread(error: FileError, span: Span) -> Diagnostic {
    Diagnostic::error(StepError::File(error).failure().message, span)
}
