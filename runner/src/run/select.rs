//! Which of its items a run was asked to work: by key, by row, or the first few.

use std::collections::HashSet;

use crate::events::{Cause, Failure, ItemId};
use crate::ports::Enrolled;
use crate::rules::width::to_halfwidth_ascii;
use crate::scenario::vocabulary::nearest;
use crate::text::{Message, codes};
use crate::value::Class;

use super::halt::failure;
use super::items::Prepared;

/// What a run was asked to work of its items. The others are left as they are, for another run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Keys, parts of keys that only one item has, or rows as `3行目`; empty: all.
    pub only: Vec<String>,
    /// At most so many, the first ones.
    pub limit: Option<u64>,
    /// Only these, which an earlier run has left.
    pub left: Option<HashSet<ItemId>>,
}

impl Selection {
    /// Whether anything is left out.
    pub fn is_all(&self) -> bool {
        self.only.is_empty() && self.limit.is_none() && self.left.is_none()
    }
}

/// How an item can be named.
struct Name {
    key: String,
    row: u64,
    class: Class,
}

/// Keys that are shown where none was meant.
const SHOWN: usize = 5;

/// Which tasks were asked for, by their places.
pub(super) fn chosen(
    selection: &Selection,
    keys: &[&str],
    tasks: &[(Prepared, Enrolled)],
) -> Result<Vec<usize>, Failure> {
    let names: Vec<Name> = tasks.iter().map(|(row, _)| name(row, keys)).collect();
    let mut places: Vec<usize> = if selection.only.is_empty() {
        (0..tasks.len()).collect()
    } else {
        let mut places = Vec::new();
        for word in &selection.only {
            places.push(meant(word, &names)?);
        }
        places.sort_unstable();
        places.dedup();
        places
    };
    if let Some(left) = &selection.left {
        places.retain(|place| tasks.get(*place).is_some_and(|(_, item)| left.contains(&item.id)));
    }
    if let Some(limit) = selection.limit {
        let mut left = limit;
        places.retain(|place| {
            let workable = tasks.get(*place).is_some_and(|(_, item)| item.workable);
            let taken = workable && left > 0;
            left -= u64::from(taken);
            taken
        });
    }
    Ok(places)
}

fn name(row: &Prepared, keys: &[&str]) -> Name {
    let parts = keys.iter().filter_map(|key| Some((row.data.values.get(*key)?, *key)));
    let (texts, classes): (Vec<String>, Vec<Class>) = parts
        .map(|(value, key)| {
            let class = row.data.classes.get(key).copied().unwrap_or(Class::Personal);
            (plain(&value.to_text()), class)
        })
        .unzip();
    match texts.is_empty() {
        // A scenario without `items`: its label is a day.
        true => Name {
            key: row.label().to_owned(),
            row: row.row,
            class: Class::Open,
        },
        false => Name {
            key: texts.join("・"),
            row: row.row,
            class: classes.into_iter().max().unwrap_or_default(),
        },
    }
}

/// Excel and people write one number in both widths.
fn plain(text: &str) -> String {
    to_halfwidth_ascii(text.trim())
}

/// The one item that a word means.
fn meant(word: &str, names: &[Name]) -> Result<usize, Failure> {
    let word = plain(word);
    let mut found: Vec<usize> = match row_of(&word) {
        Some(row) => places(names, |name| name.row == row),
        None => Vec::new(),
    };
    if found.is_empty() {
        found = places(names, |name| name.key == word);
    }
    if found.is_empty() {
        found = places(names, |name| !word.is_empty() && name.key.contains(&word));
    }
    match found.as_slice() {
        [place] => Ok(*place),
        [] => Err(unknown(&word, names)),
        several => Err(ambiguous(&word, several, names)),
    }
}

fn places(names: &[Name], wanted: impl Fn(&Name) -> bool) -> Vec<usize> {
    let found = names.iter().enumerate().filter(|(_, name)| wanted(name));
    found.map(|(place, _)| place).collect()
}

/// `3行目`, `row 3`. A bare number is a key: who mistypes one must not get somebody else's row.
fn row_of(word: &str) -> Option<u64> {
    let number = word.strip_suffix("行目").or_else(|| word.strip_prefix("row "))?;
    number.trim().parse().ok().filter(|row| *row > 0)
}

fn unknown(word: &str, names: &[Name]) -> Failure {
    let near = nearest(word, names.iter().map(|name| name.key.as_str()));
    let first = names.iter().map(|name| name.key.as_str()).take(SHOWN);
    let near: Vec<&str> = near.into_iter().chain(first).take(SHOWN).collect();
    let class = class(names.iter());
    let mut message = Message::new(codes::ONLY_UNKNOWN).with_classed("word", word, class);
    if !near.is_empty() {
        message = message.with_classed("near", listed(&near), class);
    }
    failure(Cause::Data, message)
}

fn ambiguous(word: &str, several: &[usize], names: &[Name]) -> Failure {
    let found: Vec<&Name> = several.iter().filter_map(|place| names.get(*place)).collect();
    let rows = found.iter().take(SHOWN).map(|name| match name.row {
        0 => name.key.clone(),
        row => format!("{}（{row}行目）", name.key),
    });
    let rows: Vec<String> = rows.collect();
    let class = class(found.iter().copied());
    let message = Message::new(codes::ONLY_AMBIGUOUS)
        .with_classed("word", word, class)
        .with_int("count", i64::try_from(several.len()).unwrap_or(i64::MAX))
        .with_classed("near", rows.join(" "), class);
    failure(Cause::Data, message)
}

fn listed(keys: &[&str]) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for key in keys {
        if !shown.contains(key) {
            shown.push(key);
        }
    }
    shown.join(" ")
}

fn class<'n>(names: impl Iterator<Item = &'n Name>) -> Class {
    names.map(|name| name.class).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn names(keys: &[&str]) -> Vec<Name> {
        let rows = 2..;
        let names = keys.iter().zip(rows).map(|(key, row)| Name {
            key: (*key).to_owned(),
            row,
            class: Class::Open,
        });
        names.collect()
    }

    #[test]
    fn an_item_is_meant_by_its_key_a_part_of_it_or_its_row() {
        let names = names(&["0081123-0001", "0081123-0002", "0081123-00021", "12"]);
        for (word, place) in [
            ("0081123-0001", 0),
            ("００８１１２３－０００１", 0),
            ("0001", 0),
            ("0081123-0002", 1),
            ("12", 3),
            ("2行目", 0),
            ("５行目", 3),
            ("row 3", 1),
        ] {
            assert_eq!(meant(word, &names).expect(word), place, "{word}");
        }
    }

    #[test]
    fn what_is_not_one_item_is_told_with_what_there_is() {
        let names = names(&["0081123-0001", "0081123-0002"]);
        let said = |word: &str| meant(word, &names).expect_err(word).message.what(Lang::Ja);
        assert!(said("0081123-0009").contains("0081123-000"), "{}", said("0081123-0009"));
        assert!(said("2").starts_with("「2」"), "a bare number is no row");
        assert!(said("7行目").contains("7行目"));
        assert!(said("").contains("0081123-0001"));
        let several = said("0081123");
        assert!(several.contains("2行目") && several.contains("3行目"), "{several}");
    }

    #[test]
    fn a_persons_name_as_key_is_said_as_such() {
        let names = vec![Name {
            key: "森一郎".to_owned(),
            row: 2,
            class: Class::Personal,
        }];
        let failure = meant("森二郎", &names).expect_err("nobody");
        let mut kind = crate::events::Kind::Noted(failure.message);
        kind = crate::events::mask::mask_event(kind);
        let said = format!("{kind:?}");
        assert!(!said.contains("一郎") && !said.contains("二郎"), "{said}");
    }
}
