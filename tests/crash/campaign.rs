//! A campaign: one office's work is begun again and again, and killed, until nothing is left of it.

use std::collections::BTreeMap;
use std::time::Duration;

use yakin::history::Backend;
use yakin::platform::time::{Deadline, pause};

use super::dice::Dice;
use super::judge::{Books, Verdict, is_settled, judge};
use super::system::{System, Trouble};
use super::trap::Moment;
use super::workplace::{Death, Ended, Workplace};

/// The column that holds the key.
const KEY: &str = "番号";
/// Runs that nobody kills, at the end: what is left must be finished by then.
const LAST_RUNS: u32 = 12;

/// Where a program is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// At a point of its own code that it comes to with each item.
    Code(&'static str),
    /// At a point of its own code, when it comes to it for the how manieth time.
    At(&'static str, u64),
    /// While the system works on its click.
    Click,
    /// Anywhere in its talk with the driver, or a little later.
    Anywhere,
}

impl Point {
    fn death(self, dice: &mut Dice) -> Death {
        match self {
            Point::Code(name) => Death::Point(name, dice.within(1..4)),
            Point::At(name, times) => Death::Point(name, times),
            Point::Click => Death::Driver(Moment::Click(dice.within(1..4))),
            Point::Anywhere => {
                let at = dice.within(0..120);
                Death::Driver(match dice.within(0..3) {
                    0 => Moment::Talk(at),
                    _ => Moment::Lingering(at, Duration::from_micros(dice.within(0..20_000))),
                })
            }
        }
    }
}

/// What is done to one office.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) items: usize,
    pub(super) kills: usize,
    /// With the names that reports use; they take turns.
    pub(super) points: Vec<(&'static str, Point)>,
    /// Whether the scenario can look whether something was registered.
    pub(super) verify: bool,
    /// No registration takes longer.
    pub(super) slowest: Duration,
    /// In how many of a hundred registrations something is wrong, and what.
    pub(super) trouble: (u64, &'static [Trouble]),
    /// Whether it is real work: then a system that fails is left alone for a while.
    pub(super) real: bool,
    /// Where the ledger is kept.
    pub(super) backend: Backend,
    /// Protections that are switched off.
    pub(super) off: &'static str,
}

/// What has become of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) kills: BTreeMap<&'static str, usize>,
    pub(super) runs: usize,
    pub(super) verdict: Verdict,
}

impl Outcome {
    /// Adds another office's.
    pub(super) fn add(&mut self, other: Outcome) {
        for (name, kills) in other.kills {
            *self.kills.entry(name).or_default() += kills;
        }
        self.runs += other.runs;
        self.verdict.add(other.verdict);
    }
}

/// Kills the program as often as the plan says, lets it finish, and judges.
pub(super) async fn campaign(plan: Plan) -> Outcome {
    let mut dice = Dice::new(plan.seed);
    let system = System::new(dice.next(), plan.slowest, plan.trouble);
    let mut place = Workplace::new(system, plan.items, plan.verify, plan.backend.clone()).await;
    place.off = plan.off;
    place.real = plan.real;
    let mut outcome = Outcome::default();
    for (name, point) in plan.points.iter().cycle().take(plan.kills) {
        let death = point.death(&mut dice);
        outcome.runs += 1;
        match place.run(Some(death)).await {
            Ended::Killed => *outcome.kills.entry(*name).or_default() += 1,
            Ended::ByItself(code, said) => assert!(code < 2 || code == 3, "{plan:?} {death:?}: {code} {said}"),
        }
    }
    for left in (0..LAST_RUNS).rev() {
        outcome.runs += 1;
        match place.run(None).await {
            Ended::ByItself(0 | 1 | 3, _) if is_settled(&place.store(), KEY) => break,
            Ended::ByItself(1 | 3, _) if left > 0 => {}
            ended => panic!("{plan:?}: {ended:?}"),
        }
    }
    let patience = Deadline::after(Duration::from_secs(60));
    while !place.system.is_quiet() {
        assert!(!patience.is_over(), "{plan:?}: the system never comes to rest");
        pause(Duration::from_millis(10)).await;
    }
    let books = Books {
        key: KEY,
        entries: place.system.register(),
        clicks: place.system.clicks(),
    };
    outcome.verdict = judge(&place.store(), &books, plan.items);
    outcome
}
