//! The schema of the work: items, and when they are worked.

use serde_json::{Value as Json, json};

use super::{choice, described, object, text};
use crate::value::ColumnType;

/// What the items are, and where they come from.
pub(super) fn items() -> Json {
    let rows = json!({
        "description": "行の一覧、値の一覧、または start で作った一覧の ${{ 名前 }}",
        "anyOf": [
            { "type": "array", "minItems": 1, "items": { "type": ["object", "string", "number", "boolean"] } },
            { "$ref": "#/$defs/expression" },
        ],
    });
    let from = object(
        "明細のあるところ（csv、excel、list、scenario のどれか1つ）",
        &[],
        &[
            ("csv", text("CSV ファイル")),
            ("excel", text("Excel ファイル")),
            ("sheet", text("シートの名前")),
            ("list", rows),
            ("scenario", text("このシナリオの済んだ件を処理する（シナリオの id）")),
        ],
    );
    let columns = json!({
        "description": "列の種類",
        "type": "object",
        "additionalProperties": { "enum": ColumnType::NAMES },
    });
    let key = json!({
        "description": "1件を見分ける列。同じ値の件は二度と行わない",
        "anyOf": [{ "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }],
    });
    object(
        "仕事の1件ずつ",
        &["from"],
        &[
            ("from", from),
            ("sample", text("列の名前を確かめるための見本のファイル")),
            ("columns", columns),
            ("key", key),
            ("ledger", text("台帳の名前（いくつかのシナリオで分けて使うとき）")),
            (
                "reject",
                described("差し戻しの理由と条件", json!({ "type": ["object", "array"] })),
            ),
            ("keep", described("結果に残す値", json!({ "type": "object" }))),
        ],
    )
}

/// When a scenario runs.
pub(super) fn schedule() -> Json {
    let map = object(
        "予定",
        &[],
        &[
            ("cron", text("分 時 日 月 曜日")),
            (
                "at",
                described(
                    "始める時刻（いくつか並べてもよい）",
                    json!({ "type": ["string", "number", "array"] }),
                ),
            ),
            (
                "on",
                json!({
                    "description": "行う日",
                    "type": "string",
                    "examples": ["business_days", "every_day", "開庁日", "平日", "毎日", "毎月25日", "毎週月・水曜", "毎月3営業日目"],
                }),
            ),
            ("start_by", text("この時刻より後には始めない")),
            ("finish_by", text("この時刻までに終える")),
            (
                "if_closed",
                choice(
                    "休日に当たったとき",
                    &["skip", "before", "after", "休む", "前開庁日", "翌開庁日"],
                ),
            ),
        ],
    );
    let examples = [
        "開庁日 22:00 から 02:00 まで",
        "毎日 6:30",
        "毎週月・水曜 21:00 と 23:00",
        "毎月25日（休日なら前開庁日）22:00",
        "毎月3営業日目 6:00",
        "月末の前営業日 22:00、06:30 までに終える",
    ];
    json!({ "anyOf": [{ "type": "string", "examples": examples }, map] })
}
