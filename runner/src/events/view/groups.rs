//! Items that stopped for the same reason, together.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{ItemView, RunView, Standing};
use crate::events::Cause;
use crate::text::{Arg, Message};

/// Items that stopped at the same step for the same reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'a> {
    /// Where they stand.
    pub standing: Standing,
    /// The first of them, who speaks for all: why, and where in the outline.
    pub first: &'a ItemView,
    /// The items, the first included, in order of appearance.
    pub items: Vec<&'a ItemView>,
}

/// What makes two items stop "for the same reason".
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    standing: Standing,
    cause: Option<Cause>,
    said: Option<Said<'a>>,
    page_says: Option<&'a str>,
    stopped_at: Option<&'a str>,
}

/// A message without what belongs to one item only.
#[derive(PartialEq, Eq, Hash)]
struct Said<'a> {
    code: &'a str,
    open: BTreeMap<&'a str, Open<'a>>,
}

#[derive(PartialEq, Eq, Hash)]
enum Open<'a> {
    Text(&'a str),
    Said(Said<'a>),
}

impl<'a> Said<'a> {
    /// Numbers and texts about a person differ from item to item, and do not make it another reason.
    fn of(message: &'a Message) -> Said<'a> {
        let open = message.args.iter().filter_map(|(name, arg)| {
            let open = match arg {
                Arg::Open(text) => Open::Text(text),
                Arg::Said(inner) => Open::Said(Said::of(inner)),
                Arg::Pieces(_) | Arg::Classed(..) | Arg::Int(_) => return None,
            };
            Some((Cow::as_ref(name), open))
        });
        Said {
            code: &message.code,
            open: open.collect(),
        }
    }
}

/// The items that did not end well, grouped by reason: the most urgent first, then the largest group.
pub fn groups(view: &RunView) -> Vec<Group<'_>> {
    let mut groups: IndexMap<Key<'_>, Group<'_>> = IndexMap::new();
    for item in view.items.values() {
        let standing = view.standing(item);
        if item.failure.is_none() && standing != Standing::Inquiry {
            continue;
        }
        let failure = item.failure.as_ref();
        let key = Key {
            standing,
            cause: failure.map(|failure| failure.cause),
            said: failure.map(|failure| Said::of(&failure.message)),
            page_says: failure.and_then(|failure| failure.page_says.as_deref()),
            stopped_at: item.stopped_at.as_deref(),
        };
        let group = groups.entry(key).or_insert_with(|| Group {
            standing,
            first: item,
            items: Vec::new(),
        });
        group.items.push(item);
    }
    let mut groups: Vec<Group<'_>> = groups.into_values().collect();
    groups.sort_by_key(|group| (group.standing.urgency(), std::cmp::Reverse(group.items.len())));
    groups
}
