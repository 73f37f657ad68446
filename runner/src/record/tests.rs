//! Recordings as lists of actions, and the scenarios that become of them.

use super::{Recording, write};
use crate::drivers::browser::{Act, By, FieldKind, Locator, Recorded, ThingKind, Way};
use crate::drivers::files::{Row, Table};
use crate::text::Lang;

/// A person at work, one action after the other.
#[derive(Default)]
struct Person {
    actions: Vec<Recorded>,
    window: usize,
    heading: String,
    values: Vec<String>,
}

fn way(by: By, how: &str) -> Way {
    Way {
        locator: by.into(),
        how: how.to_owned(),
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

impl Person {
    fn act(&mut self, act: Act) -> &mut Person {
        let at = self.actions.len() as f64;
        let window = self.window;
        self.actions.push(Recorded { window, at, act });
        self
    }

    fn page(&mut self, heading: &str, values: &[&str]) -> &mut Person {
        self.arrive(heading, values, "navigate", true)
    }

    fn arrive(&mut self, heading: &str, values: &[&str], how: &str, from: bool) -> &mut Person {
        heading.clone_into(&mut self.heading);
        self.values = texts(values);
        self.act(Act::Page {
            url: format!("http://127.0.0.1:1/uketsuke/{heading}"),
            title: format!("{heading} - 受付"),
            heading: heading.to_owned(),
            how: how.to_owned(),
            from,
            values: texts(values),
            notices: Vec::new(),
        })
    }

    fn fill(&mut self, name: &str, field: FieldKind, value: &str) -> &mut Person {
        self.act(Act::Fill {
            ways: vec![way(By::Label(name.to_owned()), "heading")],
            name: name.to_owned(),
            field,
            value: value.to_owned(),
        })
    }

    fn types(&mut self, name: &str, value: &str) -> &mut Person {
        self.fill(name, FieldKind::Text, value)
    }

    fn press(&mut self, kind: ThingKind, ways: Vec<Way>, name: &str, own: &[&str]) -> &mut Person {
        let (heading, values) = (self.heading.clone(), self.values.clone());
        self.act(Act::Click {
            ways,
            name: name.to_owned(),
            kind,
            by_key: false,
            heading,
            values,
            notices: Vec::new(),
            filled_by_page: texts(own),
        })
    }

    fn button(&mut self, name: &str) -> &mut Person {
        self.press(
            ThingKind::Button,
            vec![way(By::Any(name.to_owned()), "button")],
            name,
            &[],
        )
    }

    fn link(&mut self, name: &str) -> &mut Person {
        self.press(ThingKind::Link, vec![way(By::Link(name.to_owned()), "link")], name, &[])
    }

    fn dialog(&mut self, text: &str, accepted: bool) -> &mut Person {
        self.act(Act::Dialog {
            text: text.to_owned(),
            accepted,
            typed: String::new(),
        })
    }
}

fn table() -> Table {
    let rows = [
        [
            "0081123-0001",
            "髙橋　花子",
            "ﾀｶﾊｼ ﾊﾅｺ",
            "S51.3.4",
            "850-0032",
            "300",
            "転入",
        ],
        [
            "0081123-0002",
            "山﨑　太郎",
            "ﾔﾏｻｷ ﾀﾛｳ",
            "昭和33年11月23日",
            "8500033",
            "３００円",
            "転出",
        ],
        [
            "0081123-0003",
            "佐藤　健一",
            "ｻﾄｳ ｹﾝｲﾁ",
            "平成4年2月29日",
            "850-0035",
            "￥300",
            "転入",
        ],
    ];
    Table {
        path: "inbox/requests_20261123.csv".to_owned(),
        sheet: None,
        heading_row: 1,
        headings: texts(&["請求番号", "氏名", "カナ", "生年月日", "郵便番号", "手数料", "異動"]),
        rows: (2..)
            .zip(rows)
            .map(|(number, cells)| Row {
                number,
                cells: texts(&cells),
            })
            .collect(),
        format: "CP932 CSV".to_owned(),
        sha256: String::new(),
    }
}

/// The scenario and the notes in Japanese, one below the other.
fn written(person: &Person, system: bool, items: Option<&Table>, opened: Option<&str>) -> String {
    let recording = Recording {
        actions: &person.actions,
        id: "kiroku",
        system: system.then_some(("受付", Some("http://127.0.0.1:1/uketsuke"))),
        opened,
        items: items.map(|table| (table.path.as_str(), table)),
        sample: items.map(|_| "scenarios/samples/kiroku.csv"),
    };
    let written = write(&recording).expect("something was done");
    let mut out = written.text;
    for note in written.notes {
        let said = note.render(Lang::Ja);
        assert!(
            !said.what.contains('{') && !note.render(Lang::En).what.is_empty(),
            "{said:?}"
        );
        out += &format!("# {} {}\n", said.code, said.what);
    }
    out
}

/// One registration as a clerk does it.
fn register(person: &mut Person, row: [&str; 6]) {
    let [number, name, kana, birth, postal, kind] = row;
    person.page("新規登録", &[]);
    person
        .types("請求番号", number)
        .types("氏名", name)
        .types("フリガナ", kana);
    person.fill("生年月日", FieldKind::DateParts, "");
    person.fill("生年月日", FieldKind::DateParts, birth);
    person.types("郵便番号", postal).fill("区分", FieldKind::Choice, kind);
    person.press(
        ThingKind::Button,
        vec![
            way(By::Any("登録する".to_owned()), "button"),
            way(By::Css("#touroku".to_owned()), "css"),
        ],
        "登録する",
        &["住所"],
    );
}

const DONE: [&str; 4] = ["受付番号", "請求番号", "氏名", "受付日時"];

#[test]
fn rows_of_a_table_become_one_loop_over_all_of_them() {
    let mut person = Person::default();
    person.page("メインメニュー", &[]).link("新規登録");
    register(
        &mut person,
        [
            "0081123-0002",
            "山﨑　太郎",
            "ヤマサキ　タロウ",
            "昭和33年11月23日",
            "850-0033",
            "転出",
        ],
    );
    person.page("登録完了", &DONE).link("続けて登録する");
    register(
        &mut person,
        [
            "0081123-0003",
            "佐藤　健一",
            "サトウ　ケンイチ",
            "平成4年2月29日",
            "850-0035",
            "転入",
        ],
    );
    person
        .page("登録完了", &DONE)
        .link("メニューへ戻る")
        .page("メインメニュー", &[]);
    let text = written(&person, true, Some(&table()), None);
    insta::assert_snapshot!(text);
    for told in ["山﨑", "850-0033", "ヤマサキ", "佐藤"] {
        assert!(!text.contains(told), "{told} is a resident's");
    }
}

#[test]
fn a_login_by_hand_is_the_systems_own() {
    let mut person = Person::default();
    person.page("ログイン", &[]).types("利用者ID", "shimin01");
    person.fill("パスワード", FieldKind::Password, "").button("ログイン");
    person.page("メインメニュー", &[]).link("検索").page("受付の検索", &[]);
    person
        .types("氏名", "山田")
        .button("検索する")
        .page("受付の検索", &["件数"]);
    insta::assert_snapshot!(written(&person, true, None, Some("http://127.0.0.1:1/uketsuke/login")));
}

#[test]
fn without_a_system_passwords_are_secrets_and_values_are_told_of() {
    let mut person = Person::default();
    person.page("ログイン", &[]).types("利用者ID", "shimin01");
    person.fill("パスワード", FieldKind::Password, "").button("ログイン");
    person.page("入力", &[]).types("氏名", "山田: 太郎").button("送信");
    person.page("入力の完了", &[]);
    let text = written(&person, false, None, Some("https://other.example/login"));
    insta::assert_snapshot!(text);
}

#[test]
fn windows_dialogs_and_boxes_are_steps() {
    let mut person = Person::default();
    person.page("訂正", &[]).types("受付番号", "R8-1");
    person.act(Act::Key {
        key: "Enter".to_owned(),
    });
    person.act(Act::Click {
        ways: vec![way(By::Any("呼出する".to_owned()), "button")],
        name: "呼出する".to_owned(),
        kind: ThingKind::Button,
        by_key: true,
        heading: String::new(),
        values: Vec::new(),
        notices: Vec::new(),
        filled_by_page: Vec::new(),
    });
    person.button("住所検索");
    person.window = 1;
    person.link("長崎市興善町");
    person.window = 0;
    person
        .fill("同意する", FieldKind::Box, "yes")
        .fill("控え", FieldKind::Box, "no");
    let nth = Locator {
        nth: Some(2),
        ..By::Label("区".to_owned()).into()
    };
    person.act(Act::Fill {
        ways: vec![Way {
            locator: nth,
            how: "heading".to_owned(),
        }],
        name: "区".to_owned(),
        field: FieldKind::List,
        value: "東".to_owned(),
    });
    person.press(
        ThingKind::Button,
        vec![way(By::XPath("/html/body/div[2]/a[1]".to_owned()), "xpath")],
        "",
        &[],
    );
    person
        .button("削除する")
        .dialog("受付番号 R8-1 を削除します。よろしいですか？", true);
    person.act(Act::Shown {
        heading: "訂正".to_owned(),
        values: Vec::new(),
        notices: texts(&["削除しました"]),
    });
    insta::assert_snapshot!(written(&person, true, None, None));
}

#[test]
fn a_refused_try_teaches_the_sign_and_is_no_registration() {
    let mut person = Person::default();
    person.page("登録", &[]).types("氏名", "山田").button("登録する");
    person
        .page("登録", &["エラー内容"])
        .types("フリガナ", "ヤマダ")
        .button("登録する");
    person.page("登録完了", &["受付番号"]);
    let text = written(&person, true, None, None);
    assert!(text.contains("refused: { field: エラー内容 }"), "{text}");
    assert!(
        text.contains("氏名: 山田") && text.contains("フリガナ: ヤマダ"),
        "{text}"
    );
    assert_eq!(text.matches("commit:").count(), 1, "{text}");
}

#[test]
fn a_press_that_leads_to_a_confirmation_is_no_act_of_its_own() {
    let mut person = Person::default();
    person.page("登録", &[]).types("氏名", "山田").button("登録内容の確認");
    person
        .page("確認画面", &[])
        .button("登録を確定する")
        .page("受付完了", &[]);
    let text = written(&person, true, None, None);
    assert_eq!(text.matches("commit:").count(), 1, "{text}");
    assert!(text.contains("do: { browser.click: 登録を確定する }"), "{text}");
    assert!(text.contains("proof: { text: 受付完了 }"), "{text}");
}

#[test]
fn going_back_and_typed_addresses_are_steps() {
    let mut person = Person::default();
    person.page("メニュー", &[]).link("一覧").page("受付の一覧", &[]);
    person.arrive("メニュー", &[], "back_forward", true);
    person.arrive("メニュー", &[], "reload", true);
    person.arrive("monthly", &[], "navigate", false);
    let text = written(&person, true, None, None);
    let steps: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("  - ")).collect();
    assert_eq!(
        steps,
        [
            "browser.click: { link: 一覧 }",
            "browser.see: 受付の一覧",
            "browser.back:",
            "browser.reload:",
            "browser.open: /monthly"
        ]
    );
}

#[test]
fn nothing_done_is_no_scenario() {
    let mut person = Person::default();
    person.page("メニュー", &[]);
    let recording = Recording {
        actions: &person.actions,
        id: "kiroku",
        system: None,
        opened: None,
        items: None,
        sample: None,
    };
    assert!(write(&recording).is_none());
}

#[test]
fn a_field_filled_twice_holds_the_last_value_and_an_emptied_one_was_not_meant() {
    let mut person = Person::default();
    person
        .page("登録", &[])
        .types("氏名", "山口")
        .types("備考", "x")
        .types("氏名", "山田")
        .types("備考", "");
    person.button("登録する").page("登録完了", &[]);
    let text = written(&person, true, None, None);
    assert!(
        text.contains("氏名: 山田") && !text.contains("山口") && !text.contains("備考"),
        "{text}"
    );
}
