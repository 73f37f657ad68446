//! Times of the day and schedules, as people write them.

use crate::diag::{Diagnostic, Span, Spanned};
use crate::rules::calendar::Shift;
use crate::scenario::cron_line::{self, CronError};
use crate::scenario::parse::{Fields, Reader};
use crate::scenario::schedule::{self, Days, Schedule, ScheduleError, StartAt, TimeOfDay};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Code, Message, codes};

/// A time as `6:30`, `06:30`, `６：３０`, `6時30分` or `6時`.
fn time_of(text: &str) -> Option<TimeOfDay> {
    let text: String = text
        .trim_matches([' ', '\u{3000}'])
        .chars()
        .map(|sign| match sign {
            '０'..='９' => char::from_u32(sign as u32 - 0xFEE0).unwrap_or(sign),
            '：' => ':',
            other => other,
        })
        .collect();
    let (hour, minute) = match text.split_once('時') {
        Some((hour, "")) => (hour, "0"),
        Some((hour, "半")) => (hour, "30"),
        Some((hour, minute)) => (hour, minute.strip_suffix('分')?),
        None => {
            let (hour, minute) = text.split_once(':')?;
            (hour, (minute.len() == 2).then_some(minute)?)
        }
    };
    let number = |digits: &str| {
        let plain = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse::<u8>().ok()).flatten()
    };
    let time = TimeOfDay {
        hour: number(hour)?,
        minute: number(minute)?,
    };
    (time.hour < 30 && time.minute < 60).then_some(time)
}

pub(super) fn time(reader: &mut Reader, node: &Node, name: &str) -> Option<TimeOfDay> {
    let text = reader.text(node, name)?;
    let time = time_of(&text.value);
    if time.is_none() {
        let message = Message::new(codes::BAD_TIME)
            .with("name", name)
            .with("text", text.value);
        reader.error(message, text.span);
    }
    time
}

/// `06:00-23:30`.
pub(super) fn hours(reader: &mut Reader, node: &Node) -> Option<Spanned<(TimeOfDay, TimeOfDay)>> {
    let text = reader.text(node, "hours")?;
    let parts = text
        .value
        .split_once(['-', '～', '〜', '－', '−'])
        .and_then(|(from, to)| Some((time_of(from)?, time_of(to)?)));
    match parts {
        Some(hours) => Some(Spanned::new(hours, text.span)),
        None => {
            reader.error(Message::new(codes::BAD_HOURS).with("text", text.value), text.span);
            None
        }
    }
}

/// A sentence such as `開庁日 22:00 から 02:00 まで`, or a map.
pub(super) fn schedule(reader: &mut Reader, node: &Node) -> Option<Spanned<Schedule>> {
    if let NodeKind::Map(_) = node.kind {
        let schedule = schedule_map(reader, node)?;
        return Some(Spanned::new(schedule, node.span));
    }
    let text = reader.text(node, "schedule")?;
    match schedule::parse(&text.value) {
        Ok(schedule) => {
            short_months(reader, &schedule.days, text.span);
            Some(Spanned::new(schedule, text.span))
        }
        Err(error) => {
            reader.error(said(error, &text.value), text.span);
            None
        }
    }
}

/// Why a schedule cannot be used.
fn said(error: ScheduleError, text: &str) -> Message {
    let about = |code: Code| Message::new(code).with("text", text);
    match error {
        ScheduleError::Word(word) => about(codes::BAD_SCHEDULE).with("word", word),
        ScheduleError::NoDay => about(codes::SCHEDULE_NO_DAY),
        ScheduleError::NoTime => about(codes::SCHEDULE_NO_TIME),
        ScheduleError::Twice(word) => about(codes::SCHEDULE_TWICE).with("word", word),
        ScheduleError::Number(word) => about(codes::SCHEDULE_NUMBER).with("word", word),
        ScheduleError::Closed => Message::new(codes::SCHEDULE_CLOSED),
        ScheduleError::Order => Message::new(codes::SCHEDULE_ORDER),
        ScheduleError::Cron(error) => bad_cron(&error, text),
    }
}

fn bad_cron(error: &CronError, line: &str) -> Message {
    let word = match error {
        CronError::Fields(_) => None,
        CronError::Field(word) => Some(word.as_str()),
        CronError::BothDays(word) => Some(word.as_str()),
    };
    Message::new(codes::BAD_CRON).with("text", line).with_some("word", word)
}

/// A day that not every month has is most likely meant as the month's end.
fn short_months(reader: &mut Reader, days: &Days, span: Span) {
    if let Days::Monthly(days) = days
        && let Some(day) = days.iter().find(|day| **day > 28)
    {
        let message = Message::new(codes::SCHEDULE_SHORT_MONTH).with_int("day", i64::from(*day));
        reader.found.push(Diagnostic::warning(message, span));
    }
}

fn schedule_map(reader: &mut Reader, node: &Node) -> Option<Schedule> {
    let mut fields = Fields::open(reader, node, Some("schedule"))?;
    let days = fields.take("on").map(|node| (on(reader, node), node.span));
    let line = fields.take("cron");
    let at = fields.take("at");
    let start_by = fields.take("start_by").and_then(|node| time(reader, node, "start_by"));
    let finish_by = fields
        .take("finish_by")
        .and_then(|node| time(reader, node, "finish_by"));
    let shifts = [
        ("skip", Shift::Skip),
        ("休む", Shift::Skip),
        ("before", Shift::Before),
        ("前開庁日", Shift::Before),
        ("after", Shift::After),
        ("翌開庁日", Shift::After),
    ];
    let if_closed = fields
        .take("if_closed")
        .and_then(|node| reader.choice(node, "if_closed", &shifts));
    let start = match (line, at) {
        (Some(line), None) => cron(reader, line),
        (None, Some(at)) => starts(reader, at),
        (None, None) | (Some(_), Some(_)) => {
            reader.error(Message::new(codes::SCHEDULE_START), fields.span());
            None
        }
    };
    fields.finish(reader);
    let (days, span) = match days {
        Some((days, span)) => (days?, span),
        None => (Days::Every, node.span),
    };
    let at = start?;
    short_months(reader, &days, span);
    if matches!(at, StartAt::Cron(_)) && !matches!(days, Days::Every | Days::Business | Days::Weekdays) {
        reader.error(Message::new(codes::SCHEDULE_CRON_DAYS), span);
        return None;
    }
    let schedule = Schedule {
        days,
        if_closed: if_closed.as_ref().map(|shift| shift.value),
        at,
        start_by,
        finish_by,
    };
    if let Some(error) = schedule.refused() {
        let at = if_closed.map_or(node.span, |shift| shift.span);
        reader.error(said(error, ""), at);
        return None;
    }
    Some(schedule)
}

/// The days: two words of the format, or those of a sentence.
fn on(reader: &mut Reader, node: &Node) -> Option<Days> {
    let text = reader.text(node, "on")?;
    match text.value.as_str() {
        "business_days" => Some(Days::Business),
        "every_day" => Some(Days::Every),
        sentence => schedule::days(sentence)
            .map_err(|error| reader.error(said(error, &text.value), text.span))
            .ok(),
    }
}

fn cron(reader: &mut Reader, node: &Node) -> Option<StartAt> {
    let line = reader.text(node, "cron")?;
    match cron_line::compile(&line.value) {
        Ok(_) => Some(StartAt::Cron(
            line.value.split_whitespace().collect::<Vec<_>>().join(" "),
        )),
        Err(error) => {
            reader.error(bad_cron(&error, &line.value), line.span);
            None
        }
    }
}

/// One time, or a list of them.
fn starts(reader: &mut Reader, node: &Node) -> Option<StartAt> {
    let mut times = match &node.kind {
        NodeKind::List(nodes) => nodes
            .iter()
            .map(|node| time(reader, node, "at"))
            .collect::<Option<Vec<_>>>()?,
        _ => vec![time(reader, node, "at")?],
    };
    times.sort_unstable();
    times.dedup();
    if times.is_empty() {
        reader.error(Message::new(codes::EMPTY_VALUE).with("name", "at"), node.span);
        return None;
    }
    Some(StartAt::Times(times))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u8, minute: u8) -> TimeOfDay {
        TimeOfDay { hour, minute }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("6:30", Some(at(6, 30))),
            ("06:30", Some(at(6, 30))),
            ("２２：００", Some(at(22, 0))),
            ("22時", Some(at(22, 0))),
            ("6時半", Some(at(6, 30))),
            ("25:30", Some(at(25, 30))),
            ("30:00", None),
            ("6:60", None),
            ("6:5", None),
            ("630", None),
            ("+6:30", None),
            ("", None),
        ] {
            assert_eq!(time_of(text), expected, "{text}");
        }
    }
}
