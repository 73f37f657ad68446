use serde_json::json;
use yakin::drivers::plugin::{Given, Guest, Limits, Outcome};

use crate::support::guests;

const FEE: &str = r#"
/** 手数料 */

/**
 * 証明書の手数料を計算します。
 * @en Works out the fee of a certificate.
 * @param {"住民票"|"戸籍"} 種類 - 証明書の種類 / the kind of certificate
 * @param {integer} [通数] - なければ 1 通 / one if left out
 * @returns {integer}
 */
export function 手数料(種類, 通数 = 1) {
    if (通数 > 100) reject(`${通数} 通は多すぎます。`);
    return ({ 住民票: 300, 戸籍: 450 })[種類] * 通数;
}
"#;

#[test]
fn a_component_is_called() {
    let guest = guests::component("plain");
    let add = guest.described().function("add").unwrap();
    let called = guest.call(add, &json!({ "a": 1, "b": 2 }), Given::default(), Limits::default());
    assert_eq!(called.outcome, Ok(Outcome::Value(json!(3))));
}

#[test]
fn a_script_is_called() {
    let guest = Guest::script(guests::javascript(), FEE).unwrap();
    let fee = guest.described().function("手数料").unwrap();
    assert_eq!(fee.help.en, "Works out the fee of a certificate.");
    let call = |arguments| guest.call(fee, &arguments, Given::default(), Limits::default()).outcome;
    assert_eq!(call(json!({ "種類": "戸籍", "通数": 2 })), Ok(Outcome::Value(json!(900))));
    assert_eq!(call(json!({ "種類": "住民票" })), Ok(Outcome::Value(json!(300))));
    assert_eq!(
        call(json!({ "種類": "住民票", "通数": 101 })),
        Ok(Outcome::Rejected("101 通は多すぎます。".to_owned()))
    );
}

#[test]
fn probe() {
    for name in ["plain"] {
        let t = std::time::Instant::now();
        let guest = guests::component(name);
        println!("load {:?}", t.elapsed());
        let add = guest.described().function("add").unwrap();
        let t = std::time::Instant::now();
        for _ in 0..1000 { guest.call(add, &json!({ "a": 1, "b": 2 }), Given::default(), Limits::default()).outcome.unwrap(); }
        println!("call {:?}", t.elapsed() / 1000);
        let rows: Vec<_> = (0..1000).map(|n| json!({ "a": n, "b": 2 })).collect();
        let t = std::time::Instant::now();
        guest.call_batch(add, &rows, Given::default(), Limits::default()).outcome.unwrap();
        println!("batch {:?}", t.elapsed() / 1000);
    }
    let t = std::time::Instant::now();
    let code = guests::javascript();
    println!("js load {:?}", t.elapsed());
    let guest = Guest::script(code, FEE).unwrap();
    println!("js script {:?}", t.elapsed());
    let fee = guest.described().function("手数料").unwrap();
    let t = std::time::Instant::now();
    for _ in 0..200 { guest.call(fee, &json!({ "種類": "戸籍", "通数": 2 }), Given::default(), Limits::default()).outcome.unwrap(); }
    println!("js call {:?}", t.elapsed() / 200);
    let rows: Vec<_> = (0..1000).map(|n| json!({ "種類": "戸籍", "通数": n % 90 })).collect();
    let t = std::time::Instant::now();
    guest.call_batch(fee, &rows, Given::default(), Limits::default()).outcome.unwrap();
    println!("js batch {:?}", t.elapsed() / 1000);
}
