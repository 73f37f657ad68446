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

    /// Adds what another check found; a file that both looked at stands here once.
    pub fn merge(&mut self, other: Findings) {
        for (source, found) in other.files {
            match self.files.iter_mut().find(|(known, _)| *known == source) {
                Some((_, list)) => list.extend(found),
                None => self.files.push((source, found)),
            }
        }
    }

    /// Every file that was looked at.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().map(|(source, _)| source)
    }

    /// Lets `amend` add to everything found.
    pub fn amend(&mut self, amend: impl Fn(&Source, &mut Diagnostic)) {
        for (source, found) in &mut self.files {
            found.iter_mut().for_each(|diagnostic| amend(source, diagnostic));
        }
    }

    /// What was found in a text.
    pub fn of(&self, source: &Source) -> Vec<Diagnostic> {
        let of = self.files.iter().filter(|(known, _)| known == source);
        of.flat_map(|(_, found)| found.iter().cloned()).collect()
    }

    /// Everything found: files in the order they were read, places in the order they stand, hints last, each said once.
    pub fn iter(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.files.iter().flat_map(|(source, found)| {
            let mut sorted: Vec<&Diagnostic> = found.iter().collect();
            sorted.sort_by_key(|diagnostic| {
                let is_hint = diagnostic.severity == Severity::Hint;
                (is_hint, diagnostic.span.start, std::cmp::Reverse(diagnostic.severity))
            });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::text::{Message, codes};

    #[test]
    fn what_two_checks_found_in_one_file_is_said_once() {
        let found = |file: &str, place| {
            let mut findings = Findings::default();
            let error = Diagnostic::error(Message::new(codes::YAML_SYNTAX), Span::new(place, place + 1));
            findings.add(Source::new(file, "steps:\n".to_owned()), vec![error]);
            findings
        };
        let mut all = found("a", 0);
        for other in [found("b", 0), found("b", 0), found("b", 2)] {
            all.merge(other);
        }
        assert_eq!(all.sources().count(), 2);
        assert_eq!(all.count(Severity::Error), 3);
    }

    #[test]
    fn what_keeps_a_scenario_from_running_is_said_before_hints() {
        let message = || Message::new(codes::YAML_SYNTAX);
        let found = vec![
            Diagnostic::hint(message(), Span::new(0, 1)),
            Diagnostic::error(message(), Span::new(4, 5)),
            Diagnostic::warning(message(), Span::new(2, 3)),
        ];
        let mut findings = Findings::default();
        findings.add(Source::new("a", "steps:\n".to_owned()), found);
        let places: Vec<usize> = findings.iter().map(|(_, found)| found.span.start).collect();
        assert_eq!(places, [2, 4, 0]);
    }
}
