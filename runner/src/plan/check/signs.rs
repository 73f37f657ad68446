//! Signs that prove nothing: too short, or on the page before the act.

use crate::diag::{Diagnostic, Source, Span};
use crate::plan::arguments::expanded;
use crate::plan::check::inside;
use crate::rules::width::fold_heading;
use crate::scenario::UNWRITTEN;
use crate::scenario::model::{Action, Commit, StepNode, Verify};
use crate::scenario::tree::Node;
use crate::steps::targets;
use crate::steps::{self, Listed};
use crate::text::{Message, codes};

/// Checks the signs of one list of a document.
pub(super) fn check(source: &Source, steps: &[StepNode], found: &mut Vec<Diagnostic>) {
    let mut walk = Walk {
        source,
        seen: Vec::new(),
        found,
    };
    walk.list(steps);
}

/// A text that the page shows before the act.
struct Seen {
    text: String,
    span: Span,
}

struct Walk<'d, 'f> {
    source: &'d Source,
    seen: Vec<Seen>,
    found: &'f mut Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    fn list(&mut self, steps: &[StepNode]) {
        for step in steps {
            match &step.action {
                Action::Step { kind, args } => {
                    if kind.value == "browser.see" {
                        self.short(args);
                    }
                    if kind.value == "browser.open" {
                        self.seen.clear();
                    }
                    self.see(&kind.value, args);
                }
                Action::Commit(commit) => self.commit(commit),
                _ => {}
            }
            for (_, list) in inside(step) {
                self.list(list);
            }
        }
    }

    /// Notes what a step sees, fills or presses.
    fn see(&mut self, kind: &str, args: &Node) {
        let Some(def) = steps::find(kind) else { return };
        for pointed in targets::pointed(def.name, &expanded(def, args, Listed::Columns)) {
            let text = pointed.target.wanted();
            // What is pressed leads to another page, except in the act, which may be refused.
            if kind != "browser.click" && !text.contains("${{") {
                self.seen.push(Seen {
                    text: fold_heading(&text),
                    span: pointed.span,
                });
            }
        }
    }

    fn commit(&mut self, commit: &Commit) {
        let mut signs = vec![&commit.proof];
        signs.extend(commit.refused.iter().chain(&commit.already));
        if let Verify::Look { present, absent, .. } = &commit.verify {
            signs.extend([present, absent]);
        }
        signs.into_iter().for_each(|sign| self.short(sign));
        self.proof(&commit.proof);
    }

    fn short(&mut self, sign: &Node) {
        let node = sign.get("text").or_else(|| sign.get("field")).unwrap_or(sign);
        if let Some(text) = node.text().filter(|text| UNWRITTEN.contains(text)) {
            let message = Message::new(codes::SIGN_UNWRITTEN).with("text", text);
            self.found.push(Diagnostic::error(message, node.span));
        }
        let node = sign.get("text").unwrap_or(sign);
        if let Some(text) = node.text().map(str::trim)
            && text.chars().count() == 1
        {
            let message = Message::new(codes::SIGN_SHORT).with("text", text);
            self.found.push(Diagnostic::warning(message, node.span));
        }
    }

    /// A proof that says what the value must be may stand beside a heading that was there before.
    fn proof(&mut self, proof: &Node) {
        if proof.get("is").or_else(|| proof.get("contains")).is_some() || proof.get("row").is_some() {
            return;
        }
        for pointed in targets::sign(proof) {
            let text = pointed.target.wanted();
            let folded = fold_heading(&text);
            let Some(seen) = self.seen.iter().find(|seen| seen.text == folded) else {
                continue;
            };
            let line = self.source.line_of(seen.span.start);
            let message = Message::new(codes::PROOF_BEFORE)
                .with("text", text)
                .with_int("line", i64::try_from(line).unwrap_or(i64::MAX));
            self.found.push(Diagnostic::warning(message, pointed.span));
        }
    }
}
