use proptest::collection::vec;
use proptest::prelude::*;

use super::reader::{in_order, weekdays};
use super::*;

fn read(text: &str) -> String {
    match parse(text) {
        Ok(schedule) => schedule.sentence(Lang::Ja),
        Err(error) => format!("{error}"),
    }
}

#[test]
fn schedules_are_understood_as_people_write_them() {
    for (text, expected) in [
        ("開庁日 22:00 から 02:00 まで", "開庁日 22:00 から 02:00 まで"),
        ("開庁日の22時から", "開庁日 22:00"),
        ("開庁日 ２２：００～２：００", "開庁日 22:00 から 02:00 まで"),
        ("毎日　６時３０分に", "毎日 06:30"),
        ("平日 22:00", "平日 22:00"),
        ("土日祝を除く毎日 6時半", "平日 06:30"),
        ("毎週月・水曜 21:00", "毎週月・水曜 21:00"),
        ("毎週金曜日と月曜日の21時", "毎週月・金曜 21:00"),
        ("毎週土日 9:00", "毎週土・日曜 09:00"),
        ("毎月25日 22:00", "毎月25日 22:00"),
        ("毎月10日、25日 22:00", "毎月10日・25日 22:00"),
        ("毎月１０・２５日 22:00", "毎月10日・25日 22:00"),
        ("毎月3営業日目 6:00", "毎月3営業日目 06:00"),
        ("毎月第3営業日 6:00", "毎月3営業日目 06:00"),
        ("毎月末日 22:00", "毎月末日 22:00"),
        ("月末 22:00", "毎月末日 22:00"),
        ("月末の前営業日 22:00", "月末の前営業日 22:00"),
        ("月末から1営業日前 22:00", "月末の前営業日 22:00"),
        ("月末から2営業日前 22:00", "月末から2営業日前 22:00"),
        ("毎月最終営業日 22:00", "毎月最終開庁日 22:00"),
        ("第2・第4火曜 9:00", "毎月第2・第4火曜 09:00"),
        ("毎月第1・3月曜日 9:00", "毎月第1・第3月曜 09:00"),
        ("年度初め 8:30", "年度初め 08:30"),
        ("毎年4月1日と10月1日 8:30", "毎年4月1日・10月1日 08:30"),
        ("毎日 23:00 と 21:00", "毎日 21:00 と 23:00"),
        (
            "毎日 21:00、23:00 から 02:00 まで",
            "毎日 21:00 と 23:00 から 02:00 まで",
        ),
        ("開庁日 22:00、06:30 までに終える", "開庁日 22:00、06:30 までに終える"),
        ("毎月25日 22:00 休日なら前営業日", "毎月25日（休日なら前開庁日） 22:00"),
        (
            "休日なら翌開庁日、毎月末日 22:00 に実行",
            "毎月末日（休日なら翌開庁日） 22:00",
        ),
        ("毎週月曜（閉庁日の場合は休み）6:00", "毎週月曜（休日なら休む） 06:00"),
        ("毎晩 22:00", "毎日 22:00"),
        ("毎晩10時", "毎日 22:00"),
        ("毎晩の2時", "毎日 02:00"),
        ("毎朝 6時半", "毎日 06:30"),
        ("開庁日の夜10時", "開庁日 22:00"),
        ("毎日 午後1時 と 午前9時", "毎日 09:00 と 13:00"),
        ("深夜1:00 平日", "平日 01:00"),
        ("月〜金 22:00", "毎週月・火・水・木・金曜 22:00"),
        ("月曜から金曜まで 22:00", "毎週月・火・水・木・金曜 22:00"),
        ("毎週月～水、金曜の22時", "毎週月・火・水・金曜 22:00"),
        ("金-月 22:00", "毎週月・金・土・日曜 22:00"),
        ("月曜と木曜 9:00", "毎週月・木曜 09:00"),
        ("平日 22:00 から 翌2:00 まで", "平日 22:00 から 26:00 まで"),
        ("平日 22時から翌2時まで", "平日 22:00 から 26:00 まで"),
        ("平日 22:00 から 翌朝6:30 まで", "平日 22:00 から 06:30 まで"),
        ("開庁日 翌日の2:00", "開庁日 26:00"),
        ("0 22 * * *", "cron「0 22 * * *」"),
        (
            "cron「30  6 * * 1」開庁日だけ 08:00 まで",
            "cron「30 6 * * 1」開庁日だけ 08:00 まで",
        ),
        ("business days at 22:00, until 02:00", "開庁日 22:00 から 02:00 まで"),
        (
            "Every Monday and Wednesday at 21:00 and 23:00",
            "毎週月・水曜 21:00 と 23:00",
        ),
        (
            "day 25 of every month at 22:00, if closed the open day before",
            "毎月25日（休日なら前開庁日） 22:00",
        ),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_understood_is_named() {
    let word = |text: &str| Err(ScheduleError::Word(text.to_owned()));
    let number = |text: &str| Err(ScheduleError::Number(text.to_owned()));
    let twice = |text: &str| Err(ScheduleError::Twice(text.to_owned()));
    for (text, expected) in [
        ("隔週月曜 21:00", word("隔週月曜")),
        ("開庁日 夜", word("夜")),
        ("毎週曜 21:00", word("曜")),
        ("毎月 22:00", word("22:00")),
        ("毎晩", Err(ScheduleError::NoTime)),
        ("平日 翌 22:00", number("翌22:00")),
        ("平日 翌7:00", number("翌07:00")),
        ("月末から前 22:00", word("前")),
        ("毎月25日 休日なら適当に 22:00", word("適当に 22:00")),
        ("毎月32日 22:00", number("32日")),
        ("毎年2月30日 22:00", number("30日")),
        ("第6火曜 22:00", number("6週")),
        ("毎日 30:00", number("30:00")),
        ("毎日 6:60", number("6:60")),
        ("毎日 開庁日 22:00", twice("開庁日")),
        ("毎日 22:00 22:00", twice("22:00")),
        ("22:00", Err(ScheduleError::NoDay)),
        ("毎日", Err(ScheduleError::NoTime)),
        ("", Err(ScheduleError::NoDay)),
        ("毎日 22:00 休日なら前開庁日", Err(ScheduleError::Closed)),
        ("開庁日 22:00 休日なら休む", Err(ScheduleError::Closed)),
        (
            "開庁日 22:00 から 06:00 まで、02:00 までに終える",
            Err(ScheduleError::Order),
        ),
        ("毎日 09:00 と 21:00 から 12:00 まで", Err(ScheduleError::Order)),
        (
            "99 22 * * *",
            Err(ScheduleError::Cron(crate::scenario::cron_line::CronError::Field(
                "99".to_owned(),
            ))),
        ),
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
}

fn time() -> impl Strategy<Value = TimeOfDay> {
    (0_u8..30, 0_u8..60).prop_map(|(hour, minute)| TimeOfDay { hour, minute })
}

fn weekday_list() -> impl Strategy<Value = Vec<Weekday>> {
    let day = (0_u8..7).prop_map(|day| Weekday::try_from(day).unwrap_or(Weekday::Mon));
    vec(day, 1..4).prop_map(weekdays)
}

fn numbers(last: u8) -> impl Strategy<Value = Vec<u8>> {
    vec(1..=last, 1..4).prop_map(in_order)
}

fn day_kinds() -> impl Strategy<Value = Days> {
    prop_oneof![
        Just(Days::Every),
        Just(Days::Business),
        Just(Days::Weekdays),
        Just(Days::MonthEnd),
        Just(Days::LastBusiness),
        Just(Days::FiscalStart),
        weekday_list().prop_map(Days::Weekly),
        numbers(31).prop_map(Days::Monthly),
        (numbers(5), weekday_list()).prop_map(|(weeks, days)| Days::Nth { weeks, days }),
        numbers(23).prop_map(Days::NthBusiness),
        (1_u8..=20).prop_map(Days::BeforeMonthEnd),
        vec((1_u8..=12, 1_u8..=28), 1..4).prop_map(|days| Days::Yearly(in_order(days))),
    ]
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let shift = prop_oneof![Just(Shift::Before), Just(Shift::After), Just(Shift::Skip)];
    let at = prop_oneof![
        vec(time(), 1..4).prop_map(|times| StartAt::Times(in_order(times))),
        Just(StartAt::Cron("*/15 6-8 * * mon,fri".to_owned())),
    ];
    (
        day_kinds(),
        proptest::option::of(shift),
        at,
        proptest::option::of(time()),
        proptest::option::of(time()),
    )
        .prop_map(|(days, if_closed, at, start_by, finish_by)| Schedule {
            days,
            if_closed,
            at,
            start_by,
            finish_by,
        })
        .prop_filter("only what can be meant", |schedule| schedule.refused().is_none())
}

proptest! {
    #[test]
    fn a_schedule_that_is_said_is_understood_again(schedule in schedules()) {
        for lang in [Lang::Ja, Lang::En] {
            let said = schedule.sentence(lang);
            prop_assert_eq!(parse(&said), Ok(schedule.clone()), "{}", said);
        }
    }

    #[test]
    fn anything_may_be_read(text in "[毎週月火曜第1-9日末営業目から:まで 開庁とat-]{0,20}") {
        let _ = parse(&text);
    }
}
