//! 年度: from 1 April to 31 March (地方自治法208条).

use chrono::{Datelike, NaiveDate};

use super::era::{DateError, EraDate};

/// A fiscal year, named by the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear {
    first: NaiveDate,
    last: NaiveDate,
}

/// Which fiscal year a payment belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentYear {
    /// Only the running year is open.
    Running(FiscalYear),
    /// 出納整理期間, 1 April to 31 May (地方自治法235条の5): both are open, and a person must say which is meant.
    Either {
        /// 旧年度
        old: FiscalYear,
        /// 新年度
        new: FiscalYear,
    },
}

impl FiscalYear {
    /// The fiscal year that begins on 1 April of `year`; `None` only beyond the dates that can be written.
    pub fn new(year: i32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, 4, 1)?;
        let last = NaiveDate::from_ymd_opt(year.checked_add(1)?, 3, 31)?;
        Some(Self { first, last })
    }

    /// The fiscal year of a day; `None` only beyond the dates that can be written.
    pub fn of(date: NaiveDate) -> Option<Self> {
        Self::new(if date.month() >= 4 {
            date.year()
        } else {
            date.year() - 1
        })
    }

    /// The calendar year in which it begins.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// 1 April.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// 31 March.
    pub fn last_day(self) -> NaiveDate {
        self.last
    }

    /// `令和8年度`. The year that began in 平成31年4月 is 令和元年度 as a whole, as the government decided on 2019-04-01.
    ///
    /// # Errors
    /// [`DateError::OldCalendar`] before 明治6年度.
    pub fn name(self) -> Result<String, DateError> {
        if self.year() == 2019 {
            return Ok("令和元年度".to_owned());
        }
        let parts = EraDate::from_date(self.first)?;
        Ok(format!("{}{}年度", parts.era.name(), parts.year_text()))
    }
}

/// The quarter of the fiscal year, 1 (April to June) to 4 (January to March).
pub fn quarter(date: NaiveDate) -> u32 {
    (date.month0() + 9) % 12 / 3 + 1
}

/// The fiscal years that are open for a payment on a day; `None` only beyond the dates that can be written.
pub fn payment_year(date: NaiveDate) -> Option<PaymentYear> {
    let new = FiscalYear::of(date)?;
    if matches!(date.month(), 4 | 5) {
        return Some(PaymentYear::Either {
            old: FiscalYear::new(new.year() - 1)?,
            new,
        });
    }
    Some(PaymentYear::Running(new))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_runs_from_april_to_march() {
        for (date, year) in [
            ("2026-03-31", 2025),
            ("2026-04-01", 2026),
            ("2026-11-23", 2026),
            ("2027-03-31", 2026),
        ] {
            assert_eq!(FiscalYear::of(day(date)).unwrap().year(), year, "{date}");
        }
        let year = FiscalYear::new(2026).unwrap();
        assert_eq!(
            (year.first_day(), year.last_day()),
            (day("2026-04-01"), day("2027-03-31"))
        );
        assert_eq!(FiscalYear::of(NaiveDate::MIN), None);
        assert_eq!(FiscalYear::of(NaiveDate::MAX), None);
    }

    #[test]
    fn names() {
        for (year, name) in [
            (2026, "令和8年度"),
            (2020, "令和2年度"),
            (2019, "令和元年度"),
            (2018, "平成30年度"),
            (1989, "平成元年度"),
            (1988, "昭和63年度"),
        ] {
            assert_eq!(FiscalYear::new(year).unwrap().name().as_deref(), Ok(name));
        }
        assert_eq!(FiscalYear::new(1872).unwrap().name(), Err(DateError::OldCalendar));
    }

    #[test]
    fn quarters() {
        for (month, want) in [(4, 1), (6, 1), (7, 2), (9, 2), (10, 3), (12, 3), (1, 4), (3, 4)] {
            assert_eq!(
                quarter(NaiveDate::from_ymd_opt(2026, month, 1).unwrap()),
                want,
                "month {month}"
            );
        }
    }

    #[test]
    fn payments_in_spring_belong_to_either_year() {
        let (old, new) = (FiscalYear::new(2025).unwrap(), FiscalYear::new(2026).unwrap());
        assert_eq!(payment_year(day("2026-03-31")), Some(PaymentYear::Running(old)));
        assert_eq!(payment_year(day("2026-04-01")), Some(PaymentYear::Either { old, new }));
        assert_eq!(payment_year(day("2026-05-31")), Some(PaymentYear::Either { old, new }));
        assert_eq!(payment_year(day("2026-06-01")), Some(PaymentYear::Running(new)));
    }
}
