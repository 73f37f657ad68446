//! From a scenario's path to its plan: reads the files, checks them, builds.

use crate::diag::{Diagnostic, Findings, Severity, Source, Span, Spanned};
use crate::events::StepOutline;
use crate::plan::build::Builder;
use crate::plan::check::{self, Columns};
use crate::plan::files::{Files, unread};
use crate::plan::{Plan, SYSTEMS, SystemPlan, upstream};
use crate::scenario::model::{self, Document, Scenario, System};
use crate::scenario::vocabulary::nearest;
use crate::scenario::{self, source};
use crate::text::{Message, codes};

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
    let mut file = FileRead::new(files, path);
    match file.document.take() {
        Some(Document::Scenario(scenario)) => load_scenario(files, file, *scenario),
        Some(Document::System(_)) => {
            let span = file.source.line_span(1);
            file.found
                .push(Diagnostic::error(Message::new(codes::NOT_A_SCENARIO), span));
            file.without_plan()
        }
        None => file.without_plan(),
    }
}

/// Checks the scenario or system at `path`.
pub fn check(files: &dyn Files, path: &str) -> Findings {
    let mut file = FileRead::new(files, path);
    match file.document.take() {
        Some(Document::Scenario(scenario)) => load_scenario(files, file, *scenario).findings,
        Some(Document::System(system)) => {
            let (source, found, _) = build_system(file, *system);
            let mut findings = Findings::default();
            findings.add(source, found);
            findings
        }
        None => file.without_plan().findings,
    }
}

/// A file, read and parsed.
struct FileRead {
    source: Source,
    document: Option<Document>,
    whole: bool,
    found: Vec<Diagnostic>,
}

impl FileRead {
    /// A file that cannot be read is an empty text with a mistake.
    fn new(files: &dyn Files, path: &str) -> FileRead {
        let read = files.read(path).map_err(|error| unread(error, Span::default()));
        match read.and_then(|bytes| source::read(path, &bytes)) {
            Ok(source) => {
                let parsed = scenario::parse(&source);
                FileRead {
                    source,
                    document: parsed.document,
                    whole: parsed.whole,
                    found: parsed.found,
                }
            }
            Err(diagnostic) => FileRead {
                source: Source::new(path, ""),
                document: None,
                whole: false,
                found: vec![diagnostic],
            },
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

fn load_scenario(files: &dyn Files, file: FileRead, mut scenario: Scenario) -> Loaded {
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
        found.extend(check::scenario(&source, &scenario, &columns, sure));
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
    let mut file = FileRead::new(files, &path);
    match file.document.take() {
        Some(Document::System(system)) => {
            if system.name.value != name.value {
                let message = Message::new(codes::SYSTEM_NAME)
                    .with("name", system.name.value.clone())
                    .with("file", path);
                file.found.push(Diagnostic::error(message, system.name.span));
            }
            Ok(build_system(file, *system))
        }
        Some(Document::Scenario(_)) => {
            let span = file.source.line_span(1);
            file.found
                .push(Diagnostic::error(Message::new(codes::NOT_A_SYSTEM), span));
            Ok((file.source, file.found, None))
        }
        None => Ok((file.source, file.found, None)),
    }
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
