//! The steps of a run with their times.

use indexmap::IndexMap;

use crate::events::{StepFinished, StepOutcome, StepOutline, StepRef};

/// A step of the outline and what happened to it over all items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// Where it stands and what it does.
    pub outline: StepOutline,
    /// How deep it is nested, from 0.
    pub depth: usize,
    /// How often it was begun.
    pub begun: u64,
    /// How often it did its work.
    pub ok: u64,
    /// How often its condition did not hold.
    pub skipped: u64,
    /// How often it looked in vain and its `else` was done.
    pub not_met: u64,
    /// How often it failed.
    pub failed: u64,
    /// How often it was tried again.
    pub retried: u64,
    /// Milliseconds in all.
    pub total_ms: u64,
    /// Milliseconds of the slowest.
    pub longest_ms: u64,
}

impl StepView {
    fn new(outline: StepOutline) -> StepView {
        StepView {
            depth: depth(&outline.path),
            outline,
            begun: 0,
            ok: 0,
            skipped: 0,
            not_met: 0,
            failed: 0,
            retried: 0,
            total_ms: 0,
            longest_ms: 0,
        }
    }

    /// How often it was really done: neither skipped nor still at work.
    pub fn worked(&self) -> u64 {
        self.ok.saturating_add(self.not_met).saturating_add(self.failed)
    }

    /// Milliseconds on average, if it was done at all.
    pub fn average_ms(&self) -> Option<u64> {
        self.total_ms.checked_div(self.worked())
    }
}

/// `steps/3` is 0 deep, `steps/3/do/1` 1.
fn depth(path: &str) -> usize {
    (path.split('/').count() / 2).saturating_sub(1)
}

/// The steps of a run, in the order of the outline.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Steps(IndexMap<String, StepView>);

impl Steps {
    /// The steps in order; those that the outline does not hold come last.
    pub fn iter(&self) -> impl Iterator<Item = &StepView> {
        self.0.values()
    }

    /// The step at a path of the outline.
    pub fn get(&self, outline: &str) -> Option<&StepView> {
        self.0.get(outline)
    }

    /// What the step at a path of the outline does, as people call it.
    pub fn title(&self, outline: &str) -> Option<&str> {
        self.get(outline).map(|step| step.outline.title.as_str())
    }

    pub(super) fn declare(&mut self, outline: &[StepOutline]) {
        for step in outline {
            self.0
                .entry(step.path.clone())
                .or_insert_with(|| StepView::new(step.clone()));
        }
    }

    pub(super) fn started(&mut self, step: &StepRef) {
        self.at(&step.outline).begun += 1;
    }

    pub(super) fn retrying(&mut self, step: &StepRef) {
        self.at(&step.outline).retried += 1;
    }

    pub(super) fn finished(&mut self, finished: &StepFinished) {
        let step = self.at(&finished.step.outline);
        match finished.outcome {
            StepOutcome::Ok => step.ok += 1,
            StepOutcome::Skipped => {
                step.skipped += 1;
                return;
            }
            StepOutcome::NotMet => step.not_met += 1,
            StepOutcome::Failed => step.failed += 1,
        }
        step.total_ms = step.total_ms.saturating_add(finished.took_ms);
        step.longest_ms = step.longest_ms.max(finished.took_ms);
    }

    /// The step at a path. One that the outline does not hold is shown by its path.
    fn at(&mut self, outline: &str) -> &mut StepView {
        self.0.entry(outline.to_owned()).or_insert_with(|| {
            StepView::new(StepOutline {
                path: outline.to_owned(),
                title: outline.to_owned(),
                kind: String::new(),
                file: String::new(),
                line: 0,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_the_steps_around() {
        for (path, expected) in [("", 0), ("steps/3", 0), ("steps/3/do/1", 1), ("steps/3/do/1/else/2", 2)] {
            assert_eq!(depth(path), expected, "{path}");
        }
    }
}
