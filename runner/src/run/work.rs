//! An item while it is worked, and how it ended.

use std::time::Duration;

use indexmap::IndexMap;

use crate::events::{Failure, ItemRef, ItemState};
use crate::value::Value;

/// How an item ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) state: ItemState,
    pub(super) failure: Option<Failure>,
    pub(super) kept: IndexMap<String, Value>,
    /// Outline path of the step that stopped it.
    pub(super) at: String,
    /// What the system gave for it, when that proves it.
    pub(super) receipt: Option<String>,
}

impl Ended {
    /// An item that came to a state, without anything to say of it.
    pub(super) fn at(state: ItemState) -> Ended {
        Ended {
            state,
            failure: None,
            kept: IndexMap::new(),
            at: String::new(),
            receipt: None,
        }
    }
}

/// The item at work.
#[derive(Debug, Clone)]
pub(super) struct AtWork {
    pub(super) item: ItemRef,
    /// When it began, on the monotonic clock.
    pub(super) began: Duration,
}

/// Where the item at work stands, as far as this run knows.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Set when the irreversible act is proved: the item is settled and stored.
    pub(super) settled: Option<(ItemState, IndexMap<String, Value>)>,
}

/// Whether nothing more is to be done for an item.
pub(super) fn is_done(state: ItemState) -> bool {
    matches!(
        state,
        ItemState::Done | ItemState::AlreadyThere | ItemState::Dropped | ItemState::Rehearsed
    )
}
