//! Conditions as a person says them, in the signs of the language: `かつ`, 「未」, `= 空`.

use crate::diag::Span;

use super::Expr;

/// Words between two conditions.
const JOINING: &[(&str, &str)] = &[
    ("かつ", "and"),
    ("及び", "and"),
    ("および", "and"),
    ("または", "or"),
    ("又は", "or"),
    ("もしくは", "or"),
];
/// What is said of a value that may be empty, behind 「が」 or 「は」 or a blank.
const EMPTY: &[(&str, &str)] = &[
    ("空", "is 空"),
    ("空欄", "is 空"),
    ("空でない", "is not 空"),
    ("空ではない", "is not 空"),
    ("空欄でない", "is not 空"),
    ("空欄ではない", "is not 空"),
];
/// The word for a value that is not there.
pub(crate) const EMPTY_WORD: &str = "空";

/// 「料金が空」: what a word says to be empty or not (nothing, where it stands before this word), and the test for it.
pub(crate) fn said_empty(word: &str) -> Option<(&str, &'static str)> {
    EMPTY.iter().find_map(|(said, test)| {
        let value = word.strip_suffix(said)?;
        Some((value.strip_suffix('が').or_else(|| value.strip_suffix('は'))?, *test))
    })
}

/// The expression that was meant by one that cannot be read, where its words leave no doubt. `quote` is the sign that its
/// texts are put between.
pub(crate) fn plainly(text: &str, quote: char) -> Option<String> {
    let mut said = Said {
        rest: text,
        out: String::new(),
        brackets: 0,
        quote,
    };
    while said.next().is_some() {}
    let meant = said.out;
    (meant != text && Expr::compile(&meant, Span::default()).is_ok()).then_some(meant)
}

struct Said<'t> {
    rest: &'t str,
    out: String,
    /// Brackets that are open: in those of a filter a single `=` names a setting.
    brackets: usize,
    quote: char,
}

impl Said<'_> {
    fn next(&mut self) -> Option<()> {
        let sign = self.rest.chars().next()?;
        match sign {
            '"' | '\'' => self.text(sign),
            '「' => self.quoted('」'),
            '『' => self.quoted('』'),
            '=' | '!' | '<' | '>' => self.comparison(),
            _ if is_word(sign) => self.word(),
            _ => {
                match sign {
                    '(' => self.brackets += 1,
                    ')' => self.brackets = self.brackets.saturating_sub(1),
                    _ => {}
                }
                self.take(sign.len_utf8());
            }
        }
        Some(())
    }

    /// As it stands.
    fn take(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at(bytes);
        self.out.push_str(taken);
        self.rest = rest;
    }

    /// Something else for so many bytes, with blanks around it.
    fn instead(&mut self, bytes: usize, words: &str) {
        let before = self.out.trim_end().len();
        self.out.truncate(before);
        self.out.push(' ');
        self.out.push_str(words);
        self.rest = &self.rest[bytes..];
        let trimmed = self.rest.trim_start();
        if !trimmed.is_empty() && !trimmed.starts_with(')') {
            self.out.push(' ');
        }
        self.rest = trimmed;
    }

    fn text(&mut self, quote: char) {
        let end = self.rest[1..].find(quote).map_or(self.rest.len(), |at| at + 2);
        self.take(end);
    }

    fn quoted(&mut self, close: char) {
        let open = close.len_utf8();
        match self.rest.find(close) {
            Some(end) if !self.rest[open..end].contains(['"', '\'', '\\']) => {
                let inside = &self.rest[open..end];
                self.out.extend([self.quote]);
                self.out.push_str(inside);
                self.out.extend([self.quote]);
                self.rest = &self.rest[end + close.len_utf8()..];
            }
            _ => self.take(open),
        }
    }

    fn comparison(&mut self) {
        let end = self
            .rest
            .find(|sign| !matches!(sign, '=' | '!' | '<' | '>'))
            .unwrap_or(self.rest.len());
        let sign = &self.rest[..end];
        let is = match sign {
            "=" | "==" => "is",
            "!=" => "is not",
            _ => return self.take(end),
        };
        let after = self.rest[end..].trim_start();
        let empty = [EMPTY_WORD, "\"\"", "''"].into_iter().find(|empty| match *empty {
            EMPTY_WORD => word(after) == EMPTY_WORD,
            quotes => after.starts_with(quotes),
        });
        if let Some(empty) = empty {
            let bytes = self.rest.len() - after.len() + empty.len();
            return self.instead(bytes, &format!("{is} {EMPTY_WORD}"));
        }
        if sign == "=" && self.brackets == 0 {
            self.out.push('=');
        }
        self.take(end);
    }

    fn word(&mut self) {
        let word = word(self.rest);
        let of_name = self.out.trim_end().ends_with('.');
        let joining = JOINING.iter().find(|(said, _)| *said == word && !of_name);
        let alone = EMPTY.iter().find(|(said, _)| *said == word && self.after_value());
        match (joining.or(alone), said_empty(word)) {
            (Some((said, meant)), _) => self.instead(said.len(), meant),
            (None, Some((value, meant))) if !value.is_empty() || !of_name => {
                self.take(value.len());
                self.instead(word.len() - value.len(), meant);
            }
            (None, _) => self.take(word.len()),
        }
    }

    /// Whether a value has just ended.
    fn after_value(&self) -> bool {
        const OPERATORS: &[&str] = &["is", "not", "and", "or", "in", "if", "else"];
        let before = self.out.trim_end();
        let last = before.rsplit(|sign| !is_word(sign)).next().unwrap_or_default();
        before.ends_with([')', ']']) || !last.is_empty() && !OPERATORS.contains(&last)
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The word that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|sign| !is_word(sign)).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_says_becomes_an_expression() {
        for (said, meant) in [
            (
                "item.料金 < 300 かつ item.種別 == 「急ぎ」",
                "item.料金 < 300 and item.種別 == \"急ぎ\"",
            ),
            (
                "item.甲 = 空 または item.乙 = 「未」",
                "item.甲 is 空 or item.乙 == \"未\"",
            ),
            ("item.メモ が空", "item.メモ is 空"),
            ("item.メモ 空", "item.メモ is 空"),
            ("item[\"メモ\"] 空でない", "item[\"メモ\"] is not 空"),
            ("item.メモ は空欄", "item.メモ is 空"),
            ("item.メモが空 かつ item.甲 == 1", "item.メモ is 空 and item.甲 == 1"),
            ("item.メモ = \"\"", "item.メモ is 空"),
            ("item.メモ = '' or item.甲 = 1", "item.メモ is 空 or item.甲 == 1"),
            (
                "item.メモ が空でない かつ (item.甲 != 空)",
                "item.メモ is not 空 and (item.甲 is not 空)",
            ),
            ("(item.甲 == 空) 又は item.乙 > 1", "(item.甲 is 空) or item.乙 > 1"),
            (
                "item.甲 == 「a」 かつ item.乙 == 'かつ'",
                "item.甲 == \"a\" and item.乙 == 'かつ'",
            ),
        ] {
            assert_eq!(plainly(said, '"').as_deref(), Some(meant), "{said}");
        }
        assert_eq!(plainly("item.甲 == 「未」", '\'').as_deref(), Some("item.甲 == '未'"));
    }

    #[test]
    fn a_word_says_what_is_empty() {
        for (word, said) in [
            ("料金が空", Some(("料金", "is 空"))),
            ("料金は空ではない", Some(("料金", "is not 空"))),
            ("が空欄", Some(("", "is 空"))),
            ("料金空", None),
            ("空", None),
            ("料金が空白", None),
        ] {
            assert_eq!(said_empty(word), said, "{word}");
        }
    }

    #[test]
    fn what_leaves_a_doubt_or_is_right_stays() {
        for said in [
            "item.甲 == \"未\"",
            "item.甲 かつ",
            "item.かつ == 1",
            "「未",
            "item.甲 は 未",
            "item.空 = ",
        ] {
            assert_eq!(plainly(said, '"'), None, "{said}");
        }
    }
}
