//! The JSON Schema of scenario and system files, for editors: the grammar of documents around the step table.

mod editor;
mod english;
mod files;
mod office;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use crate::scenario::vocabulary::{MAX_ROUNDS, WORDS};
use crate::steps::{self, StepRow};
use crate::text::Lang;
use crate::value::ColumnType;

/// What an expression looks like wherever a value may be one.
const EXPRESSION: &str = r"\$\{\{";

pub use editor::{for_editors, office_for_editors};

/// The dialect of JSON Schema.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema, draft 2020-12, with Japanese descriptions.
pub fn schema() -> Json {
    schema_with(&[], Lang::Ja)
}

/// The same with the steps of plugins, whose own descriptions are in this language.
fn schema_with(plugins: &[StepRow], lang: Lang) -> Json {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut step = step_properties();
    let rows: Vec<StepRow> = steps::table()
        .map(StepRow::BuiltIn)
        .chain(plugins.iter().cloned())
        .collect();
    for row in &rows {
        let mut arguments = row.schema(&mut generator, lang).to_value();
        allow_expressions(&mut arguments);
        step.insert(
            row.name().to_owned(),
            json!({ "description": row.help(Lang::Ja), "anyOf": [arguments, { "$ref": "#/$defs/expression" }] }),
        );
    }
    let mut defs = generator.take_definitions(true);
    defs.values_mut().for_each(allow_expressions);
    defs.extend(fixed_definitions(step, &rows));
    json!({
        "$schema": DRAFT,
        "title": "yakin",
        "description": "夜勤のシナリオとシステムのファイル",
        "type": "object",
        "if": { "required": ["system"], "anyOf": [{ "required": ["url"] }, { "required": ["login"] }] },
        "then": { "$ref": "#/$defs/system" },
        "else": {
            "if": { "required": ["part"] },
            "then": { "$ref": "#/$defs/part" },
            "else": { "$ref": "#/$defs/scenario" },
        },
        "$defs": defs,
    })
}

/// Lets an expression stand wherever a step's value is no text.
fn allow_expressions(schema: &mut Json) {
    for part in [
        "properties",
        "items",
        "additionalProperties",
        "anyOf",
        "oneOf",
        "prefixItems",
    ] {
        match schema.get_mut(part) {
            Some(Json::Object(map)) if part == "properties" => map.values_mut().for_each(allow_expression),
            Some(Json::Array(list)) => list.iter_mut().for_each(allow_expressions),
            Some(one @ Json::Object(_)) => allow_expression(one),
            _ => {}
        }
    }
}

fn allow_expression(schema: &mut Json) {
    allow_expressions(schema);
    let takes_text = match schema.get("type") {
        Some(Json::String(kind)) => kind == "string",
        Some(Json::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    };
    if takes_text && schema.get("enum").is_none() {
        return;
    }
    let description = schema.as_object_mut().and_then(|map| map.remove("description"));
    let own = schema.take();
    *schema = json!({ "anyOf": [own, { "$ref": "#/$defs/expression" }] });
    if let (Some(description), Some(map)) = (description, schema.as_object_mut()) {
        map.insert("description".to_owned(), description);
    }
}

fn described(description: &str, mut schema: Json) -> Json {
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), Json::from(description));
    }
    schema
}

fn text(description: &str) -> Json {
    described(description, json!({ "type": ["string", "number", "boolean"] }))
}

fn reference(description: &str, name: &str) -> Json {
    json!({ "description": description, "$ref": format!("#/$defs/{name}") })
}

fn choice(description: &str, words: &[&str]) -> Json {
    json!({ "description": description, "enum": words })
}

fn object(description: &str, required: &[&str], properties: &[(&str, Json)]) -> Json {
    let properties: Map<String, Json> = properties
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({
        "description": description,
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

/// Control words, their own keys and the modifiers; the step kinds are added to them.
fn step_properties() -> Map<String, Json> {
    let steps = |description: &str| reference(description, "steps");
    let sign = |description: &str| reference(description, "sign");
    let properties = [
        ("if", text("この条件が成り立つときだけ、then の手順を行う")),
        ("then", steps("条件が成り立つときの手順")),
        ("for_each", text("一覧の1つずつに、do の手順を行う")),
        ("repeat_until", repeat_until()),
        (
            "max",
            described(
                "くり返す回数の上限",
                json!({ "type": ["integer", "string"], "minimum": 1, "maximum": MAX_ROUNDS }),
            ),
        ),
        ("try", steps("試す手順")),
        ("catch", steps("うまくいかないときの手順。error.message で内容が読める")),
        ("finally", steps("どちらの場合も、最後に行う手順")),
        ("call", text("行う部品の名前（例: parts/住所入力）")),
        ("with", described("部品に渡す値", json!({ "type": "object" }))),
        ("group", text("まとまりの名前")),
        ("do", steps("行う手順")),
        ("commit", text("1件につき1回だけの、取り消せない操作の名前")),
        ("key", text("行になく、途中で分かる番号。同じ番号は、1件しか登録しない")),
        ("proof", sign("出来た印: 登録できたときに画面に出るもの")),
        ("refused", sign("断られた印: 画面の言葉のまま差し戻す")),
        ("already", sign("すでに登録されている印")),
        ("verify", reference("登録できたか分からないときの見に行き方", "verify")),
        (
            "look",
            choice("first: 登録の前にも、すでに無いかを見に行く", &["first"]),
        ),
        ("settle", text("登録にかかる、もっとも長い時間")),
        ("reject", text("この件を、理由を付けて差し戻す")),
        ("stop", text("全体を、理由を付けて止める")),
        ("log", text("記録に1行残す")),
        ("set", json!({ "description": "値に名前を付ける", "type": "object" })),
        ("ask", text("人にたずねて、答えを待つ")),
        (
            "choices",
            described(
                "答えの選択肢",
                json!({ "type": "array", "minItems": 2, "items": { "type": ["string", "number", "boolean"] } }),
            ),
        ),
        ("type", choice("答えの種類", &ColumnType::NAMES)),
        ("id", text("ほかから指すための名前")),
        ("name", text("手順の呼び名")),
        ("when", text("この条件が成り立つときだけ行う")),
        ("else", steps("条件が成り立たないとき、画面に見えないときの手順")),
        ("as", text("結果に付ける名前")),
        (
            "retry",
            described(
                "失敗したときにやり直す回数",
                json!({ "type": ["integer", "string"], "minimum": 0, "maximum": 10 }),
            ),
        ),
        ("timeout", text("待つ時間の長さ（例: 30s、5分）")),
        ("on_error", choice("失敗したときどうするか", &["fail", "continue"])),
        ("evidence", choice("画面を残すか", &["none", "always"])),
        ("effect", choice("read: この手順は何も登録しない", &["read"])),
    ];
    properties
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

/// The definitions that do not come from the step table.
fn fixed_definitions(step: Map<String, Json>, rows: &[StepRow]) -> Map<String, Json> {
    let actions: Vec<Json> = WORDS
        .iter()
        .copied()
        .chain(rows.iter().map(StepRow::name))
        .map(|name| json!({ "required": [name] }))
        .collect();
    let step = json!({
        "description": "1つの手順",
        "type": "object",
        "properties": step,
        "oneOf": actions,
        "dependentRequired": {
            "if": ["then"],
            "for_each": ["do"],
            "group": ["do"],
            "repeat_until": ["do", "max"],
            "commit": ["do", "proof", "verify"],
        },
        "additionalProperties": false,
    });
    let steps = json!({
        "if": { "type": "array" },
        "then": { "minItems": 1, "items": { "$ref": "#/$defs/step" } },
        "else": { "$ref": "#/$defs/step" },
    });
    let expression = json!({ "description": "式 ${{ … }}", "type": "string", "pattern": EXPRESSION });
    let definitions = [
        ("expression", expression),
        ("step", step),
        ("steps", steps),
        ("sign", sign()),
        ("verify", verify()),
        ("items", files::items()),
        ("schedule", files::schedule()),
        ("scenario", files::scenario()),
        ("part", files::part()),
        ("system", files::system()),
    ];
    definitions
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

fn sign() -> Json {
    let map = object(
        "画面に出る印",
        &[],
        &[
            ("text", text("画面に見える文字")),
            ("field", text("見出し（その値を見る）")),
            ("row", text("表の行にある文字")),
            ("url", text("アドレスの一部")),
            ("is", text("値がこれと同じ")),
            ("contains", text("値がこれを含む")),
            ("as", text("見えた値に付ける名前")),
        ],
    );
    json!({ "anyOf": [{ "type": "string" }, map] })
}

fn repeat_until() -> Json {
    json!({
        "description": "この条件が成り立つか、この印が見えるまで、do の手順をくり返す",
        "anyOf": [
            { "type": ["string", "number", "boolean"] },
            { "$ref": "#/$defs/sign" },
        ],
    })
}

fn verify() -> Json {
    let look = object(
        "見に行き方",
        &["look", "present", "absent"],
        &[
            ("look", reference("画面を開く手順", "steps")),
            ("present", reference("有る印", "sign")),
            ("absent", reference("無い印", "sign")),
        ],
    );
    json!({ "anyOf": [look, { "const": "none" }] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::vocabulary::MODIFIERS;

    #[test]
    fn every_word_of_the_grammar_and_every_step_is_there() {
        let schema = schema();
        let step = schema.pointer("/$defs/step/properties").expect("steps");
        let names = WORDS
            .iter()
            .chain(MODIFIERS)
            .copied()
            .chain(steps::table().map(|def| def.name));
        for name in names {
            assert!(step.get(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn check(schema: &Json, root: &Json) {
            match schema {
                Json::Object(map) => {
                    if let Some(Json::String(target)) = map.get("$ref") {
                        let pointer = target.trim_start_matches('#');
                        assert!(root.pointer(pointer).is_some(), "{target}");
                    }
                    map.values().for_each(|part| check(part, root));
                }
                Json::Array(list) => list.iter().for_each(|part| check(part, root)),
                _ => {}
            }
        }
        let schema = schema();
        check(&schema, &schema);
    }
}
