//! Values that flow through a scenario, and how sensitive each of them is.

mod class;
mod column;
mod scalar;
mod secret;
mod veil;

pub use class::{Class, Classed};
pub use column::{ColumnType, ConvertError};
pub use scalar::{Count, Flag, Text, Wait};
pub use secret::Secret;
pub use veil::Veil;

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The name under which a date travels through step arguments: `{$date: 2026-11-23}`.
pub const DATE_KEY: &str = "$date";

/// A value of a scenario: a cell of a table, the result of an expression, what a step read.
///
/// Text stays text: nothing here guesses a number from digits. A date is a calendar day without time or zone;
/// an amount of money is an [`Value::Int`] in yen.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Nothing: an empty cell, a step without a result.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number; amounts are in yen.
    Int(i64),
    /// Any other number.
    Number(f64),
    /// Text as it was written.
    Text(String),
    /// A calendar day.
    Date(NaiveDate),
    /// Values in order.
    List(Vec<Value>),
    /// Values by name, in the order they were given.
    Map(IndexMap<String, Value>),
}

impl Value {
    /// The text a person would write for this value; a date as `2026-11-23`, nothing as an empty text.
    pub fn to_text(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Bool(true) => "はい".to_owned(),
            Value::Bool(false) => "いいえ".to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Date(date) => date.format("%Y-%m-%d").to_string(),
            Value::List(values) => values.iter().map(Value::to_text).collect::<Vec<_>>().join("、"),
            Value::Map(map) => map
                .iter()
                .map(|(name, value)| format!("{name}={}", value.to_text()))
                .collect::<Vec<_>>()
                .join("、"),
        }
    }

    /// Whether a bare condition holds: nothing, no, zero, an empty text, list or map do not.
    pub fn is_true(&self) -> bool {
        match self {
            Value::Null => false,
            Value::Bool(flag) => *flag,
            Value::Int(number) => *number != 0,
            Value::Number(number) => *number != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Date(_) => true,
            Value::List(values) => !values.is_empty(),
            Value::Map(map) => !map.is_empty(),
        }
    }

    /// The value in plain JSON, as expressions and plugins see it (a date becomes its ISO text).
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match self {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Bool(*flag),
            Value::Int(number) => Json::from(*number),
            Value::Number(number) => Json::from(*number),
            Value::Text(_) | Value::Date(_) => Json::String(self.to_text()),
            Value::List(values) => Json::Array(values.iter().map(Value::to_json).collect()),
            Value::Map(map) => Json::Object(
                map.iter()
                    .map(|(name, value)| (name.clone(), value.to_json()))
                    .collect(),
            ),
        }
    }

    /// The value that plain JSON stands for; a number that is no whole 64-bit one becomes [`Value::Number`].
    pub fn from_json(json: serde_json::Value) -> Value {
        use serde_json::Value as Json;
        match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(flag),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => Value::Int(whole),
                None => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::String(text) => Value::Text(text),
            Json::Array(values) => Value::List(values.into_iter().map(Value::from_json).collect()),
            Json::Object(map) => Value::Map(
                map.into_iter()
                    .map(|(name, value)| (name, Value::from_json(value)))
                    .collect(),
            ),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}
