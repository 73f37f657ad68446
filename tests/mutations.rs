//! Every slip of the keyboard, on every line of the tutorial's scenario: it is told on its own line, and mending gives the
//! scenario back.

use std::fmt::Write as _;

use yakin::diag::{Severity, Source, human, mended};
use yakin::scenario::{parse, source};
use yakin::text::Lang;

use crate::check::check;

const SCENARIO: &str = include_str!("../scenarios/juminhyo-yubin.yaml");

/// A slip: its name, and what may become of a line.
type Slip = (&'static str, fn(&str) -> Vec<String>);

/// The line with each place of `from` replaced, one at a time.
fn each(line: &str, from: &str, to: &str) -> Vec<String> {
    line.match_indices(from)
        .map(|(at, _)| format!("{}{to}{}", &line[..at], &line[at + from.len()..]))
        .collect()
}

/// The part of a line that is no comment.
fn body(line: &str) -> (&str, &str) {
    let at = line.find(" #").unwrap_or(line.len());
    line.split_at(at)
}

/// What becomes of the part of a line that is no comment.
fn in_body(line: &str, slip: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let (body, comment) = body(line);
    slip(body).into_iter().map(|body| format!("{body}{comment}")).collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The line indented by something else.
fn indented(line: &str, with: impl Fn(&str) -> String) -> Vec<String> {
    let (blanks, rest) = line.split_at(indent(line));
    vec![format!("{}{rest}", with(blanks))]
}

fn wide(text: &str) -> String {
    let wide = |sign: char| match sign {
        '!'..='~' => char::from_u32(u32::from(sign) + 0xFEE0).expect("a full-width sign"),
        other => other,
    };
    text.chars().map(wide).collect()
}

/// The name at a line's beginning, in full width.
fn wide_name(line: &str) -> Vec<String> {
    let start = line.len() - line.trim_start_matches([' ', '-']).len();
    match line[start..].split_once(':') {
        Some((name, rest)) if name.is_ascii() && !name.is_empty() && !name.starts_with('#') => {
            vec![format!("{}{}:{rest}", &line[..start], wide(name))]
        }
        _ => Vec::new(),
    }
}

/// Each run of ASCII letters in `{ }`, in full width.
fn wide_names_in_braces(line: &str) -> Vec<String> {
    let (body, _) = body(line);
    let Some(open) = body
        .find("{ ")
        .filter(|open| !body[..*open].ends_with("${") && !body.contains("${{"))
    else {
        return Vec::new();
    };
    body[open..]
        .match_indices(": ")
        .filter_map(|(at, _)| {
            let end = open + at;
            let name = body[..end].rsplit([' ', '{', ',']).next()?;
            let start = end - name.len();
            (!name.is_empty() && name.is_ascii()).then(|| format!("{}{}{}", &line[..start], wide(name), &line[end..]))
        })
        .collect()
}

/// The signs of expressions, and what stands in conditions, in full width.
fn wide_operators(line: &str) -> Vec<String> {
    let (body, _) = body(line);
    if !body.contains("${{") && !body.contains("item.") {
        return Vec::new();
    }
    let start = body.find("${{").or_else(|| body.find("item.")).unwrap_or(0);
    ["|", "<", ".", "(", ")", "item", "run", "300"]
        .iter()
        .flat_map(|sign| {
            body[start..]
                .match_indices(sign)
                .filter(|(at, _)| {
                    let inside = &body[start..start + at];
                    let open = inside.matches("${{").count() > inside.matches("}}").count();
                    open || !body.contains("${{")
                })
                .map(|(at, _)| {
                    format!(
                        "{}{}{}",
                        &line[..start + at],
                        wide(sign),
                        &line[start + at + sign.len()..]
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn expression_signs(line: &str) -> Vec<String> {
    [
        ("${{", "＄｛｛"),
        ("${{", "$｛｛"),
        ("${{", "＄{{"),
        ("${{", "{{"),
        ("${{", "$｛{"),
        ("}}", "｝｝"),
        ("}}", "}｝"),
        ("}}", "}"),
    ]
    .iter()
    .flat_map(|(from, to)| each(line, from, to))
    .chain([
        line.replace("${{", "＄｛｛").replace("}}", "｝｝"),
        line.replace("${{", "${").replace("}}", "}"),
    ])
    .collect()
}

const SLIPS: &[Slip] = &[
    ("wide colon", |line| in_body(line, |body| each(body, ": ", "："))),
    ("wide colon and blank", |line| {
        in_body(line, |body| each(body, ": ", "： "))
    }),
    ("wide colon, wide blank", |line| {
        in_body(line, |body| each(body, ": ", "：　"))
    }),
    ("wide colon at the end", |line| match line.strip_suffix(':') {
        Some(name) => vec![
            format!("{name}："),
            format!("{name}: 　"),
            format!("{name}:　"),
            format!("{name}：　"),
        ],
        None => Vec::new(),
    }),
    ("wide blank after colon", |line| {
        in_body(line, |body| each(body, ": ", ":　"))
    }),
    ("another wide blank after colon", |line| {
        in_body(line, |body| each(body, ": ", ": 　"))
    }),
    ("no blank after colon", |line| {
        in_body(line, |body| each(body, ": ", ":"))
    }),
    ("no-break blank after colon", |line| {
        in_body(line, |body| each(body, ": ", ":\u{A0}"))
    }),
    ("tab after colon", |line| in_body(line, |body| each(body, ": ", ":\t"))),
    ("wide dash", |line| {
        each(line, "- ", "－ ")
            .into_iter()
            .filter(|text| text.trim_start().starts_with('－'))
            .collect()
    }),
    ("wide dash alone", |line| {
        each(line, "- ", "－")
            .into_iter()
            .filter(|text| text.trim_start().starts_with('－'))
            .collect()
    }),
    ("long vowel for dash", |line| {
        each(line, "- ", "ー ")
            .into_iter()
            .filter(|text| text.trim_start().starts_with('ー'))
            .collect()
    }),
    ("minus for dash", |line| {
        each(line, "- ", "− ")
            .into_iter()
            .filter(|text| text.trim_start().starts_with('−'))
            .collect()
    }),
    ("wide blank after dash", |line| {
        each(line, "- ", "-　")
            .into_iter()
            .filter(|text| text.trim_start().starts_with('-'))
            .collect()
    }),
    ("no blank after dash", |line| {
        each(line, "- ", "-")
            .into_iter()
            .filter(|text| text.trim_start().starts_with('-'))
            .collect()
    }),
    ("wide braces", |line| {
        let both = line.replace("{ ", "｛ ").replace(" }", " ｝");
        in_body(line, |body| {
            if body.contains("${{") {
                Vec::new()
            } else {
                [
                    each(body, "{ ", "｛ "),
                    each(body, " }", " ｝"),
                    each(body, "{ ", "｛"),
                    each(body, " }", "　}"),
                ]
                .concat()
            }
        })
        .into_iter()
        .chain((!line.contains("${{")).then_some(both))
        .collect()
    }),
    ("wide brackets", |line| {
        let both = line.replace('[', "［").replace(']', "］");
        in_body(line, |body| {
            if body.contains("${{") {
                Vec::new()
            } else {
                [each(body, "[", "［"), each(body, "]", "］")].concat()
            }
        })
        .into_iter()
        .chain([both])
        .collect()
    }),
    ("wide comma", |line| {
        in_body(line, |body| {
            if body.contains(['{', '[']) {
                [each(body, ", ", "，"), each(body, ", ", "， ")].concat()
            } else {
                Vec::new()
            }
        })
    }),
    ("Japanese comma in a list", |line| {
        in_body(line, |body| {
            if body.contains('[') {
                each(body, ", ", "、")
            } else {
                Vec::new()
            }
        })
    }),
    ("every comma wide", |line| {
        if line.contains('[') {
            vec![line.replace(", ", "，")]
        } else {
            Vec::new()
        }
    }),
    ("wide hash", |line| each(line, " #", " ＃")),
    ("wide hash after a wide blank", |line| each(line, " #", "　＃")),
    ("wide quotes", |line| {
        let pairs = [("“", "”"), ("”", "”"), ("＂", "＂"), ("‘", "’"), ("„", "“")];
        pairs
            .iter()
            .filter(|_| line.matches('"').count() == 2)
            .map(|(open, close)| {
                let mut parts = line.splitn(3, '"');
                let mut part = || parts.next().expect("a part");
                format!("{}{open}{}{close}{}", part(), part(), part())
            })
            .collect()
    }),
    ("one wide quote", |line| {
        [each(line, "\"", "”"), each(line, "\"", "“"), each(line, "\"", "＂")].concat()
    }),
    ("quote forgotten", |line| {
        if line.contains("日付(") {
            Vec::new()
        } else {
            each(line, "\"", "")
        }
    }),
    ("no quotes", |line| {
        vec![line.replace('"', "")]
            .into_iter()
            .filter(|text| text.contains(" { "))
            .collect()
    }),
    ("expression signs", expression_signs),
    ("wide operators", wide_operators),
    ("wide name", wide_name),
    ("wide names in braces", wide_names_in_braces),
    ("tab indentation", |line| {
        indented(line, |blanks| blanks.replace("  ", "\t"))
    }),
    ("one tab", |line| {
        indented(line, |blanks| {
            if blanks.is_empty() {
                String::new()
            } else {
                "\t".to_owned()
            }
        })
    }),
    ("wide indentation", |line| {
        indented(line, |blanks| blanks.replace("  ", "　"))
    }),
    ("half wide indentation", |line| {
        indented(line, |blanks| blanks.replacen("  ", "　", 1))
    }),
    ("wide signs for blanks", |line| {
        indented(line, |blanks| blanks.replace(' ', "　"))
    }),
    ("no-break indentation", |line| {
        indented(line, |blanks| blanks.replace(' ', "\u{A0}"))
    }),
    ("one blank more", |line| {
        if line.trim().is_empty() {
            Vec::new()
        } else {
            vec![format!(" {line}")]
        }
    }),
    ("one blank fewer", |line| {
        line.strip_prefix(' ').map(str::to_owned).into_iter().collect()
    }),
    ("brace not closed", |line| {
        in_body(line, |body| {
            if body.trim_end().ends_with('}') && !body.trim_end().ends_with("}}") {
                each(body, " }", "")
                    .into_iter()
                    .filter(|text| !text.contains('}') || text.contains("}}"))
                    .collect()
            } else {
                Vec::new()
            }
        })
    }),
    ("bracket not closed", |line| in_body(line, |body| each(body, "]", ""))),
    ("brace not opened", |line| {
        in_body(line, |body| {
            if body.contains("${{") {
                Vec::new()
            } else {
                each(body, "{ ", "")
            }
        })
    }),
    ("bracket not opened", |line| in_body(line, |body| each(body, "[", ""))),
    ("wrong closing", |line| {
        in_body(line, |body| {
            if body.contains("${{") {
                Vec::new()
            } else {
                [each(body, " }", " ]"), each(body, "]", "}")].concat()
            }
        })
    }),
    ("zero-width blank", |line| {
        [
            each(line, ": ", "\u{200B}: "),
            each(line, ": ", ": \u{200B}"),
            vec![format!("\u{FEFF}{line}"), format!("{line}\u{200B}")],
        ]
        .concat()
    }),
    ("blank at the end", |line| {
        vec![
            format!("{line} "),
            format!("{line}\t"),
            format!("{line}　"),
            format!("{line}\u{A0}"),
        ]
    }),
    ("control sign", |line| {
        vec![format!("{line}\u{7}"), format!("\u{0}{line}"), format!("{line}\u{1A}")]
    }),
    ("line ends", |line| {
        vec![format!("{line}\r"), format!("{line}\r\r")]
            .into_iter()
            .take(1)
            .collect()
    }),
];

/// A document without the places of its parts.
fn meaning(text: &str) -> String {
    let read = source::read("scenarios/a.yaml", text.as_bytes()).expect("a text");
    let told = format!("{:?}", parse(&read).document);
    let mut bare = String::with_capacity(told.len());
    let mut rest = told.as_str();
    while let Some(at) = rest.find("Span { start: ") {
        bare.push_str(&rest[..at]);
        rest = rest[at..].split_once('}').map_or("", |(_, rest)| rest);
    }
    bare.push_str(rest);
    bare
}

/// What is wrong with the answer to a slip on a line.
fn wrong_answer(text: &str, line: usize, meant: &str) -> Option<String> {
    let findings = check("a", text.as_bytes());
    let told = || human::render(&findings, Lang::Ja);
    let found: Vec<(usize, Severity, bool)> = findings
        .iter()
        .filter(|(_, diagnostic)| diagnostic.severity != Severity::Hint)
        .map(|(source, found)| (source.line_of(found.span.start), found.severity, found.mended.is_some()))
        .collect();
    if found.is_empty() {
        return (meaning(text) != meant).then(|| format!("nothing is said\n{}", told()));
    }
    if found.iter().any(|(at, _, mended)| *at != line || !mended) {
        return Some(format!("something else is said\n{}", told()));
    }
    let read: Source = source::read("scenarios/a.yaml", text.as_bytes()).expect("a text");
    let all: Vec<_> = findings.iter().map(|(_, found)| found.clone()).collect();
    let mended = mended(&read, &all).expect("a mended text");
    let again = check("a", mended.as_bytes());
    let rest = again.count(Severity::Error) + again.count(Severity::Warning);
    (rest > 0 || meaning(&mended) != meant)
        .then(|| format!("mended to\n{}\n{}", mended.lines().nth(line - 1).unwrap_or(""), told()))
}

#[test]
fn every_slip_on_every_line_is_told_on_its_line_and_mended() {
    let meant = meaning(SCENARIO);
    let lines: Vec<&str> = SCENARIO.lines().collect();
    let (mut tried, mut wrong, mut count) = (0, String::new(), 0);
    for (name, slip) in SLIPS {
        for (at, line) in lines.iter().enumerate() {
            for slipped in slip(line).into_iter().filter(|slipped| slipped != line) {
                let text: Vec<&str> = lines
                    .iter()
                    .enumerate()
                    .map(|(n, line)| if n == at { slipped.as_str() } else { line })
                    .collect();
                tried += 1;
                if let Some(told) = wrong_answer(&(text.join("\n") + "\n"), at + 1, &meant) {
                    count += 1;
                    let _ = writeln!(wrong, "=== {name}, line {}: {slipped}\n{told}", at + 1);
                }
            }
        }
    }
    assert!(tried > 1000, "{tried}");
    assert!(wrong.is_empty(), "{count} of {tried}\n{wrong}");
}

/// A form whose entries stand at five blanks, with one of them indented otherwise.
fn form(other: usize, blanks: usize) -> String {
    let entries = ["手数料", "備考", "氏名", "カナ", "郵便番号"];
    let mut text = "yakin: 1\nid: a\nname: 登録\npurpose: 登録する\nsystem: 受付\nsteps:\n  - browser.open: /\n  - browser.fill:\n".to_owned();
    for (at, name) in entries.iter().enumerate() {
        let blanks = if at == other { blanks } else { 5 };
        let _ = writeln!(text, "{}{name}: あ{at}", " ".repeat(blanks));
    }
    text + "  - log: 入力しました\n"
}

#[test]
fn a_line_that_is_indented_otherwise_than_its_block_is_put_back_into_it() {
    let meant = meaning(&form(0, 5));
    let mut wrong = String::new();
    for other in 0..5 {
        for blanks in [3, 4, 6, 7] {
            let text = form(other, blanks);
            if let Some(told) = wrong_answer(&text, 9 + other, &meant) {
                let _ = writeln!(wrong, "=== entry {other} at {blanks}\n{told}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A scenario in which every sort of block stands on lines of its own.
const BLOCKS: &str = "\
yakin: 1
id: a
name: 登録
system: 受付
items:
  from:
    csv: inbox/a.csv
  sample: scenarios/samples/requests.csv
  columns:
    請求番号: code
    氏名: name
    カナ: kana
    生年月日: date
    郵便番号: postal
    手数料: amount
    受付日: date
  key: 請求番号
  reject:
    手数料が不足しています: item.手数料 < 300
  ledger: a
  keep:
    受付番号: ${{ receipt }}
steps:
  - browser.click: { link: 新規登録 }
  - browser.fill:
      氏名: ${{ item.氏名 }}
      フリガナ: ${{ item.カナ }}
  - browser.see: 確認
    else:
      - reject: 住所が市外です
  - commit: 登録
    do:
      - browser.click: 登録する
    refused:
      field: エラー内容
    proof: { field: 受付番号, as: receipt }
    verify:
      look:
        - browser.open: /search
      present:
        text: 登録済
      absent: { text: ありません }
";

#[test]
fn a_lost_line_is_one_message_on_the_line_below_it_that_names_it() {
    let lines: Vec<&str> = BLOCKS.lines().collect();
    let calm = check("a", BLOCKS.as_bytes());
    assert_eq!(calm.count(Severity::Error), 0, "{}", human::render(&calm, Lang::Ja));
    let (mut tried, mut wrong) = (0, String::new());
    for (at, line) in lines.iter().enumerate() {
        let Some(word) = line.trim().strip_suffix(':') else {
            continue;
        };
        let text: String = lines
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != at)
            .map(|(_, line)| format!("{line}\n"))
            .collect();
        let findings = check("a", text.as_bytes());
        let told: Vec<(usize, &str, bool)> = findings
            .iter()
            .filter(|(_, found)| found.severity == Severity::Error)
            .map(|(source, found)| {
                let line = source.line_of(found.span.start);
                (line, found.message.code.as_ref(), found.mended.is_some())
            })
            .collect();
        let said = human::render(&findings, Lang::Ja);
        tried += 1;
        if told != [(at + 1, "YK1070", false)] || !said.contains(&format!("{word}:`")) {
            let _ = writeln!(wrong, "=== without {line}\n{said}");
        }
    }
    assert!(tried > 10, "{tried}");
    assert!(wrong.is_empty(), "{wrong}");
}
