use std::collections::BTreeSet;
use std::time::Duration;

use super::browser::some_options;
use super::*;
use crate::drivers::browser::{NotReady, Surroundings, TimedOut};
use crate::drivers::files::{LARGEST, PathProblem};
use crate::text::{Arg, Lang};
use crate::value::ColumnType;

fn text(text: &str) -> String {
    text.to_owned()
}

fn browser_errors() -> Vec<BrowserError> {
    let looked_for = || text("登録");
    let waited = Duration::from_secs(10);
    let around = Box::new(Surroundings {
        near: vec![text("登録する")],
        fields: vec![text("請求番号")],
        title: text("請求の登録"),
        url: text("http://127.0.0.1/"),
        page_says: vec![text("入力に誤りがあります")],
    });
    let mut errors: Vec<BrowserError> = [
        NotReady::Hidden,
        NotReady::Disabled,
        NotReady::ReadOnly,
        NotReady::Moving,
        NotReady::Covered(text("処理中です")),
    ]
    .map(|reason| BrowserError::NotReady {
        looked_for: looked_for(),
        reason,
        waited,
    })
    .into();
    errors.extend([
        BrowserError::DriverMissing {
            program: "chromedriver".into(),
        },
        BrowserError::BrowserMissing { detail: text("x") },
        BrowserError::DriverStart { detail: text("x") },
        BrowserError::VersionMismatch {
            browser: text("156"),
            driver: text("155"),
        },
        BrowserError::SessionLost,
        BrowserError::DriverLost { detail: text("x") },
        BrowserError::Unreachable {
            url: text("http://a/?q"),
            code: text("ERR_FAILED"),
        },
        BrowserError::NotFound {
            looked_for: looked_for(),
            around,
            waited,
        },
        BrowserError::Ambiguous {
            looked_for: looked_for(),
            candidates: vec![text("a"), text("b")],
        },
        BrowserError::NotHeld {
            field: text("氏名"),
            wanted_len: 3,
            held_len: 2,
        },
        BrowserError::NoOption {
            field: text("性別"),
            wanted: text("x"),
            options: (1..=64).map(|year| year.to_string()).collect(),
        },
        BrowserError::DialogOpen {
            text: text("登録しますか"),
        },
        BrowserError::NoDialog,
        BrowserError::NoWindow {
            looked_for: looked_for(),
            titles: vec![text("メニュー")],
        },
        BrowserError::Timeout {
            what: TimedOut::PageLoad,
        },
        BrowserError::UnknownKey { name: text("F13") },
        BrowserError::Script { detail: text("x") },
        BrowserError::Selector { detail: text("x") },
        BrowserError::NotMasked,
        BrowserError::Protocol { detail: text("x") },
        BrowserError::NotEnded { pid: 1 },
        BrowserError::Profile {
            path: "/tmp".into(),
            source: std::io::ErrorKind::NotFound.into(),
        },
    ]);
    errors
}

fn file_errors() -> Vec<FileError> {
    let path = || text("inbox/a.csv");
    let list = || vec![text("甲"), text("乙")];
    let mut errors: Vec<FileError> = [
        PathProblem::Empty,
        PathProblem::Absolute,
        PathProblem::Upwards,
        PathProblem::Character('*'),
        PathProblem::Reserved,
    ]
    .map(|problem| FileError::Path { path: path(), problem })
    .into();
    errors.extend([
        FileError::Missing {
            path: path(),
            near: list(),
        },
        FileError::Folder { path: path() },
        FileError::NoAccess { path: path() },
        FileError::InUse { path: path() },
        FileError::NoRoom { path: path() },
        FileError::Io {
            path: path(),
            kind: std::io::ErrorKind::Other,
        },
        FileError::TooLarge {
            path: path(),
            bytes: LARGEST + 1,
        },
        FileError::Encoding {
            path: path(),
            line: Some(3),
        },
        FileError::Nul { path: path() },
        FileError::NoHeadings { path: path() },
        FileError::NoColumn {
            path: path(),
            wanted: list(),
            sheet: Some(text("一覧")),
            row: 3,
            headings: list(),
            others: 2,
        },
        FileError::ManyColumns {
            path: path(),
            heading: text("備考"),
            found: list(),
        },
        FileError::Ragged {
            path: path(),
            row: 3,
            expected: 4,
            found: 5,
        },
        FileError::OpenQuote { path: path(), row: 3 },
        FileError::WorkbookNotCsv { path: path() },
        FileError::CsvNotWorkbook { path: path() },
        FileError::OldWorkbook { path: path() },
        FileError::NotXlsx {
            path: path(),
            detail: text("x"),
        },
        FileError::Ending { path: path() },
        FileError::Locked { path: path() },
        FileError::NoSheet {
            path: path(),
            sheet: text("甲"),
            sheets: list(),
        },
        FileError::Unwritable {
            path: path(),
            detail: text("x"),
        },
    ]);
    errors
}

#[test]
fn every_failure_has_a_code_of_its_own_and_a_sentence_without_holes() {
    let browser = browser_errors().into_iter().map(StepError::Browser);
    let file = file_errors().into_iter().map(StepError::File);
    let mut codes = BTreeSet::new();
    for error in browser.chain(file) {
        let message = error.failure().message;
        assert!(
            codes.insert(message.code.clone()),
            "{} is said of two failures",
            message.code
        );
        let declared = crate::text::find(&message.code).expect("in the catalogue").args;
        let given: Vec<&str> = message.args.keys().map(AsRef::as_ref).collect();
        assert_eq!(
            BTreeSet::from_iter(declared.iter().copied()),
            BTreeSet::from_iter(given),
            "{}",
            message.code
        );
        for lang in [Lang::Ja, Lang::En] {
            let said = message.render(lang);
            assert!(!said.what.contains("「」") && !said.mend.is_empty(), "{said:?}");
        }
    }
}

#[test]
fn a_long_list_is_told_by_its_beginning_and_its_end() {
    let years = |last: u32| (1..=last).map(|year| year.to_string()).collect::<Vec<_>>();
    assert_eq!(some_options(&years(10)), (years(10), 0));
    assert_eq!(
        some_options(&years(64)),
        (["1", "2", "3", "4", "64"].map(str::to_owned).to_vec(), 59)
    );
    let error = BrowserError::NoOption {
        field: text("年"),
        wanted: text("65"),
        options: years(64),
    };
    assert_eq!(
        StepError::Browser(error).failure().message.what(Lang::Ja),
        "欄「年」に、選択肢「65」がありません。あるもの：「1」「2」「3」「4」「64」（ほか 59 個）"
    );
}

#[test]
fn a_value_is_a_personal_argument() {
    let error = ColumnType::Amount.parse("1,2OO円").expect_err("letters");
    let message = refused_cell("手数料", &error);
    assert_eq!(
        message.what(Lang::Ja),
        "列「手数料」の値が、列の種類に合いません。「1,2OO円」を数や金額として読めません（4文字目の「O」）。"
    );
    let Some(Arg::Said(said)) = message.args.get("said") else {
        panic!("{message:?}")
    };
    assert_eq!(
        said.args.get("text"),
        Some(&Arg::Classed("1,2OO円".to_owned(), Class::Personal))
    );
}

#[test]
fn what_trying_again_cannot_help() {
    let lost = StepError::Browser(BrowserError::SessionLost);
    assert!(lost.retryable() && lost.session_lost());
    let missing = StepError::Browser(BrowserError::DriverMissing { program: "x".into() });
    assert!(!missing.retryable() && missing.session_lost());
    let open = StepError::File(FileError::InUse { path: String::new() });
    assert!(open.retryable() && !open.session_lost());
    let selector = StepError::Browser(BrowserError::Selector { detail: text("x") });
    assert!(!selector.retryable() && !selector.session_lost());
    assert!(!StepError::Business(Box::new(Message::new(codes::NO_DIALOG))).retryable());
}
