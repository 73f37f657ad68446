//! Files that only their owner may read, and files that are whole or not there.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Creates a file with this content, readable for its owner only (on Unix; elsewhere the folder's rights decide).
/// It appears whole or not at all; fails with [`io::ErrorKind::AlreadyExists`] if the name is taken.
pub fn create_private(path: &Path, content: &[u8]) -> io::Result<()> {
    write_beside(path, content, |beside| {
        std::fs::hard_link(beside, path)?;
        std::fs::remove_file(beside)
    })
}

/// Writes a file so that its name never stands for half of it, readable for its owner only. An older file of that
/// name is replaced.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    write_beside(path, content, |beside| std::fs::rename(beside, path))
}

/// Writes a person's file anew so that its name never stands for half of it; its rights stay as they are. A link leads on to
/// the file it names. Fails with [`io::ErrorKind::PermissionDenied`] for a file that is write-protected.
pub fn rewrite(path: &Path, content: &[u8]) -> io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = std::fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    write_beside(&path, content, |beside| {
        std::fs::set_permissions(beside, permissions)?;
        std::fs::rename(beside, &path)
    })
}

/// Writes the content beside the path, lets `place` give it its name, and makes both durable.
fn write_beside(path: &Path, content: &[u8], place: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(
        ".{}-{}.part",
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    ));
    let beside = Path::new(&beside);
    let mut file = private().create(true).truncate(true).open(beside)?;
    let written = file
        .write_all(content)
        .and_then(|()| file.sync_all())
        .and_then(|()| place(beside));
    if written.is_err() {
        // What is left is of no use; the first error is the one that counts.
        let _ = std::fs::remove_file(beside);
        return written;
    }
    sync_folder(path)
}

/// Makes the names in a folder durable; only Unix needs and allows it.
pub fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Creates a folder and those above it, to be entered by their owner only (on Unix).
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    private_builder().recursive(true).create(path)
}

/// Creates a folder that nobody had before, to be entered by its owner only (on Unix); fails with
/// [`io::ErrorKind::AlreadyExists`] if the name is taken.
pub fn create_new_private_folder(path: &Path) -> io::Result<()> {
    private_builder().create(path)
}

/// Whether a file cannot be used because another program holds it: Windows says so by numbers of its own
/// (`ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`), and only Windows does.
pub fn is_sharing_violation(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// Whether others than the owner may read or enter it; `None` if it is not there or the system has no such rights.
pub fn is_open_to_others(path: &Path) -> Option<bool> {
    #[cfg(unix)]
    {
        let found = std::fs::metadata(path).ok()?;
        Some(std::os::unix::fs::MetadataExt::mode(&found) & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Whether a file may be run as a program; on systems without such rights, whether its name says so.
pub fn is_program(path: &Path) -> bool {
    #[cfg(unix)]
    {
        std::fs::metadata(path).is_ok_and(|found| std::os::unix::fs::MetadataExt::mode(&found) & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        path.extension().is_some_and(|ending| ending == "exe")
    }
}

/// Whether a file can be made in a folder: one is made, and deleted again.
pub fn try_write(folder: &Path) -> io::Result<()> {
    let probe = folder.join(format!(".yakin-doctor-{}", std::process::id()));
    let written = private()
        .create(true)
        .truncate(true)
        .open(&probe)
        .and_then(|mut file| file.write_all(b"yakin"));
    let removed = std::fs::remove_file(&probe);
    written.and(removed)
}

fn private_builder() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a new name in a folder durable; only Unix needs and allows it.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) && !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
