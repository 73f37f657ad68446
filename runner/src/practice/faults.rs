//! The fault knobs: everything that the city can do wrong on request, in one struct.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The city's behaviour out of the ordinary. The default is a system in good health.
///
/// Set at the start or by POST to `/uketsuke/faults`, as JSON or as a form; what is not named there goes back to its
/// default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// A registration is entered this many milliseconds after it arrived, also when the client has gone by then.
    pub slow_commit_ms: u64,
    /// What goes wrong with a registration.
    pub commit: CommitFault,
    /// Only the registration with this 請求番号 is struck; empty: all are.
    pub commit_only: String,
    /// So many registrations are struck (slow or wrong), then the system is well again; 0: no end.
    pub commit_times: u32,
    /// A session ends after this many pages; 0: never.
    pub logout_after: u32,
    /// A session ends after this many seconds without a page.
    pub session_seconds: u32,
    /// Every page says メンテナンス中.
    pub maintenance: bool,
    /// A search comes back with nothing at all: neither rows nor the sentence that there are none.
    pub search_blank: bool,
    /// A search first shows 検索中… and its result this many milliseconds later; 0: at once.
    pub search_loading_ms: u64,
    /// The registration form after a renewal of the system: other labels, other ids, another order.
    pub changed_screen: bool,
}

impl Default for Faults {
    fn default() -> Self {
        Faults {
            slow_commit_ms: 0,
            commit: CommitFault::None,
            commit_only: String::new(),
            commit_times: 0,
            logout_after: 0,
            session_seconds: 1800,
            maintenance: false,
            search_blank: false,
            search_loading_ms: 0,
            changed_screen: false,
        }
    }
}

/// What goes wrong with a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommitFault {
    /// Nothing.
    #[default]
    None,
    /// It is entered, then the connection breaks in the middle of the answer: a page without contents that never ends
    /// loading.
    LostResponse,
    /// It is entered, then the connection breaks before the first byte of the answer. Chromium then sends the form again
    /// by itself (RFC 9110 §9.2.2 advises against it), so the register has it twice or more.
    DroppedConnection,
    /// An error page (500), and nothing is entered.
    ErrorBefore,
    /// It is entered, then an error page (500).
    ErrorAfter,
    /// Nothing is entered, and the page that comes is the one of the registration before.
    StalePage,
}

/// What one registration has to suffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Strike {
    pub(super) delay: Duration,
    pub(super) fault: CommitFault,
}

/// The knobs as they stand, and how often a registration was struck since they were set.
#[derive(Debug, Default)]
pub(super) struct FaultPanel {
    faults: Faults,
    struck: u32,
}

impl FaultPanel {
    pub(super) fn new(faults: Faults) -> Self {
        FaultPanel { faults, struck: 0 }
    }

    pub(super) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Decides what happens to the registration of this 請求番号, and counts it when it is struck.
    pub(super) fn strike(&mut self, request_no: &str) -> Strike {
        let faults = &self.faults;
        let meant = faults.commit_only.is_empty() || faults.commit_only == request_no;
        let left = faults.commit_times == 0 || self.struck < faults.commit_times;
        if !meant || !left {
            return Strike::default();
        }
        let strike = Strike {
            delay: Duration::from_millis(faults.slow_commit_ms),
            fault: faults.commit,
        };
        if strike != Strike::default() {
            self.struck = self.struck.saturating_add(1);
        }
        strike
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(faults: Faults) -> FaultPanel {
        FaultPanel::new(faults)
    }

    #[test]
    fn a_healthy_city_strikes_nobody() {
        assert_eq!(panel(Faults::default()).strike("1"), Strike::default());
    }

    #[test]
    fn strikes_end_after_the_given_number() {
        let mut panel = panel(Faults {
            commit: CommitFault::ErrorBefore,
            commit_times: 2,
            ..Faults::default()
        });
        let seen: Vec<CommitFault> = (0..3).map(|_| panel.strike("1").fault).collect();
        assert_eq!(
            seen,
            [CommitFault::ErrorBefore, CommitFault::ErrorBefore, CommitFault::None]
        );
    }

    #[test]
    fn only_the_named_registration_is_struck_and_counted() {
        let mut panel = panel(Faults {
            slow_commit_ms: 5,
            commit_only: "2".to_owned(),
            commit_times: 1,
            ..Faults::default()
        });
        let seen: Vec<Duration> = ["1", "2", "2"].iter().map(|no| panel.strike(no).delay).collect();
        assert_eq!(seen, [Duration::ZERO, Duration::from_millis(5), Duration::ZERO]);
    }

    #[test]
    fn unnamed_knobs_stand_at_their_default_and_unknown_ones_are_refused() {
        let faults: Faults = serde_json::from_str(r#"{"commit":"lost_response"}"#).unwrap();
        assert_eq!(
            faults,
            Faults {
                commit: CommitFault::LostResponse,
                ..Faults::default()
            }
        );
        assert!(serde_json::from_str::<Faults>(r#"{"comit":"lost_response"}"#).is_err());
    }
}
