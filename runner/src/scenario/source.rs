//! The bytes of a file to text, as the editors of an office write it.

use encoding_rs::{Encoding, SHIFT_JIS};

use crate::diag::{Diagnostic, Source, Span};
use crate::text::{Message, codes};

/// The largest scenario file, in bytes: far above any honest one.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Reads a file named `file`: UTF-8 (with or without BOM), UTF-16 with BOM (メモ帳「Unicode」) or CP932, with any line
/// ends. Line ends become `\n`.
pub fn read(file: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        let message = Message::new(codes::DOCUMENT_TOO_BIG).with_int("limit_kib", (MAX_BYTES / 1024) as i64);
        return Err(Diagnostic::error(message, Span::default()));
    }
    match decode(bytes) {
        Some(text) => Ok(Source::new(file, text.replace("\r\n", "\n").replace('\r', "\n"))),
        None => Err(Diagnostic::error(
            Message::new(codes::DOCUMENT_ENCODING),
            Span::default(),
        )),
    }
}

fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(std::borrow::Cow::into_owned);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => SHIFT_JIS
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned),
    }
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
}
