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
    /// A person takes it over, to work it by hand.
    TakeByHand,
    /// A person has worked it by hand, or says that it need not be worked.
    FinishByHand(ItemState),
    /// It comes back from a person as it was taken.
    GiveBack(ItemState),
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

impl MoveKind {
    /// The states that it may be made in, and the one that it leads to: the table of everything that may happen to an item.
    ///
    /// From [`ItemState::Committing`] only proof leads on: of the act, of its absence, or of the system's own refusal. What
    /// cannot be proved ends with a person, and only a person's word leads on from there.
    pub fn leads(self) -> (&'static [ItemState], ItemState) {
        use ItemState::{
            AlreadyThere, ByHand, Claimed, Committing, Done, Dropped, Failed, Inquiry, New, ReadingReview, Rejected,
        };
        match self {
            MoveKind::Claim => (&[New, Failed, Rejected], Claimed),
            MoveKind::Intend => (&[Claimed], Committing),
            MoveKind::Release => (&[Claimed], New),
            MoveKind::Finish(to @ (Done | AlreadyThere | Rejected | Inquiry)) => (&[Claimed, Committing], to),
            MoveKind::Finish(to @ (Failed | ReadingReview)) => (&[Claimed], to),
            MoveKind::Answer => (&[ReadingReview], New),
            MoveKind::TakeOver => (&[Committing], Committing),
            MoveKind::Disprove => (&[Committing], New),
            MoveKind::Contest => (&[Done], Inquiry),
            MoveKind::Reopen => (&[Done], New),
            MoveKind::Decide(to @ (Done | New | Dropped)) => (&[Committing, Inquiry], to),
            MoveKind::TakeByHand => (&[New, Failed, Rejected, Inquiry, Committing], ByHand),
            MoveKind::FinishByHand(to @ (Done | Dropped)) => (&[ByHand], to),
            MoveKind::GiveBack(to @ (New | Failed | Rejected | Inquiry)) => (&[ByHand], to),
            MoveKind::Finish(to) | MoveKind::Decide(to) | MoveKind::FinishByHand(to) | MoveKind::GiveBack(to) => {
                (&[], to)
            }
        }
    }
}

/// The state after a move.
pub fn next(from: ItemState, step: MoveKind) -> Result<ItemState, IllegalMove> {
    let (origins, to) = step.leads();
    match origins.contains(&from) {
        true => Ok(to),
        false => Err(IllegalMove { from, step }),
    }
}

#[cfg(test)]
mod tests;
