//! wasmtime alone on the same component: a fresh instance and a call with no limits, no system, no shape; as wasmtime comes, and with
//! yakin's way to wipe what an instance has written.

use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};

wasmtime::component::bindgen!({
    path: "../plugins/wit",
    world: "plugin",
});

pub(super) struct Bare {
    engine: Engine,
    ready: PluginPre<Nothing>,
}

struct Nothing;

impl yakin::plugin::host::Host for Nothing {
    fn log(&mut self, _: String) {}

    fn progress(&mut self, _: u32, _: u32) {}

    fn now(&mut self) -> Result<String, String> {
        Err(String::new())
    }

    fn read_file(&mut self, _: String) -> Result<Vec<u8>, String> {
        Err(String::new())
    }

    fn write_file(&mut self, _: String, _: Vec<u8>) -> Result<(), String> {
        Err(String::new())
    }
}

impl Bare {
    pub(super) fn new(wasm: &[u8], tuned: bool) -> super::Outcomes<Bare> {
        let mut pool = PoolingAllocationConfig::new();
        if tuned {
            pool.pagemap_scan(Enabled::Auto).linear_memory_keep_resident(8 << 20);
            pool.table_keep_resident(16 << 10);
        }
        let mut config = Config::new();
        config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        let engine = Engine::new(&config)?;
        let component = Component::from_binary(&engine, wasm)?;
        let mut linker = Linker::new(&engine);
        Plugin::add_to_linker::<_, HasSelf<Nothing>>(&mut linker, |nothing| nothing)?;
        linker.define_unknown_imports_as_traps(&component)?;
        let ready = PluginPre::new(linker.instantiate_pre(&component)?)?;
        Ok(Bare { engine, ready })
    }

    pub(super) fn add(&self, a: i64, b: i64) -> super::Outcomes<String> {
        let mut store = Store::new(&self.engine, Nothing);
        let plugin = self.ready.instantiate(&mut store)?;
        let arguments = serde_json::json!({ "a": a, "b": b }).to_string();
        let answer = plugin.yakin_plugin_api().call_call(&mut store, "add", &arguments)?;
        answer.map_err(|failure| failure.message.into())
    }
}
