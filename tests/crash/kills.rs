//! The campaigns. `README.md` says how to repeat and to widen them.

use super::campaign::{Outcome, Plan, Point, campaign};
use super::dice::Dice;
use super::system::{TROUBLES, Trouble};
use crate::support::chromium::block_on;

/// Repeats a campaign, or begins another one.
const SEED: &str = "YAKIN_CRASH_SEED";
/// How many kills each campaign gets.
const KILLS: &str = "YAKIN_CRASH_KILLS";
/// Kills at this point only.
const POINT: &str = "YAKIN_CRASH_POINT";

type Points = &'static [(&'static str, Point)];

/// Around a registration.
const AROUND: Points = &[
    ("before_intent", Point::Code("ledger.before_intent")),
    ("after_intent_before_click", Point::Code("commit.after_intent")),
    ("after_click_before_response", Point::Click),
    ("after_response_before_stored", Point::Code("commit.after_sign")),
    ("before_stored", Point::Code("ledger.before_finish")),
    ("after_stored", Point::Code("ledger.after_finish")),
    ("anywhere", Point::Anywhere),
];

/// Where every office comes by once, in this order.
const EDGES: Points = &[
    ("during_migration", Point::At("store.migrating", 1)),
    ("during_enrolment", Point::At("ledger.enrolling", 1)),
    // The first run that it ends is the dead one.
    ("during_close_dead_run", Point::At("ledger.closing", 1)),
    ("during_close_run", Point::At("ledger.closing", 2)),
    ("during_pack", Point::At("journal.packing", 1)),
];

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |number| number.parse().expect("a number"))
}

/// What is done to each of some offices, which share the kills.
fn plans(points: Points, kills: u64, offices: u64) -> Vec<Plan> {
    let wanted = std::env::var(POINT).ok();
    let asked = |(name, _): &(&str, Point)| wanted.as_deref().is_none_or(|wanted| wanted == *name);
    let points: Vec<(&str, Point)> = points.iter().copied().filter(asked).collect();
    let kills = match points.is_empty() {
        true => 0,
        false => kills.div_ceil(offices) as usize,
    };
    let mut dice = Dice::new(number(SEED, 20_261_123));
    let plan = |_| Plan {
        seed: dice.next(),
        items: kills * 2 + 4,
        kills,
        points: points.clone(),
        verify: true,
        trouble: (0, &[]),
        off: "",
    };
    (0..offices).map(plan).collect()
}

/// All offices at a time: most of a run is waiting.
fn waged(named: &str, plans: Vec<Plan>) -> Outcome {
    let mut whole = Outcome::default();
    block_on(async {
        let offices: Vec<_> = plans.into_iter().map(|plan| tokio::spawn(campaign(plan))).collect();
        for office in offices {
            whole.add(office.await.unwrap());
        }
    });
    println!("{named}, {SEED}={}: {whole:?}", number(SEED, 20_261_123));
    whole
}

#[test]
fn killed_around_a_registration() {
    let whole = waged("around", plans(AROUND, number(KILLS, 160), 8));
    assert!(whole.verdict.is_clean(), "{whole:?}");
}

#[test]
fn killed_while_the_system_has_troubles_of_its_own() {
    let mut plans = plans(AROUND, number(KILLS, 48), 8);
    for plan in &mut plans {
        plan.trouble = (25, &TROUBLES);
    }
    let whole = waged("troubles", plans);
    assert!(whole.verdict.is_clean(), "{whole:?}");
}

#[test]
fn where_nobody_can_look_every_doubt_goes_to_a_person() {
    let mut plans = plans(AROUND, number(KILLS, 48), 8);
    for plan in &mut plans {
        plan.verify = false;
    }
    let whole = waged("verify: none", plans);
    assert!(whole.verdict.is_clean(), "{whole:?}");
    assert_eq!(whole.verdict.waiting, whole.verdict.doubts, "{whole:?}");
}

#[test]
fn killed_where_a_run_begins_and_ends() {
    let offices = number(KILLS, 20).div_ceil(EDGES.len() as u64);
    let plans = plans(EDGES, offices * EDGES.len() as u64, offices);
    let planned: usize = plans.iter().map(|plan| plan.kills).sum();
    let whole = waged("edges", plans);
    assert!(whole.verdict.is_clean(), "{whole:?}");
    assert_eq!(whole.kills.values().sum::<usize>(), planned, "{whole:?}");
}

/// A result page from before proves nothing of this registration.
#[test]
fn a_proof_that_is_left_over_is_no_proof() {
    let mut plans = plans(AROUND, number(KILLS, 16), 4);
    for plan in &mut plans {
        plan.trouble = (20, &[Trouble::StaleProof]);
    }
    let whole = waged("stale proofs", plans);
    assert!(whole.verdict.is_clean(), "{whole:?}");
}
