//! Findings for machines: one JSON object a line.

use serde::Serialize;

use super::{Findings, Severity};
use crate::text::Lang;

/// One finding as JSON.
#[derive(Debug, Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    what: &'a str,
    mend: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mended: Option<&'a str>,
}

/// Everything found, one JSON object a line; lines and columns count from 1, columns in characters.
pub fn render(findings: &Findings, lang: Lang) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for (source, diagnostic) in findings.iter() {
        let said = diagnostic.message.render(lang);
        let (from, to) = (
            source.position(diagnostic.span.start),
            source.position(diagnostic.span.end),
        );
        let line = Line {
            code: &said.code,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "hint",
            },
            file: source.file(),
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
            what: &said.what,
            mend: &said.mend,
            mended: diagnostic.mended.as_deref(),
        };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    Ok(text)
}
