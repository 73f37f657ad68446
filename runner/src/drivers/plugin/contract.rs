//! The contract as Rust sees it, made from `plugins/wit/yakin.wit`.

wasmtime::component::bindgen!({
    path: "../plugins/wit",
    world: "engine",
});

pub(super) use self::yakin::plugin::{host, script};
pub(super) use exports::yakin::plugin::api;
