//! The same with a real browser and the practice city: few kills, each at a place where it matters.

use std::sync::atomic::{AtomicUsize, Ordering};

use yakin::events::Kind;
use yakin::practice::{CommitFault, Faults};

use super::dice::Dice;
use super::judge::{Books, Verdict, judge};
use super::kills::{SEED, number};
use super::system::Entry;
use crate::support::engine::store;
use crate::support::office::{Office, eventually, rows};

const ITEMS: usize = 9;
/// How many nights of eight kills, when not two.
const NIGHTS: &str = "YAKIN_CRASH_NIGHTS";
/// Nights at one time.
const LANES: usize = 2;

/// An office that waits less for its system than a real one, and a system that is slow within that.
fn office() -> Office {
    let office = Office::new();
    office.edit("scenarios/systems/受付.yaml", "settle: 60s", "settle: 2s");
    office.deliver(&rows(ITEMS));
    office.faults(&slow());
    office
}

fn slow() -> Faults {
    Faults {
        slow_commit_ms: 500,
        ..Faults::default()
    }
}

fn killed_at(office: &Office, point: &str) {
    let died = office.night_killed_at(&format!("{point}#1"));
    assert_eq!(died.code, -1, "{point} was not reached: {died:?}");
}

/// Kills the program while the city's answer to its click does not come.
fn killed_before_the_answer(office: &Office) {
    let before = office.register().len();
    office.faults(&Faults {
        commit: CommitFault::LostResponse,
        ..slow()
    });
    let mut run = office.start_night();
    run.wait_for(|kind| matches!(kind, Kind::CommitIntended { .. }));
    eventually(|| office.register().len() > before);
    run.signal("KILL");
    run.finish();
    office.faults(&slow());
}

/// Lets a whole run pass and judges.
fn judged(office: &Office) -> Verdict {
    let last = office.night();
    assert_eq!(last.code, 0, "{last:?}");
    let folders = std::fs::read_dir(office.root().join(".yakin/browser")).unwrap().count();
    assert_eq!(folders, 0, "no browser of a dead run is left, and no profile");
    let entry = |entry: yakin::practice::Entry| Entry {
        key: entry.registration.request_no,
        receipt: entry.receipt,
    };
    let books = Books {
        key: "請求番号",
        entries: office.register().into_iter().map(entry).collect(),
        clicks: Vec::new(),
    };
    judge(&store(office), &books, ITEMS)
}

/// Where the program dies.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Death {
    /// At a point of its own code.
    At(&'static str),
    /// Between the registration and its answer.
    BeforeTheAnswer,
}

/// Deaths that leave a doubt, so that the next run begins with a look.
const DOUBTFUL: [Death; 4] = [
    Death::At("commit.after_intent"),
    Death::BeforeTheAnswer,
    Death::At("commit.after_sign"),
    Death::At("ledger.before_finish"),
];
const OTHERS: [Death; 2] = [Death::At("ledger.before_intent"), Death::At("ledger.after_finish")];
/// Deaths in the midst of a look.
const LOOKS: [Death; 2] = [Death::At("verify.before_look"), Death::At("verify.after_look")];

/// Every death once, in an order that chance decides; a look is where a doubt was left.
fn night(dice: &mut Dice) -> Vec<Death> {
    let mut left: Vec<Death> = DOUBTFUL.iter().chain(&OTHERS).copied().collect();
    let mut deaths = Vec::new();
    while !left.is_empty() {
        deaths.push(left.swap_remove(dice.within(0..left.len() as u64) as usize));
    }
    for look in LOOKS {
        let places: Vec<usize> = (0..deaths.len())
            .filter(|place| DOUBTFUL.contains(&deaths[*place]))
            .collect();
        deaths.insert(dice.one_of(&places) + 1, look);
    }
    deaths
}

fn killed(seed: u64) {
    let deaths = night(&mut Dice::new(seed));
    let office = office();
    for death in &deaths {
        match death {
            Death::At(point) => killed_at(&office, point),
            Death::BeforeTheAnswer => killed_before_the_answer(&office),
        }
    }
    let verdict = judged(&office);
    assert!(
        verdict.is_clean() && verdict.done == ITEMS,
        "{seed}: {deaths:?}: {verdict:?}"
    );
}

/// Each of the eight deaths twice, or as many nights of eight as are asked for.
#[test]
fn nights_of_eight_deaths_around_registrations() {
    let mut dice = Dice::new(number(SEED, 20_261_123));
    let seeds: Vec<u64> = (0..number(NIGHTS, 2)).map(|_| dice.next()).collect();
    println!("{NIGHTS}={}, {SEED}={}", seeds.len(), number(SEED, 20_261_123));
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::SeqCst)) {
                    killed(*seed);
                }
            });
        }
    });
}
