//! How a run stands and what may be done to it: pure, the same in production and in the tests.

/// How a run stands, to the eye of whoever reads its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunState {
    /// Somebody may be working it.
    Live,
    /// Nobody can be expected to work it: its lease ran out, or its process is gone. A runner that was only held up may still
    /// come back, as long as nobody has ended its run.
    Silent,
    /// It is over for good.
    Ended,
}

/// What its row and its machine show of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// It has an outcome.
    pub ended: bool,
    /// Nobody has renewed its lease for the lease's length, on the store's clock.
    pub lease_over: bool,
    /// It ran on the machine of whoever looks, and its process is not there any more.
    pub died_here: bool,
}

impl RunState {
    /// What the signs mean.
    pub fn of(signs: Signs) -> RunState {
        match signs {
            Signs { ended: true, .. } => RunState::Ended,
            Signs {
                lease_over: false,
                died_here: false,
                ..
            } => RunState::Live,
            _ => RunState::Silent,
        }
    }
}

/// What is done to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunMove {
    /// Its own runner keeps its lease.
    Renew,
    /// Its own runner writes: an event, a move of an item.
    Write,
    /// Its own runner ends it.
    Close,
    /// Another runner, or a person who takes its work over, ends it.
    EndForIt,
}

/// Why a move cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RunRefused {
    /// It is over: whoever worked it stops.
    #[error("the run is over")]
    Over,
    /// Somebody may be working it.
    #[error("the run may be at work")]
    AtWork,
}

/// The state after a move.
pub fn next(from: RunState, step: RunMove) -> Result<RunState, RunRefused> {
    match (from, step) {
        (RunState::Ended, _) => Err(RunRefused::Over),
        (RunState::Live | RunState::Silent, RunMove::Renew) => Ok(RunState::Live),
        (state, RunMove::Write) => Ok(state),
        (RunState::Live | RunState::Silent, RunMove::Close) => Ok(RunState::Ended),
        (RunState::Silent, RunMove::EndForIt) => Ok(RunState::Ended),
        (RunState::Live, RunMove::EndForIt) => Err(RunRefused::AtWork),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_over_and_nobody_ends_what_may_be_at_work() {
        for bits in 0..8 {
            let signs = Signs {
                ended: bits & 1 != 0,
                lease_over: bits & 2 != 0,
                died_here: bits & 4 != 0,
            };
            let state = RunState::of(signs);
            assert_eq!(state == RunState::Ended, signs.ended, "{signs:?}");
            let silent = signs.lease_over || signs.died_here;
            assert_eq!(state == RunState::Silent, silent && !signs.ended, "{signs:?}");
            for step in [RunMove::Renew, RunMove::Write, RunMove::Close, RunMove::EndForIt] {
                let moved = next(state, step);
                match state {
                    RunState::Ended => assert_eq!(moved, Err(RunRefused::Over), "{step:?}"),
                    RunState::Live if step == RunMove::EndForIt => assert_eq!(moved, Err(RunRefused::AtWork)),
                    _ => assert!(moved.is_ok(), "{state:?} {step:?}"),
                }
            }
        }
    }
}
