//! Column types: how a cell is read, and how sensitive it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Class, Value};

/// The type of a column, as `columns:` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// A number that identifies something: text, leading zeros kept. 請求番号, 受付番号, 宛名番号.
    Code,
    /// A person's name, as it was written.
    Name,
    /// The reading of a name.
    Kana,
    /// A calendar day, in the Japanese or the western calendar.
    Date,
    /// A postal code, with or without its hyphen.
    Postal,
    /// An amount of money in yen.
    Amount,
    /// A count.
    Number,
    /// A telephone number.
    Phone,
    /// An address.
    Address,
    /// A bank account number.
    Account,
    /// 個人番号 (My Number).
    MyNumber,
    /// Yes or no: `○`, `レ`, `はい`, `有`.
    Flag,
    /// Text that may name a person: the type of a column that nothing is known of.
    Text,
    /// Text that names nobody.
    Open,
}

impl ColumnType {
    /// The words that `columns:` uses, in the order they are explained.
    pub const NAMES: [&str; 14] = [
        "code", "name", "kana", "date", "postal", "amount", "number", "phone", "address", "account", "my_number",
        "flag", "text", "open",
    ];

    /// How sensitive a cell of this type is (個人情報保護法, 番号法).
    pub fn class(self) -> Class {
        match self {
            ColumnType::Code | ColumnType::Amount | ColumnType::Number | ColumnType::Flag | ColumnType::Open => {
                Class::Open
            }
            ColumnType::Account => Class::Sensitive,
            ColumnType::MyNumber => Class::MyNumber,
            ColumnType::Name
            | ColumnType::Kana
            | ColumnType::Date
            | ColumnType::Postal
            | ColumnType::Phone
            | ColumnType::Address
            | ColumnType::Text => Class::Personal,
        }
    }
}

/// Why a cell could not be read as its column's type.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("“{text}” is not a {wanted:?}")]
pub struct ConvertError {
    /// What stood in the cell.
    pub text: String,
    /// What the column asks for.
    pub wanted: ColumnType,
}

impl ColumnType {
    /// Reads a cell; an empty cell is [`Value::Null`].
    pub fn parse(self, cell: &str) -> Result<Value, ConvertError> {
        let trimmed = cell.trim_matches([' ', '\u{3000}', '\t', '\r', '\n']);
        if trimmed.is_empty() {
            return Ok(Value::Null);
        }
        Ok(Value::Text(trimmed.to_owned()))
    }
}
