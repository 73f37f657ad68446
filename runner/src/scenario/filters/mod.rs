//! Filters that expressions may use, by their Japanese and English names: one table with help and tested examples.
//!
//! Of minijinja's own filters and functions only those stand here that cannot be made to work for ever or to fill the
//! memory. A blank value stays blank through every filter.

mod convert;
mod operators;
mod table;

pub(super) use operators::{FILLED, JOINED, ORDERED};
pub use table::FILTERS;

use minijinja::{Environment, Error, Value};

use crate::rules::width::katakana_to_hiragana;
use crate::text::Message;
use crate::value::ColumnType;
use convert::{Refused, is_blank};

/// What goes into a filter, or into its brackets, as far as a column's type tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Whatever a cell holds.
    Any,
    /// A day.
    Date,
    /// An amount or another number, also as text.
    Amount,
    /// A postal code.
    Postal,
    /// A list.
    List,
    /// How many: a number, not a text.
    Count,
    /// One of a few words, or a pattern.
    Word,
}

impl Takes {
    /// Whether the cells of such a column can be what is taken. Codes and texts may hold anything.
    pub fn suits(self, kind: ColumnType) -> bool {
        use ColumnType as Kind;
        let text = matches!(kind, Kind::Code | Kind::Text | Kind::Open);
        match self {
            Takes::Any => true,
            Takes::Date => text || matches!(kind, Kind::Date | Kind::Number),
            Takes::Amount => {
                text || matches!(
                    kind,
                    Kind::Amount | Kind::Number | Kind::Postal | Kind::Phone | Kind::Account
                )
            }
            Takes::Postal => text || matches!(kind, Kind::Postal | Kind::Number | Kind::Address),
            Takes::List => false,
            Takes::Count => matches!(kind, Kind::Amount | Kind::Number),
            Takes::Word => text,
        }
    }
}

/// A filter.
#[derive(Clone, Copy)]
pub struct Filter {
    /// Its Japanese name.
    pub name: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// What goes through it.
    pub takes: Takes,
    /// What stands in its brackets, one by one.
    pub settings: &'static [Takes],
    /// What it does, in Japanese.
    pub ja: &'static str,
    /// What it does, in English.
    pub en: &'static str,
    /// Expressions and what they give.
    pub examples: &'static [(&'static str, &'static str)],
    add: fn(&mut Environment<'static>, &'static str),
}

/// The tests that may stand after `is`.
pub const TESTS: &[&str] = &[
    "空",
    "defined",
    "none",
    "number",
    "string",
    "odd",
    "even",
    "startingwith",
    "endingwith",
    "in",
];

/// Adds every filter under both names, and the tests (`is …`) that do no harm.
pub(super) fn register(environment: &mut Environment<'static>) {
    use minijinja::tests;
    for filter in FILTERS {
        (filter.add)(environment, filter.name);
        (filter.add)(environment, filter.english);
    }
    environment.add_filter(ORDERED, operators::ordered);
    environment.add_filter(FILLED, operators::filled);
    environment.add_filter(JOINED, operators::joined);
    environment.add_test("defined", tests::is_defined);
    environment.add_test("none", tests::is_none);
    environment.add_test("number", tests::is_number);
    environment.add_test("string", tests::is_string);
    environment.add_test("odd", tests::is_odd);
    environment.add_test("even", tests::is_even);
    environment.add_test("startingwith", tests::is_startingwith);
    environment.add_test("endingwith", tests::is_endingwith);
    environment.add_test("in", tests::is_in);
    environment.add_test("空", |value: Value| is_blank(&value));
}

/// The message of a filter that refused its value.
pub(super) fn message(error: &Error) -> Option<Message> {
    let source = std::error::Error::source(error)?;
    source.downcast_ref::<Refused>().map(|refused| refused.0.clone())
}

/// What people write for a filter whose name looks otherwise.
const MEANT: &[(&str, &str)] = &[
    ("年令", "年齢"),
    ("歳", "年齢"),
    ("日附", "日付"),
    ("和歴", "和暦"),
    ("カタカナ", "全角カナ"),
    ("フリガナ", "全角カナ"),
    ("全角カタカナ", "全角カナ"),
    ("半角カタカナ", "半角カナ"),
    ("数字", "数字のみ"),
    ("数", "数値"),
    ("空白除去", "空白を除く"),
    ("半角英数", "半角"),
    ("全角英数", "全角"),
    ("西暦", "日付"),
];

/// Filters as they are read, in hiragana.
const READINGS: &[(&str, &str)] = &[
    ("ぜんかくかな", "全角カナ"),
    ("はんかくかな", "半角カナ"),
    ("平仮名", "ひらがな"),
    ("ぜんかく", "全角"),
    ("はんかく", "半角"),
    ("ひづけ", "日付"),
    ("われき", "和暦"),
    ("ねんど", "年度"),
    ("ねんれい", "年齢"),
    ("きんがく", "金額"),
    ("すうち", "数値"),
    ("すうじのみ", "数字のみ"),
    ("ゆうびんばんごう", "郵便番号"),
    ("からなら", "空なら"),
    ("ちかん", "置換"),
    ("おきかえ", "置換"),
    ("くうはくをのぞく", "空白を除く"),
    ("せんとう", "先頭"),
    ("まつび", "末尾"),
    ("ぜろうめ", "ゼロ埋め"),
    ("もじすう", "文字数"),
    ("けんすう", "件数"),
    ("つなげる", "つなぐ"),
    ("わける", "分ける"),
    ("ししゃごにゅう", "四捨五入"),
    ("きりすて", "切り捨て"),
];

/// The filter that is meant by a name which is none.
pub fn meant(name: &str) -> Option<&'static str> {
    let read = katakana_to_hiragana(name);
    let known = MEANT.iter().find(|(written, _)| *written == name);
    let known = known.or_else(|| READINGS.iter().find(|(reading, _)| *reading == read));
    known.map(|(_, filter)| *filter)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diag::Span;
    use crate::scenario::expr::{Expr, ExprError, Scope};
    use crate::text::Lang;
    use crate::value::{Classed, Value as Cell};

    /// A scope in which `x` is a blank cell and `list` a list.
    struct Names;

    impl Scope for Names {
        fn lookup(&self, path: &[String]) -> Option<Classed> {
            match path.first()?.as_str() {
                "x" => Some(Classed::open(Cell::Null)),
                "list" => Some(Classed::open(Cell::List(vec![Cell::from("a")]))),
                _ => None,
            }
        }
    }

    fn evaluate(expression: &str) -> Result<String, ExprError> {
        let compiled = Expr::compile(expression, Span::default())?;
        compiled.evaluate(&Names).map(|found| found.value.to_text())
    }

    #[test]
    fn every_example_gives_what_it_says_under_both_names() {
        let mut names = BTreeSet::new();
        for filter in FILTERS {
            assert!(
                names.insert(filter.name) && names.insert(filter.english),
                "{} stands twice",
                filter.name
            );
            assert!(!filter.examples.is_empty(), "{} has no example", filter.name);
            for (expression, expected) in filter.examples {
                assert!(
                    expression.contains(filter.name),
                    "{expression} does not show {}",
                    filter.name
                );
                assert_eq!(evaluate(expression).as_deref(), Ok(*expected), "{expression}");
                let english = expression.replace(filter.name, filter.english);
                assert_eq!(evaluate(&english).as_deref(), Ok(*expected), "{english}");
            }
        }
    }

    #[test]
    fn a_filter_is_known_by_its_reading_and_by_what_people_call_it() {
        for (written, filter) in [
            ("はんかく", "半角"),
            ("ハンカク", "半角"),
            ("フリガナ", "全角カナ"),
            ("歳", "年齢"),
        ] {
            assert_eq!(meant(written), Some(filter));
        }
        assert_eq!(meant("半"), None);
        for (written, filter) in MEANT.iter().chain(READINGS) {
            let known = |name: &str| FILTERS.iter().any(|filter| filter.name == name);
            assert!(known(filter) && !known(written), "{written}: {filter}");
        }
    }

    #[test]
    fn names_are_compared_without_their_blanks() {
        let same = "('髙橋\u{3000}花子 ' | 空白を除く) == ('髙橋 花子' | 空白を除く)";
        let said = |condition: &str| evaluate(&format!("'一致' if {condition} else '不一致'"));
        assert_eq!(said(same).as_deref(), Ok("一致"));
        assert_eq!(said(&same.replacen('髙', "高", 1)).as_deref(), Ok("不一致"));
    }

    #[test]
    fn every_test_is_there() {
        for test in TESTS {
            let setting = if ["in", "startingwith", "endingwith"].contains(test) {
                "('a')"
            } else {
                ""
            };
            let value = if ["odd", "even"].contains(test) { "1" } else { "'a'" };
            assert!(evaluate(&format!("{value} is {test}{setting}")).is_ok(), "{test}");
        }
        assert!(evaluate("'a' is 空っぽ").is_err());
    }

    #[test]
    fn a_blank_stays_blank() {
        for filter in [
            "全角カナ",
            "日付('%Y')",
            "和暦",
            "年度",
            "金額",
            "郵便番号",
            "先頭(2)",
            "置換('a', 'b')",
        ] {
            assert_eq!(evaluate(&format!("x | {filter}")).as_deref(), Ok(""), "{filter}");
        }
        assert_eq!(evaluate("x is 空").as_deref(), Ok("はい"));
    }

    #[test]
    fn what_a_filter_cannot_do_it_says_in_plain_words() {
        for (expression, expected) in [
            (
                "'1,2OO円' | 金額",
                "「1,2OO円」を数や金額として読めません（4文字目の「O」）。",
            ),
            ("'2026-02-30' | 和暦", "「2026-02-30」という日はありません。"),
            ("'2026-11-23' | 日付('%Q')", "日付の書式に「%Q」は使えません。"),
            (
                "'2026-11-23' | 和暦('中')",
                "「和暦」のかっこの中に「中」は書けません。",
            ),
            ("list | 全角カナ", "「全角カナ」は、文字・数・日付に使うものです。"),
            ("'a' | ゼロ埋め(99999999999)", "「ゼロ埋め」の結果が長くなりすぎます。"),
        ] {
            match evaluate(expression) {
                Err(ExprError::Failed { said: Some(said), .. }) => assert_eq!(said.what(Lang::Ja), expected),
                other => panic!("{expression}: {other:?}"),
            }
        }
    }

    #[test]
    fn nothing_that_could_fill_the_memory_is_there() {
        for expression in [
            "range(999999999)",
            "dict(a=1)",
            "lipsum()",
            "list | batch(3)",
            "'a' | indent(9)",
        ] {
            assert!(evaluate(expression).is_err(), "{expression}");
        }
        let longer = " | 置換('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')".repeat(9);
        let doubled = format!("'aaaaaaaaaa'{longer}");
        assert!(evaluate(&doubled).is_err());
    }
}
