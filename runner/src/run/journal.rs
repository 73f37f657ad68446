//! The run's own record: events wait here until the next state change or for a quarter of a second, then are
//! stored together; what was stored goes to the watcher.

use std::time::Duration;

use crate::events::mask::hide;
use crate::events::{Event, ItemId, Kind, RunOutcome};
use crate::ports::{Lease, Move, PortError};
use crate::value::Veil;

use super::{Ports, Watcher};

/// Events wait no longer than this for the next state change.
const AT_MOST: Duration = Duration::from_millis(250);

/// What has happened since the last write, and who is told.
pub(super) struct Journal<'a> {
    ports: Ports,
    lease: Lease,
    waiting: Vec<Kind>,
    written_at: Duration,
    watcher: &'a mut dyn Watcher,
    /// What no event may show: the row at work, what steps used, secrets.
    pub(super) veil: Veil,
}

impl<'a> Journal<'a> {
    pub(super) fn new(ports: Ports, lease: Lease, watcher: &'a mut dyn Watcher) -> Journal<'a> {
        let written_at = ports.clock.monotonic();
        Journal {
            ports,
            lease,
            waiting: Vec::new(),
            written_at,
            watcher,
            veil: Veil::default(),
        }
    }

    pub(super) fn lease(&self) -> Lease {
        self.lease
    }

    /// Writes an event down; stored with the next state change, or now when the last write is long ago.
    pub(super) fn add(&mut self, kind: Kind) -> Result<(), PortError> {
        self.push(kind);
        if self.ports.clock.monotonic().saturating_sub(self.written_at) >= AT_MOST {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Stores what waits.
    pub(super) fn flush(&mut self) -> Result<(), PortError> {
        if !self.waiting.is_empty() {
            let stored = self.ports.sink.record(self.lease, &self.waiting)?;
            self.stored(&stored);
        }
        Ok(())
    }

    fn push(&mut self, mut kind: Kind) {
        hide(&mut kind, &self.veil);
        self.waiting.push(kind);
    }

    /// Moves an item; everything that waits and `kind` are stored in the same transaction. What did not happen is not
    /// told either.
    pub(super) fn advance(&mut self, item: ItemId, step: &Move, kind: Option<Kind>) -> Result<(), PortError> {
        let before = self.waiting.len();
        kind.into_iter().for_each(|kind| self.push(kind));
        match self.ports.ledger.advance(self.lease, item, step, &self.waiting) {
            Ok(stored) => self.stored(&stored),
            Err(error) => {
                self.waiting.truncate(before);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Sends two items with one receipt to a person; everything that waits and `kinds` are stored in the same transaction.
    pub(super) fn contest(&mut self, items: (ItemId, ItemId), reason: &str, kinds: Vec<Kind>) -> Result<(), PortError> {
        kinds.into_iter().for_each(|kind| self.push(kind));
        let stored = self.ports.ledger.contest(self.lease, items, reason, &self.waiting)?;
        self.stored(&stored);
        Ok(())
    }

    /// Ends the run with its last event.
    pub(super) fn close(&mut self, outcome: RunOutcome, kind: Kind) -> Result<(), PortError> {
        self.push(kind);
        let stored = self.ports.ledger.close_run(self.lease, outcome, &self.waiting)?;
        self.stored(&stored);
        Ok(())
    }

    pub(super) fn stored(&mut self, events: &[Event]) {
        self.waiting.clear();
        self.written_at = self.ports.clock.monotonic();
        for event in events {
            self.watcher.event(event);
        }
    }
}
