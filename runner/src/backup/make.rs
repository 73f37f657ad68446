//! Making a backup.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use tar::{Builder, Header};

use super::error::{At, BackupError};
use super::manifest::{FORM, Listed, Manifest, NAME, picture};
use crate::history::{DATABASE, KEY, Store};
use crate::platform::files;

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of the whole file, in hex.
    pub sha256: String,
    /// Whether the key is in it.
    pub with_key: bool,
}

/// Makes a backup of a store while others write in it. The file appears whole or not at all.
///
/// `own` is the store's folder; what is needed on the way is put there and taken away again.
///
/// # Errors
/// When the file is there already, the store fails, or there is no room.
pub fn make(store: &Store, own: &Path, to: &Path, with_key: bool, now: DateTime<Utc>) -> Result<Made, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists { path: to.to_owned() });
    }
    let part = beside(to);
    let staging = own.join(format!("backup-{}.part", std::process::id()));
    clear(&staging)?;
    files::create_private_folder(&staging).at(&staging)?;
    let made = pack(store, own, (&staging, &part), with_key, now).and_then(|made| {
        // Fails when somebody has made a file of this name meanwhile.
        std::fs::hard_link(&part, to).at(to)?;
        Ok(made)
    });
    let _ = std::fs::remove_file(&part);
    clear(&staging)?;
    made
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    PathBuf::from(name)
}

fn clear(folder: &Path) -> Result<(), BackupError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at(folder),
        _ => Ok(()),
    }
}

fn pack(
    store: &Store,
    own: &Path,
    (staging, part): (&Path, &Path),
    with_key: bool,
    now: DateTime<Utc>,
) -> Result<Made, BackupError> {
    let health = store.health()?;
    let on_server = health.journal.is_none();
    files::create_private(part, b"").at(part)?;
    let file = File::create(part).at(part)?;
    let mut archive = Archive {
        builder: Builder::new(Hashing::new(BufWriter::new(file))),
        part,
        files: Vec::new(),
    };
    if !on_server {
        let copy = staging.join(DATABASE);
        store.copy_into(&copy)?;
        archive.add(DATABASE, &copy)?;
    }
    let mut missing = Vec::new();
    // Listed after the copy: a picture lies in its file before its row stands in the database.
    for sha256 in store.pictures()? {
        match store.evidence_place(&sha256) {
            Some(path) => archive.add(&picture(&sha256), &path)?,
            None => missing.push(sha256),
        }
    }
    if with_key {
        archive.add(KEY, &own.join(KEY))?;
    }
    let manifest = Manifest {
        yakin_backup: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: health.schema,
        engine: if on_server { "postgres" } else { "sqlite" }.to_owned(),
        taken_at: now,
        key_check: store.key_check(),
        missing,
        files: std::mem::take(&mut archive.files),
    };
    let (bytes, sha256) = archive.end(&manifest)?;
    Ok(Made {
        manifest,
        bytes,
        sha256,
        with_key,
    })
}

struct Archive<'a> {
    builder: Builder<Hashing<BufWriter<File>>>,
    part: &'a Path,
    files: Vec<Listed>,
}

impl Archive<'_> {
    fn add(&mut self, name: &str, path: &Path) -> Result<(), BackupError> {
        let file = File::open(path).at(path)?;
        let bytes = file.metadata().at(path)?.len();
        let mut hashing = Hashing::new(file.take(bytes));
        let mut header = header(bytes);
        self.builder
            .append_data(&mut header, name, &mut hashing)
            .at(self.part)?;
        self.files.push(Listed {
            path: name.to_owned(),
            bytes,
            sha256: hashing.sum(),
        });
        Ok(())
    }

    fn end(mut self, manifest: &Manifest) -> Result<(u64, String), BackupError> {
        let json = serde_json::to_vec_pretty(manifest)
            .map_err(io::Error::other)
            .at(self.part)?;
        let mut header = header(json.len() as u64);
        self.builder
            .append_data(&mut header, NAME, json.as_slice())
            .at(self.part)?;
        let hashing = self.builder.into_inner().at(self.part)?;
        let (sum, bytes) = (hashing.sum(), hashing.bytes);
        let file = hashing
            .inner
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .at(self.part)?;
        file.sync_all().at(self.part)?;
        Ok((bytes, sum))
    }
}

fn header(bytes: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header
}

/// Hashes what is read or written through it.
pub(super) struct Hashing<T> {
    inner: T,
    hash: Sha256,
    bytes: u64,
}

impl<T> Hashing<T> {
    pub(super) fn new(inner: T) -> Hashing<T> {
        Hashing {
            inner,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    /// SHA-256 of everything so far, in hex.
    pub(super) fn sum(&self) -> String {
        let sum = self.hash.clone().finalize();
        sum.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn saw(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl<T: Read> Read for Hashing<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.saw(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

impl<T: Write> Write for Hashing<T> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(buffer)?;
        self.saw(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
