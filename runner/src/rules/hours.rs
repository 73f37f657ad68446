//! Working time: durations longer than a day, and clock times after midnight that still belong to the evening.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::width::to_halfwidth_ascii;

/// Why a text is no duration or clock time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not of the shape `424:44` or `424時間44分`.
    #[error("not hours and minutes")]
    Shape,
    /// Sixty minutes or more beside an hour.
    #[error("{minutes} minutes")]
    Minutes {
        /// As written.
        minutes: u32,
    },
    /// A clock past 47:59, or a duration beyond 32 bits of minutes.
    #[error("{hours} hours")]
    Hours {
        /// As written.
        hours: u32,
    },
}

/// Reads a duration such as `424:44`, `424時間44分` or `8時間`; the result is in minutes.
///
/// # Errors
/// [`HoursError`].
pub fn parse_duration(text: &str) -> Result<u32, HoursError> {
    let (hours, minutes) = split(text, "時間")?;
    hours
        .checked_mul(60)
        .and_then(|sum| sum.checked_add(minutes))
        .ok_or(HoursError::Hours { hours })
}

/// Writes minutes as `424:44`.
pub fn format_duration(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// A clock time of a working day that may run past midnight: 25:30 is 01:30 of the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NightClock {
    next_day: bool,
    time: NaiveTime,
}

impl NightClock {
    /// Reads `25:30` or `25時30分`, up to 47:59.
    ///
    /// # Errors
    /// [`HoursError`].
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let (hours, minutes) = split(text, "時")?;
        let time = NaiveTime::from_hms_opt(hours % 24, minutes, 0).ok_or(HoursError::Minutes { minutes })?;
        match hours / 24 {
            0 => Ok(Self { next_day: false, time }),
            1 => Ok(Self { next_day: true, time }),
            _ => Err(HoursError::Hours { hours }),
        }
    }

    /// Whether the time falls on the day after the working day.
    pub fn is_next_day(self) -> bool {
        self.next_day
    }

    /// The time of day, 00:00 to 23:59.
    pub fn time(self) -> NaiveTime {
        self.time
    }

    /// The moment for a working day; `None` only beyond the last date that can be written.
    pub fn on(self, working_day: NaiveDate) -> Option<NaiveDateTime> {
        Some(
            working_day
                .checked_add_days(Days::new(u64::from(self.next_day)))?
                .and_time(self.time),
        )
    }
}

/// Hours and minutes of `h:mm` or of the form with kanji, in which the minutes may be missing.
fn split(text: &str, hour_word: &str) -> Result<(u32, u32), HoursError> {
    let text = to_halfwidth_ascii(text);
    let text = text.trim();
    let (hours, minutes) = if let Some((hours, minutes)) = text.split_once(':') {
        if minutes.len() != 2 {
            return Err(HoursError::Shape);
        }
        (hours, number(minutes)?)
    } else {
        let (hours, rest) = text.split_once(hour_word).ok_or(HoursError::Shape)?;
        let minutes = match rest.trim() {
            "" => 0,
            rest => number(rest.strip_suffix('分').ok_or(HoursError::Shape)?)?,
        };
        (hours, minutes)
    };
    let hours = number(hours)?;
    if minutes >= 60 {
        return Err(HoursError::Minutes { minutes });
    }
    Ok((hours, minutes))
}

fn number(text: &str) -> Result<u32, HoursError> {
    if !text.chars().all(|c| c.is_ascii_digit()) {
        return Err(HoursError::Shape);
    }
    text.parse().map_err(|_| HoursError::Shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations() {
        for (text, want) in [
            ("424:44", 25_484),
            ("０：０５", 5),
            ("88時間18分", 5298),
            ("8時間", 480),
            (" 24:00 ", 1440),
        ] {
            assert_eq!(parse_duration(text), Ok(want), "{text}");
        }
        assert_eq!(format_duration(25_484), "424:44");
        for (text, want) in [
            ("", HoursError::Shape),
            ("12", HoursError::Shape),
            ("1:5", HoursError::Shape),
            ("-1:05", HoursError::Shape),
            ("+1:05", HoursError::Shape),
            ("1:05:00", HoursError::Shape),
            ("8時間5", HoursError::Shape),
            ("1:60", HoursError::Minutes { minutes: 60 }),
            ("71582789:00", HoursError::Hours { hours: 71_582_789 }),
        ] {
            assert_eq!(parse_duration(text), Err(want), "{text}");
        }
    }

    #[test]
    fn night_clock() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let moment = |text| NightClock::parse(text).unwrap().on(day).unwrap().to_string();
        assert_eq!(moment("25:30"), "2026-11-24 01:30:00");
        assert_eq!(moment("２５時３０分"), "2026-11-24 01:30:00");
        assert_eq!(moment("24:00"), "2026-11-24 00:00:00");
        assert_eq!(moment("8:15"), "2026-11-23 08:15:00");
        assert!(NightClock::parse("24:00").unwrap() > NightClock::parse("23:59").unwrap());
        assert_eq!(NightClock::parse("48:00"), Err(HoursError::Hours { hours: 48 }));
        assert_eq!(NightClock::parse("25:61"), Err(HoursError::Minutes { minutes: 61 }));
    }

    proptest! {
        #[test]
        fn there_and_back(minutes: u32) {
            prop_assert_eq!(parse_duration(&format_duration(minutes)), Ok(minutes));
        }
    }
}
