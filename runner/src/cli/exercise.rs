//! `yakin exercise`: the tutorial's exercises, begun and marked.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use tokio::process::Command;

use crate::diag::{Severity, human};
use crate::drivers::files::read_xlsx;
use crate::events::view::RunView;
use crate::exercise::{ALL, Exercise, Facts};
use crate::plan::{self, OfficeFiles};
use crate::platform::files;
use crate::practice::{self, City, Entry, samples};
use crate::rules::date_format::format_date;
use crate::scenario::model::Scenario;
use crate::text::{Lang, Message, codes};

use super::error::{At, CliError};
use super::office::{Desk, Room};
use super::{Context, exit, history, practice as city, runtime};

#[derive(Debug, Args)]
pub(super) struct ExerciseArgs {
    #[arg(value_name = "NUMBER")]
    number: Option<u8>,
    #[arg(long, requires = "number")]
    mark: bool,
    #[arg(long, requires = "number", conflicts_with = "mark")]
    answer: bool,
}

/// Rows that get through in the table that answers are marked with.
const ROWS: usize = 3;
/// The days of that table: one to begin with, another one each time, so that no answer can know it.
const FIRST_DAY: (i32, u32) = (2027, 5);
/// What was solved, by number.
const SOLVED: &str = "exercises.json";

pub(super) fn exercise(context: &Context, args: &ExerciseArgs) -> Result<u8, CliError> {
    let room = Room::find(context)?;
    let Some(number) = args.number else {
        return Ok(list(&room));
    };
    let exercise = Exercise::find(number).ok_or_else(|| {
        let message = Message::new(codes::NO_EXERCISE).with_int("number", i64::from(number));
        CliError::usage(message.with_int("last", ALL.len() as i64))
    })?;
    if args.mark {
        return mark(&room, exercise);
    }
    if args.answer {
        print!("{}", exercise.answer);
        return Ok(exit::SETTLED);
    }
    begin(context, &room, exercise)
}

fn list(room: &Room) -> u8 {
    let solved = solved(room);
    for exercise in ALL {
        let sign = if solved.contains(&exercise.number) {
            "○"
        } else {
            "　"
        };
        println!("{sign} {}. {}", exercise.number, exercise.title.in_lang(room.lang));
    }
    println!(
        "{}",
        room.lang.pick(
            "始めるには yakin exercise 番号、採点は yakin exercise 番号 --mark です。",
            "yakin exercise NUMBER begins one, yakin exercise NUMBER --mark marks it."
        )
    );
    exit::SETTLED
}

/// Lays down what the exercise starts from, unless it was begun before, and says what is asked.
fn begin(context: &Context, room: &Room, exercise: &Exercise) -> Result<u8, CliError> {
    let file = exercise.file();
    let given = [(file.as_str(), exercise.start)];
    for (file, text) in exercise.files.iter().copied().chain(given) {
        let path = room.root.join(file);
        if path.exists() {
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).at(folder)?;
        }
        std::fs::write(&path, text).at(&path)?;
        println!("{} {file}", room.lang.pick("作りました:", "made:"));
    }
    let title = exercise.title.in_lang(room.lang);
    println!("{} {}  {title}", room.lang.pick("練習", "exercise"), exercise.number);
    println!();
    print!("{}", context.page(&exercise.task(room.lang), room.lang));
    println!();
    println!(
        "{}",
        room.lang
            .pick("できたら、採点します:", "When it is done, have it marked:")
    );
    println!("  yakin exercise {} --mark", exercise.number);
    Ok(exit::SETTLED)
}

fn mark(room: &Room, exercise: &Exercise) -> Result<u8, CliError> {
    let scenario = checked(room, exercise)?;
    println!(
        "{}",
        room.lang.pick(
            "採点用の練習市役所で、見たことのない表を使って、実際に動かしています…",
            "It is run in a practice city of its own, on a table that nobody has seen…"
        )
    );
    let facts = tried(room, exercise, scenario)?;
    if let Some(stopped) = facts.stopped() {
        println!("  {}", stopped.render(room.lang).what);
    }
    let held = exercise.points.iter().filter(|point| point.holds(&facts)).count();
    for point in exercise.points {
        let holds = point.holds(&facts);
        println!("  {} {}", if holds { "○" } else { "×" }, point.says.in_lang(room.lang));
        if !holds {
            let hint = room.lang.pick("手がかり", "hint");
            println!("      {hint}: {}", point.hint.in_lang(room.lang));
        }
    }
    let (all, number) = (exercise.points.len(), exercise.number);
    if held < all {
        match room.lang {
            Lang::Ja => {
                println!(
                    "{all} 点中 {held} 点です。直したら、もう一度採点してください: yakin exercise {number} --mark"
                );
            }
            Lang::En => println!("{held} of {all}. Mend it and mark again: yakin exercise {number} --mark"),
        }
        return Ok(exit::SOME_LEFT);
    }
    let mut numbers = solved(room);
    numbers.insert(number);
    files::create_private_folder(&room.own())?;
    let path = room.own().join(SOLVED);
    let list = serde_json::json!(numbers).to_string();
    files::write_whole(&path, list.as_bytes()).at(&path)?;
    match room.lang {
        Lang::Ja => println!("{all} 点満点です。"),
        Lang::En => println!("All {all} points."),
    }
    match Exercise::find(number + 1) {
        Some(next) => println!("{} yakin exercise {}", room.lang.pick("次は:", "next:"), next.number),
        None => println!("{}", room.lang.pick("これで全部です。", "That was the last one.")),
    }
    Ok(exit::SETTLED)
}

/// The answer as it is read; with mistakes in it there is nothing to mark.
fn checked(room: &Room, exercise: &Exercise) -> Result<Scenario, CliError> {
    let file = exercise.file();
    if !room.root.join(&file).is_file() {
        let message = Message::new(codes::EXERCISE_NOT_BEGUN).with_int("number", i64::from(exercise.number));
        return Err(CliError::usage(message));
    }
    let loaded = plan::load(&OfficeFiles::new(&room.root), &file);
    match loaded.plan {
        Some(plan) if loaded.findings.count(Severity::Error) == 0 => Ok(plan.scenario),
        _ => {
            eprint!("{}", human::render(&loaded.findings, room.lang));
            Err(CliError::usage(Message::new(codes::EXERCISE_MISTAKES)))
        }
    }
}

/// Runs the answer in an office and a city of its own.
fn tried(room: &Room, exercise: &Exercise, scenario: Scenario) -> Result<Facts, CliError> {
    let folder = room.own().join("marking");
    clear(&folder)?;
    let day = unseen_day(room);
    furnish(room, &folder, exercise, day)?;
    let (register, said) = runtime()?.block_on(run(&folder, exercise, day))?;
    let context = Context {
        office: Some(folder.clone()),
        lang: Some(room.lang),
        terminal: false,
        furigana: false,
    };
    let Some(run) = view(&context)? else {
        eprint!("{said}");
        return Err(CliError::failed(Message::new(codes::EXERCISE_NOT_RUN)));
    };
    let results = results(&folder)?;
    clear(&folder)?;
    Ok(Facts {
        scenario,
        run: Some(run),
        register,
        results,
        fates: samples::fates(day, ROWS),
        received: format_date(day, "%EY%-m月%-d日").unwrap_or_default(),
    })
}

/// A day that no table of the office is for.
fn unseen_day(room: &Room) -> NaiveDate {
    let seed = room.clock.now().timestamp().unsigned_abs() % 28;
    let first = NaiveDate::from_ymd_opt(FIRST_DAY.0, FIRST_DAY.1, 1).unwrap_or_default();
    first + chrono::Days::new(seed)
}

fn clear(folder: &Path) -> Result<(), CliError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).at(folder),
        _ => Ok(()),
    }
}

/// An office with the answer, what it may use of the real one, and a table.
fn furnish(room: &Room, folder: &Path, exercise: &Exercise, day: NaiveDate) -> Result<(), CliError> {
    files::create_private_folder(folder)?;
    let write = |path: PathBuf, bytes: &[u8]| -> Result<(), CliError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).at(folder)?;
        }
        std::fs::write(&path, bytes).at(&path)
    };
    write(folder.join("office.yaml"), b"yakin: 1\n")?;
    for shared in ["systems", "parts", "samples"] {
        let from = room.root.join("scenarios").join(shared);
        for entry in std::fs::read_dir(&from).into_iter().flatten().flatten() {
            if entry.file_type()?.is_file() {
                let bytes = std::fs::read(entry.path()).at(&entry.path())?;
                write(folder.join("scenarios").join(shared).join(entry.file_name()), &bytes)?;
            }
        }
    }
    let answer = room.root.join(exercise.file());
    write(folder.join(exercise.file()), &std::fs::read(&answer).at(&answer)?)?;
    std::fs::create_dir_all(folder.join("outbox")).at(folder)?;
    let table = format!("inbox/requests_{}.csv", day.format("%Y%m%d"));
    write(folder.join(table), &samples::requests_csv(day, ROWS))
}

/// Runs the answer as its author would, and gives what the register holds then, and what was said.
async fn run(folder: &Path, exercise: &Exercise, day: NaiveDate) -> Result<(Vec<Entry>, String), CliError> {
    let running = City::start(practice::Options::default())
        .await
        .map_err(|error| city::trouble(&error))?;
    city::announce(folder, &running)?;
    let (id, day) = (exercise.id(), day.to_string());
    let words = ["run", id.as_str(), "--date", day.as_str(), "--json"];
    let office = [OsStr::new("--office"), folder.as_os_str()];
    let output = Command::new(std::env::current_exe()?)
        .args(office)
        .args(words)
        .kill_on_drop(true)
        .output()
        .await?;
    let register = running.entries();
    running.stop().await;
    Ok((register, String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// What its run says; none when it was never begun.
fn view(context: &Context) -> Result<Option<RunView>, CliError> {
    let desk = Desk::open(context)?;
    match history::find(&desk, None) {
        Ok(row) => Ok(Some(history::view(&desk, &row)?)),
        Err(_) => Ok(None),
    }
}

/// The rows of the workbook that it wrote.
fn results(folder: &Path) -> Result<Vec<BTreeMap<String, String>>, CliError> {
    let outbox = folder.join("outbox");
    let mut names: Vec<String> = std::fs::read_dir(&outbox)
        .at(&outbox)?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".xlsx"))
        .collect();
    names.sort();
    let Some(table) = names
        .first()
        .and_then(|name| read_xlsx(folder, &format!("outbox/{name}"), None, &[]).ok())
    else {
        return Ok(Vec::new());
    };
    let named = |cells: Vec<String>| table.headings.iter().cloned().zip(cells).collect();
    Ok(table.rows.into_iter().map(|row| named(row.cells)).collect())
}

fn solved(room: &Room) -> BTreeSet<u8> {
    let text = std::fs::read(room.own().join(SOLVED)).unwrap_or_default();
    // A list that cannot be read only shows no marks.
    serde_json::from_slice::<Vec<u8>>(&text)
        .unwrap_or_default()
        .into_iter()
        .collect()
}
