//! `yakin check --fix`: mends in the files what can be mended without guessing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Findings, Severity, human};
use crate::drivers::files::{FileError, Table};
use crate::plan::{self, Files};
use crate::platform::files::rewrite;
use crate::scenario::source;
use crate::steps::plugin::PluginStep;
use crate::text::{Lang, Message, codes};

use super::super::error::{At, CliError};
use super::super::office::Room;

/// How often a file is mended and looked at again: a mended line may show the next mistake.
const ROUNDS: usize = 8;

/// What was mended.
#[derive(Default)]
pub(super) struct Fixed {
    /// The files with their new bytes.
    files: BTreeMap<String, Vec<u8>>,
    /// How many lines changed.
    lines: usize,
}

impl Fixed {
    /// An office's files with those that were mended in their place.
    pub(super) fn over<'a>(&'a self, files: &'a (dyn Files + Sync)) -> Overlay<'a> {
        Overlay { files, fixed: self }
    }
}

/// Mends the files at `paths` and those they use, shows what changes, and writes it unless `dry_run`.
pub(super) fn fix(room: &Room, files: &(dyn Files + Sync), paths: &[String], dry_run: bool) -> Result<Fixed, CliError> {
    let mut fixed = Fixed::default();
    for path in paths {
        mend(files, path, &mut fixed);
    }
    for (path, bytes) in &fixed.files {
        let before = files.read(path).unwrap_or_default();
        println!("{path}");
        fixed.lines += show(path, &before, bytes);
        if !dry_run {
            write(room, path, &before, bytes)?;
        }
    }
    println!("{}", summary(&fixed, dry_run, room.lang));
    Ok(fixed)
}

/// Mends what a check of one file finds, in it and in the files it uses.
fn mend(files: &(dyn Files + Sync), path: &str, fixed: &mut Fixed) {
    let mut before: Option<(usize, BTreeMap<String, Vec<u8>>)> = None;
    for _ in 0..ROUNDS {
        let now = fixed.over(files);
        let findings = plan::check(&now, path);
        let errors = findings.count(Severity::Error);
        match before {
            // What makes more mistakes than it mends was none.
            Some((known, files)) if errors > known => {
                fixed.files = files;
                return;
            }
            _ => before = Some((errors, fixed.files.clone())),
        }
        let changes: Vec<(String, Vec<u8>)> = mended_lines(&findings)
            .into_iter()
            .filter_map(|(file, lines)| {
                let before = now.read(&file).ok()?;
                let bytes = source::with_lines(&before, &lines).filter(|bytes| *bytes != before)?;
                Some((file, bytes))
            })
            .collect();
        if changes.is_empty() {
            return;
        }
        fixed.files.extend(changes);
    }
}

/// The mended lines that findings bring along, by file. Of two for one line the first counts; errors go before warnings.
fn mended_lines(findings: &Findings) -> BTreeMap<String, BTreeMap<usize, String>> {
    let mut files: BTreeMap<String, BTreeMap<usize, String>> = BTreeMap::new();
    for severity in [Severity::Error, Severity::Warning] {
        for (source, found) in findings.iter().filter(|(_, found)| found.severity == severity) {
            if let Some(line) = &found.mended {
                let lines = files.entry(source.file().to_owned()).or_default();
                lines
                    .entry(source.line_of(found.span.start))
                    .or_insert_with(|| line.clone());
            }
        }
    }
    files
}

/// Prints the lines that differ, and says how many.
fn show(path: &str, before: &[u8], after: &[u8]) -> usize {
    let (Ok(before), Ok(after)) = (source::read(path, before), source::read(path, after)) else {
        return 0;
    };
    let changed: Vec<usize> = (1..=before.line_count())
        .filter(|number| before.line(*number) != after.line(*number))
        .collect();
    for number in &changed {
        print!("{}", human::change(*number, before.line(*number), after.line(*number)));
    }
    changed.len()
}

fn write(room: &Room, path: &str, before: &[u8], bytes: &[u8]) -> Result<(), CliError> {
    let file = room.root.join(path);
    // An editor may have saved it meanwhile.
    if std::fs::read(&file).at(&file)? != before {
        let message = Message::new(codes::CHANGED_MEANWHILE).with("file", path);
        return Err(CliError::failed(message));
    }
    rewrite(&file, bytes).at(&file)
}

fn summary(fixed: &Fixed, dry_run: bool, lang: Lang) -> String {
    let (lines, files) = (fixed.lines, fixed.files.len());
    match (lang, lines, dry_run) {
        (Lang::Ja, 0, _) => "自動で直せる所はありません。".to_owned(),
        (Lang::En, 0, _) => "There is nothing that can be mended by itself.".to_owned(),
        (Lang::Ja, _, false) => format!("{files} 個のファイルの {lines} 行を直しました。"),
        (Lang::En, _, false) => format!("lines mended: {lines}, in files: {files}"),
        (Lang::Ja, _, true) => {
            format!("--fix で {files} 個のファイルの {lines} 行が直ります。まだ書き込んでいません。")
        }
        (Lang::En, _, true) => format!("lines that --fix would mend: {lines}, in files: {files}; nothing was written"),
    }
}

/// An office's files as they are once they are mended.
pub(super) struct Overlay<'a> {
    files: &'a (dyn Files + Sync),
    fixed: &'a Fixed,
}

impl Files for Overlay<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match self.fixed.files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.files.read(path),
        }
    }

    fn table(&self, path: &str, wanted: &[&str]) -> Result<Table, FileError> {
        self.files.table(path, wanted)
    }

    fn systems(&self) -> Vec<String> {
        self.files.systems()
    }

    fn parts(&self) -> Vec<String> {
        self.files.parts()
    }

    fn scenarios(&self) -> Vec<String> {
        self.files.scenarios()
    }

    fn plugin_step(&self, name: &str) -> Result<Arc<PluginStep>, Box<Message>> {
        self.files.plugin_step(name)
    }

    fn folders(&self, path: &str) -> Option<Vec<String>> {
        self.files.folders(path)
    }
}
