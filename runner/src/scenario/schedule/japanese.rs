//! The sentence in Japanese.

mod week;

use super::reader::{Cursor, Part, ScheduleError, bounded, cron, in_order, longest};
use super::{Days, Schedule, StartAt, TimeOfDay};
use crate::rules::calendar::Shift;
use week::{week, week_alone, week_said};

/// Between the values of a list.
const AND: [&str; 6] = ["・", "と", "、", ",", "及び", "および"];
/// How an open day is called.
const OPEN: [&str; 2] = ["営業日", "開庁日"];

/// The next part of a sentence.
pub(super) fn part(cursor: &mut Cursor) -> Result<Option<Part>, ScheduleError> {
    if cursor.eat(&["cron「"]) {
        let line = cursor.until('」').ok_or_else(|| ScheduleError::Word("「".to_owned()))?;
        return Ok(Some(Part::Cron(cron(&line)?)));
    }
    if let Some(shift) = if_closed(cursor)? {
        return Ok(Some(Part::IfClosed(shift)));
    }
    if let Some(part) = times(cursor)? {
        return Ok(Some(part));
    }
    let found = days(cursor)?;
    if found.is_some() {
        cursor.eat(&["だけ", "のみ", "ごとに", "ごと", "に"]);
    }
    Ok(found.map(Part::Days))
}

fn if_closed(cursor: &mut Cursor) -> Result<Option<Shift>, ScheduleError> {
    let begins = [
        "休日なら",
        "休日の場合は",
        "休日のときは",
        "閉庁日なら",
        "閉庁日の場合は",
        "休みなら",
        "休庁日なら",
    ];
    if !cursor.eat(&begins) {
        return Ok(None);
    }
    cursor.eat(&["、", ","]);
    cursor.blanks();
    let words: [(&[&str], Shift); 3] = [
        (
            &[
                "前開庁日",
                "前営業日",
                "前の開庁日",
                "前の営業日",
                "直前の開庁日",
                "直前の営業日",
            ],
            Shift::Before,
        ),
        (
            &["翌開庁日", "翌営業日", "次の開庁日", "次の営業日", "翌日以降の開庁日"],
            Shift::After,
        ),
        (&["休む", "休み", "動かさない", "行わない", "中止"], Shift::Skip),
    ];
    let found = words.into_iter().find(|(words, _)| cursor.eat(words));
    let Some((_, shift)) = found else {
        return Err(ScheduleError::Word(cursor.mark()));
    };
    cursor.eat(&["に"]);
    Ok(Some(shift))
}

/// A time and what it is the time of.
fn times(cursor: &mut Cursor) -> Result<Option<Part>, ScheduleError> {
    let mark = cursor.mark();
    let range = cursor.eat(&["~", "〜", "-"]);
    if !range {
        cursor.eat(&["と", "・", "及び", "および"]);
    }
    cursor.blanks();
    let Some((time, next_day)) = time(cursor)? else {
        cursor.back(mark);
        return Ok(None);
    };
    cursor.blanks();
    let done = [
        "までに終える",
        "までに終わる",
        "までに完了する",
        "までに完了",
        "までに終了",
    ];
    if cursor.eat(&done) {
        return Ok(Some(Part::FinishBy(time)));
    }
    if cursor.eat(&["までに始める", "までに開始", "まで"]) || range {
        return Ok(Some(Part::StartBy(time)));
    }
    if next_day && time.hour < 24 {
        return Err(ScheduleError::Number(format!("翌{time}")));
    }
    cursor.eat(&["から", "に開始", "に始める", "に実行", "に", "開始"]);
    Ok(Some(Part::Start(time)))
}

/// A time with what is said of it before: `翌2:00` is 26:00, `夜10時` 22:00. Whether it is said to be of the next day.
fn time(cursor: &mut Cursor) -> Result<Option<(TimeOfDay, bool)>, ScheduleError> {
    let next_day = cursor.eat(&["翌日の", "翌日", "翌朝の", "翌朝", "翌"]);
    cursor.blanks();
    let afternoon = cursor.eat(&["午後"]);
    let late = !afternoon && cursor.eat(&["夕方", "夜の", "夜", "晩"]);
    if !afternoon && !late {
        cursor.eat(&["午前", "早朝", "朝の", "朝", "深夜", "未明"]);
    }
    cursor.blanks();
    let Some(mut time) = cursor.time()? else {
        return Ok(None);
    };
    // 「夜の2時」 is two o'clock.
    if (afternoon || late && time.hour >= 5) && time.hour < 12 {
        time.hour += 12;
    }
    match time.hour {
        0..=5 if next_day => time.hour += 24,
        12..=23 if next_day => return Err(ScheduleError::Number(format!("翌{time}"))),
        _ => {}
    }
    Ok(Some((time, next_day)))
}

/// `毎晩 10時`: every day, at a time of the evening.
fn every(cursor: &mut Cursor) -> bool {
    let evening = cursor.eat(&["毎晩", "毎夜", "毎夕"]);
    let found = evening || cursor.eat(&["毎朝", "毎日"]);
    let rest = cursor.mark();
    if evening
        && rest
            .trim_start_matches([' ', 'の'])
            .starts_with(|sign: char| sign.is_ascii_digit())
    {
        cursor.back(format!("夜{}", rest.trim_start_matches([' ', 'の'])));
    }
    found
}

/// The days.
pub(super) fn days(cursor: &mut Cursor) -> Result<Option<Days>, ScheduleError> {
    if every(cursor) {
        return Ok(Some(Days::Every));
    }
    let fixed: [(&[&str], Days); 4] = [
        (
            &[
                "土日祝を除く毎日",
                "土日祝日を除く毎日",
                "土日祝以外",
                "土日祝日以外",
                "平日",
            ],
            Days::Weekdays,
        ),
        (&["毎開庁日", "毎営業日", "開庁日", "営業日"], Days::Business),
        (&["年度初め", "年度始め", "毎年度初め"], Days::FiscalStart),
        (
            &[
                "毎月最終開庁日",
                "毎月最終営業日",
                "最終開庁日",
                "最終営業日",
                "月末の開庁日",
                "月末の営業日",
                "月末開庁日",
                "月末営業日",
            ],
            Days::LastBusiness,
        ),
    ];
    if let Some((_, days)) = fixed.into_iter().find(|(words, _)| cursor.eat(words)) {
        return Ok(Some(days));
    }
    if cursor.eat(&["月末の前営業日", "月末の前開庁日", "月末前営業日"]) {
        return Ok(Some(Days::BeforeMonthEnd(1)));
    }
    if cursor.eat(&["毎週"]) {
        return week(cursor).map(|days| Some(Days::Weekly(days)));
    }
    if let Some(days) = week_alone(cursor) {
        return Ok(Some(Days::Weekly(days)));
    }
    if cursor.eat(&["毎年"]) {
        return year(cursor).map(Some);
    }
    let monthly = cursor.eat(&["毎月の", "毎月"]);
    cursor.blanks();
    if cursor.eat(&["月末から", "末日から", "月末の"]) {
        return before_month_end(cursor).map(Some);
    }
    if cursor.eat(&["月末日", "月末", "末日"]) {
        return Ok(Some(Days::MonthEnd));
    }
    if cursor.eat(&["第"]) {
        return nth(cursor).map(Some);
    }
    if monthly {
        return month(cursor).map(Some);
    }
    Ok(None)
}

fn unread<T>(cursor: &Cursor) -> Result<T, ScheduleError> {
    let rest = cursor.mark();
    let end = rest.find([' ', '、', ',']).unwrap_or(rest.len());
    Err(ScheduleError::Word(rest.get(..end).unwrap_or(&rest).to_owned()))
}

/// Numbers with what stands before and after each: `10日・25日`, `第2・第4`.
fn numbers(cursor: &mut Cursor, units: &[&str]) -> Vec<u16> {
    let mut numbers = Vec::new();
    loop {
        let mark = cursor.mark();
        if !numbers.is_empty() {
            cursor.eat(&AND);
            cursor.blanks();
        }
        cursor.eat(&["第"]);
        match cursor.number() {
            // A time that follows is no day.
            Some(number) if !cursor.mark().starts_with([':', '時']) => numbers.push(number),
            _ => {
                cursor.back(mark);
                return numbers;
            }
        }
        cursor.eat(units);
    }
}

/// `第2・第4火曜`, `第3営業日`.
fn nth(cursor: &mut Cursor) -> Result<Days, ScheduleError> {
    let found = numbers(cursor, &[]);
    if found.is_empty() {
        return unread(cursor);
    }
    if cursor.eat(&OPEN) {
        cursor.eat(&["目"]);
        return business(found);
    }
    let weeks: Result<Vec<u8>, _> = found.into_iter().map(|week| bounded(week, 1..=5, "週")).collect();
    Ok(Days::Nth {
        weeks: in_order(weeks?),
        days: week(cursor)?,
    })
}

fn business(numbers: Vec<u16>) -> Result<Days, ScheduleError> {
    let days: Result<Vec<u8>, _> = numbers
        .into_iter()
        .map(|day| bounded(day, 1..=23, "営業日目"))
        .collect();
    Ok(Days::NthBusiness(in_order(days?)))
}

/// `10日・25日`, `3営業日目`.
fn month(cursor: &mut Cursor) -> Result<Days, ScheduleError> {
    let mark = cursor.mark();
    let found = numbers(cursor, &["営業日目", "開庁日目"]);
    let read = mark
        .get(..mark.len().saturating_sub(cursor.mark().len()))
        .unwrap_or_default()
        .to_owned();
    if !found.is_empty() && OPEN.iter().any(|word| read.contains(word)) {
        return business(found);
    }
    cursor.back(mark);
    let found = numbers(cursor, &["日"]);
    if found.is_empty() {
        return unread(cursor);
    }
    let days: Result<Vec<u8>, _> = found.into_iter().map(|day| bounded(day, 1..=31, "日")).collect();
    Ok(Days::Monthly(in_order(days?)))
}

/// `2営業日前`, after 月末から.
fn before_month_end(cursor: &mut Cursor) -> Result<Days, ScheduleError> {
    match cursor.number() {
        Some(number) if cursor.eat(&["営業日前", "開庁日前"]) => {
            bounded(number, 1..=20, "営業日前").map(Days::BeforeMonthEnd)
        }
        _ => unread(cursor),
    }
}

/// `4月1日・10月1日`.
fn year(cursor: &mut Cursor) -> Result<Days, ScheduleError> {
    let mut found = Vec::new();
    loop {
        let mark = cursor.mark();
        if !found.is_empty() {
            cursor.eat(&AND);
        }
        let Some(month) = cursor.number().filter(|_| cursor.eat(&["月"])) else {
            cursor.back(mark);
            break;
        };
        let Some(day) = cursor.number().filter(|_| cursor.eat(&["日"])) else {
            return unread(cursor);
        };
        let month = bounded(month, 1..=12, "月")?;
        found.push((month, bounded(day, 1..=longest(month), "日")?));
    }
    if found.is_empty() {
        return unread(cursor);
    }
    Ok(Days::Yearly(in_order(found)))
}

fn listed<T: std::fmt::Display>(values: impl IntoIterator<Item = T>, between: &str) -> String {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    values.join(between)
}

fn days_said(days: &Days) -> String {
    match days {
        Days::Every => "毎日".to_owned(),
        Days::Business => "開庁日".to_owned(),
        Days::Weekdays => "平日".to_owned(),
        Days::Weekly(days) => format!("毎週{}", week_said(days)),
        Days::Monthly(days) => format!("毎月{}", listed(days.iter().map(|day| format!("{day}日")), "・")),
        Days::MonthEnd => "毎月末日".to_owned(),
        Days::Nth { weeks, days } => {
            let weeks = listed(weeks.iter().map(|week| format!("第{week}")), "・");
            format!("毎月{weeks}{}", week_said(days))
        }
        Days::NthBusiness(days) => format!("毎月{}", listed(days.iter().map(|day| format!("{day}営業日目")), "・")),
        Days::LastBusiness => "毎月最終開庁日".to_owned(),
        Days::BeforeMonthEnd(1) => "月末の前営業日".to_owned(),
        Days::BeforeMonthEnd(number) => format!("月末から{number}営業日前"),
        Days::Yearly(days) => format!(
            "毎年{}",
            listed(days.iter().map(|(month, day)| format!("{month}月{day}日")), "・")
        ),
        Days::FiscalStart => "年度初め".to_owned(),
    }
}

/// The schedule in its plainest words.
pub(super) fn sentence(schedule: &Schedule) -> String {
    let closed = match schedule.if_closed {
        Some(Shift::Before) => "（休日なら前開庁日）",
        Some(Shift::After) => "（休日なら翌開庁日）",
        Some(Shift::Skip) => "（休日なら休む）",
        None => "",
    };
    let mut said = match &schedule.at {
        StartAt::Times(times) => {
            let times = listed(times, " と ");
            format!("{}{closed} {times}", days_said(&schedule.days))
        }
        StartAt::Cron(line) if schedule.days == Days::Every => format!("cron「{line}」{closed}"),
        StartAt::Cron(line) => format!("cron「{line}」{}だけ{closed}", days_said(&schedule.days)),
    };
    let from = match schedule.at {
        StartAt::Times(_) => " から ",
        StartAt::Cron(_) => " ",
    };
    let say = |time: &TimeOfDay, words: &str| format!("{time} {words}");
    if let Some(time) = &schedule.start_by {
        said += from;
        said += &say(time, "まで");
    }
    if let Some(time) = &schedule.finish_by {
        said += "、";
        said += &say(time, "までに終える");
    }
    said
}
