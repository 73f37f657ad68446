//! 和暦: eras and dates in them.
//!
//! Sources: 元号法 (1979) and its orders for 平成 and 令和, the imperial rescripts before; 太政官布告 明治5年第337号,
//! which made 1873-01-01 the first day of the solar calendar.

use chrono::{Datelike, NaiveDate};

/// An era since 1868.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, from 1868; dates are understood from 明治6年, when the solar calendar began.
    Meiji,
    /// 大正, from 1912-07-30.
    Taisho,
    /// 昭和, from 1926-12-25.
    Showa,
    /// 平成, from 1989-01-08.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

/// The first year of 明治 whose dates are solar.
const FIRST_SOLAR_YEAR: u32 = 6;

impl Era {
    /// All eras, oldest first.
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// `令和`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// `令`: the first character of its name, as it is written for short.
    pub fn initial(self) -> char {
        match self {
            Self::Meiji => '明',
            Self::Taisho => '大',
            Self::Showa => '昭',
            Self::Heisei => '平',
            Self::Reiwa => '令',
        }
    }

    /// `R`.
    pub fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The digit that stands for the era in seven-digit dates (`5081123`): 1 for 明治 to 5 for 令和.
    pub fn code(self) -> u32 {
        match self {
            Self::Meiji => 1,
            Self::Taisho => 2,
            Self::Showa => 3,
            Self::Heisei => 4,
            Self::Reiwa => 5,
        }
    }

    /// The single character for the era name, U+337B–337E and U+32FF.
    pub fn ligature(self) -> char {
        match self {
            Self::Meiji => '㍾',
            Self::Taisho => '㍽',
            Self::Showa => '㍼',
            Self::Heisei => '㍻',
            Self::Reiwa => '㋿',
        }
    }

    /// Year, month and day on which the era began (明治 by the proclamation's day, not its back-dating).
    fn first(self) -> (i32, u32, u32) {
        match self {
            Self::Meiji => (1868, 10, 23),
            Self::Taisho => (1912, 7, 30),
            Self::Showa => (1926, 12, 25),
            Self::Heisei => (1989, 1, 8),
            Self::Reiwa => (2019, 5, 1),
        }
    }

    /// Year, month and day up to which the era is written without doubt. 明治 and 大正 ended on the day on which the
    /// next era began; 昭和 and 平成 on the day before.
    fn last(self) -> Option<(i32, u32, u32)> {
        match self {
            Self::Meiji => Some((1912, 7, 30)),
            Self::Taisho => Some((1926, 12, 25)),
            Self::Showa => Some((1989, 1, 7)),
            Self::Heisei => Some((2019, 4, 30)),
            Self::Reiwa => None,
        }
    }

    /// The era of a date; on a day of change the newer one.
    fn of(date: NaiveDate) -> Option<Self> {
        let day = (date.year(), date.month(), date.day());
        Self::ALL.into_iter().rev().find(|era| era.first() <= day)
    }
}

/// Which part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    /// 年
    Year,
    /// 月
    Month,
    /// 日
    Day,
}

/// Why a text, or a date in an era, is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing is written.
    #[error("no date")]
    Empty,
    /// A character that no shape of a date has at this place.
    #[error("unexpected {found:?} at {position}, wanted {wanted:?}")]
    Unexpected {
        /// The character as it was written.
        found: char,
        /// Where it stands, in characters from 0.
        position: usize,
        /// The part that was being read, or that had just been read.
        wanted: DatePart,
    },
    /// The text ends before the part.
    #[error("date ends before its {missing:?}")]
    Incomplete {
        /// The first part that is missing or unfinished.
        missing: DatePart,
    },
    /// As many digits in a row as no shape of a date has.
    #[error("{digits} digits in a row")]
    Digits {
        /// How many.
        digits: usize,
    },
    /// A month and a day alone, as Excel shows what was typed as 12/1.
    #[error("month and day without a year")]
    YearMissing,
    /// A year such as `8` with neither era nor hint, or a year that fits neither an era nor the common calendar.
    #[error("year {year} of no known era")]
    EraMissing {
        /// As written.
        year: u32,
    },
    /// A year that an era cannot have: 0, or more than two digits.
    #[error("year {year} of {}", era.name())]
    EraYear {
        /// The era as written.
        era: Era,
        /// The year as written.
        year: u32,
    },
    /// A day before the first of the era (令和1年4月30日).
    #[error("{date} is before the first day of {}", era.name())]
    BeforeEra {
        /// The era as written.
        era: Era,
        /// The day that is meant if only the era is wrong.
        date: NaiveDate,
    },
    /// 明治5年 and before, in the old lunar calendar.
    #[error("before the solar calendar")]
    OldCalendar,
    /// A month or day that the calendar does not have.
    #[error("no such day {year}-{month}-{day}")]
    NoSuchDay {
        /// Year of the common calendar.
        year: i32,
        /// As written.
        month: u32,
        /// As written.
        day: u32,
    },
}

/// A date as 元号, 年, 月, 日: the parts that forms have separate fields for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EraDate {
    /// 元号
    pub era: Era,
    /// 年, from 1.
    pub year: u32,
    /// 月, 1 to 12.
    pub month: u32,
    /// 日, from 1.
    pub day: u32,
}

impl EraDate {
    /// The date in its era; on a day of change in the newer one.
    ///
    /// # Errors
    /// [`DateError::OldCalendar`] before 1873-01-01.
    pub fn from_date(date: NaiveDate) -> Result<Self, DateError> {
        let era = Era::of(date).ok_or(DateError::OldCalendar)?;
        let year = u32::try_from(date.year() - era.first().0 + 1).map_err(|_| DateError::OldCalendar)?;
        if era == Era::Meiji && year < FIRST_SOLAR_YEAR {
            return Err(DateError::OldCalendar);
        }
        Ok(Self {
            era,
            year,
            month: date.month(),
            day: date.day(),
        })
    }

    /// The day that is meant, and whether the era had already ended on it (平成31年5月1日).
    ///
    /// # Errors
    /// [`DateError`] for a day that does not exist, lies before the era, or in the old calendar.
    pub fn to_date(self) -> Result<(NaiveDate, bool), DateError> {
        let Self { era, year, month, day } = self;
        if !(1..=99).contains(&year) {
            return Err(DateError::EraYear { era, year });
        }
        if era == Era::Meiji && year < FIRST_SOLAR_YEAR {
            return Err(DateError::OldCalendar);
        }
        let common = i32::try_from(year).map_err(|_| DateError::EraYear { era, year })? + era.first().0 - 1;
        let date = NaiveDate::from_ymd_opt(common, month, day).ok_or(DateError::NoSuchDay {
            year: common,
            month,
            day,
        })?;
        let written = (common, month, day);
        if written < era.first() {
            return Err(DateError::BeforeEra { era, date });
        }
        Ok((date, era.last().is_some_and(|last| written > last)))
    }

    /// `元` or the number of the year, as documents print it.
    pub fn year_text(self) -> String {
        if self.year == 1 {
            "元".to_owned()
        } else {
            self.year.to_string()
        }
    }
}

/// How a date is written in its era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EraStyle {
    /// `令和8年11月23日`, `令和元年5月1日`.
    Long,
    /// `R8.11.23`, `R1.5.1`.
    Short,
}

/// Writes a date in its era.
///
/// # Errors
/// [`DateError::OldCalendar`] before 1873-01-01.
pub fn format_era(date: NaiveDate, style: EraStyle) -> Result<String, DateError> {
    let parts = EraDate::from_date(date)?;
    let EraDate { era, year, month, day } = parts;
    Ok(match style {
        EraStyle::Long => format!("{}{}年{month}月{day}日", era.name(), parts.year_text()),
        EraStyle::Short => format!("{}{year}.{month}.{day}", era.letter()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn writes_both_styles_and_the_newer_era_on_a_day_of_change() {
        for (date, long, short) in [
            ("2026-11-23", "令和8年11月23日", "R8.11.23"),
            ("2020-02-29", "令和2年2月29日", "R2.2.29"),
            ("2019-05-01", "令和元年5月1日", "R1.5.1"),
            ("2019-04-30", "平成31年4月30日", "H31.4.30"),
            ("1989-01-08", "平成元年1月8日", "H1.1.8"),
            ("1989-01-07", "昭和64年1月7日", "S64.1.7"),
            ("1926-12-25", "昭和元年12月25日", "S1.12.25"),
            ("1926-12-24", "大正15年12月24日", "T15.12.24"),
            ("1912-07-30", "大正元年7月30日", "T1.7.30"),
            ("1873-01-01", "明治6年1月1日", "M6.1.1"),
        ] {
            assert_eq!(format_era(day(date), EraStyle::Long).as_deref(), Ok(long));
            assert_eq!(format_era(day(date), EraStyle::Short).as_deref(), Ok(short));
        }
        for old in ["1872-12-31", "1868-10-23", "0001-01-01"] {
            assert_eq!(format_era(day(old), EraStyle::Long), Err(DateError::OldCalendar));
        }
    }

    #[test]
    fn resolves_parts() {
        use Era::{Heisei, Meiji, Reiwa, Showa, Taisho};
        let resolve = |era, year, month, day| EraDate { era, year, month, day }.to_date();
        assert_eq!(resolve(Meiji, 45, 7, 30), Ok((day("1912-07-30"), false)));
        assert_eq!(resolve(Taisho, 15, 12, 25), Ok((day("1926-12-25"), false)));
        assert_eq!(resolve(Showa, 64, 1, 8), Ok((day("1989-01-08"), true)));
        assert_eq!(resolve(Heisei, 31, 5, 1), Ok((day("2019-05-01"), true)));
        assert_eq!(resolve(Meiji, 5, 12, 1), Err(DateError::OldCalendar));
        assert_eq!(resolve(Reiwa, 0, 1, 1), Err(DateError::EraYear { era: Reiwa, year: 0 }));
        assert_eq!(
            resolve(Reiwa, 100, 1, 1),
            Err(DateError::EraYear { era: Reiwa, year: 100 })
        );
        assert_eq!(
            resolve(Reiwa, 1, 4, 30),
            Err(DateError::BeforeEra {
                era: Reiwa,
                date: day("2019-04-30")
            })
        );
        assert_eq!(
            resolve(Reiwa, 7, 2, 29),
            Err(DateError::NoSuchDay {
                year: 2025,
                month: 2,
                day: 29
            })
        );
    }

    proptest! {
        #[test]
        fn there_and_back(offset in 0u64..82_910) {
            // 1873-01-01 to 2099-12-31.
            let date = day("1873-01-01") + chrono::Days::new(offset);
            let parts = EraDate::from_date(date).unwrap();
            prop_assert_eq!(parts.to_date(), Ok((date, false)));
        }
    }
}
