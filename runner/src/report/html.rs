//! One self-contained page for a run: no script, no network, pictures inside; also the sheet that is printed and
//! stamped. JIS X 8341-3 and WCAG 2.2, level AA.
//!
//! Everything that came from a page or a file is hostile text: askama escapes it, and the page's own policy forbids
//! whatever might slip through.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};

use crate::events::view::{ItemView, RunView, Standing, StepView};
use crate::events::{EvidenceRef, RunStarted};
use crate::text::{Lang, Message, codes};

use super::card::{self, Card};
use super::layout::plain;
use super::reader::Reader;
use super::words::{self, Mark, Words};

/// Pictures in one page; a run with more says so instead of growing without end.
const PICTURES: usize = 40;

/// Stands where there is nothing to tell: an empty cell may be a fault.
const NOTHING: &str = "―";

/// Kinds of pictures that a browser shows without running anything.
const SHOWN: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

#[derive(Template)]
#[template(path = "report/run.html")]
struct Page<'a> {
    lang: &'static str,
    words: &'static Words,
    number: i64,
    name: String,
    purpose: Option<String>,
    place: &'static str,
    practice: bool,
    rehearsal: bool,
    status: Mark,
    facts: Vec<(&'static str, String)>,
    tiles: Vec<Tile>,
    headline: String,
    verdict: String,
    registration_title: &'static str,
    registration: Vec<(&'static str, u64)>,
    held: Option<String>,
    advice: Vec<String>,
    stopped: Vec<Block>,
    rejected: Vec<Block>,
    /// What a rehearsal filled in, item by item.
    forms: Vec<(String, Picture)>,
    items: Vec<ItemRow>,
    unlisted: Option<String>,
    steps: Vec<StepRow<'a>>,
    inputs: Vec<(&'static str, String)>,
    notes: Vec<(String, String)>,
    unknown: u64,
    made: String,
}

impl Page<'_> {
    /// Whether there is a picture of what was rejected.
    fn shows_rejected(&self) -> bool {
        let mut pictures = self.rejected.iter().flat_map(|block| &block.pictures);
        pictures.any(|picture| picture.source.is_ok())
    }
}

struct Tile {
    mark: Mark,
    count: u64,
}

/// A card with its pictures.
struct Block {
    card: Card,
    mark: Option<Mark>,
    names: Vec<String>,
    pictures: Vec<Picture>,
}

/// What goes back for one reason. It needs no picture: the reason says all.
struct Picture {
    caption: &'static str,
    alt: String,
    /// A `data:` address, or why there is none.
    source: Result<String, String>,
}

struct ItemRow {
    row: u64,
    label: String,
    mark: Mark,
    receipt: String,
    reason: String,
    attempts: u32,
    took: String,
}

struct StepRow<'a> {
    step: &'a StepView,
    place: String,
    average: String,
    longest: String,
    /// Share of the longest total, in percent.
    share: u64,
    stopped: u64,
}

/// A run as one HTML page. `picture` gives a picture's bytes by its SHA-256, if it still is there; `now` is printed
/// as the time at which the sheet was made.
///
/// # Errors
/// When the template cannot be filled, which only a failing allocation could cause.
pub fn run(
    view: &RunView,
    now: DateTime<Utc>,
    reader: Reader,
    picture: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<String, askama::Error> {
    let header = view.header.as_ref();
    let counts = view.counts();
    let cards = card::cards(view, reader);
    let (registration_title, registration) = card::registration(view, reader);
    let mut album = Album {
        left: PICTURES,
        reader,
        picture,
    };
    let page = Page {
        lang: reader.lang.pick("ja", "en"),
        words: reader.words(),
        number: view.run.map_or(0, |run| run.0),
        name: header.map_or_else(String::new, |header| plain(&header.name)),
        purpose: header.and_then(|header| header.purpose.as_deref()).map(plain),
        place: header.map_or("", |header| words::place(header.place, reader.lang)),
        practice: header.is_some_and(|header| header.place == crate::events::Place::Practice),
        rehearsal: view.rehearsal(),
        status: words::status(view.status(), reader.lang),
        facts: facts(view, reader),
        tiles: counts
            .present()
            .map(|(standing, count)| Tile {
                mark: words::standing(standing, reader.lang),
                count,
            })
            .collect(),
        headline: card::headline(view, reader),
        verdict: card::verdict(view, reader),
        registration_title,
        registration,
        held: card::held(view, reader),
        advice: card::advice(view, reader),
        stopped: album.blocks(cards.stopped),
        rejected: album.rejected(cards.rejected),
        forms: album.forms(view),
        items: items(view, reader),
        unlisted: unlisted(view, reader),
        steps: steps(view, reader),
        inputs: inputs(view, reader),
        notes: view
            .notes
            .iter()
            .map(|note| (reader.clock(note.at), reader.what(&note.message)))
            .collect(),
        unknown: view.unknown,
        made: reader.instant(now),
    };
    page.render()
}

/// What stands under the title.
fn facts(view: &RunView, reader: Reader) -> Vec<(&'static str, String)> {
    let words = reader.words();
    let mut facts = Vec::new();
    if let Some(run) = view.run {
        facts.push((words.run, run.0.to_string()));
    }
    if let Some(header) = &view.header {
        facts.push((words.for_day, reader.day(header.date)));
    }
    if let Some(started) = view.started {
        facts.push((words.started, reader.instant(started)));
    }
    if let Some(latest) = view.latest.filter(|_| view.finished.is_some()) {
        facts.push((words.ended, reader.instant(latest)));
    } else if let Some(latest) = view.latest {
        facts.push((words.latest, reader.instant(latest)));
    }
    facts.push((words.took, reader.span(view.took_ms())));
    if let Some(header) = &view.header {
        facts.push((words.trigger, words::trigger(header.trigger, reader.lang).to_owned()));
    }
    facts
}

/// Where the data came from and what worked on it.
fn inputs(view: &RunView, reader: Reader) -> Vec<(&'static str, String)> {
    let words = reader.words();
    let mut inputs = Vec::new();
    if let Some(taken) = &view.taken {
        inputs.push((words.file, plain(&taken.source)));
        inputs.push((words.format, plain(&taken.format)));
        inputs.push((words.rows, taken.rows.to_string()));
        inputs.extend(taken.hash.as_deref().map(|hash| (words.fingerprint, plain(hash))));
    }
    if let Some(RunStarted {
        bot,
        bundle,
        version,
        host,
        ..
    }) = &view.header
    {
        inputs.push((words.bot, plain(bot)));
        inputs.push((words.bundle, plain(bundle)));
        inputs.push((words.version, plain(version)));
        inputs.push((words.host, plain(host)));
    }
    if let Some(browser) = &view.browser {
        inputs.push((words.browser, plain(browser)));
        inputs.push((words.sessions, view.sessions.to_string()));
    }
    inputs
}

/// The items, those first that a person should look at.
fn items(view: &RunView, reader: Reader) -> Vec<ItemRow> {
    let mut items: Vec<(Standing, &ItemView)> = view.items.values().map(|item| (view.standing(item), item)).collect();
    items.sort_by_key(|(standing, item)| (standing.urgency(), item.item.row));
    let row = |(standing, item): (Standing, &ItemView)| ItemRow {
        row: item.item.row,
        label: plain(&item.item.label),
        mark: words::standing(standing, reader.lang),
        receipt: item.receipt.as_deref().map_or_else(|| NOTHING.to_owned(), plain),
        reason: view.reason(item).map(|reason| reader.what(&reason)).unwrap_or_default(),
        attempts: item.attempts,
        took: if item.took_ms > 0 {
            reader.span(item.took_ms)
        } else {
            String::new()
        },
    };
    items.into_iter().map(row).collect()
}

fn unlisted(view: &RunView, reader: Reader) -> Option<String> {
    let listed = u64::try_from(view.items.len()).unwrap_or(u64::MAX);
    let unlisted = view.counts().total().saturating_sub(listed);
    let count = i64::try_from(unlisted).unwrap_or(i64::MAX);
    (unlisted > 0).then(|| reader.what(&Message::new(codes::ITEMS_UNLISTED).with_int("count", count)))
}

fn steps<'a>(view: &'a RunView, reader: Reader) -> Vec<StepRow<'a>> {
    let stops = view.stops();
    let longest = view.steps.iter().map(|step| step.total_ms).max().unwrap_or(0);
    let row = |step: &'a StepView| {
        let StepView {
            outline,
            total_ms,
            longest_ms,
            ..
        } = step;
        let file = outline.file.rsplit('/').next().unwrap_or(&outline.file);
        let worked = step.average_ms();
        StepRow {
            step,
            place: if file.is_empty() {
                String::new()
            } else {
                format!("{file}:{}", outline.line)
            },
            average: worked.map_or_else(String::new, |ms| reader.span(ms)),
            longest: worked.map_or_else(String::new, |_| reader.span(*longest_ms)),
            share: total_ms.saturating_mul(100).checked_div(longest).unwrap_or(0),
            stopped: stops.get(outline.path.as_str()).copied().unwrap_or(0),
        }
    };
    view.steps.iter().map(row).collect()
}

/// 「0012026-0041（41 行目）」 and so on.
fn names(card: &Card, reader: Reader) -> Vec<String> {
    let name = |(row, label): &(u64, String)| reader.aside(label, &reader.row(*row));
    let more = (card.more > 0).then(|| reader.more(card.more));
    card.items.iter().map(name).chain(more).collect()
}

/// Fetches pictures while there is room for them.
struct Album<'a> {
    left: usize,
    reader: Reader,
    picture: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

impl Album<'_> {
    fn blocks(&mut self, cards: Vec<Card>) -> Vec<Block> {
        cards.into_iter().map(|card| self.block(card)).collect()
    }

    /// Rejected items show one picture each: the page as it was when they were rejected.
    fn rejected(&mut self, cards: Vec<Card>) -> Vec<Block> {
        let told = |mut card: Card| {
            card.pictures.truncate(1);
            card
        };
        self.blocks(cards.into_iter().map(told).collect())
    }

    /// The filled forms before which a rehearsal stopped.
    fn forms(&mut self, view: &RunView) -> Vec<(String, Picture)> {
        let forms = card::forms(view, self.reader);
        let shown = forms.into_iter().map(|(name, evidence, caption)| {
            let picture = self.picture_of(&name, evidence, caption);
            (name, picture)
        });
        shown.collect()
    }

    fn picture_of(&mut self, of: &str, evidence: &EvidenceRef, caption: &'static str) -> Picture {
        Picture {
            caption,
            alt: match self.reader.lang {
                Lang::Ja => format!("{of}: {caption}"),
                Lang::En => format!("{caption}: {of}"),
            },
            source: self.source(evidence),
        }
    }

    fn block(&mut self, card: Card) -> Block {
        let reader = self.reader;
        let names = names(&card, reader);
        let of = names.first().map_or(reader.words().whole_run, String::as_str);
        let pictures = card.pictures.iter();
        let pictures = pictures.map(|(evidence, caption)| self.picture_of(of, evidence, caption));
        let pictures = pictures.collect();
        Block {
            mark: card.standing.map(|standing| words::standing(standing, reader.lang)),
            pictures,
            names,
            card,
        }
    }

    fn source(&mut self, evidence: &EvidenceRef) -> Result<String, String> {
        let because = |code| self.reader.what(&Message::new(code));
        if self.left == 0 {
            return Err(because(codes::PICTURE_LEFT_OUT));
        }
        let kind = SHOWN.into_iter().find(|kind| *kind == evidence.media_type);
        let bytes = kind.and_then(|kind| Some((kind, (self.picture)(&evidence.sha256)?)));
        let Some((kind, bytes)) = bytes else {
            return Err(because(codes::PICTURE_GONE));
        };
        self.left -= 1;
        Ok(format!("data:{kind};base64,{}", STANDARD.encode(bytes)))
    }
}

#[cfg(test)]
mod tests;
