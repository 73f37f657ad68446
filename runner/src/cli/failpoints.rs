//! The failpoints of a test build (feature `failpoints`), switched from outside; no other build has them.
//!
//! - `YAKIN_KILL_AT=ledger.after_intent#3`: the program ends as by `kill -9` when it comes to that point for the third time.
//! - `FAILPOINTS=without.settle=return` (the `fail` crate's own notation): a protection is switched off, so that a test can
//!   show that it notices.

use std::sync::atomic::{AtomicU32, Ordering};

use fail::FailScenario;

use crate::platform::processes;

/// Where and when the program is to end.
const KILL_AT: &str = "YAKIN_KILL_AT";

/// Arms the points that the environment names, for as long as the result lives.
///
/// # Panics
/// If one is named in another notation: a test that kills nothing would prove nothing.
pub(super) fn arm() -> FailScenario<'static> {
    let scenario = FailScenario::setup();
    if let Some(wish) = std::env::var_os(KILL_AT) {
        let wish = wish.into_string().expect("a point's name is ASCII");
        let (point, times) = wish.split_once('#').expect("a point is written NAME#TIMES");
        let times: u32 = times.parse().expect("TIMES is a number");
        let come = AtomicU32::new(0);
        fail::cfg_callback(point, move || {
            if come.fetch_add(1, Ordering::SeqCst) + 1 == times {
                processes::end_like_a_power_cut();
            }
        })
        .expect("a callback can be set");
    }
    scenario
}
