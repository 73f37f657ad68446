//! Excel workbooks, written so that a clerk can open, filter and print them at once.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::{FileError, root};
use crate::value::Value;

/// A sheet to be written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Its name; `Sheet1` when there is none.
    pub name: Option<String>,
    /// The headings.
    pub headings: Vec<String>,
    /// The rows below. Text stays text, so that leading zeros stay; days become Excel's days.
    pub rows: Vec<Vec<Value>>,
}

/// Widest column, in half-width characters.
const WIDEST: usize = 60;

/// Writes a workbook with one sheet: bold headings that stay when the rows scroll, columns as wide as their content.
/// Returns the file's path below the office.
///
/// # Errors
/// [`FileError`] when the path is none of the office's `.xlsx` files, or the disk or Excel's limits refuse.
pub fn write_xlsx(office: &Path, path: &str, sheet: &Sheet) -> Result<PathBuf, FileError> {
    let refused = |detail: String| FileError::Unwritable {
        path: path.to_owned(),
        detail,
    };
    if !path.to_ascii_lowercase().ends_with(".xlsx") {
        return Err(FileError::Ending { path: path.to_owned() });
    }
    let bytes = workbook(sheet).map_err(|error| refused(error.to_string()))?;
    root::write(office, path, &bytes)
}

fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    if let Some(name) = &sheet.name {
        page.set_name(name)?;
    }
    let bold = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    for (column, heading) in (0..).zip(&sheet.headings) {
        page.write_string_with_format(0, column, heading, &bold)?;
    }
    let day = Format::new().set_num_format("yyyy/mm/dd");
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, value) in (0..).zip(cells) {
            write_cell(page, (row, column), value, &day)?;
        }
    }
    for (column, width) in (0..).zip(widths(sheet)) {
        page.set_column_width(column, width)?;
    }
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    workbook.save_to_buffer()
}

fn write_cell(page: &mut Worksheet, (row, column): (u32, u16), value: &Value, day: &Format) -> Result<(), XlsxError> {
    /// Excel keeps 15 digits of a number; longer ones are kept as text.
    const EXACT: u64 = 999_999_999_999_999;
    match value {
        Value::Null => {}
        #[expect(clippy::cast_precision_loss, reason = "at most 15 digits")]
        Value::Int(number) if number.unsigned_abs() <= EXACT => {
            page.write_number(row, column, *number as f64)?;
        }
        Value::Number(number) if number.is_finite() => {
            page.write_number(row, column, *number)?;
        }
        Value::Date(date) => match excel_day(*date) {
            Some(moment) => {
                page.write_datetime_with_format(row, column, &moment, day)?;
            }
            None => {
                page.write_string(row, column, value.to_text())?;
            }
        },
        other => {
            page.write_string(row, column, other.to_text())?;
        }
    }
    Ok(())
}

/// Excel's calendar begins in 1900 and has a day in that year that never was: days before 1900-03-01 are written as text.
fn excel_day(date: chrono::NaiveDate) -> Option<ExcelDateTime> {
    use chrono::Datelike;
    let first = chrono::NaiveDate::from_ymd_opt(1900, 3, 1)?;
    if date < first {
        return None;
    }
    let (year, month, day) = (date.year(), date.month(), date.day());
    ExcelDateTime::from_ymd(
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    )
    .ok()
}

/// The widths of the columns, in half-width characters.
fn widths(sheet: &Sheet) -> impl Iterator<Item = f64> + '_ {
    let columns = sheet
        .rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or(0)
        .max(sheet.headings.len());
    (0..columns).map(|column| {
        let heading = sheet.headings.get(column).map_or(0, |heading| heading.width());
        let cells = sheet.rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|value| widest_line(&value.to_text())).max().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "at most WIDEST")]
        let width = (heading.max(widest) + 2).min(WIDEST) as f64;
        width
    })
}

fn widest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}
