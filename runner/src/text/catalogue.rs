//! The table of messages: one file a layer, one row a code.

mod author;
mod blocks;
mod browser;
mod care;
mod command;
mod data;
mod document;
mod intake;
mod office;
mod people;
mod plugin;
mod running;
mod safety;
mod sense;
mod traps;
mod work;

/// The code of a message, such as `YK1010`: stable, so that it can be searched for and quoted on the telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// What is wrong (or has happened), and how to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// One sentence saying what is the matter.
    pub what: &'static str,
    /// What to do about it; empty where there is nothing to do.
    pub mend: &'static str,
}

/// One row of the catalogue. A text may hold `{name}`, filled from the arguments, and `[[name|…{name}…]]`, which is
/// said only when that argument is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// The names of the arguments that its texts may use.
    pub args: &'static [&'static str],
    /// Japanese.
    pub ja: Sentence,
    /// English.
    pub en: Sentence,
}

/// Declares messages: `/// doc` `NAME = "YK0000" (arg, arg) { ja "what" / "mend"; en "what" / "mend"; }`.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $code:literal ($($arg:ident),*) {
        ja $ja:literal / $ja_mend:literal; en $en:literal / $en_mend:literal;
    })*) => {
        $($(#[$doc])* pub const $name: crate::text::Code = crate::text::Code($code);)*
        /// The rows of this file.
        pub(super) const ENTRIES: &[crate::text::Entry] = &[$(crate::text::Entry {
            code: $name,
            args: &[$(stringify!($arg)),*],
            ja: crate::text::Sentence { what: $ja, mend: $ja_mend },
            en: crate::text::Sentence { what: $en, mend: $en_mend },
        }),*];
    };
}
use messages;

/// Every code by name.
pub mod codes {
    pub use super::author::*;
    pub use super::blocks::*;
    pub use super::browser::*;
    pub use super::care::*;
    pub use super::command::*;
    pub use super::data::*;
    pub use super::document::*;
    pub use super::intake::*;
    pub use super::office::*;
    pub use super::people::*;
    pub use super::plugin::*;
    pub use super::running::*;
    pub use super::safety::*;
    pub use super::sense::*;
    pub use super::traps::*;
    pub use super::work::*;
}

/// Every row, in the order of the files.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    [
        document::ENTRIES,
        traps::ENTRIES,
        sense::ENTRIES,
        blocks::ENTRIES,
        intake::ENTRIES,
        data::ENTRIES,
        browser::ENTRIES,
        running::ENTRIES,
        work::ENTRIES,
        command::ENTRIES,
        author::ENTRIES,
        care::ENTRIES,
        safety::ENTRIES,
        office::ENTRIES,
        people::ENTRIES,
        plugin::ENTRIES,
    ]
    .into_iter()
    .flatten()
}

/// The row of a code, if this version knows it.
pub fn find(code: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.code.0 == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::template;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut seen = BTreeSet::new();
        for entry in entries() {
            let code = entry.code.0;
            assert!(
                code.len() == 6 && code.starts_with("YK") && code[2..].bytes().all(|b| b.is_ascii_digit()),
                "{code}"
            );
            assert!(seen.insert(code), "{code} stands twice");
        }
    }

    #[test]
    fn one_is_not_told_as_many() {
        for entry in entries() {
            for plural in ["} items", "} rows", "} cells", "} headings", "} files", "} runs"] {
                let said = [entry.en.what, entry.en.mend].concat();
                assert!(!said.contains(plural), "{}: 1{plural}", entry.code.0);
            }
        }
    }

    #[test]
    fn texts_use_only_declared_arguments_and_both_languages_say_the_same_things() {
        for entry in entries() {
            let names = |sentence: &Sentence| {
                let mut names = template::names(sentence.what).expect(sentence.what);
                names.extend(template::names(sentence.mend).expect(sentence.mend));
                names
            };
            let declared: BTreeSet<&str> = entry.args.iter().copied().collect();
            assert_eq!(names(&entry.ja), declared, "{} ja", entry.code.0);
            assert_eq!(names(&entry.en), declared, "{} en", entry.code.0);
            assert!(
                !entry.ja.what.is_empty() && !entry.en.what.is_empty(),
                "{}",
                entry.code.0
            );
        }
    }
}
