//! The JSON Schema of `office.yaml`.

use serde_json::{Value as Json, json};

use super::files::version;
use super::{choice, described, object, text};

/// The schema, with Japanese descriptions.
pub(super) fn schema() -> Json {
    let list = |description: &str| {
        let texts = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
        described(description, texts)
    };
    let grant = object(
        "1つのボットに許すこと",
        &[],
        &[
            ("hosts", list("接続してよい相手（名前だけなら https）")),
            ("folders", list("使ってよい、事務所の外のフォルダー")),
            ("secrets", list("使ってよい秘密の、名前の先頭（例: 受付）")),
        ],
    );
    let grants = json!({
        "description": "本番で動かしてよいボット（id）と、その相手。ここにないものは、練習でしか動かない",
        "type": "object",
        "additionalProperties": grant,
    });
    let plugin = object(
        "1つのプラグインに許すこと",
        &["sha256"],
        &[
            (
                "sha256",
                text("確かめたファイルの SHA-256（yakin plugin list で分かる）"),
            ),
            ("clock", choice("時計を見てよい", &["はい", "いいえ", "yes", "no"])),
            ("read", list("読んでよいフォルダー")),
            ("write", list("書いてよいフォルダー")),
        ],
    );
    let plugins = json!({
        "description": "プラグイン（名前）に許すこと。ここにないものは、計算のほかに何もできない",
        "type": "object",
        "additionalProperties": plugin,
    });
    let retention = object(
        "残しておく長さ（例: 30日、3か月、5年）",
        &[],
        &[
            ("evidence", text("写真")),
            ("failures", text("失敗したときの写真")),
            ("items", text("件のもとになった行")),
            ("events", text("実行の出来事")),
            ("runs", text("実行とその件数")),
        ],
    );
    let calendar = object(
        "閉庁日（土日と国民の祝日のほかに）",
        &[],
        &[
            ("year_end", text("年末年始の休み（例: 12/29-1/3。省略するとこれ）")),
            ("closed", list("ほかの休み。毎年なら 6/23、1回だけなら 2026-08-14")),
            (
                "holidays",
                text("内閣府が公表した祝日の CSV。ここにある年は、計算せずにこれを使う"),
            ),
        ],
    );
    let port = json!({ "type": ["integer", "string"], "minimum": 1, "maximum": 65_535 });
    let practice = object("練習市役所", &[], &[("port", described("ポート番号", port))]);
    let storage = json!({
        "description": "記録の置き場所。何も書かなければ .yakin の中の SQLite",
        "type": "string",
        "pattern": "^(sqlite$|postgres(ql)?://)",
        "examples": ["postgres://yakin@db.example/yakin"],
    });
    let mut schema = object(
        "事務所の決めごと（office.yaml）",
        &[],
        &[
            ("yakin", version()),
            ("section", text("課の名前（報告書に出る）")),
            ("zone", text("ネットワークの区分（報告書に出る）")),
            ("timezone", text("時間帯（例: Asia/Tokyo）")),
            ("language", choice("表示の言葉", &["ja", "en"])),
            ("storage", storage),
            ("calendar", calendar),
            ("grants", grants),
            ("plugins", plugins),
            ("retention", retention),
            ("practice", practice),
        ],
    );
    if let Some(map) = schema.as_object_mut() {
        map.insert("$schema".to_owned(), super::DRAFT.into());
        map.insert("title".to_owned(), "yakin office".into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;
    use crate::scenario::office;
    use crate::text::codes;

    /// The words of an object of the schema, each with `{}` or a map of its own words for a value.
    fn written(schema: &Json) -> Json {
        let words = schema.get("properties").and_then(Json::as_object);
        match (words, schema.get("additionalProperties")) {
            (Some(words), _) => words
                .iter()
                .map(|(word, inner)| (word.clone(), written(inner)))
                .collect(),
            (None, Some(inner @ Json::Object(_))) => json!({ "bot": written(inner) }),
            _ => json!("x"),
        }
    }

    #[test]
    fn every_word_of_the_schema_is_known_to_the_office() {
        let file = serde_yaml::to_string(&written(&schema())).expect("YAML");
        let (_, found) = office::parse(&Source::new("office.yaml", file.clone()));
        let unknown: Vec<_> = found
            .iter()
            .filter(|found| found.message.is(codes::UNKNOWN_ENTRY))
            .collect();
        assert!(unknown.is_empty(), "{file}\n{unknown:?}");
        assert!(file.contains("secrets:") && file.contains("port:"), "{file}");
    }
}
