//! Events: written in order with the rows they tell of, packed when their run is closed, read back as one list.

use std::collections::BTreeMap;
use std::io::Read;

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::database::{Columns, Database, Transaction, damaged, places};
use crate::events::mask::mask_event;
use crate::events::{Event, Kind, RunId};
use crate::ports::{Lease, PortError};

/// Events in one packed row, and rows in one statement.
const CHUNK: usize = 1000;
const ROWS: usize = 200;

/// Checks that the lease still holds and keeps it from being taken over until the transaction ends. Every write of a
/// run begins with it.
pub(super) fn hold(transaction: &mut Transaction<'_>, lease: Lease) -> Result<(), PortError> {
    advance_seq(transaction, lease, 0).map(drop)
}

/// Writes events in order and returns them as stored: masked, numbered without gaps. [`PortError::Fenced`] if the
/// lease was lost.
pub(super) fn append(
    transaction: &mut Transaction<'_>,
    lease: Lease,
    kinds: Vec<Kind>,
) -> Result<Vec<Event>, PortError> {
    let count = i64::try_from(kinds.len()).unwrap_or(i64::MAX);
    let first = advance_seq(transaction, lease, count)? - count + 1;
    store(transaction, lease.run, first, kinds)
}

/// Adds what a person has said of a run's items; the run may be over.
pub(super) fn append_late(transaction: &mut Transaction<'_>, run: RunId, kind: Kind) -> Result<(), PortError> {
    let query = sqlx::query("UPDATE run SET last_seq = last_seq + 1 WHERE id = $1 RETURNING last_seq").bind(run.0);
    let row = transaction.row(query)?.ok_or_else(|| damaged("there is no such run"))?;
    store(transaction, run, row.int("last_seq")?, vec![kind]).map(drop)
}

fn store(transaction: &mut Transaction<'_>, run: RunId, first: i64, kinds: Vec<Kind>) -> Result<Vec<Event>, PortError> {
    let at = instant(transaction.now())?;
    let events: Vec<Event> = (first..)
        .zip(kinds)
        .map(|(seq, kind)| Event {
            run,
            seq,
            at,
            kind: mask_event(kind),
        })
        .collect();
    for part in events.chunks(ROWS) {
        insert(transaction, part)?;
    }
    Ok(events)
}

/// The number of the run's last event after `count` more.
fn advance_seq(transaction: &mut Transaction<'_>, lease: Lease, count: i64) -> Result<i64, PortError> {
    let query = sqlx::query(
        "UPDATE run SET last_seq = last_seq + $1 WHERE id = $2 AND epoch = $3 AND outcome IS NULL RETURNING last_seq",
    )
    .bind(count)
    .bind(lease.run.0)
    .bind(lease.epoch);
    match transaction.row(query)? {
        Some(row) => row.int("last_seq"),
        None => Err(PortError::Fenced),
    }
}

fn insert(transaction: &mut Transaction<'_>, events: &[Event]) -> Result<(), PortError> {
    let sql = format!(
        "INSERT INTO event (run, seq, at, kind, body) VALUES {}",
        places(1, events.len(), 5)
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for event in events {
        let body = to_json(&event.kind)?;
        query = query
            .bind(event.run.0)
            .bind(event.seq)
            .bind(event.at.timestamp_millis())
            .bind(kind_name(&event.kind)?)
            .bind(body);
    }
    transaction.execute(query).map(drop)
}

/// The events of a run from a number on, in order, at most so many.
pub(super) fn read(
    transaction: &mut Transaction<'_>,
    run: RunId,
    from: i64,
    at_most: usize,
) -> Result<Vec<Event>, PortError> {
    let limit = i64::try_from(at_most).unwrap_or(i64::MAX);
    // Rows before chunks: an event that is packed between the two statements is then seen twice, never missed.
    let rows = transaction.rows(
        sqlx::query("SELECT seq, at, body FROM event WHERE run = $1 AND seq >= $2 ORDER BY seq LIMIT $3")
            .bind(run.0)
            .bind(from)
            .bind(limit),
    )?;
    let mut events = BTreeMap::new();
    for row in rows {
        let seq = row.int("seq")?;
        let event = Event {
            run,
            seq,
            at: instant(row.int("at")?)?,
            kind: from_json(&row.text("body")?)?,
        };
        events.insert(seq, event);
    }
    let mut next = from;
    let mut unpacked = 0;
    while unpacked < at_most
        && let Some(chunk) = chunk_from(transaction, run, next)?
    {
        for event in chunk {
            if event.seq >= next {
                unpacked += 1;
                next = event.seq + 1;
                events.insert(event.seq, event);
            }
        }
    }
    Ok(events.into_values().take(at_most).collect())
}

/// The first packed row with an event from this number on.
fn chunk_from(transaction: &mut Transaction<'_>, run: RunId, from: i64) -> Result<Option<Vec<Event>>, PortError> {
    let query =
        sqlx::query("SELECT packed FROM event_chunk WHERE run = $1 AND last_seq >= $2 ORDER BY first_seq LIMIT 1")
            .bind(run.0)
            .bind(from);
    match transaction.row(query)? {
        Some(row) => Ok(Some(unpack(&row.bytes("packed")?)?)),
        None => Ok(None),
    }
}

/// Packs the events of runs that are over, a chunk to a transaction: a crash leaves every event in exactly one place.
pub(super) fn pack_closed(database: &mut Database) -> Result<(), PortError> {
    while database.write(pack_one)? {}
    Ok(())
}

fn pack_one(transaction: &mut Transaction<'_>) -> Result<bool, PortError> {
    // From the few events to their runs: there are far more closed runs than events outside a chunk.
    let closed = "SELECT run FROM event WHERE EXISTS \
         (SELECT 1 FROM run WHERE run.id = event.run AND outcome IS NOT NULL) LIMIT 1";
    let Some(row) = transaction.row(sqlx::query(closed))? else {
        return Ok(false);
    };
    let run = RunId(row.int("run")?);
    let rows = transaction.rows(
        sqlx::query("SELECT seq, at, body FROM event WHERE run = $1 ORDER BY seq LIMIT $2")
            .bind(run.0)
            .bind(i64::try_from(CHUNK).unwrap_or(i64::MAX)),
    )?;
    let mut events = Vec::with_capacity(rows.len());
    for row in &rows {
        events.push(Event {
            run,
            seq: row.int("seq")?,
            at: instant(row.int("at")?)?,
            kind: from_json(&row.text("body")?)?,
        });
    }
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return Ok(false);
    };
    transaction.execute(
        sqlx::query("INSERT INTO event_chunk (run, first_seq, last_seq, packed) VALUES ($1, $2, $3, $4)")
            .bind(run.0)
            .bind(first.seq)
            .bind(last.seq)
            .bind(pack(&events)?),
    )?;
    fail::fail_point!("journal.packing");
    transaction.execute(
        sqlx::query("DELETE FROM event WHERE run = $1 AND seq <= $2")
            .bind(run.0)
            .bind(last.seq),
    )?;
    Ok(true)
}

/// JSON, compressed (zlib, RFC 1950: with a checksum).
pub(super) fn pack<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, PortError> {
    let json = to_json(value)?;
    let mut packed = Vec::new();
    ZlibEncoder::new(json.as_bytes(), Compression::default())
        .read_to_end(&mut packed)
        .map_err(|error| damaged(&error.to_string()))?;
    Ok(packed)
}

/// The value that was packed.
pub(super) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Result<T, PortError> {
    let mut json = String::new();
    ZlibDecoder::new(packed)
        .read_to_string(&mut json)
        .map_err(|error| damaged(&error.to_string()))?;
    from_json(&json)
}

/// The value as JSON.
pub(super) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, PortError> {
    serde_json::to_string(value).map_err(|error| damaged(&error.to_string()))
}

/// The value that JSON stands for.
pub(super) fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, PortError> {
    serde_json::from_str(json).map_err(|error| damaged(&error.to_string()))
}

/// The name of a plain enum value, as it stands in a column.
pub(super) fn name_of<T: Serialize>(value: &T) -> Result<String, PortError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        Ok(_) => Err(damaged("a value has no name")),
        Err(error) => Err(damaged(&error.to_string())),
    }
}

/// The enum value of a name.
pub(super) fn named<T: DeserializeOwned>(name: String) -> Result<T, PortError> {
    serde_json::from_value(serde_json::Value::String(name)).map_err(|error| damaged(&error.to_string()))
}

/// An instant in milliseconds since 1970.
pub(super) fn instant(milliseconds: i64) -> Result<DateTime<Utc>, PortError> {
    DateTime::from_timestamp_millis(milliseconds).ok_or_else(|| damaged("a time is out of range"))
}

/// The name of an event's kind, for queries.
fn kind_name(kind: &Kind) -> Result<String, PortError> {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::Object(fields)) => Ok(fields.keys().next().cloned().unwrap_or_default()),
        Ok(_) => Ok(String::new()),
        Err(error) => Err(damaged(&error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::ItemState;

    #[test]
    fn kinds_and_states_have_the_names_of_their_json() {
        let kind = Kind::SessionOpened {
            number: 1,
            browser: "Chromium 156".to_owned(),
        };
        assert_eq!(kind_name(&kind).expect("a name"), "session_opened");
        assert_eq!(name_of(&ItemState::AlreadyThere).expect("a name"), "already_there");
        assert_eq!(
            named::<ItemState>("already_there".to_owned()).expect("a state"),
            ItemState::AlreadyThere
        );
        assert!(named::<ItemState>("gone".to_owned()).is_err());
    }

    #[test]
    fn packed_values_come_back_and_damage_is_an_error() {
        let value = vec!["山田".to_owned(); 100];
        let packed = pack(&value).expect("packed");
        assert!(packed.len() < 100);
        assert_eq!(unpack::<Vec<String>>(&packed).expect("unpacked"), value);
        assert!(unpack::<Vec<String>>(&packed[..packed.len() - 1]).is_err());
    }
}
