//! 国民の祝日 and the days off that follow from them (国民の祝日に関する法律, Art. 2 and 3), for 2007 to 2099.
//!
//! Before 2007 Art. 3 read differently; the equinox formula holds until 2099. The equinoxes of a year are official only
//! when they are gazetted on the first working day of February of the year before, see [`is_official`].

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

/// The years for which the rules here hold.
pub const YEARS: RangeInclusive<i32> = 2007..=2099;

/// A year of which the rules here say nothing, see [`YEARS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no holidays known for {year}")]
pub struct UnknownYear {
    /// The year that was asked about, or reached while counting.
    pub year: i32,
}

/// A day off by law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// A holiday with a name of its own (Art. 2 or a special law).
    Named(&'static str),
    /// 振替休日: the next day that is no holiday after a holiday on a Sunday (Art. 3, 2).
    Substitute,
    /// 国民の休日: a day between two holidays (Art. 3, 3).
    Sandwiched,
}

impl Holiday {
    /// The name as calendars print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Named(name) => name,
            Self::Substitute => "振替休日",
            Self::Sandwiched => "国民の休日",
        }
    }
}

/// The holiday on a day.
///
/// # Errors
/// [`UnknownYear`] outside of [`YEARS`].
pub fn holiday(date: NaiveDate) -> Result<Option<Holiday>, UnknownYear> {
    known(date.year())?;
    Ok(by_rule(date))
}

/// All days off by law in a year, in order.
///
/// # Errors
/// [`UnknownYear`] outside of [`YEARS`].
pub fn holidays_of(year: i32) -> Result<Vec<(NaiveDate, Holiday)>, UnknownYear> {
    known(year)?;
    let first = NaiveDate::from_ymd_opt(year, 1, 1).ok_or(UnknownYear { year })?;
    let days = first.iter_days().take_while(|day| day.year() == year);
    Ok(days.filter_map(|day| Some((day, by_rule(day)?))).collect())
}

fn known(year: i32) -> Result<(), UnknownYear> {
    if YEARS.contains(&year) {
        Ok(())
    } else {
        Err(UnknownYear { year })
    }
}

/// Art. 2 and 3 for one day; the neighbours of the first and last known day follow the same rules.
fn by_rule(date: NaiveDate) -> Option<Holiday> {
    if let Some(name) = named(date) {
        return Some(Holiday::Named(name));
    }
    let is_named = |day: Option<NaiveDate>| day.is_some_and(|day| named(day).is_some());
    // Back through the holidays just before: if one of them is a Sunday, this is the first free day after it.
    let mut before = date.pred_opt();
    while let Some(day) = before.filter(|day| named(*day).is_some()) {
        if day.weekday() == Weekday::Sun {
            return Some(Holiday::Substitute);
        }
        before = day.pred_opt();
    }
    (is_named(date.pred_opt()) && is_named(date.succ_opt())).then_some(Holiday::Sandwiched)
}

/// Whether the holidays of a year are gazetted as of `today`; later ones are 予定.
pub fn is_official(year: i32, today: NaiveDate) -> bool {
    let gazetted = if today.month() >= 2 {
        today.year() + 1
    } else {
        today.year()
    };
    year <= gazetted
}

/// Holidays of Art. 2, with the special laws for 2019 to 2021.
fn named(date: NaiveDate) -> Option<&'static str> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let monday = |nth: u32| date.weekday() == Weekday::Mon && (day - 1) / 7 + 1 == nth;
    let sports_day = if year < 2020 {
        "体育の日"
    } else {
        "スポーツの日"
    };
    // The Olympic years moved three holidays.
    let moved = matches!(year, 2020 | 2021);
    match (month, day) {
        (1, 1) => Some("元日"),
        (1, _) if monday(2) => Some("成人の日"),
        (2, 11) => Some("建国記念の日"),
        (2, 23) if year >= 2020 => Some("天皇誕生日"),
        (3, _) if day == equinox(year, 20_843_100) => Some("春分の日"),
        (4, 29) => Some("昭和の日"),
        (5, 1) if year == 2019 => Some("休日（天皇の即位の日）"),
        (5, 3) => Some("憲法記念日"),
        (5, 4) => Some("みどりの日"),
        (5, 5) => Some("こどもの日"),
        (7, 23) if year == 2020 => Some("海の日"),
        (7, 22) if year == 2021 => Some("海の日"),
        (7, _) if !moved && monday(3) => Some("海の日"),
        (7, 24) if year == 2020 => Some("スポーツの日"),
        (7, 23) if year == 2021 => Some("スポーツの日"),
        (8, 10) if year == 2020 => Some("山の日"),
        (8, 8) if year == 2021 => Some("山の日"),
        (8, 11) if year >= 2016 && !moved => Some("山の日"),
        (9, _) if monday(3) => Some("敬老の日"),
        (9, _) if day == equinox(year, 23_248_800) => Some("秋分の日"),
        (10, _) if !moved && monday(2) => Some(sports_day),
        (10, 22) if year == 2019 => Some("休日（即位礼正殿の儀の行われる日）"),
        (11, 3) => Some("文化の日"),
        (11, 23) => Some("勤労感謝の日"),
        (12, 23) if year <= 2018 => Some("天皇誕生日"),
        _ => None,
    }
}

/// Day of the month of an equinox, by the usual approximation for 1980 to 2099. `base` is its day in 1980 and the mean
/// drift 0.242194 days a year, both in millionths.
fn equinox(year: i32, base: i64) -> u32 {
    let years = i64::from(year) - 1980;
    let day = (base + 242_194 * years).div_euclid(1_000_000) - years.div_euclid(4);
    u32::try_from(day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days_of(year: i32) -> Vec<String> {
        let days = holidays_of(year).unwrap();
        days.iter()
            .map(|(day, holiday)| format!("{} {}", day.format("%m-%d"), holiday.name()))
            .collect()
    }

    #[test]
    fn a_whole_year() {
        assert_eq!(
            days_of(2026),
            [
                "01-01 元日",
                "01-12 成人の日",
                "02-11 建国記念の日",
                "02-23 天皇誕生日",
                "03-20 春分の日",
                "04-29 昭和の日",
                "05-03 憲法記念日",
                "05-04 みどりの日",
                "05-05 こどもの日",
                "05-06 振替休日",
                "07-20 海の日",
                "08-11 山の日",
                "09-21 敬老の日",
                "09-22 国民の休日",
                "09-23 秋分の日",
                "10-12 スポーツの日",
                "11-03 文化の日",
                "11-23 勤労感謝の日",
            ]
        );
    }

    #[test]
    fn days_off_per_year() {
        for (year, count) in [(2024, 21), (2025, 19), (2026, 18), (2027, 17)] {
            assert_eq!(holidays_of(year).unwrap().len(), count, "{year}");
        }
    }

    #[test]
    fn days_off_that_follow_from_others() {
        for (date, want) in [
            ("2026-05-06", Holiday::Substitute),
            ("2027-03-22", Holiday::Substitute),
            ("2033-03-21", Holiday::Substitute),
            ("2009-05-06", Holiday::Substitute),
            ("2021-08-09", Holiday::Substitute),
            ("2026-09-22", Holiday::Sandwiched),
            ("2032-09-21", Holiday::Sandwiched),
            ("2019-04-30", Holiday::Sandwiched),
            ("2019-05-02", Holiday::Sandwiched),
        ] {
            assert_eq!(holiday(day(date)), Ok(Some(want)), "{date}");
        }
    }

    #[test]
    fn years_with_laws_of_their_own() {
        let has = |date: &str, name: &str| assert_eq!(by_rule(day(date)).map(Holiday::name), Some(name), "{date}");
        let works = |date: &str| assert_eq!(holiday(day(date)), Ok(None), "{date}");
        has("2018-12-23", "天皇誕生日");
        has("2018-12-24", "振替休日");
        works("2019-12-23");
        works("2019-02-23");
        has("2020-02-23", "天皇誕生日");
        has("2019-05-01", "休日（天皇の即位の日）");
        has("2019-10-14", "体育の日");
        has("2019-10-22", "休日（即位礼正殿の儀の行われる日）");
        has("2020-07-23", "海の日");
        has("2020-07-24", "スポーツの日");
        has("2020-08-10", "山の日");
        works("2020-07-20");
        works("2020-08-11");
        works("2020-10-12");
        has("2021-07-22", "海の日");
        has("2021-07-23", "スポーツの日");
        has("2021-08-08", "山の日");
        works("2021-10-11");
        works("2015-08-11");
        has("2016-08-11", "山の日");
    }

    #[test]
    fn equinoxes() {
        for (date, name) in [
            ("2007-03-21", "春分の日"),
            ("2012-09-22", "秋分の日"),
            ("2024-03-20", "春分の日"),
            ("2024-09-22", "秋分の日"),
            ("2025-09-23", "秋分の日"),
            ("2026-03-20", "春分の日"),
        ] {
            assert_eq!(holiday(day(date)), Ok(Some(Holiday::Named(name))), "{date}");
        }
    }

    #[test]
    fn other_years_are_unknown() {
        assert_eq!(holiday(day("2006-12-31")), Err(UnknownYear { year: 2006 }));
        assert_eq!(holidays_of(2100), Err(UnknownYear { year: 2100 }));
        assert_eq!(holiday(day("2007-01-01")), Ok(Some(Holiday::Named("元日"))));
        assert_eq!(holiday(day("2099-12-31")), Ok(None));
    }

    #[test]
    fn later_years_are_planned_only() {
        assert!(is_official(2027, day("2026-11-23")));
        assert!(!is_official(2028, day("2026-11-23")));
        assert!(!is_official(2027, day("2026-01-31")));
    }
}
