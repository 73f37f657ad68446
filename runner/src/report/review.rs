//! What waits for a person, as plain text and for machines.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::layout::{pad, plain, width};
use super::reader::Reader;
use super::words;
use crate::events::EvidenceRole;
use crate::text::{Lang, Message};

/// An item that waits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waiting {
    /// What people call the bot.
    pub bot: String,
    /// The key as people read it.
    pub item: String,
    /// Whether it is of the practice city.
    pub practice: bool,
    /// The run that left it.
    pub run: i64,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// Its number.
    pub number: i64,
    /// The item.
    #[serde(flatten)]
    pub waiting: Waiting,
    /// What is asked.
    pub question: String,
    /// The answers there are; none: any text.
    pub choices: Vec<String>,
    /// The picture of the page.
    pub picture: Option<PathBuf>,
}

/// An item of which nobody can prove whether it was registered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inquiry {
    /// Its number.
    pub number: i64,
    /// The item.
    #[serde(flatten)]
    pub waiting: Waiting,
    /// What was about to be done, as people call it.
    pub title: Option<String>,
    /// What to search for in the other system: headings and values.
    pub words: Vec<(String, String)>,
    /// Why nobody knows.
    pub reason: Option<Message>,
    /// Pictures, with what they show.
    pub pictures: Vec<(EvidenceRole, PathBuf)>,
}

/// What a person said of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The item's number.
    pub number: i64,
    /// The key as people read it.
    pub item: String,
    /// What became of it, in the reader's words.
    pub state: &'static str,
    /// In the person's own words.
    pub reason: Option<String>,
    /// The number of the sheet, where it was one.
    pub baton: Option<i64>,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Answers, as one JSON array.
pub fn answers_json(answers: &[Answer]) -> String {
    serde_json::json!(answers).to_string()
}

/// Answers, for a terminal.
pub fn answers(answers: &[Answer], reader: Reader) -> String {
    let lang = reader.lang;
    if answers.is_empty() {
        return lang
            .pick("答えはまだありません。\n", "Nobody has answered anything yet.\n")
            .to_owned();
    }
    let mut said = String::new();
    for answer in answers {
        let baton = match (answer.baton, lang) {
            (Some(baton), Lang::Ja) => format!("  手作業バトン {baton} 番"),
            (Some(baton), Lang::En) => format!("  sheet no. {baton}"),
            (None, _) => String::new(),
        };
        let (at, item, by) = (reader.instant(answer.at), plain(&answer.item), plain(&answer.by));
        let _ = writeln!(said, "{at}  {item}  {}  {by}{baton}", answer.state);
        if let Some(reason) = &answer.reason {
            let _ = writeln!(said, "  {}{}", lang.pick("理由: ", "Reason: "), plain(reason));
        }
    }
    said
}

/// Everything that waits, as one JSON object.
pub fn json(questions: &[Question], inquiries: &[Inquiry]) -> String {
    serde_json::json!({ "questions": questions, "inquiries": inquiries }).to_string()
}

/// Everything that waits, for a terminal.
pub fn text(questions: &[Question], inquiries: &[Inquiry], reader: Reader) -> String {
    let lang = reader.lang;
    if questions.is_empty() && inquiries.is_empty() {
        return lang
            .pick("人を待っている件はありません。\n", "Nothing waits for a person.\n")
            .to_owned();
    }
    // Writing into a String does not fail.
    let mut said = String::new();
    for question in questions {
        let title = lang.pick("質問", "Question");
        let _ = writeln!(said, "{title} {}  {}", question.number, head(&question.waiting, reader));
        let _ = writeln!(said, "  {}", plain(&question.question));
        if !question.choices.is_empty() {
            let choices: Vec<String> = question.choices.iter().map(|choice| plain(choice)).collect();
            let _ = writeln!(said, "  {}{}", lang.pick("選択肢: ", "Choices: "), choices.join(" / "));
        }
        if let Some(picture) = &question.picture {
            let _ = writeln!(
                said,
                "  {}{}",
                lang.pick("画面の写真: ", "Picture: "),
                picture.display()
            );
        }
        let example = question
            .choices
            .first()
            .map_or(lang.pick("答え", "ANSWER"), String::as_str);
        let _ = writeln!(
            said,
            "  {}yakin review answer {} {}\n",
            lang.pick("答えるには: ", "To answer: "),
            question.number,
            plain(example)
        );
    }
    for inquiry in inquiries {
        tell(&mut said, inquiry, reader);
    }
    said
}

/// An inquiry: what to look for, what is known, and how to answer.
fn tell(said: &mut String, inquiry: &Inquiry, reader: Reader) {
    let lang = reader.lang;
    let title = lang.pick("登録照会", "Inquiry");
    let _ = writeln!(said, "{title} {}  {}", inquiry.number, head(&inquiry.waiting, reader));
    let ask = lang.pick(
        "相手のシステムで探して、この件が登録されているかを確かめてください。",
        "Search in the other system, and see whether this item is registered.",
    );
    let _ = writeln!(said, "  {ask}");
    let words = inquiry.words.iter().map(|(name, value)| format!("{name} {value}"));
    let words: Vec<String> = words.map(|word| plain(&word)).collect();
    let reason = inquiry.reason.as_ref().map(|reason| reader.what(reason));
    let facts = [
        (
            lang.pick("探す言葉: ", "To search for: "),
            Some(words.join(lang.pick("、", ", "))),
        ),
        (
            lang.pick("登録しようとした操作: ", "What was begun: "),
            inquiry.title.as_deref().map(plain),
        ),
        (lang.pick("分からない理由: ", "Why nobody knows: "), reason),
    ];
    for (label, fact) in facts {
        if let Some(fact) = fact.filter(|fact| !fact.is_empty()) {
            let _ = writeln!(said, "  {label}{fact}");
        }
    }
    for (role, place) in &inquiry.pictures {
        let _ = writeln!(said, "  {}: {}", words::picture(*role, lang), place.display());
    }
    let _ = writeln!(said, "  {}", lang.pick("答え方:", "To answer:"));
    let answers = [
        (
            lang.pick("登録されていた", "registered"),
            lang.pick("登録済み --receipt 〈受付番号〉", "registered --receipt <RECEIPT>"),
        ),
        (
            lang.pick("登録されていない（もう一度処理する）", "not registered (work it again)"),
            lang.pick("未登録", "not-registered"),
        ),
        (
            lang.pick("この件は登録しない", "not to be registered"),
            lang.pick("対象外 --reason 理由", "drop --reason REASON"),
        ),
    ];
    let widest = answers.iter().map(|(meaning, _)| width(meaning)).max().unwrap_or(0);
    for (meaning, answer) in answers {
        let _ = writeln!(
            said,
            "    {}  yakin review decide {} {answer}",
            pad(meaning, widest),
            inquiry.number
        );
    }
    said.push('\n');
}

fn head(waiting: &Waiting, reader: Reader) -> String {
    let lang = reader.lang;
    let practice = if waiting.practice {
        lang.pick("（練習）", " (practice)")
    } else {
        ""
    };
    let since = reader.instant(waiting.since);
    let since = match lang {
        Lang::Ja => format!("{since} から（実行 {}）", waiting.run),
        Lang::En => format!("since {since} (run {})", waiting.run),
    };
    format!("{}{practice}  {}  {since}", plain(&waiting.bot), plain(&waiting.item))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codes;

    fn waiting() -> Waiting {
        Waiting {
            bot: "登録".to_owned(),
            item: "0001".to_owned(),
            practice: true,
            run: 3,
            since: DateTime::from_timestamp(1_795_525_200, 0).expect("a time"),
        }
    }

    #[test]
    fn questions_are_told_with_how_to_answer_them() {
        let question = Question {
            number: 2,
            waiting: waiting(),
            question: "同じ人ですか\u{1b}[31m".to_owned(),
            choices: vec!["はい".to_owned(), "いいえ".to_owned()],
            picture: None,
        };
        let reader = |lang| Reader {
            lang,
            zone: chrono_tz::Asia::Tokyo,
        };
        let inquiry = Inquiry {
            number: 12,
            waiting: waiting(),
            title: Some("請求の登録".to_owned()),
            words: vec![("請求番号".to_owned(), "0001\u{1b}[31m".to_owned())],
            reason: Some(Message::new(codes::ITEM_IN_DOUBT)),
            pictures: vec![(EvidenceRole::BeforeCommit, PathBuf::from("/x.png"))],
        };
        let inquiries = std::slice::from_ref(&inquiry);
        let ja = text(std::slice::from_ref(&question), inquiries, reader(Lang::Ja));
        assert!(!ja.contains('\u{1b}'), "a page's words do not colour the terminal");
        for part in [
            "質問 2  登録（練習）  0001  ",
            " から（実行 3）",
            "選択肢: はい / いいえ",
            "review answer 2 はい",
            "登録照会 12  登録（練習）  0001",
            "探す言葉: 請求番号 0001",
            "登録を押す前の画面: /x.png",
            "yakin review decide 12 登録済み --receipt 〈受付番号〉",
        ] {
            assert!(ja.contains(part), "{part}: {ja}");
        }
        let en = text(&[], inquiries, reader(Lang::En));
        assert!(
            en.starts_with("Inquiry 12  登録 (practice)  0001  since ") && en.contains("not-registered"),
            "{en}"
        );
        assert_eq!(text(&[], &[], reader(Lang::En)), "Nothing waits for a person.\n");
        assert!(json(&[question], &[]).contains("\"number\":2"));
    }
}
