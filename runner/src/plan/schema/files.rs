//! What stands on the outermost level of files, and what is deeper there than steps.

use serde_json::{Value as Json, json};

use super::{choice, described, object, reference, text};
use crate::scenario::vocabulary::SECRET;
use crate::value::ColumnType;

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
            ("timeout", text("1件にかけてよい時間")),
            (
                "reject",
                described("差し戻しの理由と条件", json!({ "type": ["object", "array"] })),
            ),
            ("keep", described("結果に残す値", json!({ "type": "object" }))),
        ],
    )
}

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

pub(super) fn version() -> Json {
    json!({ "description": "書式の版", "enum": [1, "1"] })
}

pub(super) fn scenario() -> Json {
    let steps = |description: &str| reference(description, "steps");
    object(
        "シナリオ",
        &["yakin", "name", "steps"],
        &[
            ("yakin", version()),
            ("id", text("変わらない名前。済んだ件の記録が結び付く")),
            ("name", text("呼び名")),
            ("purpose", text("何のためのものか")),
            ("system", text("使うシステムの名前")),
            ("schedule", reference("いつ動かすか", "schedule")),
            ("timeout", text("実行全体にかけてよい時間")),
            ("items", reference("仕事の1件ずつ", "items")),
            ("start", steps("始めに1回行う手順")),
            ("before", steps("ログインのたびに行う手順")),
            ("steps", steps("1件ごとの手順")),
            ("after", steps("終わりに1回行う手順")),
            (
                "allow",
                described("使いたい相手先とフォルダ", json!({ "type": ["string", "array"] })),
            ),
        ],
    )
}

pub(super) fn part() -> Json {
    let mut types = ColumnType::NAMES.to_vec();
    types.push(SECRET);
    object(
        "部品",
        &["yakin", "part", "steps"],
        &[
            ("yakin", version()),
            ("part", text("部品の名前（ファイル名と同じ）")),
            ("purpose", text("何のためのものか")),
            (
                "inputs",
                json!({ "description": "渡してもらう値の名前と種類", "type": "object", "additionalProperties": { "enum": types } }),
            ),
            (
                "outputs",
                json!({
                    "description": "返す値の名前と種類",
                    "type": "object",
                    "additionalProperties": { "enum": ColumnType::NAMES },
                }),
            ),
            (
                "allow",
                described("使いたい相手先とフォルダ", json!({ "type": ["string", "array"] })),
            ),
            ("steps", reference("部品の手順", "steps")),
        ],
    )
}

pub(super) fn system() -> Json {
    let urls = object(
        "アドレス",
        &[],
        &[("本番", text("本番のアドレス")), ("練習", text("練習のアドレス"))],
    );
    let guards = json!({
        "description": "画面にこの文字が出たときにすること",
        "type": "object",
        "additionalProperties": { "enum": ["wait", "login", "stop"] },
    });
    object(
        "システム",
        &["yakin", "system", "url"],
        &[
            ("yakin", version()),
            ("system", text("システムの名前")),
            (
                "url",
                json!({ "description": "アドレス", "anyOf": [{ "type": "string" }, urls] }),
            ),
            ("hours", text("使える時間（例: 06:00-23:30）")),
            (
                "writers",
                described(
                    "1つの利用者IDで同時に登録してよい数",
                    json!({ "type": "integer", "minimum": 1 }),
                ),
            ),
            ("settle", text("登録にかかる、もっとも長い時間")),
            ("login", reference("ログインの手順", "steps")),
            ("home", reference("1件ごとの始めの手順", "steps")),
            ("guards", guards),
        ],
    )
}
