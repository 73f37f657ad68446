//! Sheets of work by hand: items that are taken from the bot, and come back one by one.

use chrono::{DateTime, Utc};
use indexmap::IndexMap;

use super::database::{Columns, Transaction, damaged};
use super::decisions::{self, Answer};
use super::runs::bot_of;
use super::seal::Sealer;
use super::store::Store;
use super::{audit, doubts, items, journal, runs};
use crate::events::{ItemId, ItemState, Place, RunId};
use crate::platform::processes;
use crate::ports::item::{self, MoveKind};
use crate::ports::{PortError, Receipt};
use crate::value::Value;

/// Which items are to be handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// What a run left.
    Run(RunId),
    /// What all runs of a bot left, in practice or in earnest.
    Bot(String, Place),
}

/// Who hands out what.
#[derive(Debug, Clone)]
pub struct Order {
    /// Which items.
    pub wanted: Wanted,
    /// Whether also those that were rejected.
    pub rejected: bool,
    /// Who.
    pub by: String,
    /// Where the sheet is written, as people name it; made of its number.
    pub file: fn(i64) -> String,
    /// A place that somebody has chosen instead.
    pub chosen: Option<String>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baton {
    /// Its number.
    pub number: i64,
    /// The bot's id.
    pub bot: String,
    /// What people call the bot.
    pub name: String,
    /// Where it was written.
    pub file: String,
    /// Who handed it out.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How many items it had.
    pub items: u64,
    /// How many of them are still out.
    pub out: u64,
}

/// A row of a sheet, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct BatonRow {
    /// Its place in the sheet, from 1.
    pub place: i64,
    /// The item.
    pub item: ItemId,
    /// Its key as people read it.
    pub label: String,
    /// Its state before.
    pub before: ItemState,
    /// What it came back as; none while it is out.
    pub state: Option<ItemState>,
    /// What proves that the row belongs to this place of this sheet.
    pub check: String,
    /// The row's values.
    pub payload: IndexMap<String, Value>,
}

/// What became of a row that was brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// It is taken.
    Taken,
    /// It was taken before, just so.
    Before,
    /// It came back before as something else.
    Otherwise(ItemState),
}

impl Store {
    /// Takes items from the bot and hands them out; none when nothing is left. That their rows were opened is written down.
    ///
    /// # Errors
    /// [`PortError::Taken`] while a live run has the bot's work.
    pub fn give_baton(&self, order: &Order) -> Result<Option<Baton>, PortError> {
        let (sealer, order, is_alive) = (self.sealer.clone(), order.clone(), self.is_alive);
        self.worker
            .call(move |database| database.write(|transaction| give(transaction, &sealer, &order, is_alive)))
    }

    /// The sheets, newest first; only those with items still out, if that is asked for.
    pub fn batons(&self, only_out: bool) -> Result<Vec<Baton>, PortError> {
        self.worker
            .call(move |database| database.read(|transaction| list(transaction, only_out)))
    }

    /// The rows of a sheet in their order; that `who` read them is written down.
    pub fn baton_rows(&self, number: i64, who: &str) -> Result<Vec<BatonRow>, PortError> {
        let (sealer, who) = (self.sealer.clone(), who.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| rows(transaction, &sealer, number, &who)))
    }

    /// Takes one row back: [`ItemState::Done`] or [`ItemState::Dropped`]. `who` read the sheet in.
    ///
    /// # Errors
    /// [`PortError::SameReceipt`] when another row of the sheet came back with its receipt.
    pub fn return_baton_row(&self, row: (i64, i64), answer: &Answer, who: &str) -> Result<Returned, PortError> {
        let (sealer, answer, who) = (self.sealer.clone(), answer.clone(), who.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| take_back(transaction, &sealer, row, (&answer, &who))))
    }

    /// Gives what is still out back to the bot, as it was; how many.
    pub fn release_baton(&self, number: i64, reason: &str, by: &str) -> Result<u64, PortError> {
        let (sealer, reason, by) = (self.sealer.clone(), reason.to_owned(), by.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| release(transaction, &sealer, number, (&reason, &by))))
    }
}

fn give(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    order: &Order,
    is_alive: fn(u32) -> bool,
) -> Result<Option<Baton>, PortError> {
    let bot = match &order.wanted {
        Wanted::Bot(bot, _) => bot.clone(),
        Wanted::Run(run) => {
            let row = transaction.row(sqlx::query("SELECT bot FROM run WHERE id = $1").bind(run.0))?;
            let row = row.ok_or_else(|| damaged("there is no such run"))?;
            bot_of(&row.text("bot")?).to_owned()
        }
    };
    // A run that is about to be opened queues here, and finds them gone.
    transaction.execute(sqlx::query("UPDATE bot SET epoch = epoch WHERE bot = $1").bind(bot.clone()))?;
    runs::end_dead(transaction, &bot, (&processes::host_name(), is_alive))?;
    let left = left(transaction, order)?;
    if left.is_empty() {
        return Ok(None);
    }
    let named = sqlx::query("SELECT name FROM run WHERE bot = $1 ORDER BY id DESC LIMIT 1").bind(bot.clone());
    let name = match transaction.row(named)? {
        Some(row) => row.text("name")?,
        None => bot.clone(),
    };
    let number = transaction.take_numbers("baton", 1)?;
    let file = order.chosen.clone().unwrap_or_else(|| (order.file)(number));
    let query =
        sqlx::query("INSERT INTO baton (id, bot, name, file, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(number)
            .bind(bot.clone())
            .bind(name.clone())
            .bind(file.clone())
            .bind(order.by.clone())
            .bind(transaction.now());
    transaction.execute(query)?;
    let mut place = 0;
    for (item, from, epoch) in left {
        // Another bot with the same ledger may have taken it meanwhile.
        if !moved(transaction, (item, from, epoch), MoveKind::TakeByHand)? {
            continue;
        }
        place += 1;
        let query = sqlx::query(
            "INSERT INTO baton_item (baton, place, item, run, state_before) \
             SELECT $1, $2, item.id, (SELECT MAX(run_item.run) FROM run_item WHERE run_item.item = item.id), $3 \
             FROM item WHERE item.id = $4",
        )
        .bind(number)
        .bind(place)
        .bind(journal::name_of(&back(from))?)
        .bind(item.0);
        transaction.execute(query)?;
        let taken = word(ItemState::ByHand, &order.by, None);
        decisions::decided(transaction, sealer, item, (&taken, Some(number)))?;
    }
    let items = u64::try_from(place).unwrap_or(0);
    audit::write(
        transaction,
        sealer,
        &order.by,
        "baton.given",
        &format!("baton {number}"),
    )?;
    Ok(Some(Baton {
        number,
        bot,
        name,
        file,
        by: order.by.clone(),
        at: journal::instant(transaction.now())?,
        items,
        out: items,
    }))
}

/// What is left: items, their states, their epochs. What somebody took out of its file is left alone here too.
fn left(transaction: &mut Transaction<'_>, order: &Order) -> Result<Vec<(ItemId, ItemState, i64)>, PortError> {
    let listed = match &order.wanted {
        Wanted::Run(_) => "SELECT run_item.item FROM run_item WHERE run_item.run = $1",
        Wanted::Bot(..) => {
            "SELECT run_item.item FROM run_item JOIN run ON run.id = run_item.run WHERE run.bot = $1 AND run.place = $2"
        }
    };
    let rejected = if order.rejected { ", 'rejected'" } else { "" };
    let sql = format!(
        "SELECT item.id, item.state, item.epoch FROM item LEFT JOIN run at_work ON at_work.id = item.run \
         WHERE item.id IN ({listed}) AND (item.state IN ('inquiry'{rejected}) \
         OR (item.state IN ('new', 'failed') AND item.source <> '') \
         OR (item.state = 'committing' AND at_work.outcome IS NOT NULL)) ORDER BY item.id"
    );
    let query = sqlx::query(sqlx::AssertSqlSafe(sql));
    let query = match &order.wanted {
        Wanted::Run(run) => query.bind(run.0),
        Wanted::Bot(bot, place) => query.bind(bot.clone()).bind(journal::name_of(place)?),
    };
    let rows = transaction.rows(query)?;
    rows.iter()
        .map(|row| {
            Ok((
                ItemId(row.int("id")?),
                journal::named(row.text("state")?)?,
                row.int("epoch")?,
            ))
        })
        .collect()
}

/// What an item becomes that comes back untouched.
fn back(from: ItemState) -> ItemState {
    match from {
        ItemState::Committing => ItemState::Inquiry,
        other => other,
    }
}

/// Moves an item unless it has changed since it was read.
fn moved(
    transaction: &mut Transaction<'_>,
    (item, from, epoch): (ItemId, ItemState, i64),
    step: MoveKind,
) -> Result<bool, PortError> {
    let to = item::next(from, step)?;
    let query = sqlx::query("UPDATE item SET state = $1, changed_at = $2 WHERE id = $3 AND state = $4 AND epoch = $5")
        .bind(journal::name_of(&to)?)
        .bind(transaction.now())
        .bind(item.0)
        .bind(journal::name_of(&from)?)
        .bind(epoch);
    Ok(transaction.execute(query)? == 1)
}

fn word(state: ItemState, by: &str, reason: Option<String>) -> Answer {
    Answer {
        state,
        receipt: None,
        reason,
        by: by.to_owned(),
    }
}

fn list(transaction: &mut Transaction<'_>, only_out: bool) -> Result<Vec<Baton>, PortError> {
    let out = "(SELECT COUNT(*) FROM baton_item WHERE baton_item.baton = baton.id AND baton_item.state IS NULL)";
    let only = if only_out {
        format!("WHERE {out} > 0")
    } else {
        String::new()
    };
    let sql = format!(
        "SELECT baton.id, baton.bot, baton.name, baton.file, baton.given_by, baton.given_at, {out} AS still_out, \
         (SELECT COUNT(*) FROM baton_item WHERE baton_item.baton = baton.id) AS items FROM baton {only} ORDER BY baton.id DESC"
    );
    let rows = transaction.rows(sqlx::query(sqlx::AssertSqlSafe(sql)))?;
    rows.iter()
        .map(|row| {
            Ok(Baton {
                number: row.int("id")?,
                bot: row.text("bot")?,
                name: row.text("name")?,
                file: row.text("file")?,
                by: row.text("given_by")?,
                at: journal::instant(row.int("given_at")?)?,
                items: u64::try_from(row.int("items")?).unwrap_or(0),
                out: u64::try_from(row.int("still_out")?).unwrap_or(0),
            })
        })
        .collect()
}

const ROWS: &str = "SELECT baton_item.place, baton_item.state_before, baton_item.state, item.id, item.label, item.ledger, \
     item.epoch, item.kept, item.key_hash, item.payload FROM baton_item JOIN item ON item.id = baton_item.item";

fn rows(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    number: i64,
    who: &str,
) -> Result<Vec<BatonRow>, PortError> {
    let sql = format!("{ROWS} WHERE baton_item.baton = $1 ORDER BY baton_item.place");
    let mut opened = Vec::new();
    for row in transaction.rows(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(number))? {
        let (place, item) = (row.int("place")?, ItemId(row.int("id")?));
        audit::write(transaction, sealer, who, "item.unsealed", &format!("item {}", item.0))?;
        let mut check = sealer.hash(&format!("baton {number}"), format!("{place} {}", item.0).as_bytes());
        check.truncate(12);
        opened.push(BatonRow {
            place,
            item,
            label: row.text("label")?,
            before: journal::named(row.text("state_before")?)?,
            state: row.text_or_none("state")?.map(journal::named).transpose()?,
            check,
            payload: items::open_map(
                sealer,
                &items::payload_place(&row.text("key_hash")?),
                &row.bytes("payload")?,
            )?,
        });
    }
    Ok(opened)
}

fn take_back(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    (number, place): (i64, i64),
    (answer, who): (&Answer, &str),
) -> Result<Returned, PortError> {
    // The update locks the row, so that two that read one sheet come one after the other.
    let locked = sqlx::query("UPDATE baton_item SET state = $1 WHERE baton = $2 AND place = $3 AND state IS NULL")
        .bind(journal::name_of(&answer.state)?)
        .bind(number)
        .bind(place);
    let first = transaction.execute(locked)? == 1;
    let sql = format!("{ROWS} WHERE baton_item.baton = $1 AND baton_item.place = $2");
    let row = transaction
        .row(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(number).bind(place))?
        .ok_or_else(|| damaged("a sheet has no such row"))?;
    let state: Option<ItemState> = row.text_or_none("state")?.map(journal::named).transpose()?;
    match state.filter(|_| !first) {
        Some(state) if state == answer.state => return Ok(Returned::Before),
        Some(state) => return Ok(Returned::Otherwise(state)),
        None => {}
    }
    let item = ItemId(row.int("id")?);
    let mut kept = match row.bytes_or_none("kept")? {
        Some(sealed) => items::open_kept(sealer, item, &sealed)?,
        None => IndexMap::new(),
    };
    if let Some((name, receipt)) = &answer.receipt {
        kept.insert(name.clone(), Value::from(receipt.as_str()));
        // A number that was dragged down with the mouse stands in many rows.
        let scope = format!("{} baton {number}", row.text("ledger")?);
        let text = receipt.clone();
        doubts::belongs_to(
            transaction,
            item,
            doubts::receipt_hash(sealer, &Receipt { scope, text }),
        )?;
    }
    let kept = (!kept.is_empty())
        .then(|| items::seal_kept(sealer, item, &kept))
        .transpose()?;
    if !moved(
        transaction,
        (item, ItemState::ByHand, row.int("epoch")?),
        MoveKind::FinishByHand(answer.state),
    )? {
        return Err(damaged("an item that was handed out has changed"));
    }
    let query = sqlx::query("UPDATE item SET reason = NULL, kept = $1, settled_hash = payload_hash WHERE id = $2")
        .bind(kept)
        .bind(item.0);
    transaction.execute(query)?;
    decisions::decided(transaction, sealer, item, (answer, Some(number)))?;
    let subject = format!("baton {number} item {} {}", item.0, journal::name_of(&answer.state)?);
    audit::write(transaction, sealer, who, "baton.returned", &subject)?;
    Ok(Returned::Taken)
}

fn release(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    number: i64,
    (reason, by): (&str, &str),
) -> Result<u64, PortError> {
    let query = sqlx::query(
        "UPDATE baton_item SET state = state_before WHERE baton = $1 AND state IS NULL RETURNING item, state_before",
    );
    let mut released = 0;
    for row in transaction.rows(query.bind(number))? {
        let item = ItemId(row.int("item")?);
        let to: ItemState = journal::named(row.text("state_before")?)?;
        let known = transaction.row(sqlx::query("SELECT epoch FROM item WHERE id = $1").bind(item.0))?;
        let epoch = known.ok_or_else(|| damaged("an item is gone"))?.int("epoch")?;
        if !moved(transaction, (item, ItemState::ByHand, epoch), MoveKind::GiveBack(to))? {
            return Err(damaged("an item that was handed out has changed"));
        }
        let word = word(to, by, Some(reason.to_owned()));
        decisions::decided(transaction, sealer, item, (&word, Some(number)))?;
        released += 1;
    }
    if released > 0 {
        audit::write(transaction, sealer, by, "baton.released", &format!("baton {number}"))?;
    }
    Ok(released)
}
