//! ふりがな: readings behind the words of help texts, for staff who are new to them.
//!
//! A word gets its reading where it first stands: 差（さ）し戻（もど）し. A run of kanji is read whole or not at all: a
//! reading of its half would be taken for that of the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A way to read a word: what must follow it, and the reading.
type Ways = Vec<(&'static str, &'static str)>;

static READINGS: LazyLock<BTreeMap<&'static str, Ways>> = LazyLock::new(|| {
    let mut readings: BTreeMap<&str, Ways> = BTreeMap::new();
    let lines = include_str!("readings.txt").lines();
    for (word, reading) in lines
        .filter_map(|line| line.split_once(' '))
        .filter(|(word, _)| *word != "#")
    {
        let (word, follows) = word.split_once('|').unwrap_or((word, ""));
        readings.entry(word).or_default().push((follows, reading));
    }
    for ways in readings.values_mut() {
        // What fits only before certain letters goes first.
        ways.sort_by_key(|(follows, _)| std::cmp::Reverse(follows.len()));
    }
    readings
});

/// What begins the example at the end of a help page.
const EXAMPLE: &str = "例：";
/// Lines that stand deeper than this are to be copied.
const PROSE: &str = "   ";

/// A help page with readings behind its words. What is there to be copied is left as it is: lines that stand deep, what
/// follows 「例：」, and what stands between backticks or in `${{ }}`.
pub fn with_readings(page: &str) -> String {
    let mut told = BTreeSet::new();
    let mut read = String::with_capacity(page.len() * 2);
    let mut copied = false;
    for line in page.split_inclusive('\n') {
        copied |= line.trim_end() == EXAMPLE;
        if copied || line.starts_with(PROSE) {
            read.push_str(line);
        } else {
            read_line(line, &mut told, &mut read);
        }
    }
    read
}

fn read_line<'t>(line: &'t str, told: &mut BTreeSet<(&'t str, &'static str)>, read: &mut String) {
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '`' => code(rest, "`"),
            '$' if rest.starts_with("${{") => code(rest, "}}"),
            kanji if is_kanji(kanji) => {
                let run = rest.find(|sign| !is_kanji(sign)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(run);
                read_run(word, after, told, read);
                rest = after;
                continue;
            }
            other => other.len_utf8(),
        };
        let (same, after) = rest.split_at(length);
        read.push_str(same);
        rest = after;
    }
}

/// Bytes up to the end of what begins here; all of the rest when it has no end.
fn code(text: &str, end: &str) -> usize {
    text.get(1..)
        .and_then(|inner| inner.find(end))
        .map_or(text.len(), |at| 1 + at + end.len())
}

fn is_kanji(sign: char) -> bool {
    matches!(sign, '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Writes a run of kanji with the readings of its words that were not told before.
fn read_run<'t>(run: &'t str, after: &str, told: &mut BTreeSet<(&'t str, &'static str)>, read: &mut String) {
    let Some(words) = words_of(run, after) else {
        read.push_str(run);
        return;
    };
    for (word, reading) in words {
        read.push_str(word);
        if told.insert((word, reading)) {
            read.push('（');
            read.push_str(reading);
            read.push('）');
        }
    }
}

/// The run cut into words that are known, the fewest there can be.
fn words_of<'t>(run: &'t str, after: &str) -> Option<Vec<(&'t str, &'static str)>> {
    if run.is_empty() {
        return Some(Vec::new());
    }
    let ends = run.char_indices().map(|(at, sign)| at + sign.len_utf8());
    let ways = ends.filter_map(|end| {
        let (word, rest) = run.split_at(end);
        let follows = if rest.is_empty() { after } else { rest };
        let ways = READINGS.get(word)?;
        let (_, reading) = ways.iter().find(|(needed, _)| follows.starts_with(needed))?;
        let mut words = words_of(rest, after)?;
        words.insert(0, (word, *reading));
        Some(words)
    });
    ways.min_by_key(Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_get_their_readings_where_they_first_stand() {
        for (text, read) in [
            ("差し戻し", "差（さ）し戻（もど）し"),
            ("番号を書く。番号", "番号（ばんごう）を書（か）く。番号"),
            ("受付番号", "受付（うけつけ）番号（ばんごう）"),
            ("1行を行います", "1行（ぎょう）を行（おこな）います"),
            ("生年月日", "生年月日（せいねんがっぴ）"),
            ("`番号` と ${{ item.番号 }}", "`番号` と ${{ item.番号 }}"),
            ("", ""),
            ("`閉じない番号", "`閉じない番号"),
        ] {
            assert_eq!(with_readings(text), read, "{text}");
        }
    }

    #[test]
    fn what_is_to_be_copied_stays_as_it_is() {
        let page = "番号を書く\n     氏名: 番号\n氏名\n例：\n  - browser.fill: [住所]\n";
        assert_eq!(
            with_readings(page),
            "番号（ばんごう）を書（か）く\n     氏名: 番号\n氏名（しめい）\n例：\n  - browser.fill: [住所]\n"
        );
    }

    #[test]
    fn a_word_that_is_not_known_whole_is_left_alone() {
        assert_eq!(with_readings("魑魅番号"), "魑魅番号");
        assert_eq!(with_readings("Excel"), "Excel");
    }

    #[test]
    fn the_list_is_in_order() {
        for (word, ways) in READINGS.iter() {
            assert!(word.chars().all(is_kanji), "{word}");
            let follows: BTreeSet<&str> = ways.iter().map(|(follows, _)| *follows).collect();
            assert_eq!(follows.len(), ways.len(), "{word} twice");
            let kana = |reading: &str| reading.chars().all(|sign| ('ぁ'..='ん').contains(&sign));
            assert!(
                ways.iter().all(|(_, reading)| !reading.is_empty() && kana(reading)),
                "{word}"
            );
        }
    }
}
