//! Writing YAML that people read: no quotes where none are needed.

use crate::drivers::browser::{By, Locator};

/// Words that other readers of YAML take for something else than text.
const OTHERS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "~"];

/// A text as the value of a key that stands alone in its line.
pub fn scalar(text: &str) -> String {
    if is_whole_expression(text) {
        return text.to_owned();
    }
    flow(text)
}

/// A text inside `{ }` or `[ ]`, or as a key.
pub fn flow(text: &str) -> String {
    let is_plain = !text.is_empty()
        && !text.starts_with(['-', '.', ' '])
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !OTHERS.contains(&text.to_ascii_lowercase().as_str())
        && text.chars().all(is_plain_sign);
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Letters, digits and the signs that mean nothing in YAML. Full-width marks that look like YAML's own are left to quotes.
fn is_plain_sign(sign: char) -> bool {
    match sign {
        '_' | '/' | '.' | '-' | '(' | ')' | '+' | ' ' => true,
        '　' | '：' | '｛' | '｝' | '＃' | '“' | '”' | '［' | '］' | '，' => false,
        '・' | '（' | '）' | '〒' | '々' | '、' | '。' | '？' | '！' | '／' | '「' | '」' | '～' | '〜' => {
            true
        }
        other => other.is_alphanumeric(),
    }
}

fn is_whole_expression(text: &str) -> bool {
    text.starts_with("${{") && text.ends_with("}}") && ["\n", " #", ": "].iter().all(|sign| !text.contains(sign))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A locator as a step's argument: a plain text where that is enough, else a map.
pub fn locator(locator: &Locator) -> String {
    match &locator.by {
        By::Any(text) if locator.within.is_none() && locator.nth.is_none() && locator.frame.is_none() => flow(text),
        _ => format!("{{ {} }}", entries(locator).join(", ")),
    }
}

/// The entries of a locator's map, so that a step's own words may stand beside them.
pub fn entries(locator: &Locator) -> Vec<String> {
    let mut entries = match &locator.by {
        By::Any(text) | By::Text(text) => vec![entry("text", text)],
        By::Button(text) => vec![entry("button", text)],
        By::Link(text) => vec![entry("link", text)],
        By::Label(text) => vec![entry("label", text)],
        By::Field(text) => vec![entry("field", text)],
        By::Role { role, name } if name.is_empty() => vec![entry("role", role)],
        By::Role { role, name } => vec![entry("role", role), entry("name", name)],
        By::Placeholder(text) => vec![entry("placeholder", text)],
        By::TestId(text) => vec![entry("testid", text)],
        By::Css(text) => vec![entry("css", text)],
        By::XPath(text) => vec![entry("xpath", text)],
    };
    if let Some(within) = &locator.within {
        entries.push(format!("within: {}", self::locator(within)));
    }
    if let Some(nth) = locator.nth {
        entries.push(format!("nth: {nth}"));
    }
    if let Some(frame) = &locator.frame {
        entries.push(entry("frame", frame));
    }
    entries
}

fn entry(key: &str, text: &str) -> String {
    format!("{key}: {}", flow(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_only_where_they_must() {
        for (text, expected) in [
            ("登録する", "登録する"),
            ("住所（方書）", "住所（方書）"),
            ("012", "012"),
            ("R8-001", "R8-001"),
            ("a: b", "\"a: b\""),
            ("見出し：値", "\"見出し：値\""),
            ("#id > p", "\"#id > p\""),
            ("no", "\"no\""),
            ("", "\"\""),
            ("\"引用\"", "\"\\\"引用\\\"\""),
            ("- x", "\"- x\""),
            ("氏　名", "\"氏　名\""),
        ] {
            assert_eq!(flow(text), expected);
            let read: serde_yaml::Value = serde_yaml::from_str(&format!("{{ a: {} }}", flow(text))).expect(text);
            let text_of = |value: &serde_yaml::Value| match value {
                serde_yaml::Value::String(text) => text.clone(),
                other => serde_yaml::to_string(other).expect("a scalar").trim_end().to_owned(),
            };
            if text != "012" {
                assert_eq!(text_of(&read["a"]), text);
            }
        }
        assert_eq!(scalar("${{ item.氏名 }}"), "${{ item.氏名 }}");
        assert_eq!(flow("${{ item.氏名 }}"), "\"${{ item.氏名 }}\"");
    }

    #[test]
    fn a_locator_is_a_text_or_a_map() {
        assert_eq!(locator(&By::Any("登録する".to_owned()).into()), "登録する");
        let deep = Locator {
            by: By::Link("削除".to_owned()),
            within: Some(Box::new(By::Any("1件目".to_owned()).into())),
            nth: Some(2),
            frame: Some("main".to_owned()),
        };
        assert_eq!(locator(&deep), "{ link: 削除, within: 1件目, nth: 2, frame: main }");
    }
}
