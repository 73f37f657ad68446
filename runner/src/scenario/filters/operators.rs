//! The filters that operators of an expression go through: an empty value has no place in an order and is no number.

use std::cmp::Ordering;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

use super::convert::{is_blank, refuse, text};
use crate::text::{Code, Message, codes};

/// The filter of a chain of comparisons: its list of values, the signs between them, the values as they are written.
pub(in crate::scenario) const ORDERED: &str = "__ordered";
/// The filter of a value that is counted with, as it is written.
pub(in crate::scenario) const FILLED: &str = "__filled";
/// The filter of a value that is joined to a text.
pub(in crate::scenario) const JOINED: &str = "__joined";

#[expect(clippy::needless_pass_by_value, reason = "the library hands arguments over")]
pub(super) fn ordered(values: Vec<Value>, signs: Vec<String>, written: Vec<String>) -> Result<bool, Error> {
    let sides = values.iter().zip(&written);
    for ((left, right), sign) in sides.clone().zip(sides.skip(1)).zip(&signs) {
        if !holds(left, sign, right)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a comparison holds between two values, each with its text.
fn holds(left: (&Value, &String), sign: &str, right: (&Value, &String)) -> Result<bool, Error> {
    if left.0.is_undefined() || right.0.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    match sign {
        "==" => return Ok(left.0 == right.0),
        "!=" => return Ok(left.0 != right.0),
        _ => {}
    }
    for (value, written) in [left, right] {
        there(value, written, codes::EMPTY_COMPARED)?;
    }
    if kind(left.0) != kind(right.0) {
        let message = Message::new(codes::KINDS_APART)
            .with("left", name(left.1))
            .with("right", name(right.1));
        return Err(refuse(message));
    }
    let order = left.0.cmp(right.0);
    Ok(match sign {
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        ">" => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the library hands arguments over")]
pub(super) fn filled(value: Value, written: String) -> Result<Value, Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    there(&value, &written, codes::EMPTY_COUNTED)?;
    Ok(value)
}

pub(super) fn joined(value: Value) -> Result<Value, Error> {
    match value.kind() {
        ValueKind::None | ValueKind::Bool | ValueKind::Undefined => text("~", &value).map(Value::from),
        _ => Ok(value),
    }
}

fn there(value: &Value, written: &str, code: Code) -> Result<(), Error> {
    if is_blank(value) {
        return Err(refuse(Message::new(code).with("value", name(written))));
    }
    Ok(())
}

/// What a value is called: a column by its heading.
fn name(written: &str) -> &str {
    written.strip_prefix("item.").unwrap_or(written)
}

/// The kind of a value; yes and no count as 1 and 0.
fn kind(value: &Value) -> ValueKind {
    match value.kind() {
        ValueKind::Bool => ValueKind::Number,
        kind => kind,
    }
}
