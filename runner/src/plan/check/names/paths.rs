//! What the names of an expression mean where they stand: an item's column, what `run` offers, a value of a step.

use super::{ERROR, ERROR_NAMES, Names, RESERVED, RUN_NAMES};
use crate::scenario::expr::Expr;
use crate::scenario::vocabulary::{join, nearest};
use crate::text::{Message, codes};

impl Names<'_> {
    /// A name that an expression reads, with what follows its dot.
    pub(super) fn path(&mut self, expr: &Expr, path: &[String]) {
        let (Some(name), second) = (path.first(), path.get(1)) else {
            return;
        };
        self.read.insert(name.clone());
        if self.looking {
            self.looked.insert(name.clone());
        }
        match (name.as_str(), second) {
            ("item" | "secrets", _) if self.part => {
                let message = Message::new(codes::PART_SEES).with("name", path.join("."));
                self.error(message, expr, name);
            }
            (ERROR, Some(field)) if self.catching && ERROR_NAMES.contains(&field.as_str()) => {}
            (ERROR, _) => {
                let message = Message::new(codes::ERROR_PLACE).with("name", path.join("."));
                self.error(message, expr, name);
            }
            ("item", _) if !self.item => {
                let message = Message::new(codes::NO_ITEM).with("name", path.join("."));
                self.error(message, expr, name);
            }
            ("item", Some(column)) => {
                let span = self.narrow(expr, column);
                self.columns
                    .missing(column, span, codes::UNKNOWN_COLUMN, &mut self.found);
            }
            ("run", Some(field)) if !RUN_NAMES.contains(&field.as_str()) => {
                let message = Message::new(codes::UNKNOWN_NAME)
                    .with("name", path.join("."))
                    .with_some(
                        "near",
                        nearest(field, RUN_NAMES.iter().copied()).map(|near| format!("run.{near}")),
                    )
                    .with("words", join(RUN_NAMES.iter().map(|name| format!("run.{name}"))));
                self.error(message, expr, field);
            }
            ("run", Some(field)) if field == "items" && !self.ended => {
                self.error(Message::new(codes::RUN_ITEMS), expr, field);
            }
            ("secrets", _) if !self.secrets => {
                let message = Message::new(codes::SECRET_PLACE).with("name", path.join("."));
                self.error(message, expr, name);
            }
            ("item" | "run" | "secrets", _) => {}
            (name, _) if self.secret_names.contains(name) && !self.secrets => {
                let message = Message::new(codes::SECRET_PLACE).with("name", name);
                self.error(message, expr, name);
            }
            (name, second) if self.bound.contains_key(name) => {
                self.known(expr, name);
                self.output(expr, name, second);
            }
            (name, _) => self.unknown(expr, name),
        }
    }

    fn unknown(&mut self, expr: &Expr, name: &str) {
        self.read.insert(name.to_owned());
        let message = match self.ever.get(name) {
            Some(_) if self.looking => Message::new(codes::NAME_LOST).with("name", name),
            Some(at) => Message::new(codes::NAME_TOO_EARLY)
                .with("name", name)
                .with_int("line", self.source.line_of(at.start) as i64),
            None if self.returned.contains_key(name) => self.unnamed(name),
            None if !self.sure => return,
            None => {
                let is_column = self.columns.headings.iter().flatten().any(|heading| heading == name);
                let known: Vec<&str> = self
                    .bound
                    .keys()
                    .map(String::as_str)
                    .chain(RESERVED.iter().copied().filter(|name| !self.part || *name == "run"))
                    .collect();
                let near = if is_column {
                    Some(format!("item.{name}"))
                } else {
                    nearest(name, known.iter().copied()).map(str::to_owned)
                };
                Message::new(codes::UNKNOWN_NAME)
                    .with("name", name)
                    .with_some("near", near)
                    .with("words", join(&known))
            }
        };
        self.error(message, expr, name);
    }
}
