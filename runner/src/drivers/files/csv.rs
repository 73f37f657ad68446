//! CSV and TSV as municipal systems write them: CP932 or UTF-8, commas or tabs, quotes, blank lines.

use std::path::Path;

use super::table::{heading_row, sha256, trimmed};
use super::{Container, FileError, Row, Table, root};
use crate::rules::cp932::{self, DecodeError, Encoding};

/// Reads a CSV or TSV file. The heading row is the first in which all wanted headings stand; with none of them anywhere,
/// the first with more than one cell. Every row below has as many cells; the rows above are titles.
///
/// # Errors
/// [`FileError`], with the row.
pub fn read_csv(office: &Path, path: &str, wanted: &[&str]) -> Result<Table, FileError> {
    let bytes = root::read(office, path)?;
    match Container::of(&bytes) {
        Some(Container::Zip) => return Err(FileError::WorkbookNotCsv { path: path.to_owned() }),
        Some(Container::Ole) => return Err(FileError::OldWorkbook { path: path.to_owned() }),
        None => {}
    }
    let decoded = cp932::decode(&bytes).map_err(|error| unreadable(path, &bytes, &error))?;
    let text = decoded.text.as_str();
    if text.contains('\0') {
        return Err(FileError::Nul { path: path.to_owned() });
    }
    let delimiter = delimiter(text);
    let ends = RowEnds::scan(text, delimiter).map_err(|row| FileError::OpenQuote {
        path: path.to_owned(),
        row,
    })?;
    let mut rows = rows(text, delimiter, &ends, path)?;
    let place = heading_row(rows.iter().map(|row| &row.cells), wanted);
    let (place, _) = place.ok_or_else(|| FileError::NoHeadings { path: path.to_owned() })?;
    let below = rows.split_off(place + 1);
    let mut head = rows.swap_remove(place);
    drop_blank_end(&mut head.cells, 0);
    let rows = fitting(below, head.cells.len(), path)?;
    let kind = if delimiter == b'\t' { "CSV (tab)" } else { "CSV" };
    Ok(Table {
        path: path.to_owned(),
        sheet: None,
        heading_row: head.number,
        headings: head.cells,
        rows,
        format: format!("{} {kind}", name(decoded.encoding)),
        sha256: sha256(&bytes),
    })
}

/// Bytes that are no text, with the line where that shows.
fn unreadable(path: &str, bytes: &[u8], error: &DecodeError) -> FileError {
    let line = match error {
        DecodeError::Unknown { offset } => {
            let before = bytes.iter().take(*offset).filter(|&&byte| byte == b'\n').count();
            Some(before as u64 + 1)
        }
        DecodeError::Broken { .. } => None,
    };
    FileError::Encoding {
        path: path.to_owned(),
        line,
    }
}

fn name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Ascii => "ASCII",
        Encoding::Utf8 { bom: false } => "UTF-8",
        Encoding::Utf8 { bom: true } => "UTF-8 (BOM)",
        Encoding::Utf16 => "UTF-16",
        Encoding::Cp932 => "CP932",
    }
}

/// Every row that is not blank.
fn rows(text: &str, delimiter: u8, ends: &RowEnds<'_>, path: &str) -> Result<Vec<Row>, FileError> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| FileError::Io {
            path: path.to_owned(),
            kind: match error.kind() {
                ::csv::ErrorKind::Io(error) => error.kind(),
                _ => std::io::ErrorKind::InvalidData,
            },
        })?;
        let number = ends.row_at(record.position().map_or(0, ::csv::Position::byte));
        let cells: Vec<String> = record.iter().map(|cell| trimmed(cell).to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(rows)
}

/// The rows below the headings; each must have as many cells.
fn fitting(mut rows: Vec<Row>, width: usize, path: &str) -> Result<Vec<Row>, FileError> {
    for row in &mut rows {
        // A comma at the end of a line makes an empty cell that means nothing.
        drop_blank_end(&mut row.cells, width);
        if row.cells.len() != width {
            return Err(FileError::Ragged {
                path: path.to_owned(),
                row: row.number,
                expected: width as u64,
                found: row.cells.len() as u64,
            });
        }
    }
    Ok(rows)
}

fn drop_blank_end(cells: &mut Vec<String>, keep: usize) {
    while cells.len() > keep && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
}

/// Whether bytes are a text with commas or tabs: what somebody may have taken for a workbook. Some systems give a page
/// of HTML the name of a workbook; that is none.
pub(super) fn is_table(bytes: &[u8]) -> bool {
    cp932::decode(bytes).is_ok_and(|decoded| {
        let text = decoded.text.trim_start();
        !text.starts_with('<') && !text.contains('\0') && text.contains([',', '\t'])
    })
}

/// A tab if the first line that has either has more of them than commas.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| line.contains([',', '\t'])).unwrap_or("");
    if first.matches('\t').count() > first.matches(',').count() {
        b'\t'
    } else {
        b','
    }
}

/// Where the rows end. A line break inside quotes ends none, so the numbers are those that Excel shows.
struct RowEnds<'a> {
    text: &'a str,
    ends: Vec<usize>,
}

impl<'a> RowEnds<'a> {
    /// Walks through the text. A quoted cell that never ends is refused with its row: the reader would take the rest of
    /// the file as that one cell.
    fn scan(text: &'a str, delimiter: u8) -> Result<RowEnds<'a>, u64> {
        let mut ends = Vec::new();
        let mut opened_in_row = None;
        let mut at_start = true;
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let next = bytes.peek().map(|(_, byte)| *byte);
            match (opened_in_row, byte) {
                (None, b'"') if at_start => opened_in_row = Some(ends.len() as u64 + 1),
                (Some(_), b'"') if next == Some(b'"') => {
                    bytes.next();
                }
                (Some(_), b'"') => opened_in_row = None,
                (None, b'\n') => ends.push(at),
                (None, b'\r') if next != Some(b'\n') => ends.push(at),
                _ => {}
            }
            at_start = opened_in_row.is_none() && (byte == delimiter || matches!(byte, b'\n' | b'\r'));
        }
        match opened_in_row {
            Some(row) => Err(row),
            None => Ok(RowEnds { text, ends }),
        }
    }

    /// The number, from 1, of the row that the reader found at a byte: it names the place before blank lines.
    fn row_at(&self, byte: u64) -> u64 {
        let found = usize::try_from(byte).unwrap_or(usize::MAX);
        let blank = self
            .text
            .bytes()
            .skip(found)
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = found.saturating_add(blank.count());
        self.ends.partition_point(|&end| end < start) as u64 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Table, FileError> {
        let office = tempfile::tempdir().expect("folder");
        std::fs::write(office.path().join("a.csv"), bytes).expect("file");
        read_csv(office.path(), "a.csv", &[])
    }

    fn cells(table: &Table) -> Vec<(u64, Vec<&str>)> {
        table
            .rows
            .iter()
            .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
            .collect()
    }

    #[test]
    fn reads_what_municipal_systems_write() {
        let text = "番号,氏名,備考\r\n001,髙﨑　一郎,\"一行目\r\n二行目\"\r\n\r\n002,\"山田 \"\"太郎\"\"\",\r\n,,\r\n003,ｻﾄｳ, x \r\n";
        let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(text);
        assert!(!lost);
        let table = read(&bytes).expect("read");
        assert_eq!(table.format, "CP932 CSV");
        assert_eq!(table.headings, ["番号", "氏名", "備考"]);
        assert_eq!(
            cells(&table),
            [
                (2, vec!["001", "髙﨑　一郎", "一行目\r\n二行目"]),
                (4, vec!["002", "山田 \"太郎\"", ""]),
                (6, vec!["003", "ｻﾄｳ", "x"]),
            ]
        );
        assert_eq!(table.sha256.len(), 64);
    }

    #[test]
    fn finds_encoding_and_delimiter() {
        for (bytes, format) in [
            ("番号,氏名\n1,森\n".as_bytes(), "UTF-8 CSV"),
            ("\u{FEFF}番号,氏名\n1,森\n".as_bytes(), "UTF-8 (BOM) CSV"),
            ("\n番号\t氏名\n1\t森\n".as_bytes(), "UTF-8 CSV (tab)"),
        ] {
            let table = read(bytes).expect(format);
            assert_eq!(table.format, format);
            assert_eq!(table.headings, ["番号", "氏名"], "{format}");
            assert_eq!(table.rows[0].cells, ["1", "森"], "{format}");
        }
    }

    #[test]
    fn titles_above_the_headings_are_passed_over() {
        let text = "請求一覧\n令和8年11月, 市民課\n\n請求　番号,氏名,\n001,森 一郎,\n002,林,\n";
        let office = tempfile::tempdir().expect("folder");
        std::fs::write(office.path().join("a.csv"), text).expect("file");
        let table = read_csv(office.path(), "a.csv", &["氏名", "請求番号"]).expect("read");
        assert_eq!(
            (table.heading_row, table.columns(&["氏名", "請求番号"])),
            (4, Ok(vec![1, 0]))
        );
        assert_eq!(cells(&table), [(5, vec!["001", "森 一郎"]), (6, vec!["002", "林"])]);
        // Tabs are found below a title that has none.
        std::fs::write(office.path().join("a.csv"), "一覧\n番号\t住所\n1\t桜町1,2\n").expect("file");
        let table = read_csv(office.path(), "a.csv", &["番号"]).expect("read");
        assert_eq!(cells(&table), [(3, vec!["1", "桜町1,2"])]);
    }

    #[test]
    fn the_row_that_was_taken_for_the_headings_is_told() {
        let office = tempfile::tempdir().expect("folder");
        let rows = "請求一覧\n請求番号,氏名,誕生日\n001,森,S51.3.4\n";
        std::fs::write(office.path().join("a.csv"), rows).expect("file");
        for (wanted, expected) in [(["請求番号", "氏名", "生年月日"], 2), (["請求番号等", "何か", "別"], 2)]
        {
            let table = read_csv(office.path(), "a.csv", &wanted).expect("read");
            match table.columns(&wanted) {
                Err(FileError::NoColumn { row, sheet: None, .. }) => assert_eq!(row, expected, "{wanted:?}"),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn nothing_is_guessed() {
        let path = || "a.csv".to_owned();
        for (text, expected) in [
            ("", FileError::NoHeadings { path: path() }),
            ("\n , ,\n", FileError::NoHeadings { path: path() }),
            (
                "a,b\n1,2\n1,2,3\n",
                FileError::Ragged {
                    path: path(),
                    row: 3,
                    expected: 2,
                    found: 3,
                },
            ),
            (
                "a,b\n\n1\n",
                FileError::Ragged {
                    path: path(),
                    row: 3,
                    expected: 2,
                    found: 1,
                },
            ),
            ("a,b\n1,\"2\n3,4\n5,6\n", FileError::OpenQuote { path: path(), row: 2 }),
            ("a,b\n1,\0\n", FileError::Nul { path: path() }),
        ] {
            assert_eq!(read(text.as_bytes()).expect_err(text), expected, "{text:?}");
        }
        assert_eq!(
            read(b"PK\x03\x04rest").expect_err("xlsx"),
            FileError::WorkbookNotCsv { path: path() }
        );
        assert_eq!(
            read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").expect_err("xls"),
            FileError::OldWorkbook { path: path() }
        );
        assert!(matches!(
            read(b"a,b\n\x81\x00\xff\n"),
            Err(FileError::Encoding { line: Some(2), .. })
        ));
        assert_eq!(read(b"a,b,\n1,2,\n3,4\n").expect("commas at the end").rows.len(), 2);
        assert_eq!(read(b"a,b\n5\" pipe,x\"y\n").expect("quotes inside").rows.len(), 1);
    }

    #[test]
    fn columns_are_found_as_a_person_finds_them() {
        let table = read("請求\u{3000}番号,ＦＡＸ,備考,備考\n1,2,3,4\n".as_bytes()).expect("read");
        assert_eq!(table.columns(&["FAX", "請求番号"]).expect("found"), [1, 0]);
        assert!(matches!(table.columns(&["備考"]), Err(FileError::ManyColumns { .. })));
        match table.columns(&["氏名", "カナ", "FAX"]) {
            Err(FileError::NoColumn {
                wanted,
                headings,
                others,
                ..
            }) => {
                assert_eq!(wanted, ["氏名", "カナ"]);
                assert_eq!((headings.len(), others), (4, 0));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_resident_in_the_first_row_is_not_told_as_headings() {
        let table = read("0001,氏家 一郎,S51.3.4,請求番名\n0002,森,S39.10.10,x\n".as_bytes()).expect("read");
        match table.columns(&["請求番号", "氏名", "生年月日"]) {
            Err(FileError::NoColumn { headings, others, .. }) => {
                assert_eq!((headings, others), (vec!["請求番名".to_owned()], 3));
            }
            other => panic!("{other:?}"),
        }
    }
}
