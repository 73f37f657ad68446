//! The judge: what the register holds against what the ledger says. What must hold within the ledger is asked of the
//! store itself (`Store::inspect`, as `yakin doctor --deep` does); the rules here are those that need the other side's books.

use std::collections::{BTreeMap, HashMap};

use yakin::events::{Event, ItemId, ItemState, Kind, RunId};
use yakin::history::{RunFilter, Store};
use yakin::value::Value;

use super::system::{Click, Entry};

/// What was found. The first three lists must be empty, whatever was done to the program.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// Keys that stand in the register twice.
    pub(super) doubled: Vec<String>,
    /// Keys that are called done and do not stand in the register, or of which nothing has become.
    pub(super) lost: Vec<String>,
    /// Keys that are called done without the receipt that the register has for them.
    pub(super) unproved: Vec<String>,
    /// Rules of the ledger that do not hold.
    pub(super) broken: Vec<String>,
    /// Items that were left between intent and end.
    pub(super) doubts: usize,
    /// Items that wait for a person.
    pub(super) waiting: usize,
    /// Why they do: how many, by the code of the reason.
    pub(super) reasons: BTreeMap<String, usize>,
    /// Items that are done.
    pub(super) done: usize,
}

impl Verdict {
    /// Whether the promise was kept.
    pub(super) fn is_clean(&self) -> bool {
        self.doubled.is_empty() && self.lost.is_empty() && self.unproved.is_empty() && self.broken.is_empty()
    }

    /// Adds what another office has come to.
    pub(super) fn add(&mut self, other: Verdict) {
        self.doubled.extend(other.doubled);
        self.lost.extend(other.lost);
        self.unproved.extend(other.unproved);
        self.broken.extend(other.broken);
        self.doubts += other.doubts;
        self.waiting += other.waiting;
        for (reason, count) in other.reasons {
            *self.reasons.entry(reason).or_default() += count;
        }
        self.done += other.done;
    }
}

/// An item as the ledger has it at the end.
struct Item {
    key: String,
    state: ItemState,
    receipt: Option<String>,
}

/// The other system's side of it.
pub(super) struct Books {
    /// The column that holds the key.
    pub(super) key: &'static str,
    /// The register.
    pub(super) entries: Vec<Entry>,
    /// The clicks that have arrived, where that is known.
    pub(super) clicks: Vec<Click>,
}

/// Judges an office whose last run has ended; the system must be quiet.
pub(super) fn judge(store: &Store, books: &Books, items: usize) -> Verdict {
    let found = found(store, books.key);
    let history = History::of(store);
    let mut verdict = Verdict {
        broken: history.broken(&books.clicks, &found),
        doubts: history.doubts(),
        ..Verdict::default()
    };
    if found.len() != items {
        verdict
            .broken
            .push(format!("I3: {} of {items} items are known", found.len()));
    }
    let inspected = store.inspect().unwrap();
    let violations = inspected.violations.iter();
    let told = violations.map(|violation| format!("{}: {}", violation.rule.name(), violation.place));
    verdict.broken.extend(told);
    let register = registered(&books.entries);
    for (key, receipts) in &register {
        if receipts.len() > 1 {
            verdict.doubled.push(key.clone());
        }
    }
    for (id, item) in &found {
        let there = register.get(&item.key);
        match (item.state, there) {
            (ItemState::Done | ItemState::AlreadyThere, None) => verdict.lost.push(item.key.clone()),
            (ItemState::Done | ItemState::AlreadyThere, Some(receipts)) => {
                verdict.done += 1;
                if !item.receipt.as_ref().is_some_and(|receipt| receipts.contains(receipt)) {
                    verdict.unproved.push(item.key.clone());
                }
            }
            (ItemState::Inquiry, _) => {
                verdict.waiting += 1;
                let reason = history.why(*id);
                *verdict.reasons.entry(reason).or_default() += 1;
            }
            (ItemState::Rejected, None) => {}
            (state, _) => verdict.lost.push(format!("{} {state:?}", item.key)),
        }
    }
    verdict
}

/// Whether no run would work any of the items.
pub(super) fn is_settled(store: &Store, key: &str) -> bool {
    let at_rest = |item: &Item| {
        !matches!(
            item.state,
            ItemState::New | ItemState::Failed | ItemState::Claimed | ItemState::Committing
        )
    };
    let found = found(store, key);
    !found.is_empty() && found.values().all(at_rest)
}

fn registered(entries: &[Entry]) -> BTreeMap<String, Vec<String>> {
    let mut register: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in entries {
        let receipts = register.entry(entry.key.clone()).or_default();
        receipts.push(entry.receipt.clone());
    }
    register
}

fn text(values: &indexmap::IndexMap<String, Value>, name: &str) -> Option<String> {
    values.get(name).map(Value::to_text)
}

/// The items of the newest run, which was given all of them.
fn found(store: &Store, key: &str) -> HashMap<ItemId, Item> {
    let Some(newest) = runs(store).last().copied() else {
        return HashMap::new();
    };
    let rows = store.items(newest).unwrap();
    let ids: Vec<ItemId> = rows.iter().map(|row| row.id).collect();
    let opened = store.unseal(&ids, "the judge").unwrap();
    let mut opened: HashMap<ItemId, _> = opened.into_iter().map(|item| (item.id, item)).collect();
    let items = rows.into_iter().map(|row| {
        let opened = opened.remove(&row.id).unwrap();
        let item = Item {
            key: text(&opened.payload, key).unwrap(),
            state: row.state,
            receipt: text(&opened.kept, "受付番号"),
        };
        (row.id, item)
    });
    items.collect()
}

/// The numbers of all runs, oldest first.
fn runs(store: &Store) -> Vec<RunId> {
    let every = RunFilter {
        at_most: 10_000,
        ..RunFilter::default()
    };
    let mut runs: Vec<RunId> = store.runs(&every).unwrap().iter().map(|row| row.run).collect();
    runs.reverse();
    runs
}

/// What happened to each item, in order, over all runs.
struct History {
    items: HashMap<ItemId, Vec<Event>>,
    /// Runs that have no end, although nobody is at work.
    broken: Vec<String>,
}

impl History {
    fn of(store: &Store) -> History {
        let mut history = History {
            items: HashMap::new(),
            broken: Vec::new(),
        };
        for run in runs(store) {
            let events = store.run_events(run, 0, usize::MAX >> 1).unwrap();
            if !matches!(events.last().map(|event| &event.kind), Some(Kind::RunFinished(_))) {
                history.broken.push(format!("I6: run {} has no end", run.0));
            }
            for event in events {
                if let Some(item) = item_of(&event.kind) {
                    history.items.entry(item).or_default().push(event);
                }
            }
        }
        history
    }

    /// How often an item was left between its intent and its end.
    fn doubts(&self) -> usize {
        let doubted = |events: &&Vec<Event>| {
            events.windows(2).any(|pair| {
                let proved = pair[1].run == pair[0].run && ends(&pair[1]).is_some_and(is_done);
                matches!(pair[0].kind, Kind::CommitIntended { .. }) && !proved
            }) || matches!(
                events.last().map(|event| &event.kind),
                Some(Kind::CommitIntended { .. })
            )
        };
        self.items.values().filter(doubted).count()
    }

    /// Why an item ended as it did.
    fn why(&self, item: ItemId) -> String {
        let last = self.items.get(&item).and_then(|events| events.last());
        match last.map(|event| &event.kind) {
            Some(Kind::ItemFinished(ended)) => ended.failure.as_ref().map_or_else(String::new, |failure| {
                failure.message.render(yakin::text::Lang::En).what
            }),
            _ => "no end".to_owned(),
        }
    }

    fn broken(&self, clicks: &[Click], found: &HashMap<ItemId, Item>) -> Vec<String> {
        let mut broken = self.broken.clone();
        for (id, item) in found {
            let events = self.items.get(id).map(Vec::as_slice).unwrap_or_default();
            let key = &item.key;
            let done = events.iter().filter(|event| ends(event).is_some_and(is_done)).count();
            if done > 1 {
                broken.push(format!("I1: {key} was done {done} times"));
            }
            if is_done(item.state) && item.receipt.is_none() {
                broken.push(format!("I2: {key} is done without a receipt"));
            }
            if after_the_end(events) {
                broken.push(format!("I4: {key} was touched after its end"));
            }
            for click in clicks.iter().filter(|click| click.key == *key) {
                if !intended(events, click) {
                    broken.push(format!("I8: {key} was clicked without an intent"));
                }
            }
        }
        broken
    }
}

fn item_of(kind: &Kind) -> Option<ItemId> {
    match kind {
        Kind::ItemStarted(item) | Kind::CommitIntended { item, .. } => Some(item.id),
        Kind::ItemFinished(ended) => Some(ended.item.id),
        _ => None,
    }
}

fn ends(event: &Event) -> Option<ItemState> {
    match &event.kind {
        Kind::ItemFinished(ended) => Some(ended.state),
        _ => None,
    }
}

fn is_done(state: ItemState) -> bool {
    matches!(state, ItemState::Done | ItemState::AlreadyThere)
}

/// After an item is done only one thing may still happen to it: its proof turns out to be another one's too.
fn after_the_end(events: &[Event]) -> bool {
    let done = events.iter().position(|event| ends(event).is_some_and(is_done));
    let after = done.map(|at| &events[at + 1..]).unwrap_or_default();
    after.iter().any(|event| ends(event) != Some(ItemState::Inquiry))
}

/// Whether the click lies between an intent and what came after it. Both clocks are this machine's.
fn intended(events: &[Event], click: &Click) -> bool {
    let before = events
        .iter()
        .rposition(|event| event.at.timestamp_millis() <= click.at.timestamp_millis());
    let near = before.map(|at| &events[at.saturating_sub(1)..=at]).unwrap_or_default();
    near.iter()
        .any(|event| matches!(event.kind, Kind::CommitIntended { .. }))
}
