//! The tiny template language of the catalogue: `{name}` and `[[name|only when name is there]]`.

#[cfg(test)]
use std::collections::BTreeSet;

/// Fills a text of the catalogue. A missing argument leaves its place empty: a sentence with a hole is better than
/// no sentence.
pub(super) fn fill(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find("[[") {
        let (before, after) = rest.split_at(start);
        fill_plain(before, lookup, &mut filled);
        let after = &after[2..];
        let end = after.find("]]").unwrap_or(after.len());
        let (name, body) = after[..end].split_once('|').unwrap_or((&after[..end], ""));
        if lookup(name).is_some_and(|value| !value.is_empty()) {
            fill_plain(body, lookup, &mut filled);
        }
        rest = after.get(end + 2..).unwrap_or("");
    }
    fill_plain(rest, lookup, &mut filled);
    filled
}

/// The text without the parts that are said only sometimes.
pub(super) fn unconditional(text: &str) -> String {
    let mut parts = text.split("[[");
    let first = parts.next().unwrap_or_default();
    let behind = parts.filter_map(|part| Some(part.split_once("]]")?.1));
    std::iter::once(first).chain(behind).collect()
}

fn fill_plain(mut text: &str, lookup: &dyn Fn(&str) -> Option<String>, filled: &mut String) {
    while let Some((before, after)) = text.split_once('{') {
        filled.push_str(before);
        match place(after) {
            Some((name, rest)) => {
                filled.push_str(&lookup(name).unwrap_or_default());
                text = rest;
            }
            None => {
                filled.push('{');
                text = after;
            }
        }
    }
    filled.push_str(text);
}

/// The name of the place that was opened by a brace, and the text behind it; a brace around anything else is a brace.
fn place(after: &str) -> Option<(&str, &str)> {
    let (name, rest) = after.split_once('}')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_name.then_some((name, rest))
}

/// The names a text uses; `None` when its brackets do not match.
#[cfg(test)]
pub(super) fn names(text: &str) -> Option<BTreeSet<&str>> {
    if text.matches("[[").count() != text.matches("]]").count() {
        return None;
    }
    let conditional = text
        .split("[[")
        .skip(1)
        .map(|part| part.split('|').next().unwrap_or(part));
    let plain = text.split('{').skip(1).filter_map(|part| Some(place(part)?.0));
    Some(conditional.chain(plain).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_plain_and_conditional_parts() {
        let lookup = |name: &str| match name {
            "a" => Some("い".to_owned()),
            "empty" => Some(String::new()),
            _ => None,
        };
        for (text, expected) in [
            ("ろ{a}は", "ろいは"),
            ("{missing}。", "。"),
            ("x[[a|（{a}）]]y", "x（い）y"),
            ("x[[b|（{b}）]]y[[empty|z]]", "xy"),
            ("unclosed {a", "unclosed {a"),
            ("{ } ${{ {a} }} {B}", "{ } ${{ い }} {B}"),
            ("unclosed [[a|{a}", "unclosed い"),
        ] {
            assert_eq!(fill(text, &lookup), expected, "{text}");
        }
    }
}
