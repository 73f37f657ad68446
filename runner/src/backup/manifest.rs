//! What a backup says of itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::history::{DATABASE, EVIDENCE, KEY};

/// The manifest's name in the archive. It comes last.
pub(super) const NAME: &str = "manifest.json";
/// The newest form of backups that this program knows.
pub(super) const FORM: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the backup.
    pub yakin_backup: u32,
    /// The version of the program that made it.
    pub program: String,
    /// The newest migration of the database.
    pub schema: i64,
    /// `sqlite`, or `postgres`: then the database is not in it.
    pub engine: String,
    /// When its database was copied.
    pub taken_at: DateTime<Utc>,
    /// Tells whether a key fits, and nothing else of it.
    pub key_check: String,
    /// Pictures that were listed and could not be read.
    pub missing: Vec<String>,
    /// Everything else in it.
    pub files: Vec<Listed>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its place.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

/// The place of a picture.
pub(super) fn picture(sha256: &str) -> String {
    let group = sha256.get(..2).unwrap_or_default();
    format!("{EVIDENCE}/{group}/{sha256}.png")
}

/// Whether a backup may hold a file of this name: nothing leads out of the folder that it is restored to.
pub(super) fn is_ours(name: &str) -> bool {
    if name == DATABASE || name == KEY {
        return true;
    }
    let hash = name.rsplit('/').next().and_then(|file| file.strip_suffix(".png"));
    hash.is_some_and(|hash| {
        hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()) && picture(hash) == name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_a_store_are_taken_out_of_a_backup() {
        let hash = "ab".repeat(32);
        for fine in [DATABASE.to_owned(), KEY.to_owned(), picture(&hash)] {
            assert!(is_ours(&fine), "{fine}");
        }
        for foreign in [
            String::new(),
            "../history.db".to_owned(),
            "/etc/passwd".to_owned(),
            format!("evidence/cd/{hash}.png"),
            format!("evidence/ab/../ab/{hash}.png"),
            "evidence/ab/x.png".to_owned(),
            "evidence//.png".to_owned(),
            format!("evidence/あ/{}.png", "あ".repeat(64)),
        ] {
            assert!(!is_ours(&foreign), "{foreign}");
        }
    }
}
