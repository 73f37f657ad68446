//! Days on which an office is open, and what is counted in them.
//!
//! A city hall rests on Saturdays, Sundays, holidays and over the year's end as its own ordinance says
//! (地方自治法4条の2); a bank over 31 December to 3 January (銀行法施行令5条).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};

use super::holidays::{UnknownYear, holiday};

/// Why a calendar has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The holidays of a year that was asked about, or reached while counting, are not known.
    #[error(transparent)]
    UnknownYear(#[from] UnknownYear),
    /// No such month.
    #[error("no month {month}")]
    Month {
        /// As given.
        month: u32,
    },
    /// The month has fewer business days.
    #[error("only {available} business days in {year}-{month}")]
    NoSuchBusinessDay {
        /// As given.
        year: i32,
        /// As given.
        month: u32,
        /// How many the month has.
        available: u32,
    },
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// `None` for a day that no year has.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        const LEAP_YEAR: i32 = 2000;
        NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).map(|_| Self { month, day })
    }

    fn of(date: NaiveDate) -> Self {
        Self {
            month: date.month(),
            day: date.day(),
        }
    }
}

/// A closed stretch that comes back each year, both ends included; it may run over the year's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearEnd {
    /// The first closed day.
    pub from: MonthDay,
    /// The last closed day.
    pub to: MonthDay,
}

impl YearEnd {
    /// 29 December to 3 January, as most ordinances have it.
    pub const CITY: Self = Self {
        from: MonthDay { month: 12, day: 29 },
        to: MonthDay { month: 1, day: 3 },
    };
    /// 31 December to 3 January.
    pub const BANK: Self = Self {
        from: MonthDay { month: 12, day: 31 },
        to: MonthDay { month: 1, day: 3 },
    };

    fn contains(self, date: NaiveDate) -> bool {
        let day = MonthDay::of(date);
        if self.from <= self.to {
            (self.from..=self.to).contains(&day)
        } else {
            day >= self.from || day <= self.to
        }
    }
}

/// A closed day of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExtraDay {
    /// Each year, such as 23 June in Okinawa or 6 August in Hiroshima.
    Yearly(MonthDay),
    /// Once.
    Once(NaiveDate),
}

/// What happens to a job whose day is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// 前営業日
    Before,
    /// 翌営業日
    After,
    /// 休む
    Skip,
}

/// The open days of one office. All counting ends with [`CalendarError::UnknownYear`] where the known years end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityCalendar {
    /// Closed over the year's end.
    pub year_end: YearEnd,
    /// Further closed days.
    pub extra: BTreeSet<ExtraDay>,
    /// Days off by law as the official list has them; a year that stands here is not computed.
    pub official: BTreeMap<i32, BTreeSet<NaiveDate>>,
}

impl Default for CityCalendar {
    fn default() -> Self {
        Self::new(YearEnd::CITY)
    }
}

impl CityCalendar {
    /// A calendar with the holidays by law and a closed stretch over the year's end.
    pub fn new(year_end: YearEnd) -> Self {
        Self {
            year_end,
            extra: BTreeSet::new(),
            official: BTreeMap::new(),
        }
    }

    /// The open days of banks.
    pub fn bank() -> Self {
        Self::new(YearEnd::BANK)
    }

    /// Whether the office is open on a day.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn is_open(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        let day_off = self.is_holiday(date)?;
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let extra =
            self.extra.contains(&ExtraDay::Once(date)) || self.extra.contains(&ExtraDay::Yearly(MonthDay::of(date)));
        Ok(!(weekend || day_off || self.year_end.contains(date) || extra))
    }

    /// Whether a day is off by law (国民の祝日に関する法律3条).
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn is_holiday(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        match self.official.get(&date.year()) {
            Some(days) => Ok(days.contains(&date)),
            None => Ok(holiday(date)?.is_some()),
        }
    }

    /// The first open day after `date`.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn next_business_day(&self, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        self.add_business_days(date, 1)
    }

    /// The last open day before `date`.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn previous_business_day(&self, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        self.add_business_days(date, -1)
    }

    /// The `count`-th open day after `date`, or before it if `count` is negative; `date` itself for 0, open or not.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn add_business_days(&self, date: NaiveDate, count: i32) -> Result<NaiveDate, CalendarError> {
        let mut day = date;
        let mut left = count.unsigned_abs();
        while left > 0 {
            let neighbour = if count > 0 { day.succ_opt() } else { day.pred_opt() };
            day = neighbour.ok_or(UnknownYear { year: day.year() })?;
            if self.is_open(day)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// The `nth` open day of a month, from 1.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn nth_business_day(&self, year: i32, month: u32, nth: u32) -> Result<NaiveDate, CalendarError> {
        let days = self.business_days(year, month)?;
        let index = nth.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        index
            .and_then(|index| days.get(index))
            .copied()
            .ok_or_else(|| no_such_day(year, month, &days))
    }

    /// The last open day of a month.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn last_business_day(&self, year: i32, month: u32) -> Result<NaiveDate, CalendarError> {
        let days = self.business_days(year, month)?;
        days.last().copied().ok_or_else(|| no_such_day(year, month, &days))
    }

    fn business_days(&self, year: i32, month: u32) -> Result<Vec<NaiveDate>, CalendarError> {
        if !(1..=12).contains(&month) {
            return Err(CalendarError::Month { month });
        }
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or(UnknownYear { year })?;
        let mut open = Vec::with_capacity(23);
        for day in first.iter_days().take_while(|day| day.month() == month) {
            if self.is_open(day)? {
                open.push(day);
            }
        }
        Ok(open)
    }

    /// How many days are open from `first` to `last`, both included.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn count_business_days(&self, first: NaiveDate, last: NaiveDate) -> Result<u32, CalendarError> {
        let mut count = 0;
        for day in first.iter_days().take_while(|day| *day <= last) {
            count += u32::from(self.is_open(day)?);
        }
        Ok(count)
    }

    /// The day on which a job runs that was planned for `date`; `None` if it does not run.
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn shift(&self, date: NaiveDate, shift: Shift) -> Result<Option<NaiveDate>, CalendarError> {
        if self.is_open(date)? {
            return Ok(Some(date));
        }
        match shift {
            Shift::Before => self.previous_business_day(date).map(Some),
            Shift::After => self.next_business_day(date).map(Some),
            Shift::Skip => Ok(None),
        }
    }

    /// The end of a period whose last day may be closed: then the next open day (地方自治法4条の2第4項).
    ///
    /// # Errors
    /// [`CalendarError::UnknownYear`].
    pub fn deadline(&self, last_day: NaiveDate) -> Result<NaiveDate, CalendarError> {
        if self.is_open(last_day)? {
            Ok(last_day)
        } else {
            self.next_business_day(last_day)
        }
    }
}

fn no_such_day(year: i32, month: u32, days: &[NaiveDate]) -> CalendarError {
    // A month has at most 31 days.
    let available = u32::try_from(days.len()).unwrap_or(31);
    CalendarError::NoSuchBusinessDay { year, month, available }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn city() -> CityCalendar {
        CityCalendar::default()
    }

    #[test]
    fn nth_and_last_business_days() {
        for (year, month, nth, want) in [
            (2026, 5, 1, "2026-05-01"),
            (2026, 5, 2, "2026-05-07"),
            (2026, 5, 3, "2026-05-08"),
            (2027, 1, 1, "2027-01-04"),
        ] {
            assert_eq!(city().nth_business_day(year, month, nth), Ok(day(want)));
        }
        assert_eq!(city().last_business_day(2026, 12), Ok(day("2026-12-28")));
        assert_eq!(CityCalendar::bank().last_business_day(2026, 12), Ok(day("2026-12-30")));
        let missing = CalendarError::NoSuchBusinessDay {
            year: 2026,
            month: 5,
            available: 18,
        };
        assert_eq!(city().nth_business_day(2026, 5, 19), Err(missing.clone()));
        assert_eq!(city().nth_business_day(2026, 5, 0), Err(missing));
        assert_eq!(
            city().nth_business_day(2026, 13, 1),
            Err(CalendarError::Month { month: 13 })
        );
    }

    #[test]
    fn open_days_of_a_fiscal_year() {
        assert_eq!(
            city().count_business_days(day("2026-04-01"), day("2027-03-31")),
            Ok(241)
        );
    }

    #[test]
    fn the_ordinance_decides_on_the_year_end() {
        for date in [
            "2026-12-29",
            "2026-12-30",
            "2026-12-31",
            "2027-01-01",
            "2027-01-02",
            "2027-01-03",
        ] {
            assert_eq!(city().is_open(day(date)), Ok(false), "{date}");
        }
        let later = YearEnd {
            from: MonthDay::new(12, 30).unwrap(),
            to: MonthDay::new(1, 4).unwrap(),
        };
        let calendar = CityCalendar::new(later);
        assert_eq!(calendar.is_open(day("2026-12-29")), Ok(true));
        assert_eq!(calendar.is_open(day("2027-01-04")), Ok(false));
        assert_eq!(CityCalendar::bank().is_open(day("2026-12-30")), Ok(true));
        assert_eq!(MonthDay::new(2, 30), None);
    }

    #[test]
    fn extra_days_and_the_official_list() {
        let mut calendar = city();
        assert_eq!(calendar.is_open(day("2026-06-23")), Ok(true));
        calendar.extra.insert(ExtraDay::Yearly(MonthDay::new(6, 23).unwrap()));
        calendar.extra.insert(ExtraDay::Once(day("2026-11-24")));
        assert_eq!(calendar.is_open(day("2026-06-23")), Ok(false));
        assert_eq!(calendar.is_open(day("2026-11-24")), Ok(false));
        assert_eq!(calendar.is_open(day("2027-11-24")), Ok(true));
        calendar.official.insert(2027, BTreeSet::from([day("2027-11-25")]));
        assert_eq!(
            calendar.is_open(day("2027-11-25")),
            Ok(false),
            "the list wins over the rules"
        );
        assert_eq!(calendar.is_open(day("2027-11-23")), Ok(true), "in both ways");
    }

    #[test]
    fn counting_and_shifting() {
        let holiday = day("2026-11-23");
        assert_eq!(city().next_business_day(holiday), Ok(day("2026-11-24")));
        assert_eq!(city().previous_business_day(holiday), Ok(day("2026-11-20")));
        assert_eq!(city().add_business_days(day("2026-04-30"), 3), Ok(day("2026-05-08")));
        assert_eq!(city().add_business_days(day("2026-05-08"), -3), Ok(day("2026-04-30")));
        assert_eq!(city().add_business_days(holiday, 0), Ok(holiday));
        assert_eq!(city().shift(holiday, Shift::Before), Ok(Some(day("2026-11-20"))));
        assert_eq!(city().shift(holiday, Shift::After), Ok(Some(day("2026-11-24"))));
        assert_eq!(city().shift(holiday, Shift::Skip), Ok(None));
        assert_eq!(
            city().shift(day("2026-11-24"), Shift::Skip),
            Ok(Some(day("2026-11-24")))
        );
        assert_eq!(city().deadline(day("2026-12-31")), Ok(day("2027-01-04")));
        assert_eq!(city().deadline(day("2026-12-28")), Ok(day("2026-12-28")));
    }

    #[test]
    fn unknown_years_are_said_to_be_unknown() {
        let unknown = |year| Err(CalendarError::UnknownYear(UnknownYear { year }));
        assert_eq!(city().next_business_day(day("2006-12-28")), unknown(2006));
        assert_eq!(city().add_business_days(day("2026-11-23"), i32::MAX), unknown(2100));
        assert_eq!(city().add_business_days(day("2026-11-23"), i32::MIN), unknown(2006));
        let mut closed = city();
        closed.year_end = YearEnd {
            from: MonthDay::new(1, 1).unwrap(),
            to: MonthDay::new(12, 31).unwrap(),
        };
        assert_eq!(closed.next_business_day(day("2026-11-23")), unknown(2100));
    }
}
