//! `yakin resume`: goes on with what a run has left, and with nothing else.

use std::collections::{HashMap, HashSet};

use clap::Args;

use crate::events::{ItemId, ItemState, RunId, RunOutcome};
use crate::history::{RunFilter, RunRow};
use crate::run::Selection;
use crate::text::{Message, codes};

use super::error::CliError;
use super::history::{find, view};
use super::office::Desk;
use super::run::{How, Order, obey};
use super::{Context, exit};

/// Runs in which one is looked for that left something.
const LOOKED_AT: u32 = 200;

#[derive(Debug, Args)]
pub(super) struct ResumeArgs {
    #[arg(value_name = "RUN")]
    run: Option<i64>,
    #[arg(long)]
    login_again: bool,
    #[command(flatten)]
    how: How,
}

pub(super) fn resume(context: &Context, args: &ResumeArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    let row = match args.run {
        Some(number) => find(&desk, Some(number))?,
        None => match broken_off(&desk)? {
            Some(row) => row,
            None => {
                let lang = desk.room.lang;
                println!(
                    "{}",
                    lang.pick("途中で終わった実行はありません。", "No run has ended half way.")
                );
                return Ok(exit::SETTLED);
            }
        },
    };
    let row = begun_by(&desk, row)?;
    let left = left(&desk, &row)?;
    let order = Order {
        path: file_of(&desk, &row.bot)?,
        date: Some(row.day),
        place: row.place,
        retry_rejected: false,
        login_again: args.login_again,
        rehearse: false,
        selection: Selection {
            left: Some(left),
            ..Selection::default()
        },
        resumes: Some(row.run),
        step: false,
        until: None,
        how: args.how.clone(),
    };
    obey(context, &desk, &order)
}

/// The file of the bot with an id. Another one may be called like it.
fn file_of(desk: &Desk, bot: &str) -> Result<String, CliError> {
    match desk.room.bots()?.into_iter().find(|found| found.id() == bot) {
        Some(found) => Ok(found.path),
        None => desk.room.scenario(bot),
    }
}

/// What went on with a run went on with its items: the first one says which these are.
fn begun_by(desk: &Desk, row: RunRow) -> Result<RunRow, CliError> {
    let refused = |code| Err(CliError::usage(Message::new(code).with_int("run", row.run.0)));
    if row.outcome.is_none() && row.live {
        return refused(codes::RESUME_LIVE);
    }
    if row.rehearsal {
        return refused(codes::RESUME_REHEARSAL);
    }
    let view = view(desk, &row)?;
    match view.header.as_ref().and_then(|header| header.resumes) {
        Some(first) => find(desk, Some(first.0)),
        None if view.limited() => refused(codes::RESUME_LIMITED),
        None => Ok(row),
    }
}

/// The items of a run that wait for a run.
fn left(desk: &Desk, row: &RunRow) -> Result<HashSet<ItemId>, CliError> {
    let items = desk.store.items(row.run)?;
    let left: HashSet<_> = items
        .iter()
        .filter(|item| is_left(item.state))
        .map(|item| item.id)
        .collect();
    if !left.is_empty() {
        return Ok(left);
    }
    let waiting = items.iter().filter(|item| waits_for_a_person(item.state)).count();
    let message = match waiting {
        0 => Message::new(codes::RESUME_NOTHING),
        _ => Message::new(codes::RESUME_PEOPLE).with_int("count", i64::try_from(waiting).unwrap_or(i64::MAX)),
    };
    Err(CliError::usage(message.with_int("run", row.run.0)))
}

fn is_left(state: ItemState) -> bool {
    matches!(
        state,
        ItemState::New | ItemState::Failed | ItemState::Claimed | ItemState::Committing
    )
}

fn waits_for_a_person(state: ItemState) -> bool {
    matches!(state, ItemState::Inquiry | ItemState::ReadingReview | ItemState::ByHand)
}

/// The one run that ended half way, of those that are the last of their bot.
fn broken_off(desk: &Desk) -> Result<Option<RunRow>, CliError> {
    let mut last: HashMap<String, RunId> = HashMap::new();
    let mut found = Vec::new();
    let filter = RunFilter {
        at_most: LOOKED_AT,
        ..RunFilter::default()
    };
    for row in desk.store.runs(&filter)? {
        if row.rehearsal || last.contains_key(&row.bot) {
            continue;
        }
        last.insert(row.bot.clone(), row.run);
        let ended = matches!(row.outcome, Some(RunOutcome::Succeeded | RunOutcome::Partial));
        if ended || row.live && row.outcome.is_none() {
            continue;
        }
        if desk.store.items(row.run)?.iter().any(|item| is_left(item.state)) {
            found.push(row);
        }
    }
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => {
            let runs: Vec<String> = found
                .iter()
                .map(|row| format!("{}（{}）", row.run.0, row.name))
                .collect();
            let message = Message::new(codes::RESUME_WHICH).with("runs", runs.join(" "));
            Err(CliError::usage(message))
        }
    }
}
