//! The office key: 32 random bytes in a file that only its owner can read.

use std::path::Path;

use zeroize::Zeroizing;

use super::error::StoreError;
use super::hex::{hex, unhex};
use crate::platform::files;

/// The length of the key in bytes.
const LENGTH: usize = 32;

/// The key as it stands in memory.
pub(super) type Key = Zeroizing<[u8; LENGTH]>;

/// Reads the key from its file; `None` when there is no file.
pub(super) fn load(path: &Path) -> Result<Option<Key>, StoreError> {
    let text = match std::fs::read(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            let path = path.to_owned();
            return Err(StoreError::File { path, source });
        }
    };
    let wrong = || StoreError::WrongKey { path: path.to_owned() };
    let digits = std::str::from_utf8(&text).map_err(|_| wrong())?;
    let bytes = Zeroizing::new(unhex(digits.trim()).ok_or_else(wrong)?);
    let key: [u8; LENGTH] = bytes.as_slice().try_into().map_err(|_| wrong())?;
    Ok(Some(Zeroizing::new(key)))
}

/// Makes a new key and writes it, readable for its owner only. A file that another process made meanwhile stays, and
/// its key is returned.
pub(super) fn create(path: &Path) -> Result<Key, StoreError> {
    let mut key: Key = Zeroizing::new([0; LENGTH]);
    getrandom::fill(key.as_mut()).map_err(|_| StoreError::Random)?;
    let text = Zeroizing::new(format!("{}\n", hex(key.as_ref())));
    match files::create_private(path, text.as_bytes()) {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            load(path)?.ok_or_else(|| StoreError::KeyMissing { path: path.to_owned() })
        }
        Err(source) => {
            let path = path.to_owned();
            Err(StoreError::File { path, source })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("office.key");
        assert!(load(&path).expect("readable").is_none());
        let made = create(&path).expect("made");
        assert_eq!(*create(&path).expect("kept"), *made);
        assert_eq!(*load(&path).expect("readable").expect("there"), *made);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("office.key");
        for text in ["", "00", "zz", &"0".repeat(63), &"0".repeat(66), "\u{3000}"] {
            std::fs::write(&path, text).expect("written");
            assert!(matches!(load(&path), Err(StoreError::WrongKey { .. })), "{text:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("office.key");
        create(&path).expect("made");
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
