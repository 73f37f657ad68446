//! Inquiries: what a person needs to look one up, and the answers.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use clap::Args;

use crate::events::view::{RunView, Standing};
use crate::events::{ItemId, ItemState, Place, RunId};
use crate::history::{Answer, Answering, Inquiry};
use crate::plan::{self, Body, OfficeFiles, Plan, PlanCommit, PlanStep};
use crate::ports::PortError;
use crate::report::review;
use crate::rules::width::fold_answer;
use crate::text::{Message, codes, find};
use crate::value::{Class, Value};

use super::error::CliError;
use super::office::{Desk, who};
use super::{exit, history};

/// What a receipt is kept as when the scenario does not say it.
pub(super) const RECEIPT: &str = "受付番号";

#[derive(Debug, Args)]
pub(super) struct DecideArgs {
    #[arg(value_name = "NUMBER")]
    number: i64,
    #[arg(value_name = "ANSWER")]
    answer: String,
    #[arg(long, value_name = "RECEIPT")]
    receipt: Option<String>,
    #[arg(long, value_name = "TIME")]
    when: Option<String>,
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Everything that waits to be looked up, with what helps to find it.
pub(super) fn inquiries(desk: &Desk) -> Result<Vec<review::Inquiry>, CliError> {
    let mut known = Known::new(desk);
    let inquiries = desk.store.inquiries(&who())?;
    inquiries.iter().map(|inquiry| known.told(inquiry)).collect()
}

/// Runs and plans that were read already.
struct Known<'d> {
    desk: &'d Desk,
    runs: HashMap<RunId, RunView>,
    plans: HashMap<String, Option<Plan>>,
}

impl<'d> Known<'d> {
    fn new(desk: &'d Desk) -> Known<'d> {
        Known {
            desk,
            runs: HashMap::new(),
            plans: HashMap::new(),
        }
    }

    fn told(&mut self, inquiry: &Inquiry) -> Result<review::Inquiry, CliError> {
        let desk = self.desk;
        let Inquiry { item, intent, .. } = inquiry;
        if let Entry::Vacant(place) = self.runs.entry(item.run) {
            let row = history::find(desk, Some(item.run.0))?;
            place.insert(history::view(desk, &row)?);
        }
        let plan = self
            .plans
            .entry(inquiry.bot.clone())
            .or_insert_with(|| plan_of(desk, &inquiry.bot));
        let words = search_words(desk, inquiry, plan.as_ref())?;
        let run = self.runs.get(&item.run);
        let seen = run.and_then(|view| Some((view, view.items.get(&item.item)?)));
        let reason = seen.and_then(|(view, seen)| view.reason(seen));
        let pictures = seen.into_iter().flat_map(|(_, seen)| seen.telling_pictures());
        let placed = pictures.filter_map(|picture| {
            let place = desk.store.evidence_place(&picture.evidence.sha256)?;
            Some((picture.evidence.role, place))
        });
        let known_reason = || Some(Message::new(find(inquiry.reason.as_deref()?)?.code));
        Ok(review::Inquiry {
            number: item.item.0,
            waiting: super::review::waiting(item.clone()),
            title: intent.as_ref().map(|intent| intent.title.clone()),
            words,
            pictures: placed.collect(),
            reason: reason.or_else(known_reason),
        })
    }
}

/// The scenario of a bot, if it is still there and can be read.
pub(super) fn plan_of(desk: &Desk, bot: &str) -> Option<Plan> {
    let path = desk.room.bots().ok()?.into_iter().find(|known| known.id() == bot)?.path;
    plan::load(&OfficeFiles::new(&desk.room.root), &path).plan
}

/// What to search for in the other system: what the scenario's own look uses, else the key.
fn search_words(desk: &Desk, inquiry: &Inquiry, plan: Option<&Plan>) -> Result<Vec<(String, String)>, CliError> {
    let item = &inquiry.item;
    let row = desk.store.unseal(&[item.item], &who())?.into_iter().next();
    let row = row.map(|row| row.payload).unwrap_or_default();
    let known: HashMap<&str, &Value> = inquiry
        .intent
        .iter()
        .flat_map(|intent| &intent.known)
        .map(|(name, found)| (name.as_str(), &found.value))
        .collect();
    let (mut names, mut words) = (Vec::new(), Vec::new());
    if let Some((_, commit)) = commit_of(inquiry, plan) {
        names = looked_for(commit);
    }
    let keys = plan.and_then(Plan::items).into_iter().flat_map(|items| &items.key);
    let keys: Vec<Vec<String>> = keys.map(|key| vec!["item".to_owned(), key.value.clone()]).collect();
    for path in names.iter().chain(&keys) {
        let found = match path.as_slice() {
            [item, column] if item == "item" => row.get(column).map(|value| (column, value)),
            [name] => known.get(name.as_str()).map(|value| (name, *value)),
            _ => None,
        };
        let Some((name, value)) = found else { continue };
        if words.iter().all(|(known, _)| known != name) && class_of(plan, name) <= Class::Personal {
            words.push((name.clone(), value.to_text()));
        }
    }
    Ok(words)
}

/// The class of a column that the scenario declares.
fn class_of(plan: Option<&Plan>, column: &str) -> Class {
    let declared = plan.and_then(Plan::items).into_iter().flat_map(|items| &items.columns);
    let mut kinds = declared
        .filter(|(name, _)| name.value == column)
        .map(|(_, kind)| kind.value.class());
    kinds.next().unwrap_or(Class::Open)
}

fn commit_of<'p>(inquiry: &Inquiry, plan: Option<&'p Plan>) -> Option<(&'p PlanStep, &'p PlanCommit)> {
    let (intent, plan) = (inquiry.intent.as_ref()?, plan?);
    plan.commit_of(&intent.path, &intent.title)
}

/// The names of the values that a commit's look uses.
fn looked_for(commit: &PlanCommit) -> Vec<Vec<String>> {
    let Some(verify) = &commit.verify else {
        return Vec::new();
    };
    let mut names = Vec::new();
    let mut lists = vec![verify.look.as_slice()];
    while let Some(list) = lists.pop() {
        for step in list {
            if let Body::Step { args, .. } = &step.body {
                names.extend(
                    args.expressions()
                        .into_iter()
                        .flat_map(|expr| expr.names().map(<[String]>::to_vec)),
                );
            }
            lists.extend(step.inner());
        }
    }
    let present = verify.present.expressions();
    names.extend(
        present
            .into_iter()
            .flat_map(|expr| expr.names().map(<[String]>::to_vec)),
    );
    names
}

/// The three answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Registered,
    Again,
    Dropped,
}

impl Word {
    fn read(written: &str) -> Result<Word, CliError> {
        match fold_answer(written).as_str() {
            "登録済み" | "登録済" | "済" | "registered" => Ok(Word::Registered),
            "未登録" | "not-registered" => Ok(Word::Again),
            "対象外" | "drop" => Ok(Word::Dropped),
            _ => Err(CliError::usage(Message::new(codes::NO_DECISION).with("word", written))),
        }
    }

    fn state(self) -> ItemState {
        match self {
            Word::Registered => ItemState::Done,
            Word::Again => ItemState::New,
            Word::Dropped => ItemState::Dropped,
        }
    }
}

/// Whether a written receipt says that the system gives none.
pub(super) fn is_none(written: &str) -> bool {
    matches!(fold_answer(written).as_str(), "なし" | "無し" | "none")
}

/// Keeps an answer to an inquiry.
pub(super) fn decide(desk: &Desk, args: &DecideArgs) -> Result<u8, CliError> {
    let word = Word::read(&args.answer)?;
    let now = fits(args, word)?;
    let inquiries = desk.store.inquiries(&who())?;
    let inquiry = inquiries.iter().find(|inquiry| inquiry.item.item.0 == args.number);
    let plan = inquiry.and_then(|inquiry| plan_of(desk, &inquiry.bot));
    if let Some(inquiry) = inquiry.filter(|_| word == Word::Again) {
        has_settled(desk, inquiry, plan.as_ref())?;
    }
    let receipt = args
        .receipt
        .as_deref()
        .map(str::trim)
        .filter(|receipt| !is_none(receipt));
    let answer = Answer {
        state: word.state(),
        receipt: receipt.map(|receipt| {
            let commit = inquiry.and_then(|inquiry| commit_of(inquiry, plan.as_ref()));
            (
                kept_as(plan.as_ref(), commit.map(|(_, commit)| commit)),
                receipt.to_owned(),
            )
        }),
        reason: args.reason.clone().filter(|reason| !reason.trim().is_empty()),
        by: args.by.clone().unwrap_or_else(who),
    };
    let about = |code| Message::new(code).with_int("number", args.number);
    match desk.store.decide(ItemId(args.number), &answer) {
        Ok(Answering::Kept) => {}
        Ok(Answering::Unknown) => return Err(CliError::usage(about(codes::NO_INQUIRY))),
        Ok(Answering::Over(state, person)) => {
            let state = Standing::of(state).word(desk.room.lang);
            let message = about(codes::INQUIRY_OVER).with("state", state);
            return Err(CliError::usage(message.with_some("person", person)));
        }
        Err(PortError::SameReceipt { label, .. }) => {
            let message = Message::new(codes::RECEIPT_OF_ANOTHER).with("receipt", receipt.unwrap_or_default());
            return Err(CliError::usage(message.with("other", label)));
        }
        Err(error) => return Err(error.into()),
    }
    if let Some(inquiry) = inquiry {
        println!("{}", kept(desk, (inquiry, plan.as_ref()), word, now));
    }
    let left = inquiries.len().saturating_sub(1);
    if left > 0 {
        println!("{} {left}", desk.room.lang.pick("残りの登録照会:", "Inquiries left:"));
    }
    Ok(exit::SETTLED)
}

/// Whether the options go with the answer; whether it is to be worked at once.
fn fits(args: &DecideArgs, word: Word) -> Result<bool, CliError> {
    let refused = |code| CliError::usage(Message::new(code).with_int("number", args.number));
    let stray = |option: &str| {
        let message = Message::new(codes::DECISION_WORD).with("word", option);
        Err(CliError::usage(message.with("answer", args.answer.as_str())))
    };
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    // The word that stands for the number in our own lines, copied with them.
    let is_word = |text: &Option<String>| {
        let bare = text
            .as_deref()
            .map(|text| text.trim().trim_matches(['〈', '〉', '<', '>']));
        matches!(bare, Some("受付番号" | "RECEIPT"))
    };
    match word {
        Word::Registered if blank(&args.receipt) || is_word(&args.receipt) => {
            return Err(refused(codes::RECEIPT_NEEDED));
        }
        Word::Dropped if blank(&args.reason) => return Err(refused(codes::REASON_NEEDED)),
        Word::Again | Word::Dropped if args.receipt.is_some() => return stray("--receipt"),
        Word::Registered | Word::Dropped if args.when.is_some() => return stray("--when"),
        Word::Registered | Word::Again | Word::Dropped => {}
    }
    match args.when.as_deref().map(fold_answer).as_deref() {
        None | Some("今夜" | "tonight") => Ok(false),
        Some("今すぐ" | "いますぐ" | "now") => Ok(true),
        Some(_) => {
            let word = args.when.clone().unwrap_or_default();
            Err(CliError::usage(Message::new(codes::NO_TIME).with("word", word)))
        }
    }
}

/// That nothing was found proves nothing while the other system may still be at work.
fn has_settled(desk: &Desk, inquiry: &Inquiry, plan: Option<&Plan>) -> Result<(), CliError> {
    let Some((_, commit)) = commit_of(inquiry, plan) else {
        return Ok(());
    };
    let passed = (desk.room.clock.now() - inquiry.item.since)
        .to_std()
        .unwrap_or_default();
    match commit.settle.checked_sub(passed) {
        Some(left) if !left.is_zero() => {
            let seconds = i64::try_from(left.as_secs() + 1).unwrap_or(i64::MAX);
            Err(CliError::usage(
                Message::new(codes::TOO_EARLY).with_int("seconds", seconds),
            ))
        }
        _ => Ok(()),
    }
}

/// The name that a scenario keeps the receipt of a commit under; of its only commit, if none is given.
pub(super) fn kept_as(plan: Option<&Plan>, commit: Option<&PlanCommit>) -> String {
    let name = || {
        let plan = plan?;
        let commit = match (commit, plan.commits().as_slice()) {
            (Some(commit), _) => commit,
            (None, [(_, only)]) => only,
            (None, _) => return None,
        };
        let receipt = commit.proof.text("as")?;
        let keep = &plan.items()?.keep;
        let own = keep
            .iter()
            .find(|(_, template)| template.path() == Some(&[receipt.to_owned()][..]));
        own.map(|(name, _)| name.value.clone())
    };
    name().unwrap_or_else(|| RECEIPT.to_owned())
}

/// What becomes of an item now.
fn kept(desk: &Desk, (inquiry, plan): (&Inquiry, Option<&Plan>), word: Word, now: bool) -> String {
    let lang = desk.room.lang;
    match word {
        Word::Registered => lang
            .pick(
                "「済」にしました。この件は、もう登録しません。",
                "It is done; it will not be registered again.",
            )
            .to_owned(),
        Word::Dropped => lang
            .pick(
                "「対象外」にしました。この件は処理しません。",
                "It is dropped; it will not be worked.",
            )
            .to_owned(),
        Word::Again => {
            let said = lang.pick(
                "「未着手」に戻しました。次の実行で、この件を始めから処理します。",
                "It is not started again; the next run works it from its beginning.",
            );
            let schedule = plan.and_then(|plan| plan.scenario.schedule.as_ref()).filter(|_| !now);
            let when = match schedule {
                Some(schedule) => {
                    let title = lang.pick("予定: ", "Schedule: ");
                    format!("{title}{}", schedule.value.sentence(lang))
                }
                None => {
                    let title = lang.pick("いま処理するには: ", "To work it now: ");
                    format!("{title}{}", command(desk, inquiry, plan))
                }
            };
            format!("{said}\n{when}")
        }
    }
}

/// The command that works an item.
fn command(desk: &Desk, inquiry: &Inquiry, plan: Option<&Plan>) -> String {
    let file = plan.map_or(inquiry.bot.as_str(), |plan| plan.file.as_str());
    let mut command = format!("yakin run {file}");
    if inquiry.place == Place::Real {
        command.push_str(" --real");
    }
    if inquiry.day != desk.room.today() {
        command.push_str(&format!(" --date {}", inquiry.day));
    }
    let label = &inquiry.item.label;
    if !label.is_empty()
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    {
        command.push_str(&format!(" --only {label}"));
    }
    command
}
