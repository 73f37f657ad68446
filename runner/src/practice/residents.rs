//! The residents of the practice city: 500 invented people, the same ones for the same seed.
//!
//! The first few are written out by hand, because each is hard in its own way: vendor characters, namesakes, an era's
//! first and last days, very long names, and three whose names CP932 cannot write ([`Resident::fits_cp932`]).

use chrono::{Datelike, Days, NaiveDate};

use super::cp932;
use super::names::{BUILDINGS, FAMILY, MEN, Name, WOMEN};
use super::towns::{INSIDE, OUTSIDE, Town};

/// How many residents a city has.
const COUNT: usize = 500;

/// As the form asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// 女
    Female,
    /// 男
    Male,
}

/// One invented person in the city's register of residents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    /// Family and given name with a full-width blank between: `髙橋　花子`.
    pub name: String,
    /// The reading in half-width kana: `ﾀｶﾊｼ ﾊﾅｺ`.
    pub kana: String,
    /// Birthday.
    pub birth: NaiveDate,
    /// Sex as registered.
    pub sex: Sex,
    /// Postal code with hyphen: `850-0032`.
    pub postal: String,
    /// Prefecture, city and town, as the look-up by postal code gives them.
    pub address: String,
    /// 方書: building and room, often empty.
    pub building: String,
}

impl Resident {
    /// Whether name and building can be written in CP932. True of all but 𠮷田, 𠮷村 and 辻 with a variation selector.
    pub fn fits_cp932(&self) -> bool {
        cp932::fits(&self.name) && cp932::fits(&self.building)
    }
}

/// A resident written out by hand: name, kana, birthday, sex, building.
type Special = (&'static str, &'static str, (i32, u32, u32), Sex, &'static str);

const SPECIAL: &[Special] = &[
    ("髙橋　花子", "ﾀｶﾊｼ ﾊﾅｺ", (1976, 3, 4), Sex::Female, "ｺｰﾎﾟ①　２０３号"),
    (
        "山﨑　太郎",
        "ﾔﾏｻｷ ﾀﾛｳ",
        (1958, 11, 23),
        Sex::Male,
        "メゾン～海～　５０１",
    ),
    ("佐藤　健一", "ｻﾄｳ ｹﾝｲﾁ", (1980, 6, 15), Sex::Male, ""),
    ("佐藤　健一", "ｻﾄｳ ｹﾝｲﾁ", (1992, 2, 29), Sex::Male, ""),
    ("田中　美咲", "ﾀﾅｶ ﾐｻｷ", (1999, 12, 31), Sex::Female, ""),
    ("田中　美咲", "ﾀﾅｶ ﾐｻｷ", (2001, 12, 31), Sex::Female, ""),
    (
        "勅使河原　左衛門之助",
        "ﾃｼｶﾞﾜﾗ ｻｴﾓﾝﾉｽｹ",
        (1949, 8, 9),
        Sex::Male,
        "㈱坂本ビル４階",
    ),
    (
        "フェルナンデス・デ・ラ・クルス　マリア・コンセプシオン",
        "ﾌｪﾙﾅﾝﾃﾞｽ･ﾃﾞ･ﾗ･ｸﾙｽ ﾏﾘｱ･ｺﾝｾﾌﾟｼｵﾝ",
        (1987, 10, 1),
        Sex::Female,
        "",
    ),
    ("長谷川　ハツ", "ﾊｾｶﾞﾜ ﾊﾂ", (1911, 11, 3), Sex::Female, ""),
    ("深堀　千代", "ﾌｶﾎﾘ ﾁﾖ", (1926, 12, 24), Sex::Female, ""),
    ("峰　正雄", "ﾐﾈ ﾏｻｵ", (1926, 12, 25), Sex::Male, ""),
    ("岩﨑　翔太", "ｲﾜｻｷ ｼｮｳﾀ", (1989, 1, 7), Sex::Male, ""),
    ("濵田　彩", "ﾊﾏﾀﾞ ｱﾔ", (1989, 1, 8), Sex::Female, ""),
    ("松本　蓮", "ﾏﾂﾓﾄ ﾚﾝ", (2019, 4, 30), Sex::Male, ""),
    (
        "德永　結衣",
        "ﾄｸﾅｶﾞ ﾕｲ",
        (2019, 5, 1),
        Sex::Female,
        "ハイツオランダ坂Ⅱ　１０２",
    ),
    ("𠮷田　一郎", "ﾖｼﾀﾞ ｲﾁﾛｳ", (1963, 7, 20), Sex::Male, ""),
    ("𠮷村　さくら", "ﾖｼﾑﾗ ｻｸﾗ", (1994, 4, 2), Sex::Female, ""),
    ("辻\u{E0100}　茂", "ﾂｼﾞ ｼｹﾞﾙ", (1951, 9, 3), Sex::Male, ""),
];

/// The residents of a city with this seed.
pub fn residents(seed: u64) -> Vec<Resident> {
    let mut dice = Dice(seed);
    let special = SPECIAL
        .iter()
        .zip(INSIDE.iter().cycle())
        .map(|(person, town)| by_hand(person, town));
    let mut people: Vec<Resident> = special.collect();
    while people.len() < COUNT {
        people.push(by_chance(&mut dice));
    }
    people
}

fn by_hand(&(name, kana, (year, month, day), sex, building): &Special, town: &Town) -> Resident {
    Resident {
        name: name.to_owned(),
        kana: kana.to_owned(),
        birth: NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default(),
        sex,
        postal: town.postal_text(),
        address: town.address.to_owned(),
        building: building.to_owned(),
    }
}

fn by_chance(dice: &mut Dice) -> Resident {
    let (sex, given): (Sex, &[Name]) = if dice.below(2) == 0 {
        (Sex::Female, WOMEN)
    } else {
        (Sex::Male, MEN)
    };
    let (family, family_kana) = dice.pick(FAMILY);
    let (given, given_kana) = dice.pick(given);
    let town = if dice.below(10) == 0 {
        dice.pick(OUTSIDE)
    } else {
        dice.pick(INSIDE)
    };
    // From 1 January 1930 to the end of 2024.
    let first = NaiveDate::from_ymd_opt(1930, 1, 1).unwrap_or_default();
    Resident {
        name: format!("{family}　{given}"),
        kana: format!("{family_kana} {given_kana}"),
        birth: first.checked_add_days(Days::new(dice.below(34_698))).unwrap_or(first),
        sex,
        postal: town.postal_text(),
        address: town.address.to_owned(),
        building: dice.pick(BUILDINGS).to_owned(),
    }
}

/// SplitMix64: small, and the same on every machine for ever, which the committed samples need.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// One of a list; the lists are constants and never empty.
    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let index = self.below(list.len() as u64) as usize;
        list[index]
    }
}

/// A Japanese era, as far as birthdays need it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Era {
    pub(super) name: &'static str,
    pub(super) letter: char,
    /// The era in one character (㍼); 令和 has one too, but not in CP932.
    pub(super) square: Option<char>,
    first: (i32, u32, u32),
}

const fn era(name: &'static str, letter: char, square: Option<char>, first: (i32, u32, u32)) -> Era {
    Era {
        name,
        letter,
        square,
        first,
    }
}

/// The eras since 1868 with their first days (元号法 and the government ordinances that change the era).
pub(super) const ERAS: [Era; 5] = [
    era("明治", 'M', Some('㍾'), (1868, 10, 23)),
    era("大正", 'T', Some('㍽'), (1912, 7, 30)),
    era("昭和", 'S', Some('㍼'), (1926, 12, 25)),
    era("平成", 'H', Some('㍻'), (1989, 1, 8)),
    era("令和", 'R', None, (2019, 5, 1)),
];

/// The era of a day and the year in it; days before 明治 count as 明治.
pub(super) fn wareki(date: NaiveDate) -> (&'static Era, i32) {
    let day = (date.year(), date.month(), date.day());
    let era = ERAS.iter().rev().find(|era| era.first <= day).unwrap_or(&ERAS[0]);
    (era, date.year() - era.first.0 + 1)
}

/// `令和8年11月23日`, with 元年 for the first year.
pub(super) fn wareki_text(date: NaiveDate) -> String {
    let (era, year) = wareki(date);
    let year = if year == 1 { "元".to_owned() } else { year.to_string() };
    format!("{}{year}年{}月{}日", era.name, date.month(), date.day())
}

/// The day that era, year, month and day name, if there is one in that era.
pub(super) fn from_wareki(name: &str, year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let era = ERAS.iter().find(|era| era.name == name)?;
    let date = NaiveDate::from_ymd_opt(era.first.0.checked_add(year)?.checked_sub(1)?, month, day)?;
    (wareki(date) == (era, year)).then_some(date)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::super::{SEED, towns};
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_people_and_another_seed_others() {
        assert_eq!(residents(SEED), residents(SEED));
        assert_ne!(residents(SEED), residents(SEED + 1));
        assert_eq!(residents(SEED).len(), COUNT);
    }

    #[test]
    fn all_but_the_three_marked_fit_into_cp932() {
        let strange: Vec<String> = residents(SEED)
            .into_iter()
            .filter(|r| !r.fits_cp932())
            .map(|r| r.name)
            .collect();
        assert_eq!(strange, ["𠮷田　一郎", "𠮷村　さくら", "辻\u{E0100}　茂"]);
        assert!(residents(SEED).iter().all(|r| cp932::fits(&r.kana)));
    }

    #[test]
    fn a_resident_is_known_by_name_and_birthday_though_names_repeat() {
        let people = residents(SEED);
        let identities: HashSet<(&str, NaiveDate)> = people.iter().map(|r| (r.name.as_str(), r.birth)).collect();
        assert_eq!(identities.len(), people.len());
        let mut names: HashMap<&str, usize> = HashMap::new();
        people.iter().for_each(|r| *names.entry(&r.name).or_default() += 1);
        assert!(names["佐藤　健一"] >= 2 && names["田中　美咲"] >= 2);
    }

    #[test]
    fn every_era_and_both_sides_of_the_city_border_are_there() {
        let people = residents(SEED);
        for era in &ERAS {
            assert!(people.iter().any(|r| wareki(r.birth).0 == era), "{}", era.name);
        }
        let outside = people.iter().filter(|r| !r.address.contains("長崎市")).count();
        assert!((20..100).contains(&outside), "{outside}");
        assert!(
            people
                .iter()
                .all(|r| towns::find(&r.postal).is_some_and(|town| town.address == r.address))
        );
    }

    #[test]
    fn eras_change_on_their_first_day() {
        let cases = [
            (day(1912, 7, 29), ("明治", 45)),
            (day(1912, 7, 30), ("大正", 1)),
            (day(1926, 12, 24), ("大正", 15)),
            (day(1926, 12, 25), ("昭和", 1)),
            (day(1989, 1, 7), ("昭和", 64)),
            (day(1989, 1, 8), ("平成", 1)),
            (day(2019, 4, 30), ("平成", 31)),
            (day(2019, 5, 1), ("令和", 1)),
            (day(2026, 11, 23), ("令和", 8)),
        ];
        for (date, expected) in cases {
            let (era, year) = wareki(date);
            assert_eq!((era.name, year), expected, "{date}");
            assert_eq!(from_wareki(era.name, year, date.month(), date.day()), Some(date));
        }
        assert_eq!(wareki_text(day(2019, 5, 1)), "令和元年5月1日");
    }

    #[test]
    fn days_that_an_era_does_not_have_are_refused() {
        for (name, year, month, day) in [
            ("平成", 31, 5, 1),
            ("昭和", 64, 1, 8),
            ("昭和", 50, 2, 30),
            ("令和", 0, 5, 1),
            ("明治", i32::MAX, 1, 1),
            ("令和", i32::MIN, 1, 1),
            ("慶応", 3, 1, 1),
        ] {
            assert_eq!(from_wareki(name, year, month, day), None, "{name}{year}.{month}.{day}");
        }
    }
}
