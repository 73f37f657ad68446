//! `${{ … }}`: expressions in texts, and bare conditions.
//!
//! The places of the expressions are found here; minijinja compiles and evaluates what stands inside, without its
//! own `{{ }}` and `{% %}`. Undefined names are errors, and an expression's work is bounded.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use minijinja::{Environment, Expression, UndefinedBehavior};

use super::filters;
use crate::diag::{Span, Spanned};
use crate::text::Message;
use crate::value::{Class, Classed, Value};

/// Work one expression may do, in minijinja's units: far above any honest one.
const FUEL: u64 = 1_000_000;

/// The names an expression can see. A sub-value (`item.氏名`) may have a class of its own.
pub trait Scope {
    /// The value at a path such as `["item", "氏名"]`; `None` when nothing has that name.
    fn lookup(&self, path: &[String]) -> Option<Classed>;
    /// Every name of the first level with its value, as an expression's context.
    fn context(&self) -> IndexMap<String, Value>;
}

/// An expression, compiled.
#[derive(Clone)]
pub struct Expr {
    source: String,
    span: Span,
    /// Names with their attributes, as `item.氏名`.
    names: BTreeSet<Vec<String>>,
    /// Set when the expression is nothing but a path: its value then keeps its own type.
    path: Option<Vec<String>>,
    compiled: Arc<Expression<'static, 'static>>,
}

impl std::fmt::Debug for Expr {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Expr({})", self.source)
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.span == other.span
    }
}

/// A bare condition (`when`, `if`, `reject`).
pub type Condition = Expr;

/// A text with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Where the text stands.
    pub span: Span,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Expr(Expr),
}

/// Why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExprError {
    /// `${{` without `}}`.
    #[error("`${{{{` is not closed")]
    Unclosed {
        /// Where it opens.
        span: Span,
    },
    /// Nothing between the braces.
    #[error("nothing between the braces")]
    Empty {
        /// Where.
        span: Span,
    },
    /// It is not an expression.
    #[error("not an expression: {detail}")]
    Syntax {
        /// The expression's place.
        span: Span,
        /// The expression.
        text: String,
        /// The library's words.
        detail: String,
    },
    /// A name that nothing has.
    #[error("nothing is called {name}")]
    Undefined {
        /// The expression's place.
        span: Span,
        /// The name, as written.
        name: String,
    },
    /// It failed while it was worked out.
    #[error("failed: {detail}")]
    Failed {
        /// The expression's place.
        span: Span,
        /// The library's words, which may hold a value: to be treated as personal.
        detail: String,
        /// The message of the filter that refused its value.
        said: Option<Box<Message>>,
    },
}

impl ExprError {
    /// Where the expression stands.
    pub fn span(&self) -> Span {
        match self {
            ExprError::Unclosed { span }
            | ExprError::Empty { span }
            | ExprError::Syntax { span, .. }
            | ExprError::Undefined { span, .. }
            | ExprError::Failed { span, .. } => *span,
        }
    }
}

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        // Nothing of minijinja's own is there unless `filters` names it.
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        filters::register(&mut environment);
        environment
    })
}

impl Expr {
    /// Compiles a bare expression that stands at `span`.
    pub fn compile(source: &str, span: Span) -> Result<Expr, ExprError> {
        let trimmed = source.trim();
        if trimmed.is_empty() {
            return Err(ExprError::Empty { span });
        }
        let compiled = environment()
            .compile_expression_owned(trimmed.to_owned())
            .map_err(|error| ExprError::Syntax {
                span,
                text: trimmed.to_owned(),
                detail: describe(&error),
            })?;
        let names = compiled
            .undeclared_variables(true)
            .into_iter()
            .map(|name| name.split('.').map(str::to_owned).collect())
            .collect();
        Ok(Expr {
            source: trimmed.to_owned(),
            span,
            names,
            path: as_path(trimmed),
            compiled: Arc::new(compiled),
        })
    }

    /// The text of the expression.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Every name it reads, with attributes: `["item", "氏名"]`.
    pub fn names(&self) -> impl Iterator<Item = &[String]> {
        self.names
            .iter()
            .map(Vec::as_slice)
            .chain(self.path.iter().map(Vec::as_slice))
    }

    /// Works the expression out. Its class is that of the most sensitive name it reads, so that no filter launders
    /// a secret.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Classed, ExprError> {
        if let Some(path) = &self.path {
            return scope.lookup(path).ok_or_else(|| ExprError::Undefined {
                span: self.span,
                name: path.join("."),
            });
        }
        let mut class = Class::Open;
        for name in &self.names {
            class = class.max(scope.lookup(name).map_or(Class::Open, |found| found.class));
        }
        let context: IndexMap<String, serde_json::Value> = scope
            .context()
            .into_iter()
            .map(|(name, value)| (name, value.to_json()))
            .collect();
        let result = self
            .compiled
            .eval(minijinja::value::Serde(&context))
            .map_err(|error| match error.kind() {
                minijinja::ErrorKind::UndefinedError => {
                    let missing = self.names.iter().find(|name| scope.lookup(name).is_none());
                    let name = missing.map_or_else(|| self.source.clone(), |name| name.join("."));
                    ExprError::Undefined { span: self.span, name }
                }
                _ => ExprError::Failed {
                    span: self.span,
                    detail: describe(&error),
                    said: filters::message(&error).map(Box::new),
                },
            })?;
        let json = serde_json::to_value(&result).map_err(|error| ExprError::Failed {
            span: self.span,
            detail: error.to_string(),
            said: None,
        })?;
        Ok(Classed {
            value: Value::from_json(json),
            class,
        })
    }
}

/// The path when the expression is nothing but `name.name["name"]`.
fn as_path(source: &str) -> Option<Vec<String>> {
    let mut path = Vec::new();
    let mut rest = source;
    loop {
        let end = rest
            .find(|character: char| !(character.is_alphanumeric() || character == '_'))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() || name.starts_with(|character: char| character.is_ascii_digit()) {
            return None;
        }
        path.push(name.to_owned());
        rest = &rest[end..];
        while let Some(inner) = rest.strip_prefix('[') {
            let quote = inner
                .chars()
                .next()
                .filter(|character| matches!(character, '"' | '\''))?;
            let (name, after) = inner[1..].split_once(quote)?;
            if name.contains('\\') {
                return None;
            }
            path.push(name.to_owned());
            rest = after.strip_prefix(']')?;
        }
        if rest.is_empty() {
            let word =
                path.len() == 1 && matches!(path[0].as_str(), "true" | "false" | "none" | "True" | "False" | "None");
            return (!word).then_some(path);
        }
        rest = rest.strip_prefix('.')?;
    }
}

fn describe(error: &minijinja::Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}

impl Template {
    /// Compiles a text whose content begins at byte `span.start` of the file.
    pub fn compile(text: &str, span: Span) -> Result<Template, ExprError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find("${{") {
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_owned()));
            }
            let inner = &rest[open + 3..];
            let close = closing(inner).ok_or(ExprError::Unclosed { span })?;
            parts.push(Part::Expr(Expr::compile(&inner[..close], span)?));
            rest = &inner[close + 2..];
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Template { span, parts })
    }

    /// A text and its place.
    pub fn of(text: &Spanned<String>) -> Result<Template, ExprError> {
        Template::compile(&text.value, text.span)
    }

    /// The text, when there is no expression in it.
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Its expressions.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        self.parts.iter().filter_map(|part| match part {
            Part::Expr(expr) => Some(expr),
            Part::Text(_) => None,
        })
    }

    /// The text as it was written, expressions included.
    pub fn source(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Expr(expr) => format!("${{{{ {} }}}}", expr.source),
            })
            .collect()
    }

    /// Works the text out. One whole expression keeps its type; anything else becomes text.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Classed, ExprError> {
        if let [Part::Expr(expr)] = self.parts.as_slice() {
            return expr.evaluate(scope);
        }
        let mut text = String::new();
        let mut class = Class::Open;
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Expr(expr) => {
                    let found = expr.evaluate(scope)?;
                    class = class.max(found.class);
                    text.push_str(&found.value.to_text());
                }
            }
        }
        Ok(Classed {
            value: Value::Text(text),
            class,
        })
    }
}

/// The place of the `}}` that ends an expression, not counting one inside quotes.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None, '}') if text[at..].starts_with("}}") => return Some(at),
            _ => {}
        }
    }
    None
}
