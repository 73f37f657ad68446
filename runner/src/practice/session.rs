//! The account and the browser sessions of the 受付システム.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;

use super::faults::Faults;

/// The one account's 利用者ID.
pub const USER_ID: &str = "renshu01";
/// Its password.
pub const PASSWORD: &str = "yakin-practice";

/// Wrong passwords in a row after which the account is locked.
const TRIES: u32 = 3;

/// Why a login was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Wrong,
    Locked,
}

#[derive(Debug)]
struct Session {
    last: DateTime<Tz>,
    pages: u32,
}

/// Who is logged in, and whether the account is locked.
#[derive(Debug)]
pub(super) struct Sessions {
    /// Different at each start, so that no cookie outlives the city that gave it.
    boot: u64,
    given: u64,
    open: HashMap<String, Session>,
    wrong: u32,
}

impl Sessions {
    pub(super) fn new(boot: u64) -> Self {
        Sessions {
            boot,
            given: 0,
            open: HashMap::new(),
            wrong: 0,
        }
    }

    /// Opens a session and returns its token, or says why not. The third wrong try locks the account.
    pub(super) fn login(&mut self, user: &str, password: &str, now: DateTime<Tz>) -> Result<String, Refusal> {
        if self.wrong >= TRIES {
            return Err(Refusal::Locked);
        }
        if (user, password) != (USER_ID, PASSWORD) {
            // A wrong 利用者ID locks nobody.
            self.wrong += u32::from(user == USER_ID);
            return Err(if self.wrong >= TRIES {
                Refusal::Locked
            } else {
                Refusal::Wrong
            });
        }
        self.wrong = 0;
        self.given += 1;
        let token = format!("{:016X}{:06}", self.boot, self.given);
        self.open.insert(token.clone(), Session { last: now, pages: 0 });
        Ok(token)
    }

    /// Counts a page for this token; `false` when there is no such session any more.
    pub(super) fn visit(&mut self, token: &str, now: DateTime<Tz>, faults: &Faults) -> bool {
        let Some(session) = self.open.get_mut(token) else {
            return false;
        };
        let idle = now.signed_duration_since(session.last);
        session.pages = session.pages.saturating_add(1);
        session.last = now;
        let worn_out = faults.logout_after > 0 && session.pages > faults.logout_after;
        if worn_out || idle >= TimeDelta::seconds(i64::from(faults.session_seconds)) {
            self.open.remove(token);
            return false;
        }
        true
    }

    pub(super) fn logout(&mut self, token: &str) {
        self.open.remove(token);
    }

    /// Ends all sessions and unlocks the account.
    pub(super) fn reset(&mut self) {
        self.open.clear();
        self.wrong = 0;
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn at(second: u32) -> DateTime<Tz> {
        chrono_tz::Asia::Tokyo
            .with_ymd_and_hms(2026, 11, 23, 22, 0, second)
            .unwrap()
    }

    #[test]
    fn three_wrong_tries_lock_the_account_until_the_reset() {
        let mut sessions = Sessions::new(7);
        let mut tries = || sessions.login(USER_ID, "x", at(0));
        assert_eq!(
            [tries(), tries(), tries()],
            [Err(Refusal::Wrong), Err(Refusal::Wrong), Err(Refusal::Locked)]
        );
        assert_eq!(sessions.login(USER_ID, PASSWORD, at(0)), Err(Refusal::Locked));
        sessions.reset();
        assert!(sessions.login(USER_ID, PASSWORD, at(0)).is_ok());
    }

    #[test]
    fn a_right_password_forgives_and_a_wrong_user_locks_nobody() {
        let mut sessions = Sessions::new(7);
        for _ in 0..4 {
            assert_eq!(sessions.login("renshu02", "x", at(0)), Err(Refusal::Wrong));
        }
        for _ in 0..2 {
            assert_eq!(sessions.login(USER_ID, "x", at(0)), Err(Refusal::Wrong));
            assert_eq!(sessions.login(USER_ID, "x", at(0)), Err(Refusal::Wrong));
            assert!(sessions.login(USER_ID, PASSWORD, at(0)).is_ok());
        }
    }

    #[test]
    fn a_session_ends_by_idleness_by_pages_and_by_logout() {
        let mut sessions = Sessions::new(7);
        let short = Faults {
            session_seconds: 10,
            ..Faults::default()
        };
        let token = sessions.login(USER_ID, PASSWORD, at(0)).unwrap();
        assert!(sessions.visit(&token, at(9), &short));
        assert!(sessions.visit(&token, at(18), &short));
        assert!(!sessions.visit(&token, at(28), &short));

        let two = Faults {
            logout_after: 2,
            ..Faults::default()
        };
        let token = sessions.login(USER_ID, PASSWORD, at(0)).unwrap();
        let seen: Vec<bool> = (0..4).map(|_| sessions.visit(&token, at(0), &two)).collect();
        assert_eq!(seen, [true, true, false, false]);

        let token = sessions.login(USER_ID, PASSWORD, at(0)).unwrap();
        sessions.logout(&token);
        assert!(!sessions.visit(&token, at(0), &Faults::default()));
    }

    #[test]
    fn no_token_is_given_twice_nor_by_two_starts() {
        let mut one = Sessions::new(1);
        let mut two = Sessions::new(2);
        let tokens = [
            one.login(USER_ID, PASSWORD, at(0)).unwrap(),
            one.login(USER_ID, PASSWORD, at(0)).unwrap(),
            two.login(USER_ID, PASSWORD, at(0)).unwrap(),
        ];
        assert!(tokens[0] != tokens[1] && tokens[0] != tokens[2]);
    }
}
