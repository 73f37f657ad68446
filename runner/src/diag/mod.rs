//! Diagnostics: a message about a place in a file.

mod findings;
pub mod human;
pub mod json;
mod mend;
mod source;

pub use findings::Findings;
pub use mend::mended;
pub use source::{Position, Source};

use std::ops::Range;

use crate::text::Message;

/// A place in a file: a range of bytes in its UTF-8 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// The place from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The place as a range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Hint,
    /// Allowed in a draft, refused when approval is asked for.
    Warning,
    /// The scenario does not run.
    Error,
}

/// A message about a place in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and how to mend it.
    pub message: Message,
    /// Where.
    pub span: Span,
    /// The line as it should read, when that is known.
    pub mended: Option<String>,
}

impl Diagnostic {
    /// Something that keeps the scenario from running.
    pub fn error(message: Message, span: Span) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            message,
            span,
            mended: None,
        }
    }

    /// Something that is allowed in a draft only.
    pub fn warning(message: Message, span: Span) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            message,
            span,
            mended: None,
        }
    }

    /// Something worth knowing.
    pub fn hint(message: Message, span: Span) -> Diagnostic {
        Diagnostic {
            severity: Severity::Hint,
            message,
            span,
            mended: None,
        }
    }

    /// The same, with the line as it should read.
    pub fn with_mended(mut self, line: impl Into<String>) -> Diagnostic {
        self.mended = Some(line.into());
        self
    }
}
