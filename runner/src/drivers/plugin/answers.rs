//! What a guest's own standard library asks of a system, answered with nothing.
//!
//! Compilers for WASI let every program import some of it: standard output, the environment, a seed for hash tables. There
//! is no such thing here, so a component gets exactly the imports it names: harmless ones with an empty or fixed answer, all
//! others with a trap. Nothing of them touches the machine.

use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, HasSelf, Linker, LinkerInstance, Resource, ResourceType, Val};
use wasmtime::{Engine, Result, StoreContextMut, bail, format_err};

use super::contract;
use super::inside::Inside;

/// The packages whose interfaces are answered here.
const SYSTEM: &str = "wasi:";

/// Everything that a component may import.
///
/// # Errors
/// When it asks for more than the contract and the system.
pub(super) fn linker(engine: &Engine, component: &Component) -> Result<Linker<Inside>> {
    let mut linker = Linker::new(engine);
    contract::Engine::add_to_linker::<_, HasSelf<Inside>>(&mut linker, |inside| inside)?;
    answer(&mut linker, engine, component)?;
    Ok(linker)
}

/// Gives a component its imports of the system; any other that the contract does not know is an error.
fn answer(linker: &mut Linker<Inside>, engine: &Engine, component: &Component) -> Result<()> {
    for (name, import) in component.component_type().imports(engine) {
        if name.starts_with("yakin:plugin/") {
            continue;
        }
        let ComponentItem::ComponentInstance(interface) = import.ty else {
            bail!("it asks for {name}");
        };
        if !name.starts_with(SYSTEM) {
            bail!("it asks for {name}");
        }
        let mut instance = linker.instance(name)?;
        for (item, export) in interface.exports(engine) {
            match export.ty {
                ComponentItem::Resource(_) => {
                    instance.resource(item, ResourceType::host::<Nothing>(), |_, _| Ok(()))?;
                }
                ComponentItem::ComponentFunc(_) => function(&mut instance, name, item)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// The type of everything that a system would have and this one has not.
enum Nothing {}

/// How a function is answered.
#[derive(Clone, Copy)]
enum Answer {
    /// With this.
    Fixed(fn() -> Val),
    /// With something that can be held and given back.
    Handle,
    /// With room for output.
    Room,
    /// What is written is taken and, if it comes from a breakdown, kept as last words.
    Written,
    /// With nothing: it only waits.
    Done,
    /// With as many zeros.
    Zeros,
    /// Not at all.
    Never,
}

/// The interface and function without package and version, and their answer.
fn answer_of(interface: &str, function: &str) -> Answer {
    let interface = interface
        .trim_start_matches(SYSTEM)
        .split('@')
        .next()
        .unwrap_or_default();
    let empty = || Val::List(Vec::new());
    let none = || Val::Option(None);
    let done = || Val::Result(Ok(None));
    match (interface, function) {
        ("cli/environment", "get-environment" | "get-arguments") => Answer::Fixed(empty),
        ("cli/environment", "initial-cwd") => Answer::Fixed(none),
        ("cli/stdin" | "cli/stdout" | "cli/stderr", _) => Answer::Handle,
        ("cli/terminal-stdin" | "cli/terminal-stdout" | "cli/terminal-stderr", _) => Answer::Fixed(none),
        ("io/streams", "[method]output-stream.check-write") => Answer::Room,
        ("io/streams", "[method]output-stream.write" | "[method]output-stream.blocking-write-and-flush") => {
            Answer::Written
        }
        ("io/streams", "[method]output-stream.flush" | "[method]output-stream.blocking-flush") => Answer::Fixed(done),
        ("io/streams", "[method]output-stream.subscribe") => Answer::Handle,
        ("io/poll", "[method]pollable.block") => Answer::Done,
        ("clocks/wall-clock", "now") => Answer::Fixed(the_beginning),
        ("clocks/monotonic-clock", "now") => Answer::Fixed(|| Val::U64(0)),
        ("clocks/monotonic-clock", "resolution") => Answer::Fixed(|| Val::U64(1)),
        ("random/random" | "random/insecure", "get-random-bytes" | "get-insecure-random-bytes") => Answer::Zeros,
        ("random/random" | "random/insecure", "get-random-u64" | "get-insecure-random-u64") => {
            Answer::Fixed(|| Val::U64(0))
        }
        ("random/insecure-seed", _) => Answer::Fixed(|| Val::Tuple(vec![Val::U64(0), Val::U64(0)])),
        ("filesystem/preopens", _) => Answer::Fixed(empty),
        _ => Answer::Never,
    }
}

/// 1970-01-01: there is no clock.
fn the_beginning() -> Val {
    Val::Record(vec![
        ("seconds".to_owned(), Val::U64(0)),
        ("nanoseconds".to_owned(), Val::U32(0)),
    ])
}

fn function(instance: &mut LinkerInstance<'_, Inside>, interface: &str, name: &str) -> Result<()> {
    let answer = answer_of(interface, name);
    let asked = format!("{interface}#{name}");
    instance.func_new(name, move |mut store, _, params, results| {
        // What was lent for the call is given back.
        for param in params {
            if let Val::Resource(lent) = param
                && !lent.owned()
            {
                lent.resource_drop(&mut store)?;
            }
        }
        let answered = match answer {
            Answer::Fixed(value) => value(),
            Answer::Done => return Ok(()),
            Answer::Handle => handle(&mut store)?,
            Answer::Room => Val::Result(Ok(Some(Box::new(Val::U64(4096))))),
            Answer::Written => {
                if let Some(Val::List(bytes)) = params.get(1) {
                    let bytes = bytes.iter().filter_map(|byte| match byte {
                        Val::U8(byte) => Some(*byte),
                        _ => None,
                    });
                    store.data_mut().last_words(bytes);
                }
                Val::Result(Ok(None))
            }
            Answer::Zeros => {
                let count = match params.first() {
                    Some(Val::U64(count)) => usize::try_from(*count).unwrap_or(usize::MAX).min(4096),
                    _ => 0,
                };
                Val::List(vec![Val::U8(0); count])
            }
            Answer::Never => bail!("there is no {asked} here"),
        };
        let place = results
            .first_mut()
            .ok_or_else(|| format_err!("{asked} gives nothing back"))?;
        *place = answered;
        Ok(())
    })
}

fn handle(store: &mut StoreContextMut<'_, Inside>) -> Result<Val> {
    let nothing = Resource::<Nothing>::new_own(0);
    Ok(Val::Resource(nothing.try_into_resource_any(store)?))
}
