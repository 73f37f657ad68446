//! Steps that fill a form.

use super::script::Field;
use super::work::is_password;
use super::write::Writer;
use super::yaml;
use crate::drivers::browser::{By, FieldKind, Locator, Robustness};
use crate::rules::width::fold_heading;
use crate::text::{Message, codes};

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Its name in a list: from the column of the same name.
    Short,
    /// Its name and value in a map.
    Entry,
    /// A step of its own.
    Alone,
}

impl Writer<'_> {
    /// Fields of a form; those that take the column of their own name stand in a list.
    pub(super) fn fill(&mut self, fields: &[Field], indent: usize) {
        self.is_login = fields.iter().any(is_password);
        let mut at = 0;
        while let Some(field) = fields.get(at) {
            let kind = self.shape(field);
            let run: Vec<&Field> = fields
                .iter()
                .skip(at)
                .take_while(|next| self.shape(next) == kind)
                .collect();
            at += run.len();
            match kind {
                Shape::Short => {
                    let names: Vec<String> = run.iter().map(|field| yaml::flow(&field.name)).collect();
                    self.line(indent, &format!("- browser.fill: [{}]", names.join(", ")));
                }
                Shape::Entry => {
                    self.line(indent, "- browser.fill:");
                    for field in run {
                        let value = self.value(field);
                        self.line(
                            indent + 4,
                            &format!("{}: {}", yaml::flow(&field.name), yaml::scalar(&value)),
                        );
                    }
                }
                Shape::Alone => {
                    for field in run {
                        let step = self.alone(field);
                        self.line(indent, &step);
                    }
                }
            }
        }
    }

    fn shape(&self, field: &Field) -> Shape {
        let by_heading = field.ways.first().is_some_and(|way| {
            matches!(&way.locator.by, By::Label(label) if *label == field.name)
                && way.locator.within.is_none()
                && way.locator.nth.is_none()
                && way.locator.frame.is_none()
        });
        match self.sources.get(&field.name) {
            _ if !by_heading || matches!(field.kind, FieldKind::Box | FieldKind::File) => Shape::Alone,
            Some(source) if source.filter.is_none() && source.column == field.name => Shape::Short,
            _ => Shape::Entry,
        }
    }

    /// What goes into a field: a column, a secret, or the very value that was typed.
    fn value(&mut self, field: &Field) -> String {
        if let Some(source) = self.sources.get(&field.name) {
            if fold_heading(&source.column) != fold_heading(&field.name) {
                let message = Message::new(codes::RECORDED_COLUMN)
                    .with("line", self.here().to_string())
                    .with("field", field.name.as_str())
                    .with("column", source.column.as_str());
                self.notes.push(message);
            }
            return format!("${{{{ {} }}}}", source.expression());
        }
        // The text beside a password says who logs in.
        if is_password(field) || (self.is_login && field.kind == FieldKind::Text) {
            let (system, _) = self.recording.system.unwrap_or(("システム", None));
            let name = if is_password(field) { "パスワード" } else { "ID" };
            let message = Message::new(codes::RECORDED_SECRET)
                .with("line", self.here().to_string())
                .with("name", format!("{system}.{name}"));
            self.notes.push(message);
            return format!("${{{{ secrets.{system}.{name} }}}}");
        }
        self.literal.push(self.here().to_string());
        field.value.clone()
    }

    /// A field that needs a step of its own.
    fn alone(&mut self, field: &Field) -> String {
        let value = self.value(field);
        let fallback = Locator::from(By::Label(field.name.clone()));
        let locator = field
            .ways
            .first()
            .map_or(fallback, |way| self.with_columns(&way.locator));
        if field
            .ways
            .first()
            .is_none_or(|way| way.robustness().score < Robustness::GOOD)
        {
            self.weak.push(self.here().to_string());
        }
        let target = match (&locator.by, &locator.within, locator.nth, &locator.frame) {
            (By::Label(heading), None, None, None) => yaml::flow(heading),
            _ => yaml::locator(&locator),
        };
        let within = locator.within.is_some() || locator.frame.is_some();
        match (field.kind, &locator.by) {
            (FieldKind::Box, _) if value == "yes" => {
                self.literal.pop();
                format!("- browser.check: {target}")
            }
            (FieldKind::Box, _) => {
                let is_fixed = value == "no";
                if is_fixed {
                    self.literal.pop();
                }
                let on = if is_fixed {
                    "いいえ".to_owned()
                } else {
                    yaml::flow(&value)
                };
                let entries = yaml::entries(&locator).join(", ");
                format!("- browser.check: {{ {entries}, on: {on} }}")
            }
            (FieldKind::File, _) => format!(
                "- log: {}",
                yaml::flow(&format!("「{}」のファイルは、人が選びました", field.name))
            ),
            (FieldKind::List | FieldKind::Choice, _) => {
                format!("- browser.select: {{ from: {target}, option: {} }}", yaml::flow(&value))
            }
            (_, By::Label(heading)) if within && locator.nth.is_none() => {
                let mut step = format!(
                    "- browser.fill:\n    fields:\n      {}: {}",
                    yaml::flow(heading),
                    yaml::scalar(&value)
                );
                if let Some(within) = &locator.within {
                    step += &format!("\n    within: {}", yaml::locator(within));
                }
                if let Some(frame) = &locator.frame {
                    step += &format!("\n    frame: {}", yaml::flow(frame));
                }
                step
            }
            _ => format!("- browser.type: {{ into: {target}, text: {} }}", yaml::flow(&value)),
        }
    }
}
