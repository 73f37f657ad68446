//! Paths through the steps: at most one commit on each, none that may be repeated or passed over, nothing after the end.

use crate::diag::{Diagnostic, Source, Span};
use crate::plan::check::{Place, inside};
use crate::plan::parts::Library;
use crate::plan::title::kind_of;
use crate::scenario::model::{Action, Call, Commit, OnError, StepNode, Verify};
use crate::text::{Message, codes};

/// The part of a commit that cannot be undone.
const ACT: &str = "do";

/// How the paths through some steps run, for those who call them.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    /// Whether some path comes to a commit, and whether one goes on after it.
    commits: bool,
    commits_and_goes_on: bool,
    /// Whether no path goes on.
    ends: bool,
    /// Whether some path sends the item back.
    rejects: bool,
    /// A word that does its steps more than once, or passes over a failure.
    loose: Option<&'static str>,
}

/// Checks one list of a document and everything inside it.
pub(super) fn check(source: &Source, library: &Library, place: Place<'_>, found: &mut Vec<Diagnostic>) -> Course {
    let mut walk = Walk {
        source,
        library,
        place: place.name,
        repeated_by: None,
        passed_by: None,
        in_finally: false,
        found,
    };
    let flow = walk.list(place.steps, None);
    Course {
        commits: walk.first_commit(place.steps).is_some(),
        commits_and_goes_on: flow.committed.is_some() && !flow.ends,
        ends: flow.ends,
        rejects: walk.rejects(place.steps),
        loose: walk.loose(place.steps),
    }
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
    library: &'d Library,
    /// The list of the document, or the part of a commit, that is walked.
    place: &'static str,
    /// What may do the steps again.
    repeated_by: Option<&'static str>,
    /// What goes on when one of the steps fails.
    passed_by: Option<&'static str>,
    /// Whether the steps are done however those before them ended.
    in_finally: bool,
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
        let (outer, passed) = (self.repeated_by, self.passed_by);
        if step.retry.as_ref().is_some_and(|retry| retry.value > 0) {
            self.repeated_by = self.repeated_by.or(Some("retry"));
        }
        let is_commit = matches!(step.action, Action::Commit(_));
        if !is_commit
            && step
                .on_error
                .as_ref()
                .is_some_and(|meant| meant.value == OnError::Continue)
        {
            self.passed_by = self.passed_by.or(Some("on_error: continue"));
        }
        if self.place == ACT {
            self.part_of_act(step);
        }
        let done = self.action(step, committed);
        // The `else` of an `if` is part of what is done again; that of any other step follows it.
        let is_if = matches!(step.action, Action::If { .. });
        if !is_if {
            (self.repeated_by, self.passed_by) = (outer, passed);
        }
        let otherwise = self.list(&step.otherwise, committed);
        (self.repeated_by, self.passed_by) = (outer, passed);
        let always = step.when.is_none() && !is_if;
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
        let block = matches!(
            step.action,
            Action::ForEach { .. } | Action::RepeatUntil { .. } | Action::Try { .. }
        );
        let unfit = [
            ("retry", retry.map(|retry| retry.span)),
            ("on_error: continue", passed_over.map(|meant| meant.span)),
            (word_of(&step.action), block.then_some(step.span)),
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
            Action::RepeatUntil { steps, .. } => {
                let outer = self.repeated_by.replace("repeat_until");
                let flow = self.list(steps, committed);
                self.repeated_by = outer;
                flow
            }
            Action::Try { steps, catch, finally } => self.r#try(steps, catch.as_deref(), finally, committed),
            Action::Call(call) => self.call(call, committed),
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

    /// What fails in `try` leads to `catch`, whatever was done before: a commit there counts for every path of `catch`.
    fn r#try(
        &mut self,
        steps: &[StepNode],
        catch: Option<&[StepNode]>,
        finally: &[StepNode],
        committed: Option<Span>,
    ) -> Flow {
        let inside = self.first_commit(steps);
        let caught = catch.map(|catch| self.list(catch, committed.or(inside)));
        let outer = self.passed_by;
        if caught.is_some_and(|caught| !caught.ends) {
            self.passed_by = self.passed_by.or(Some("try"));
        }
        let tried = self.list(steps, committed);
        self.passed_by = outer;
        let caught = caught.unwrap_or(Flow {
            committed: None,
            ends: true,
        });
        let through = [tried, caught]
            .iter()
            .find_map(|flow| flow.committed.filter(|_| !flow.ends));
        let outer = std::mem::replace(&mut self.in_finally, true);
        let last = self.list(finally, committed.or(inside));
        self.in_finally = outer;
        Flow {
            committed: through,
            ends: last.ends || (tried.ends && caught.ends),
        }
    }

    /// A part's commit counts as if it stood in the place of the `call`.
    fn call(&mut self, call: &Call, committed: Option<Span>) -> Flow {
        let Some(part) = self.library.get(&call.part.value) else {
            return Flow { committed, ends: false };
        };
        let course = part.shape.order.clone();
        let span = call.part.span;
        let mut said = Vec::new();
        if course.commits {
            said.extend(self.refused(committed));
        }
        if course.rejects && self.place != "steps" {
            said.push(Message::new(codes::REJECT_PLACE).with("place", self.place));
        }
        if let Some(word) = course.loose.filter(|_| self.place == ACT) {
            said.push(Message::new(codes::ACT_REPEATED).with("word", word));
        }
        for said in said {
            let message = Message::new(codes::PART_HOLDS)
                .with("part", call.part.value.clone())
                .with_said("said", said);
            self.error(message, span);
        }
        Flow {
            committed: committed.or(course.commits_and_goes_on.then_some(span)),
            ends: course.ends,
        }
    }

    /// Why no commit may stand here.
    fn refused(&self, committed: Option<Span>) -> Option<Message> {
        if self.place != "steps" {
            Some(Message::new(codes::COMMIT_PLACE).with("place", self.place))
        } else if self.in_finally {
            Some(Message::new(codes::COMMIT_PLACE).with("place", "finally"))
        } else if let Some(word) = self.repeated_by {
            Some(Message::new(codes::COMMIT_REPEATED).with("word", word))
        } else if let Some(word) = self.passed_by {
            Some(Message::new(codes::COMMIT_PASSED).with("word", word))
        } else {
            let line = self.source.line_of(committed?.start) as i64;
            Some(Message::new(codes::COMMIT_TWICE).with_int("line", line))
        }
    }

    /// The first commit in these steps, on whatever path.
    fn first_commit(&self, steps: &[StepNode]) -> Option<Span> {
        steps.iter().find_map(|step| match &step.action {
            Action::Commit(commit) => Some(commit.title.span),
            Action::Call(call) if self.course(call).is_some_and(|course| course.commits) => Some(call.part.span),
            _ => inside(step).into_iter().find_map(|(_, steps)| self.first_commit(steps)),
        })
    }

    fn rejects(&self, steps: &[StepNode]) -> bool {
        steps.iter().any(|step| match &step.action {
            Action::Reject(_) => true,
            Action::Call(call) if self.course(call).is_some_and(|course| course.rejects) => true,
            _ => inside(step).into_iter().any(|(_, steps)| self.rejects(steps)),
        })
    }

    fn loose(&self, steps: &[StepNode]) -> Option<&'static str> {
        steps.iter().find_map(|step| {
            if step.retry.as_ref().is_some_and(|retry| retry.value > 0) {
                return Some("retry");
            }
            if step
                .on_error
                .as_ref()
                .is_some_and(|meant| meant.value == OnError::Continue)
            {
                return Some("on_error: continue");
            }
            match &step.action {
                Action::ForEach { .. } | Action::RepeatUntil { .. } | Action::Try { .. } => Some(word_of(&step.action)),
                Action::Call(call) => self.course(call)?.loose,
                _ => inside(step).into_iter().find_map(|(_, steps)| self.loose(steps)),
            }
        })
    }

    fn course(&self, call: &Call) -> Option<&Course> {
        self.library.get(&call.part.value).map(|part| &part.shape.order)
    }

    /// A question ends the item for this run: never with a form half sent, nor when everything is done.
    fn ask(&mut self, step: &StepNode, committed: Option<Span>) {
        if self.place != "steps" {
            self.error(Message::new(codes::ASK_PLACE).with("place", self.place), step.span);
        } else if let Some(first) = committed {
            let line = i64::try_from(self.source.line_of(first.start)).unwrap_or(i64::MAX);
            self.error(Message::new(codes::ASK_AFTER_COMMIT).with_int("line", line), step.span);
        }
    }

    fn commit(&mut self, step: &StepNode, commit: &Commit, committed: Option<Span>) {
        let title = commit.title.span;
        if let Some(message) = self.refused(committed) {
            self.error(message, title);
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
        if let (Some(span), Verify::None) = (commit.look_first, &commit.verify) {
            self.error(Message::new(codes::LOOK_FIRST_BLIND), span);
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

/// A word that holds its steps loosely.
fn word_of(action: &Action) -> &'static str {
    match action {
        Action::RepeatUntil { .. } => "repeat_until",
        Action::Try { .. } => "try",
        _ => "for_each",
    }
}

/// The first line of a place: a whole step would mark half a page.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let line = source.line_span(source.line_of(span.start));
    Span::new(span.start, span.end.min(line.end))
}
