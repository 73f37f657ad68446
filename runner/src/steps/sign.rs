//! Signs: what a page shows. Here only the accepted shapes.

use serde_yaml::Value;

use super::DecodeError;

/// Checks that `written` is a sign: a text, or a map `{text}`, `{field, is|contains, as}`, `{row, field, as}`, `{url}`.
pub fn check(written: &Value) -> Result<(), DecodeError> {
    let refuse = |path: &str, problem: &str| {
        Err(DecodeError {
            path: path.to_owned(),
            problem: problem.to_owned(),
        })
    };
    let Some(map) = written.as_mapping() else {
        return if written.is_string() { Ok(()) } else { refuse(".", "") };
    };
    let mut main = 0;
    for (name, _) in map {
        match name.as_str() {
            Some("text" | "field" | "url") => main += 1,
            Some("row" | "is" | "contains" | "as") => {}
            other => return refuse(other.unwrap_or("."), "unknown field"),
        }
    }
    if main == 1 { Ok(()) } else { refuse(".", "") }
}
