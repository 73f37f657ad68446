//! From a scenario's path to its plan: reads the files, checks them, builds.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Findings, Severity, Source, Span, Spanned};
use crate::events::StepOutline;
use crate::plan::build::Builder;
use crate::plan::check::{self, Columns};
use crate::plan::files::{Files, unread};
use crate::plan::{Plan, SYSTEMS, SystemPlan};
use crate::scenario::model::{Document, Scenario, System};
use crate::scenario::vocabulary::nearest;
use crate::scenario::{self, source};
use crate::text::{Arg, Message, codes};

/// Fewer files than this are no work for a thread of its own.
const MIN_SHARE: usize = 8;

/// A plan, and what was found on the way.
#[derive(Debug)]
pub struct Loaded {
    /// The plan; `None` when something keeps it from running.
    pub plan: Option<Plan>,
    /// Errors, warnings and hints, with the files they stand in.
    pub findings: Findings,
}

/// Reads the scenario at `path` (relative to the office, with `/`) and everything it uses.
pub fn load(files: &dyn Files, path: &str) -> Loaded {
    with_file(files, path, |mut file| match file.document.take() {
        Some(Document::Scenario(scenario)) => load_scenario(files, file, *scenario),
        Some(Document::System(_)) => {
            let span = file.source.line_span(1);
            file.found
                .push(Diagnostic::error(Message::new(codes::NOT_A_SCENARIO), span));
            file.without_plan()
        }
        None => file.without_plan(),
    })
}

/// Checks the scenario or system at `path`.
pub fn check(files: &dyn Files, path: &str) -> Findings {
    let loaded = with_file(files, path, |mut file| match file.document.take() {
        Some(Document::Scenario(scenario)) => load_scenario(files, file, *scenario),
        Some(Document::System(system)) => {
            let (source, found, _) = build_system(file, *system);
            let mut findings = Findings::default();
            findings.add(source, found);
            Loaded { plan: None, findings }
        }
        None => file.without_plan(),
    });
    loaded.findings
}

/// Checks many files, on as many threads as the machine works at a time; what is found stands in the order of `paths`.
pub fn check_all(files: &(dyn Files + Sync), paths: &[String]) -> Findings {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = paths.len().div_ceil(threads).max(MIN_SHARE);
    let mut findings = Findings::default();
    let check_share = |paths: &[String]| -> Vec<Findings> { paths.iter().map(|path| check(files, path)).collect() };
    if paths.len() <= share {
        check_share(paths).into_iter().for_each(|found| findings.merge(found));
        return findings;
    }
    std::thread::scope(|scope| {
        let shares: Vec<_> = paths
            .chunks(share)
            .map(|share| (share, scope.spawn(move || check_share(share))))
            .collect();
        for (share, thread) in shares {
            // A thread that is gone took its findings along: its files are checked again here.
            let found = thread.join().unwrap_or_else(|_| check_share(share));
            found.into_iter().for_each(|found| findings.merge(found));
        }
    });
    findings
}

/// Reads the file at `path` and lets `load` work on it, with the keyboard traps mended that turn out to be mistakes.
fn with_file(files: &dyn Files, path: &str, load: impl Fn(FileRead) -> Loaded) -> Loaded {
    let source = match FileRead::source(files, path) {
        Ok(source) => source,
        Err(unread) => return unread.without_plan(),
    };
    let mut loaded = trapped(
        &source,
        |file| {
            let suspects = file.suspects.clone();
            (load(file), suspects)
        },
        |loaded| loaded.findings.of(&source),
    );
    loaded.findings.amend(spelled);
    loaded
}

/// Shortest name that one wrong letter leaves recognizable.
const MIN_NAME: usize = 4;

/// The mended line of a misspelt name, where it is certain: one letter is wrong, missing, too many or changed places, and
/// the name is of the language, not of the office.
fn spelled(source: &Source, found: &mut Diagnostic) {
    let of_language = [codes::UNKNOWN_ENTRY, codes::UNKNOWN_STEP];
    let text = |name: &str| match found.message.args.get(name) {
        Some(Arg::Open(text)) => Some(text.as_str()),
        _ => None,
    };
    let (Some(name), Some(near)) = (text("name"), text("near")) else {
        return;
    };
    let sure = of_language.iter().any(|code| found.message.is(*code))
        && name.is_ascii()
        && near.len() >= MIN_NAME
        && strsim::damerau_levenshtein(name, near) == 1;
    if !sure || found.mended.is_some() || source.slice(found.span) != name {
        return;
    }
    let line = source.line_span(source.line_of(found.span.start));
    let before = source.slice(Span::new(line.start, found.span.start));
    let after = source.slice(Span::new(found.span.end, line.end));
    found.mended = Some(format!("{before}{near}{after}"));
}

/// Reads a text as often as its keyboard traps ask for.
fn trapped<T>(
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

/// A file, read and parsed.
struct FileRead {
    source: Source,
    document: Option<Document>,
    whole: bool,
    found: Vec<Diagnostic>,
    suspects: BTreeSet<usize>,
}

impl FileRead {
    /// The text of a file. One that cannot be read is an empty text with a mistake.
    fn source(files: &dyn Files, path: &str) -> Result<Source, Box<FileRead>> {
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
    fn parse(source: &Source, trapped: &BTreeSet<usize>) -> FileRead {
        let parsed = scenario::parse_with(source, trapped);
        FileRead {
            source: source.clone(),
            document: parsed.document,
            whole: parsed.whole,
            found: parsed.found,
            suspects: parsed.suspects,
        }
    }

    fn without_plan(self) -> Loaded {
        let mut findings = Findings::default();
        findings.add(self.source, self.found);
        Loaded { plan: None, findings }
    }
}

fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|found| found.severity == Severity::Error)
}

fn load_scenario(files: &dyn Files, file: FileRead, scenario: Scenario) -> Loaded {
    let FileRead {
        source,
        whole,
        mut found,
        ..
    } = file;
    let system = scenario
        .system
        .as_ref()
        .and_then(|name| load_system(files, name).map_err(|error| found.push(error)).ok());
    let columns = match &scenario.items {
        Some(items) => Columns::find(files, &source, items, &mut found),
        None => Columns::none(),
    };
    let mut builder = Builder::new(&source);
    if let Some(settle) = system
        .as_ref()
        .and_then(|(_, _, built)| Some(built.as_ref()?.plan.system.settle))
    {
        builder.settle(settle);
    }
    let start = builder.list(&scenario.start, "start");
    let mut outline = builder.take_outline();
    let before = builder.list(&scenario.before, "before");
    let steps = builder.list(&scenario.steps, "steps");
    let after = builder.list(&scenario.after, "after");
    let rest = builder.take_outline();
    found.append(&mut builder.found);
    if whole {
        let sure = !has_errors(&found);
        let more = check::scenario(&source, &scenario, &columns, sure);
        // Items that could not be read are not items that are missing.
        let lost = |found: &Diagnostic| !sure && scenario.items.is_none() && found.message.is(codes::NO_ITEM);
        found.extend(more.into_iter().filter(|found| !lost(found)));
    }
    let path = source.file().to_owned();
    let mut bundle = vec![(path.clone(), source.text().to_owned())];
    let mut findings = Findings::default();
    findings.add(source, found);
    let system = system.and_then(|(source, found, built)| {
        bundle.push((source.file().to_owned(), source.text().to_owned()));
        findings.add(source, found);
        let built = built?;
        outline.extend(built.outline);
        Some(built.plan)
    });
    outline.extend(rest);
    let plan = (!findings.has_errors()).then_some(Plan {
        scenario,
        file: path,
        system,
        start,
        before,
        steps,
        after,
        outline,
        bundle,
    });
    Loaded { plan, findings }
}

/// A system, built.
struct BuiltSystem {
    plan: SystemPlan,
    outline: Vec<StepOutline>,
}

type SystemFile = (Source, Vec<Diagnostic>, Option<BuiltSystem>);

/// The system that a scenario names.
fn load_system(files: &dyn Files, name: &Spanned<String>) -> Result<SystemFile, Diagnostic> {
    let path = format!("{SYSTEMS}/{}.yaml", name.value);
    let known = files.systems();
    if !known.contains(&name.value) {
        let message = Message::new(codes::UNKNOWN_SYSTEM)
            .with("name", name.value.clone())
            .with_some("near", nearest(&name.value, known.iter().map(String::as_str)));
        return Err(Diagnostic::error(message, name.span));
    }
    let source = match FileRead::source(files, &path) {
        Ok(source) => source,
        Err(unread) => return Ok((unread.source, unread.found, None)),
    };
    let load = |mut file: FileRead| match file.document.take() {
        Some(Document::System(system)) => {
            if system.name.value != name.value {
                let message = Message::new(codes::SYSTEM_NAME)
                    .with("name", system.name.value.clone())
                    .with("file", path.clone());
                file.found.push(Diagnostic::error(message, system.name.span));
            }
            build_system(file, *system)
        }
        Some(Document::Scenario(_)) => {
            let span = file.source.line_span(1);
            file.found
                .push(Diagnostic::error(Message::new(codes::NOT_A_SYSTEM), span));
            (file.source, file.found, None)
        }
        None => (file.source, file.found, None),
    };
    Ok(trapped(
        &source,
        |file| {
            let suspects = file.suspects.clone();
            (load(file), suspects)
        },
        |(_, found, _)| found.clone(),
    ))
}

fn build_system(file: FileRead, system: System) -> SystemFile {
    let FileRead {
        source,
        whole,
        mut found,
        ..
    } = file;
    let mut builder = Builder::new(&source);
    let login = builder.list(&system.login, "login");
    let home = builder.list(&system.home, "home");
    let outline = builder.take_outline();
    found.append(&mut builder.found);
    if whole {
        let sure = !has_errors(&found);
        found.extend(check::system(&source, &system, sure));
    }
    let guards = system
        .guards
        .iter()
        .map(|(text, guard)| (text.value.clone(), guard.value))
        .collect();
    let plan = SystemPlan {
        system,
        login,
        home,
        guards,
    };
    (source, found, Some(BuiltSystem { plan, outline }))
}
