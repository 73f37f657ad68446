//! What went wrong in an expression, shown at its place and mended where only one thing can be meant.

use std::ops::Range;

use crate::diag::{Diagnostic, Severity, Source, Span};
use crate::scenario::expr::{Expr, fault, plainly, sheet_choice, single_equals};
use crate::text::{Arg, Message, codes};

/// Narrows a mistake in an expression to its place, and brings the mended line along where it is certain.
pub(super) fn expression(source: &Source, found: &mut Diagnostic) {
    let code = |wanted| found.message.is(wanted);
    let compiles = [
        codes::EXPRESSION_SYNTAX,
        codes::EXPRESSION_EQUALS,
        codes::EXPRESSION_UNEQUAL,
    ];
    let wide = code(codes::EXPRESSION_WIDE);
    let quote = code(codes::EXPRESSION_QUOTE);
    if !wide && !quote && !compiles.into_iter().any(code) {
        return;
    }
    let Some((text, start)) = written(source, found) else {
        return;
    };
    let mut mended = None;
    let place = if wide {
        let sign = open(&found.message, "sign").and_then(|sign| Some((text.find(sign)?, sign.len())));
        sign.map_or(0..text.len(), |(at, length)| at..at + length)
    } else if quote {
        let at = open_quote(&text).unwrap_or(0);
        mended = closed(&text, at);
        at..text.len()
    } else if let Some(at) = text.find("<>") {
        mended = compiling(&text, at..at + 2, "!=");
        at..at + 2
    } else if let Some((place, sign)) = single_equals(&text) {
        mended = compiling(&text, place.clone(), sign);
        place
    } else {
        fault(&text)
    };
    if !wide && !quote {
        let meant = sheet_choice(&text).or_else(|| plainly(&text, quote_at(source, start)));
        mended = meant.or(mended);
    }
    if found.mended.is_none() {
        found.mended = mended.map(|mended| line_with(source, start..start + text.len(), &mended));
    }
    found.span = Span::new(start + place.start, start + place.end);
}

/// The expression that a message is about, and where it stands; `None` where it is written otherwise.
fn written(source: &Source, found: &Diagnostic) -> Option<(String, usize)> {
    let text = open(&found.message, "text")?;
    let at = source.slice(found.span).find(text)?;
    Some((text.to_owned(), found.span.start + at))
}

fn open<'m>(message: &'m Message, name: &str) -> Option<&'m str> {
    match message.args.get(name) {
        Some(Arg::Open(text)) => Some(text),
        _ => None,
    }
}

/// A line with something else in one place of it.
fn line_with(source: &Source, place: Range<usize>, instead: &str) -> String {
    let line = source.line_span(source.line_of(place.start));
    let before = source.slice(Span::new(line.start, place.start));
    let after = source.slice(Span::new(place.end, line.end));
    format!("{before}{instead}{after}")
}

/// The expression with something else in one place, when it then is one.
fn compiling(text: &str, place: Range<usize>, instead: &str) -> Option<String> {
    let mended = format!("{}{instead}{}", &text[..place.start], &text[place.end..]);
    Expr::compile(&mended, Span::default()).is_ok().then_some(mended)
}

/// The sign that a text in an expression is put between.
pub(super) fn quote_at(source: &Source, place: usize) -> char {
    let line = source.line_span(source.line_of(place));
    quote_after(source.slice(Span::new(line.start, place)))
}

/// Inside double quotes of YAML only single ones are left for the expression.
fn quote_after(before: &str) -> char {
    let escaped = before.matches("\\\"").count();
    if (before.matches('"').count() - escaped) % 2 == 1 {
        '\''
    } else {
        '"'
    }
}

/// The quote that is open up to the end.
fn open_quote(text: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    for (at, sign) in text.char_indices() {
        open = match open {
            None if matches!(sign, '"' | '\'') => Some((at, sign)),
            Some((_, quote)) if quote == sign => None,
            other => other,
        };
    }
    open.map(|(at, _)| at)
}

/// The expression with the other quote of the pair, where there is one place for it: behind a quote that begins a text, the
/// next closing bracket; before one that ends a text, the last opening one.
fn closed(text: &str, quote: usize) -> Option<String> {
    let sign = text.get(quote..=quote)?;
    let (before, after) = (text[..quote].trim_end(), &text[quote + 1..]);
    let begins = before.ends_with(['(', '[', ',']);
    let ends = after.trim_start().starts_with([')', ']', ',']);
    let at = match (begins, ends) {
        (true, false) => quote + 1 + after.find([')', ']', ','])?,
        (false, true) => before.rfind(['(', '[', ','])? + 1,
        _ => return None,
    };
    compiling(text, at..at, sign)
}

/// Longest heading that is taken for one without a table that has it, in bytes.
const LONGEST: usize = 120;

/// Headings with signs in them, written as if they were plain names: told once, each with its mended line. `known` are the
/// headings of the table.
pub(super) fn headings(source: &Source, known: Option<&[String]>, found: &mut Vec<Diagnostic>) {
    let about = |told: &Diagnostic| {
        told.severity == Severity::Error && told.mended.is_none() && {
            let codes = [
                codes::EXPRESSION_SYNTAX,
                codes::EXPRESSION_WIDE,
                codes::UNKNOWN_NAME,
                codes::UNKNOWN_COLUMN,
                codes::NO_FUNCTION,
            ];
            codes.into_iter().any(|code| told.message.is(code))
        }
    };
    let mut instead: Vec<Diagnostic> = Vec::new();
    for told in found.iter().filter(|told| about(told)) {
        let line = source.line_span(source.line_of(told.span.start));
        if instead.iter().any(|told| line.range().contains(&told.span.start)) {
            continue;
        }
        let places = source.slice(line).match_indices("item.").map(|(at, _)| line.start + at);
        let of_item = places.filter_map(|at| {
            let rest = source.slice(Span::new(at + "item.".len(), line.end));
            let heading = heading(rest, known)?;
            let end = at + "item.".len() + heading.len();
            let near = told.span.start <= end && at <= told.span.end;
            near.then(|| mended(source, at..end, heading))
        });
        instead.extend(of_item.take(1));
    }
    for told in instead {
        let line = source.line_span(source.line_of(told.span.start));
        found.retain(|other| !(about(other) && line.range().contains(&other.span.start)));
        found.push(told);
    }
}

/// A heading with signs at the beginning of a text: one of the table, else what can be nothing but one.
fn heading<'t>(text: &'t str, known: Option<&[String]>) -> Option<&'t str> {
    let of_table = known
        .unwrap_or_default()
        .iter()
        .filter(|heading| text.starts_with(heading.as_str()));
    if let Some(heading) = of_table.max_by_key(|heading| heading.len()) {
        return (!is_plain(heading)).then(|| &text[..heading.len()]);
    }
    let of_name =
        |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '（' | '）' | '・' | '［' | '］' | '／' | '－');
    let end = text.find(|sign: char| !of_name(sign)).unwrap_or(text.len());
    let dotted = text[end..].starts_with('.') && !text[end + 1..].starts_with(|sign: char| sign.is_alphanumeric());
    let end = if dotted { end + 1 } else { end };
    let heading = &text[..end];
    let paired = heading.matches('（').count() == heading.matches('）').count();
    let signed = !is_plain(heading) && heading.starts_with(char::is_alphanumeric);
    (paired && signed && heading.len() <= LONGEST).then_some(heading)
}

/// Whether a heading can stand behind `item.` as it is.
fn is_plain(heading: &str) -> bool {
    heading.chars().all(|sign| sign.is_alphanumeric() || sign == '_')
        && !heading.starts_with(|sign: char| sign.is_numeric())
}

fn mended(source: &Source, place: Range<usize>, heading: &str) -> Diagnostic {
    let line = source.line_span(source.line_of(place.start));
    let before = source.slice(Span::new(line.start, place.start));
    let quote = quote_after(before);
    let message = Message::new(codes::HEADING_SIGNS).with("name", heading);
    let mended = line_with(source, place.clone(), &format!("item[{quote}{heading}{quote}]"));
    let told = Diagnostic::error(message, Span::new(place.start, place.end));
    if heading.contains(['"', '\'', '\\']) {
        return told;
    }
    told.with_mended(mended)
}
