//! Mending a file by the lines that diagnostics bring along.

use std::collections::BTreeMap;

use super::{Diagnostic, Source};

/// The text with every mended line in its place; `None` when there is nothing to mend. A line is mended once: what is
/// still wrong with it shows at the next check.
pub fn mended(source: &Source, found: &[Diagnostic]) -> Option<String> {
    let mut lines: BTreeMap<usize, &str> = BTreeMap::new();
    for diagnostic in found {
        if let Some(line) = &diagnostic.mended {
            lines.entry(source.line_of(diagnostic.span.start)).or_insert(line);
        }
    }
    if lines.is_empty() {
        return None;
    }
    let text: Vec<&str> = (1..=source.line_count())
        .map(|number| lines.get(&number).copied().unwrap_or_else(|| source.line(number)))
        .collect();
    Some(text.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::text::{Message, codes};

    #[test]
    fn only_the_wrong_lines_change() {
        let source = Source::new("a.yaml", "yakin: 1\nname：x\nsteps:\n");
        assert_eq!(mended(&source, &[]), None);
        let found = [
            Diagnostic::error(Message::new(codes::YAML_SYNTAX), Span::new(0, 1)),
            Diagnostic::error(Message::new(codes::WIDE_COLON), Span::new(13, 16)).with_mended("name: x"),
        ];
        assert_eq!(mended(&source, &found).as_deref(), Some("yakin: 1\nname: x\nsteps:\n"));
    }
}
