//! Character widths, kana and hyphens, each as a function of its own.
//!
//! Never NFKC: it would also turn ① into 1 and ㈱ into (株), which changes what a resident wrote.

/// Full-width forms of U+FF61..=U+FF9F, in order (JIS X 0201 katakana to JIS X 0208).
const FULL_KANA: [char; 63] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア', 'イ', 'ウ',
    'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ',
    'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル',
    'レ', 'ロ', 'ワ', 'ン', '゛', '゜',
];
const HALF_KANA_FIRST: u32 = 0xFF61;
const HALF_VOICED: char = '\u{FF9E}';
const HALF_SEMI_VOICED: char = '\u{FF9F}';
/// Between a full-width ASCII character and its half-width form.
const ASCII_DISTANCE: u32 = 0xFEE0;
/// Between a hiragana and its katakana.
const KATAKANA_DISTANCE: u32 = 0x60;

fn shifted(c: char, up: u32) -> Option<char> {
    char::from_u32(u32::from(c) + up)
}

fn shifted_down(c: char, down: u32) -> Option<char> {
    u32::from(c).checked_sub(down).and_then(char::from_u32)
}

/// The half-width form of a full-width ASCII character or blank; any other character as it is.
pub fn halfwidth_ascii_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => shifted_down(c, ASCII_DISTANCE).unwrap_or(c),
        _ => c,
    }
}

/// The value of an ASCII or full-width digit.
pub fn digit(c: char) -> Option<u32> {
    halfwidth_ascii_char(c).to_digit(10)
}

/// Full-width letters, digits, signs and blanks become ASCII; kana and everything else stays. One character gives one.
pub fn to_halfwidth_ascii(text: &str) -> String {
    text.chars().map(halfwidth_ascii_char).collect()
}

/// ASCII letters, digits, signs and blanks become full-width; everything else stays.
pub fn to_fullwidth_ascii(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            ' ' => '\u{3000}',
            '!'..='~' => shifted(c, ASCII_DISTANCE).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Katakana with ゛.
fn voiced(c: char) -> Option<char> {
    match c {
        'ウ' => Some('ヴ'),
        'ワ' => Some('ヷ'),
        'ヲ' => Some('ヺ'),
        'カ' | 'キ' | 'ク' | 'ケ' | 'コ' | 'サ' | 'シ' | 'ス' | 'セ' | 'ソ' | 'タ' | 'チ' | 'ツ' | 'テ' | 'ト'
        | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => shifted(c, 1),
        _ => None,
    }
}

/// Katakana with ゜.
fn semi_voiced(c: char) -> Option<char> {
    match c {
        'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => shifted(c, 2),
        _ => None,
    }
}

fn full_kana_char(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(HALF_KANA_FIRST)?;
    FULL_KANA.get(usize::try_from(index).ok()?).copied()
}

fn half_kana_char(full: char) -> Option<char> {
    let index = FULL_KANA.iter().position(|&c| c == full)?;
    char::from_u32(HALF_KANA_FIRST + u32::try_from(index).ok()?)
}

/// Half-width katakana become full-width; ﾞ and ﾟ join the kana before them (ｶﾞ → ガ). ASCII stays.
pub fn kana_to_full(text: &str) -> String {
    let mut full = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(base) = full_kana_char(c) else {
            full.push(c);
            continue;
        };
        let joined = match chars.peek() {
            Some(&HALF_VOICED) => voiced(base),
            Some(&HALF_SEMI_VOICED) => semi_voiced(base),
            _ => None,
        };
        if joined.is_some() {
            chars.next();
        }
        full.push(joined.unwrap_or(base));
    }
    full
}

/// Full-width katakana and their punctuation become half-width (ガ → ｶﾞ). What JIS X 0201 lacks (ヵ, ヶ, ヮ, hiragana)
/// stays as it is.
pub fn kana_to_half(text: &str) -> String {
    let mut half = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(plain) = half_kana_char(c) {
            half.push(plain);
            continue;
        }
        let parts = FULL_KANA.iter().find_map(|&base| {
            let mark = if voiced(base) == Some(c) {
                HALF_VOICED
            } else if semi_voiced(base) == Some(c) {
                HALF_SEMI_VOICED
            } else {
                return None;
            };
            Some((half_kana_char(base)?, mark))
        });
        match parts {
            Some((base, mark)) => half.extend([base, mark]),
            None => half.push(c),
        }
    }
    half
}

/// ひらがな → カタカナ, with ゝゞ.
pub fn hiragana_to_katakana(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => shifted(c, KATAKANA_DISTANCE).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// カタカナ → ひらがな, with ヽヾ. ヷヸヹヺ have no hiragana and stay.
pub fn katakana_to_hiragana(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ァ'..='ヶ' | 'ヽ' | 'ヾ' => shifted_down(c, KATAKANA_DISTANCE).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Whether the character is one of the many that look like a hyphen. The long vowel marks ー and ｰ are not: they are
/// hyphens only between digits, see [`fold_hyphens`].
pub fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}' | '\u{FF0D}'
    )
}

/// Every hyphen look-alike becomes `-`; ー and ｰ too where they stand between two digits (1ー2), never in a word
/// (ラーメン). One character gives one.
pub fn fold_hyphens(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut previous = None;
    let mut folded = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let is_digit = |c: char| digit(c).is_some();
        let between_digits = previous.is_some_and(is_digit) && chars.peek().copied().is_some_and(is_digit);
        let long_vowel = matches!(c, '\u{30FC}' | '\u{FF70}');
        folded.push(if is_hyphen(c) || (long_vowel && between_digits) {
            '-'
        } else {
            c
        });
        previous = Some(c);
    }
    folded
}

/// A number that identifies something, as systems hold it: letters, digits and hyphens in half width, zeros where they are
/// (`ＡＢ０１ー２` = `AB01-2`).
pub fn fold_code(text: &str) -> String {
    to_halfwidth_ascii(&fold_hyphens(text))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// An answer in the form in which answers are compared: width, blanks around it and case do not count.
pub fn fold_answer(text: &str) -> String {
    to_halfwidth_ascii(text).trim_matches(is_blank).to_lowercase()
}

/// A heading in the form in which headings are compared: width, blanks, line breaks and case do not count
/// (`氏　名` = `氏名`, `ﾌﾘｶﾞﾅ` = `フリガナ`, `ＮＯ` = `No`).
pub fn fold_heading(text: &str) -> String {
    let seen: String = fold_hyphens(&kana_to_full(text))
        .chars()
        .filter(|&c| !is_blank(c))
        .collect();
    to_halfwidth_ascii(&seen.replace('\u{301C}', "～")).to_lowercase()
}

/// How strictly two readings of a name are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FuriganaMatch {
    /// Character by character.
    Exact,
    /// Width and blanks do not count: a name may be written with or without a blank between its parts.
    IgnoreSpaces,
    /// As banks write names: also small kana = large, ー = -, hiragana = katakana, lower = upper case.
    BankForm,
}

/// Compares two readings of a name.
pub fn same_furigana(a: &str, b: &str, strength: FuriganaMatch) -> bool {
    match strength {
        FuriganaMatch::Exact => a == b,
        FuriganaMatch::IgnoreSpaces => without_blanks(a) == without_blanks(b),
        FuriganaMatch::BankForm => bank_form(a) == bank_form(b),
    }
}

fn without_blanks(text: &str) -> String {
    to_halfwidth_ascii(&kana_to_full(text))
        .chars()
        .filter(|&c| !is_blank(c))
        .collect()
}

fn bank_form(text: &str) -> String {
    hiragana_to_katakana(&without_blanks(text))
        .chars()
        .map(|c| match c {
            'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' => shifted(c, 1).unwrap_or(c),
            'ヵ' => 'カ',
            'ヶ' => 'ケ',
            'ー' => '-',
            _ if is_hyphen(c) => '-',
            _ => c.to_ascii_uppercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ascii_widths() {
        assert_eq!(to_halfwidth_ascii("Ａ１－２　（株）ｶﾅ①㈱"), "A1-2 (株)ｶﾅ①㈱");
        assert_eq!(to_fullwidth_ascii("A1-2 (株)"), "Ａ１－２　（株）");
    }

    #[test]
    fn half_kana_joins_its_marks() {
        assert_eq!(kana_to_full("ﾊﾟﾊﾞﾊ ｶﾞｷﾞ ｳﾞ ﾜﾞ ｦﾞ ABC"), "パバハ ガギ ヴ ヷ ヺ ABC");
        assert_eq!(
            kana_to_full("ﾞｱﾞﾟ｡｢｣､･ｰ"),
            "゛ア゛゜。「」、・ー",
            "a mark that fits nothing stays"
        );
        assert_eq!(kana_to_half("ガッコウ・ヴァパ ヵヶあ"), "ｶﾞｯｺｳ･ｳﾞｧﾊﾟ ヵヶあ");
    }

    #[test]
    fn kana_sorts() {
        assert_eq!(hiragana_to_katakana("ながさき・ゔゝゞ漢字"), "ナガサキ・ヴヽヾ漢字");
        assert_eq!(katakana_to_hiragana("ナガサキー・ヴヷ"), "ながさきー・ゔヷ");
    }

    #[test]
    fn hyphens_only_where_they_are_hyphens() {
        for hyphen in "-‐‑–—―−－".chars() {
            assert_eq!(fold_hyphens(&format!("095{hyphen}822")), "095-822", "{hyphen:?}");
        }
        assert_eq!(fold_hyphens("１ー２ｰ3 ラーメン ﾗｰﾒﾝ 1ー"), "１-２-3 ラーメン ﾗｰﾒﾝ 1ー");
    }

    #[test]
    fn headings_compare_by_what_a_person_reads() {
        for (a, b) in [
            ("氏　名", "氏名"),
            ("ﾌﾘｶﾞﾅ", "フリガナ"),
            ("電話\r\n番号", "電話番号"),
            ("Ｎｏ．", "no."),
            ("期間〜", "期間～"),
            ("\u{FEFF}請求番号 ", "請求番号"),
        ] {
            assert_eq!(fold_heading(a), fold_heading(b), "{a:?} {b:?}");
        }
        assert_ne!(fold_heading("住所"), fold_heading("住所１"));
    }

    #[test]
    fn furigana_in_three_strengths() {
        use FuriganaMatch::{BankForm, Exact, IgnoreSpaces};
        let cases = [
            ("ナガサキ タロウ", "ナガサキ タロウ", [true, true, true]),
            ("ナガサキ　タロウ", "ﾅｶﾞｻｷﾀﾛｳ", [false, true, true]),
            ("ショウジ", "シヨウジ", [false, false, true]),
            ("サトー", "サト-", [false, false, true]),
            ("さとう", "サトウ", [false, false, true]),
            ("ハシモト", "ババモト", [false, false, false]),
        ];
        for (a, b, want) in cases {
            let got = [Exact, IgnoreSpaces, BankForm].map(|strength| same_furigana(a, b, strength));
            assert_eq!(got, want, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn ascii_there_and_back(text in "[ -~]*") {
            prop_assert_eq!(to_halfwidth_ascii(&to_fullwidth_ascii(&text)), text);
        }

        #[test]
        fn kana_there_and_back(text in "[ァ-ヺー]*") {
            prop_assert_eq!(kana_to_full(&kana_to_half(&text)), text.clone());
            let plain: String = text.chars().filter(|c| !"ヷヸヹヺ".contains(*c)).collect();
            prop_assert_eq!(hiragana_to_katakana(&katakana_to_hiragana(&plain)), plain);
        }

        #[test]
        fn folding_keeps_positions(text in ".*") {
            prop_assert_eq!(fold_hyphens(&to_halfwidth_ascii(&text)).chars().count(), text.chars().count());
        }
    }
}
