//! Where a mistake about a name is shown.

use super::Names;
use crate::diag::{Diagnostic, Span};
use crate::scenario::expr::Expr;
use crate::scenario::expr::places::{self, Sought};
use crate::text::Message;

impl Names<'_> {
    pub(super) fn error(&mut self, message: Message, expr: &Expr, sought: Sought<'_>) {
        let span = self.narrow(expr, sought);
        self.found.push(Diagnostic::error(message, span));
    }

    /// The place of a word inside the text that an expression stands in; all of the text when its YAML is too different.
    pub(super) fn narrow(&self, expr: &Expr, sought: Sought<'_>) -> Span {
        let whole = expr.span();
        let text = self.source.slice(whole);
        let source = expr.source();
        let Some(place) = places::place(source, sought) else {
            return whole;
        };
        let in_yaml = |escape: &dyn Fn(&str) -> String| {
            let written = escape(source);
            // The same words may stand inside another expression before this one.
            let alone = |at: &usize| text.get(..*at).is_some_and(|before| before.trim_end().ends_with("${{"));
            let mut places = text.match_indices(&written).map(|(at, _)| at);
            let at = places.clone().find(alone).or_else(|| places.next())?;
            let from = whole.start + at + escape(source.get(..place.start)?).len();
            Some(Span::new(from, from + escape(source.get(place.clone())?).len()))
        };
        in_yaml(&str::to_owned)
            .or_else(|| in_yaml(&|text| text.replace('"', "\\\"")))
            .or_else(|| in_yaml(&|text| text.replace('\'', "''")))
            .unwrap_or(whole)
    }
}
