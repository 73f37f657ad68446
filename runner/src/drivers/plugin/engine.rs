//! The one engine of this process, and the thread that ends calls which take too long.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::Thread;
use std::time::Duration;

use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use super::{MEMORY, PluginError, SCRIPT_ENGINE};
use crate::platform::programs;

/// How often the time of calls is looked at.
const TICK: Duration = Duration::from_millis(10);
/// Ticks without a call after which nobody looks any more.
const IDLE: u32 = 100;
/// Components that may be at work at one time.
const AT_ONCE: u32 = 32;
/// Core modules that a component may consist of: a language's standard library is a few.
const MODULES: u32 = 64;
/// Native stack of a call, in bytes; the thread that calls has twice that.
const STACK: usize = 1024 * 1024;

/// The engine with its clock.
pub(super) struct Machine {
    pub(super) engine: Engine,
    clock: Arc<Ticking>,
    ticker: Thread,
}

/// What the ticking thread shares with the calls.
#[derive(Default)]
struct Ticking {
    calls: AtomicUsize,
    asleep: AtomicBool,
}

/// The engine for scripts, which a kit puts beside the program.
pub fn script_engine() -> Option<PathBuf> {
    programs::file_beside(SCRIPT_ENGINE)
}

/// The engine: one for the process, since it reserves the address space of all its guests at once.
pub(super) fn machine() -> Result<&'static Machine, PluginError> {
    static MACHINE: OnceLock<Result<Machine, PluginError>> = OnceLock::new();
    MACHINE.get_or_init(Machine::start).as_ref().map_err(Clone::clone)
}

impl Machine {
    fn start() -> Result<Machine, PluginError> {
        let failed = |detail: String| PluginError::Sandbox { detail };
        let engine = Engine::new(&config()).map_err(|error| failed(format!("{error:#}")))?;
        let clock = Arc::new(Ticking::default());
        let (ticking, ticked) = (clock.clone(), engine.clone());
        let ticker = std::thread::Builder::new()
            .name("plugin-clock".to_owned())
            .spawn(move || tick(&ticking, &ticked))
            .map_err(|error| failed(error.to_string()))?;
        Ok(Machine {
            engine,
            clock,
            ticker: ticker.thread().clone(),
        })
    }

    /// Lets time pass for as long as the guard lives.
    pub(super) fn timed(&self) -> Timed<'_> {
        self.clock.calls.fetch_add(1, Ordering::SeqCst);
        if self.clock.asleep.swap(false, Ordering::SeqCst) {
            self.ticker.unpark();
        }
        Timed(&self.clock.calls)
    }

    /// The ticks after which a length of time has passed for certain.
    pub(super) fn ticks(limit: Duration) -> u64 {
        u64::try_from(limit.as_millis().div_ceil(TICK.as_millis())).unwrap_or(u64::MAX / 2) + 1
    }
}

/// A call whose time is looked at.
pub(super) struct Timed<'m>(&'m AtomicUsize);

impl Drop for Timed<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn tick(clock: &Ticking, engine: &Engine) {
    let mut idle = 0;
    loop {
        std::thread::park_timeout(TICK);
        engine.increment_epoch();
        idle = if clock.calls.load(Ordering::SeqCst) > 0 {
            0
        } else {
            idle + 1
        };
        if idle < IDLE {
            continue;
        }
        clock.asleep.store(true, Ordering::SeqCst);
        // A call that began just now may not have seen the line above.
        while clock.calls.load(Ordering::SeqCst) == 0 && clock.asleep.load(Ordering::SeqCst) {
            std::thread::park();
        }
        clock.asleep.store(false, Ordering::SeqCst);
        idle = 0;
    }
}

fn config() -> Config {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(AT_ONCE)
        .total_core_instances(AT_ONCE * MODULES / 4)
        .max_core_instances_per_component(MODULES)
        .total_memories(AT_ONCE)
        .total_tables(AT_ONCE * 8)
        .max_memories_per_component(8)
        .max_tables_per_component(MODULES)
        .table_elements(50_000)
        .max_core_instance_size(4 * 1024 * 1024)
        .max_component_instance_size(4 * 1024 * 1024)
        .max_memory_size(MEMORY)
        // What a guest has written to is made good by hand up to here, which is faster than asking the system for new pages. A
        // system that cannot tell which pages these are makes all of them good.
        .pagemap_scan(Enabled::Auto)
        .linear_memory_keep_resident(if PoolingAllocationConfig::is_pagemap_scan_available() {
            8 * 1024 * 1024
        } else {
            512 * 1024
        })
        .table_keep_resident(16 * 1024);
    let mut config = Config::new();
    config
        .wasm_component_model(true)
        .epoch_interruption(true)
        .max_wasm_stack(STACK)
        // Where in a guest's code something happened is its author's to find out; it would be an eighth of what is loaded.
        .generate_address_map(false)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}
