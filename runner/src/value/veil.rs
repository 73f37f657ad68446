//! What must not be seen, found again however a page writes it.

use chrono::{Datelike, NaiveDate};

use super::{Class, Value};
use crate::rules::era::{EraDate, EraStyle, format_era};
use crate::rules::width::{halfwidth_ascii_char, hiragana_to_katakana, is_hyphen, kana_to_half};

/// What stands where something was covered.
const COVER: &str = "＊＊＊";
/// A longer text is no value of a person but a whole table: its cells are covered by themselves.
const LONGEST: usize = 400;

/// Values of a person, and secrets, to be covered in texts. Width, blanks, hyphens, case and the kind of kana do not
/// count, and a date is known in every form that offices write.
#[derive(Clone, Default)]
pub struct Veil {
    spellings: Vec<String>,
    goals: Vec<Goal>,
}

#[derive(Clone)]
struct Goal {
    folded: Vec<char>,
    /// Whether it counts inside a longer word or number too.
    anywhere: bool,
}

/// The values must not be seen here either.
impl std::fmt::Debug for Veil {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Veil({})", self.goals.len())
    }
}

impl Veil {
    /// Covers a value from now on, unless its class may be written anywhere.
    pub fn add(&mut self, value: &Value, class: Class) {
        if class.may_be_written() {
            return;
        }
        match value {
            Value::Date(date) => {
                for spelling in spellings_of(*date) {
                    self.add_text(spelling, class);
                }
            }
            Value::List(values) => values.iter().for_each(|value| self.add(value, class)),
            Value::Map(map) => map.values().for_each(|value| self.add(value, class)),
            Value::Text(_) | Value::Int(_) | Value::Number(_) => self.add_text(value.to_text(), class),
            // "はい" says nothing without its heading, and covering it would make every sentence unreadable.
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn add_text(&mut self, text: String, class: Class) {
        let folded: Vec<char> = fold(&text).map(|(one, _)| one).collect();
        if folded.is_empty() || text.chars().count() > LONGEST || self.spellings.contains(&text) {
            return;
        }
        self.spellings.push(text);
        self.goals.push(Goal {
            folded,
            anywhere: class == Class::Secret,
        });
    }

    /// Everything that is covered, as it may be written: for pictures.
    pub fn spellings(&self) -> &[String] {
        &self.spellings
    }

    /// The text with everything covered that must not be seen.
    pub fn cover(&self, text: &str) -> String {
        let kept: Vec<(char, usize)> = fold(text).collect();
        let chars: Vec<char> = text.chars().collect();
        let mut covered = vec![false; chars.len()];
        for goal in &self.goals {
            for window in kept.windows(goal.folded.len()) {
                let (Some((_, first)), Some((_, last))) = (window.first(), window.last()) else {
                    continue;
                };
                let same = window.iter().map(|(one, _)| one).eq(&goal.folded);
                if same && (goal.anywhere || stands_alone(&chars, *first, *last)) {
                    covered.iter_mut().take(last + 1).skip(*first).for_each(|at| *at = true);
                }
            }
        }
        let mut shown = String::with_capacity(text.len());
        let mut before = false;
        for (one, hidden) in chars.into_iter().zip(covered) {
            match (hidden, before) {
                (false, _) => shown.push(one),
                (true, false) => shown.push_str(COVER),
                (true, true) => {}
            }
            before = hidden;
        }
        shown
    }
}

/// Whether the place is not cut out of a longer word or number in Latin letters and digits: 12 does not stand in 312.
fn stands_alone(chars: &[char], first: usize, last: usize) -> bool {
    let word = |at: Option<&char>| at.is_some_and(|one| halfwidth_ascii_char(*one).is_ascii_alphanumeric());
    let before = first.checked_sub(1).and_then(|at| chars.get(at));
    let cut_before = word(chars.get(first)) && word(before);
    let cut_after = word(chars.get(last)) && word(chars.get(last + 1));
    !cut_before && !cut_after
}

/// The characters that count when texts are compared, each with the place where it stood.
fn fold(text: &str) -> impl Iterator<Item = (char, usize)> {
    text.chars().enumerate().flat_map(|(at, one)| {
        let narrow = halfwidth_ascii_char(one).to_ascii_lowercase();
        let counts = !narrow.is_whitespace() && !is_hyphen(narrow);
        // Half-width kana have their ﾞ beside them: so both widths become the same characters.
        let kana = kana_to_half(&hiragana_to_katakana(narrow.encode_utf8(&mut [0; 4])));
        let folded: Vec<char> = if counts { kana.chars().collect() } else { Vec::new() };
        folded.into_iter().map(move |one| (one, at))
    })
}

/// A date in the forms that offices write; hyphens and blanks do not count, so they are not varied.
fn spellings_of(date: NaiveDate) -> Vec<String> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let mut all = vec![
        date.format("%Y-%m-%d").to_string(),
        date.format("%Y/%m/%d").to_string(),
        date.format("%Y.%m.%d").to_string(),
        date.format("%Y年%m月%d日").to_string(),
        format!("{year}/{month}/{day}"),
        format!("{year}.{month}.{day}"),
        format!("{year}年{month}月{day}日"),
    ];
    if let Ok(parts) = EraDate::from_date(date) {
        let (letter, name) = (parts.era.letter(), parts.era.name());
        let first = name.chars().next().unwrap_or(letter);
        let era_year = parts.year;
        all.extend(
            [EraStyle::Long, EraStyle::Short]
                .into_iter()
                .filter_map(|style| format_era(date, style).ok()),
        );
        for era in [name.to_owned(), first.to_string(), letter.to_string()] {
            all.push(format!("{era}{era_year}年{month}月{day}日"));
            all.push(format!("{era}{era_year:02}年{month:02}月{day:02}日"));
            all.push(format!("{era}{era_year}.{month}.{day}"));
            all.push(format!("{era}{era_year:02}.{month:02}.{day:02}"));
            all.push(format!("{era}{era_year}/{month}/{day}"));
            all.push(format!("{era}{era_year:02}/{month:02}/{day:02}"));
        }
        all.push(format!("{letter}{era_year:02}{month:02}{day:02}"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veil(values: &[(Value, Class)]) -> Veil {
        let mut veil = Veil::default();
        for (value, class) in values {
            veil.add(value, *class);
        }
        veil
    }

    #[test]
    fn a_name_is_covered_however_it_is_written() {
        let veil = veil(&[
            (Value::from("山田　花子"), Class::Personal),
            (Value::from("ﾔﾏﾀﾞ ﾊﾅｺ"), Class::Personal),
            (Value::from("850-0032"), Class::Personal),
        ]);
        for (page, shown) in [
            ("山田 花子 様は対象外です", "＊＊＊ 様は対象外です"),
            ("山田花子さん", "＊＊＊さん"),
            ("カナ：ヤマダ　ハナコ。", "カナ：＊＊＊。"),
            ("やまだはなこ", "＊＊＊"),
            ("〒８５０−００３２、山\n田花子", "〒＊＊＊、＊＊＊"),
            ("8500032", "＊＊＊"),
            ("18500032", "18500032"),
            ("山田太郎", "山田太郎"),
            ("", ""),
        ] {
            assert_eq!(veil.cover(page), shown, "{page}");
            assert_eq!(veil.cover(shown), shown, "covered twice: {page}");
        }
    }

    #[test]
    fn a_date_is_covered_in_every_form() {
        let date = NaiveDate::from_ymd_opt(1976, 3, 4).expect("a day");
        let veil = veil(&[(Value::Date(date), Class::Personal)]);
        for page in [
            "1976-03-04",
            "19760304",
            "1976/3/4",
            "1976年3月4日",
            "昭和51年3月4日",
            "昭和５１年３月４日",
            "昭和51年03月04日",
            "S51.3.4",
            "Ｓ５１．３．４",
            "昭51.03.04",
            "S510304",
        ] {
            assert_eq!(veil.cover(page), "＊＊＊", "{page}");
        }
        assert_eq!(veil.cover("1976/3/40"), "1976/3/40");
    }

    #[test]
    fn what_may_be_written_stays() {
        let veil = veil(&[
            (Value::from("012"), Class::Open),
            (Value::Bool(true), Class::Personal),
            (Value::Null, Class::Personal),
            (Value::from("1"), Class::Personal),
        ]);
        assert_eq!(veil.cover("012 はい 10件 1"), "012 はい 10件 ＊＊＊");
    }

    #[test]
    fn a_secret_is_covered_inside_a_word_too() {
        let veil = veil(&[(Value::from("himitsu"), Class::Secret)]);
        assert_eq!(veil.cover("?p=xHIMITSUx"), "?p=x＊＊＊x");
        assert!(!format!("{veil:?}").contains("himitsu"));
    }
}
