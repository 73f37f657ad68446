//! The Markdown of explanations: a theme, its codes, labelled sentences, and two examples.

use super::{Example, Explanation, Theme, Words};

/// Reads one file; a test sees to it that nothing in it is lost.
pub(super) fn theme(text: &'static str) -> Theme {
    let mut sections = text.split("\n## ");
    let heading = sections.next().unwrap_or_default();
    let (ja, en) = heading.trim_start_matches('#').split_once('|').unwrap_or((heading, ""));
    Theme {
        ja: ja.trim(),
        en: en.trim(),
        explanations: sections.map(explanation).collect(),
    }
}

fn explanation(section: &'static str) -> Explanation {
    let (code, body) = section.split_once('\n').unwrap_or((section, ""));
    let labelled = |label: &str| {
        let mut lines = body.lines();
        lines
            .find_map(|line| line.strip_prefix(label)?.strip_prefix(": "))
            .unwrap_or_default()
    };
    Explanation {
        code: code.trim(),
        ja: Words {
            meaning: labelled("意味"),
            why: labelled("わけ"),
            mend: labelled("直し方"),
        },
        en: Words {
            meaning: labelled("meaning"),
            why: labelled("why"),
            mend: labelled("mend"),
        },
        bad: example(body, "bad"),
        mended: example(body, "mended"),
    }
}

/// The lines between a fence of this name and the next one.
fn example(body: &'static str, name: &str) -> Option<Example> {
    let mut rest = body;
    loop {
        let (_, after) = rest.split_once("```yaml ")?;
        let (info, lines) = after.split_once('\n')?;
        let (text, behind) = lines.split_once("```")?;
        let (kind, of) = info.split_once(' ').unwrap_or((info, ""));
        if kind == name {
            return Some(Example { of, text });
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_read_whole() {
        let read = theme(
            "# 項目 | Entries\n\n## YK1\n意味: ア: イ\nわけ: ウ\n直し方: エ\nmeaning: a\nwhy: b\nmend: c\n\
             ```yaml bad system\nx: 1\n\ny: 2\n```\n```yaml mended\nx: 3\n```\n\n## YK2\n意味: オ\n",
        );
        assert_eq!((read.ja, read.en), ("項目", "Entries"));
        let [first, second] = read.explanations.as_slice() else {
            panic!("{read:?}")
        };
        assert_eq!((first.code, first.ja.meaning, first.en.mend), ("YK1", "ア: イ", "c"));
        let (bad, mended) = (first.bad.expect("bad"), first.mended.expect("mended"));
        assert_eq!((bad.of, bad.text), ("system", "x: 1\n\ny: 2\n"));
        assert_eq!((mended.of, mended.text), ("", "x: 3\n"));
        assert_eq!((second.code, second.ja.meaning, second.bad), ("YK2", "オ", None));
    }
}
