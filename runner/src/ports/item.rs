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
    /// A person has answered what it waited for.
    Answer,
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
/// From [`ItemState::Committing`] there is no way back to new: what was intended ends in proof, in the system's own
/// refusal, or with a person.
pub fn next(from: ItemState, step: MoveKind) -> Result<ItemState, IllegalMove> {
    use ItemState::{AlreadyThere, Claimed, Committing, Done, Failed, Inquiry, New, ReadingReview, Rejected};
    match (from, step) {
        (New | Failed | Rejected, MoveKind::Claim) => Ok(Claimed),
        (Claimed, MoveKind::Intend) => Ok(Committing),
        (Claimed, MoveKind::Release) => Ok(New),
        (Claimed, MoveKind::Finish(state @ (Done | AlreadyThere | Rejected | Failed | ReadingReview | Inquiry))) => {
            Ok(state)
        }
        (ReadingReview, MoveKind::Answer) => Ok(New),
        (Committing, MoveKind::Finish(state @ (Done | AlreadyThere | Rejected | Inquiry))) => Ok(state),
        _ => Err(IllegalMove { from, step }),
    }
}
