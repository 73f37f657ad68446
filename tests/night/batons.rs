//! What is left is handed to people on a sheet, and nothing is done by both of them.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use yakin::drivers::files::read_xlsx;
use yakin::text::codes;

use crate::practice::visitor::Browser;
use crate::support::chromium::block_on;
use crate::support::office::{Office, Ran, rows};

const RESULT: &str = "【記入】結果";
const RECEIPT: &str = "【記入】受付番号";
const PERSON: &str = "【記入】氏名（担当者）";
const REMARK: &str = "【記入】備考";

/// A sheet as a person has it open: headings, then rows.
struct Sheet(Vec<Vec<String>>);

impl Sheet {
    fn open(path: &Path) -> Sheet {
        let (folder, name) = (path.parent().unwrap(), path.file_name().unwrap().to_str().unwrap());
        let table = read_xlsx(folder, name, Some("手作業"), &[RESULT]).unwrap();
        let rows = table.rows.into_iter().map(|row| row.cells);
        Sheet(std::iter::once(table.headings).chain(rows).collect())
    }

    fn column(&self, heading: &str) -> usize {
        self.0[0]
            .iter()
            .position(|found| found == heading)
            .unwrap_or_else(|| panic!("{heading}: {:?}", self.0[0]))
    }

    fn cell(&self, row: usize, heading: &str) -> &str {
        &self.0[row][self.column(heading)]
    }

    fn fill(&mut self, row: usize, entries: &[(&str, &str)]) {
        for (heading, text) in entries {
            let column = self.column(heading);
            (*text).clone_into(&mut self.0[row][column]);
        }
    }

    fn save(&self, path: &Path) {
        let mut workbook = Workbook::new();
        let page = workbook.add_worksheet();
        for (row, cells) in (0..).zip(&self.0) {
            for (column, cell) in (0..).zip(cells) {
                page.write_string(row, column, cell).unwrap();
            }
        }
        workbook.save(path).unwrap();
    }
}

/// Thirteen requests, of which a night has worked one.
fn office() -> Office {
    let office = Office::new();
    let mut requests = rows(10);
    requests.extend(rows(3).iter().map(|row| row.replace("0081123-00", "0081123-90")));
    office.deliver(&requests);
    let ran = office.yakin(&[
        "run",
        "juminhyo-yubin",
        "--date",
        "2026-11-23",
        "--limit",
        "1",
        "--json",
    ]);
    assert_eq!(ran.states(), ["0001 済"], "{ran:?}");
    office
}

fn give(office: &Office) -> PathBuf {
    let given = office.yakin(&["baton", "give", "1", "--by", "山田"]);
    assert!(given.code == 0 && given.out.contains("12 件を渡しました"), "{given:?}");
    office.root().join("outbox/手作業バトン_1.xlsx")
}

fn read(office: &Office, path: &Path) -> Ran {
    office.yakin(&["baton", "read", path.to_str().unwrap()])
}

#[test]
fn twelve_are_handed_out_registered_by_hand_and_none_is_registered_twice() {
    let office = office();
    let path = give(&office);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "it holds personal data");
    }
    let mut sheet = Sheet::open(&path);
    assert_eq!(sheet.0.len(), 13);
    assert_eq!(
        (sheet.cell(1, "請求番号"), sheet.cell(1, "渡したときの状態")),
        ("0081123-0002", "未着手")
    );
    assert!(!sheet.cell(1, "氏名").is_empty());

    // Whatever the bot is asked, it leaves them alone and says so.
    let runs = office.yakin(&["runs"]).out;
    assert!(
        runs.starts_with("△ 手作業バトン 1 番") && runs.contains("12 件中 12 件"),
        "{runs}"
    );
    let night = office.night();
    assert_eq!((night.code, night.states().len()), (1, 0), "{night:?}");
    assert!(night.view().notes.iter().any(|note| note.message.is(codes::BATON_OUT)));
    assert_eq!(office.registered(), ["0001"]);
    let shown = office.yakin(&["runs", "show", "1"]).out;
    assert!(shown.contains("手作業中 12 件"), "{shown}");
    let doctor = office.yakin(&["doctor", "--json"]).out;
    assert!(doctor.contains(codes::BATON_STILL_OUT.0), "{doctor}");

    // Ten are registered by hand, one need not be, one is left blank.
    block_on(async {
        let browser = Browser::logged_in(&office.city).await;
        for row in 1..=10 {
            let answer = browser.register(sheet.cell(row, "請求番号")).await.unwrap();
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
    });
    let receipts: Vec<String> = office
        .register()
        .iter()
        .skip(1)
        .map(|entry| entry.receipt.clone())
        .collect();
    assert_eq!(receipts.len(), 10);
    for (row, receipt) in (1..).zip(&receipts) {
        sheet.fill(row, &[(RESULT, "登録した"), (RECEIPT, receipt), (PERSON, "佐藤")]);
    }
    sheet.fill(11, &[(RESULT, "登録しない"), (REMARK, "取り下げ"), (PERSON, "佐藤")]);
    sheet.save(&path);
    let taken = read(&office, &path);
    assert_eq!(taken.code, 1, "{taken:?}");
    assert!(
        taken
            .out
            .contains("取り込み 11 件、前に取り込み済み 0 件、戻す 0 件、未記入 1 件"),
        "{}",
        taken.out
    );
    let again = read(&office, &path);
    assert!(
        again.out.contains("取り込み 0 件、前に取り込み済み 11 件"),
        "{}",
        again.out
    );

    let next = office.night();
    assert_eq!(
        (next.code, next.states().len()),
        (1, 0),
        "the blank one is still out: {next:?}"
    );
    assert_eq!(office.register().len(), 11, "nothing twice: {:?}", office.registered());
    let shown = office.yakin(&["runs", "show", "1"]).out;
    for part in ["済 11 件", "手作業中 1 件", "対象外 1 件", "佐藤が手作業で登録しました"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }

    // What is not needed by hand any more goes back to the bot, by name.
    let released = office.yakin(&["baton", "release", "1", "--by", "山田", "--reason", "時間切れ"]);
    assert!(
        released.code == 0 && released.out.contains("1 件を夜勤に戻しました"),
        "{released:?}"
    );
    sheet.fill(12, &[(RESULT, "登録した"), (RECEIPT, "なし"), (PERSON, "佐藤")]);
    sheet.save(&path);
    assert!(read(&office, &path).out.contains("YK7282"));
    let last = office.night();
    assert_eq!((last.code, last.states().len()), (0, 1), "{last:?}");
    let mut numbers = office.registered();
    assert_eq!(numbers.len(), 12);
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 12, "each once");
    let runs = office.yakin(&["runs"]).out;
    assert!(!runs.contains("手作業バトン"), "{runs}");
}

#[test]
fn what_excel_or_a_slip_has_changed_is_told_by_its_row_and_not_taken() {
    let office = office();
    let path = give(&office);
    let mut sheet = Sheet::open(&path);
    let done = |receipt: &'static str| [(RESULT, "登録した"), (RECEIPT, receipt), (PERSON, "佐藤")];
    sheet.fill(1, &done("R-1"));
    sheet.fill(1, &[("請求番号", "8.1E+10")]);
    sheet.fill(2, &[(RESULT, "登録した"), (PERSON, "佐藤")]);
    sheet.fill(3, &[(RESULT, "登録した"), (RECEIPT, "R-3")]);
    sheet.fill(4, &[(RESULT, "登録しない"), (PERSON, "佐藤")]);
    sheet.fill(5, &[(RESULT, "すんだ"), (PERSON, "佐藤")]);
    sheet.fill(6, &done("R-6"));
    sheet.fill(7, &done("R-6"));
    sheet.fill(8, &[(RESULT, "戻す")]);
    // Re-ordered, one row gone, one copied, one that nobody handed out.
    sheet.0.swap(9, 10);
    sheet.fill(9, &done("R-10"));
    let copied = sheet.0[9].clone();
    sheet.0.remove(12);
    sheet.0.push(copied);
    sheet.0.push(vec!["x".to_owned(); sheet.0[0].len()]);
    sheet.save(&path);
    let taken = read(&office, &path);
    assert_eq!(taken.code, 1, "{taken:?}");
    for part in [
        "取り込み 2 件",
        "戻す 1 件、未記入 2 件",
        "2 行目: [YK7276]",
        "3 行目: [YK7279]",
        "4 行目: [YK7278]",
        "5 行目: [YK7280]",
        "6 行目: [YK7277]",
        "8 行目: [YK7283]",
        "13 行目: [YK7275]",
        "14 行目: [YK7274]",
        "渡した行のうち 1 件が、この表にありません",
        "yakin baton release 1",
    ] {
        assert!(taken.out.contains(part), "{part}: {}", taken.out);
    }
    let listed = office.yakin(&["baton", "list"]).out;
    assert!(listed.contains("12 件中 10 件が戻っていません"), "{listed}");

    for (words, code) in [
        (&["baton", "read", "inbox/requests_20261123.csv"][..], "YK"),
        (&["baton", "release", "9", "--by", "山田", "--reason", "x"], "YK7272"),
        (&["baton", "release", "1", "--by", "山田", "--reason", " "], "YK7273"),
    ] {
        let refused = office.yakin(words);
        assert!(
            refused.code == 2 && refused.err.contains(code),
            "{words:?}: {refused:?}"
        );
    }
    let nothing = office.yakin(&["baton", "give", "juminhyo-yubin", "--by", "山田"]);
    assert!(
        nothing.code == 0 && nothing.out.contains("渡す件はありません"),
        "{nothing:?}"
    );
}
