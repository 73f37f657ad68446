//! What waits for a person, as plain text and for machines.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::layout::plain;
use super::reader::Reader;

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

/// Everything that waits, as one JSON object.
pub fn json(questions: &[Question], inquiries: &[Waiting]) -> String {
    serde_json::json!({ "questions": questions, "inquiries": inquiries }).to_string()
}

/// Everything that waits, for a terminal.
pub fn text(questions: &[Question], inquiries: &[Waiting], reader: Reader) -> String {
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
    if !inquiries.is_empty() {
        let _ = writeln!(
            said,
            "{}",
            lang.pick(
                "登録照会（相手のシステムで、登録があるかどうかを調べてください。答えは、まだここでは受け付けられません）",
                "Inquiries (look in the other system whether they were registered; they cannot be answered here yet)",
            )
        );
        for inquiry in inquiries {
            let _ = writeln!(said, "  {}", head(inquiry, reader));
        }
    }
    said
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
        crate::text::Lang::Ja => format!("{since} から（実行 {}）", waiting.run),
        crate::text::Lang::En => format!("since {since} (run {})", waiting.run),
    };
    format!("{}{practice}  {}  {since}", plain(&waiting.bot), plain(&waiting.item))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

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
        let ja = text(std::slice::from_ref(&question), &[waiting()], reader(Lang::Ja));
        assert!(!ja.contains('\u{1b}'), "a page's words do not colour the terminal");
        for part in [
            "質問 2  登録（練習）  0001  ",
            " から（実行 3）",
            "選択肢: はい / いいえ",
            "review answer 2 はい",
            "登録照会（",
        ] {
            assert!(ja.contains(part), "{part}: {ja}");
        }
        let en = text(&[], &[waiting()], reader(Lang::En));
        assert!(
            en.starts_with("Inquiries (") && en.contains("登録 (practice)  0001  since "),
            "{en}"
        );
        assert_eq!(text(&[], &[], reader(Lang::En)), "Nothing waits for a person.\n");
        assert!(json(&[question], &[]).contains("\"number\":2"));
    }
}
