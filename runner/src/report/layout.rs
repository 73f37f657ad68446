//! Laying out text by the width it has on a terminal, where most Japanese characters take two places.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text that cannot move a cursor, colour a terminal or turn the reading direction: pages are not to be trusted.
/// Line ends and tabs become one blank.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\r' => {}
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => plain.push(' '),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c => plain.push(c),
        }
    }
    plain
}

/// The places that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text with blanks behind it up to a width.
pub(super) fn pad(text: &str, to: usize) -> String {
    let blanks = to.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// The text with blanks before it up to a width.
pub(super) fn pad_left(text: &str, to: usize) -> String {
    let blanks = to.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// The text, cut with `…` if it is wider than allowed.
pub(super) fn cut(text: &str, to: usize) -> String {
    if width(text) <= to {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > to {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
}

/// The text in lines of at most the given width (which a single character may pass). Words of letters stay whole
/// where they fit, and no line begins with 、。」 and the like (行頭禁則).
pub(super) fn wrap(text: &str, to: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if width(&line) + width(piece.trim_end()) <= to {
            line.push_str(piece);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        for c in piece.chars() {
            if width(&line) + c.width().unwrap_or(0) > to && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Pieces between which a line may be broken.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (place, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.extend(text.get(start..place));
            start = place;
        }
        before = Some(c);
    }
    pieces.extend(text.get(start..));
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| c.width().unwrap_or(0) > 1;
    if after == ' ' || "、。，．・：；？！」』）］｝】〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々".contains(after)
    {
        return false;
    }
    if "「『（［｛【〈《".contains(before) {
        return false;
    }
    before == ' ' || wide(before) || wide(after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_text_is_plain() {
        assert_eq!(plain("a\u{1b}[31mb\r\nc\td\u{202e}e\u{0}"), "a [31mb c de ");
    }

    #[test]
    fn widths_count_places() {
        assert_eq!(pad("済", 4), "済  ");
        assert_eq!(pad_left("12", 4), "  12");
        assert_eq!(cut("住民票郵送請求", 8), "住民票…");
        assert_eq!(cut("住民票", 6), "住民票");
    }

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        for (text, to, expected) in [
            ("", 10, vec![""]),
            ("画面の言葉を確かめ、直す。", 18, vec!["画面の言葉を確か", "め、直す。"]),
            ("これは「登録」です", 8, vec!["これは", "「登録」", "です"]),
            (
                "See the page and correct it",
                12,
                vec!["See the page", "and correct", "it"],
            ),
            (
                "https://uketsuke.example/long",
                10,
                vec!["https://uk", "etsuke.exa", "mple/long"],
            ),
        ] {
            assert_eq!(wrap(text, to), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_and_keeps_the_width(text in "[a-z 、。「」住民票ｶﾅ]{0,80}", to in 4_usize..40) {
            let lines = wrap(&text, to);
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            prop_assert!(lines.iter().all(|line| width(line) <= to), "{:?}", lines);
        }
    }
}
