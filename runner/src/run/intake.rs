//! What a run takes upon itself: the rows of its file and what earlier runs left, all stored before the first is worked.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use crate::events::view::Standing;
use crate::events::{ItemState, ItemsTaken, Kind, Place, RunId};
use crate::ports::{Again, Enrolled, NewItem, PortError};
use crate::text::{Lang, Message, codes};
use crate::value::Value;

use super::halt::Halt;
use super::items::{self, Prepared, Twice};
use super::machine::Machine;
use super::work::is_done;

/// A row and what the ledger knows of it.
pub(super) type Task = (Prepared, Enrolled);

impl Machine<'_> {
    /// Reads the rows and stores them in the ledger; what is left from before comes first.
    pub(super) fn take_work(&mut self) -> Result<Vec<Task>, Halt> {
        let Some(spec) = self.plan.items() else {
            return self.single_item();
        };
        let read = items::read(spec, &self.setup.office, &self.variables).map_err(Halt::Stop)?;
        let lease = self.journal.lease();
        let ledger = self.ledger_name();
        let new: Vec<NewItem> = read.rows.iter().map(Prepared::to_new_item).collect();
        let enrolled = self.ports.ledger.enroll(lease, &ledger, &new, self.again())?;
        let left = self.ports.ledger.leftovers(lease, &ledger)?;
        let mut tasks: Vec<Task> = left
            .into_iter()
            .map(|left| (left.item.clone(), items::again(spec, left)))
            .map(|(item, row)| (row, item))
            .collect();
        let left = tasks.len() as u64;
        let others = read.twice.iter().filter(|twice| !twice.same).count() as u64;
        let same = read.twice.len() as u64 - others;
        let mut taken = taken(&enrolled);
        if others > 0 {
            *taken.held.entry(ItemState::Rejected).or_default() += others;
        }
        self.journal.add(Kind::ItemsTaken(ItemsTaken {
            source: read.source,
            hash: Some(read.hash),
            format: read.format,
            rows: taken.rows + same + others + left,
            to_do: taken.to_do + left,
            done_before: taken.done_before + same,
            held: taken.held,
        }))?;
        if left > 0 {
            let message = Message::new(codes::LEFTOVERS).with_int("count", i64::try_from(left).unwrap_or(i64::MAX));
            self.journal.add(Kind::Noted(message))?;
        }
        self.note_twice(read.twice)?;
        self.note_held(&enrolled)?;
        self.note_rejected(&enrolled)?;
        self.note_waiting(&ledger)?;
        let mut rows: HashMap<u64, Prepared> = read.rows.into_iter().map(|row| (row.row, row)).collect();
        tasks.extend(
            enrolled
                .into_iter()
                .filter_map(|item| rows.remove(&item.row).map(|row| (row, item))),
        );
        Ok(tasks)
    }

    /// The ledger of this run. What was practised is not done in the real system, so practice has ledgers of its own.
    fn ledger_name(&self) -> String {
        let own = &self.plan.scenario.id;
        let named = self.plan.items().and_then(|spec| spec.ledger.as_ref());
        let name = &named.unwrap_or(own).value;
        match self.setup.place {
            Place::Real => name.clone(),
            Place::Practice => format!("practice/{name}"),
        }
    }

    /// Which rejected rows are looked at again.
    fn again(&self) -> Again {
        match self.setup.place {
            _ if self.setup.retry_rejected => Again::All,
            Place::Practice => Again::Mended,
            Place::Real => Again::Unrefused,
        }
    }

    /// A scenario without `items` is one item, known by the day it is due.
    fn single_item(&mut self) -> Result<Vec<Task>, Halt> {
        let row = Prepared::single(self.setup.date);
        let ledger = self.ledger_name();
        let enrolled = self
            .ports
            .ledger
            .enroll(self.journal.lease(), &ledger, &[row.to_new_item()], self.again())?;
        self.journal.add(Kind::ItemsTaken(taken(&enrolled)))?;
        self.note_held(&enrolled)?;
        self.note_waiting(&ledger)?;
        Ok(enrolled.into_iter().map(|item| (row.clone(), item)).collect())
    }

    /// A row that says the same twice is one request; one that says something else under the same key may be a second
    /// request with a wrong number, so it goes back.
    fn note_twice(&mut self, twice: Vec<Twice>) -> Result<(), PortError> {
        for Twice { row, first, same } in twice {
            let code = if same { codes::ROW_TWICE } else { codes::KEY_TWICE };
            let message = Message::new(code)
                .with("item", row.label())
                .with_int("row", i64::try_from(row.row).unwrap_or(i64::MAX))
                .with_int("first", i64::try_from(first).unwrap_or(i64::MAX));
            if !same {
                self.tally.open += 1;
                let reason = IndexMap::from([(items::REASON.to_owned(), Value::Text(message.what(Lang::Ja)))]);
                self.tally.settled(&row, Standing::Rejected, &reason);
            }
            self.journal.add(Kind::Noted(message))?;
        }
        Ok(())
    }

    /// Rows that earlier runs rejected and that are what they were: their reasons stand in those runs.
    fn note_rejected(&mut self, enrolled: &[Enrolled]) -> Result<(), PortError> {
        let mut runs: BTreeMap<RunId, Vec<&str>> = BTreeMap::new();
        for item in enrolled.iter().filter(|item| !item.workable) {
            if let (ItemState::Rejected, Some(run)) = (item.state, item.run) {
                runs.entry(run).or_default().push(&item.label);
            }
        }
        for (run, labels) in runs {
            let message = Message::new(codes::REJECTED_BEFORE)
                .with_int("run", run.0)
                .with_int("count", i64::try_from(labels.len()).unwrap_or(i64::MAX))
                .with("items", some_of(&labels));
            self.journal.add(Kind::Noted(message))?;
        }
        Ok(())
    }

    /// What waits for a person does so whatever tonight's file holds.
    fn note_waiting(&mut self, ledger: &str) -> Result<(), PortError> {
        let waiting = self.ports.ledger.waiting(self.journal.lease(), ledger)?;
        let unsaid = waiting.iter().filter(|(item, _)| !self.told.contains(item));
        let labels: Vec<&str> = unsaid.map(|(_, label)| label.as_str()).collect();
        if labels.is_empty() {
            return Ok(());
        }
        self.tally.open += labels.len() as u64;
        let message = Message::new(codes::WAITING_BEFORE)
            .with_int("count", i64::try_from(labels.len()).unwrap_or(i64::MAX))
            .with("items", some_of(&labels));
        self.journal.add(Kind::Noted(message))
    }

    /// Rows that this run may not work and that are not simply done are a person's matter: they keep the run from
    /// being settled. A row that was done and has changed since is said, never done again.
    fn note_held(&mut self, enrolled: &[Enrolled]) -> Result<(), PortError> {
        for item in enrolled.iter().filter(|item| is_held(item)) {
            self.tally.open += 1;
            let code = match item.state {
                state if is_done(state) => codes::CHANGED_SINCE,
                ItemState::Inquiry if !self.told.contains(&item.id) => codes::STILL_IN_DOUBT,
                _ => continue,
            };
            let message = Message::new(code).with("item", item.label.clone());
            self.journal.add(Kind::Noted(message))?;
        }
        Ok(())
    }
}

/// The first of many names.
fn some_of(labels: &[&str]) -> String {
    const SHOWN: usize = 10;
    let mut shown: Vec<&str> = labels.iter().take(SHOWN).copied().collect();
    if labels.len() > SHOWN {
        shown.push("…");
    }
    shown.join(" ")
}

fn is_held(item: &Enrolled) -> bool {
    !item.workable && (item.changed || !is_done(item.state))
}

/// The counts of what was enrolled.
fn taken(enrolled: &[Enrolled]) -> ItemsTaken {
    let mut taken = ItemsTaken {
        source: String::new(),
        hash: None,
        format: String::new(),
        rows: enrolled.len() as u64,
        to_do: 0,
        done_before: 0,
        held: BTreeMap::new(),
    };
    for item in enrolled {
        match item.state {
            _ if item.workable => taken.to_do += 1,
            state if is_done(state) => taken.done_before += 1,
            state => *taken.held.entry(state).or_default() += 1,
        }
    }
    taken
}
