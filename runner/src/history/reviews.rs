//! Questions to people: asked in the transaction that makes the item wait, answered in the one that lets it go on.

use chrono::{DateTime, Utc};

use super::database::{Columns, Transaction, damaged};
use super::seal::Sealer;
use super::{audit, journal};
use crate::events::{ItemId, ItemState, RunId};
use crate::ports::item::{self, MoveKind};
use crate::ports::{Answered, Lease, PortError, Question};

/// A question, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Its number.
    pub number: i64,
    /// The item that it is about.
    pub item: Waiting,
    /// What is asked.
    pub question: Question,
    /// Who answered it, and when.
    pub answered: Option<(String, DateTime<Utc>)>,
}

/// An item that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub item: ItemId,
    /// The key as people read it.
    pub label: String,
    /// The ledger that it stands in; practice has ledgers of its own.
    pub ledger: String,
    /// The run that left it.
    pub run: RunId,
    /// What people call the bot.
    pub bot: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

fn question_place(number: i64) -> String {
    format!("question {number}")
}

fn answer_place(number: i64) -> String {
    format!("answer {number}")
}

/// Stores a question about an item.
pub(super) fn ask(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    item: ItemId,
    question: &Question,
) -> Result<(), PortError> {
    let number = transaction.take_numbers("review", 1)?;
    let sealed = sealer.seal(&question_place(number), journal::to_json(question)?.as_bytes())?;
    let query = sqlx::query("INSERT INTO review (id, item, kind, question, opened_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(number)
        .bind(item.0)
        .bind("question")
        .bind(sealed)
        .bind(transaction.now());
    transaction.execute(query).map(drop)
}

const REVIEW: &str = "SELECT review.id AS number, review.question, review.opened_at AS since, review.answered_by, \
     review.answered_at, item.id, item.label, item.ledger, item.run, run.name FROM review \
     JOIN item ON item.id = review.item JOIN run ON run.id = item.run";

/// The questions that nobody has answered, oldest first. Opening them is written down.
pub(super) fn open(transaction: &mut Transaction<'_>, sealer: &Sealer, who: &str) -> Result<Vec<Review>, PortError> {
    let sql = format!("{REVIEW} WHERE review.answered_at IS NULL AND item.state = 'reading_review' ORDER BY review.id");
    read(transaction, sealer, who, sqlx::query(sqlx::AssertSqlSafe(sql)))
}

/// A question by its number.
pub(super) fn find(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    number: i64,
    who: &str,
) -> Result<Option<Review>, PortError> {
    let sql = format!("{REVIEW} WHERE review.id = $1");
    let found = read(
        transaction,
        sealer,
        who,
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(number),
    )?;
    Ok(found.into_iter().next())
}

fn read(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    who: &str,
    query: super::database::Query<'_>,
) -> Result<Vec<Review>, PortError> {
    let mut reviews = Vec::new();
    for row in transaction.rows(query)? {
        let number = row.int("number")?;
        audit::write(transaction, sealer, who, "review.read", &format!("review {number}"))?;
        let answered = match (row.text_or_none("answered_by")?, row.int_or_none("answered_at")?) {
            (Some(by), Some(at)) => Some((by, journal::instant(at)?)),
            _ => None,
        };
        reviews.push(Review {
            number,
            item: waiting(&row)?,
            question: unsealed(sealer, number, &row.bytes("question")?)?,
            answered,
        });
    }
    Ok(reviews)
}

fn waiting(row: &sqlx::any::AnyRow) -> Result<Waiting, PortError> {
    Ok(Waiting {
        item: ItemId(row.int("id")?),
        label: row.text("label")?,
        ledger: row.text("ledger")?,
        run: RunId(row.int("run")?),
        bot: row.text("name")?,
        since: journal::instant(row.int("since")?)?,
    })
}

fn unsealed(sealer: &Sealer, number: i64, sealed: &[u8]) -> Result<Question, PortError> {
    let json = sealer.open(&question_place(number), sealed)?;
    serde_json::from_slice(&json).map_err(|_| PortError::Sealed)
}

/// Items of which nobody can prove whether they were registered, oldest first.
pub(super) fn inquiries(transaction: &mut Transaction<'_>) -> Result<Vec<Waiting>, PortError> {
    let query = sqlx::query(
        "SELECT item.id, item.label, item.ledger, item.run, run.name, item.changed_at AS since FROM item \
         JOIN run ON run.id = item.run WHERE item.state = 'inquiry' \
         OR (item.state = 'committing' AND run.outcome IS NOT NULL) ORDER BY item.changed_at, item.id",
    );
    transaction.rows(query)?.iter().map(waiting).collect()
}

/// Stores an answer; the item is then work for the next run. `false` when somebody has answered already.
pub(super) fn answer(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    number: i64,
    answer: &str,
    by: &str,
) -> Result<bool, PortError> {
    let now = transaction.now();
    let query = sqlx::query(
        "UPDATE review SET answer = $1, answered_by = $2, answered_at = $3 WHERE id = $4 AND answered_at IS NULL",
    )
    .bind(sealer.seal(&answer_place(number), answer.as_bytes())?)
    .bind(by.to_owned())
    .bind(now)
    .bind(number);
    if transaction.execute(query)? == 0 {
        return Ok(false);
    }
    let query =
        sqlx::query("SELECT item.id, item.state FROM item JOIN review ON review.item = item.id WHERE review.id = $1");
    let row = transaction
        .row(query.bind(number))?
        .ok_or_else(|| damaged("a question has no item"))?;
    let from: ItemState = journal::named(row.text("state")?)?;
    let to = item::next(from, MoveKind::Answer)?;
    let query = sqlx::query("UPDATE item SET state = $1, changed_at = $2 WHERE id = $3 AND state = $4")
        .bind(journal::name_of(&to)?)
        .bind(now)
        .bind(row.int("id")?)
        .bind(journal::name_of(&from)?);
    if transaction.execute(query)? != 1 {
        return Err(damaged("an item changed while its question was answered"));
    }
    audit::write(transaction, sealer, by, "review.answered", &format!("review {number}"))?;
    Ok(true)
}

/// The answers to an item's questions, oldest first, for a run.
pub(super) fn answers(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    lease: Lease,
    item: ItemId,
) -> Result<Vec<Answered>, PortError> {
    journal::hold(transaction, lease)?;
    let query = sqlx::query(
        "SELECT id, question, answer FROM review WHERE item = $1 AND answered_at IS NOT NULL AND answer IS NOT NULL ORDER BY id",
    );
    let reader = format!("run {}", lease.run.0);
    let mut answers = Vec::new();
    for row in transaction.rows(query.bind(item.0))? {
        let number = row.int("id")?;
        audit::write(transaction, sealer, &reader, "review.read", &format!("review {number}"))?;
        let answer = sealer.open(&answer_place(number), &row.bytes("answer")?)?;
        answers.push(Answered {
            question: unsealed(sealer, number, &row.bytes("question")?)?,
            answer: String::from_utf8(answer.to_vec()).map_err(|_| PortError::Sealed)?,
        });
    }
    Ok(answers)
}
