//! What was typed, looked up in the table it was typed from: a value becomes its column, with the filter that makes it.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::script::Field;
use crate::diag::Span;
use crate::drivers::browser::FieldKind;
use crate::drivers::files::Table;
use crate::rules::dates::parse_date;
use crate::rules::width::{fold_heading, fold_hyphens, to_halfwidth_ascii};
use crate::scenario::expr::{Expr, Scope};
use crate::value::{Classed, ColumnType, Value};

/// Filters that an office's form asks for, the likeliest first.
const FILTERS: &[&str] = &[
    "全角カナ",
    "半角カナ",
    "ひらがな",
    "半角",
    "全角",
    "空白を除く",
    "数字のみ",
    "郵便番号",
    "金額",
    "和暦",
    "日付(\"%Y/%m/%d\")",
    "日付(\"%Y%m%d\")",
    "日付(\"%Y年%-m月%-d日\")",
    "日付",
];

/// Those of them that are about kana, and say nothing of other texts.
const KANA_FILTERS: &[&str] = &["全角カナ", "半角カナ", "ひらがな"];

fn is_kana(sign: char) -> bool {
    matches!(sign, 'ぁ'..='ヿ' | 'ｦ'..='ﾟ')
}

/// Words over columns that are about the office's own work.
const OFFICES_OWN: &[&str] = &[
    "受付",
    "受けた",
    "届いた",
    "申請日",
    "請求日",
    "届出日",
    "処理",
    "窓口",
    "係",
    "確認",
];

/// The type of a column; one of days is known by its cells, whatever is written over it.
fn kind_of(heading: &str, table: &Table, at: usize) -> ColumnType {
    let filled = || table.samples(at).filter(|cell| !cell.trim().is_empty());
    match ColumnType::guess(heading, table.samples(at)) {
        ColumnType::Text if filled().next().is_some() && filled().all(|cell| ColumnType::Date.parse(cell).is_ok()) => {
            ColumnType::Date
        }
        ColumnType::Text if filled().next().is_some() && filled().all(is_count) => ColumnType::Number,
        guessed => guessed,
    }
}

/// Whether a cell is a small number: how many of something, and no number that is somebody's.
fn is_count(cell: &str) -> bool {
    let digits = to_halfwidth_ascii(cell.trim());
    digits.len() <= 3 && !digits.starts_with('0') && digits.bytes().all(|sign| sign.is_ascii_digit())
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct From {
    pub(super) column: String,
    pub(super) filter: Option<&'static str>,
}

impl From {
    /// The expression, without braces.
    pub(super) fn expression(&self) -> String {
        let is_name = self.column.chars().all(|sign| sign.is_alphanumeric() || sign == '_')
            && !self.column.starts_with(|first: char| first.is_numeric());
        let column = match is_name {
            true => format!("item.{}", self.column),
            false => format!("item[\"{}\"]", self.column.replace('\\', "\\\\").replace('"', "\\\"")),
        };
        match self.filter {
            Some(filter) => format!("{column} | {filter}"),
            None => column,
        }
    }
}

/// The table that somebody works off, with its columns' types.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    table: &'a Table,
    pub(super) types: Vec<ColumnType>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(table: &'a Table) -> Rows<'a> {
        let types = table.headings.iter().enumerate();
        Rows {
            table,
            types: types.map(|(at, heading)| kind_of(heading, table, at)).collect(),
        }
    }

    /// The same, with the columns open that tell what the office did, and nothing of a resident.
    pub(super) fn with_open_columns(mut self) -> Rows<'a> {
        for (heading, kind) in self.table.headings.iter().zip(&mut self.types) {
            let is_told = matches!(kind, ColumnType::Text | ColumnType::Date);
            if is_told && OFFICES_OWN.iter().any(|word| heading.contains(word)) {
                *kind = ColumnType::Open;
            }
        }
        self
    }

    /// What stands over the columns.
    pub(super) fn headings(&self) -> &'a [String] {
        &self.table.headings
    }

    /// The cells of a column.
    pub(super) fn cells(&self, column: usize) -> impl Iterator<Item = &'a str> {
        self.table.samples(column)
    }

    /// How many rows there are.
    pub(super) fn count(&self) -> usize {
        self.table.rows.len()
    }

    /// What a run would put into a field from this row; none where the cell is empty.
    pub(super) fn text(&self, from: &From, row: usize) -> Option<String> {
        let column = self.table.headings.iter().position(|heading| *heading == from.column)?;
        let value = self.value(column, row)?;
        match from.filter {
            Some(filter) => filtered(&value, filter),
            None => Some(value.to_text()),
        }
    }

    /// The row that was typed: the one that explains most of the fields, as its place in the table; none when no row explains
    /// any.
    pub(super) fn row_of(&self, fields: &[&Field]) -> Option<usize> {
        let explained = |row: usize| {
            fields
                .iter()
                .filter(|field| !self.sources(field, row).is_empty())
                .count()
        };
        let rows = 0..self.table.rows.len();
        let counted = rows.map(|row| (explained(row), row)).filter(|(count, _)| *count > 0);
        counted
            .max_by_key(|(count, row)| (*count, std::cmp::Reverse(*row)))
            .map(|(_, row)| row)
    }

    /// Where the value of a field may have come from in a row, the likeliest first.
    pub(super) fn sources(&self, field: &Field, row: usize) -> Vec<From> {
        let mut found: Vec<(u32, From)> = Vec::new();
        for (at, heading) in self.table.headings.iter().enumerate() {
            let same = fold_heading(heading) == fold_heading(&field.name);
            // A short value under another heading is a coincidence.
            if heading.is_empty() || (!same && field.value.chars().count() < 2) {
                continue;
            }
            let Some(value) = self.value(at, row) else { continue };
            let penalty = if same { 0 } else { 10 };
            if is_plainly(field, &value) {
                found.push((penalty, from(heading, None)));
                continue;
            }
            let text = takes_text(field.kind);
            let has_kana = field.value.chars().any(is_kana);
            let filters = FILTERS
                .iter()
                .filter(|filter| text && (has_kana || !KANA_FILTERS.contains(filter)));
            if let Some(filter) = filters
                .copied()
                .find(|filter| filtered(&value, filter).as_deref() == Some(&field.value))
            {
                found.push((penalty + 1, from(heading, Some(filter))));
            } else if text && is_nearly(&field.value, &value) {
                found.push((penalty + 2, from(heading, None)));
            }
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, source)| source).collect()
    }

    fn value(&self, column: usize, row: usize) -> Option<Value> {
        let cell = self.table.rows.get(row)?.cells.get(column)?;
        let kind = self.types.get(column).copied().unwrap_or(ColumnType::Text);
        match kind.parse(cell) {
            Ok(Value::Null) => None,
            Ok(value) => Some(value),
            Err(_) => Some(Value::from(cell.as_str())),
        }
    }

    /// The columns that tell one row from all others: the first numbering one, else the first that is no person's, else the
    /// fewest from the left that do so together. A number that stands there twice is still the number: two people may share
    /// a name and a birthday, and a name would take one of them for done.
    pub(super) fn key(&self) -> Vec<String> {
        let columns: Vec<usize> = (0..self.table.headings.len())
            .filter(|at| self.table.headings.get(*at).is_some_and(|heading| !heading.is_empty()))
            .collect();
        let named = |columns: &[usize]| {
            let names = columns.iter().filter_map(|at| self.table.headings.get(*at).cloned());
            names.collect::<Vec<_>>()
        };
        let alone = |at: &&usize| self.are_telling(std::slice::from_ref(at));
        let is_code = |at: &&usize| self.types.get(**at) == Some(&ColumnType::Code);
        let is_nobodys = |at: &&usize| matches!(self.types.get(**at), Some(ColumnType::Open | ColumnType::Text));
        if let Some(at) = columns
            .iter()
            .filter(is_code)
            .find(alone)
            .or(columns.iter().find(is_code))
            .or(columns.iter().filter(is_nobodys).find(alone))
        {
            return named(&[*at]);
        }
        let several = (1..=columns.len()).filter_map(|count| columns.get(..count));
        several
            .into_iter()
            .find(|columns| self.are_telling(columns))
            .map(named)
            .unwrap_or_default()
    }

    /// The numbers of two rows that have the same in these columns, as the file counts them.
    pub(super) fn twice(&self, columns: &[String]) -> Option<(u64, u64)> {
        let places = columns
            .iter()
            .filter_map(|name| self.table.headings.iter().position(|heading| heading == name));
        let places: Vec<usize> = places.collect();
        let mut seen: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
        self.table.rows.iter().find_map(|row| {
            let cells = places.iter().filter_map(|at| row.cells.get(*at)).map(String::as_str);
            seen.insert(cells.collect(), row.number)
                .map(|first| (first, row.number))
        })
    }

    fn are_telling(&self, columns: &[usize]) -> bool {
        let mut seen = BTreeSet::new();
        self.table.rows.iter().all(|row| {
            let cells: Vec<&str> = columns
                .iter()
                .filter_map(|at| row.cells.get(*at).map(String::as_str))
                .collect();
            cells.iter().any(|cell| !cell.is_empty()) && seen.insert(cells)
        })
    }

    /// The column whose cell in this row is exactly that text, when the text is long enough to be no coincidence.
    pub(super) fn column_of(&self, text: &str, row: usize) -> Option<From> {
        let row = self.table.rows.get(row).filter(|_| text.chars().count() > 3)?;
        let at = row.cells.iter().position(|cell| cell == text)?;
        self.table.headings.get(at).map(|heading| from(heading, None))
    }

    /// Whether some cell of a row stands in a text.
    pub(super) fn is_told_in(&self, text: &str, row: usize) -> bool {
        let cells = self.table.rows.get(row).into_iter().flat_map(|row| &row.cells);
        let mut long = cells.filter(|cell| cell.chars().count() > 1);
        long.any(|cell| text.contains(cell.as_str()))
    }

    /// What people call a row: the cell of its key.
    pub(super) fn label(&self, row: usize, key: &[String]) -> String {
        let at = key
            .first()
            .and_then(|key| self.table.headings.iter().position(|heading| heading == key));
        let cell = at.and_then(|at| self.table.rows.get(row)?.cells.get(at).cloned());
        cell.unwrap_or_default()
    }
}

fn from(heading: &str, filter: Option<&'static str>) -> From {
    From {
        column: heading.to_owned(),
        filter,
    }
}

fn takes_text(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Text | FieldKind::Parts | FieldKind::Date)
}

/// Whether a field shows this when the column's value is put into it as it is.
fn is_plainly(field: &Field, value: &Value) -> bool {
    let typed = field.value.as_str();
    match (field.kind, value) {
        (FieldKind::Password | FieldKind::File, _) => false,
        (FieldKind::Box, Value::Bool(flag)) => (typed == "yes") == *flag,
        (FieldKind::Box, _) => false,
        (_, Value::Date(day)) => parse_date(typed, None).is_ok_and(|parsed| parsed.date == *day),
        (FieldKind::DateParts, _) => false,
        (FieldKind::List | FieldKind::Choice, Value::Int(number)) => {
            to_halfwidth_ascii(typed).trim_matches(|sign: char| !sign.is_ascii_digit()) == number.to_string()
        }
        (FieldKind::List | FieldKind::Choice, Value::Bool(_)) => false,
        _ => value.to_text() == typed,
    }
}

/// Whether only width, blanks and the kind of hyphens differ: what forms and people write one way or the other.
fn is_nearly(typed: &str, value: &Value) -> bool {
    let folded = |text: &str| fold_hyphens(&to_halfwidth_ascii(text)).replace(char::is_whitespace, "");
    !folded(typed).is_empty() && folded(typed) == folded(&value.to_text())
}

/// A value put through a filter.
fn filtered(value: &Value, filter: &str) -> Option<String> {
    struct One<'a>(&'a Value);
    impl Scope for One<'_> {
        fn lookup(&self, path: &[String]) -> Option<Classed> {
            (path.len() == 1).then(|| Classed::open(self.0.clone()))
        }
    }
    let compiled = Expr::compile(&format!("x | {filter}"), Span::default()).ok()?;
    Some(compiled.evaluate(&One(value)).ok()?.value.to_text())
}

/// For each field, by name, the source that explains it in every row in which it was typed.
pub(super) fn agreed(rows: &Rows<'_>, typed: &[(usize, Vec<&Field>)]) -> IndexMap<String, From> {
    let mut found: IndexMap<String, Vec<From>> = IndexMap::new();
    for (row, fields) in typed {
        for field in fields {
            let here = rows.sources(field, *row);
            match found.get_mut(&field.name) {
                Some(known) => known.retain(|source| here.contains(source)),
                None => {
                    found.insert(field.name.clone(), here);
                }
            }
        }
    }
    let first = |(name, sources): (String, Vec<From>)| sources.into_iter().next().map(|source| (name, source));
    found.into_iter().filter_map(first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::files::Row;

    fn table(headings: &[&str], rows: &[&[&str]]) -> Table {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Table {
            path: String::new(),
            sheet: None,
            heading_row: 1,
            headings: texts(headings),
            rows: rows
                .iter()
                .map(|cells| Row {
                    number: 2,
                    cells: texts(cells),
                })
                .collect(),
            format: String::new(),
            sha256: String::new(),
        }
    }

    fn field(name: &str, kind: FieldKind, value: &str) -> Field {
        Field {
            ways: Vec::new(),
            name: name.to_owned(),
            kind,
            value: value.to_owned(),
        }
    }

    fn source(heading: &str, cell: &str, name: &str, kind: FieldKind, typed: &str) -> Option<String> {
        let table = table(&[heading], &[&[cell]]);
        let found = Rows::new(&table).sources(&field(name, kind, typed), 0);
        found.first().map(From::expression)
    }

    #[test]
    fn what_was_typed_is_found_whatever_the_form_made_of_it() {
        use FieldKind::{Box, Choice, DateParts, List, Text};
        for (heading, cell, name, kind, typed, expected) in [
            ("請求番号", "0012", "請求番号", Text, "0012", Some("item.請求番号")),
            (
                "カナ",
                "ﾔﾏﾀﾞ ﾀﾛｳ",
                "フリガナ",
                Text,
                "ヤマダ タロウ",
                Some("item.カナ | 全角カナ"),
            ),
            ("カナ", "ヤマダ", "ﾌﾘｶﾞﾅ", Text, "ﾔﾏﾀﾞ", Some("item.カナ | 半角カナ")),
            (
                "カナ",
                "ヤマダ",
                "ふりがな",
                Text,
                "やまだ",
                Some("item.カナ | ひらがな"),
            ),
            (
                "生年月日",
                "S51.3.4",
                "生年月日",
                DateParts,
                "昭和51年3月4日",
                Some("item.生年月日"),
            ),
            (
                "生年月日",
                "S51.3.4",
                "生年月日",
                Text,
                "1976/03/04",
                Some("item.生年月日"),
            ),
            ("生年月日", "S51.3.4", "生年月日", DateParts, "昭和51年3月5日", None),
            ("手数料", "１，２００円", "手数料", Text, "1200", Some("item.手数料")),
            ("手数料", "1200", "手数料", Text, "1,200", Some("item.手数料 | 金額")),
            (
                "郵便番号",
                "8500033",
                "郵便番号",
                Text,
                "850-0033",
                Some("item.郵便番号"),
            ),
            (
                "郵便番号",
                "850-0033",
                "郵便番号",
                Text,
                "8500033",
                Some("item.郵便番号 | 数字のみ"),
            ),
            (
                "氏名",
                "山田　太郎",
                "氏名",
                Text,
                "山田 太郎",
                Some("item.氏名 | 半角"),
            ),
            (
                "氏名",
                "山田　太郎",
                "申請者",
                Text,
                "山田太郎",
                Some("item.氏名 | 空白を除く"),
            ),
            ("通数", "２", "通数", List, "2通", Some("item.通数")),
            ("区分", "転入", "異動区分", Choice, "転入", Some("item.区分")),
            ("同意", "○", "同意", Box, "yes", Some("item.同意")),
            ("同意", "×", "同意", Box, "yes", None),
            (
                "住所（方書）",
                "101号",
                "方書",
                Text,
                "101号",
                Some("item[\"住所（方書）\"]"),
            ),
            // One sign under another heading is a coincidence.
            ("区", "1", "通数", Text, "1", None),
            ("氏名", "山田", "パスワード", FieldKind::Password, "", None),
        ] {
            assert_eq!(
                source(heading, cell, name, kind, typed).as_deref(),
                expected,
                "{heading} {cell} {typed}"
            );
        }
    }

    #[test]
    fn the_key_is_the_number_that_no_two_rows_share() {
        let key = |headings: &[&str], rows: &[&[&str]]| Rows::new(&table(headings, rows)).key();
        let people: &[&[&str]] = &[&["1", "a", "X-1"], &["2", "b", "X-2"]];
        assert_eq!(key(&["連番", "氏名", "請求番号"], people), ["請求番号"]);
        // A name is no number: another of that name may come tomorrow.
        assert_eq!(key(&["区", "氏名"], &[&["東", "山田"], &["東", "森"]]), ["区", "氏名"]);
        let twice = table(&["請求番号", "氏名"], &[&["1", "a"], &["1", "b"]]);
        assert_eq!(Rows::new(&twice).key(), ["請求番号"]);
        assert_eq!(Rows::new(&twice).twice(&["請求番号".to_owned()]), Some((2, 2)));
        assert_eq!(
            key(&["区", "氏名"], &[&["東", "山田"], &["西", "山田"], &["東", "森"]]),
            ["区", "氏名"]
        );
    }

    #[test]
    fn a_source_must_explain_every_row_that_was_typed() {
        let table = table(
            &["請求番号", "氏名", "世帯主"],
            &[&["A-1", "山田", "山田"], &["A-2", "森", "林田"]],
        );
        let rows = Rows::new(&table);
        let (first, second) = (
            field("申請者", FieldKind::Text, "山田"),
            field("申請者", FieldKind::Text, "林田"),
        );
        let one = field("請求番号", FieldKind::Text, "A-2");
        assert_eq!(rows.row_of(&[&second, &one]), Some(1));
        assert_eq!(rows.row_of(&[&field("備考", FieldKind::Text, "なし")]), None);
        let sources = agreed(&rows, &[(0, vec![&first]), (1, vec![&second])]);
        assert_eq!(sources["申請者"].column, "世帯主");
    }
}
