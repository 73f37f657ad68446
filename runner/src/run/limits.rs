//! How long an item and a run may take. Both end at a safe point: between steps, and never between intent and result.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::events::Cause;
use crate::plan::Plan;
use crate::scenario::model::TimeOfDay;
use crate::text::{Message, codes};

use super::halt::{Costs, Fail, Halt, failure};
use super::machine::Machine;

/// When a run has to end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// On the wall clock: `finish_by` of the schedule.
    until: Option<DateTime<Utc>>,
    /// From its beginning: `timeout` of the scenario.
    at_most: Option<Duration>,
}

impl Limits {
    /// The limits of a run that begins now.
    pub(super) fn of(plan: &Plan, now: DateTime<Utc>, zone: Tz) -> Limits {
        let schedule = plan.scenario.schedule.as_ref();
        let finish_by = schedule.and_then(|schedule| schedule.value.finish_by);
        Limits {
            until: finish_by.and_then(|time| next(time, now, zone)),
            at_most: plan.scenario.timeout.as_ref().map(|timeout| timeout.value),
        }
    }
}

/// The next moment at which the clock of a zone shows a time of the day.
fn next(time: TimeOfDay, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let today = now.with_timezone(&zone).date_naive();
    // `24:00` ends a day.
    let (hour, later) = (u32::from(time.hour) % 24, u64::from(time.hour / 24));
    let clock = NaiveTime::from_hms_opt(hour, u32::from(time.minute), 0)?;
    // Where the clock jumps over the time there is none on that day: then the next one counts.
    let on = |days: u64| {
        let day = today.checked_add_days(Days::new(days))?;
        Some(
            zone.from_local_datetime(&day.and_time(clock))
                .earliest()?
                .with_timezone(&Utc),
        )
    };
    (later..later + 3).filter_map(on).find(|moment| *moment > now)
}

impl Machine<'_> {
    /// Before an item is begun: has the run any time left?
    pub(super) fn run_in_time(&self) -> Result<(), Halt> {
        let limits = &self.limits;
        let now = self.ports.clock.now();
        let spent = self.ports.clock.monotonic().saturating_sub(self.started);
        let time = |moment: DateTime<Utc>| moment.with_timezone(&self.setup.zone).format("%H:%M").to_string();
        let message = match (limits.until, limits.at_most) {
            (Some(until), _) if now >= until => Message::new(codes::TIME_IS_UP).with("time", time(until)),
            (_, Some(at_most)) if spent >= at_most => {
                Message::new(codes::RUN_TOO_LONG).with_int("minutes", minutes(at_most))
            }
            _ => return Ok(()),
        };
        Err(Halt::Stop(failure(Cause::Environment, message)))
    }

    /// Between steps: has the item any time left? Whoever leads a rehearsal takes the time that it takes.
    pub(super) fn item_in_time(&self, at: &str) -> Result<(), Halt> {
        let Some(item) = self.at.as_ref().filter(|_| self.guide.is_none()) else {
            return Ok(());
        };
        let declared = self.plan.items().and_then(|spec| spec.timeout.as_ref());
        let limit = declared.map_or(self.setup.patience.item, |timeout| timeout.value);
        let spent = self.ports.clock.monotonic().saturating_sub(item.began);
        // What was begun to be registered is found out, however long that takes.
        if self.committing || self.in_doubt || spent < limit {
            return Ok(());
        }
        let message = Message::new(codes::ITEM_TOO_LONG).with_int("minutes", minutes(limit));
        Err(Halt::Fail(Box::new(Fail {
            failure: failure(Cause::System, message),
            at: at.to_owned(),
            again: false,
            costs: Costs::Session,
        })))
    }
}

fn minutes(time: Duration) -> i64 {
    i64::try_from(time.as_secs().div_ceil(60)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_night_is_the_next_morning() {
        let zone = chrono_tz::Asia::Tokyo;
        let at = |text: &str| {
            DateTime::parse_from_rfc3339(text)
                .expect("a moment")
                .with_timezone(&Utc)
        };
        let time = |hour, minute| TimeOfDay { hour, minute };
        for (now, finish_by, end) in [
            ("2026-11-23T22:00:00+09:00", time(6, 30), "2026-11-24T06:30:00+09:00"),
            ("2026-11-24T02:00:00+09:00", time(6, 30), "2026-11-24T06:30:00+09:00"),
            ("2026-11-24T06:30:00+09:00", time(6, 30), "2026-11-25T06:30:00+09:00"),
            ("2026-11-23T22:00:00+09:00", time(24, 0), "2026-11-24T00:00:00+09:00"),
        ] {
            assert_eq!(next(finish_by, at(now), zone), Some(at(end)), "{now}");
        }
        // The clock jumps from 02:00 to 03:00.
        let berlin = next(time(2, 30), at("2026-03-28T12:00:00+01:00"), chrono_tz::Europe::Berlin);
        assert_eq!(berlin, Some(at("2026-03-30T02:30:00+02:00")));
    }
}
