//! What yakin adds to the browser: the same registrations in the practice city by `yakin run` and by a bare thirtyfour program
//! that sends the same commands, one after the other, again and again.
//!
//! `cargo bench --bench overhead -- --help` names the options; `README.md` beside it says what is measured and how to read it.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
#![cfg(target_os = "linux")]

mod bare;
mod counting;
mod history;
mod measure;
mod work;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Parser, Subcommand};
use yakin::events::Event;
use yakin::platform::programs;
use yakin::practice::{self, City};

use measure::{Cost, measured};

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The program under test, as an office gets it.
const YAKIN: &str = env!("CARGO_BIN_EXE_yakin");
/// The day that the runs work for.
const DAY: &str = "2026-11-24";
/// A folder that is never written to a disk.
const MEMORY: &str = "/dev/shm";

#[derive(Parser)]
struct Options {
    /// Interleaved rounds.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Registrations of one run, at least 3.
    #[arg(long, default_value_t = 25)]
    items: usize,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What this program is when it is started by itself.
#[derive(Subcommand)]
enum Part {
    #[command(hide = true)]
    Bare {
        base: String,
        folder: PathBuf,
        items: usize,
    },
    #[command(hide = true)]
    Counting { driver: PathBuf, log: PathBuf },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Contender {
    Bare,
    Yakin,
    WithPictures,
}

/// One run of a contender.
struct Ran {
    cost: Cost,
    /// Seconds for an item: the median of all but the first and the last.
    item: f64,
    /// The same for the fastest quarter: whatever else the machine does only ever adds.
    quick: f64,
    /// What it left in the history.
    events: Vec<Event>,
}

fn main() -> Outcome<()> {
    let options = Options::parse();
    match &options.part {
        Some(Part::Counting { driver, log }) => counting::serve(driver, log),
        Some(Part::Bare { base, folder, items }) => runtime()?.block_on(bare::work(base, folder, *items)),
        None => benchmark(&options),
    }
}

fn benchmark(options: &Options) -> Outcome<()> {
    let runtime = runtime()?;
    let start_city = || runtime.block_on(City::start(practice::Options::default()));
    let run = |contender, path: Option<&Path>| -> Outcome<Ran> {
        let city = start_city()?;
        let ran = run(contender, &city.base_url(), options.items, path);
        runtime.block_on(city.stop());
        ran
    };
    compare_commands(&run)?;
    let (mut bare, mut yakin, mut pictures) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=options.rounds {
        let mut order = [Contender::Bare, Contender::Yakin, Contender::WithPictures];
        // Who goes first takes turns, so that a machine that slows down or speeds up favours nobody.
        if round % 2 == 0 {
            order.reverse();
        }
        for contender in order {
            let ran = run(contender, None)?;
            match contender {
                Contender::Bare => bare.push(ran),
                Contender::Yakin => yakin.push(ran),
                Contender::WithPictures => pictures.push(ran),
            }
        }
        if let (Some(bare), Some(yakin), Some(pictures)) = (bare.last(), yakin.last(), pictures.last()) {
            println!(
                "round {round}: an item {:.0} ms bare, {:.0} ms yakin, {:.0} ms with pictures",
                bare.item * 1e3,
                yakin.item * 1e3,
                pictures.item * 1e3
            );
        }
    }
    print_table(options.items, &bare, &yakin, &pictures);
    print_writing(options.items, &yakin)
}

/// Makes sure that both send the same commands for every item, and says which.
fn compare_commands(run: &dyn Fn(Contender, Option<&Path>) -> Outcome<Ran>) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut logs = Vec::new();
    for (name, contender) in [("bare", Contender::Bare), ("yakin", Contender::Yakin)] {
        let log = folder.path().join(name);
        let bin = counting::install(&folder.path().join(format!("{name}-driver")), &log)?;
        run(contender, Some(&bin))?;
        logs.push(counting::items(&log)?);
    }
    let [bare, yakin] = logs.as_slice() else {
        return Err("two logs were expected".into());
    };
    let same = bare.iter().zip(yakin).filter(|(bare, yakin)| bare == yakin).count();
    let count = |items: &[Vec<String>]| median(items.iter().map(|item| item.len() as f64).collect());
    println!(
        "commands per item: {} bare, {} yakin; {same} of {} items got the same commands to the letter",
        count(bare),
        count(yakin),
        bare.len().max(yakin.len())
    );
    // A page that is just being replaced is asked again, so an item now and then has a command more.
    if same * 2 > bare.len() {
        return Ok(());
    }
    for (bare, yakin) in bare.iter().zip(yakin).filter(|(bare, yakin)| bare != yakin).take(1) {
        println!("bare:\n{}\nyakin:\n{}", bare.join("\n"), yakin.join("\n"));
    }
    Err("the contenders do not send the same commands".into())
}

/// Runs a contender in the city from its start to its end; `path` goes before the search path.
fn run(contender: Contender, base: &str, items: usize, path: Option<&Path>) -> Outcome<Ran> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let office = folder.path().join("office");
    let mut command = match contender {
        Contender::Bare => {
            let mut command = Command::new(std::env::current_exe()?);
            command.args(["bare", base]).arg(folder.path()).arg(items.to_string());
            command
        }
        Contender::Yakin | Contender::WithPictures => {
            furnish(&office, base, items)?;
            let mut command = Command::new(YAKIN);
            let pictures = if contender == Contender::Yakin {
                "off"
            } else {
                "commits"
            };
            command.args(["run", "juminhyo-yubin", "--date", DAY, "--pictures", pictures]);
            command.arg("--office").arg(&office);
            command
        }
    };
    if let Some(path) = path {
        let known = std::env::var_os("PATH").unwrap_or_default();
        let all = std::iter::once(path.to_owned()).chain(std::env::split_paths(&known));
        command.env("PATH", std::env::join_paths(all)?);
    }
    let (cost, said) = measured(&mut command)?;
    let registered = work::registered(base)?;
    if registered != items {
        return Err(format!("{registered} of {items} were registered: {said}").into());
    }
    let (events, times) = if contender == Contender::Bare {
        let times: Result<Vec<f64>, _> = said.lines().map(str::parse).collect();
        (Vec::new(), times?.into_iter().map(|time| time / 1e6).collect())
    } else {
        let events = history::events(&office)?;
        let times = history::item_times(&events);
        (events, times)
    };
    Ok(Ran {
        cost,
        item: median(times.clone()),
        quick: quantile(times, 0.25),
        events,
    })
}

/// A new office with its work, next to a practice city that is open already.
fn furnish(office: &Path, base: &str, items: usize) -> Outcome<()> {
    measured(Command::new(YAKIN).arg("init").arg(office))?;
    let file = format!("inbox/requests_{}.csv", DAY.replace('-', ""));
    fs::write(office.join(file), work::table(&work::registrations(items)))?;
    fs::create_dir_all(office.join(".yakin"))?;
    let address = format!("{base}\n{}\n", std::process::id());
    Ok(fs::write(office.join(".yakin/practice.address"), address)?)
}

fn print_table(items: usize, bare: &[Ran], yakin: &[Ran], pictures: &[Ran]) {
    println!(
        "\n{items} registrations, {} rounds; medians, ratios within a round",
        bare.len()
    );
    println!("{:<34}{:>9}{:>9}{:>15}", "", "bare", "yakin", "with pictures");
    let line = |name: &str, value: &dyn Fn(&Ran) -> f64, digits: usize| {
        let column = |runs: &[Ran]| median(runs.iter().map(value).collect());
        println!(
            "{name:<34}{:>9.digits$}{:>9.digits$}{:>15.digits$}",
            column(bare),
            column(yakin),
            column(pictures)
        );
    };
    let each = items as f64;
    line("an item, ms", &|ran| ran.item * 1e3, 0);
    line("  of the fastest quarter, ms", &|ran| ran.quick * 1e3, 0);
    line("the whole program, s", &|ran| ran.cost.wall, 2);
    line("its own processor time, s", &|ran| ran.cost.cpu, 2);
    line("  for an item, ms", &|ran| ran.cost.cpu / each * 1e3, 1);
    line("its peak memory, MiB", &|ran| ran.cost.peak, 1);
    let ratios = |name: &str, value: &dyn Fn(&Ran) -> f64| {
        let of = |runs: &[Ran]| {
            let all: Vec<f64> = runs
                .iter()
                .zip(bare)
                .map(|(ran, bare)| value(ran) / value(bare))
                .collect();
            let low = all.iter().copied().fold(f64::INFINITY, f64::min);
            let high = all.iter().copied().fold(0.0, f64::max);
            format!("{:.3} ({low:.3}-{high:.3})", median(all))
        };
        println!("{name:<34} yakin {}, with pictures {}", of(yakin), of(pictures));
    };
    ratios("ratio to bare, an item", &|ran| ran.item);
    ratios("  of the fastest quarter", &|ran| ran.quick);
    ratios("ratio to bare, whole program", &|ran| ran.cost.wall);
}

/// What writing the history costs: the same transactions once more, on the disk and in memory.
fn print_writing(items: usize, yakin: &[Ran]) -> Outcome<()> {
    let each = |seconds: Vec<f64>| median(seconds) / items as f64 * 1e3;
    let mut counts = Vec::new();
    let (mut disk, mut memory) = (Vec::new(), Vec::new());
    for ran in yakin {
        counts.push(history::transactions(&ran.events).len() as f64);
        disk.push(history::rewrite(Path::new(env!("CARGO_TARGET_TMPDIR")), &ran.events)?);
        memory.push(history::rewrite(Path::new(MEMORY), &ran.events)?);
    }
    let (disk, memory) = (each(disk), each(memory));
    println!(
        "history of an item: {:.1} transactions, {disk:.1} ms on the disk, of which {:.1} ms wait for it",
        median(counts) / items as f64,
        disk - memory
    );
    Ok(())
}

fn median(values: Vec<f64>) -> f64 {
    quantile(values, 0.5)
}

/// The value below which this share of the others lies.
fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = values.len().saturating_sub(1) as f64 * share;
    let at = |place: f64| values.get(place as usize).copied().unwrap_or(f64::NAN);
    f64::midpoint(at(place.floor()), at(place.ceil()))
}

fn program(name: &'static str) -> Outcome<PathBuf> {
    programs::find(&[name]).ok_or_else(|| format!("{name} is missing").into())
}

/// 「ChromeDriver was started successfully on port 36369.」
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end_matches('.').parse().ok()
}

fn runtime() -> Outcome<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}
