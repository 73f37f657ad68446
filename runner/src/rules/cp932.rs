//! "Shift_JIS" files as Windows writes them (CP932, Windows-31J), told from UTF-8, read and written without silent loss.
//!
//! Tables are those of the WHATWG Encoding Standard; its encoder lacks the user-defined area F040–F9FC, which is added here.

use encoding_rs::{EncoderResult, SHIFT_JIS, UTF_16BE, UTF_16LE};

use super::graphemes::is_variation_selector;

/// What a file was found to be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Nothing but ASCII: the same in CP932 and UTF-8.
    Ascii,
    /// UTF-8.
    Utf8 {
        /// With a byte order mark, which Excel needs to recognise it.
        bom: bool,
    },
    /// UTF-16 with its byte order mark, Excel's "Unicode text".
    Utf16,
    /// CP932.
    Cp932,
}

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Without byte order mark.
    pub text: String,
    /// What it was written in.
    pub encoding: Encoding,
}

/// Bytes that no known encoding explains.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The byte order mark promised UTF-8 or UTF-16, and the rest breaks it.
    #[error("broken {encoding:?}")]
    Broken {
        /// What the mark promised.
        encoding: Encoding,
    },
    /// Neither UTF-8 nor CP932: another encoding, or a damaged or binary file.
    #[error("neither UTF-8 nor CP932, from byte {offset}")]
    Unknown {
        /// Where reading as CP932 stopped, in bytes from 0.
        offset: usize,
    },
}

/// Finds out what bytes are written in, and reads them. Bytes that are valid UTF-8 are UTF-8, unless they are half-width
/// kana in CP932: few of those can look like UTF-8 of a kind that no Japanese text has.
///
/// # Errors
/// [`DecodeError`].
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let encoding = Encoding::Utf8 { bom: true };
        let text = str::from_utf8(rest).map_err(|_| DecodeError::Broken { encoding })?;
        return Ok(Decoded {
            text: text.to_owned(),
            encoding,
        });
    }
    for (mark, utf16) in [([0xFF, 0xFE], UTF_16LE), ([0xFE, 0xFF], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark.as_slice()) {
            let encoding = Encoding::Utf16;
            let text = utf16.decode_without_bom_handling_and_without_replacement(rest);
            let text = text.ok_or(DecodeError::Broken { encoding })?;
            return Ok(Decoded {
                text: text.into_owned(),
                encoding,
            });
        }
    }
    if bytes.is_ascii() {
        // ASCII is always UTF-8.
        let text = String::from_utf8_lossy(bytes).into_owned();
        return Ok(Decoded {
            text,
            encoding: Encoding::Ascii,
        });
    }
    match str::from_utf8(bytes) {
        Ok(text) if !is_half_kana(bytes, text) => Ok(Decoded {
            text: text.to_owned(),
            encoding: Encoding::Utf8 { bom: false },
        }),
        _ => Ok(Decoded {
            text: decode_cp932(bytes)?,
            encoding: Encoding::Cp932,
        }),
    }
}

/// Whether bytes that are valid UTF-8 are rather half-width kana in CP932 (`ﾄｳ` is C4 B3, which in UTF-8 is ĳ).
fn is_half_kana(bytes: &[u8], as_utf8: &str) -> bool {
    let no_kana_or_kanji = as_utf8.chars().all(|c| c < '\u{800}');
    no_kana_or_kanji
        && SHIFT_JIS
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some_and(|text| {
                text.chars()
                    .all(|c| c.is_ascii() || matches!(c, '\u{FF61}'..='\u{FF9F}'))
            })
}

/// Reads CP932, user-defined characters as U+E000 to U+E757.
///
/// # Errors
/// [`DecodeError::Unknown`].
pub fn decode_cp932(bytes: &[u8]) -> Result<String, DecodeError> {
    if let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let capacity = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or_default();
    let mut text = String::with_capacity(capacity);
    let (_, offset) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    Err(DecodeError::Unknown { offset })
}

/// A character that CP932 does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Where it stands, in characters from 0.
    pub position: usize,
    /// The character.
    pub character: char,
}

/// Text in CP932, and what is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// With 〓 in place of each missing character; a missing variation selector is left out, since the kanji before it
    /// is there.
    pub bytes: Vec<u8>,
    /// Everything that could not be written. Who must not lose anything writes only if this is empty.
    pub missing: Vec<Missing>,
}

/// 〓 in CP932.
const GETA: [u8; 2] = [0x81, 0xAC];

/// Writes CP932. Wave dashes and their kin are written as Windows has them, user-defined characters (U+E000 to U+E757)
/// at F040 to F9FC. ¥ and ‾ become 5C and 7E as Windows does it; Japanese fonts show ¥ there, but they read back as \ and ~.
pub fn encode(text: &str) -> Encoded {
    let text = to_windows_forms(text);
    let mut encoder = SHIFT_JIS.new_encoder();
    let mut bytes = Vec::new();
    let mut missing = Vec::new();
    let mut rest = text.as_str();
    let mut position = 0;
    while !rest.is_empty() {
        // Never shorter than the bytes that the rest can become; the encoder would stop for lack of room.
        bytes.reserve(
            encoder
                .max_buffer_length_from_utf8_without_replacement(rest.len())
                .unwrap_or_default(),
        );
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        let (done, after) = rest.split_at(read);
        position += done.chars().count();
        rest = after;
        if let EncoderResult::Unmappable(character) = result {
            if let Some(user_defined) = user_defined(character) {
                bytes.extend(user_defined);
                continue;
            }
            if !is_variation_selector(character) {
                bytes.extend(GETA);
            }
            missing.push(Missing {
                position: position - 1,
                character,
            });
        }
    }
    Encoded { bytes, missing }
}

/// Bytes of a character of the user-defined area: ten lead bytes with 188 trail bytes each.
fn user_defined(character: char) -> Option<[u8; 2]> {
    let index = u32::from(character)
        .checked_sub(0xE000)
        .filter(|index| *index <= 0x757)?;
    let (lead, trail) = (0xF0 + index / 188, index % 188);
    let trail = if trail < 0x3F { trail + 0x40 } else { trail + 0x41 };
    Some([u8::try_from(lead).ok()?, u8::try_from(trail).ok()?])
}

/// Characters for which JIS and Windows chose different code points: (JIS, Windows).
const TWINS: [(char, char); 7] = [
    ('\u{301C}', '\u{FF5E}'),
    ('\u{2016}', '\u{2225}'),
    ('\u{2212}', '\u{FF0D}'),
    ('\u{2014}', '\u{2015}'),
    ('\u{00A2}', '\u{FFE0}'),
    ('\u{00A3}', '\u{FFE1}'),
    ('\u{00AC}', '\u{FFE2}'),
];

/// 〜 ‖ − — ¢ £ ¬ become ～ ∥ － ― ￠ ￡ ￢, the forms that CP932 has.
pub fn to_windows_forms(text: &str) -> String {
    let twin = |c| {
        TWINS
            .iter()
            .find(|(jis, _)| *jis == c)
            .map_or(c, |(_, windows)| *windows)
    };
    text.chars().map(twin).collect()
}

/// ～ ∥ － ― ￠ ￡ ￢ become 〜 ‖ − — ¢ £ ¬, the forms that systems on JIS tables expect.
pub fn to_jis_forms(text: &str) -> String {
    let twin = |c| {
        TWINS
            .iter()
            .find(|(_, windows)| *windows == c)
            .map_or(c, |(jis, _)| *jis)
    };
    text.chars().map(twin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(bytes: &[u8]) -> (String, Encoding) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn finds_out_the_encoding() {
        let text = "氏名,ｶﾅ,髙﨑①㈱";
        assert_eq!(
            decoded(text.as_bytes()),
            (text.to_owned(), Encoding::Utf8 { bom: false })
        );
        assert_eq!(decoded(&encode(text).bytes), (text.to_owned(), Encoding::Cp932));
        let with_bom = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(decoded(&with_bom), (text.to_owned(), Encoding::Utf8 { bom: true }));
        assert_eq!(decoded(b"a,1\r\n"), ("a,1\r\n".to_owned(), Encoding::Ascii));
        assert_eq!(decoded(b""), (String::new(), Encoding::Ascii));
        assert_eq!(decoded(b"\xFF\xFE\x42\x30a\x00"), ("あa".to_owned(), Encoding::Utf16));
        assert_eq!(decoded(b"\xFE\xFF\x30\x42"), ("あ".to_owned(), Encoding::Utf16));
        assert_eq!(
            decoded(b"\xC4\xB3"),
            ("ﾄｳ".to_owned(), Encoding::Cp932),
            "valid UTF-8, yet half-width kana"
        );
    }

    #[test]
    fn refuses_broken_bytes() {
        assert_eq!(
            decode(b"\xEF\xBB\xBFa\xFF"),
            Err(DecodeError::Broken {
                encoding: Encoding::Utf8 { bom: true }
            })
        );
        assert_eq!(
            decode(b"\xFF\xFEa"),
            Err(DecodeError::Broken {
                encoding: Encoding::Utf16
            })
        );
        assert!(matches!(
            decode(b"ab\xFF\xFFcd"),
            Err(DecodeError::Unknown { offset: 2..=4 })
        ));
        assert!(
            matches!(decode(b"\x88"), Err(DecodeError::Unknown { .. })),
            "cut within a character"
        );
    }

    #[test]
    fn lists_what_cannot_be_written() {
        let encoded = encode("𠮷野㋿葛\u{E0100}😀");
        let missing: Vec<(usize, char)> = encoded.missing.iter().map(|m| (m.position, m.character)).collect();
        assert_eq!(missing, [(0, '𠮷'), (2, '㋿'), (4, '\u{E0100}'), (5, '😀')]);
        assert_eq!(decode_cp932(&encoded.bytes).as_deref(), Ok("〓野〓葛〓"));
        assert_eq!(encode("髙﨑①㈱～ｶﾅ").missing, []);
        assert_eq!(encode("¥300‾").bytes, b"\\300~");
    }

    #[test]
    fn wave_dashes_and_their_kin() {
        let (jis, windows) = ("〜‖−—¢£¬", "～∥－―￠￡￢");
        assert_eq!(to_windows_forms(jis), windows);
        assert_eq!(to_jis_forms(windows), jis);
        let encoded = encode(jis);
        assert_eq!(encoded.missing, []);
        assert_eq!(
            encoded.bytes,
            b"\x81\x60\x81\x61\x81\x7C\x81\x5C\x81\x91\x81\x92\x81\xCA"
        );
        assert_eq!(decode_cp932(&encoded.bytes).as_deref(), Ok(windows));
    }

    #[test]
    fn the_user_area_survives() {
        assert_eq!(encode("\u{E000}").bytes, b"\xF0\x40");
        assert_eq!(encode("\u{E757}").bytes, b"\xF9\xFC");
        let all: String = ('\u{E000}'..='\u{E757}').collect();
        let encoded = encode(&all);
        assert_eq!(encoded.missing, []);
        assert_eq!(decode_cp932(&encoded.bytes), Ok(all));
        assert_eq!(
            encode("\u{E758}").missing,
            [Missing {
                position: 0,
                character: '\u{E758}'
            }]
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in "[ -~ぁ-んァ-ヶ一-龠ｦ-ﾟ\u{E000}-\u{E757}]*") {
            let encoded = encode(&text);
            if encoded.missing.is_empty() {
                prop_assert_eq!(decode_cp932(&encoded.bytes), Ok(text));
            }
        }

        #[test]
        fn any_bytes_and_any_text_are_answered(bytes: Vec<u8>, text in ".*") {
            let _ = decode(&bytes);
            let encoded = encode(&text);
            prop_assert!(encoded.missing.len() <= text.chars().count());
        }
    }
}
