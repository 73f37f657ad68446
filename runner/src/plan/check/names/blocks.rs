//! Names in the words that hold other steps: loops, `try`, and parts with what they give back.

use super::{ERROR, Names, RESERVED, Returned};
use crate::diag::{Diagnostic, Spanned};
use crate::scenario::expr::places::Sought;
use crate::scenario::expr::{Expr, Template};
use crate::scenario::model::{Call, InputType, StepNode};
use crate::scenario::vocabulary::{join, nearest};
use crate::text::{Message, codes};

impl Names<'_> {
    /// Steps that are done once for each value of a name, which ends with them.
    pub(super) fn rounds(&mut self, name: Option<&Spanned<String>>, steps: impl FnOnce(&mut Self)) {
        let Some(name) = name else { return steps(self) };
        let hidden = self.bound.get(&name.value).copied();
        self.bind(name);
        steps(self);
        match hidden {
            Some(span) => self.bound.insert(name.value.clone(), span),
            None => self.bound.remove(&name.value),
        };
    }

    /// A lone word that has no value is most likely what the page is to show.
    pub(super) fn until(&mut self, condition: &Expr) {
        let lone = condition
            .path()
            .filter(|path| path.len() == 1)
            .and_then(|path| path.first());
        match lone {
            Some(name) if !self.bound.contains_key(name) && !self.ever.contains_key(name) && !self.is_fixed(name) => {
                let message = Message::new(codes::UNTIL_TEXT).with("text", name.clone());
                self.found.push(Diagnostic::error(message, condition.span()));
            }
            _ => self.condition(condition),
        }
    }

    pub(super) fn is_fixed(&self, name: &str) -> bool {
        RESERVED.contains(&name) || name == ERROR
    }

    /// `catch` sees what the steps before it may have set: whether they came so far is known when it runs.
    pub(super) fn r#try(&mut self, steps: &[StepNode], catch: Option<&[StepNode]>, finally: &[StepNode]) {
        let before = self.bound.clone();
        self.list(steps);
        if let Some(catch) = catch {
            let tried = std::mem::replace(&mut self.bound, before);
            let outer = std::mem::replace(&mut self.catching, true);
            self.list(catch);
            self.catching = outer;
            self.bound.extend(tried);
        }
        self.list(finally);
    }

    pub(super) fn call(&mut self, call: &Call, step: &StepNode) {
        let Some(opened) = self.library.get(&call.part.value) else {
            call.with.iter().for_each(|(_, value)| self.template(value));
            return;
        };
        let part = opened.part;
        for (given, value) in &call.with {
            let kind = part.inputs.iter().find(|(name, _)| name.value == given.value);
            if let Some((_, InputType::Secret)) = kind {
                self.secret(call, given, value);
                continue;
            }
            self.template(value);
            if opened.shape.looked.contains(&given.value) {
                let bound = std::mem::replace(&mut self.bound, self.lasting.clone());
                let outer = std::mem::replace(&mut self.looking, true);
                let told = self.found.len();
                self.template(value);
                self.looking = outer;
                self.bound = bound;
                // What has no value here either was told just before.
                let lost = self.found.split_off(told);
                self.found
                    .extend(lost.into_iter().filter(|lost| lost.message.is(codes::NAME_LOST)));
            }
        }
        let outputs: Vec<String> = part.outputs.iter().map(|(name, _)| name.value.clone()).collect();
        let result = step.save_as.as_ref();
        if let Some(name) = result.filter(|_| outputs.is_empty()) {
            let message = Message::new(codes::NO_OUTPUTS).with("part", call.part.value.clone());
            self.found.push(Diagnostic::error(message, name.span));
        }
        for output in &outputs {
            let returned = Returned {
                result: result.map(|name| name.value.clone()),
                span: call.part.span,
            };
            self.returned.insert(output.clone(), returned);
        }
        if let Some(name) = result {
            self.results.insert(name.value.clone(), outputs);
        }
    }

    /// A secret goes on under another name; nothing is done with it on the way.
    fn secret(&mut self, call: &Call, given: &Spanned<String>, value: &Template) {
        let is_secret = match value.path() {
            Some([first, _, ..]) if first == "secrets" => !self.part,
            Some([name]) => self.secret_names.contains(name),
            _ => false,
        };
        if is_secret {
            self.secrets = true;
            self.template(value);
            self.secrets = false;
        } else {
            let message = Message::new(codes::CALL_SECRET)
                .with("part", call.part.value.clone())
                .with("name", given.value.clone());
            self.found.push(Diagnostic::error(message, value.span));
        }
    }

    /// What is read of a part's result must be one of its outputs.
    pub(super) fn output(&mut self, expr: &Expr, name: &str, field: Option<&String>) {
        let (Some(field), Some(outputs)) = (field, self.results.get(name)) else {
            return;
        };
        if !outputs.contains(field) {
            let message = Message::new(codes::OUTPUT_UNKNOWN)
                .with("name", format!("{name}.{field}"))
                .with_some(
                    "near",
                    nearest(field, outputs.iter().map(String::as_str)).map(|near| format!("{name}.{near}")),
                )
                .with("words", join(outputs.iter().map(|output| format!("{name}.{output}"))));
            self.error(message, expr, Sought::Member(field));
        }
    }

    /// An output that is read by its own name alone.
    pub(super) fn unnamed(&self, name: &str) -> Message {
        let returned = self.returned.get(name);
        let named = returned.and_then(|returned| returned.result.as_deref());
        let result = named.unwrap_or("結果");
        let line = returned.map_or(0, |returned| self.source.line_of(returned.span.start));
        Message::new(codes::OUTPUT_UNNAMED)
            .with("name", name)
            .with_int("line", line as i64)
            .with_some("unnamed", named.is_none().then_some("as"))
            .with("instead", format!("{result}.{name}"))
    }
}
