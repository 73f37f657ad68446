//! Unpacking for a look: every file is hashed, nothing is written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

use flate2::read::GzDecoder;

use super::error::{At, KitError};
use super::list::{MANIFEST, Manifest, SUMS, parse_sums, see};

/// How long a list of a kit may be, in bytes.
const LIST: u64 = 16 << 20;
/// How many files a kit may have.
const FILES: usize = 100_000;

/// A kit that was read: its list, and where its files differ from the list of hashes.
#[derive(Debug, Clone)]
pub struct Content {
    /// What it says that it is.
    pub manifest: Manifest,
    /// How many files agree with their hashes.
    pub whole: usize,
    /// Files that do not, with what is wrong: `missing`, `changed`, `not listed`.
    pub damaged: Vec<(String, &'static str)>,
}

/// A file's hash by its path, and the two lists.
#[derive(Default)]
struct Found {
    hashes: BTreeMap<String, String>,
    manifest: Option<String>,
    sums: Option<String>,
}

/// Reads a kit, packed or unpacked.
///
/// # Errors
/// [`KitError::NotAKit`], [`KitError::File`].
pub fn read(path: &Path) -> Result<Content, KitError> {
    let mut found = Found::default();
    if fs::metadata(path).at(path)?.is_dir() {
        folder(path, "", &mut found)?;
    } else {
        let file = File::open(path).at(path)?;
        archive(file, &mut found).map_err(|error| not_a_kit(path, error.to_string()))?;
    }
    compare(found).map_err(|detail| not_a_kit(path, detail))
}

fn not_a_kit(path: &Path, detail: impl Into<String>) -> KitError {
    KitError::NotAKit {
        path: path.to_owned(),
        detail: detail.into(),
    }
}

fn archive(file: impl Read, found: &mut Found) -> io::Result<()> {
    let mut archive = tar::Archive::new(GzDecoder::new(file));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_dir() {
            continue;
        }
        if !entry.header().entry_type().is_file() {
            return Err(io::Error::other("a link or device"));
        }
        let inside = inside(&entry.path()?).ok_or_else(|| io::Error::other("a path that leads out"))?;
        found.add(inside, &mut entry)?;
    }
    Ok(())
}

/// A path without the archive's own folder, with `/`; `None` if it leads anywhere else.
fn inside(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    let (_, rest) = parts.split_first()?;
    (!rest.is_empty()).then(|| rest.join("/"))
}

fn folder(root: &Path, inside: &str, found: &mut Found) -> Result<(), KitError> {
    let here = root.join(inside);
    for entry in fs::read_dir(&here).at(&here)? {
        let entry = entry.at(&here)?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name
            .to_str()
            .ok_or_else(|| not_a_kit(&path, "a name that is no text"))?;
        let inside = if inside.is_empty() {
            name.to_owned()
        } else {
            format!("{inside}/{name}")
        };
        let kind = entry.file_type().at(&path)?;
        if kind.is_dir() {
            folder(root, &inside, found)?;
        } else if kind.is_file() {
            let mut file = File::open(&path).at(&path)?;
            found.add(inside, &mut file).at(&path)?;
        } else {
            return Err(not_a_kit(&path, "a link or device"));
        }
    }
    Ok(())
}

impl Found {
    fn add(&mut self, path: String, stream: &mut impl Read) -> io::Result<()> {
        if self.hashes.len() >= FILES {
            return Err(io::Error::other("too many files"));
        }
        let seen = match path.as_str() {
            MANIFEST | SUMS => {
                let mut text = String::new();
                stream.take(LIST).read_to_string(&mut text)?;
                let seen = see(text.as_bytes())?;
                *(if path == SUMS {
                    &mut self.sums
                } else {
                    &mut self.manifest
                }) = Some(text);
                seen
            }
            _ => see(stream)?,
        };
        match self.hashes.insert(path, seen.sha256) {
            None => Ok(()),
            Some(_) => Err(io::Error::other("a file stands twice")),
        }
    }
}

fn compare(mut found: Found) -> Result<Content, String> {
    let sums = found.sums.ok_or_else(|| format!("{SUMS} is missing"))?;
    let sums = parse_sums(&sums).ok_or_else(|| format!("{SUMS} is no list of hashes"))?;
    let manifest = found.manifest.ok_or_else(|| format!("{MANIFEST} is missing"))?;
    let manifest: Manifest = serde_json::from_str(&manifest).map_err(|error| format!("{MANIFEST}: {error}"))?;
    if manifest.kit != 1 {
        return Err(format!("{MANIFEST}: kit {}", manifest.kit));
    }
    found.hashes.remove(SUMS);
    let mut damaged = Vec::new();
    let mut whole = 0;
    for (hash, path) in sums {
        match found.hashes.remove(path) {
            None => damaged.push((path.to_owned(), "missing")),
            Some(own) if own.eq_ignore_ascii_case(hash) => whole += 1,
            Some(_) => damaged.push((path.to_owned(), "changed")),
        }
    }
    damaged.extend(found.hashes.into_keys().map(|path| (path, "not listed")));
    Ok(Content {
        manifest,
        whole,
        damaged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{Wanted, make};

    fn kit(folder: &Path) -> std::path::PathBuf {
        for name in ["yakin", "chromedriver"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let out = folder.join("kit.tar.gz");
        let wanted = Wanted {
            program: folder.join("yakin"),
            driver: (folder.join("chromedriver"), "156.0.1".to_owned()),
            browser: Vec::new(),
            script_engine: None,
            models: None,
            browser_version: Some("156.0.1".to_owned()),
        };
        make(&wanted, &out).unwrap();
        out
    }

    fn unpacked(folder: &Path) -> std::path::PathBuf {
        let file = File::open(kit(folder)).unwrap();
        tar::Archive::new(GzDecoder::new(file))
            .unpack(folder.join("out"))
            .unwrap();
        let entry = fs::read_dir(folder.join("out")).unwrap().next().unwrap().unwrap();
        entry.path()
    }

    #[test]
    fn a_kit_is_whole_packed_and_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let packed = read(&kit(folder.path())).unwrap();
        assert_eq!(packed.damaged, []);
        assert_eq!(packed.whole, packed.manifest.files.len() + 1);
        let unpacked = read(&unpacked(folder.path())).unwrap();
        assert_eq!((unpacked.damaged.len(), unpacked.whole), (0, packed.whole));
    }

    #[test]
    fn every_change_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let root = unpacked(folder.path());
        fs::write(root.join("bin/yakin"), "other").unwrap();
        fs::remove_file(root.join("install.sh")).unwrap();
        fs::write(root.join("bin/more"), "more").unwrap();
        let found = read(&root).unwrap().damaged;
        let expected = [
            ("bin/yakin", "changed"),
            ("install.sh", "missing"),
            ("bin/more", "not listed"),
        ];
        assert_eq!(found, expected.map(|(path, what)| (path.to_owned(), what)));
    }

    #[test]
    fn what_is_no_kit_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let whole = fs::read(kit(folder.path())).unwrap();
        let file = folder.path().join("x.tar.gz");
        for bytes in [b"".as_slice(), b"no archive", &whole[..whole.len() / 2]] {
            fs::write(&file, bytes).unwrap();
            let told = read(&file);
            assert!(
                matches!(told, Err(KitError::NotAKit { .. })),
                "{} bytes: {told:?}",
                bytes.len()
            );
        }
        assert!(matches!(read(folder.path()), Err(KitError::NotAKit { .. })));
        assert!(matches!(read(&folder.path().join("none")), Err(KitError::File { .. })));
    }

    #[test]
    fn paths_never_lead_out() {
        for (path, expected) in [
            ("kit/bin/yakin", Some("bin/yakin")),
            ("./kit/a", Some("a")),
            ("kit", None),
            ("kit/../../etc/passwd", None),
            ("/etc/passwd", None),
        ] {
            assert_eq!(inside(Path::new(path)).as_deref(), expected, "{path}");
        }
    }
}
