//! The bytes of a file to text, as the editors of an office write it.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::diag::{Diagnostic, Source, Span};
use crate::text::{Message, codes};

/// The largest scenario file, in bytes: far above any honest one.
pub const MAX_BYTES: usize = 1024 * 1024;

/// What a file of another program begins with: zip (xlsx, docx), the older Office files, PDF.
const OTHERS: &[&[u8]] = &[b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"%PDF-"];
/// How the names of tables end.
const TABLES: &[&str] = &[".csv", ".tsv"];

/// Reads a file named `file`: UTF-8 (with or without BOM), UTF-16 with BOM (メモ帳「Unicode」) or CP932, with any line
/// ends. Line ends become `\n`.
pub fn read(file: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
    let refused = |code| Err(Diagnostic::error(Message::new(code), Span::default()));
    if OTHERS.iter().any(|mark| bytes.starts_with(mark)) {
        return refused(codes::DOCUMENT_WORKBOOK);
    }
    let name = file.to_ascii_lowercase();
    if TABLES.iter().any(|ending| name.ends_with(ending)) {
        return refused(codes::DOCUMENT_TABLE);
    }
    if bytes.len() > MAX_BYTES {
        let message = Message::new(codes::DOCUMENT_TOO_BIG).with_int("limit_kib", (MAX_BYTES / 1024) as i64);
        return Err(Diagnostic::error(message, Span::default()));
    }
    match decode(bytes) {
        Some(text) => Ok(Source::new(file, text.replace("\r\n", "\n").replace('\r', "\n"))),
        None => refused(codes::DOCUMENT_ENCODING),
    }
}

/// How the characters of a file are written, and how many bytes of it only say so.
fn encoding(bytes: &[u8]) -> (&'static Encoding, usize) {
    match Encoding::for_bom(bytes) {
        Some(known) => known,
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        None => (SHIFT_JIS, 0),
    }
}

/// A file's bytes with some of its lines (from 1) written anew. Encoding, line ends and every other line stay as they are;
/// `None` when a line has a character that the encoding does not.
pub fn with_lines(bytes: &[u8], lines: &BTreeMap<usize, String>) -> Option<Vec<u8>> {
    let (encoding, mark) = encoding(bytes);
    let (head, body) = bytes.split_at_checked(mark)?;
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let unit = if wide { 2 } else { 1 };
    let is = |part: &[u8], sign: u8| match part {
        [one] => *one == sign,
        [low, high] if encoding == UTF_16LE => *low == sign && *high == 0,
        [high, low] => *low == sign && *high == 0,
        _ => false,
    };
    let mut written = head.to_vec();
    let mut units = body.chunks(unit).peekable();
    for number in 1.. {
        let mut line = Vec::new();
        let mut end = Vec::new();
        // No byte of a line end is the second one of a CP932 character.
        while let Some(part) = units.next() {
            if is(part, b'\n') || is(part, b'\r') {
                end.extend_from_slice(part);
                if is(part, b'\r')
                    && let Some(next) = units.next_if(|next| is(next, b'\n'))
                {
                    end.extend_from_slice(next);
                }
                break;
            }
            line.extend_from_slice(part);
        }
        match lines.get(&number) {
            Some(text) => written.extend(encoded(text, encoding)?),
            None => written.append(&mut line),
        }
        let last = end.is_empty();
        written.append(&mut end);
        if last {
            break;
        }
    }
    Some(written)
}

fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    if encoding == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = encoding(bytes);
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes.get(mark..)?)
        .map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_editor_of_an_office_is_understood() {
        let text = "yakin: 1\nname: 住民票\n";
        let crlf = text.replace('\n', "\r\n");
        let utf16: Vec<u8> = std::iter::once(0xFEFF_u16)
            .chain(crlf.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let cp932 = SHIFT_JIS.encode(&crlf).0.into_owned();
        let with_mark = [b"\xEF\xBB\xBF".as_slice(), crlf.as_bytes()].concat();
        for bytes in [text.as_bytes(), crlf.as_bytes(), &utf16, &cp932, &with_mark] {
            assert_eq!(read("a.yaml", bytes).expect("text").text(), text);
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let found = read("a.yaml", b"name: \xFF\xFE\x00").expect_err("bytes");
        assert!(found.message.is(codes::DOCUMENT_ENCODING));
        let found = read("a.yaml", &vec![b'a'; MAX_BYTES + 1]).expect_err("size");
        assert!(found.message.is(codes::DOCUMENT_TOO_BIG));
    }

    #[test]
    fn one_line_is_written_anew_and_every_other_byte_stays() {
        let text = "yakin: 1\r\nname：住民票\rsteps:　\n  - log: ～①\r\n";
        let wanted = text.replace("name：", "name: ").replace("steps:　", "steps:");
        let lines = BTreeMap::from([(2, "name: 住民票".to_owned()), (3, "steps:".to_owned())]);
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            let units = std::iter::once(0xFEFF_u16).chain(text.encode_utf16());
            units
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        let ways = |text: &str| {
            [
                text.as_bytes().to_vec(),
                [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
                SHIFT_JIS.encode(text).0.into_owned(),
                utf16(text, false),
                utf16(text, true),
            ]
        };
        for (before, after) in ways(text).into_iter().zip(ways(&wanted)) {
            assert_eq!(with_lines(&before, &lines), Some(after));
            assert_eq!(with_lines(&before, &BTreeMap::new()), Some(before));
        }
        let beyond = BTreeMap::from([(2, "name: \u{1F98A}".to_owned())]);
        assert_eq!(with_lines(&SHIFT_JIS.encode(text).0, &beyond), None);
    }

    #[test]
    fn files_of_other_programs_are_told_apart() {
        for (file, bytes, code) in [
            ("a.yaml", b"PK\x03\x04rest".as_slice(), codes::DOCUMENT_WORKBOOK),
            ("a.xls", b"\xD0\xCF\x11\xE0", codes::DOCUMENT_WORKBOOK),
            ("inbox/a.CSV", b"a,b\n1,2\n", codes::DOCUMENT_TABLE),
        ] {
            assert!(read(file, bytes).expect_err(file).message.is(code), "{file}");
        }
    }
}
