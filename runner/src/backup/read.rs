//! Reading a backup: everything is hashed before anything counts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use tar::{Archive, EntryType};

use super::error::{At, BackupError};
use super::make::Hashing;
use super::manifest::{FORM, Listed, Manifest, NAME, is_ours};
use crate::platform::files;

/// The longest manifest that is read: some millions of pictures.
const MANIFEST_LIMIT: u64 = 1 << 30;

/// Reads a whole backup without keeping anything of it; what it says of itself.
///
/// # Errors
/// When it is not whole, or a file in it was changed.
pub fn peek(file: &Path) -> Result<Manifest, BackupError> {
    walk(file, |_, entry, _| {
        std::io::copy(entry, &mut std::io::sink())?;
        Ok(())
    })
}

/// Takes a whole backup out into a folder that is empty; what it says of itself.
///
/// # Errors
/// When it is not whole, a file in it was changed, or there is no room. What was taken out then counts for nothing.
pub fn read(file: &Path, into: &Path) -> Result<Manifest, BackupError> {
    walk(file, |name, entry, _| {
        let path = into.join(name);
        if let Some(folder) = path.parent() {
            files::create_private_folder(folder)?;
        }
        files::create_private(&path, b"")?;
        let mut out = File::create(&path)?;
        std::io::copy(entry, &mut out)?;
        out.sync_all()
    })
}

fn walk(
    file: &Path,
    mut take: impl FnMut(&str, &mut dyn Read, u64) -> std::io::Result<()>,
) -> Result<Manifest, BackupError> {
    let not_whole = |detail: String| BackupError::NotWhole {
        path: file.to_owned(),
        detail,
    };
    let mut archive = Archive::new(BufReader::new(File::open(file).at(file)?));
    let mut found = BTreeMap::new();
    let mut manifest = None;
    for entry in archive.entries().map_err(|error| not_whole(error.to_string()))? {
        let mut entry = entry.map_err(|error| not_whole(error.to_string()))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let plain = entry.header().entry_type() == EntryType::Regular;
        if manifest.is_some() || !plain {
            return Err(not_whole(name));
        }
        if name == NAME {
            let mut json = Vec::new();
            let read = entry.by_ref().take(MANIFEST_LIMIT).read_to_end(&mut json);
            read.map_err(|error| not_whole(error.to_string()))?;
            manifest = Some(json);
            continue;
        }
        if !is_ours(&name) || found.contains_key(&name) {
            return Err(not_whole(name));
        }
        let bytes = entry.size();
        let mut hashing = Hashing::new(&mut entry);
        take(&name, &mut hashing, bytes).map_err(|source| match source.kind() {
            std::io::ErrorKind::UnexpectedEof => not_whole(source.to_string()),
            _ => BackupError::File {
                path: file.to_owned(),
                source,
            },
        })?;
        let sha256 = hashing.sum();
        found.insert(
            name.clone(),
            Listed {
                path: name,
                bytes,
                sha256,
            },
        );
    }
    let json = manifest.ok_or_else(|| not_whole(NAME.to_owned()))?;
    let manifest: Manifest = serde_json::from_slice(&json).map_err(|error| not_whole(error.to_string()))?;
    if manifest.yakin_backup > FORM {
        return Err(BackupError::Newer {
            path: file.to_owned(),
            program: manifest.program,
        });
    }
    agree(file, &manifest, found)?;
    Ok(manifest)
}

/// The files of the archive are those of the manifest, to the letter.
fn agree(file: &Path, manifest: &Manifest, mut found: BTreeMap<String, Listed>) -> Result<(), BackupError> {
    let changed = |part: &str| BackupError::Changed {
        path: file.to_owned(),
        part: part.to_owned(),
    };
    for listed in &manifest.files {
        if found.remove(&listed.path).as_ref() != Some(listed) {
            return Err(changed(&listed.path));
        }
    }
    match found.keys().next() {
        Some(more) => Err(changed(more)),
        None => Ok(()),
    }
}
