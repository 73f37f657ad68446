//! The campaigns. `README.md` says how to repeat and to widen them.

use std::time::Duration;

use yakin::history::Backend;

use super::campaign::{Outcome, Plan, Point, campaign};
use super::dice::Dice;
use super::system::{TROUBLES, Trouble};
use crate::history::fixture::Fixture;

/// Repeats a campaign, or begins another one.
pub(super) const SEED: &str = "YAKIN_CRASH_SEED";
/// How many kills each campaign gets.
const KILLS: &str = "YAKIN_CRASH_KILLS";
/// Kills at these points only; their names with commas between them.
const POINT: &str = "YAKIN_CRASH_POINT";

/// Offices at work at one time: most of a run is waiting.
const OFFICES: u64 = 16;

type Points = &'static [(&'static str, Point)];

/// Around a registration; those of a look come after points that leave a doubt.
const AROUND: Points = &[
    ("before_intent", Point::Code("ledger.before_intent")),
    ("after_intent_before_click", Point::Code("commit.after_intent")),
    ("during_verify_before_look", Point::At("verify.before_look", 1)),
    ("after_click_before_response", Point::Click),
    ("during_verify_after_look", Point::At("verify.after_look", 1)),
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

/// Where it is not known whether the click has happened, or what it did.
const CLICK: Points = &[("after_click_before_response", Point::Click)];

pub(super) fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |number| number.parse().expect("a number"))
}

/// What is done to each of some offices, which share the kills.
fn plans(points: Points, kills: u64, offices: u64) -> Vec<Plan> {
    let wanted = std::env::var(POINT).ok();
    let asked = |(name, _): &(&str, Point)| {
        wanted
            .as_deref()
            .is_none_or(|these| these.split(',').any(|one| one == *name))
    };
    let points: Vec<(&str, Point)> = points.iter().copied().filter(asked).collect();
    let kills = match points.is_empty() {
        true => 0,
        false => kills.div_ceil(offices) as usize,
    };
    let mut dice = Dice::new(number(SEED, 20_261_123));
    let plan = |nth| Plan {
        seed: dice.next(),
        items: kills * 2 + 4,
        kills,
        points: points.clone(),
        verify: true,
        slowest: Duration::from_millis(150),
        trouble: (0, &[]),
        real: nth % 2 == 1,
        backend: Backend::Sqlite,
        off: "",
    };
    (0..offices).map(plan).collect()
}

fn waged(named: &str, plans: Vec<Plan>) -> Outcome {
    let mut whole = Outcome::default();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let offices: Vec<_> = plans.into_iter().map(|plan| tokio::spawn(campaign(plan))).collect();
        for office in offices {
            whole.add(office.await.unwrap());
        }
    });
    println!("{named}, {SEED}={}: {whole:?}", number(SEED, 20_261_123));
    whole
}

/// Of a hundred doubts at most two may need a person, where one can look.
fn few_for_a_person(whole: &Outcome) -> bool {
    whole.verdict.waiting * 50 <= whole.verdict.doubts
}

#[test]
fn killed_around_a_registration() {
    let whole = waged("around", plans(AROUND, number(KILLS, 720), OFFICES));
    assert!(whole.verdict.is_clean() && few_for_a_person(&whole), "{whole:?}");
}

/// The same with the ledger on a server, which a killed program leaves with its transaction open.
#[test]
fn killed_around_a_registration_on_postgresql() {
    let servers: Vec<Fixture> = (0..8).map_while(|_| Fixture::postgres()).collect();
    if servers.is_empty() {
        return;
    }
    let mut plans = plans(AROUND, number(KILLS, 64), servers.len() as u64);
    for (plan, server) in plans.iter_mut().zip(&servers) {
        plan.backend = Backend::Postgres(server.url());
    }
    let planned: usize = plans.iter().map(|plan| plan.kills).sum();
    let whole = waged("around, on PostgreSQL", plans);
    assert!(whole.verdict.is_clean() && few_for_a_person(&whole), "{whole:?}");
    let kills: usize = whole.kills.values().sum();
    assert!(kills * 2 > planned, "{whole:?}");
}

#[test]
fn killed_while_the_system_has_troubles_of_its_own() {
    let mut plans = plans(AROUND, number(KILLS, 96), OFFICES);
    for plan in &mut plans {
        plan.trouble = (25, &TROUBLES);
        plan.real = false;
    }
    let whole = waged("troubles", plans);
    // A look that fails three times is a person's: here every sixth does.
    assert!(
        whole.verdict.is_clean() && whole.verdict.waiting * 8 <= whole.verdict.doubts,
        "{whole:?}"
    );
}

#[test]
fn where_nobody_can_look_every_doubt_goes_to_a_person() {
    let mut plans = plans(AROUND, number(KILLS, 96), OFFICES);
    for plan in &mut plans {
        plan.verify = false;
        plan.points.retain(|(name, _)| !name.starts_with("during_verify"));
    }
    let whole = waged("verify: none", plans);
    assert!(whole.verdict.is_clean() && whole.verdict.doubts > 0, "{whole:?}");
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
    let whole = waged("stale proofs", stale());
    assert!(whole.verdict.is_clean() && whole.verdict.waiting > 0, "{whole:?}");
}

fn stale() -> Vec<Plan> {
    let mut plans = plans(AROUND, number(KILLS, 16), 4);
    for plan in &mut plans {
        plan.trouble = (20, &[Trouble::StaleProof]);
        plan.real = false;
    }
    plans
}

/// A system that takes seconds, killed while it does so, by a program without one of its protections.
fn slow_without(protection: &'static str) -> Vec<Plan> {
    let mut plans = plans(CLICK, number(KILLS, 8), 8);
    for plan in &mut plans {
        plan.slowest = Duration::from_secs(4);
        plan.items = 3;
        plan.off = protection;
    }
    plans
}

#[test]
fn a_slow_system_is_waited_for() {
    let whole = waged("slow", slow_without(""));
    assert!(whole.verdict.is_clean() && few_for_a_person(&whole), "{whole:?}");
}

#[test]
fn without_the_intent_it_is_done_twice() {
    let whole = waged("without the intent", slow_without("without.intent=return"));
    assert!(!whole.verdict.doubled.is_empty(), "{whole:?}");
}

#[test]
fn without_waiting_for_the_system_it_is_done_twice() {
    let whole = waged("without settling", slow_without("without.settle=return"));
    assert!(!whole.verdict.doubled.is_empty(), "{whole:?}");
}

#[test]
fn without_a_look_everything_goes_to_a_person() {
    let whole = waged("without a look", slow_without("without.verify=return"));
    assert!(whole.verdict.is_clean() && !few_for_a_person(&whole), "{whole:?}");
}

#[test]
fn without_comparing_receipts_a_left_over_proof_loses_registrations() {
    let mut plans = stale();
    for plan in &mut plans {
        plan.off = "without.guard=return";
    }
    let whole = waged("without comparing receipts", plans);
    assert!(!whole.verdict.lost.is_empty(), "{whole:?}");
}
