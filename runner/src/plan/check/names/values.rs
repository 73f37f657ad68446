//! Which names have a value after a step: always, or only if a condition holds; and which are never read.

use std::collections::BTreeSet;

use super::Names;
use crate::diag::{Diagnostic, Severity, Spanned};
use crate::plan::check::inside;
use crate::scenario::expr::Expr;
use crate::scenario::expr::places::Sought;
use crate::scenario::model::{Action, StepNode, Until, Verify};
use crate::scenario::tree::Node;
use crate::text::{Message, codes};

impl Names<'_> {
    /// Notes every name that gets a value somewhere in the steps.
    pub(super) fn foresee(&mut self, steps: &[StepNode]) {
        for step in steps {
            for name in given(step) {
                self.ever.entry(name.value.clone()).or_insert(name.span);
            }
            for (_, list) in inside(step) {
                self.foresee(list);
            }
        }
    }

    /// Gives the step's names their values.
    pub(super) fn bind_all(&mut self, step: &StepNode) {
        let mut own: Vec<String> = Vec::new();
        for name in given(step) {
            // The signs of one commit give the same name, one or the other; `set` may change a value.
            if own.contains(&name.value) || matches!(step.action, Action::Set(_)) {
                self.bound.remove(&name.value);
            }
            if !matches!(step.action, Action::Call(_)) {
                self.results.remove(&name.value);
            }
            self.bind(&name);
            own.push(name.value);
        }
    }

    /// Gives one name its value; says what may not have one again.
    pub(super) fn bind(&mut self, name: &Spanned<String>) {
        if self.is_fixed(&name.value) {
            let message = Message::new(codes::NAME_RESERVED).with("name", name.value.clone());
            self.found.push(Diagnostic::error(message, name.span));
            return;
        }
        if let Some(first) = self.bound.get(&name.value) {
            let message = Message::new(codes::NAME_TWICE)
                .with("name", name.value.clone())
                .with_int("line", self.source.line_of(first.start) as i64);
            self.found.push(Diagnostic::error(message, name.span));
        }
        self.bound.insert(name.value.clone(), name.span);
    }

    /// The two ways of an `if`: what only one of them gives has a value only sometimes, unless the other ends.
    pub(super) fn branches(&mut self, condition: &Expr, then: &[StepNode], otherwise: &[StepNode]) {
        let before = self.bound.clone();
        self.conditions.push(condition.source().to_owned());
        self.list(then);
        self.conditions.pop();
        let after = std::mem::replace(&mut self.bound, before.clone());
        self.list(otherwise);
        let others = std::mem::replace(&mut self.bound, before);
        for (name, span) in after.iter().chain(&others) {
            let (in_then, in_else) = (after.contains_key(name), others.contains_key(name));
            if self.bound.insert(name.clone(), *span).is_none() {
                if in_then && !in_else && !ends(otherwise) {
                    self.sometimes.insert(name.clone(), Some(condition.source().to_owned()));
                } else if in_else && !in_then && !ends(then) {
                    self.sometimes.insert(name.clone(), None);
                }
            }
        }
    }

    /// Names that a step with a condition gave have a value only if it holds, unless its `else` ends or gives them too.
    pub(super) fn only_if(&mut self, before: &BTreeSet<String>, condition: Option<&str>, otherwise: &[StepNode]) {
        if ends(otherwise) {
            return;
        }
        let also: Vec<String> = otherwise.iter().flat_map(given).map(|name| name.value).collect();
        let new: Vec<String> = self
            .bound
            .keys()
            .filter(|name| !before.contains(*name))
            .cloned()
            .collect();
        for name in new {
            if also.contains(&name) {
                self.sometimes.remove(&name);
            } else {
                self.sometimes.insert(name, condition.map(str::to_owned));
            }
        }
    }

    /// Says which names nothing reads.
    pub(super) fn unused(&mut self) {
        if !self.sure || self.found.iter().any(|found| found.severity == Severity::Error) {
            return;
        }
        for (name, span) in &self.ever {
            // The run itself reads this one: no two items may have the same.
            if name != RECEIPT && !self.read.contains(name) {
                let message = Message::new(codes::NAME_UNUSED).with("name", name.clone());
                self.found.push(Diagnostic::hint(message, *span));
            }
        }
    }

    /// A name that has a value here, perhaps only under a condition that does not hold here.
    pub(super) fn known(&mut self, expr: &Expr, name: &str) {
        let Some(condition) = self.sometimes.get(name) else {
            return;
        };
        let holds = condition.as_ref().is_some_and(|condition| {
            let mut all = self.conditions.iter().flat_map(|known| parts(known));
            all.any(|known| known == bare(condition))
        });
        let asked = expr.source().contains("is defined") || expr.source().contains("is not defined");
        if !holds && !asked {
            let line = self.bound.get(name).map_or(1, |span| self.source.line_of(span.start));
            let message = Message::new(codes::NAME_SOMETIMES)
                .with("name", name)
                .with_int("line", i64::try_from(line).unwrap_or(i64::MAX));
            let span = self.narrow(expr, Sought::Name(name));
            self.found.push(Diagnostic::warning(message, span));
        }
    }
}

/// The name of what the system gives for a registration.
pub(super) const RECEIPT: &str = "receipt";

/// A condition and, if it joins several by `and` alone, each of these.
fn parts(condition: &str) -> Vec<&str> {
    let mut parts = vec![bare(condition)];
    if !condition.contains(" or ") {
        parts.extend(condition.split(" and ").map(bare));
    }
    parts
}

/// A condition without blanks and brackets around it.
fn bare(condition: &str) -> &str {
    let trimmed = condition.trim();
    let inside = trimmed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    // Only a pair that belongs together: `(a) == (b)` has none.
    inside
        .filter(|inside| !inside.contains(['(', ')']))
        .map_or(trimmed, str::trim)
}

/// Whether the steps end the item or the run.
fn ends(steps: &[StepNode]) -> bool {
    steps.iter().any(|step| match &step.action {
        Action::Reject(_) | Action::Stop(_) => step.when.is_none(),
        Action::If { then, .. } => ends(then) && ends(&step.otherwise),
        Action::Group { steps, .. } => step.when.is_none() && ends(steps),
        _ => false,
    })
}

/// The names that steps give values to anywhere.
pub(in crate::plan::check) fn given_in(steps: &[StepNode]) -> BTreeSet<String> {
    let of_step = |step: &StepNode| {
        let mut names: BTreeSet<String> = given(step).into_iter().map(|name| name.value).collect();
        names.extend(inside(step).into_iter().flat_map(|(_, steps)| given_in(steps)));
        names
    };
    steps.iter().flat_map(of_step).collect()
}

/// The names that a step gives values to, in order; those of a commit's signs too.
fn given(step: &StepNode) -> Vec<Spanned<String>> {
    let sign = |node: &Node| {
        let name = node.get("as")?;
        name.text().map(|text| Spanned::new(text.to_owned(), name.span))
    };
    let mut names: Vec<Spanned<String>> = match &step.action {
        Action::Commit(commit) => {
            let mut signs = vec![&commit.proof];
            signs.extend(&commit.already);
            if let Verify::Look { present, .. } = &commit.verify {
                signs.push(present);
            }
            signs.into_iter().filter_map(sign).collect()
        }
        Action::Set(values) => values.iter().map(|(name, _)| name.clone()).collect(),
        Action::RepeatUntil {
            until: Until::Sign(until),
            ..
        } => sign(until).into_iter().collect(),
        _ => Vec::new(),
    };
    names.extend(step.save_as.clone());
    names
}
