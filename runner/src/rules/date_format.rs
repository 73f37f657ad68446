//! Dates written by a pattern.

use std::fmt::Write as _;

use chrono::format::{Item, StrftimeItems};
use chrono::{Datelike, NaiveDate, Weekday};

use super::era::{DateError, EraDate, EraStyle, format_era};

/// Why a date cannot be written by a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatePatternError {
    /// A `%` item that is unknown, or that needs a time of day.
    #[error("unusable item {item:?} at {position}")]
    Item {
        /// The item as written, such as `%Q`.
        item: String,
        /// Where it stands, in characters from 0.
        position: usize,
    },
    /// The pattern asks for the era of a day before 1873-01-01.
    #[error(transparent)]
    Era(#[from] DateError),
}

/// Writes a date by a pattern of chrono's `strftime` items and Japanese ones:
/// `和暦` (the whole pattern) → 令和8年11月23日, `和暦短` → R8.11.23, `%EC` → 令和, `%Ey` → 8 or 元, `%EY` → 令和8年, `%Ea` → 月.
///
/// # Errors
/// [`DatePatternError`]; chrono alone would panic on an unknown item.
pub fn format_date(date: NaiveDate, pattern: &str) -> Result<String, DatePatternError> {
    match pattern {
        "和暦" => return Ok(format_era(date, EraStyle::Long)?),
        "和暦短" => return Ok(format_era(date, EraStyle::Short)?),
        _ => {}
    }
    let mut written = String::with_capacity(pattern.len() + 8);
    let mut chars = pattern.chars().enumerate();
    while let Some((position, c)) = chars.next() {
        if c != '%' {
            written.push(c);
            continue;
        }
        let mut item = String::from(c);
        for (_, next) in chars.by_ref() {
            item.push(next);
            let is_modifier = matches!(next, '-' | '_' | '.' | ':' | '#' | 'E') || next.is_ascii_digit();
            if !is_modifier {
                break;
            }
        }
        push_item(&mut written, date, item, position)?;
    }
    Ok(written)
}

fn push_item(written: &mut String, date: NaiveDate, item: String, position: usize) -> Result<(), DatePatternError> {
    match item.as_str() {
        "%EC" => written.push_str(EraDate::from_date(date)?.era.name()),
        "%Ey" => written.push_str(&EraDate::from_date(date)?.year_text()),
        "%EY" => {
            let parts = EraDate::from_date(date)?;
            written.push_str(&format!("{}{}年", parts.era.name(), parts.year_text()));
        }
        "%Ea" => written.push(weekday_kanji(date.weekday())),
        _ => {
            let items: Vec<Item<'_>> = StrftimeItems::new(&item).collect();
            let known = !items.iter().any(|item| matches!(item, Item::Error));
            // An item of the time of day fails while it is written.
            if !known || write!(written, "{}", date.format_with_items(items.iter())).is_err() {
                return Err(DatePatternError::Item { item, position });
            }
        }
    }
    Ok(())
}

fn weekday_kanji(weekday: Weekday) -> char {
    match weekday {
        Weekday::Mon => '月',
        Weekday::Tue => '火',
        Weekday::Wed => '水',
        Weekday::Thu => '木',
        Weekday::Fri => '金',
        Weekday::Sat => '土',
        Weekday::Sun => '日',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn patterns() {
        let date = day("2026-11-23");
        for (pattern, want) in [
            ("%Y%m%d", "20261123"),
            ("%Y年%-m月%-d日（%Ea）", "2026年11月23日（月）"),
            ("和暦", "令和8年11月23日"),
            ("和暦短", "R8.11.23"),
            ("%EY%-m月", "令和8年11月"),
            ("%EC%Ey-%j", "令和8-327"),
            ("100%%", "100%"),
            ("", ""),
        ] {
            assert_eq!(format_date(date, pattern).as_deref(), Ok(want), "{pattern}");
        }
        assert_eq!(format_date(day("2019-05-01"), "%EY").as_deref(), Ok("令和元年"));
        for (pattern, item, position) in [
            ("%Y-%Q", "%Q", 3),
            ("%H時", "%H", 0),
            ("年%", "%", 1),
            ("%E%", "%E%", 0),
            ("%Ed", "%Ed", 0),
        ] {
            let want = DatePatternError::Item {
                item: item.to_owned(),
                position,
            };
            assert_eq!(format_date(date, pattern), Err(want), "{pattern}");
        }
        assert_eq!(
            format_date(day("1800-01-01"), "%EY"),
            Err(DateError::OldCalendar.into())
        );
    }

    proptest! {
        #[test]
        fn any_pattern_is_answered(pattern in "([^%]|%.{0,3}|%[-_0.:#E3]{0,2}[a-zA-Z+%])*") {
            let _ = format_date(day("2026-11-23"), &pattern);
        }
    }
}
