//! The days on which the office is closed, as its ordinance has them (地方自治法4条の2).

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::rules::calendar::{CityCalendar, ExtraDay, MonthDay, YearEnd};
use crate::rules::dates::parse_date;
use crate::rules::width::{fold_hyphens, to_halfwidth_ascii};
use crate::scenario::parse::{Fields, Reader};
use crate::scenario::tree::Node;
use crate::text::{Message, codes};

/// What `calendar:` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closed {
    /// Weekends, holidays by law, the year's end and further days.
    pub calendar: CityCalendar,
    /// A file with the published list of holidays (内閣府「国民の祝日について」), relative to the office: its years are not computed.
    pub holidays: Option<String>,
}

/// Reads `calendar:`. What is wrong is told and left out.
pub(super) fn read(reader: &mut Reader, node: &Node) -> Option<Closed> {
    let mut fields = Fields::open(reader, node, Some("calendar"))?;
    let mut closed = Closed::default();
    let mut wrong = Vec::new();
    let year_end = fields.take("year_end").and_then(|node| reader.text(node, "year_end"));
    if let Some(text) = year_end {
        match year_end_of(&text.value) {
            Some(range) => closed.calendar.year_end = range,
            None => wrong.push(("year_end", text)),
        }
    }
    let days = fields.take("closed").map(|node| reader.texts(node, "closed"));
    let mut extra = BTreeSet::new();
    for text in days.unwrap_or_default() {
        match extra_of(&text.value) {
            Some(day) => drop(extra.insert(day)),
            None => wrong.push(("closed", text)),
        }
    }
    closed.calendar.extra = extra;
    let holidays = fields.take("holidays").and_then(|node| reader.text(node, "holidays"));
    closed.holidays = holidays.map(|text| text.value);
    for (name, text) in wrong {
        let message = Message::new(codes::BAD_CLOSED_DAY)
            .with("name", name)
            .with("text", text.value);
        reader.error(message, text.span);
    }
    fields.finish(reader);
    Some(closed)
}

/// `12/29-1/3`, `12月29日から1月3日まで`.
fn year_end_of(text: &str) -> Option<YearEnd> {
    let text = text.trim().trim_end_matches("まで");
    let (from, to) = text
        .split_once(['-', '－', '〜', '～'])
        .or_else(|| text.split_once("から"))?;
    Some(YearEnd {
        from: month_day(from)?,
        to: month_day(to)?,
    })
}

/// A day of every year, or of one.
fn extra_of(text: &str) -> Option<ExtraDay> {
    let yearly = month_day(text).map(ExtraDay::Yearly);
    yearly.or_else(|| parse_date(text, None).ok().map(|parsed| ExtraDay::Once(parsed.date)))
}

/// `6/23`, `6-23`, `6月23日`.
fn month_day(text: &str) -> Option<MonthDay> {
    let folded = to_halfwidth_ascii(&fold_hyphens(text.trim()));
    let numbers = folded.strip_suffix('日').unwrap_or(&folded);
    let (month, day) = numbers.split_once(['/', '-', '月'])?;
    MonthDay::new(month.trim().parse().ok()?, day.trim().parse().ok()?)
}

/// Puts the published days off into a calendar, year by year; what is no date (the heading) is passed over. How many days there
/// were.
pub fn publish<'a>(calendar: &mut CityCalendar, days: impl Iterator<Item = &'a str>) -> usize {
    let days = days.filter_map(|text| parse_date(text, None).ok());
    let mut count = 0;
    for day in days {
        calendar.official.entry(day.date.year()).or_default().insert(day.date);
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_offices_write_them() {
        let year_end = |from, to| {
            let day = |(month, day)| MonthDay::new(month, day).expect("a day");
            Some(YearEnd {
                from: day(from),
                to: day(to),
            })
        };
        for (text, expected) in [
            ("12/29-1/3", year_end((12, 29), (1, 3))),
            ("１２月３０日から１月４日まで", year_end((12, 30), (1, 4))),
            ("12/29〜1/3", year_end((12, 29), (1, 3))),
            ("年末年始", None),
            ("12/32-1/3", None),
        ] {
            assert_eq!(year_end_of(text), expected, "{text}");
        }
        let yearly = |month, day| MonthDay::new(month, day).map(ExtraDay::Yearly);
        let once = |text: &str| Some(ExtraDay::Once(text.parse().expect("a day")));
        for (text, expected) in [
            ("6/23", yearly(6, 23)),
            ("8月6日", yearly(8, 6)),
            ("2026-08-14", once("2026-08-14")),
            ("令和8年8月14日", once("2026-08-14")),
            ("お盆", None),
        ] {
            assert_eq!(extra_of(text), expected, "{text}");
        }
    }

    #[test]
    fn the_published_list_takes_the_place_of_the_law() {
        let mut calendar = CityCalendar::default();
        let day = |text: &str| text.parse().expect("a day");
        assert_eq!(calendar.is_holiday(day("2027-01-04")), Ok(false));
        let list = ["国民の祝日・休日月日", "2027/1/1", "2027/1/4"];
        assert_eq!(publish(&mut calendar, list.into_iter()), 2);
        assert_eq!(calendar.is_holiday(day("2027-01-04")), Ok(true));
        assert_eq!(
            calendar.is_holiday(day("2027-02-11")),
            Ok(false),
            "the list has all days of its years"
        );
        assert_eq!(calendar.is_holiday(day("2028-02-11")), Ok(true));
    }
}
