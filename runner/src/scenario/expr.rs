//! `${{ … }}`: expressions in texts, and bare conditions.
//!
//! The places of the expressions are found here; minijinja compiles and evaluates what stands inside, without its
//! own `{{ }}` and `{% %}`. Undefined names are errors, and an expression's work is bounded.

mod excel;
mod fault;
mod operators;
pub mod places;
mod plainly;
mod reads;
pub mod uses;

pub(crate) use excel::{chosen, sheet_choice};
pub(crate) use fault::{fault, single_equals};
pub(crate) use plainly::{EMPTY_WORD, plainly, said_empty};

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
}

/// An expression, compiled.
#[derive(Clone)]
pub struct Expr {
    source: String,
    span: Span,
    /// Names with their attributes, as `item.氏名`.
    names: BTreeSet<Vec<String>>,
    /// Names of the first level, whose values it needs.
    free: Vec<String>,
    /// The filters it goes through.
    filters: Vec<String>,
    /// The texts that stand in it.
    texts: Vec<String>,
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
    /// A quote that is open up to the end.
    #[error("a quote is not closed")]
    Quote {
        /// Where the text stands.
        span: Span,
        /// The expression, as far as its braces say.
        text: String,
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
            | ExprError::Quote { span, .. }
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
        let compile = |source: String| {
            let compiled = environment().compile_expression_owned(source);
            compiled.map_err(|error| ExprError::Syntax {
                span,
                text: trimmed.to_owned(),
                detail: describe(&error),
            })
        };
        let free = compile(trimmed.to_owned())?.undeclared_variables(false);
        let compiled = compile(operators::guarded(trimmed))?;
        let reads = reads::reads(trimmed);
        let names = reads
            .paths
            .into_iter()
            .filter(|path| path.first().is_some_and(|name| free.contains(name)))
            .collect();
        Ok(Expr {
            source: trimmed.to_owned(),
            span,
            names,
            free: free.into_iter().collect(),
            filters: reads.filters,
            texts: places::texts(trimmed).map(str::to_owned).collect(),
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
        self.names.iter().map(Vec::as_slice)
    }

    /// The filters it goes through, by the names that were written.
    pub fn filters(&self) -> impl Iterator<Item = &str> {
        self.filters.iter().map(String::as_str)
    }

    /// Whether it is nothing but the name of a value.
    pub fn is_path(&self) -> bool {
        self.path.is_some()
    }

    /// The name, when it is nothing but that of a value.
    pub fn path(&self) -> Option<&[String]> {
        self.path.as_deref()
    }

    /// Whether it reads no value at all, so that it is always the same.
    pub fn is_constant(&self) -> bool {
        self.free.is_empty()
    }

    /// Works the expression out. Its class is that of the most sensitive name it reads, so that no filter launders
    /// a secret; only of what is personal, an answer that stands in the expression itself (`"一致" if …`) is open.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Classed, ExprError> {
        if let Some(path) = &self.path {
            return scope.lookup(path).ok_or_else(|| ExprError::Undefined {
                span: self.span,
                name: path.join("."),
            });
        }
        let mut class = Class::Open;
        for name in &self.names {
            class = class.max(class_of(scope, name));
        }
        // Only what it reads: a list of all items must not be copied for a name beside it.
        let mut context: IndexMap<&str, serde_json::Value> = self
            .free
            .iter()
            .filter_map(|name| {
                let found = scope.lookup(std::slice::from_ref(name))?;
                Some((name.as_str(), found.value.to_json()))
            })
            .collect();
        // A scope may know a member by more than the name that stands in its map: a heading in another width.
        for name in &self.names {
            if let [first, member, ..] = name.as_slice()
                && let Some(serde_json::Value::Object(map)) = context.get_mut(first.as_str())
                && !map.contains_key(member)
                && let Some(found) = name.get(..2).and_then(|path| scope.lookup(path))
            {
                map.insert(member.clone(), found.value.to_json());
            }
        }
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
                    said: filters::message(&error).map(|said| Box::new(said.classed(class))),
                },
            })?;
        let json = serde_json::to_value(&result).map_err(|error| ExprError::Failed {
            span: self.span,
            detail: error.to_string(),
            said: None,
        })?;
        let value = Value::from_json(json);
        // One of two words, or yes and no, tells nothing of a person that the scenario does not.
        let harmless = match &value {
            Value::Bool(_) => true,
            Value::Text(text) => self.texts.contains(text),
            _ => false,
        };
        Ok(Classed {
            class: if harmless && class == Class::Personal {
                Class::Open
            } else {
                class
            },
            value,
        })
    }
}

/// The class of what a path reads: of the longest part of it that has a value, so that no attribute or method of a
/// secret is harmless.
fn class_of(scope: &dyn Scope, path: &[String]) -> Class {
    (1..=path.len())
        .rev()
        .find_map(|length| scope.lookup(path.get(..length)?))
        .map_or(Class::Open, |found| found.class)
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
            let close = closing(inner).ok_or_else(|| unclosed(inner, span))?;
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

    /// The name, when it is nothing but one `${{ }}` with the name of a value.
    pub fn path(&self) -> Option<&[String]> {
        match self.parts.as_slice() {
            [Part::Expr(expr)] => expr.path(),
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
        let pieces = self.pieces(scope)?;
        Ok(Classed {
            class: pieces.iter().map(|(_, class)| *class).max().unwrap_or_default(),
            value: Value::Text(pieces.into_iter().map(|(text, _)| text).collect()),
        })
    }

    /// Works the text out piece by piece: what was written stands beside values that may be sensitive.
    ///
    /// # Errors
    /// As for [`Template::evaluate`].
    pub fn pieces(&self, scope: &dyn Scope) -> Result<Vec<(String, Class)>, ExprError> {
        let pieces = self.parts.iter().map(|part| match part {
            Part::Text(text) => Ok((text.clone(), Class::Open)),
            Part::Expr(expr) => expr.evaluate(scope).map(|found| (found.value.to_text(), found.class)),
        });
        pieces.collect()
    }
}

/// Why the end of an expression is not found: `}}` may be there, inside a quote that is not closed.
fn unclosed(inner: &str, span: Span) -> ExprError {
    match inner.find("}}") {
        Some(end) => ExprError::Quote {
            span,
            text: inner[..end].trim().to_owned(),
        },
        None => ExprError::Unclosed { span },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Arg;

    /// `item` with a name and a number; everything of it as personal as its parts.
    struct Row;

    impl Row {
        fn context(&self) -> IndexMap<String, Value> {
            let row = IndexMap::from([
                ("氏名（漢字）".to_owned(), Value::from("森")),
                ("番号".to_owned(), Value::from("012")),
            ]);
            IndexMap::from([("item".to_owned(), Value::Map(row))])
        }
    }

    impl Scope for Row {
        fn lookup(&self, path: &[String]) -> Option<Classed> {
            match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["item"] => Some(Classed::new(self.context().swap_remove("item")?, Class::Personal)),
                ["item", "氏名（漢字）"] => Some(Classed::new("森", Class::Personal)),
                ["item", "番号"] => Some(Classed::open("012")),
                _ => None,
            }
        }
    }

    fn evaluate(text: &str) -> Result<Classed, ExprError> {
        Template::compile(text, Span::default())?.evaluate(&Row)
    }

    #[test]
    fn texts_and_their_classes_are_worked_out() {
        for (text, value, class) in [
            ("${{ item.番号 }}", "012", Class::Open),
            ("No. ${{ item.番号 }}!", "No. 012!", Class::Open),
            ("${{ item[\"氏名（漢字）\"] }}", "森", Class::Personal),
            ("${{ item[\"氏名（漢字）\"] ~ \"様\" }}", "森様", Class::Personal),
            ("${{ item.番号 ~ \"}}\" }}", "012}}", Class::Open),
            // An answer in the scenario's own words.
            (
                "${{ \"一致\" if item[\"氏名（漢字）\"] == \"林\" else \"不一致\" }}",
                "不一致",
                Class::Open,
            ),
            ("${{ item[\"氏名（漢字）\"] ~ \"一致\" }}", "森一致", Class::Personal),
            // Which part is read is not known before: the most sensitive one counts.
            ("${{ item[\"番\" ~ \"号\"] }}", "012", Class::Personal),
            ("$x {{ y }}", "$x {{ y }}", Class::Open),
        ] {
            assert_eq!(evaluate(text), Ok(Classed::new(value, class)), "{text}");
        }
        let answer = evaluate("${{ item[\"氏名（漢字）\"] == \"林\" }}");
        assert_eq!(answer, Ok(Classed::open(Value::Bool(false))));
    }

    #[test]
    fn what_was_written_stands_beside_what_was_worked_out() {
        let template = Template::compile("${{ item[\"氏名（漢字）\"] }} 様、${{ 1 + 1 }} 通", Span::default())
            .expect("a template");
        let pieces = template.pieces(&Row).expect("pieces");
        let pieces: Vec<(&str, Class)> = pieces.iter().map(|(text, class)| (text.as_str(), *class)).collect();
        let [
            (_, Class::Personal),
            (" 様、", Class::Open),
            ("2", Class::Open),
            (" 通", Class::Open),
        ] = pieces.as_slice()
        else {
            panic!("{pieces:?}");
        };
    }

    #[test]
    fn what_a_filter_refused_is_as_personal_as_what_went_in() {
        for (text, class) in [
            ("${{ item.番号 | 和暦 }}", Class::Open),
            ("${{ item[\"氏名（漢字）\"] | 和暦 }}", Class::Personal),
        ] {
            let Err(ExprError::Failed { said: Some(said), .. }) = evaluate(text) else {
                panic!("{text}");
            };
            let Some(Arg::Classed(_, said)) = said.args.get("text") else {
                panic!("{said:?}");
            };
            assert_eq!(*said, class, "{text}");
        }
    }

    #[test]
    fn mistakes_are_told_apart() {
        assert!(matches!(evaluate("${{ item.番号"), Err(ExprError::Unclosed { .. })));
        assert!(matches!(evaluate("${{ }}"), Err(ExprError::Empty { .. })));
        assert!(matches!(evaluate("${{ item. }}"), Err(ExprError::Syntax { .. })));
        for text in ["${{ item.なし }}", "${{ なし }}", "x${{ item.なし ~ 1 }}"] {
            assert!(matches!(evaluate(text), Err(ExprError::Undefined { .. })), "{text}");
        }
    }
}
