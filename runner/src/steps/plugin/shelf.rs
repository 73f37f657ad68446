//! The plugins of an office: what lies in its folder, opened when somebody asks for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{FOLDER, PREFIX, PluginStep, file_of};
use crate::diag::Source;
use crate::drivers::plugin::{self, Ability, Cache, Code, Guest, PluginError};
use crate::scenario::office::{self, PluginGrant};
use crate::scenario::vocabulary::nearest;
use crate::steps::error::plugin_trouble;
use crate::text::{Message, codes};

/// The folder of compiled plugins, relative to the office.
const COMPILED: &str = ".yakin/plugins";

/// The plugins of an office.
#[derive(Debug)]
pub struct Shelf {
    office: PathBuf,
    engine: OnceLock<Result<Code, PluginError>>,
    opened: Mutex<BTreeMap<String, Opened>>,
}

/// A plugin, or why it cannot be used.
type Opened = Result<Arc<Guest>, PluginError>;

/// A plugin's file with what it is and what it may.
#[derive(Debug)]
pub struct Entry {
    /// The plugin's name.
    pub name: String,
    /// Its file, relative to the office.
    pub file: String,
    /// The plugin, or why it cannot be used.
    pub guest: Result<Arc<Guest>, PluginError>,
    /// What stands in the office's settings under its name.
    pub granted: Option<PluginGrant>,
}

/// What becomes of something that a plugin asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The office granted it.
    Granted,
    /// The office never did.
    Open,
    /// The office did, for a file that has changed since.
    Changed,
}

impl Entry {
    /// What the plugin asks for, and what becomes of it.
    pub fn asks(&self) -> Vec<(Ability, Asked)> {
        let Ok(guest) = &self.guest else {
            return Vec::new();
        };
        let judge = |ability: &Ability| {
            let asked = match &self.granted {
                None => Asked::Open,
                Some(grant) if !allows(grant, *ability) => Asked::Open,
                Some(grant) if grant.sha256 == guest.hash() => Asked::Granted,
                Some(_) => Asked::Changed,
            };
            (*ability, asked)
        };
        guest.described().asks.iter().map(judge).collect()
    }

    /// Its functions as steps; none when it cannot be used.
    pub fn steps(&self) -> Vec<Arc<PluginStep>> {
        let Ok(guest) = &self.guest else {
            return Vec::new();
        };
        let grant = self.grant();
        let functions = guest.described().functions.iter();
        functions
            .map(|function| Arc::new(PluginStep::new(self, guest, function, &grant)))
            .collect()
    }

    /// Why it cannot be used.
    pub fn unusable(&self, error: &PluginError) -> Message {
        let engine = matches!(error, PluginError::NoScriptEngine).then_some(plugin::SCRIPT_ENGINE);
        Message::new(codes::PLUGIN_UNUSABLE)
            .with("file", self.file.as_str())
            .with_said("why", plugin_trouble(&self.name, error))
            .with_some("engine", engine)
    }

    /// What it may now: nothing if its file is another one than the office looked at.
    pub fn grant(&self) -> PluginGrant {
        let same = |grant: &&PluginGrant| self.guest.as_ref().is_ok_and(|guest| guest.hash() == grant.sha256);
        self.granted.as_ref().filter(same).cloned().unwrap_or_default()
    }
}

pub(super) fn allows(grant: &PluginGrant, ability: Ability) -> bool {
    match ability {
        Ability::Clock => grant.clock,
        Ability::Read => !grant.read.is_empty(),
        Ability::Write => !grant.write.is_empty(),
    }
}

impl Shelf {
    /// The plugins of the office in a folder. Nothing is read before somebody asks.
    pub fn new(office: &Path) -> Shelf {
        Shelf {
            office: office.to_owned(),
            engine: OnceLock::new(),
            opened: Mutex::default(),
        }
    }

    /// The names of the plugins that have a file, in order, each with its file.
    pub fn files(&self) -> Vec<(String, PathBuf)> {
        let Ok(entries) = std::fs::read_dir(self.office.join(FOLDER)) else {
            return Vec::new();
        };
        let named = entries.flatten().filter_map(|entry| {
            let path = entry.path();
            let ending = path.extension()?.to_str()?;
            let known = matches!(ending, "js" | "wasm") && path.is_file();
            let name = path.file_stem()?.to_str()?.to_owned();
            (known && !name.contains('.')).then_some((name, path))
        });
        let mut files: Vec<(String, PathBuf)> = named.collect();
        files.sort();
        files.dedup_by(|later, first| later.0 == first.0);
        files
    }

    /// Every plugin, opened.
    pub fn entries(&self) -> Vec<Entry> {
        let grants = self.grants();
        let entry = |(name, path): (String, PathBuf)| Entry {
            guest: self.open(&name, &path),
            granted: grants.get(&name).cloned(),
            file: file_of(&path),
            name,
        };
        self.files().into_iter().map(entry).collect()
    }

    /// Every function of every plugin that can be used.
    pub fn steps(&self) -> Vec<Arc<PluginStep>> {
        self.entries().iter().flat_map(Entry::steps).collect()
    }

    /// The step of a name.
    ///
    /// # Errors
    /// What is wrong with the name or the plugin, for the one who wrote it.
    pub fn step(&self, kind: &str) -> Result<Arc<PluginStep>, Box<Message>> {
        let rest = kind.strip_prefix(PREFIX).unwrap_or(kind);
        let (name, function) = rest.split_once('.').unwrap_or((rest, ""));
        let files = self.files();
        let Some((_, path)) = files.iter().find(|(known, _)| known == name) else {
            return Err(Box::new(self.unknown(name)));
        };
        let entry = Entry {
            guest: self.open(name, path),
            granted: self.grants().remove(name),
            file: file_of(path),
            name: name.to_owned(),
        };
        let guest = match &entry.guest {
            Ok(guest) => guest,
            Err(error) => return Err(Box::new(entry.unusable(error))),
        };
        entry.steps().into_iter().find(|step| step.name == kind).ok_or_else(|| {
            let names = || {
                guest
                    .described()
                    .functions
                    .iter()
                    .map(|function| function.name.as_str())
            };
            let message = Message::new(codes::PLUGIN_FUNCTION)
                .with("name", name)
                .with("function", function)
                .with_some("near", nearest(function, names()))
                .with("words", names().collect::<Vec<_>>().join("、"));
            Box::new(message)
        })
    }

    /// Why there is no plugin of that name: it is not built yet, or there is none at all.
    pub fn unknown(&self, name: &str) -> Message {
        let source = self.office.join(FOLDER).join(name);
        if ["Cargo.toml", "app.py"].iter().any(|file| source.join(file).is_file()) {
            return Message::new(codes::PLUGIN_NOT_YET).with("name", name);
        }
        let files = self.files();
        Message::new(codes::PLUGIN_UNKNOWN)
            .with("name", name)
            .with_some("near", nearest(name, files.iter().map(|(known, _)| known.as_str())))
    }

    fn open(&self, name: &str, path: &Path) -> Opened {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || {
            let is_script = path.extension().is_some_and(|ending| ending == "js");
            let guest = if is_script {
                let engine = self.engine.get_or_init(|| self.script_engine()).clone()?;
                Guest::script(engine, &read_script(path)?)?
            } else {
                Guest::component(Code::load(path, Some(&self.cache()))?)?
            };
            Ok(Arc::new(guest))
        };
        opened.entry(name.to_owned()).or_insert_with(open).clone()
    }

    fn script_engine(&self) -> Result<Code, PluginError> {
        let file = plugin::script_engine().ok_or(PluginError::NoScriptEngine)?;
        Code::script_engine(&file, Some(&self.cache()))
    }

    fn cache(&self) -> Cache {
        Cache::new(self.office.join(COMPILED))
    }

    /// What the office's settings say; where they have mistakes, nothing is granted, and whoever reads them says so.
    fn grants(&self) -> BTreeMap<String, PluginGrant> {
        let text = std::fs::read_to_string(self.office.join("office.yaml")).unwrap_or_default();
        office::parse(&Source::new("office.yaml", text)).0.plugins
    }
}

fn read_script(path: &Path) -> Result<String, PluginError> {
    const LARGEST: u64 = 1024 * 1024;
    let failed = |error: std::io::Error| PluginError::File {
        path: path.to_owned(),
        detail: error.to_string(),
    };
    let bytes = std::fs::metadata(path).map_err(failed)?.len();
    if bytes > LARGEST {
        return Err(PluginError::TooLarge { bytes });
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
