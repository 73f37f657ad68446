//! The filters themselves.

use minijinja::{Error, Value};

use super::convert::{
    bounded, convert, digits, each, fullwidth, half_kana, hiragana, is_blank, katakana, on_amount, on_date, read_date,
    text, unknown_setting, whole, written,
};
use super::{Filter, Takes};
use crate::rules::fiscal::FiscalYear;
use crate::rules::postal::PostalCode;
use crate::rules::{age, amount, graphemes, width};

/// Every filter, in the order they are shown.
pub const FILTERS: &[Filter] = &[
    Filter {
        name: "全角カナ",
        english: "katakana",
        takes: Takes::Any,
        settings: &[],
        ja: "半角カナとひらがなを全角のカタカナにします。",
        en: "Half-width kana and hiragana become full-width katakana.",
        examples: &[("'ﾔﾏﾀﾞ たろう' | 全角カナ", "ヤマダ タロウ")],
        add: |to, name| to.add_filter(name, move |value: Value| each(name, &value, katakana)),
    },
    Filter {
        name: "半角カナ",
        english: "half_kana",
        takes: Takes::Any,
        settings: &[],
        ja: "かなを半角カナに、全角の英数字と空白を半角にします。",
        en: "Kana, letters, digits and blanks become half-width.",
        examples: &[("'ヤマダ　たろう' | 半角カナ", "ﾔﾏﾀﾞ ﾀﾛｳ")],
        add: |to, name| to.add_filter(name, move |value: Value| each(name, &value, half_kana)),
    },
    Filter {
        name: "ひらがな",
        english: "hiragana",
        takes: Takes::Any,
        settings: &[],
        ja: "カタカナ（半角も）をひらがなにします。",
        en: "Katakana of either width become hiragana.",
        examples: &[("'ﾔﾏﾀﾞ タロウ' | ひらがな", "やまだ たろう")],
        add: |to, name| to.add_filter(name, move |value: Value| each(name, &value, hiragana)),
    },
    Filter {
        name: "全角",
        english: "fullwidth",
        takes: Takes::Any,
        settings: &[],
        ja: "英数字・記号・空白・カナを全角にします。",
        en: "Letters, digits, signs, blanks and kana become full-width.",
        examples: &[("'ABC-1 ｱ' | 全角", "ＡＢＣ－１　ア")],
        add: |to, name| to.add_filter(name, move |value: Value| each(name, &value, fullwidth)),
    },
    Filter {
        name: "半角",
        english: "halfwidth",
        takes: Takes::Any,
        settings: &[],
        ja: "英数字・記号・空白を半角にします。カナはそのままです。",
        en: "Letters, digits, signs and blanks become half-width; kana stay.",
        examples: &[("'ＡＢＣ－１　ア' | 半角", "ABC-1 ア")],
        add: |to, name| to.add_filter(name, move |value: Value| each(name, &value, width::to_halfwidth_ascii)),
    },
    Filter {
        name: "日付",
        english: "date",
        takes: Takes::Date,
        settings: &[Takes::Word],
        ja: "日付を書式どおりに書きます。%Y 西暦年、%m 月、%d 日、%-m 0なしの月、%EY 令和8年、%Ea 曜日。書式がなければ 2026-11-23 の形です。",
        en: "Writes a date by a pattern: %Y year, %m month, %d day, %-m without zero, %EY 令和8年, %Ea 月. Without a pattern: 2026-11-23.",
        examples: &[
            ("'R8.11.23' | 日付('%Y%m%d')", "20261123"),
            ("'令和8年11月3日' | 日付('%-m月%-d日（%Ea）')", "11月3日（火）"),
            ("'S39.10.10' | 日付", "1964-10-10"),
        ],
        add: |to, name| {
            to.add_filter(name, move |value: Value, pattern: Option<String>| {
                on_date(name, &value, |date| {
                    written(date, pattern.as_deref().unwrap_or("%Y-%m-%d"))
                })
            });
        },
    },
    Filter {
        name: "和暦",
        english: "wareki",
        takes: Takes::Date,
        settings: &[Takes::Word],
        ja: "日付を和暦で書きます。'短' なら R8.11.23 の形です。",
        en: "Writes a date in the Japanese calendar; with '短' as R8.11.23.",
        examples: &[
            ("'2026-11-23' | 和暦", "令和8年11月23日"),
            ("'2026-11-23' | 和暦('短')", "R8.11.23"),
        ],
        add: |to, name| {
            to.add_filter(name, move |value: Value, style: Option<String>| {
                let pattern = match style.as_deref() {
                    None | Some("長" | "long") => "和暦",
                    Some("短" | "short") => "和暦短",
                    Some(other) => return Err(unknown_setting(name, other, "長、短")),
                };
                on_date(name, &value, |date| written(date, pattern))
            });
        },
    },
    Filter {
        name: "年度",
        english: "fiscal_year",
        takes: Takes::Date,
        settings: &[Takes::Word],
        ja: "日付の年度を数で返します。'和暦' なら「令和8年度」の形です。",
        en: "The fiscal year of a date as a number; with '和暦' as 令和8年度.",
        examples: &[
            ("'2027-03-31' | 年度", "2026"),
            ("'2027-03-31' | 年度('和暦')", "令和8年度"),
        ],
        add: |to, name| {
            to.add_filter(name, move |value: Value, style: Option<String>| {
                match style.as_deref() {
                    None | Some("西暦") => {
                        on_date(name, &value, |date| Ok(FiscalYear::of(date).map(FiscalYear::year)))
                    }
                    Some("和暦") => on_date(name, &value, |date| {
                        Ok(FiscalYear::of(date).map(FiscalYear::name).transpose()?)
                    }),
                    Some(other) => Err(unknown_setting(name, other, "西暦、和暦")),
                }
            });
        },
    },
    Filter {
        name: "年齢",
        english: "age",
        takes: Takes::Date,
        settings: &[Takes::Date],
        ja: "生年月日から、かっこの中の日の満年齢を返します（誕生日に1つ増えます）。",
        en: "The age on the day in brackets, counted from the birthday.",
        examples: &[
            ("'H3.4.1' | 年齢('2026-03-31')", "34"),
            ("'H3.4.1' | 年齢('2026-04-01')", "35"),
        ],
        add: |to, name| {
            to.add_filter(name, move |value: Value, on: Value| {
                let day = read_date(name, &on)?;
                on_date(
                    name,
                    &value,
                    |birth| Ok(day.and_then(|day| age::age_common(birth, day))),
                )
            });
        },
    },
    Filter {
        name: "金額",
        english: "amount",
        takes: Takes::Amount,
        settings: &[],
        ja: "金額を 1,200 の形で書きます。",
        en: "Writes an amount as 1,200.",
        examples: &[("'１２００円' | 金額", "1,200"), ("1234567 | 金額", "1,234,567")],
        add: |to, name| to.add_filter(name, move |value: Value| on_amount(name, &value, amount::format_amount)),
    },
    Filter {
        name: "数値",
        english: "number",
        takes: Takes::Amount,
        settings: &[],
        ja: "文字を、計算や比較に使える数にします。",
        en: "Makes a text a number to count or compare with.",
        examples: &[("('1,200円' | 数値) + 300", "1500")],
        add: |to, name| to.add_filter(name, move |value: Value| on_amount(name, &value, |number| number)),
    },
    Filter {
        name: "数字のみ",
        english: "digits",
        takes: Takes::Any,
        settings: &[],
        ja: "数字だけを残し、半角にします。",
        en: "Keeps the digits alone, half-width.",
        examples: &[("'０９５－０００－１２３４' | 数字のみ", "0950001234")],
        add: |to, name| to.add_filter(name, move |value: Value| each(name, &value, digits)),
    },
    Filter {
        name: "郵便番号",
        english: "postal",
        takes: Takes::Postal,
        settings: &[],
        ja: "郵便番号を 850-0003 の形にします。",
        en: "Writes a postal code as 850-0003.",
        examples: &[("'〒８５０ー０００３' | 郵便番号", "850-0003")],
        add: |to, name| {
            to.add_filter(name, move |value: Value| {
                convert(name, &value, |text| Ok(PostalCode::parse(text)?.hyphenated()))
            });
        },
    },
    Filter {
        name: "空なら",
        english: "default",
        takes: Takes::Any,
        settings: &[Takes::Any],
        ja: "値がないとき、かっこの中の値を使います。",
        en: "The value in brackets where there is none.",
        examples: &[("'' | 空なら('なし')", "なし"), ("'森' | 空なら('なし')", "森")],
        add: |to, name| {
            to.add_filter(
                name,
                |value: Value, other: Value| if is_blank(&value) { other } else { value },
            )
        },
    },
    Filter {
        name: "置換",
        english: "replace",
        takes: Takes::Any,
        settings: &[Takes::Any, Takes::Any],
        ja: "文字を別の文字に置きかえます。",
        en: "Puts one text in place of another.",
        examples: &[("'長崎市桜町' | 置換('長崎市', '')", "桜町")],
        add: |to, name| {
            to.add_filter(name, move |value: Value, from: String, with: String| {
                let text = text(name, &value)?;
                let times = text.matches(&from).count();
                bounded(name, text.len().saturating_add(times.saturating_mul(with.len())))?;
                Ok::<_, Error>(text.replace(&from, &with))
            });
        },
    },
    Filter {
        name: "前後の空白を除く",
        english: "trim",
        takes: Takes::Any,
        settings: &[],
        ja: "前と後ろの空白（全角も）を除きます。",
        en: "Takes off the blanks around a text.",
        examples: &[("'　森 一郎 ' | 前後の空白を除く", "森 一郎")],
        add: |to, name| {
            to.add_filter(name, move |value: Value| {
                each(name, &value, |text| text.trim().to_owned())
            })
        },
    },
    Filter {
        name: "空白を除く",
        english: "remove_blanks",
        takes: Takes::Any,
        settings: &[],
        ja: "空白（全角も）をすべて除きます。",
        en: "Takes out every blank.",
        examples: &[("'森　一郎' | 空白を除く", "森一郎")],
        add: |to, name| {
            to.add_filter(name, move |value: Value| {
                each(name, &value, |text| text.split_whitespace().collect())
            })
        },
    },
    Filter {
        name: "先頭",
        english: "left",
        takes: Takes::Any,
        settings: &[Takes::Count],
        ja: "はじめの何文字かを取り出します。",
        en: "The first characters.",
        examples: &[("'850-0003' | 先頭(3)", "850")],
        add: |to, name| {
            to.add_filter(name, move |value: Value, count: usize| {
                each(name, &value, |text| text.chars().take(count).collect())
            });
        },
    },
    Filter {
        name: "末尾",
        english: "right",
        takes: Takes::Any,
        settings: &[Takes::Count],
        ja: "終わりの何文字かを取り出します。",
        en: "The last characters.",
        examples: &[("'850-0003' | 末尾(4)", "0003")],
        add: |to, name| {
            to.add_filter(name, move |value: Value, count: usize| {
                each(name, &value, |text| {
                    let skipped = text.chars().count().saturating_sub(count);
                    text.chars().skip(skipped).collect()
                })
            });
        },
    },
    Filter {
        name: "ゼロ埋め",
        english: "zero_pad",
        takes: Takes::Any,
        settings: &[Takes::Count],
        ja: "左に 0 を足して、けたをそろえます。",
        en: "Adds zeros at the left up to the wanted length.",
        examples: &[("12 | ゼロ埋め(5)", "00012")],
        add: |to, name| {
            to.add_filter(name, move |value: Value, wanted: usize| {
                bounded(name, wanted)?;
                each(name, &value, |text| {
                    let missing = wanted.saturating_sub(text.chars().count());
                    format!("{}{text}", "0".repeat(missing))
                })
            });
        },
    },
    Filter {
        name: "文字数",
        english: "text_length",
        takes: Takes::Any,
        settings: &[],
        ja: "文字の数を返します。異体字は1文字と数えます。",
        en: "The number of characters; a kanji with its variant selector is one.",
        examples: &[("'葛\u{E0100}城' | 文字数", "2")],
        add: |to, name| {
            to.add_filter(name, move |value: Value| {
                Ok::<_, Error>(graphemes::length(&text(name, &value)?))
            })
        },
    },
    Filter {
        name: "件数",
        english: "count",
        takes: Takes::List,
        settings: &[],
        ja: "一覧の件数を返します。",
        en: "How many a list holds.",
        examples: &[("['甲', '乙'] | 件数", "2")],
        add: |to, name| to.add_filter(name, minijinja::filters::length),
    },
    Filter {
        name: "つなぐ",
        english: "join",
        takes: Takes::List,
        settings: &[Takes::Any],
        ja: "一覧の値を、かっこの中の文字でつなぎます。",
        en: "Joins the values of a list.",
        examples: &[("['甲', '乙'] | つなぐ('、')", "甲、乙")],
        add: |to, name| {
            to.add_filter(name, move |values: Vec<Value>, between: Option<String>| {
                let between = between.unwrap_or_default();
                let texts = values
                    .iter()
                    .map(|value| text(name, value))
                    .collect::<Result<Vec<_>, _>>()?;
                bounded(name, texts.iter().map(|text| text.len() + between.len()).sum())?;
                Ok::<_, Error>(texts.join(&between))
            });
        },
    },
    Filter {
        name: "分ける",
        english: "split",
        takes: Takes::Any,
        settings: &[Takes::Any],
        ja: "文字を、かっこの中の文字のところで分けて一覧にします。",
        en: "Splits a text into a list.",
        examples: &[("('2026-11-23' | 分ける('-'))[1]", "11")],
        add: |to, name| {
            to.add_filter(name, move |value: Value, at: String| {
                let text = text(name, &value)?;
                let parts = if at.is_empty() {
                    vec![text]
                } else {
                    text.split(&at).map(str::to_owned).collect()
                };
                Ok::<_, Error>(parts)
            });
        },
    },
    Filter {
        name: "四捨五入",
        english: "round",
        takes: Takes::Amount,
        settings: &[],
        ja: "小数点より下を四捨五入します。",
        en: "Rounds to a whole number, a half away from zero.",
        examples: &[("2.5 | 四捨五入", "3"), ("(0 - 2.5) | 四捨五入", "-3")],
        add: |to, name| to.add_filter(name, move |value: Value| whole(name, &value, f64::round)),
    },
    Filter {
        name: "切り捨て",
        english: "truncate",
        takes: Takes::Amount,
        settings: &[],
        ja: "小数点より下を切り捨てます。",
        en: "Cuts off what stands behind the point.",
        examples: &[("(7 / 2) | 切り捨て", "3")],
        add: |to, name| to.add_filter(name, move |value: Value| whole(name, &value, f64::trunc)),
    },
];
