//! Excel workbooks, read as a person reads them: what the cells show, below the row that has the wanted headings.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::table::{Likeness, heading_row, sha256, trimmed};
use super::{Container, FileError, Row, Table, csv, root};

/// What the cells of a row show, by column.
type Cells = BTreeMap<u32, String>;

/// Reads a sheet: the named one, else the first that people see and in which all wanted headings stand in a row. That is
/// the heading row; with none wanted, it is the first with more than one cell. Numbers are read as the sheet shows them: `12` without `.0`, `0012`
/// where the format says so, days as `2026-11-23`, errors such as `#REF!` as text.
///
/// # Errors
/// [`FileError`].
pub fn read_xlsx(office: &Path, path: &str, sheet: Option<&str>, wanted: &[&str]) -> Result<Table, FileError> {
    let bytes = root::read(office, path)?;
    let broken = |error: XlsxError| refusal(path, &bytes, &error);
    let mut workbook = Xlsx::new(Cursor::new(bytes.as_slice())).map_err(broken)?;
    let sheets = candidates(&workbook, sheet, path)?;
    let page = find_page(&mut workbook, sheets, wanted).map_err(broken)?;
    let mut page = page.ok_or_else(|| FileError::NoHeadings { path: path.to_owned() })?;
    let mut below = page.lines.split_off(&page.heading_row);
    let headings = below
        .remove(&page.heading_row)
        .map(|cells| headings(&cells))
        .unwrap_or_default();
    let mut table = Table {
        path: path.to_owned(),
        format: format!("xlsx [{}]", page.sheet),
        sheet: Some(page.sheet),
        heading_row: u64::from(page.heading_row) + 1,
        headings,
        rows: Vec::with_capacity(below.len()),
        sha256: sha256(&bytes),
    };
    table.columns(wanted)?;
    for (index, cells) in below {
        let number = u64::from(index) + 1;
        let cells = row(cells, table.headings.len());
        if cells.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(Row { number, cells });
        }
    }
    Ok(table)
}

/// The cells of a row in the order of the headings. Cells beyond the last heading are notes beside the table.
fn row(cells: Cells, width: usize) -> Vec<String> {
    let mut texts = vec![String::new(); width];
    for (column, cell) in cells {
        if let Some(text) = texts.get_mut(column as usize) {
            *text = cell;
        }
    }
    texts
}

/// The sheets to look at: the named one, else all that people see.
fn candidates(workbook: &Xlsx<Cursor<&[u8]>>, wanted: Option<&str>, path: &str) -> Result<Vec<String>, FileError> {
    let Some(wanted) = wanted else {
        let seen = workbook
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
        return Ok(seen.map(|sheet| sheet.name.clone()).collect());
    };
    let sheets = workbook.sheet_names();
    match sheets.iter().find(|sheet| trimmed(sheet) == trimmed(wanted)) {
        Some(sheet) => Ok(vec![sheet.clone()]),
        None => Err(FileError::NoSheet {
            path: path.to_owned(),
            sheet: wanted.to_owned(),
            sheets,
        }),
    }
}

/// A sheet with its heading row, both from 0.
struct Page {
    sheet: String,
    lines: BTreeMap<u32, Cells>,
    heading_row: u32,
    likeness: Likeness,
}

/// The first sheet in which all wanted headings stand in a row; else the first that looks most like having them.
fn find_page(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheets: Vec<String>,
    wanted: &[&str],
) -> Result<Option<Page>, XlsxError> {
    let mut best: Option<Page> = None;
    for sheet in sheets {
        let lines = shown_cells(workbook, &sheet)?;
        let Some((place, likeness)) = heading_row(lines.values().map(headings), wanted) else {
            continue;
        };
        let Some(heading_row) = lines.keys().nth(place).copied() else {
            continue;
        };
        if best.as_ref().is_none_or(|best| best.likeness < likeness) {
            best = Some(Page {
                sheet,
                lines,
                heading_row,
                likeness,
            });
        }
        if likeness.found == wanted.len() {
            break;
        }
    }
    Ok(best)
}

fn refusal(path: &str, bytes: &[u8], error: &XlsxError) -> FileError {
    let path = path.to_owned();
    match (error, Container::of(bytes)) {
        (XlsxError::Password, _) => FileError::Locked { path },
        (_, Some(Container::Ole)) => FileError::OldWorkbook { path },
        (_, None) if csv::is_table(bytes) => FileError::CsvNotWorkbook { path },
        (other, _) => FileError::NotXlsx {
            path,
            detail: other.to_string(),
        },
    }
}

/// Every cell that is not blank, by row and column from 0.
fn shown_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<BTreeMap<u32, Cells>, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let mut lines: BTreeMap<u32, Cells> = BTreeMap::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let format = reader
            .styles()
            .get(style)
            .and_then(|style| style.number_format.as_ref());
        let code = format.map_or("General", |format| format.format_code.as_str());
        let Some(shown) = show(cell.get_value(), code) else {
            continue;
        };
        let (row, column) = cell.get_position();
        lines.entry(row).or_default().insert(column, shown);
    }
    Ok(lines)
}

/// What a cell shows; `None` for a blank one.
fn show(value: &DataRef<'_>, format: &str) -> Option<String> {
    let text = match value {
        DataRef::Empty => return None,
        DataRef::Error(error) => error_text(error).to_owned(),
        DataRef::String(text) => trimmed(text).to_owned(),
        DataRef::SharedString(text) => trimmed(text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::Int(number) => padded(*number, format).unwrap_or_else(|| number.to_string()),
        DataRef::Float(number) => number_text(*number, format),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
    };
    (!text.is_empty()).then_some(text)
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// A number with the 15 digits that Excel shows at most: what is stored as 0.30000000000000004 shows 0.3.
fn number_text(number: f64, format: &str) -> String {
    /// Beyond this a double no longer holds every whole number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        let whole = number as i64;
        return padded(whole, format).unwrap_or_else(|| whole.to_string());
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// A whole number in a format of nothing but `0` and `-` (`00000`, `000-0000`): codes whose leading zeros only the
/// format holds. In Excel's own format for postal codes the last section is the one with all seven digits.
fn padded(number: i64, format: &str) -> Option<String> {
    let section: Vec<char> = format
        .rsplit(';')
        .next()?
        .chars()
        .filter(|character| !matches!(character, '\\' | '"'))
        .collect();
    let zeros = section.iter().filter(|&&character| character == '0').count();
    let other = section.iter().any(|character| !matches!(character, '0' | '-'));
    if number < 0 || zeros < 2 || other {
        return None;
    }
    let digits = format!("{number:0zeros$}");
    let (mut rest, mut shown) = (digits.as_str(), String::new());
    for (at, &character) in section.iter().enumerate() {
        if character == '-' {
            shown.push('-');
            continue;
        }
        // A number longer than its format shows its extra digits at the first place.
        let later = section
            .iter()
            .skip(at + 1)
            .filter(|&&character| character == '0')
            .count();
        let (now, after) = rest.split_at(rest.len() - later);
        shown.push_str(now);
        rest = after;
    }
    Some(shown)
}

/// A day, a time of day, both, or a length of time beyond 24 hours (`424:44`).
fn moment_text(moment: &ExcelDateTime) -> String {
    /// Minutes of a day.
    const DAY: f64 = 1440.0;
    if moment.is_duration() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast of a float stays within the integer's bounds"
        )]
        let minutes = (moment.as_f64() * DAY).round() as i64;
        return format!("{}:{:02}", minutes / 60, (minutes % 60).abs());
    }
    let Some(at) = moment.as_datetime() else {
        return number_text(moment.as_f64(), "General");
    };
    let time = if at.format("%S").to_string() == "00" {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    let pattern = match moment.as_f64() {
        value if (0.0..1.0).contains(&value) => time.to_owned(),
        value if value.fract() == 0.0 => "%Y-%m-%d".to_owned(),
        _ => format!("%Y-%m-%d {time}"),
    };
    at.format(&pattern).to_string()
}

/// The texts of a row from the first column to the last one that is not blank.
fn headings(cells: &Cells) -> Vec<String> {
    let width = cells.last_key_value().map_or(0, |(column, _)| *column as usize + 1);
    row(cells.clone(), width)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Formula, Workbook};

    use super::*;
    use crate::drivers::files::{Sheet, write_xlsx};
    use crate::value::Value;

    fn read(fill: impl FnOnce(&mut Workbook), sheet: Option<&str>, wanted: &[&str]) -> Result<Table, FileError> {
        let office = tempfile::tempdir().expect("folder");
        let mut workbook = Workbook::new();
        fill(&mut workbook);
        workbook.save(office.path().join("a.xlsx")).expect("saved");
        read_xlsx(office.path(), "a.xlsx", sheet, wanted)
    }

    fn first_row(table: &Table) -> Vec<&str> {
        table.rows[0].cells.iter().map(String::as_str).collect()
    }

    #[test]
    fn cells_are_read_as_they_are_shown() {
        let table = read(
            |workbook| {
                let page = workbook.add_worksheet();
                let format = |code: &str| Format::new().set_num_format(code);
                let shown: [(f64, &str, &str); 11] = [
                    (300.0, "General", "300"),
                    (0.1 + 0.2, "General", "0.3"),
                    (1200.0, "#,##0", "1200"),
                    (12.0, "00000", "00012"),
                    (8_500_003.0, r"000\-0000", "850-0003"),
                    (600_001.0, r"[<=999]000;[<=9999]000\-00;000\-0000", "060-0001"),
                    (46349.0, "yyyy/m/d", "2026-11-23"),
                    (46349.0, r#"[$-411]ggge"年"m"月"d"日""#, "2026-11-23"),
                    (46_349.354_166_666_664, "yyyy/m/d h:mm", "2026-11-23 08:30"),
                    (0.354_166_666_666_666_7, "h:mm", "08:30"),
                    (17.697_222_222_222_22, "[h]:mm", "424:44"),
                ];
                for (column, (number, code, expected)) in (0..).zip(shown) {
                    page.write_string(0, column, format!("{column}:{expected}"))
                        .expect("heading");
                    page.write_number_with_format(1, column, number, &format(code))
                        .expect("cell");
                }
                page.write_string(0, 11, "text").expect("heading");
                page.write_string(1, 11, "0012 ").expect("cell");
            },
            None,
            &[],
        )
        .expect("read");
        for (heading, cell) in table.headings.iter().zip(first_row(&table)).take(11) {
            assert_eq!(heading.split_once(':').expect("expected").1, cell, "{heading}");
        }
        assert_eq!(first_row(&table)[11], "0012");
    }

    #[test]
    fn titles_above_notes_beside_and_blank_rows_do_not_matter() {
        let table = read(
            |workbook| {
                workbook.add_worksheet().set_name("表紙").expect("name");
                let page = workbook.add_worksheet();
                page.set_name("一覧").expect("name");
                page.merge_range(0, 0, 0, 3, "請求一覧（令和8年11月）", &Format::new())
                    .expect("title");
                page.write_string(1, 3, "担当：山田").expect("note");
                for (column, heading) in (1..).zip(["請求\n番号", "氏\u{3000}名", "ﾌﾘｶﾞﾅ"]) {
                    page.write_string(3, column, heading).expect("heading");
                }
                page.write_string(4, 1, "001").expect("cell");
                page.write_string(4, 2, "森 一郎").expect("cell");
                page.write_string(4, 9, "メモ").expect("note");
                page.write_string(6, 1, "002").expect("cell");
            },
            Some("一覧"),
            &["氏名", "請求番号"],
        )
        .expect("read");
        assert_eq!(table.format, "xlsx [一覧]");
        assert_eq!(
            table.columns(&["請求番号", "氏名", "フリガナ"]).expect("columns"),
            [1, 2, 3]
        );
        assert_eq!(table.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [5, 7]);
        assert_eq!(first_row(&table), ["", "001", "森 一郎", ""]);
    }

    #[test]
    fn without_a_name_the_first_sheet_with_the_headings_is_read() {
        let fill = |workbook: &mut Workbook| {
            let mut sheet = |name: &str, rows: &[&[&str]]| {
                let page = workbook.add_worksheet();
                page.set_name(name).expect("name");
                for (row, cells) in (0..).zip(rows) {
                    for (column, cell) in (0..).zip(*cells) {
                        page.write_string(row, column, *cell).expect("cell");
                    }
                }
            };
            sheet("表紙", &[&["請求一覧"], &["作成", "市民課"]]);
            sheet("空", &[]);
            sheet("控え", &[&["番号", "氏名"], &["009", "控え"]]);
            sheet("凡例", &[&["番号", "意味"], &["1", "新規"]]);
            sheet("一覧", &[&["請求一覧"], &["番号", "氏名"], &["001", "森"]]);
            sheet("前月", &[&["番号", "氏名"], &["000", "林"]]);
            workbook.worksheet_from_name("控え").expect("sheet").set_hidden(true);
        };
        let table = read(fill, None, &["氏名", "番号"]).expect("read");
        assert_eq!((table.format.as_str(), table.heading_row), ("xlsx [一覧]", 2));
        assert_eq!(first_row(&table), ["001", "森"]);
        assert_eq!(table.rows[0].number, 3);
        match read(fill, None, &["番号", "氏名", "住所"]) {
            Err(FileError::NoColumn { sheet, row, .. }) => assert_eq!((sheet.as_deref(), row), (Some("一覧"), 2)),
            other => panic!("{other:?}"),
        }
        assert!(read(fill, Some("前月"), &["番号"]).is_ok_and(|table| table.heading_row == 1));
    }

    #[test]
    fn what_is_missing_is_named() {
        let fill = |workbook: &mut Workbook| {
            let page = workbook.add_worksheet();
            page.write_string(0, 0, "一覧").expect("title");
            page.write_string(1, 0, "番号").expect("heading");
            page.write_string(1, 1, "氏名").expect("heading");
            page.write_formula(2, 1, Formula::new("=A9").set_result("#REF!"))
                .expect("cell");
        };
        match read(fill, None, &["番号", "住所"]) {
            Err(FileError::NoColumn {
                wanted,
                sheet,
                row,
                headings,
                ..
            }) => {
                assert_eq!(
                    (wanted, headings),
                    (vec!["住所".to_owned()], vec!["番号".to_owned(), "氏名".to_owned()])
                );
                assert_eq!((sheet.as_deref(), row), (Some("Sheet1"), 2));
            }
            other => panic!("{other:?}"),
        }
        match read(fill, Some("二枚目"), &[]) {
            Err(FileError::NoSheet { sheets, .. }) => assert_eq!(sheets, ["Sheet1"]),
            other => panic!("{other:?}"),
        }
        assert!(matches!(
            read(
                |workbook| {
                    workbook.add_worksheet();
                },
                None,
                &[]
            ),
            Err(FileError::NoHeadings { .. })
        ));
    }

    #[test]
    fn an_excel_error_is_read_as_it_is_shown() {
        let fill = |workbook: &mut Workbook| {
            let page = workbook.add_worksheet();
            page.write_string(0, 0, "番号").expect("heading");
            page.write_formula(1, 0, Formula::new("=A9").set_result("#REF!"))
                .expect("cell");
        };
        let table = read(fill, None, &["番号"]).expect("read");
        assert_eq!(first_row(&table), ["#REF!"]);
        assert_eq!(
            show(&DataRef::Error(CellErrorType::NA), "General").as_deref(),
            Some("#N/A")
        );
    }

    #[test]
    fn other_files_are_refused() {
        let office = tempfile::tempdir().expect("folder");
        let mut old_xls = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        old_xls.resize(4096, 0);
        let (csv, _, _) = encoding_rs::SHIFT_JIS.encode("一覧\r\n番号,氏名\r\n1,森\r\n");
        let html = b"<table>\n<td style='a,b'>".to_vec();
        for (bytes, expected) in [
            (csv.into_owned(), "CsvNotWorkbook"),
            (old_xls, "OldWorkbook"),
            (html, "NotXlsx"),
            (Vec::new(), "NotXlsx"),
            (b"PK\x03\x04cut".to_vec(), "NotXlsx"),
        ] {
            std::fs::write(office.path().join("a.xlsx"), &bytes).expect("file");
            let error = read_xlsx(office.path(), "a.xlsx", None, &[]).expect_err("refused");
            assert!(format!("{error:?}").starts_with(expected), "{error:?}");
        }
    }

    #[test]
    fn what_was_written_is_read_again() {
        let office = tempfile::tempdir().expect("folder");
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("day");
        let sheet = Sheet {
            name: Some("結果".to_owned()),
            headings: ["番号", "氏名", "日付", "手数料", "済"].map(str::to_owned).to_vec(),
            rows: vec![
                vec![
                    "001".into(),
                    "=1+1".into(),
                    Value::Date(day),
                    Value::Int(300),
                    Value::Bool(true),
                ],
                vec![
                    "002".into(),
                    Value::Null,
                    Value::Null,
                    Value::Int(i64::MAX),
                    Value::Null,
                ],
            ],
        };
        let written = write_xlsx(office.path(), "outbox/結果.xlsx", &sheet).expect("written");
        let table = read_xlsx(office.path(), written.to_str().expect("name"), Some("結果"), &[]).expect("read");
        assert_eq!(table.headings, sheet.headings);
        assert_eq!(first_row(&table), ["001", "=1+1", "2026-11-23", "300", "はい"]);
        assert_eq!(table.rows[1].cells, ["002", "", "", "9223372036854775807", ""]);
    }

    #[test]
    fn a_bad_name_writes_nothing() {
        let office = tempfile::tempdir().expect("folder");
        let sheet = Sheet {
            name: Some("a/b".to_owned()),
            ..Sheet::default()
        };
        assert!(matches!(
            write_xlsx(office.path(), "a.xlsx", &sheet),
            Err(FileError::Unwritable { .. })
        ));
        let sheet = Sheet::default();
        assert!(matches!(
            write_xlsx(office.path(), "office.yaml", &sheet),
            Err(FileError::Ending { .. })
        ));
        assert_eq!(std::fs::read_dir(office.path()).expect("folder").count(), 0);
    }
}
