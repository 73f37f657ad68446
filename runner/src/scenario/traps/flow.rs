//! `{ }` and `[ ]`.

use super::Certainty;
use super::line::{Scan, blank_code, in_name};
use super::signs;
use crate::text::codes;

/// Where the reading of brackets stands.
struct Flow {
    /// The brackets that are open, as the plain signs that close them.
    open: Vec<char>,
    /// Whether the entry has its name already.
    named: bool,
    /// The first byte of what stands between two signs.
    token: usize,
    /// Whether the outermost bracket is a full-width one.
    wide: bool,
}

impl Flow {
    /// How sure a full-width sign is: nobody writes the outermost bracket in full width and means it.
    fn certainty(&self) -> Certainty {
        if self.wide {
            Certainty::Likely
        } else {
            Certainty::Possible
        }
    }
}

impl Scan<'_> {
    /// The brackets that begin at a byte.
    pub(super) fn flow(&mut self, start: usize) {
        let mut flow = Flow {
            open: Vec::new(),
            named: false,
            token: start,
            wide: self.at(start) == Some('｛'),
        };
        let end = self.comment(start);
        let mut at = start;
        while at < end {
            let Some(sign) = self.at(at) else { break };
            let token_begins = at == flow.token;
            at = match sign {
                '$' | '＄' | '{' | '｛' if self.expression_at(at).is_some() => self.bare_in_flow(at, end, &flow),
                '{' | '｛' => self.opened(at, sign, '}', &mut flow),
                '[' | '［' => self.opened(at, sign, ']', &mut flow),
                '}' | '｝' | ']' | '］' => self.closed(at, sign, &mut flow),
                ',' | '，' | '、' | '､' => self.comma(at, sign, &mut flow),
                ':' | '：' => self.flow_colon(at, sign, &mut flow),
                '"' | '\'' if token_begins => self.flow_quoted(at, end, sign),
                _ if token_begins && signs::quote(sign).is_some() => self.flow_wide_quoted(at, end),
                _ => at + sign.len_utf8(),
            };
            if flow.open.is_empty() {
                return self.after_value(at);
            }
        }
        let missing: String = flow
            .open
            .iter()
            .rev()
            .map(|close| if *close == '}' { " }" } else { "]" })
            .collect();
        let last = self.before_blanks(start, end);
        self.possible(codes::YAML_BRACKET, last, last, &missing);
    }

    fn opened(&mut self, at: usize, sign: char, close: char, flow: &mut Flow) -> usize {
        if !sign.is_ascii() {
            self.edit(
                codes::WIDE_BRACE,
                at,
                at + sign.len_utf8(),
                if close == '}' { "{" } else { "[" },
                flow.certainty(),
            );
        }
        flow.open.push(close);
        self.begin(at + sign.len_utf8(), flow)
    }

    fn closed(&mut self, at: usize, sign: char, flow: &mut Flow) -> usize {
        self.token_ends(at, flow);
        let after = at + sign.len_utf8();
        let expected = flow.open.pop().unwrap_or('}');
        let meant = if matches!(sign, '}' | '｝') { '}' } else { ']' };
        let mut written = [0; 4];
        let instead: &str = expected.encode_utf8(&mut written);
        if !sign.is_ascii() {
            self.edit(codes::WIDE_BRACE, at, after, instead, flow.certainty());
        } else if meant != expected {
            self.possible(codes::YAML_BRACKET, at, after, instead);
        }
        flow.named = true;
        flow.token = after;
        after
    }

    /// The next token after a bracket or comma, and the blanks before it.
    fn begin(&mut self, after: usize, flow: &mut Flow) -> usize {
        let token = self.after_blanks(after);
        self.flow_blanks(after, token);
        flow.named = false;
        flow.token = token;
        token
    }

    fn flow_blanks(&mut self, from: usize, to: usize) {
        let blanks = self.part(from, to);
        if blanks.contains(|sign| !matches!(sign, ' ' | '\t')) {
            self.edit(blank_code(&blanks.replace('\t', "")), from, to, " ", Certainty::Likely);
        }
    }

    /// Blanks that are none before a colon.
    fn flow_blanks_none(&mut self, from: usize, to: usize) {
        let blanks = self.part(from, to);
        if blanks.contains(|sign| !matches!(sign, ' ' | '\t')) {
            self.edit(blank_code(&blanks.replace('\t', "")), from, to, "", in_name(blanks));
        }
    }

    /// A name or value between two signs.
    fn token_ends(&mut self, end: usize, flow: &Flow) {
        let trimmed = self.before_blanks(flow.token, end);
        self.flow_blanks(trimmed, end);
        let text = self.part(flow.token, trimmed);
        if text.starts_with(['"', '\'', '$', '＄']) {
            return;
        }
        match signs::narrow(text) {
            Some(narrowed)
                if !text.contains(['｛', '｝', '{', '}']) && !text.chars().any(|sign| signs::quote(sign).is_some()) =>
            {
                self.possible(codes::WIDE_LETTERS, flow.token, trimmed, &narrowed);
            }
            _ => self.odd_signs(flow.token, trimmed),
        }
    }

    fn comma(&mut self, at: usize, sign: char, flow: &mut Flow) -> usize {
        let after = at + sign.len_utf8();
        if sign == ',' {
            self.token_ends(at, flow);
            return self.begin(after, flow);
        }
        let in_list = flow.open.last() == Some(&']');
        let next = self
            .rest(after)
            .split([',', '，', '、', '､', '}', '｝'])
            .next()
            .unwrap_or_default();
        let entry_follows = flow.named && next.contains([':', '：']);
        if !in_list && !entry_follows {
            return after;
        }
        self.token_ends(at, flow);
        let token = self.after_blanks(after);
        self.edit(codes::WIDE_COMMA, at, token, ", ", flow.certainty());
        flow.named = false;
        flow.token = token;
        token
    }

    fn flow_colon(&mut self, at: usize, sign: char, flow: &mut Flow) -> usize {
        let after = at + sign.len_utf8();
        let in_map = flow.open.last() == Some(&'}');
        let name = self.before_blanks(flow.token, at);
        let meant = sign == ':' && self.is_meant(flow.token, at);
        if !in_map || flow.named || name == flow.token || meant {
            return after;
        }
        let value = self.after_blanks(after);
        if let Some(narrowed) = signs::narrow(self.part(flow.token, name)) {
            self.possible(codes::WIDE_LETTERS, flow.token, name, &narrowed);
        }
        let blanks = self.part(after, value);
        if sign == ':' {
            self.flow_blanks_none(name, at);
        }
        if sign == '：' {
            self.edit(codes::WIDE_COLON, name, value, ": ", flow.certainty());
        } else if blanks.is_empty() {
            if !self.part(flow.token, name).ends_with(['"', '\'']) {
                self.possible(codes::NO_BLANK, after, after, " ");
            }
        } else if !blanks.starts_with(' ') {
            self.possible(blank_code(blanks), after, value, " ");
        } else {
            self.flow_blanks(after, value);
        }
        flow.named = true;
        flow.token = value;
        value
    }

    /// `{ a: ${{ b }} }`: quotes around all of the value.
    fn bare_in_flow(&mut self, at: usize, end: usize, flow: &Flow) -> usize {
        let Some(written) = self.expression_at(at) else {
            return at + 1;
        };
        let mut to = written.to;
        while let Some(sign) = self
            .at(to)
            .filter(|sign| to < end && !matches!(sign, ',' | '}' | ']' | '｝' | '］' | '"'))
        {
            to = self
                .expression_at(to)
                .map_or(to + sign.len_utf8(), |written| written.to);
        }
        // `x }}" }`: the quote at its beginning is missing.
        if self.at(to) == Some('"') {
            self.possible(codes::YAML_QUOTE, flow.token, flow.token, "\"");
            return to + 1;
        }
        let last = self.before_blanks(flow.token, to);
        self.quote(codes::EXPRESSION_IN_BRACES, flow.token, last);
        to
    }

    fn flow_quoted(&mut self, at: usize, end: usize, quote: char) -> usize {
        let closed = self.close(at, quote).filter(|close| {
            let next = self.after_blanks(*close);
            self.at(next)
                .is_none_or(|sign| matches!(sign, ',' | '，' | '、' | '､' | '}' | '｝' | ']' | '］' | ':' | '：'))
        });
        if let Some(close) = closed {
            self.escapes(at, close, quote);
            return close;
        }
        let mut written = [0; 4];
        let instead: &str = quote.encode_utf8(&mut written);
        let mut to = at + 1;
        while let Some(sign) = self
            .at(to)
            .filter(|sign| to < end && !matches!(sign, ',' | '}' | ']' | '｝' | '］'))
        {
            if signs::quote(sign).is_some() {
                self.possible(codes::WIDE_QUOTE, to, to + sign.len_utf8(), instead);
                return to + sign.len_utf8();
            }
            to = self
                .expression_at(to)
                .map_or(to + sign.len_utf8(), |written| written.to);
        }
        let last = self.before_blanks(at, to);
        self.possible(codes::YAML_QUOTE, last, last, instead);
        to
    }

    fn flow_wide_quoted(&mut self, at: usize, end: usize) -> usize {
        let inside = at + self.at(at).map_or(0, char::len_utf8);
        let is_quote = |sign: char| matches!(sign, '"' | '\'') || signs::quote(sign).is_some();
        let mut to = inside;
        while let Some(sign) = self.at(to).filter(|_| to < end) {
            if is_quote(sign) {
                let quote = if self.part(inside, to).contains(['"', '\\']) {
                    "'"
                } else {
                    "\""
                };
                self.edit(codes::WIDE_QUOTE, at, inside, quote, Certainty::Likely);
                self.edit(codes::WIDE_QUOTE, to, to + sign.len_utf8(), quote, Certainty::Likely);
                return to + sign.len_utf8();
            }
            to = self
                .expression_at(to)
                .map_or(to + sign.len_utf8(), |written| written.to);
        }
        inside
    }
}
