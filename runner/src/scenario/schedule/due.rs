//! The instants at which a schedule is due, worked out from the office's calendar and its time zone.
//!
//! A local time that clocks skip (the beginning of summer time) is due at the first instant after the gap; one that comes
//! twice (its end) is due once, the first time.

use chrono::{
    DateTime, Datelike, Days as Count, Duration, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;

use super::{Days, Schedule, StartAt, TimeOfDay};
use crate::rules::calendar::{CalendarError, CityCalendar};
use crate::rules::due::Due;
use crate::scenario::cron_line::{self, CronError};

/// Why no instants can be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DueError {
    /// Holidays that nobody knows yet.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A crontab line that cannot be used.
    #[error(transparent)]
    Cron(#[from] CronError),
}

/// How far a closed day moves its work at most: no office is closed longer in one piece.
const MOVES: Count = Count::new(31);
/// The longest gap that a time zone has made: a whole day, where the date line was moved.
const GAP: i64 = 24 * 60 + 1;

impl Schedule {
    /// Every instant from `from` on and before `until`, in order; the same instant never twice.
    ///
    /// # Errors
    /// When the holidays of a year are not known, or a crontab line cannot be used.
    pub fn due(
        &self,
        calendar: &CityCalendar,
        zone: Tz,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Vec<Due>, DueError> {
        // The day of a night may be the one before, and a closed day may lie further off.
        let first = from.with_timezone(&zone).date_naive() - MOVES;
        let last = until.with_timezone(&zone).date_naive() + MOVES;
        let mut found = Vec::new();
        for (meant, time) in self.meant(calendar, first, last)? {
            let day = match (self.if_closed, self.days.may_be_closed()) {
                (Some(shift), true) => calendar.shift(meant, shift)?,
                _ => Some(meant),
            };
            let Some(due) = day.and_then(|day| self.due_on(day, time, zone)) else {
                continue;
            };
            if (from..until).contains(&due.at.to_utc()) {
                let moved_from = (due.day != meant).then_some(meant);
                found.push(Due { moved_from, ..due });
            }
        }
        // One that was not moved tells more than one that was.
        found.sort_by_key(|due| (due.at, due.moved_from));
        found.dedup_by_key(|due| due.at);
        Ok(found)
    }

    /// The days and times that the words mean, before any closed day moves them.
    fn meant(
        &self,
        calendar: &CityCalendar,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<Vec<(NaiveDate, TimeOfDay)>, DueError> {
        let mut meant = Vec::new();
        match &self.at {
            StartAt::Times(times) => {
                for day in first.iter_days().take_while(|day| *day <= last) {
                    if self.days.hold(calendar, day)? {
                        meant.extend(times.iter().map(|time| (day, *time)));
                    }
                }
            }
            StartAt::Cron(line) => {
                // The line is read on a clock without summer time; each local time is then found once.
                let begin = Utc.from_utc_datetime(&first.and_time(chrono::NaiveTime::MIN)) - Duration::seconds(1);
                let times = cron_line::compile(line)?;
                let times = times.after(&begin).map(|at| at.naive_utc());
                for at in times.take_while(|at| at.date() <= last) {
                    if self.days.hold(calendar, at.date())? {
                        meant.push((at.date(), time_of(at)));
                    }
                }
            }
        }
        Ok(meant)
    }

    fn due_on(&self, day: NaiveDate, time: TimeOfDay, zone: Tz) -> Option<Due> {
        let at = |minutes: u32| {
            instant(
                zone,
                day.and_time(chrono::NaiveTime::MIN) + Duration::minutes(minutes.into()),
            )
        };
        let until = |limit: Option<TimeOfDay>| limit.and_then(|limit| at(limit.after(time)));
        Some(Due {
            day,
            at: at(u32::from(time.hour) * 60 + u32::from(time.minute))?,
            start_by: until(self.start_by),
            finish_by: until(self.finish_by),
            moved_from: None,
        })
    }
}

fn time_of(at: NaiveDateTime) -> TimeOfDay {
    use chrono::Timelike;
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    TimeOfDay {
        hour: part(at.hour()),
        minute: part(at.minute()),
    }
}

/// The instant of a local time: the first one after a gap, the first of two.
pub fn instant(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Tz>> {
    (0..=GAP).find_map(
        |minutes| match zone.from_local_datetime(&(local + Duration::minutes(minutes))) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at),
            LocalResult::None => None,
        },
    )
}

impl Days {
    /// Whether a day is one of these, open or not.
    fn hold(&self, calendar: &CityCalendar, day: NaiveDate) -> Result<bool, CalendarError> {
        let (year, month) = (day.year(), day.month());
        let number = u8::try_from(day.day()).unwrap_or_default();
        let ends = day.succ_opt().is_none_or(|next| next.month() != month);
        Ok(match self {
            Days::Every => true,
            Days::Business => calendar.is_open(day)?,
            Days::Weekdays => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !calendar.is_holiday(day)?,
            Days::Weekly(days) => days.contains(&day.weekday()),
            Days::Monthly(days) => days.contains(&number),
            Days::MonthEnd => ends,
            Days::Nth { weeks, days } => days.contains(&day.weekday()) && weeks.contains(&number.div_ceil(7)),
            Days::NthBusiness(nths) => {
                calendar.is_open(day)? && {
                    let first = day.with_day(1).unwrap_or(day);
                    let nth = calendar.count_business_days(first, day)?;
                    nths.iter().any(|wanted| u32::from(*wanted) == nth)
                }
            }
            Days::LastBusiness => {
                calendar.is_open(day)? && {
                    // A next open day always exists where the holidays are known.
                    calendar.next_business_day(day)?.month() != month
                }
            }
            Days::BeforeMonthEnd(count) => {
                calendar.is_open(day)? && {
                    let last = month_end(day);
                    calendar.add_business_days(last, -i32::from(*count))? == day
                }
            }
            Days::Yearly(days) => days.iter().any(|(m, d)| u32::from(*m) == month && *d == number),
            Days::FiscalStart => month == 4 && calendar.nth_business_day(year, month, 1)? == day,
        })
    }
}

fn month_end(day: NaiveDate) -> NaiveDate {
    let days = day.iter_days().take_while(|next| next.month() == day.month());
    days.last().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::schedule::parse;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect(text)
    }

    /// The instants of a sentence between two local days, as `MM-DD HH:MM`, moved ones with where they come from.
    fn due(sentence: &str, zone: Tz, from: &str, until: &str) -> Vec<String> {
        let schedule = parse(sentence).expect(sentence);
        let local = |day: &str| {
            let day: NaiveDate = day.parse().expect(day);
            instant(zone, day.and_time(chrono::NaiveTime::MIN))
                .expect("a day")
                .to_utc()
        };
        let found = schedule.due(&CityCalendar::default(), zone, (local(from), local(until)));
        let shown = |due: Due| match due.moved_from {
            None => due.at.format("%m-%d %H:%M").to_string(),
            Some(meant) => format!("{} ({})", due.at.format("%m-%d %H:%M"), meant.format("%m-%d")),
        };
        found.expect(sentence).into_iter().map(shown).collect()
    }

    const TOKYO: Tz = chrono_tz::Asia::Tokyo;

    #[test]
    fn days_are_the_offices_own() {
        for (sentence, from, until, expected) in [
            (
                "開庁日 22:00",
                "2026-12-26",
                "2027-01-06",
                &["12-28 22:00", "01-04 22:00", "01-05 22:00"][..],
            ),
            ("平日 6:30", "2026-11-21", "2026-11-26", &["11-24 06:30", "11-25 06:30"]),
            ("毎月3営業日目 6:00", "2026-05-01", "2026-06-01", &["05-08 06:00"]),
            ("毎月最終開庁日 21:00", "2026-12-01", "2027-01-01", &["12-28 21:00"]),
            ("毎月末日 21:00", "2026-02-01", "2026-03-02", &["02-28 21:00"]),
            (
                "毎週月・水曜 9:00",
                "2026-11-23",
                "2026-11-30",
                &["11-23 09:00", "11-25 09:00"],
            ),
            (
                "毎月第2・第4火曜 9:00",
                "2026-11-01",
                "2026-12-01",
                &["11-10 09:00", "11-24 09:00"],
            ),
            (
                "毎年4月1日 0:30",
                "2026-01-01",
                "2027-12-31",
                &["04-01 00:30", "04-01 00:30"],
            ),
            (
                "年度初め 7:00",
                "2027-03-01",
                "2028-05-01",
                &["04-01 07:00", "04-03 07:00"],
            ),
            (
                "毎日 25:30",
                "2026-11-23",
                "2026-11-25",
                &["11-23 01:30", "11-24 01:30"],
            ),
        ] {
            assert_eq!(due(sentence, TOKYO, from, until), expected, "{sentence}");
        }
    }

    #[test]
    fn a_closed_day_moves_its_work_or_drops_it() {
        for (sentence, expected) in [
            ("毎月29日 9:00", &["12-29 09:00", "01-29 09:00"][..]),
            (
                "毎月29日（休日なら前開庁日）9:00",
                &["12-28 09:00 (12-29)", "01-29 09:00"],
            ),
            (
                "毎月29日（休日なら翌開庁日）9:00",
                &["01-04 09:00 (12-29)", "01-29 09:00"],
            ),
            ("毎月29日（休日なら休む）9:00", &["01-29 09:00"]),
            // Two days that are moved to one are worked once.
            (
                "毎月29日・30日・31日（休日なら前開庁日）9:00",
                &["12-28 09:00 (12-29)", "01-29 09:00", "01-29 09:00 (01-30)"],
            ),
        ] {
            let mut expected: Vec<&str> = expected.to_vec();
            expected.dedup_by_key(|text| text.get(..11).map(str::to_owned));
            assert_eq!(due(sentence, TOKYO, "2026-12-01", "2027-02-01"), expected, "{sentence}");
        }
    }

    #[test]
    fn a_crontab_line_keeps_to_the_days_beside_it() {
        let schedule = Schedule {
            days: Days::Business,
            if_closed: None,
            at: StartAt::Cron("0 22 * * 1-5".to_owned()),
            start_by: Some(TimeOfDay { hour: 2, minute: 0 }),
            finish_by: None,
        };
        let range = (utc("2026-11-20T00:00:00Z"), utc("2026-11-26T00:00:00Z"));
        let found = schedule
            .due(&CityCalendar::default(), TOKYO, range)
            .expect("known years");
        let days: Vec<String> = found.iter().map(|due| due.day.to_string()).collect();
        assert_eq!(
            days,
            ["2026-11-20", "2026-11-24", "2026-11-25"],
            "the 23rd is 勤労感謝の日"
        );
        let limit = found
            .first()
            .and_then(|due| due.start_by)
            .map(|at| at.naive_local().to_string());
        assert_eq!(limit.as_deref(), Some("2026-11-21 02:00:00"));
    }

    #[test]
    fn clocks_that_are_changed_lose_and_double_nothing() {
        let berlin = chrono_tz::Europe::Berlin;
        assert_eq!(
            due("毎日 2:30", berlin, "2026-03-28", "2026-03-31"),
            ["03-28 02:30", "03-29 03:00", "03-30 02:30"]
        );
        assert_eq!(
            due("毎日 2:30", berlin, "2026-10-24", "2026-10-27"),
            ["10-24 02:30", "10-25 02:30", "10-26 02:30"]
        );
        // Samoa had no 30 December 2011.
        assert_eq!(
            due("毎日 12:00", chrono_tz::Pacific::Apia, "2011-12-29", "2012-01-01"),
            ["12-29 12:00", "12-31 00:00", "12-31 12:00"]
        );
    }

    #[test]
    fn a_year_that_nobody_knows_is_an_error() {
        let range = (utc("2199-01-01T00:00:00Z"), utc("2199-01-08T00:00:00Z"));
        let found = parse("開庁日 22:00")
            .expect("a schedule")
            .due(&CityCalendar::default(), TOKYO, range);
        assert!(matches!(found, Err(DueError::Calendar(_))), "{found:?}");
    }

    proptest::proptest! {
        /// Whatever stretch of time is asked about in whatever pieces, the answer is the same, and nothing is in it twice.
        #[test]
        fn pieces_add_up(start in 0_i64..3_000, days in 1_i64..200, cut in 0_i64..200, which in 0_usize..8) {
            let sentences = [
                "開庁日 22:00 と 25:30", "毎日 6:30", "毎月10日・25日（休日なら前開庁日）21:00", "毎月末日（休日なら翌開庁日）8:00",
                "毎月3営業日目 6:00", "毎週土曜 3:00", "毎月第5金曜 23:00", "月末から2営業日前 20:00",
            ];
            let zones = [TOKYO, chrono_tz::Europe::Berlin, chrono_tz::America::New_York, chrono_tz::Australia::Lord_Howe];
            let schedule = parse(sentences[which]).expect("a schedule");
            let zone = zones[which % zones.len()];
            let from = utc("2024-01-01T00:00:00Z") + Duration::days(start);
            let (until, middle) = (from + Duration::days(days), from + Duration::days(cut.min(days)));
            let calendar = CityCalendar::default();
            let all = schedule.due(&calendar, zone, (from, until)).expect("known years");
            let mut pieces = schedule.due(&calendar, zone, (from, middle)).expect("known years");
            pieces.extend(schedule.due(&calendar, zone, (middle, until)).expect("known years"));
            proptest::prop_assert_eq!(&all, &pieces);
            proptest::prop_assert!(all.windows(2).all(|pair| matches!(pair, [one, next] if one.at < next.at)));
        }
    }
}
