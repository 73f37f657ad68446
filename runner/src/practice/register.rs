//! The 受付簿: what was registered, in memory and, if asked for, in a file that is whole at every moment.

use std::path::{Path, PathBuf};
use std::{fs, io};

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::platform::files;

use super::residents::wareki;
use super::time;

/// A request for a 住民票 by post, as the form gave it and the system accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// 請求番号; the register does not mind seeing it twice.
    pub request_no: String,
    /// 氏名
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// 生年月日
    pub birth: NaiveDate,
    /// 性別: 男, 女 or empty.
    pub sex: String,
    /// 郵便番号
    pub postal: String,
    /// 住所
    pub address: String,
    /// 方書
    pub building: String,
    /// 電話番号
    pub phone: String,
    /// 請求通数
    pub copies: u32,
    /// 手数料, in yen.
    pub fee: u32,
    /// 本人確認書類
    pub proofs: Vec<String>,
    /// 備考
    pub note: String,
}

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 受付番号, given by the system and never twice: `R8-000123`.
    pub receipt: String,
    /// 受付日時, in Japan.
    #[serde(with = "japan")]
    pub at: DateTime<Tz>,
    /// 取消済: the line stays, but no search finds it.
    pub cancelled: bool,
    /// What was registered.
    pub registration: Registration,
}

impl Entry {
    /// 受付日時 as the pages show it.
    pub(super) fn at_text(&self) -> String {
        self.at.format("%Y/%m/%d %H:%M:%S").to_string()
    }

    /// 状態 as the pages show it.
    pub(super) fn status(&self) -> &'static str {
        if self.cancelled { "取消済" } else { "受付済" }
    }
}

/// Times are written with their offset and read back as Japan's.
mod japan {
    use chrono::{DateTime, FixedOffset};
    use chrono_tz::{Asia::Tokyo, Tz};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(at: &DateTime<Tz>, to: S) -> Result<S::Ok, S::Error> {
        at.fixed_offset().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Tz>, D::Error> {
        Ok(DateTime::<FixedOffset>::deserialize(from)?.with_timezone(&Tokyo))
    }
}

/// Why the register could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The state file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The state file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The state file is not a register.
    #[error("{path}: {source}")]
    Content {
        /// The state file.
        path: PathBuf,
        /// Where it is wrong.
        source: serde_json::Error,
    },
    /// The city was stopped; nothing is entered any more.
    #[error("the city is stopped")]
    Closed,
    /// No line with this 受付番号 stands open.
    #[error("no such entry")]
    Unknown,
}

/// The register of the 受付システム.
#[derive(Debug, Default)]
pub(super) struct Register {
    entries: Vec<Entry>,
    path: Option<PathBuf>,
    closed: bool,
}

impl Register {
    /// Opens the register, with what the file holds if there is one already.
    pub(super) fn open(path: Option<PathBuf>) -> Result<Self, RegisterError> {
        let entries = path.as_deref().map(read).transpose()?.unwrap_or_default();
        Ok(Register {
            entries,
            path,
            closed: false,
        })
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Enters a registration under a new 受付番号.
    pub(super) fn add(&mut self, registration: Registration) -> Result<Entry, RegisterError> {
        let at = time::now();
        let (era, year) = wareki(at.date_naive());
        let receipt = format!("{}{year}-{:06}", era.letter, self.entries.len() + 1);
        let entry = Entry {
            receipt,
            at,
            cancelled: false,
            registration,
        };
        let added = entry.clone();
        self.change(|entries| entries.push(added))?;
        Ok(entry)
    }

    /// The line with this 受付番号, unless it is cancelled.
    pub(super) fn find(&self, receipt: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.receipt == receipt && !entry.cancelled)
    }

    /// Changes the open line with this 受付番号.
    pub(super) fn amend(&mut self, receipt: &str, change: impl FnOnce(&mut Entry)) -> Result<(), RegisterError> {
        let found = self
            .entries
            .iter()
            .position(|entry| entry.receipt == receipt && !entry.cancelled);
        let index = found.ok_or(RegisterError::Unknown)?;
        self.change(|entries| {
            if let Some(entry) = entries.get_mut(index) {
                change(entry);
            }
        })
    }

    /// Empties the register; 受付番号 begin anew.
    pub(super) fn clear(&mut self) -> Result<(), RegisterError> {
        self.change(Vec::clear)
    }

    /// From now on nothing is entered: a registration still under way must not write into the file of a later start.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    /// Changes the lines both on disk and in memory, or neither.
    fn change(&mut self, change: impl FnOnce(&mut Vec<Entry>)) -> Result<(), RegisterError> {
        if self.closed {
            return Err(RegisterError::Closed);
        }
        let mut entries = self.entries.clone();
        change(&mut entries);
        if let Some(path) = &self.path {
            write(path, &entries)?;
        }
        self.entries = entries;
        Ok(())
    }
}

fn read(path: &Path) -> Result<Vec<Entry>, RegisterError> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|source| RegisterError::Content {
            path: path.to_owned(),
            source,
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(RegisterError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

fn write(path: &Path, entries: &[Entry]) -> Result<(), RegisterError> {
    let bytes = serde_json::to_vec_pretty(entries).map_err(|source| RegisterError::Content {
        path: path.to_owned(),
        source,
    })?;
    // Whoever reads sees the old one or the new one, also after a power cut.
    files::write_whole(path, &bytes).map_err(|source| RegisterError::File {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration(request_no: &str) -> Registration {
        Registration {
            request_no: request_no.to_owned(),
            name: "髙橋　花子".to_owned(),
            kana: "タカハシ　ハナコ".to_owned(),
            birth: NaiveDate::from_ymd_opt(1976, 3, 4).unwrap(),
            sex: "女".to_owned(),
            postal: "850-0032".to_owned(),
            address: "長崎県長崎市興善町".to_owned(),
            building: String::new(),
            phone: String::new(),
            copies: 1,
            fee: 300,
            proofs: vec!["運転免許証".to_owned()],
            note: "改行\nあり".to_owned(),
        }
    }

    #[test]
    fn the_same_request_gets_another_receipt() {
        let mut register = Register::default();
        let first = register.add(registration("1")).unwrap();
        let second = register.add(registration("1")).unwrap();
        assert!(first.receipt.ends_with("-000001") && second.receipt.ends_with("-000002"));
        assert_eq!(register.entries().len(), 2);
    }

    #[test]
    fn the_file_gives_back_what_was_entered_and_cancelled() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("uketsuke.json");
        let mut register = Register::open(Some(path.clone())).unwrap();
        let first = register.add(registration("1")).unwrap();
        register.add(registration("2")).unwrap();
        register.amend(&first.receipt, |entry| entry.cancelled = true).unwrap();

        let again = Register::open(Some(path.clone())).unwrap();
        assert_eq!(again.entries(), register.entries());
        assert_eq!(again.find(&first.receipt), None);
        let files: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "its owner's alone");
        }
        assert_eq!(files, [path]);
    }

    #[test]
    fn what_cannot_be_written_is_not_entered() {
        let folder = tempfile::tempdir().unwrap();
        let mut register = Register::open(Some(folder.path().join("gone").join("uketsuke.json"))).unwrap();
        assert!(matches!(
            register.add(registration("1")),
            Err(RegisterError::File { .. })
        ));
        assert!(register.entries().is_empty());
    }

    #[test]
    fn a_file_that_is_no_register_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("uketsuke.json");
        fs::write(&path, "{").unwrap();
        assert!(matches!(Register::open(Some(path)), Err(RegisterError::Content { .. })));
    }

    #[test]
    fn a_closed_register_takes_nothing() {
        let mut register = Register::default();
        register.close();
        assert!(matches!(register.add(registration("1")), Err(RegisterError::Closed)));
    }

    #[test]
    fn a_cancelled_or_unknown_line_cannot_be_changed() {
        let mut register = Register::default();
        let entry = register.add(registration("1")).unwrap();
        register.amend(&entry.receipt, |entry| entry.cancelled = true).unwrap();
        assert!(matches!(
            register.amend(&entry.receipt, |_| ()),
            Err(RegisterError::Unknown)
        ));
        assert!(matches!(register.amend("R1-9", |_| ()), Err(RegisterError::Unknown)));
    }
}
