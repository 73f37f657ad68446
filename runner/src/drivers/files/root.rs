//! Paths of a scenario: relative to the office's folder, and inside it whatever links say.

use std::path::{Path, PathBuf};

use super::{FileError, LARGEST, PathProblem};

/// The folder of an office in which the program keeps its own files.
const RESERVED: &str = ".yakin";

/// How many other files are named when one is missing.
const NEAR: usize = 5;

/// Reads a file whole.
///
/// # Errors
/// [`FileError`] when the path leaves the office, the file is not there, or it is larger than [`LARGEST`].
pub fn read(office: &Path, path: &str) -> Result<Vec<u8>, FileError> {
    let parts = parts(path)?;
    let wanted = office.join(parts.iter().collect::<PathBuf>());
    let found = wanted
        .canonicalize()
        .map_err(|error| with_neighbours(FileError::io(path, &error), &wanted))?;
    stays_inside(office, &found, path)?;
    let facts = found.metadata().map_err(|error| FileError::io(path, &error))?;
    if facts.is_dir() {
        return Err(FileError::Folder { path: path.to_owned() });
    }
    if facts.len() > LARGEST {
        return Err(FileError::TooLarge {
            path: path.to_owned(),
            bytes: facts.len(),
        });
    }
    std::fs::read(&found).map_err(|error| FileError::io(path, &error))
}

/// Writes a file whole or not at all: beside its place first, then moved there. Folders on the way are made.
///
/// # Errors
/// [`FileError`] when the path leaves the office, or the disk refuses.
pub fn write(office: &Path, path: &str, bytes: &[u8]) -> Result<PathBuf, FileError> {
    let failed = |error: std::io::Error| FileError::io(path, &error);
    let parts = parts(path)?;
    let (name, folders) = parts.split_last().ok_or_else(|| empty(path))?;
    let mut folder = office.canonicalize().map_err(failed)?;
    // One folder at a time, each looked at before anything is made in it: a link may lead out of the office.
    for part in folders {
        folder.push(part);
        if !folder.exists() {
            std::fs::create_dir(&folder).map_err(failed)?;
        }
        folder = folder.canonicalize().map_err(failed)?;
        stays_inside(office, &folder, path)?;
    }
    let target = folder.join(name);
    if target.is_dir() {
        return Err(FileError::Folder { path: path.to_owned() });
    }
    let draft = folder.join(format!(".{name}.part"));
    let written = write_synced(&draft, bytes).and_then(|()| std::fs::rename(&draft, &target));
    if let Err(error) = written {
        // Best effort: what is left is overwritten by the next attempt.
        let _ = std::fs::remove_file(&draft);
        return Err(failed(error));
    }
    Ok(parts.iter().collect())
}

/// The path itself if nothing stands there, else the first with a number behind its name that is free: `結果_2.xlsx`.
///
/// # Errors
/// [`FileError::Path`] when the path is none that a scenario may use.
pub fn free_path(office: &Path, path: &str) -> Result<String, FileError> {
    let there = |path: &str| parts(path).map(|parts| office.join(parts.iter().collect::<PathBuf>()).exists());
    let cut = path.rfind('.').unwrap_or(path.len());
    let (stem, ending) = path.split_at(cut);
    let mut free = path.to_owned();
    let mut number = 2_u64;
    while there(&free)? {
        free = format!("{stem}_{number}{ending}");
        number += 1;
    }
    Ok(free)
}

fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The parts of a path, with `/` or `\` between them.
fn parts(path: &str) -> Result<Vec<&str>, FileError> {
    let refuse = |problem| {
        Err(FileError::Path {
            path: path.to_owned(),
            problem,
        })
    };
    if path.starts_with(['/', '\\']) {
        return refuse(PathProblem::Absolute);
    }
    if matches!(path.as_bytes(), [drive, b':', ..] if drive.is_ascii_alphabetic()) {
        return refuse(PathProblem::Absolute);
    }
    // What Windows refuses in names is refused everywhere, so that an office can move.
    if let Some(bad) = path
        .chars()
        .find(|&character| character.is_control() || matches!(character, ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    {
        return refuse(PathProblem::Character(bad));
    }
    let parts: Vec<&str> = path
        .split(['/', '\\'])
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    // Windows drops dots and blanks at the end of a name, so `.. ` and `...` are `..` there.
    if parts
        .iter()
        .any(|part| part.chars().all(|character| matches!(character, '.' | ' ')))
    {
        return refuse(PathProblem::Upwards);
    }
    match parts.first() {
        None => Err(empty(path)),
        Some(first) if first.eq_ignore_ascii_case(RESERVED) => refuse(PathProblem::Reserved),
        Some(_) => Ok(parts),
    }
}

/// Whether a path is one that a scenario may use, without looking at the disk.
///
/// # Errors
/// [`FileError::Path`].
pub fn check_path(path: &str) -> Result<(), FileError> {
    parts(path).map(|_| ())
}

fn empty(path: &str) -> FileError {
    FileError::Path {
        path: path.to_owned(),
        problem: PathProblem::Empty,
    }
}

/// Refuses a path, links followed, that is not below the office's folder or lies in the program's own.
fn stays_inside(office: &Path, found: &Path, path: &str) -> Result<(), FileError> {
    let root = office.canonicalize().map_err(|error| FileError::io(path, &error))?;
    let problem = match found.strip_prefix(&root) {
        Err(_) => PathProblem::Outside,
        Ok(inside) if inside.starts_with(RESERVED) => PathProblem::Reserved,
        Ok(_) => return Ok(()),
    };
    Err(FileError::Path {
        path: path.to_owned(),
        problem,
    })
}

/// Names what else lies in the folder of a file that is not there.
fn with_neighbours(error: FileError, wanted: &Path) -> FileError {
    let FileError::Missing { path, .. } = error else {
        return error;
    };
    let kind = wanted.extension();
    let mut near: Vec<String> = wanted
        .parent()
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|found| found.extension() == kind)
        .filter_map(|found| Some(found.file_name()?.to_str()?.to_owned()))
        .collect();
    near.sort();
    // The newest day stands last where names carry dates, and is the likeliest to be meant.
    let rest = near.len().saturating_sub(NEAR);
    near.drain(..rest);
    FileError::Missing { path, near }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(path: &str) -> PathProblem {
        match parts(path) {
            Err(FileError::Path { problem, .. }) => problem,
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn paths_stay_in_the_office() {
        for (path, expected) in [
            ("", PathProblem::Empty),
            ("./", PathProblem::Empty),
            ("/etc/passwd", PathProblem::Absolute),
            (r"\\server\share\a.csv", PathProblem::Absolute),
            (r"C:\a.csv", PathProblem::Absolute),
            ("../a.csv", PathProblem::Upwards),
            ("inbox/../../a.csv", PathProblem::Upwards),
            (r"inbox\..\a.csv", PathProblem::Upwards),
            ("inbox/.. /a.csv", PathProblem::Upwards),
            ("inbox/a*.csv", PathProblem::Character('*')),
            ("inbox/a.csv:hidden", PathProblem::Character(':')),
            ("inbox/a\0.csv", PathProblem::Character('\0')),
            (".yakin/yakin.db", PathProblem::Reserved),
            ("./.YAKIN/yakin.db", PathProblem::Reserved),
        ] {
            assert_eq!(problem(path), expected, "{path}");
        }
        assert_eq!(
            parts(r"inbox\2026/一覧.csv").expect("inside"),
            ["inbox", "2026", "一覧.csv"]
        );
    }

    #[test]
    fn a_missing_file_names_its_neighbours() {
        let office = tempfile::tempdir().expect("folder");
        std::fs::create_dir(office.path().join("inbox")).expect("folder");
        for name in ["requests_20261120.csv", "requests_20261122.csv", "memo.txt"] {
            std::fs::write(office.path().join("inbox").join(name), "").expect("file");
        }
        let error = read(office.path(), "inbox/requests_20261123.csv").expect_err("missing");
        let near = vec!["requests_20261120.csv".to_owned(), "requests_20261122.csv".to_owned()];
        let path = "inbox/requests_20261123.csv".to_owned();
        assert_eq!(error, FileError::Missing { path, near });
    }

    #[test]
    fn writes_whole_or_not_at_all() {
        let office = tempfile::tempdir().expect("folder");
        let written = write(office.path(), "outbox/結果/a.xlsx", b"one").expect("written");
        assert_eq!(written, Path::new("outbox/結果/a.xlsx"));
        write(office.path(), "outbox/結果/a.xlsx", b"two").expect("replaced");
        assert_eq!(read(office.path(), "outbox/結果/a.xlsx").expect("read"), b"two");
        let left = std::fs::read_dir(office.path().join("outbox/結果"))
            .expect("folder")
            .count();
        assert_eq!(left, 1, "no draft is left");
        let error = write(office.path(), "outbox", b"x").expect_err("a folder");
        assert_eq!(
            error,
            FileError::Folder {
                path: "outbox".to_owned()
            }
        );
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let office = tempfile::tempdir().expect("folder");
        for expected in ["outbox/結果.v1.xlsx", "outbox/結果.v1_2.xlsx", "outbox/結果.v1_3.xlsx"] {
            let free = free_path(office.path(), "outbox/結果.v1.xlsx").expect("a path");
            assert_eq!(free, expected);
            write(office.path(), &free, b"x").expect("written");
        }
        assert!(free_path(office.path(), "../a.xlsx").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() {
        let office = tempfile::tempdir().expect("folder");
        let outside = tempfile::tempdir().expect("folder");
        std::fs::write(outside.path().join("a.csv"), "secret").expect("file");
        std::os::unix::fs::symlink(outside.path(), office.path().join("inbox")).expect("link");
        for error in [
            read(office.path(), "inbox/a.csv").expect_err("outside"),
            write(office.path(), "inbox/new/b.csv", b"x").expect_err("outside"),
        ] {
            assert!(
                matches!(
                    error,
                    FileError::Path {
                        problem: PathProblem::Outside,
                        ..
                    }
                ),
                "{error:?}"
            );
        }
        assert!(!outside.path().join("new").exists());
    }
}
