//! What an expression does with its values, read from its text: filters with their settings, tests, calls,
//! comparisons. The library tells none of it before it runs.

use super::as_path;
use super::operators::{Kind, Token, tokens};

/// A filter as it is used.
#[derive(Debug, PartialEq, Eq)]
pub struct FilterUse<'s> {
    /// The value that goes through it, as it is written.
    pub subject: &'s str,
    /// The filter's name.
    pub name: &'s str,
    /// What stands in its brackets.
    pub settings: Vec<&'s str>,
}

/// Two values that are compared.
#[derive(Debug, PartialEq)]
pub struct Comparison<'s> {
    /// The left side, as it is written.
    pub left: &'s str,
    /// `==`, `!=`, `<`, `<=`, `>` or `>=`.
    pub sign: &'s str,
    /// The right side, as it is written.
    pub right: &'s str,
}

/// One side of a comparison, when it is simple.
#[derive(Debug, PartialEq)]
pub enum Side<'s> {
    /// The name of a value.
    Path(Vec<String>),
    /// A quoted text.
    Text(&'s str),
    /// A number, as it is written.
    Number(&'s str),
}

impl<'s> Side<'s> {
    /// What a side is; `None` when it is worked out.
    pub fn of(written: &'s str) -> Option<Side<'s>> {
        let inner = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
        if let Some(text) = inner('"').or_else(|| inner('\'')) {
            return (!text.contains(['"', '\'', '\\'])).then_some(Side::Text(text));
        }
        if written.parse::<f64>().is_ok() {
            return Some(Side::Number(written));
        }
        as_path(written).map(Side::Path)
    }
}

/// The filters of an expression, from left to right.
pub fn filters(source: &str) -> Vec<FilterUse<'_>> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        let [bar, name] = pair else { continue };
        if bar.text != "|" || name.kind != Kind::Word {
            continue;
        }
        found.push(FilterUse {
            subject: before(source, &tokens, at, false),
            name: name.text,
            settings: settings(source, tokens.get(at + 2..).unwrap_or_default()),
        });
    }
    found
}

/// The names after `is` and `is not`.
pub fn tests(source: &str) -> Vec<&str> {
    let tokens = tokens(source);
    let words = tokens.iter().enumerate().filter(|(_, token)| is_word(token, "is"));
    words
        .filter_map(|(at, _)| {
            let next = tokens.get(at + 1)?;
            let name = if is_word(next, "not") {
                tokens.get(at + 2)?
            } else {
                next
            };
            (name.kind == Kind::Word).then_some(name.text)
        })
        .collect()
}

/// The names of functions and methods that are called.
pub fn calls(source: &str) -> Vec<&str> {
    called(source).into_iter().map(|called| called.name).collect()
}

/// The functions and methods that are called, with what stands in their brackets.
pub fn called(source: &str) -> Vec<FilterUse<'_>> {
    let tokens = tokens(source);
    let called = tokens.windows(2).enumerate().filter(|(at, pair)| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let earlier = at.checked_sub(2).and_then(|at| tokens.get(at));
        let named = |token: Option<&Token<'_>>, words: &[&str]| token.is_some_and(|token| words.contains(&token.text));
        let of_language = named(before, &["|", "is"]) || (named(before, &["not"]) && named(earlier, &["is"]));
        matches!(pair, [name, open] if name.kind == Kind::Word && open.text == "(" && !is_operator(name.text))
            && !of_language
    });
    called
        .filter_map(|(at, pair)| {
            Some(FilterUse {
                subject: "",
                name: pair.first()?.text,
                settings: settings(source, tokens.get(at + 1..)?),
            })
        })
        .collect()
}

/// The comparisons of an expression.
pub fn comparisons(source: &str) -> Vec<Comparison<'_>> {
    let tokens = tokens(source);
    let signs = tokens.iter().enumerate().filter(|(_, token)| is_comparison(token.text));
    signs
        .map(|(at, token)| Comparison {
            left: before(source, &tokens, at, true),
            sign: token.text,
            right: after(source, &tokens, at),
        })
        .collect()
}

fn is_word(token: &Token<'_>, word: &str) -> bool {
    token.kind == Kind::Word && token.text == word
}

pub(super) fn is_operator(word: &str) -> bool {
    ["and", "or", "not", "in", "if", "else", "is"].contains(&word)
}

fn is_comparison(sign: &str) -> bool {
    ["==", "!=", "<", "<=", ">", ">="].contains(&sign)
}

/// Whether the operand of a comparison (or else of a filter, which binds closer) ends here.
fn ends(token: &Token<'_>, of_comparison: bool) -> bool {
    match token.kind {
        Kind::Word => is_operator(token.text),
        Kind::Constant => false,
        Kind::Sign => {
            token.text == ","
                || is_comparison(token.text)
                || (!of_comparison && ["+", "-", "*", "/", "//", "%", "~", "**"].contains(&token.text))
        }
    }
}

/// The operand that ends before the token at `at`.
fn before<'s>(source: &'s str, tokens: &[Token<'s>], at: usize, of_comparison: bool) -> &'s str {
    let mut depth = 0_usize;
    let mut from = at;
    while let Some(token) = from.checked_sub(1).and_then(|index| tokens.get(index)) {
        match token.text {
            ")" | "]" => depth += 1,
            "(" | "[" if depth == 0 => break,
            "(" | "[" => depth -= 1,
            _ if depth == 0 && ends(token, of_comparison) => break,
            _ => {}
        }
        from -= 1;
    }
    between(source, tokens, from, at)
}

/// The operand that begins after the token at `at`.
fn after<'s>(source: &'s str, tokens: &[Token<'s>], at: usize) -> &'s str {
    let mut depth = 0_usize;
    let mut to = at + 1;
    while let Some(token) = tokens.get(to) {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" if depth == 0 => break,
            ")" | "]" => depth -= 1,
            _ if depth == 0 && ends(token, true) => break,
            _ => {}
        }
        to += 1;
    }
    between(source, tokens, at + 1, to)
}

/// What stands in the brackets that begin here.
pub(super) fn settings<'s>(source: &'s str, tokens: &[Token<'s>]) -> Vec<&'s str> {
    let mut found = Vec::new();
    if tokens.first().is_none_or(|token| token.text != "(") {
        return found;
    }
    let mut depth = 0_usize;
    let mut from = 1;
    for (at, token) in tokens.iter().enumerate().skip(1) {
        match token.text {
            "(" | "[" => depth += 1,
            ")" if depth == 0 => {
                let last = between(source, tokens, from, at);
                if !last.is_empty() {
                    found.push(last);
                }
                break;
            }
            ")" | "]" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                found.push(between(source, tokens, from, at));
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// The text of the tokens from `from` to before `to`.
fn between<'s>(source: &'s str, tokens: &[Token<'s>], from: usize, to: usize) -> &'s str {
    let ends = |token: &Token<'s>| token.from + token.text.len();
    match tokens.get(from..to) {
        Some([first, .., last]) => source.get(first.from..ends(last)),
        Some([only]) => source.get(only.from..ends(only)),
        _ => None,
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_found_with_what_goes_in_and_what_they_are_set_to() {
        let said = |source| -> Vec<String> {
            let found = filters(source).into_iter();
            found
                .map(|found| format!("{}>{}({})", found.subject, found.name, found.settings.join(";")))
                .collect()
        };
        assert_eq!(said("item.氏名 | 全角カナ"), ["item.氏名>全角カナ()"]);
        assert_eq!(
            said("'a' ~ run.date | 日付('%Y, %m') | 置換('a', item['b'])"),
            [
                "run.date>日付('%Y, %m')",
                "run.date | 日付('%Y, %m')>置換('a';item['b'])"
            ]
        );
        assert_eq!(said("(7 / 2) | 切り捨て"), ["(7 / 2)>切り捨て()"]);
        assert_eq!(said("('1,200円' | 数値()) + 300"), ["'1,200円'>数値()"]);
        assert_eq!(said("a == b | x"), ["b>x()"]);
    }

    #[test]
    fn tests_and_calls_are_told_apart() {
        assert_eq!(tests("x is 空 and y is not defined or is_z"), ["空", "defined"]);
        let source = "len(x) + x.upper() and (y) | 先頭(2) and not (z) and w is startingwith('a') if (v) else LEFT (u)";
        assert_eq!(calls(source), ["len", "upper", "LEFT"]);
    }

    #[test]
    fn comparisons_have_two_sides() {
        let said = |source| -> Vec<String> {
            let found = comparisons(source).into_iter();
            found
                .map(|found| format!("{} {} {}", found.left, found.sign, found.right))
                .collect()
        };
        assert_eq!(said("item.手数料 == \"300円\" and not x"), ["item.手数料 == \"300円\""]);
        assert_eq!(
            said("(a + 1 <= b[\"c\"]) or d != 'e'"),
            ["a + 1 <= b[\"c\"]", "d != 'e'"]
        );
        assert_eq!(said("x | 数値 < 300"), ["x | 数値 < 300"]);
        assert_eq!(Side::of("300"), Some(Side::Number("300")));
        assert_eq!(Side::of("'300'"), Some(Side::Text("300")));
        assert_eq!(Side::of("'a' ~ 'b'"), None);
        assert_eq!(Side::of("a + 1"), None);
        let path = |parts: [&str; 2]| Some(Side::Path(parts.map(str::to_owned).to_vec()));
        assert_eq!(Side::of("item[\"住所（方書）\"]"), path(["item", "住所（方書）"]));
    }
}
