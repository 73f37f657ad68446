//! From a scenario's path to its plan: reads the files, checks them, builds.

use crate::diag::{Diagnostic, Findings, Severity, Source, Spanned};
use crate::events::StepOutline;
use crate::plan::build::Builder;
use crate::plan::check::{self, Around, Columns, Scored};
use crate::plan::files::Files;
use crate::plan::parts::Library;
use crate::plan::reading::{FileRead, beside_traps, placed, spelled, trapped};
use crate::plan::{PARTS, Plan, PlanStep, SYSTEMS, SystemPlan, slips, upstream};
use crate::rules::headings::{self, Found};
use crate::scenario;
use crate::scenario::model::{self, Document, Items, Part, Scenario, StepNode, System};
use crate::scenario::vocabulary::nearest;
use crate::text::{Message, codes};

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
        Some(Document::Scenario(scenario)) => load_scenario(files, None, file, *scenario),
        Some(Document::System(_) | Document::Part(_)) => {
            let span = file.source.line_span(1);
            file.found
                .push(Diagnostic::error(Message::new(codes::NOT_A_SCENARIO), span));
            file.without_plan()
        }
        None => file.without_plan(),
    })
}

/// Checks the scenario, system or part at `path`.
pub fn check(files: &dyn Files, path: &str) -> Findings {
    checked(files, path, None)
}

/// Checks it together with what its office granted and keeps.
pub fn check_around(files: &dyn Files, path: &str, around: &Around) -> Findings {
    checked(files, path, Some(around))
}

fn checked(files: &dyn Files, path: &str, around: Option<&Around>) -> Findings {
    let loaded = with_file(files, path, |mut file| match file.document.take() {
        Some(Document::Scenario(_)) if path.starts_with(PARTS) => {
            let message = Message::new(codes::NOT_A_PART).with("file", path);
            let span = file.source.line_span(1);
            file.found.push(Diagnostic::error(message, span));
            file.without_plan()
        }
        Some(Document::Scenario(scenario)) => load_scenario(files, around, file, *scenario),
        Some(Document::System(system)) => {
            misplaced(&mut file, &system);
            let library = Library::load(files, &[&system.login, &system.home]);
            let (source, found, _) = build_system((files, around), file, *system, &library);
            let mut findings = Findings::default();
            findings.add(source, found);
            library.close(&mut Vec::new(), &mut findings);
            Loaded { plan: None, findings }
        }
        Some(Document::Part(part)) => Loaded {
            plan: None,
            findings: check_part(files, file, *part),
        },
        None => file.without_plan(),
    });
    loaded.findings
}

/// Checks many files, on as many threads as the machine works at a time; what is found stands in the order of `paths`.
pub fn check_all(files: &(dyn Files + Sync), paths: &[String], around: Option<&Around>) -> Findings {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = paths.len().div_ceil(threads).max(MIN_SHARE);
    let mut findings = Findings::default();
    let check_share =
        |paths: &[String]| -> Vec<Findings> { paths.iter().map(|path| checked(files, path, around)).collect() };
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
    loaded.findings.amend(placed);
    loaded.findings.amend(slips::expression);
    loaded
}

/// Every locator of the scenario or system at `path` with its file, judged; `None` when nothing of it can be read.
pub fn scores(files: &dyn Files, path: &str) -> Option<(Source, Vec<Scored>)> {
    let file = FileRead::new(files, path);
    let scored = check::scores(file.document.as_ref()?);
    Some((file.source, scored))
}

/// Gives the key's columns the names under which they are declared: a run knows each column by one name.
fn one_name(items: &mut Items) {
    let declared: Vec<&str> = items.columns.iter().map(|(name, _)| name.value.as_str()).collect();
    for key in &mut items.key {
        if let Found::One(place) = headings::find(declared.iter().copied(), &key.value)
            && let Some(name) = declared.get(place)
        {
            key.value = (*name).to_owned();
        }
    }
}

/// Says that no scenario finds a system by the place of its file, or by its name.
fn misplaced(file: &mut FileRead, system: &System) {
    let path = file.source.file();
    let name = path
        .strip_prefix(SYSTEMS)
        .and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".yaml"))
        .filter(|name| !name.contains('/'));
    let message = match name {
        Some(name) if name == system.name.value => return,
        Some(_) => Message::new(codes::SYSTEM_NAME)
            .with("name", system.name.value.clone())
            .with("file", path),
        None => Message::new(codes::SYSTEM_PLACE)
            .with("name", system.name.value.clone())
            .with("path", path),
    };
    file.found.push(Diagnostic::error(message, system.name.span));
}

/// One step, as somebody writes it to try it out. It stands alone: which names have values is found out when it runs.
///
/// # Errors
/// What is wrong with it, as a check would say.
pub fn trial(files: &dyn Files, text: &str) -> Result<PlanStep, Findings> {
    let lines: Vec<&str> = text.lines().collect();
    let written = format!("steps:\n  - {}\nyakin: 1\nname: try\n", lines.join("\n    "));
    let source = Source::new(TRIAL, written);
    let mut parsed = scenario::parse(&source);
    let mut built = Vec::new();
    let steps = match &parsed.document {
        Some(Document::Scenario(scenario)) => scenario.steps.as_slice(),
        _ => &[],
    };
    let library = Library::load(files, &[steps]);
    if !steps.is_empty() {
        let mut builder = Builder::new(&source, &library);
        built = builder.list(steps, TRIAL);
        parsed.found.append(&mut builder.found);
        parsed.found.extend(check::alone(&library, steps));
    }
    let mut findings = Findings::default();
    findings.add(source, parsed.found);
    library.close(&mut Vec::new(), &mut findings);
    match built.pop() {
        Some(step) if built.is_empty() && findings.count(Severity::Error) == 0 => Ok(step),
        _ => Err(findings),
    }
}

/// What a step that is only tried is called.
const TRIAL: &str = "try";

impl FileRead {
    fn without_plan(self) -> Loaded {
        let mut findings = Findings::default();
        findings.add(self.source, self.found);
        Loaded { plan: None, findings }
    }
}

pub(super) fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|found| found.severity == Severity::Error)
}

/// A part outside the parts' folder is nobody's to call, but its mistakes are told all the same.
fn check_part(files: &dyn Files, file: FileRead, part: Part) -> Findings {
    let mut findings = Findings::default();
    Library::of_part(files, file, part).close(&mut Vec::new(), &mut findings);
    findings
}

fn load_scenario(files: &dyn Files, around: Option<&Around>, file: FileRead, mut scenario: Scenario) -> Loaded {
    let FileRead {
        source,
        whole,
        mut found,
        ..
    } = file;
    let system = scenario
        .system
        .as_ref()
        .and_then(|name| read_system(files, name).map_err(|error| found.push(error)).ok());
    let library = library(files, &scenario, system.as_ref());
    let system = system.map(|(file, system)| match system {
        Some(system) => build_system((files, around), file, system, &library),
        None => (file.source, file.found, None),
    });
    let handed = match scenario.items.as_ref().map(|items| &items.from) {
        Some(model::Source::Scenario(id)) => upstream::find(files, &scenario, id, &mut found),
        _ => None,
    };
    let columns = match &scenario.items {
        Some(items) => Columns::find(files, &source, items, handed.as_ref(), &mut found),
        None => Columns::none(),
    };
    if let (Some(items), Some(handed)) = (&mut scenario.items, &handed) {
        handed.complete(items);
    }
    scenario.items.iter_mut().for_each(one_name);
    let mut builder = Builder::new(&source, &library);
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
    found.extend(beside_traps(&source, &found, builder.found));
    if whole {
        let sure = !has_errors(&found);
        let more = check::scenario(&source, &scenario, &columns, &library, sure);
        // Items that could not be read are not items that are missing.
        let lost = |found: &Diagnostic| !sure && scenario.items.is_none() && found.message.is(codes::NO_ITEM);
        found.extend(more.into_iter().filter(|found| !lost(found)));
        let system = system
            .as_ref()
            .and_then(|(_, _, built)| Some(&built.as_ref()?.plan.system));
        let sure = !has_errors(&found);
        found.extend(check::setting(files, around, &library, (&scenario, system), sure));
    }
    slips::headings(&source, columns.headings(), &mut found);
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
    scenario.allow.extend(library.requests().cloned());
    library.close(&mut bundle, &mut findings);
    let plan = (!findings.has_errors()).then_some(Plan {
        scenario,
        file: path,
        system,
        upstream: handed.map(|handed| handed.upstream),
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

/// Every part that a scenario and its system come to.
fn library(files: &dyn Files, scenario: &Scenario, system: Option<&(FileRead, Option<System>)>) -> Library {
    let mut lists: Vec<&[StepNode]> = vec![&scenario.start, &scenario.before, &scenario.steps, &scenario.after];
    if let Some((_, Some(system))) = system {
        lists.extend([system.login.as_slice(), &system.home]);
    }
    Library::load(files, &lists)
}

/// The file of the system that a scenario names, and the system, if it is one.
fn read_system(files: &dyn Files, name: &Spanned<String>) -> Result<(FileRead, Option<System>), Diagnostic> {
    let path = format!("{SYSTEMS}/{}.yaml", name.value);
    let known = files.systems();
    if !known.contains(&name.value) {
        let message = Message::new(codes::UNKNOWN_SYSTEM)
            .with("name", name.value.clone())
            .with_some("near", nearest(&name.value, known.iter().map(String::as_str)));
        return Err(Diagnostic::error(message, name.span));
    }
    let judge = |mut file: FileRead| match file.document.take() {
        Some(Document::System(system)) => {
            let library = Library::load(files, &[&system.login, &system.home]);
            build_system((files, None), file, *system, &library).1
        }
        _ => file.found,
    };
    let mut file = FileRead::settled(files, &path, judge);
    match file.document.take() {
        Some(Document::System(system)) => {
            misplaced(&mut file, &system);
            Ok((file, Some(*system)))
        }
        Some(Document::Scenario(_) | Document::Part(_)) => {
            let span = file.source.line_span(1);
            file.found
                .push(Diagnostic::error(Message::new(codes::NOT_A_SYSTEM), span));
            Ok((file, None))
        }
        None => Ok((file, None)),
    }
}

fn build_system(
    (files, around): (&dyn Files, Option<&Around>),
    file: FileRead,
    system: System,
    library: &Library,
) -> SystemFile {
    let FileRead {
        source,
        whole,
        mut found,
        ..
    } = file;
    let mut builder = Builder::new(&source, library);
    let login = builder.list(&system.login, "login");
    let home = builder.list(&system.home, "home");
    let outline = builder.take_outline();
    found.extend(beside_traps(&source, &found, builder.found));
    if whole {
        let sure = !has_errors(&found);
        found.extend(check::system(&source, &system, library, sure));
        found.extend(
            around
                .map(|around| check::system_setting(files, around, &system))
                .unwrap_or_default(),
        );
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
