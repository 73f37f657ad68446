//! Packing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};

use super::error::{At, KitError};
use super::list::{Listed, MANIFEST, Manifest, SUMS, Seen, see, sums};
use crate::drivers::plugin::SCRIPT_ENGINE;
use crate::platform::files;

/// The time of every file in a kit: the first that all archive formats know (1980-01-01 UTC).
const TIME: u64 = 315_532_800;

/// The texts of every kit: name, content, whether it is a program.
const TEXTS: &[(&str, &str, bool)] = &[
    ("KIT.md", include_str!("../../templates/kit/KIT.md"), false),
    ("install.sh", include_str!("../../templates/kit/install.sh"), true),
    (
        "units/yakin@.service",
        include_str!("../../templates/kit/yakin@.service"),
        false,
    ),
    (
        "units/yakin@.timer",
        include_str!("../../templates/kit/yakin@.timer"),
        false,
    ),
    ("docs/README.md", include_str!("../../../README.md"), false),
    ("docs/scenarios.md", include_str!("../../../scenarios/README.md"), false),
    ("docs/LICENSE-APACHE", include_str!("../../../LICENSE-APACHE"), false),
    ("docs/LICENSE-MIT", include_str!("../../../LICENSE-MIT"), false),
];

/// What must be there already: Japanese, English.
const NOT_INSIDE: &[(&str, &str)] = &[
    (
        "OS と C ライブラリー（glibc）。必要な版は glibc の欄",
        "the operating system and its C library; see glibc for the oldest that will do",
    ),
    (
        "ブラウザーの使う共有ライブラリー（libnss3 など）。ブラウザーを .deb で入れるときは、それが求めるパッケージも要る",
        "the shared libraries of the browser (libnss3 and others); a browser installed from .deb files needs the packages they name",
    ),
    (
        "日本語のフォント（fonts-ipafont-gothic など）",
        "a Japanese font (such as fonts-ipafont-gothic)",
    ),
    (
        "事務所のフォルダー・記録・秘密。yakin init と yakin secret set で作る",
        "the office, its records and secrets; made with yakin init and yakin secret set",
    ),
    ("PostgreSQL（使うときだけ）", "PostgreSQL (only where it is used)"),
];
/// Added when no browser was given.
const NO_BROWSER: (&str, &str) = (
    "ブラウザー（Chromium か Chrome か Edge）。driver と最初の数字が同じ版",
    "the browser (Chromium, Chrome or Edge), its first number equal to that of driver",
);

/// What to pack.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The yakin program.
    pub program: PathBuf,
    /// The engine for plugins in JavaScript, where there is one.
    pub script_engine: Option<PathBuf>,
    /// The driver, with its version.
    pub driver: (PathBuf, String),
    /// Packages or folders of the browser.
    pub browser: Vec<PathBuf>,
    /// A folder of models.
    pub models: Option<PathBuf>,
    /// The version of the browser of this machine.
    pub browser_version: Option<String>,
}

/// A kit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What is inside.
    pub manifest: Manifest,
    /// The size of the archive in bytes.
    pub size: u64,
    /// The hash of the archive, in hex: to be carried on paper beside it.
    pub sha256: String,
}

/// Where a file's content comes from.
enum Content {
    File(PathBuf),
    Text(String),
}

/// The files of a kit by their path in it, with whether each is a program.
type Files = BTreeMap<String, (Content, bool)>;

/// Makes a kit. It appears under its name whole or not at all.
///
/// # Errors
/// [`KitError::Refused`] if something among the given files may be an office's own data, [`KitError::File`].
pub fn make(wanted: &Wanted, out: &Path) -> Result<Made, KitError> {
    let mut files = gather(wanted)?;
    let mut listed = Vec::new();
    let mut glibc = None;
    for (path, (content, _)) in &files {
        let seen = seen(content)?;
        glibc = glibc.max(seen.glibc);
        listed.push(Listed {
            path: path.clone(),
            size: seen.size,
            sha256: seen.sha256,
        });
    }
    let manifest = Manifest {
        kit: 1,
        yakin: env!("CARGO_PKG_VERSION").to_owned(),
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        glibc: glibc.map(|(first, second)| format!("{first}.{second}")),
        driver: wanted.driver.1.clone(),
        browser: wanted.browser_version.clone(),
        not_inside: not_inside(wanted),
        files: listed.clone(),
    };
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(io::Error::other)
        .at(MANIFEST)?
        + "\n";
    let seen = see(text.as_bytes()).at(MANIFEST)?;
    listed.push(Listed {
        path: MANIFEST.to_owned(),
        size: seen.size,
        sha256: seen.sha256,
    });
    let all = sums(&listed);
    files.insert(MANIFEST.to_owned(), (Content::Text(text), false));
    files.insert(SUMS.to_owned(), (Content::Text(all), false));
    pack(&files, &manifest, out)
}

fn not_inside(wanted: &Wanted) -> Vec<[String; 2]> {
    let without = wanted.browser.is_empty().then_some(NO_BROWSER);
    without
        .iter()
        .chain(NOT_INSIDE)
        .map(|(ja, en)| [(*ja).to_owned(), (*en).to_owned()])
        .collect()
}

fn gather(wanted: &Wanted) -> Result<Files, KitError> {
    let mut files: Files = TEXTS
        .iter()
        .map(|(path, text, program)| ((*path).to_owned(), (Content::Text((*text).to_owned()), *program)))
        .collect();
    let ending = std::env::consts::EXE_SUFFIX;
    files.insert(
        format!("bin/yakin{ending}"),
        (Content::File(wanted.program.clone()), true),
    );
    files.insert(
        format!("bin/chromedriver{ending}"),
        (Content::File(wanted.driver.0.clone()), true),
    );
    if let Some(engine) = &wanted.script_engine {
        files.insert(format!("bin/{SCRIPT_ENGINE}"), (Content::File(engine.clone()), false));
    }
    for given in &wanted.browser {
        take(given, "browser", &mut files)?;
    }
    if let Some(models) = &wanted.models {
        take(models, "models", &mut files)?;
    }
    Ok(files)
}

/// Takes a file under its own name, or everything in a folder.
fn take(given: &Path, into: &str, files: &mut Files) -> Result<(), KitError> {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let refused = || KitError::Refused { path: given.to_owned() };
    let found = fs::metadata(given).at(given)?;
    if found.is_dir() {
        if is_office(given) {
            return Err(refused());
        }
        for entry in fs::read_dir(given).at(given)? {
            let path = entry.at(given)?.path();
            let Some(name) = name(&path) else { continue };
            if path.is_dir() {
                // A link could lead round in a circle, or out of the folder that was meant.
                if path.is_symlink() {
                    return Err(KitError::Refused { path });
                }
                take(&path, &format!("{into}/{name}"), files)?;
            } else {
                add(&path, format!("{into}/{name}"), files)?;
            }
        }
        return Ok(());
    }
    let name = name(given).ok_or_else(refused)?;
    add(given, format!("{into}/{name}"), files)
}

fn add(path: &Path, inside: String, files: &mut Files) -> Result<(), KitError> {
    if !path.is_file() || is_private(path).at(path)? || inside.contains(['\n', '\r', '\\']) {
        return Err(KitError::Refused { path: path.to_owned() });
    }
    let program = files::is_program(path);
    files.insert(inside, (Content::File(path.to_owned()), program));
    Ok(())
}

/// Whether a folder is an office, or part of what yakin keeps for itself.
fn is_office(folder: &Path) -> bool {
    let own = folder.file_name().is_some_and(|name| name == ".yakin");
    own || folder.join("office.yaml").exists() || folder.join(".yakin").exists() || folder.join("office.key").exists()
}

/// Whether a file looks like records, keys, tables or decisions of an office, by its name or its first bytes.
fn is_private(path: &Path) -> io::Result<bool> {
    const NAMES: &[&str] = &["office.yaml", "office.key", "practice.json", "owner.json"];
    const ENDINGS: &[&str] = &[
        "db", "db-wal", "db-shm", "key", "pem", "p12", "pfx", "csv", "xlsx", "xls", "xlsm",
    ];
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if NAMES.contains(&name.as_str()) || ENDINGS.contains(&ending) {
        return Ok(true);
    }
    let mut first = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut first)?;
    Ok([b"SQLite format 3\0".as_slice(), b"-----BEGIN"]
        .iter()
        .any(|mark| first.starts_with(mark)))
}

fn seen(content: &Content) -> Result<Seen, KitError> {
    match content {
        Content::File(path) => File::open(path).and_then(see).at(path),
        Content::Text(text) => see(text.as_bytes()).at(""),
    }
}

fn pack(files: &Files, manifest: &Manifest, out: &Path) -> Result<Made, KitError> {
    let mut part = out.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    let packed = write(files, manifest, &part).and_then(|()| {
        let seen = File::open(&part).and_then(see).at(&part)?;
        fs::rename(&part, out).at(out)?;
        Ok(seen)
    });
    if packed.is_err() {
        // Half of a kit is of no use; the first error is the one that counts.
        let _ = fs::remove_file(&part);
    }
    packed.map(|seen| Made {
        manifest: manifest.clone(),
        size: seen.size,
        sha256: seen.sha256,
    })
}

fn write(files: &Files, manifest: &Manifest, part: &Path) -> Result<(), KitError> {
    let root = format!("yakin-kit-{}-{}-{}", manifest.yakin, manifest.os, manifest.arch);
    let file = BufWriter::new(File::create(part).at(part)?);
    let packed = GzBuilder::new().mtime(0).write(file, Compression::default());
    let mut archive = tar::Builder::new(packed);
    for (path, (content, program)) in files {
        let name = format!("{root}/{path}");
        match content {
            Content::Text(text) => {
                let size = text.len() as u64;
                append(&mut archive, &name, (size, *program), text.as_bytes()).at(part)?;
            }
            Content::File(from) => {
                let size = manifest
                    .files
                    .iter()
                    .find(|file| file.path == *path)
                    .map_or(0, |file| file.size);
                let stream = File::open(from).at(from)?;
                append(&mut archive, &name, (size, *program), stream.take(size)).at(part)?;
            }
        }
    }
    let mut packed = archive.into_inner().and_then(|packed| packed.finish()).at(part)?;
    packed.flush().at(part)?;
    packed.get_ref().sync_all().at(part)
}

/// Adds a file whose header says nothing of this machine, its user or the time.
fn append(archive: &mut tar::Builder<impl Write>, name: &str, about: (u64, bool), stream: impl Read) -> io::Result<()> {
    let (size, program) = about;
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Regular);
    header.set_size(size);
    header.set_mode(if program { 0o755 } else { 0o644 });
    header.set_mtime(TIME);
    header.set_uid(0);
    header.set_gid(0);
    archive.append_data(&mut header, name, stream)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(folder: &Path) -> Wanted {
        fs::write(folder.join("yakin"), "yakin GLIBC_2.34").unwrap();
        fs::write(folder.join("chromedriver"), "driver GLIBC_2.17").unwrap();
        Wanted {
            program: folder.join("yakin"),
            driver: (folder.join("chromedriver"), "156.0.1".to_owned()),
            browser: Vec::new(),
            script_engine: None,
            models: None,
            browser_version: None,
        }
    }

    #[test]
    fn the_same_files_make_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = wanted(folder.path());
        let (one, two) = (folder.path().join("1.tar.gz"), folder.path().join("2.tar.gz"));
        let first = make(&wanted, &one).unwrap();
        fs::copy(&wanted.program, folder.path().join("later")).unwrap();
        fs::rename(folder.path().join("later"), &wanted.program).unwrap();
        assert_eq!(make(&wanted, &two).unwrap(), first);
        assert!(fs::read(&one).unwrap() == fs::read(&two).unwrap());
        assert_eq!(first.manifest.glibc.as_deref(), Some("2.34"));
        let files = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 4, "no half of a kit is left");
    }

    #[test]
    fn what_may_be_an_offices_own_is_never_packed() {
        let folder = tempfile::tempdir().unwrap();
        let mut wanted = wanted(folder.path());
        let out = folder.path().join("kit.tar.gz");
        let given = folder.path().join("models");
        for (name, content) in [
            ("office.yaml", "yakin: 1"),
            ("office.key", "00"),
            ("history.db", ""),
            ("requests.CSV", "氏名"),
            ("結果.xlsx", ""),
            ("innocent", "SQLite format 3\0rest"),
            ("jpn.traineddata", "-----BEGIN PRIVATE KEY-----"),
            ("inner/.yakin/x", ""),
            ("inner/office.yaml", ""),
        ] {
            let _ = fs::remove_dir_all(&given);
            let file = given.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, content).unwrap();
            wanted.models = Some(given.clone());
            let refused = make(&wanted, &out);
            assert!(matches!(refused, Err(KitError::Refused { .. })), "{name}: {refused:?}");
            wanted.models = None;
            if file.is_file() && !name.contains('/') {
                wanted.browser = vec![file];
                assert!(
                    matches!(make(&wanted, &out), Err(KitError::Refused { .. })),
                    "{name} alone"
                );
                wanted.browser.clear();
            }
            assert!(!out.exists(), "{name}");
        }
    }

    #[test]
    fn a_folder_is_taken_with_everything_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut wanted = wanted(folder.path());
        let browser = folder.path().join("chrome-linux64");
        fs::create_dir_all(browser.join("locales")).unwrap();
        fs::write(browser.join("chrome"), "x").unwrap();
        fs::write(browser.join("locales/ja.pak"), "y").unwrap();
        wanted.browser = vec![browser];
        let made = make(&wanted, &folder.path().join("kit.tar.gz")).unwrap();
        let paths: Vec<&str> = made.manifest.files.iter().map(|file| file.path.as_str()).collect();
        for path in ["bin/yakin", "browser/chrome", "browser/locales/ja.pak", "install.sh"] {
            assert!(paths.contains(&path), "{path}: {paths:?}");
        }
        assert!(paths.is_sorted());
        assert!(
            !made
                .manifest
                .not_inside
                .iter()
                .any(|[_, en]| en.starts_with("the browser ("))
        );
    }
}
