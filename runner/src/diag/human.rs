//! Findings for people: what, where, the line itself with a mark under the place, and how to mend it.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Diagnostic, Findings, Severity, Source};
use crate::text::Lang;

/// Everything found, as text for a terminal, with a line of counts at the end; empty when nothing was found.
pub fn render(findings: &Findings, lang: Lang) -> String {
    [list(findings, lang), counts(findings, lang)].concat()
}

/// Everything found, one after the other.
pub fn list(findings: &Findings, lang: Lang) -> String {
    let mut text = String::new();
    for (source, diagnostic) in findings.iter() {
        text.push_str(&render_one(source, diagnostic, lang));
        text.push('\n');
    }
    text
}

/// Codes of findings that one line sends to `explain`.
const CODES: usize = 4;

/// How to read more about the gravest findings, each code once; `None` when nothing was found.
pub fn hint(findings: &Findings, lang: Lang) -> Option<String> {
    let gravest = findings.iter().map(|(_, found)| found.severity).max()?;
    let mut codes: Vec<String> = Vec::new();
    for (_, found) in findings.iter().filter(|(_, found)| found.severity == gravest) {
        let code = found.message.code.to_string();
        if codes.len() < CODES && !codes.contains(&code) {
            codes.push(code);
        }
    }
    let label = lang.pick("詳しく", "to read more");
    Some(format!("{label}: yakin explain {}", codes.join(" ")))
}

/// A line of counts; empty when nothing was found.
pub fn counts(findings: &Findings, lang: Lang) -> String {
    let count = |severity| findings.count(severity);
    let (errors, warnings, hints) = (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
    match lang {
        _ if errors + warnings + hints == 0 => String::new(),
        Lang::Ja => format!("誤り {errors} 件、注意 {warnings} 件、参考 {hints} 件\n"),
        Lang::En => format!("errors: {errors}, warnings: {warnings}, hints: {hints}\n"),
    }
}

/// One finding.
pub fn render_one(source: &Source, diagnostic: &Diagnostic, lang: Lang) -> String {
    let said = diagnostic.message.render(lang);
    let at = source.position(diagnostic.span.start);
    let severity = diagnostic.severity.label(lang);
    let mut text = format!("{severity} {} {}:{}:{}\n", said.code, source.file(), at.line, at.column);
    let (cause, mend, mended) = match lang {
        Lang::Ja => ("原因", "直し方", "直した行"),
        Lang::En => ("cause", "mend", "mended line"),
    };
    push(&mut text, cause, &said.what);
    text.push_str(&excerpt(source, diagnostic));
    if !said.mend.is_empty() {
        push(&mut text, mend, &said.mend);
    }
    if let Some(line) = &diagnostic.mended {
        push(&mut text, mended, &visible(first(line), true));
    }
    text
}

/// A line before and after it was mended.
pub fn change(number: usize, before: &str, after: &str) -> String {
    let (before, after) = (visible(first(before), true), visible(first(after), true));
    format!("    {number:>4} - {before}\n    {number:>4} + {after}\n")
}

fn push(text: &mut String, label: &str, said: &str) {
    // Writing into a String cannot fail.
    let _ = writeln!(text, "  {label}: {said}");
}

/// The line, and a mark as wide as the place is on a screen.
fn excerpt(source: &Source, diagnostic: &Diagnostic) -> String {
    let number = source.line_of(diagnostic.span.start);
    let line = source.line_span(number);
    if source.slice(line).trim().is_empty() && diagnostic.span.start == diagnostic.span.end {
        return String::new();
    }
    let from = diagnostic.span.start.clamp(line.start, line.end);
    let to = diagnostic.span.end.clamp(from, line.end);
    let before = visible(last(source.slice(super::Span::new(line.start, from))), false);
    let marked = visible(first(source.slice(super::Span::new(from, to))), true);
    let after = visible(first(source.slice(super::Span::new(to, line.end))), false);
    let number = number.to_string();
    let margin = " ".repeat(number.len());
    let indent = " ".repeat(before.width());
    let mark = "^".repeat(marked.width().max(1));
    format!("    {number} | {before}{marked}{after}\n    {margin} | {indent}{mark}\n")
}

/// As much of a line as is shown before, at and after a place, in characters: a line may be a whole file.
const SHOWN: usize = 240;

fn first(text: &str) -> &str {
    text.char_indices().nth(SHOWN).map_or(text, |(at, _)| &text[..at])
}

fn last(text: &str) -> &str {
    let cut = text.char_indices().rev().nth(SHOWN - 1);
    cut.map_or(text, |(at, _)| &text[at..])
}

/// Text as it can be seen: a tab would shift the mark, and a full-width blank under the mark would not be noticed.
fn visible(text: &str, marked: bool) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => '→',
            '\u{3000}' if marked => '□',
            other if other.width().is_none() => '\u{FFFD}',
            other => other,
        })
        .collect()
}

impl Severity {
    /// The severity in words.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Severity::Error => lang.pick("誤り", "error"),
            Severity::Warning => lang.pick("注意", "warning"),
            Severity::Hint => lang.pick("参考", "hint"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::text::{Message, codes};

    #[test]
    fn every_code_of_the_gravest_findings_is_to_be_read_about_once() {
        let error = |code, place| Diagnostic::error(Message::new(code), Span::new(place, place + 1));
        let found = vec![
            error(codes::MISSING_ENTRY, 1),
            error(codes::UNKNOWN_ENTRY, 2),
            error(codes::MISSING_ENTRY, 3),
            Diagnostic::hint(Message::new(codes::KEEP_COLUMN), Span::new(0, 1)),
        ];
        let mut findings = Findings::default();
        findings.add(Source::new("a", "steps:\n".to_owned()), found);
        assert_eq!(
            hint(&findings, Lang::En).as_deref(),
            Some("to read more: yakin explain YK1101 YK1100")
        );
        assert_eq!(hint(&Findings::default(), Lang::En), None);
    }
}
