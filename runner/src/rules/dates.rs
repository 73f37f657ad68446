//! Dates read in every shape that offices use.

use chrono::NaiveDate;

use super::era::{DateError, DatePart, Era, EraDate};
use super::numerals::{is_numeral, parse_numeral};
use super::width::{fold_hyphens, to_halfwidth_ascii};

/// A smaller year is a slip (0026-11-23) or a filler (0000), never a date in an office.
const FIRST_PLAUSIBLE_YEAR: u32 = 1000;

/// A date that was read, and what is odd about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedDate {
    /// The day.
    pub date: NaiveDate,
    /// Something that a person may want to know; the date is meant all the same.
    pub warning: Option<DateWarning>,
}

/// What is odd about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateWarning {
    /// The era had already ended on that day (平成31年5月1日): usual on papers printed ahead of a change.
    EraEnded {
        /// The parts as they were written.
        written: EraDate,
    },
}

/// Reads a date: `令和8年11月23日`, `令和元年5月1日`, `R8.11.23`, `R08/11/23`, `㋿8.11.23`, `令8.11.23`, `5081123`,
/// `2026-11-23`, `2026/11/23`, `2026年11月23日`, `20261123`; all also full-width, with 漢数字, with blanks
/// between the parts, and with 生 after a day of birth. `hint` is the era of a year that is written without one, as in a bank's `081123`.
///
/// # Errors
/// [`DateError`]: what was found where, or which part does not exist.
pub fn parse_date(text: &str, hint: Option<Era>) -> Result<ParsedDate, DateError> {
    let folded = to_halfwidth_ascii(&fold_hyphens(text));
    let chars = without_blanks(&folded);
    if chars.is_empty() {
        return Err(DateError::Empty);
    }
    let mut cursor = Cursor {
        rest: &chars,
        original: text,
    };
    let prefix = cursor.prefix();
    let digits: Option<Vec<u32>> = cursor.rest.iter().map(|(_, c)| c.to_digit(10)).collect();
    match digits {
        Some(digits) if !digits.is_empty() => compact(&digits, prefix, hint),
        _ => separated(cursor, prefix, hint),
    }
}

/// What stands before the year.
#[derive(Clone, Copy)]
enum Prefix {
    None,
    /// 西暦
    Common,
    Era(Era),
}

impl Prefix {
    fn era(self, hint: Option<Era>) -> Option<Era> {
        match self {
            Self::None => hint,
            Self::Common => None,
            Self::Era(era) => Some(era),
        }
    }
}

/// Characters with their places, without the blanks. A blank between two digits stays: leaving it out would join numbers.
fn without_blanks(text: &str) -> Vec<(usize, char)> {
    let mut kept: Vec<(usize, char)> = Vec::new();
    let mut blank = None;
    for (position, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            blank = blank.or(Some((position, c)));
            continue;
        }
        let would_join = c.is_ascii_digit() && kept.last().is_some_and(|(_, last)| last.is_ascii_digit());
        kept.extend(blank.take().filter(|_| would_join));
        kept.push((position, c));
    }
    kept
}

/// Dates in digits alone.
fn compact(digits: &[u32], prefix: Prefix, hint: Option<Era>) -> Result<ParsedDate, DateError> {
    let number = |part: &[u32]| part.iter().fold(0, |sum, digit| sum * 10 + digit);
    match (prefix, digits) {
        (Prefix::None | Prefix::Common, [year @ .., m1, m2, d1, d2]) if year.len() == 4 => {
            resolve(None, number(year), number(&[*m1, *m2]), number(&[*d1, *d2]))
        }
        (Prefix::None, [code, y1, y2, m1, m2, d1, d2]) => {
            let year = number(&[*y1, *y2]);
            let era = Era::ALL
                .into_iter()
                .find(|era| era.code() == *code)
                .ok_or(DateError::EraMissing { year })?;
            resolve(Some(era), year, number(&[*m1, *m2]), number(&[*d1, *d2]))
        }
        (Prefix::None | Prefix::Era(_), [y1, y2, m1, m2, d1, d2]) => {
            let year = number(&[*y1, *y2]);
            let era = prefix.era(hint).ok_or(DateError::EraMissing { year })?;
            resolve(Some(era), year, number(&[*m1, *m2]), number(&[*d1, *d2]))
        }
        _ => Err(DateError::Digits { digits: digits.len() }),
    }
}

/// Dates whose parts are parted by 年月日 or by one and the same sign.
fn separated(mut cursor: Cursor<'_>, prefix: Prefix, hint: Option<Era>) -> Result<ParsedDate, DateError> {
    let era = prefix.era(hint);
    let (year, common) = if era.is_some() && cursor.eat('元') {
        (1, false)
    } else {
        let year = cursor.number(DatePart::Year)?;
        (year.value, year.digits == 4 && !matches!(prefix, Prefix::Era(_)))
    };
    if matches!(prefix, Prefix::None) && cursor.is_at('月') {
        return Err(DateError::YearMissing);
    }
    let separator = cursor.separator()?;
    let month = cursor.number(DatePart::Month)?;
    if matches!(prefix, Prefix::None) && separator == '/' && cursor.rest.is_empty() {
        return Err(DateError::YearMissing);
    }
    cursor.expect(if separator == '年' { '月' } else { separator }, DatePart::Month)?;
    let day = cursor.number(DatePart::Day)?;
    if separator == '年' {
        cursor.expect('日', DatePart::Day)?;
        let _ = cursor.eat_word("生まれ") || cursor.eat('生');
    }
    cursor.end()?;
    match era {
        _ if common => resolve(None, year, month.value, day.value),
        Some(era) => resolve(Some(era), year, month.value, day.value),
        None => Err(DateError::EraMissing { year }),
    }
}

fn resolve(era: Option<Era>, year: u32, month: u32, day: u32) -> Result<ParsedDate, DateError> {
    if let Some(era) = era {
        let written = EraDate { era, year, month, day };
        let (date, ended) = written.to_date()?;
        return Ok(ParsedDate {
            date,
            warning: ended.then_some(DateWarning::EraEnded { written }),
        });
    }
    let plausible = Some(year).filter(|year| *year >= FIRST_PLAUSIBLE_YEAR);
    let year = plausible
        .and_then(|year| i32::try_from(year).ok())
        .ok_or(DateError::EraMissing { year })?;
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay { year, month, day })?;
    Ok(ParsedDate { date, warning: None })
}

struct Number {
    value: u32,
    digits: usize,
}

struct Cursor<'a> {
    rest: &'a [(usize, char)],
    /// The text before folding, for messages; folding keeps positions.
    original: &'a str,
}

impl Cursor<'_> {
    fn is_at(&self, wanted: char) -> bool {
        self.rest.first().is_some_and(|(_, first)| *first == wanted)
    }

    fn eat(&mut self, wanted: char) -> bool {
        match self.rest {
            [(_, first), rest @ ..] if *first == wanted => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let length = word.chars().count();
        let Some((start, rest)) = self.rest.split_at_checked(length) else {
            return false;
        };
        let found = start.iter().map(|(_, c)| *c).eq(word.chars());
        if found {
            self.rest = rest;
        }
        found
    }

    fn prefix(&mut self) -> Prefix {
        if self.eat_word("西暦") {
            return Prefix::Common;
        }
        let letters = |cursor: &mut Self, era: Era| {
            let signs = [
                era.letter(),
                era.letter().to_ascii_lowercase(),
                era.ligature(),
                era.initial(),
            ];
            signs.into_iter().any(|sign| cursor.eat(sign))
        };
        Era::ALL
            .into_iter()
            .find(|era| self.eat_word(era.name()) || letters(self, *era))
            .map_or(Prefix::None, Prefix::Era)
    }

    fn number(&mut self, part: DatePart) -> Result<Number, DateError> {
        let most = if part == DatePart::Year { 4 } else { 2 };
        let is_ascii = self.rest.first().is_some_and(|(_, c)| c.is_ascii_digit());
        let belongs = |c: char| {
            if is_ascii {
                c.is_ascii_digit()
            } else {
                is_numeral(c) && !c.is_ascii_digit()
            }
        };
        let length = self.rest.iter().take_while(|(_, c)| belongs(*c)).count();
        let (taken, rest) = self.rest.split_at(length);
        if taken.is_empty() {
            return Err(self.unexpected(part));
        }
        if is_ascii && length > most {
            return Err(DateError::Digits { digits: length });
        }
        let word: String = taken.iter().map(|(_, c)| *c).collect();
        let value = parse_numeral(&word).ok().and_then(|value| u32::try_from(value).ok());
        let value = value
            .filter(|value| *value <= 9999)
            .ok_or_else(|| self.unexpected(part))?;
        self.rest = rest;
        // 漢数字 also come as 二千二十六: there the value tells a year of four digits.
        let digits = if is_ascii { length } else { value.to_string().len() };
        Ok(Number { value, digits })
    }

    fn separator(&mut self) -> Result<char, DateError> {
        match self.rest {
            [(_, c @ ('年' | '-' | '/' | '.' | '・' | '･')), rest @ ..] => {
                self.rest = rest;
                Ok(*c)
            }
            _ => Err(self.unexpected(DatePart::Year)),
        }
    }

    fn expect(&mut self, wanted: char, part: DatePart) -> Result<(), DateError> {
        if self.eat(wanted) {
            Ok(())
        } else {
            Err(self.unexpected(part))
        }
    }

    fn end(&self) -> Result<(), DateError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.unexpected(DatePart::Day))
        }
    }

    fn unexpected(&self, part: DatePart) -> DateError {
        match self.rest {
            [(position, c), ..] => DateError::Unexpected {
                found: self.original.chars().nth(*position).unwrap_or(*c),
                position: *position,
                wanted: part,
            },
            [] => DateError::Incomplete { missing: part },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::date_format::format_date;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(text: &str) -> Result<String, DateError> {
        parse_date(text, None).map(|parsed| parsed.date.to_string())
    }

    #[test]
    fn one_day_in_all_its_shapes() {
        for text in [
            "令和8年11月23日",
            "令和８年１１月２３日",
            "令和 8年 11月 23日",
            "　令和８年　１１月２３日 ",
            "令和八年十一月二十三日",
            "二〇二六年十一月二十三日",
            "R8.11.23",
            "r8.11.23",
            "Ｒ８．１１．２３",
            "R08/11/23",
            "R8-11-23",
            "R081123",
            "㋿8.11.23",
            "㋿08年11月23日",
            "令8.11.23",
            "令 ８・１１・２３",
            "令和8・11・23",
            "令081123",
            "令和8年11月23日生",
            "令和８年１１月２３日 生まれ",
            "5081123",
            "2026-11-23",
            "2026−11−23",
            "2026/11/23",
            "２０２６／１１／２３",
            "2026.11.23",
            "20261123",
            "2026年11月23日",
            "西暦2026年11月23日",
        ] {
            let parsed = parse_date(text, None);
            assert_eq!(
                parsed,
                Ok(ParsedDate {
                    date: day("2026-11-23"),
                    warning: None
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn other_eras_and_first_years() {
        for (text, want) in [
            ("令和元年5月1日", "2019-05-01"),
            ("令和1年5月1日", "2019-05-01"),
            ("㍻31.4.30", "2019-04-30"),
            ("昭和64.1.7", "1989-01-07"),
            ("昭51.3.4", "1976-03-04"),
            ("昭５１・３・４", "1976-03-04"),
            ("昭和51年3月4日生", "1976-03-04"),
            ("平元.1.8", "1989-01-08"),
            ("大15/12/25", "1926-12-25"),
            ("明45.7.30", "1912-07-30"),
            ("㍼元.12.25", "1926-12-25"),
            ("3640107", "1989-01-07"),
            ("大正15.12.25", "1926-12-25"),
            ("㍽1.7.30", "1912-07-30"),
            ("明治45.7.30", "1912-07-30"),
            ("㍾6.1.1", "1873-01-01"),
            ("1060101", "1873-01-01"),
            ("R2.2.29", "2020-02-29"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(want), "{text}");
        }
    }

    #[test]
    fn an_ended_era_is_a_warning() {
        let parsed = parse_date("平成31.5.1", None).unwrap();
        assert_eq!(parsed.date, day("2019-05-01"));
        let written = EraDate {
            era: Era::Heisei,
            year: 31,
            month: 5,
            day: 1,
        };
        assert_eq!(parsed.warning, Some(DateWarning::EraEnded { written }));
    }

    #[test]
    fn a_hint_gives_the_era() {
        for text in ["081123", "8.11.23", "8年11月23日", "2026-11-23", "5081123", "R8.11.23"] {
            assert_eq!(
                parse_date(text, Some(Era::Reiwa)).unwrap().date,
                day("2026-11-23"),
                "{text}"
            );
        }
        for text in ["081123", "8.11.23", "8/11/23"] {
            assert_eq!(read(text), Err(DateError::EraMissing { year: 8 }), "{text}");
        }
    }

    #[test]
    fn refuses_and_says_what() {
        use DateError::*;
        use DatePart::*;
        for (text, want) in [
            ("", Empty),
            ("　", Empty),
            (
                "未定",
                Unexpected {
                    found: '未',
                    position: 0,
                    wanted: Year,
                },
            ),
            ("令和", Incomplete { missing: Year }),
            ("12月1日", YearMissing),
            ("１２月１日", YearMissing),
            ("十二月一日", YearMissing),
            ("12/1", YearMissing),
            (
                "令和12月1日",
                Unexpected {
                    found: '月',
                    position: 4,
                    wanted: Year,
                },
            ),
            (
                "明日",
                Unexpected {
                    found: '日',
                    position: 1,
                    wanted: Year,
                },
            ),
            (
                "昭和51.3.4生",
                Unexpected {
                    found: '生',
                    position: 8,
                    wanted: Day,
                },
            ),
            ("令和8年", Incomplete { missing: Month }),
            ("令和8年11月23", Incomplete { missing: Day }),
            (
                "令和8年１１月２３日頃",
                Unexpected {
                    found: '頃',
                    position: 10,
                    wanted: Day,
                },
            ),
            (
                "令和8年度",
                Unexpected {
                    found: '度',
                    position: 4,
                    wanted: Month,
                },
            ),
            (
                "2026/11-23",
                Unexpected {
                    found: '-',
                    position: 7,
                    wanted: Month,
                },
            ),
            (
                "2026 11 23",
                Unexpected {
                    found: ' ',
                    position: 4,
                    wanted: Year,
                },
            ),
            (
                "２０２６／１１／２Ｏ",
                Unexpected {
                    found: 'Ｏ',
                    position: 9,
                    wanted: Day,
                },
            ),
            (
                "元年5月1日",
                Unexpected {
                    found: '元',
                    position: 0,
                    wanted: Year,
                },
            ),
            ("2026/11/230", Digits { digits: 3 }),
            ("202611", EraMissing { year: 20 }),
            ("12", Digits { digits: 2 }),
            ("9081123", EraMissing { year: 8 }),
            ("202/1/1", EraMissing { year: 202 }),
            ("0026-11-23", EraMissing { year: 26 }),
            ("00001123", EraMissing { year: 0 }),
            (
                "令和2026年1月1日",
                EraYear {
                    era: Era::Reiwa,
                    year: 2026,
                },
            ),
            (
                "R0.1.1",
                EraYear {
                    era: Era::Reiwa,
                    year: 0,
                },
            ),
            (
                "令和1年4月30日",
                BeforeEra {
                    era: Era::Reiwa,
                    date: day("2019-04-30"),
                },
            ),
            ("明治5.12.1", OldCalendar),
            (
                "2026-02-29",
                NoSuchDay {
                    year: 2026,
                    month: 2,
                    day: 29,
                },
            ),
            (
                "令和8年13月1日",
                NoSuchDay {
                    year: 2026,
                    month: 13,
                    day: 1,
                },
            ),
            (
                "2026/00/10",
                NoSuchDay {
                    year: 2026,
                    month: 0,
                    day: 10,
                },
            ),
        ] {
            assert_eq!(parse_date(text, None), Err(want), "{text}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back(offset in 0u64..82_910) {
            // 1873-01-01 to 2099-12-31.
            let date = day("1873-01-01") + chrono::Days::new(offset);
            for pattern in ["和暦", "和暦短", "%Y%m%d", "%Y-%m-%d", "%Y/%-m/%-d", "%Y年%-m月%-d日"] {
                let text = format_date(date, pattern).unwrap();
                prop_assert_eq!(parse_date(&text, None), Ok(ParsedDate { date, warning: None }), "{}", text);
            }
        }

        #[test]
        fn any_text_is_answered(text in ".*", number in "[0-9RＨ〇十年月日/.-]*") {
            let _ = parse_date(&text, Some(Era::Reiwa));
            let _ = parse_date(&number, None);
        }
    }
}
