//! Ages and school years.
//!
//! By law a year is completed at the end of the day before the birthday (年齢計算ニ関スル法律, 民法143条); in daily life
//! on the birthday. Rules that ask for an age "on" a day mean the former.

use chrono::{Datelike, NaiveDate};

/// Completed years by law at the end of `on`: one more already on the eve of the birthday. `None` before the birth.
pub fn age_legal(birth: NaiveDate, on: NaiveDate) -> Option<u32> {
    if on < birth {
        return None;
    }
    // The eve of 29 February is 28 February in every year, so looking from the next day needs no special case.
    age_common(birth, on.succ_opt()?)
}

/// Completed years as people count them: one more on the birthday (born on 29 February: on 1 March of a common year).
/// `None` before the birth.
pub fn age_common(birth: NaiveDate, on: NaiveDate) -> Option<u32> {
    if on < birth {
        return None;
    }
    let before_birthday = (on.month(), on.day()) < (birth.month(), birth.day());
    u32::try_from(on.year() - birth.year() - i32::from(before_birthday)).ok()
}

/// A year at a compulsory school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchoolYear {
    /// 小学校, 1 to 6.
    Elementary(u32),
    /// 中学校, 1 to 3.
    JuniorHigh(u32),
}

/// The calendar year in whose April a child enters 小学校: the first 1 April after the day on which it is six by law
/// (学校教育法17条). Born on 1 April counts with the children of the year before.
pub fn school_entry(birth: NaiveDate) -> i32 {
    let early = (birth.month(), birth.day()) <= (4, 1);
    birth.year() + if early { 6 } else { 7 }
}

/// The school year of a child on a day by its age, `None` before and after compulsory school.
pub fn school_year(birth: NaiveDate, on: NaiveDate) -> Option<SchoolYear> {
    let fiscal_year = if on.month() >= 4 { on.year() } else { on.year() - 1 };
    match u32::try_from(fiscal_year - school_entry(birth) + 1).ok()? {
        year @ 1..=6 => Some(SchoolYear::Elementary(year)),
        year @ 7..=9 => Some(SchoolYear::JuniorHigh(year - 6)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn by_law_a_year_ends_on_the_eve() {
        for (birth, on, legal, common) in [
            ("2020-04-01", "2026-03-30", Some(5), Some(5)),
            ("2020-04-01", "2026-03-31", Some(6), Some(5)),
            ("2020-04-01", "2026-04-01", Some(6), Some(6)),
            ("2020-04-02", "2026-04-01", Some(6), Some(5)),
            ("2000-02-29", "2026-02-27", Some(25), Some(25)),
            ("2000-02-29", "2026-02-28", Some(26), Some(25)),
            ("2000-02-29", "2026-03-01", Some(26), Some(26)),
            ("2000-02-29", "2024-02-28", Some(24), Some(23)),
            ("2026-11-23", "2026-11-23", Some(0), Some(0)),
            ("2026-11-23", "2026-11-22", None, None),
            ("2026-01-01", "2026-12-31", Some(1), Some(0)),
        ] {
            assert_eq!(age_legal(day(birth), day(on)), legal, "by law {birth} {on}");
            assert_eq!(age_common(day(birth), day(on)), common, "common {birth} {on}");
        }
    }

    #[test]
    fn school() {
        assert_eq!(school_entry(day("2020-04-01")), 2026);
        assert_eq!(school_entry(day("2020-04-02")), 2027);
        let child = day("2020-04-01");
        assert_eq!(school_year(child, day("2026-03-31")), None);
        assert_eq!(school_year(child, day("2026-04-01")), Some(SchoolYear::Elementary(1)));
        assert_eq!(school_year(child, day("2032-03-31")), Some(SchoolYear::Elementary(6)));
        assert_eq!(school_year(child, day("2032-04-01")), Some(SchoolYear::JuniorHigh(1)));
        assert_eq!(school_year(child, day("2035-04-01")), None);
    }
}
