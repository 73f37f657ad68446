//! Paths through the steps: at most one commit on each, none that may be repeated, nothing after the end.

use crate::diag::{Diagnostic, Source, Span};
use crate::plan::check::Place;
use crate::plan::title::kind_of;
use crate::scenario::model::{Action, Commit, OnError, StepNode, Verify};
use crate::text::{Message, codes};

/// The part of a commit that cannot be undone.
const ACT: &str = "do";

/// Checks one list of a document and everything inside it.
pub(super) fn check(source: &Source, place: Place<'_>, found: &mut Vec<Diagnostic>) {
    let mut walk = Walk {
        source,
        place: place.name,
        repeated_by: None,
        found,
    };
    walk.list(place.steps, None);
}

/// What is true after some steps.
#[derive(Debug, Clone, Copy, Default)]
struct Flow {
    /// The commit that some path has come through.
    committed: Option<Span>,
    /// Whether no path goes on.
    ends: bool,
}

struct Walk<'d, 'f> {
    source: &'d Source,
    /// The list of the document, or the part of a commit, that is walked.
    place: &'static str,
    /// What may do the steps again.
    repeated_by: Option<&'static str>,
    found: &'f mut Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    fn list(&mut self, steps: &[StepNode], committed: Option<Span>) -> Flow {
        let mut flow = Flow { committed, ends: false };
        for (index, step) in steps.iter().enumerate() {
            flow = self.step(step, flow.committed);
            if flow.ends
                && let Some(next) = steps.get(index + 1)
            {
                let message = Message::new(codes::NEVER_DONE).with("word", kind_of(&step.action));
                self.found
                    .push(Diagnostic::warning(message, first_line(self.source, next.span)));
                return flow;
            }
        }
        flow
    }

    fn step(&mut self, step: &StepNode, committed: Option<Span>) -> Flow {
        let outer = self.repeated_by;
        if step.retry.as_ref().is_some_and(|retry| retry.value > 0) {
            self.repeated_by = self.repeated_by.or(Some("retry"));
        }
        if self.place == ACT {
            self.part_of_act(step);
        }
        let done = self.action(step, committed);
        self.repeated_by = outer;
        let otherwise = self.list(&step.otherwise, committed);
        let always = step.when.is_none() && !matches!(step.action, Action::If { .. });
        Flow {
            committed: [done, otherwise]
                .iter()
                .find_map(|flow| flow.committed.filter(|_| !flow.ends)),
            ends: done.ends && (always || (otherwise.ends && !step.otherwise.is_empty())),
        }
    }

    /// The act of a commit is done once and wholly: no step of it is repeated or passed over.
    fn part_of_act(&mut self, step: &StepNode) {
        let retry = step.retry.as_ref().filter(|retry| retry.value > 0);
        let passed_over = step.on_error.as_ref().filter(|meant| meant.value == OnError::Continue);
        let unfit = [
            ("retry", retry.map(|retry| retry.span)),
            ("on_error: continue", passed_over.map(|meant| meant.span)),
            (
                "for_each",
                matches!(step.action, Action::ForEach { .. }).then_some(step.span),
            ),
        ];
        for (word, span) in unfit {
            if let Some(span) = span {
                self.error(Message::new(codes::ACT_REPEATED).with("word", word), span);
            }
        }
    }

    fn action(&mut self, step: &StepNode, committed: Option<Span>) -> Flow {
        let on = Flow { committed, ends: false };
        let end = Flow { committed, ends: true };
        match &step.action {
            Action::If { then, .. } => self.list(then, committed),
            Action::Group { steps, .. } => self.list(steps, committed),
            Action::ForEach { steps, .. } => {
                let outer = self.repeated_by.replace("for_each");
                let flow = self.list(steps, committed);
                self.repeated_by = outer;
                // The list may be empty.
                Flow { ends: false, ..flow }
            }
            Action::Commit(commit) => {
                self.commit(step, commit, committed);
                Flow {
                    committed: Some(step.span),
                    ends: false,
                }
            }
            Action::Reject(_) => {
                if self.place != "steps" {
                    self.error(Message::new(codes::REJECT_PLACE).with("place", self.place), step.span);
                }
                end
            }
            Action::Stop(_) => end,
            Action::Ask(_) => {
                self.ask(step, committed);
                on
            }
            Action::Step { .. } | Action::Log(_) | Action::Set(_) => on,
        }
    }

    /// A question ends the item for this run: never with a form half sent, nor when everything is done.
    fn ask(&mut self, step: &StepNode, committed: Option<Span>) {
        if self.place != "steps" {
            self.error(Message::new(codes::ASK_PLACE).with("place", self.place), step.span);
        } else if let Some(first) = committed {
            let line = i64::try_from(self.source.line_of(first.start)).unwrap_or(i64::MAX);
            self.error(Message::new(codes::ASK_AFTER_COMMIT).with_int("line", line), step.span);
        }
        let refused = [
            ("retry", step.retry.as_ref().map(|retry| retry.span)),
            ("timeout", step.timeout.as_ref().map(|timeout| timeout.span)),
            ("on_error", step.on_error.as_ref().map(|meant| meant.span)),
        ];
        for (name, span) in refused {
            if let Some(span) = span {
                let message = Message::new(codes::MODIFIER).with("name", name).with("word", "ask");
                self.error(message, span);
            }
        }
    }

    fn commit(&mut self, step: &StepNode, commit: &Commit, committed: Option<Span>) {
        let title = commit.title.span;
        if self.place != "steps" {
            self.error(Message::new(codes::COMMIT_PLACE).with("place", self.place), title);
        } else if let Some(word) = self.repeated_by {
            self.error(Message::new(codes::COMMIT_REPEATED).with("word", word), title);
        } else if let Some(first) = committed {
            let line = self.source.line_of(first.start) as i64;
            self.error(Message::new(codes::COMMIT_TWICE).with_int("line", line), title);
        }
        let refused = [
            ("else", step.otherwise.first().map(|step| step.span)),
            ("as", step.save_as.as_ref().map(|name| name.span)),
            ("on_error", step.on_error.as_ref().map(|meant| meant.span)),
        ];
        for (name, span) in refused {
            if let Some(span) = span {
                let message = Message::new(codes::MODIFIER).with("name", name).with("word", "commit");
                self.error(message, span);
            }
        }
        if let Some(span) = commit.look_first {
            self.found
                .push(Diagnostic::hint(Message::new(codes::LOOK_FIRST_LATER), span));
        }
        let outer = self.place;
        self.place = ACT;
        self.list(&commit.act, None);
        if let Verify::Look { look, .. } = &commit.verify {
            self.place = "look";
            self.list(look, None);
        }
        self.place = outer;
    }

    fn error(&mut self, message: Message, span: Span) {
        let span = first_line(self.source, span);
        self.found.push(Diagnostic::error(message, span));
    }
}

/// The first line of a place: a whole step would mark half a page.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let line = source.line_span(source.line_of(span.start));
    Span::new(span.start, span.end.min(line.end))
}
