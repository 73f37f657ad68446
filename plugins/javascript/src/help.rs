//! What the comments of a text say: `/** … */` before each `export function`, and one at the head for the whole.
//!
//! ```js
//! /**
//!  * 証明書の手数料を計算します。
//!  * @en Works out the fee of a certificate.
//!  * @param {string} 種類 - 証明書の種類 / the kind of certificate
//!  * @param {integer} [通数] - なければ 1 通 / one if left out
//!  * @returns {integer} 手数料（円）
//!  */
//! export function 手数料(種類, 通数) { … }
//! ```

use serde_json::{Map, Value as Json, json};

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    pub ja: String,
    pub en: String,
}

/// What a text offers.
#[derive(Debug, Default)]
pub struct Told {
    pub help: Text,
    pub functions: Vec<Function>,
    pub asks: Vec<Ask>,
    pub state: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ask {
    Clock,
    Read,
    Write,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effect {
    Read,
    Idempotent,
    Irreversible,
}

#[derive(Debug)]
pub struct Function {
    pub name: String,
    pub help: Text,
    pub parameters: Vec<Parameter>,
    pub output: Json,
    pub effect: Effect,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: String,
    required: bool,
    schema: Json,
}

impl Function {
    /// The schema of the arguments.
    pub fn arguments(&self) -> Json {
        let properties: Map<String, Json> = self
            .parameters
            .iter()
            .map(|parameter| (parameter.name.clone(), parameter.schema.clone()))
            .collect();
        let required: Vec<&str> = self
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
            .map(|parameter| parameter.name.as_str())
            .collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }
}

/// Reads the comments of a text.
pub fn read(source: &str) -> Result<Told, String> {
    let mut told = Told::default();
    let mut rest = source;
    let mut first = true;
    while let Some((comment, after)) = next_comment(rest) {
        match exported(after) {
            Some(name) => told.functions.push(function(name, comment)?),
            None if first => head(comment, &mut told)?,
            None => {}
        }
        first = false;
        rest = after;
    }
    if told.functions.is_empty() {
        return Err(
            "説明のコメント（/** … */）の付いた export function がありません。 / There is no export function with a comment (/** … */)."
                .to_owned(),
        );
    }
    Ok(told)
}

/// The inside of the next `/** … */`, and what follows it.
fn next_comment(text: &str) -> Option<(&str, &str)> {
    let (_, inside) = text.split_once("/**")?;
    inside.split_once("*/")
}

/// The name of the function that is exported right here.
fn exported(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix("export")?;
    let rest = rest.trim_start().strip_prefix("function")?;
    let name = rest.strip_prefix(char::is_whitespace)?.split('(').next()?.trim();
    (!name.is_empty()).then_some(name)
}

/// The lines of a comment without their stars, those that go on joined: first the text, then one for each `@`.
fn entries(comment: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    for line in comment.lines() {
        let line = line.trim();
        let line = line.strip_prefix('*').unwrap_or(line).trim();
        if line.starts_with('@') {
            entries.push(line.to_owned());
        } else if let Some(last) = entries.last_mut().filter(|_| !line.is_empty()) {
            // Japanese has no blanks between sentences.
            let latin = |text: &str| text.ends_with(|last: char| last.is_ascii());
            if !last.is_empty() && latin(last) {
                last.push(' ');
            }
            last.push_str(line);
        }
    }
    entries
}

/// A tag and what stands behind it.
fn tag(entry: &str) -> (&str, &str) {
    let (tag, rest) = entry.split_once(char::is_whitespace).unwrap_or((entry, ""));
    (tag, rest.trim())
}

fn head(comment: &str, told: &mut Told) -> Result<(), String> {
    let mut entries = entries(comment).into_iter();
    told.help.ja = entries.next().unwrap_or_default();
    for entry in entries {
        match tag(&entry) {
            ("@en", text) => text.clone_into(&mut told.help.en),
            ("@state", _) => told.state = true,
            ("@asks", words) => {
                for word in words.split([',', '、', ' ']).filter(|word| !word.is_empty()) {
                    told.asks.push(match word {
                        "clock" => Ask::Clock,
                        "read" => Ask::Read,
                        "write" => Ask::Write,
                        other => return Err(format!("@asks {other}: clock, read, write")),
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn function(name: &str, comment: &str) -> Result<Function, String> {
    let mut entries = entries(comment).into_iter();
    let mut function = Function {
        name: name.to_owned(),
        help: Text {
            ja: entries.next().unwrap_or_default(),
            en: String::new(),
        },
        parameters: Vec::new(),
        output: json!({}),
        effect: Effect::Read,
    };
    for entry in entries {
        let wrong = |problem: &str| Err(format!("{name}: {entry}: {problem}"));
        match tag(&entry) {
            ("@en", text) => text.clone_into(&mut function.help.en),
            ("@param", rest) => match parameter(rest) {
                Some(parameter) => function.parameters.push(parameter),
                None => return wrong("@param {string} 名前 - 説明"),
            },
            ("@returns" | "@return", rest) => match braces(rest).and_then(|(kind, _)| schema(kind)) {
                Some(schema) => function.output = schema,
                None => return wrong("@returns {string} 説明"),
            },
            ("@effect", "read") => function.effect = Effect::Read,
            ("@effect", "idempotent") => function.effect = Effect::Idempotent,
            ("@effect", "irreversible") => function.effect = Effect::Irreversible,
            ("@effect", _) => return wrong("read, idempotent, irreversible"),
            _ => {}
        }
    }
    Ok(function)
}

/// `{kind} rest`.
fn braces(text: &str) -> Option<(&str, &str)> {
    let (kind, rest) = text.strip_prefix('{')?.split_once('}')?;
    Some((kind.trim(), rest.trim()))
}

/// `{kind} name - 日本語 / English`; a name in brackets may be left out.
fn parameter(text: &str) -> Option<Parameter> {
    let (kind, rest) = braces(text)?;
    let (name, help) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let bracketed = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let required = bracketed.is_none();
    let name = bracketed.unwrap_or(name);
    let name = name.split('=').next().unwrap_or(name);
    let mut schema = schema(kind)?;
    let help = help.trim_start_matches(['-', '—', '：', ':']).trim();
    let (ja, en) = help.split_once(" / ").unwrap_or((help, ""));
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), ja.trim().into());
        map.insert("x-en".to_owned(), en.trim().into());
    }
    (!name.is_empty()).then(|| Parameter {
        name: name.to_owned(),
        required,
        schema,
    })
}

/// The schema of a kind: `string number integer boolean date object any`, `kind[]`, or choices `"a"|"b"`.
fn schema(kind: &str) -> Option<Json> {
    if let Some(of) = kind.strip_suffix("[]") {
        return Some(json!({ "type": "array", "items": schema(of)? }));
    }
    Some(match kind {
        "string" => json!({ "type": "string" }),
        "number" => json!({ "type": "number" }),
        "integer" => json!({ "type": "integer" }),
        "boolean" => json!({ "type": "boolean" }),
        "date" => json!({ "type": "string", "format": "date" }),
        "object" => json!({ "type": "object", "additionalProperties": true }),
        "any" | "*" => json!({}),
        choices => {
            let quoted = |choice: &str| {
                let choice = choice.trim();
                let inside = |mark| choice.strip_prefix(mark)?.strip_suffix(mark);
                inside('"').or_else(|| inside('\'')).map(str::to_owned)
            };
            let choices: Option<Vec<String>> = choices.split('|').map(quoted).collect();
            json!({ "type": "string", "enum": choices? })
        }
    })
}
