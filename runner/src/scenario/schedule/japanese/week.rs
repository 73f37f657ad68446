//! Weekdays: one, several, and from one to another.

use chrono::Weekday;

use super::super::reader::{Cursor, ScheduleError, weekdays};
use super::{AND, listed, unread};

const WEEK: [(char, Weekday); 7] = [
    ('月', Weekday::Mon),
    ('火', Weekday::Tue),
    ('水', Weekday::Wed),
    ('木', Weekday::Thu),
    ('金', Weekday::Fri),
    ('土', Weekday::Sat),
    ('日', Weekday::Sun),
];
/// Between the first and the last of some weekdays.
const RANGE: &[&str] = &["~", "〜", "-", "から"];
fn weekday(cursor: &mut Cursor) -> Option<Weekday> {
    cursor.sign(|sign| WEEK.iter().find(|(name, _)| *name == sign).map(|(_, day)| *day))
}

/// `月〜金`, `月曜`, `月・水`: weekdays without 毎週, where they can be nothing else.
pub(super) fn week_alone(cursor: &mut Cursor) -> Option<Vec<Weekday>> {
    let mark = cursor.mark();
    let begins = weekday(cursor).is_some()
        && (cursor.eat(&["曜"]) || ((cursor.eat(RANGE) || cursor.eat(&AND)) && weekday(cursor).is_some()));
    cursor.back(mark.clone());
    let days = if begins { week(cursor).ok() } else { None };
    if days.is_none() {
        cursor.back(mark);
    }
    days
}

/// `月・水曜`, `月曜日と水曜日`, `月水金`, `月〜金`.
pub(super) fn week(cursor: &mut Cursor) -> Result<Vec<Weekday>, ScheduleError> {
    let mut days = Vec::new();
    loop {
        let Some(day) = weekday(cursor) else {
            return unread(cursor);
        };
        days.push(day);
        cursor.eat(&["曜日", "曜"]);
        let mark = cursor.mark();
        match cursor.eat(RANGE).then(|| weekday(cursor)).flatten() {
            Some(last) => {
                days.extend(up_to(day, last));
                cursor.eat(&["曜日", "曜"]);
                cursor.eat(&["まで"]);
            }
            None => cursor.back(mark),
        }
        let mark = cursor.mark();
        cursor.eat(&AND);
        let next = cursor.mark();
        if weekday(cursor).is_none() {
            cursor.back(mark);
            return Ok(weekdays(days));
        }
        cursor.back(next);
    }
}

/// The days after one, up to another one.
fn up_to(first: Weekday, last: Weekday) -> impl Iterator<Item = Weekday> {
    let count = last.days_since(first);
    std::iter::successors(Some(first), |day| Some(day.succ()))
        .skip(1)
        .zip(0..count)
        .map(|(day, _)| day)
}

pub(super) fn week_said(days: &[Weekday]) -> String {
    let name = |day: &Weekday| {
        WEEK.iter()
            .find(|(_, known)| known == day)
            .map_or(' ', |(name, _)| *name)
    };
    format!("{}曜", listed(days.iter().map(name), "・"))
}
