//! How well the locators of a document will outlast a changed page.

use crate::diag::{Diagnostic, Span};
use crate::drivers::browser::{By, Locator, Robustness, Target, Weakness};
use crate::plan::arguments::expanded;
use crate::plan::check::inside;
use crate::scenario::model::{Action, Commit, StepNode, Verify};
use crate::steps::targets::{self, Pointed};
use crate::steps::{self, Listed};
use crate::text::{Code, Message, codes};

/// A locator of a document, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Where it is written.
    pub span: Span,
    /// What it looks for; of a bundle the first way.
    pub looked_for: String,
    /// The judgement about it, or the whole bundle.
    pub robustness: Robustness,
    /// Whether it says how the page is built (css, xpath) and not what is seen on it.
    pub by_structure: bool,
    /// The ways of a bundle, each for itself; empty when there is but one.
    pub ways: Vec<(String, Robustness)>,
}

/// Every locator of the steps, in the order they stand.
pub(super) fn scored(steps: &[StepNode]) -> Vec<Scored> {
    let mut all = Vec::new();
    collect(steps, &mut all);
    all
}

/// Says which of them are too weak.
pub(super) fn check(steps: &[StepNode], found: &mut Vec<Diagnostic>) {
    for scored in scored(steps) {
        let Some(weakness) = scored.robustness.weakness else {
            continue;
        };
        let score = scored.robustness.score;
        if score < Robustness::GOOD {
            let message = Message::new(codes::BRITTLE)
                .with("looked_for", scored.looked_for)
                .with_int("score", i64::from(score))
                .with_said("reason", Message::new(reason(weakness)))
                .with(instead(weakness, scored.by_structure), "1");
            found.push(if score < Robustness::POOR {
                Diagnostic::warning(message, scored.span)
            } else {
                Diagnostic::hint(message, scored.span)
            });
        }
    }
}

/// The weakness in words.
pub fn reason(weakness: Weakness) -> Code {
    match weakness {
        Weakness::Structure => codes::WEAK_STRUCTURE,
        Weakness::Counted => codes::WEAK_COUNTED,
        Weakness::Generated => codes::WEAK_GENERATED,
        Weakness::Changing => codes::WEAK_CHANGING,
        Weakness::Long => codes::WEAK_LONG,
        Weakness::Anywhere => codes::WEAK_ANYWHERE,
    }
}

/// The argument of the message that says what to write instead.
fn instead(weakness: Weakness, by_structure: bool) -> &'static str {
    match weakness {
        _ if by_structure => "seen",
        Weakness::Structure | Weakness::Generated => "seen",
        Weakness::Counted => "around",
        Weakness::Changing | Weakness::Long => "less",
        Weakness::Anywhere => "sort",
    }
}

fn collect(steps: &[StepNode], into: &mut Vec<Scored>) {
    for step in steps {
        match &step.action {
            Action::Step { kind, args } => {
                if let Some(def) = steps::find(&kind.value) {
                    into.extend(
                        targets::pointed(def.name, &expanded(def, args, Listed::Columns))
                            .into_iter()
                            .map(judged),
                    );
                }
            }
            Action::Commit(commit) => {
                // The act comes before its signs, which are `inside` of no list.
                collect(&commit.act, into);
                into.extend(signs(commit).map(judged));
            }
            _ => {}
        }
        for (name, list) in inside(step) {
            if name != "do" || !matches!(step.action, Action::Commit(_)) {
                collect(list, into);
            }
        }
    }
}

fn signs(commit: &Commit) -> impl Iterator<Item = Pointed> {
    let verify = match &commit.verify {
        Verify::Look { present, absent, .. } => vec![present, absent],
        Verify::None => Vec::new(),
    };
    std::iter::once(&commit.proof)
        .chain(&commit.refused)
        .chain(&commit.already)
        .chain(verify)
        .flat_map(targets::sign)
}

fn judged(pointed: Pointed) -> Scored {
    let way = |locator: &Locator| {
        let alone = Target::from(locator.clone());
        (alone.wanted(), locator.robustness())
    };
    let ways = match pointed.target.bundle.as_slice() {
        [_] => Vec::new(),
        ways => ways.iter().map(way).collect(),
    };
    let by_structure = |locator: &Locator| matches!(locator.by, By::Css(_) | By::XPath(_));
    Scored {
        by_structure: pointed.target.bundle.iter().all(by_structure),
        span: pointed.span,
        looked_for: pointed.target.wanted(),
        robustness: pointed.target.robustness(),
        ways,
    }
}
