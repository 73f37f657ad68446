//! The lists of a kit: what is inside, for people and for `sha256sum`.

use std::io::{self, BufRead, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The manifest's name in a kit.
pub const MANIFEST: &str = "MANIFEST.json";
/// The name of the list of hashes, as `sha256sum -c` reads it. It holds every file but itself.
pub const SUMS: &str = "SHA256SUMS";

/// What a kit is and what is inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this list: 1.
    pub kit: u32,
    /// The version of yakin.
    pub yakin: String,
    /// The operating system, such as `linux`.
    pub os: String,
    /// The processor, such as `x86_64`.
    pub arch: String,
    /// The oldest GNU C library that its programs start with, if they need one.
    pub glibc: Option<String>,
    /// The driver's version.
    pub driver: String,
    /// The version of the browser on the machine where the kit was made.
    pub browser: Option<String>,
    /// What is not inside and must be there already, in Japanese and English.
    pub not_inside: Vec<[String; 2]>,
    /// Every file but the two lists, by path.
    pub files: Vec<Listed>,
}

/// A file of a kit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Where it stands in the kit, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its hash, in hex.
    pub sha256: String,
}

/// What was seen of a stream: size, hash, and the newest version of the GNU C library that is named in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) glibc: Option<(u32, u32)>,
}

/// Reads a stream to its end.
pub(super) fn see(mut stream: impl Read) -> io::Result<Seen> {
    const PART: usize = 1 << 16;
    // A name may lie across two parts.
    const OVERLAP: usize = 16;
    let (mut hash, mut size, mut glibc) = (Sha256::new(), 0_u64, None);
    let mut window: Vec<u8> = Vec::with_capacity(PART + OVERLAP);
    let mut part = vec![0; PART];
    loop {
        let read = stream.read(&mut part)?;
        let Some(new) = part.get(..read).filter(|new| !new.is_empty()) else {
            break;
        };
        hash.update(new);
        size += read as u64;
        window.extend_from_slice(new);
        glibc = glibc.max(glibc_in(&window));
        let kept = window.len().saturating_sub(OVERLAP);
        window.drain(..kept);
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Seen { size, sha256, glibc })
}

/// The newest `GLIBC_2.x` that is named: a program's list of the library versions that it needs.
fn glibc_in(bytes: &[u8]) -> Option<(u32, u32)> {
    const MARK: &[u8] = b"GLIBC_";
    let (mut rest, mut newest) = (bytes, None);
    // Long files are read often; the standard library looks for a single byte much faster than for a word.
    while let Ok(1..) = rest.skip_until(b'_') {
        let before = bytes.len() - rest.len();
        if !bytes.get(..before).is_some_and(|before| before.ends_with(MARK)) {
            continue;
        }
        let digits = rest
            .iter()
            .take_while(|byte| byte.is_ascii_digit() || **byte == b'.')
            .count();
        let number = rest.get(..digits).and_then(|digits| std::str::from_utf8(digits).ok());
        newest = newest.max(number.and_then(version));
    }
    newest
}

/// `2.36` or `2.2.5` as its first two numbers.
pub(super) fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// The list of hashes as `sha256sum` writes and reads it.
pub(super) fn sums(files: &[Listed]) -> String {
    files
        .iter()
        .map(|file| format!("{}  {}\n", file.sha256, file.path))
        .collect()
}

/// Reads a list of hashes: hash and path.
pub(super) fn parse_sums(text: &str) -> Option<Vec<(&str, &str)>> {
    let line = |line: &str| {
        let (hash, _) = line.split_once("  ")?;
        (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(())
    };
    text.lines()
        .map(|one| line(one).and_then(|()| one.split_once("  ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_hashed_and_its_library_found_across_parts() {
        let mut bytes = vec![0_u8; (1 << 16) - 4];
        bytes.extend_from_slice(b"GLIBC_2.34\0GLIBC_2.2.5\0");
        let seen = see(bytes.as_slice()).expect("readable");
        assert_eq!((seen.size, seen.glibc), (bytes.len() as u64, Some((2, 34))));
        let empty = see([].as_slice()).expect("readable");
        let known = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!((empty.sha256.as_str(), empty.glibc), (known, None));
    }

    #[test]
    fn versions_of_the_library_are_compared_as_numbers() {
        assert_eq!(glibc_in(b"GLIBC_2.9 GLIBC_2.36 GLIBC_PRIVATE GLIBC_"), Some((2, 36)));
        assert_eq!(version("2.36"), Some((2, 36)));
        assert_eq!(version("two"), None);
    }

    #[test]
    fn hashes_are_written_and_read_alike() {
        let files = [Listed {
            path: "docs/手引き 1.md".to_owned(),
            size: 1,
            sha256: "a".repeat(64),
        }];
        let text = sums(&files);
        assert_eq!(
            parse_sums(&text),
            Some(vec![("a".repeat(64).as_str(), "docs/手引き 1.md")])
        );
        for wrong in ["x  y", "no hash", &format!("{} one", "a".repeat(64))] {
            assert_eq!(parse_sums(wrong), None, "{wrong}");
        }
    }
}
