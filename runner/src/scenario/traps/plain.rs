//! A value that stands in a line: in quotes, in full-width quotes, or as it is.

use super::Certainty;
use super::line::{Scan, blank_code, fitting_quote};
use super::signs::{self, blank};
use crate::text::codes;

/// Names whose value is a condition, in which an expression needs no `${{ }}`.
const CONDITIONS: &[&str] = &["if", "when", "until"];

/// Words behind which a step or a sign stands.
const TAKES_ENTRIES: &[&str] = &[
    "do",
    "then",
    "else",
    "look",
    "catch",
    "finally",
    "proof",
    "refused",
    "already",
    "present",
    "absent",
    "verify",
    "from",
    "login",
    "home",
    "steps",
    "before",
    "after",
    "start",
    "repeat_until",
];

/// Signs that no value begins with.
const RESERVED: &[char] = &['@', '`', '%', '&', '*', '!', '|', '>', ',', '}', ']'];

impl Scan<'_> {
    /// The value that begins at a byte; `name` is the name it belongs to.
    pub(super) fn value(&mut self, at: usize, name: Option<&str>) {
        let Some(first) = self.at(at) else {
            return;
        };
        let braces = |sign: char| matches!(sign, '{' | '[' | '｛' | '［');
        match first {
            '#' => {}
            '＃' => self.wide_hash(at),
            '|' | '>' if is_block_header(self.rest(at)) => {}
            '"' | '\'' => self.quoted(at, first),
            _ if signs::quote(first).is_some() => self.wide_quoted(at),
            '{' if self.expression_at(at).is_none() && self.bare_braces(at) => {}
            _ if braces(first) && self.expression_at(at).is_none() => self.flow(at),
            _ => self.plain(at, name),
        }
    }

    /// `{{ 受付番号 }}` as a whole value: no map has such a name.
    fn bare_braces(&mut self, at: usize) -> bool {
        let end = self.before_blanks(at, self.comment(at));
        let text = self.part(at, end);
        let inside = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let bare = inside.is_some_and(|inside| !inside.contains(['{', '}']));
        if bare {
            self.possible(codes::BARE_EXPRESSION, at, at, "$");
        }
        bare
    }

    /// A value in quotes.
    fn quoted(&mut self, open: usize, quote: char) {
        if let Some(close) = self.close(open, quote) {
            self.escapes(open, close, quote);
            self.after_value(close);
            return;
        }
        let end = self.before_blanks(open, self.comment(open));
        let last = self.part(open + 1, end).chars().next_back();
        let mut written = [0; 4];
        let quote_text: &str = quote.encode_utf8(&mut written);
        match last.filter(|last| signs::quote(*last).is_some()) {
            Some(last) => self.possible(codes::WIDE_QUOTE, end - last.len_utf8(), end, quote_text),
            None => self.possible(codes::YAML_QUOTE, end, end, quote_text),
        }
    }

    /// `"C:\共有"`: a backslash in double quotes begins an escape.
    pub(super) fn escapes(&mut self, open: usize, close: usize, quote: char) {
        let inside = self.part(open + 1, close - 1);
        if quote != '"' || inside.contains('\'') {
            return;
        }
        let mut signs = inside.chars();
        let mut unknown = false;
        while let Some(sign) = signs.next() {
            unknown |= sign == '\\'
                && !signs
                    .next()
                    .is_some_and(|next| "0abtnvfre \"/\\N_LPxuU\t".contains(next));
        }
        if unknown {
            self.possible(codes::YAML_ESCAPE, open, open + 1, "'");
            self.possible(codes::YAML_ESCAPE, close - 1, close, "'");
        }
    }

    /// `“値”`.
    fn wide_quoted(&mut self, open: usize) {
        let first = self.at(open).map_or(0, char::len_utf8);
        let inside = open + first;
        let is_quote = |sign: char| matches!(sign, '"' | '\'') || signs::quote(sign).is_some();
        let end = self.comment(open);
        // The last one of the value: a quote inside it may be an apostrophe.
        let last = self.part(inside, end).char_indices().rfind(|(_, sign)| is_quote(*sign));
        let Some((at, last)) = last else {
            return self.possible(codes::WIDE_QUOTE, open, inside, "");
        };
        let at = inside + at;
        let close = at + last.len_utf8();
        let Some(quote) = fitting_quote(self.part(inside, at)) else {
            return;
        };
        let certainty = if self.after_blanks(close) >= end {
            Certainty::Likely
        } else {
            Certainty::Possible
        };
        self.edit(codes::WIDE_QUOTE, open, inside, quote, certainty);
        self.edit(codes::WIDE_QUOTE, at, close, quote, certainty);
        self.after_value(close);
    }

    /// What stands after a value that has ended: blanks and a comment.
    pub(super) fn after_value(&mut self, end: usize) {
        let next = self.after_blanks(end);
        let blanks = self.part(end, next);
        if self.at(next) == Some('＃') {
            let text = self.after_blanks(next + '＃'.len_utf8());
            self.possible(
                codes::WIDE_HASH,
                end,
                text,
                &format!("{} # ", blanks.trim_end_matches([' ', '\u{3000}'])),
            );
        } else if blanks.contains(|sign| sign != ' ' && blank(sign).is_some() && sign != '\t') {
            let instead = if next == self.line.len() { "" } else { "  " };
            self.possible(blank_code(blanks), end, next, instead);
        }
    }

    /// A value without quotes.
    fn plain(&mut self, start: usize, name: Option<&str>) {
        if self.hash_in_expression(start) {
            return;
        }
        let comment = self.comment(start);
        let end = self.wide_comment(start, comment).unwrap_or(comment);
        let trimmed = self.before_blanks(start, end);
        self.trailing_blanks(trimmed, end);
        self.odd_signs(start, trimmed);
        let text = self.part(start, trimmed);
        let wide = signs::narrow(text).filter(|_| !text.contains("${{"));
        if let Some(narrowed) = wide {
            return self.possible(codes::WIDE_LETTERS, start, trimmed, &narrowed);
        }
        if !text.contains("${{")
            && (name.is_some_and(|name| CONDITIONS.contains(&name))
                || super::expressions::names_a_value(text.trim_start_matches(['(', '（'])))
        {
            self.inside_expression(start, trimmed, '"');
        }
        if text.starts_with(RESERVED) {
            return self.quote(codes::RESERVED_SIGN, start, trimmed);
        }
        if name.is_some_and(|name| self.step_without_braces(name, start, trimmed)) {
            return;
        }
        self.lone_closing(start, trimmed);
    }

    /// `＃` after a blank in a value, or `#` after a full-width one, which YAML takes for a part of it.
    fn wide_comment(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.part(start, end);
        let (at, sign) = text.match_indices(['＃', '#']).find(|(at, sign)| match *sign {
            "#" => text[..*at].ends_with('\u{3000}'),
            _ => text[..*at].ends_with([' ', '\u{3000}']),
        })?;
        let blanks = self.before_blanks(start, start + at);
        let between = self.part(blanks, start + at);
        let after = self.after_blanks(start + at + sign.len());
        if between.contains('\u{3000}') {
            let code = if sign == "#" {
                codes::WIDE_BLANK
            } else {
                codes::WIDE_HASH
            };
            self.edit(code, blanks, after, "  # ", Certainty::Likely);
        } else {
            self.wide_hash(start + at);
        }
        Some(blanks)
    }

    /// Blanks at a value's end that YAML takes for a part of it.
    fn trailing_blanks(&mut self, from: usize, to: usize) {
        let blanks = self.part(from, to);
        if blanks.contains(|sign| sign != ' ' && sign != '\t' && blank(sign).is_some()) {
            let instead = if to == self.line.len() { "" } else { "  " };
            self.edit(blank_code(blanks), from, to, instead, Certainty::Likely);
        }
    }

    /// Signs inside a value that cannot be seen.
    pub(super) fn odd_signs(&mut self, from: usize, to: usize) {
        for (at, sign) in self.part(from, to).char_indices() {
            let (at, after) = (from + at, from + at + sign.len_utf8());
            if signs::is_invisible(sign) {
                self.edit(codes::INVISIBLE_SIGN, at, after, "", Certainty::Likely);
            } else if sign != '\u{3000}' && sign != '\t' && blank(sign).is_some() {
                self.possible(codes::INVISIBLE_SIGN, at, after, " ");
            }
        }
    }

    /// `${{ a # b }}`: YAML takes the rest for a comment.
    fn hash_in_expression(&mut self, start: usize) -> bool {
        let hash = self.comment(start);
        let before = self.part(start, hash);
        let open = before.rfind("${{").filter(|open| !before[*open..].contains("}}"));
        let Some((_, close)) = open.zip(self.rest(hash).rfind("}}")) else {
            return false;
        };
        let end = self.before_blanks(start, self.comment(hash + close));
        self.quote(codes::HASH_IN_EXPRESSION, start, end);
        true
    }

    /// `do: browser.click: 次へ`: a step, or the parts of a sign, behind the word that they belong to.
    fn step_without_braces(&mut self, name: &str, start: usize, end: usize) -> bool {
        let text = self.part(start, end);
        let Some((word, value)) = text.split_once(": ") else {
            return false;
        };
        let of_word = |sign: char| sign.is_ascii_lowercase() || matches!(sign, '.' | '_');
        // What would end in braces, or become another entry, needs quotes that only a person can put.
        let plain = !value.contains(['[', ']', '{', '}', '"', '\'', '#'])
            && value.split(", ").skip(1).all(|part| {
                part.split_once(": ")
                    .is_some_and(|(word, rest)| !word.is_empty() && word.chars().all(of_word) && !rest.contains(": "))
            })
            && value.split(", ").next().is_some_and(|first| !first.contains(": "))
            && !value.contains(',') | value.contains(", ");
        if !TAKES_ENTRIES.contains(&name) && !name.contains('.') || !word.chars().all(of_word) || !plain {
            return false;
        }
        self.possible(codes::YAML_COLON, start, start, "{ ");
        self.possible(codes::YAML_COLON, end, end, " }");
        true
    }

    /// A value with a second `: ` in it, or with the end of something that did not begin.
    fn lone_closing(&mut self, start: usize, end: usize) {
        let text = self.part(start, end);
        let bare = without_expressions(text);
        let opens = |signs: &[char]| bare.contains(signs);
        if bare.ends_with('}') && !opens(&['{', '｛']) {
            return self.possible(codes::YAML_BRACKET, start, start, "{ ");
        }
        if bare.ends_with(']') && !opens(&['[', '［']) {
            return self.possible(codes::YAML_BRACKET, start, start, "[");
        }
        if bare.ends_with('"') && bare.matches('"').count() == 1 && fitting_quote(&text[..text.len() - 1]) == Some("\"")
        {
            return self.edit(codes::YAML_QUOTE, start, start, "\"", Certainty::Likely);
        }
        let Some(colon) = bare.find(": ").or_else(|| bare.strip_suffix(':').map(str::len)) else {
            return;
        };
        // `link: 新規登録` may be meant as a name and its value.
        let word = bare[..colon]
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "._".contains(sign));
        if !word {
            self.quote(codes::YAML_COLON, start, end);
        }
    }
}

/// A text with its expressions blanked out, byte for byte.
fn without_expressions(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("${{") {
        let length = rest[open..].find("}}").map_or(rest.len() - open, |close| close + 2);
        bare.push_str(&rest[..open]);
        bare.extend(std::iter::repeat_n('_', length));
        rest = &rest[open + length..];
    }
    bare.push_str(rest);
    bare
}

/// `|` or `>` with its signs.
fn is_block_header(text: &str) -> bool {
    let head = text.split(" #").next().unwrap_or(text).trim_end();
    head.len() <= 3 && head[1..].chars().all(|sign| matches!(sign, '-' | '+' | '1'..='9'))
}
