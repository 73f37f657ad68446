//! Keyboard traps: what a Japanese keyboard or a spreadsheet puts into a file where YAML wants the half-width sign.
//!
//! Everything here is text that may also be meant (`見出し：` is a fine label), so a trap is told only on a line that
//! could not be read, or as a warning where it changes a value silently.

use crate::diag::{Diagnostic, Severity, Source, Span};
use crate::text::{Code, Message, codes};

/// A trap on a line.
#[derive(Debug)]
pub(super) struct Trap {
    /// The line, from 1.
    pub(super) line: usize,
    /// What to say: an error with the mended line.
    pub(super) diagnostic: Diagnostic,
}

/// Every line that may hold a trap; the first trap of each.
pub(super) fn find(source: &Source) -> Vec<Trap> {
    let mut block_text = BlockText::default();
    let mut traps = Vec::new();
    for number in 1..=source.line_count() {
        let line = source.line(number);
        if block_text.holds(line) {
            continue;
        }
        if let Some(found) = CHECKS.iter().find_map(|check| check(line)) {
            let start = source.line_span(number).start;
            let span = Span::new(start + found.from, start + found.to);
            traps.push(Trap {
                line: number,
                diagnostic: Diagnostic::error(Message::new(found.code), span).with_mended(found.mended),
            });
        }
    }
    traps
}

impl Trap {
    /// What to say, if YAML takes this trap silently as part of a value.
    pub(super) fn silent(&self) -> Option<Diagnostic> {
        let is_one_of = |codes: &[Code]| codes.iter().any(|code| self.diagnostic.message.is(*code));
        let severity = if is_one_of(&[codes::WIDE_EXPRESSION, codes::BARE_EXPRESSION]) {
            // Nobody means these as text.
            Severity::Error
        } else if is_one_of(&[codes::WIDE_QUOTE, codes::WIDE_HASH, codes::WIDE_BRACE]) {
            Severity::Warning
        } else {
            return None;
        };
        Some(Diagnostic {
            severity,
            ..self.diagnostic.clone()
        })
    }
}

/// The lines of a `|` or `>` text, which may hold anything.
#[derive(Default)]
struct BlockText {
    deeper_than: Option<usize>,
}

impl BlockText {
    fn holds(&mut self, line: &str) -> bool {
        let indent = line.len() - line.trim_start_matches(' ').len();
        match self.deeper_than {
            Some(depth) if line.trim().is_empty() || indent > depth => return true,
            _ => self.deeper_than = None,
        }
        let head = line.split(" #").next().unwrap_or(line).trim_end();
        let opens = ["|", ">", "|-", ">-", "|+", ">+"].iter().any(|sign| {
            head.strip_suffix(sign)
                .is_some_and(|rest| rest.ends_with(": ") || rest.ends_with("- "))
        });
        if opens {
            self.deeper_than = Some(indent);
        }
        false
    }
}

/// A trap in a line: its bytes in the line, and the line without it.
struct Found {
    code: Code,
    from: usize,
    to: usize,
    mended: String,
}

fn found(code: Code, line: &str, from: usize, to: usize, instead: &str) -> Option<Found> {
    let mended = format!("{}{instead}{}", line.get(..from)?, line.get(to..)?);
    Some(Found { code, from, to, mended })
}

type Check = fn(&str) -> Option<Found>;

const CHECKS: &[Check] = &[
    tab,
    wide_indent,
    wide_dash,
    wide_hash,
    wide_expression,
    bare_expression,
    wide_brace,
    expression_in_braces,
    wide_colon,
    wide_blank,
    no_blank,
    wide_quote,
];

/// A tab in the indentation.
fn tab(line: &str) -> Option<Found> {
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len()];
    let at = indent.find('\t')?;
    found(
        codes::TAB_INDENT,
        line,
        at,
        indent.len(),
        &indent[at..].replace(['\t', '\u{3000}'], "  "),
    )
}

/// A full-width blank in the indentation.
fn wide_indent(line: &str) -> Option<Found> {
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\u{3000}']).len()];
    let at = indent.find('\u{3000}')?;
    found(
        codes::WIDE_BLANK,
        line,
        at,
        indent.len(),
        &indent[at..].replace('\u{3000}', "  "),
    )
}

/// `－ ` or `-　` where a list item begins.
fn wide_dash(line: &str) -> Option<Found> {
    let start = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[start..];
    let dash = rest.chars().next()?;
    if !matches!(dash, '-' | '－' | 'ー' | '―' | '−') {
        return None;
    }
    let after = &rest[dash.len_utf8()..];
    let blank = after.chars().next()?;
    match (dash, blank) {
        ('-', '\u{3000}') => found(codes::WIDE_BLANK, line, start + 1, start + 4, " "),
        ('-', _) => None,
        (_, ' ' | '\u{3000}') => {
            let to = start + dash.len_utf8() + blank.len_utf8();
            found(codes::WIDE_DASH, line, start, to, "- ")
        }
        _ => None,
    }
}

/// `＃` where a comment begins.
fn wide_hash(line: &str) -> Option<Found> {
    let (at, sign) = unquoted(line).find(|(at, sign)| {
        *sign == '＃' && (line[..*at].trim().is_empty() || line[..*at].ends_with([' ', '\u{3000}']))
    })?;
    let rest = line[at + sign.len_utf8()..].trim_start_matches([' ', '\u{3000}']);
    found(codes::WIDE_HASH, line, at, line.len() - rest.len(), "# ")
}

/// `｛ ｝` around a value.
fn wide_brace(line: &str) -> Option<Found> {
    let begins_value = |at: usize| line[..at].trim_end().ends_with([':', '-', '：', '[', ',']);
    let (from, _) = unquoted(line).find(|(at, sign)| *sign == '｛' && begins_value(*at))?;
    let (to, _) = unquoted(line)
        .filter(|(at, sign)| *at > from && *sign == '｝')
        .last()
        .unwrap_or((line.len(), ' '));
    let inside = line[from..to].replace('｛', "{").replace('｝', "}");
    let inside = inside
        .replace('：', ": ")
        .replace(['，', '、'], ", ")
        .replace(":  ", ": ");
    let end = (to + '｝'.len_utf8()).min(line.len());
    found(codes::WIDE_BRACE, line, from, end, &format!("{inside}}}"))
}

/// `＄｛｛ item.x ｝｝`, wholly or partly full-width; also inside quotes.
fn wide_expression(line: &str) -> Option<Found> {
    let (from, to, inside) = doubly_braced(line)?;
    let signed = line[from..].starts_with(['$', '＄']);
    let wide = line[from..to].replace(inside, "").contains(['＄', '｛', '｝']);
    if !wide || !(signed || names_a_value(inside)) {
        return None;
    }
    found(codes::WIDE_EXPRESSION, line, from, to, &format!("${{{{{inside}}}}}"))
}

/// `{{ item.x }}`, as other products write it; also inside quotes.
fn bare_expression(line: &str) -> Option<Found> {
    let (from, to, inside) = doubly_braced(line)?;
    if !line[from..].starts_with("{{") || !names_a_value(inside) {
        return None;
    }
    found(codes::BARE_EXPRESSION, line, from, to, &format!("${{{{{inside}}}}}"))
}

/// The first `{{ … }}` that is no right `${{ … }}`, with the sign before it: its bytes, and what stands inside.
fn doubly_braced(line: &str) -> Option<(usize, usize, &str)> {
    let opens = |sign: char| matches!(sign, '{' | '｛');
    if line.trim_start().starts_with('#') {
        return None;
    }
    let mut rest = line;
    while let Some(open) = rest.find(opens) {
        let at = line.len() - rest.len() + open;
        let after = rest[open..].trim_start_matches(opens);
        let braces = &rest[open..rest.len() - after.len()];
        let dollar = line[..at].chars().next_back().filter(|sign| matches!(sign, '$' | '＄'));
        rest = after;
        let Some(close) = after.find(['}', '｝']).filter(|_| braces.chars().count() == 2) else {
            continue;
        };
        let closing: usize = after[close..]
            .chars()
            .take(2)
            .filter(|sign| matches!(sign, '}' | '｝'))
            .map(char::len_utf8)
            .sum();
        let from = at - dollar.map_or(0, char::len_utf8);
        let to = line.len() - after.len() + close + closing;
        let right = line[from..to].starts_with("${{") && line[from..to].ends_with("}}");
        if !right {
            return Some((from, to, &after[..close]));
        }
        rest = &line[to..];
    }
    None
}

/// Whether a text begins with the name of a value.
fn names_a_value(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{3000}']);
    ["item.", "item[", "run.", "secrets."]
        .iter()
        .any(|start| text.starts_with(start))
}

/// `${{ }}` inside `{ }` or `[ ]` without quotes.
fn expression_in_braces(line: &str) -> Option<Found> {
    let mut depth = 0_usize;
    let mut value = 0;
    for (at, sign) in unquoted(line) {
        if line[at..].starts_with("${{") {
            if depth == 0 {
                return None;
            }
            let close = at + line[at..].find("}}")? + 2;
            let rest = &line[close..];
            let to = close + rest.find([',', '}', ']']).unwrap_or(rest.len());
            let to = line[..to].trim_end().len();
            let from = value + (line[value..at].len() - line[value..at].trim_start().len());
            let inside = &line[from..to];
            let quote = if inside.contains('"') { '\'' } else { '"' };
            return found(
                codes::EXPRESSION_IN_BRACES,
                line,
                from,
                to,
                &format!("{quote}{inside}{quote}"),
            );
        }
        match sign {
            '{' | '[' => {
                depth += 1;
                value = at + 1;
            }
            '}' | ']' => depth = depth.saturating_sub(1),
            ',' => value = at + 1,
            ':' if line[at + 1..].starts_with(' ') => value = at + 1,
            _ => {}
        }
    }
    None
}

/// `名前：値`.
fn wide_colon(line: &str) -> Option<Found> {
    let (at, sign) = unquoted(line).find(|(_, sign)| matches!(sign, '：' | ':'))?;
    if sign != '：' || line[..at].trim_matches([' ', '-', '\u{3000}']).is_empty() {
        return None;
    }
    let from = line[..at].trim_end_matches([' ', '\u{3000}']).len();
    let rest = line[at + sign.len_utf8()..].trim_start_matches([' ', '\u{3000}']);
    let to = line.len() - rest.len();
    let instead = if rest.is_empty() { ":" } else { ": " };
    found(codes::WIDE_COLON, line, from, to, instead)
}

/// `名前:　値`.
fn wide_blank(line: &str) -> Option<Found> {
    let (at, _) = unquoted(line)
        .find(|(at, sign)| *sign == ':' && line[at + 1..].trim_start_matches(' ').starts_with('\u{3000}'))?;
    let rest = line[at + 1..].trim_start_matches([' ', '\u{3000}']);
    found(codes::WIDE_BLANK, line, at + 1, line.len() - rest.len(), " ")
}

/// `名前:値`; times and addresses have such a colon too.
fn no_blank(line: &str) -> Option<Found> {
    let (at, _) = unquoted(line).find(|(_, sign)| *sign == ':')?;
    let name = line[..at].trim_start_matches([' ', '-', '{', '[']);
    let rest = &line[at + 1..];
    let meant = name.is_empty()
        || name.ends_with(|character: char| character.is_ascii_digit())
        || rest.is_empty()
        || rest.starts_with([' ', '\t', ':'])
        || rest.starts_with("//");
    if meant {
        return None;
    }
    found(codes::NO_BLANK, line, at, at + 1, ": ")
}

/// `“値”`.
fn wide_quote(line: &str) -> Option<Found> {
    let is_quote = |sign: char| matches!(sign, '“' | '”' | '＂' | '„' | '‟');
    let (from, sign) = unquoted(line).find(|(_, sign)| is_quote(*sign))?;
    if !line[..from].trim_end().ends_with([':', '-', '[', ',', '{', '：']) {
        return None;
    }
    let after = from + sign.len_utf8();
    let (close, last) = line[after..].char_indices().find(|(_, sign)| is_quote(*sign))?;
    let inside = &line[after..after + close];
    let to = after + close + last.len_utf8();
    found(codes::WIDE_QUOTE, line, from, to, &format!("\"{inside}\""))
}

/// The characters of a line that stand neither in quotes nor in a comment.
fn unquoted(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut before = ' ';
    line.char_indices()
        .take_while(move |(at, sign)| !(*sign == '#' && (*at == 0 || line[..*at].ends_with(' '))))
        .filter(move |(_, sign)| {
            let opens = quote.is_none() && matches!(sign, '"' | '\'') && matches!(before, ' ' | '{' | '[' | ',' | ':');
            let inside = quote.is_some() || opens;
            if quote == Some(*sign) {
                quote = None;
            } else if opens {
                quote = Some(*sign);
            }
            before = *sign;
            !inside
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(line: &str) -> Option<(Code, String)> {
        let source = Source::new("a.yaml", line);
        let trap = find(&source).into_iter().next()?;
        let code = codes_of(&trap.diagnostic)?;
        Some((code, trap.diagnostic.mended?))
    }

    fn codes_of(diagnostic: &Diagnostic) -> Option<Code> {
        crate::text::find(&diagnostic.message.code).map(|entry| entry.code)
    }

    #[test]
    fn every_trap_is_found_and_its_line_mended() {
        for (line, code, mended) in [
            ("name：住民票", codes::WIDE_COLON, "name: 住民票"),
            ("steps：", codes::WIDE_COLON, "steps:"),
            ("    氏名 ：　山田", codes::WIDE_COLON, "    氏名: 山田"),
            ("name:　住民票", codes::WIDE_BLANK, "name: 住民票"),
            ("　- browser.open: /", codes::WIDE_BLANK, "  - browser.open: /"),
            ("  -　browser.open: /", codes::WIDE_BLANK, "  - browser.open: /"),
            ("  － browser.open: /", codes::WIDE_DASH, "  - browser.open: /"),
            ("\t- browser.open: /", codes::TAB_INDENT, "  - browser.open: /"),
            ("name:住民票", codes::NO_BLANK, "name: 住民票"),
            ("  - browser.open:/menu", codes::NO_BLANK, "  - browser.open: /menu"),
            (
                "url: ｛ 練習：practice ｝",
                codes::WIDE_BRACE,
                "url: { 練習: practice }",
            ),
            ("＃メモ", codes::WIDE_HASH, "# メモ"),
            ("name: 住民票 ＃メモ", codes::WIDE_HASH, "name: 住民票 # メモ"),
            ("name: “住民票”", codes::WIDE_QUOTE, "name: \"住民票\""),
            (
                "  - log: ＄｛｛ item.a ｝｝様",
                codes::WIDE_EXPRESSION,
                "  - log: ${{ item.a }}様",
            ),
            (
                "  - log: \"$｛｛item.a}}\"",
                codes::WIDE_EXPRESSION,
                "  - log: \"${{item.a}}\"",
            ),
            (
                "  氏名: ｛｛ item.氏名 ｝｝",
                codes::WIDE_EXPRESSION,
                "  氏名: ${{ item.氏名 }}",
            ),
            (
                "  - log: ${{ item.a }} ＄{{ b }}",
                codes::WIDE_EXPRESSION,
                "  - log: ${{ item.a }} ${{ b }}",
            ),
            (
                "  氏名: {{ item.氏名 }}",
                codes::BARE_EXPRESSION,
                "  氏名: ${{ item.氏名 }}",
            ),
            (
                "  - log: \"{{ run.date }}分\"",
                codes::BARE_EXPRESSION,
                "  - log: \"${{ run.date }}分\"",
            ),
            (
                "  - browser.open: { url: ${{ item.a }} }",
                codes::EXPRESSION_IN_BRACES,
                "  - browser.open: { url: \"${{ item.a }}\" }",
            ),
            (
                "  - a: { b: x${{ f(\"1\") }}y, c: 1 }",
                codes::EXPRESSION_IN_BRACES,
                "  - a: { b: 'x${{ f(\"1\") }}y', c: 1 }",
            ),
        ] {
            assert_eq!(first(line), Some((code, mended.to_owned())), "{line}");
        }
    }

    #[test]
    fn lines_that_are_meant_so_are_left_alone() {
        for line in [
            "name: 住民票",
            "hours: 06:00-23:30",
            "url: http://127.0.0.1:8080/",
            "- browser.click: \"登録：する\"",
            "# name：住民票",
            "  - browser.open: ${{ item.a }}",
            "  - browser.open: { url: \"${{ item.a }}\" }",
            "  # ＄｛｛ item.a ｝｝",
            "  - log: ${{ item.a }} ${{ \"}\" }}",
            "  - log: \"{{ a }} {{{ item.a }}}\"",
            "  - log: ${{ item.a",
            "12:30",
            "",
        ] {
            assert_eq!(first(line), None, "{line}");
        }
        assert!(find(&Source::new("a", "log: |\n  氏名：山田\n  －　x\n")).is_empty());
    }
}
