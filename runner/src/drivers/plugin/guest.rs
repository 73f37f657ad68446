//! A plugin, ready to be called.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use wasmtime::component::Component;
use wasmtime::{Engine, Store, Trap};

use super::contract::{self, api};
use super::describe::{Described, Function};
use super::engine::{Machine, machine};
use super::inside::{Given, Inside, Limits, told};
use super::{Cache, LARGEST, OUTPUT, PluginError, answers, snapshot};

/// How long a plugin may take to say what it offers.
const DESCRIBING: Duration = Duration::from_secs(5);

/// What a plugin is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A component.
    Component,
    /// A text for the script engine.
    Script,
}

/// Compiled code of a component with everything it imports: made once, instantiated for each call.
#[derive(Clone)]
pub struct Code {
    ready: contract::EnginePre<Inside>,
    hash: String,
}

/// A plugin, ready to be called.
pub struct Guest {
    code: Code,
    script: Option<Arc<str>>,
    hash: String,
    described: Described,
    /// The instance of a plugin that remembers things for a run.
    kept: Mutex<Kept>,
}

/// What became of the instance that is kept.
enum Kept {
    NotYet,
    Running(Box<Running>),
    Lost,
}

struct Running {
    store: Store<Inside>,
    guest: contract::Engine,
}

/// What a call came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The result.
    Value(Json),
    /// The data do not allow it, in the plugin's words.
    Rejected(String),
    /// The plugin says that it could not do its work.
    Failed(String),
}

/// A call's end.
#[derive(Debug)]
pub struct Called<T> {
    /// What it came to.
    pub outcome: Result<T, PluginError>,
    /// The lines that it left.
    pub lines: Vec<String>,
}

impl Code {
    /// Takes a component from its file; compiled code is taken from the cache or left there.
    ///
    /// # Errors
    /// [`PluginError`] if there is no such file, or it is no plugin.
    pub fn load(file: &Path, cache: Option<&Cache>) -> Result<Code, PluginError> {
        Code::of(&read(file)?, cache)
    }

    /// Takes a component.
    ///
    /// # Errors
    /// [`PluginError::NotAPlugin`], [`PluginError::Sandbox`].
    pub fn of(wasm: &[u8], cache: Option<&Cache>) -> Result<Code, PluginError> {
        let hash = hash(wasm);
        let place = hash.clone();
        Code::compiled((hash, &place), cache, |engine| Component::from_binary(engine, wasm))
    }

    /// Takes the engine for scripts from its file and makes it ready: each instance begins with the language's own objects in
    /// its memory, as if they had just been made.
    ///
    /// # Errors
    /// [`PluginError`] if there is no such file, or it is no such engine.
    pub fn script_engine(file: &Path, cache: Option<&Cache>) -> Result<Code, PluginError> {
        let wasm = read(file)?;
        let hash = hash(&wasm);
        let place = format!("{hash}-ready");
        Code::compiled((hash, &place), cache, |engine| {
            Component::from_binary(engine, &snapshot::prepared(&wasm)?)
        })
    }

    /// Takes compiled code from its place in the cache, or compiles it and leaves it there.
    fn compiled(
        (hash, place): (String, &str),
        cache: Option<&Cache>,
        compile: impl FnOnce(&Engine) -> wasmtime::Result<Component>,
    ) -> Result<Code, PluginError> {
        let engine = &machine()?.engine;
        let refused = |error: wasmtime::Error| PluginError::NotAPlugin {
            detail: told(&format!("{error:#}")),
        };
        let component = match cache.and_then(|cache| cache.load(engine, place)) {
            Some(component) => component,
            None => {
                let component = compile(engine).map_err(refused)?;
                if let Some(cache) = cache {
                    cache.keep(engine, place, &component);
                }
                component
            }
        };
        let linker = answers::linker(engine, &component).map_err(refused)?;
        let ready = linker.instantiate_pre(&component).map_err(refused)?;
        let ready = contract::EnginePre::new(ready).map_err(refused)?;
        Ok(Code { ready, hash })
    }
}

/// A component's file.
fn read(file: &Path) -> Result<Vec<u8>, PluginError> {
    let facts = std::fs::metadata(file).map_err(|error| PluginError::file(file, &error))?;
    if facts.len() > LARGEST {
        return Err(PluginError::TooLarge { bytes: facts.len() });
    }
    std::fs::read(file).map_err(|error| PluginError::file(file, &error))
}

/// SHA-256 in hex.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Guest {
    /// A plugin that is a component of its own.
    ///
    /// # Errors
    /// [`PluginError`] if it cannot say what it offers.
    pub fn component(code: Code) -> Result<Guest, PluginError> {
        let hash = code.hash.clone();
        Guest::new(code, None, hash)
    }

    /// A plugin that is a text for the script engine.
    ///
    /// # Errors
    /// [`PluginError`] if it cannot say what it offers.
    pub fn script(engine: Code, text: &str) -> Result<Guest, PluginError> {
        Guest::new(engine, Some(Arc::from(text)), hash(text.as_bytes()))
    }

    fn new(code: Code, script: Option<Arc<str>>, hash: String) -> Result<Guest, PluginError> {
        let limits = Limits { time: DESCRIBING };
        let mut running = start(&code, script.clone(), Given::default(), limits)?;
        let answer = running.asked(limits, |api, store| api.call_describe(store))?;
        let described = match answer {
            Ok(description) => Described::read(description)?,
            Err(said) => return Err(PluginError::Broken { said: told(&said) }),
        };
        Ok(Guest {
            code,
            script,
            hash,
            described,
            kept: Mutex::new(Kept::NotYet),
        })
    }

    /// What it offers.
    pub fn described(&self) -> &Described {
        &self.described
    }

    /// The SHA-256 of its file, in hex.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What it is written as.
    pub fn kind(&self) -> Kind {
        if self.script.is_some() {
            Kind::Script
        } else {
            Kind::Component
        }
    }

    /// Does a function. The arguments have been read by its shape.
    pub fn call(&self, function: &Function, arguments: &Json, given: Given, limits: Limits) -> Called<Outcome> {
        let text = arguments.to_string();
        self.at_work(given, limits, |running| {
            let answer = running.asked(limits, |api, store| api.call_call(store, &function.name, &text))?;
            judged(function, answer)
        })
    }

    /// Does a function for each row, in their order; as many outcomes as rows.
    pub fn call_batch(&self, function: &Function, rows: &[Json], given: Given, limits: Limits) -> Called<Vec<Outcome>> {
        let texts: Vec<String> = rows.iter().map(Json::to_string).collect();
        self.at_work(given, limits, |running| {
            let answers = running.asked(limits, |api, store| api.call_call_batch(store, &function.name, &texts))?;
            if answers.len() != rows.len() {
                let problem = format!("{} answers for {} rows", answers.len(), rows.len());
                return Err(PluginError::Answer { problem });
            }
            answers.into_iter().map(|answer| judged(function, answer)).collect()
        })
    }

    /// Does something in a fresh instance, or in the one that is kept.
    fn at_work<T>(
        &self,
        given: Given,
        limits: Limits,
        work: impl FnOnce(&mut Running) -> Result<T, PluginError>,
    ) -> Called<T> {
        if !self.described.state {
            return match start(&self.code, self.script.clone(), given, limits) {
                Ok(mut running) => Called {
                    outcome: work(&mut running),
                    lines: std::mem::take(&mut running.store.data_mut().lines),
                },
                Err(error) => Called::failed(error),
            };
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running = match std::mem::replace(&mut *kept, Kept::Lost) {
            Kept::Running(running) => running,
            Kept::Lost => return Called::failed(PluginError::Lost),
            Kept::NotYet => match start(&self.code, self.script.clone(), given.clone(), limits) {
                Ok(running) => Box::new(running),
                Err(error) => return Called::failed(error),
            },
        };
        running.store.data_mut().given = given;
        let outcome = work(&mut running);
        let lines = std::mem::take(&mut running.store.data_mut().lines);
        // What it promised and did not keep leaves it as it was; a trap does not.
        if matches!(outcome, Ok(_) | Err(PluginError::Answer { .. })) {
            *kept = Kept::Running(running);
        }
        Called { outcome, lines }
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Code")
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Guest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Guest")
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

impl<T> Called<T> {
    fn failed(error: PluginError) -> Called<T> {
        Called {
            outcome: Err(error),
            lines: Vec::new(),
        }
    }
}

fn start(code: &Code, script: Option<Arc<str>>, given: Given, limits: Limits) -> Result<Running, PluginError> {
    let machine = machine()?;
    let mut store = Store::new(&machine.engine, Inside::new(script, given));
    store.limiter(|inside| inside);
    store.set_hostcall_fuel(OUTPUT);
    store.set_epoch_deadline(Machine::ticks(limits.time));
    let timed = machine.timed();
    let started = code.ready.instantiate(&mut store);
    drop(timed);
    match started {
        Ok(guest) => Ok(Running { store, guest }),
        Err(error) => Err(trouble(&error, store.data(), limits)),
    }
}

impl Running {
    /// Asks the guest something, within the limits.
    fn asked<T>(
        &mut self,
        limits: Limits,
        ask: impl FnOnce(&api::Guest, &mut Store<Inside>) -> wasmtime::Result<T>,
    ) -> Result<T, PluginError> {
        let timed = machine()?.timed();
        self.store.set_epoch_deadline(Machine::ticks(limits.time));
        let answer = ask(self.guest.yakin_plugin_api(), &mut self.store);
        drop(timed);
        answer.map_err(|error| trouble(&error, self.store.data(), limits))
    }
}

/// What an error of the sandbox means.
fn trouble(error: &wasmtime::Error, inside: &Inside, limits: Limits) -> PluginError {
    let last_words = || {
        let own = told(&String::from_utf8_lossy(&inside.last_words));
        match own.is_empty() {
            true => told(&error.root_cause().to_string()),
            false => own,
        }
    };
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => PluginError::TooLong {
            seconds: limits.time.as_secs(),
            progress: *inside.given.far.borrow(),
        },
        Some(Trap::StackOverflow) => PluginError::Depth,
        _ if inside.starved => PluginError::Memory,
        None if format!("{error:#}").contains("hostcall") => PluginError::Output,
        _ => PluginError::Crashed { said: last_words() },
    }
}

/// An answer, read by what the function had promised.
fn judged(function: &Function, answer: Result<String, api::Failure>) -> Result<Outcome, PluginError> {
    match answer {
        Ok(text) if text.len() > OUTPUT => Err(PluginError::Output),
        Ok(text) => {
            let value: Json = serde_json::from_str(&text).map_err(|error| PluginError::Answer {
                problem: format!("JSON: {error}"),
            })?;
            let kept = function.output.kept(value);
            kept.map(Outcome::Value).map_err(|misfit| PluginError::Answer {
                problem: told(&misfit.to_string()),
            })
        }
        Err(failure) => Ok(match failure.blame {
            api::Blame::Business => Outcome::Rejected(told(&failure.message)),
            api::Blame::System => Outcome::Failed(told(&failure.message)),
        }),
    }
}
