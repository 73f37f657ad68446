//! The campaigns.

use super::campaign::{Outcome, Plan, Point, campaign};

#[test]
fn one_night_passes() {
    let plan = Plan {
        seed: 1,
        items: 3,
        kills: 0,
        points: vec![Point::Click],
        verify: true,
        trouble: (0, &[]),
        off: "",
    };
    let outcome: Outcome = crate::support::chromium::block_on(campaign(plan));
    assert!(outcome.verdict.is_clean(), "{outcome:?}");
    assert_eq!(outcome.verdict.done, 3, "{outcome:?}");
}
