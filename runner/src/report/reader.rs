//! Who reads: the language, and the zone in which times are told.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::rules::date_format::format_date;
use crate::text::{Lang, Message, Rendered};

use super::layout::plain;
use super::words::Words;

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The language.
    pub lang: Lang,
    /// The zone of the office.
    pub zone: Tz,
}

impl Reader {
    /// The words of the reader's language.
    pub(super) fn words(self) -> &'static Words {
        Words::of(self.lang)
    }

    /// A day: 令和8年11月22日(日), Sun 22 Nov 2026.
    pub fn day(self, day: NaiveDate) -> String {
        let written = match self.lang {
            Lang::Ja => format_date(day, "%EY%-m月%-d日(%Ea)"),
            Lang::En => format_date(day, "%a %-d %b %Y"),
        };
        // A day before the eras that the law knows is told as it is stored.
        written.unwrap_or_else(|_| day.to_string())
    }

    /// An instant: 2026-11-22 22:00:03.
    pub fn instant(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// An instant in short: 11-22 22:00, or 2025-11-22 when it is not of the given year.
    pub(super) fn short(self, at: DateTime<Utc>, year: i32) -> String {
        let at = at.with_timezone(&self.zone);
        let pattern = if at.year() == year { "%m-%d %H:%M" } else { "%Y-%m-%d" };
        at.format(pattern).to_string()
    }

    /// The time of day: 22:00:03.
    pub fn clock(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%H:%M:%S").to_string()
    }

    /// A length of time: 41分12秒, 0.4秒, 2時間3分; `41 min 12 s`.
    pub fn span(self, ms: u64) -> String {
        let [hours, minutes, seconds] = self.lang_units();
        let whole = ms / 1000;
        if whole < 10 {
            // Tenths, cut: a step that took 0.96 s did not take a second.
            return format!("{whole}.{}{seconds}", ms % 1000 / 100);
        }
        let (h, m, s) = (whole / 3600, whole / 60 % 60, whole % 60);
        let mut span = String::new();
        let gap = self.lang.pick("", " ");
        for (count, unit, said) in [(h, hours, h > 0), (m, minutes, whole >= 60), (s, seconds, h == 0)] {
            if said {
                let gap = if span.is_empty() { "" } else { gap };
                // Writing to a string cannot fail.
                let _ = write!(span, "{gap}{count}{unit}");
            }
        }
        span
    }

    fn lang_units(self) -> [&'static str; 3] {
        match self.lang {
            Lang::Ja => ["時間", "分", "秒"],
            Lang::En => [" h", " min", " s"],
        }
    }

    /// A text with a remark in brackets behind it.
    pub(super) fn aside(self, text: &str, remark: &str) -> String {
        match self.lang {
            Lang::Ja => format!("{text}（{remark}）"),
            Lang::En => format!("{text} ({remark})"),
        }
    }

    /// A row of the source: 41 行目, row 41. An item that an earlier run left stands in no row of it.
    pub(super) fn row(self, row: u64) -> String {
        match self.lang {
            _ if row == 0 => self.lang.pick("前からの残り", "left by an earlier run").to_owned(),
            Lang::Ja => format!("{row} 行目"),
            Lang::En => format!("row {row}"),
        }
    }

    /// What is not listed: ほか 3 件, and 3 more.
    pub(super) fn more(self, count: usize) -> String {
        match self.lang {
            Lang::Ja => format!("ほか {count} 件"),
            Lang::En => format!("and {count} more"),
        }
    }

    /// Somebody's own words, in quotation marks.
    pub(super) fn quote(self, text: &str) -> String {
        match self.lang {
            Lang::Ja => format!("「{text}」"),
            Lang::En => format!("“{text}”"),
        }
    }

    /// A message in the reader's language, made harmless for a terminal or page.
    pub(super) fn say(self, message: &Message) -> Rendered {
        let said = message.render(self.lang);
        Rendered {
            code: plain(&said.code),
            what: plain(&said.what),
            mend: plain(&said.mend),
        }
    }

    /// Only what is the matter.
    pub(super) fn what(self, message: &Message) -> String {
        self.say(message).what
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JA: Reader = Reader {
        lang: Lang::Ja,
        zone: chrono_tz::Asia::Tokyo,
    };
    const EN: Reader = Reader {
        lang: Lang::En,
        zone: chrono_tz::Asia::Tokyo,
    };

    #[test]
    fn spans_are_told_as_people_do() {
        for (ms, ja, en) in [
            (0, "0.0秒", "0.0 s"),
            (960, "0.9秒", "0.9 s"),
            (9_999, "9.9秒", "9.9 s"),
            (10_000, "10秒", "10 s"),
            (60_000, "1分0秒", "1 min 0 s"),
            (2_472_000, "41分12秒", "41 min 12 s"),
            (7_380_000, "2時間3分", "2 h 3 min"),
            (3_600_000, "1時間0分", "1 h 0 min"),
        ] {
            assert_eq!((JA.span(ms).as_str(), EN.span(ms).as_str()), (ja, en));
        }
    }

    #[test]
    fn days_and_instants_are_those_of_the_office() {
        let at: DateTime<Utc> = "2026-11-22T16:05:09Z".parse().expect("an instant");
        assert_eq!(JA.instant(at), "2026-11-23 01:05:09");
        assert_eq!(JA.short(at, 2026), "11-23 01:05");
        assert_eq!(JA.short(at, 2027), "2026-11-23");
        let day = at.date_naive();
        assert_eq!(JA.day(day), "令和8年11月22日(日)");
        assert_eq!(EN.day(day), "Sun 22 Nov 2026");
        let ancient = NaiveDate::from_ymd_opt(1700, 1, 2).expect("a day");
        assert_eq!(JA.day(ancient), "1700-01-02");
    }
}
