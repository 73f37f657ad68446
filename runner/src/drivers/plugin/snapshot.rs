//! The engine for scripts, made ready once.
//!
//! A language's global objects are the same for every text, and building them takes longer than most calls. So the engine
//! does that once (`prepare` of the contract), and what then lies in its memory becomes the memory that every fresh instance
//! begins with: pages of a file, which the system copies when they are written to. Nobody's text and nobody's data are in it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use wasmtime::component::{Component, Instance, Lift};
use wasmtime::{Config, Engine, Error, OptLevel, Result, Store, bail, format_err};
use wasmtime_wizer::{ComponentInstanceState, Wizer};

use super::answers;
use super::inside::{Given, Inside};

/// What an engine does before any text is known.
const PREPARE: &str = "prepare";

/// The component whose instances begin where this one's `prepare` ends.
pub(super) fn prepared(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut wizer = Wizer::new();
    // Nobody calls it again; the component model would notice if it were gone.
    wizer.init_func(PREPARE).keep_init_func(true);
    let (context, open) = wizer.instrument_component(wasm)?;
    // It runs once, for less than it would take to compile it well.
    let mut config = Config::new();
    config.cranelift_opt_level(OptLevel::None);
    let engine = Engine::new(&config)?;
    let component = Component::from_binary(&engine, &open)?;
    let linker = answers::linker(&engine, &component)?;
    let mut store = Store::new(&engine, Inside::new(None, Given::default()));
    let instance = linker.instantiate(&mut store, &component)?;
    let prepare = instance
        .get_typed_func::<(), ()>(&mut store, PREPARE)
        .map_err(|_| format_err!("it cannot {PREPARE}"))?;
    prepare.call(&mut store, ())?;
    let mut seen = Seen {
        store,
        instance,
        trouble: None,
    };
    let ready = at_once(wizer.snapshot_component(&context, &mut seen))?;
    match seen.trouble {
        Some(error) => Err(error),
        None => ready,
    }
}

/// An instance whose memory and globals are read.
struct Seen {
    store: Store<Inside>,
    instance: Instance,
    /// The first thing that could not be read.
    trouble: Option<Error>,
}

impl Seen {
    /// Calls one of the functions that the instrumented component has for this.
    fn ask<T: Lift + Default + 'static>(&mut self, interface: &str, function: &str) -> T {
        self.asked(interface, function).unwrap_or_else(|error| {
            self.trouble.get_or_insert(error);
            T::default()
        })
    }

    fn asked<T: Lift + 'static>(&mut self, interface: &str, function: &str) -> Result<T> {
        let store = &mut self.store;
        let missing = || format_err!("no {interface}#{function}");
        let (_, outer) = self
            .instance
            .get_export(&mut *store, None, interface)
            .ok_or_else(missing)?;
        let found = self.instance.get_export(&mut *store, Some(&outer), function);
        let (_, inner) = found.ok_or_else(missing)?;
        let typed = self.instance.get_typed_func::<(), (T,)>(&mut *store, inner)?;
        Ok(typed.call(&mut *store, ())?.0)
    }
}

impl ComponentInstanceState for Seen {
    async fn call_func_ret_list_u8(&mut self, instance: &str, func: &str, contents: impl FnOnce(&[u8]) + Send) {
        contents(&self.ask::<Vec<u8>>(instance, func));
    }

    async fn call_func_ret_s32(&mut self, instance: &str, func: &str) -> i32 {
        self.ask(instance, func)
    }

    async fn call_func_ret_s64(&mut self, instance: &str, func: &str) -> i64 {
        self.ask(instance, func)
    }

    async fn call_func_ret_f32(&mut self, instance: &str, func: &str) -> u32 {
        self.ask::<f32>(instance, func).to_bits()
    }

    async fn call_func_ret_f64(&mut self, instance: &str, func: &str) -> u64 {
        self.ask::<f64>(instance, func).to_bits()
    }
}

/// What has nothing to wait for.
fn at_once<T>(work: impl Future<Output = T>) -> Result<T> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Ok(done),
        Poll::Pending => bail!("it waits for something"),
    }
}
