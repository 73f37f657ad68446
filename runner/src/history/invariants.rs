//! What must hold of everything that is stored: one list of rules for the doctor, for every test that breaks something
//! on purpose, and for whoever restores a backup.
//!
//! A rule says what the rows show. What only the moment of a click can show (that its intent was on the disk) is seen
//! here by what it leaves: two intents without anything known in between.

mod rows;
mod sealed;
mod trail;

use super::audit;
use super::evidence;
use super::store::Store;
use crate::ports::PortError;

/// A rule about what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// The engine finds its own file whole (`integrity_check`, foreign keys).
    Engine,
    /// I1: no key of a ledger has two items, and no receipt belongs to none.
    OneItem,
    /// I2: what is done was written down as done, by a run or a person, with pictures that are listed.
    Proved,
    /// I3: every row of a run is in exactly one state, and a run's sums are those of its rows.
    OneState,
    /// I4: nothing moves on from its end but by a person's word.
    Final,
    /// I5: every row carries the epoch of the run that wrote it.
    Epoch,
    /// I6: what is at work belongs to a run that is not over; a bot has one such run.
    AtWork,
    /// I7: a due instant that ran names its run.
    Slot,
    /// I8: no second intent before it is known what became of the first.
    Intent,
    /// I9: the audit has no gap and no changed entry.
    Audit,
    /// I10: attempts of one item do not overlap within a run.
    Attempt,
    /// I11: a run's events are numbered without gaps and can be read.
    Events,
    /// What is sealed opens with the office key.
    Sealed,
    /// Pictures are there and unchanged.
    Evidence,
}

impl Invariant {
    /// Its number in the design, or its name where it has none.
    pub fn name(self) -> &'static str {
        match self {
            Invariant::Engine => "engine",
            Invariant::OneItem => "I1",
            Invariant::Proved => "I2",
            Invariant::OneState => "I3",
            Invariant::Final => "I4",
            Invariant::Epoch => "I5",
            Invariant::AtWork => "I6",
            Invariant::Slot => "I7",
            Invariant::Intent => "I8",
            Invariant::Audit => "I9",
            Invariant::Attempt => "I10",
            Invariant::Events => "I11",
            Invariant::Sealed => "sealed",
            Invariant::Evidence => "evidence",
        }
    }
}

/// A place where a rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Invariant,
    /// What it is about: `item 12`, `run 3`, a hash. Never what it holds.
    pub place: String,
}

/// What a look at everything stored has shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Items looked at.
    pub items: u64,
    /// Runs looked at.
    pub runs: u64,
    /// Events read.
    pub events: u64,
    /// Audit entries checked.
    pub audit: u64,
    /// Pictures read.
    pub pictures: u64,
    /// What does not hold.
    pub violations: Vec<Violation>,
}

impl Inspection {
    fn blame(&mut self, rule: Invariant, place: impl Into<String>) {
        let place = place.into();
        self.violations.push(Violation { rule, place });
    }
}

impl Store {
    /// Reads everything that is stored, as it stands at one moment, and says which rules do not hold. Runs may go on
    /// meanwhile.
    ///
    /// # Errors
    /// When the database cannot be read at all; what can be read and is wrong is a [`Violation`].
    pub fn inspect(&self) -> Result<Inspection, PortError> {
        let sealer = self.sealer.clone();
        let (mut found, pictures) = self.worker.call_long(move |database| {
            let mut found = Inspection::default();
            let postgres = database.is_postgres();
            let pictures = database.snapshot(|transaction| {
                if !postgres {
                    rows::engine(transaction, &mut found)?;
                }
                rows::look(transaction, &mut found)?;
                sealed::look(transaction, &sealer, &mut found)?;
                trail::look(transaction, &mut found)?;
                match audit::read(transaction, &sealer) {
                    Ok(entries) => found.audit = entries.len() as u64,
                    Err(PortError::Store { detail }) => found.blame(Invariant::Audit, detail),
                    Err(error) => return Err(error),
                }
                evidence::listed(transaction)
            })?;
            Ok::<_, PortError>((found, pictures))
        })?;
        for sha256 in pictures {
            found.pictures += 1;
            match self.evidence_bytes(&sha256) {
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => found.blame(Invariant::Evidence, sha256),
            }
        }
        found.violations.sort_by_key(|violation| violation.rule);
        Ok(found)
    }
}
