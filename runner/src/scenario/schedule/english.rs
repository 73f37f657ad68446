//! The sentence in English, for offices that keep their files in it.

use chrono::Weekday;

use super::reader::{Cursor, Part, ScheduleError, bounded, cron, in_order, longest, weekdays};
use super::{Days, Schedule, StartAt};
use crate::rules::calendar::Shift;

const WEEK: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Mon),
    ("Tuesday", Weekday::Tue),
    ("Wednesday", Weekday::Wed),
    ("Thursday", Weekday::Thu),
    ("Friday", Weekday::Fri),
    ("Saturday", Weekday::Sat),
    ("Sunday", Weekday::Sun),
];

/// The next part of a sentence.
pub(super) fn part(cursor: &mut Cursor) -> Result<Option<Part>, ScheduleError> {
    if cursor.eat(&["cron \""]) {
        let line = cursor.until('"').ok_or_else(|| ScheduleError::Word("\"".to_owned()))?;
        return Ok(Some(Part::Cron(cron(&line)?)));
    }
    for (words, shift) in [
        ("if closed, the open day before", Shift::Before),
        ("if closed, the open day after", Shift::After),
        ("if closed, not at all", Shift::Skip),
    ] {
        if cursor.eat(&[words, &words.replace(',', "")]) {
            return Ok(Some(Part::IfClosed(shift)));
        }
    }
    type Make = fn(super::TimeOfDay) -> Part;
    for (words, make) in [
        ("not started after ", Part::StartBy as Make),
        ("until ", Part::StartBy),
        ("finished by ", Part::FinishBy),
        ("at ", Part::Start),
        ("and ", Part::Start),
        ("from ", Part::Start),
    ] {
        let mark = cursor.mark();
        if cursor.eat(&[words]) {
            if let Some(time) = cursor.time()? {
                return Ok(Some(make(time)));
            }
            cursor.back(mark);
        }
    }
    let found = days(cursor)?;
    if found.is_some() {
        cursor.eat(&[" only"]);
    }
    Ok(found.map(Part::Days))
}

/// The days.
pub(super) fn days(cursor: &mut Cursor) -> Result<Option<Days>, ScheduleError> {
    let fixed: [(&[&str], Days); 7] = [
        (&["every day", "daily"], Days::Every),
        (&["business days", "every business day", "open days"], Days::Business),
        (&["weekdays"], Days::Weekdays),
        (&["the last day of every month"], Days::MonthEnd),
        (&["the last business day of every month"], Days::LastBusiness),
        (
            &["the business day before the end of every month"],
            Days::BeforeMonthEnd(1),
        ),
        (&["the first business day of the fiscal year"], Days::FiscalStart),
    ];
    if let Some((_, days)) = fixed.into_iter().find(|(words, _)| cursor.eat(words)) {
        return Ok(Some(days));
    }
    if cursor.eat(&["every year on "]) {
        return year(cursor).map(Some);
    }
    let mark = cursor.mark();
    if cursor.eat(&["every "]) {
        let days = week(cursor);
        if !days.is_empty() {
            return Ok(Some(Days::Weekly(days)));
        }
        cursor.back(mark);
        return Ok(None);
    }
    if cursor.eat(&["the "]) {
        let weeks = numbers(cursor, true);
        cursor.blanks();
        let days = week(cursor);
        if !weeks.is_empty() && !days.is_empty() && cursor.eat(&[" of every month"]) {
            let weeks: Result<Vec<u8>, _> = weeks.into_iter().map(|week| bounded(week, 1..=5, "th week")).collect();
            return Ok(Some(Days::Nth {
                weeks: in_order(weeks?),
                days,
            }));
        }
        cursor.back(mark);
        return Ok(None);
    }
    of_month(cursor, mark)
}

/// `day 25 of every month`, `business day 3 of every month`, `2 business days before the end of every month`.
fn of_month(cursor: &mut Cursor, mark: String) -> Result<Option<Days>, ScheduleError> {
    let business = cursor.eat(&["business day "]);
    if business || cursor.eat(&["day "]) {
        let found = numbers(cursor, false);
        if !found.is_empty() && cursor.eat(&[" of every month"]) {
            let (last, unit) = if business { (23, "th business day") } else { (31, "th") };
            let days: Result<Vec<u8>, _> = found.into_iter().map(|day| bounded(day, 1..=last, unit)).collect();
            let days = in_order(days?);
            return Ok(Some(if business {
                Days::NthBusiness(days)
            } else {
                Days::Monthly(days)
            }));
        }
    } else if let Some(number) = cursor.number()
        && cursor.eat(&[" business days before the end of every month"])
    {
        return bounded(number, 1..=20, " business days").map(|number| Some(Days::BeforeMonthEnd(number)));
    }
    cursor.back(mark);
    Ok(None)
}

fn week(cursor: &mut Cursor) -> Vec<Weekday> {
    let mut found = Vec::new();
    loop {
        let mark = cursor.mark();
        if !found.is_empty() {
            cursor.eat(&[" and ", ", "]);
        }
        let day = WEEK.iter().find(|(name, _)| cursor.eat(&[&name.to_lowercase()]));
        match day {
            Some((_, day)) => found.push(*day),
            None => {
                cursor.back(mark);
                return weekdays(found);
            }
        }
    }
}

fn numbers(cursor: &mut Cursor, ordinal: bool) -> Vec<u16> {
    let mut found = Vec::new();
    loop {
        let mark = cursor.mark();
        if !found.is_empty() {
            cursor.eat(&[" and ", ", "]);
        }
        match cursor.number() {
            Some(number) if !ordinal || cursor.eat(&["st", "nd", "rd", "th"]) => found.push(number),
            _ => {
                cursor.back(mark);
                return found;
            }
        }
    }
}

/// `4/1 and 10/1`.
fn year(cursor: &mut Cursor) -> Result<Days, ScheduleError> {
    let mut found = Vec::new();
    loop {
        let mark = cursor.mark();
        if !found.is_empty() {
            cursor.eat(&[" and ", ", "]);
        }
        let month = cursor.number().filter(|_| cursor.eat(&["/"]));
        let Some((month, day)) = month.and_then(|month| Some((month, cursor.number()?))) else {
            cursor.back(mark);
            break;
        };
        let month = bounded(month, 1..=12, "th month")?;
        found.push((month, bounded(day, 1..=longest(month), "th")?));
    }
    if found.is_empty() {
        return Err(ScheduleError::Word(cursor.mark()));
    }
    Ok(Days::Yearly(in_order(found)))
}

fn listed<T: std::fmt::Display>(values: impl IntoIterator<Item = T>) -> String {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    values.join(" and ")
}

fn week_said(days: &[Weekday]) -> String {
    let name = |day: &Weekday| {
        WEEK.iter()
            .find(|(_, known)| known == day)
            .map_or("", |(name, _)| *name)
    };
    listed(days.iter().map(name))
}

fn ordinal(number: &u8) -> String {
    let ending = match number {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn days_said(days: &Days) -> String {
    match days {
        Days::Every => "every day".to_owned(),
        Days::Business => "business days".to_owned(),
        Days::Weekdays => "weekdays".to_owned(),
        Days::Weekly(days) => format!("every {}", week_said(days)),
        Days::Monthly(days) => format!("day {} of every month", listed(days)),
        Days::MonthEnd => "the last day of every month".to_owned(),
        Days::Nth { weeks, days } => {
            let weeks = listed(weeks.iter().map(ordinal));
            format!("the {weeks} {} of every month", week_said(days))
        }
        Days::NthBusiness(days) => format!("business day {} of every month", listed(days)),
        Days::LastBusiness => "the last business day of every month".to_owned(),
        Days::BeforeMonthEnd(1) => "the business day before the end of every month".to_owned(),
        Days::BeforeMonthEnd(number) => format!("{number} business days before the end of every month"),
        Days::Yearly(days) => {
            let days = days.iter().map(|(month, day)| format!("{month}/{day}"));
            format!("every year on {}", listed(days))
        }
        Days::FiscalStart => "the first business day of the fiscal year".to_owned(),
    }
}

/// The schedule in its plainest words.
pub(super) fn sentence(schedule: &Schedule) -> String {
    let days = days_said(&schedule.days);
    let mut said = match &schedule.at {
        StartAt::Times(times) => format!("{days} at {}", listed(times)),
        StartAt::Cron(line) if schedule.days == Days::Every => format!("cron \"{line}\""),
        StartAt::Cron(line) => format!("cron \"{line}\", {days} only"),
    };
    said += match schedule.if_closed {
        Some(Shift::Before) => ", if closed, the open day before",
        Some(Shift::After) => ", if closed, the open day after",
        Some(Shift::Skip) => ", if closed, not at all",
        None => "",
    };
    if let Some(time) = &schedule.start_by {
        said += &format!(", not started after {time}");
    }
    if let Some(time) = &schedule.finish_by {
        said += &format!(", finished by {time}");
    }
    said
}
