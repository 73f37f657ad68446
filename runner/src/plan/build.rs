//! Steps as they were written to steps that can run: looked up in the step table, their arguments compiled and tried.

use std::time::Duration;

use crate::diag::{Diagnostic, Source};
use crate::events::StepOutline;
use crate::plan::arguments;
use crate::plan::calls;
use crate::plan::check;
use crate::plan::parts::Library;
use crate::plan::title::{kind_of, title_of};
use crate::plan::{Args, Body, PlanAsk, PlanCall, PlanCommit, PlanInput, PlanRepeat, PlanStep, PlanUntil, PlanVerify};
use crate::scenario::model::{Action, Call, Commit, OnError, StepNode, Until, Verify};
use crate::scenario::tree::Node;
use crate::steps::Listed;
use crate::text::{Message, codes};

/// How long a target may still be at work after a doubt, when neither commit nor system says.
const SETTLE: Duration = Duration::from_secs(60);
/// Most steps that one `call` may open into: parts in parts multiply.
const MAX_OPENED: usize = 2_000;
/// Most parts inside each other.
const MAX_DEPTH: usize = 20;

/// Builds the steps of one file, and those of the parts it calls in their place.
pub(super) struct Builder<'s> {
    source: &'s Source,
    library: &'s Library,
    /// What a list of names takes its values from here.
    listed: Listed,
    /// How many parts are open around these steps.
    depth: usize,
    /// How many steps the outermost `call` may still open into; nothing when it is over.
    left: Option<usize>,
    settle: Duration,
    outline: Vec<StepOutline>,
    /// What was found on the way.
    pub(super) found: Vec<Diagnostic>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s Source, library: &'s Library) -> Builder<'s> {
        Builder {
            source,
            library,
            listed: Listed::Columns,
            depth: 0,
            left: Some(MAX_OPENED),
            settle: SETTLE,
            outline: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Builds the steps of a part, which sees its inputs alone.
    pub(super) fn of_part(source: &'s Source, library: &'s Library) -> Builder<'s> {
        Builder {
            listed: Listed::Inputs,
            ..Builder::new(source, library)
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
        if self.depth > 0 {
            self.left = self.left?.checked_sub(1);
        }
        self.outline.push(StepOutline {
            path: path.clone(),
            title: title_of(step),
            kind: kind_of(&step.action).to_owned(),
            file: self.source.file().to_owned(),
            line: self.source.line_of(step.span.start),
        });
        let body = match &step.action {
            Action::Ask(ask) => Some(Body::Ask(Box::new(PlanAsk {
                mark: step.id.as_ref().map_or_else(|| path.clone(), |id| id.value.clone()),
                question: ask.question.clone(),
                choices: ask.choices.iter().map(|choice| choice.value.clone()).collect(),
                kind: ask.kind.as_ref().map(|kind| kind.value),
            }))),
            action => self.body(action, &path),
        };
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
                let (def, args) = arguments::prepare(kind, args, (self.library, self.listed), &mut self.found)?;
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
            Action::RepeatUntil {
                until,
                round,
                max,
                steps,
            } => {
                let steps = self.list(steps, &format!("{path}/repeat_until"));
                let until = match until {
                    Until::Condition(condition) => PlanUntil::Condition(condition.clone()),
                    Until::Sign(sign) => PlanUntil::Sign(self.sign(sign, "repeat_until")?),
                };
                Body::RepeatUntil(Box::new(PlanRepeat {
                    until,
                    round: round.as_ref().map(|name| name.value.clone()),
                    max: *max,
                    steps,
                }))
            }
            Action::Try { steps, catch, finally } => Body::Try {
                steps: self.list(steps, &format!("{path}/try")),
                catch: catch.as_ref().map(|steps| self.list(steps, &format!("{path}/catch"))),
                finally: self.list(finally, &format!("{path}/finally")),
            },
            Action::Call(call) => Body::Call(Box::new(self.call(call, path)?)),
            Action::Group { steps, .. } => Body::Group {
                steps: self.list(steps, &format!("{path}/group")),
            },
            Action::Commit(commit) => Body::Commit(Box::new(self.commit(commit, path)?)),
            Action::Reject(reason) => Body::Reject(reason.clone()),
            Action::Stop(reason) => Body::Stop(reason.clone()),
            Action::Log(text) => Body::Log(text.clone()),
            // Built with the step that it stands in.
            Action::Ask(_) => return None,
            Action::Set(values) => Body::Set(
                values
                    .iter()
                    .map(|(name, value)| (name.value.clone(), value.clone()))
                    .collect(),
            ),
        })
    }

    /// Opens a part in the place of its `call`. What is wrong inside it was told when it was checked by itself.
    fn call(&mut self, call: &Call, path: &str) -> Option<PlanCall> {
        let opened = match self.library.find(&call.part) {
            Ok(opened) => opened,
            Err(told) => {
                self.found.extend(told);
                return None;
            }
        };
        calls::check(call, opened.part, &mut self.found);
        let mut inner = Builder {
            source: opened.source,
            listed: Listed::Inputs,
            depth: self.depth + 1,
            left: self.left.filter(|_| self.depth < MAX_DEPTH),
            outline: Vec::new(),
            found: Vec::new(),
            ..*self
        };
        let steps = inner.list(&opened.part.steps, &format!("{path}/call"));
        self.outline.append(&mut inner.outline);
        self.left = inner.left;
        if self.depth == 0 && self.left.replace(MAX_OPENED).is_none() {
            let message = Message::new(codes::PART_TOO_MUCH)
                .with("part", call.part.value.clone())
                .with_int("limit", MAX_OPENED as i64);
            self.found.push(Diagnostic::error(message, call.part.span));
        }
        let given = |name: &str| call.with.iter().find(|(given, _)| given.value == name);
        let inputs = opened.part.inputs.iter().filter_map(|(name, kind)| {
            Some(PlanInput {
                name: name.value.clone(),
                kind: *kind,
                given: given(&name.value)?.1.clone(),
            })
        });
        let outputs = opened.part.outputs.iter();
        Some(PlanCall {
            part: call.part.value.clone(),
            inputs: inputs.collect(),
            outputs: outputs.map(|(name, kind)| (name.value.clone(), *kind)).collect(),
            steps,
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
            key: commit.key.clone(),
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
