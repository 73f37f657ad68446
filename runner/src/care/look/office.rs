//! The office's store, folders, clocks, secrets and scenarios.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};

use crate::care::facts::{Clocks, Disk, Folder, FolderState, Office, Opened, ScenarioFacts, SecretFacts, Used};
use crate::clock::{Clock, day_in};
use crate::diag::Severity;
use crate::drivers::browser;
use crate::history::{Backend, Baton, Inspection, Options, RunFilter, RunRow, Store};
use crate::plan::{self, OfficeFiles, SYSTEMS};
use crate::platform::{files, machine, processes};
use crate::ports::{PortError, Vault};
use crate::scenario::office::{self, Storage};
use crate::text::{Message, codes};

/// An office to look at.
pub struct Place<'a> {
    /// Its folder.
    pub root: &'a Path,
    /// The folder of everything that yakin keeps for itself.
    pub own: &'a Path,
    /// What it decided.
    pub office: &'a office::Office,
    /// The files of scenarios and systems, relative to the office.
    pub scenarios: &'a [String],
    /// Those of them whose id another one has too.
    pub twins: &'a [String],
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Whether everything stored is to be read.
    pub deep: bool,
    /// Who looks.
    pub who: &'a str,
    /// Wall and monotonic time when looking began.
    pub began: (DateTime<Utc>, Duration),
}

/// How long the store may take to open.
const OPEN_WAIT: Duration = Duration::from_secs(10);

/// Folders of an office: whether they must be written, and whether a night fails without them.
const FOLDERS: &[(&str, bool, bool)] = &[
    ("inbox", false, true),
    ("outbox", true, true),
    ("scenarios", false, true),
    (".yakin", true, true),
];
/// What must be seen by its owner alone, with the rights that it should have.
const PRIVATE: &[(&str, &str)] = &[(".yakin", "700"), (".yakin/office.key", "600")];

/// Looks at an office. Its store is opened as a run opens it, so a new one is made.
pub fn office(place: &Place<'_>) -> Office {
    let (scenarios, used) = scenarios(place);
    Office {
        store: store(place, used),
        disks: disks(place.root),
        folders: folders(place.root),
        scenarios,
        models: models(&place.root.join("ocr-models")),
        leftovers: browser::leftovers(&place.own.join("browser")),
        // Last, so that everything above had time to show a jump.
        clocks: clocks(place),
    }
}

fn store(place: &Place<'_>, used: Vec<Used>) -> Result<Opened, Message> {
    let backend = match &place.office.storage {
        Storage::Sqlite => Backend::Sqlite,
        Storage::Postgres(url) => Backend::Postgres(url.expose().to_owned()),
    };
    let store = open(Options {
        folder: place.own.to_owned(),
        backend,
        clock: place.clock.clone(),
        is_alive: processes::is_alive,
    })?;
    let looked = || -> Result<(Vec<RunRow>, SecretFacts, Vec<Baton>), PortError> {
        let last = store.runs(&RunFilter {
            at_most: 1,
            ..RunFilter::default()
        })?;
        let secrets = SecretFacts {
            today: day_in(place.office.timezone, place.clock.now()),
            kept: store.list()?,
            used,
        };
        Ok((last, secrets, store.batons(true)?))
    };
    let health = store.health().map_err(|error| error.message());
    let (last, secrets, batons) = match looked() {
        Ok(looked) => looked,
        // A store that cannot even be read is told once.
        Err(error) => return Err(health.err().unwrap_or_else(|| error.message())),
    };
    let deep = place.deep.then(|| inspect(&store, place.who));
    Ok(Opened {
        health,
        deep,
        batons: batons.iter().map(|baton| (baton.number, baton.out, baton.at)).collect(),
        last_run: last.first().map(|run| run.started_at),
        secrets,
    })
}

fn inspect(store: &Store, who: &str) -> Result<Inspection, Message> {
    let read = || {
        store.note(who, "store.inspected", "store")?;
        store.inspect()
    };
    read().map_err(|error: PortError| error.message())
}

/// Opens the store, but does not wait as long for a server that does not answer as the network does.
fn open(options: Options) -> Result<Store, Message> {
    let (opened, waiting) = channel();
    std::thread::spawn(move || {
        // Nobody listens any more when it took too long.
        let _ = opened.send(Store::open(&options));
    });
    match waiting.recv_timeout(OPEN_WAIT) {
        Ok(opened) => opened.map_err(|error| error.message()),
        Err(_) => {
            let detail = format!("no answer within {} s", OPEN_WAIT.as_secs());
            Err(Message::new(codes::STORE_UNREACHABLE).with("detail", detail))
        }
    }
}

fn clocks(place: &Place<'_>) -> Clocks {
    let (began, mark) = place.began;
    let (now, passed) = (place.clock.now(), place.clock.monotonic().saturating_sub(mark));
    let passed = i64::try_from(passed.as_secs()).unwrap_or(i64::MAX);
    Clocks {
        now,
        zone: place.office.timezone,
        host_offset: machine::local_offset(now),
        jumped: (now - began).num_seconds() - passed,
        share_ahead: share_ahead(place),
    }
}

/// How far the clock that dates files is ahead: a file is made in the office, looked at, and removed.
fn share_ahead(place: &Place<'_>) -> Option<(String, i64)> {
    let probe = place.own.join(format!("doctor-{}.time", std::process::id()));
    let before = place.clock.now();
    files::write_whole(&probe, b"").ok()?;
    let dated = std::fs::metadata(&probe).and_then(|found| found.modified());
    // It is empty; a later look makes it anew.
    let _ = std::fs::remove_file(&probe);
    let seconds = dated.ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    Some((".yakin".to_owned(), i64::try_from(seconds).ok()? - before.timestamp()))
}

fn disks(root: &Path) -> Vec<Disk> {
    let mut disks: Vec<Disk> = Vec::new();
    for path in [".yakin", "outbox"] {
        let Some(room) = machine::room(&root.join(path)).or_else(|| machine::room(root)) else {
            continue;
        };
        // Two folders with the same total stand on one disk, as far as anybody can tell.
        if disks.iter().all(|disk| disk.room.total != room.total) {
            let path = path.to_owned();
            disks.push(Disk { path, room });
        }
    }
    disks
}

fn folders(root: &Path) -> Vec<Folder> {
    let named = FOLDERS.iter().map(|(path, written, needed)| Folder {
        path: (*path).to_owned(),
        needed: *needed,
        state: state(&root.join(path), *written),
    });
    let open = PRIVATE
        .iter()
        .filter(|(path, _)| files::is_open_to_others(&root.join(path)) == Some(true))
        .map(|(path, mode)| Folder {
            path: (*path).to_owned(),
            needed: false,
            state: FolderState::Open(mode),
        });
    named.chain(open).collect()
}

fn state(folder: &Path, written: bool) -> FolderState {
    let looked = std::fs::read_dir(folder).map(|_| ());
    let used = looked.and_then(|()| if written { files::try_write(folder) } else { Ok(()) });
    match used {
        Ok(()) => FolderState::Fine,
        Err(error) if error.kind() == ErrorKind::NotFound => FolderState::Missing,
        Err(error) => FolderState::Locked(error.to_string()),
    }
}

fn models(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_model = |name: &std::ffi::OsStr| name.to_string_lossy().ends_with(".traineddata");
    entries.filter(|entry| is_model(&entry.file_name())).count()
}

/// Checks every file, and gathers the secrets of the scenarios that are granted real work.
fn scenarios(place: &Place<'_>) -> (ScenarioFacts, Vec<Used>) {
    let files = OfficeFiles::new(place.root);
    let mut facts = ScenarioFacts {
        files: place.scenarios.len(),
        ..ScenarioFacts::default()
    };
    let mut used = Vec::new();
    for path in place.scenarios {
        let is_system = path.starts_with(SYSTEMS);
        let wrong = if is_system {
            plan::check(&files, path).has_errors()
        } else {
            let loaded = plan::load(&files, path);
            facts.bots += 1;
            if let Some(plan) = &loaded.plan {
                let bot = &plan.scenario.id.value;
                if place
                    .office
                    .grants
                    .get(bot)
                    .is_some_and(|grant| !grant.hosts.is_empty())
                {
                    used.extend(
                        secrets_of(&plan.bundle)
                            .into_iter()
                            .map(|name| Used { name, bot: bot.clone() }),
                    );
                }
            }
            let twin = place.twins.contains(path);
            facts.stuck += usize::from(loaded.plan.is_none() || twin);
            loaded.findings.count(Severity::Error) > 0 || twin
        };
        if wrong {
            facts.wrong.push(path.clone());
        }
    }
    (facts, used)
}

/// The names after `secrets.` in expressions of a plan's files; comments are no expressions.
fn secrets_of(bundle: &[(String, String)]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in bundle.iter().flat_map(|(_, text)| text.lines()) {
        let line = line.split(" #").next().unwrap_or(line);
        if line.trim_start().starts_with('#') {
            continue;
        }
        for inside in line.split("${{").skip(1).filter_map(|rest| rest.split("}}").next()) {
            for rest in inside.split("secrets.").skip(1) {
                let name: String = rest
                    .chars()
                    .take_while(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '.'))
                    .collect();
                names.insert(name.trim_end_matches('.').to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secrets_of_a_plan_are_those_of_its_expressions() {
        let text = "login:\n  - browser.fill:\n      利用者ID: ${{ secrets.受付.ID }}  # ${{ secrets.税.ID }}\n      \
                    P: ${{secrets.受付.パスワード | x}}\n# ${{ secrets.old.ID }}\nsecrets.no.ID: 1\n";
        let names = secrets_of(&[("a.yaml".to_owned(), text.to_owned())]);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["受付.ID", "受付.パスワード"]);
    }

    #[test]
    fn folders_are_fine_missing_or_no_folders() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::write(root.path().join("file"), "").expect("written");
        assert_eq!(state(root.path(), true), FolderState::Fine);
        assert_eq!(state(&root.path().join("none"), true), FolderState::Missing);
        assert!(matches!(
            state(&root.path().join("file"), false),
            FolderState::Locked(_)
        ));
        let left = std::fs::read_dir(root.path()).expect("readable").count();
        assert_eq!(left, 1, "nothing is left of looking");
    }

    #[test]
    fn only_models_are_counted() {
        let root = tempfile::tempdir().expect("a folder");
        assert_eq!(models(&root.path().join("none")), 0);
        for name in ["jpn.traineddata", "README.md"] {
            std::fs::write(root.path().join(name), "").expect("written");
        }
        assert_eq!(models(root.path()), 1);
    }
}
