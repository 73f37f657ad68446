//! Items that stand in no file: in the scenario itself, in a list that `start` makes, or finished by another scenario.

use yakin::text::Lang;

use crate::support::office::{Office, Ran, SCENARIO, number, rows};

/// What a scenario wrote by `log`.
fn logged(ran: &Ran) -> Vec<String> {
    let view = ran.view();
    let lines = view
        .notes
        .iter()
        .filter(|note| note.message.is(yakin::text::codes::LOG_LINE));
    lines.map(|note| note.message.what(Lang::Ja)).collect()
}

fn codes(ran: &Ran) -> Vec<String> {
    let view = ran.view();
    view.notes.iter().map(|note| note.message.code.to_string()).collect()
}

fn run(office: &Office, id: &str, scenario: &str) -> Ran {
    office.write(
        &format!("scenarios/{id}.yaml"),
        format!("yakin: 1\nname: 明細の試し\n{scenario}"),
    );
    office.yakin(&["run", id, "--date", "2026-11-23", "--json"])
}

#[test]
fn rows_of_the_scenario_are_read_as_those_of_a_table() {
    let office = Office::new();
    let scenario = |third: &str| {
        format!(
            r#"
items:
  from:
    list:
      - {{ 番号: "001", 手数料: ￥３００, 窓口: 本庁 }}
      - {{ 番号: "００２", 手数料: "1,300", 窓口: "${{{{ run.date | 和暦 }}}}" }}
      - {{ {third} }}
  columns: {{ 番号: code, 手数料: amount, 窓口: open }}
  key: 番号
steps:
  - log: ${{{{ item.番号 }}}} ${{{{ item.手数料 + 1 }}}} ${{{{ item.窓口 }}}}
"#
        )
    };
    let twice = run(
        &office,
        "madoguchi",
        &scenario("番号: \"001\", 手数料: 300, 窓口: 本庁"),
    );
    assert_eq!(twice.code, 0, "{twice:?}");
    assert_eq!(codes(&twice)[0], "YK8034", "one row stands there twice");
    assert_eq!(logged(&twice), ["001 301 本庁", "002 1301 令和8年11月23日"]);
    assert_eq!(twice.view().sessions, 0, "nobody asked for a browser");
    // Nothing was registered, so all of it is done anew; the new row has no number.
    let again = run(&office, "madoguchi", &scenario("番号: , 手数料: 300, 窓口: 支所"));
    let states = ["001 済", "002 済", " 差し戻し YK8004"];
    assert_eq!((again.code, again.states()), (1, states.map(str::to_owned).to_vec()));
    let texts = r#"
items: { from: { list: [本庁, 支所] }, columns: { 値: open } }
steps:
  - log: ${{ item.値 }}
"#;
    assert_eq!(logged(&run(&office, "atai", texts)), ["本庁", "支所"]);
    assert_eq!(logged(&run(&office, "atai", texts)), ["本庁", "支所"]);
}

#[test]
fn a_value_that_cannot_be_made_is_told_by_its_name_and_as_open_as_its_column() {
    let office = Office::new();
    let ran = run(
        &office,
        "hiduke",
        r#"
items:
  from: { list: [{ 番号: 甲, 受付日: 12月1日 }] }
  columns: { 番号: code, 受付日: open }
  key: 番号
steps:
  - excel.write:
      file: outbox/${{ item.受付日 | 和暦 }}.xlsx
      rows: "${{ [{'番号': item.番号}] }}"
"#,
    );
    assert_eq!(ran.states(), ["甲 差し戻し YK3032"], "{ran:?}");
    let told = office.yakin(&["runs", "show"]).out;
    let why = "「file」の値を作れません。「12月1日」には年がありません";
    assert!(told.contains(why), "{told}");
}

#[test]
fn a_schedule_is_said_as_it_is_understood() {
    let office = Office::new();
    let scenario = "yakin: 1\nname: x\nschedule: 毎月２５日 ２２時から２時まで 休日なら前営業日\nsteps: { log: x }\n";
    office.write("scenarios/yotei.yaml", scenario);
    let told = office.yakin(&["check", "yotei"]);
    let line = "予定はこう読みました: 毎月25日（休日なら前開庁日） 22:00 から 02:00 まで\n";
    assert!(told.code == 0 && told.out.ends_with(line), "{told:?}");
    let all = office.yakin(&["check"]);
    assert!(!all.out.contains("予定は"), "nobody has asked: {all:?}");
}

#[test]
fn a_list_that_start_makes_is_worked_row_by_row() {
    let office = Office::new();
    let scenario = |list: &str, key: &str| {
        format!(
            r#"
start:
  - set: {{ 未処理: "${{{{ {list} }}}}" }}
items:
  from: {{ list: "${{{{ 未処理 }}}}" }}
  columns: {{ 番号: code, 受付日: date }}
  key: {key}
steps:
  - log: ${{{{ item.番号 }}}}
  - stop: 締切
    when: (item.受付日 | 和暦) == '令和8年11月21日'
"#
        )
    };
    let two = "[{'番 号': 'B-1', '受付日': 'R8.11.20'}, {'番号': 'B-2', '受付日': '2026/11/21'}]";
    let wrong = run(&office, "ichiran", &scenario(two, "番号"));
    assert_eq!(wrong.code, 3, "two columns of one name: {wrong:?}");
    let two = &two.replace("番 号", "番号");
    let stopped = run(&office, "ichiran", &scenario(two, "番号"));
    assert_eq!(logged(&stopped), ["B-1", "B-2"]);
    assert_eq!(stopped.states(), ["1 済", "2 失敗 YK8021"]);
    // The page does not list it any more: somebody has done it.
    let gone = run(&office, "ichiran", &scenario("[]", "番号"));
    assert_eq!((gone.code, codes(&gone)), (1, vec!["YK8037".to_owned()]), "{gone:?}");
    let other = run(&office, "ichiran", &scenario("[{'番号': 'B-3'}]", "番号"));
    assert_eq!(other.code, 3, "a column is missing: {other:?}");
    assert!(
        other
            .view()
            .failure()
            .unwrap()
            .message
            .is(yakin::text::codes::ITEMS_NO_COLUMN)
    );
    let text = run(&office, "ichiran", &scenario("'B-3'", "番号"));
    assert!(
        text.view()
            .failure()
            .unwrap()
            .message
            .is(yakin::text::codes::ITEMS_NO_LIST)
    );
}

#[test]
fn what_one_scenario_has_registered_another_one_works_on() {
    let office = Office::new();
    let hassou = r#"
items:
  from: { scenario: juminhyo-yubin }
steps:
  - log: ${{ item.請求番号 }} ${{ item.受付番号 }} ${{ item.手数料 + 1 }}
"#;
    let none = run(&office, "hassou", hassou);
    assert_eq!((none.code, logged(&none).len()), (0, 0), "{none:?}");
    let mut two = rows(2);
    two.push(two[0].replace(&number(1), &number(3)).replace(",300,", ",200,"));
    office.deliver(&two);
    assert_eq!(office.night().states(), ["0001 済", "0002 済", "0003 差し戻し YK8006"]);
    let sent = run(&office, "hassou", hassou);
    assert_eq!(sent.code, 0, "{sent:?}");
    let register = office.register();
    let lines = register.iter().map(|entry| {
        let number = &entry.registration.request_no;
        format!("{number} {} 301", entry.receipt)
    });
    assert_eq!(logged(&sent), lines.collect::<Vec<_>>());
    assert!(run(&office, "hassou", hassou).view().items.is_empty());
    // What is registered later is worked later.
    office.deliver(&rows(4)[3..]);
    office.night();
    assert_eq!(run(&office, "hassou", hassou).states(), ["0004 済"]);
}

#[test]
fn a_number_that_becomes_known_on_the_way_is_registered_once() {
    let office = Office::new();
    office.deliver(&rows(2));
    // The page tells both the same, in different widths.
    let key = "key: ${{ '１２３' if item.請求番号 == '0081123-0001' else '123' }}";
    let act = "    do: { browser.click: 登録する }";
    office.edit(SCENARIO, act, &format!("    {key}\n{act}"));
    let ran = office.night();
    assert_eq!(
        (ran.code, ran.states()),
        (1, vec!["0001 済".to_owned(), "0002 差し戻し YK8182".to_owned()]),
        "{ran:?}"
    );
    assert_eq!(office.registered(), ["0001"]);
    office.edit(SCENARIO, key, "key: ${{ '' }}");
    office.deliver(&rows(3)[2..]);
    let ran = office.night();
    assert_eq!(ran.states(), ["0003 差し戻し YK8183"], "{ran:?}");
    assert_eq!(office.registered(), ["0001"]);
}
