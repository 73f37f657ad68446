//! Questions to people: asked at night, answered by day, and the item goes on from its beginning.

use yakin::text::Lang;

use crate::support::office::{Office, Ran, SCENARIO, rows};

const CLICK: &str = "  - browser.see: { field: 住所, contains: 長崎市 }";
const ASK: &str = "  - ask: 同じ人ですか（${{ item.氏名 }}）
    when: item.請求番号 == '0081123-0001'
    id: onaji
    choices: [はい, いいえ]
    as: 同じ
  - reject: 別の人の請求です
    when: item.請求番号 == '0081123-0001' and 同じ == 'いいえ'
";

fn asking() -> Office {
    let office = Office::new();
    office.edit(SCENARIO, CLICK, &format!("{ASK}{CLICK}"));
    office.deliver(&rows(2));
    office
}

fn review(office: &Office) -> serde_json::Value {
    let told = office.yakin(&["review", "--json"]);
    serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"))
}

fn answer(office: &Office, words: &[&str]) -> Ran {
    office.yakin(&[&["review", "answer"], words].concat())
}

#[test]
fn an_item_waits_for_its_answer_and_the_night_goes_on() {
    let office = asking();
    let asked = office.night();
    assert_eq!(
        (asked.code, asked.states()),
        (1, vec!["0001 読取確認 YK8103".to_owned(), "0002 済".to_owned()])
    );
    assert_eq!(office.registered(), ["0002"]);
    assert_eq!(asked.view().sessions, 1, "the session is as good as before");
    let name = rows(1)[0].split(',').nth(1).unwrap().to_owned();
    assert!(!asked.out.contains(&name), "{}", asked.out);

    let told = office.yakin(&["review"]);
    assert_eq!(told.code, 0, "{told:?}");
    for part in [
        "質問 1  住民票郵送請求の登録（練習）  0081123-0001",
        &format!("同じ人ですか（{name}）"),
        "選択肢: はい / いいえ",
        "画面の写真: ",
        "yakin review answer 1 はい",
    ] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    let picture = review(&office)["questions"][0]["picture"].as_str().unwrap().to_owned();
    assert!(std::path::Path::new(&picture).is_file());

    // Until somebody answers, it waits, and every run says so.
    let waits = office.night();
    assert_eq!((waits.code, waits.states().len()), (1, 0), "{waits:?}");
    assert_eq!(waits.notes(), ["YK8104"]);

    for (words, code) in [
        (&["1", "たぶん"][..], "YK8112"),
        (&["1", "　"], "YK8114"),
        (&["7", "はい"], "YK8110"),
    ] {
        let refused = answer(&office, words);
        assert!(
            refused.code == 2 && refused.err.contains(code),
            "{words:?}: {refused:?}"
        );
    }
    assert_eq!(answer(&office, &["1", " はい", "--by", "鈴木"]).code, 0);
    let second = answer(&office, &["1", "いいえ"]);
    assert!(second.code == 2 && second.err.contains("鈴木"), "{second:?}");
    assert_eq!(office.yakin(&["review"]).out, "人を待っている件はありません。\n");

    // Another day's file does not have it: it is worked from what was stored.
    std::fs::remove_file(office.root().join("inbox/requests_20261123.csv")).unwrap();
    office.deliver(&rows(3)[2..]);
    let done = office.night();
    assert_eq!(
        (done.code, done.states()),
        (0, vec!["0001 済".to_owned(), "0003 済".to_owned()]),
        "{done:?}"
    );
    assert_eq!(office.registered(), ["0002", "0001", "0003"]);
}

#[test]
fn a_changed_question_is_asked_again() {
    let office = asking();
    office.night();
    assert_eq!(answer(&office, &["1", "はい"]).code, 0);
    office.edit(SCENARIO, "同じ人ですか（", "本当に同じ人ですか（");
    assert_eq!(office.night().states(), ["0001 読取確認 YK8103"]);
    assert_eq!(answer(&office, &["2", "いいえ"]).code, 0);
    let ran = office.night();
    assert_eq!(ran.states(), ["0001 差し戻し YK8006"]);
    let view = ran.view();
    let reason = view
        .items
        .values()
        .next()
        .unwrap()
        .failure
        .as_ref()
        .unwrap()
        .message
        .what(Lang::Ja);
    assert_eq!(reason, "別の人の請求です");
    assert_eq!(office.registered(), ["0002"]);
}

#[test]
fn an_answer_has_the_type_that_was_asked_for() {
    let office = Office::new();
    let scenario = "yakin: 1\nname: 聞く\nitems: { from: { list: [本庁] }, key: 窓口 }\nsteps:
  - for_each: ${{ ['開始', '終了'] }}
    as: 端
    do:
      - ask: ${{ 端 }}の日はいつですか
        type: date
        as: 日
      - log: ${{ 端 }}
        when: (日 | 和暦) == '令和8年11月23日'
";
    office.write("scenarios/kiku.yaml", scenario);
    let night = || office.yakin(&["run", "kiku", "--json"]);
    assert_eq!(night().states(), ["本＊＊ 読取確認 YK8103"]);
    let refused = answer(&office, &["1", "来週"]);
    assert!(refused.code == 2 && refused.err.contains("YK8113"), "{refused:?}");
    assert_eq!(answer(&office, &["1", "R8.11.23"]).code, 0);
    // The second turn of the loop asks for itself.
    assert_eq!(night().states(), ["本＊＊ 読取確認 YK8103"]);
    assert_eq!(answer(&office, &["2", "2026/11/23"]).code, 0);
    let done = night();
    let view = done.view();
    let logged: Vec<String> = view.notes.iter().map(|note| note.message.what(Lang::Ja)).collect();
    assert!(
        logged.contains(&"開始".to_owned()) && logged.contains(&"終了".to_owned()),
        "{logged:?}"
    );
    assert_eq!(done.states(), ["本＊＊ 済"]);
}
