//! Postal codes that the city's look-up knows.

/// One town of the postal table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Town {
    /// Seven digits without the hyphen.
    pub(super) postal: &'static str,
    /// Prefecture, city and town.
    pub(super) address: &'static str,
}

impl Town {
    /// The code as it is written: `850-0032`.
    pub(super) fn postal_text(&self) -> String {
        let (area, rest) = self.postal.split_at(3);
        format!("{area}-{rest}")
    }
}

const fn town(postal: &'static str, address: &'static str) -> Town {
    Town { postal, address }
}

/// Towns in 長崎市.
pub(super) const INSIDE: &[Town] = &[
    town("8500032", "長崎県長崎市興善町"),
    town("8500033", "長崎県長崎市万才町"),
    town("8500034", "長崎県長崎市樺島町"),
    town("8500035", "長崎県長崎市元船町"),
    town("8500036", "長崎県長崎市五島町"),
    town("8500037", "長崎県長崎市金屋町"),
    town("8500031", "長崎県長崎市桜町"),
    town("8500057", "長崎県長崎市大黒町"),
    town("8500058", "長崎県長崎市尾上町"),
    town("8500841", "長崎県長崎市銅座町"),
    town("8500842", "長崎県長崎市新地町"),
    town("8500843", "長崎県長崎市常盤町"),
    town("8500852", "長崎県長崎市万屋町"),
    town("8500853", "長崎県長崎市浜町"),
    town("8500861", "長崎県長崎市江戸町"),
    town("8500862", "長崎県長崎市出島町"),
    town("8500873", "長崎県長崎市諏訪町"),
    town("8500874", "長崎県長崎市魚の町"),
    town("8500875", "長崎県長崎市栄町"),
    town("8500876", "長崎県長崎市賑町"),
    town("8528107", "長崎県長崎市浜口町"),
    town("8528117", "長崎県長崎市平野町"),
    town("8528118", "長崎県長崎市松山町"),
    town("8528131", "長崎県長崎市文教町"),
    town("8528134", "長崎県長崎市大橋町"),
];

/// Towns elsewhere.
pub(super) const OUTSIDE: &[Town] = &[
    town("8540014", "長崎県諫早市東小路町"),
    town("8560831", "長崎県大村市東本町"),
    town("8570806", "長崎県佐世保市島瀬町"),
    town("8512105", "長崎県西彼杵郡時津町浦郷"),
    town("8512128", "長崎県西彼杵郡長与町嬉里郷"),
    town("8100001", "福岡県福岡市中央区天神"),
];

/// All towns, those of the city first.
pub(super) fn all() -> impl Iterator<Item = &'static Town> {
    INSIDE.iter().chain(OUTSIDE)
}

/// The town of a postal code, with or without its hyphen.
pub(super) fn find(postal: &str) -> Option<&'static Town> {
    let digits = postal.trim().replace('-', "");
    all().find(|town| town.postal == digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_seven_digits_and_name_one_town() {
        let mut codes: Vec<&str> = all().map(|town| town.postal).collect();
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 7 && code.bytes().all(|b| b.is_ascii_digit()))
        );
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn only_the_towns_inside_are_in_the_city() {
        assert!(INSIDE.iter().all(|town| town.address.contains("長崎市")));
        assert!(OUTSIDE.iter().all(|town| !town.address.contains("長崎市")));
    }

    #[test]
    fn a_code_is_found_with_and_without_hyphen() {
        assert_eq!(find("850-0032").map(|town| town.address), Some("長崎県長崎市興善町"));
        assert_eq!(find("8500032").map(Town::postal_text).as_deref(), Some("850-0032"));
        assert_eq!(find("8500999"), None);
        assert_eq!(find(""), None);
    }
}
