//! 郵便番号: three and four digits. Only the shape; whether a code exists, and where, only the post's list knows.

use super::width::{digit, fold_hyphens};

/// Why a text is no postal code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostalError {
    /// A character that does not belong at this place.
    #[error("unexpected {found:?} at {position}")]
    Unexpected {
        /// The character as it was written.
        found: char,
        /// Where it stands, in characters from 0.
        position: usize,
    },
    /// Not seven digits.
    #[error("{found} digits, not 7")]
    Length {
        /// How many were found.
        found: usize,
    },
}

/// A postal code of seven digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostalCode {
    area: String,
    town: String,
}

impl PostalCode {
    /// Reads `850-8685`, `8508685`, `〒８５０－８６８５`.
    ///
    /// # Errors
    /// [`PostalError`].
    pub fn parse(text: &str) -> Result<Self, PostalError> {
        let mut digits = String::with_capacity(7);
        let mut hyphen = false;
        let folded = fold_hyphens(text);
        for ((position, found), c) in text.chars().enumerate().zip(folded.chars()) {
            match digit(c).and_then(|value| char::from_digit(value, 10)) {
                Some(value) => digits.push(value),
                None if c.is_whitespace() && (digits.is_empty() || digits.len() == 7) => {}
                None if c == '〒' && digits.is_empty() => {}
                None if c == '-' && digits.len() == 3 && !hyphen => hyphen = true,
                None => return Err(PostalError::Unexpected { found, position }),
            }
        }
        let found = digits.len();
        match digits.split_at_checked(3) {
            Some((area, town)) if town.len() == 4 => Ok(Self {
                area: area.to_owned(),
                town: town.to_owned(),
            }),
            _ => Err(PostalError::Length { found }),
        }
    }

    /// `850-8685`.
    pub fn hyphenated(&self) -> String {
        format!("{}-{}", self.area, self.town)
    }

    /// `8508685`.
    pub fn digits(&self) -> String {
        format!("{}{}", self.area, self.town)
    }

    /// The three and the four digits, for forms with two fields.
    pub fn parts(&self) -> (&str, &str) {
        (&self.area, &self.town)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for text in [
            "850-8685",
            "8508685",
            "〒８５０－８６８５",
            " 〒 850−8685 ",
            "８５０ー８６８５",
        ] {
            let code = PostalCode::parse(text).unwrap();
            assert_eq!(code.hyphenated(), "850-8685", "{text}");
            assert_eq!(code.digits(), "8508685");
            assert_eq!(code.parts(), ("850", "8685"));
        }
        for (text, want) in [
            ("", PostalError::Length { found: 0 }),
            ("850-868", PostalError::Length { found: 6 }),
            ("850-86855", PostalError::Length { found: 8 }),
            (
                "85-08685",
                PostalError::Unexpected {
                    found: '-',
                    position: 2,
                },
            ),
            (
                "850--8685",
                PostalError::Unexpected {
                    found: '-',
                    position: 4,
                },
            ),
            (
                "850 8685",
                PostalError::Unexpected {
                    found: ' ',
                    position: 3,
                },
            ),
            (
                "850-86B5",
                PostalError::Unexpected {
                    found: 'B',
                    position: 6,
                },
            ),
        ] {
            assert_eq!(PostalCode::parse(text), Err(want), "{text}");
        }
    }
}
