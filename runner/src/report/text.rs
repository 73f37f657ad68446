//! Plain text for a terminal: the list of runs and one run, at most 80 places wide.

use chrono::{DateTime, Datelike, Utc};

use crate::events::view::{Counts, RunView, Standing, Status};
use crate::events::{EvidenceRef, Place, RunId};

use super::card::{self, Card};
use super::layout::{cut, pad, pad_left, plain, width, wrap};
use super::reader::Reader;
use super::words;

/// The width that fits every terminal.
const WIDTH: usize = 80;

/// Pictures of forms whose places are told; the HTML report shows more of them.
const FORMS: usize = 20;

/// One line of the list of runs.
#[derive(Debug, Clone, PartialEq)]
pub struct RunLine {
    /// Its number.
    pub run: RunId,
    /// The bot's id.
    pub bot: String,
    /// What people call the bot.
    pub name: String,
    /// The practice city or the real system.
    pub place: Place,
    /// Whether it was a rehearsal.
    pub rehearsal: bool,
    /// When it began.
    pub started: DateTime<Utc>,
    /// How far it has come.
    pub status: Status,
    /// Its items.
    pub counts: Counts,
}

impl RunLine {
    /// The line of a run; none before the run has said who it is.
    pub fn of(view: &RunView) -> Option<RunLine> {
        let header = view.header.as_ref()?;
        Some(RunLine {
            run: view.run?,
            bot: header.bot.clone(),
            name: header.name.clone(),
            place: header.place,
            rehearsal: header.rehearsal,
            started: view.started?,
            status: view.status(),
            counts: view.counts(),
        })
    }
}

/// The list of runs as a table. Times of the year of `now` are told without it.
pub fn runs(lines: &[RunLine], now: DateTime<Utc>, reader: Reader) -> String {
    let words = reader.words();
    if lines.is_empty() {
        return format!("{}\n", words.no_runs);
    }
    let year = now.with_timezone(&reader.zone).year();
    // What this run did stands apart from what was there before; most lists have nothing of the latter.
    let before = [Standing::DoneBefore, Standing::AlreadyThere];
    let before = before.map(|standing| {
        lines
            .iter()
            .any(|line| line.counts.of(standing) > 0)
            .then_some(standing)
    });
    let before: Vec<Standing> = before.into_iter().flatten().collect();
    let mut headings = vec![words.number, words.started, words.place, words.status, words.settled];
    headings.extend(
        before
            .iter()
            .map(|standing| words::standing(*standing, reader.lang).word),
    );
    headings.extend([words.attention, words.left, words.bot]);
    let mut rows = vec![headings.into_iter().map(str::to_owned).collect()];
    rows.extend(lines.iter().map(|line| {
        let counts = &line.counts;
        let left = counts.total() - counts.ended();
        let mut row = vec![
            line.run.0.to_string(),
            reader.short(line.started, year),
            place(line, reader),
            words::status(line.status, reader.lang).word.to_owned(),
            settled(line, reader),
        ];
        row.extend(before.iter().map(|standing| counts.of(*standing).to_string()));
        row.extend([
            (counts.unsettled() - left).to_string(),
            left.to_string(),
            plain(&line.name),
        ]);
        row
    }));
    let numbers: Vec<usize> = std::iter::once(0).chain(4..before.len() + 7).collect();
    table(&rows, &numbers)
}

/// 「練習・下見」.
fn place(line: &RunLine, reader: Reader) -> String {
    let place = words::place(line.place, reader.lang);
    if line.rehearsal {
        format!("{place}・{}", reader.words().rehearsal)
    } else {
        place.to_owned()
    }
}

/// How many this run has done. What was only rehearsed is not, and says so.
fn settled(line: &RunLine, reader: Reader) -> String {
    let counts = &line.counts;
    let rehearsed = counts.of(Standing::Rehearsed);
    match counts.of(Standing::Done) + counts.of(Standing::Dropped) {
        0 if rehearsed > 0 => format!("{} {rehearsed}", reader.words().rehearsal),
        settled => settled.to_string(),
    }
}

/// Rows in columns; the numbers of those at the given places stand at the right. The last column gets what is left.
fn table(rows: &[Vec<String>], numbers: &[usize]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let widths: Vec<usize> = (0..columns)
        .map(|column| cells(column).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut table = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, to)) in row.iter().zip(&widths).enumerate() {
            if column > 0 {
                line.push_str("  ");
            }
            line.push_str(&match column {
                last if last + 1 == columns => cut(cell, WIDTH.saturating_sub(width(&line))),
                number if numbers.contains(&number) => pad_left(cell, *to),
                _ => pad(cell, *to),
            });
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

/// A run in plain words: how far it got, what was and was not registered, why it stopped, what to do next.
/// `place_of` says where a picture can be opened, if it still is there.
pub fn show(view: &RunView, reader: Reader, place_of: &dyn Fn(&EvidenceRef) -> Option<String>) -> String {
    let mut page = Page {
        text: String::new(),
        reader,
        place_of,
    };
    page.header(view);
    page.result(view);
    page.advice(view);
    let cards = card::cards(view, reader);
    page.cards(reader.words().stopped, &cards.stopped);
    page.cards(reader.words().rejected, &cards.rejected);
    page.forms(view);
    page.notes(view);
    page.text
}

/// The text while it is written.
struct Page<'a> {
    text: String,
    reader: Reader,
    place_of: &'a dyn Fn(&EvidenceRef) -> Option<String>,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, heading: &str) {
        self.line("");
        self.line(heading);
        self.line(&"-".repeat(width(heading)));
    }

    /// A paragraph: its first line behind `first`, the others under it.
    fn paragraph(&mut self, first: &str, text: &str) {
        let indent = width(first);
        for (number, line) in wrap(text, WIDTH.saturating_sub(indent)).iter().enumerate() {
            let before = if number == 0 { first } else { &" ".repeat(indent) };
            self.line(&format!("{before}{line}"));
        }
    }

    /// A label with its text, where there is one.
    fn field(&mut self, label: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.paragraph(&format!("  {}  ", pad(label, 12)), text);
        }
    }

    fn header(&mut self, view: &RunView) {
        let words = self.reader.words();
        let number = view.run.map_or_else(String::new, |run| run.0.to_string());
        let Some(header) = &view.header else {
            self.line(&format!("{} {number}", words.run));
            return;
        };
        let mut place = words::place(header.place, self.reader.lang).to_owned();
        if header.rehearsal {
            place = format!("{place}・{}", words.rehearsal);
        }
        self.paragraph("", &self.reader.aside(&plain(&header.name), &place));
        let mut facts = vec![
            format!("{} {number}", words.run),
            format!("{} {}", words.for_day, self.reader.day(header.date)),
        ];
        if let Some(started) = view.started {
            facts.push(format!("{} {}", words.started, self.reader.instant(started)));
        }
        facts.push(format!("{} {}", words.took, self.reader.span(view.took_ms())));
        self.paragraph("", &facts.join("  "));
    }

    fn result(&mut self, view: &RunView) {
        self.line("");
        self.paragraph("", &card::headline(view, self.reader));
        self.paragraph("", &card::verdict(view, self.reader));
        let (title, parts) = card::registration(view, self.reader);
        self.heading(title);
        let widest = parts.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
        for (label, count) in parts {
            let unit = self.reader.lang.pick(" 件", "");
            self.line(&format!("  {}  {:>6}{unit}", pad(label, widest), count));
        }
        if let Some(held) = card::held(view, self.reader) {
            self.paragraph("  ", &held);
        }
    }

    fn advice(&mut self, view: &RunView) {
        let advice = card::advice(view, self.reader);
        if advice.is_empty() {
            return;
        }
        self.heading(self.reader.words().next);
        for (number, sentence) in advice.iter().enumerate() {
            self.paragraph(&format!("  {}. ", number + 1), sentence);
        }
    }

    fn cards(&mut self, title: &str, cards: &[Card]) {
        if cards.is_empty() {
            return;
        }
        self.heading(title);
        for (number, card) in cards.iter().enumerate() {
            if number > 0 {
                self.line("");
            }
            self.card(card);
        }
    }

    /// Where the pictures of a rehearsal's forms lie.
    fn forms(&mut self, view: &RunView) {
        let forms = card::forms(view, self.reader);
        if forms.is_empty() {
            return;
        }
        self.heading(self.reader.words().forms);
        for (name, picture, _) in forms.iter().take(FORMS) {
            self.paragraph("  ", name);
            if let Some(place) = (self.place_of)(picture) {
                self.line(&format!("{}{}", " ".repeat(4), plain(&place)));
            }
        }
        if forms.len() > FORMS {
            self.paragraph("  ", &self.reader.more(forms.len() - FORMS));
        }
    }

    fn card(&mut self, card: &Card) {
        let words = self.reader.words();
        self.paragraph("", &self.card_title(card));
        let wanted = card.wanted.as_ref().map(|wanted| match &card.place {
            Some(place) => self.reader.aside(wanted, place),
            None => wanted.clone(),
        });
        self.field(words.wanted, wanted.as_deref());
        let what = card.what.as_ref().map(|what| match &card.code {
            Some(code) => self.reader.aside(what, code),
            None => what.clone(),
        });
        self.field(words.reason, what.as_deref());
        let says = card.page_says.as_deref().map(|says| self.reader.quote(says));
        self.field(words.page_says, says.as_deref());
        // What all that were rejected have in common stands in the advice.
        if card.standing != Some(Standing::Rejected) {
            self.field(words.cause, card.cause);
            self.field(words.registered_or_not, card.registration.as_deref());
            self.field(words.do_next, card.mend.as_deref());
        }
        for (picture, what) in &card.pictures {
            if let Some(place) = (self.place_of)(picture) {
                self.field(words.pictures, Some(what));
                // A path is not broken over lines, so that it can be copied.
                self.line(&format!("{}{}", " ".repeat(16), plain(&place)));
            }
        }
    }

    /// `[登録照会] 0012026-0041（41 行目）、…`
    fn card_title(&self, card: &Card) -> String {
        let words = self.reader.words();
        let mark = card.standing.map_or(words.whole_run, |standing| {
            words::standing(standing, self.reader.lang).word
        });
        let mut items: Vec<String> = card
            .items
            .iter()
            .map(|(row, label)| self.reader.aside(label, &self.reader.row(*row)))
            .collect();
        if card.more > 0 {
            items.push(self.reader.more(card.more));
        }
        format!("[{mark}] {}", items.join(self.reader.lang.pick("、", ", ")))
    }

    fn notes(&mut self, view: &RunView) {
        if view.notes.is_empty() && view.unknown == 0 {
            return;
        }
        let words = self.reader.words();
        self.heading(words.notes);
        for note in &view.notes {
            let first = format!("  {}  ", self.reader.clock(note.at));
            self.paragraph(&first, &self.reader.what(&note.message));
        }
        if view.unknown > 0 {
            self.line(&format!("  {}: {}", words.unknown_events, view.unknown));
        }
    }
}

#[cfg(test)]
mod tests;
