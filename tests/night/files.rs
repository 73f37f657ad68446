//! What the day's file may be: missing, wrong, another encoding, a workbook.

use chrono::NaiveDate;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use yakin::events::view::{RunView, Standing};
use yakin::text::Lang;

use crate::support::office::{HEADINGS, Office, REQUESTS, Ran, SCENARIO, count, number, results, rows};

fn why(ran: &Ran) -> String {
    let view: RunView = ran.view();
    let message = &view.failure().unwrap_or_else(|| panic!("{ran:?}")).message;
    format!("{} {}", message.code, message.what(Lang::Ja))
}

/// The codes of what the run said by itself.
#[test]
fn a_file_that_cannot_be_worked_stops_the_run_before_a_browser_is_opened() {
    let office = Office::new();
    let missing = office.night();
    assert_eq!(missing.code, 3, "{missing:?}");
    assert!(
        why(&missing).contains(&format!("「{REQUESTS}」がありません")),
        "{}",
        why(&missing)
    );

    office.write(
        REQUESTS,
        "請求番号,氏名,カナ,郵便番号,手数料\r\n1,森　一郎,ﾓﾘ ｲﾁﾛｳ,850-0032,300\r\n",
    );
    let column = office.night();
    assert_eq!(column.code, 3, "{column:?}");
    assert!(why(&column).contains("「生年月日」"), "{}", why(&column));

    assert_eq!(missing.view().sessions + column.view().sessions, 0);
    let told = office.yakin(&["runs", "show", "1"]).out;
    assert!(
        told.contains(REQUESTS) && told.contains("処理を続けられなくなり"),
        "{told}"
    );
}

#[test]
fn rows_that_cannot_be_worked_go_back_with_their_reason_and_need_no_browser() {
    let office = Office::new();
    let good = &rows(1)[0];
    let cells: Vec<&str> = good.split(',').collect();
    let with = |place: usize, text: &str| {
        let mut cells = cells.clone();
        cells[place] = text;
        cells.join(",")
    };
    office.deliver(&[
        with(3, "昭和の終わり頃"),
        with(0, ""),
        with(0, &number(3)).replace(cells[5], "200"),
        with(0, &number(3)).replace(cells[5], "250"),
        with(0, ""),
        with(0, "1.23E+11"),
    ]);
    let ran = office.night();
    assert_eq!(ran.code, 1, "{ran:?}");
    let view = ran.view();
    let told: Vec<(u64, String)> = view
        .items
        .values()
        .map(|item| (item.item.row, item.failure.as_ref().unwrap().message.what(Lang::Ja)))
        .collect();
    assert_eq!(
        told.iter().map(|(row, _)| *row).collect::<Vec<_>>(),
        [2, 3, 4, 5, 6, 7],
        "{told:?}"
    );
    assert!(told[0].1.contains("生年月日"), "{told:?}");
    assert!(told[1].1.contains("鍵の列「請求番号」が空です"), "{told:?}");
    assert_eq!(told[2].1, "手数料が不足しています");
    assert!(told[3].1.contains("4行目と番号が同じ"), "{told:?}");
    assert!(told[5].1.contains("番号「1.23E+11」は Excel"), "{told:?}");
    assert_eq!(view.sessions, 0, "no browser was opened");
    assert!(office.register().is_empty());
}

#[test]
fn the_same_row_twice_is_one_request() {
    let office = Office::new();
    let row = rows(1).remove(0);
    office.deliver(&[row.clone(), row.clone(), row.replace("850-0032", "850-0033")]);
    let ran = office.night();
    assert_eq!(ran.states(), ["0001 済", "0001 差し戻し YK8005"]);
    assert_eq!(ran.notes(), ["YK8034"]);
    assert_eq!(ran.code, 1, "the third may be another request: {ran:?}");
    assert_eq!(office.registered(), ["0001"]);
    let view = ran.view();
    let counts = (count(&view, Standing::DoneBefore), count(&view, Standing::Rejected));
    assert_eq!(counts, (1, 1), "the other one was not registered, and nobody says so");
    let results = results(&office);
    assert_eq!(results.len(), 2, "{results:?}");
    assert!(results[1][3].contains("2行目と番号が同じ"), "{results:?}");
}

#[test]
fn a_row_that_somebody_took_out_is_not_registered_and_that_is_said() {
    let office = Office::new();
    let both = rows(2);
    office.deliver(&both);
    // The login fails, so both are left.
    office.edit(
        "scenarios/systems/受付.yaml",
        "browser.click: ログイン",
        "browser.click: ログオン",
    );
    assert_eq!(office.night().code, 3);
    office.edit(
        "scenarios/systems/受付.yaml",
        "browser.click: ログオン",
        "browser.click: ログイン",
    );
    office.deliver(&both[..1]);
    let ran = office.night();
    assert_eq!(
        (ran.states(), ran.notes()),
        (vec!["0001 済".to_owned()], vec!["YK8037".to_owned()])
    );
    assert_eq!(ran.code, 1, "somebody should know");
    assert_eq!(office.registered(), ["0001"]);
}

#[test]
fn a_number_in_the_other_width_is_the_same_number() {
    let office = Office::new();
    let row = rows(1).remove(0);
    office.deliver(std::slice::from_ref(&row));
    assert_eq!(office.night().states(), ["0001 済"]);
    office.deliver(&[row.replace(&number(1), "００８１１２３－０００１")]);
    assert!(office.night().view().items.is_empty());
    assert_eq!(office.registered(), ["0001"]);
}

#[test]
fn what_a_scenario_rejected_is_looked_at_again_when_it_is_mended() {
    let office = Office::new();
    office.deliver(&rows(1));
    office.edit(SCENARIO, "item.手数料 < 300", "item.手数料 < 3000");
    assert_eq!(office.night().states(), ["0001 差し戻し YK8006"]);
    let same = office.night();
    assert_eq!((same.code, same.notes()), (1, vec!["YK8035".to_owned()]), "{same:?}");
    assert!(same.view().items.is_empty());
    office.edit(SCENARIO, "item.手数料 < 3000", "item.手数料 < 300");
    assert_eq!(office.night().states(), ["0001 済"]);
    assert_eq!(office.registered(), ["0001"]);
}

#[test]
fn a_reason_that_asks_for_a_missing_column_stops_the_run_and_rejects_nobody() {
    let office = Office::new();
    office.deliver(&rows(2));
    office.edit(
        SCENARIO,
        "  sample: scenarios/samples/requests.csv    # 列の名前を、昼間に確かめるための見本\n",
        "",
    );
    office.edit(SCENARIO, "  columns: { 請求番号: code, 氏名: name, カナ: kana, 生年月日: date, 郵便番号: postal, 手数料: amount, 受付日: date }\n", "");
    office.edit(SCENARIO, "item.手数料 < 300", "item[\"手数科\"] < 300");
    let ran = office.night();
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.states(), ["0001 失敗 YK8007"]);
}

#[test]
fn utf_8_and_workbooks_are_read_as_well() {
    let office = Office::new();
    let rows = rows(2);
    office.write(REQUESTS, format!("\u{feff}{HEADINGS}\n{}\n", rows[0]));
    assert_eq!(office.night().states(), ["0001 済"]);

    // As Excel has it: a page before the table, a title above it, blanks and width in the headings, a real date and a real number in the cells.
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "請求の一覧です").unwrap();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "請求一覧（令和8年11月23日）").unwrap();
    let headings = HEADINGS.replace("氏名", "氏　名").replace("カナ", "ｶﾅ");
    for (place, heading) in (0..).zip(headings.split(',')) {
        sheet.write(2, place, heading).unwrap();
    }
    for (place, cell) in (0..).zip(rows[1].split(',')) {
        sheet.write(3, place, cell).unwrap();
    }
    let birth = NaiveDate::from_ymd_opt(1958, 11, 23).unwrap();
    let format = Format::new().set_num_format("yyyy/m/d");
    let cell = ExcelDateTime::from_ymd(1958, 11, 23).unwrap();
    sheet.write_with_format(3, 3, &cell, &format).unwrap();
    sheet.write(3, 5, 300).unwrap();
    office.write("inbox/requests_20261123.xlsx", book.save_to_buffer().unwrap());
    office.edit(SCENARIO, "csv: inbox/requests_", "excel: inbox/requests_");
    office.edit(SCENARIO, "| 日付(\"%Y%m%d\") }}.csv", "| 日付(\"%Y%m%d\") }}.xlsx");
    office.edit(
        SCENARIO,
        "scenarios/samples/requests.csv",
        "inbox/requests_20261123.xlsx",
    );
    let ran = office.night();
    assert_eq!(ran.states(), ["0002 済"], "{ran:?}");
    assert_eq!(office.register()[1].registration.birth, birth);
    assert_eq!(office.registered(), ["0001", "0002"]);
}
