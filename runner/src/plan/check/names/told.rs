//! Where a mistake about a name is shown.

use super::Names;
use crate::diag::{Diagnostic, Span};
use crate::plan::reading::replaced;
use crate::scenario::expr::places::{self, Sought};
use crate::scenario::expr::{Expr, said_empty};
use crate::text::{Message, codes};

impl Names<'_> {
    pub(super) fn error(&mut self, message: Message, expr: &Expr, sought: Sought<'_>) {
        let span = self.narrow(expr, sought);
        self.found.push(Diagnostic::error(message, span));
    }

    /// Tells a name such as `料金が空` for what it is: a condition in words. Whether it was one.
    pub(super) fn empty_in_words(&mut self, expr: &Expr, sought: Sought<'_>) -> bool {
        let (Sought::Name(word) | Sought::Member(word)) = sought else {
            return false;
        };
        let Some((value, test)) = said_empty(word).filter(|(value, _)| !value.is_empty()) else {
            return false;
        };
        let is_column = self.item && self.columns.has(value);
        let dotted = expr.source().contains(&format!(".{word}"));
        let meant = match sought {
            Sought::Member(_) if is_column && dotted => format!("{value} {test}"),
            Sought::Name(_) if self.bound.contains_key(value) => format!("{value} {test}"),
            Sought::Name(_) if is_column => format!("item.{value} {test}"),
            _ => return false,
        };
        let span = self.narrow(expr, sought);
        let instead = expr.source().replacen(word, &meant, 1);
        let message = Message::new(codes::EXPRESSION_WORDS)
            .with("text", expr.source())
            .with("instead", instead);
        let told = Diagnostic::error(message, span);
        self.found.push(match self.source.slice(span) == word {
            true => told.with_mended(replaced(self.source, span, &meant)),
            false => told,
        });
        true
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
