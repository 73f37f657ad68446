//! A sentence to a schedule: days, times and conditions in any order; what is not understood is named.

use chrono::Weekday;

use super::{Days, Schedule, StartAt, TimeOfDay, english, japanese};
use crate::rules::calendar::Shift;
use crate::rules::width::to_halfwidth_ascii;
use crate::scenario::cron_line::{self, CronError};

/// Why a sentence is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// A word that says nothing here.
    #[error("not understood: {0}")]
    Word(String),
    /// No day is said.
    #[error("no day")]
    NoDay,
    /// No start is said.
    #[error("no time")]
    NoTime,
    /// The same is said twice.
    #[error("said twice: {0}")]
    Twice(String),
    /// There is no such day or time.
    #[error("there is no {0}")]
    Number(String),
    /// What to do on closed days is said of days that are never closed, or that would be moved onto each other.
    #[error("`if closed` does not fit the days")]
    Closed,
    /// It would have to be finished before it may start.
    #[error("the times are not in order")]
    Order,
    /// The crontab line cannot be used.
    #[error(transparent)]
    Cron(#[from] CronError),
}

/// A part of a sentence.
pub(super) enum Part {
    Days(Days),
    IfClosed(Shift),
    Start(TimeOfDay),
    StartBy(TimeOfDay),
    FinishBy(TimeOfDay),
    Cron(String),
}

/// Reads a sentence, in Japanese or English, or a bare crontab line.
pub fn parse(text: &str) -> Result<Schedule, ScheduleError> {
    if is_cron(text) {
        return Ok(Schedule {
            days: Days::Every,
            if_closed: None,
            at: StartAt::Cron(cron(text)?),
            start_by: None,
            finish_by: None,
        });
    }
    let mut said = Said::default();
    let mut cursor = Cursor::new(text);
    while cursor.skip_fillers() {
        let before = cursor.rest.clone();
        let part = match japanese::part(&mut cursor)? {
            Some(part) => Some(part),
            None => english::part(&mut cursor)?,
        };
        match part {
            Some(part) => said.add(part, || consumed(&before, &cursor.rest))?,
            None => return Err(ScheduleError::Word(cursor.word())),
        }
    }
    said.schedule()
}

/// Reads the days of a sentence alone.
pub fn days(text: &str) -> Result<Days, ScheduleError> {
    let mut cursor = Cursor::new(text);
    cursor.skip_fillers();
    let found = match japanese::days(&mut cursor)? {
        Some(days) => Some(days),
        None => english::days(&mut cursor)?,
    };
    match found {
        Some(days) if !cursor.skip_fillers() => Ok(days),
        _ => Err(ScheduleError::Word(cursor.word())),
    }
}

fn consumed(before: &str, after: &str) -> String {
    let length = before.len().saturating_sub(after.len());
    before.get(..length).unwrap_or(before).trim().to_owned()
}

fn is_cron(text: &str) -> bool {
    let fields = text.split_whitespace().count();
    let signs = |c: char| c.is_ascii_alphanumeric() || "*/,- ".contains(c);
    let text = text.trim();
    (5..=6).contains(&fields) && text.starts_with(|c: char| c.is_ascii_digit() || c == '*') && text.chars().all(signs)
}

/// A crontab line that can be used, its fields a blank apart.
pub(super) fn cron(line: &str) -> Result<String, CronError> {
    cron_line::compile(line)?;
    Ok(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What has been said so far.
#[derive(Default)]
struct Said {
    days: Option<Days>,
    if_closed: Option<Shift>,
    times: Vec<TimeOfDay>,
    cron: Option<String>,
    start_by: Option<TimeOfDay>,
    finish_by: Option<TimeOfDay>,
}

impl Said {
    fn add(&mut self, part: Part, words: impl Fn() -> String) -> Result<(), ScheduleError> {
        let twice = match part {
            Part::Days(days) => self.days.replace(days).is_some(),
            Part::IfClosed(shift) => self.if_closed.replace(shift).is_some(),
            Part::StartBy(time) => self.start_by.replace(time).is_some(),
            Part::FinishBy(time) => self.finish_by.replace(time).is_some(),
            Part::Cron(line) => self.cron.replace(line).is_some() || !self.times.is_empty(),
            Part::Start(time) => {
                let known = self.times.contains(&time) || self.cron.is_some();
                self.times.push(time);
                known
            }
        };
        if twice {
            return Err(ScheduleError::Twice(words()));
        }
        Ok(())
    }

    fn schedule(mut self) -> Result<Schedule, ScheduleError> {
        self.times.sort_unstable();
        let (days, at) = match self.cron {
            Some(line) => (self.days.unwrap_or(Days::Every), StartAt::Cron(line)),
            None => {
                let days = self.days.ok_or(ScheduleError::NoDay)?;
                if self.times.is_empty() {
                    return Err(ScheduleError::NoTime);
                }
                (days, StartAt::Times(self.times))
            }
        };
        let schedule = Schedule {
            days,
            if_closed: self.if_closed,
            at,
            start_by: self.start_by,
            finish_by: self.finish_by,
        };
        match schedule.refused() {
            Some(error) => Err(error),
            None => Ok(schedule),
        }
    }
}

/// What is still to be read of a sentence, in half-width and lower case.
pub(super) struct Cursor {
    rest: String,
}

/// Signs between the parts of a sentence.
const FILLERS: [char; 8] = [' ', ',', '、', '(', ')', '。', '\u{3000}', 'の'];

impl Cursor {
    fn new(text: &str) -> Cursor {
        Cursor {
            rest: to_halfwidth_ascii(text).to_lowercase(),
        }
    }

    /// Whether anything is left after the signs between parts.
    fn skip_fillers(&mut self) -> bool {
        self.rest = self.rest.trim_start_matches(FILLERS).to_owned();
        !self.rest.is_empty()
    }

    /// The word that is next, for a message.
    fn word(&self) -> String {
        let end = self.rest.find(FILLERS).unwrap_or(self.rest.len());
        self.rest.get(..end).unwrap_or(&self.rest).to_owned()
    }

    /// Where it stands, to come back to.
    pub(super) fn mark(&self) -> String {
        self.rest.clone()
    }

    pub(super) fn back(&mut self, mark: String) {
        self.rest = mark;
    }

    /// Takes the first of some words that is next.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let found = words.iter().find_map(|word| self.rest.strip_prefix(word));
        let rest = found.map(str::to_owned);
        rest.map(|rest| self.rest = rest).is_some()
    }

    /// Takes blanks.
    pub(super) fn blanks(&mut self) {
        self.rest = self.rest.trim_start().to_owned();
    }

    /// Takes a number of at most four digits.
    pub(super) fn number(&mut self) -> Option<u16> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let number = self.rest.get(..end)?.parse().ok().filter(|_| end <= 4)?;
        self.rest = self.rest.split_off(end);
        Some(number)
    }

    /// Takes the sign that is next, if it is wanted.
    pub(super) fn sign<T>(&mut self, meant: impl Fn(char) -> Option<T>) -> Option<T> {
        let sign = self.rest.chars().next()?;
        let found = meant(sign)?;
        self.rest = self.rest.split_off(sign.len_utf8());
        Some(found)
    }

    /// Takes everything up to a sign, and the sign.
    pub(super) fn until(&mut self, sign: char) -> Option<String> {
        let (inside, rest) = self.rest.split_once(sign)?;
        let (inside, rest) = (inside.to_owned(), rest.to_owned());
        self.rest = rest;
        Some(inside)
    }

    /// Takes a time such as `6:30`, `6時30分`, `6時半` or `6時`.
    pub(super) fn time(&mut self) -> Result<Option<TimeOfDay>, ScheduleError> {
        let mark = self.mark();
        let Some(hour) = self.number() else {
            return Ok(None);
        };
        let minute = if self.eat(&[":"]) {
            self.number()
        } else if self.eat(&["時"]) {
            if self.eat(&["半"]) {
                Some(30)
            } else {
                let minute = self.number();
                if minute.is_some() && !self.eat(&["分"]) {
                    self.back(mark);
                    return Ok(None);
                }
                Some(minute.unwrap_or(0))
            }
        } else {
            None
        };
        let Some(minute) = minute else {
            self.back(mark);
            return Ok(None);
        };
        match (u8::try_from(hour), u8::try_from(minute)) {
            (Ok(hour @ 0..=29), Ok(minute @ 0..=59)) => Ok(Some(TimeOfDay { hour, minute })),
            _ => Err(ScheduleError::Number(consumed(&mark, &self.rest))),
        }
    }
}

/// A number within bounds, with the words that stand for it in a message.
pub(super) fn bounded(number: u16, bounds: std::ops::RangeInclusive<u8>, unit: &str) -> Result<u8, ScheduleError> {
    u8::try_from(number)
        .ok()
        .filter(|number| bounds.contains(number))
        .ok_or_else(|| ScheduleError::Number(format!("{number}{unit}")))
}

/// Values in order, without repetitions.
pub(super) fn in_order<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

/// Weekdays in order, from Monday, without repetitions.
pub(super) fn weekdays(mut days: Vec<Weekday>) -> Vec<Weekday> {
    days.sort_unstable_by_key(Weekday::num_days_from_monday);
    days.dedup();
    days
}

/// The last day of a month, in a leap year.
pub(super) fn longest(month: u8) -> u8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
