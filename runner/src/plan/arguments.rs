//! Arguments of a step or sign: expanded, compiled, and decoded as far as they are known without running.

use crate::diag::{Diagnostic, Span, Spanned};
use crate::plan::parts::Library;
use crate::plan::{Args, span_of};
use crate::scenario::tree::{Node, NodeKind};
use crate::scenario::vocabulary::{join, nearest, told};
use crate::steps::{self, DecodeError, Listed, StepDef, StepRow};
use crate::text::{Code, Message, codes};

/// Looks a step up and prepares its arguments; says everything that is wrong with them.
pub(super) fn prepare(
    kind: &Spanned<String>,
    node: &Node,
    (library, listed): (&Library, Listed),
    found: &mut Vec<Diagnostic>,
) -> Option<(StepRow, Args)> {
    let row = library
        .row(&kind.value)
        .map_err(|message| found.push(Diagnostic::error(message, kind.span)))
        .ok()?;
    let open = row.not_granted();
    if let (Some((file, _)), false) = (row.plugin(), open.is_empty()) {
        let message = Message::new(codes::PLUGIN_NOT_GRANTED)
            .with("file", file)
            .with("words", join(open.iter().copied()));
        found.push(Diagnostic::hint(message, kind.span));
    }
    let node = &row.expanded(node, listed);
    let args = compile(node, found)?;
    if let Err(error) = row.decode(args.written())
        && !is_open(node, &error)
    {
        let place = place(node, &error, kind.span);
        let message = refusal(row.name(), &error.problem).unwrap_or_else(|| other(&row, &error));
        found.push(Diagnostic::error(message, place));
    }
    Some((row, args))
}

/// The step kind of this program that a name means.
pub(super) fn built_in(name: &str) -> Result<StepRow, Message> {
    steps::find(name).map(StepRow::BuiltIn).ok_or_else(|| {
        Message::new(codes::UNKNOWN_STEP)
            .with("name", name)
            .with_some("near", steps::near(name))
    })
}

/// The arguments in their full form.
pub(super) fn expanded(def: &StepDef, node: &Node, listed: Listed) -> Node {
    def.expand
        .and_then(|expand| expand(node, listed))
        .unwrap_or_else(|| node.clone())
}

/// Prepares a sign.
pub(super) fn sign(name: &'static str, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Args> {
    let args = compile(node, found)?;
    if let Err(error) = steps::sign::check(&args.written())
        && !is_open(node, &error)
    {
        let message =
            refusal(name, &error.problem).unwrap_or_else(|| Message::new(codes::SIGN_WRONG).with("name", name));
        found.push(Diagnostic::error(message, place(node, &error, node.span)));
    }
    Some(args)
}

fn compile(node: &Node, found: &mut Vec<Diagnostic>) -> Option<Args> {
    Args::compile(node)
        .map_err(|errors| found.extend(errors.iter().map(told)))
        .ok()
}

/// Whether the value that was refused is only known when the step runs.
fn is_open(node: &Node, error: &DecodeError) -> bool {
    let at = node.deepest(segments(&error.path));
    let scalar = matches!(&at.kind, NodeKind::Scalar { text, .. } if text.contains("${{"));
    scalar && !error.problem.starts_with("unknown field") && !error.problem.starts_with("missing field")
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']']).filter(|segment| !segment.is_empty())
}

/// The decoder's words about names and words of `owner` (a step or sign) as a message of ours.
fn refusal(owner: &str, problem: &str) -> Option<Message> {
    let words = quoted(problem);
    let (first, rest) = words.split_first()?;
    let message = |code: Code| Message::new(code).with("step", owner);
    if problem.starts_with("unknown field") {
        let message = message(codes::ARGUMENT_UNKNOWN)
            .with("name", *first)
            .with_some("near", nearest(first, rest.iter().copied()))
            .with_some("words", (!rest.is_empty()).then(|| join(rest)));
        Some(message)
    } else if problem.starts_with("unknown variant") {
        let message = message(codes::ARGUMENT_CHOICE)
            .with("text", *first)
            .with_some("near", nearest(first, rest.iter().copied()))
            .with("words", join(rest));
        Some(message)
    } else if problem.ends_with("cannot stand together") {
        let second = rest.first().copied().unwrap_or_default();
        Some(
            message(codes::ARGUMENTS_TOGETHER)
                .with("first", *first)
                .with("second", second),
        )
    } else {
        None
    }
}

/// The decoder's other words: a missing argument, or a value of the wrong sort.
fn other(row: &StepRow, error: &DecodeError) -> Message {
    let example = Some(row.example()).filter(|example| !example.contains('\n'));
    let problem = error.problem.as_str();
    let message = |code: Code| {
        Message::new(code)
            .with("step", row.name())
            .with_some("example", example)
    };
    match quoted(problem).first() {
        Some(missing) if problem.starts_with("missing field") => {
            message(codes::ARGUMENT_MISSING).with("name", *missing)
        }
        _ => {
            let message = message(codes::ARGUMENT_WRONG)
                .with_some("name", segments(&error.path).last().filter(|_| error.path != "."));
            match wanted(problem) {
                Some(shape) => message.with_said("wanted", Message::new(shape)),
                None => message,
            }
        }
    }
}

/// Where the mistake stands: the name that is too much, or the value that is wrong; what is missing, at `whole`.
fn place(node: &Node, error: &DecodeError, whole: Span) -> Span {
    let words = quoted(&error.problem);
    let name = match error.problem.as_str() {
        problem if problem.starts_with("missing field") => return whole,
        problem if problem.starts_with("unknown field") => words.first(),
        problem if problem.ends_with("cannot stand together") => words.get(1),
        _ => None,
    };
    name.and_then(|name| key_span(node, name))
        .unwrap_or_else(|| span_of(node, &error.path))
}

/// The place of a name in a map, wherever it is inside.
fn key_span(node: &Node, name: &str) -> Option<Span> {
    match &node.kind {
        NodeKind::Map(entries) => entries
            .iter()
            .find(|(key, _)| key.value == name)
            .map(|(key, _)| key.span)
            .or_else(|| entries.iter().find_map(|(_, node)| key_span(node, name))),
        NodeKind::List(nodes) => nodes.iter().find_map(|node| key_span(node, name)),
        NodeKind::Null | NodeKind::Scalar { .. } => None,
    }
}

/// The words that stand between back-quotes.
fn quoted(problem: &str) -> Vec<&str> {
    problem.split('`').skip(1).step_by(2).collect()
}

/// What our own types ask for, in words of the catalogue.
fn wanted(problem: &str) -> Option<Code> {
    let (_, expected) = problem.rsplit_once("expected ")?;
    let shapes = [
        ("text", codes::SHAPE_TEXT),
        ("a string", codes::SHAPE_TEXT),
        ("yes or no", codes::SHAPE_FLAG),
        ("a whole number", codes::SHAPE_WHOLE),
        ("a number", codes::SHAPE_NUMBER),
        ("a day", codes::SHAPE_DAY),
        ("a map", codes::SHAPE_MAP),
        ("struct", codes::SHAPE_MAP),
        ("a sequence", codes::SHAPE_LIST),
    ];
    shapes
        .iter()
        .find(|(words, _)| expected.starts_with(words))
        .map(|(_, code)| *code)
}

/// The texts below a node, with the names that lead to them.
pub(super) fn texts<'n>(node: &'n Node, name: &'n str) -> Vec<(&'n str, &'n str, Span)> {
    match &node.kind {
        NodeKind::Null => Vec::new(),
        NodeKind::Scalar { text, .. } => vec![(name, text.as_str(), node.span)],
        NodeKind::List(nodes) => nodes.iter().flat_map(|node| texts(node, name)).collect(),
        NodeKind::Map(entries) => entries.iter().flat_map(|(key, node)| texts(node, &key.value)).collect(),
    }
}
