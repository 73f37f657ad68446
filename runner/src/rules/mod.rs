//! Municipal rules as pure functions: dates, days off, ages, numbers, widths and characters as city halls use them.
//!
//! Nothing here reads a clock, a file or the environment: who needs "today" passes it in. Positions in errors count
//! characters (not bytes) from 0 in the text as it was given.
//!
//! | module | rule | source |
//! | --- | --- | --- |
//! | [`age`] | age by law and by custom, school years | 年齢計算ニ関スル法律, 民法143条, 学校教育法17条 |
//! | [`address`] | 丁目・番・号 and hyphens | 住居表示に関する法律 2条, custom |
//! | [`amount`] | amounts as written by offices | custom of 財務会計 and of 大字 on receipts |
//! | [`calendar`] | days on which a city hall or a bank is open, deadlines | 地方自治法4条の2, 銀行法施行令5条 |
//! | [`cp932`] | "Shift_JIS" files and which characters they cannot hold | Windows-31J as in the WHATWG Encoding Standard |
//! | [`date_format`] | dates written by pattern | POSIX `strftime`, chrono's items |
//! | [`dates`] | dates read in all the usual shapes | ISO 8601, JIS X 0301 |
//! | [`era`] | 和暦 | 元号法, 太政官布告 明治5年第337号 |
//! | [`excel`] | errors in cells, numbers that Excel took for something else | custom of Excel |
//! | [`fiscal`] | 年度, quarters, 出納整理期間 | 地方自治法208条, 235条の5 |
//! | [`graphemes`] | variation selectors and 外字 | Unicode UTS #37, 文字情報基盤 |
//! | [`headings`] | which column a name means | custom of tables |
//! | [`holidays`] | 国民の祝日 from 2007 | 国民の祝日に関する法律 |
//! | [`hours`] | durations over 24 h, clock times after midnight | custom of 在庁時間 and shift sheets |
//! | [`marks`] | ○, ☑, レ, はい | custom of paper forms |
//! | [`numbers`] | 個人番号, 法人番号, 登録番号, 団体コード | 番号法 and its ministry orders, JIS X 0402 |
//! | [`numerals`] | 漢数字 and 大字 | custom |
//! | [`postal`] | 郵便番号 (its shape only) | 日本郵便 |
//! | [`width`] | 全角・半角, kana, hyphens, headings, furigana | JIS X 0201, JIS X 0208 |

pub mod width;
pub mod numerals;
pub mod address;
pub mod amount;
pub mod hours;
pub mod marks;
pub mod due;
pub mod era;
pub mod dates;
pub mod date_format;
pub mod excel;
pub mod fiscal;
pub mod age;
pub mod headings;
pub mod holidays;
pub mod calendar;
pub mod numbers;
pub mod postal;
pub mod graphemes;
pub mod cp932;

/// Any refusal by a municipal rule, for layers that treat them alike.
///
/// Each variant keeps the rule's own error, which carries the facts for a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Not an amount.
    #[error(transparent)]
    Amount(#[from] amount::AmountError),
    /// A day about which the calendar knows nothing.
    #[error(transparent)]
    Calendar(#[from] calendar::CalendarError),
    /// Not a date.
    #[error(transparent)]
    Date(#[from] era::DateError),
    /// Not a pattern by which a date can be written.
    #[error(transparent)]
    DatePattern(#[from] date_format::DatePatternError),
    /// Bytes that no known encoding explains.
    #[error(transparent)]
    Decode(#[from] cp932::DecodeError),
    /// Not a duration or a clock time.
    #[error(transparent)]
    Hours(#[from] hours::HoursError),
    /// Neither a yes nor a no.
    #[error(transparent)]
    Mark(#[from] marks::MarkError),
    /// Not a number of the wanted kind, or its check digit is wrong.
    #[error(transparent)]
    Number(#[from] numbers::NumberError),
    /// Not a numeral.
    #[error(transparent)]
    Numeral(#[from] numerals::NumeralError),
    /// Not a postal code.
    #[error(transparent)]
    Postal(#[from] postal::PostalError),
}
