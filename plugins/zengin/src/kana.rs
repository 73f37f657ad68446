//! The letters that banks take: half-width kana without small ones, capitals, digits and a few signs.

use yakin_plugin::Failure;

/// Signs that the format allows.
const SIGNS: &str = " ()-./｢｣ｰ\\,";

/// Full-width kana from ァ on, in the order of Unicode, as half-width ones; small ones become large, as banks want them.
const KANA: [&str; 86] = [
    "ｱ", "ｱ", "ｲ", "ｲ", "ｳ", "ｳ", "ｴ", "ｴ", "ｵ", "ｵ", "ｶ", "ｶﾞ", "ｷ", "ｷﾞ", "ｸ", "ｸﾞ", "ｹ", "ｹﾞ", "ｺ", "ｺﾞ", "ｻ", "ｻﾞ", "ｼ",
    "ｼﾞ", "ｽ", "ｽﾞ", "ｾ", "ｾﾞ", "ｿ", "ｿﾞ", "ﾀ", "ﾀﾞ", "ﾁ", "ﾁﾞ", "ﾂ", "ﾂ", "ﾂﾞ", "ﾃ", "ﾃﾞ", "ﾄ", "ﾄﾞ", "ﾅ", "ﾆ", "ﾇ", "ﾈ", "ﾉ",
    "ﾊ", "ﾊﾞ", "ﾊﾟ", "ﾋ", "ﾋﾞ", "ﾋﾟ", "ﾌ", "ﾌﾞ", "ﾌﾟ", "ﾍ", "ﾍﾞ", "ﾍﾟ", "ﾎ", "ﾎﾞ", "ﾎﾟ", "ﾏ", "ﾐ", "ﾑ", "ﾒ", "ﾓ", "ﾔ", "ﾔ", "ﾕ",
    "ﾕ", "ﾖ", "ﾖ", "ﾗ", "ﾘ", "ﾙ", "ﾚ", "ﾛ", "ﾜ", "ﾜ", "ｲ", "ｴ", "ｦ", "ﾝ", "ｳﾞ", "ｶ", "ｹ",
];

/// A text in the letters that banks take.
pub fn half_width(name: &str, text: &str) -> Result<String, Failure> {
    let mut narrow = String::new();
    for letter in text.trim().chars() {
        match letter {
            'ァ'..='ヶ' => narrow.push_str(kana(letter, 'ァ').unwrap_or_default()),
            'ぁ'..='ゖ' => narrow.push_str(kana(letter, 'ぁ').unwrap_or_default()),
            '！'..='～' => {
                let ascii = char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter);
                narrow.push(taken(name, ascii.to_ascii_uppercase())?);
            }
            '　' => narrow.push(' '),
            'ー' | '−' | '‐' | '―' => narrow.push('-'),
            'ｧ'..='ｫ' => narrow.push(shifted(letter, 'ｧ', 'ｱ')),
            'ｬ'..='ｮ' => narrow.push(shifted(letter, 'ｬ', 'ﾔ')),
            'ｯ' => narrow.push('ﾂ'),
            'ｰ' => narrow.push('-'),
            'ｦ'..='ﾟ' => narrow.push(letter),
            '「' => narrow.push('｢'),
            '」' => narrow.push('｣'),
            '゛' => narrow.push('ﾞ'),
            '゜' => narrow.push('ﾟ'),
            other => narrow.push(taken(name, other.to_ascii_uppercase())?),
        }
    }
    Ok(narrow)
}

fn kana(letter: char, first: char) -> Option<&'static str> {
    KANA.get((letter as usize).checked_sub(first as usize)?).copied()
}

fn shifted(letter: char, from: char, to: char) -> char {
    char::from_u32(letter as u32 - from as u32 + to as u32).unwrap_or(letter)
}

fn taken(name: &str, letter: char) -> Result<char, Failure> {
    if letter.is_ascii_uppercase() || letter.is_ascii_digit() || SIGNS.contains(letter) {
        Ok(letter)
    } else {
        Err(Failure::business(format!(
            "{name}に、銀行のデータで使えない文字「{letter}」があります。カナで書いてください。"
        )))
    }
}

/// The same text in JIS X 0201: one byte a letter.
pub fn bytes(text: &str) -> Result<Vec<u8>, Failure> {
    let byte = |letter: char| match letter {
        '\r' | '\n' | ' '..='~' => Some(letter as u8),
        '｡'..='ﾟ' => u8::try_from(letter as u32 - '｡' as u32 + 0xA1).ok(),
        _ => None,
    };
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    bytes.ok_or_else(|| Failure::system("a letter outside JIS X 0201"))
}
