//! A failure card: what was wanted, what the page said, why, what was and was not registered, what to do.

use crate::events::view::{Group, ItemView, Picture, RunView, Standing, groups};
use crate::events::{EvidenceRef, EvidenceRole, Failure, StepOutline};
use crate::text::{Lang, Message, codes};

use super::layout::plain;
use super::reader::Reader;
use super::words;

/// Items named in a card before 「ほか n 件」.
const NAMED: usize = 12;

/// A failure card, in the reader's language. Texts are plain, and still have to be escaped for their medium.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Card {
    /// The items' state; none for the run itself.
    pub standing: Option<Standing>,
    /// Rows and labels of the items.
    pub items: Vec<(u64, String)>,
    /// Items that are not named.
    pub more: usize,
    /// The step it stopped at.
    pub wanted: Option<String>,
    /// That step's file and line.
    pub place: Option<String>,
    /// The page's own words.
    pub page_says: Option<String>,
    /// The kind of cause.
    pub cause: Option<&'static str>,
    /// The message's code.
    pub code: Option<String>,
    /// What is the matter.
    pub what: Option<String>,
    /// What was and was not registered.
    pub registration: Option<String>,
    /// What to do.
    pub mend: Option<String>,
    /// Pictures with what they show.
    pub pictures: Vec<(EvidenceRef, &'static str)>,
}

impl Card {
    /// The card with the step at which it stopped, if the outline holds it.
    fn at(mut self, view: &RunView, outline: Option<&str>) -> Card {
        if let Some(step) = outline.and_then(|outline| view.steps.get(outline)) {
            let StepOutline { title, file, line, .. } = &step.outline;
            self.wanted = Some(plain(title));
            self.place = (!file.is_empty()).then(|| plain(&format!("{file}:{line}")));
        }
        self
    }

    /// How many items it is about.
    pub(super) fn count(&self) -> usize {
        self.items.len() + self.more
    }
}

/// The cards of a run: of the run itself, then of its items; those that were rejected come apart.
pub(super) struct Cards {
    /// What stopped.
    pub stopped: Vec<Card>,
    /// What goes back, with its reason.
    pub rejected: Vec<Card>,
}

/// The cards of a run.
pub(super) fn cards(view: &RunView, reader: Reader) -> Cards {
    let mut stopped: Vec<Card> = run_card(view, reader).into_iter().collect();
    let mut rejected = Vec::new();
    for group in groups(view) {
        let card = group_card(view, &group, reader);
        match group.standing {
            Standing::Rejected => rejected.push(card),
            _ => stopped.push(card),
        }
    }
    Cards { stopped, rejected }
}

fn run_card(view: &RunView, reader: Reader) -> Option<Card> {
    let failure = view.failure()?;
    let stopped_at = view.stopped_at();
    let failed = |picture: &&Picture| picture.evidence.role == EvidenceRole::Failure;
    let picture = view.pictures.iter().rev().find(failed);
    Some(
        Card {
            pictures: picture.into_iter().map(|picture| shown(picture, reader)).collect(),
            ..said(Some(&failure.message), Some(failure), reader)
        }
        .at(view, stopped_at.as_deref()),
    )
}

fn group_card(view: &RunView, group: &Group<'_>, reader: Reader) -> Card {
    let named = group.items.iter().take(NAMED);
    let items: Vec<(u64, String)> = named.map(|item| (item.item.row, plain(&item.item.label))).collect();
    let mut telling = group.items.iter().map(|item| item.telling_pictures());
    let pictures = telling.find(|pictures| !pictures.is_empty()).unwrap_or_default();
    let first = group.first;
    let registration = view.registers().then(|| reader.what(&view.registration(first)));
    Card {
        standing: Some(group.standing),
        more: group.items.len() - items.len(),
        items,
        registration,
        pictures: pictures.into_iter().map(|picture| shown(picture, reader)).collect(),
        ..said(view.reason(first).as_ref(), first.failure.as_ref(), reader)
    }
    .at(view, first.stopped_at.as_deref())
}

/// The forms that a rehearsal filled in: the item, the picture, what it shows.
pub(super) fn forms(view: &RunView, reader: Reader) -> Vec<(String, &EvidenceRef, &'static str)> {
    let rehearsed = view
        .items
        .values()
        .filter(|item| view.standing(item) == Standing::Rehearsed);
    let filled = |picture: &&Picture| picture.evidence.role == EvidenceRole::BeforeCommit;
    let pictured = rehearsed.filter_map(|item| Some((item, item.pictures.iter().rev().find(filled)?)));
    let caption = words::picture(EvidenceRole::BeforeCommit, reader.lang);
    let name = |item: &ItemView| reader.aside(&plain(&item.item.label), &reader.row(item.item.row));
    pictured
        .map(|(item, picture)| (name(item), &picture.evidence, caption))
        .collect()
}

fn shown(picture: &Picture, reader: Reader) -> (EvidenceRef, &'static str) {
    let what = words::picture(picture.evidence.role, reader.lang);
    (picture.evidence.clone(), what)
}

/// The part of a card that says why.
fn said(message: Option<&Message>, failure: Option<&Failure>, reader: Reader) -> Card {
    let message = message.map(|message| reader.say(message));
    Card {
        standing: None,
        items: Vec::new(),
        more: 0,
        wanted: None,
        place: None,
        page_says: failure.and_then(|failure| failure.page_says.as_deref()).map(plain),
        cause: failure.map(|failure| words::cause(failure.cause, reader.lang)),
        // A message of a newer program is told by its code already.
        code: message
            .as_ref()
            .filter(|said| !said.what.starts_with(&said.code))
            .map(|said| said.code.clone()),
        what: message.as_ref().map(|said| said.what.clone()),
        registration: None,
        mend: message.map(|said| said.mend).filter(|mend| !mend.is_empty()),
        pictures: Vec::new(),
    }
}

/// Counts before verdicts: 「済 50 件、差し戻し 3 件（全 55 件）」.
pub(super) fn headline(view: &RunView, reader: Reader) -> String {
    let words = reader.words();
    let counts = view.counts();
    if counts.total() == 0 {
        return words.nothing.to_owned();
    }
    let parts = counts.present().map(|(standing, count)| {
        let word = words::standing(standing, reader.lang).word;
        match reader.lang {
            Lang::Ja => format!("{word} {count} 件"),
            Lang::En => format!("{count} {word}"),
        }
    });
    let parts = parts.collect::<Vec<_>>().join(reader.lang.pick("、", ", "));
    let total = match reader.lang {
        Lang::Ja => format!("全 {} 件", counts.total()),
        Lang::En => format!("{} in all", counts.total()),
    };
    reader.aside(&parts, &total)
}

/// Rows that the run left alone, if there are any.
pub(super) fn held(view: &RunView, reader: Reader) -> Option<String> {
    let held: u64 = view.taken.as_ref().map_or(0, |taken| taken.held.values().sum());
    let count = i64::try_from(held).unwrap_or(i64::MAX);
    (held > 0).then(|| reader.what(&Message::new(codes::ROWS_HELD).with_int("count", count)))
}

/// How the run ended.
pub(super) fn verdict(view: &RunView, reader: Reader) -> String {
    reader.what(&view.verdict())
}

/// What to do next, as sentences.
pub(super) fn advice(view: &RunView, reader: Reader) -> Vec<String> {
    let advice: Vec<Message> = view.advice();
    advice.iter().map(|message| reader.what(message)).collect()
}

/// What was and was not registered (or worked, by a bot that registers nothing), each with its number.
pub(super) fn registration(view: &RunView, reader: Reader) -> (&'static str, Vec<(&'static str, u64)>) {
    let words = reader.words();
    let parts = view.registered();
    let numbers = [parts.now, parts.before, parts.not, parts.unknown];
    let (title, labels) = if view.registers() {
        let labels = [
            words.registered,
            words.registered_before,
            words.not_registered,
            words.registered_unknown,
        ];
        (words.registration, labels)
    } else {
        let labels = [
            words.processed,
            words.processed_before,
            words.not_processed,
            words.processed_unknown,
        ];
        (words.processing, labels)
    };
    (title, labels.into_iter().zip(numbers).collect())
}
