//! The exercises of the tutorial: what is asked, what it starts from, and how it is marked.
//!
//! An answer is not compared with a model: it is run on a table that nobody has seen, in a practice city of its own,
//! and marked by what became of that ([`Facts`]).

mod facts;
mod tasks;

pub use facts::Facts;
pub use tasks::ALL;

use crate::text::Lang;

/// A text in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Both {
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Both {
    /// The text in a language.
    pub fn in_lang(self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.en)
    }
}

/// One exercise.
#[derive(Debug)]
pub struct Exercise {
    /// 1 for the first.
    pub number: u8,
    /// What it is called.
    pub title: Both,
    task: Both,
    /// What the scenario holds at the beginning.
    pub start: &'static str,
    /// A scenario that does what is asked.
    pub answer: &'static str,
    /// Files that it needs besides: path in the office, content.
    pub files: &'static [(&'static str, &'static str)],
    /// What is looked at when it is marked.
    pub points: &'static [Point],
}

/// One thing that an answer must do.
#[derive(Debug)]
pub struct Point {
    /// What it must do.
    pub says: Both,
    /// How to get there.
    pub hint: Both,
    holds: fn(&Facts) -> bool,
}

impl Point {
    /// Whether the answer does it.
    pub fn holds(&self, facts: &Facts) -> bool {
        (self.holds)(facts)
    }
}

impl Exercise {
    /// The exercise of this number.
    pub fn find(number: u8) -> Option<&'static Exercise> {
        ALL.iter().find(|exercise| exercise.number == number)
    }

    /// The id of its scenario.
    pub fn id(&self) -> String {
        format!("renshu-{}", self.number)
    }

    /// The file of its scenario, relative to the office.
    pub fn file(&self) -> String {
        format!("scenarios/{}.yaml", self.id())
    }

    /// What is asked.
    pub fn task(&self, lang: Lang) -> String {
        let task = self.task.in_lang(lang);
        task.replace("{file}", &self.file()).replace("{id}", &self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exercises_are_numbered_from_one_and_whole() {
        for (index, exercise) in ALL.iter().enumerate() {
            assert_eq!(usize::from(exercise.number), index + 1);
            assert!(exercise.points.len() >= 3, "{}", exercise.number);
            assert_ne!(exercise.start, exercise.answer);
            for text in [exercise.start, exercise.answer] {
                assert!(text.contains(&format!("\nid: {}\n", exercise.id())), "{text}");
            }
            for lang in [Lang::Ja, Lang::En] {
                let task = exercise.task(lang);
                assert!(!task.contains("{id}") && !task.contains("{file}"), "{task}");
                assert!(task.contains(&exercise.id()), "{task}");
            }
        }
        assert!(Exercise::find(0).is_none());
        assert_eq!(Exercise::find(2).map(|exercise| exercise.number), Some(2));
    }
}
