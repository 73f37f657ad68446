//! `items:`: the table whose rows are the units of work.

use serde::Deserialize;
use serde::de::value::StrDeserializer;

use crate::diag::{Span, Spanned};
use crate::scenario::expr::Condition;
use crate::scenario::model::{Items, Source};
use crate::scenario::parse::fields::{join, nearest};
use crate::scenario::parse::{Fields, Reader, deeper, list};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};
use crate::value::ColumnType;

/// The names of a key and where they stand.
pub(super) type Key = (Vec<Spanned<String>>, Span);

pub(super) fn items(reader: &mut Reader, node: &Node) -> Option<Items> {
    let lifted = deeper::lifted(reader, node);
    let node = lifted.as_ref();
    let mut fields = Fields::open(reader, node, Some("items"))?;
    let key = fields.take("key").map(|node| (reader.texts(node, "key"), node.span));
    let from = fields.need(reader, "from");
    let (from, key) = match from.and_then(|node| source(reader, node, key.as_ref().map(|(names, _)| names.as_slice())))
    {
        Some((from, named)) => (Some(from), key.or(named)),
        None => (None, key),
    };
    if key.is_none() && from.as_ref().is_some_and(|from| !matches!(from, Source::Scenario(_))) {
        fields.need(reader, "key");
    }
    let sample = fields.take("sample").and_then(|node| reader.text(node, "sample"));
    let columns = fields
        .take("columns")
        .map(|node| columns(reader, node))
        .unwrap_or_default();
    if let Some((names, span)) = &key
        && names.is_empty()
    {
        reader.error(Message::new(codes::EMPTY_VALUE).with("name", "key"), *span);
    }
    let ledger = fields.take("ledger").and_then(|node| reader.text(node, "ledger"));
    let reject = fields
        .take("reject")
        .map(|node| reasons(reader, node))
        .unwrap_or_default();
    let mut keep = Vec::new();
    if let Some(node) = fields.take("keep") {
        for (name, node) in reader.map(node, "keep") {
            if let Some(template) = reader.template(node, &name.value) {
                keep.push((name.clone(), template));
            }
        }
    }
    let timeout = fields.take("timeout").and_then(|node| reader.wait(node, "timeout"));
    fields.above(&["columns", "reject", "keep"]);
    fields.finish(reader);
    Some(Items {
        span: node.span,
        timeout,
        from: from?,
        sample,
        columns,
        key: key.map(|(names, _)| names).unwrap_or_default(),
        ledger,
        reject,
        keep,
    })
}

/// Where the items come from, and the key where that follows from it: a list of texts has one column.
fn source(reader: &mut Reader, node: &Node, key: Option<&[Spanned<String>]>) -> Option<(Source, Option<Key>)> {
    let mut fields = Fields::open(reader, node, Some("from"))?;
    let csv = fields.take("csv").map(|node| ("csv", node));
    let excel = fields.take("excel").map(|node| ("excel", node));
    let list = fields.take("list").map(|node| ("list", node));
    let scenario = fields.take("scenario").map(|node| ("scenario", node));
    let sheet = fields.take("sheet").and_then(|node| reader.template(node, "sheet"));
    let mut given = [csv, excel, list, scenario].into_iter().flatten();
    let source = match (given.next(), given.next()) {
        (Some(("csv", file)), None) => reader.template(file, "csv").map(|file| (Source::Csv(file), None)),
        (Some(("excel", file)), None) => reader
            .template(file, "excel")
            .map(|file| (Source::Excel { file, sheet }, None)),
        (Some(("list", rows)), None) => list::list(reader, rows, key),
        (Some((_, id)), None) => reader.text(id, "scenario").map(|id| (Source::Scenario(id), None)),
        (None, _) | (_, Some(_)) => {
            reader.error(Message::new(codes::ITEMS_SOURCE), node.span);
            None
        }
    };
    fields.finish(reader);
    source
}

fn columns(reader: &mut Reader, node: &Node) -> Vec<(Spanned<String>, Spanned<ColumnType>)> {
    let mut columns = Vec::new();
    for (heading, node) in reader.map(node, "columns") {
        if let Some(kind) = kind(reader, node, &heading.value) {
            columns.push((heading.clone(), kind));
        }
    }
    columns
}

/// The type of what is called `name`; a wrong one is told, and what reads it is no second mistake.
pub(super) fn kind(reader: &mut Reader, node: &Node, name: &str) -> Option<Spanned<ColumnType>> {
    let text = reader.text(node, name)?;
    let kind = column_type(&text.value).unwrap_or_else(|| {
        no_type(reader, name, &text, &ColumnType::NAMES);
        ColumnType::Text
    });
    Some(Spanned::new(kind, text.span))
}

/// What people write for a type, in Japanese and as other products call it.
const SAID: &[(&[&str], ColumnType)] = &[
    (
        &["番号", "コード", "記号", "ID", "id", "管理番号", "整理番号"],
        ColumnType::Code,
    ),
    (&["氏名", "名前", "姓名", "人名"], ColumnType::Name),
    (
        &["カナ", "かな", "フリガナ", "ふりがな", "氏名カナ", "読み"],
        ColumnType::Kana,
    ),
    (
        &["日付", "日", "年月日", "生年月日", "期日", "datetime", "日時"],
        ColumnType::Date,
    ),
    (&["郵便番号", "郵便", "〒", "zip", "zipcode"], ColumnType::Postal),
    (
        &[
            "金額",
            "料金",
            "手数料",
            "円",
            "お金",
            "通貨",
            "money",
            "currency",
            "yen",
        ],
        ColumnType::Amount,
    ),
    (
        &[
            "数", "数字", "数値", "整数", "件数", "個数", "int", "integer", "float", "decimal",
        ],
        ColumnType::Number,
    ),
    (&["電話", "電話番号", "tel"], ColumnType::Phone),
    (&["住所", "所在地"], ColumnType::Address),
    (&["口座", "口座番号"], ColumnType::Account),
    (&["個人番号", "マイナンバー", "mynumber"], ColumnType::MyNumber),
    (
        &[
            "有無",
            "フラグ",
            "チェック",
            "はい/いいえ",
            "はい・いいえ",
            "bool",
            "boolean",
        ],
        ColumnType::Flag,
    ),
    (
        &["文字", "文字列", "テキスト", "文章", "備考", "string", "str"],
        ColumnType::Text,
    ),
];

/// The type that people call so, if it is one of `types`.
fn said_for<'t>(word: &str, types: &[&'t str]) -> Option<&'t str> {
    let (_, kind) = SAID.iter().find(|(said, _)| said.contains(&word))?;
    types.iter().copied().find(|name| column_type(name) == Some(*kind))
}

/// Says that there is no such type.
pub(super) fn no_type(reader: &mut Reader, name: &str, text: &Spanned<String>, types: &[&str]) {
    let message = Message::new(codes::COLUMN_TYPE)
        .with("name", name)
        .with_some(
            "near",
            said_for(&text.value, types).or_else(|| nearest(&text.value, types.iter().copied())),
        )
        .with("text", text.value.clone())
        .with("words", join(types));
    reader.error(message, text.span);
}

pub(super) fn column_type(word: &str) -> Option<ColumnType> {
    ColumnType::deserialize(StrDeserializer::<serde::de::value::Error>::new(word)).ok()
}

/// `sentence: condition`, or a list of such maps.
fn reasons(reader: &mut Reader, node: &Node) -> Vec<(Spanned<String>, Condition)> {
    let parts = match &node.kind {
        NodeKind::List(parts) => parts.iter().collect(),
        _ => vec![node],
    };
    let mut reasons = Vec::new();
    for part in parts {
        for (sentence, node) in reader.map(part, "reject") {
            if let Some(condition) = reader.condition(node, &sentence.value) {
                reasons.push((sentence.clone(), condition));
            }
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_type_has_its_name() {
        for name in ColumnType::NAMES {
            assert!(column_type(name).is_some(), "{name}");
        }
        assert_eq!(column_type("my_number"), Some(ColumnType::MyNumber));
        assert_eq!(column_type("string"), None);
    }

    #[test]
    fn a_type_is_known_by_what_people_call_it() {
        for (word, kind) in [("日付", "date"), ("番号", "code"), ("〒", "postal"), ("文字", "text")] {
            assert_eq!(said_for(word, &ColumnType::NAMES), Some(kind), "{word}");
        }
        assert_eq!(said_for("日付", &["code"]), None);
        let mut words: Vec<&str> = SAID.iter().flat_map(|(said, _)| said.iter().copied()).collect();
        assert!(
            words.iter().all(|word| column_type(word).is_none()),
            "a type's own name"
        );
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count, "a word stands for one type");
    }
}
