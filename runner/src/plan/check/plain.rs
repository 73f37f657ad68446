//! Texts that were meant as expressions: `item.氏名` without `${{ }}` would be typed into a form as it stands.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Source, Span};
use crate::plan::arguments::texts;
use crate::plan::check::names::RUN_NAMES;
use crate::plan::check::{Columns, inside};
use crate::scenario::expr::{Expr, Template};
use crate::scenario::model::{Action, Commit, Items, Source as From, StepNode, Until, Verify};
use crate::scenario::tree::{Node, NodeKind};
use crate::steps;
use crate::text::{Message, codes};

/// Endings of files, so that `item.csv` may be one.
const ENDINGS: &[&str] = &["csv", "xlsx", "txt", "pdf", "html", "json", "xml", "log", "sh"];

/// Finds the texts of a document that look like a value's name.
pub(super) struct Plain<'d> {
    pub(super) source: &'d Source,
    pub(super) columns: &'d Columns,
    pub(super) found: &'d mut Vec<Diagnostic>,
}

impl Plain<'_> {
    /// What goes with an item.
    pub(super) fn items(&mut self, items: &Items, given: &BTreeSet<String>) {
        for (_, template) in &items.keep {
            self.kept(template, given);
        }
        if let From::Rows(rows) = &items.from {
            let cells = rows.iter().flat_map(|row| &row.cells);
            cells.for_each(|(_, cell)| self.template(cell));
        }
    }

    /// A list of steps and everything inside them.
    pub(super) fn list(&mut self, steps: &[StepNode]) {
        for step in steps {
            match &step.action {
                Action::Step { kind, args } => {
                    // A list that a step writes out itself holds names, not values.
                    let names = matches!(args.kind, NodeKind::List(_))
                        && steps::find(&kind.value).is_some_and(|def| def.expand.is_some());
                    if !names {
                        self.node(args);
                    }
                }
                Action::ForEach { list, .. } => self.template(list),
                Action::Reject(text) | Action::Stop(text) | Action::Log(text) => self.template(text),
                Action::Set(values) => values.iter().for_each(|(_, value)| self.template(value)),
                Action::Ask(ask) => self.template(&ask.question),
                Action::Commit(commit) => self.signs(commit),
                Action::RepeatUntil {
                    until: Until::Sign(sign),
                    ..
                } => self.node(sign),
                Action::Call(call) => call.with.iter().for_each(|(_, value)| self.template(value)),
                Action::If { .. } | Action::RepeatUntil { .. } | Action::Try { .. } | Action::Group { .. } => {}
            }
            for (_, steps) in inside(step) {
                self.list(steps);
            }
        }
    }

    fn signs(&mut self, commit: &Commit) {
        let mut signs = vec![&commit.proof];
        signs.extend(commit.refused.iter().chain(&commit.already));
        if let Verify::Look { present, absent, .. } = &commit.verify {
            signs.extend([present, absent]);
        }
        signs.into_iter().for_each(|sign| self.node(sign));
    }

    fn node(&mut self, node: &Node) {
        for (_, text, span) in texts(node, "") {
            self.text(text, span);
        }
    }

    fn template(&mut self, template: &Template) {
        if let Some(text) = template.literal() {
            self.text(text, template.span);
        }
    }

    /// A value to be kept: what is written there is hardly ever the same for every item.
    fn kept(&mut self, template: &Template, given: &BTreeSet<String>) {
        let Some(text) = template.literal().map(str::trim) else {
            return;
        };
        if self.meant(text).is_some() {
            return self.template(template);
        }
        let compares = [" == ", " != ", "item.", "item["]
            .iter()
            .any(|sign| text.contains(sign));
        let meant = given.contains(text) || (compares && Expr::compile(text, Span::default()).is_ok());
        if meant {
            let instead = format!("${{{{ {text} }}}}");
            let message = Message::new(codes::PLAIN_EXPRESSION)
                .with("text", text)
                .with("instead", instead.clone());
            let found = Diagnostic::warning(message, template.span);
            let line = self.mended(text, &instead, template.span);
            self.found.push(line.into_iter().fold(found, Diagnostic::with_mended));
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let text = text.trim();
        if let Some(sure) = self.meant(text) {
            let instead = format!("${{{{ {text} }}}}");
            let message = Message::new(codes::PLAIN_EXPRESSION)
                .with("text", text)
                .with("instead", instead.clone());
            let found = if sure {
                Diagnostic::error(message, span)
            } else {
                Diagnostic::warning(message, span)
            };
            self.found.push(match self.mended(text, &instead, span) {
                Some(line) => found.with_mended(line),
                None => found,
            });
        }
    }

    /// Whether a text is the name of a value, perhaps with filters, and whether there is such a value.
    fn meant(&self, text: &str) -> Option<bool> {
        let begins = ["item.", "item[", "run.", "secrets."]
            .iter()
            .any(|start| text.starts_with(start));
        if !begins {
            return None;
        }
        let expr = Expr::compile(text, Span::default()).ok()?;
        let path = expr
            .names()
            .find(|path| text.starts_with(path.first().map_or("", String::as_str)))?;
        let alone = expr.is_path() || expr.filters().next().is_some();
        match path {
            [first, name, ..] if alone => match first.as_str() {
                "item" if self.columns.has(name) => Some(true),
                "item" => (!ENDINGS.contains(&name.as_str())).then_some(false),
                "run" => RUN_NAMES.contains(&name.as_str()).then_some(true),
                _ => Some(true),
            },
            _ => None,
        }
    }

    /// The line with the expression in its place.
    fn mended(&self, text: &str, instead: &str, span: Span) -> Option<String> {
        let number = self.source.line_of(span.start);
        let line = self.source.line(number);
        let from = span.start.checked_sub(self.source.line_span(number).start)?;
        let at = from + line.get(from..)?.find(text)?;
        let (before, after) = (line.get(..at)?, line.get(at + text.len()..)?);
        let open = before.contains(['{', '[']) && !before.ends_with(['"', '\'']);
        let quote = match (open, instead.contains('"')) {
            (false, _) => "",
            (true, false) => "\"",
            (true, true) => "'",
        };
        Some(format!("{before}{quote}{instead}{quote}{after}"))
    }
}
