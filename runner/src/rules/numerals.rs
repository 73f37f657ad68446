//! Numbers in 漢数字, 大字 and digits, also mixed (三万5千, 二〇二六, 壱万弐千).

use super::width::digit;

/// Why a text is no numeral.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumeralError {
    /// No character that counts.
    #[error("no numeral")]
    Empty,
    /// A character that belongs to no numeral, or a unit with nothing to count.
    #[error("unexpected {found:?} at {position}")]
    Unexpected {
        /// The character.
        found: char,
        /// Where it stands, in characters from 0.
        position: usize,
    },
    /// A part as large as, or larger than, the part before it (百千, 1億12345万).
    #[error("part too large after a unit, at {position}")]
    UnitOrder {
        /// Where the part ends, in characters from 0.
        position: usize,
    },
    /// More than fits into 64 bits.
    #[error("number too large")]
    TooLarge,
}

enum Sign {
    Digit(u64),
    /// 十百千: counts within four places.
    Unit(u64),
    /// 万億兆: closes four places.
    Myriad(u64),
}

fn sign(c: char) -> Option<Sign> {
    if let Some(value) = digit(c) {
        return Some(Sign::Digit(u64::from(value)));
    }
    Some(match c {
        '〇' | '零' => Sign::Digit(0),
        '一' | '壱' | '壹' => Sign::Digit(1),
        '二' | '弐' | '貳' => Sign::Digit(2),
        '三' | '参' | '參' => Sign::Digit(3),
        '四' | '肆' => Sign::Digit(4),
        '五' | '伍' => Sign::Digit(5),
        '六' | '陸' => Sign::Digit(6),
        '七' | '漆' => Sign::Digit(7),
        '八' | '捌' => Sign::Digit(8),
        '九' | '玖' => Sign::Digit(9),
        '十' | '拾' => Sign::Unit(10),
        '百' | '佰' | '陌' => Sign::Unit(100),
        '千' | '仟' | '阡' => Sign::Unit(1000),
        '万' | '萬' => Sign::Myriad(10_000),
        '億' => Sign::Myriad(100_000_000),
        '兆' => Sign::Myriad(1_000_000_000_000),
        _ => return None,
    })
}

/// Whether the character can stand in a numeral: a digit of either width, 漢数字, 大字 or one of their units.
pub fn is_numeral(c: char) -> bool {
    sign(c).is_some()
}

/// Reads a whole text as one number.
///
/// # Errors
/// [`NumeralError`], with the first character that does not belong.
pub fn parse_numeral(text: &str) -> Result<u64, NumeralError> {
    parse_positioned(text.chars().enumerate())
}

/// The number under construction: what is closed by 万 or more, the open four places, the open digits.
#[derive(Default)]
struct Sum {
    closed: u64,
    section: u64,
    digits: Option<u64>,
    last_unit: Option<u64>,
    last_myriad: Option<u64>,
}

/// [`parse_numeral`] for characters that carry their place in a longer text.
pub(super) fn parse_positioned(chars: impl IntoIterator<Item = (usize, char)>) -> Result<u64, NumeralError> {
    let mut sum = Sum::default();
    let mut last = None;
    for (position, found) in chars {
        last = Some(position);
        match sign(found).ok_or(NumeralError::Unexpected { found, position })? {
            Sign::Digit(value) => sum.push_digit(value)?,
            Sign::Unit(unit) => {
                if sum.digits == Some(0) {
                    return Err(NumeralError::Unexpected { found, position });
                }
                let part = sum
                    .digits
                    .take()
                    .unwrap_or(1)
                    .checked_mul(unit)
                    .ok_or(NumeralError::TooLarge)?;
                sum.add_to_section(part, position)?;
                sum.last_unit = Some(unit);
            }
            Sign::Myriad(unit) => {
                sum.close_digits(position)?;
                if sum.section == 0 {
                    return Err(NumeralError::Unexpected { found, position });
                }
                let part = sum.section.checked_mul(unit).ok_or(NumeralError::TooLarge)?;
                sum.section = 0;
                sum.close(part, position)?;
                sum.last_unit = None;
                sum.last_myriad = Some(unit);
            }
        }
    }
    let end = last.ok_or(NumeralError::Empty)?;
    sum.close_digits(end)?;
    let rest = sum.section;
    sum.close(rest, end)?;
    Ok(sum.closed)
}

impl Sum {
    fn push_digit(&mut self, value: u64) -> Result<(), NumeralError> {
        let shifted = self
            .digits
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|digits| digits.checked_add(value));
        self.digits = Some(shifted.ok_or(NumeralError::TooLarge)?);
        Ok(())
    }

    fn close_digits(&mut self, position: usize) -> Result<(), NumeralError> {
        match self.digits.take() {
            Some(part) => self.add_to_section(part, position),
            None => Ok(()),
        }
    }

    fn add_to_section(&mut self, part: u64, position: usize) -> Result<(), NumeralError> {
        if self.last_unit.is_some_and(|unit| part >= unit) {
            return Err(NumeralError::UnitOrder { position });
        }
        self.section = self.section.checked_add(part).ok_or(NumeralError::TooLarge)?;
        Ok(())
    }

    fn close(&mut self, part: u64, position: usize) -> Result<(), NumeralError> {
        if self.last_myriad.is_some_and(|unit| part >= unit) {
            return Err(NumeralError::UnitOrder { position });
        }
        self.closed = self.closed.checked_add(part).ok_or(NumeralError::TooLarge)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_of_writing() {
        for (text, want) in [
            ("0", 0),
            ("１２", 12),
            ("十", 10),
            ("二十三", 23),
            ("百五", 105),
            ("千二百", 1200),
            ("二〇二六", 2026),
            ("三万5千", 35_000),
            ("1234百万", 1_234_000_000),
            ("12千", 12_000),
            ("壱億弐千参百万", 123_000_000),
        ] {
            assert_eq!(parse_numeral(text), Ok(want), "{text}");
        }
        assert_eq!(parse_numeral(""), Err(NumeralError::Empty));
    }

    #[test]
    fn refuses_what_has_no_single_reading() {
        use NumeralError::{TooLarge, Unexpected, UnitOrder};
        for (text, want) in [
            (
                "12a",
                Unexpected {
                    found: 'a',
                    position: 2,
                },
            ),
            (
                "万",
                Unexpected {
                    found: '万',
                    position: 0,
                },
            ),
            (
                "〇十",
                Unexpected {
                    found: '十',
                    position: 1,
                },
            ),
            ("百千", UnitOrder { position: 1 }),
            ("十十", UnitOrder { position: 1 }),
            ("百123", UnitOrder { position: 3 }),
            ("1億12345万", UnitOrder { position: 7 }),
            ("一万二億", UnitOrder { position: 3 }),
            ("99999999999999999999", TooLarge),
            ("99999999999999兆", TooLarge),
        ] {
            assert_eq!(parse_numeral(text), Err(want), "{text}");
        }
    }
}
