//! Windows-31J, which the city's older parts and the offices' files are written in.

use encoding_rs::SHIFT_JIS;

/// What stands for a character that the encoding lacks, as in many municipal systems (the "geta").
const GETA: &str = "〓";

/// Encodes a text, with 〓 for each character that CP932 does not know.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = SHIFT_JIS.encode(text);
    if !lossy {
        return bytes.into_owned();
    }
    let known: String = text
        .chars()
        .map(|c| {
            if fits(c.encode_utf8(&mut [0; 4])) {
                c.to_string()
            } else {
                GETA.to_owned()
            }
        })
        .collect();
    SHIFT_JIS.encode(&known).0.into_owned()
}

/// Whether a text can be written without a substitute.
pub(super) fn fits(text: &str) -> bool {
    !SHIFT_JIS.encode(text).2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendor_characters_are_known_and_strangers_become_geta() {
        assert_eq!(
            encode("髙﨑①㍼～"),
            [0xFB, 0xFC, 0xFA, 0xB1, 0x87, 0x40, 0x87, 0x8F, 0x81, 0x60]
        );
        assert_eq!(encode("𠮷A"), [0x81, 0xAC, b'A']);
        assert!(fits("山﨑"));
        assert!(!fits("𠮷"));
    }
}
