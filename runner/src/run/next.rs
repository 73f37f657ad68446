//! What follows when a step was tried: pure, so that every case of it can be gone through.

use crate::scenario::model::OnError;

use super::halt::Costs;

/// How a try of a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trial {
    /// It did what it is there for.
    Done,
    /// What it asked of the page is not so.
    NotMet,
    /// It could not.
    Failed {
        /// Whether another try makes sense at all.
        again: bool,
        /// Whether the browser is lost.
        session_lost: bool,
    },
}

/// What stands around a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Around {
    /// Tries that its `retry` still allows.
    pub(super) left: bool,
    /// Whether it has an `else`.
    pub(super) otherwise: bool,
    /// Whether the page shows one of the system's guards: maintenance, a login that is over.
    pub(super) guarded: bool,
    /// Whether this is between the intent and the result of an irreversible act.
    pub(super) committing: bool,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterTry {
    /// The next step.
    GoOn,
    /// Its `else`.
    Otherwise,
    /// The same once more.
    Again,
    /// It has failed for good.
    Fail,
}

/// What follows a try. An irreversible act is never done again because it seemed to fail; 「再度ログインしてください」 is no answer to
/// what a step asked, and no reason to take its `else`.
pub(super) fn after_try(trial: Trial, around: Around) -> AfterTry {
    match trial {
        Trial::Done => AfterTry::GoOn,
        Trial::NotMet if around.otherwise && !around.guarded => AfterTry::Otherwise,
        Trial::Failed {
            again: true,
            session_lost: false,
        } if around.left && !around.committing => AfterTry::Again,
        Trial::NotMet | Trial::Failed { .. } => AfterTry::Fail,
    }
}

/// What a failure for good leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterFailure {
    /// The next step, as the scenario wishes.
    PassOver,
    /// What the guard says.
    Guard,
    /// The end of the walk, at this cost.
    Costs(Costs),
}

/// What follows a failure for good.
pub(super) fn after_failure(on_error: OnError, guarded: bool, (rejects, session_lost): (bool, bool)) -> AfterFailure {
    match (guarded, on_error) {
        (true, _) => AfterFailure::Guard,
        (false, OnError::Continue) => AfterFailure::PassOver,
        (false, OnError::Fail) if session_lost => AfterFailure::Costs(Costs::Session),
        (false, OnError::Fail) if rejects => AfterFailure::Costs(Costs::Row),
        (false, OnError::Fail) => AfterFailure::Costs(Costs::Item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [bool; 2] = [false, true];

    fn trials() -> Vec<Trial> {
        let failed = BOTH
            .into_iter()
            .flat_map(|again| BOTH.map(|session_lost| Trial::Failed { again, session_lost }));
        [Trial::Done, Trial::NotMet].into_iter().chain(failed).collect()
    }

    fn arounds() -> Vec<Around> {
        let bits = |bits: u8| Around {
            left: bits & 1 != 0,
            otherwise: bits & 2 != 0,
            guarded: bits & 4 != 0,
            committing: bits & 8 != 0,
        };
        (0..16).map(bits).collect()
    }

    #[test]
    fn in_every_case_the_irreversible_is_not_repeated_and_a_guard_is_no_answer() {
        for trial in trials() {
            for around in arounds() {
                let next = after_try(trial, around);
                let why = format!("{trial:?} {around:?}");
                assert_eq!(next == AfterTry::GoOn, trial == Trial::Done, "{why}");
                if next == AfterTry::Again {
                    assert!(around.left && !around.committing, "{why}");
                    let browser = matches!(
                        trial,
                        Trial::Failed {
                            session_lost: false,
                            ..
                        }
                    );
                    assert!(browser, "a lost browser is not asked again: {why}");
                }
                if next == AfterTry::Otherwise {
                    assert!(around.otherwise && !around.guarded && trial == Trial::NotMet, "{why}");
                }
                if trial == Trial::NotMet && !around.otherwise {
                    assert_eq!(next, AfterTry::Fail, "{why}");
                }
            }
        }
    }

    #[test]
    fn a_failure_is_passed_over_only_when_that_is_wished_and_never_before_a_guard() {
        for on_error in [OnError::Continue, OnError::Fail] {
            for guarded in BOTH {
                for rejects in BOTH {
                    for session_lost in BOTH {
                        let next = after_failure(on_error, guarded, (rejects, session_lost));
                        assert_eq!(next == AfterFailure::Guard, guarded);
                        let passed = on_error == OnError::Continue && !guarded;
                        assert_eq!(next == AfterFailure::PassOver, passed);
                        // The machine's fault is never the row's.
                        let row = next == AfterFailure::Costs(Costs::Row);
                        assert!(!row || (rejects && !session_lost));
                    }
                }
            }
        }
    }
}
