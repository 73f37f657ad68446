//! `yakin check --scores`: how well each locator will outlast a changed page.

use serde::Serialize;

use crate::diag::Source;
use crate::drivers::browser::Robustness;
use crate::plan::{self, OfficeFiles, Scored};
use crate::text::{Lang, Message, codes};

use super::error::CliError;
use super::office::Room;

/// Prints the locators of the files, line by line.
///
/// # Errors
/// When none of a file can be read: what is wrong with it is told by `check` without `--scores`.
pub(super) fn print(room: &Room, paths: &[String], json: bool) -> Result<(), CliError> {
    let files = OfficeFiles::new(&room.root);
    for path in paths {
        let Some((source, scored)) = plan::scores(&files, path) else {
            return Err(CliError::usage(
                Message::new(codes::SCORES_UNREAD).with("path", path.as_str()),
            ));
        };
        if json {
            print!("{}", lines(&source, &scored, room.lang)?);
        } else if !scored.is_empty() {
            println!("{}", table(&source, &scored, room.lang));
        }
    }
    Ok(())
}

/// The lowest score and the mean of all.
fn summary(scored: &[Scored]) -> (u8, u32) {
    let scores = || scored.iter().map(|scored| scored.robustness.score);
    let sum: u32 = scores().map(u32::from).sum();
    let count = u32::try_from(scored.len()).unwrap_or(u32::MAX).max(1);
    (scores().min().unwrap_or_default(), sum / count)
}

fn table(source: &Source, scored: &[Scored], lang: Lang) -> String {
    let (lowest, mean) = summary(scored);
    let file = source.file();
    let count = scored.len();
    let mut said = match lang {
        Lang::Ja => format!("{file}: 指している所 {count} か所、丈夫さ 最低 {lowest}、平均 {mean}\n"),
        Lang::En => format!("{file}: locators: {count}, lowest score {lowest}, mean {mean}\n"),
    };
    for scored in scored {
        let line = source.line_of(scored.span.start);
        said.push_str(&row(&line.to_string(), &scored.looked_for, scored.robustness, lang));
        for (way, robustness) in &scored.ways {
            said.push_str(&row("└", way, *robustness, lang));
        }
    }
    said
}

fn row(line: &str, looked_for: &str, robustness: Robustness, lang: Lang) -> String {
    let score = robustness.score;
    let place = match (lang, line) {
        (_, "└") => "      └".to_owned(),
        (Lang::Ja, line) => format!("{line:>4} 行目"),
        (Lang::En, line) => format!("line {line:>4}"),
    };
    let weak = Some(robustness).filter(|robustness| robustness.score < Robustness::GOOD);
    let reason = weak
        .and_then(|robustness| reason(robustness, lang))
        .map(|reason| format!("  … {reason}"))
        .unwrap_or_default();
    format!("  {place}  {score:>3}  {looked_for}{reason}\n")
}

fn reason(robustness: Robustness, lang: Lang) -> Option<String> {
    let code = plan::reason(robustness.weakness?);
    Some(Message::new(code).what(lang))
}

/// A locator, for machines.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    looked_for: &'a str,
    score: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ways: Vec<Way<'a>>,
}

/// One way of a bundle.
#[derive(Serialize)]
struct Way<'a> {
    looked_for: &'a str,
    score: u8,
}

/// A whole file.
#[derive(Serialize)]
struct Summary<'a> {
    file: &'a str,
    locators: usize,
    lowest: u8,
    mean: u32,
}

/// One JSON object a locator, and one for the file.
fn lines(source: &Source, scored: &[Scored], lang: Lang) -> Result<String, CliError> {
    let mut text = String::new();
    let mut push = |line: Result<String, serde_json::Error>| -> Result<(), CliError> {
        text.push_str(&line.map_err(|error| CliError::from(std::io::Error::other(error)))?);
        text.push('\n');
        Ok(())
    };
    for scored in scored {
        let place = source.position(scored.span.start);
        let ways = scored.ways.iter().map(|(looked_for, robustness)| Way {
            looked_for,
            score: robustness.score,
        });
        push(serde_json::to_string(&Line {
            file: source.file(),
            line: place.line,
            column: place.column,
            looked_for: &scored.looked_for,
            score: scored.robustness.score,
            reason: reason(scored.robustness, lang),
            ways: ways.collect(),
        }))?;
    }
    let (lowest, mean) = summary(scored);
    push(serde_json::to_string(&Summary {
        file: source.file(),
        locators: scored.len(),
        lowest,
        mean,
    }))?;
    Ok(text)
}
