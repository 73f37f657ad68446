//! For machines: one document a run, or one event a line as it is stored.
//!
//! The document of [`run`] only ever grows: fields are added, never renamed. Times are RFC 3339 in UTC, lengths of
//! time milliseconds, states and causes the English names below; texts are in the asked-for language.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use serde::Serialize;

use crate::events::view::{Counts, ItemView, RunView, StepView};
use crate::events::{Cause, Event, EvidenceRef, Failure, Place, Trigger};

use super::reader::Reader;
use super::text::RunLine;
use super::words;

/// The version of the document's shape.
const SHAPE: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    /// The version of this shape.
    yakin: u32,
    run: Run<'a>,
    /// Every state with its count, also those with none.
    counts: IndexMap<&'static str, u64>,
    registered: Registered,
    /// What to do next.
    next: Vec<String>,
    /// Why the run ended before its work was done.
    failure: Option<Reason<'a>>,
    items: Vec<Item<'a>>,
    steps: Vec<Step<'a>>,
    /// Events that this version cannot read.
    unknown_events: u64,
}

#[derive(Serialize)]
struct Run<'a> {
    id: Option<i64>,
    bot: Option<&'a str>,
    name: Option<&'a str>,
    place: Option<Place>,
    rehearsal: bool,
    date: Option<NaiveDate>,
    trigger: Option<Trigger>,
    status: &'static str,
    verdict: String,
    started: Option<DateTime<Utc>>,
    /// When the latest event was written: the end of a run that is over.
    latest: Option<DateTime<Utc>>,
    took_ms: u64,
    bundle: Option<&'a str>,
    version: Option<&'a str>,
    host: Option<&'a str>,
    source: Option<&'a str>,
    source_sha256: Option<&'a str>,
    rows: Option<u64>,
}

#[derive(Serialize)]
struct Registered {
    now: u64,
    before: u64,
    not: u64,
    unknown: u64,
}

#[derive(Serialize)]
struct Reason<'a> {
    cause: Cause,
    code: String,
    what: String,
    mend: String,
    page_says: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: i64,
    row: u64,
    label: &'a str,
    state: &'static str,
    receipt: Option<&'a str>,
    attempts: u32,
    took_ms: u64,
    started: Option<DateTime<Utc>>,
    ended: Option<DateTime<Utc>>,
    failure: Option<Reason<'a>>,
    /// The step it stopped at, by its path in the outline.
    stopped_at: Option<&'a str>,
    pictures: Vec<&'a EvidenceRef>,
}

#[derive(Serialize)]
struct Step<'a> {
    /// Its path in the outline.
    path: &'a str,
    title: &'a str,
    kind: &'a str,
    file: &'a str,
    line: usize,
    begun: u64,
    ok: u64,
    skipped: u64,
    not_met: u64,
    failed: u64,
    retried: u64,
    total_ms: u64,
    longest_ms: u64,
}

/// A run as one JSON document.
pub fn run(view: &RunView, reader: Reader) -> String {
    let registered = view.registered();
    let document = Document {
        yakin: SHAPE,
        run: header(view, reader),
        counts: named(&view.counts(), reader),
        registered: Registered {
            now: registered.now,
            before: registered.before,
            not: registered.not,
            unknown: registered.unknown,
        },
        next: view.advice().iter().map(|message| message.what(reader.lang)).collect(),
        failure: view.failure().map(|failure| reason(failure, reader)),
        items: view.items.values().map(|one| item(view, one, reader)).collect(),
        steps: view.steps.iter().map(step).collect(),
        unknown_events: view.unknown,
    };
    // Names are strings and numbers are whole: nothing in the document can fail to be written.
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn header<'a>(view: &'a RunView, reader: Reader) -> Run<'a> {
    let header = view.header.as_ref();
    let taken = view.taken.as_ref();
    Run {
        id: view.run.map(|run| run.0),
        bot: header.map(|header| header.bot.as_str()),
        name: header.map(|header| header.name.as_str()),
        place: header.map(|header| header.place),
        rehearsal: view.rehearsal(),
        date: header.map(|header| header.date),
        trigger: header.map(|header| header.trigger),
        status: words::status(view.status(), reader.lang).name,
        verdict: view.verdict().what(reader.lang),
        started: view.started,
        latest: view.latest,
        took_ms: view.took_ms(),
        bundle: header.map(|header| header.bundle.as_str()),
        version: header.map(|header| header.version.as_str()),
        host: header.map(|header| header.host.as_str()),
        source: taken.map(|taken| taken.source.as_str()),
        source_sha256: taken.and_then(|taken| taken.hash.as_deref()),
        rows: taken.map(|taken| taken.rows),
    }
}

fn reason<'a>(failure: &'a Failure, reader: Reader) -> Reason<'a> {
    let said = failure.message.render(reader.lang);
    Reason {
        cause: failure.cause,
        code: said.code,
        what: said.what,
        mend: said.mend,
        page_says: failure.page_says.as_deref(),
    }
}

fn item<'a>(view: &RunView, item: &'a ItemView, reader: Reader) -> Item<'a> {
    Item {
        id: item.item.id.0,
        row: item.item.row,
        label: &item.item.label,
        state: words::standing(view.standing(item), reader.lang).name,
        receipt: item.receipt.as_deref(),
        attempts: item.attempts,
        took_ms: item.took_ms,
        started: item.started,
        ended: item.ended,
        failure: item.failure.as_ref().map(|failure| reason(failure, reader)),
        stopped_at: item.stopped_at.as_deref(),
        pictures: item.pictures.iter().map(|picture| &picture.evidence).collect(),
    }
}

fn step(step: &StepView) -> Step<'_> {
    Step {
        path: &step.outline.path,
        title: &step.outline.title,
        kind: &step.outline.kind,
        file: &step.outline.file,
        line: step.outline.line,
        begun: step.begun,
        ok: step.ok,
        skipped: step.skipped,
        not_met: step.not_met,
        failed: step.failed,
        retried: step.retried,
        total_ms: step.total_ms,
        longest_ms: step.longest_ms,
    }
}

/// A line of the list of runs.
#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    bot: &'a str,
    name: &'a str,
    place: Place,
    rehearsal: bool,
    status: &'static str,
    started: DateTime<Utc>,
    /// Every state with its count, also those with none.
    counts: IndexMap<&'static str, u64>,
}

/// The list of runs as one JSON array with an object for each; [`run`] tells more of one.
pub fn runs(lines: &[RunLine], reader: Reader) -> String {
    let lines: Vec<Line<'_>> = lines
        .iter()
        .map(|line| Line {
            id: line.run.0,
            bot: &line.bot,
            name: &line.name,
            place: line.place,
            rehearsal: line.rehearsal,
            status: words::status(line.status, reader.lang).name,
            started: line.started,
            counts: named(&line.counts, reader),
        })
        .collect();
    // As above: nothing of it can fail to be written.
    serde_json::to_string_pretty(&lines).unwrap_or_default()
}

fn named(counts: &Counts, reader: Reader) -> IndexMap<&'static str, u64> {
    let counts = counts.iter();
    counts
        .map(|(standing, count)| (words::standing(standing, reader.lang).name, count))
        .collect()
}

/// Writes an event as one line, in the shape in which it is stored.
///
/// # Errors
/// When the writer fails.
pub fn event_line(event: &Event, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, event)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::RunId;
    use crate::events::sample::{Ending, Night, broken_night, whole_night};
    use crate::events::view::Standing;
    use crate::report::sample::{EN, JA};

    #[test]
    fn a_run_as_json() {
        let mut night = Night::begin();
        night.take(3).work(1, Ending::Done).work(2, Ending::Refused);
        let events = night.work(3, Ending::Broken).events();
        insta::assert_snapshot!("json_ja", run(&RunView::fold(&events), JA));
    }

    #[test]
    fn a_broken_run_as_json() {
        let mut view = RunView::fold(&broken_night(Ending::LeftCommitting));
        view.interrupted = true;
        let document: serde_json::Value = serde_json::from_str(&run(&view, EN)).expect("JSON");
        assert_eq!(document["run"]["status"], "interrupted");
        assert_eq!(document["counts"]["inquiry"], 1);
        assert_eq!(document["registered"]["unknown"], 1);
        assert_eq!(document["items"][4]["state"], "inquiry");
    }

    #[test]
    fn the_list_has_an_object_for_each_run() {
        let line = RunLine::of(&RunView::fold(&whole_night())).expect("a run");
        let next = RunLine {
            run: RunId(line.run.0 + 1),
            ..line.clone()
        };
        let list: serde_json::Value = serde_json::from_str(&runs(&[next, line.clone()], JA)).expect("JSON");
        assert_eq!(list.as_array().map(Vec::len), Some(2));
        assert_eq!(list[1]["id"], line.run.0);
        assert_eq!(list[0]["id"], line.run.0 + 1);
        assert_eq!(list[0]["bot"], line.bot);
        assert_eq!(list[0]["status"], "partial");
        assert_eq!(list[0]["counts"]["done"], line.counts.of(Standing::Done));
        assert_eq!(runs(&[], JA), "[]");
    }

    #[test]
    fn an_empty_run_is_a_document_too() {
        let document: serde_json::Value = serde_json::from_str(&run(&RunView::default(), JA)).expect("JSON");
        assert_eq!(document["run"]["id"], serde_json::Value::Null);
    }

    #[test]
    fn lines_are_the_stored_events() {
        let events = whole_night();
        let mut lines = Vec::new();
        for event in &events {
            event_line(event, &mut lines).expect("memory");
        }
        let text = String::from_utf8(lines).expect("UTF-8");
        let read: Vec<Event> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("an event"))
            .collect();
        assert_eq!(read, events);
    }
}
