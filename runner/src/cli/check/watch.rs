//! `yakin check --watch`: checks again whenever something changes that a check reads.
//!
//! It looks for changes every half second instead of being told of them: no system tells of changes that another machine
//! makes on a network share.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::clock::{Clock, SystemClock};
use crate::diag::human;
use crate::platform::processes;
use crate::text::Lang;

use super::super::error::CliError;
use super::super::office::{OFFICE_FILE, Room};
use super::super::{Context, exit, runtime, told};
use super::{CheckArgs, Checked, check_once};

/// How often it is looked for changes.
const PAUSE: Duration = Duration::from_millis(500);
/// A file changed as short a time ago may change again without its time saying so: its bytes are compared too.
const RECENT: Duration = Duration::from_secs(5);
/// Clears the screen, and what was scrolled out of it.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Checks until Ctrl-C; then the exit code is that of the last check.
pub(super) fn watch(context: &Context, args: &CheckArgs) -> Result<u8, CliError> {
    let clock = SystemClock::start();
    let root = Room::find(context)?.root;
    runtime()?.block_on(async {
        let mut known = None;
        let mut code = exit::SETTLED;
        let mut reads = Vec::new();
        let end = processes::asked_to_end();
        tokio::pin!(end);
        loop {
            let before = state(&root, &reads, &clock);
            if known.as_ref() != Some(&before) {
                let paths;
                (code, paths) = say(context, args);
                // What changed while it was checked is a change; what is read for the first time is none.
                known = Some(if paths == reads {
                    before
                } else {
                    state(&root, &paths, &clock)
                });
                reads = paths;
            }
            tokio::select! {
                () = &mut end => return Ok(code),
                () = clock.sleep(PAUSE) => {}
            }
        }
    })
}

/// Checks once and prints nothing but what is so now; gives the exit code and the files that were read.
fn say(context: &Context, args: &CheckArgs) -> (u8, Vec<String>) {
    let checked = Room::find(context).and_then(|room| {
        let checked = check_once(context, &room, args)?;
        Ok((room, checked))
    });
    if context.terminal {
        print!("{CLEAR}");
    }
    match checked {
        Ok((room, Checked { findings, files, reads })) => {
            println!("{}", super::looked_at(files, &findings, room.lang));
            print!("{}", human::counts(&findings, room.lang));
            print!("{}", human::list(&findings, room.lang));
            println!("{}", waiting(room.lang));
            (super::code(&findings), reads)
        }
        Err(error) => {
            let lang = context.lang.unwrap_or_default();
            let code = told(&error, lang);
            println!("{}", waiting(lang));
            (code, Vec::new())
        }
    }
}

fn waiting(lang: Lang) -> &'static str {
    lang.pick(
        "ファイルが変わると調べ直します。Ctrl-C で終わります。",
        "Checking again whenever a file changes. Ctrl-C ends it.",
    )
}

/// A file as it was last seen; nothing where there is none.
#[derive(Debug, PartialEq, Eq)]
struct Look {
    length: u64,
    changed: Option<SystemTime>,
    /// Of the bytes, while its time cannot be relied on.
    bytes: Option<u64>,
}

/// The files that a check reads, as they are now: everything below `scenarios`, the office, and what was read elsewhere.
fn state(root: &Path, reads: &[String], clock: &dyn Clock) -> BTreeMap<PathBuf, Option<Look>> {
    let mut files = BTreeMap::new();
    let now = SystemTime::from(clock.now());
    let mut look = |path: PathBuf| {
        let seen = seen(&path, now);
        files.insert(path, seen);
    };
    look(root.join(OFFICE_FILE));
    reads.iter().for_each(|path| look(root.join(path)));
    let mut folders = vec![root.join("scenarios")];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ => look(entry.path()),
            }
        }
    }
    files
}

fn seen(path: &Path, now: SystemTime) -> Option<Look> {
    let facts = std::fs::metadata(path).ok()?;
    let changed = facts.modified().ok();
    let recent = changed.is_none_or(|changed| now.duration_since(changed).is_ok_and(|age| age < RECENT));
    let bytes = recent.then(|| {
        let mut hasher = DefaultHasher::new();
        std::fs::read(path).unwrap_or_default().hash(&mut hasher);
        hasher.finish()
    });
    Some(Look {
        length: facts.len(),
        changed,
        bytes,
    })
}
