//! Expressions: their signs in full width, half of their signs, and what stands inside.

use super::Certainty;
use super::line::Scan;
use super::signs;
use crate::text::codes;

/// An expression as it was written.
pub(super) struct Written {
    /// Byte after it.
    pub(super) to: usize,
    /// Whether its signs are `${{` and `}}`.
    pub(super) right: bool,
}

/// Words of expressions, which may have been typed in full width.
const WORDS: &[&str] = &[
    "item", "run", "secrets", "each", "and", "or", "not", "in", "is", "if", "else", "true", "false", "none",
];

/// Whether a text begins with the name of a value.
pub(super) fn names_a_value(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{3000}']);
    let word = text.split(['.', '．', '[', '［']).next().unwrap_or_default();
    let narrowed = signs::narrow(word);
    let known = ["item", "run", "secrets"].contains(&narrowed.as_deref().unwrap_or(word));
    known && word.len() < text.len()
}

impl Scan<'_> {
    /// The expressions of a line: signs that are none, and what stands inside those that are.
    pub(super) fn expressions(&mut self, start: usize) {
        let mut at = start;
        while let Some(open) = self.rest(at).find(['$', '＄', '{', '｛']) {
            at += open;
            let sign = self.at(at).map_or(1, char::len_utf8);
            match self.expression_at(at) {
                Some(written) => {
                    self.expression(at, &written);
                    at = written.to;
                }
                // Of three braces none begins an expression.
                None => {
                    let rest = self.rest(at + sign);
                    let braces = rest.len() - rest.trim_start_matches(['{', '｛']).len();
                    at += if matches!(self.at(at), Some('{' | '｛')) {
                        sign + braces
                    } else {
                        sign
                    };
                }
            }
        }
    }

    /// `${{ … }}`, or what was meant to be one, at a byte.
    pub(super) fn expression_at(&self, at: usize) -> Option<Written> {
        let rest = self.rest(at);
        let signed = rest.starts_with(['$', '＄']);
        let after_sign = rest.trim_start_matches(['$', '＄']);
        let opens = |sign: char| matches!(sign, '{' | '｛');
        let inside = after_sign.trim_start_matches(opens);
        let braces = after_sign.len() - inside.len();
        let count = after_sign[..braces].chars().count();
        let named = names_a_value(inside);
        let (close, closing) = closing(inside)?;
        let word = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '.' | ' ');
        let plausible = match count {
            1 => signed && (named || (inside[..close].chars().all(word) && !inside[..close].trim().is_empty())),
            2 => signed || named,
            _ => false,
        };
        if rest.len() - after_sign.len() > '＄'.len_utf8() || !plausible {
            return None;
        }
        let from = rest.len() - inside.len();
        let to = from + close + closing;
        let right = rest.starts_with("${{") && rest[..to].ends_with("}}") && closing == 2;
        Some(Written { to: at + to, right })
    }

    fn expression(&mut self, from: usize, written: &Written) {
        let text = self.part(from, written.to);
        let inside = text.trim_start_matches(['$', '＄', '{', '｛']);
        let open = from + text.len() - inside.len();
        let inside = inside.trim_end_matches(['}', '｝']);
        let close = open + inside.len();
        if !written.right {
            let signs = [self.part(from, open), self.part(close, written.to)].concat();
            let (code, certainty) = if signs.contains(['＄', '｛', '｝']) {
                (codes::WIDE_EXPRESSION, Certainty::Sure)
            } else if signs.starts_with("${{") {
                (codes::EXPRESSION_UNCLOSED, Certainty::Possible)
            } else if names_a_value(inside) {
                (codes::BARE_EXPRESSION, Certainty::Sure)
            } else {
                (codes::BARE_EXPRESSION, Certainty::Likely)
            };
            self.edit(code, from, open, "${{", certainty);
            self.edit(code, close, written.to, "}}", certainty);
        }
        // Inside double quotes of YAML only single ones are left for the expression.
        let quoted = self.part(0, from).matches('"').count() % 2 == 1;
        self.inside_expression(open, close, if quoted { '\'' } else { '"' });
    }

    /// Full-width signs in an expression, outside its texts.
    pub(super) fn inside_expression(&mut self, from: usize, to: usize, quote: char) {
        let text = self.part(from, to);
        let mut open: Option<char> = None;
        let mut calls: Vec<bool> = Vec::new(); // whether a parenthesis of signs is open, not one of a name
        let mut skip_to = 0;
        for (at, sign) in text.char_indices().filter(|(_, sign)| !sign.is_ascii_alphanumeric()) {
            if at < skip_to {
                continue;
            }
            let plain = if matches!(sign, '"' | '\'') {
                Some(sign)
            } else {
                signs::quote(sign)
            };
            if let Some(plain) = plain {
                let wide = sign != plain;
                open = match open {
                    None => Some(plain),
                    Some(opened) if opened == plain => None,
                    inside => inside,
                };
                if wide {
                    let mut written = [0; 4];
                    let instead: &str = quote.encode_utf8(&mut written);
                    self.possible(codes::WIDE_LETTERS, from + at, from + at + sign.len_utf8(), instead);
                }
                continue;
            }
            if open.is_some() {
                continue;
            }
            let (end, instead) = match sign {
                '(' => {
                    calls.push(true);
                    continue;
                }
                ')' => {
                    calls.pop();
                    continue;
                }
                '（' => {
                    let call = is_call(&text[..at]);
                    calls.push(call);
                    (at + sign.len_utf8(), call.then(|| "(".to_owned()))
                }
                '）' => (
                    at + sign.len_utf8(),
                    calls.pop().unwrap_or(false).then(|| ")".to_owned()),
                ),
                _ => wide_word(text, at, sign),
            };
            skip_to = end;
            if let Some(instead) = instead {
                self.possible(codes::WIDE_LETTERS, from + at, from + end, &instead);
            }
        }
    }
}

/// The first `}` or `｝` outside quotes: its byte, and the bytes of it and the one after it.
fn closing(inside: &str) -> Option<(usize, usize)> {
    let mut open = None;
    for (at, sign) in inside.char_indices() {
        match (open, sign) {
            (None, '"' | '\'') => open = Some(sign),
            (Some(quote), _) if quote == sign => open = None,
            (None, '}' | '｝') => return Some((at, closers(&inside[at..]))),
            _ => {}
        }
    }
    // A quote that is open to the end, or a full-width one in its place: then the last ones.
    let last = inside.rfind(['}', '｝'])?;
    let first = inside[..last]
        .char_indices()
        .next_back()
        .filter(|(_, sign)| matches!(sign, '}' | '｝'));
    let at = first.map_or(last, |(at, _)| at);
    Some((at, closers(&inside[at..])))
}

fn closers(text: &str) -> usize {
    let closing = text.chars().take(2).take_while(|sign| matches!(sign, '}' | '｝'));
    closing.map(char::len_utf8).sum()
}

/// Whether a parenthesis after this text calls a filter or groups; in `item.住所（方書）` it belongs to the name.
fn is_call(before: &str) -> bool {
    let word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let rest = before.trim_end_matches(word);
    rest.len() == before.len() || rest.trim_end_matches([' ', '\u{3000}']).ends_with(['|', '｜'])
}

/// A full-width sign, number or word of an expression: where it ends, and what it stands for. A name of the office's own
/// may be of full-width letters.
fn wide_word(text: &str, at: usize, sign: char) -> (usize, Option<String>) {
    let end = at + sign.len_utf8();
    if sign == '\u{3000}' || (signs::blank(sign).is_some() && sign != '\t') {
        return (
            end,
            Some(
                signs::blank(sign)
                    .map_or("", |blanks| if blanks.is_empty() { "" } else { " " })
                    .to_owned(),
            ),
        );
    }
    if sign.is_alphanumeric() {
        let word_end = at
            + text[at..]
                .find(|sign: char| !sign.is_alphanumeric() && sign != '_')
                .unwrap_or(text.len() - at);
        let narrowed = signs::narrow(&text[at..word_end]);
        let before = text[..at].trim_end_matches(['.', '．']);
        let own = before.len() < at && !before.ends_with("run") && !before.ends_with("secrets");
        let known = narrowed.filter(|word| {
            !own && (before.len() < at
                || WORDS.contains(&word.as_str())
                || word.bytes().all(|byte| byte.is_ascii_digit()))
        });
        return (word_end, known);
    }
    if sign == '＝' {
        // A lone one compares; two, or one beside another sign, are that sign.
        let beside = |sign: char| "=＝<＜>＞!！".contains(sign);
        let alone = !text[..at].ends_with(beside) && !text[end..].starts_with(beside);
        let inside = text[..at].matches(['(', '（']).count() > text[..at].matches([')', '）']).count();
        return (end, Some(if alone && !inside { "==" } else { "=" }.to_owned()));
    }
    let wide = !sign.is_ascii() && !matches!(sign, '、' | '。' | 'ー' | '～' | '〜');
    (end, signs::half(sign).filter(|_| wide).map(str::to_owned))
}
