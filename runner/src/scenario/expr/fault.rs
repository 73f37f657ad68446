//! Where an expression that does not compile goes wrong: the first sign or word that cannot stand where it stands.

use std::ops::Range;

use super::operators::{Kind, Token, tokens};
use super::uses::is_operator;

/// The place in the expression; all of it when nothing in it stands out.
pub(crate) fn fault(source: &str) -> Range<usize> {
    let tokens = tokens(source);
    let at = Walk::default().first_wrong(&tokens);
    let token = at.and_then(|at| tokens.get(at));
    token.map_or(0..source.len(), |token| token.from..token.from + token.text.len())
}

/// The `=` that stands for `==`, with the sign beside it that belongs to it; `None` inside the brackets of a call, where it names a setting.
pub(crate) fn single_equals(source: &str) -> Option<(Range<usize>, &'static str)> {
    let tokens = tokens(source);
    // The brackets that are open: whether each only groups.
    let mut groups: Vec<bool> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => {
                let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                let called = before.is_some_and(|before| before.kind == Kind::Word && !is_operator(before.text));
                groups.push(token.text == "(" && !called);
            }
            ")" | "]" | "}" => {
                groups.pop();
            }
            "=" if groups.iter().all(|groups| *groups) => {
                let next = tokens.get(at + 1).filter(|next| next.from == token.from + 1);
                return Some(match next.map(|next| next.text) {
                    Some("<") => (token.from..token.from + 2, "<="),
                    Some(">") => (token.from..token.from + 2, ">="),
                    _ => (token.from..token.from + 1, "=="),
                });
            }
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct Walk {
    /// The brackets that are open, by their tokens.
    open: Vec<usize>,
    /// Whether a value has just ended.
    value: bool,
}

impl Walk {
    fn first_wrong(mut self, tokens: &[Token<'_>]) -> Option<usize> {
        for (at, token) in tokens.iter().enumerate() {
            let previous = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| token.text);
            if !self.fits(at, token, previous, tokens) {
                return Some(at);
            }
        }
        // A sign at the end that something must follow, or else a bracket that is left open.
        if self.value {
            self.open.pop()
        } else {
            tokens.len().checked_sub(1)
        }
    }

    fn fits(&mut self, at: usize, token: &Token<'_>, previous: Option<&str>, tokens: &[Token<'_>]) -> bool {
        match token.kind {
            Kind::Constant => !std::mem::replace(&mut self.value, true) && is_closed(token.text),
            Kind::Word if matches!(token.text, "and" | "or" | "in" | "is" | "else" | "if") => {
                std::mem::replace(&mut self.value, false)
            }
            Kind::Word if token.text == "not" => {
                self.value = false;
                true
            }
            Kind::Word => !std::mem::replace(&mut self.value, true),
            Kind::Sign => self.sign(at, token.text, previous, tokens),
        }
    }

    fn sign(&mut self, at: usize, sign: &str, previous: Option<&str>, tokens: &[Token<'_>]) -> bool {
        match sign {
            "(" | "[" | "{" => {
                self.open.push(at);
                self.value = false;
                true
            }
            ")" | "]" | "}" => {
                let opened = self.open.pop().and_then(|at| tokens.get(at)).map(|token| token.text);
                let empty = previous == opened;
                let pairs = matches!((opened, sign), (Some("("), ")") | (Some("["), "]") | (Some("{"), "}"));
                pairs && (std::mem::replace(&mut self.value, true) || empty || previous == Some(","))
            }
            "-" => {
                self.value = false;
                true
            }
            "," | ":" | "=" if self.open.is_empty() => false,
            "+" | "*" | "/" | "//" | "%" | "**" | "~" | "|" | "." | "," | ":" | "=" | "<" | ">" | "<=" | ">="
            | "==" | "!=" => std::mem::replace(&mut self.value, false),
            _ => false,
        }
    }
}

/// Whether a quoted text ends with its quote.
fn is_closed(text: &str) -> bool {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text.len() > 1 && text.ends_with(quote),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_thing_that_cannot_stand_there_is_found() {
        for (source, wrong) in [
            ("item.カナ 全角カナ", "全角カナ"),
            ("(item.カナ | 全角カナ", "("),
            ("item.カナ |", "|"),
            ("item..カナ", "."),
            ("item.カナ || 全角カナ", "|"),
            ("item.受付No.", "."),
            ("item.氏名・カナ", "・"),
            ("item.a <> 3", ">"),
            ("item.a = 3", "="),
            ("a) + b", ")"),
            ("item.a + \"b", "\"b"),
            ("and b", "and"),
        ] {
            assert_eq!(&source[fault(source)], wrong, "{source}");
        }
        for source in [
            "a if b is not 空 else c[0](1, x=2).y | 先頭(2) ~ -3",
            "not a in [1, 2,] and f()",
        ] {
            assert_eq!(fault(source), 0..source.len(), "{source}");
        }
    }

    #[test]
    fn an_equals_sign_stands_for_two() {
        let mended = |source: &str| {
            single_equals(source).map(|(at, sign)| format!("{}{sign}{}", &source[..at.start], &source[at.end..]))
        };
        assert_eq!(mended("a = 3").as_deref(), Some("a == 3"));
        assert_eq!(mended("a =< 3").as_deref(), Some("a <= 3"));
        assert_eq!(mended("a == b and c => 3").as_deref(), Some("a == b and c >= 3"));
        assert_eq!(mended("not (a = 3)").as_deref(), Some("not (a == 3)"));
        assert_eq!(mended("f(a=1) == 3"), None);
        assert_eq!(mended("a | f((a=1)) == 3"), None);
    }
}
