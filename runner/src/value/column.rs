//! Column types: how a cell is read, and how sensitive it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Class, Value};
use crate::rules::amount::{self, AmountError};
use crate::rules::postal::PostalCode;
use crate::rules::width::{fold_code, fold_heading, to_halfwidth_ascii};
use crate::rules::{RuleError, dates, marks, numbers};

/// The type of a column, as `columns:` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// A number that identifies something: text in half width, leading zeros kept. 請求番号, 受付番号, 宛名番号.
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
        "code",
        "name",
        "kana",
        "date",
        "postal",
        "amount",
        "number",
        "phone",
        "address",
        "account",
        "my_number",
        "flag",
        "text",
        "open",
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
#[error("not a {wanted:?}: {cause}")]
pub struct ConvertError {
    /// What stood in the cell.
    pub text: String,
    /// What the column asks for.
    pub wanted: ColumnType,
    /// The rule that it breaks.
    pub cause: RuleError,
}

impl ColumnType {
    /// Reads a cell; an empty cell is [`Value::Null`]. Days become [`Value::Date`], amounts and counts numbers, marks
    /// yes or no, postal codes `850-0003`, codes half-width; everything else stays as it was written.
    ///
    /// # Errors
    /// [`ConvertError`] when the cell says something else.
    pub fn parse(self, cell: &str) -> Result<Value, ConvertError> {
        let text = cell.trim_matches([' ', '\u{3000}', '\t', '\r', '\n']);
        if text.is_empty() {
            return Ok(Value::Null);
        }
        self.read(text).map_err(|cause| ConvertError {
            text: text.to_owned(),
            wanted: self,
            cause,
        })
    }

    fn read(self, text: &str) -> Result<Value, RuleError> {
        Ok(match self {
            ColumnType::Date => Value::Date(dates::parse_date(text, None)?.date),
            ColumnType::Amount => Value::Int(amount::parse_amount(text)?),
            ColumnType::Number => number(text)?,
            ColumnType::Flag => Value::Bool(marks::parse_mark(text)?),
            ColumnType::Postal => Value::Text(PostalCode::parse(text)?.hyphenated()),
            ColumnType::MyNumber => {
                numbers::check_my_number(text)?;
                Value::Text(text.to_owned())
            }
            ColumnType::Code => Value::Text(fold_code(text)),
            ColumnType::Name
            | ColumnType::Kana
            | ColumnType::Phone
            | ColumnType::Address
            | ColumnType::Account
            | ColumnType::Text
            | ColumnType::Open => Value::Text(text.to_owned()),
        })
    }

    /// The likeliest type of a column that nobody declared, from its heading and some of its cells. A type that does
    /// not fit every cell is not guessed, and what nothing is known of counts as personal ([`ColumnType::Text`]).
    pub fn guess<'a>(heading: &str, samples: impl IntoIterator<Item = &'a str>) -> ColumnType {
        let heading = fold_heading(heading);
        let samples: Vec<&str> = samples.into_iter().collect();
        if samples.iter().any(|cell| numbers::check_my_number(cell).is_ok()) {
            return ColumnType::MyNumber;
        }
        HEADINGS
            .iter()
            .filter(|(words, _)| words.iter().any(|word| heading.contains(word)))
            // 電話のあった日 is a day.
            .filter(|(_, guess)| *guess != ColumnType::Phone || !heading.ends_with('日'))
            .map(|(_, guess)| *guess)
            // 問合せNo, without a full stop.
            .chain(heading.ends_with("no").then_some(ColumnType::Code))
            .find(|guess| samples.iter().all(|cell| guess.parse(cell).is_ok()))
            .unwrap_or(ColumnType::Text)
    }
}

/// A whole number as offices write them, else one with a decimal point.
fn number(text: &str) -> Result<Value, AmountError> {
    match amount::parse_amount(text) {
        Ok(whole) => Ok(Value::Int(whole)),
        Err(error) => match to_halfwidth_ascii(text).parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Number(number)),
            _ => Err(error),
        },
    }
}

/// Words of headings (as [`fold_heading`] writes them) and what stands below them; the first that fits counts, so the
/// more sensitive meanings come first.
const HEADINGS: &[(&[&str], ColumnType)] = &[
    (&["個人番号", "マイナンバー"], ColumnType::MyNumber),
    // 個人識別符号 (個人情報の保護に関する法律施行令1条): numbers that name a person by themselves.
    (
        &[
            "住民票コード",
            "年金番号",
            "免許",
            "旅券",
            "パスポート",
            "被保険者",
            "記号番号",
            "在留カード",
        ],
        ColumnType::Text,
    ),
    (&["口座", "預金"], ColumnType::Account),
    (
        &["カナ", "フリガナ", "ふりがな", "かな", "読み", "よみ", "ヨミ"],
        ColumnType::Kana,
    ),
    (&["郵便", "〒"], ColumnType::Postal),
    (&["電話", "携帯", "tel", "fax", "連絡先"], ColumnType::Phone),
    (&["住所", "所在", "方書", "本籍", "居所"], ColumnType::Address),
    (
        &[
            "氏名",
            "名前",
            "姓名",
            "世帯主",
            "申請者",
            "請求者",
            "届出人",
            "本人名",
            "担当者",
        ],
        ColumnType::Name,
    ),
    (
        &[
            "年月日",
            "誕生日",
            "日付",
            "期日",
            "期限",
            "受付日",
            "申請日",
            "請求日",
            "届出日",
            "納付日",
        ],
        ColumnType::Date,
    ),
    (
        &["金額", "手数料", "料金", "税額", "料", "額", "円"],
        ColumnType::Amount,
    ),
    (
        &["件数", "通数", "枚数", "人数", "部数", "数量", "回数", "個数"],
        ColumnType::Number,
    ),
    (
        &["有無", "フラグ", "希望", "同意", "要否", "チェック"],
        ColumnType::Flag,
    ),
    (&["番号", "コード", "no.", "id"], ColumnType::Code),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_by_their_type() {
        let day = chrono::NaiveDate::from_ymd_opt(1964, 10, 10).expect("day");
        for (column, cell, expected) in [
            (ColumnType::Code, " 0012 ", Value::from("0012")),
            (ColumnType::Code, "００１２", Value::from("0012")),
            (ColumnType::Code, "ＡＢ－０１", Value::from("AB-01")),
            (ColumnType::Code, "０１ー２―３", Value::from("01-2-3")),
            (ColumnType::Code, "エー甲ー１", Value::from("エー甲ー1")),
            (ColumnType::Open, "Ａ１", Value::from("Ａ１")),
            (ColumnType::Name, "髙﨑\u{3000}一郎", Value::from("髙﨑\u{3000}一郎")),
            (ColumnType::Date, "昭和39年10月10日", Value::Date(day)),
            (ColumnType::Date, "S39.10.10", Value::Date(day)),
            (ColumnType::Amount, "１，２００円", Value::Int(1200)),
            (ColumnType::Number, "３", Value::Int(3)),
            (ColumnType::Number, "2.5", Value::Number(2.5)),
            (ColumnType::Flag, "○", Value::Bool(true)),
            (ColumnType::Postal, "〒８５０－０００３", Value::from("850-0003")),
            (ColumnType::Amount, "\u{3000}", Value::Null),
        ] {
            assert_eq!(column.parse(cell), Ok(expected), "{cell}");
        }
    }

    #[test]
    fn a_cell_that_says_something_else_is_refused() {
        for (column, cell) in [
            (ColumnType::Amount, "1,2OO円"),
            (ColumnType::Date, "2026-02-30"),
            (ColumnType::Postal, "60-0001"),
            (ColumnType::Flag, "△"),
            (ColumnType::Number, "NaN"),
            (ColumnType::MyNumber, "123456789012"),
        ] {
            let error = column.parse(cell).expect_err(cell);
            assert_eq!((error.text.as_str(), error.wanted), (cell, column));
        }
    }

    #[test]
    fn headings_and_cells_tell_the_type() {
        for (heading, samples, expected) in [
            ("請求番号", &["001", "A-2"] as &[&str], ColumnType::Code),
            ("氏\u{3000}名", &["森 一郎"], ColumnType::Name),
            ("氏名（ｶﾅ）", &["ﾓﾘ"], ColumnType::Kana),
            ("生年月日", &["S39.10.10", "", "平成3年4月1日"], ColumnType::Date),
            ("生年月日", &["S39.10.10", "不詳"], ColumnType::Text),
            ("手数料", &["300", "1,200円"], ColumnType::Amount),
            ("手数料", &["300", "免除"], ColumnType::Text),
            ("電話番号", &["095-000-0000"], ColumnType::Phone),
            ("口座番号", &["1234567"], ColumnType::Account),
            ("基礎年金番号", &["1234-567890"], ColumnType::Text),
            ("備考", &[], ColumnType::Text),
            // A 個人番号 that stands where nobody expects it.
            ("備考", &["", "123456789018"], ColumnType::MyNumber),
        ] {
            assert_eq!(
                ColumnType::guess(heading, samples.iter().copied()),
                expected,
                "{heading} {samples:?}"
            );
        }
    }

    #[test]
    fn what_is_unknown_counts_as_personal() {
        assert_eq!(ColumnType::guess("その他", ["x"]).class(), Class::Personal);
    }
}
