//! The states of an item and the moves between them: pure, the same in production and in the tests.

use crate::events::ItemState;

/// A kind of move, without what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveKind {
    /// A run takes the item.
    Claim,
    /// The irreversible act is about to be done.
    Intend,
    /// It ends in this run.
    Finish(ItemState),
    /// It is given back untouched.
    Release,
    /// A run takes over what a dead one left between intent and result.
    TakeOver,
    /// Somebody has looked, and the act did not happen.
    Disprove,
    /// The proof that ended it stands under another key too.
    Contest,
    /// It came to its end without the irreversible act that its scenario has now.
    Reopen,
    /// A person has answered what it waited for.
    Answer,
    /// A person has looked and says what became of it.
    Decide(ItemState),
}

/// A move that an item in this state may not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an item that is {from:?} cannot make the move {step:?}")]
pub struct IllegalMove {
    /// The state it is in.
    pub from: ItemState,
    /// The move.
    pub step: MoveKind,
}

/// The state after a move.
///
/// From [`ItemState::Committing`] only proof leads on: of the act, of its absence, or of the system's own refusal. What
/// cannot be proved ends with a person, and only a person's word leads on from there.
pub fn next(from: ItemState, step: MoveKind) -> Result<ItemState, IllegalMove> {
    use ItemState::{AlreadyThere, Claimed, Committing, Done, Dropped, Failed, Inquiry, New, ReadingReview, Rejected};
    match (from, step) {
        (New | Failed | Rejected, MoveKind::Claim) => Ok(Claimed),
        (Claimed, MoveKind::Intend) => Ok(Committing),
        (Claimed, MoveKind::Release) => Ok(New),
        (Claimed, MoveKind::Finish(state @ (Done | AlreadyThere | Rejected | Failed | ReadingReview | Inquiry))) => {
            Ok(state)
        }
        (ReadingReview, MoveKind::Answer) => Ok(New),
        (Committing, MoveKind::Finish(state @ (Done | AlreadyThere | Rejected | Inquiry))) => Ok(state),
        (Committing, MoveKind::TakeOver) => Ok(Committing),
        (Committing, MoveKind::Disprove) => Ok(New),
        (Done, MoveKind::Contest) => Ok(Inquiry),
        (Done, MoveKind::Reopen) => Ok(New),
        (Committing | Inquiry, MoveKind::Decide(state @ (Done | New | Dropped))) => Ok(state),
        _ => Err(IllegalMove { from, step }),
    }
}
