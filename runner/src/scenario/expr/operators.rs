//! Operators that refuse what has no answer.
//!
//! The library puts values of all kinds into one order, in which nothing comes before every number and a text after it. So a
//! row without a fee would have one below 300. Ordering comparisons and arithmetic therefore go through filters of
//! ours; `==` and `!=` stay as they are. And it writes nothing as `None` where `~` joins texts.

use crate::scenario::filters::{FILLED, JOINED, ORDERED};

use super::reads::{after_quoted, is_name_start, split_name};

/// An expression that compiles, with its ordering comparisons, its arithmetic and its joints put through our filters.
pub(super) fn guarded(source: &str) -> String {
    let tokens = tokens(source);
    Guard { source, tokens, at: 0 }.list()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A number or a quoted text.
    Constant,
    Sign,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'s> {
    pub(super) kind: Kind,
    pub(super) text: &'s str,
    /// Its first byte.
    pub(super) from: usize,
}

pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(sign) = rest.chars().next() {
        let (kind, after) = if matches!(sign, '"' | '\'') {
            (Kind::Constant, after_quoted(rest, sign))
        } else if is_name_start(sign) {
            (Kind::Word, split_name(rest).1)
        } else if sign.is_ascii_digit() {
            (Kind::Constant, after_number(rest))
        } else {
            let twice = ["<=", ">=", "==", "!=", "//", "**"];
            let length = twice
                .iter()
                .find(|sign| rest.starts_with(**sign))
                .map_or(sign.len_utf8(), |_| 2);
            (Kind::Sign, &rest[length..])
        };
        tokens.push(Token {
            kind,
            text: &rest[..rest.len() - after.len()],
            from: source.len() - rest.len(),
        });
        rest = after.trim_start();
    }
    tokens
}

/// The text after a number that begins here: `12`, `1.5`, `1e-3`.
fn after_number(text: &str) -> &str {
    let mut before = '0';
    let end = text.char_indices().find(|(at, sign)| {
        let more = text[at + sign.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        let inside = sign.is_ascii_alphanumeric()
            || *sign == '_'
            || (*sign == '.' && more)
            || (matches!(sign, '-' | '+') && matches!(before, 'e' | 'E') && more);
        before = *sign;
        !inside
    });
    &text[end.map_or(text.len(), |(at, _)| at)..]
}

/// A part of an expression: as it is to be compiled, and as it was written.
struct Part<'s> {
    made: String,
    written: &'s str,
}

struct Guard<'s> {
    source: &'s str,
    tokens: Vec<Token<'s>>,
    at: usize,
}

impl<'s> Guard<'s> {
    fn peek(&self) -> Option<&'s str> {
        self.tokens.get(self.at).map(|token| token.text)
    }

    fn is(&self, signs: &[&str]) -> bool {
        self.peek().is_some_and(|text| signs.contains(&text))
    }

    /// The next token, taken.
    fn take(&mut self) -> &'s str {
        let text = self.peek().unwrap_or_default();
        self.at += 1;
        text
    }

    /// What was written from token `first` up to here.
    fn written(&self, first: usize) -> &'s str {
        let from = self.tokens.get(first).map_or(0, |token| token.from);
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        let to = last.map_or(from, |token| token.from + token.text.len());
        self.source.get(from..to).unwrap_or_default()
    }

    /// Everything up to a closing bracket or the end.
    fn list(&mut self) -> String {
        let mut made = Vec::new();
        while self.peek().is_some() && !self.is(&[")", "]", "}"]) {
            if self.is(&["and", "or", "not", "if", "else", ",", ":", "="]) {
                made.push(self.take().to_owned());
            } else {
                made.push(self.comparison());
            }
        }
        made.join(" ")
    }

    fn comparison(&mut self) -> String {
        let mut parts = vec![self.sum()];
        let mut signs = Vec::new();
        while self.is(&["<", "<=", ">", ">=", "==", "!=", "in", "not"]) {
            signs.push(match self.take() {
                "not" => format!("not {}", self.take()),
                sign => sign.to_owned(),
            });
            parts.push(self.sum());
        }
        let orders = signs.iter().any(|sign| sign.starts_with(['<', '>']));
        if orders && !signs.iter().any(|sign| sign.ends_with("in")) {
            let made: Vec<&str> = parts.iter().map(|part| part.made.as_str()).collect();
            let written = parts.iter().map(|part| quoted(part.written));
            return format!(
                "[{}] | {ORDERED}([{}], [{}])",
                made.join(", "),
                signs.iter().map(|sign| quoted(sign)).collect::<Vec<_>>().join(", "),
                written.collect::<Vec<_>>().join(", "),
            );
        }
        let signs = std::iter::once(String::new()).chain(signs);
        let made = signs.zip(&parts).map(|(sign, part)| format!("{sign} {}", part.made));
        made.collect::<Vec<_>>().join(" ")
    }

    /// Operands and what stands between them. `~` joins texts, and an empty value is an empty one.
    fn sum(&mut self) -> Part<'s> {
        let first = self.at;
        let alone = self.operand();
        let mut operands = Vec::new();
        let mut signs = Vec::new();
        while self.is(&["+", "-", "*", "/", "//", "%", "**", "~"]) {
            signs.push(self.take());
            operands.push(self.operand());
        }
        if signs.is_empty() {
            return alone;
        }
        operands.insert(0, alone);
        let made = operands.iter().enumerate().map(|(at, operand)| {
            let before = at.checked_sub(1).and_then(|before| signs.get(before)).copied();
            let counted = before.iter().chain(signs.get(at)).any(|sign| *sign != "~");
            let made = if counted {
                operand.filled()
            } else {
                format!("{} | {JOINED}", operand.made)
            };
            format!("{} {made}", before.unwrap_or_default())
        });
        Part {
            made: made.collect::<Vec<_>>().join(" "),
            written: self.written(first),
        }
    }

    /// A value with everything that binds tighter than an operator: its sign, attributes, subscripts, filters, tests.
    fn operand(&mut self) -> Part<'s> {
        let first = self.at;
        let mut minus = String::new();
        while self.is(&["-"]) {
            minus += self.take();
        }
        let mut part = self.value();
        if !minus.is_empty() {
            part.made = format!("{minus}({})", part.filled());
            part.written = self.written(first);
        }
        loop {
            if self.is(&["|"]) {
                part.made += &format!(" {} {}", self.take(), self.name());
                part.made += &self.arguments();
            } else if self.is(&["is"]) {
                part.made += &format!(" {} ", self.take());
                if self.is(&["not"]) {
                    part.made += &format!("{} ", self.take());
                }
                part.made += &self.name();
                part.made += &self.test_argument();
            } else {
                return part;
            }
            part.written = self.written(first);
        }
    }

    /// A name, constant or bracket with its attributes, subscripts and calls.
    fn value(&mut self) -> Part<'s> {
        let first = self.at;
        let in_brackets = self.is(&["("]);
        let mut made = if self.is(&["(", "[", "{"]) {
            self.bracket()
        } else {
            self.take().to_owned()
        };
        let mut written = self.written(first);
        if in_brackets {
            let inside = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            written = inside.map_or(written, str::trim);
        }
        loop {
            if self.is(&["."]) {
                made += self.take();
                made += self.take();
            } else if self.is(&["(", "["]) {
                made += &self.bracket();
            } else {
                return Part { made, written };
            }
            written = self.written(first);
        }
    }

    fn bracket(&mut self) -> String {
        format!("{}{}{}", self.take(), self.list(), self.take())
    }

    /// The name of a filter or test.
    fn name(&mut self) -> String {
        let mut name = self.take().to_owned();
        while self.is(&["."]) {
            name += self.take();
            name += self.take();
        }
        name
    }

    fn arguments(&mut self) -> String {
        if self.is(&["("]) { self.bracket() } else { String::new() }
    }

    /// The argument of a test, which may stand without brackets.
    fn test_argument(&mut self) -> String {
        let word = self.tokens.get(self.at).is_some_and(|token| match token.kind {
            Kind::Word => !["and", "or", "else", "is", "if", "in", "not"].contains(&token.text),
            Kind::Constant => true,
            Kind::Sign => ["[", "{", "-"].contains(&token.text),
        });
        if !word {
            return self.arguments();
        }
        let minus = if self.is(&["-"]) { self.take() } else { "" };
        format!(" {minus}{}", self.value().made)
    }
}

impl Part<'_> {
    /// The part, refused when it is empty.
    fn filled(&self) -> String {
        format!("{} | {FILLED}({})", self.made, quoted(self.written))
    }
}

/// A text as a constant of an expression.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::scenario::expr::{Expr, ExprError, Scope};
    use crate::text::{Lang, codes};
    use crate::value::{Classed, Value};

    /// `item` with an empty fee and an empty text, a number, a text and a list.
    struct Row;

    impl Scope for Row {
        fn lookup(&self, path: &[String]) -> Option<Classed> {
            let row = [
                ("手数料", Value::Null),
                ("備考", Value::from("  ")),
                ("数", Value::Int(300)),
                ("文字", Value::from("200")),
                ("一覧", Value::List(vec![Value::Int(7)])),
            ];
            let row = row.map(|(name, value)| (name.to_owned(), value));
            match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["item"] => Some(Classed::open(Value::Map(row.into_iter().collect()))),
                ["item", column] => row
                    .into_iter()
                    .find(|(name, _)| name == column)
                    .map(|(_, value)| Classed::open(value)),
                _ => None,
            }
        }
    }

    fn evaluate(source: &str) -> Result<Value, ExprError> {
        let found = Expr::compile(source, Span::default())?.evaluate(&Row)?;
        Ok(found.value)
    }

    #[test]
    fn an_empty_value_is_neither_compared_nor_counted_with() {
        for (source, named) in [
            ("item.手数料 < 300", "手数料"),
            ("300 >= item.手数料", "手数料"),
            ("0 < item.手数料 <= 300", "手数料"),
            ("item.備考 > 'a'", "備考"),
            ("item['手数料'] <= 1", "item['手数料']"),
            ("not item.手数料 < 300", "手数料"),
            ("item.数 == 300 and item.手数料 < 300", "手数料"),
            ("1 if item.手数料 > 3 else 2", "手数料"),
            ("[item.手数料 < 3][0]", "手数料"),
            ("item.手数料 + 1", "手数料"),
            ("1 - -item.手数料", "手数料"),
            ("item.数 * (2 - item.手数料)", "手数料"),
            ("'円' ~ (1 + item.手数料)", "手数料"),
            (
                "(item.手数料 | 年齢('2026-11-23')) > 110",
                "手数料 | 年齢('2026-11-23')",
            ),
            ("item.備考 | 数字のみ < '3'", "備考 | 数字のみ"),
            ("item.手数料 | 空なら(item.備考) < \"3\"", "手数料 | 空なら(item.備考)"),
        ] {
            match evaluate(source) {
                Err(ExprError::Failed { said: Some(said), .. }) => {
                    let told = said.what(Lang::Ja);
                    assert!(told.starts_with(&format!("「{named}」が空なので")), "{source}: {told}");
                }
                other => panic!("{source}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_number_and_a_text_have_no_order() {
        for source in ["item.文字 < 300", "item.数 > '1'", "item.一覧 <= 3"] {
            let said = evaluate(source).expect_err(source);
            assert!(
                matches!(&said, ExprError::Failed { said: Some(said), .. } if said.is(codes::KINDS_APART)),
                "{source}: {said:?}"
            );
        }
    }

    #[test]
    fn everything_else_means_what_it_did() {
        let yes = Value::Bool(true);
        for (source, value) in [
            ("item.手数料 == none", yes.clone()),
            ("item.手数料 != 300", yes.clone()),
            ("item.手数料 is 空 or item.手数料 < 300", yes.clone()),
            ("item.手数料 is not 空 and item.手数料 < 300", Value::Bool(false)),
            ("item.数 < 301", yes.clone()),
            ("not item.数 < 300", yes.clone()),
            ("1 < item.数 <= 300 == 300", yes.clone()),
            ("1 < 2 > 5", Value::Bool(false)),
            ("'R8' < 'R9'", yes.clone()),
            ("item.数 >= 300 and 'a' in 'abc' and 3 not in [1, 2]", yes.clone()),
            ("2 + 3 * 4 ** 2 - 1", Value::Int(49)),
            ("(2 + 3) * -4 // 3 % 5", Value::Int(3)),
            ("-item.数 + 1e2 + 1.5", Value::Number(-198.5)),
            ("7 - item.一覧[0] - item.一覧[-1]", Value::Int(-7)),
            ("item.一覧.0 + 1", Value::Int(8)),
            ("{'a': 1 < 2, 'b': 3}['a']", yes.clone()),
            ("'あ' ~ item.手数料 ~ (1 + 1)", Value::from("あ2")),
            ("item.数 ~ true ~ item.備考", Value::from("300はい  ")),
            ("'abc'[1:1 + 1]", Value::from("b")),
            ("item.数 is number and 'ab' is startingwith 'a' and 1 < 2", yes.clone()),
            ("'1,200円' | 数値 + 300", Value::Int(1500)),
            ("item.手数料 | 空なら(0) < 300", yes.clone()),
            ("item['数']<301", yes),
            ("('a\"b\\\\' ~ \"'\") + 'c' if 1 < 2 else 'd'", Value::from("a\"b\\'c")),
        ] {
            assert_eq!(evaluate(source).as_ref(), Ok(&value), "{source}: {}", guarded(source));
        }
        for source in ["item.なし < 3", "item.なし + 3", "なし <= 3"] {
            assert!(matches!(evaluate(source), Err(ExprError::Undefined { .. })), "{source}");
        }
    }

    #[test]
    fn its_own_filters_are_nobody_elses() {
        for source in ["1 |", "1 <", "< 1", "(1 < 2", "1 < 2)"] {
            assert!(matches!(evaluate(source), Err(ExprError::Syntax { .. })), "{source}");
        }
    }
}
