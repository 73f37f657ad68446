//! Numbers with check digits, and where a 個人番号 hides in a text.
//!
//! Writing, printing or copying a 個人番号 counts as collecting it, so errors here never carry any part of a number.

use std::ops::Range;

use super::width::{digit, is_hyphen, to_halfwidth_ascii};

/// Why a text is no number of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// A character that is neither digit nor separator.
    #[error("unexpected {found:?} at {position}")]
    Unexpected {
        /// The character.
        found: char,
        /// Where it stands, in characters from 0.
        position: usize,
    },
    /// Too few or too many digits.
    #[error("{found} digits, not {wanted}")]
    Length {
        /// How many digits such a number has.
        wanted: usize,
        /// How many were found.
        found: usize,
    },
    /// A 登録番号 that does not begin with T.
    #[error("no T at the beginning")]
    NoLetter,
    /// The check digit does not fit: a digit is wrong, or two are swapped.
    #[error("wrong check digit")]
    CheckDigit,
}

/// Checks a 個人番号 (12 digits, either width, hyphens and blanks allowed; 行政手続における特定の個人を識別するための番号の
/// 利用等に関する法律施行令8条 and its ministry order).
///
/// # Errors
/// [`NumberError`].
pub fn check_my_number(text: &str) -> Result<(), NumberError> {
    passed(is_my_number(&digits::<12>(text)?))
}

/// Checks a 法人番号 (13 digits, the first is the check digit; 法人番号の指定等に関する省令2条). By its rule 0 and 9 cannot be
/// told apart.
///
/// # Errors
/// [`NumberError`].
pub fn check_corporate_number(text: &str) -> Result<(), NumberError> {
    let [check, base @ ..] = digits::<13>(text)?;
    let sum: u32 = base
        .iter()
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    passed(check == 9 - sum % 9)
}

/// Checks a 登録番号 of the invoice system: T and 13 digits. For a company they are its 法人番号; a person's have the same
/// shape and check digit.
///
/// # Errors
/// [`NumberError`].
pub fn check_invoice_number(text: &str) -> Result<(), NumberError> {
    let text = to_halfwidth_ascii(text);
    let number = text
        .trim_start()
        .strip_prefix(['T', 't'])
        .ok_or(NumberError::NoLetter)?;
    // Positions count in the whole text.
    let skipped = text.chars().count() - number.chars().count();
    check_corporate_number(number).map_err(|error| match error {
        NumberError::Unexpected { found, position } => NumberError::Unexpected {
            found,
            position: position + skipped,
        },
        other => other,
    })
}

/// Checks a 全国地方公共団体コード with its check digit (6 digits, JIS X 0401 and 0402).
///
/// # Errors
/// [`NumberError`].
pub fn check_municipality_code(text: &str) -> Result<(), NumberError> {
    let [a, b, c, d, e, check] = digits::<6>(text)?;
    let sum = a * 6 + b * 5 + c * 4 + d * 3 + e * 2;
    let rest = if sum < 11 { sum } else { sum % 11 };
    passed(check == (11 - rest) % 10)
}

/// Whether two telephone numbers have the same digits, hyphens and other signs aside. Texts without digits are no numbers
/// and never the same.
pub fn same_phone(a: &str, b: &str) -> bool {
    a.chars().any(|c| digit(c).is_some()) && a.chars().filter_map(digit).eq(b.chars().filter_map(digit))
}

fn passed(fits: bool) -> Result<(), NumberError> {
    if fits { Ok(()) } else { Err(NumberError::CheckDigit) }
}

fn digits<const N: usize>(text: &str) -> Result<[u32; N], NumberError> {
    let mut found = Vec::with_capacity(N);
    for (position, c) in text.chars().enumerate() {
        match digit(c) {
            Some(value) => found.push(value),
            None if is_separator(c) => {}
            None => return Err(NumberError::Unexpected { found: c, position }),
        }
    }
    let length = found.len();
    found.try_into().map_err(|_| NumberError::Length {
        wanted: N,
        found: length,
    })
}

fn is_separator(c: char) -> bool {
    is_hyphen(c) || c.is_whitespace() || matches!(c, 'ー' | 'ｰ')
}

/// Weights from the left of the first eleven digits; the rest of the sum by 11 gives the twelfth.
fn is_my_number(digits: &[u32; 12]) -> bool {
    const WEIGHTS: [u32; 11] = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let [base @ .., check] = digits;
    let rest = base
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum::<u32>()
        % 11;
    *check == if rest <= 1 { 0 } else { 11 - rest }
}

/// What stands in place of a 個人番号: nothing of it, not even its last digits.
pub const MASK: &str = "************";

/// The text with each number of [`find_my_numbers`] replaced by [`MASK`].
pub fn mask_my_numbers(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for range in find_my_numbers(text) {
        masked.push_str(text.get(end..range.start).unwrap_or_default());
        masked.push_str(MASK);
        end = range.end;
    }
    masked.push_str(text.get(end..).unwrap_or_default());
    masked
}

/// Byte ranges of everything that may be a 個人番号: twelve digits of either width in one run, as 4-4-4 or one by one as
/// from the boxes of a form, that pass the check. About one in ten other numbers of that shape passes too. Ranges are in
/// order and do not overlap.
pub fn find_my_numbers(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for start in 0..groups.len() {
        let Some(range) = number_at(groups.get(start..).unwrap_or_default()) else {
            continue;
        };
        match ranges.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => ranges.push(range),
        }
    }
    ranges
}

/// Digits that stand together, and whether only a separator parts them from the group before.
struct Group {
    range: Range<usize>,
    digits: Vec<u32>,
    joined: bool,
}

fn groups(text: &str) -> Vec<Group> {
    /// Between two groups of one number: ` - ` at most.
    const LONGEST_SEPARATOR: usize = 3;
    let mut groups: Vec<Group> = Vec::new();
    let mut gap = Some(0);
    for (at, c) in text.char_indices() {
        let Some(value) = digit(c) else {
            gap = gap
                .filter(|_| is_separator(c) || matches!(c, '.' | '．' | '・' | '･' | '_'))
                .map(|length| length + 1);
            continue;
        };
        match groups.last_mut() {
            Some(group) if gap == Some(0) => {
                group.digits.push(value);
                group.range.end = at + c.len_utf8();
            }
            _ => groups.push(Group {
                range: at..at + c.len_utf8(),
                digits: vec![value],
                joined: gap.is_some_and(|length| length <= LONGEST_SEPARATOR),
            }),
        }
        gap = Some(0);
    }
    groups
}

/// The number that begins with the first group, if there is one.
fn number_at(groups: &[Group]) -> Option<Range<usize>> {
    let first = groups.first()?;
    let size = first.digits.len();
    if !matches!(size, 1 | 4 | 12) {
        return None;
    }
    let parts = groups.get(..12 / size)?;
    let alike = parts.iter().all(|group| group.digits.len() == size);
    let joined = parts.iter().skip(1).all(|group| group.joined);
    let digits: Vec<u32> = parts.iter().flat_map(|group| &group.digits).copied().collect();
    let fits = alike && joined && is_my_number(&digits.try_into().ok()?);
    fits.then_some(first.range.start..parts.last()?.range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn my_numbers() {
        for number in [
            "123456789018",
            "987654321093",
            "000000000000",
            "111111111118",
            "023456789013",
            "１２３４－５６７８－９０１８",
            "1234 5678 9018",
        ] {
            assert_eq!(check_my_number(number), Ok(()), "{number}");
        }
        assert_eq!(check_my_number("123456789017"), Err(NumberError::CheckDigit));
        assert_eq!(
            check_my_number("12345678901"),
            Err(NumberError::Length { wanted: 12, found: 11 })
        );
        assert_eq!(
            check_my_number("1234x"),
            Err(NumberError::Unexpected {
                found: 'x',
                position: 4
            })
        );
    }

    #[test]
    fn corporate_and_invoice_numbers() {
        for number in ["7123456789012", "4011001098993", "４０１１００１０９８９９３"] {
            assert_eq!(check_corporate_number(number), Ok(()), "{number}");
            assert_eq!(check_invoice_number(&format!("T{number}")), Ok(()), "{number}");
        }
        assert_eq!(check_corporate_number("7123456789013"), Err(NumberError::CheckDigit));
        assert_eq!(check_invoice_number("Ｔ7123456789012"), Ok(()));
        assert_eq!(check_invoice_number("7123456789012"), Err(NumberError::NoLetter));
        assert_eq!(
            check_invoice_number("T71x"),
            Err(NumberError::Unexpected {
                found: 'x',
                position: 3
            })
        );
    }

    #[test]
    fn municipality_codes() {
        for code in ["422011", "131016", "011002", "401307", "422029"] {
            assert_eq!(check_municipality_code(code), Ok(()), "{code}");
        }
        for code in ["422012", "422101", "131061"] {
            assert_eq!(check_municipality_code(code), Err(NumberError::CheckDigit), "{code}");
        }
    }

    #[test]
    fn numbers_are_masked_whole() {
        for (text, want) in [
            ("個人番号123456789018です", "個人番号************です"),
            ("１２３４５６７８９０１８", "************"),
            ("1234-5678-9018/1234　5678　9018", "************/************"),
            ("1234 - 5678 - 9018", "************"),
            ("１２３４ー５６７８ー９０１８", "************"),
            ("1 2 3 4 5 6 7 8 9 0 1 8", "************"),
            ("001 1234 5678 9018", "001 ************"),
            ("123456789018\n987654321093", "************\n************"),
            ("123456789017", "123456789017"),
            ("7123456789018", "7123456789018"),
            ("1234 5678, 9018", "1234 5678, 9018"),
            ("12345678 9018", "12345678 9018"),
            ("", ""),
        ] {
            assert_eq!(mask_my_numbers(text), want, "{text}");
        }
    }

    #[test]
    fn overlapping_numbers_are_one_range() {
        // 0000 0000 0000 passes at each of both places.
        assert_eq!(
            find_my_numbers("0000 0000 0000 0000").as_slice(),
            std::slice::from_ref(&(0..19))
        );
    }

    #[test]
    fn phones() {
        assert!(same_phone("095-822-8888", "（０９５）８２２８８８８"));
        assert!(!same_phone("095-822-8888", "095-822-8889"));
        assert!(!same_phone("なし", ""));
    }

    proptest! {
        #[test]
        fn nothing_is_left_after_masking(text in "[0-9０-９ -]{0,40}") {
            prop_assert_eq!(find_my_numbers(&mask_my_numbers(&text)), []);
        }

        #[test]
        fn ranges_are_whole_characters_in_order(text in ".*") {
            let mut end = 0;
            for range in find_my_numbers(&text) {
                prop_assert!(range.start >= end && text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
