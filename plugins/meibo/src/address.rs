//! Addresses in a form that can be compared: `長崎県長崎市桜町二丁目３番４号` and `長崎市桜町2-3-4` are one.

use crate::fold::{fold_name, widen_kana};

/// Words that part the numbers of an address.
const UNITS: [&str; 6] = ["丁目", "番地の", "番地", "番", "号", "の"];
/// Words between 番 and 号 that make it a place and no number (番町, 号室).
const NO_UNIT: &str = "町街丁館通目室棟線車";
const DIGITS: &str = "〇一二三四五六七八九";

/// Folds an address.
pub fn fold(address: &str) -> String {
    let text = fold_name(&widen_kana(address));
    let text = without_prefecture(&text);
    let text = text.replace("大字", "").replace('字', "");
    let letters: Vec<char> = text
        .chars()
        .map(|letter| match letter {
            'ヶ' | 'ガ' => 'ケ',
            'ノ' => 'の',
            '-' | '‐' | '−' | '―' | '–' | '—' | 'ー' => '-',
            other => other,
        })
        .collect();
    numbers(&letters)
}

fn without_prefecture(text: &str) -> &str {
    for ending in ["都", "道", "府", "県"] {
        if let Some((before, after)) = text.split_once(ending)
            && (2..=3).contains(&before.chars().count())
            && after.contains(['市', '区', '町', '村'])
        {
            return after;
        }
    }
    text
}

/// Numbers that carry a unit, and those joined to them, with hyphens between them.
fn numbers(letters: &[char]) -> String {
    let mut written = String::new();
    let mut rest = letters;
    // Whether the last thing written was a number of the address.
    let mut numbered = false;
    while let [first, after @ ..] = rest {
        if let Some((value, following)) = number(rest, numbered && written.ends_with('-')) {
            if numbered && !written.ends_with('-') {
                written.push('-');
            }
            written.push_str(&value);
            rest = following;
            numbered = true;
            if let Some(behind) = unit(rest) {
                rest = behind;
                if behind
                    .first()
                    .is_some_and(|next| next.is_ascii_digit() || DIGITS.contains(*next))
                {
                    written.push('-');
                }
            }
            continue;
        }
        if *first == '-' && numbered && after.first().is_some_and(char::is_ascii_digit) {
            written.push('-');
            rest = after;
            continue;
        }
        numbered = false;
        written.push(if *first == '-' { 'ー' } else { *first });
        rest = after;
    }
    written
}

/// A number from the start: digits, or kanji that a unit follows or that is joined to a number before.
fn number(letters: &[char], joined: bool) -> Option<(String, &[char])> {
    let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    if digits > 0 {
        let (value, rest) = letters.split_at(digits);
        let value: String = value.iter().collect();
        let trimmed = value.trim_start_matches('0');
        return Some((
            if trimmed.is_empty() {
                "0".to_owned()
            } else {
                trimmed.to_owned()
            },
            rest,
        ));
    }
    let kanji = letters
        .iter()
        .take_while(|letter| DIGITS.contains(**letter) || **letter == '十')
        .count();
    let (value, rest) = letters.split_at(kanji);
    let follows = joined || unit(rest).is_some_and(|_| !rest.starts_with(&['の']));
    (kanji > 0 && follows)
        .then(|| kanji_value(value))
        .flatten()
        .map(|value| (value.to_string(), rest))
}

/// Up to 99, as in 二十三丁目 or 二三番.
fn kanji_value(letters: &[char]) -> Option<u32> {
    let digit = |letter: char| {
        DIGITS
            .chars()
            .position(|known| known == letter)
            .and_then(|value| u32::try_from(value).ok())
    };
    match letters.iter().position(|letter| *letter == '十') {
        None => letters.iter().try_fold(0_u32, |value, letter| {
            value.checked_mul(10)?.checked_add(digit(*letter)?)
        }),
        Some(at) => {
            let tens = match letters.get(..at)? {
                [] => 1,
                [one] => digit(*one)?,
                _ => return None,
            };
            let ones = match letters.get(at + 1..)? {
                [] => 0,
                [one] => digit(*one)?,
                _ => return None,
            };
            Some(tens * 10 + ones)
        }
    }
}

/// What follows a unit at the start.
fn unit(letters: &[char]) -> Option<&[char]> {
    UNITS.iter().find_map(|unit| {
        let unit: Vec<char> = unit.chars().collect();
        let rest = letters.strip_prefix(unit.as_slice())?;
        let longer = rest.first().is_some_and(|next| NO_UNIT.contains(*next));
        (!longer || unit == ['丁', '目']).then_some(rest)
    })
}

/// Whether two folded addresses are the same; one may end at the house number where the other names a building too.
pub fn same(one: &str, two: &str) -> bool {
    let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    match long.strip_prefix(short) {
        Some("") => true,
        Some(rest) => {
            let numbered = short.ends_with(|last: char| last.is_ascii_digit());
            // `2-3` is not `2-34`, and `2-3-4` is another house than `2-3`.
            numbered && !rest.starts_with(|next: char| next.is_ascii_digit() || next == '-')
        }
        None => false,
    }
}
