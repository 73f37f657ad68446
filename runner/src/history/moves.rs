//! Moves of items: guarded by the table in [`crate::ports::item`] and by the lease, each with its events in one transaction.

use super::database::{Columns, Transaction, damaged, places};
use super::seal::Sealer;
use super::{doubts, items, journal, late_keys, reviews};
use crate::events::{Event, ItemId, ItemState, Kind};
use crate::ports::item::{self, MoveKind};
use crate::ports::{Lease, Move, PortError, Question};

/// What a move writes into the item's row.
pub(super) struct Change {
    kind: MoveKind,
    reason: Option<String>,
    kept: Option<Vec<u8>>,
    question: Option<Question>,
    intent: Option<Vec<u8>>,
    receipt: Option<String>,
    late_key: Option<String>,
}

impl Change {
    /// Whether it is on the disk before it is answered for.
    ///
    /// A claim is not: it allows nothing yet that cannot be taken back, and the intent, which does, comes after it in the
    /// same log. A claim that a power cut has lost is work again, and nothing that was built on it is there. Until then every
    /// runner sees it at once, also on a server whose crash would lose it; the run that made it is then refused its intent,
    /// because the item is not claimed, or is another run's.
    pub(super) fn is_synced(&self) -> bool {
        self.kind != MoveKind::Claim
    }

    /// Seals what the move carries.
    pub(super) fn new(sealer: &Sealer, item: ItemId, step: &Move) -> Result<Change, PortError> {
        let (kind, finish) = match step {
            Move::Claim => (MoveKind::Claim, None),
            Move::Intend(_) => (MoveKind::Intend, None),
            Move::Disprove => (MoveKind::Disprove, None),
            Move::Release => (MoveKind::Release, None),
            Move::Finish(finish) | Move::Ask { finish, .. } => (MoveKind::Finish(finish.state), Some(finish)),
        };
        let kept = match finish {
            Some(finish) if !finish.kept.is_empty() => Some(items::seal_kept(sealer, item, &finish.kept)?),
            _ => None,
        };
        Ok(Change {
            kind,
            reason: finish.and_then(|finish| finish.reason.clone()),
            kept,
            question: match step {
                Move::Ask { question, .. } => Some(question.clone()),
                _ => None,
            },
            intent: match step {
                Move::Intend(intent) => Some(doubts::seal(sealer, item, intent)?),
                _ => None,
            },
            receipt: finish.and_then(|finish| Some(doubts::receipt_hash(sealer, finish.receipt.as_ref()?))),
            late_key: match step {
                Move::Intend(intent) => intent.key.as_ref().map(|key| late_keys::hash(sealer, key)),
                _ => None,
            },
        })
    }
}

/// Moves an item and writes the events with it. Reason and kept values are those of the item's newest attempt.
pub(super) fn advance(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    lease: Lease,
    (item, mut change): (ItemId, Change),
    kinds: Vec<Kind>,
) -> Result<Vec<Event>, PortError> {
    let events = journal::append(transaction, lease, kinds)?;
    let (kind, late_key) = (change.kind, change.late_key.take());
    let (question, receipt) = (change.question.take(), change.receipt.take());
    let Some(listed) = put(transaction, lease, item, change)? else {
        return Err(refused(transaction, item, kind)?);
    };
    if let Some(question) = &question {
        reviews::ask(transaction, sealer, item, question)?;
    }
    if let Some(hash) = receipt {
        doubts::only_once(transaction, item, hash)?;
    }
    if let Some(hash) = late_key {
        late_keys::claim(transaction, item, hash)?;
    }
    if matches!(kind, MoveKind::Finish(_)) && !listed {
        items::list_once(transaction, lease, item)?;
    }
    Ok(events)
}

/// Writes the change into the item's row if the item may make the move and is this run's (or is being claimed). Says
/// whether the run's list is complete: what it has found out about an earlier run's act may not stand there yet.
fn put(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    item: ItemId,
    change: Change,
) -> Result<Option<bool>, PortError> {
    let (origins, to) = change.kind.leads();
    if origins.is_empty() {
        return Ok(None);
    }
    let claim = i64::from(change.kind == MoveKind::Claim);
    let sql = format!(
        "UPDATE item SET state = $1, run = $2, epoch = $3, attempts = attempts + $4, reason = $5, \
         kept = $6, settled_hash = CASE WHEN $7 = 1 THEN payload_hash ELSE settled_hash END, \
         changed_at = $8, intent = CASE WHEN $4 = 1 THEN NULL ELSE COALESCE($9, intent) END \
         WHERE id = $10 AND ($4 = 1 OR (run = $2 AND epoch = $3)) AND state IN {} \
         RETURNING CASE WHEN intent IS NULL OR EXISTS \
         (SELECT 1 FROM run_item WHERE run_item.run = $2 AND run_item.item = $10) THEN 1 ELSE 0 END AS listed",
        places(11, 1, origins.len())
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(journal::name_of(&to)?)
        .bind(lease.run.0)
        .bind(lease.epoch)
        .bind(claim)
        .bind(change.reason)
        .bind(change.kept)
        .bind(i64::from(matches!(change.kind, MoveKind::Finish(_))))
        .bind(transaction.now())
        .bind(change.intent)
        .bind(item.0);
    for origin in origins {
        query = query.bind(journal::name_of(origin)?);
    }
    transaction
        .row(query)?
        .map(|row| Ok(row.int("listed")? == 1))
        .transpose()
}

/// Why an item did not make a move: its state does not allow it, or another run has it.
fn refused(transaction: &mut Transaction<'_>, item: ItemId, kind: MoveKind) -> Result<PortError, PortError> {
    let row = transaction
        .row(sqlx::query("SELECT state FROM item WHERE id = $1").bind(item.0))?
        .ok_or_else(|| damaged("there is no such item"))?;
    let from: ItemState = journal::named(row.text("state")?)?;
    Ok(match item::next(from, kind) {
        Ok(_) => PortError::Fenced,
        Err(illegal) => illegal.into(),
    })
}
