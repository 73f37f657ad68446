//! Which column of a table goes into which field of a form: told by the words that stand over them.

use super::super::columns::{From, Rows};
use crate::drivers::browser::{By, Described, FieldKind, Thing, ThingKind, Way};
use crate::rules::width::fold_heading;
use crate::value::ColumnType;

/// A field and the column whose values go into it.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) field: &'a Thing,
    pub(super) way: &'a Way,
    pub(super) from: From,
    /// Whether both have the same heading.
    pub(super) same: bool,
}

/// A form and a table beside each other.
#[derive(Debug, Default)]
pub(super) struct Pairing<'a> {
    /// In the order of the form.
    pub(super) pairs: Vec<Pair<'a>>,
    /// Fields that must be filled, hold nothing and have no column.
    pub(super) missing: Vec<&'a Thing>,
    /// Fields that must be filled, have no column, and hold something from the beginning.
    pub(super) preset: Vec<&'a Thing>,
    /// Fields that may stay as they are.
    pub(super) others: Vec<&'a Thing>,
    /// Columns that go nowhere.
    pub(super) unused: Vec<&'a str>,
}

/// Words that forms and tables have for one thing, as [`fold_heading`] writes them. The first family of which a word stands in
/// a heading counts: the special ones come before those that their words contain.
const MEANINGS: &[&[&str]] = &[
    &["カナ", "フリガナ", "ふりがな", "よみ", "ヨミ", "読み"],
    &["生年月日", "誕生", "生まれ", "生れ", "出生"],
    &["郵便", "〒"],
    &["電話", "携帯", "tel", "連絡先"],
    &["メール", "mail"],
    &["個人番号", "マイナンバー"],
    &["口座"],
    &["方書", "建物"],
    &["住所", "所在"],
    &["氏名", "名前", "姓名", "請求者", "申請者", "届出人", "する人", "した人"],
    &["性別"],
    &["続柄"],
    &["手数料", "料金", "代金", "支払", "額", "小為替"],
    &["通数", "部数", "枚数", "何通", "何部", "何枚"],
    &["受付日", "申請日", "請求日", "届出日"],
    &["備考", "メモ", "摘要", "特記"],
    &["番号", "no.", "コード"],
];

/// How far two headings say the same, as a number to compare by; none where they do not.
pub(super) fn likeness(field: &str, column: &str) -> Option<u8> {
    let (field, column) = (fold_heading(field), fold_heading(column));
    if field.is_empty() || column.is_empty() {
        return None;
    }
    let meaning = |heading: &str| {
        MEANINGS
            .iter()
            .position(|words| words.iter().any(|word| heading.contains(word)))
    };
    let within = |long: &str, short: &str| short.chars().count() > 1 && long.contains(short);
    match (meaning(&field), meaning(&column)) {
        _ if field == column => Some(3),
        (Some(one), Some(other)) if one == other => Some(2),
        (None, None) if within(&field, &column) || within(&column, &field) => Some(1),
        _ => None,
    }
}

/// Puts the columns of a table to the fields of a form, each to one at most, the likest first.
pub(super) fn pairing<'a>(page: &'a Described, rows: &Rows<'a>) -> Pairing<'a> {
    let fields: Vec<(&Thing, &Way)> = page
        .things
        .iter()
        .filter(|thing| thing.kind == ThingKind::Field)
        .filter_map(|thing| Some((thing, thing.ways.first()?)))
        .collect();
    let mut alike: Vec<(u8, usize, usize)> = Vec::new();
    for (place, (field, _)) in fields.iter().enumerate() {
        for (column, heading) in rows.headings().iter().enumerate() {
            let likeness = likeness(&field.name, heading).filter(|_| takes(field, rows, column));
            alike.extend(likeness.map(|likeness| (likeness, place, column)));
        }
    }
    alike.sort_by_key(|(likeness, place, column)| (std::cmp::Reverse(*likeness), *place, *column));
    let mut taken: Vec<(u8, usize, usize)> = Vec::new();
    for (likeness, place, column) in alike {
        if taken.iter().all(|(_, known, used)| *known != place && *used != column) {
            taken.push((likeness, place, column));
        }
    }
    // The one date that must be filled takes the one column of dates that nothing else takes.
    let dates = |field: &Thing| matches!(field.field, Some(FieldKind::Date | FieldKind::DateParts));
    let free = |place: usize| taken.iter().all(|(_, known, _)| *known != place);
    let mut needed = fields.iter().enumerate();
    let mut needed = needed
        .by_ref()
        .filter(|(place, (field, _))| dates(field) && field.required && free(*place));
    let unused = |column: &usize| taken.iter().all(|(_, _, used)| used != column);
    let mut days = (0..rows.headings().len()).filter(|at| rows.types.get(*at) == Some(&ColumnType::Date));
    let mut days = days.by_ref().filter(unused);
    if let ((Some((place, _)), None), (Some(column), None)) =
        ((needed.next(), needed.next()), (days.next(), days.next()))
    {
        taken.push((0, place, column));
    }
    let mut pairing = Pairing::default();
    for (place, (field, way)) in fields.iter().enumerate() {
        let found = taken.iter().find(|(_, known, _)| *known == place);
        let heading = found.and_then(|(_, _, column)| Some((*column, rows.headings().get(*column)?)));
        match heading {
            Some((column, heading)) => pairing.pairs.push(Pair {
                field,
                way,
                from: From {
                    column: heading.clone(),
                    filter: filter(field, rows.types.get(column).copied()),
                },
                same: fold_heading(heading) == fold_heading(&field.name),
            }),
            None if field.required && !field.holds => pairing.missing.push(field),
            None if field.required => pairing.preset.push(field),
            None => pairing.others.push(field),
        }
    }
    let is_used = |at: usize| taken.iter().any(|(_, _, column)| *column == at);
    let unused = rows.headings().iter().enumerate();
    let unused = unused.filter(|(at, heading)| !is_used(*at) && !heading.is_empty());
    pairing.unused = unused.map(|(_, heading)| heading.as_str()).collect();
    pairing
}

impl<'a> Pairing<'a> {
    /// For a search: it is made by one thing, a number if there is one. What else the row tells is compared with what the page
    /// shows; as a further condition it would hide every row that is written a little differently.
    pub(super) fn by_one(mut self, rows: &Rows<'a>) -> Pairing<'a> {
        let is_code = |pair: &Pair<'_>| {
            let at = rows.headings().iter().position(|heading| *heading == pair.from.column);
            at.and_then(|at| rows.types.get(at)) == Some(&ColumnType::Code)
        };
        let one = self.pairs.iter().position(is_code).unwrap_or_default();
        for (place, pair) in std::mem::take(&mut self.pairs).into_iter().enumerate() {
            if place == one {
                self.pairs.push(pair);
                continue;
            }
            self.others.push(pair.field);
            let heading = rows.headings().iter().find(|heading| **heading == pair.from.column);
            self.unused.extend(heading.map(String::as_str));
        }
        self
    }
}

/// Whether a field can take every cell of a column.
fn takes(field: &Thing, rows: &Rows<'_>, column: usize) -> bool {
    match field.field.unwrap_or(FieldKind::Text) {
        FieldKind::Password | FieldKind::File => false,
        FieldKind::Box => rows.types.get(column) == Some(&ColumnType::Flag),
        FieldKind::Date | FieldKind::DateParts => rows.types.get(column) == Some(&ColumnType::Date),
        FieldKind::List | FieldKind::Choice => {
            let known = |cell: &str| {
                let cell = fold_heading(cell);
                cell.is_empty() || field.entries.iter().any(|entry| fold_heading(entry) == cell)
            };
            rows.cells(column).all(known)
        }
        FieldKind::Text | FieldKind::Parts => true,
    }
}

/// What a form's heading asks for: カナ in the kind that it names.
fn filter(field: &Thing, kind: Option<ColumnType>) -> Option<&'static str> {
    if kind != Some(ColumnType::Kana) {
        return None;
    }
    let name = fold_heading(&field.name);
    // The heading itself is folded to full width; only the page's own words tell which kind is asked for.
    match name.as_str() {
        name if name.contains("半角") => Some("半角カナ"),
        name if name.contains("ひらがな") || name.contains("ふりがな") => Some("ひらがな"),
        name if name.contains("カナ") || name.contains("フリガナ") => Some("全角カナ"),
        _ => None,
    }
}

/// Whether a field stands in a form's `browser.fill` by its heading alone.
pub(super) fn is_entry(field: &Thing, way: &Way) -> bool {
    let by_heading = matches!(&way.locator.by, By::Label(label) if *label == field.name);
    let alone = way.locator.within.is_none() && way.locator.nth.is_none() && way.locator.frame.is_none();
    by_heading && alone && field.field != Some(FieldKind::Box)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_say_the_same_are_known() {
        for (field, column, expected) in [
            ("氏　名", "氏名", Some(3)),
            ("氏名", "お名前", Some(2)),
            ("フリガナ", "よみ", Some(2)),
            ("氏名", "氏名カナ", None),
            ("生年月日", "誕生日", Some(2)),
            ("郵便番号", "番号", None),
            ("請求番号", "番号", Some(2)),
            ("郵便番号", "郵便", Some(2)),
            ("手数料", "料金", Some(2)),
            ("備考", "メモ", Some(2)),
            ("手数料", "同封の小為替（円）", Some(2)),
            ("請求通数", "何通", Some(2)),
            ("氏名", "請求する人", Some(2)),
            ("請求者の区分", "区分", None),
            ("世帯の区分", "区分", Some(1)),
            ("区分", "区", None),
            ("住所", "氏名", None),
            ("", "", None),
        ] {
            assert_eq!(likeness(field, column), expected, "{field} {column}");
        }
    }
}
