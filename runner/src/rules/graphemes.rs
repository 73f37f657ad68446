//! Characters beyond the usual: variants of one kanji, and 外字 in the private area.
//!
//! Source: Unicode UTS #37 (ideographic variation sequences), used by 文字情報基盤 to tell variants apart.

/// Whether the character only chooses the shape of the one before it.
pub fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The text without variation selectors: each kanji in its plain shape.
pub fn without_selectors(text: &str) -> String {
    text.chars().filter(|c| !is_variation_selector(*c)).collect()
}

/// Whether two texts are the same but for the chosen shapes of their kanji (`==` compares with the shapes).
pub fn same_without_selectors(a: &str, b: &str) -> bool {
    let plain = |c: &char| !is_variation_selector(*c);
    a.chars().filter(plain).eq(b.chars().filter(plain))
}

/// The length as a person counts it: a kanji and its selector are one.
pub fn length(text: &str) -> usize {
    text.chars().filter(|c| !is_variation_selector(*c)).count()
}

/// A 外字: a character to which only one system's font gives a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivateCharacter {
    /// Where it stands, in characters from 0.
    pub position: usize,
    /// The character.
    pub character: char,
}

/// All characters of the private areas. Another system shows something else in their place, or nothing.
pub fn private_characters(text: &str) -> Vec<PrivateCharacter> {
    text.chars()
        .enumerate()
        .filter(|(_, c)| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}'))
        .map(|(position, character)| PrivateCharacter { position, character })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_one_kanji() {
        let (plain, variant) = ("葛城", "葛\u{E0100}城");
        assert_ne!(plain, variant);
        assert!(same_without_selectors(plain, variant));
        assert!(!same_without_selectors(plain, "葛木"));
        assert_eq!(without_selectors(variant), plain);
        assert_eq!(length(variant), 2);
        assert_eq!(length("𠮷野"), 2);
    }

    #[test]
    fn private_characters_are_found() {
        let found = private_characters("山\u{E000}田\u{F8FF}髙\u{F0000}");
        let places: Vec<(usize, char)> = found.iter().map(|found| (found.position, found.character)).collect();
        assert_eq!(places, [(1, '\u{E000}'), (3, '\u{F8FF}'), (5, '\u{F0000}')]);
        assert_eq!(private_characters("髙﨑𠮷"), []);
    }
}
