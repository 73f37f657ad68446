//! Sample files as offices write them: CP932, half-width kana, dates and amounts in every shape.

use chrono::{Datelike, NaiveDate};

use super::SEED;
use super::cp932;
use super::residents::{Resident, residents, wareki, wareki_text};

const HEADER: &str = "請求番号,氏名,カナ,生年月日,郵便番号,手数料,受付日";

/// How an office writes the fee of one copy.
const FEES: [&str; 5] = ["300", "３００円", "300円", "￥300", "３００"];

/// Too little for one copy.
const LOW_FEE: &str = "200";

/// Somebody whom no city knows.
const STRANGER: (&str, &str) = ("練習　不在", "ﾚﾝｼｭｳ ﾌｻﾞｲ");

/// Rows of [`requests_csv`] that must not get through.
pub const UNFIT: usize = 3;

/// Which rows of a day's requests get through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fates {
    /// The 請求番号 of those that the 受付システム accepts.
    pub fit: Vec<String>,
    /// The line of the one whose 手数料 is too low; the header is line 1.
    pub low: u64,
    /// The line of the one from outside 長崎市.
    pub far: u64,
    /// The line of the one whose name no resident has.
    pub unknown: u64,
}

/// What must become of each row of [`requests_csv`].
pub fn fates(date: NaiveDate, ok: usize) -> Fates {
    let count = ok + UNFIT;
    let unfit = unfit(count);
    let fit = (0..count).filter(|index| !unfit.contains(index));
    let [low, far, unknown] = unfit.map(|index| index as u64 + 2);
    Fates {
        fit: fit.map(|index| number(date, index)).collect(),
        low,
        far,
        unknown,
    }
}

/// Where the unfit rows stand: too little paid, from outside, unknown.
fn unfit(count: usize) -> [usize; UNFIT] {
    [count / 4, count / 2, count * 3 / 4]
}

/// The day stands in the number, so that the next day's requests are others.
fn number(date: NaiveDate, index: usize) -> String {
    format!("{:03}{}-{:04}", wareki(date).1, date.format("%m%d"), index + 1)
}

/// A day's requests by post, for a city with the seed [`SEED`]: `ok` rows that the 受付システム accepts and, spread among
/// them, [`UNFIT`] that must not get through: one with 手数料 200, one from outside 長崎市, one whose name no resident has.
pub fn requests_csv(date: NaiveDate, ok: usize) -> Vec<u8> {
    let people: Vec<Resident> = residents(SEED).into_iter().filter(Resident::fits_cp932).collect();
    let (here, away): (Vec<&Resident>, Vec<&Resident>) = people.iter().partition(|r| r.address.contains("長崎市"));
    let (mut here, mut away) = (here.into_iter().cycle(), away.into_iter().cycle());
    let count = ok + UNFIT;
    let [low, far, unknown] = unfit(count);
    let rows = (0..count).filter_map(|index| {
        let person = if index == far { away.next() } else { here.next() }?;
        let name = if index == unknown {
            STRANGER
        } else {
            (person.name.as_str(), person.kana.as_str())
        };
        let fee = if index == low { LOW_FEE } else { turn(&FEES, index) };
        Some(row(date, index, name, person, fee))
    });
    let text: String = std::iter::once(HEADER.to_owned())
        .chain(rows)
        .map(|line| line + "\r\n")
        .collect();
    cp932::encode(&text)
}

fn row(date: NaiveDate, index: usize, (name, kana): (&str, &str), person: &Resident, fee: &str) -> String {
    let number = number(date, index);
    let birth = birth_text(person.birth, index);
    let postal = match index % 3 {
        0 => person.postal.clone(),
        1 => person.postal.replace('-', ""),
        _ => wide(&person.postal),
    };
    let received = if index.is_multiple_of(2) {
        wareki_text(date)
    } else {
        date.format("%Y/%m/%d").to_string()
    };
    [&number, name, kana, &birth, &postal, fee, &received].join(",")
}

/// A birthday in one of the shapes that several hands in one office use.
fn birth_text(birth: NaiveDate, index: usize) -> String {
    let (era, year) = wareki(birth);
    let short = format!("{year}.{}.{}", birth.month(), birth.day());
    match (index % 4, era.square) {
        (0, _) => format!("{}{short}", era.letter),
        (1, _) => wareki_text(birth),
        (2, Some(square)) => format!("{square}{short}"),
        _ => wide(&wareki_text(birth)),
    }
}

/// ASCII digits and hyphens at full width.
fn wide(text: &str) -> String {
    let widen = |c: char| match c {
        '0'..='9' | '-' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().map(widen).collect()
}

fn turn<T: Copy>(list: &[T], index: usize) -> T {
    list[index % list.len()]
}

#[cfg(test)]
mod tests {
    use encoding_rs::SHIFT_JIS;

    use super::super::towns;
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn rows(ok: usize) -> Vec<Vec<String>> {
        let bytes = requests_csv(day(), ok);
        let (text, _, errors) = SHIFT_JIS.decode(&bytes);
        assert!(!errors);
        assert!(!text.contains('〓'), "all can be written in CP932");
        let mut lines = text.strip_suffix("\r\n").unwrap().split("\r\n");
        assert_eq!(lines.next(), Some(HEADER));
        lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    fn town(postal: &str) -> &'static str {
        let narrow = |c: char| match c {
            '０'..='９' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap(),
            other => other,
        };
        towns::find(&postal.chars().map(narrow).collect::<String>())
            .unwrap()
            .address
    }

    #[test]
    fn exactly_three_rows_must_not_get_through() {
        let names: Vec<String> = residents(SEED).into_iter().map(|r| r.name).collect();
        for ok in [0, 1, 2, 10, 600] {
            let rows = rows(ok);
            assert_eq!(rows.len(), ok + 3);
            let faults: Vec<usize> = rows
                .iter()
                .map(|row| {
                    let low = row[5] == LOW_FEE;
                    let far = !town(&row[4]).contains("長崎市");
                    let unknown = !names.contains(&row[1]);
                    usize::from(low) + usize::from(far) + usize::from(unknown)
                })
                .collect();
            assert_eq!(faults.iter().filter(|&&count| count == 1).count(), 3, "{ok}");
            assert!(faults.iter().all(|&count| count <= 1), "{ok}");
        }
    }

    #[test]
    fn fates_are_those_of_the_rows() {
        let (fates, rows) = (fates(day(), 5), rows(5));
        let line = |line: u64| &rows[usize::try_from(line).unwrap() - 2];
        assert_eq!(line(fates.low)[5], LOW_FEE);
        assert!(!town(&line(fates.far)[4]).contains("長崎市"));
        assert_eq!(line(fates.unknown)[1], STRANGER.0);
        let unfit = [fates.low, fates.far, fates.unknown].map(|unfit| line(unfit)[0].clone());
        let fit: Vec<&String> = rows
            .iter()
            .map(|row| &row[0])
            .filter(|number| !unfit.contains(number))
            .collect();
        assert_eq!(fit, fates.fit.iter().collect::<Vec<_>>());
    }

    #[test]
    fn numbers_are_unique_and_keep_their_leading_zeros() {
        let mut numbers: Vec<String> = rows(50).into_iter().map(|row| row[0].clone()).collect();
        assert_eq!(numbers[0], "0081123-0001");
        numbers.dedup();
        assert_eq!(numbers.len(), 53);
        let next_day = requests_csv(day() + chrono::Days::new(1), 1);
        assert!(SHIFT_JIS.decode(&next_day).0.contains("\r\n0081124-0001,"));
    }

    #[test]
    fn one_birthday_is_written_in_many_ways() {
        let birth = NaiveDate::from_ymd_opt(1976, 3, 4).unwrap();
        let shapes: Vec<String> = (0..4).map(|index| birth_text(birth, index)).collect();
        assert_eq!(shapes, ["S51.3.4", "昭和51年3月4日", "㍼51.3.4", "昭和５１年３月４日"]);
        let reiwa = NaiveDate::from_ymd_opt(2019, 5, 1).unwrap();
        assert_eq!(birth_text(reiwa, 2), "令和元年５月１日");
    }
}
