//! Headings of columns, as people find them: regardless of width, blanks and line breaks.

use super::width::fold_heading;

/// How often a heading stands among others; its places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nowhere.
    None,
    /// Once.
    One(usize),
    /// More than once: the first two places.
    Many(usize, usize),
}

/// Looks a heading up: as it is written, else regardless of width, blanks and line breaks.
pub fn find<'a>(headings: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> Found {
    match by(headings.clone(), |heading| heading == wanted) {
        Found::None => {
            let folded = fold_heading(wanted);
            by(headings, |heading| fold_heading(heading) == folded)
        }
        found => found,
    }
}

fn by<'a>(headings: impl Iterator<Item = &'a str>, same: impl Fn(&str) -> bool) -> Found {
    let mut places = headings
        .enumerate()
        .filter(|(_, heading)| same(heading))
        .map(|(place, _)| place);
    match (places.next(), places.next()) {
        (None, _) => Found::None,
        (Some(place), None) => Found::One(place),
        (Some(first), Some(second)) => Found::Many(first, second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_found_however_it_is_written() {
        for (headings, wanted, found) in [
            (&["番号", "氏　名"] as &[&str], "氏名", Found::One(1)),
            (&["番号", "ｶﾅ"], "カナ", Found::One(1)),
            (&["番号", "受付\n日"], "受付日", Found::One(1)),
            (&["番号", "ＮＯ．"], "no.", Found::One(1)),
            // What is written in the same way comes before what only looks the same.
            (&["氏　名", "氏名"], "氏名", Found::One(1)),
            (&["氏　名", "氏 名"], "氏名", Found::Many(0, 1)),
            (&["備考", "x", "備考"], "備考", Found::Many(0, 2)),
            (&["番号"], "住所", Found::None),
        ] {
            assert_eq!(find(headings.iter().copied(), wanted), found, "{headings:?} {wanted}");
        }
    }
}
