//! Compiled plugins, kept: compiling takes seconds, loading what was compiled milliseconds.
//!
//! What lies here is machine code, and loading it means trusting it. So every file carries a keyed hash (HMAC-SHA-256)
//! of its content, its name and the compiler's settings, with a key that this office made and that lies beside it for
//! its owner's eyes only. A file that was damaged, changed, brought from elsewhere or made by another version is not
//! loaded, but made anew.

use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::platform::files;

/// The file of the key, in the cache's folder.
const KEY: &str = "key";
/// The length of the key and of a seal, in bytes.
const SEAL: usize = 32;

/// A folder of compiled plugins.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache in a folder, which is made when something is first kept.
    pub fn new(folder: impl Into<PathBuf>) -> Cache {
        Cache { folder: folder.into() }
    }

    /// The component that this engine compiled from code of this name (its hash); `None` when it has to be compiled.
    pub(super) fn load(&self, engine: &Engine, hash: &str) -> Option<Component> {
        let file = std::fs::read(self.place(engine, hash)).ok()?;
        let (seal, code) = file.split_at_checked(SEAL)?;
        let key = read_key(&self.folder)?;
        let mut mac = mac(&key, engine, hash)?;
        mac.update(code);
        mac.verify_slice(seal).ok()?;
        trusted(engine, code)
    }

    /// Keeps a component. That it could not be kept costs time and nothing else.
    pub(super) fn keep(&self, engine: &Engine, hash: &str, component: &Component) {
        let kept = || -> Option<()> {
            let code = component.serialize().ok()?;
            files::create_private_folder(&self.folder).ok()?;
            let key = read_key(&self.folder).or_else(|| make_key(&self.folder))?;
            let mut mac = mac(&key, engine, hash)?;
            mac.update(&code);
            let mut file = mac.finalize().into_bytes().to_vec();
            file.extend(code);
            files::write_whole(&self.place(engine, hash), &file).ok()
        };
        let _ = kept();
    }

    fn place(&self, engine: &Engine, hash: &str) -> PathBuf {
        self.folder.join(format!("{hash}-{}.cwasm", settings(engine)))
    }
}

/// The compiler's version and settings as a short name.
fn settings(engine: &Engine) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn mac(key: &[u8], engine: &Engine, hash: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(hash.as_bytes());
    mac.update(settings(engine).as_bytes());
    Some(mac)
}

fn read_key(folder: &Path) -> Option<Vec<u8>> {
    std::fs::read(folder.join(KEY)).ok().filter(|key| key.len() == SEAL)
}

/// Makes the key; where another process was faster, its key is taken.
fn make_key(folder: &Path) -> Option<Vec<u8>> {
    let mut key = vec![0; SEAL];
    getrandom::fill(&mut key).ok()?;
    match files::create_private(&folder.join(KEY), &key) {
        Ok(()) => Some(key),
        Err(_) => read_key(folder),
    }
}

/// Takes machine code for what it is.
#[expect(
    unsafe_code,
    reason = "wasmtime cannot check compiled code; the keyed hash says that it is this office's own"
)]
fn trusted(engine: &Engine, code: &[u8]) -> Option<Component> {
    // SAFETY: `load` has verified that exactly these bytes were written by `keep`, which had them from `serialize`.
    unsafe { Component::deserialize(engine, code) }.ok()
}
