//! Why a step failed.

use crate::drivers::browser::{BrowserError, NotReady};
use crate::drivers::files::{FileError, LARGEST, PathProblem};
use crate::drivers::plugin::{self, PluginError};
use crate::events::{Cause, Failure};
use crate::scenario::vocabulary::join;
use crate::text::{Message, codes, refusal};
use crate::value::{Class, ConvertError};

/// Why a step failed.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// It looked, and the page does not show what it asked for: the step's `else` is done, if there is one.
    #[error("the page does not show it")]
    NotMet(Box<Message>),
    /// The browser.
    #[error(transparent)]
    Browser(#[from] BrowserError),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The arguments, now that the expressions have values.
    #[error(transparent)]
    Arguments(#[from] super::DecodeError),
    /// The data do not allow it; trying again does not help.
    #[error("{0:?}")]
    Business(Box<Message>),
    /// A plugin says that it could not do its work.
    #[error("{0:?}")]
    Unable(Box<Message>),
    /// A plugin that broke down, took too long or broke its word.
    #[error("{step}: {error}")]
    Plugin {
        /// The step.
        step: String,
        /// What happened.
        error: PluginError,
    },
    /// A host, folder or secret that was not granted.
    #[error("{0:?}")]
    Forbidden(Box<Message>),
}

impl StepError {
    /// The failure as people are told of it. What the scenario looked for stands in it as it is: where that came from a
    /// row, [`crate::events::mask::hide`] takes it out.
    pub fn failure(&self) -> Failure {
        let said = |cause, message: &Message| Failure {
            cause,
            message: message.clone(),
            page_says: None,
        };
        match self {
            StepError::NotMet(message) => said(Cause::Page, message),
            StepError::Business(message) => said(Cause::Data, message),
            StepError::Forbidden(message) => said(Cause::Permission, message),
            StepError::Unable(message) => said(Cause::Environment, message),
            StepError::Plugin { step, error } => said(Cause::Environment, &plugin_trouble(step, error)),
            StepError::Browser(error) => Failure {
                page_says: page_words(error),
                ..said(browser_cause(error), &browser_message(error))
            },
            StepError::File(error) => said(file_cause(error), &file_message(error)),
            StepError::Arguments(error) => {
                let message = Message::new(codes::ARGUMENTS_WRONG).with("path", &error.path);
                said(
                    Cause::Data,
                    &message.with_classed("problem", &error.problem, Class::Personal),
                )
            }
        }
    }

    /// Whether trying again, perhaps in a fresh session, may help.
    pub fn retryable(&self) -> bool {
        match self {
            StepError::Browser(error) => !matches!(
                error,
                BrowserError::DriverMissing { .. }
                    | BrowserError::BrowserMissing { .. }
                    | BrowserError::VersionMismatch { .. }
                    | BrowserError::NotEnded { .. }
                    | BrowserError::NoOption { .. }
                    | BrowserError::UnknownKey { .. }
                    | BrowserError::Strange { .. }
            ),
            StepError::File(error) => error.may_pass(),
            // A fresh instance may fare better; one that remembers things is gone.
            StepError::Unable(_) => true,
            StepError::Plugin { error, .. } => matches!(error, PluginError::TooLong { .. } | PluginError::Memory),
            StepError::NotMet(_) | StepError::Arguments(_) | StepError::Business(_) | StepError::Forbidden(_) => false,
        }
    }

    /// Whether the browser session is gone.
    pub fn session_lost(&self) -> bool {
        matches!(self, StepError::Browser(error) if error.is_session_dead())
    }
}

/// Why a value does not fit its type, itself told as its class allows.
pub fn refused_value(error: &ConvertError, class: Class) -> Message {
    refusal(&error.text, class.max(Class::Personal), &error.cause)
}

/// A cell, or a value read from a page, that is not of its type.
pub fn refused_cell(column: &str, error: &ConvertError) -> Message {
    let why = refusal(&error.text, error.wanted.class().max(Class::Personal), &error.cause);
    Message::new(codes::CELL_REFUSED)
        .with("column", column)
        .with_said("said", why)
}

/// What is the matter with a plugin or one of its functions (`name`).
pub(super) fn plugin_trouble(name: &str, error: &PluginError) -> Message {
    let about = |code| Message::new(code).with("name", name);
    let said = |code, words: &str| about(code).with("said", words);
    match error {
        PluginError::File { path, detail } => said(codes::PLUGIN_FILE, detail).with("path", path.display().to_string()),
        PluginError::TooLarge { bytes } => {
            about(codes::PLUGIN_LARGE).with_int("bytes", i64::try_from(*bytes).unwrap_or(i64::MAX))
        }
        PluginError::NoScriptEngine => about(codes::PLUGIN_NO_ENGINE),
        PluginError::Sandbox { detail } => said(codes::PLUGIN_SANDBOX, detail),
        PluginError::NotAPlugin { detail } => said(codes::PLUGIN_NONE, detail),
        PluginError::Broken { said: words } => said(codes::PLUGIN_BROKEN, words),
        PluginError::Nonsense { problem } => said(codes::PLUGIN_NONSENSE, problem),
        PluginError::TooLong { seconds, progress } => {
            let message = about(codes::PLUGIN_SLOW).with_int("seconds", i64::try_from(*seconds).unwrap_or(i64::MAX));
            match progress {
                Some((done, total)) => message.with("far", format!("{done}/{total}")),
                None => message,
            }
        }
        PluginError::Memory => {
            about(codes::PLUGIN_MEMORY).with_int("megabytes", i64::try_from(plugin::MEMORY >> 20).unwrap_or(i64::MAX))
        }
        PluginError::Depth => about(codes::PLUGIN_DEPTH),
        PluginError::Crashed { said: words } => said(codes::PLUGIN_CRASHED, words),
        PluginError::Output => {
            about(codes::PLUGIN_OUTPUT).with_int("megabytes", i64::try_from(plugin::OUTPUT >> 20).unwrap_or(i64::MAX))
        }
        PluginError::Answer { problem } => said(codes::PLUGIN_ANSWER, problem),
        PluginError::Lost => about(codes::PLUGIN_LOST),
    }
}

fn browser_cause(error: &BrowserError) -> Cause {
    match error {
        BrowserError::Unreachable { .. } | BrowserError::Timeout { .. } => Cause::System,
        BrowserError::Strange { .. } => Cause::Permission,
        BrowserError::NoOption { .. } | BrowserError::UnknownKey { .. } => Cause::Data,
        BrowserError::NotFound { .. }
        | BrowserError::Ambiguous { .. }
        | BrowserError::NotReady { .. }
        | BrowserError::NotHeld { .. }
        | BrowserError::DialogOpen { .. }
        | BrowserError::NoDialog
        | BrowserError::NoWindow { .. }
        | BrowserError::Script { .. } => Cause::Page,
        BrowserError::DriverMissing { .. }
        | BrowserError::BrowserMissing { .. }
        | BrowserError::DriverStart { .. }
        | BrowserError::VersionMismatch { .. }
        | BrowserError::SessionLost
        | BrowserError::DriverLost { .. }
        | BrowserError::NotMasked
        | BrowserError::NotEnded { .. }
        | BrowserError::Protocol { .. }
        | BrowserError::Profile { .. } => Cause::Environment,
    }
}

/// The page's own words about it.
fn page_words(error: &BrowserError) -> Option<String> {
    let words = match error {
        BrowserError::NotFound { around, .. } => around.page_says.join(" / "),
        BrowserError::DialogOpen { text } => text.clone(),
        _ => String::new(),
    };
    (!words.is_empty()).then_some(words)
}

/// Several names in one sentence; the brackets around them stand in the catalogue.
fn listed(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join("」「"))
}

/// What a list offers, and how many entries of a long one are left out. Its beginning and its end are shown, never what
/// is nearest to the wanted value: that would tell a birthday.
fn some_options(options: &[String]) -> (Vec<String>, usize) {
    const MANY: usize = 10;
    const FIRST: usize = 4;
    match (options, options.last()) {
        ([first @ .., _], Some(last)) if options.len() > MANY => {
            let shown: Vec<String> = first.iter().take(FIRST).chain([last]).cloned().collect();
            let others = options.len() - shown.len();
            (shown, others)
        }
        _ => (options.to_vec(), 0),
    }
}

fn browser_message(error: &BrowserError) -> Message {
    let about = |code, looked_for: &str| Message::new(code).with("looked_for", looked_for);
    match error {
        BrowserError::NotFound {
            looked_for,
            around,
            waited,
        } => about(codes::NOT_FOUND, looked_for)
            .with_some("near", listed(&around.near))
            .with_some("fields", listed(&around.fields))
            .with("title", &around.title)
            .with_int("seconds", i64::try_from(waited.as_secs()).unwrap_or(i64::MAX)),
        BrowserError::Ambiguous { looked_for, candidates } => {
            about(codes::AMBIGUOUS, looked_for).with_int("count", i64::try_from(candidates.len()).unwrap_or(i64::MAX))
        }
        BrowserError::NotReady { looked_for, reason, .. } => match reason {
            NotReady::Hidden => about(codes::TARGET_HIDDEN, looked_for),
            NotReady::Disabled => about(codes::TARGET_DISABLED, looked_for),
            NotReady::ReadOnly => about(codes::TARGET_READ_ONLY, looked_for),
            NotReady::Moving => about(codes::TARGET_MOVING, looked_for),
            NotReady::Covered(by) => about(codes::TARGET_COVERED, looked_for).with("by", by),
        },
        BrowserError::NotHeld {
            field,
            wanted_len,
            held_len,
        } => Message::new(codes::VALUE_NOT_HELD)
            .with("field", field)
            .with_int("wanted", i64::try_from(*wanted_len).unwrap_or(i64::MAX))
            .with_int("held", i64::try_from(*held_len).unwrap_or(i64::MAX)),
        BrowserError::NoOption { field, wanted, options } => {
            let (shown, others) = some_options(options);
            Message::new(codes::NO_OPTION)
                .with("field", field)
                .with_classed("wanted", wanted, Class::Personal)
                .with_some("options", listed(&shown))
                .with_some("others", (others > 0).then(|| others.to_string()))
        }
        BrowserError::NoWindow { looked_for, titles } => {
            about(codes::NO_WINDOW, looked_for).with_some("titles", listed(titles))
        }
        BrowserError::DialogOpen { .. } => Message::new(codes::DIALOG_OPEN),
        BrowserError::NoDialog => Message::new(codes::NO_DIALOG),
        BrowserError::UnknownKey { name } => Message::new(codes::UNKNOWN_KEY_NAME).with("name", name),
        BrowserError::Strange { origin } => Message::new(codes::PAGE_STRANGE).with("origin", origin),
        BrowserError::Unreachable { url, code } => Message::new(codes::PAGE_UNREACHABLE)
            .with("url", without_query(url))
            .with("code", code),
        BrowserError::Timeout { .. } => Message::new(codes::PAGE_SLOW),
        BrowserError::Script { detail } => Message::new(codes::PAGE_SCRIPT).with("detail", detail),
        BrowserError::DriverMissing { program } => {
            Message::new(codes::DRIVER_MISSING).with("program", program.display().to_string())
        }
        BrowserError::BrowserMissing { .. } => Message::new(codes::BROWSER_MISSING),
        BrowserError::DriverStart { detail } => Message::new(codes::BROWSER_NOT_STARTED).with("detail", detail),
        BrowserError::VersionMismatch { browser, driver } => Message::new(codes::DRIVER_VERSION)
            .with("browser", browser)
            .with("driver", driver),
        BrowserError::SessionLost => Message::new(codes::BROWSER_ENDED),
        BrowserError::DriverLost { .. } => Message::new(codes::DRIVER_ENDED),
        BrowserError::NotMasked => Message::new(codes::NOT_MASKED),
        BrowserError::NotEnded { pid } => Message::new(codes::BROWSER_NOT_ENDED).with_int("pid", i64::from(*pid)),
        BrowserError::Protocol { detail } => Message::new(codes::DRIVER_ANSWER).with("detail", detail),
        BrowserError::Profile { path, .. } => {
            Message::new(codes::PROFILE_FOLDER).with("path", path.display().to_string())
        }
    }
}

/// An address without what may name a person: the query of a search.
fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

fn file_cause(error: &FileError) -> Cause {
    match error {
        FileError::Path { .. } | FileError::NoAccess { .. } => Cause::Permission,
        FileError::InUse { .. } | FileError::NoRoom { .. } | FileError::Io { .. } => Cause::Environment,
        FileError::Missing { .. }
        | FileError::Folder { .. }
        | FileError::TooLarge { .. }
        | FileError::Encoding { .. }
        | FileError::Nul { .. }
        | FileError::NoHeadings { .. }
        | FileError::NoColumn { .. }
        | FileError::ManyColumns { .. }
        | FileError::Ragged { .. }
        | FileError::OpenQuote { .. }
        | FileError::WorkbookNotCsv { .. }
        | FileError::CsvNotWorkbook { .. }
        | FileError::OldWorkbook { .. }
        | FileError::NotXlsx { .. }
        | FileError::Ending { .. }
        | FileError::Locked { .. }
        | FileError::NoSheet { .. }
        | FileError::Unwritable { .. } => Cause::Data,
    }
}

fn file_message(error: &FileError) -> Message {
    let about = |code, path: &str| Message::new(code).with("path", path);
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let megabytes = |bytes: u64| number(bytes.div_ceil(1024 * 1024));
    match error {
        FileError::Path { path, problem } => match problem {
            PathProblem::Empty => Message::new(codes::PATH_EMPTY),
            PathProblem::Absolute => about(codes::PATH_ABSOLUTE, path),
            PathProblem::Upwards | PathProblem::Outside => about(codes::PATH_OUTSIDE, path),
            PathProblem::Character(bad) => {
                about(codes::PATH_CHARACTER, path).with("character", bad.escape_debug().to_string())
            }
            PathProblem::Reserved => about(codes::PATH_RESERVED, path),
        },
        FileError::Missing { path, near } => about(codes::FILE_MISSING, path).with_some("near", listed(near)),
        FileError::Folder { path } => about(codes::FILE_IS_FOLDER, path),
        FileError::NoAccess { path } => about(codes::FILE_NO_ACCESS, path),
        FileError::InUse { path } => about(codes::FILE_IN_USE, path),
        FileError::NoRoom { path } => about(codes::DISK_FULL, path),
        FileError::Io { path, kind } => about(codes::FILE_FAILED, path).with("detail", kind.to_string()),
        FileError::TooLarge { path, bytes } => about(codes::FILE_TOO_LARGE, path)
            .with_int("size", megabytes(*bytes))
            .with_int("limit", megabytes(LARGEST)),
        FileError::Encoding { path, line } => {
            about(codes::FILE_ENCODING, path).with_some("line", line.map(|line| line.to_string()))
        }
        FileError::Nul { path } => about(codes::FILE_NOT_TEXT, path),
        FileError::NoHeadings { path } => about(codes::NO_HEADINGS, path),
        FileError::NoColumn {
            path,
            wanted,
            sheet,
            row,
            headings,
            others,
        } => about(codes::NO_COLUMN, path)
            .with_some("sheet", sheet.as_deref())
            .with_int("row", number(*row))
            .with("wanted", wanted.join("」「"))
            .with_some("headings", listed(headings))
            .with_some("others", (*others > 0).then(|| others.to_string())),
        FileError::ManyColumns { path, heading, found } => about(codes::MANY_COLUMNS, path)
            .with("heading", heading)
            .with("found", found.join("」「")),
        FileError::Ragged {
            path,
            row,
            expected,
            found,
        } => about(codes::RAGGED_ROW, path)
            .with_int("row", number(*row))
            .with_int("expected", number(*expected))
            .with_int("found", number(*found)),
        FileError::OpenQuote { path, row } => about(codes::OPEN_QUOTE, path).with_int("row", number(*row)),
        FileError::WorkbookNotCsv { path } => about(codes::WORKBOOK_NOT_CSV, path),
        FileError::CsvNotWorkbook { path } => about(codes::CSV_NOT_WORKBOOK, path),
        FileError::OldWorkbook { path } => about(codes::OLD_WORKBOOK, path),
        FileError::NotXlsx { path, .. } => about(codes::NOT_XLSX, path),
        FileError::Ending { path } => about(codes::RESULT_NAME, path),
        FileError::Locked { path } => about(codes::XLSX_LOCKED, path),
        FileError::NoSheet { path, sheet, sheets } => about(codes::NO_SHEET, path)
            .with("sheet", sheet)
            .with("sheets", join(sheets)),
        FileError::Unwritable { path, detail } => about(codes::XLSX_UNWRITABLE, path).with("detail", detail),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use super::*;
    use crate::drivers::browser::{Surroundings, TimedOut};
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
        assert!(!StepError::Business(Box::new(Message::new(codes::NO_DIALOG))).retryable());
    }
}
