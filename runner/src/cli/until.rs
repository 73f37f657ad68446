//! `yakin run --until`: which step is meant.

use crate::events::StepOutline;
use crate::plan::{Plan, PlanStep};
use crate::rules::width::to_halfwidth_ascii;
use crate::scenario::vocabulary::nearest;
use crate::text::{Message, codes};

use super::error::CliError;

/// The step that a word means: its id, its path, its line, or its name or a part of it.
pub(super) fn find(plan: &Plan, word: &str) -> Result<String, CliError> {
    let word = word.trim();
    let plain = to_halfwidth_ascii(word);
    let own = |outline: &&StepOutline| outline.file == plan.file;
    let steps: Vec<&StepOutline> = plan.outline.iter().filter(own).collect();
    let inside = |step: &PlanStep| step.id.as_deref() == Some(word);
    let by_id = plan
        .lists()
        .into_iter()
        .flatten()
        .find(|step| inside(step))
        .map(|step| step.path.clone());
    let line = plain.trim_end_matches("行目").parse::<usize>().ok();
    let ways: [&dyn Fn(&StepOutline) -> bool; 4] = [
        &|step| by_id.as_ref() == Some(&step.path) || step.path == plain,
        &|step| Some(step.line) == line,
        &|step| step.title == word,
        &|step| !word.is_empty() && step.title.contains(word),
    ];
    for way in ways {
        let found: Vec<&StepOutline> = steps.iter().copied().filter(|step| way(step)).collect();
        match found.as_slice() {
            [] => {}
            [step] => return in_reach(step),
            // A step and what stands in it may begin on one line.
            [step, others @ ..]
                if others
                    .iter()
                    .all(|other| other.path.starts_with(&format!("{}/", step.path))) =>
            {
                return in_reach(step);
            }
            several => {
                let places: Vec<String> = several
                    .iter()
                    .map(|step| format!("{}（{}行目）", step.title, step.line))
                    .collect();
                let message = Message::new(codes::UNTIL_AMBIGUOUS)
                    .with("word", word)
                    .with("steps", places.join("、"));
                return Err(CliError::usage(message));
            }
        }
    }
    let near = nearest(word, steps.iter().map(|step| step.title.as_str()));
    let message = Message::new(codes::UNTIL_UNKNOWN)
        .with("word", word)
        .with_some("near", near);
    Err(CliError::usage(message))
}

/// No rehearsal comes into an act: it stops at the commit, which stands before it.
fn in_reach(step: &StepOutline) -> Result<String, CliError> {
    if step.path.contains("/do/") || step.path.contains("/look/") {
        let message = Message::new(codes::UNTIL_IN_COMMIT).with("step", step.title.clone());
        return Err(CliError::usage(message));
    }
    Ok(step.path.clone())
}
