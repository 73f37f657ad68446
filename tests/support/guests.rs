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
    let file = target()
        .join("guests/wasm32-wasip2/release")
        .join(format!("{name}.wasm"));
    assert!(file.is_file(), "{} is missing: run plugins/build.sh", file.display());
    file
}

/// What all tests compile is compiled once.
pub(crate) fn compiled() -> PathBuf {
    target().join("guests/compiled")
}

/// The cache of all tests.
pub(crate) fn cache() -> Cache {
    Cache::new(compiled())
}

/// A component, ready to be called.
pub(crate) fn component(name: &str) -> Arc<Guest> {
    Arc::new(Guest::component(Code::load(&built(name), Some(&cache())).unwrap()).unwrap())
}

/// The engine for scripts.
pub(crate) fn javascript() -> Code {
    Code::script_engine(&built("yakin_javascript"), Some(&cache())).unwrap()
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}

/// An office with the plugins of the repository, their code compiled already.
pub(crate) fn office() -> tempfile::TempDir {
    // Compiled here if nobody has yet.
    drop(javascript());
    for name in ["zengin", "meibo", "plain", "hostile"] {
        drop(component(name));
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["plugins", "inbox", "outbox", "scenarios", ".yakin"] {
        std::fs::create_dir(root.join(name)).unwrap();
    }
    for name in ["zengin", "meibo", "plain", "hostile"] {
        std::fs::copy(built(name), root.join(format!("plugins/{name}.wasm"))).unwrap();
    }
    for name in ["tesuryo.js", "tesuryo.test.yaml", "zengin.test.yaml", "meibo.test.yaml"] {
        std::fs::copy(repository(&format!("plugins/{name}")), root.join("plugins").join(name)).unwrap();
    }
    std::fs::write(root.join("office.yaml"), "yakin: 1\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(compiled(), root.join(".yakin/plugins")).unwrap();
    folder
}
