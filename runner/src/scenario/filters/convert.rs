//! What filters share: texts, blanks and refusals.

use chrono::NaiveDate;
use minijinja::{Error, ErrorKind, Value};

use crate::rules::amount::AmountError;
use crate::rules::date_format::{DatePatternError, format_date};
use crate::rules::dates::parse_date;
use crate::rules::{RuleError, amount, width};
use crate::text::{Message, codes, refusal};
use crate::value::Class;

/// Longest text that a filter makes, in bytes.
const LONGEST: usize = 1 << 20;

/// A refusal that carries its message through minijinja.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.code)]
pub(super) struct Refused(pub(super) Message);

pub(super) fn refuse(message: Message) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.code.clone()).with_source(Refused(message))
}

pub(super) fn unknown_setting(filter: &str, setting: &str, known: &str) -> Error {
    let message = Message::new(codes::FILTER_SETTING)
        .with("filter", filter)
        .with("setting", setting);
    refuse(message.with("known", known))
}

pub(super) fn bounded(filter: &str, length: usize) -> Result<(), Error> {
    if length <= LONGEST {
        return Ok(());
    }
    Err(refuse(Message::new(codes::FILTER_TOO_LONG).with("filter", filter)))
}

pub(super) fn is_blank(value: &Value) -> bool {
    value.is_none() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// The text of a value; that of a list or map nobody means.
pub(super) fn text(filter: &str, value: &Value) -> Result<String, Error> {
    use minijinja::value::ValueKind;
    match value.kind() {
        ValueKind::None => Ok(String::new()),
        ValueKind::String | ValueKind::Number => Ok(value.to_string()),
        ValueKind::Bool => Ok(if value.is_true() { "はい" } else { "いいえ" }.to_owned()),
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        _ => Err(refuse(Message::new(codes::FILTER_NEEDS_TEXT).with("filter", filter))),
    }
}

pub(super) fn each(filter: &str, value: &Value, change: impl Fn(&str) -> String) -> Result<String, Error> {
    text(filter, value).map(|text| change(&text))
}

/// Applies a rule to a text; a blank one stays blank.
pub(super) fn convert<T: Into<Value>>(
    filter: &str,
    value: &Value,
    rule: impl Fn(&str) -> Result<T, RuleError>,
) -> Result<Value, Error> {
    let text = text(filter, value)?;
    if text.trim().is_empty() {
        return Ok(Value::from(""));
    }
    // The class of what an expression reads is not known here; personal is what it is unless somebody said otherwise.
    rule(&text)
        .map(Into::into)
        .map_err(|error| refuse(refusal(&text, Class::Personal, &error)))
}

pub(super) fn read_date(filter: &str, value: &Value) -> Result<Option<NaiveDate>, Error> {
    let text = text(filter, value)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    match parse_date(&text, None) {
        Ok(parsed) => Ok(Some(parsed.date)),
        Err(error) => Err(refuse(refusal(&text, Class::Personal, &error.into()))),
    }
}

pub(super) fn on_date<T: Into<Value>>(
    filter: &str,
    value: &Value,
    rule: impl Fn(NaiveDate) -> Result<T, RuleError>,
) -> Result<Value, Error> {
    convert(filter, value, |text| rule(parse_date(text, None)?.date))
}

pub(super) fn written(date: NaiveDate, pattern: &str) -> Result<String, RuleError> {
    format_date(date, pattern).map_err(|error: DatePatternError| error.into())
}

pub(super) fn on_amount<T: Into<Value>>(filter: &str, value: &Value, rule: impl Fn(i64) -> T) -> Result<Value, Error> {
    convert(filter, value, |text| Ok(rule(amount::parse_amount(text)?)))
}

pub(super) fn katakana(text: &str) -> String {
    width::hiragana_to_katakana(&width::kana_to_full(text))
}

pub(super) fn half_kana(text: &str) -> String {
    width::kana_to_half(&width::hiragana_to_katakana(&width::to_halfwidth_ascii(text)))
}

pub(super) fn hiragana(text: &str) -> String {
    width::katakana_to_hiragana(&width::kana_to_full(text))
}

pub(super) fn fullwidth(text: &str) -> String {
    width::to_fullwidth_ascii(&width::kana_to_full(text))
}

pub(super) fn digits(text: &str) -> String {
    let digit = |character| width::digit(character).and_then(|digit| char::from_digit(digit, 10));
    text.chars().filter_map(digit).collect()
}

/// A whole number made of one with a decimal point.
pub(super) fn whole(filter: &str, value: &Value, round: impl Fn(f64) -> f64) -> Result<Value, Error> {
    convert(filter, value, |text| {
        match width::to_halfwidth_ascii(text).trim().parse::<f64>() {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a cast of a float stays within the integer's bounds"
            )]
            Ok(number) if number.is_finite() => Ok(round(number) as i64),
            _ => Err(AmountError::Empty.into()),
        }
    })
}
