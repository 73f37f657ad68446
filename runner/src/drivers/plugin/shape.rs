//! The shape of arguments and results: the part of JSON Schema that a clerk's step needs, and reading values by it.
//!
//! A text in a scenario means what the asked-for type makes of it, as with every other step: `1,200円` is a number where a
//! whole number is asked for, `令和8年11月23日` a day, `はい` a yes. Anything a schema says beyond this part is refused when
//! the plugin is described, so that nothing is promised that nobody looks after.

mod schema;

use std::fmt;

use serde_json::{Map, Value as Json, json};
use serde_yaml::Value as Yaml;

use super::describe::Said;
use crate::rules::amount::parse_amount;
use crate::rules::dates::parse_date;
use crate::value::{DATE_KEY, Flag, Value};

/// Levels of a schema and of a value.
const DEEPEST: usize = 16;

/// What a value must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Anything.
    Any,
    /// Text; one of these, where there are any.
    Text(Vec<String>),
    /// A day, as `2026-11-23`.
    Date,
    /// A whole number, not below and not above.
    Whole(Option<i64>, Option<i64>),
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// Nothing.
    Null,
    /// A list of these.
    List(Box<Shape>),
    /// Names and values.
    Map(Fields),
    /// This or nothing.
    Maybe(Box<Shape>),
}

/// The names and values of a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    /// Those that are known.
    pub known: Vec<Field>,
    /// What others must be; none: there are no others.
    pub others: Option<Box<Shape>>,
}

/// A named value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it must be.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is.
    pub help: Said,
}

/// Where a value is not what it must be. The words are those of serde, so that they are told as any other step's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Where, as `rows.0.金額`; empty is the whole.
    pub path: String,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => formatter.write_str(&self.problem),
            path => write!(formatter, "{path}: {}", self.problem),
        }
    }
}

impl Misfit {
    fn of(problem: impl Into<String>) -> Misfit {
        Misfit {
            path: String::new(),
            problem: problem.into(),
        }
    }

    fn wrong(wanted: &str) -> Misfit {
        Misfit::of(format!("invalid type: expected {wanted}"))
    }

    fn below(self, name: &str) -> Misfit {
        let path = match self.path.as_str() {
            "" => name.to_owned(),
            path => format!("{name}.{path}"),
        };
        Misfit { path, ..self }
    }
}

impl Fields {
    /// The names that are known.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|field| field.name.as_str())
    }

    fn listed(&self) -> String {
        let names: Vec<String> = self.names().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    }

    /// The shape of a name's value.
    fn shape(&self, name: &str) -> Result<&Shape, Misfit> {
        let known = self.known.iter().find(|field| field.name == name);
        known
            .map(|field| &field.shape)
            .or(self.others.as_deref())
            .ok_or_else(|| Misfit::of(format!("unknown field `{name}`, expected one of {}", self.listed())))
    }

    /// Says which name is missing.
    fn missing(&self, has: impl Fn(&str) -> bool) -> Result<(), Misfit> {
        let missing = self.known.iter().find(|field| field.required && !has(&field.name));
        missing.map_or(Ok(()), |field| {
            Err(Misfit::of(format!("missing field `{}`", field.name)))
        })
    }

    /// The values of a row: a table may have more columns than are asked for.
    fn row(&self, given: &serde_yaml::Mapping) -> serde_yaml::Mapping {
        let asked = |name: &Yaml| name.as_str().is_none_or(|name| self.shape(name).is_ok());
        let cells = given.iter().filter(|(name, _)| asked(name));
        cells.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Values of a scenario, read by their names; `whole` when none may be missing.
    ///
    /// # Errors
    /// The first that does not fit.
    pub fn read(&self, given: &serde_yaml::Mapping, whole: bool) -> Result<Map<String, Json>, Misfit> {
        let mut values = Map::new();
        for (name, value) in given {
            let name = name.as_str().ok_or_else(|| Misfit::wrong("a map"))?;
            let shape = self.shape(name)?;
            let optional = self.known.iter().any(|field| field.name == name && !field.required);
            // What is left empty is not given.
            if optional && value.is_null() {
                continue;
            }
            values.insert(
                name.to_owned(),
                shape.value(value).map_err(|misfit| misfit.below(name))?,
            );
        }
        if whole {
            self.missing(|name| values.contains_key(name))?;
        }
        Ok(values)
    }
}

impl Shape {
    /// Reads a schema.
    pub(super) fn read(schema: &str) -> Result<Shape, String> {
        let schema: Json = serde_json::from_str(schema).map_err(|error| error.to_string())?;
        schema::shape(&schema, 0)
    }

    /// A value of a scenario as JSON for the plugin.
    ///
    /// # Errors
    /// Where it does not fit.
    pub fn value(&self, given: &Yaml) -> Result<Json, Misfit> {
        if let Some(day) = given.get(DATE_KEY).and_then(Yaml::as_str) {
            return self.text(day);
        }
        match (self, given) {
            (Shape::Maybe(_) | Shape::Null | Shape::Any, Yaml::Null) => Ok(Json::Null),
            (Shape::Maybe(shape), given) => shape.value(given),
            (Shape::Any, Yaml::Sequence(_)) => Shape::List(Box::new(Shape::Any)).value(given),
            (Shape::Any, Yaml::Mapping(_)) => {
                let others = Some(Box::new(Shape::Any));
                Shape::Map(Fields {
                    known: Vec::new(),
                    others,
                })
                .value(given)
            }
            (Shape::Any | Shape::Flag, Yaml::Bool(flag)) => Ok(Json::from(*flag)),
            (Shape::Any | Shape::Number, Yaml::Number(number)) => number_of(number),
            (Shape::Whole(..), Yaml::Number(number)) => match number.as_i64() {
                Some(whole) => self.whole(whole),
                None => Err(Misfit::wrong(self.wanted())),
            },
            (Shape::Text(_), Yaml::Number(number)) => self.text(&number.to_string()),
            (Shape::Text(_), Yaml::Bool(flag)) => self.text(if *flag { "はい" } else { "いいえ" }),
            (_, Yaml::String(text)) => self.text(text),
            (Shape::List(each), Yaml::Sequence(values)) => {
                let values = values.iter().enumerate();
                let read =
                    values.map(|(at, value)| each.element(value).map_err(|misfit| misfit.below(&at.to_string())));
                read.collect::<Result<_, _>>().map(Json::Array)
            }
            (Shape::Map(fields), Yaml::Mapping(values)) => fields.read(values, true).map(Json::Object),
            _ => Err(Misfit::wrong(self.wanted())),
        }
    }

    /// A value of a list.
    fn element(&self, given: &Yaml) -> Result<Json, Misfit> {
        match (self, given) {
            (Shape::Map(fields), Yaml::Mapping(row)) => fields.read(&fields.row(row), true).map(Json::Object),
            _ => self.value(given),
        }
    }

    /// A text, as the type makes of it.
    fn text(&self, text: &str) -> Result<Json, Misfit> {
        let wrong = || Misfit::wrong(self.wanted());
        match self {
            Shape::Any => Ok(Json::from(text)),
            Shape::Text(choices) if choices.is_empty() || choices.iter().any(|choice| choice == text) => {
                Ok(Json::from(text))
            }
            Shape::Text(choices) => {
                let choices: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
                Err(Misfit::of(format!(
                    "unknown variant `{text}`, expected one of {}",
                    choices.join(", ")
                )))
            }
            Shape::Date => {
                let day = parse_date(text, None).map_err(|_| wrong())?;
                Ok(Json::from(day.date.to_string()))
            }
            Shape::Whole(..) => self.whole(parse_amount(text).map_err(|_| wrong())?),
            Shape::Number => match parse_amount(text) {
                Ok(whole) => Ok(Json::from(whole)),
                Err(_) => text
                    .trim()
                    .parse::<f64>()
                    .ok()
                    .filter(|number| number.is_finite())
                    .map(Json::from)
                    .ok_or_else(wrong),
            },
            Shape::Flag => Flag::parse(text).map(|flag| Json::from(flag.0)).ok_or_else(wrong),
            Shape::Maybe(shape) => shape.text(text),
            Shape::Null | Shape::List(_) | Shape::Map(_) => Err(wrong()),
        }
    }

    fn whole(&self, number: i64) -> Result<Json, Misfit> {
        match self {
            Shape::Whole(least, most)
                if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) =>
            {
                Err(Misfit::wrong(self.wanted()))
            }
            _ => Ok(Json::from(number)),
        }
    }

    /// The type in the words of a deserializer.
    fn wanted(&self) -> &'static str {
        match self {
            Shape::Any | Shape::Text(_) => "text",
            Shape::Date => "a day",
            Shape::Whole(..) => "a whole number",
            Shape::Number => "a number",
            Shape::Flag => "yes or no",
            Shape::Null => "nothing",
            Shape::List(_) => "a sequence",
            Shape::Map(_) => "a map",
            Shape::Maybe(shape) => shape.wanted(),
        }
    }

    /// A result, if it is what was promised.
    pub(super) fn kept(&self, value: Json) -> Result<Json, Misfit> {
        self.holds(&value, 0).map(|()| value)
    }

    fn holds(&self, value: &Json, depth: usize) -> Result<(), Misfit> {
        if depth > DEEPEST {
            return Err(Misfit::of("too deep"));
        }
        let fits = match (self, value) {
            (Shape::Any, Json::Array(values)) => {
                return values.iter().try_for_each(|value| Shape::Any.holds(value, depth + 1));
            }
            (Shape::Any, Json::Object(values)) => {
                return values.values().try_for_each(|value| Shape::Any.holds(value, depth + 1));
            }
            (Shape::Maybe(_) | Shape::Null, Json::Null) => true,
            (Shape::Maybe(shape), value) => return shape.holds(value, depth),
            (Shape::Text(choices), Json::String(text)) => choices.is_empty() || choices.contains(text),
            (Shape::Date, Json::String(text)) => text.parse::<chrono::NaiveDate>().is_ok(),
            (Shape::Whole(..), Json::Number(number)) => {
                return number
                    .as_i64()
                    .ok_or_else(|| Misfit::wrong(self.wanted()))
                    .and_then(|number| self.whole(number).map(|_| ()));
            }
            (Shape::List(each), Json::Array(values)) => {
                let mut values = values.iter().enumerate();
                return values.try_for_each(|(at, value)| {
                    each.holds(value, depth + 1)
                        .map_err(|misfit| misfit.below(&at.to_string()))
                });
            }
            (Shape::Map(fields), Json::Object(values)) => {
                for (name, value) in values {
                    let held = fields.shape(name)?.holds(value, depth + 1);
                    held.map_err(|misfit| misfit.below(name))?;
                }
                return fields.missing(|name| values.contains_key(name));
            }
            (Shape::Any, _) | (Shape::Number, Json::Number(_)) | (Shape::Flag, Json::Bool(_)) => true,
            _ => false,
        };
        if fits {
            Ok(())
        } else {
            Err(Misfit::wrong(self.wanted()))
        }
    }

    /// A result as a value of the scenario: a day becomes one.
    pub fn to_value(&self, json: Json) -> Value {
        match (self, json) {
            (Shape::Maybe(shape), json) => shape.to_value(json),
            (Shape::Date, Json::String(text)) => text.parse().map_or(Value::Text(text), Value::Date),
            (Shape::List(each), Json::Array(values)) => {
                Value::List(values.into_iter().map(|value| each.to_value(value)).collect())
            }
            (Shape::Map(fields), Json::Object(values)) => {
                let values = values.into_iter().map(|(name, value)| {
                    let value = match fields.shape(&name) {
                        Ok(shape) => shape.to_value(value),
                        Err(_) => Value::from_json(value),
                    };
                    (name, value)
                });
                Value::Map(values.collect())
            }
            (_, json) => Value::from_json(json),
        }
    }

    /// The schema that editors are shown: what is accepted in a scenario, which is more than the plugin is given. `help`
    /// chooses the language of the descriptions.
    pub fn schema(&self, help: fn(&Said) -> &str) -> Json {
        match self {
            Shape::Any => json!({}),
            Shape::Text(choices) if choices.is_empty() => json!({ "type": ["string", "number", "boolean"] }),
            Shape::Text(choices) => json!({ "type": "string", "enum": choices }),
            Shape::Date => json!({ "type": "string" }),
            Shape::Whole(..) => json!({ "type": ["integer", "string"] }),
            Shape::Number => json!({ "type": ["number", "string"] }),
            Shape::Flag => json!({ "type": ["boolean", "string"] }),
            Shape::Null => json!({ "type": "null" }),
            Shape::List(each) => json!({ "type": "array", "items": each.schema(help) }),
            Shape::Maybe(shape) => shape.schema(help),
            Shape::Map(fields) => fields.schema(help),
        }
    }
}

impl Fields {
    fn schema(&self, help: fn(&Said) -> &str) -> Json {
        let property = |field: &Field| {
            let mut schema = field.shape.schema(help);
            if let Some(map) = schema.as_object_mut() {
                map.insert("description".to_owned(), Json::from(help(&field.help)));
            }
            (field.name.clone(), schema)
        };
        let properties: Map<String, Json> = self.known.iter().map(property).collect();
        let required = self.known.iter().filter(|field| field.required);
        let required: Vec<&str> = required.map(|field| field.name.as_str()).collect();
        let others = self.others.as_ref();
        let others = others.map_or(Json::Bool(false), |shape| shape.schema(help));
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": others })
    }
}

fn number_of(number: &serde_yaml::Number) -> Result<Json, Misfit> {
    let whole = number.as_i64().map(Json::from);
    let other = || number.as_f64().filter(|number| number.is_finite()).map(Json::from);
    whole.or_else(other).ok_or_else(|| Misfit::wrong("a number"))
}

#[cfg(test)]
mod tests;
