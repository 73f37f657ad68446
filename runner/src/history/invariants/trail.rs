//! What the events of all runs say of each other and of the items.

use std::collections::{HashMap, HashSet};

use super::{Inspection, Invariant};
use crate::events::{Event, EvidenceRef, ItemId, ItemState, Kind, RunId};
use crate::history::database::{Columns, Transaction};
use crate::history::journal;
use crate::history::runs::REHEARSAL;
use crate::ports::PortError;

/// Events that are held in memory at one time.
const PAGE: usize = 1000;

/// A mark that an item's events leave.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Intended,
    Disproved,
    Ended(ItemState),
}

/// A mark with its item, time, run and number.
type Step = (ItemId, i64, RunId, i64, Mark);

/// What is known of an item from its marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    InDoubt,
    /// It came to its end with no irreversible act: work again, once its scenario has one.
    Worked,
    Done,
    WithAPerson,
}

/// Reads every run's events.
pub(super) fn look(transaction: &mut Transaction<'_>, found: &mut Inspection) -> Result<(), PortError> {
    let runs = transaction.rows(sqlx::query("SELECT id, bot, last_seq FROM run ORDER BY id"))?;
    let listed = pictures(transaction)?;
    let mut steps: Vec<Step> = Vec::new();
    for run in runs {
        found.runs += 1;
        let id = RunId(run.int("id")?);
        let mut reading = Reading {
            rehearsal: run.text("bot")?.starts_with(REHEARSAL),
            listed: &listed,
            steps: &mut steps,
            open: HashSet::new(),
        };
        let mut next = 1;
        let whole = loop {
            let page = match journal::read(transaction, id, next, PAGE) {
                Ok(page) => page,
                Err(PortError::Store { .. }) => break false,
                Err(error) => return Err(error),
            };
            let contiguous = (next..).zip(&page).all(|(seq, event)| event.seq == seq);
            next += i64::try_from(page.len()).unwrap_or(0);
            found.events += page.len() as u64;
            for event in &page {
                reading.event(event, found);
            }
            if !contiguous {
                break false;
            }
            if page.is_empty() {
                break next == run.int("last_seq")? + 1;
            }
        };
        if !whole {
            found.blame(Invariant::Events, format!("run {}", id.0));
        }
    }
    judge(transaction, steps, found)
}

struct Reading<'a> {
    rehearsal: bool,
    listed: &'a HashSet<String>,
    steps: &'a mut Vec<Step>,
    /// The items that the run has begun and not ended.
    open: HashSet<ItemId>,
}

impl Reading<'_> {
    fn event(&mut self, event: &Event, found: &mut Inspection) {
        if self.rehearsal {
            return;
        }
        let mark = match &event.kind {
            Kind::ItemStarted(item) => {
                if !self.open.insert(item.id) {
                    found.blame(Invariant::Attempt, format!("item {}", item.id.0));
                }
                return;
            }
            Kind::StepFinished(step) => return self.pictures(&step.evidence, event, found),
            Kind::CommitIntended { item, .. } => (item.id, Mark::Intended),
            Kind::Disproved { item } => {
                self.open.remove(&item.id);
                (item.id, Mark::Disproved)
            }
            Kind::ItemFinished(ended) => {
                self.open.remove(&ended.item.id);
                (ended.item.id, Mark::Ended(ended.state))
            }
            // A person's word ends it like a run's.
            Kind::Decided(decided) => (decided.item.id, Mark::Ended(decided.state)),
            _ => return,
        };
        let at = event.at.timestamp_millis();
        self.steps.push((mark.0, at, event.run, event.seq, mark.1));
    }

    fn pictures(&self, evidence: &[EvidenceRef], event: &Event, found: &mut Inspection) {
        if evidence.iter().any(|picture| !self.listed.contains(&picture.sha256)) {
            found.blame(Invariant::Proved, format!("run {}", event.run.0));
        }
    }
}

fn pictures(transaction: &mut Transaction<'_>) -> Result<HashSet<String>, PortError> {
    let rows = transaction.rows(sqlx::query("SELECT DISTINCT sha256 FROM evidence"))?;
    rows.iter().map(|row| row.text("sha256")).collect()
}

/// Two bots may share a ledger, so the order of runs is not that of time; and a clock may have been set back, so the order
/// of time is not that of runs. What breaks a rule breaks it in both.
fn judge(transaction: &mut Transaction<'_>, mut steps: Vec<Step>, found: &mut Inspection) -> Result<(), PortError> {
    steps.sort_by_key(|(item, at, run, seq, _)| (*item, *at, run.0, *seq));
    let by_time = walk(&steps);
    steps.sort_by_key(|(item, _, run, seq, _)| (*item, run.0, *seq));
    let by_run = walk(&steps);
    let mut broken: Vec<(ItemId, Invariant)> = by_run.broken.intersection(&by_time.broken).copied().collect();
    broken.sort();
    for (item, rule) in broken {
        found.blame(rule, format!("item {}", item.0));
    }
    let query = "SELECT id, state, CASE WHEN intent IS NULL THEN 0 ELSE 1 END AS intended FROM item";
    for row in transaction.rows(sqlx::query(query))? {
        let id = ItemId(row.int("id")?);
        let Ok(state) = journal::named::<ItemState>(row.text("state")?) else {
            continue;
        };
        let told = [by_time.last(id), by_run.last(id)];
        let is_done = matches!(state, ItemState::Done | ItemState::AlreadyThere);
        if is_done
            && told
                .iter()
                .all(|known| matches!(known, Known::Nothing | Known::InDoubt))
        {
            found.blame(Invariant::Proved, format!("item {}", id.0));
        }
        let moved_on = matches!(
            state,
            ItemState::New | ItemState::Claimed | ItemState::Committing | ItemState::Failed | ItemState::Rejected
        );
        if moved_on && row.int("intended")? == 1 && told.iter().all(|known| *known == Known::Done) {
            found.blame(Invariant::Final, format!("item {}", id.0));
        }
    }
    Ok(())
}

#[derive(Default)]
struct Walked {
    broken: HashSet<(ItemId, Invariant)>,
    last: HashMap<ItemId, Known>,
}

impl Walked {
    fn last(&self, item: ItemId) -> Known {
        self.last.get(&item).copied().unwrap_or(Known::Nothing)
    }
}

fn walk(steps: &[Step]) -> Walked {
    let mut walked = Walked::default();
    for (item, _, _, _, mark) in steps {
        let known = walked.last.entry(*item).or_insert(Known::Nothing);
        let broken = match (*known, mark) {
            (Known::InDoubt, Mark::Intended) => Some(Invariant::Intent),
            (Known::Done, Mark::Intended) => Some(Invariant::Final),
            _ => None,
        };
        if let Some(rule) = broken {
            walked.broken.insert((*item, rule));
        }
        *known = match mark {
            Mark::Intended => Known::InDoubt,
            Mark::Disproved => Known::Nothing,
            Mark::Ended(ItemState::Done) if matches!(*known, Known::Nothing | Known::Worked) => Known::Worked,
            Mark::Ended(ItemState::Done | ItemState::AlreadyThere) => Known::Done,
            Mark::Ended(ItemState::Inquiry | ItemState::ByHand | ItemState::Dropped) => Known::WithAPerson,
            Mark::Ended(_) => Known::Nothing,
        };
    }
    walked
}
