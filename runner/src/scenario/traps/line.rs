//! A line from its indentation to its value.

use super::signs::{self, blank, is_wide_dash};
use super::{Certainty, Edit};
use crate::text::{Code, codes};

/// The traps of a line that is no part of a `|` text, in their order.
pub(in crate::scenario) fn edits(line: &str) -> Vec<Edit> {
    let mut scan = Scan {
        line,
        edits: Vec::new(),
    };
    for (at, sign) in line.char_indices().filter(|(_, sign)| signs::is_control(*sign)) {
        scan.edit(codes::CONTROL_SIGN, at, at + sign.len_utf8(), "", Certainty::Sure);
    }
    let start = scan.indentation();
    scan.content(start);
    scan.edits.sort_by_key(|edit| (edit.from, edit.to));
    scan.edits
}

/// Whether a line begins an item of a list, by whatever dash.
pub(in crate::scenario) fn begins_item(line: &str) -> bool {
    let mut signs = line.trim_start().chars();
    match signs.next() {
        Some('-') => signs.next().is_none_or(char::is_whitespace),
        Some(sign) => is_wide_dash(sign) && signs.next().is_none_or(char::is_whitespace),
        None => false,
    }
}

/// A line while it is read.
pub(super) struct Scan<'l> {
    pub(super) line: &'l str,
    pub(super) edits: Vec<Edit>,
}

/// The code for a blank that is none.
pub(super) fn blank_code(blanks: &str) -> Code {
    if blanks.contains('\t') {
        codes::TAB_INDENT
    } else if blanks.contains('\u{3000}') {
        codes::WIDE_BLANK
    } else {
        codes::INVISIBLE_SIGN
    }
}

/// How sure blanks between a name and its colon are: what cannot be seen is no part of a name.
pub(super) fn in_name(blanks: &str) -> Certainty {
    let unseen = |sign: char| sign == ' ' || signs::is_invisible(sign);
    if blanks.chars().all(unseen) {
        Certainty::Sure
    } else {
        Certainty::Likely
    }
}

impl<'l> Scan<'l> {
    pub(super) fn edit(&mut self, code: Code, from: usize, to: usize, instead: &str, certainty: Certainty) {
        self.edits.push(Edit {
            code,
            from,
            to,
            instead: instead.to_owned(),
            certainty,
        });
    }

    pub(super) fn possible(&mut self, code: Code, from: usize, to: usize, instead: &str) {
        self.edit(code, from, to, instead, Certainty::Possible);
    }

    /// The line from a byte on; empty where that is no place in it.
    pub(super) fn rest(&self, from: usize) -> &'l str {
        self.line.get(from..).unwrap_or_default()
    }

    pub(super) fn part(&self, from: usize, to: usize) -> &'l str {
        self.line.get(from..to).unwrap_or_default()
    }

    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    /// The byte after all sorts of blanks.
    pub(super) fn after_blanks(&self, from: usize) -> usize {
        let rest = self.rest(from);
        from + rest.len()
            - rest
                .trim_start_matches(|sign| sign == ' ' || blank(sign).is_some())
                .len()
    }

    /// The byte before the blanks, of whatever sort, that end at `to`.
    pub(super) fn before_blanks(&self, from: usize, to: usize) -> usize {
        let trimmed = self
            .part(from, to)
            .trim_end_matches(|sign| sign == ' ' || blank(sign).is_some());
        from + trimmed.len()
    }

    /// Where a comment begins that stands after a blank, at or after `from`; the line's end without one.
    pub(super) fn comment(&self, from: usize) -> usize {
        let starts = |(at, _): &(usize, &str)| *at + from == 0 || self.part(0, from + at).ends_with([' ', '\t']);
        let found = self.rest(from).match_indices('#').find(starts);
        found.map_or(self.line.len(), |(at, _)| from + at)
    }

    /// The blanks at the beginning; where they end.
    fn indentation(&mut self) -> usize {
        let end = self.after_blanks(0);
        let blanks = self.part(0, end);
        if blanks.trim_matches(' ').is_empty() {
            return end;
        }
        let written: String = blanks
            .chars()
            .map(|sign| if sign == ' ' { " " } else { blank(sign).unwrap_or("") })
            .collect();
        let instead = if end == self.line.len() { "" } else { &written };
        self.possible(blank_code(blanks), 0, end, instead);
        end
    }

    fn content(&mut self, start: usize) {
        match self.at(start) {
            None | Some('#') => return,
            Some('＃') => return self.wide_hash(start),
            Some(_) => {}
        }
        self.expressions(start);
        let start = self.dashes(start);
        match self.key(start) {
            Some((name, value)) => self.value(value, Some(name)),
            None => match self.colon_missing(start) {
                Some((word, brace)) => self.value(brace, Some(word)),
                None => self.value(start, None),
            },
        }
    }

    /// `browser.click { link: 次へ }`: a word and what belongs to it, without the colon between them.
    fn colon_missing(&mut self, start: usize) -> Option<(&'l str, usize)> {
        let of_word = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_');
        let word = self.rest(start).len() - self.rest(start).trim_start_matches(of_word).len();
        let brace = self.after_blanks(start + word);
        let opens = self
            .at(brace)
            .is_some_and(|sign| matches!(sign, '{' | '[' | '｛' | '［'));
        // A step's name has a dot; any other word may begin a text.
        let step = self.part(start, start + word).contains('.') && brace > start + word && brace < self.line.len();
        let expression = self.expression_at(brace).is_some();
        if word == 0 || !(opens && !expression || step) {
            return None;
        }
        self.possible(codes::COLON_MISSING, start + word, brace, ": ");
        Some((self.part(start, start + word), brace))
    }

    /// The dashes of list items; where what they hold begins.
    fn dashes(&mut self, mut at: usize) -> usize {
        while let Some(dash) = self.at(at) {
            let after = at + dash.len_utf8();
            let begin = self.after_blanks(after);
            let blanks = self.part(after, begin);
            if dash == '-' {
                match self.at(after) {
                    None | Some('-') => return after,
                    Some(' ') => self.odd_blanks(after, begin),
                    Some(_) if begin > after => {
                        self.possible(blank_code(&blanks.replace('\t', "")), after, begin, " ");
                    }
                    Some(_) => self.possible(codes::NO_BLANK, after, after, " "),
                }
            } else if is_wide_dash(dash) {
                self.possible(codes::WIDE_DASH, at, begin, "- ");
            } else {
                break;
            }
            at = begin;
        }
        at
    }

    /// Blanks that are none among those before a value.
    fn odd_blanks(&mut self, from: usize, to: usize) {
        let blanks = self.part(from, to);
        if blanks.contains(|sign| sign != ' ' && sign != '\t') {
            self.edit(blank_code(&blanks.replace('\t', "")), from, to, " ", Certainty::Likely);
        }
    }

    /// A name and its colon: the name, and where the value begins.
    fn key(&mut self, start: usize) -> Option<(&'l str, usize)> {
        let first = self.at(start)?;
        if matches!(first, '{' | '[' | '｛' | '［' | '$' | '＄' | '#' | '|' | '>') {
            return None;
        }
        let (end, colon, sign) = match first {
            '"' | '\'' => {
                let close = self.close(start, first)?;
                let colon = self.after_blanks(close);
                let sign = self.at(colon).filter(|sign| matches!(sign, ':' | '：'))?;
                (close, colon, sign)
            }
            _ => self.plain_colon(start)?,
        };
        let name = self.part(start, end);
        self.brace_missing(start, end);
        if let Some(narrowed) = signs::narrow(name) {
            self.possible(codes::WIDE_LETTERS, start, end, &narrowed);
        }
        if sign == ':' && !self.part(end, colon).trim_matches(' ').is_empty() {
            self.edit(
                blank_code(&self.part(end, colon).replace('\t', "")),
                end,
                colon,
                "",
                in_name(self.part(end, colon)),
            );
        }
        let after = colon + sign.len_utf8();
        let value = self.after_blanks(after);
        let blanks = self.part(after, value);
        let last = value == self.line.len();
        if sign == '：' {
            self.possible(codes::WIDE_COLON, end, value, if last { ":" } else { ": " });
        } else if last {
            if !blanks.trim_matches([' ', '\t']).is_empty() {
                self.possible(blank_code(blanks), after, value, "");
            }
        } else if blanks.is_empty() {
            self.possible(codes::NO_BLANK, after, after, " ");
        } else if blanks.starts_with(' ') {
            self.odd_blanks(after, value);
        } else {
            self.possible(blank_code(&blanks.replace('\t', "")), after, value, " ");
        }
        Some((name, value))
    }

    /// `browser.click link: 次へ`: a step's name and the first of its entries, without what stands between them.
    fn brace_missing(&mut self, start: usize, end: usize) {
        let of_word = |sign: char| sign.is_ascii_lowercase() || matches!(sign, '.' | '_');
        let Some((step, entry)) = self.part(start, end).split_once([' ', '\u{3000}']) else {
            return;
        };
        let entry = entry.trim_start_matches([' ', '\u{3000}']);
        let value = self.before_blanks(start, self.comment(start));
        let plain = !self.part(end, value).contains(['{', '[', '"', ',']);
        if step.contains('.')
            && [step, entry]
                .iter()
                .all(|word| !word.is_empty() && word.chars().all(of_word))
            && plain
        {
            self.possible(codes::COLON_MISSING, start + step.len(), end - entry.len(), ": { ");
            self.possible(codes::COLON_MISSING, value, value, " }");
        }
    }

    /// The colon after a name without quotes: the name's end, the colon, and which one it is.
    fn plain_colon(&self, start: usize) -> Option<(usize, usize, char)> {
        let end = self.comment(start);
        for (at, sign) in self.part(start, end).char_indices() {
            let at = start + at;
            let name = self.before_blanks(start, at);
            match sign {
                '：' if name > start => return Some((name, at, sign)),
                ':' if name > start && !self.is_meant(start, at) => return Some((name, at, sign)),
                // A text that begins with an expression, or holds one, is no name from there on.
                '{' | '｛' => return None,
                _ => {}
            }
        }
        None
    }

    /// A colon inside a time, an address or a path.
    pub(super) fn is_meant(&self, start: usize, colon: usize) -> bool {
        let (before, after) = (self.part(start, colon), self.rest(colon + 1));
        let digit = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
        let time = digit(before.chars().next_back()) && digit(after.chars().next());
        let drive = before.len() == 1 && after.starts_with(['\\', '￥']);
        time || drive || after.starts_with("//") || after.starts_with(':') || before.ends_with(':')
    }

    /// The byte after the quote that closes the one at `open`; `None` when nothing does on this line.
    pub(super) fn close(&self, open: usize, quote: char) -> Option<usize> {
        let inside = open + quote.len_utf8();
        let mut signs = self.rest(inside).char_indices().peekable();
        while let Some((at, sign)) = signs.next() {
            if sign == '\\' && quote == '"' {
                signs.next();
            } else if sign == quote {
                if quote == '\'' && signs.peek().is_some_and(|(_, next)| *next == '\'') {
                    signs.next();
                    continue;
                }
                return Some(inside + at + quote.len_utf8());
            }
        }
        None
    }

    /// `＃` where a comment begins.
    pub(super) fn wide_hash(&mut self, at: usize) {
        let text = self.after_blanks(at + '＃'.len_utf8());
        let certainty = if self.part(0, at).trim().is_empty() {
            Certainty::Possible
        } else {
            Certainty::Likely
        };
        self.edit(codes::WIDE_HASH, at, text, "# ", certainty);
    }

    /// Puts quotes around a part; nothing where neither sort will do.
    pub(super) fn quote(&mut self, code: Code, from: usize, to: usize) {
        let Some(quote) = fitting_quote(self.part(from, to)) else {
            return;
        };
        self.possible(code, from, from, quote);
        self.possible(code, to, to, quote);
    }
}

/// The quote that a text can stand in as it is.
pub(super) fn fitting_quote(text: &str) -> Option<&'static str> {
    let double = text.contains(['"', '\\']) || text.chars().any(|sign| signs::quote(sign) == Some('"'));
    match (double, text.contains('\'')) {
        (false, _) => Some("\""),
        (true, false) => Some("'"),
        (true, true) => None,
    }
}
