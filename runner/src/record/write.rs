//! The recording as the text of a scenario, and what its author should look over.

use indexmap::IndexMap;

use super::columns::{From, Rows, agreed};
use super::script::{self, Field, Step};
use super::work::{self, Proof, Work};
use super::yaml;
use crate::drivers::browser::Recorded;
use crate::drivers::files::Table;
use crate::text::{Message, codes};

/// What is known of a recording besides what was done.
#[derive(Debug)]
pub struct Recording<'a> {
    /// What was done.
    pub actions: &'a [Recorded],
    /// The id of the scenario that is written.
    pub id: &'a str,
    /// The system that was worked in, and its address without a slash at its end.
    pub system: Option<(&'a str, Option<&'a str>)>,
    /// Where the recording began, when that is not where a run begins: a path of the system, or an address.
    pub opened: Option<&'a str>,
    /// The table that was worked off: its file as a scenario names it, and what stands in it.
    pub items: Option<(&'a str, &'a Table)>,
    /// A file with the same headings, for checking by day.
    pub sample: Option<&'a str>,
}

/// A scenario that was written from a recording.
#[derive(Debug)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// What its author should look over.
    pub notes: Vec<Message>,
}

/// Writes a recording down; `None` when nothing was done that a scenario could do.
pub fn write(recording: &Recording<'_>) -> Option<Written> {
    let mut steps = script::steps(recording.actions);
    let logged_in = recording.system.is_some() && work::without_login(&mut steps);
    let (mut works, rest) = work::pieces(steps);
    if works.is_empty() {
        works.push(Work { steps: rest, act: None });
    }
    let first = works.first()?.clone();
    let is_empty = first.act.is_none()
        && first
            .steps
            .iter()
            .all(|step| matches!(step, Step::Shown(_) | Step::See(_)));
    if is_empty {
        return None;
    }
    let mut writer = Writer::new(recording, &works);
    writer.head(&first);
    let opened = recording.opened.filter(|_| !logged_in);
    writer.steps(&first, opened);
    writer.remarks(&first, &works);
    Some(Written {
        text: writer.out,
        notes: writer.notes,
    })
}

/// The text while it is written.
pub(super) struct Writer<'a> {
    pub(super) recording: &'a Recording<'a>,
    pub(super) rows: Option<Rows<'a>>,
    pub(super) sources: IndexMap<String, From>,
    /// The rows that were registered by hand.
    pub(super) typed: Vec<usize>,
    pub(super) out: String,
    pub(super) notes: Vec<Message>,
    /// Lines with values that were typed and stand there as they are.
    pub(super) literal: Vec<String>,
    pub(super) weak: Vec<String>,
    /// Whether the form at work asks for a password.
    pub(super) is_login: bool,
}

impl<'a> Writer<'a> {
    fn new(recording: &'a Recording<'a>, works: &[Work]) -> Writer<'a> {
        let rows = recording.items.map(|(_, table)| Rows::new(table));
        let first = works.first();
        let same = works
            .iter()
            .filter(|work| first.is_some_and(|first| first.is_same(work)));
        let typed: Vec<(usize, Vec<&Field>)> = same
            .filter_map(|work| {
                let fields = work.fields();
                rows.as_ref()?.row_of(&fields).map(|row| (row, fields))
            })
            .collect();
        let sources = rows.as_ref().map(|rows| agreed(rows, &typed)).unwrap_or_default();
        Writer {
            recording,
            sources,
            typed: typed.iter().map(|(row, _)| *row).collect(),
            rows,
            out: String::new(),
            notes: Vec::new(),
            literal: Vec::new(),
            weak: Vec::new(),
            is_login: false,
        }
    }

    pub(super) fn line(&mut self, indent: usize, text: &str) {
        for line in text.lines() {
            self.out.push_str(&" ".repeat(indent));
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// The number of the next line.
    pub(super) fn here(&self) -> usize {
        self.out.lines().count() + 1
    }

    fn head(&mut self, first: &Work) {
        let heading = first.act.as_ref().map(|act| act.click.before.heading.clone());
        let title = heading.filter(|heading| script::is_telling(heading));
        let name = title.unwrap_or_else(|| self.recording.id.to_owned());
        self.line(0, "yakin: 1");
        self.line(0, &format!("id: {}", yaml::scalar(self.recording.id)));
        self.line(0, &format!("name: {}", yaml::scalar(&format!("{name}（記録から）"))));
        match self.recording.system {
            Some((system, _)) => self.line(0, &format!("system: {}", yaml::scalar(system))),
            None => {
                let host = self.recording.opened.and_then(crate::scenario::address::origin_of);
                if let Some(host) = host {
                    self.line(0, &format!("allow: [{}]", yaml::flow(&host)));
                }
            }
        }
        self.items(first);
        self.out.push('\n');
    }

    fn items(&mut self, first: &Work) {
        let (Some((file, table)), Some(rows)) = (self.recording.items, self.rows.as_ref()) else {
            return;
        };
        let key = rows.key();
        let columns: Vec<String> = table
            .headings
            .iter()
            .zip(&rows.types)
            .filter(|(heading, _)| !heading.is_empty())
            .map(|(heading, kind)| format!("{}: {}", yaml::flow(heading), type_name(*kind)))
            .collect();
        let kind = if file.to_ascii_lowercase().ends_with(".xlsx") {
            "excel"
        } else {
            "csv"
        };
        let mut lines = vec![
            "\nitems:".to_owned(),
            "  from:".to_owned(),
            format!("    {kind}: {}", dated(file)),
        ];
        lines.extend(
            self.recording
                .sample
                .map(|sample| format!("  sample: {}", yaml::scalar(sample))),
        );
        lines.push(format!("  columns: {{ {} }}", columns.join(", ")));
        lines.push(match key.as_slice() {
            [one] => format!("  key: {}", yaml::scalar(one)),
            several => {
                let names: Vec<String> = several.iter().map(|name| yaml::flow(name)).collect();
                format!("  key: [{}]", names.join(", "))
            }
        });
        if let Some(Proof::Field(heading)) = first.act.as_ref().map(|act| &act.proof) {
            lines.push(format!("  keep:\n    {}: ${{{{ receipt }}}}", yaml::flow(heading)));
        }
        if key.len() != 1 {
            let line = self.here() + lines.len();
            self.notes
                .push(Message::new(codes::RECORDED_KEY).with("line", line.to_string()));
        }
        for line in lines {
            self.line(0, &line);
        }
    }

    fn steps(&mut self, first: &Work, opened: Option<&str>) {
        self.line(0, "steps:");
        if let Some(opened) = opened {
            let address = self.address(opened);
            self.line(2, &format!("- browser.open: {}", yaml::scalar(&address)));
        }
        for step in &first.steps {
            self.step(step, 2);
        }
        if let Some(act) = &first.act {
            self.commit(act);
        }
    }

    /// What the whole of the recording leaves to say.
    fn remarks(&mut self, first: &Work, works: &[Work]) {
        if !self.literal.is_empty() {
            let lines = self.literal.join(", ");
            let code = match self.recording.items {
                Some(_) => codes::RECORDED_FIXED,
                None => codes::RECORDED_TYPED,
            };
            self.notes.push(Message::new(code).with("lines", lines));
        }
        if !self.weak.is_empty() {
            self.notes
                .push(Message::new(codes::RECORDED_WEAK).with("lines", self.weak.join(", ")));
        }
        if first.act.is_none() {
            self.notes.push(Message::new(codes::RECORDED_NO_ACT));
        }
        let others = works.iter().filter(|work| !first.is_same(work)).count();
        if others > 0 {
            self.notes
                .push(Message::new(codes::RECORDED_OTHERS).with("count", others.to_string()));
        } else if works.len() > 1 && self.recording.items.is_none() {
            self.notes.push(Message::new(codes::RECORDED_AGAIN));
        }
        if let (Some(rows), Some(_), false) = (self.rows.as_ref(), first.act.as_ref(), self.typed.is_empty()) {
            let key = rows.key();
            let labels: Vec<String> = self.typed.iter().map(|row| rows.label(*row, &key)).collect();
            self.notes
                .push(Message::new(codes::RECORDED_BY_HAND).with("rows", labels.join(", ")));
        }
        if self.recording.items.is_some() && self.sources.is_empty() {
            self.notes.push(Message::new(codes::RECORDED_NO_COLUMN));
        }
    }
}

pub(super) fn type_name(kind: crate::value::ColumnType) -> String {
    let name = serde_json::to_value(kind).ok();
    name.as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or("text")
        .to_owned()
}

/// A file's name in which a day is the day of the run.
pub(super) fn dated(file: &str) -> String {
    let is_day = |at: &usize| {
        let digits = file
            .get(*at..*at + 8)
            .filter(|digits| digits.bytes().all(|sign| sign.is_ascii_digit()));
        let alone = !file
            .get(*at + 8..)
            .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
        alone && digits.is_some_and(|digits| chrono::NaiveDate::parse_from_str(digits, "%Y%m%d").is_ok())
    };
    match (0..file.len()).find(is_day) {
        Some(at) => {
            let (before, rest) = file.split_at(at);
            let after = rest.get(8..).unwrap_or_default();
            format!("{before}${{{{ run.date | 日付(\"%Y%m%d\") }}}}{after}")
        }
        None => yaml::scalar(file),
    }
}
