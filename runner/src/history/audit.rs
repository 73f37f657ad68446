//! Who read or changed what: a chain of entries, each proving the one before it.

use chrono::{DateTime, Utc};

use super::database::{Columns, Transaction, damaged};
use super::journal::instant;
use super::seal::Sealer;
use crate::ports::PortError;

/// One entry. It names numbers and names of things, never what they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Counts up from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: String,
    /// What was done: `item.unsealed`, `secret.set`, `run.cancel`.
    pub act: String,
    /// To what: `item 12`, `受付.ID`.
    pub subject: String,
}

impl AuditEntry {
    fn mac(&self, sealer: &Sealer, before: &str) -> String {
        sealer.link(&[
            before.as_bytes(),
            &self.seq.to_be_bytes(),
            &self.at.timestamp_millis().to_be_bytes(),
            self.who.as_bytes(),
            self.act.as_bytes(),
            self.subject.as_bytes(),
        ])
    }
}

/// Adds an entry in the transaction that does what it tells of.
pub(super) fn write(
    transaction: &mut Transaction<'_>,
    sealer: &Sealer,
    who: &str,
    act: &str,
    subject: &str,
) -> Result<(), PortError> {
    // Taking the number queues writers, so the entry before this one is settled.
    let seq = transaction.take_numbers("audit", 1)?;
    let before = transaction.row(sqlx::query("SELECT mac FROM audit WHERE seq = $1").bind(seq - 1))?;
    let before = match before {
        Some(row) => row.text("mac")?,
        None => String::new(),
    };
    let entry = AuditEntry {
        seq,
        at: instant(transaction.now())?,
        who: who.to_owned(),
        act: act.to_owned(),
        subject: subject.to_owned(),
    };
    let mac = entry.mac(sealer, &before);
    transaction.execute(
        sqlx::query("INSERT INTO audit (seq, at, who, act, subject, mac) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(entry.seq)
            .bind(entry.at.timestamp_millis())
            .bind(entry.who)
            .bind(entry.act)
            .bind(entry.subject)
            .bind(mac),
    )?;
    Ok(())
}

/// Every entry in order; an error when one was changed, taken out or put in.
pub(super) fn read(transaction: &mut Transaction<'_>, sealer: &Sealer) -> Result<Vec<AuditEntry>, PortError> {
    let rows = transaction.rows(sqlx::query(
        "SELECT seq, at, who, act, subject, mac FROM audit ORDER BY seq",
    ))?;
    let mut before = String::new();
    let mut entries = Vec::with_capacity(rows.len());
    for (expected, row) in (1..).zip(rows) {
        let entry = AuditEntry {
            seq: row.int("seq")?,
            at: instant(row.int("at")?)?,
            who: row.text("who")?,
            act: row.text("act")?,
            subject: row.text("subject")?,
        };
        let mac = row.text("mac")?;
        if entry.seq != expected || entry.mac(sealer, &before) != mac {
            return Err(damaged(&format!("audit entry {expected} was changed")));
        }
        before = mac;
        entries.push(entry);
    }
    let counter = transaction.row(sqlx::query("SELECT value FROM counter WHERE name = 'audit'"))?;
    let written = counter.ok_or_else(|| damaged("a counter is missing"))?.int("value")?;
    if i64::try_from(entries.len()) != Ok(written) {
        return Err(damaged("the last audit entries are missing"));
    }
    Ok(entries)
}
