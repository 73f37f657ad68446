//! Putting a backup that was read in the place of a store.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{At, BackupError};
use super::manifest::Manifest;
use crate::history::{DATABASE, EVIDENCE, KEY, RESTORING, key_fits};
use crate::platform::files;

/// Where a store stands, and where its backup was taken out.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The store's folder.
    pub own: &'a Path,
    /// The folder that the backup was taken out to; on the same disk.
    pub staged: &'a Path,
    /// Where what is replaced is kept; nothing is there yet.
    pub aside: &'a Path,
}

/// Gives what was taken out the key that opens it: one of `others`, its own, or the store's.
///
/// # Errors
/// [`BackupError::NoKey`] when none of them fits.
pub fn keys(spot: Spot<'_>, manifest: &Manifest, others: &[PathBuf], file: &Path) -> Result<(), BackupError> {
    let staged = spot.staged.join(KEY);
    let own = spot.own.join(KEY);
    for candidate in others.iter().chain([&staged, &own]) {
        if key_fits(candidate, &manifest.key_check)? {
            if *candidate != staged {
                let key = fs::read(candidate).at(candidate)?;
                files::write_whole(&staged, &key).at(&staged)?;
            }
            return Ok(());
        }
    }
    Err(BackupError::NoKey { path: file.to_owned() })
}

/// Puts what was taken out in the place of the store. What stood there is moved aside whole; a power cut on the way leaves
/// a mark, with which no store is opened, and doing it once more ends it.
///
/// # Errors
/// When a file cannot be moved.
pub fn put(spot: Spot<'_>) -> Result<(), BackupError> {
    let Spot { own, staged, aside } = spot;
    let mark = own.join(RESTORING);
    files::write_whole(&mark, aside.to_string_lossy().as_bytes()).at(&mark)?;
    files::create_private_folder(aside).at(aside)?;
    let database = |ending: &str| format!("{DATABASE}{ending}");
    let names = [database(""), database("-wal"), database("-shm"), EVIDENCE.to_owned()];
    for name in &names {
        shift(&own.join(name), &aside.join(name))?;
    }
    // The key stays where it is until another one replaces it: without it a second try could not begin.
    if let Ok(key) = fs::read(own.join(KEY)) {
        files::write_whole(&aside.join(KEY), &key).at(aside)?;
    }
    shift(&staged.join(KEY), &own.join(KEY))?;
    for name in names.iter().rev() {
        shift(&staged.join(name), &own.join(name))?;
    }
    files::sync(own).at(own)?;
    fs::remove_file(&mark).at(&mark)?;
    files::sync(own).at(own)
}

/// Adds the pictures that were taken out to those that are there.
///
/// # Errors
/// When a file cannot be moved.
pub fn put_pictures(spot: Spot<'_>, manifest: &Manifest) -> Result<(), BackupError> {
    for listed in manifest.files.iter().filter(|listed| listed.path.starts_with(EVIDENCE)) {
        let to = spot.own.join(&listed.path);
        if let Some(folder) = to.parent() {
            files::create_private_folder(folder).at(folder)?;
        }
        shift(&spot.staged.join(&listed.path), &to)?;
    }
    Ok(())
}

/// Moves what is there.
fn shift(from: &PathBuf, to: &PathBuf) -> Result<(), BackupError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result.at(from),
    }
}
