//! What people say of items: inquiries, their answers, and who gave them.

use chrono::{DateTime, NaiveDate, Utc};

use super::database::{Columns, Transaction, damaged};
use super::reviews::{Waiting, waiting};
use super::runs::bot_of;
use super::seal::Sealer;
use super::{audit, doubts, items, journal, pages, runs};
use crate::events::{Decided, ItemId, ItemRef, ItemState, Kind, Place, RunId};
use crate::platform::processes;
use crate::ports::item::{self, MoveKind};
use crate::ports::{Intent, PortError, Receipt, receipt_scope};
use crate::value::Value;

/// Nobody can prove whether this item was registered.
#[derive(Debug, Clone, PartialEq)]
pub struct Inquiry {
    /// The item.
    pub item: Waiting,
    /// The bot's id.
    pub bot: String,
    /// The practice city or the real system.
    pub place: Place,
    /// The business day that the run worked for.
    pub day: NaiveDate,
    /// Why, as a code; none when its run broke off.
    pub reason: Option<String>,
    /// What was about to be done, if that was written down.
    pub intent: Option<Intent>,
}

/// An answer to an inquiry.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What became of it: [`ItemState::Done`], [`ItemState::New`] or [`ItemState::Dropped`].
    pub state: ItemState,
    /// The receipt that the other system shows, and the name that it is kept under.
    pub receipt: Option<(String, String)>,
    /// In the person's own words.
    pub reason: Option<String>,
    /// Who.
    pub by: String,
}

/// What became of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answering {
    /// It is kept.
    Kept,
    /// The item does not wait for one: its state, and who has decided it.
    Over(ItemState, Option<String>),
    /// There is no such item.
    Unknown,
}

/// What a person said of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The item.
    pub item: ItemId,
    /// Its key as people read it.
    pub label: String,
    /// What became of it.
    pub state: ItemState,
    /// In the person's own words.
    pub reason: Option<String>,
    /// The number of the sheet, where it was one.
    pub baton: Option<i64>,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

const INQUIRIES: &str = "SELECT item.id, item.label, item.ledger, item.run, item.state, item.reason, item.intent, \
     item.changed_at AS since, run.name, run.bot, run.place, run.day, run.outcome, run.host, run.pid, run.lease_until \
     FROM item JOIN run ON run.id = item.run WHERE item.state IN ('inquiry', 'committing')";

/// Everything that waits to be looked up, oldest first: also what a run has left that is dead and that nobody has ended yet.
/// Opening what was about to be done is written down.
pub(super) fn inquiries(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    who: &str,
    is_alive: fn(u32) -> bool,
) -> Result<Vec<Inquiry>, PortError> {
    let now = transaction.lease_clock()?;
    let sql = format!("{INQUIRIES} ORDER BY item.changed_at, item.id");
    let mut inquiries = Vec::new();
    for row in transaction.rows(sqlx::query(sqlx::AssertSqlSafe(sql)))? {
        let at_work = row.text("state")? == "committing" && pages::is_live(&row, now, is_alive)?;
        if at_work {
            continue;
        }
        let item = waiting(&row)?;
        let intent = row.bytes_or_none("intent")?;
        if intent.is_some() {
            audit::write(
                transaction,
                sealer,
                who,
                "inquiry.read",
                &format!("item {}", item.item.0),
            )?;
        }
        inquiries.push(Inquiry {
            bot: bot_of(&row.text("bot")?).to_owned(),
            place: journal::named(row.text("place")?)?,
            day: journal::named(row.text("day")?)?,
            reason: row.text_or_none("reason")?,
            intent: intent
                .map(|sealed| doubts::open(sealer, item.item, &sealed))
                .transpose()?,
            item,
        });
    }
    Ok(inquiries)
}

/// Stores a person's answer to an inquiry; the first one counts.
///
/// # Errors
/// [`PortError::Taken`] while a live run holds the item, [`PortError::SameReceipt`] when its receipt is another item's.
pub(super) fn answer(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    (item, answer): (ItemId, &Answer),
    is_alive: fn(u32) -> bool,
) -> Result<Answering, PortError> {
    let query = sqlx::query(
        "SELECT item.state, item.epoch, item.ledger, item.kept, item.run, run.bot, run.place, run.day FROM item \
         LEFT JOIN run ON run.id = item.run WHERE item.id = $1",
    );
    let Some(row) = transaction.row(query.bind(item.0))? else {
        return Ok(Answering::Unknown);
    };
    let from: ItemState = journal::named(row.text("state")?)?;
    let Ok(to) = item::next(from, MoveKind::Decide(answer.state)) else {
        return over(transaction, item);
    };
    let run = RunId(row.int("run")?);
    if from == ItemState::Committing {
        runs::end_dead(transaction, &row.text("bot")?, (&processes::host_name(), is_alive))?;
    }
    let mut kept = match row.bytes_or_none("kept")? {
        Some(sealed) => items::open_kept(sealer, item, &sealed)?,
        None => indexmap::IndexMap::new(),
    };
    if let Some((name, receipt)) = &answer.receipt {
        kept.insert(name.clone(), Value::from(receipt.as_str()));
    }
    let kept = (!kept.is_empty())
        .then(|| items::seal_kept(sealer, item, &kept))
        .transpose()?;
    let query = sqlx::query(
        "UPDATE item SET state = $1, reason = NULL, kept = $2, changed_at = $3, \
         settled_hash = CASE WHEN $4 = 1 THEN payload_hash ELSE settled_hash END \
         WHERE id = $5 AND state = $6 AND epoch = $7",
    )
    .bind(journal::name_of(&to)?)
    .bind(kept)
    .bind(transaction.now())
    .bind(i64::from(to != ItemState::New))
    .bind(item.0)
    .bind(journal::name_of(&from)?)
    .bind(row.int("epoch")?);
    if transaction.execute(query)? != 1 {
        return over(transaction, item);
    }
    if let Some((_, text)) = &answer.receipt {
        let (place, day) = (journal::named(row.text("place")?)?, journal::named(row.text("day")?)?);
        let scope = receipt_scope(&row.text("ledger")?, place, day, run);
        let text = text.clone();
        doubts::belongs_to(
            transaction,
            item,
            doubts::receipt_hash(sealer, &Receipt { scope, text }),
        )?;
    }
    decided(transaction, sealer, item, (answer, None))?;
    let subject = format!("item {} {}", item.0, journal::name_of(&to)?);
    audit::write(transaction, sealer, &answer.by, "inquiry.answered", &subject)?;
    Ok(Answering::Kept)
}

/// The state of an item that does not wait for an answer.
fn over(transaction: &mut Transaction<'_>, item: ItemId) -> Result<Answering, PortError> {
    let query = sqlx::query(
        "SELECT item.state, (SELECT decision.decided_by FROM decision WHERE decision.item = item.id \
         ORDER BY decision.id DESC LIMIT 1) AS person FROM item WHERE item.id = $1",
    );
    let row = transaction
        .row(query.bind(item.0))?
        .ok_or_else(|| damaged("an item is gone"))?;
    Ok(Answering::Over(
        journal::named(row.text("state")?)?,
        row.text_or_none("person")?,
    ))
}

/// Writes down what a person has said of an item, for the item and in the runs that people read of it: the one that moved it
/// last, the last one that listed it, and the one that it was handed out of.
pub(super) fn decided(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    item: ItemId,
    (answer, baton): (&Answer, Option<i64>),
) -> Result<(), PortError> {
    let number = transaction.take_numbers("decision", 1)?;
    let sealed = answer
        .reason
        .as_ref()
        .map(|reason| sealer.seal(&reason_place(number), reason.as_bytes()));
    let query = sqlx::query(
        "INSERT INTO decision (id, item, state, reason, baton, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(number)
    .bind(item.0)
    .bind(journal::name_of(&answer.state)?)
    .bind(sealed.transpose()?)
    .bind(baton)
    .bind(answer.by.clone())
    .bind(transaction.now());
    transaction.execute(query)?;
    let query = sqlx::query(
        "SELECT run.id, item.label, run_item.source_row, run_item.state_before FROM item \
         JOIN run ON run.id = item.run OR run.id = (SELECT MAX(listed.run) FROM run_item listed WHERE listed.item = item.id) \
         OR run.id = (SELECT baton_item.run FROM baton_item WHERE baton_item.baton = $1 AND baton_item.item = item.id) \
         LEFT JOIN run_item ON run_item.run = run.id AND run_item.item = item.id WHERE item.id = $2 ORDER BY run.id",
    );
    let mut told = None;
    for row in transaction.rows(query.bind(baton).bind(item.0))? {
        // A row that stands in a file twice is one item.
        let run = RunId(row.int("id")?);
        if told.replace(run) == Some(run) {
            continue;
        }
        let found = row.text_or_none("state_before")?.map(journal::named).transpose()?;
        let decided = Decided {
            item: ItemRef {
                id: item,
                row: row
                    .int_or_none("source_row")?
                    .and_then(|row| u64::try_from(row).ok())
                    .unwrap_or(0),
                label: row.text("label")?,
            },
            found: found.unwrap_or(ItemState::New),
            state: answer.state,
            by: answer.by.clone(),
            baton,
        };
        journal::append_late(transaction, run, Kind::Decided(decided))?;
    }
    Ok(())
}

fn reason_place(number: i64) -> String {
    format!("decision {number}")
}

/// What people have said, newest first, at most so many. Opening their words is written down.
pub(super) fn decisions(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    who: &str,
    at_most: u32,
) -> Result<Vec<Decision>, PortError> {
    let query = sqlx::query(
        "SELECT decision.id, decision.item, item.label, decision.state, decision.reason, decision.baton, \
         decision.decided_by, decision.decided_at FROM decision JOIN item ON item.id = decision.item \
         WHERE decision.state <> 'by_hand' ORDER BY decision.id DESC LIMIT $1",
    );
    let mut decisions = Vec::new();
    for row in transaction.rows(query.bind(i64::from(at_most)))? {
        let number = row.int("id")?;
        let reason = match row.bytes_or_none("reason")? {
            Some(sealed) => {
                audit::write(transaction, sealer, who, "decision.read", &format!("decision {number}"))?;
                let words = sealer.open(&reason_place(number), &sealed)?;
                Some(String::from_utf8(words.to_vec()).map_err(|_| PortError::Sealed)?)
            }
            None => None,
        };
        decisions.push(Decision {
            item: ItemId(row.int("item")?),
            label: row.text("label")?,
            state: journal::named(row.text("state")?)?,
            reason,
            baton: row.int_or_none("baton")?,
            by: row.text("decided_by")?,
            at: journal::instant(row.int("decided_at")?)?,
        });
    }
    Ok(decisions)
}
