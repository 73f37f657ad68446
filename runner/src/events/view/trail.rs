//! Which step an item, or the run itself, stopped at.

use crate::events::{StepFinished, StepOutcome, StepRef};

/// Finds the step that the work stopped at, while the steps go by.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Trail {
    /// The innermost step that failed or whose look was not met, until something around it ends well.
    stopped: Option<StepRef>,
    /// The step that ended last.
    latest: Option<String>,
}

impl Trail {
    pub(super) fn step_finished(&mut self, finished: &StepFinished) {
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

    /// The step that failed.
    pub(super) fn failed_at(&self) -> Option<String> {
        self.stopped.as_ref().map(|step| step.outline.clone())
    }

    /// The step that failed, else the one that ended last.
    pub(super) fn stopped_at(&self) -> Option<String> {
        self.failed_at().or_else(|| self.latest.clone())
    }
}

/// Whether the step at `outer` holds the step at `inner`: `steps/2` holds `steps/2/do/1` and `steps/2[3]/do/1`.
fn is_around(outer: &str, inner: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with(['/', '[']))
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
