//! Files as they are read: parsed, with the slips of the keyboard mended that turn out to be mistakes.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Source, Span};
use crate::plan::files::{Files, unread};
use crate::plan::slips::quote_at;
use crate::scenario::model::Document;
use crate::scenario::{self, source};
use crate::text::{Arg, Message, codes};

/// A file, read and parsed.
pub(super) struct FileRead {
    pub(super) source: Source,
    pub(super) document: Option<Document>,
    pub(super) whole: bool,
    pub(super) found: Vec<Diagnostic>,
    pub(super) suspects: BTreeSet<usize>,
}

impl FileRead {
    /// A file, with the keyboard traps mended that the document itself shows to be mistakes.
    pub(super) fn new(files: &dyn Files, path: &str) -> FileRead {
        FileRead::settled(files, path, |file| file.found)
    }

    /// A file, with the keyboard traps mended that turn out to be mistakes by what `judge` finds.
    pub(super) fn settled(files: &dyn Files, path: &str, judge: impl Fn(FileRead) -> Vec<Diagnostic>) -> FileRead {
        let source = match FileRead::source(files, path) {
            Ok(source) => source,
            Err(unread) => return *unread,
        };
        let first = FileRead::parse(&source, &BTreeSet::new());
        if first.suspects.is_empty() {
            return first;
        }
        let (lines, ..) = scenario::suspecting(
            |lines| {
                let file = FileRead::parse(&source, lines);
                let suspects = file.suspects.clone();
                (lines.clone(), judge(file), suspects)
            },
            |(_, found, suspects), suspects_only| scenario::wrong(&source, found, suspects_only.then_some(suspects)),
        );
        FileRead::parse(&source, &lines)
    }

    /// The text of a file. One that cannot be read is an empty text with a mistake.
    pub(super) fn source(files: &dyn Files, path: &str) -> Result<Source, Box<FileRead>> {
        let read = files.read(path).map_err(|error| unread(error, Span::default()));
        read.and_then(|bytes| source::read(path, &bytes)).map_err(|diagnostic| {
            Box::new(FileRead {
                source: Source::new(path, ""),
                document: None,
                whole: false,
                found: vec![diagnostic],
                suspects: BTreeSet::new(),
            })
        })
    }

    /// A text whose keyboard traps on some lines are mistakes.
    pub(super) fn parse(source: &Source, trapped: &BTreeSet<usize>) -> FileRead {
        let parsed = scenario::parse_with(source, trapped);
        FileRead {
            source: source.clone(),
            document: parsed.document,
            whole: parsed.whole,
            found: parsed.found,
            suspects: parsed.suspects,
        }
    }
}

/// Shortest name that one wrong letter leaves recognizable.
const MIN_NAME: usize = 4;

/// The mended line of a misspelt name, where it is certain: one letter is wrong, missing, too many or changed places, and
/// the name is of the language, not of the office; or it is a column's type in Japanese.
pub(super) fn spelled(source: &Source, found: &mut Diagnostic) {
    let of_language = [codes::UNKNOWN_ENTRY, codes::UNKNOWN_STEP, codes::COLUMN_TYPE];
    let text = |name: &str| match found.message.args.get(name) {
        Some(Arg::Open(text)) => Some(text.as_str()),
        _ => None,
    };
    if found.message.is(codes::UNKNOWN_NAME) && text("near").is_none() {
        found.mended = compared(source, found);
        return;
    }
    let is_type = found.message.is(codes::COLUMN_TYPE);
    let (Some(name), Some(near)) = (text(if is_type { "text" } else { "name" }), text("near")) else {
        return;
    };
    if found.message.is(codes::UNKNOWN_NAME) && near.strip_prefix("item.") == Some(name) {
        found.mended = column(source, found, near);
        return;
    }
    let misspelt = name.is_ascii() && near.len() >= MIN_NAME && strsim::damerau_levenshtein(name, near) == 1;
    // A Japanese word is near a type only by what it means.
    let translated = is_type && !name.is_ascii();
    let sure = of_language.iter().any(|code| found.message.is(*code)) && (misspelt || translated);
    if !sure || found.mended.is_some() || source.slice(found.span) != name {
        return;
    }
    found.mended = Some(replaced(source, found.span, near));
}

/// Says of an entry that is missing where it goes and how far it is indented, with the line to be copied.
pub(super) fn placed(source: &Source, found: &mut Diagnostic) {
    if !found.message.is(codes::MISSING_ENTRY) {
        return;
    }
    let open = |name: &str| match found.message.args.get(name) {
        Some(Arg::Open(text)) => Some(text.as_str()),
        _ => None,
    };
    let Some(owner) = open("owner") else { return };
    let number = source.line_of(found.span.start);
    let before = source.slice(Span::new(source.line_span(number).start, found.span.start));
    let column = before.chars().count();
    let is_step = before.trim_start().starts_with('-');
    let is_empty = !is_step && ENTRIES.contains(&owner) && source.slice(found.span) == owner;
    let (place, blanks) = if before.contains(['{', '[']) {
        ("flow", 0)
    } else if is_empty {
        ("below", column + 2)
    } else if is_step {
        ("below", column)
    } else {
        ("above", column)
    };
    let example = open("example").map(|example| format!("{}{example}", " ".repeat(blanks)));
    found.message = std::mem::replace(&mut found.message, Message::new(codes::MISSING_ENTRY))
        .with_int("line", i64::try_from(number).unwrap_or(i64::MAX))
        .with(place, "1")
        .with_some("blanks", (blanks > 0).then(|| blanks.to_string()))
        .with_some("example", example);
}

/// Entries that hold their own ones below them; those of a step stand beside it.
const ENTRIES: &[&str] = &["items", "verify"];

/// The line of a place with something else in it.
pub(super) fn replaced(source: &Source, span: Span, instead: &str) -> String {
    let line = source.line_span(source.line_of(span.start));
    let before = source.slice(Span::new(line.start, span.start));
    let after = source.slice(Span::new(span.end, line.end));
    format!("{before}{instead}{after}")
}

/// The mended line of a word that something is compared with as if it were a name: a text without its quotes, or 空.
fn compared(source: &Source, found: &Diagnostic) -> Option<String> {
    let has = |name: &str| found.message.args.contains_key(name);
    let name = source.slice(found.span);
    // A text whose YAML hides the word is not narrowed to it.
    if !matches!(found.message.args.get("name"), Some(Arg::Open(word)) if word == name) {
        return None;
    }
    if has("quoted") {
        let quote = quote_at(source, found.span.start);
        return Some(replaced(source, found.span, &format!("{quote}{name}{quote}")));
    }
    let line = source.line_span(source.line_of(found.span.start));
    let before = source.slice(Span::new(line.start, found.span.start)).trim_end();
    let (value, is) = match (before.strip_suffix("=="), before.strip_suffix("!=")) {
        (Some(value), _) => (value, "is"),
        (None, Some(value)) => (value, "is not"),
        (None, None) => return None,
    };
    let from = line.start + value.trim_end().len();
    let empty = Span::new(from, found.span.end);
    has("empty").then(|| replaced(source, empty, &format!(" {is} {name}")))
}

/// The mended line of a column without `item.`, where its name stands alone.
fn column(source: &Source, found: &Diagnostic, instead: &str) -> Option<String> {
    let line = source.line_span(source.line_of(found.span.start));
    let before = source.slice(Span::new(line.start, found.span.start));
    let after = source.slice(Span::new(found.span.end, line.end));
    let of_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '.' | '"' | '\'' | '[');
    let alone = !before.ends_with(of_name) && !after.starts_with(|sign: char| sign.is_alphanumeric() || sign == '_');
    alone.then(|| replaced(source, found.span, instead))
}

/// Reads a text as often as its keyboard traps ask for.
pub(super) fn trapped<T>(
    source: &Source,
    load: impl Fn(FileRead) -> (T, BTreeSet<usize>),
    found: impl Fn(&T) -> Vec<Diagnostic>,
) -> T {
    let (loaded, _) = scenario::suspecting(
        |lines| load(FileRead::parse(source, lines)),
        |(loaded, suspects), suspects_only| scenario::wrong(source, &found(loaded), suspects_only.then_some(suspects)),
    );
    loaded
}

/// What building found, without what is the doing of a keyboard trap on the same line.
pub(super) fn beside_traps(source: &Source, told: &[Diagnostic], built: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let traps: Vec<usize> = told
        .iter()
        .filter(|found| found.message.is(codes::BARE_EXPRESSION) || found.message.is(codes::WIDE_EXPRESSION))
        .map(|found| source.line_of(found.span.start))
        .collect();
    let beside = |found: &Diagnostic| !traps.contains(&source.line_of(found.span.start));
    let built = built.into_iter().filter(beside);
    built.filter(|found| !is_below(source, told, found)).collect()
}

/// Whether what a step lacks stands below it, indented too little.
fn is_below(source: &Source, told: &[Diagnostic], found: &Diagnostic) -> bool {
    let step = source.slice(found.span);
    found.message.is(codes::ARGUMENT_MISSING)
        && told
            .iter()
            .filter(|told| told.message.is(codes::ENTRY_OUTSIDE) && told.span.start > found.span.end)
            .any(|told| {
                let between = source.slice(Span::new(found.span.end, told.span.start));
                let of_step = matches!(told.message.args.get("owner"), Some(Arg::Open(owner)) if owner == step);
                of_step && !between.lines().any(|line| line.trim_start().starts_with("- "))
            })
}
