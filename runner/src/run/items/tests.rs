use super::*;
use crate::diag::Source as Text;
use crate::drivers::files::Row as Line;
use crate::events::ItemState;
use crate::ports::Enrolled;
use crate::scenario::model::Document;

fn spec(items: &str) -> Items {
    let text = format!("yakin: 1\nname: x\nitems:\n  from: {{ csv: a.csv }}\n{items}steps:\n  - log: x\n");
    match crate::scenario::parse(&Text::new("x.yaml", text)).document {
        Some(Document::Scenario(scenario)) => scenario.items.expect("items"),
        other => panic!("{other:?}"),
    }
}

fn table(headings: &[&str], rows: &[&[&str]]) -> Table {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    Table {
        path: "a.csv".to_owned(),
        sheet: None,
        heading_row: 1,
        headings: owned(headings),
        rows: (2..)
            .zip(rows)
            .map(|(number, cells)| Line {
                number,
                cells: owned(cells),
            })
            .collect(),
        format: "UTF-8 CSV".to_owned(),
        sha256: "0".to_owned(),
    }
}

fn read_all(items: &str, headings: &[&str], rows: &[&[&str]]) -> Read {
    prepare(&spec(items), "a.csv".to_owned(), table(headings, rows), &[]).expect("readable")
}

/// An item that an earlier run has left.
fn enrolled(label: &str) -> Enrolled {
    Enrolled {
        id: ItemId(1),
        row: 0,
        label: label.to_owned(),
        state: ItemState::Failed,
        workable: true,
        changed: false,
        run: None,
        attempts: 1,
    }
}

const ITEMS: &str = "  columns: { 番号: code, 氏名: name, 手数料: amount }\n  key: 番号\n";
const HEADINGS: [&str; 4] = ["番 号", "氏名", "手数料", "備考"];

#[test]
fn cells_have_their_types_and_classes() {
    let read = read_all(ITEMS, &HEADINGS, &[&["0012", "森　一郎", "￥３００", ""]]);
    let row = &read.rows[0];
    assert_eq!((row.label(), row.row, &row.unfit), ("0012", 2, &None));
    assert_eq!(row.data.values["番号"], Value::from("0012"));
    assert_eq!(row.data.values["手数料"], Value::Int(300));
    assert_eq!(row.data.classes["氏名"], Class::Personal);
    assert_eq!(row.data.classes["備考"], Class::Personal, "nothing is known of it");
}

#[test]
fn a_key_of_names_is_told_masked_and_kept_whole() {
    let items = "  columns: { 氏名: name, 生年月日: date }\n  key: [氏名, 生年月日]\n";
    let rows: [&[&str]; 3] = [&["森一", "S51.3.4"], &["森", "一S51.3.4"], &["森一", "昭和51年3月4日"]];
    let read = read_all(items, &["氏名", "生年月日"], &rows);
    assert_eq!(read.rows[0].label(), "森＊＊・1＊＊");
    assert_ne!(read.rows[0].key, read.rows[1].key);
    assert_eq!(read.rows.len(), 2, "one day written twice");
    assert!(read.twice[0].is(codes::ROW_TWICE), "{:?}", read.twice);
}

#[test]
fn a_key_that_nobody_declared_is_kept_as_written_and_may_still_name_a_person() {
    for (heading, cell, class, label) in [
        ("請求番号", "0012", Class::Open, "0012"),
        ("氏名", "森　一郎", Class::Personal, "森＊＊"),
        ("個人番号", "123456789018", Class::MyNumber, "1＊＊"),
        ("生年月日", "S51.3.4", Class::Personal, "S＊＊"),
        ("何か", "x1", Class::Personal, "x＊＊"),
    ] {
        let items = format!("  key: {heading}\n");
        let read = read_all(&items, &[heading], &[&[cell]]);
        let row = &read.rows[0];
        assert_eq!((row.label(), &row.unfit), (label, &None), "{heading}");
        assert_eq!(row.data.values[heading], Value::from(cell), "{heading}");
        assert_eq!(row.data.classes[heading], class, "{heading}");
        let left = Leftover {
            item: enrolled(label),
            payload: row.data.values.clone(),
        };
        assert_eq!(again(&spec(&items), left).data.classes[heading], class, "{heading}");
    }
}

#[test]
fn rows_that_cannot_be_worked_say_why_and_are_never_taken_for_each_other() {
    let rows: [&[&str]; 4] = [
        &["1", "森", "いくらか", ""],
        &["", "森", "300", ""],
        &["", "森", "300", ""],
        &["1", "林", "300", ""],
    ];
    let read = read_all(ITEMS, &HEADINGS, &rows);
    let code = |row: &Prepared| row.unfit.as_ref().map(|failure| failure.message.code.to_string());
    let codes: Vec<_> = read.rows.iter().map(code).collect();
    let [amount, empty, other, person] = codes.as_slice() else {
        panic!("{codes:?}")
    };
    assert!(amount.is_some() && empty.as_deref() == Some("YK8004") && other == empty);
    assert_ne!(read.rows[1].key, read.rows[2].key);
    assert_eq!(
        person.as_deref(),
        Some("YK8005"),
        "another person under the same number"
    );
    assert_ne!(read.rows[0].key, read.rows[3].key);
    // Also when a later run finds it left over.
    let stored = read.rows[3].to_new_item();
    let left = Leftover {
        item: enrolled("1"),
        payload: stored.payload,
    };
    let again = again(&spec(ITEMS), left);
    assert!(again.unfit.is_some_and(|failure| failure.message.is(codes::KEY_TWICE)));
    assert_eq!(again.data.values, read.rows[3].data.values);
}

#[test]
fn a_result_has_the_same_columns_whatever_became_of_the_row() {
    let items = format!("{ITEMS}  keep: {{ 受付番号: x, 日時: y }}\n");
    let headings = ["備考", "手数料", "番号", "氏名"];
    let read = prepare(
        &spec(&items),
        "a.csv".to_owned(),
        table(&headings, &[&["", "300", "1", "森"]]),
        &[],
    );
    let row = &read.expect("readable").rows[0];
    let names = ["受付番号", "日時"].map(str::to_owned);
    let kept = IndexMap::from([
        (REASON.to_owned(), Value::from("断られた")),
        ("日時".to_owned(), Value::from("10:00")),
    ]);
    for (standing, kept) in [(Standing::Rejected, IndexMap::new()), (Standing::Rejected, kept)] {
        let Value::Map(result) = row.result(standing, &kept, &names) else {
            panic!("a row")
        };
        let columns: Vec<&str> = result.keys().map(String::as_str).collect();
        assert_eq!(
            columns,
            ["備考", "手数料", "番号", "氏名", "受付番号", "日時", "状態", "理由"]
        );
    }
}

#[test]
fn what_excel_has_changed_is_never_worked() {
    let rows: [&[&str]; 5] = [
        &["1.23E+11", "森", "300", ""],
        &["1.23E+11", "林", "300", ""],
        &["12月1日", "森", "300", ""],
        &["001", "#N/A", "300", ""],
        &["002", "森", "300", "#REF!"],
    ];
    let read = read_all(ITEMS, &HEADINGS, &rows);
    let said: Vec<String> = read
        .rows
        .iter()
        .map(|row| row.unfit.as_ref().map(|failure| failure.message.what(Lang::Ja)))
        .map(Option::unwrap_or_default)
        .collect();
    let spoiled = |number| format!("番号「{number}」は Excel が形を変えたもののようです。");
    assert_eq!(
        said,
        [
            spoiled("1.23E+11"),
            spoiled("1.23E+11"),
            spoiled("12月1日"),
            "列「氏名」が #N/A になっています。".to_owned(),
            String::new(),
        ],
        "nobody has asked for 備考"
    );
    assert_ne!(read.rows[0].key, read.rows[1].key, "two numbers that look the same now");
    // A key that nobody has declared, and an error in it.
    let read = read_all("  key: 番号\n", &["番号"], &[&["#REF!"]]);
    let unfit = read.rows[0].unfit.as_ref().expect("rejected");
    assert!(unfit.message.is(codes::KEY_SPOILED));
}

#[test]
fn what_was_left_is_read_again_as_the_scenario_is_now() {
    let stored = |name: &str, fee: Value| Leftover {
        item: enrolled("0012"),
        payload: IndexMap::from([
            ("番号".to_owned(), Value::from("0012")),
            ("氏名".to_owned(), Value::from(name)),
            ("手数料".to_owned(), fee),
        ]),
    };
    let row = again(&spec(ITEMS), stored("森", Value::Int(300)));
    assert_eq!((row.label(), row.row, &row.unfit), ("0012", 0, &None));
    assert_eq!(row.data.values["手数料"], Value::Int(300));
    assert_eq!(row.data.classes["氏名"], Class::Personal);
    assert!(
        again(&spec(ITEMS), stored("森", Value::from("いくらか")))
            .unfit
            .is_some()
    );
    // The column was not declared when the row was stored.
    let read = again(&spec(ITEMS), stored("森", Value::from("￥300")));
    assert_eq!(read.data.values["手数料"], Value::Int(300));
}
