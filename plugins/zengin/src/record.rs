//! A record: fields of fixed widths, one after the other.

use yakin_plugin::Failure;

/// Characters of every record.
pub const LENGTH: usize = 120;

pub struct Record(String);

impl Record {
    pub fn new(kind: char) -> Record {
        Record(kind.to_string())
    }

    /// A text, filled up with blanks on its right.
    pub fn text(mut self, name: &str, text: &str, width: usize) -> Result<Record, Failure> {
        let length = text.chars().count();
        if length > width {
            return Err(Failure::business(format!(
                "{name}が半角 {width} 文字に収まりません（{length} 文字）。"
            )));
        }
        self.0.push_str(text);
        Ok(self.blank(width - length))
    }

    /// A number, filled up with zeros on its left.
    pub fn number(mut self, name: &str, number: u64, width: usize) -> Result<Record, Failure> {
        let digits = number.to_string();
        if digits.len() > width {
            return Err(Failure::business(format!("{name}が {width} 桁を超えます。")));
        }
        self.0.push_str(&format!("{digits:0>width$}"));
        Ok(self)
    }

    /// A code of exactly so many digits.
    pub fn digits(mut self, name: &str, code: &str, width: usize) -> Result<Record, Failure> {
        let digits = narrow(code);
        if digits.len() != width || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(Failure::business(format!("{name}は {width} 桁の数字です。")));
        }
        self.0.push_str(&digits);
        Ok(self)
    }

    /// A code of at most so many digits, filled up with zeros on its left.
    pub fn short_digits(self, name: &str, code: &str, width: usize) -> Result<Record, Failure> {
        let digits = narrow(code);
        if digits.is_empty() || digits.len() > width {
            return Err(Failure::business(format!("{name}は {width} 桁までの数字です。")));
        }
        self.digits(name, &format!("{digits:0>width$}"), width)
    }

    pub fn blank(mut self, width: usize) -> Record {
        self.0.extend(std::iter::repeat_n(' ', width));
        self
    }

    pub fn done(self) -> String {
        debug_assert_eq!(self.0.chars().count(), LENGTH);
        self.0
    }
}

/// Half-width digits without hyphens and blanks.
fn narrow(code: &str) -> String {
    let narrowed = code.chars().filter(|letter| !matches!(letter, '-' | '－' | ' ' | '　'));
    narrowed
        .map(|letter| match letter {
            '０'..='９' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
            other => other,
        })
        .collect()
}
