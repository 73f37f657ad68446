//! What an expression would do when it is worked out, as far as that is known by day.

use crate::diag::{Diagnostic, Span};
use crate::plan::check::Columns;
use crate::plan::check::columns::word;
use crate::rules::{amount, dates, marks, width};
use crate::scenario::expr::uses::{self, Comparison, FilterUse, Side};
use crate::scenario::expr::{self, Condition, Expr, ExprError, Scope};
use crate::scenario::filters::{FILTERS, Filter, TESTS, Takes};
use crate::scenario::vocabulary::{join, nearest};
use crate::text::{Message, codes};
use crate::value::{Classed, ColumnType};

/// Everything that an expression does and cannot do; messages with the word that they are about.
pub(super) fn check(columns: &Columns, expr: &Expr) -> Vec<(Message, String)> {
    let source = expr.source();
    let mut told = Vec::new();
    for used in uses::filters(source) {
        told.extend(filter(&used).or_else(|| kinds(columns, &used)));
    }
    told.extend(uses::tests(source).into_iter().filter_map(test));
    told.extend(uses::called(source).iter().map(call));
    told.extend(
        uses::comparisons(source)
            .iter()
            .filter_map(|found| comparison(columns, found)),
    );
    told
}

/// A condition whose answer is known already.
pub(super) fn constant(condition: &Condition, span: Span) -> Option<Diagnostic> {
    if !condition.is_constant() {
        return None;
    }
    let holds = condition.evaluate(&Nothing).ok()?.value.is_true();
    let message = Message::new(codes::CONSTANT_CONDITION)
        .with("text", condition.source())
        .with(if holds { "always" } else { "never" }, "1");
    Some(Diagnostic::warning(message, span))
}

/// A place where nothing has a name.
struct Nothing;

impl Scope for Nothing {
    fn lookup(&self, _: &[String]) -> Option<Classed> {
        None
    }
}

/// The filter of a name.
fn named(name: &str) -> Option<&'static Filter> {
    FILTERS
        .iter()
        .find(|filter| name == filter.name || name == filter.english)
}

fn evaluated(source: &str) -> Result<(), ExprError> {
    Expr::compile(source, Span::default())?.evaluate(&Nothing).map(|_| ())
}

fn is_constant(source: &str) -> bool {
    Expr::compile(source, Span::default()).is_ok_and(|expr| expr.names().next().is_none())
}

/// Tries the settings on the value of the filter's own example. What is only known in a run takes the place that the
/// example has there.
fn filter(used: &FilterUse<'_>) -> Option<(Message, String)> {
    let known = named(used.name)?;
    let example = known
        .examples
        .iter()
        .flat_map(|(expression, _)| {
            uses::filters(expression)
                .into_iter()
                .map(move |found| (expression, found))
        })
        .filter(|(_, found)| found.name == known.name)
        .max_by_key(|(_, found)| found.settings.len())?;
    let (expression, shown) = example;
    let sure = used.settings.iter().all(|setting| is_constant(setting));
    let settings: Vec<&str> = used
        .settings
        .iter()
        .enumerate()
        .map(|(at, setting)| match is_constant(setting) {
            true => setting,
            false => shown.settings.get(at).copied().unwrap_or("'1'"),
        })
        .collect();
    let tried = format!("{} | {}({})", shown.subject, known.name, settings.join(", "));
    let Err(ExprError::Failed { said, detail, .. }) = evaluated(&tried) else {
        return None;
    };
    // What the filter itself refused may be the doing of a value in an example's place.
    if said.is_some() && !sure {
        return None;
    }
    let message = Message::new(codes::FILTER_USE)
        .with("name", used.name)
        .with("example", *expression);
    let message = match said {
        Some(said) => message.with_said("said", *said),
        // The library's words about how many there are.
        None if detail.starts_with("missing argument") => message.with("too_few", "1"),
        None if detail.starts_with("too many arguments") => message.with("too_many", "1"),
        None => message,
    };
    Some((message, used.name.to_owned()))
}

/// Columns whose type says that the filter cannot do anything with them.
fn kinds(columns: &Columns, used: &FilterUse<'_>) -> Option<(Message, String)> {
    let known = named(used.name)?;
    let wrong = |written: &str, takes: Takes| kind(columns, written).filter(|kind| !takes.suits(*kind));
    let example = known.examples.first().map(|(expression, _)| *expression);
    if let Some(kind) = wrong(used.subject, known.takes) {
        let wanted = match known.takes {
            Takes::Date => "date",
            Takes::Postal => "postal",
            Takes::List => "list",
            Takes::Amount | Takes::Any | Takes::Count | Takes::Word => "amount",
        };
        let message = Message::new(codes::FILTER_INPUT)
            .with("name", used.name)
            .with("value", used.subject)
            .with("kind", word(kind))
            .with(wanted, "1")
            .with_some("example", example);
        return Some((message, used.name.to_owned()));
    }
    let mut settings = used.settings.iter().zip(known.settings);
    let (setting, kind) = settings.find_map(|(setting, takes)| Some((*setting, wrong(setting, *takes)?)))?;
    let said = Message::new(codes::FILTER_SETTING_KIND)
        .with("value", setting)
        .with("kind", word(kind));
    let longest = known.examples.iter().max_by_key(|(expression, _)| expression.len());
    let message = Message::new(codes::FILTER_USE)
        .with("name", used.name)
        .with_said("said", said)
        .with_some("example", longest.map(|(expression, _)| *expression));
    Some((message, used.name.to_owned()))
}

/// The type of what stands in an expression, when it is a column of a known type or the day of the run.
fn kind(columns: &Columns, written: &str) -> Option<ColumnType> {
    let Some(Side::Path(path)) = Side::of(written) else {
        return None;
    };
    match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["item", column] => columns.kind(column),
        ["run", "date"] => Some(ColumnType::Date),
        _ => None,
    }
}

fn test(name: &str) -> Option<(Message, String)> {
    let message = Message::new(codes::UNKNOWN_TEST)
        .with("name", name)
        .with_some("near", nearest(name, TESTS.iter().copied()))
        .with("words", join(TESTS));
    (!TESTS.contains(&name)).then(|| (message, name.to_owned()))
}

/// What people know from Excel and elsewhere, and the filter that does it.
const FUNCTIONS: &[(&str, &str)] = &[
    ("asc", "半角"),
    ("concat", "つなぐ"),
    ("count", "件数"),
    ("default", "空なら"),
    ("int", "数値"),
    ("jis", "全角"),
    ("left", "先頭"),
    ("len", "文字数"),
    ("replace", "置換"),
    ("right", "末尾"),
    ("round", "四捨五入"),
    ("rounddown", "切り捨て"),
    ("split", "分ける"),
    ("str", "日付"),
    ("strip", "前後の空白を除く"),
    ("substitute", "置換"),
    ("text", "日付"),
    ("trim", "前後の空白を除く"),
    ("value", "数値"),
];

fn call(called: &FilterUse<'_>) -> (Message, String) {
    let name = called.name;
    let folded = name.to_ascii_lowercase();
    let known = FUNCTIONS.iter().find(|(function, _)| *function == folded);
    let filters = || FILTERS.iter().flat_map(|filter| [filter.name, filter.english]);
    if let Some(written) = expr::chosen(called.name, &called.settings) {
        let message = Message::new(codes::NO_FUNCTION).with("name", name);
        return (message.with("instead", written), name.to_owned());
    }
    let near = known.map(|(_, filter)| *filter).or_else(|| nearest(name, filters()));
    let message = Message::new(codes::NO_FUNCTION)
        .with("name", name)
        .with_some("instead", near.and_then(|filter| instead(called, filter)))
        .with_some("near", near);
    (message, name.to_owned())
}

/// The call as a filter: what stands first in its brackets goes through it.
fn instead(called: &FilterUse<'_>, filter: &str) -> Option<String> {
    let (value, settings) = called.settings.split_first()?;
    let brackets = if settings.is_empty() {
        String::new()
    } else {
        format!("({})", settings.join(", "))
    };
    let written = format!("{value} | {filter}{brackets}");
    Expr::compile(&written, Span::default()).is_ok().then_some(written)
}

/// A column compared with a constant of another kind.
fn comparison(columns: &Columns, found: &Comparison<'_>) -> Option<(Message, String)> {
    let (left, right) = (Side::of(found.left)?, Side::of(found.right)?);
    let (path, constant, written) = match (&left, &right) {
        (Side::Path(path), constant) => (path, constant, found.left),
        (constant, Side::Path(path)) => (path, constant, found.right),
        _ => return None,
    };
    let [item, column] = path.as_slice() else { return None };
    let kind = columns.kind(column).filter(|_| item == "item")?;
    let orders = !["==", "!="].contains(&found.sign);
    let instead = match constant {
        // A cell with nothing in it is no text.
        Side::Text("") if !orders => {
            let is = if found.sign == "==" { "is" } else { "is not" };
            Some(format!("{written} {is} 空"))
        }
        Side::Text(text) if kind == ColumnType::Flag => {
            let wanted = marks::parse_mark(text).ok().map(|mark| mark == (found.sign == "=="));
            wanted.map(|wanted| format!("{}{written}", if wanted { "" } else { "not " }))
        }
        Side::Text(text) => mended(kind, text)?.map(|value| compared(found, written, &value)),
        Side::Number(number) => match kind {
            ColumnType::Amount | ColumnType::Number | ColumnType::Flag => return None,
            ColumnType::Date => None,
            _ if orders && !Takes::Amount.suits(kind) => None,
            _ if orders => Some(compared(found, &format!("{written} | 数値"), number)),
            _ => Some(compared(found, written, &format!("\"{number}\""))),
        },
        Side::Path(_) => return None,
    };
    let message = Message::new(codes::NEVER_EQUAL)
        .with("left", found.left)
        .with("right", found.right)
        .with_some("rule", instead.is_none().then_some("1"))
        .with_some("instead", instead);
    Some((message, found.left.to_owned()))
}

/// What to compare with in the place of a text: `None` when the text is right, nothing inside when nobody knows.
#[expect(clippy::option_option, reason = "right, wrong and mended are three answers")]
fn mended(kind: ColumnType, text: &str) -> Option<Option<String>> {
    match kind {
        ColumnType::Amount | ColumnType::Number => {
            Some(amount::parse_amount(text).ok().map(|number| number.to_string()))
        }
        ColumnType::Date => {
            let day = dates::parse_date(text, None).ok().map(|parsed| parsed.date.to_string());
            if day.as_deref() == Some(text) {
                return None;
            }
            Some(day.map(|day| format!("\"{day}\"")))
        }
        ColumnType::Code => {
            let code = width::fold_code(text);
            (code != text).then(|| Some(format!("\"{code}\"")))
        }
        _ => None,
    }
}

/// The comparison with the column as `column` and the constant as `value`.
fn compared(found: &Comparison<'_>, column: &str, value: &str) -> String {
    if matches!(Side::of(found.left), Some(Side::Path(_))) {
        format!("{column} {} {value}", found.sign)
    } else {
        format!("{value} {} {column}", found.sign)
    }
}
