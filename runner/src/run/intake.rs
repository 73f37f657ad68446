//! What a run takes upon itself: the rows of its file and what earlier runs left, all stored before the first is worked.

use std::collections::{BTreeMap, HashMap};

use crate::events::{ItemState, ItemsTaken, Kind, Place, RunId};
use crate::ports::{Again, Enrolled, Handover, Intake, NewItem, PortError};
use crate::scenario::model::Source;
use crate::text::{Code, Message, codes};

use super::halt::Halt;
use super::items::{self, Given, Prepared, Read};
use super::machine::Machine;
use super::select;
use super::work::is_done;

/// A row and what the ledger knows of it.
pub(super) type Task = (Prepared, Enrolled);

impl Machine<'_> {
    /// Reads the rows and stores them in the ledger; what is left from before comes first.
    pub(super) fn take_work(&mut self) -> Result<Vec<Task>, Halt> {
        let Some(spec) = self.plan.items() else {
            return self.single_item();
        };
        let lease = self.journal.lease();
        let ledger = self.ledger_name();
        let given = self.given(&ledger)?;
        let read = match items::read(spec, &self.setup.office, &self.variables, given) {
            // The ledger has what is to be gone on with.
            Err(missing) if self.setup.resumes.is_some() && missing.message.is(codes::WORK_FILE_MISSING) => {
                self.journal
                    .add(Kind::Noted(Message::new(codes::RESUMES_WITHOUT_FILE)))?;
                Read::default()
            }
            read => read.map_err(Halt::Stop)?,
        };
        let new: Vec<NewItem> = read.rows.iter().map(Prepared::to_new_item).collect();
        let intake = self.intake(&ledger, &read.source);
        let mut enrolled = self.ports.ledger.enroll(lease, intake, &new)?;
        let left = self.ports.ledger.leftovers(lease, intake)?;
        let removed = match read.source.is_empty() {
            true => Vec::new(),
            false => self.ports.ledger.removed(lease, intake)?,
        };
        let mut tasks: Vec<Task> = left
            .into_iter()
            .map(|left| (left.item.clone(), items::again(spec, left)))
            .map(|(item, row)| (row, item))
            .collect();
        let left = tasks.len() as u64;
        let twice = read.twice.len() as u64;
        let left_labels: Vec<String> = tasks.iter().map(|(row, _)| row.label().to_owned()).collect();
        let mut rows: HashMap<u64, Prepared> = read.rows.into_iter().map(|row| (row.row, row)).collect();
        tasks.extend(
            enrolled
                .into_iter()
                .filter_map(|item| rows.remove(&item.row).map(|row| (row, item))),
        );
        self.select(&mut tasks)?;
        enrolled = tasks
            .iter()
            .skip(left_labels.len())
            .map(|(_, item)| item.clone())
            .collect();
        let taken = self.taken(&enrolled);
        self.journal.add(Kind::ItemsTaken(ItemsTaken {
            source: read.source,
            hash: read.hash,
            format: read.format,
            rows: taken.rows + twice + left,
            to_do: taken.to_do + left,
            done_before: taken.done_before + twice,
            set_aside: self.tally.aside.len() as u64,
            held: taken.held,
        }))?;
        let left: Vec<&str> = left_labels.iter().map(String::as_str).collect();
        self.tally.open += removed.len() as u64;
        let removed: Vec<&str> = removed.iter().map(|(_, label)| label.as_str()).collect();
        for (code, labels) in [(codes::LEFTOVERS, left), (codes::REMOVED, removed)] {
            if !labels.is_empty() {
                self.journal.add(Kind::Noted(about(code, &labels)))?;
            }
        }
        for message in read.twice {
            self.journal.add(Kind::Noted(message))?;
        }
        self.note_held(&enrolled)?;
        self.note_rejected(&enrolled)?;
        self.note_waiting(&ledger, &enrolled)?;
        Ok(tasks)
    }

    /// What the scenario's own words do not say: its file, and what the other scenario has finished.
    fn given(&self, ledger: &str) -> Result<Given<'_>, PortError> {
        let file = &self.plan.file;
        let upstream = self.plan.upstream.as_ref();
        let finished = match upstream {
            Some(upstream) => {
                let handover = Handover {
                    bot: &upstream.bot,
                    from: &self.of_place(&upstream.ledger),
                    to: ledger,
                };
                self.ports.ledger.finished(self.journal.lease(), handover)?
            }
            None => Vec::new(),
        };
        Ok(Given {
            file,
            finished,
            upstream,
        })
    }

    /// The ledger of this run.
    pub(super) fn ledger_name(&self) -> String {
        let own = &self.plan.scenario.id;
        let named = self.plan.items().and_then(|spec| spec.ledger.as_ref());
        let ledger = &named.unwrap_or(own).value;
        self.of_place(ledger)
    }

    /// A ledger where the run works. What was practised is not done in the real system, so practice has ledgers of its own.
    fn of_place(&self, ledger: &str) -> String {
        match self.setup.place {
            Place::Real => ledger.to_owned(),
            Place::Practice => format!("practice/{ledger}"),
        }
    }

    fn intake<'t>(&self, ledger: &'t str, source: &'t str) -> Intake<'t> {
        // Who goes on with a run wants the rest of it.
        let anew = self.plan.is_repeatable() && self.setup.resumes.is_none();
        let again = match self.setup.place {
            _ if self.setup.retry_rejected || anew => Again::All,
            Place::Practice => Again::Mended,
            Place::Real => Again::Unrefused,
        };
        let from = self.plan.items().map(|spec| &spec.from);
        Intake {
            ledger,
            source,
            lasting: matches!(from, Some(Source::Rows(_) | Source::Made(_) | Source::Scenario(_))),
            again,
            commits: !self.plan.commits().is_empty(),
            anew,
        }
    }

    /// A scenario without `items` is one item, known by the day it is due.
    fn single_item(&mut self) -> Result<Vec<Task>, Halt> {
        let row = Prepared::single(self.setup.date);
        let ledger = self.ledger_name();
        let enrolled =
            self.ports
                .ledger
                .enroll(self.journal.lease(), self.intake(&ledger, ""), &[row.to_new_item()])?;
        let mut tasks: Vec<Task> = enrolled.into_iter().map(|item| (row.clone(), item)).collect();
        self.select(&mut tasks)?;
        let enrolled: Vec<Enrolled> = tasks.iter().map(|(_, item)| item.clone()).collect();
        let taken = self.taken(&enrolled);
        self.journal.add(Kind::ItemsTaken(ItemsTaken {
            set_aside: self.tally.aside.len() as u64,
            ..taken
        }))?;
        self.note_held(&enrolled)?;
        self.note_waiting(&ledger, &enrolled)?;
        Ok(tasks)
    }

    /// The counts of what was enrolled, with what earlier runs left in doubt: that this run has found out about it is work
    /// of its own.
    fn taken(&mut self, enrolled: &[Enrolled]) -> ItemsTaken {
        let cleared = &self.tally.cleared;
        let elsewhere: Vec<ItemState> = cleared
            .iter()
            .filter(|(id, _)| enrolled.iter().all(|item| item.id != **id))
            .map(|(_, (_, ended))| ended.state)
            .collect();
        let own = |item: &Enrolled| cleared.contains_key(&item.id);
        let mut taken = taken(enrolled, own);
        taken.rows += elsewhere.len() as u64;
        taken.to_do += elsewhere.len() as u64;
        self.tally.open += elsewhere.iter().filter(|state| !is_done(**state)).count() as u64;
        taken
    }

    /// Leaves alone what the run was not asked to work. A rehearsal that was asked for an item by name works it also when
    /// a run would not.
    fn select(&mut self, tasks: &mut [Task]) -> Result<(), Halt> {
        let selection = &self.setup.selection;
        if selection.is_all() {
            return Ok(());
        }
        let keys = self.plan.items().map(|spec| spec.key.as_slice()).unwrap_or_default();
        let keys: Vec<&str> = keys.iter().map(|key| key.value.as_str()).collect();
        let chosen = select::chosen(selection, &keys, tasks).map_err(Halt::Stop)?;
        for (place, (row, item)) in tasks.iter_mut().enumerate() {
            match chosen.contains(&place) {
                true if !item.workable && !selection.only.is_empty() => {
                    let code = match (self.setup.rehearsal, is_done(item.state)) {
                        (true, _) => codes::ONLY_ALL_THE_SAME,
                        (false, true) => codes::ONLY_DONE,
                        (false, false) => codes::ONLY_HELD,
                    };
                    item.workable = self.setup.rehearsal;
                    self.journal
                        .add(Kind::Noted(Message::new(code).with("item", row.label())))?;
                }
                true => {}
                false if item.workable => {
                    self.tally.aside.insert(item.id);
                }
                false => {}
            }
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
            let message = about(codes::REJECTED_BEFORE, &labels).with_int("run", run.0);
            self.journal.add(Kind::Noted(message))?;
        }
        Ok(())
    }

    /// What waits for a person does so whatever tonight's file holds.
    fn note_waiting(&mut self, ledger: &str, enrolled: &[Enrolled]) -> Result<(), PortError> {
        let mut waiting = self.ports.ledger.waiting(self.journal.lease(), ledger)?;
        let elsewhere: Vec<_> = waiting
            .extract_if(.., |(_, state, _)| *state == ItemState::ByHand)
            .collect();
        self.tally.open += elsewhere.len() as u64;
        let here = enrolled.iter().filter(|item| item.state == ItemState::ByHand);
        let by_hand: Vec<&str> = elsewhere
            .iter()
            .map(|(_, _, label)| label.as_str())
            .chain(here.map(|item| item.label.as_str()))
            .collect();
        if !by_hand.is_empty() {
            self.journal.add(Kind::Noted(about(codes::BATON_OUT, &by_hand)))?;
        }
        let (asked, others): (Vec<_>, Vec<_>) = waiting
            .iter()
            .partition(|(_, state, _)| *state == ItemState::ReadingReview);
        for (code, items) in [(codes::WAITING_BEFORE, others), (codes::ASKED_BEFORE, asked)] {
            let labels: Vec<&str> = items.iter().map(|(_, _, label)| label.as_str()).collect();
            if !labels.is_empty() {
                self.tally.open += labels.len() as u64;
                self.journal.add(Kind::Noted(about(code, &labels)))?;
            }
        }
        Ok(())
    }

    /// Rows that this run may not work and that are not simply done are a person's matter: they keep the run from
    /// being settled. A row that was done and has changed since is said, never done again.
    fn note_held(&mut self, enrolled: &[Enrolled]) -> Result<(), PortError> {
        for item in enrolled.iter().filter(|item| is_held(item)) {
            self.tally.open += 1;
            let code = match item.state {
                state if is_done(state) => codes::CHANGED_SINCE,
                ItemState::ReadingReview => codes::STILL_ASKED,
                ItemState::Inquiry if !self.tally.cleared.contains_key(&item.id) => codes::STILL_IN_DOUBT,
                _ => continue,
            };
            let message = Message::new(code)
                .with("item", item.label.clone())
                .with_int("row", i64::try_from(item.row).unwrap_or(i64::MAX));
            self.journal.add(Kind::Noted(message))?;
        }
        Ok(())
    }
}

/// What is said of several items: how many, and the first of their names.
fn about(code: Code, labels: &[&str]) -> Message {
    const SHOWN: usize = 10;
    let mut shown: Vec<&str> = labels.iter().take(SHOWN).copied().collect();
    if labels.len() > SHOWN {
        shown.push("…");
    }
    Message::new(code)
        .with_int("count", i64::try_from(labels.len()).unwrap_or(i64::MAX))
        .with("items", shown.join(" "))
}

fn is_held(item: &Enrolled) -> bool {
    !item.workable && (item.changed || !is_done(item.state))
}

/// The counts of what was enrolled.
fn taken(enrolled: &[Enrolled], own: impl Fn(&Enrolled) -> bool) -> ItemsTaken {
    let mut taken = ItemsTaken {
        source: String::new(),
        hash: None,
        format: String::new(),
        rows: enrolled.len() as u64,
        to_do: 0,
        done_before: 0,
        set_aside: 0,
        held: BTreeMap::new(),
    };
    for item in enrolled {
        match item.state {
            _ if item.workable || own(item) => taken.to_do += 1,
            state if is_done(state) => taken.done_before += 1,
            state => *taken.held.entry(state).or_default() += 1,
        }
    }
    taken
}
