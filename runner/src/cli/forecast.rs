//! `yakin schedule`: when the bots are due.

use std::path::PathBuf;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use clap::Args;

use crate::plan::{Files, OfficeFiles};
use crate::report::forecast::{self, Planned};
use crate::rules::calendar::CityCalendar;
use crate::rules::holidays;
use crate::scenario::model::Scenario;
use crate::scenario::office::publish;
use crate::scenario::schedule::{DueError, Schedule, instant};
use crate::steps::StepError;
use crate::text::{Message, codes};

use super::error::{At, CliError};
use super::office::Room;
use super::scenarios::Bot;
use super::{Context, exit};

#[derive(Debug, Args)]
pub(super) struct ScheduleArgs {
    #[arg(value_name = "SCENARIO")]
    scenario: Option<String>,
    #[arg(long, value_name = "NUMBER", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=400))]
    days: u16,
    #[arg(long, value_name = "NUMBER", requires = "html")]
    year: Option<i32>,
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[arg(long, conflicts_with = "html")]
    json: bool,
}

pub(super) fn schedule(context: &Context, args: &ScheduleArgs) -> Result<u8, CliError> {
    let room = Room::find(context)?;
    let calendar = calendar(&room)?;
    let mut bots = room.bots()?;
    if let Some(word) = &args.scenario {
        let path = room.scenario(word)?;
        bots.retain(|bot| bot.path == path);
    }
    let scenarios: Vec<Scenario> = bots.iter().filter_map(Bot::scenario).collect();
    let today = room.today();
    if let Some(file) = &args.html {
        // The year in which the office works: from April on.
        let year = args.year.unwrap_or_else(|| today.year() - i32::from(today.month() < 4));
        let range = (day(&room, first_of(year)?)?, day(&room, first_of(year + 1)?)?);
        let planned = planned(&room, &scenarios, &calendar, range)?;
        let provisional = [year, year + 1]
            .iter()
            .any(|year| !calendar.official.contains_key(year) && !holidays::is_official(*year, today));
        let page = forecast::year(&planned, (year, provisional), &calendar, room.reader())
            .map_err(|error| unknown(&DueError::Calendar(error)))?;
        std::fs::write(file, page).at(file)?;
        println!("{}", file.display());
        return Ok(exit::SETTLED);
    }
    let now = room.clock.now();
    let range = (now, day(&room, today + chrono::Days::new(u64::from(args.days)))?);
    let planned = planned(&room, &scenarios, &calendar, range)?;
    if args.json {
        print!("{}", forecast::lines(&planned));
        return Ok(exit::SETTLED);
    }
    print!("{}", forecast::text(&planned, room.reader()));
    let none: Vec<&str> = scenarios
        .iter()
        .filter(|scenario| scenario.schedule.is_none())
        .map(|scenario| scenario.id.value.as_str())
        .collect();
    println!("{}", told(&room, planned.is_empty(), &none));
    Ok(exit::SETTLED)
}

/// What is to be known besides the list.
fn told(room: &Room, nothing: bool, none: &[&str]) -> String {
    let lang = room.lang;
    let mut lines = Vec::new();
    if nothing {
        lines.push(
            lang.pick("予定のあるボットはありません。", "No bot has a schedule.")
                .to_owned(),
        );
    }
    if !none.is_empty() {
        let names = none.join(lang.pick("、", ", "));
        let words = lang.pick("予定（schedule:）のないボット: ", "Bots without a schedule: ");
        lines.push(format!("{words}{names}"));
    }
    lines.push(
        lang.pick(
            "この版の夜勤は、時刻になっても自分では始めません。cron などから yakin run ボット --real を呼んでください。",
            "This version does not start by itself: call yakin run BOT --real from cron or the like.",
        )
        .to_owned(),
    );
    lines.join("\n")
}

fn planned(
    room: &Room,
    scenarios: &[Scenario],
    calendar: &CityCalendar,
    range: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Planned>, CliError> {
    let scheduled = scenarios
        .iter()
        .filter_map(|scenario| Some((scenario, &scenario.schedule.as_ref()?.value)));
    scheduled
        .map(|(scenario, schedule): (&Scenario, &Schedule)| {
            let due = schedule.due(calendar, room.office.timezone, range);
            Ok(Planned {
                bot: scenario.id.value.clone(),
                name: scenario.name.value.clone(),
                sentence: schedule.sentence(room.lang),
                due: due.map_err(|error| unknown(&error))?,
            })
        })
        .collect()
}

/// The office's closed days, with the published list where it has one.
fn calendar(room: &Room) -> Result<CityCalendar, CliError> {
    let closed = &room.office.closed;
    let mut calendar = closed.calendar.clone();
    if let Some(file) = &closed.holidays {
        let table = OfficeFiles::new(&room.root).table(file, &[]);
        let table = table.map_err(|error| CliError::usage(StepError::File(error).failure().message))?;
        let days = table
            .headings
            .iter()
            .take(1)
            .map(String::as_str)
            .chain(table.samples(0));
        if publish(&mut calendar, days) == 0 {
            return Err(CliError::usage(
                Message::new(codes::NO_HOLIDAYS).with("file", file.as_str()),
            ));
        }
    }
    Ok(calendar)
}

fn first_of(year: i32) -> Result<NaiveDate, CliError> {
    let first = NaiveDate::from_ymd_opt(year, 4, 1);
    first.ok_or_else(|| CliError::usage(Message::new(codes::BAD_DATE).with("text", year.to_string())))
}

/// The beginning of a day where the office stands.
fn day(room: &Room, day: NaiveDate) -> Result<DateTime<Utc>, CliError> {
    let begins = instant(room.office.timezone, day.and_time(NaiveTime::MIN));
    begins
        .map(|at| at.to_utc())
        .ok_or_else(|| CliError::usage(Message::new(codes::BAD_DATE).with("text", day.to_string())))
}

fn unknown(error: &DueError) -> CliError {
    CliError::usage(Message::new(codes::SCHEDULE_UNKNOWN).with("detail", error.to_string()))
}
