use super::*;
use crate::drivers::browser::{By, FieldKind, Locator, Way};
use crate::drivers::files::Row;

fn thing(kind: ThingKind, by: By, name: &str) -> Thing {
    Thing {
        kind,
        ways: vec![Way {
            locator: Locator::from(by),
            how: "label".to_owned(),
        }],
        name: name.to_owned(),
        field: None,
        entries: Vec::new(),
        required: false,
        holds: false,
        rows: None,
        leads_to: None,
    }
}

fn field(name: &str, kind: FieldKind, required: bool) -> Thing {
    Thing {
        field: Some(kind),
        required,
        ..thing(ThingKind::Field, By::Label(name.to_owned()), name)
    }
}

fn named(kind: ThingKind, name: &str) -> Thing {
    thing(kind, By::Any(name.to_owned()), name)
}

fn value(name: &str) -> Thing {
    thing(ThingKind::Value, By::Field(name.to_owned()), name)
}

fn page(heading: &str, things: Vec<Thing>) -> Described {
    Described {
        heading: heading.to_owned(),
        things,
        ..Described::default()
    }
}

fn table(headings: &[&str], rows: &[&[&str]]) -> Table {
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let row = |(at, cells): (usize, &&[&str])| Row {
        number: at as u64 + 2,
        cells: texts(cells),
    };
    Table {
        path: String::new(),
        sheet: None,
        heading_row: 1,
        headings: texts(headings),
        rows: rows.iter().enumerate().map(row).collect(),
        format: String::new(),
        sha256: String::new(),
    }
}

fn calls() -> Table {
    table(
        &["番号", "お名前", "よみ", "誕生日", "郵便", "料金", "係"],
        &[
            &[
                "電話-1",
                "髙橋　花子",
                "たかはし　はなこ",
                "S51.3.4",
                "850-0032",
                "300",
                "窓口",
            ],
            &["電話-2", "田中　美咲", "", "H11.12.31", "850-0036", "", "窓口"],
        ],
    )
}

fn form() -> Described {
    page(
        "新規登録",
        vec![
            field("請求番号", FieldKind::Text, true),
            field("氏名", FieldKind::Text, true),
            field("フリガナ", FieldKind::Text, true),
            field("生年月日", FieldKind::DateParts, true),
            Thing {
                entries: vec!["男".to_owned(), "女".to_owned()],
                ..field("性別", FieldKind::Choice, false)
            },
            field("郵便番号", FieldKind::Text, true),
            field("通数", FieldKind::Text, true),
            Thing {
                holds: true,
                ..field("手数料", FieldKind::Text, true)
            },
            named(ThingKind::Button, "クリア"),
            named(ThingKind::Button, "登録する"),
            thing(ThingKind::ReadOnly, By::Field("住所".to_owned()), "住所"),
        ],
    )
}

fn about<'a>(id: &'a str, entrance: &'a str, file: &'a str, form: &'a Described, table: &'a Table) -> Drafting<'a> {
    Drafting {
        id,
        system: "受付",
        entrance: Some(entrance),
        items: (file, table),
        form,
        press: None,
        lang: Lang::Ja,
    }
}

const ENTRANCE: &str = "browser.click: { link: 新規登録 }";

/// The text with what its author is told.
fn written(draft: &Draft<'_>) -> String {
    let Written { text, notes } = draft.write();
    let told = notes.iter().map(|note| {
        let said = note.render(draft.about.lang);
        format!("# {} {}\n", said.code, said.what)
    });
    told.fold(text, |text, line| text + line.as_str())
}

#[test]
fn a_registration_is_drafted_from_what_its_first_row_brought() {
    let (form, table) = (form(), calls());
    let mut draft = Draft::new(about("denwa", ENTRANCE, "inbox/denwa.csv", &form, &table)).expect("a draft");
    assert!(draft.registers());
    assert_eq!(draft.press(), "browser.click: 登録する");
    assert_eq!(
        draft.fills(0),
        [
            "browser.fill: { 請求番号: 電話-1 }",
            "browser.fill: { 氏名: \"髙橋　花子\" }",
            "browser.fill: { フリガナ: \"タカハシ　ハナコ\" }",
            "browser.fill: { 生年月日: 1976-03-04 }",
            "browser.fill: { 郵便番号: 850-0032 }",
            "browser.fill: { 手数料: 300 }",
        ]
    );
    assert_eq!(draft.waits().len(), 1);

    let mut complaint = form.clone();
    complaint.things.push(value("エラー内容"));
    draft.complained(&complaint);
    let mut filled = form.clone();
    for thing in filled.things.iter_mut().filter(|thing| thing.name == "住所") {
        thing.holds = true;
    }
    assert!(!draft.tried(&filled, complaint), "a refusal is no success");
    let done = page("登録の完了", vec![value("受付番号"), value("氏名")]);
    assert!(draft.tried(&filled, done));
    insta::assert_snapshot!(written(&draft));
}

#[test]
fn what_nobody_tried_is_left_to_the_author() {
    let (form, table) = (form(), calls());
    let draft = Draft::new(Drafting {
        lang: Lang::En,
        ..about(
            "denwa",
            "browser.open: /new",
            "inbox/denwa_20261201.xlsx",
            &form,
            &table,
        )
    });
    insta::assert_snapshot!(written(&draft.expect("a draft")));
}

#[test]
fn a_search_is_drafted_from_the_table_that_it_brought() {
    let search = page(
        "検索",
        vec![
            field("請求番号", FieldKind::Text, false),
            field("氏名", FieldKind::Text, false),
            named(ThingKind::Button, "検索する"),
        ],
    );
    let table = table(&["番号", "係"], &[&["0081201-0001", "窓口"], &["0081201-9999", "郵送"]]);
    let entrance = "browser.click: { link: 検索 }";
    let mut draft = Draft::new(about("shirabe", entrance, "inbox/shirabe.csv", &search, &table)).expect("a draft");
    assert!(!draft.registers());
    let nothing = page("検索", vec![named(ThingKind::Text, "該当するデータはありません")]);
    assert!(!draft.tried(&search, nothing));
    let found = Thing {
        entries: ["受付番号", "請求番号", "氏名", "受付日時"].map(str::to_owned).to_vec(),
        rows: Some(1),
        ..named(ThingKind::Table, "")
    };
    assert!(draft.tried(&search, page("検索", vec![found])));
    insta::assert_snapshot!(written(&draft));
}

#[test]
fn a_search_is_drafted_from_the_values_that_it_brought() {
    let search = page(
        "照会",
        vec![
            field("整理番号", FieldKind::Text, true),
            named(ThingKind::Button, "照会"),
        ],
    );
    let table = table(&["整理番号", "氏名"], &[&["1", "甲"]]);
    let mut draft = Draft::new(about("shokai", "browser.open: /q", "inbox/q.csv", &search, &table)).expect("a draft");
    let found = page("照会の結果", vec![value("整理番号"), value("氏名"), value("受付No.")]);
    assert!(draft.tried(&search, found));
    insta::assert_snapshot!(written(&draft));
}

#[test]
fn a_page_without_a_button_or_a_table_without_a_column_is_told() {
    let table = calls();
    let form = form();
    let unfit = |form: &Described, press: Option<&str>, table: &Table| {
        let about = Drafting {
            press,
            ..about("denwa", ENTRANCE, "inbox/denwa.csv", form, table)
        };
        Draft::new(about).map(|_| ()).expect_err("nothing to draft")
    };
    let buttons = ["クリア", "登録する"].map(str::to_owned).to_vec();
    assert_eq!(unfit(&form, Some("送信"), &table), DraftError::NoButton(buttons));
    assert_eq!(
        unfit(&page("", Vec::new()), None, &table),
        DraftError::NoButton(Vec::new())
    );
    let strange = self::table(&["甲", "乙"], &[&["1", "2"]]);
    assert!(matches!(unfit(&form, None, &strange), DraftError::NoColumn(fields) if fields.len() == 8));
}
