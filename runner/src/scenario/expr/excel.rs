//! `IF(a = b, "x", "y")`, as in a sheet, in the words of the language: `"x" if a == b else "y"`.

use crate::diag::Span;

use super::operators::{Kind, tokens};
use super::{Expr, single_equals, uses};

/// The expression that was meant by an `IF` that is all of a text.
pub(crate) fn sheet_choice(text: &str) -> Option<String> {
    let tokens = tokens(text);
    let [name, rest @ ..] = tokens.as_slice() else {
        return None;
    };
    let mut depth = 0_usize;
    // The bracket behind the name is closed by the last one.
    let around = rest.iter().enumerate().all(|(at, token)| {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0) == (at + 1 == rest.len())
    });
    (name.kind == Kind::Word && around).then(|| chosen(name.text, &uses::settings(text, rest)))?
}

/// One of two values, as a call of `IF` names them; without the second one, nothing.
pub(crate) fn chosen(name: &str, settings: &[&str]) -> Option<String> {
    let (condition, then, otherwise) = match settings {
        [condition, then, otherwise] => (*condition, *then, *otherwise),
        [condition, then] => (*condition, *then, "\"\""),
        _ => return None,
    };
    let value = |text: &str| match sheet_choice(text) {
        Some(inner) => format!("({inner})"),
        None => text.to_owned(),
    };
    let written = format!("{} if {} else {}", value(then), compared(condition), value(otherwise));
    let is_expression = Expr::compile(&written, Span::default()).is_ok();
    (name.eq_ignore_ascii_case("if") && is_expression).then_some(written)
}

/// A condition of a sheet with the signs of the language.
fn compared(condition: &str) -> String {
    let mut written = condition.to_owned();
    let unequal = |text: &str| {
        let tokens = tokens(text);
        let mut pairs = tokens.windows(2);
        pairs.find_map(|pair| match pair {
            [less, more] if less.text == "<" && more.text == ">" && less.from + 1 == more.from => Some(less.from),
            _ => None,
        })
    };
    while let Some(at) = unequal(&written) {
        written.replace_range(at..at + 2, "!=");
    }
    while let Some((place, sign)) = single_equals(&written) {
        written.replace_range(place, sign);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_of_a_sheet_is_said_in_the_words_of_the_language() {
        for (sheet, meant) in [
            ("IF(a = b, \"x\", \"y\")", Some("\"x\" if a == b else \"y\"")),
            (
                "if( item.甲<>\"<>\" , item.乙, '' )",
                Some("item.乙 if item.甲!=\"<>\" else ''"),
            ),
            ("IF(a == 1, \"x\")", Some("\"x\" if a == 1 else \"\"")),
            (
                "IF(a = 1, \"x,(\", IF(a = 2, \"y\", \"z\"))",
                Some("\"x,(\" if a == 1 else (\"y\" if a == 2 else \"z\")"),
            ),
            ("IF(a = b, \"x\", \"y\") ~ \"z\"", None),
            ("IF(a = b)", None),
            ("SUM(a = b, 1, 2)", None),
            ("IF(a = , 1, 2)", None),
            ("IF", None),
            ("", None),
        ] {
            assert_eq!(sheet_choice(sheet).as_deref(), meant, "{sheet}");
        }
    }
}
