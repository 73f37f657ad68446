//! Where a word stands in an expression: as what it is used, not where its letters happen to occur first.

use std::ops::Range;

use super::operators::{Kind, Token, tokens};

/// A word of an expression, by what it is used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought<'w> {
    /// The name of a value, or of a function.
    Name(&'w str),
    /// What follows a dot, or stands in quotes between square brackets.
    Member(&'w str),
    /// A filter.
    Filter(&'w str),
    /// Words and signs as they are written.
    Written(&'w str),
}

impl<'w> Sought<'w> {
    /// Its letters.
    pub fn text(self) -> &'w str {
        match self {
            Sought::Name(text) | Sought::Member(text) | Sought::Filter(text) | Sought::Written(text) => text,
        }
    }
}

/// The bytes of the first place where a word is used so; of a name, rather where something is compared with it.
pub fn place(source: &str, sought: Sought<'_>) -> Option<Range<usize>> {
    let tokens = tokens(source);
    let before = |at: usize| {
        at.checked_sub(1)
            .and_then(|at| tokens.get(at))
            .map_or("", |token| token.text)
    };
    match sought {
        Sought::Name(name) => {
            let names = || {
                let words = tokens.iter().enumerate().filter(move |(_, token)| is(token, name));
                words.filter(|(at, _)| ![".", "|"].contains(&before(*at)))
            };
            let compared = names().find(|(at, _)| is_compared(&tokens, *at));
            compared.or_else(|| names().next()).map(|(_, token)| bytes(token))
        }
        Sought::Filter(name) => {
            let mut words = tokens.iter().enumerate().filter(|(_, token)| is(token, name));
            words.find(|(at, _)| before(*at) == "|").map(|(_, token)| bytes(token))
        }
        Sought::Member(name) => tokens.iter().enumerate().find_map(|(at, token)| match before(at) {
            "." if is(token, name) => Some(bytes(token)),
            "[" if quoted(token) == Some(name) => Some(token.from + 1..token.from + 1 + name.len()),
            _ => None,
        }),
        Sought::Written(text) => {
            let begins = |at: usize| tokens.iter().any(|token| token.from == at);
            let ends = |at: usize| tokens.iter().any(|token| bytes(token).end == at);
            let mut places = source.match_indices(text).map(|(at, _)| at..at + text.len());
            places.find(|place| begins(place.start) && ends(place.end))
        }
    }
}

/// Whether a value is compared with this word, which stands there like a name and may be a text without its quotes.
pub fn compares_with(source: &str, name: &str) -> bool {
    let tokens = tokens(source);
    let mut words = tokens.iter().enumerate().filter(|(_, token)| is(token, name));
    words.any(|(at, _)| is_compared(&tokens, at))
}

/// The texts in quotes, without what needs to be unescaped.
pub(super) fn texts(source: &str) -> impl Iterator<Item = &str> {
    let texts = tokens(source).into_iter().filter_map(|token| quoted(&token));
    texts.filter(|text| !text.contains('\\'))
}

fn is_compared(tokens: &[Token<'_>], at: usize) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|token| token.text);
    let after = text(Some(at + 1));
    matches!(text(at.checked_sub(1)), Some("==" | "!=")) && !matches!(after, Some("." | "[" | "("))
}

fn is(token: &Token<'_>, word: &str) -> bool {
    token.kind == Kind::Word && token.text == word
}

fn bytes(token: &Token<'_>) -> Range<usize> {
    token.from..token.from + token.text.len()
}

/// What stands between the quotes of a text.
fn quoted<'s>(token: &Token<'s>) -> Option<&'s str> {
    let quote = token.text.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    token.text.strip_prefix(quote)?.strip_suffix(quote)
}

#[cfg(test)]
mod tests {
    use super::Sought::{Filter, Member, Name, Written};
    use super::*;

    #[test]
    fn a_word_is_found_where_it_is_used_so() {
        for (source, sought, before) in [
            (
                "item[\"本人確認（済/未）\"] != 済",
                Name("済"),
                "item[\"本人確認（済/未）\"] != ",
            ),
            ("item.本人確認済 != 済", Name("済"), "item.本人確認済 != "),
            (
                "item.済 == \"済\" or item.済 == 済",
                Name("済"),
                "item.済 == \"済\" or item.済 == ",
            ),
            // Something is compared with the second one.
            ("済 ~ \"\" == 済", Name("済"), "済 ~ \"\" == "),
            ("済 | 空なら(\"済\")", Name("済"), ""),
            ("氏名 ~ item.氏名", Member("氏名"), "氏名 ~ item."),
            ("\"氏名\" ~ item[ '氏名' ]", Member("氏名"), "\"氏名\" ~ item[ '"),
            ("半角 ~ \"半角\" | 半角", Filter("半角"), "半角 ~ \"半角\" | "),
            ("item.番号 != item.番 | x", Written("item.番"), "item.番号 != "),
        ] {
            let found = place(source, sought).expect(source);
            assert_eq!(&source[..found.start], before, "{source}");
            assert_eq!(&source[found], sought.text(), "{source}");
        }
    }

    #[test]
    fn letters_of_another_word_are_none() {
        for (source, sought) in [
            ("item.本人確認済 != \"済\"", Name("済")),
            ("item.氏名", Name("氏名")),
            ("氏名 | 全角", Member("氏名")),
            ("item.全角", Filter("全角")),
            ("\"a == b\"", Written("a")),
            ("\"open", Member("open")),
        ] {
            assert_eq!(place(source, sought), None, "{source}");
        }
    }

    #[test]
    fn a_text_without_its_quotes_is_one_that_something_is_compared_with() {
        assert!(compares_with("item.甲 == 済", "済"));
        assert!(compares_with("item.甲!=済 and x", "済"));
        for source in [
            "item.甲 == 済.x",
            "item.甲 == 済(1)",
            "済 == item.甲",
            "item.甲 == \"済\"",
            "a == 済み",
        ] {
            assert!(!compares_with(source, "済"), "{source}");
        }
    }
}
