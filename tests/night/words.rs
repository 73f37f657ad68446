//! What control words and modifiers do in a run; and what the exit codes say.

use yakin::drivers::files::read_xlsx;
use yakin::events::{Event, Kind, StepOutcome};
use yakin::text::Lang;

use crate::support::office::{Office, Ran, SCENARIO};

/// What a scenario wrote by `log`.
fn logged(ran: &Ran) -> Vec<String> {
    let view = ran.view();
    let lines = view
        .notes
        .iter()
        .filter(|note| note.message.is(yakin::text::codes::LOG_LINE));
    lines.map(|note| note.message.what(Lang::Ja)).collect()
}

fn run(office: &Office, scenario: &str) -> Ran {
    office.write(
        SCENARIO,
        format!("yakin: 1\nid: juminhyo-yubin\nname: 言葉の試し\n{scenario}"),
    );
    office.night()
}

#[test]
fn words_without_a_browser() {
    let office = Office::new();
    let ran = run(
        &office,
        r#"
steps:
  - set: { 数: "${{ 0 }}", 名: "" }
  - for_each: ${{ ["あ", "い", "う"] }}
    as: 字
    do:
      - set: { 数: "${{ 数 + 1 }}", 名: "${{ 名 ~ 字 }}" }
      - if: 数 == 2
        then: { log: "${{ 字 }} は2つめ" }
        else: { log: "${{ 字 }} は別" }
  - log: ${{ 名 }} は ${{ 数 }} 字
    when: 数 == 3
  - log: これは出ない
    when: 数 == 4
    else: { log: 代わり }
  - group: ひとまとまり
    do:
      - log: ${{ run.date | 日付("%EY%m月%d日") }}
after:
  - excel.write:
      file: outbox/言葉.xlsx
      rows: ${{ run.items }}
"#,
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines = [
        "あ は別",
        "い は2つめ",
        "う は別",
        "あいう は 3 字",
        "代わり",
        "令和8年11月23日",
    ];
    assert_eq!(logged(&ran), lines);
    assert_eq!(ran.view().sessions, 0, "nobody asked for a browser");
    let table = read_xlsx(&office.root(), "outbox/言葉.xlsx", None, &["状態"]).unwrap();
    assert_eq!(table.rows.len(), 1);

    // A scenario without items is one item a day.
    let again = office.night();
    assert_eq!((again.code, logged(&again).len()), (0, 0), "{again:?}");
}

#[test]
fn a_scenario_may_stop_the_run_or_go_on_after_a_failure() {
    let office = Office::new();
    let stopped = run(
        &office,
        r#"
system: 受付
steps:
  - browser.open: /menu
  - browser.click: そのようなボタン
    timeout: 300ms
    on_error: continue
  - browser.see: そのような文字
    timeout: 300ms
    else: { log: 見えない }
  - browser.click: { link: 検索 }
    retry: 1
  - log: 着いた
  - stop: ここまで
after:
  - log: 終わりの後
"#,
    );
    assert_eq!(stopped.code, 3, "{stopped:?}");
    assert_eq!(
        logged(&stopped),
        ["見えない", "着いた"],
        "`after` is not for a run that ended early"
    );
    let outcomes: Vec<StepOutcome> = stopped
        .events()
        .iter()
        .filter_map(|event| match &event.kind {
            Kind::StepFinished(step) if step.step.outline.starts_with("steps/") => Some(step.outcome),
            _ => None,
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            StepOutcome::Ok,
            StepOutcome::Failed,
            StepOutcome::NotMet,
            StepOutcome::Ok
        ]
    );
    let said = stopped.view().failure().unwrap().message.what(Lang::Ja);
    assert!(said.contains("ここまで"), "{said}");
}

#[test]
fn a_step_is_tried_again_and_a_scenarios_mistake_costs_no_item() {
    let office = Office::new();
    office.write("inbox/a.csv", "番号,名\n1,森\n");
    let scenario = |steps: &str| {
        let items = "{ from: { csv: inbox/a.csv }, columns: { 番号: code, 名: name }, key: 番号 }";
        format!("system: 受付\nitems: {items}\nsteps:\n{steps}")
    };
    let failed = run(
        &office,
        &scenario(
            r#"
  - browser.open: /menu
  - browser.click: { button: ない }
    timeout: 200ms
    retry: 1
    on_error: continue
  - if: item.名 == "林"
    then: { set: { 値: 1 } }
  - log: ${{ 値 }}
"#,
        ),
    );
    let retried = |event: &&Event| matches!(event.kind, Kind::StepRetrying { .. });
    assert_eq!(failed.events().iter().filter(retried).count(), 1);
    assert_eq!((failed.code, failed.states()), (1, vec!["1 失敗 YK8019".to_owned()]));
    // The row is as it was; only the scenario is mended.
    let mended = run(&office, &scenario("  - log: ${{ item.番号 }}\n"));
    assert_eq!(
        (mended.code, mended.states()),
        (0, vec!["1 済".to_owned()]),
        "{mended:?}"
    );
}

#[test]
fn what_cannot_be_begun_is_usage() {
    let office = Office::new();
    for words in [
        &["run", "ない名前"][..],
        &["run", "juminhyo-yubin", "--date", "あした"],
        &["run", "juminhyo-yubin", "--real"],
        &["runs", "show", "7"],
        &["run"],
    ] {
        let ran = office.yakin(words);
        assert_eq!(ran.code, 2, "{words:?}: {ran:?}");
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{ran:?}");
    }
    let wrong = run(&office, "steps:\n  - browser.clik: 登録\n");
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert!(wrong.err.contains("browser.click"), "{}", wrong.err);
}
