//! What a check found, in all the files it looked at.

use super::{Diagnostic, Severity, Source};

/// What a check found, together with the texts it is about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    files: Vec<(Source, Vec<Diagnostic>)>,
}

impl Findings {
    /// Adds a file and what was found in it.
    pub fn add(&mut self, source: Source, found: Vec<Diagnostic>) {
        self.files.push((source, found));
    }

    /// Every file that was looked at.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().map(|(source, _)| source)
    }

    /// Everything found: files in the order they were read, places in the order they stand, each said once.
    pub fn iter(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.files.iter().flat_map(|(source, found)| {
            let mut sorted: Vec<&Diagnostic> = found.iter().collect();
            sorted.sort_by_key(|diagnostic| (diagnostic.span.start, std::cmp::Reverse(diagnostic.severity)));
            sorted.dedup();
            sorted.into_iter().map(move |diagnostic| (source, diagnostic))
        })
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|(_, diagnostic)| diagnostic.severity == severity)
            .count()
    }

    /// Whether anything keeps the scenario from running.
    pub fn has_errors(&self) -> bool {
        self.files
            .iter()
            .flat_map(|(_, found)| found)
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
