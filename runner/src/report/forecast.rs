//! When the bots of an office are due: the next instants as a list, a whole 年度 as a page to be printed.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::json;

use super::layout::{pad, plain, width};
use super::reader::Reader;
use crate::rules::calendar::{CalendarError, CityCalendar};
use crate::rules::date_format::format_date;
use crate::rules::due::Due;
use crate::text::Lang;

/// A bot, the words of its schedule, and when it is due.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its id.
    pub bot: String,
    /// What its author called it.
    pub name: String,
    /// Its schedule in plain words.
    pub sentence: String,
    /// When it is due, in order.
    pub due: Vec<Due>,
}

/// Every instant of all bots in the order of time, one a line.
pub fn text(planned: &[Planned], reader: Reader) -> String {
    let mut rows: Vec<(&Due, &Planned)> = planned
        .iter()
        .flat_map(|bot| bot.due.iter().map(move |due| (due, bot)))
        .collect();
    rows.sort_by(|(one, bot), (other, another)| (one.at, &bot.bot).cmp(&(other.at, &another.bot)));
    let mut before = None;
    let widest = rows
        .iter()
        .map(|(_, bot)| width(&plain(&bot.name)))
        .max()
        .unwrap_or_default();
    let lines = rows.iter().map(|(due, bot)| {
        let day = due.at.date_naive();
        let shown = if before.replace(day) == Some(day) {
            String::new()
        } else {
            short_day(day, reader.lang)
        };
        let remarks = remarks(due, reader.lang);
        let line = format!(
            "{}  {}  {}  {}",
            pad(&shown, 10),
            due.at.format("%H:%M"),
            pad(&plain(&bot.name), widest),
            remarks.join(reader.lang.pick("、", ", "))
        );
        format!("{}\n", line.trim_end())
    });
    lines.collect()
}

/// The same as one JSON object a line.
pub fn lines(planned: &[Planned]) -> String {
    let all = planned.iter().flat_map(|bot| bot.due.iter().map(move |due| (due, bot)));
    let line = |(due, bot): (&Due, &Planned)| {
        let at = |at: chrono::DateTime<chrono_tz::Tz>| at.to_rfc3339();
        let object = json!({
            "bot": bot.bot, "at": at(due.at), "day": due.day, "moved_from": due.moved_from,
            "start_by": due.start_by.map(at), "finish_by": due.finish_by.map(at),
        });
        format!("{object}\n")
    };
    all.map(line).collect()
}

fn short_day(day: NaiveDate, lang: Lang) -> String {
    let pattern = lang.pick("%m/%d(%Ea)", "%a %d %b");
    format_date(day, pattern).unwrap_or_else(|_| day.to_string())
}

/// What else is to be known of an instant.
fn remarks(due: &Due, lang: Lang) -> Vec<String> {
    let mut remarks = Vec::new();
    if due.day != due.at.date_naive() {
        let day = short_day(due.day, lang);
        remarks.push(match lang {
            Lang::Ja => format!("{day} の夜の分"),
            Lang::En => format!("for the night of {day}"),
        });
    }
    if let Some(meant) = due.moved_from {
        let day = short_day(meant, lang);
        remarks.push(match lang {
            Lang::Ja => format!("{day} が閉庁日なので、この日に"),
            Lang::En => format!("moved from {day}, a closed day"),
        });
    }
    if let Some(limit) = due.start_by {
        let time = limit.format("%H:%M");
        remarks.push(match lang {
            Lang::Ja => format!("{time} までに始める"),
            Lang::En => format!("to start by {time}"),
        });
    }
    if let Some(limit) = due.finish_by {
        let time = limit.format("%H:%M");
        remarks.push(match lang {
            Lang::Ja => format!("{time} までに終える"),
            Lang::En => format!("to finish by {time}"),
        });
    }
    remarks
}

/// A day of the page.
struct Cell {
    /// 1 to 31.
    number: u32,
    closed: bool,
    marks: String,
    /// What a screen reader says of it.
    said: String,
}

struct Month {
    name: String,
    /// Weeks from Sunday; `None` before the first day and after the last.
    weeks: Vec<Vec<Option<Cell>>>,
}

struct Row {
    mark: String,
    name: String,
    sentence: String,
    days: usize,
    moved: Vec<String>,
}

#[derive(Template)]
#[template(path = "report/year.html")]
struct Page {
    lang: &'static str,
    title: String,
    explained: &'static str,
    weekdays: [&'static str; 7],
    months: Vec<Month>,
    headings: [&'static str; 5],
    rows: Vec<Row>,
    provisional: Option<String>,
    caption: &'static str,
}

/// A 年度 (地方自治法208条: 1 April to 31 March) as one page of HTML: which bot is due on which day, and where a closed day moves one.
///
/// # Errors
/// When the holidays of the year are not known.
pub fn year(
    planned: &[Planned],
    (year, provisional): (i32, bool),
    calendar: &CityCalendar,
    reader: Reader,
) -> Result<String, CalendarError> {
    let lang = reader.lang;
    let mut on: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (place, bot) in planned.iter().enumerate() {
        for due in &bot.due {
            let marks = on.entry(due.day).or_default();
            if marks.last() != Some(&place) {
                marks.push(place);
            }
        }
    }
    let months = (4..=15).map(|month: u32| {
        let (year, month) = if month > 12 {
            (year + 1, month - 12)
        } else {
            (year, month)
        };
        Ok(Month {
            name: match lang {
                Lang::Ja => format!("{year}年{month}月"),
                Lang::En => format!("{year}-{month:02}"),
            },
            weeks: weeks(year, month, calendar, (planned, &on))?,
        })
    });
    let rows = planned.iter().enumerate().map(|(place, bot)| row(place, bot, lang));
    let page = Page {
        lang: lang.pick("ja", "en"),
        title: match lang {
            Lang::Ja => format!("{} 年間の予定", era(year)),
            Lang::En => format!("Schedule of the fiscal year {year}"),
        },
        explained: lang.pick(
            "灰色は閉庁日です。番号は、その日に動くボット（下の表）です。",
            "Grey days are closed. Numbers are the bots of the table below that are due on the day.",
        ),
        weekdays: match lang {
            Lang::Ja => ["日", "月", "火", "水", "木", "金", "土"],
            Lang::En => ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"],
        },
        months: months.collect::<Result<_, CalendarError>>()?,
        headings: match lang {
            Lang::Ja => ["番号", "ボット", "いつ", "日数", "閉庁日で動いた日"],
            Lang::En => ["No.", "Bot", "When", "Days", "Moved by closed days"],
        },
        rows: rows.collect(),
        provisional: provisional.then(|| {
            lang.pick(
                "祝日は、法律から計算した予定です（公表されるのは前の年の2月です）。",
                "The holidays are worked out from the law; the list is published in February of the year before.",
            )
            .to_owned()
        }),
        caption: lang.pick("ボット", "Bots"),
    };
    // Writing to a string cannot fail, and the template calls nothing that could.
    Ok(page.render().unwrap_or_default())
}

fn row(place: usize, bot: &Planned, lang: Lang) -> Row {
    let mut days: Vec<NaiveDate> = bot.due.iter().map(|due| due.day).collect();
    days.dedup();
    let moved = bot.due.iter().filter_map(|due| Some((due.moved_from?, due.day)));
    let moved = moved.map(|(from, to)| format!("{} → {}", short_day(from, lang), short_day(to, lang)));
    Row {
        mark: mark(place),
        name: plain(&bot.name),
        sentence: plain(&bot.sentence),
        days: days.len(),
        moved: moved.collect(),
    }
}

fn era(year: i32) -> String {
    let first = NaiveDate::from_ymd_opt(year, 4, 1);
    let said = first.and_then(|day| format_date(day, "%EY年度").ok());
    said.unwrap_or_else(|| format!("{year}年度")).replace("年年度", "年度")
}

/// ①, ②, …, ⑳, (21), …
fn mark(place: usize) -> String {
    let circled = u32::try_from(place).ok().filter(|place| *place < 20);
    let circled = circled.and_then(|place| char::from_u32(0x2460 + place));
    circled.map_or_else(|| format!("({})", place + 1), |sign| sign.to_string())
}

type Marks<'a> = (&'a [Planned], &'a BTreeMap<NaiveDate, Vec<usize>>);

fn weeks(
    year: i32,
    month: u32,
    calendar: &CityCalendar,
    (planned, on): Marks<'_>,
) -> Result<Vec<Vec<Option<Cell>>>, CalendarError> {
    let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else {
        return Ok(Vec::new());
    };
    let mut weeks: Vec<Vec<Option<Cell>>> = Vec::new();
    let mut week: Vec<Option<Cell>> = Vec::new();
    week.resize_with(first.weekday().num_days_from_sunday() as usize, || None);
    for day in first.iter_days().take_while(|day| day.month() == month) {
        let places = on.get(&day).map(Vec::as_slice).unwrap_or_default();
        let names = places.iter().filter_map(|place| planned.get(*place));
        let names: Vec<String> = names.map(|bot| plain(&bot.name)).collect();
        week.push(Some(Cell {
            number: day.day(),
            closed: !calendar.is_open(day)?,
            marks: places.iter().map(|place| mark(*place)).collect(),
            said: names.join("、"),
        }));
        if day.weekday() == Weekday::Sat {
            weeks.push(std::mem::take(&mut week));
        }
    }
    if !week.is_empty() {
        week.resize_with(7, || None);
        weeks.push(week);
    }
    Ok(weeks)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::scenario::schedule::parse;

    fn planned(bot: &str, sentence: &str, from: &str, until: &str) -> Planned {
        let utc = |text: &str| text.parse::<DateTime<Utc>>().expect(text);
        let schedule = parse(sentence).expect(sentence);
        let due = schedule.due(
            &CityCalendar::default(),
            chrono_tz::Asia::Tokyo,
            (utc(from), utc(until)),
        );
        Planned {
            bot: bot.to_owned(),
            name: format!("{bot} の登録"),
            sentence: schedule.sentence(Lang::Ja),
            due: due.expect("known years"),
        }
    }

    fn reader(lang: Lang) -> Reader {
        Reader {
            lang,
            zone: chrono_tz::Asia::Tokyo,
        }
    }

    #[test]
    fn instants_stand_in_the_order_of_time() {
        let range = ("2026-12-24T00:00:00+09:00", "2027-01-06T00:00:00+09:00");
        let all = [
            planned("yubin", "開庁日 22:00 から 02:00 まで", range.0, range.1),
            planned("getsuji", "毎月29日（休日なら前開庁日）25:30", range.0, range.1),
        ];
        insta::assert_snapshot!(format!(
            "{}\n{}",
            text(&all, reader(Lang::Ja)),
            text(&all, reader(Lang::En))
        ));
        let first = lines(&all);
        let first: serde_json::Value = serde_json::from_str(first.lines().next().expect("a line")).expect("JSON");
        assert_eq!(first["start_by"], "2026-12-25T02:00:00+09:00");
    }

    #[test]
    fn a_year_is_one_page() {
        let range = ("2026-04-01T00:00:00+09:00", "2027-04-01T00:00:00+09:00");
        let all = [planned("<b>", "毎月29日（休日なら前開庁日）9:00", range.0, range.1)];
        let page = year(&all, (2026, true), &CityCalendar::default(), reader(Lang::Ja)).expect("known years");
        assert!(page.contains("令和8年度 年間の予定"), "{page}");
        assert!(page.contains("12/29(火) → 12/28(月)"), "{page}");
        assert!(!page.contains("<b>"), "names are no markup");
        assert_eq!(
            page.matches("①").count(),
            11 + 1,
            "no 29 February in 2027, and the table's own"
        );
        // 2026-04-01 is a Wednesday; the year has 365 days of which 241 are open.
        assert_eq!(page.matches("<td class=\"closed").count(), 365 - 241);
    }

    #[test]
    fn marks_go_on_behind_twenty() {
        assert_eq!([mark(0), mark(19), mark(20)], ["①", "⑳", "(21)"]);
    }
}
