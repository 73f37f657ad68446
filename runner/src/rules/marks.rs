//! Yes and no as people mark it on forms and in sheets.

use super::width::fold_heading;

/// Why a text is neither yes nor no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// Nothing is written. Whether that means no is the form's business, not a general rule.
    #[error("no mark")]
    Empty,
    /// A mark or word that is not known, or that different people use for both (`☒`, `△`).
    #[error("unknown mark {text:?}")]
    Unknown {
        /// As written.
        text: String,
    },
}

/// Reads ○ ☑ レ はい 有 yes … as `true` and × ☐ いいえ 無 no … as `false`.
///
/// # Errors
/// [`MarkError`].
pub fn parse_mark(text: &str) -> Result<bool, MarkError> {
    match fold_heading(text).as_str() {
        "" => Err(MarkError::Empty),
        "○" | "◯" | "〇" | "●" | "◎" | "☑" | "✓" | "✔" | "✅" | "■" | "レ" | "はい" | "有" | "有り" | "あり"
        | "ある" | "可" | "要" | "該当" | "yes" | "y" | "true" | "on" | "1" => Ok(true),
        "×" | "✕" | "✖" | "✗" | "✘" | "☐" | "□" | "いいえ" | "無" | "無し" | "なし" | "ない" | "不可" | "不要"
        | "非該当" | "no" | "n" | "false" | "off" | "0" => Ok(false),
        _ => Err(MarkError::Unknown { text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        for yes in ["○", " 〇 ", "☑", "レ", "ﾚ", "はい", "有", "ＹＥＳ", "True", "１"] {
            assert_eq!(parse_mark(yes), Ok(true), "{yes}");
        }
        for no in ["×", "☐", "いいえ", "無", "No", "０"] {
            assert_eq!(parse_mark(no), Ok(false), "{no}");
        }
        assert_eq!(parse_mark("　"), Err(MarkError::Empty));
        for unclear in ["△", "☒", "はいいいえ", "2"] {
            assert_eq!(
                parse_mark(unclear),
                Err(MarkError::Unknown {
                    text: unclear.to_owned()
                })
            );
        }
    }
}
