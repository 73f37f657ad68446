//! `items:`: the table whose rows are the units of work.

use serde::Deserialize;
use serde::de::value::StrDeserializer;

use crate::diag::Spanned;
use crate::scenario::expr::Condition;
use crate::scenario::model::{Items, Source};
use crate::scenario::parse::fields::{join, nearest};
use crate::scenario::parse::{Fields, Reader};
use crate::scenario::tree::{Node, NodeKind};
use crate::text::{Message, codes};
use crate::value::ColumnType;

pub(super) fn items(reader: &mut Reader, node: &Node) -> Option<Items> {
    let mut fields = Fields::open(reader, node, Some("items"))?;
    let from = fields.need(reader, "from").and_then(|node| source(reader, node));
    let sample = fields.take("sample").and_then(|node| reader.text(node, "sample"));
    let columns = fields
        .take("columns")
        .map(|node| columns(reader, node))
        .unwrap_or_default();
    let key = fields
        .need(reader, "key")
        .map(|node| (reader.texts(node, "key"), node.span));
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
    fields.finish(reader);
    Some(Items {
        span: node.span,
        from: from?,
        sample,
        columns,
        key: key.map(|(names, _)| names).unwrap_or_default(),
        ledger,
        reject,
        keep,
    })
}

fn source(reader: &mut Reader, node: &Node) -> Option<Source> {
    let mut fields = Fields::open(reader, node, Some("from"))?;
    let csv = fields.take("csv");
    let excel = fields.take("excel");
    let sheet = fields.take("sheet").and_then(|node| reader.template(node, "sheet"));
    let source = match (csv, excel) {
        (Some(file), None) => reader.template(file, "csv").map(Source::Csv),
        (None, Some(file)) => reader.template(file, "excel").map(|file| Source::Excel { file, sheet }),
        (None, None) | (Some(_), Some(_)) => {
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
        let Some(text) = reader.text(node, &heading.value) else {
            continue;
        };
        match column_type(&text.value) {
            Some(kind) => columns.push((heading.clone(), Spanned::new(kind, text.span))),
            None => {
                let message = Message::new(codes::COLUMN_TYPE)
                    .with("name", heading.value.clone())
                    .with_some("near", nearest(&text.value, ColumnType::NAMES.iter().copied()))
                    .with("text", text.value)
                    .with("words", join(ColumnType::NAMES));
                reader.error(message, text.span);
                // The column is there all the same: what reads it is no second mistake.
                columns.push((heading.clone(), Spanned::new(ColumnType::Text, text.span)));
            }
        }
    }
    columns
}

fn column_type(word: &str) -> Option<ColumnType> {
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
}
