//! Explanations of messages: what one means, why it matters, how to mend it, and the mistake with its mended form.
//!
//! What a check says of a file is explained at length, in Markdown beside this file; what a run or a command says is
//! told with who acts on it and what was registered.

mod families;
mod markdown;
mod places;

pub use families::Family;
pub use places::{mend, title};

use std::sync::OnceLock;

/// An explanation of what a check says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// In Japanese.
    pub ja: Words,
    /// In English.
    pub en: Words,
    /// The mistake.
    pub bad: Option<Example>,
    /// The same without the mistake.
    pub mended: Option<Example>,
}

/// An explanation in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    /// What the message means.
    pub meaning: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub mend: &'static str,
}

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// What the part belongs to: `file` is a whole file, `system`, `part` and `office` are such files; empty is some lines of a
    /// scenario.
    pub of: &'static str,
    /// The lines.
    pub text: &'static str,
}

/// Explanations that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What they are about, in Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
    /// In the order of their codes.
    pub explanations: Vec<Explanation>,
}

/// Every theme, one file each, in the order of the codes.
const FILES: &[&str] = &[
    include_str!("explain/file.md"),
    include_str!("explain/keyboard.md"),
    include_str!("explain/values.md"),
    include_str!("explain/steps.md"),
    include_str!("explain/sources.md"),
    include_str!("explain/schedules.md"),
    include_str!("explain/asking.md"),
    include_str!("explain/expressions.md"),
    include_str!("explain/arguments.md"),
    include_str!("explain/names.md"),
    include_str!("explain/order.md"),
    include_str!("explain/sense.md"),
    include_str!("explain/office.md"),
    include_str!("explain/plugins.md"),
    include_str!("explain/parts.md"),
    include_str!("explain/blocks.md"),
];

/// Every theme with its explanations.
pub fn themes() -> &'static [Theme] {
    static THEMES: OnceLock<Vec<Theme>> = OnceLock::new();
    THEMES.get_or_init(|| FILES.iter().map(|text| markdown::theme(text)).collect())
}

/// The explanation of a code that a check says.
pub fn explanation(code: &str) -> Option<&'static Explanation> {
    let mut all = themes().iter().flat_map(|theme| &theme.explanations);
    all.find(|explanation| explanation.code == code)
}

/// Who acts on a message of a run or command, and what was registered.
pub fn family(code: &str) -> Option<&'static Family> {
    families::of(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, entries};

    #[test]
    fn every_explanation_is_whole_and_of_a_message() {
        for explanation in themes().iter().flat_map(|theme| &theme.explanations) {
            let code = explanation.code;
            assert!(crate::text::find(code).is_some(), "{code} is no message");
            for words in [explanation.ja, explanation.en] {
                let parts = [words.meaning, words.why, words.mend];
                assert!(parts.iter().all(|part| !part.is_empty()), "{code}: {words:?}");
            }
            assert_eq!(explanation.bad.is_some(), explanation.mended.is_some(), "{code}");
        }
        assert!(
            themes()
                .iter()
                .all(|theme| !theme.ja.is_empty() && !theme.en.is_empty())
        );
    }

    #[test]
    fn every_message_of_a_check_is_explained_and_none_twice() {
        // What has nothing to be mended is a part of other messages.
        let told = |code: &str| ("YK1000".."YK3000").contains(&code);
        let wanted: Vec<&str> = entries()
            .filter(|entry| told(entry.code.0) && !entry.ja.mend.is_empty())
            .map(|entry| entry.code.0)
            .collect();
        let count = |code: &str| {
            let all = themes().iter().flat_map(|theme| &theme.explanations);
            all.filter(|explanation| explanation.code == code).count()
        };
        let wrong: Vec<&str> = wanted.into_iter().filter(|code| count(code) != 1).collect();
        assert_eq!(
            wrong,
            Vec::<&str>::new(),
            "explain them in runner/src/text/explain/*.md"
        );
    }

    #[test]
    fn every_other_message_says_who_acts() {
        for entry in entries().filter(|entry| entry.code.0 >= "YK3000") {
            assert!(family(entry.code.0).is_some(), "{}", entry.code.0);
        }
    }

    #[test]
    fn every_message_can_be_read_without_its_arguments() {
        for entry in entries() {
            for lang in [Lang::Ja, Lang::En] {
                let said = [title(entry, lang), mend(entry, lang)].concat();
                assert!(
                    !said.contains("「」") && !said.contains("“”"),
                    "{}: {said}",
                    entry.code.0
                );
            }
            for name in entry.args {
                assert!(
                    places::name(name, Lang::Ja).is_some(),
                    "{name} of {} in Japanese",
                    entry.code.0
                );
            }
        }
    }
}
