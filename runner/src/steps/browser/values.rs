//! Small arguments that several steps share.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};

use crate::drivers::browser::{DateValue, FieldValue};
use crate::rules::dates;
use crate::rules::era::EraDate;
use crate::value::DATE_KEY;

/// The argument of a step that takes none.
#[derive(Debug)]
pub(super) struct Nothing;

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Nothing)
    }
}

impl JsonSchema for Nothing {
    fn schema_name() -> Cow<'static, str> {
        "Nothing".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "null" })
    }
}

/// What is to stand in a field: a text, a number, yes or no, a date, or nothing.
#[derive(Debug, Clone)]
pub(super) struct FieldText(pub(super) FieldValue);

/// A date in every way a form may ask for it. A day before the eras has no era to choose.
fn date_value(date: NaiveDate) -> DateValue {
    use chrono::Datelike;
    let era = EraDate::from_date(date).ok();
    DateValue {
        iso: date.format("%Y-%m-%d").to_string(),
        era_name: era.map_or_else(String::new, |parts| parts.era.name().to_owned()),
        era_letter: era.map_or_else(String::new, |parts| parts.era.letter().to_string()),
        era_year: era.map_or(0, |parts| parts.year),
        year: date.year(),
        month: date.month(),
        day: date.day(),
    }
}

/// The date that a text says beyond doubt: digits alone may be any number.
fn said_date(text: &str) -> Option<NaiveDate> {
    if text.chars().all(char::is_numeric) {
        return None;
    }
    dates::parse_date(text, None).ok().map(|parsed| parsed.date)
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = FieldText;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text, a number, yes or no, or a date")
    }

    fn visit_unit<E: Error>(self) -> Result<FieldText, E> {
        self.visit_str("")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FieldText, E> {
        let text = text.to_owned();
        Ok(FieldText(match said_date(&text) {
            Some(date) => FieldValue::Dated {
                date: date_value(date),
                text,
            },
            None => FieldValue::Text(text),
        }))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<FieldText, E> {
        Ok(FieldText(FieldValue::Bool(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<FieldText, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<FieldText, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<FieldText, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FieldText, A::Error> {
        let wrong = || A::Error::invalid_type(Unexpected::Map, &"text, a number, yes or no, or a date");
        match map.next_entry::<String, String>()? {
            Some((key, iso)) if key == DATE_KEY => {
                let date = iso.parse().map_err(|_| wrong())?;
                Ok(FieldText(FieldValue::Date(date_value(date))))
            }
            _ => Err(wrong()),
        }
    }
}

impl<'de> Deserialize<'de> for FieldText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

impl JsonSchema for FieldText {
    fn schema_name() -> Cow<'static, str> {
        "FieldText".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean", "null"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_the_parts_of_its_era() {
        let read: FieldText = serde_yaml::from_str("{$date: 1989-01-07}").expect("date");
        let FieldValue::Date(date) = read.0 else {
            panic!("{:?}", read.0)
        };
        assert_eq!(
            (date.era_name.as_str(), date.era_letter.as_str(), date.era_year),
            ("昭和", "S", 64)
        );
        assert_eq!(
            (date.year, date.month, date.day, date.iso.as_str()),
            (1989, 1, 7, "1989-01-07")
        );
    }

    #[test]
    fn text_that_says_a_date_is_known_as_one_and_digits_are_not() {
        for (yaml, iso) in [
            ("昭和51年3月4日", Some("1976-03-04")),
            ("S51.3.4", Some("1976-03-04")),
            ("2026-11-23", Some("2026-11-23")),
            ("'20261123'", None),
            ("095-822-8888", None),
            ("850-0032", None),
            ("3月4日", None),
            ("昭和51年13月4日", None),
        ] {
            let read: FieldText = serde_yaml::from_str(yaml).expect(yaml);
            let said = match &read.0 {
                FieldValue::Dated { text, date } => {
                    assert_eq!(text, yaml);
                    Some(date.iso.as_str())
                }
                FieldValue::Text(_) => None,
                other => panic!("{yaml}: {other:?}"),
            };
            assert_eq!(said, iso, "{yaml}");
        }
    }

    #[test]
    fn what_can_stand_in_a_field() {
        for (yaml, expected) in [
            ("'012'", FieldValue::Text("012".to_owned())),
            ("300", FieldValue::Text("300".to_owned())),
            ("1.5", FieldValue::Text("1.5".to_owned())),
            ("true", FieldValue::Bool(true)),
            ("~", FieldValue::Text(String::new())),
        ] {
            let read: FieldText = serde_yaml::from_str(yaml).expect(yaml);
            assert!(read.0 == expected, "{yaml}");
        }
        for yaml in ["[a]", "{a: b}", "{$date: tomorrow}"] {
            assert!(serde_yaml::from_str::<FieldText>(yaml).is_err(), "{yaml}");
        }
    }
}
