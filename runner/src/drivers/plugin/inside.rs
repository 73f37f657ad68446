//! What a plugin sees while it runs, and what it may use up.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use wasmtime::{ResourceLimiter, Result};

use super::contract::{host, script};
use super::{MEMORY, OUTPUT};
use crate::drivers::files;

/// Lines that a call may leave in the record, and the characters of each.
const LINES: usize = 100;
const LINE: usize = 500;
/// Bytes of its last words that are kept.
const LAST_WORDS: usize = 2_000;
/// Elements of all tables.
const ELEMENTS: usize = 50_000;

/// What a plugin is given beyond its arguments: what it asked for and the office granted.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The run's time, as the plugin is told it.
    pub now: Option<String>,
    /// The folder that paths begin in.
    pub office: PathBuf,
    /// The folder that written files go to; another one in a rehearsal.
    pub drafts: PathBuf,
    /// Folders that it may read.
    pub read: Vec<String>,
    /// Folders that it may write into.
    pub write: Vec<String>,
    /// Where it may say how far it is.
    pub far: watch::Sender<Far>,
}

/// How far a call says it is: done, of how many.
pub type Far = Option<(u32, u32)>;

/// How much a call may use up.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            time: Duration::from_secs(10),
        }
    }
}

/// The host's side of one instance.
pub(super) struct Inside {
    script: Option<Arc<str>>,
    pub(super) given: Given,
    /// The lines that it left.
    pub(super) lines: Vec<String>,
    /// What it wrote to its standard error before it broke down.
    pub(super) last_words: Vec<u8>,
    /// Whether it was refused memory.
    pub(super) starved: bool,
}

impl Inside {
    pub(super) fn new(script: Option<Arc<str>>, given: Given) -> Inside {
        Inside {
            script,
            given,
            lines: Vec::new(),
            last_words: Vec::new(),
            starved: false,
        }
    }

    pub(super) fn last_words(&mut self, bytes: impl IntoIterator<Item = u8>) {
        let left = LAST_WORDS.saturating_sub(self.last_words.len());
        self.last_words.extend(bytes.into_iter().take(left));
    }
}

/// A line of somebody else's, made fit to be shown: no control characters, no more than a few sentences.
pub(super) fn told(text: &str) -> String {
    let mut line: String = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .take(LINE)
        .collect();
    if text.chars().nth(LINE).is_some() {
        line.push('…');
    }
    line.trim().to_owned()
}

impl host::Host for Inside {
    fn log(&mut self, message: String) {
        if self.lines.len() < LINES {
            self.lines.push(told(&message));
        }
    }

    fn progress(&mut self, done: u32, total: u32) {
        self.given.far.send_replace(Some((done, total)));
    }

    fn now(&mut self) -> Result<String, String> {
        self.given
            .now
            .clone()
            .ok_or_else(|| "the clock is not granted".to_owned())
    }

    fn read_file(&mut self, path: String) -> Result<Vec<u8>, String> {
        if !is_below(&self.given.read, &path) {
            return Err(format!("{}: reading is not granted", told(&path)));
        }
        files::read(&self.given.office, &path).map_err(|error| error.to_string())
    }

    fn write_file(&mut self, path: String, content: Vec<u8>) -> Result<(), String> {
        if !is_below(&self.given.write, &path) {
            return Err(format!("{}: writing is not granted", told(&path)));
        }
        if content.len() > OUTPUT {
            return Err(format!("{}: too large", told(&path)));
        }
        files::write_bytes(&self.given.drafts, &path, &content)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

impl script::Host for Inside {
    fn source(&mut self) -> String {
        self.script.as_deref().unwrap_or_default().to_owned()
    }
}

/// Whether a path lies below one of these folders. That it stays inside the office whatever links say, the files see to.
fn is_below(folders: &[String], path: &str) -> bool {
    let parts = |path: &str| -> Vec<String> {
        let parts = path.split(['/', '\\']).map(str::trim);
        parts
            .filter(|part| !part.is_empty() && *part != ".")
            .map(str::to_owned)
            .collect()
    };
    let path = parts(path);
    !path.iter().any(|part| part.starts_with("..")) && folders.iter().any(|folder| path.starts_with(&parts(folder)))
}

impl ResourceLimiter for Inside {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> Result<bool> {
        self.starved |= desired > MEMORY;
        Ok(desired <= MEMORY)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> Result<bool> {
        self.starved |= desired > ELEMENTS;
        Ok(desired <= ELEMENTS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_for_what_lies_below_its_folder() {
        let granted = ["inbox".to_owned(), "outbox/振込/".to_owned()];
        for (path, expected) in [
            ("inbox/a.csv", true),
            ("./inbox//a.csv", true),
            ("outbox\\振込\\a.txt", true),
            ("inbox/../office.yaml", false),
            ("inbox2/a.csv", false),
            ("outbox/a.txt", false),
            ("/inbox/a.csv", true),
            ("", false),
        ] {
            assert_eq!(is_below(&granted, path), expected, "{path}");
        }
        assert!(!is_below(&[], "a.csv"));
    }

    #[test]
    fn what_a_plugin_says_is_made_fit_to_be_shown() {
        assert_eq!(told("a\u{1b}[31m\nb"), "a [31m b");
        assert_eq!(told(&"長".repeat(LINE + 5)).chars().count(), LINE + 1);
    }
}
