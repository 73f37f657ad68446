//! The parts that a document calls: read once each, checked by themselves, in an order that callers can rely on.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Findings, Source, Span, Spanned};
use crate::plan::PARTS;
use crate::plan::arguments::built_in;
use crate::plan::build::Builder;
use crate::plan::check::{self, Shape, inside};
use crate::plan::files::Files;
use crate::plan::load::has_errors;
use crate::plan::reading::FileRead;
use crate::scenario::model::{Action, Document, Part, StepNode};
use crate::scenario::vocabulary::nearest;
use crate::steps::{StepRow, plugin};
use crate::text::{Message, codes};

/// Every part that a document comes to, by name.
#[derive(Debug, Default)]
pub(super) struct Library {
    known: Vec<String>,
    /// The functions of plugins that the document and its parts use, by their names.
    plugins: BTreeMap<String, Result<StepRow, Box<Message>>>,
    parts: BTreeMap<String, PartFile>,
}

/// A part's file.
#[derive(Debug)]
pub(super) struct PartFile {
    pub(super) source: Source,
    /// What it declares; `None` when it is no part that can be opened. Its own file says why.
    part: Option<Part>,
    whole: bool,
    found: Vec<Diagnostic>,
    shape: Shape,
}

/// A part that can be opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opened<'l> {
    pub(super) source: &'l Source,
    pub(super) part: &'l Part,
    pub(super) shape: &'l Shape,
}

/// The file of a part, relative to the office.
fn path_of(name: &str) -> String {
    format!("{PARTS}/{name}.yaml")
}

/// The name of the part in a file.
fn name_of(path: &str) -> &str {
    let name = path.strip_prefix(PARTS).and_then(|name| name.strip_prefix('/'));
    let name = name.unwrap_or(path);
    name.strip_suffix(".yaml").unwrap_or(name)
}

impl Library {
    /// Reads and checks the parts that these steps call, and those that they call in their turn.
    pub(super) fn load(files: &dyn Files, lists: &[&[StepNode]]) -> Library {
        let mut names = Vec::new();
        lists.iter().for_each(|steps| calls(steps, &mut names));
        let names = names.into_iter().map(|call| call.value.clone()).collect();
        let mut library = Library::of(files);
        lists.iter().for_each(|steps| library.take_plugins(files, steps));
        library.open(files, names)
    }

    /// The same for a part itself.
    pub(super) fn of_part(files: &dyn Files, file: FileRead, part: Part) -> Library {
        let name = name_of(file.source.file()).to_owned();
        let mut names = Vec::new();
        calls(&part.steps, &mut names);
        let names = names.into_iter().map(|call| call.value.clone()).collect();
        let mut library = Library::of(files);
        library.take_plugins(files, &part.steps);
        let own = PartFile::new(file, Some(part));
        library.parts.insert(name, own);
        library.open(files, names)
    }

    fn of(files: &dyn Files) -> Library {
        Library {
            known: files.parts(),
            ..Library::default()
        }
    }

    /// Looks the functions of plugins up that steps use.
    fn take_plugins(&mut self, files: &dyn Files, steps: &[StepNode]) {
        for step in steps {
            if let Action::Step { kind, .. } = &step.action
                && kind.value.starts_with(plugin::PREFIX)
                && !self.plugins.contains_key(&kind.value)
            {
                let found = files.plugin_step(&kind.value).map(StepRow::Plugin);
                self.plugins.insert(kind.value.clone(), found);
            }
            for (_, steps) in inside(step) {
                self.take_plugins(files, steps);
            }
        }
    }

    fn open(self, files: &dyn Files, mut wanted: Vec<String>) -> Library {
        let mut library = self;
        while let Some(name) = wanted.pop() {
            if library.parts.contains_key(&name) || !library.known.contains(&name) {
                continue;
            }
            let mut file = FileRead::new(files, &path_of(&name));
            let part = match file.document.take() {
                Some(Document::Part(part)) => Some(*part),
                Some(Document::Scenario(_) | Document::System(_)) => {
                    let message = Message::new(codes::NOT_A_PART).with("file", path_of(&name));
                    let span = file.source.line_span(1);
                    file.found.push(Diagnostic::error(message, span));
                    None
                }
                None => None,
            };
            let mut inner = Vec::new();
            part.iter().for_each(|part| calls(&part.steps, &mut inner));
            part.iter().for_each(|part| library.take_plugins(files, &part.steps));
            wanted.extend(inner.into_iter().map(|call| call.value.clone()));
            library.parts.insert(name, PartFile::new(file, part));
        }
        let order = library.order();
        for name in order {
            library.check(&name);
        }
        library
    }

    /// The step kind that a name means.
    ///
    /// # Errors
    /// What is wrong with the name, or with the plugin that it belongs to.
    pub(super) fn row(&self, name: &str) -> Result<StepRow, Message> {
        match self.plugins.get(name) {
            Some(found) => found.clone().map_err(|message| *message),
            None => built_in(name),
        }
    }

    /// The part that a `call` means.
    ///
    /// # Errors
    /// What is wrong with the `call`; nothing when the part's own file says it.
    pub(super) fn find(&self, name: &Spanned<String>) -> Result<Opened<'_>, Option<Diagnostic>> {
        match self.parts.get(&name.value) {
            Some(file) => file.opened().ok_or(None),
            None => {
                let message = Message::new(codes::PART_UNKNOWN)
                    .with("name", name.value.clone())
                    .with_some("near", nearest(&name.value, self.known.iter().map(String::as_str)));
                Err(Some(Diagnostic::error(message, name.span)))
            }
        }
    }

    /// A part by its name, if it can be opened.
    pub(super) fn get(&self, name: &str) -> Option<Opened<'_>> {
        self.parts.get(name)?.opened()
    }

    /// Hosts and folders that the parts ask for.
    pub(super) fn requests(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.parts
            .values()
            .filter_map(|file| file.part.as_ref())
            .flat_map(|part| &part.allow)
    }

    /// The parts' files, for the bundle, and what was found in them.
    pub(super) fn close(self, bundle: &mut Vec<(String, String)>, findings: &mut Findings) {
        for (file, hash) in self.plugins.values().flatten().filter_map(StepRow::plugin) {
            let content = format!("sha256 {hash}\n");
            if !bundle.iter().any(|(known, _)| known == file) {
                bundle.push((file.to_owned(), content));
            }
        }
        for file in self.parts.into_values() {
            bundle.push((file.source.file().to_owned(), file.source.text().to_owned()));
            findings.add(file.source, file.found);
        }
    }

    /// The parts, those that are called before their callers. Those that call each other are told and cannot be opened.
    fn order(&mut self) -> Vec<String> {
        let mut walk = Order::default();
        let names: Vec<&String> = self.parts.keys().collect();
        for name in names {
            walk.visit(self, name);
        }
        let Order { done, cycles, .. } = walk;
        for cycle in cycles {
            self.tell_cycle(&cycle);
        }
        done
    }

    /// A cycle is one mistake, whoever comes to it: it is told at the part that stands first by name.
    fn tell_cycle(&mut self, cycle: &[String]) {
        let [first, rest @ ..] = cycle else { return };
        let next = rest.first().unwrap_or(first);
        let chain: Vec<&str> = cycle.iter().chain([first]).map(String::as_str).collect();
        let message = Message::new(codes::PART_CYCLE).with("chain", chain.join(" → "));
        if let Some(file) = self.parts.get_mut(first)
            && let Some(part) = &file.part
        {
            let mut names = Vec::new();
            calls(&part.steps, &mut names);
            let at = names.iter().find(|name| name.value == *next);
            let span = at.map_or(Span::default(), |name| name.span);
            file.found.push(Diagnostic::error(message, span));
        }
        for name in cycle {
            if let Some(file) = self.parts.get_mut(name) {
                file.part = None;
            }
        }
    }

    /// Checks a part by itself; what it calls was checked before.
    fn check(&mut self, name: &str) {
        let Some(file) = self.parts.get(name) else { return };
        let Some(part) = &file.part else { return };
        let mut found = Vec::new();
        let last = name.rsplit('/').next().unwrap_or(name);
        if part.name.value != last {
            let message = Message::new(codes::PART_NAME)
                .with("name", part.name.value.clone())
                .with("file", file.source.file());
            found.push(Diagnostic::error(message, part.name.span));
        }
        let mut builder = Builder::of_part(&file.source, self);
        builder.list(&part.steps, "steps");
        found.append(&mut builder.found);
        let sure = file.whole && !has_errors(&found) && !has_errors(&file.found);
        let (mut told, shape) = check::part(&file.source, part, self, sure);
        if file.whole {
            found.append(&mut told);
        }
        if let Some(file) = self.parts.get_mut(name) {
            file.found.append(&mut found);
            file.shape = shape;
        }
    }
}

impl PartFile {
    fn new(file: FileRead, part: Option<Part>) -> PartFile {
        PartFile {
            source: file.source,
            part,
            whole: file.whole,
            found: file.found,
            shape: Shape::default(),
        }
    }

    fn opened(&self) -> Option<Opened<'_>> {
        Some(Opened {
            source: &self.source,
            part: self.part.as_ref()?,
            shape: &self.shape,
        })
    }
}

/// Every part that steps call, by its name and place.
fn calls<'s>(steps: &'s [StepNode], into: &mut Vec<&'s Spanned<String>>) {
    for step in steps {
        if let Action::Call(call) = &step.action {
            into.push(&call.part);
        }
        for (_, steps) in inside(step) {
            calls(steps, into);
        }
    }
}

/// Parts in an order in which what is called comes first.
#[derive(Default)]
struct Order {
    done: Vec<String>,
    seen: BTreeSet<String>,
    /// The parts that are being visited, the outermost first.
    open: Vec<String>,
    /// Each begins with the part that stands first by name.
    cycles: BTreeSet<Vec<String>>,
}

impl Order {
    fn visit(&mut self, library: &Library, name: &str) {
        if let Some(from) = self.open.iter().position(|open| open == name) {
            let mut cycle = self.open.split_off(from);
            self.open.extend(cycle.iter().cloned());
            let first = cycle.iter().enumerate().min_by_key(|(_, name)| *name);
            let first = first.map_or(0, |(index, _)| index);
            cycle.rotate_left(first);
            self.cycles.insert(cycle);
            return;
        }
        if !self.seen.insert(name.to_owned()) {
            return;
        }
        self.open.push(name.to_owned());
        let mut names = Vec::new();
        if let Some(part) = library.parts.get(name).and_then(|file| file.part.as_ref()) {
            calls(&part.steps, &mut names);
        }
        for called in names {
            if library.parts.contains_key(&called.value) {
                self.visit(library, &called.value);
            }
        }
        self.open.pop();
        self.done.push(name.to_owned());
    }
}
