//! Reading a JSON Schema, as far as it is looked after.

use serde_json::{Map, Value as Json};

use super::{DEEPEST, Field, Fields, Shape};
use crate::drivers::plugin::Said;

/// Words of a schema that say nothing about the value, or nothing that is looked at.
const SILENT: &[&str] = &["description", "x-en", "title", "default", "$schema", "examples"];

/// The shape that a schema means.
pub(super) fn shape(schema: &Json, depth: usize) -> Result<Shape, String> {
    if depth > DEEPEST {
        return Err("too deep".to_owned());
    }
    let map = match schema {
        Json::Bool(true) => return Ok(Shape::Any),
        Json::Object(map) => map,
        _ => return Err("no schema".to_owned()),
    };
    if let Some(alternatives) = map.get("anyOf").or_else(|| map.get("oneOf")) {
        return one_of(alternatives, depth);
    }
    if let Some(constant) = map.get("const") {
        let text = constant.as_str().ok_or("const: no text")?;
        return Ok(Shape::Text(vec![text.to_owned()]));
    }
    let Some(kind) = map.get("type") else {
        return match map
            .keys()
            .find(|word| !SILENT.contains(&word.as_str()) && *word != "enum")
        {
            Some(word) => Err(format!("{word}: without a type")),
            None if map.contains_key("enum") => choices(map).map(Shape::Text),
            None => Ok(Shape::Any),
        };
    };
    match kind {
        Json::String(kind) => typed(kind, map, depth),
        Json::Array(kinds) => {
            let kinds: Vec<&str> = kinds.iter().filter_map(Json::as_str).collect();
            match kinds.as_slice() {
                [kind, "null"] | ["null", kind] => Ok(Shape::Maybe(Box::new(typed(kind, map, depth)?))),
                _ => Err("type: one type, or one and null".to_owned()),
            }
        }
        _ => Err("type: no text".to_owned()),
    }
}

/// Alternatives: a value or nothing, or constants.
fn one_of(alternatives: &Json, depth: usize) -> Result<Shape, String> {
    let alternatives = alternatives.as_array().ok_or("anyOf: no list")?;
    let shapes: Vec<Shape> = alternatives
        .iter()
        .map(|one| shape(one, depth + 1))
        .collect::<Result<_, _>>()?;
    if let [other, Shape::Null] | [Shape::Null, other] = shapes.as_slice() {
        return Ok(Shape::Maybe(Box::new(other.clone())));
    }
    let texts = shapes.into_iter().map(|shape| match shape {
        Shape::Text(choices) if !choices.is_empty() => Ok(choices),
        _ => Err("anyOf: one schema and null, or constants".to_owned()),
    });
    Ok(Shape::Text(texts.collect::<Result<Vec<_>, _>>()?.concat()))
}

fn typed(kind: &str, map: &Map<String, Json>, depth: usize) -> Result<Shape, String> {
    let own: &[&str] = match kind {
        "string" => &["enum", "format"],
        "integer" => &["minimum", "maximum", "format"],
        "number" => &["format"],
        "array" => &["items"],
        "object" => &["properties", "required", "additionalProperties"],
        "boolean" | "null" => &[],
        other => return Err(format!("type: {other}")),
    };
    let known = |word: &&String| *word == "type" || own.contains(&word.as_str()) || SILENT.contains(&word.as_str());
    if let Some(word) = map.keys().find(|word| !known(word)) {
        return Err(format!("{word}: not for {kind}"));
    }
    let bound = |word: &str| map.get(word).and_then(Json::as_i64);
    Ok(match kind {
        "string" if map.get("format").and_then(Json::as_str) == Some("date") => Shape::Date,
        "string" if map.contains_key("enum") => Shape::Text(choices(map)?),
        "string" => Shape::Text(Vec::new()),
        "integer" => Shape::Whole(bound("minimum"), bound("maximum")),
        "number" => Shape::Number,
        "boolean" => Shape::Flag,
        "null" => Shape::Null,
        "array" => match map.get("items") {
            Some(items) => Shape::List(Box::new(shape(items, depth + 1)?)),
            None => Shape::List(Box::new(Shape::Any)),
        },
        _ => Shape::Map(fields(map, depth)?),
    })
}

fn choices(map: &Map<String, Json>) -> Result<Vec<String>, String> {
    let choices = map.get("enum").and_then(Json::as_array).ok_or("enum: no list")?;
    let texts: Option<Vec<String>> = choices
        .iter()
        .map(|choice| choice.as_str().map(str::to_owned))
        .collect();
    texts
        .filter(|texts| !texts.is_empty())
        .ok_or_else(|| "enum: no texts".to_owned())
}

fn fields(map: &Map<String, Json>, depth: usize) -> Result<Fields, String> {
    let required: Vec<&str> = map
        .get("required")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect();
    let mut known = Vec::new();
    for (name, schema) in map.get("properties").and_then(Json::as_object).into_iter().flatten() {
        let said = |word: &str| schema.get(word).and_then(Json::as_str).unwrap_or_default();
        if name.is_empty() || name.contains(['`', '\n']) {
            return Err("properties: a name without letters".to_owned());
        }
        known.push(Field {
            name: name.clone(),
            shape: shape(schema, depth + 1).map_err(|problem| format!("{name}: {problem}"))?,
            required: required.contains(&name.as_str()),
            help: Said::new(said("description"), said("x-en")),
        });
    }
    if let Some(name) = required
        .iter()
        .find(|name| !known.iter().any(|field| field.name == **name))
    {
        return Err(format!("required: {name} is no property"));
    }
    let others = match map.get("additionalProperties") {
        None | Some(Json::Bool(false)) => None,
        Some(schema) => Some(Box::new(shape(schema, depth + 1)?)),
    };
    Ok(Fields { known, others })
}
