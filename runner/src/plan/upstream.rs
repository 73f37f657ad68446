//! What a scenario takes over from another one whose finished items it works.

use crate::diag::{Diagnostic, Source, Spanned};
use crate::plan::SYSTEMS;
use crate::plan::check::Columns;
use crate::plan::files::Files;
use crate::scenario::model::{self, Document, Items, Scenario};
use crate::scenario::vocabulary::{join, nearest};
use crate::scenario::{self, source};
use crate::text::{Message, codes};
use crate::value::ColumnType;

/// Where finished items come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// The id of the scenario that finishes them.
    pub bot: String,
    /// Its ledger.
    pub ledger: String,
    /// The columns that it declares.
    pub columns: Vec<String>,
    /// What it keeps of each item: columns here.
    pub kept: Vec<String>,
}

/// What is known of the items of another scenario.
#[derive(Debug)]
pub(super) struct Handed {
    pub(super) upstream: Upstream,
    /// Its key, for a scenario that names none.
    key: Vec<String>,
    /// Its declared columns, for those that are not declared again.
    columns: Vec<(String, ColumnType)>,
    /// All columns with what is kept; `None` when nothing is known of them.
    pub(super) headings: Option<Vec<String>>,
}

impl Handed {
    /// Gives a scenario the key and the types that it does not write itself.
    pub(super) fn complete(&self, items: &mut Items) {
        let span = items.span;
        if items.key.is_empty() {
            let names = self.key.iter().map(|name| Spanned::new(name.clone(), span));
            items.key = names.collect();
        }
        for (name, kind) in &self.columns {
            if !items.columns.iter().any(|(known, _)| known.value == *name) {
                items
                    .columns
                    .push((Spanned::new(name.clone(), span), Spanned::new(*kind, span)));
            }
        }
    }
}

/// Finds what `items.from.scenario` names, and says why it cannot be used.
pub(super) fn find(
    files: &dyn Files,
    own: &Scenario,
    id: &Spanned<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<Handed> {
    let mut path = vec![own.id.value.clone()];
    let handed = follow(files, id, &mut path).map_err(|message| found.push(Diagnostic::error(message, id.span)));
    let handed = handed.ok()?;
    let ledger = own.items.as_ref().and_then(|items| items.ledger.as_ref());
    if ledger.unwrap_or(&own.id).value == handed.upstream.ledger {
        let message = Message::new(codes::UPSTREAM_LEDGER)
            .with("name", id.value.clone())
            .with("ledger", handed.upstream.ledger.clone());
        found.push(Diagnostic::error(message, ledger.map_or(id.span, |ledger| ledger.span)));
        return None;
    }
    Some(handed)
}

/// A scenario by its id, and those that it takes items from itself.
fn follow(files: &dyn Files, id: &Spanned<String>, path: &mut Vec<String>) -> Result<Handed, Message> {
    let name = &id.value;
    let is_cycle = path.contains(name);
    path.push(name.clone());
    if is_cycle {
        return Err(Message::new(codes::UPSTREAM_CYCLE).with("chain", path.join(" → ")));
    }
    let (source, mut scenario) = by_id(files, name, path)?;
    let Some(mut items) = scenario.items.take() else {
        return Err(Message::new(codes::UPSTREAM_NO_ITEMS).with("name", name.clone()));
    };
    let before = match &items.from {
        model::Source::Scenario(id) => Some(follow(files, id, path)?),
        _ => None,
    };
    // What is wrong with the other file is told where that one is checked.
    let known = Columns::find(files, &source, &items, before.as_ref(), &mut Vec::new());
    if let Some(before) = &before {
        before.complete(&mut items);
    }
    let kept: Vec<String> = items.keep.iter().map(|(name, _)| name.value.clone()).collect();
    let headings = known.into_headings().map(|mut headings| {
        headings.extend(
            kept.iter()
                .filter(|name| !headings.contains(name))
                .cloned()
                .collect::<Vec<_>>(),
        );
        headings
    });
    Ok(Handed {
        upstream: Upstream {
            bot: name.clone(),
            ledger: items.ledger.as_ref().unwrap_or(&scenario.id).value.clone(),
            columns: items.columns.iter().map(|(name, _)| name.value.clone()).collect(),
            kept,
        },
        key: items.key.into_iter().map(|name| name.value).collect(),
        columns: items
            .columns
            .into_iter()
            .map(|(name, kind)| (name.value, kind.value))
            .collect(),
        headings,
    })
}

/// The scenario that has an id: most files are called by it. Those on the path are not offered instead.
fn by_id(files: &dyn Files, id: &str, path: &[String]) -> Result<(Source, Scenario), Message> {
    let mut paths = files.scenarios();
    paths.retain(|path| !path.starts_with(SYSTEMS));
    let (likely, others): (Vec<String>, Vec<String>) = paths.into_iter().partition(|path| stem(path) == id);
    let mut known = Vec::new();
    for path in likely.iter().chain(&others) {
        let Some((source, scenario)) = read(files, path) else {
            continue;
        };
        if scenario.id.value == id {
            return Ok((source, scenario));
        }
        known.push(scenario.id.value);
    }
    known.retain(|id| !path.contains(id));
    known.sort();
    Err(Message::new(codes::NO_UPSTREAM)
        .with("name", id)
        .with_some("near", nearest(id, known.iter().map(String::as_str)))
        .with_some("words", (!known.is_empty()).then(|| join(&known))))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn read(files: &dyn Files, path: &str) -> Option<(Source, Scenario)> {
    let source = source::read(path, &files.read(path).ok()?).ok()?;
    match scenario::parse(&source).document? {
        Document::Scenario(scenario) => Some((source, *scenario)),
        Document::System(_) | Document::Part(_) => None,
    }
}
