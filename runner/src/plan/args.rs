//! Arguments of a step: a tree of templates, worked out just before the step runs.

use crate::diag::Span;
use crate::scenario::expr::{Expr, ExprError, Scope, Template};
use crate::scenario::tree::{Node, NodeKind};
use crate::value::{Class, DATE_KEY, Value};

/// Arguments with their expressions compiled.
#[derive(Debug, Clone, PartialEq)]
pub enum Args {
    /// Nothing.
    Null,
    /// A text, perhaps with expressions.
    Text(Template),
    /// A list.
    List(Vec<Args>),
    /// Names and values.
    Map(Vec<(String, Args)>),
}

/// Arguments with their expressions worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluatedArgs {
    /// The values; a date is written as the map `{$date: 2026-11-23}` so that it stays one.
    pub value: serde_yaml::Value,
    /// The most sensitive class among them.
    pub class: Class,
    /// Every text whose class is not open.
    pub sensitive: Vec<(String, Class)>,
}

impl Args {
    /// Compiles the expressions of a tree; every one that does not compile is reported.
    pub fn compile(node: &Node) -> Result<Args, Vec<ExprError>> {
        let mut errors = Vec::new();
        let args = Args::collect(node, &mut errors);
        if errors.is_empty() { Ok(args) } else { Err(errors) }
    }

    fn collect(node: &Node, errors: &mut Vec<ExprError>) -> Args {
        match &node.kind {
            NodeKind::Null => Args::Null,
            NodeKind::Scalar { text, .. } => match Template::compile(text, node.span) {
                Ok(template) => Args::Text(template),
                Err(error) => {
                    errors.push(error);
                    Args::Null
                }
            },
            NodeKind::List(nodes) => Args::List(nodes.iter().map(|node| Args::collect(node, errors)).collect()),
            NodeKind::Map(entries) => Args::Map(
                entries
                    .iter()
                    .map(|(key, node)| (key.value.clone(), Args::collect(node, errors)))
                    .collect(),
            ),
        }
    }

    /// The arguments as far as they are known without running: an expression stays as it was written.
    pub fn written(&self) -> serde_yaml::Value {
        match self {
            Args::Null => serde_yaml::Value::Null,
            Args::Text(template) => serde_yaml::Value::String(template.source()),
            Args::List(items) => serde_yaml::Value::Sequence(items.iter().map(Args::written).collect()),
            Args::Map(entries) => serde_yaml::Value::Mapping(
                entries
                    .iter()
                    .map(|(name, args)| (serde_yaml::Value::String(name.clone()), args.written()))
                    .collect(),
            ),
        }
    }

    /// A plain text among named arguments.
    pub fn text(&self, name: &str) -> Option<&str> {
        let Args::Map(entries) = self else {
            return None;
        };
        match entries.iter().find(|(entry, _)| entry == name) {
            Some((_, Args::Text(template))) => template.literal(),
            _ => None,
        }
    }

    /// Every expression with its place.
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Args::Null => Vec::new(),
            Args::Text(template) => template.expressions().collect(),
            Args::List(items) => items.iter().flat_map(Args::expressions).collect(),
            Args::Map(entries) => entries.iter().flat_map(|(_, args)| args.expressions()).collect(),
        }
    }

    /// The name whose text stands at a place: of a form, the heading of the field.
    pub fn named(&self, place: Span) -> Option<&str> {
        let Args::Map(entries) = self else {
            return None;
        };
        entries.iter().find_map(|(name, args)| match args {
            Args::Text(template) => (template.span == place).then_some(name.as_str()),
            other => other.named(place),
        })
    }

    /// Works every expression out.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<EvaluatedArgs, ExprError> {
        let mut evaluated = EvaluatedArgs {
            value: serde_yaml::Value::Null,
            class: Class::Open,
            sensitive: Vec::new(),
        };
        evaluated.value = self.work_out(scope, &mut evaluated)?;
        Ok(evaluated)
    }

    fn work_out(&self, scope: &dyn Scope, into: &mut EvaluatedArgs) -> Result<serde_yaml::Value, ExprError> {
        Ok(match self {
            Args::Null => serde_yaml::Value::Null,
            Args::Text(template) => {
                let found = template.evaluate(scope)?;
                into.class = into.class.max(found.class);
                if found.class != Class::Open {
                    into.sensitive.push((found.value.to_text(), found.class));
                }
                to_yaml(&found.value)
            }
            Args::List(items) => serde_yaml::Value::Sequence(
                items
                    .iter()
                    .map(|item| item.work_out(scope, into))
                    .collect::<Result<_, _>>()?,
            ),
            Args::Map(entries) => {
                let mut map = serde_yaml::Mapping::new();
                for (name, args) in entries {
                    map.insert(serde_yaml::Value::String(name.clone()), args.work_out(scope, into)?);
                }
                serde_yaml::Value::Mapping(map)
            }
        })
    }
}

fn to_yaml(value: &Value) -> serde_yaml::Value {
    use serde_yaml::Value as Yaml;
    match value {
        Value::Null => Yaml::Null,
        Value::Bool(flag) => Yaml::Bool(*flag),
        Value::Int(number) => Yaml::Number((*number).into()),
        Value::Number(number) => Yaml::Number((*number).into()),
        Value::Text(text) => Yaml::String(text.clone()),
        Value::Date(_) => {
            let mut map = serde_yaml::Mapping::new();
            map.insert(Yaml::String(DATE_KEY.to_owned()), Yaml::String(value.to_text()));
            Yaml::Mapping(map)
        }
        Value::List(values) => Yaml::Sequence(values.iter().map(to_yaml).collect()),
        Value::Map(map) => Yaml::Mapping(
            map.iter()
                .map(|(name, value)| (Yaml::String(name.clone()), to_yaml(value)))
                .collect(),
        ),
    }
}

/// The place that a path of the decoder (`fields.0.name`) means in the arguments as they were written.
pub fn span_of(node: &Node, path: &str) -> Span {
    node.deepest(path.split(['.', '[', ']']).filter(|segment| !segment.is_empty()))
        .span
}
