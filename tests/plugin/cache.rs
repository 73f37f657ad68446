//! Compiled code: only what this office made is loaded.

use std::path::Path;

use yakin::drivers::plugin::{Cache, Code};

use crate::support::guests;

/// The one compiled file in a folder.
fn compiled(folder: &Path) -> std::path::PathBuf {
    let mut found = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "cwasm"));
    found.next().unwrap()
}

#[test]
fn a_file_that_is_not_this_offices_own_is_made_anew() {
    let own = tempfile::tempdir().unwrap();
    let load = |folder: &Path| Code::load(&guests::built("plain"), Some(&Cache::new(folder))).unwrap();
    drop(load(own.path()));
    let file = compiled(own.path());
    let good = std::fs::read(&file).unwrap();
    assert!(good.len() > 10_000);

    // Loaded as it is: nothing is written.
    drop(load(own.path()));
    assert!(std::fs::read(&file).unwrap() == good);

    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let other = tempfile::tempdir().unwrap();
    drop(load(other.path()));
    let foreign = std::fs::read(compiled(other.path())).unwrap();
    for bad in [
        Vec::new(),
        good[..31].to_vec(),
        good[..good.len() - 1].to_vec(),
        flipped,
        foreign,
    ] {
        std::fs::write(&file, &bad).unwrap();
        drop(load(own.path()));
        let now = std::fs::read(&file).unwrap();
        assert!(now != bad && now[32..] == good[32..], "made anew");
    }

    // Under another plugin's name it is another plugin's.
    let hostile = guests::built("hostile");
    drop(Code::load(&hostile, Some(&Cache::new(own.path()))).unwrap());
    let mut files = std::fs::read_dir(own.path())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let second = files.find(|path| *path != file && path.extension().is_some()).unwrap();
    let honest = std::fs::read(&second).unwrap();
    std::fs::copy(&file, &second).unwrap();
    drop(Code::load(&hostile, Some(&Cache::new(own.path()))).unwrap());
    assert!(std::fs::read(&second).unwrap()[32..] == honest[32..]);
}

#[cfg(unix)]
#[test]
fn the_key_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("plugins");
    drop(Code::load(&guests::built("plain"), Some(&Cache::new(&cache))).unwrap());
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&cache), mode(&cache.join("key"))), (0o700, 0o600));
}
