//! A scenario before anybody has written a line of it: from a table, the page that its rows are typed into, and what the page
//! answered to the first of them.

mod matching;
mod reads;
mod steps;
mod text;

#[cfg(test)]
mod tests;

use self::matching::{Pair, Pairing, is_entry, pairing};
use super::columns::Rows;
use super::script::Shown;
use super::sketch::field_step;
use super::work::{self, Proof};
use super::write::Written;
use super::yaml;
use crate::drivers::browser::{Described, Thing, ThingKind};
use crate::drivers::files::Table;
use crate::plan::RISKY_WORDS;
use crate::text::Lang;

/// What a draft is made from.
#[derive(Debug, Clone, Copy)]
pub struct Drafting<'a> {
    /// The id of the scenario.
    pub id: &'a str,
    /// The name of the system.
    pub system: &'a str,
    /// The step that leads to the page from where every run begins; none if that is the page.
    pub entrance: Option<&'a str>,
    /// The table's file as a scenario names it, and what stands in it.
    pub items: (&'a str, &'a Table),
    /// The page with the form.
    pub form: &'a Described,
    /// The button that ends the work of a row, if the author named one.
    pub press: Option<&'a str>,
    /// The language of the comments.
    pub lang: Lang,
}

/// Why nothing can be drafted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The page has no such button, or none at all; those that it has.
    #[error("no button among {0:?}")]
    NoButton(Vec<String>),
    /// No column is called like any field; the fields.
    #[error("no column for any of {0:?}")]
    NoColumn(Vec<String>),
}

/// What the page answered when rows were tried.
#[derive(Debug, Default)]
struct Learnt {
    /// Fields that the page fills once a row is typed.
    filled: Vec<String>,
    /// What it asks when the button is pressed.
    dialog: Option<String>,
    /// The heading of its complaints.
    refused: Option<String>,
    /// What shows that a row was registered.
    proof: Option<Proof>,
    /// What a search found.
    result: Option<Described>,
    /// How many rows were tried in vain.
    in_vain: usize,
}

/// A draft while it is made: [`Draft::fills`] and [`Draft::press`] are done on the page, [`Draft::tried`] learns from its answer,
/// and [`Draft::write`] writes all down.
#[derive(Debug)]
pub struct Draft<'a> {
    about: Drafting<'a>,
    rows: Rows<'a>,
    pairing: Pairing<'a>,
    button: &'a Thing,
    learnt: Learnt,
}

impl<'a> Draft<'a> {
    /// Puts the columns of the table to the fields of the form.
    ///
    /// # Errors
    /// When there is nothing to press, or nothing to fill.
    pub fn new(about: Drafting<'a>) -> Result<Draft<'a>, DraftError> {
        let button = button(about.form, about.press)?;
        let rows = Rows::new(about.items.1).with_open_columns();
        let pairing = match pairing(about.form, &rows) {
            pairing if registers(button) => pairing,
            pairing => pairing.by_one(&rows),
        };
        if pairing.pairs.is_empty() {
            let fields = about.form.things.iter().filter(|thing| thing.kind == ThingKind::Field);
            return Err(DraftError::NoColumn(fields.map(|field| field.name.clone()).collect()));
        }
        Ok(Draft {
            about,
            rows,
            pairing,
            button,
            learnt: Learnt::default(),
        })
    }

    /// Whether the button registers something: whatever does not plainly only look.
    pub fn registers(&self) -> bool {
        registers(self.button)
    }

    /// How many rows may be tried: none where a field that must be filled has no column.
    pub fn rows(&self) -> usize {
        match self.pairing.missing.is_empty() {
            true => self.rows.count(),
            false => 0,
        }
    }

    /// The steps that type a row into the form.
    pub fn fills(&self, row: usize) -> Vec<String> {
        fills(&self.pairing, &self.rows, row)
    }

    /// The steps that type a row of another table into the form.
    pub fn fills_of(&self, table: &Table, row: usize) -> Vec<String> {
        let rows = Rows::new(table);
        fills(&pairing(self.about.form, &rows), &rows, row)
    }

    /// The steps that wait for what the page may fill by itself.
    pub fn waits(&self) -> Vec<String> {
        let things = self.about.form.things.iter();
        let empty = things.filter(|thing| thing.kind == ThingKind::ReadOnly && !thing.holds);
        empty
            .map(|thing| format!("browser.see: {{ field: {} }}\n    timeout: 3s", yaml::flow(&thing.name)))
            .collect()
    }

    /// The step that presses the button.
    pub fn press(&self) -> String {
        let locator = self.button.ways.first().map(|way| yaml::locator(&way.locator));
        format!("browser.click: {}", locator.unwrap_or_default())
    }

    /// Whether a row brought the answer that was hoped for.
    pub fn is_learnt(&self) -> bool {
        self.learnt.proof.is_some() || self.learnt.result.is_some()
    }

    /// Learns what the page complains of, under which heading, when an empty form is sent.
    pub fn complained(&mut self, after: &Described) {
        self.learnt.refused = work::refusal(&shown(self.about.form), &shown(after));
    }

    /// Learns what the page asks when the button is pressed.
    pub fn asked(&mut self, question: &str) {
        self.learnt.dialog = Some(question.to_owned());
    }

    /// Learns from a row that was tried: the form once it was filled, and the page after the press. Whether that was the answer
    /// that was hoped for.
    pub fn tried(&mut self, filled: &Described, after: Described) -> bool {
        let waiting = |page: &Described| {
            let held = page.things.iter();
            let held = held.filter(|thing| thing.kind == ThingKind::ReadOnly && thing.holds);
            held.map(|thing| thing.name.clone()).collect::<Vec<_>>()
        };
        let before = waiting(self.about.form);
        self.learnt.filled = waiting(filled);
        self.learnt.filled.retain(|name| !before.contains(name));
        let found = match self.registers() {
            true => self.registered(&after),
            false => {
                let found = has_result(self.about.form, &after);
                if found {
                    self.learnt.result = Some(after);
                }
                found
            }
        };
        self.learnt.in_vain += usize::from(!found);
        found
    }

    fn registered(&mut self, after: &Described) -> bool {
        let (before, after) = (shown(self.about.form), shown(after));
        if let Some(heading) = work::refusal(&before, &after) {
            self.learnt.refused = Some(heading);
            return false;
        }
        let typed: Vec<&str> = self.pairing.pairs.iter().map(|pair| pair.field.name.as_str()).collect();
        let proof = work::proof(&before, &after, &typed);
        let is_known = proof != Proof::None;
        if is_known {
            self.learnt.proof = Some(proof);
        }
        is_known
    }

    /// The scenario.
    pub fn write(&self) -> Written {
        text::write(self)
    }
}

/// The steps that type a row into the fields that its columns go into.
fn fills(pairing: &Pairing<'_>, rows: &Rows<'_>, row: usize) -> Vec<String> {
    let step = |pair: &Pair<'_>| {
        let text = rows.text(&pair.from, row)?;
        match is_entry(pair.field, pair.way) {
            true => {
                let (heading, value) = (yaml::flow(&pair.field.name), yaml::flow(&text));
                Some(format!("browser.fill: {{ {heading}: {value} }}"))
            }
            false => {
                let (step, _) = field_step(pair.field, &pair.way.locator, &text);
                Some(step.trim_start_matches("- ").to_owned())
            }
        }
    };
    pairing.pairs.iter().filter_map(step).collect()
}

/// What a person sees of a page, as a recording tells it.
fn shown(page: &Described) -> Shown {
    let of = |kind: ThingKind| page.things.iter().filter(move |thing| thing.kind == kind);
    let says_done = |text: &&Thing| {
        let text = text.name.trim_end_matches(['。', '！', '!']);
        ["しました", "完了", "されました", "できました"]
            .iter()
            .any(|end| text.ends_with(end))
    };
    Shown {
        heading: page.heading.clone(),
        values: of(ThingKind::Value).map(|thing| thing.name.clone()).collect(),
        notices: of(ThingKind::Text)
            .filter(says_done)
            .map(|thing| thing.name.clone())
            .collect(),
    }
}

/// What is on the page of a search's result and was not on the form's: values, or a table with rows.
fn results<'p>(form: &Described, after: &'p Described) -> impl Iterator<Item = &'p Thing> {
    let known: Vec<String> = form.things.iter().map(|thing| thing.name.clone()).collect();
    after.things.iter().filter(move |thing| match thing.kind {
        ThingKind::Value => !known.contains(&thing.name),
        ThingKind::Table => thing.rows.is_some_and(|rows| rows > 0),
        _ => false,
    })
}

fn has_result(form: &Described, after: &Described) -> bool {
    let complaint = work::refusal(&shown(form), &shown(after));
    complaint.is_none() && results(form, after).next().is_some()
}

fn registers(button: &Thing) -> bool {
    !work::is_harmless(&button.name) || RISKY_WORDS.iter().any(|word| button.name.contains(word))
}

/// The button that was named, or the one that such a page is for: the one that registers, else the one that searches.
fn button<'p>(page: &'p Described, named: Option<&str>) -> Result<&'p Thing, DraftError> {
    let buttons = || {
        let pressed = |thing: &&Thing| matches!(thing.kind, ThingKind::Button | ThingKind::Press);
        page.things
            .iter()
            .filter(pressed)
            .filter(|thing| !thing.ways.is_empty())
    };
    let risky = |thing: &&Thing| RISKY_WORDS.iter().any(|word| thing.name.contains(word));
    let looks = |thing: &&Thing| ["検索", "照会", "表示"].iter().any(|word| thing.name.contains(word));
    let found = match named {
        Some(named) => buttons().find(|thing| thing.name == named.trim()),
        None => buttons()
            .find(|thing| risky(thing) && !work::is_harmless(&thing.name))
            .or_else(|| buttons().find(looks))
            .or_else(|| buttons().find(|thing| registers(thing))),
    };
    found.ok_or_else(|| DraftError::NoButton(buttons().map(|thing| thing.name.clone()).collect()))
}
