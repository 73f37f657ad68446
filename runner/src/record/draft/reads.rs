//! What a draft reads from the page of a search's result.

use super::super::sketch::target;
use super::super::yaml;
use super::matching::likeness;
use super::{Draft, results};
use crate::drivers::browser::{Thing, ThingKind};
use crate::rules::width::fold_heading;
use crate::value::ColumnType;

/// A value that is read from the page of a result.
pub(super) struct Read {
    /// What it is called afterwards.
    pub(super) name: String,
    /// The step's argument.
    pub(super) target: String,
    /// Its type, where it is not for residents' eyes only.
    pub(super) kind: Option<&'static str>,
    /// The table's own column of the same meaning: the two are compared.
    pub(super) compared: Option<String>,
    /// What stands over it.
    pub(super) heading: String,
}

/// What a result tells besides what was searched for: the columns of its table, else its values.
pub(super) fn reads(draft: &Draft<'_>) -> Vec<Read> {
    let Some(page) = &draft.learnt.result else {
        return Vec::new();
    };
    let found: Vec<&Thing> = results(draft.about.form, page).collect();
    let searched = |heading: &str| {
        let pairs = draft.pairing.pairs.iter();
        pairs
            .into_iter()
            .find(|pair| fold_heading(&pair.field.name) == fold_heading(heading))
    };
    let table = found.iter().filter(|thing| thing.kind == ThingKind::Table);
    let Some(table) = table.max_by_key(|table| {
        table
            .entries
            .iter()
            .filter(|heading| searched(heading).is_some())
            .count()
    }) else {
        let values = found.iter().filter(|thing| searched(&thing.name).is_none());
        return values
            .filter_map(|thing| Some((thing, thing.ways.first()?)))
            .map(|(thing, way)| {
                read(
                    draft,
                    &thing.name,
                    match target(&way.locator) {
                        braced if braced.starts_with('{') => braced,
                        plain => format!("{{ field: {plain} }}"),
                    },
                )
            })
            .collect();
    };
    // The row is told by what was searched for, where the table shows it, else by the key.
    let by = table.entries.iter().find_map(|heading| searched(heading));
    let by = by.or(draft.pairing.pairs.first());
    let row = by.map(|pair| pair.from.expression()).unwrap_or_default();
    let told = table
        .entries
        .iter()
        .filter(|heading| !heading.is_empty() && searched(heading).is_none());
    told.map(|heading| {
        let target = format!(
            "{{ row: \"${{{{ {} }}}}\", field: {} }}",
            row.replace('"', "\\\""),
            yaml::flow(heading)
        );
        read(draft, heading, target)
    })
    .collect()
}

fn read(draft: &Draft<'_>, heading: &str, target: String) -> Read {
    let kind = match ColumnType::guess(heading, []) {
        ColumnType::Code => Some("code"),
        ColumnType::Amount => Some("amount"),
        ColumnType::Number => Some("number"),
        _ if is_instant(heading) => Some("open"),
        _ => None,
    };
    let unused = draft.pairing.unused.iter();
    let compared = unused.filter(|column| kind.is_none() && likeness(heading, column) > Some(1));
    let compared = compared.map(|column| (*column).to_owned()).next();
    let known = compared.is_some()
        || draft
            .rows
            .headings()
            .iter()
            .any(|column| fold_heading(column) == fold_heading(heading));
    let plain: String = heading
        .chars()
        .filter(|sign| sign.is_alphanumeric() || *sign == '_')
        .collect();
    let name = match known || plain.is_empty() || plain.starts_with(|first: char| first.is_numeric()) {
        true => format!("画面の{plain}"),
        false => plain,
    };
    Read {
        name,
        target,
        kind,
        compared,
        heading: heading.to_owned(),
    }
}

/// A day on which the office did something; the days of people's lives are not among them.
fn is_instant(heading: &str) -> bool {
    ["日時", "受付日", "処理日", "登録日", "更新日"]
        .iter()
        .any(|word| heading.contains(word))
}
