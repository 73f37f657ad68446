//! `yakin review`: what waits for a person, and the answers.

use std::io::{BufRead, Write};

use clap::{Args, Subcommand};

use crate::events::view::Standing;
use crate::history::{Decision, Review, Waiting};
use crate::report::review;
use crate::text::{Message, codes};

use super::error::CliError;
use super::inquiry::{self, DecideArgs};
use super::office::{Desk, who};
use super::{Context, exit};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct ReviewArgs {
    #[arg(long)]
    json: bool,
    #[arg(long)]
    answered: bool,
    #[command(subcommand)]
    command: Option<ReviewCommand>,
}

#[derive(Debug, Subcommand)]
enum ReviewCommand {
    Answer {
        #[arg(value_name = "NUMBER")]
        number: i64,
        #[arg(value_name = "ANSWER")]
        answer: Option<String>,
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    Decide(DecideArgs),
}

pub(super) fn review(context: &Context, args: &ReviewArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    match &args.command {
        None if args.answered => answered(&desk, args.json),
        None => list(&desk, args.json),
        Some(ReviewCommand::Decide(args)) => inquiry::decide(&desk, args),
        Some(ReviewCommand::Answer { number, answer, by }) => {
            let by = by.clone().unwrap_or_else(who);
            give(&desk, *number, answer.as_deref(), &by)
        }
    }
}

fn list(desk: &Desk, json: bool) -> Result<u8, CliError> {
    let questions: Vec<_> = desk
        .store
        .reviews(&who())?
        .into_iter()
        .map(|review| question(desk, review))
        .collect();
    let inquiries = inquiry::inquiries(desk)?;
    if json {
        println!("{}", review::json(&questions, &inquiries));
    } else {
        print!("{}", review::text(&questions, &inquiries, desk.room.reader()));
    }
    Ok(exit::SETTLED)
}

/// How many answers are shown.
const ANSWERS: u32 = 200;

fn answered(desk: &Desk, json: bool) -> Result<u8, CliError> {
    let lang = desk.room.lang;
    let answer = |decision: Decision| review::Answer {
        number: decision.item.0,
        item: decision.label,
        state: Standing::of(decision.state).word(lang),
        reason: decision.reason,
        baton: decision.baton,
        by: decision.by,
        at: decision.at,
    };
    let decisions = desk.store.decisions(&who(), ANSWERS)?;
    let answers: Vec<_> = decisions.into_iter().map(answer).collect();
    match json {
        true => println!("{}", review::answers_json(&answers)),
        false => print!("{}", review::answers(&answers, desk.room.reader())),
    }
    Ok(exit::SETTLED)
}

pub(super) fn waiting(item: Waiting) -> review::Waiting {
    review::Waiting {
        bot: item.bot,
        item: item.label,
        practice: item.ledger.starts_with("practice/"),
        run: item.run.0,
        since: item.since,
    }
}

fn question(desk: &Desk, review: Review) -> review::Question {
    let picture = review.question.picture.as_deref();
    review::Question {
        number: review.number,
        picture: picture.and_then(|sha256| desk.store.evidence_place(sha256)),
        waiting: waiting(review.item),
        question: review.question.text,
        choices: review.question.choices,
    }
}

/// Checks an answer as the run will read it, and stores it.
fn give(desk: &Desk, number: i64, answer: Option<&str>, by: &str) -> Result<u8, CliError> {
    let known = desk.store.review(number, by)?;
    let about = |code| Message::new(code).with_int("number", number);
    let Some(known) = known else {
        return Err(CliError::usage(about(codes::NO_QUESTION)));
    };
    if let Some((first, _)) = known.answered {
        return Err(CliError::usage(about(codes::ANSWERED_BEFORE).with("person", first)));
    }
    let answer = match answer {
        Some(answer) => answer.to_owned(),
        None => asked(desk, &known)?,
    };
    if answer.trim().is_empty() {
        return Err(CliError::usage(about(codes::ANSWER_EMPTY)));
    }
    known.question.read(&answer).map_err(CliError::usage)?;
    if !desk.store.answer(number, answer.trim(), by)? {
        return Err(CliError::usage(about(codes::ANSWERED_BEFORE).with("person", "?")));
    }
    let said = desk.room.lang.pick(
        "答えを預かりました。次の実行で、この件を始めから処理します。",
        "The answer is kept. The next run works the item from its beginning.",
    );
    println!("{said}");
    Ok(exit::SETTLED)
}

/// What nobody should find in the history of a shell is typed in.
fn asked(desk: &Desk, known: &Review) -> Result<String, CliError> {
    let question = question(desk, known.clone());
    print!("{}", review::text(&[question], &[], desk.room.reader()));
    print!("{}", desk.room.lang.pick("答え: ", "Answer: "));
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line)
}
