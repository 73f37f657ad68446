//! Guests that `plugins/build.sh` has built, and what was compiled of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use yakin::drivers::plugin::{Cache, Code, Guest};

/// The folder that cargo builds into.
fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.ancestors().nth(3).unwrap().to_owned()
}

/// A guest's file.
pub(crate) fn built(name: &str) -> PathBuf {
    let file = target().join("guests/wasm32-wasip2/release").join(format!("{name}.wasm"));
    assert!(file.is_file(), "{} is missing: run plugins/build.sh", file.display());
    file
}

/// What all tests compile is compiled once.
pub(crate) fn cache() -> Cache {
    Cache::new(target().join("guests/compiled"))
}

/// A component, ready to be called.
pub(crate) fn component(name: &str) -> Arc<Guest> {
    Arc::new(Guest::component(Code::load(&built(name), Some(&cache())).unwrap()).unwrap())
}

/// The engine for scripts.
pub(crate) fn javascript() -> Code {
    Code::load(&built("yakin_javascript"), Some(&cache())).unwrap()
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}
