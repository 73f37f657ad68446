//! What an expression reads: names with their attributes and constant subscripts, and the filters it goes through.
//!
//! The library tells free names but neither `item["住所（方書）"]` nor filters, so its text is looked through here.

/// What an expression reads.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reads {
    /// Names as far as they are constant: `item["氏名"].x` is `item`, `氏名`, `x`. Words of the language are among them.
    pub(super) paths: Vec<Vec<String>>,
    /// The names after `|`.
    pub(super) filters: Vec<String>,
}

/// Looks an expression through.
pub(super) fn reads(source: &str) -> Reads {
    let mut reads = Reads::default();
    let mut rest = source;
    let mut before = ' ';
    while let Some(sign) = rest.chars().next() {
        if matches!(sign, '"' | '\'') {
            rest = after_quoted(rest, sign);
            before = sign;
        } else if is_name_start(sign) {
            let (name, after) = split_name(rest);
            rest = after;
            if before == '|' {
                reads.filters.push(name.to_owned());
            } else if before != '.' {
                let (path, after) = path(name, rest);
                reads.paths.push(path);
                rest = after;
            }
            before = 'a';
        } else if sign.is_ascii_digit() {
            rest = rest.trim_start_matches(|sign: char| sign.is_alphanumeric() || sign == '_');
            before = '0';
        } else {
            rest = &rest[sign.len_utf8()..];
            if !sign.is_whitespace() {
                before = sign;
            }
        }
    }
    reads
}

pub(super) fn is_name_start(sign: char) -> bool {
    sign.is_alphabetic() || sign == '_'
}

pub(super) fn split_name(text: &str) -> (&str, &str) {
    let end = text
        .find(|sign: char| !(sign.is_alphanumeric() || sign == '_'))
        .unwrap_or(text.len());
    text.split_at(end)
}

/// The text after a quoted one that begins here.
pub(super) fn after_quoted(text: &str, quote: char) -> &str {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            '\\' if !escaped => escaped = true,
            sign if sign == quote && !escaped => return &text[at + quote.len_utf8()..],
            _ => escaped = false,
        }
    }
    ""
}

/// The attributes and constant subscripts that follow a name; a method that is called is none.
fn path<'a>(name: &str, mut rest: &'a str) -> (Vec<String>, &'a str) {
    let mut path = vec![name.to_owned()];
    loop {
        let next = attribute(rest).or_else(|| subscript(rest));
        match next {
            Some((name, after)) => {
                path.push(name.to_owned());
                rest = after;
            }
            None => return (path, rest),
        }
    }
}

fn attribute(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('.')?;
    let (name, after) = split_name(inner);
    (name.starts_with(is_name_start) && !after.starts_with('(')).then_some((name, after))
}

fn subscript(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?.trim_start();
    let quote = inner.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    let (name, after) = inner[1..].split_once(quote)?;
    let after = after.trim_start().strip_prefix(']')?;
    (!name.contains('\\')).then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_subscripts_and_filters_are_found() {
        for (source, paths, filters) in [
            ("item.氏名", "item.氏名", ""),
            ("item[\"住所（方書）\"]|全角カナ", "item.住所（方書）", "全角カナ"),
            (
                "run.date | 日付(\"%Y item.x\") | 空なら(item['備考'])",
                "run.date item.備考",
                "日付 空なら",
            ),
            ("item.氏名.upper() + rows[0].x", "item.氏名 rows", ""),
            ("item[column]", "item column", ""),
            ("1.5 + a", "a", ""),
            ("'it\\'s' ~ b", "b", ""),
            ("\"open", "", ""),
        ] {
            let found = reads(source);
            let joined: Vec<String> = found.paths.iter().map(|path| path.join(".")).collect();
            assert_eq!(joined.join(" "), paths, "{source}");
            assert_eq!(found.filters.join(" "), filters, "{source}");
        }
    }
}
