//! What happened, as plain data: every screen and report is a function of stored events.
//!
//! A [`Kind`] carries codes and typed arguments; texts of a sensitive class are masked ([`mask`]) before an event is
//! stored. Compatibility: kinds and fields are only ever added; an unknown kind of a newer writer is kept verbatim
//! as [`Kind::Unknown`].

pub mod mask;
pub mod view;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::text::Message;

/// Number of a run: counts up from 1 in one store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub i64);

/// Number of an item in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub i64);

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The run it belongs to.
    pub run: RunId,
    /// Its number in the run, from 1, without gaps.
    pub seq: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: Kind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// First event of a run.
    RunStarted(RunStarted),
    /// The rows were read and stored before the first was worked.
    ItemsTaken(ItemsTaken),
    /// A browser session was opened and logged in (again).
    SessionOpened {
        /// Counts up from 1 in the run.
        number: u32,
        /// Browser and version, as the driver names it.
        browser: String,
    },
    /// Work on an item began.
    ItemStarted(ItemRef),
    /// A step began.
    StepStarted(StepRef),
    /// A step that takes its time says how far it is; at most one every few seconds.
    StepAt {
        /// The step.
        step: StepRef,
        /// What it has done,
        done: u32,
        /// of this many; 0 when it does not know.
        total: u32,
    },
    /// A failed step is tried again.
    StepRetrying {
        /// The step.
        step: StepRef,
        /// What went wrong.
        failure: Failure,
        /// Milliseconds until the next try.
        wait_ms: u64,
    },
    /// A step ended.
    StepFinished(StepFinished),
    /// The irreversible act is about to be done: stored and synced before it.
    CommitIntended {
        /// The item.
        item: ItemRef,
        /// What is committed, as people call it.
        title: String,
    },
    /// The act of an item is in doubt, through this run or an earlier one, and is now looked for.
    DoubtTaken {
        /// The item.
        item: ItemRef,
        /// What was about to be committed, as people call it.
        title: String,
        /// Milliseconds until the other system has surely done what it was asked for.
        settle_ms: u64,
    },
    /// Somebody looked: the act that was in doubt did not happen, and may be done.
    Disproved {
        /// The item.
        item: ItemRef,
    },
    /// An item came to a state.
    ItemFinished(ItemFinished),
    /// A person has said what became of an item, has taken it over, or has given it back. It may come after the last event.
    Decided(Decided),
    /// Something else worth knowing.
    Noted(Message),
    /// Last event of a run.
    RunFinished(RunFinished),
    /// A kind that this version does not know, kept as it is.
    #[serde(untagged)]
    Unknown(serde_json::Value),
}

/// The first event of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunStarted {
    /// The bot's stable id.
    pub bot: String,
    /// What people call it.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// SHA-256 of the scenario and everything it uses, in hex.
    pub bundle: String,
    /// Who or what started it.
    pub trigger: Trigger,
    /// The practice city or the real system.
    pub place: Place,
    /// The business day the run works for.
    pub date: NaiveDate,
    /// The steps as they stand in the file, in order, nested ones after their parent.
    pub outline: Vec<StepOutline>,
    /// The program's version.
    pub version: String,
    /// The host's name.
    pub host: String,
    /// Whether it is a rehearsal (下見): it stops before each irreversible act and leaves the ledger alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsal: bool,
    /// The run whose work it goes on with, when somebody has asked for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumes: Option<RunId>,
}

/// Who or what started a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A person, from the command line.
    Manual,
    /// A schedule.
    Schedule,
}

/// Where a run works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// 練習: the practice city.
    Practice,
    /// 本番: the real system.
    Real,
}

/// One line of a run's outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepOutline {
    /// Where it stands: `steps/3/do/1`.
    pub path: String,
    /// What it does, as people call it.
    pub title: String,
    /// The step kind or control word.
    pub kind: String,
    /// The file, relative to the office.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
}

/// Counts of the rows that were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsTaken {
    /// The file or list they came from, relative to the office.
    pub source: String,
    /// SHA-256 of the file, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Encoding or format that was found.
    pub format: String,
    /// Rows in all.
    pub rows: u64,
    /// Rows to work.
    pub to_do: u64,
    /// Rows whose key was done before: 済(重複).
    pub done_before: u64,
    /// Of the rows to work, those that this run was asked to leave for another one: they stay 未着手.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub set_aside: u64,
    /// Rows that are not worked although they are not done, by the state they came to before: rejected and unchanged
    /// since, waiting for a person, taken over by hand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub held: BTreeMap<ItemState, u64>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// An item, as events name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemRef {
    /// Its number in the store.
    pub id: ItemId,
    /// Its row in the source, from 1; 0 when an earlier run left it and it stands in no file of this one.
    pub row: u64,
    /// Its key as people read it; masked when the key columns are personal.
    pub label: String,
}

/// A step at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRef {
    /// Its path with indexes of loops: `steps/2/for_each[3]/1`.
    pub path: String,
    /// The path in the outline.
    pub outline: String,
    /// The item it works for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// Counts up from 1.
    pub attempt: u32,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepFinished {
    /// The step.
    pub step: StepRef,
    /// The outcome.
    pub outcome: StepOutcome,
    /// Milliseconds it took.
    pub took_ms: u64,
    /// Things it wants to say: which locator of a bundle matched, a field typed again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Message>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceRef>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// The outcome of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// Done.
    Ok,
    /// Not done, because its condition did not hold, or because a rehearsal stops before it.
    Skipped,
    /// It looked and the page did not show it; its `else` was done.
    NotMet,
    /// It failed.
    Failed,
}

/// Why something failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind of cause.
    pub cause: Cause,
    /// What is the matter and what to do.
    pub message: Message,
    /// The page's own words, masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_says: Option<String>,
}

/// The five kinds of causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// 画面: the page is not as the scenario expects.
    Page,
    /// データ: the row or form does not allow it; trying again does not help.
    Data,
    /// 相手システム: the other system is down, slow or refuses.
    System,
    /// 権限: a password, a right or a host that was not granted.
    Permission,
    /// 環境: this machine: browser, disk, files, memory.
    Environment,
}

/// A piece of evidence, stored by its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EvidenceRef {
    /// SHA-256, in hex.
    pub sha256: String,
    /// `image/png`.
    pub media_type: String,
    /// Length in bytes.
    pub bytes: u64,
    /// What it shows.
    pub role: EvidenceRole,
}

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRole {
    /// The page where a step failed.
    Failure,
    /// The filled form, before the irreversible act.
    BeforeCommit,
    /// The page with the proof.
    Proof,
    /// A picture the scenario asked for.
    Asked,
}

/// How an item ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemFinished {
    /// The item.
    pub item: ItemRef,
    /// Its state now.
    pub state: ItemState,
    /// Why, when it is not simply done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// The receipt that proves it, else what was kept or read of it; masked if it must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Milliseconds of work on it in this run.
    pub took_ms: u64,
}

/// What a person has said of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The item.
    pub item: ItemRef,
    /// The state that the run found it in, when it listed it.
    pub found: ItemState,
    /// Its state now.
    pub state: ItemState,
    /// Who.
    pub by: String,
    /// The number of the sheet that it was handed out with, or came back on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baton: Option<i64>,
}

/// The state of an item. Exactly one at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// 未着手.
    New,
    /// 実行中: claimed by a run, nothing irreversible begun.
    Claimed,
    /// 実行中: the intent is stored; the act may or may not have happened.
    Committing,
    /// 済.
    Done,
    /// 済(既登録): the target had it already.
    AlreadyThere,
    /// 差し戻し: it goes back to where it came from, with a reason.
    Rejected,
    /// 失敗: a system error; tried again by a later run.
    Failed,
    /// 読取確認: a person has to confirm what was read.
    ReadingReview,
    /// 登録照会: nobody can prove whether it was registered; a person has to look.
    Inquiry,
    /// 手作業中: a person has taken it over.
    ByHand,
    /// 対象外: a person dropped it.
    Dropped,
    /// 下見済: a rehearsal worked it up to its irreversible act. Events of rehearsals only; no ledger holds it.
    Rehearsed,
}

impl ItemState {
    /// Every state, in the order of the enum.
    pub const ALL: [ItemState; 12] = [
        ItemState::New,
        ItemState::Claimed,
        ItemState::Committing,
        ItemState::Done,
        ItemState::AlreadyThere,
        ItemState::Rejected,
        ItemState::Failed,
        ItemState::ReadingReview,
        ItemState::Inquiry,
        ItemState::ByHand,
        ItemState::Dropped,
        ItemState::Rehearsed,
    ];
}

/// The last event of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunFinished {
    /// The outcome.
    pub outcome: RunOutcome,
    /// Why it ended before its work was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// Milliseconds from start to end.
    pub took_ms: u64,
}

/// The outcome of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// Every item is settled and done.
    Succeeded,
    /// Worked to the end; some items were rejected, failed or wait for a person.
    Partial,
    /// Ended early by a failure.
    Failed,
    /// Ended early because a person asked for it.
    Cancelled,
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
