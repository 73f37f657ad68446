//! Comparisons in the words of a sentence: 「item.納付額 が 300 未満」.

use crate::rules::amount;

/// What people write for each sign, the longer ones first.
const WORDS: &[(&str, &str)] = &[
    ("より大きい", ">"),
    ("より多い", ">"),
    ("を超える", ">"),
    ("より小さい", "<"),
    ("より少ない", "<"),
    ("未満", "<"),
    ("以上", ">="),
    ("以下", "<="),
    ("と等しい", "=="),
    ("と同じ", "=="),
];

/// The comparison that a sentence stands for; an example with its sign where the sides cannot be told.
pub(super) fn compared(text: &str) -> Option<String> {
    let (at, words, sign) = WORDS
        .iter()
        .find_map(|(words, sign)| Some((text.find(words)?, *words, *sign)))
        .or_else(|| Some((text.find("より")?, "より", ">")))?;
    // Inside quotes they are a text.
    if text[..at].contains(['"', '\'']) {
        return None;
    }
    let known = sides(&text[..at]).filter(|_| text[at + words.len()..].trim().is_empty());
    Some(match known {
        Some((left, right)) => format!("{left} {sign} {right}"),
        None => format!("item.納付額 {sign} 300"),
    })
}

/// 「item.納付額 が 300 円」: its two sides.
fn sides(text: &str) -> Option<(&str, String)> {
    let (left, right) = text.split_once(" が").or_else(|| text.split_once(" は"))?;
    let left = left.trim();
    let right = amount::parse_amount(right.trim()).ok()?;
    (!left.is_empty() && !left.contains(char::is_whitespace)).then(|| (left, right.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_as_a_comparison() {
        let cases = [
            ("item.納付額 が 300 未満", Some("item.納付額 < 300")),
            ("item.納付額 は 1,000円 以上", Some("item.納付額 >= 1000")),
            ("item.納付額 が 300以下", Some("item.納付額 <= 300")),
            ("item.納付額 が 300 より大きい", Some("item.納付額 > 300")),
            ("item.納付額 が 300 より小さい", Some("item.納付額 < 300")),
            ("納付額 より 300", Some("item.納付額 > 300")),
            ("item.区分 == \"65歳以上", None),
            ("item.納付額 <", None),
        ];
        for (text, told) in cases {
            assert_eq!(compared(text).as_deref(), told, "{text}");
        }
    }
}
