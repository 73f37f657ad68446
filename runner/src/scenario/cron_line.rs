//! Crontab lines: the five fields that administrators know, for a library that wants six and counts Sunday as 1.

use cron::Schedule;
use std::str::FromStr;

/// Why a crontab line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CronError {
    /// It has neither five fields nor six.
    #[error("a crontab line has five fields, this has {0}")]
    Fields(usize),
    /// A field that cannot be read.
    #[error("not a field of a crontab line: {0}")]
    Field(String),
    /// Both day of the month and weekday (as written) are given: crontab means either, the library both.
    #[error("day of the month and weekday cannot both be given")]
    BothDays(String),
}

/// Compiles `minute hour day month weekday` (crontab(5); 0 and 7 are Sunday), with the seconds before them if there are six.
pub fn compile(line: &str) -> Result<Schedule, CronError> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let [second, minute, hour, day, month, weekday] = match fields[..] {
        [minute, hour, day, month, weekday] => ["0", minute, hour, day, month, weekday],
        [second, minute, hour, day, month, weekday] => [second, minute, hour, day, month, weekday],
        _ => return Err(CronError::Fields(fields.len())),
    };
    if day != "*" && weekday != "*" {
        return Err(CronError::BothDays(weekday.to_owned()));
    }
    let named = weekdays(weekday)?;
    let line = |fields: [&str; 6]| Schedule::from_str(&fields.join(" "));
    line([second, minute, hour, day, month, &named]).map_err(|_| {
        let alone = [
            (second, [second, "0", "0", "*", "*", "*"]),
            (minute, ["0", minute, "0", "*", "*", "*"]),
            (hour, ["0", "0", hour, "*", "*", "*"]),
            (day, ["0", "0", "0", day, "*", "*"]),
            (month, ["0", "0", "0", "*", month, "*"]),
        ];
        let wrong = alone.into_iter().find(|(_, fields)| line(*fields).is_err());
        CronError::Field(wrong.map_or(weekday, |(field, _)| field).to_owned())
    })
}

const NAMES: [&str; 8] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The weekdays of a field by name, one by one: `5-7` is a range for crontab but would end before it begins by name.
fn weekdays(field: &str) -> Result<String, CronError> {
    if field == "*" {
        return Ok("*".to_owned());
    }
    let mut names = Vec::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => {
                let step = step.parse::<usize>().ok().filter(|step| *step > 0);
                (range, step.ok_or_else(|| CronError::Field(part.to_owned()))?)
            }
            None => (part, 1),
        };
        let (from, to) = match (range, range.split_once('-')) {
            ("*", _) => (0, 6),
            (_, Some((from, to))) => (number(from)?, number(to)?),
            (_, None) => (number(range)?, number(range)?),
        };
        if from > to {
            return Err(CronError::Field(part.to_owned()));
        }
        names.extend((from..=to).step_by(step).filter_map(|day| NAMES.get(day).copied()));
    }
    names.sort_unstable();
    names.dedup();
    Ok(names.join(","))
}

fn number(day: &str) -> Result<usize, CronError> {
    let lower = day.to_ascii_lowercase();
    NAMES
        .iter()
        .position(|name| *name == lower)
        .or_else(|| day.parse().ok().filter(|number| *number <= 7 && day.len() == 1))
        .ok_or_else(|| CronError::Field(day.to_owned()))
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;

    fn first(line: &str) -> String {
        let from = Utc.with_ymd_and_hms(2026, 11, 23, 0, 0, 0).single().expect("a Monday");
        let next = compile(line).expect(line).after(&from).next().expect(line);
        next.format("%a %d %H:%M").to_string()
    }

    #[test]
    fn five_fields_mean_what_crontab_says() {
        for (line, expected) in [
            ("0 22 * * *", "Mon 23 22:00"),
            ("30 6 * * 1", "Mon 23 06:30"),
            ("0 9 * * 0", "Sun 29 09:00"),
            ("0 9 * * 7", "Sun 29 09:00"),
            ("0 9 * * 5-7", "Fri 27 09:00"),
            ("0 9 * * tue,THU", "Tue 24 09:00"),
            ("0 9 1 * *", "Tue 01 09:00"),
            ("*/15 * * * *", "Mon 23 00:15"),
            ("0 30 22 * * *", "Mon 23 22:30"),
        ] {
            assert_eq!(first(line), expected, "{line}");
        }
    }

    #[test]
    fn the_wrong_field_is_named() {
        for (line, field) in [
            ("99 22 * * *", "99"),
            ("0 25 * * *", "25"),
            ("0 9 32 * *", "32"),
            ("0 9 * 13 *", "13"),
            ("0 9 * * 8", "8"),
            ("0 9 * * 6-2", "6-2"),
            ("61 0 9 * * *", "61"),
        ] {
            assert_eq!(compile(line).err(), Some(CronError::Field(field.to_owned())), "{line}");
        }
    }

    #[test]
    fn what_would_mean_something_else_is_refused() {
        for line in [
            "",
            "* * * *",
            "0 0 0 22 * * *",
            "99 * * * *",
            "0 9 1 * 1",
            "0 9 * * 8",
            "0 9 * * 6-2",
            "@daily",
        ] {
            assert!(compile(line).is_err(), "{line}");
        }
    }
}
