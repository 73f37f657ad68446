//! Plugins that are plain `.js` files.

use serde_json::{Value as Json, json};
use yakin::drivers::plugin::{Code, Given, Guest, Limits, Outcome, PluginError, Shape};

use crate::support::guests;

fn script(text: &str) -> Guest {
    Guest::script(guests::javascript(), text).unwrap()
}

fn call(guest: &Guest, function: &str, arguments: Json, given: Given) -> Result<Outcome, PluginError> {
    let function = guest.described().function(function).unwrap();
    guest.call(function, &arguments, given, Limits::default()).outcome
}

#[test]
fn the_comment_is_the_help_and_the_parameters_are_the_arguments() {
    let guest = script(
        "/**\n * 全体の説明。\n * @en The whole.\n */\n\n\
         /**\n * 一行目。\n * 二行目。\n * @en First line.\n *   Second line.\n\
          * @param {\"甲\"|\"乙\"} 区分 - 区分 / the kind\n * @param {date} [日] - 日\n * @param {integer[]} 額 - 額\n\
          * @returns {date}\n * @effect idempotent\n */\nexport function 関数(区分, 日, 額) { return 日; }\n",
    );
    let described = guest.described();
    assert_eq!(
        (described.help.ja.as_str(), described.help.en.as_str()),
        ("全体の説明。", "The whole.")
    );
    let function = described.function("関数").unwrap();
    assert_eq!(function.help.ja, "一行目。二行目。");
    assert_eq!(function.help.en, "First line. Second line.");
    assert_eq!(function.output, Shape::Date);
    let Shape::Map(fields) = &function.arguments else {
        panic!("{function:?}")
    };
    let known: Vec<_> = fields
        .known
        .iter()
        .map(|field| (field.name.as_str(), field.required, field.help.en.as_str()))
        .collect();
    assert_eq!(
        known,
        [("区分", true, "the kind"), ("日", false, "日"), ("額", true, "額")]
    );
}

#[test]
fn a_refusal_is_the_datas_and_a_mistake_the_plugins() {
    let guest = script(
        "/** 断ります。 */\nexport function no() { reject('番号が違います。'); }\n\
         /** 間違えます。 */\nexport function slip() { return undefinedName; }\n\
         /** 記録します。 */\nexport function say() { log('一行'); return null; }\n",
    );
    assert_eq!(
        call(&guest, "no", json!({}), Given::default()),
        Ok(Outcome::Rejected("番号が違います。".to_owned()))
    );
    let slip = call(&guest, "slip", json!({}), Given::default());
    assert!(
        matches!(&slip, Ok(Outcome::Failed(said)) if said.contains("undefinedName")),
        "{slip:?}"
    );
    let say = guest.described().function("say").unwrap();
    let called = guest.call(say, &json!({}), Given::default(), Limits::default());
    assert_eq!(
        (called.outcome, called.lines),
        (Ok(Outcome::Value(json!(null))), vec!["一行".to_owned()])
    );
}

#[test]
fn the_clock_of_a_script_is_the_wall_of_the_office() {
    let guest = script(
        "/** @asks clock */\n\n/** 今日です。 */\n\
         export function today() { const d = new Date(); return [d.getFullYear(), d.getMonth() + 1, d.getDate(), d.getHours(), d.toISOString().slice(0, 10)].join(' '); }\n\
         /** 日数です。 */\nexport function days() { return (new Date('2027-03-01') - new Date('2027-02-28')) / 86400000; }\n",
    );
    let given = Given {
        now: Some("2026-11-23T02:30:00+09:00".to_owned()),
        ..Given::default()
    };
    assert_eq!(
        call(&guest, "today", json!({}), given),
        Ok(Outcome::Value(json!("2026 11 23 2 2026-11-23")))
    );
    assert_eq!(
        call(&guest, "days", json!({}), Given::default()),
        Ok(Outcome::Value(json!(1)))
    );
}

#[test]
fn state_lives_as_long_as_the_plugin_says() {
    let count = "let n = 0;\n/** 数えます。 */\nexport function count() { return ++n; }\n\
                 /** こわれます。 */\nexport function loop() { while (true) {} }\n";
    let fresh = script(count);
    let kept = script(&format!("/** @state run */\n\n{count}"));
    let counted = |guest: &Guest| call(guest, "count", json!({}), Given::default());
    for expected in [1, 1] {
        assert_eq!(counted(&fresh), Ok(Outcome::Value(json!(expected))));
    }
    for expected in [1, 2, 3] {
        assert_eq!(counted(&kept), Ok(Outcome::Value(json!(expected))));
    }
    let endless = kept.described().function("loop").unwrap();
    let limits = Limits {
        time: std::time::Duration::from_millis(200),
    };
    let stopped = kept.call(endless, &json!({}), Given::default(), limits);
    assert!(matches!(stopped.outcome, Err(PluginError::TooLong { .. })));
    assert_eq!(
        counted(&kept),
        Err(PluginError::Lost),
        "what it knew is not silently begun anew"
    );
}

#[test]
fn what_a_call_does_to_the_language_is_gone_at_the_next() {
    let text = "/** 書き換えます。 */\nexport function harm() {\n\
        const seen = [globalThis.mark, ({}).mark, Math.mark, Symbol.for('a') === globalThis.symbol, typeof [].map,\n\
            JSON.stringify(1), Object.isFrozen(Array.prototype), new Map([[1, 2]]).size, Math.random(),\n\
            String(parseInt), typeof reject, [3, 1, 2].sort().join('')];\n\
        globalThis.mark = Math.mark = Object.prototype.mark = 'x';\n\
        globalThis.symbol = Symbol.for('a');\n\
        delete Array.prototype.map;\n\
        JSON.stringify = () => '\"stolen\"';\n\
        Map.prototype.set = () => {};\n\
        globalThis.parseInt = globalThis.reject = undefined;\n\
        Array.prototype.sort = function () { return this; };\n\
        Object.freeze(Array.prototype);\n\
        return seen.join(' ');\n}\n";
    let one = script(text);
    let first = call(&one, "harm", json!({}), Given::default());
    assert!(
        matches!(&first, Ok(Outcome::Value(Json::String(said))) if said.starts_with("   false function 1 false 1 ")),
        "{first:?}"
    );
    // Nor is it there for another text, though both begin with the same memory.
    let other = script(text);
    for guest in [&one, &other, &one] {
        assert_eq!(call(guest, "harm", json!({}), Given::default()), first);
    }
    let row = one.described().function("harm").unwrap();
    let rows = one.call_batch(row, &[json!({}), json!({})], Given::default(), Limits::default());
    let rows = rows.outcome.unwrap();
    assert!(
        rows[0] == first.unwrap() && rows[1] != rows[0],
        "rows of one call share it: {rows:?}"
    );
}

#[test]
fn a_plugin_is_no_engine_for_scripts() {
    let refused = Code::script_engine(&guests::built("plain"), None).unwrap_err();
    assert!(
        matches!(&refused, PluginError::NotAPlugin { detail } if detail.contains("prepare")),
        "{refused:?}"
    );
}
