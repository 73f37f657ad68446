//! One item of a run.

use chrono::{DateTime, Utc};

use crate::events::{
    EvidenceRef, EvidenceRole, Failure, ItemFinished, ItemRef, ItemState, StepFinished, StepOutcome, StepRef,
};
use crate::text::Message;

/// A picture and the step that took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The picture.
    pub evidence: EvidenceRef,
    /// The step's path in the outline.
    pub outline: String,
}

impl Picture {
    pub(super) fn new(evidence: &EvidenceRef, step: &StepRef) -> Picture {
        Picture {
            evidence: evidence.clone(),
            outline: step.outline.clone(),
        }
    }
}

/// One item of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemView {
    /// Number, row and label.
    pub item: ItemRef,
    /// Its state as far as this run knows; people's word for it is [`super::RunView::standing`].
    pub state: ItemState,
    /// Why it is not simply done.
    pub failure: Option<Failure>,
    /// The receipt that proves it.
    pub receipt: Option<String>,
    /// How often this run began it.
    pub attempts: u32,
    /// Milliseconds of work on it in this run.
    pub took_ms: u64,
    /// When this run first began it.
    pub started: Option<DateTime<Utc>>,
    /// When it came to its state.
    pub ended: Option<DateTime<Utc>>,
    /// What was about to be committed when the intent was stored.
    pub intended: Option<String>,
    /// Where in the outline it stopped, when it did not end well.
    pub stopped_at: Option<String>,
    /// What its steps wanted to say.
    pub notes: Vec<Message>,
    /// The pictures that were taken of it, in order.
    pub pictures: Vec<Picture>,
    trail: Trail,
}

/// Which step an item stopped at, found while the steps go by.
#[derive(Debug, Clone, Default, PartialEq)]
struct Trail {
    /// The innermost step that failed or whose look was not met, until something around it ends well.
    stopped: Option<StepRef>,
    /// The step that ended last.
    latest: Option<String>,
}

impl Trail {
    fn step_finished(&mut self, finished: &StepFinished) {
        let step = &finished.step;
        let around = |inner: &StepRef| inner.path == step.path || is_around(&step.path, &inner.path);
        let inside_known = self.stopped.as_ref().is_some_and(around);
        match finished.outcome {
            StepOutcome::Failed | StepOutcome::NotMet if !inside_known => self.stopped = Some(step.clone()),
            StepOutcome::Ok if inside_known => self.stopped = None,
            _ => {}
        }
        self.latest = Some(step.outline.clone());
    }

    fn stopped_at(&self) -> Option<String> {
        let stopped = self.stopped.as_ref().map(|step| step.outline.clone());
        stopped.or_else(|| self.latest.clone())
    }
}

/// Whether the step at `outer` holds the step at `inner`: `steps/2` holds `steps/2/do/1` and `steps/2[3]/do/1`.
fn is_around(outer: &str, inner: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with(['/', '[']))
}

impl ItemView {
    pub(super) fn new(item: ItemRef) -> ItemView {
        ItemView {
            item,
            state: ItemState::New,
            failure: None,
            receipt: None,
            attempts: 0,
            took_ms: 0,
            started: None,
            ended: None,
            intended: None,
            stopped_at: None,
            notes: Vec::new(),
            pictures: Vec::new(),
            trail: Trail::default(),
        }
    }

    pub(super) fn start(&mut self, at: DateTime<Utc>) {
        self.attempts = self.attempts.saturating_add(1);
        self.state = ItemState::Claimed;
        self.started.get_or_insert(at);
        self.ended = None;
        self.failure = None;
        self.intended = None;
        self.stopped_at = None;
        self.trail = Trail::default();
    }

    pub(super) fn intend(&mut self, title: &str) {
        self.state = ItemState::Committing;
        self.intended = Some(title.to_owned());
    }

    pub(super) fn step_finished(&mut self, finished: &StepFinished) {
        self.trail.step_finished(finished);
        self.notes.extend(finished.notes.iter().cloned());
        let pictures = finished.evidence.iter();
        self.pictures
            .extend(pictures.map(|evidence| Picture::new(evidence, &finished.step)));
    }

    pub(super) fn finish(&mut self, finished: &ItemFinished, at: DateTime<Utc>) {
        self.state = finished.state;
        self.failure = finished.failure.clone();
        self.receipt = finished.receipt.clone();
        self.took_ms = self.took_ms.saturating_add(finished.took_ms);
        self.ended = Some(at);
        self.stopped_at = match self.failure {
            Some(_) => self.trail.stopped_at(),
            None => None,
        };
    }

    /// The pictures that tell most: the latest of each kind, the failure first.
    pub fn telling_pictures(&self) -> Vec<&Picture> {
        [
            EvidenceRole::Failure,
            EvidenceRole::BeforeCommit,
            EvidenceRole::Proof,
            EvidenceRole::Asked,
        ]
        .into_iter()
        .filter_map(|role| self.pictures.iter().rev().find(|picture| picture.evidence.role == role))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(path: &str, outcome: StepOutcome) -> StepFinished {
        StepFinished {
            step: StepRef {
                path: path.to_owned(),
                outline: path.to_owned(),
                item: None,
                attempt: 1,
            },
            outcome,
            took_ms: 0,
            notes: Vec::new(),
            evidence: Vec::new(),
            failure: None,
        }
    }

    #[test]
    fn the_innermost_step_that_failed_is_where_it_stopped() {
        use StepOutcome::{Failed, NotMet, Ok, Skipped};
        for (steps, expected) in [
            (vec![("steps/1", Ok), ("steps/2", Ok)], "steps/2"),
            (
                vec![("steps/1", Ok), ("steps/2/do/1", Failed), ("steps/2", Failed)],
                "steps/2/do/1",
            ),
            // What a `try` around it mended is no place to stop at.
            (
                vec![("steps/2/try/1", Failed), ("steps/2", Ok), ("steps/3", Ok)],
                "steps/3",
            ),
            (
                vec![("steps/2", Failed), ("steps/2", Ok), ("steps/3", Skipped)],
                "steps/3",
            ),
            // The look that was not met, not the `else` that followed it.
            (vec![("steps/4", NotMet), ("steps/4/else/1", Ok)], "steps/4"),
            (
                vec![("steps/1/for_each[2]/1", Failed), ("steps/10", Ok)],
                "steps/1/for_each[2]/1",
            ),
            (vec![("steps/1", Failed), ("steps/10", Failed)], "steps/10"),
        ] {
            let mut trail = Trail::default();
            for (path, outcome) in &steps {
                trail.step_finished(&ended(path, *outcome));
            }
            assert_eq!(trail.stopped_at().as_deref(), Some(expected), "{steps:?}");
        }
    }
}
