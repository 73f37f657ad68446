//! `office.yaml`: what one office decided for all its bots.

mod calendar;

pub use calendar::{Closed, publish};

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use crate::diag::{Diagnostic, Source, Spanned};
use crate::scenario::parse::{Fields, Reader, read_with};
use crate::scenario::tree::Node;
use crate::text::{Lang, Message, codes};

/// Yes and no as a setting is written.
const YES: [(&str, bool); 4] = [("はい", true), ("いいえ", false), ("yes", true), ("no", false)];
/// Where a practice city listens when nobody said.
const PRACTICE_PORT: u16 = 8137;

/// An office.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// The section's name, for reports.
    pub section: Option<String>,
    /// The network zone it works in, for reports.
    pub zone: Option<String>,
    /// The time zone of schedules and of every time shown.
    pub timezone: Tz,
    /// The language of screens and reports.
    pub language: Lang,
    /// The days on which it is closed.
    pub closed: Closed,
    /// Where the history is kept.
    pub storage: Storage,
    /// What bots may do, by their ids.
    pub grants: BTreeMap<String, Grant>,
    /// What plugins may do, by their names.
    pub plugins: BTreeMap<String, PluginGrant>,
    /// How long things are kept.
    pub retention: Retention,
    /// The port of the practice city on this machine.
    pub practice_port: u16,
}

/// Where the history is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// A SQLite file in `.yakin`, beside the key and the pictures that belong to it.
    Sqlite,
    /// A PostgreSQL database; the URL may hold a password and is never shown.
    Postgres(crate::value::Secret),
}

/// What a bot may do beyond the practice city and the office's own folders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grant {
    /// Hosts, with a port where it is not the default.
    pub hosts: Vec<String>,
    /// Folders outside the office.
    pub folders: Vec<String>,
    /// Secrets, by their first name: `受付` for `secrets.受付.ID`.
    pub secrets: Vec<String>,
}

/// What a plugin may do beyond working things out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PluginGrant {
    /// The SHA-256 of the file that the office looked at, in hex: another file of that name may nothing.
    pub sha256: String,
    /// Whether it may know the time.
    pub clock: bool,
    /// Folders of the office whose files it may read.
    pub read: Vec<String>,
    /// Folders of the office that it may write into.
    pub write: Vec<String>,
}

/// How long things are kept, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Pictures.
    pub evidence: u32,
    /// Pictures of failures.
    pub failures: u32,
    /// The rows that items were made from.
    pub items: u32,
    /// Events of runs.
    pub events: u32,
    /// Runs and their counts.
    pub runs: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Retention {
            evidence: 30,
            failures: 90,
            items: 90,
            events: 365,
            runs: 5 * 365,
        }
    }
}

impl Default for Office {
    fn default() -> Self {
        Office {
            section: None,
            zone: None,
            timezone: chrono_tz::Asia::Tokyo,
            language: Lang::Ja,
            closed: Closed::default(),
            storage: Storage::Sqlite,
            grants: BTreeMap::new(),
            plugins: BTreeMap::new(),
            retention: Retention::default(),
            practice_port: PRACTICE_PORT,
        }
    }
}

/// Reads `office.yaml`. What is wrong is told and its default taken; the caller decides whether that will do.
pub fn parse(source: &Source) -> (Office, Vec<Diagnostic>) {
    if source.text().trim().is_empty() {
        return (Office::default(), Vec::new());
    }
    let read = read_with(source, &BTreeSet::new(), office);
    (read.made.unwrap_or_default(), read.found)
}

fn office(reader: &mut Reader, root: &Node) -> Option<Office> {
    let mut fields = Fields::open(reader, root, None)?;
    let mut office = Office::default();
    fields.allow(&["yakin"]);
    let mut text = |reader: &mut Reader, name| {
        let node = fields.take(name)?;
        reader.text(node, name).map(|text| text.value)
    };
    office.section = text(reader, "section");
    office.zone = text(reader, "zone");
    if let Some(node) = fields.take("timezone")
        && let Some(text) = reader.text(node, "timezone")
    {
        match text.value.parse() {
            Ok(zone) => office.timezone = zone,
            Err(_) => reader.error(Message::new(codes::BAD_TIMEZONE).with("text", text.value), text.span),
        }
    }
    if let Some(language) = fields
        .take("language")
        .and_then(|node| reader.choice(node, "language", &[("ja", Lang::Ja), ("en", Lang::En)]))
    {
        office.language = language.value;
    }
    if let Some(storage) = fields.take("storage").and_then(|node| storage(reader, node)) {
        office.storage = storage;
    }
    if let Some(closed) = fields.take("calendar").and_then(|node| calendar::read(reader, node)) {
        office.closed = closed;
    }
    if let Some(node) = fields.take("grants") {
        for (bot, node) in reader.map(node, "grants") {
            office
                .grants
                .extend(grant(reader, node).map(|grant| (bot.value.clone(), grant)));
        }
    }
    if let Some(node) = fields.take("plugins") {
        for (name, node) in reader.map(node, "plugins") {
            office
                .plugins
                .extend(plugin(reader, node).map(|grant| (name.value.clone(), grant)));
        }
    }
    if let Some(node) = fields.take("retention") {
        retention(reader, node, &mut office.retention);
    }
    if let Some(node) = fields.take("practice") {
        practice(reader, node, &mut office);
    }
    fields.finish(reader);
    Some(office)
}

fn storage(reader: &mut Reader, node: &Node) -> Option<Storage> {
    match reader.text(node, "storage") {
        Some(Spanned { value, .. }) if value.starts_with("postgres://") || value.starts_with("postgresql://") => {
            Some(Storage::Postgres(crate::value::Secret::new(value)))
        }
        Some(Spanned { value, .. }) if value == "sqlite" => Some(Storage::Sqlite),
        _ => {
            reader.error(Message::new(codes::BAD_STORAGE), node.span);
            None
        }
    }
}

fn grant(reader: &mut Reader, node: &Node) -> Option<Grant> {
    let mut fields = Fields::open(reader, node, Some("grants"))?;
    let mut list = |reader: &mut Reader, name| -> Vec<String> {
        let texts = fields
            .take(name)
            .map(|node| reader.texts(node, name))
            .unwrap_or_default();
        texts.into_iter().map(|text| text.value).collect()
    };
    let grant = Grant {
        hosts: list(reader, "hosts"),
        folders: list(reader, "folders"),
        secrets: list(reader, "secrets"),
    };
    fields.finish(reader);
    Some(grant)
}

fn plugin(reader: &mut Reader, node: &Node) -> Option<PluginGrant> {
    let mut fields = Fields::open(reader, node, Some("plugins"))?;
    let mut list = |reader: &mut Reader, name| -> Vec<String> {
        let texts = fields
            .take(name)
            .map(|node| reader.texts(node, name))
            .unwrap_or_default();
        texts.into_iter().map(|text| text.value).collect()
    };
    let (read, write) = (list(reader, "read"), list(reader, "write"));
    let clock = fields.take("clock").and_then(|node| reader.choice(node, "clock", &YES));
    let hash = fields.take("sha256").and_then(|node| reader.text(node, "sha256"));
    fields.finish(reader);
    let is_hash = |hash: &str| hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    match hash.filter(|hash| is_hash(&hash.value)) {
        Some(hash) => Some(PluginGrant {
            sha256: hash.value.to_ascii_lowercase(),
            clock: clock.is_some_and(|clock| clock.value),
            read,
            write,
        }),
        None => {
            reader.error(Message::new(codes::PLUGIN_HASH), node.span);
            None
        }
    }
}

fn retention(reader: &mut Reader, node: &Node, retention: &mut Retention) {
    let Some(mut fields) = Fields::open(reader, node, Some("retention")) else {
        return;
    };
    for (name, days) in [
        ("evidence", &mut retention.evidence),
        ("failures", &mut retention.failures),
        ("items", &mut retention.items),
        ("events", &mut retention.events),
        ("runs", &mut retention.runs),
    ] {
        if let Some(node) = fields.take(name)
            && let Some(text) = reader.text(node, name)
        {
            match days_of(&text.value) {
                Some(read) => *days = read,
                None => {
                    let message = Message::new(codes::BAD_DAYS)
                        .with("name", name)
                        .with("text", text.value);
                    reader.error(message, text.span);
                }
            }
        }
    }
    fields.finish(reader);
}

/// `30日`, `30d`, `30`, `1年`, `3か月` (of 31 days, so that nothing goes too early); 1 day to 100 years.
fn days_of(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let number: u32 = text.get(..digits)?.parse().ok()?;
    let unit = match text.get(digits..)?.trim() {
        "" | "日" | "d" | "days" => 1,
        "か月" | "ヶ月" | "カ月" | "months" => 31,
        "年" | "y" | "years" => 366,
        _ => return None,
    };
    number.checked_mul(unit).filter(|days| (1..=36_600).contains(days))
}

fn practice(reader: &mut Reader, node: &Node, office: &mut Office) {
    let Some(mut fields) = Fields::open(reader, node, Some("practice")) else {
        return;
    };
    if let Some(port) = fields
        .take("port")
        .and_then(|node| reader.count(node, "port", 1..=65_535))
    {
        office.practice_port = u16::try_from(port.value).unwrap_or(PRACTICE_PORT);
    }
    fields.finish(reader);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Office, Vec<String>) {
        let (office, found) = parse(&Source::new("office.yaml", text));
        (
            office,
            found.iter().map(|found| found.message.code.to_string()).collect(),
        )
    }

    #[test]
    fn an_empty_office_has_defaults() {
        assert_eq!(read(""), (Office::default(), Vec::new()));
        assert_eq!(read("# nothing\n").0, Office::default());
    }

    #[test]
    fn everything_can_be_said() {
        let (office, found) = read(
            "section: 市民課\nzone: LGWAN接続系\ntimezone: Asia/Tokyo\nlanguage: en\nstorage: postgres://db/yakin\n\
             grants:\n  juminhyo-yubin: { hosts: uketsuke.city.example, secrets: [受付] }\n\
             retention: { evidence: 60日, runs: 7年 }\npractice: { port: 9000 }\n",
        );
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(office.section.as_deref(), Some("市民課"));
        assert_eq!(office.language, Lang::En);
        assert!(matches!(office.storage, Storage::Postgres(_)));
        let grant = office.grants.get("juminhyo-yubin").expect("grant");
        assert_eq!(grant.hosts, ["uketsuke.city.example"]);
        assert_eq!(grant.secrets, ["受付"]);
        assert_eq!((office.retention.evidence, office.retention.runs), (60, 7 * 366));
        assert_eq!(office.practice_port, 9000);
    }

    #[test]
    fn every_mistake_is_told_and_its_default_taken() {
        let (office, found) = read(
            "section: [市民課]\ntimezone: 東京\nlanguage: fr\nstorage: mysql://x\nretention: { evidence: 長く }\n\
             practice: { port: 70000 }\nstroage: x\n",
        );
        let expected = [
            codes::WRONG_SHAPE,
            codes::BAD_TIMEZONE,
            codes::BAD_CHOICE,
            codes::BAD_STORAGE,
            codes::BAD_DAYS,
            codes::BAD_NUMBER,
            codes::UNKNOWN_ENTRY,
        ];
        assert_eq!(found, expected.map(|code| code.0));
        assert_eq!(office, Office::default());
    }
}
