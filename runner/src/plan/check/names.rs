//! Names of values: every name an expression reads must have a value when the step comes to it.

mod blocks;
mod told;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Source, Span};
use crate::plan::Args;
use crate::plan::arguments;
use crate::plan::check::{Columns, expressions};
use crate::plan::parts::Library;
use crate::scenario::expr::places::{self, Sought};
use crate::scenario::expr::{EMPTY_WORD, Expr, Template, uses};
use crate::scenario::filters::{self, FILTERS};
use crate::scenario::model::{Action, InputType, Part, Scenario, Source as From, StepNode, System, Until, Verify};
use crate::scenario::tree::Node;
use crate::scenario::vocabulary::{join, nearest};
use crate::steps::{self, Listed};
use crate::text::{Message, codes};

use values::RECEIPT;
pub(super) use values::given_in;

/// What `run` offers: the business day, the time the run began, its number and, in `after`, the items.
pub const RUN_NAMES: &[&str] = &["date", "time", "id", "name", "place", "items"];
/// Names with a fixed meaning.
const RESERVED: &[&str] = &["item", "run", "secrets"];
/// What has failed, inside `catch`.
const ERROR: &str = "error";
/// What it offers.
const ERROR_NAMES: &[&str] = &["message", "code"];

/// Checks a scenario's names.
pub(super) fn scenario(
    source: &Source,
    scenario: &Scenario,
    columns: &Columns,
    library: &Library,
    sure: bool,
) -> Vec<Diagnostic> {
    let lists = [&scenario.start, &scenario.before, &scenario.steps, &scenario.after];
    let mut names = Names::new(source, columns, library, sure);
    for list in lists {
        names.foresee(list);
    }
    if let Some(items) = &scenario.items {
        match &items.from {
            From::Csv(file) => names.template(file),
            From::Excel { file, sheet } => {
                names.template(file);
                sheet.iter().for_each(|sheet| names.template(sheet));
            }
            From::Rows(rows) => {
                let cells = rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|(_, cell)| names.template(cell));
            }
            // Looked at where `start` has been done.
            From::Made(_) | From::Scenario(_) => {}
        }
        names.item = true;
        for (_, condition) in &items.reject {
            names.condition(condition);
        }
        names.item = false;
    }
    names.list(&scenario.start);
    if let Some(From::Made(list)) = scenario.items.as_ref().map(|items| &items.from) {
        names.template(list);
    }
    names.list(&scenario.before);
    let once = names.bound.clone();
    names.item = columns.items;
    names.lasting = once.clone();
    names.list(&scenario.steps);
    if let Some(items) = &scenario.items {
        for (_, template) in &items.keep {
            names.template(template);
        }
    }
    names.item = false;
    names.bound = once;
    names.ended = true;
    names.list(&scenario.after);
    names.unused();
    names.found
}

/// Checks a system's names.
pub(super) fn system(source: &Source, system: &System, library: &Library, sure: bool) -> Vec<Diagnostic> {
    let columns = Columns::none();
    let mut names = Names::new(source, &columns, library, sure);
    for list in [&system.login, &system.home] {
        names.foresee(list);
        names.list(list);
        names.bound.clear();
    }
    names.unused();
    names.found
}

/// Checks a part's names. Gives back the inputs that a look after a doubt reads, too.
pub(super) fn part(source: &Source, part: &Part, library: &Library, sure: bool) -> (Vec<Diagnostic>, BTreeSet<String>) {
    let columns = Columns::none();
    let mut names = Names::new(source, &columns, library, sure);
    names.part = true;
    names.foresee(&part.steps);
    for (name, kind) in &part.inputs {
        names.bind(name);
        if *kind == InputType::Secret {
            names.secret_names.insert(name.value.clone());
        }
    }
    names.lasting = names.bound.clone();
    names.list(&part.steps);
    for (name, _) in &part.inputs {
        if !names.read.contains(&name.value) {
            let message = Message::new(codes::INPUT_UNUSED).with("name", name.value.clone());
            names.found.push(Diagnostic::hint(message, name.span));
        }
    }
    for (name, _) in &part.outputs {
        let set = names.ever.contains_key(&name.value) || names.bound.contains_key(&name.value);
        if !set && sure {
            let message = Message::new(codes::OUTPUT_NEVER).with("name", name.value.clone());
            names.found.push(Diagnostic::error(message, name.span));
        }
        // Its callers read it.
        names.read.insert(name.value.clone());
    }
    names.unused();
    (names.found, names.looked)
}

/// What a `call` has given back: under which name, if any, and where.
struct Returned {
    result: Option<String>,
    span: Span,
}

/// The names at one point of a document.
struct Names<'d> {
    source: &'d Source,
    columns: &'d Columns,
    library: &'d Library,
    /// Whether this is a part, which sees its inputs alone.
    part: bool,
    /// The names of secrets among its inputs.
    secret_names: BTreeSet<String>,
    /// Names that something has read, and those that a look after a doubt has.
    read: BTreeSet<String>,
    looked: BTreeSet<String>,
    /// The outputs of parts that have been called, by their own names, and the results with their outputs.
    returned: BTreeMap<String, Returned>,
    results: BTreeMap<String, Vec<String>>,
    /// Whether a failure is being seen to.
    catching: bool,
    /// Whether an unknown name can only be a mistake.
    sure: bool,
    /// Whether there is an item here.
    item: bool,
    /// Whether every item has come to its end.
    ended: bool,
    /// Names that have a value here, and where they got it.
    bound: BTreeMap<String, Span>,
    /// Of these, names that have a value only if a condition holds: the condition, where that is known.
    sometimes: BTreeMap<String, Option<String>>,
    /// The conditions that hold here.
    conditions: Vec<String>,
    /// Names that have a value again when a broken run is looked into.
    lasting: BTreeMap<String, Span>,
    /// Names that get a value anywhere.
    ever: BTreeMap<String, Span>,
    /// Whether this is a look after a doubt.
    looking: bool,
    /// Whether a secret may stand here.
    secrets: bool,
    found: Vec<Diagnostic>,
}

impl<'d> Names<'d> {
    fn new(source: &'d Source, columns: &'d Columns, library: &'d Library, sure: bool) -> Names<'d> {
        Names {
            source,
            columns,
            library,
            part: false,
            secret_names: BTreeSet::new(),
            read: BTreeSet::new(),
            looked: BTreeSet::new(),
            returned: BTreeMap::new(),
            results: BTreeMap::new(),
            catching: false,
            sure,
            item: false,
            ended: false,
            bound: BTreeMap::new(),
            sometimes: BTreeMap::new(),
            conditions: Vec::new(),
            lasting: BTreeMap::new(),
            ever: BTreeMap::new(),
            looking: false,
            secrets: false,
            found: Vec::new(),
        }
    }

    fn list(&mut self, steps: &[StepNode]) {
        for step in steps {
            self.step(step);
        }
    }

    fn step(&mut self, step: &StepNode) {
        let before: BTreeSet<String> = self.bound.keys().cloned().collect();
        if let Some(when) = &step.when {
            self.condition(when);
            self.conditions.push(when.source().to_owned());
        }
        self.action(step);
        if let Some(when) = &step.when {
            self.conditions.pop();
            self.only_if(&before, Some(when.source()), &step.otherwise);
        }
    }

    fn action(&mut self, step: &StepNode) {
        match &step.action {
            Action::Step { kind, args } => match steps::find(&kind.value) {
                Some(def) => {
                    self.secrets = def.takes_secrets;
                    let listed = if self.part { Listed::Inputs } else { Listed::Columns };
                    self.args(&arguments::expanded(def, args, listed));
                    self.secrets = false;
                }
                None => self.args(args),
            },
            Action::If { condition, then } => {
                self.condition(condition);
                self.branches(condition, then, &step.otherwise);
                return self.bind_all(step);
            }
            Action::ForEach { list, each, steps } => {
                self.template(list);
                self.rounds(Some(each), |names| names.list(steps));
            }
            Action::RepeatUntil {
                until, round, steps, ..
            } => self.rounds(round.as_ref(), |names| {
                names.list(steps);
                match until {
                    Until::Condition(condition) => names.until(condition),
                    Until::Sign(sign) => names.args(sign),
                }
            }),
            Action::Try { steps, catch, finally } => self.r#try(steps, catch.as_deref(), finally),
            Action::Call(call) => self.call(call, step),
            Action::Group { steps, .. } => self.list(steps),
            Action::Commit(commit) => {
                commit.key.iter().for_each(|key| self.template(key));
                self.list(&commit.act);
                for sign in [Some(&commit.proof), commit.refused.as_ref(), commit.already.as_ref()] {
                    sign.into_iter().for_each(|sign| self.args(sign));
                }
                if let Verify::Look { look, present, absent } = &commit.verify {
                    self.look(look, present, absent);
                }
            }
            Action::Reject(text) | Action::Stop(text) | Action::Log(text) => self.template(text),
            Action::Ask(ask) => self.template(&ask.question),
            Action::Set(values) => values.iter().for_each(|(_, value)| self.template(value)),
        }
        let before = self.bound.clone();
        self.list(&step.otherwise);
        let names = std::mem::replace(&mut self.bound, before);
        for (name, span) in names {
            if !self.bound.contains_key(&name) {
                self.bound.insert(name.clone(), span);
                self.sometimes.insert(name, None);
            }
        }
        self.bind_all(step);
    }

    /// A look after a doubt begins in a fresh session, perhaps of a fresh run.
    fn look(&mut self, look: &[StepNode], present: &Node, absent: &Node) {
        let bound = std::mem::replace(&mut self.bound, self.lasting.clone());
        self.looking = true;
        self.list(look);
        self.args(present);
        self.args(absent);
        self.looking = false;
        self.bound = bound;
    }

    fn args(&mut self, node: &Node) {
        // What does not compile was told when the steps were built.
        let Ok(args) = Args::compile(node) else { return };
        for expr in args.expressions() {
            self.expr(expr);
        }
    }

    fn template(&mut self, template: &Template) {
        for expr in template.expressions() {
            self.expr(expr);
        }
    }

    fn condition(&mut self, condition: &Expr) {
        self.expr(condition);
        self.found.extend(expressions::constant(condition, condition.span()));
    }

    fn expr(&mut self, expr: &Expr) {
        let called = uses::calls(expr.source());
        for path in expr.names() {
            // A function is told as one.
            if !matches!(path, [name] if called.contains(&name.as_str())) {
                self.path(expr, path);
            }
        }
        for (message, word) in expressions::check(self.columns, expr) {
            let span = self.narrow(expr, Sought::Written(&word));
            let is_error = !message.is(codes::NEVER_EQUAL);
            self.found.push(if is_error {
                Diagnostic::error(message, span)
            } else {
                Diagnostic::warning(message, span)
            });
        }
        for name in expr.filters() {
            let known = || FILTERS.iter().flat_map(|filter| [filter.name, filter.english]);
            if !known().any(|filter| filter == name) {
                let message = Message::new(codes::UNKNOWN_FILTER)
                    .with("name", name)
                    .with_some("near", filters::meant(name).or_else(|| nearest(name, known())));
                self.error(message, expr, Sought::Filter(name));
            }
        }
    }

    fn path(&mut self, expr: &Expr, path: &[String]) {
        let (Some(name), second) = (path.first(), path.get(1)) else {
            return;
        };
        self.read.insert(name.clone());
        if self.looking {
            self.looked.insert(name.clone());
        }
        match (name.as_str(), second) {
            ("item" | "secrets", _) if self.part => {
                let message = Message::new(codes::PART_SEES).with("name", path.join("."));
                self.error(message, expr, Sought::Name(name));
            }
            (ERROR, Some(field)) if self.catching && ERROR_NAMES.contains(&field.as_str()) => {}
            (ERROR, _) => {
                let message = Message::new(codes::ERROR_PLACE).with("name", path.join("."));
                self.error(message, expr, Sought::Name(name));
            }
            ("item", _) if !self.item => {
                let message = Message::new(codes::NO_ITEM).with("name", path.join("."));
                self.error(message, expr, Sought::Name(name));
            }
            ("item", Some(column))
                if !self.columns.has(column) && self.empty_in_words(expr, Sought::Member(column)) => {}
            ("item", Some(column)) => {
                let span = self.narrow(expr, Sought::Member(column));
                self.columns
                    .missing(column, span, codes::UNKNOWN_COLUMN, &mut self.found);
            }
            ("run", Some(field)) if !RUN_NAMES.contains(&field.as_str()) => {
                let message = Message::new(codes::UNKNOWN_NAME)
                    .with("name", path.join("."))
                    .with_some(
                        "near",
                        nearest(field, RUN_NAMES.iter().copied()).map(|near| format!("run.{near}")),
                    )
                    .with("words", join(RUN_NAMES.iter().map(|name| format!("run.{name}"))));
                self.error(message, expr, Sought::Member(field));
            }
            ("run", Some(field)) if field == "items" && !self.ended => {
                self.error(Message::new(codes::RUN_ITEMS), expr, Sought::Member(field));
            }
            ("secrets", _) if !self.secrets => {
                let message = Message::new(codes::SECRET_PLACE).with("name", path.join("."));
                self.error(message, expr, Sought::Name(name));
            }
            ("item" | "run" | "secrets", _) => {}
            (name, _) if self.secret_names.contains(name) && !self.secrets => {
                let message = Message::new(codes::SECRET_PLACE).with("name", name);
                self.error(message, expr, Sought::Name(name));
            }
            (name, second) if self.bound.contains_key(name) => {
                self.known(expr, name);
                self.output(expr, name, second);
            }
            (name, _) => self.unknown(expr, name),
        }
    }

    fn unknown(&mut self, expr: &Expr, name: &str) {
        self.read.insert(name.to_owned());
        if self.empty_in_words(expr, Sought::Name(name)) {
            return;
        }
        let message = match self.ever.get(name) {
            Some(_) if self.looking => Message::new(codes::NAME_LOST).with("name", name),
            Some(at) => Message::new(codes::NAME_TOO_EARLY)
                .with("name", name)
                .with_int("line", self.source.line_of(at.start) as i64),
            None if self.returned.contains_key(name) => self.unnamed(name),
            None if !self.sure => return,
            None => {
                let is_column = self.columns.has(name);
                let known: Vec<&str> = self
                    .bound
                    .keys()
                    .map(String::as_str)
                    .chain(RESERVED.iter().copied().filter(|name| !self.part || *name == "run"))
                    .collect();
                let near = if is_column {
                    Some(format!("item.{name}"))
                } else {
                    nearest(name, known.iter().copied()).map(str::to_owned)
                };
                let text = near.is_none() && places::compares_with(expr.source(), name);
                let quoted = (text && name != EMPTY_WORD).then(|| format!("\"{name}\""));
                Message::new(codes::UNKNOWN_NAME)
                    .with("name", name)
                    .with_some("near", near)
                    .with_some("quoted", quoted)
                    .with_some("empty", (text && name == EMPTY_WORD).then_some("1"))
                    .with_some("receipt", (name == RECEIPT).then_some("1"))
                    .with("words", join(&known))
            }
        };
        self.error(message, expr, Sought::Name(name));
    }
}
