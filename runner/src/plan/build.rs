//! Steps as they were written to steps that can run: looked up in the step table, their arguments compiled and tried.

use std::time::Duration;

use crate::diag::{Diagnostic, Source};
use crate::events::StepOutline;
use crate::plan::arguments;
use crate::plan::check;
use crate::plan::title::{kind_of, title_of};
use crate::plan::{Args, Body, PlanCommit, PlanStep, PlanVerify};
use crate::scenario::model::{Action, Commit, OnError, StepNode, Verify};
use crate::scenario::tree::Node;

/// How long a target may still be at work after a doubt, when neither commit nor system says.
const SETTLE: Duration = Duration::from_secs(60);

/// Builds the steps of one file.
pub(super) struct Builder<'s> {
    source: &'s Source,
    settle: Duration,
    outline: Vec<StepOutline>,
    /// What was found on the way.
    pub(super) found: Vec<Diagnostic>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s Source) -> Builder<'s> {
        Builder {
            source,
            settle: SETTLE,
            outline: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Sets how long the system's slowest registration takes.
    pub(super) fn settle(&mut self, settle: Duration) {
        self.settle = settle;
    }

    /// The outline of what was built since the last call.
    pub(super) fn take_outline(&mut self) -> Vec<StepOutline> {
        std::mem::take(&mut self.outline)
    }

    /// Builds a list of steps; those that cannot be built are told and left out.
    pub(super) fn list(&mut self, steps: &[StepNode], path: &str) -> Vec<PlanStep> {
        steps
            .iter()
            .enumerate()
            .filter_map(|(index, step)| self.step(step, format!("{path}/{}", index + 1)))
            .collect()
    }

    fn step(&mut self, step: &StepNode, path: String) -> Option<PlanStep> {
        self.outline.push(StepOutline {
            path: path.clone(),
            title: title_of(step),
            kind: kind_of(&step.action).to_owned(),
            file: self.source.file().to_owned(),
            line: self.source.line_of(step.span.start),
        });
        let body = self.body(&step.action, &path);
        let otherwise = self.list(&step.otherwise, &format!("{path}/else"));
        Some(PlanStep {
            path,
            id: step.id.as_ref().map(|id| id.value.clone()),
            risky: check::is_risky(step),
            when: step.when.clone(),
            otherwise,
            save_as: step.save_as.as_ref().map(|name| name.value.clone()),
            retry: step.retry.as_ref().map_or(0, |retry| retry.value),
            timeout: step.timeout.as_ref().map(|timeout| timeout.value),
            on_error: step.on_error.as_ref().map_or(OnError::Fail, |meant| meant.value),
            evidence: step.evidence.as_ref().map(|evidence| evidence.value),
            body: body?,
        })
    }

    fn body(&mut self, action: &Action, path: &str) -> Option<Body> {
        Some(match action {
            Action::Step { kind, args } => {
                let (def, args) = arguments::prepare(kind, args, &mut self.found)?;
                Body::Step { def, args }
            }
            Action::If { condition, then } => Body::If {
                condition: condition.clone(),
                then: self.list(then, &format!("{path}/then")),
            },
            Action::ForEach { list, each, steps } => Body::ForEach {
                list: list.clone(),
                each: each.value.clone(),
                steps: self.list(steps, &format!("{path}/for_each")),
            },
            Action::Group { steps, .. } => Body::Group {
                steps: self.list(steps, &format!("{path}/group")),
            },
            Action::Commit(commit) => Body::Commit(Box::new(self.commit(commit, path)?)),
            Action::Reject(reason) => Body::Reject(reason.clone()),
            Action::Stop(reason) => Body::Stop(reason.clone()),
            Action::Log(text) => Body::Log(text.clone()),
            Action::Set(values) => Body::Set(
                values
                    .iter()
                    .map(|(name, value)| (name.value.clone(), value.clone()))
                    .collect(),
            ),
        })
    }

    fn commit(&mut self, commit: &Commit, path: &str) -> Option<PlanCommit> {
        let act = self.list(&commit.act, &format!("{path}/do"));
        let proof = self.sign(&commit.proof, "proof");
        let refused = commit.refused.as_ref().and_then(|node| self.sign(node, "refused"));
        let already = commit.already.as_ref().and_then(|node| self.sign(node, "already"));
        let verify = match &commit.verify {
            Verify::None => None,
            Verify::Look { look, present, absent } => {
                let look = self.list(look, &format!("{path}/look"));
                let (present, absent) = (self.sign(present, "present"), self.sign(absent, "absent"));
                Some(PlanVerify {
                    look,
                    present: present?,
                    absent: absent?,
                })
            }
        };
        Some(PlanCommit {
            title: commit.title.value.clone(),
            act,
            proof: proof?,
            refused,
            already,
            verify,
            look_first: commit.look_first.is_some(),
            settle: commit.settle.as_ref().map_or(self.settle, |settle| settle.value),
        })
    }

    fn sign(&mut self, node: &Node, name: &'static str) -> Option<Args> {
        arguments::sign(name, node, &mut self.found)
    }
}
