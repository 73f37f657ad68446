//! What a run needs from the outside: a ledger, an event sink, evidence, secrets. `history` implements them.
//!
//! The calls are synchronous on purpose: when [`Ledger::advance`] returns from an intent, the row and its events are durable,
//! so an irreversible act may follow. Nothing else gives that order.

mod doubt;
#[cfg(test)]
mod explored;
pub mod item;
pub mod run;
mod target;

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::events::{Event, EvidenceRef, EvidenceRole, ItemId, ItemState, Kind, RunId, RunOutcome};
pub use doubt::{Doubt, Intent, LastBrowser, LateKey, Receipt, RemoteSession, receipt_scope};
pub use target::{Target, TargetNote};

use crate::rules::width::fold_answer;
use crate::text::{Message, codes, refusal};
use crate::value::{Class, ColumnType, Secret, Value};

/// Why a port could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// Another runner has this bot's work.
    #[error("another runner has the work of {bot} (run {run:?} on {host})")]
    Taken {
        /// The bot.
        bot: String,
        /// The run that has it.
        run: RunId,
        /// Where.
        host: String,
    },
    /// As many runs as may write into the system with one account do so.
    #[error("{target} is being written into by {bot} (run {run:?} on {host})")]
    Busy {
        /// The system.
        target: String,
        /// A bot that writes.
        bot: String,
        /// Its run.
        run: RunId,
        /// Where.
        host: String,
    },
    /// The system is left alone for a while: a run has just ended early through it.
    #[error("{target} rests for {minutes} minutes")]
    Resting {
        /// The system.
        target: String,
        /// For how long, rounded up.
        minutes: i64,
    },
    /// This run's lease was lost to another runner: stop before the next step.
    #[error("the lease of this run was taken over")]
    Fenced,
    /// The records were restored from a backup, and this run has no way to look what was registered since.
    #[error("the store was restored from a backup of {taken}, and {bot} was not compared with its system since")]
    Restored {
        /// The bot.
        bot: String,
        /// When the backup was taken, as people read it.
        taken: String,
    },
    /// The proof of this item stands under another item's key: it proves neither.
    #[error("the same receipt was given to {label}")]
    SameReceipt {
        /// The item that was proved by it first.
        other: ItemId,
        /// What people call it.
        label: String,
    },
    /// What is about to be registered is another item's to register, or was registered for it.
    #[error("the same late key was claimed for {label}")]
    SameKey {
        /// What people call the other item.
        label: String,
    },
    /// The transition is not one an item may make.
    #[error(transparent)]
    Transition(#[from] item::IllegalMove),
    /// The store did not answer or refused.
    #[error("the store failed: {detail}")]
    Store {
        /// The library's words, for the technical log.
        detail: String,
    },
    /// No room on the disk.
    #[error("no room left")]
    Full,
    /// What was stored cannot be read: the key does not fit, or it was changed.
    #[error("sealed data cannot be opened")]
    Sealed,
}

impl PortError {
    /// What to tell a person.
    pub fn message(&self) -> Message {
        match self {
            PortError::Taken { bot, run, host } => Message::new(codes::STORE_TAKEN)
                .with("bot", bot)
                .with_int("run", run.0)
                .with("host", host),
            PortError::Busy { target, bot, run, host } => Message::new(codes::TARGET_BUSY)
                .with("target", target)
                .with("bot", bot)
                .with_int("run", run.0)
                .with("host", host),
            PortError::Resting { target, minutes } => Message::new(codes::TARGET_RESTS)
                .with("target", target)
                .with_int("minutes", *minutes),
            PortError::Restored { bot, taken } => Message::new(codes::STORE_RESTORED)
                .with("bot", bot)
                .with("taken", taken),
            PortError::Fenced => Message::new(codes::STORE_FENCED),
            PortError::SameReceipt { label, .. } => Message::new(codes::SAME_RECEIPT).with("other", label),
            PortError::SameKey { label } => Message::new(codes::LATE_KEY_TAKEN).with("other", label),
            PortError::Transition(_) => Message::new(codes::STORE_MOVE),
            PortError::Store { detail } => Message::new(codes::STORE_FAILED).with("detail", detail),
            PortError::Full => Message::new(codes::STORE_FULL),
            PortError::Sealed => Message::new(codes::STORE_SEALED),
        }
    }
}

/// A run about to begin.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRun {
    /// The bot's id.
    pub bot: String,
    /// Host and process that run it.
    pub host: String,
    /// Process number on that host.
    pub pid: u32,
    /// The real system that it works in.
    pub target: Option<Target>,
    /// Whether it only rehearses the bot's work: then it neither ends, nor waits for, a run that does the work.
    pub rehearsal: bool,
    /// Whether each of its irreversible acts can be looked for before it is done.
    pub can_look: bool,
    /// SHA-256 of the bundle, in hex.
    pub bundle_hash: String,
    /// The bundle's files: path relative to the office, content.
    pub bundle: Vec<(String, String)>,
    /// Its first events: [`Kind::RunStarted`].
    pub events: Vec<Kind>,
}

/// The right to work: a run and its epoch, which every write carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// The run.
    pub run: RunId,
    /// Counts up whenever a run of the same bot is opened or taken over.
    pub epoch: i64,
}

/// What a supervisor or operator asked of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requests {
    /// Finish the current step and end.
    pub cancel: bool,
    /// End at once.
    pub stop: Option<ForcedStop>,
}

/// A forced stop (強制停止): the run ends in the middle of whatever it does. What it was about to register is in doubt then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForcedStop {
    /// Who wants it.
    pub by: String,
    /// Why, in their own words.
    pub reason: String,
}

/// A row about to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewItem {
    /// Row in the source, from 1.
    pub row: u64,
    /// The key's values, joined unambiguously; stored only as a keyed hash.
    pub key: String,
    /// The key as people read it, masked if it must be.
    pub label: String,
    /// The row's values, to be sealed.
    pub payload: IndexMap<String, Value>,
    /// The item of another bot whose end made this one.
    pub made_of: Option<ItemId>,
}

/// Which rejected rows a run looks at again. One whose row has changed always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Again {
    /// Those of a scenario that has changed since, but for what the other system refused: that it was refused is only known
    /// by a sign of the scenario that was mended.
    #[default]
    Unrefused,
    /// Those of a scenario that has changed since. For practice, where nothing is registered twice in earnest.
    Mended,
    /// All: somebody has asked for it.
    All,
}

/// Where rows come from and where they are stored.
#[derive(Debug, Clone, Copy)]
pub struct Intake<'a> {
    /// The ledger.
    pub ledger: &'a str,
    /// The file that they stand in, by its path in the office; empty where there is none.
    pub source: &'a str,
    /// Whether the source is the same one every time, whatever stands in it; a file may be another under the same name.
    pub lasting: bool,
    /// Which rejected rows are to be looked at again.
    pub again: Again,
    /// Whether the scenario does anything irreversible: what an earlier edition brought to its end without it is then worked
    /// again.
    pub commits: bool,
    /// Whether what is done is done anew: nothing is registered, and what was read yesterday may be otherwise today.
    pub anew: bool,
}

/// Whose finished items are asked for, and who asks.
#[derive(Debug, Clone, Copy)]
pub struct Handover<'a> {
    /// The bot that finished them.
    pub bot: &'a str,
    /// Its ledger.
    pub from: &'a str,
    /// The ledger of the bot that takes them.
    pub to: &'a str,
}

/// An item that another bot has finished, with its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// Its number.
    pub item: ItemId,
    /// The row's values.
    pub payload: IndexMap<String, Value>,
    /// What was kept of it: receipt number and other values.
    pub kept: IndexMap<String, Value>,
}

/// What the ledger knows of a row after it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Enrolled {
    /// Its number.
    pub id: ItemId,
    /// Row in the source, from 1.
    pub row: u64,
    /// The key as people read it.
    pub label: String,
    /// Its state now.
    pub state: ItemState,
    /// Whether this run may work it: new, released, failed before, or rejected and to be looked at
    /// again.
    pub workable: bool,
    /// Whether the row differs from the one that its state was reached with.
    pub changed: bool,
    /// The run that moved it last.
    pub run: Option<RunId>,
    /// Attempts so far.
    pub attempts: u32,
}

/// An item that an earlier run left, with its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Leftover {
    /// What the ledger knows of it; its row number is 0, for it stands in no file of this run.
    pub item: Enrolled,
    /// The row's values.
    pub payload: IndexMap<String, Value>,
}

/// What a run would take upon itself, had it been one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// Its rows. Those that the ledger does not know have negative numbers.
    pub enrolled: Vec<Enrolled>,
    /// As [`Ledger::leftovers`].
    pub left: Vec<Leftover>,
    /// As [`Ledger::removed`].
    pub removed: Vec<(ItemId, String)>,
    /// As [`Ledger::waiting`].
    pub waiting: Vec<(ItemId, ItemState, String)>,
}

/// A step of an item through its states, with what must be stored in the same transaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Move {
    /// A run takes it.
    Claim,
    /// The irreversible act is about to be done.
    Intend(Intent),
    /// Somebody has looked: the act did not happen.
    Disprove,
    /// It came to an end for this run.
    Finish(Finish),
    /// It waits for a person's answer.
    Ask {
        /// What is asked.
        question: Question,
        /// The state it comes to, and why.
        finish: Finish,
    },
    /// Given back untouched (cancelled before anything irreversible).
    Release,
}

/// A question to a person about an item; sealed as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The step that asks, with the indexes of loops.
    pub mark: String,
    /// What is asked.
    pub text: String,
    /// The answers there are; none: any text.
    #[serde(default)]
    pub choices: Vec<String>,
    /// How the answer is read.
    #[serde(default)]
    pub kind: Option<ColumnType>,
    /// SHA-256 of the picture of the page, in hex.
    #[serde(default)]
    pub picture: Option<String>,
}

impl Question {
    /// The value that an answer stands for.
    ///
    /// # Errors
    /// What to tell whoever answers.
    pub fn read(&self, answer: &str) -> Result<Value, Message> {
        let folded = fold_answer(answer);
        if !self.choices.is_empty() {
            let meant = self.choices.iter().find(|choice| fold_answer(choice) == folded);
            let refused = || Message::new(codes::NOT_A_CHOICE).with("choices", self.choices.join("」「"));
            return meant.map(|choice| Value::from(choice.as_str())).ok_or_else(refused);
        }
        match self.kind {
            Some(kind) => kind.parse(answer.trim()).map_err(|error| {
                let why = refusal(&error.text, kind.class().max(Class::Personal), &error.cause);
                Message::new(codes::BAD_ANSWER).with_said("cause", why)
            }),
            None => Ok(Value::from(answer.trim())),
        }
    }
}

/// A question that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// What was asked.
    pub question: Question,
    /// The answer, as it was written.
    pub answer: String,
}

/// How an item ended in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Finish {
    /// The state.
    pub state: ItemState,
    /// Reason code for lists and statistics.
    pub reason: Option<String>,
    /// Receipt number and other kept values, to be sealed.
    pub kept: IndexMap<String, Value>,
    /// The receipt that proves it, which no other item may have. What counts as another one's is for whoever gives the
    /// `scope`: systems begin their numbers anew.
    pub receipt: Option<Receipt>,
}

/// The truth about items. A row and its events are written in one transaction.
pub trait Ledger: Send + Sync {
    /// Opens a run; refuses when another live runner has this bot. Items left [`ItemState::Claimed`] by a dead run of
    /// the bot go back to new; those left [`ItemState::Committing`] stay so: see [`Ledger::doubts`].
    fn open_run(&self, run: &NewRun) -> Result<Opened, PortError>;

    /// What [`Ledger::enroll`] and what follows it would answer, with nothing stored.
    fn survey(&self, lease: Lease, intake: Intake<'_>, items: &[NewItem]) -> Result<Survey, PortError>;

    /// Stores every row before the first is worked.
    fn enroll(&self, lease: Lease, intake: Intake<'_>, items: &[NewItem]) -> Result<Vec<Enrolled>, PortError>;

    /// Takes what earlier runs of this bot left untried or failed in the ledger and this run has not enrolled, oldest
    /// first. It belongs to this run from now on. What was taken out of this run's own file is not left; a file of
    /// which no row is left is another file under the same name.
    fn leftovers(&self, lease: Lease, intake: Intake<'_>) -> Result<Vec<Leftover>, PortError>;

    /// What earlier runs of this bot left untried or failed, and somebody took out of this run's file since. Said once: it
    /// is left alone until it stands in a file again.
    fn removed(&self, lease: Lease, intake: Intake<'_>) -> Result<Vec<(ItemId, String)>, PortError>;

    /// What another bot has done, or found to be there already, and nobody has settled in the ledger that takes it; in the
    /// order in which it was finished. That the run read it is written down.
    fn finished(&self, lease: Lease, handover: Handover<'_>) -> Result<Vec<Finished>, PortError>;

    /// What waits for a person of this bot's items in the ledger, beside what this run has enrolled, oldest first.
    fn waiting(&self, lease: Lease, ledger: &str) -> Result<Vec<(ItemId, ItemState, String)>, PortError>;

    /// What was kept of items that came to an end before, for results. That the run read it is written down.
    fn kept(&self, lease: Lease, items: &[ItemId]) -> Result<HashMap<ItemId, IndexMap<String, Value>>, PortError>;

    /// The answers to an item's questions, oldest first. That the run read them is written down.
    fn answers(&self, lease: Lease, item: ItemId) -> Result<Vec<Answered>, PortError>;

    /// Moves an item and writes the events with it; durable when it returns. A claim alone is seen by everybody then, and
    /// durable with the intent or the end that follows it.
    fn advance(&self, lease: Lease, item: ItemId, step: &Move, events: &[Kind]) -> Result<Vec<Event>, PortError>;

    /// Takes over what runs of this bot that are over left between intent and result in the ledger, oldest first.
    fn doubts(&self, lease: Lease, ledger: &str) -> Result<Vec<Doubt>, PortError>;

    /// Sends two items with the same receipt to a person, and writes the events with it.
    fn contest(
        &self,
        lease: Lease,
        items: (ItemId, ItemId),
        reason: &str,
        events: &[Kind],
    ) -> Result<Vec<Event>, PortError>;

    /// Writes down what the run has learnt of the system that it works in.
    fn note_target(&self, lease: Lease, note: &TargetNote) -> Result<(), PortError>;

    /// Writes down where the run's browser is; durable when it returns. `None`: in a process of its own.
    fn browser_at(&self, lease: Lease, session: Option<&RemoteSession>) -> Result<(), PortError>;

    /// Ends the run; durable when it returns.
    fn close_run(&self, lease: Lease, outcome: RunOutcome, events: &[Kind]) -> Result<Vec<Event>, PortError>;

    /// Keeps the lease alive and says what was asked for.
    fn renew(&self, lease: Lease) -> Result<Requests, PortError>;
}

/// A run that was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The right to work.
    pub lease: Lease,
    /// The stored first events.
    pub events: Vec<Event>,
    /// Whether nobody has come through to its system since a run ended early through it.
    pub doubtful: bool,
    /// What its system has refused a login with.
    pub refused: Option<String>,
    /// When the backup was taken, as people read it, if the ledger was restored from one: every item is to be looked for
    /// before it is registered.
    pub restored: Option<String>,
}

/// Where events go that change no item.
pub trait EventSink: Send + Sync {
    /// Writes events in order and returns them as stored.
    fn record(&self, lease: Lease, events: &[Kind]) -> Result<Vec<Event>, PortError>;
}

/// Where pictures go.
pub trait EvidenceStore: Send + Sync {
    /// Keeps a piece of evidence by its content.
    fn keep(&self, lease: Lease, bytes: &[u8], media_type: &str, role: EvidenceRole) -> Result<EvidenceRef, PortError>;
}

/// A secret's public side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretInfo {
    /// `受付.ID`.
    pub name: String,
    /// Hosts it may be typed into; none means nowhere yet.
    pub hosts: Vec<String>,
    /// When it stops being valid.
    pub expires: Option<chrono::NaiveDate>,
    /// When it was set.
    pub set_at: DateTime<Utc>,
}

/// Where secrets are kept, encrypted.
pub trait Vault: Send + Sync {
    /// The secret and its public side.
    fn reveal(&self, name: &str) -> Result<Option<(Secret, SecretInfo)>, PortError>;
    /// What is there.
    fn list(&self) -> Result<Vec<SecretInfo>, PortError>;
}

/// SHA-256, in hex, of a bundle's paths and contents.
pub fn bundle_hash(bundle: &[(String, String)]) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    for (path, content) in bundle {
        // Lengths keep two different bundles from looking alike when they are joined.
        hash.update((path.len() as u64).to_be_bytes());
        hash.update(path.as_bytes());
        hash.update((content.len() as u64).to_be_bytes());
        hash.update(content.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How long a lease lives without being renewed.
pub const LEASE: Duration = Duration::from_secs(60);

/// How often a live runner renews it.
///
/// A wish to cancel is heard of at the same time, so this is also how long somebody who asks has to wait.
pub const RENEWAL: Duration = Duration::from_secs(5);

/// The class that a kept value is stored under when nothing else is known.
pub const UNKNOWN_CLASS: Class = Class::Personal;
