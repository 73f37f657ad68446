//! One item of a run.

use chrono::{DateTime, Utc};

use super::trail::Trail;
use crate::events::{
    Decided, EvidenceRef, EvidenceRole, Failure, ItemFinished, ItemRef, ItemState, StepFinished, StepRef,
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
    /// Who has said so, where a person has.
    pub decided_by: Option<String>,
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

impl ItemView {
    pub(super) fn new(item: ItemRef) -> ItemView {
        ItemView {
            item,
            state: ItemState::New,
            failure: None,
            decided_by: None,
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

    pub(super) fn doubted(&mut self, title: &str, at: DateTime<Utc>) {
        self.started.get_or_insert(at);
        self.ended = None;
        self.intend(title);
    }

    pub(super) fn disproved(&mut self) {
        self.state = ItemState::New;
        self.intended = None;
    }

    /// A person has said what became of it. Why it stopped stands there until that is settled.
    pub(super) fn decide(&mut self, decided: &Decided, at: DateTime<Utc>) {
        self.state = decided.state;
        self.decided_by = Some(decided.by.clone());
        self.ended = Some(at);
        if !matches!(
            decided.state,
            ItemState::Inquiry | ItemState::Failed | ItemState::Rejected | ItemState::ByHand
        ) {
            self.failure = None;
            self.stopped_at = None;
        }
        if decided.state == ItemState::New {
            self.intended = None;
        }
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

    /// Whether a person has said what became of it.
    pub fn is_decided(&self) -> bool {
        self.decided_by.is_some()
    }

    /// Whether something that is told of it is covered.
    pub(super) fn is_veiled(&self) -> bool {
        self.receipt.as_ref().is_some_and(|told| told.contains("＊＊"))
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
