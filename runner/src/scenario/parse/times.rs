//! Times of the day and schedules, as people write them.

use crate::diag::Spanned;
use crate::scenario::cron_line;
use crate::scenario::model::{Days, Schedule, StartAt, TimeOfDay};
use crate::scenario::parse::{Fields, Reader};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};

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

/// `開庁日 22:00 から 02:00 まで`, `毎日 6:30`, or a map.
pub(super) fn schedule(reader: &mut Reader, node: &Node) -> Option<Spanned<Schedule>> {
    if let NodeKind::Map(_) = node.kind {
        return schedule_map(reader, node).map(|schedule| Spanned::new(schedule, node.span));
    }
    let text = reader.text(node, "schedule")?;
    match sentence(&text.value) {
        Some(schedule) => Some(Spanned::new(schedule, text.span)),
        None => {
            reader.error(Message::new(codes::BAD_SCHEDULE).with("text", text.value), text.span);
            None
        }
    }
}

fn sentence(text: &str) -> Option<Schedule> {
    let text = text.trim_matches([' ', '\u{3000}']);
    let (days, rest) = match (text.strip_prefix("開庁日"), text.strip_prefix("毎日")) {
        (Some(rest), _) => (Days::Business, rest),
        (_, Some(rest)) => (Days::Every, rest),
        (None, None) => return None,
    };
    let rest = rest.trim_start_matches([' ', '\u{3000}', 'の', '、']);
    let (start, end) = match rest.split_once("から") {
        Some((start, end)) => (start, Some(end.trim_matches([' ', '\u{3000}', '、']))),
        None => (rest.strip_suffix('に').unwrap_or(rest), None),
    };
    let start_by = match end {
        None | Some("") => None,
        Some(end) => Some(time_of(end.strip_suffix("まで")?)?),
    };
    Some(Schedule {
        days,
        at: StartAt::Time(time_of(start)?),
        start_by,
        finish_by: None,
    })
}

fn schedule_map(reader: &mut Reader, node: &Node) -> Option<Schedule> {
    let mut fields = Fields::open(reader, node, Some("schedule"))?;
    let words = [
        ("business_days", Days::Business),
        ("開庁日", Days::Business),
        ("every_day", Days::Every),
        ("毎日", Days::Every),
    ];
    let days = fields.take("on").and_then(|node| reader.choice(node, "on", &words));
    let line = fields.take("cron");
    let at = fields.take("at");
    let start_by = fields.take("start_by").and_then(|node| time(reader, node, "start_by"));
    let finish_by = fields
        .take("finish_by")
        .and_then(|node| time(reader, node, "finish_by"));
    let start = match (line, at) {
        (Some(line), None) => {
            let line = reader.text(line, "cron")?;
            match cron_line::compile(&line.value) {
                Ok(_) => Some(StartAt::Cron(line.value)),
                Err(_) => {
                    reader.error(Message::new(codes::BAD_CRON).with("text", line.value), line.span);
                    None
                }
            }
        }
        (None, Some(at)) => time(reader, at, "at").map(StartAt::Time),
        (None, None) | (Some(_), Some(_)) => {
            reader.error(Message::new(codes::SCHEDULE_START), fields.span());
            None
        }
    };
    fields.finish(reader);
    Some(Schedule {
        days: days.map_or(Days::Every, |days| days.value),
        at: start?,
        start_by,
        finish_by,
    })
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

    #[test]
    fn schedules_are_read_as_sentences() {
        let schedule = |days, start, start_by| {
            Some(Schedule {
                days,
                at: StartAt::Time(start),
                start_by,
                finish_by: None,
            })
        };
        for (text, expected) in [
            (
                "開庁日 22:00 から 02:00 まで",
                schedule(Days::Business, at(22, 0), Some(at(2, 0))),
            ),
            ("毎日 6:30", schedule(Days::Every, at(6, 30), None)),
            ("毎日　６時３０分に", schedule(Days::Every, at(6, 30), None)),
            ("開庁日の22時から", schedule(Days::Business, at(22, 0), None)),
            ("開庁日 22:00 から 02:00", None),
            ("平日 22:00", None),
            ("毎日", None),
            ("22:00", None),
        ] {
            assert_eq!(sentence(text), expected, "{text}");
        }
    }
}
