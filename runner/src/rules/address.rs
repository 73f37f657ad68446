//! House numbers: 丁目・番・号 and hyphens.

use super::numerals::{is_numeral, parse_numeral};
use super::width::{digit, fold_hyphens, is_hyphen};

/// Words that close a number of an address, longest first, with what must not follow them: 番町 and 号室 are no house
/// numbers.
const UNITS: [(&str, &str); 5] = [
    ("丁目", ""),
    ("番地の", ""),
    ("番地", ""),
    ("番", "町街丁館通目"),
    ("号", "室棟館線車"),
];

/// House numbers with hyphens: `桜町二丁目３番４号` → `桜町2-3-4`. Only numbers that carry 丁目, 番, 番地 or 号, and what
/// is joined to them, are touched; `三番町` and `四谷` stay.
pub fn house_number_to_hyphens(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut rest = chars.as_slice();
    let mut written = String::with_capacity(text.len());
    while let [first, after @ ..] = rest {
        if let Some((parts, remaining)) = block(rest) {
            written.push_str(&parts.join("-"));
            rest = remaining;
        } else if is_numeral(*first) {
            // A number that is no house number is passed whole, so that its tail is not taken for one.
            let (number, remaining) = rest.split_at(numeral_length(rest));
            written.extend(number);
            rest = remaining;
        } else {
            written.push(*first);
            rest = after;
        }
    }
    written
}

/// Numbers from the start of `chars` of which the first carries a unit, and what follows them.
fn block(chars: &[char]) -> Option<(Vec<String>, &[char])> {
    let (first, mut rest) = unit_number(chars)?;
    let mut parts = vec![first];
    loop {
        let next = match rest {
            [c, after @ ..] if is_hyphen(*c) || matches!(c, 'の' | 'ー' | 'ｰ') => after,
            _ => rest,
        };
        let Some((part, after)) = unit_number(next).or_else(|| plain_number(next)) else {
            return Some((parts, rest));
        };
        parts.push(part);
        rest = after;
    }
}

/// A number with its unit.
fn unit_number(chars: &[char]) -> Option<(String, &[char])> {
    let (number, rest) = chars.split_at(numeral_length(chars));
    let value = parse_numeral(&number.iter().collect::<String>()).ok()?;
    let rest = UNITS.into_iter().find_map(|(unit, not_before)| {
        let (start, rest) = rest.split_at_checked(unit.chars().count())?;
        let fits = start.iter().copied().eq(unit.chars());
        let longer_word = rest.first().is_some_and(|c| not_before.contains(*c));
        (fits && !longer_word).then_some(rest)
    })?;
    Some((value.to_string(), rest))
}

/// A number in digits without a unit, as the last parts of an address are often written; kanji there may be a name.
fn plain_number(chars: &[char]) -> Option<(String, &[char])> {
    let length = chars.iter().take_while(|c| digit(**c).is_some()).count();
    let (number, rest) = chars.split_at(length);
    let value = parse_numeral(&number.iter().collect::<String>()).ok()?;
    Some((value.to_string(), rest))
}

fn numeral_length(chars: &[char]) -> usize {
    chars.iter().take_while(|c| is_numeral(**c)).count()
}

/// House numbers with units: `桜町2-3-4` → `桜町2丁目3番4号`, also with further parts (`2-3-4-101` → `2丁目3番4号-101`).
///
/// Two numbers stay as they are: `3-4` may be 3番4号, 3番地4 or 3丁目4番, and only the register knows. So do telephone
/// numbers (a leading zero or more than four digits)
/// and years.
pub fn house_number_to_units(text: &str) -> String {
    let folded: Vec<char> = fold_hyphens(text).chars().collect();
    let mut written = String::with_capacity(text.len());
    // Folding keeps positions: what is not converted is written as it was.
    let mut original = text.chars();
    for run in folded.chunk_by(|a, b| belongs_to_run(*a) && belongs_to_run(*b)) {
        let as_written = original.by_ref().take(run.len());
        match with_units(run) {
            Some(units) => {
                written.push_str(&units);
                as_written.for_each(drop);
            }
            None => written.extend(as_written),
        }
    }
    written
}

fn belongs_to_run(c: char) -> bool {
    digit(c).is_some() || c == '-'
}

fn with_units(run: &[char]) -> Option<String> {
    let parts: Vec<String> = run
        .split(|c| *c == '-')
        .map(|part| {
            part.iter()
                .filter_map(|c| digit(*c))
                .filter_map(|value| char::from_digit(value, 10))
                .collect()
        })
        .collect();
    let [district, block, house, further @ ..] = parts.as_slice() else {
        return None;
    };
    let is_house_number = |part: &String| (1..=4).contains(&part.len()) && !part.starts_with('0');
    if !parts.iter().all(is_house_number) || district.len() > 2 {
        return None;
    }
    let mut written = format!("{district}丁目{block}番{house}号");
    for part in further {
        written.push('-');
        written.push_str(part);
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_become_hyphens() {
        for (text, want) in [
            ("桜町二丁目3番4号", "桜町2-3-4"),
            ("桜町２丁目３番４号", "桜町2-3-4"),
            ("桜町十二丁目３－４", "桜町12-3-4"),
            ("桜町2丁目3番4号101号室", "桜町2-3-4-101号室"),
            ("桜町2丁目3番4号-101", "桜町2-3-4-101"),
            ("大浦100番地の2", "大浦100-2"),
            ("大浦千二百番地", "大浦1200"),
            ("大浦百番地二 桜荘", "大浦100二 桜荘"),
            ("三番町5番地", "三番町5"),
            ("四谷1丁目", "四谷1"),
            ("一番館 12号室", "一番館 12号室"),
            ("八丁堀", "八丁堀"),
            ("桜町2丁目－３番－４ 桜荘―別館", "桜町2-3-4 桜荘―別館"),
            ("", ""),
        ] {
            assert_eq!(house_number_to_hyphens(text), want, "{text}");
        }
    }

    #[test]
    fn three_numbers_become_units() {
        for (text, want) in [
            ("桜町2-3-4", "桜町2丁目3番4号"),
            ("桜町２－３－４ 桜荘", "桜町2丁目3番4号 桜荘"),
            ("桜町2ー3ー4", "桜町2丁目3番4号"),
            ("桜町2-3-4-101", "桜町2丁目3番4号-101"),
            ("桜町3-4", "桜町3-4"),
            ("095-822-8888", "095-822-8888"),
            ("2--3-4", "2--3-4"),
            ("桜町3－4 桜荘―別館", "桜町3－4 桜荘―別館"),
            ("2026-11-23", "2026-11-23"),
        ] {
            assert_eq!(house_number_to_units(text), want, "{text}");
        }
    }

    #[test]
    fn there_and_back() {
        for text in ["桜町2丁目3番4号", "1丁目1番1号 市役所"] {
            assert_eq!(house_number_to_units(&house_number_to_hyphens(text)), text);
        }
    }
}
