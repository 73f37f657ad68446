//! What a file's trouble means, and how people are told of it.

use super::listed;
use crate::drivers::files::{FileError, LARGEST, PathProblem};
use crate::events::Cause;
use crate::scenario::vocabulary::join;
use crate::text::{Message, codes};

pub(super) fn cause(error: &FileError) -> Cause {
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

pub(super) fn message(error: &FileError) -> Message {
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
