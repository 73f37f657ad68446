//! Amounts of money as offices write them.

use super::numerals::{NumeralError, is_numeral, parse_positioned};
use super::width::{halfwidth_ascii_char, is_hyphen};

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing that counts stands in the text.
    #[error("no amount")]
    Empty,
    /// A character that belongs to no amount, such as the letter O in `1,2OO円`.
    #[error("unexpected {found:?} at {position}")]
    Unexpected {
        /// The character as it was written.
        found: char,
        /// Where it stands, in characters from 0.
        position: usize,
    },
    /// A comma that does not part thousands: `1,23` may be a misread `1.23` or `1,230`.
    #[error("misplaced comma at {position}")]
    Grouping {
        /// Where the comma stands, in characters from 0.
        position: usize,
    },
    /// Units in an order that has no single reading (百千円).
    #[error("units out of order at {position}")]
    UnitOrder {
        /// Where the reading stopped, in characters from 0.
        position: usize,
    },
    /// Beyond ±9,223,372,036,854,775,807.
    #[error("amount too large")]
    TooLarge,
}

/// Reads an amount in yen: either width, commas, `¥ 円 千円 百万円`, 漢数字 and 大字 (`金壱万弐千円也`), with `- △ ▲` for minus.
///
/// # Errors
/// [`AmountError`], with the first character that does not belong. Decimals are refused: yen has none.
pub fn parse_amount(text: &str) -> Result<i64, AmountError> {
    let chars: Vec<(usize, char)> = text.chars().enumerate().collect();
    let (negative, body) = strip_prefix(&chars);
    let body = strip_suffix(body);
    if let Some(&(position, found)) = body.iter().find(|(_, c)| !is_numeral(*c) && !is_comma(*c)) {
        return Err(AmountError::Unexpected { found, position });
    }
    check_grouping(body)?;
    let digits = body.iter().copied().filter(|(_, c)| !is_comma(*c));
    let value = parse_positioned(digits).map_err(|error| match error {
        NumeralError::Empty => AmountError::Empty,
        NumeralError::Unexpected { found, position } => AmountError::Unexpected { found, position },
        NumeralError::UnitOrder { position } => AmountError::UnitOrder { position },
        NumeralError::TooLarge => AmountError::TooLarge,
    })?;
    let value = i64::try_from(value).map_err(|_| AmountError::TooLarge)?;
    Ok(if negative { -value } else { value })
}

fn is_comma(c: char) -> bool {
    halfwidth_ascii_char(c) == ','
}

/// Takes off blanks, one minus, one 金 and one yen sign, in any order.
fn strip_prefix(mut chars: &[(usize, char)]) -> (bool, &[(usize, char)]) {
    let (mut negative, mut title, mut yen) = (false, false, false);
    while let [(_, first), rest @ ..] = chars {
        match first {
            c if c.is_whitespace() => {}
            c if !negative && (is_hyphen(*c) || matches!(c, '△' | '▲')) => negative = true,
            '金' if !title => title = true,
            // CP932 has its yen sign at the place of the backslash.
            '¥' | '￥' | '\\' if !yen => yen = true,
            _ => break,
        }
        chars = rest;
    }
    (negative, chars)
}

/// Takes off 円, 也 and blanks at the end.
fn strip_suffix(mut chars: &[(usize, char)]) -> &[(usize, char)] {
    let (mut yen, mut end) = (false, false);
    while let [rest @ .., (_, last)] = chars {
        match last {
            c if c.is_whitespace() => {}
            '也' if !end && !yen => end = true,
            '円' | '圓' if !yen => yen = true,
            _ => break,
        }
        chars = rest;
    }
    chars
}

/// Commas must part the digits in threes from the right.
fn check_grouping(chars: &[(usize, char)]) -> Result<(), AmountError> {
    let mut comma = None;
    let mut digits = 0;
    for &(position, c) in chars {
        if is_comma(c) {
            let fits = if comma.is_some() {
                digits == 3
            } else {
                (1..=3).contains(&digits)
            };
            if !fits {
                return Err(AmountError::Grouping { position });
            }
            comma = Some(position);
            digits = 0;
        } else if halfwidth_ascii_char(c).is_ascii_digit() {
            digits += 1;
        } else {
            end_of_group(comma.take(), digits)?;
            digits = 0;
        }
    }
    end_of_group(comma, digits)
}

fn end_of_group(comma: Option<usize>, digits: u32) -> Result<(), AmountError> {
    match comma {
        Some(position) if digits != 3 => Err(AmountError::Grouping { position }),
        _ => Ok(()),
    }
}

/// Writes an amount with commas: `1,234`, `-1,234`.
pub fn format_amount(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    if amount < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_offices_write() {
        for (text, want) in [
            ("300", 300),
            ("0300", 300),
            ("１，２００円", 1200),
            ("¥1,234", 1234),
            ("￥　１，２３４", 1234),
            (r"\300", 300),
            (" 1,234,567 円 ", 1_234_567),
            ("1,234千円", 1_234_000),
            ("12百万円", 12_000_000),
            ("3万5千円", 35_000),
            ("△1,200", -1200),
            ("▲¥1,200円", -1200),
            ("¥-1,200", -1200),
            ("−500", -500),
            ("金壱万弐千参百円也", 12_300),
            ("拾万円", 100_000),
            ("0", 0),
        ] {
            assert_eq!(parse_amount(text), Ok(want), "{text}");
        }
    }

    #[test]
    fn refuses_and_says_where() {
        use AmountError::{Empty, Grouping, TooLarge, Unexpected, UnitOrder};
        for (text, want) in [
            ("", Empty),
            ("　", Empty),
            ("円", Empty),
            (
                "1,2OO円",
                Unexpected {
                    found: 'O',
                    position: 3,
                },
            ),
            (
                "１，２Ｏ０円",
                Unexpected {
                    found: 'Ｏ',
                    position: 3,
                },
            ),
            (
                "12.5",
                Unexpected {
                    found: '.',
                    position: 2,
                },
            ),
            (
                "1 200",
                Unexpected {
                    found: ' ',
                    position: 1,
                },
            ),
            (
                "--5",
                Unexpected {
                    found: '-',
                    position: 1,
                },
            ),
            (
                "5-",
                Unexpected {
                    found: '-',
                    position: 1,
                },
            ),
            (
                "5円円",
                Unexpected {
                    found: '円',
                    position: 1,
                },
            ),
            (
                "5也円",
                Unexpected {
                    found: '也',
                    position: 1,
                },
            ),
            ("1,23", Grouping { position: 1 }),
            ("1234,567", Grouping { position: 4 }),
            (",123", Grouping { position: 0 }),
            ("1,,234", Grouping { position: 2 }),
            ("1,23万", Grouping { position: 1 }),
            ("百千円", UnitOrder { position: 1 }),
            ("9223372036854775808", TooLarge),
        ] {
            assert_eq!(parse_amount(text), Err(want), "{text}");
        }
    }

    #[test]
    fn writes_commas() {
        assert_eq!(format_amount(0), "0");
        assert_eq!(format_amount(999), "999");
        assert_eq!(format_amount(1234), "1,234");
        assert_eq!(format_amount(-1_234_567), "-1,234,567");
        assert_eq!(format_amount(i64::MIN), "-9,223,372,036,854,775,808");
    }

    proptest! {
        #[test]
        fn there_and_back(amount in (i64::MIN + 1)..=i64::MAX) {
            prop_assert_eq!(parse_amount(&format_amount(amount)), Ok(amount));
        }

        #[test]
        fn any_text_is_answered(text in ".*") {
            let _ = parse_amount(&text);
        }
    }
}
