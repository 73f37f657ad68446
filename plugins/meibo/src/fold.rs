//! Names in a form that can be compared.

use crate::variants::usual;

/// A name: usual letters for variants, half-width Latin, hiragana as katakana, no blanks.
pub fn fold_name(name: &str) -> String {
    let folded = widen_kana(name);
    let letters = folded
        .chars()
        .filter(|letter| !letter.is_whitespace() && !is_selector(*letter));
    letters
        .map(|letter| match letter {
            '！'..='～' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
            'ぁ'..='ゖ' => char::from_u32(letter as u32 + 0x60).unwrap_or(letter),
            '々' => letter,
            other => usual(other),
        })
        .flat_map(char::to_uppercase)
        .collect()
}

/// A reading: katakana without blanks and marks, small letters as large ones (old systems have no small ones), ヂヅ and long
/// vowels as they are.
pub fn fold_kana(kana: &str) -> String {
    fold_name(kana)
        .chars()
        .filter(|letter| !matches!(letter, '・' | '･' | '.' | ','))
        .map(|letter| match letter {
            'ァ' => 'ア',
            'ィ' => 'イ',
            'ゥ' => 'ウ',
            'ェ' => 'エ',
            'ォ' => 'オ',
            'ッ' => 'ツ',
            'ャ' => 'ヤ',
            'ュ' => 'ユ',
            'ョ' => 'ヨ',
            'ヮ' => 'ワ',
            'ヵ' => 'カ',
            'ヶ' => 'ケ',
            '-' | '‐' | '−' | '―' => 'ー',
            other => other,
        })
        .collect()
}

/// Variation selectors (IVS) choose a shape of the same letter.
fn is_selector(letter: char) -> bool {
    matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Half-width kana as full-width ones, their marks joined.
pub fn widen_kana(text: &str) -> String {
    const PLAIN: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
    let mut wide = String::new();
    for letter in text.chars() {
        let mark = match letter {
            'ﾞ' | '゛' | '\u{3099}' => Some(true),
            'ﾟ' | '゜' | '\u{309A}' => Some(false),
            _ => None,
        };
        if let Some(voiced) = mark
            && let Some(joined) = wide.chars().next_back().and_then(|last| marked(last, voiced))
        {
            wide.pop();
            wide.push(joined);
            continue;
        }
        match letter {
            '｡'..='ﾟ' => wide.extend(PLAIN.chars().nth(letter as usize - '｡' as usize)),
            other => wide.push(other),
        }
    }
    wide
}

/// A kana with its mark: ﾞ (voiced) or ﾟ.
fn marked(kana: char, voiced: bool) -> Option<char> {
    let next = |by: u32| char::from_u32(kana as u32 + by);
    match (kana, voiced) {
        (
            'カ' | 'キ' | 'ク' | 'ケ' | 'コ' | 'サ' | 'シ' | 'ス' | 'セ' | 'ソ' | 'タ' | 'チ' | 'ツ' | 'テ' | 'ト',
            true,
        ) => next(1),
        (
            'か' | 'き' | 'く' | 'け' | 'こ' | 'さ' | 'し' | 'す' | 'せ' | 'そ' | 'た' | 'ち' | 'つ' | 'て' | 'と',
            true,
        ) => next(1),
        ('ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' | 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ', true) => next(1),
        ('ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' | 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ', false) => next(2),
        ('ウ', true) => Some('ヴ'),
        _ => None,
    }
}
