//! The scenarios of an office: which file a word means, and that no two of them have one id.

use std::path::Path;

use crate::diag::{Diagnostic, Source, Spanned};
use crate::plan::{Files, OfficeFiles, PARTS, SYSTEMS};
use crate::scenario::model::{Document, Scenario};
use crate::scenario::vocabulary::join;
use crate::scenario::{self, source};
use crate::text::{Message, codes};

use super::error::CliError;
use super::office::Room;

/// Where scenarios stand in an office.
const SCENARIOS: &str = "scenarios";
/// Folders of it that hold no scenarios.
const OTHERS: [&str; 3] = ["parts", "forms", "samples"];
/// How the name of a scenario's file may end.
const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// A scenario's file and the id it declares.
pub(super) struct Bot {
    /// Its path relative to the office, with `/`.
    pub(super) path: String,
    pub(super) source: Source,
    /// What it says, else its file's name.
    id: Spanned<String>,
}

impl Bot {
    /// A file that is no scenario is none; one that cannot be read is told when it is checked.
    fn read(room: &Room, path: &str) -> Option<Bot> {
        let bytes = std::fs::read(room.root.join(path)).ok()?;
        let source = source::read(path, &bytes).ok()?;
        match scenario::parse(&source).document? {
            Document::Scenario(scenario) => Some(Bot {
                path: path.to_owned(),
                source,
                id: scenario.id,
            }),
            Document::System(_) | Document::Part(_) => None,
        }
    }

    /// The scenario, as far as it could be read.
    pub(super) fn scenario(&self) -> Option<Scenario> {
        match scenario::parse(&self.source).document? {
            Document::Scenario(scenario) => Some(*scenario),
            Document::System(_) | Document::Part(_) => None,
        }
    }

    /// The id that it declares, else its file's name.
    pub(super) fn id(&self) -> &str {
        &self.id.value
    }

    /// Whether this is the first of two with one id: the one that is called as its file is, and else by the order of names.
    pub(super) fn is_before(&self, other: &Bot) -> bool {
        let stem = |path: &str| std::path::Path::new(path).file_stem().map(std::ffi::OsStr::to_owned);
        let named = |bot: &Bot| stem(&bot.path).is_some_and(|stem| *bot.id.value == *stem);
        (!named(self), &self.path) < (!named(other), &other.path)
    }

    /// The mistake of having another's id.
    pub(super) fn same_as(&self, other: &Bot) -> Option<Diagnostic> {
        let same = self.id.value == other.id.value && self.path != other.path;
        same.then(|| Diagnostic::error(self.same_id(other), self.id.span))
    }

    fn same_id(&self, other: &Bot) -> Message {
        Message::new(codes::SAME_ID)
            .with("id", self.id.value.clone())
            .with(
                "first",
                short(if self.is_before(other) { &self.path } else { &other.path }),
            )
            .with(
                "second",
                short(if self.is_before(other) { &other.path } else { &self.path }),
            )
    }
}

impl Room {
    /// Every file with a scenario or a system, relative to the office, with `/`.
    pub(super) fn scenarios(&self) -> Result<Vec<String>, CliError> {
        let mut found = Vec::new();
        collect(&self.root, &self.root.join(SCENARIOS), &mut found)?;
        found.retain(|path| {
            !OTHERS
                .iter()
                .any(|other| path.starts_with(&format!("{SCENARIOS}/{other}/")))
        });
        found.sort();
        Ok(found)
    }

    /// Every file that can be checked: scenarios, systems and parts.
    pub(super) fn everything(&self) -> Result<Vec<String>, CliError> {
        let mut paths = self.scenarios()?;
        paths.extend(self.parts());
        Ok(paths)
    }

    /// Every part's file, relative to the office, with `/`.
    fn parts(&self) -> Vec<String> {
        let names = OfficeFiles::new(&self.root).parts();
        names.iter().map(|name| format!("{PARTS}/{name}.yaml")).collect()
    }

    /// Every scenario.
    pub(super) fn bots(&self) -> Result<Vec<Bot>, CliError> {
        let paths = self.scenarios()?;
        let bots = paths.iter().filter(|path| !path.starts_with(SYSTEMS));
        Ok(bots.filter_map(|path| Bot::read(self, path)).collect())
    }

    /// The file that a word means: a file's name, with or without its folder and ending, else a scenario's id.
    pub(super) fn scenario(&self, word: &str) -> Result<String, CliError> {
        if let Some(path) = self.file(word)? {
            return Ok(path);
        }
        if std::env::current_dir()?.join(word).is_dir() || self.root.join(word).is_dir() {
            return Err(CliError::usage(
                Message::new(codes::FOLDER_NO_SCENARIO).with("folder", word),
            ));
        }
        let bots = self.bots()?;
        let mut known = bots.iter().filter(|bot| bot.id.value == word);
        match (known.next(), known.next()) {
            (Some(first), Some(second)) => Err(CliError::usage(second.same_id(first))),
            (Some(bot), None) => Ok(bot.path.clone()),
            (None, _) => {
                if let Some(file) = self.as_text(word)? {
                    let message = Message::new(codes::NO_SCENARIO).with("name", word);
                    return Err(CliError::usage(message.with("file", file)));
                }
                let ids = bots.iter().map(|bot| bot.id.value.as_str());
                let message = Message::new(codes::NO_SCENARIO)
                    .with("name", word)
                    .with("near", join(ids));
                Err(CliError::usage(message))
            }
        }
    }

    /// A file by its name: from here, from the office, from its scenarios, or in any folder of these.
    fn file(&self, word: &str) -> Result<Option<String>, CliError> {
        let here = std::env::current_dir()?;
        let names: Vec<String> = std::iter::once(word.to_owned())
            .chain(ENDINGS.map(|ending| format!("{word}.{ending}")))
            .collect();
        let root = self.root.canonicalize()?;
        for folder in [here, self.root.clone(), self.root.join(SCENARIOS)] {
            let files = names.iter().map(|name| folder.join(name)).filter(|file| file.is_file());
            for file in files {
                if let Ok(inside) = file.canonicalize()?.strip_prefix(&root) {
                    return Ok(Some(with_slashes(inside)));
                }
            }
        }
        let paths = self.scenarios()?;
        let named = |path: &str| {
            path.rsplit('/')
                .next()
                .is_some_and(|last| names.iter().any(|name| name == last))
        };
        let mut bots = paths.into_iter().filter(|path| !path.starts_with(SYSTEMS));
        Ok(bots.find(|path| named(path)))
    }

    /// A file of that name that ends in `.txt`, which Windows does not show.
    fn as_text(&self, word: &str) -> Result<Option<String>, CliError> {
        let here = std::env::current_dir()?;
        let names = ENDINGS
            .map(|ending| format!("{word}.{ending}.txt"))
            .into_iter()
            .chain([format!("{word}.txt")]);
        let names: Vec<String> = names.collect();
        let folders = [here, self.root.clone(), self.root.join(SCENARIOS)];
        let found = folders
            .iter()
            .flat_map(|folder| names.iter().map(|name| (folder.join(name), name)));
        Ok(found
            .into_iter()
            .find(|(file, _)| file.is_file())
            .map(|(_, name)| name.clone()))
    }

    /// The files of scenarios whose id another one has too.
    pub(super) fn twins(&self) -> Result<Vec<String>, CliError> {
        let bots = self.bots()?;
        let twins = bots
            .iter()
            .filter(|bot| bots.iter().any(|other| bot.same_as(other).is_some()));
        Ok(twins.map(|bot| bot.path.clone()).collect())
    }

    /// Refuses a scenario whose id another one has too: both would work on one ledger.
    pub(super) fn alone(&self, path: &str) -> Result<(), CliError> {
        let bots = self.bots()?;
        let Some(own) = bots.iter().find(|bot| bot.path == path) else {
            return Ok(());
        };
        match bots.iter().find_map(|other| own.same_as(other)) {
            Some(found) => Err(CliError::usage(found.message)),
            None => Ok(()),
        }
    }
}

fn collect(root: &Path, folder: &Path, into: &mut Vec<String>) -> Result<(), CliError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, into)?;
        } else if path
            .extension()
            .is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
        {
            into.push(with_slashes(path.strip_prefix(root).unwrap_or(&path)));
        }
    }
    Ok(())
}

fn with_slashes(path: &Path) -> String {
    path.iter()
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// A scenario's path without the folder that all of them stand in.
fn short(path: &str) -> &str {
    path.strip_prefix(SCENARIOS)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(path)
}
