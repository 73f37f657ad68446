//! Scalars as step arguments: the asked-for type decides what a text means, never YAML.
//!
//! Every plain scalar of a scenario arrives as text (`012`, `no`, `12:30` mean what they look like); a value that is
//! one whole expression arrives with its own type. These types accept both.

use std::fmt;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Text; a number or flag that an expression produced is taken as it would be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub String);

/// Yes or no: `はい いいえ 有 無 yes no true false on off ○ ×`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flag(pub bool);

/// A whole number from zero up; full-width digits are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count(pub u32);

/// A length of time: `500ms`, `30s`, `5m`, `1h`, `30秒`, `5分`, `1時間`; a bare number is seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wait(pub Duration);

/// Full-width letters and digits as half-width ones, so that a Japanese keyboard's `３０秒` counts.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '！'..='～' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
            '\u{3000}' => ' ',
            other => other,
        })
        .collect::<String>()
        .trim()
        .to_ascii_lowercase()
}

impl Flag {
    /// Reads a yes or no as offices write it.
    pub fn parse(text: &str) -> Option<Flag> {
        match narrow(text).as_str() {
            "はい" | "有" | "あり" | "○" | "〇" | "yes" | "true" | "on" => Some(Flag(true)),
            "いいえ" | "無" | "なし" | "×" | "no" | "false" | "off" => Some(Flag(false)),
            _ => None,
        }
    }
}

impl Count {
    /// Reads a whole number.
    pub fn parse(text: &str) -> Option<Count> {
        narrow(text).parse().ok().map(Count)
    }
}

impl Wait {
    /// Reads a length of time; the whole must fit into a day.
    pub fn parse(text: &str) -> Option<Wait> {
        let text = narrow(text);
        let split = text
            .find(|character: char| !character.is_ascii_digit() && character != '.')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let number: f64 = number.parse().ok()?;
        let seconds = match unit.trim() {
            "ms" | "ミリ秒" => number / 1000.0,
            "" | "s" | "秒" => number,
            "m" | "min" | "分" => number * 60.0,
            "h" | "時間" => number * 3600.0,
            _ => return None,
        };
        (0.0..=86_400.0)
            .contains(&seconds)
            .then(|| Wait(Duration::from_secs_f64(seconds)))
    }
}

macro_rules! scalar {
    ($type:ident, $expecting:literal, $from_text:expr, $from_int:expr, $from_bool:expr, $schema:tt) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;
                impl<'de> Visitor<'de> for Reader {
                    type Value = $type;
                    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                        formatter.write_str($expecting)
                    }
                    fn visit_str<E: Error>(self, text: &str) -> Result<$type, E> {
                        let read: fn(&str) -> Option<$type> = $from_text;
                        read(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
                    }
                    fn visit_i64<E: Error>(self, number: i64) -> Result<$type, E> {
                        let read: fn(i64) -> Option<$type> = $from_int;
                        read(number).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Signed(number), &self))
                    }
                    fn visit_u64<E: Error>(self, number: u64) -> Result<$type, E> {
                        match i64::try_from(number) {
                            Ok(number) => self.visit_i64(number),
                            Err(_) => Err(E::invalid_value(serde::de::Unexpected::Unsigned(number), &self)),
                        }
                    }
                    fn visit_bool<E: Error>(self, flag: bool) -> Result<$type, E> {
                        let read: fn(bool) -> Option<$type> = $from_bool;
                        read(flag).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Bool(flag), &self))
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                        match map.next_entry::<String, String>()? {
                            Some((key, date)) if key == super::DATE_KEY => self.visit_str(&date),
                            _ => Err(A::Error::invalid_type(serde::de::Unexpected::Map, &self)),
                        }
                    }
                }
                deserializer.deserialize_any(Reader)
            }
        }
        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

scalar!(
    Text,
    "text",
    |text| Some(Text(text.to_owned())),
    |number| Some(Text(number.to_string())),
    |flag| Some(Text(if flag { "はい" } else { "いいえ" }.to_owned())),
    { "type": ["string", "number", "boolean"] }
);
scalar!(Flag, "yes or no", Flag::parse, |_| None, |flag| Some(Flag(flag)), { "type": ["boolean", "string"] });
scalar!(
    Count,
    "a whole number",
    Count::parse,
    |number| u32::try_from(number).ok().map(Count),
    |_| None,
    { "type": ["integer", "string"], "minimum": 0 }
);
scalar!(
    Wait,
    "a length of time such as 30s",
    Wait::parse,
    |number| Wait::parse(&number.to_string()),
    |_| None,
    { "type": ["string", "number"] }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_read_as_people_write_them() {
        let seconds = |text: &str| Wait::parse(text).map(|wait| wait.0.as_secs_f64());
        for (text, expected) in [
            ("30s", 30.0),
            ("500ms", 0.5),
            ("5m", 300.0),
            ("1時間", 3600.0),
            ("３０秒", 30.0),
            ("2", 2.0),
            ("1.5分", 90.0),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["", "s", "abc", "-1s", "2d", "99999h", "1.2.3s"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn the_asked_for_type_decides() {
        let text: Text = serde_yaml::from_str("'012'").expect("text");
        assert_eq!(text.0, "012");
        assert_eq!(serde_yaml::from_str::<Count>("'２'").expect("count").0, 2);
        assert!(serde_yaml::from_str::<Flag>("'はい'").expect("flag").0);
        assert!(serde_yaml::from_str::<Flag>("'たぶん'").is_err());
        assert!(serde_yaml::from_str::<Count>("'-1'").is_err());
    }
}
