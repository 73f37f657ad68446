//! The one catalogue of everything that is said to a person, in Japanese and English.
//!
//! The rest of the program speaks in codes with typed arguments ([`Message`]); a sentence is made only when it is
//! read. So a stored event can be read in either language, and a sensitive argument is masked before it is written.

mod catalogue;
pub mod furigana;
pub mod explain;
pub mod glossary;
mod message;
mod refusal;
mod template;

pub use catalogue::{Code, Entry, Sentence, codes, entries, find};
pub use message::{Arg, Message, Rendered};
pub use refusal::refusal;

/// The language a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Japanese, the default.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The language that a locale name such as `ja_JP.UTF-8` or `en` asks for; Japanese when it is neither.
    pub fn from_locale(locale: &str) -> Lang {
        if locale.to_ascii_lowercase().starts_with("en") {
            Lang::En
        } else {
            Lang::Ja
        }
    }

    /// The Japanese or the English of two texts.
    pub fn pick<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }
}
