//! How sensitive a value is, which decides where it may be written.

use serde::{Deserialize, Serialize};

use super::Value;

/// Sensitivity of a value, from harmless to never to be written anywhere.
///
/// The order follows what a leak would do: 個人番号 (My Number Act) above accounts and special-care data, above
/// names, addresses and birth dates, above the rest. Secrets stand above all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Request numbers, amounts, dates of receipt: may stand in logs.
    #[default]
    Open,
    /// Name, address, birth date, telephone: masked wherever it is written outside sealed storage.
    Personal,
    /// Accounts and special-care data (要配慮個人情報): as personal, and masked in pictures.
    Sensitive,
    /// 個人番号: masked whole, everywhere; a picture of it would count as collecting it.
    MyNumber,
    /// A password or token: never leaves memory except into the field it is meant for.
    Secret,
}

impl Class {
    /// Whether text of this class may be stored outside sealed storage as it stands.
    pub fn may_be_written(self) -> bool {
        self == Class::Open
    }
}

/// A value together with its class.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Classed {
    /// The value itself.
    pub value: Value,
    /// How sensitive it is; of a list or map, the most sensitive part.
    pub class: Class,
}

impl Classed {
    /// A value that may be shown anywhere.
    pub fn open(value: impl Into<Value>) -> Self {
        Classed {
            value: value.into(),
            class: Class::Open,
        }
    }

    /// A value of the given class.
    pub fn new(value: impl Into<Value>, class: Class) -> Self {
        Classed {
            value: value.into(),
            class,
        }
    }
}
