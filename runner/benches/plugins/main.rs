//! What a plugin costs: a call, a row, a first load, beside wasmtime alone and beside other ways to run other people's code.
//!
//! `plugins/build.sh && cargo bench --bench plugins`; `README.md` beside it says how to read the figures. `-- --long` adds a
//! Python subprocess for each call and extism (`long.sh` beside this file gets what they need).
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod bare;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use yakin::drivers::plugin::{Cache, Code, Given, Guest, Limits, Outcome};

type Outcomes<T> = Result<T, Box<dyn std::error::Error>>;

/// Rounds in which the contenders take turns, and calls of each in a round.
const ROUNDS: usize = 15;
const CALLS: usize = 400;
/// Rows of a batch.
const ROWS: usize = 10_000;
/// Calls after which memory must be what it was.
const MANY: usize = 100_000;
/// Loads from the cache.
const LOADS: usize = 11;

/// The same function as a script.
const SCRIPT: &str = "/** 二つの数をたします。\n * @param {integer} a - a\n * @param {integer} b - b\n * @returns {integer}\n */\n\
                      export function add(a, b) { return a + b; }\n";

fn main() -> Outcomes<()> {
    if std::env::args().any(|word| word == "--load") {
        return first_load();
    }
    let folder = tempfile::tempdir()?;
    let cache = Cache::new(folder.path().join("cache"));
    let plain = Guest::component(Code::load(&built("plain")?, Some(&cache))?)?;
    let engine = Code::script_engine(&built("yakin_javascript")?, Some(&cache))?;
    let script = Guest::script(engine, SCRIPT)?;
    let bare = bare::Bare::new(&std::fs::read(built("plain")?)?, false)?;
    let tuned = bare::Bare::new(&std::fs::read(built("plain")?)?, true)?;

    let mut rounds: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        rounds[0].push(each(|| bare.add(1, 2).map(drop))?);
        rounds[1].push(each(|| add(&plain))?);
        rounds[2].push(each(|| add(&script))?);
        rounds[3].push(each(|| tuned.add(1, 2).map(drop))?);
    }
    let ratio = |of: usize, to: usize| {
        let mut ratios: Vec<f64> = rounds[of]
            .iter()
            .zip(&rounds[to])
            .map(|(own, bare)| own / bare)
            .collect();
        median(&mut ratios)
    };
    println!("a fresh instance and a call, median of {ROUNDS} rounds of {CALLS}:");
    for (name, figures) in [
        "wasmtime alone",
        "yakin, Rust",
        "yakin, JavaScript",
        "wasmtime alone, yakin's pool",
    ]
    .into_iter()
    .zip(&rounds)
    {
        println!("  {name:<28} {:8.1} µs", median(&mut figures.clone()));
    }
    goal("yakin beside wasmtime alone", ratio(1, 0), 1.3, "×");
    goal("yakin beside wasmtime with yakin's pool", ratio(1, 3), 1.3, "×");
    goal("JavaScript beside wasmtime alone", ratio(2, 0), 5.0, "×");

    let single = median(&mut rounds[1].clone());
    let batch = batch(&plain)?;
    println!("a row of a batch of {ROWS}: {batch:.2} µs; alone: {single:.1} µs");
    at_least("a batch, per row", single / batch, 20.0);
    let single = median(&mut rounds[2].clone());
    at_least("a batch in JavaScript, per row", single / self::batch(&script)?, 20.0);

    for (what, name) in [("", "plain"), (" of a .js file", "yakin_javascript")] {
        let load = loads(folder.path(), name)?;
        let what = format!("first load{what} from the cache, in a program that just began");
        goal(&what, load, 20.0, " ms");
    }

    for (what, guest) in [("", &plain), (" of a .js file", &script)] {
        let before = resident();
        for _ in 0..MANY {
            add(guest)?;
        }
        let grown = resident() - before;
        goal(&format!("memory grown by 100,000 calls{what}"), grown, 8.0, " MiB");
    }
    if std::env::args().any(|word| word == "--long") {
        beside("a Python program for each call", "python_call.py")?;
        beside(
            "extism (its Python host, a fresh plugin for each call)",
            "extism_call.py",
        )?;
    }
    Ok(())
}

fn built(name: &str) -> Outcomes<PathBuf> {
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(3).ok_or("no target folder")?;
    let file = target.join(format!("guests/wasm32-wasip2/release/{name}.wasm"));
    match file.is_file() {
        true => Ok(file),
        false => Err(format!("{} is missing: run plugins/build.sh", file.display()).into()),
    }
}

fn add(guest: &Guest) -> Outcomes<()> {
    let function = guest.described().function("add").ok_or("no add")?;
    let called = guest.call(
        function,
        &json!({ "a": 1, "b": 2 }),
        Given::default(),
        Limits::default(),
    );
    match called.outcome? {
        Outcome::Value(value) if value == json!(3) => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

/// Microseconds of one call.
fn each(call: impl Fn() -> Outcomes<()>) -> Outcomes<f64> {
    call()?;
    let began = Instant::now();
    for _ in 0..CALLS {
        call()?;
    }
    Ok(micros(began.elapsed()) / CALLS as f64)
}

/// Microseconds of one row.
fn batch(guest: &Guest) -> Outcomes<f64> {
    let function = guest.described().function("add").ok_or("no add")?;
    let rows: Vec<_> = (0..ROWS).map(|n| json!({ "a": n, "b": 2 })).collect();
    let mut figures = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        let called = guest.call_batch(function, &rows, Given::default(), Limits::default());
        figures.push(micros(began.elapsed()) / ROWS as f64);
        if called.outcome?.len() != ROWS {
            return Err("not every row was answered".into());
        }
    }
    Ok(median(&mut figures))
}

/// Milliseconds until a program that just began has its first plugin ready; what was compiled lies in the cache.
fn loads(folder: &Path, name: &str) -> Outcomes<f64> {
    let mut figures = Vec::new();
    for _ in 0..LOADS {
        let said = Command::new(std::env::current_exe()?)
            .args(["--load", name])
            .arg(folder.join("cache"))
            .output()?;
        figures.push(String::from_utf8(said.stdout)?.trim().parse::<f64>()?);
    }
    Ok(median(&mut figures))
}

fn first_load() -> Outcomes<()> {
    let mut words = std::env::args().skip(2);
    let (name, cache) = words.next().zip(words.next()).ok_or("--load NAME CACHE")?;
    let file = built(&name)?;
    let began = Instant::now();
    let cache = Cache::new(cache);
    let guest = match name.as_str() {
        "plain" => Guest::component(Code::load(&file, Some(&cache))?)?,
        _ => Guest::script(Code::script_engine(&file, Some(&cache))?, SCRIPT)?,
    };
    println!("{}", micros(began.elapsed()) / 1000.0);
    drop(guest);
    Ok(())
}

/// Another way to run the same function: a script that prints the microseconds of a call.
fn beside(name: &str, script: &str) -> Outcomes<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/plugins");
    let said = Command::new(folder.join("long.sh")).arg(folder.join(script)).output()?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into());
    }
    let figure = String::from_utf8(said.stdout)?;
    println!("  {name}: {} µs", figure.trim());
    Ok(())
}

fn goal(name: &str, figure: f64, most: f64, unit: &str) {
    let word = if figure <= most { "" } else { "  MISSED" };
    println!("{name}: {figure:.2}{unit} (goal: at most {most}{unit}){word}");
}

fn at_least(name: &str, figure: f64, least: f64) {
    let word = if figure >= least { "" } else { "  MISSED" };
    println!("{name}: {figure:.1} × faster than one call (goal: at least {least} ×){word}");
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Resident memory in MiB; nothing where the system does not say.
fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: Option<f64> = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or_default() * 4096.0 / 1_048_576.0
}
