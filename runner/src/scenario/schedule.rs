//! When a bot runs: what a schedule means, and the one sentence that says so.
//!
//! A schedule is written as a sentence ([`parse`]) or a map; [`Schedule::sentence`] says it again in its plainest words, which
//! are understood as the same schedule.

mod due;
mod english;
mod japanese;
mod reader;

pub use due::{DueError, instant};
pub use reader::{ScheduleError, days, parse};

use std::fmt;

use chrono::Weekday;

use crate::rules::calendar::Shift;
use crate::text::Lang;

/// When a bot runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// On which days.
    pub days: Days,
    /// What happens on such a day when the office is closed; nothing is said where it does not matter.
    pub if_closed: Option<Shift>,
    /// The starts, or a crontab line that says days and times itself.
    pub at: StartAt,
    /// Not started after this time of the same night.
    pub start_by: Option<TimeOfDay>,
    /// To be finished by this time of the same night.
    pub finish_by: Option<TimeOfDay>,
}

/// On which days a schedule counts. Lists are in order, without repetitions and never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// 毎日.
    Every,
    /// 開庁日: neither weekend, holiday nor the ordinance's closed days (地方自治法4条の2).
    Business,
    /// 平日: neither weekend nor holiday by law; the ordinance's year-end days count.
    Weekdays,
    /// 毎週月・水曜.
    Weekly(Vec<Weekday>),
    /// 毎月10日・25日; a month without such a day has none.
    Monthly(Vec<u8>),
    /// 毎月末日: the month's last calendar day.
    MonthEnd,
    /// 毎月第2・第4火曜.
    Nth {
        /// 1 to 5.
        weeks: Vec<u8>,
        /// The weekdays.
        days: Vec<Weekday>,
    },
    /// 毎月3営業日目: counted in open days from the month's beginning.
    NthBusiness(Vec<u8>),
    /// 毎月最終開庁日.
    LastBusiness,
    /// 月末からN営業日前: so many open days before the month's last calendar day, whether that one is open or not.
    BeforeMonthEnd(u8),
    /// 毎年4月1日: month and day.
    Yearly(Vec<(u8, u8)>),
    /// 年度初め: the first open day of April (地方自治法208条).
    FiscalStart,
}

impl Days {
    /// Whether the office may be closed on such a day.
    pub fn may_be_closed(&self) -> bool {
        match self {
            Days::Business
            | Days::NthBusiness(_)
            | Days::LastBusiness
            | Days::BeforeMonthEnd(_)
            | Days::FiscalStart => false,
            Days::Every
            | Days::Weekdays
            | Days::Weekly(_)
            | Days::Monthly(_)
            | Days::MonthEnd
            | Days::Nth { .. }
            | Days::Yearly(_) => true,
        }
    }

    /// Whether days come so thickly that one that is moved would fall on another one.
    pub fn is_daily(&self) -> bool {
        matches!(self, Days::Every | Days::Weekdays)
    }
}

/// When a schedule starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartAt {
    /// Times of the day, in order, at least one.
    Times(Vec<TimeOfDay>),
    /// A crontab line, its fields a blank apart.
    Cron(String),
}

/// A time of the day, 00:00 to 29:59 (a late night is written 25:30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    /// 0 to 29.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// Minutes of a day.
const DAY: u32 = 24 * 60;

impl TimeOfDay {
    /// Minutes since the day's beginning, of a time that is meant after another one: past midnight if it must be.
    pub(crate) fn after(self, other: TimeOfDay) -> u32 {
        let minutes = |time: TimeOfDay| u32::from(time.hour) * 60 + u32::from(time.minute);
        let days = (minutes(other) + DAY).saturating_sub(minutes(self)) / DAY;
        minutes(self) + days * DAY
    }
}

impl Schedule {
    /// What cannot be meant, though every word of it can be read.
    pub(crate) fn refused(&self) -> Option<ScheduleError> {
        let moves = matches!(self.if_closed, Some(Shift::Before | Shift::After));
        if self.if_closed.is_some() && !self.days.may_be_closed() || moves && self.days.is_daily() {
            return Some(ScheduleError::Closed);
        }
        let StartAt::Times(times) = &self.at else {
            return None;
        };
        let (first, last) = (times.first()?, times.last()?);
        let start_by = self.start_by.map(|time| time.after(*last));
        let finish_by = self.finish_by.map(|time| time.after(*last));
        let too_late = |minutes: u32| minutes - (u32::from(first.hour) * 60 + u32::from(first.minute)) > DAY;
        let disordered = start_by.zip(finish_by).is_some_and(|(start, finish)| finish <= start)
            || start_by.into_iter().chain(finish_by).any(too_late);
        disordered.then_some(ScheduleError::Order)
    }

    /// The schedule in its plainest words.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => japanese::sentence(self),
            Lang::En => english::sentence(self),
        }
    }
}

#[cfg(test)]
mod tests;
