//! What control words and modifiers do in a run; and what the exit codes say.

use yakin::drivers::files::read_xlsx;
use yakin::events::{Event, Kind, StepOutcome};
use yakin::text::Lang;

use crate::support::office::{Office, Ran, SCENARIO, results, rows};

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

    // It registers nothing: every run does it anew.
    let again = office.night();
    assert_eq!((again.code, logged(&again).len()), (0, lines.len()), "{again:?}");
}

#[test]
fn rounds_failures_and_parts_without_a_browser() {
    let office = Office::new();
    office.write(
        "scenarios/parts/あいさつ.yaml",
        "yakin: 1\npart: あいさつ\ninputs: { 名: open, 通数: number }\noutputs: { 文: open, 数: number }\nsteps:\n  \
         - set: { 数: \"${{ 5 }}\", 文: \"${{ 名 }}さん、${{ 通数 + 1 }}通\" }\n  - call: 足す\n    \
         with: { 数: \"${{ 数 }}\" }\n    as: 和\n  - set: { 数: \"${{ 和.数 }}\" }\n",
    );
    office.write(
        "scenarios/parts/足す.yaml",
        "yakin: 1\npart: 足す\ninputs: { 数: number }\noutputs: { 数: number }\nsteps:\n  - set: { 数: \"${{ 数 + 1 }}\" }\n",
    );
    let ran = run(
        &office,
        r#"
steps:
  - set: { 数: "${{ 0 }}" }
  - repeat_until: 数 >= 3
    max: 5
    as: 回
    do:
      - set: { 数: "${{ 数 + 1 }}" }
      - log: ${{ 回 }} 回目
  - try:
      - repeat_until: 数 > 100
        max: 2
        do: { log: まだ }
    catch:
      - log: 受け止めた ${{ error.code }} ${{ error.message }}
    finally: { log: 最後に }
  - call: parts/あいさつ
    with: { 名: 森, 通数: １，２００ }
    as: 結果
  - log: ${{ 結果.文 }} ${{ 結果.数 }} ${{ 数 }}
  - try:
      call: parts/あいさつ
      with:
        名: 林
        通数: ${{ 結果.文 }}
    catch: { log: "数ではない ${{ error.code }}" }
  - group: 見過ごす
    on_error: continue
    do:
      - repeat_until: 数 > 100
        max: 1
        do: { log: もう一度 }
      - log: これは出ない
  - log: おわり
"#,
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines = [
        "1 回目",
        "2 回目",
        "3 回目",
        "まだ",
        "まだ",
        "受け止めた YK5128 2 回くり返しても、数 > 100 ところまで進みませんでした。",
        "最後に",
        "森さん、1201通 6 3",
        "数ではない YK5131",
        "もう一度",
        "おわり",
    ];
    assert_eq!(logged(&ran), lines);
    assert_eq!(ran.view().sessions, 0, "nobody asked for a browser");
    // What was seen to is no place where anything stopped; the part's steps stand in its own file.
    assert!(ran.view().stops().is_empty(), "{:?}", ran.view().stops());
    let view = ran.view();
    let inner = view.steps.get("steps/4/call/2/call/1").expect("in the outline");
    assert_eq!(
        (inner.outline.file.as_str(), inner.outline.line),
        ("scenarios/parts/足す.yaml", 6)
    );
}

#[test]
fn what_a_part_cannot_take_goes_back_and_no_failure_hides_a_rejection() {
    let office = Office::new();
    office.write(
        "inbox/a.csv",
        "番号,日,名\n1,令和8年11月23日,森\n2,あした,林\n3,R8.1.2,断\n",
    );
    office.write(
        "scenarios/parts/日.yaml",
        "yakin: 1\npart: 日\ninputs: { 日: date, 名: name }\nsteps:\n  - reject: お断り\n    when: 名 == '断'\n  - log: ${{ 名 }} ${{ 日 }}\n",
    );
    let ran = run(
        &office,
        r#"
items: { from: { csv: inbox/a.csv }, columns: { 番号: code, 日: open, 名: open }, key: 番号 }
steps:
  - try:
      call: 日
      with: { 日: "${{ item.日 }}", 名: "${{ item.名 }}" }
    catch: { log: 受け止めた }
    when: item.番号 == '3'
    else:
      call: 日
      with: { 日: "${{ item.日 }}", 名: "${{ item.名 }}" }
"#,
    );
    assert_eq!(
        (ran.code, ran.states()),
        (
            1,
            vec![
                "1 済".to_owned(),
                "2 差し戻し YK5131".to_owned(),
                "3 差し戻し YK8006".to_owned()
            ]
        ),
        "{ran:?}"
    );
    // The part's type makes a name of it, whatever its column was.
    assert_eq!(logged(&ran).len(), 1);
    assert!(
        !logged(&ran)[0].contains('森') || logged(&ran)[0].contains('＊'),
        "{:?}",
        logged(&ran)
    );
}

#[test]
fn a_part_logs_in_fills_and_commits_once_whatever_fails_afterwards() {
    let office = Office::new();
    office.write(
        "scenarios/parts/ログイン.yaml",
        "yakin: 1\npart: ログイン\ninputs: { 利用者: secret, 合言葉: secret }\nsteps:\n  - browser.open: /login\n  - browser.fill:\n      \
         利用者ID: ${{ 利用者 }}\n      パスワード: ${{ 合言葉 }}\n  - browser.click: ログイン\n  - browser.see: メインメニュー\n",
    );
    office.write(
        "scenarios/systems/受付.yaml",
        "yakin: 1\nsystem: 受付\nurl: { 練習: practice/uketsuke }\nlogin:\n  - call: parts/ログイン\n    with:\n      利用者: ${{ secrets.受付.ID }}\n      \
         合言葉: ${{ secrets.受付.パスワード }}\nhome: { browser.open: /menu }\n",
    );
    office.write(
        "scenarios/parts/登録.yaml",
        "yakin: 1\npart: 登録\ninputs: { 請求番号: code, 氏名: name, 生年月日: date, 郵便番号: postal, カナ: kana }\noutputs: { 番号: code }\nsteps:\n  \
         - browser.click: { link: 新規登録 }\n  - browser.fill:\n      請求番号: ${{ 請求番号 }}\n      氏名: ${{ 氏名 }}\n      \
         生年月日: ${{ 生年月日 }}\n      郵便番号: ${{ 郵便番号 }}\n      フリガナ: ${{ カナ | 全角カナ }}\n  \
         - repeat_until: { field: 住所, contains: 長崎市 }\n    max: 30\n    do: { log: 住所を待つ }\n  \
         - commit: 請求の登録\n    do: { browser.click: 登録する }\n    proof: { field: 受付番号, as: 番号 }\n    \
         refused: { field: エラー内容 }\n    verify: none\n",
    );
    office.deliver(&rows(2));
    let ran = run(
        &office,
        r#"
system: 受付
items:
  from: { csv: inbox/requests_20261123.csv }
  columns: { 請求番号: code, 氏名: name, カナ: kana, 生年月日: date, 郵便番号: postal }
  key: 請求番号
  keep:
    受付番号: ${{ 結果.番号 }}
steps:
  - try:
      - call: parts/登録
        with:
          請求番号: ${{ item.請求番号 }}
          氏名: ${{ item.氏名 }}
          生年月日: ${{ item.生年月日 }}
          郵便番号: ${{ item.郵便番号 }}
          カナ: ${{ item.カナ }}
        as: 結果
      - browser.click: そのようなボタン
        timeout: 200ms
    catch:
      - reject: 登録の後のことです
after:
  - excel.write:
      file: outbox/結果_${{ run.date }}.xlsx
      rows: ${{ run.items }}
"#,
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.states(), ["0001 済", "0002 済"]);
    let register = office.register();
    assert_eq!(register.len(), 2, "each once");
    let kept: Vec<String> = results(&office).into_iter().map(|row| row[1].clone()).collect();
    let receipts: Vec<String> = register.iter().map(|entry| entry.receipt.clone()).collect();
    assert_eq!(
        kept, receipts,
        "what a part gives back is kept with the proof of its commit"
    );
    assert!(!ran.out.contains("himitsu"), "{}", ran.out);
    let again = office.night();
    assert_eq!((again.code, office.register().len()), (0, 2), "{again:?}");
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

#[test]
fn a_bot_that_only_reads_is_worked_again_when_it_is_asked_for_and_loses_no_results() {
    let office = Office::new();
    let scenario = r#"
items:
  from: { csv: inbox/a.csv }
  columns: { 番　号: code }
  key: 番号
  keep: { 名: "${{ item.氏名 }}", 料: "${{ item.手数料 }}" }
steps:
  - log: ${{ item.番号 }} ${{ item.氏名 ~ "様" }} は ${{ item.手数料 }} 円
after:
  - excel.write:
      file: outbox/結果.xlsx
      rows: ${{ run.items }}
      columns: [番号, 名, 状態]
"#;
    office.write("inbox/a.csv", "番号,氏　名,手 数料\nA-1,森一郎,300\n");
    let first = run(&office, scenario);
    assert_eq!((first.code, first.states()), (0, vec!["1 済".to_owned()]), "{first:?}");
    assert_eq!(
        logged(&first),
        ["A-1 森＊＊ は 300 円"],
        "what was written stays readable"
    );
    assert!(first.out.contains("outbox/結果.xlsx"), "{}", first.out);
    let view = first.view();
    let told: Vec<_> = view.items.values().map(|item| item.receipt.clone()).collect();
    assert_eq!(told, [Some("名: 森＊＊、料: 300".to_owned())]);
    let second = office.night();
    assert_eq!(
        second.states(),
        ["1 済"],
        "what registers nothing is worked anew: {second:?}"
    );
    assert!(second.out.contains("outbox/結果_2.xlsx"), "{}", second.out);
    let words = |file: &str| {
        read_xlsx(&office.root(), file, None, &["状態"]).unwrap().rows[0]
            .cells
            .clone()
    };
    assert_eq!(words("outbox/結果.xlsx"), ["A-1", "森一郎", "済"]);
    assert_eq!(words("outbox/結果_2.xlsx"), ["A-1", "森一郎", "済"]);
}

#[test]
fn a_row_that_broke_off_keeps_what_was_read_before() {
    let office = Office::new();
    office.deliver(&rows(1));
    assert_eq!(office.night().code, 0);
    office.write("inbox/a.csv", "番号\n0081123-0001\n9999\n");
    office.write(
        "scenarios/shirabe.yaml",
        r#"
yakin: 1
id: shirabe
name: 調べる
system: 受付
items:
  from: { csv: inbox/a.csv }
  columns: { 番号: code }
  key: 番号
  keep: { 受付番号: "${{ 受付番号 }}", 状況: "${{ 状況 }}" }
steps:
  - browser.open: /search
  - browser.fill: { 請求番号: "${{ item.番号 }}" }
  - browser.click: 検索する
  - browser.see: { row: "${{ item.番号 }}", field: 受付番号 }
    timeout: 300ms
    else: { reject: 登録がありません }
  - browser.read: { row: "${{ item.番号 }}", field: 受付番号, type: code }
    as: 受付番号
  - browser.read: { row: "${{ item.番号 }}", field: 状況 }
    timeout: 300ms
    as: 状況
after:
  - excel.write:
      file: outbox/結果.xlsx
      rows: ${{ run.items }}
      columns: [番号, 受付番号, 状況, 状態]
"#,
    );
    let receipt = office.register()[0].receipt.clone();
    let expected = [
        ["0081123-0001", receipt.as_str(), "", "失敗"],
        ["9999", "", "", "差し戻し"],
    ];
    for (words, file) in [
        (&["--rehearse"][..], "下見/outbox/結果.xlsx"),
        // Another rehearsal replaces what the first one wrote.
        (&["--rehearse"], "下見/outbox/結果.xlsx"),
        (&[], "outbox/結果.xlsx"),
    ] {
        let ran = office.yakin(&[&["run", "shirabe"], words].concat());
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(
            ran.out.contains(&format!("「{file}」")),
            "where it was written: {}",
            ran.out
        );
        assert!(ran.out.contains("この画面の見出し"), "{}", ran.out);
        let table = read_xlsx(&office.root(), file, None, &["状態"]).unwrap();
        let cells: Vec<_> = table.rows.iter().map(|row| row.cells.clone()).collect();
        assert_eq!(cells, expected);
    }
    // What was not found yesterday may be there today.
    let again = office.yakin(&["run", "shirabe", "--json"]);
    assert_eq!(again.view().items.len(), 2, "{again:?}");
}
