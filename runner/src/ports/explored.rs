//! Every order of events that two runners, a slow system and the clock can come to with one item, searched through.
//!
//! The states of item and run are production's own ([`super::item::next`], [`super::run::next`]). Around them stands what the
//! protocol of `run` does: intent before the act, the other's browser ended before a look, `settle` before it too. With one
//! of them left out the search finds the double, so it can fail.

use std::collections::{HashMap, HashSet, VecDeque};

use super::item::{self, MoveKind};
use super::run::{self, RunMove, RunState};
use crate::events::ItemState;

/// What the runners keep to.
#[derive(Debug, Clone, Copy)]
struct Protocol {
    intent: bool,
    fence: bool,
    settle: bool,
}

const WHOLE: Protocol = Protocol {
    intent: true,
    fence: true,
    settle: true,
};

/// How far a runner is, as it knows itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Phase {
    Away,
    Opened,
    Claimed,
    Intended,
    Clicked,
    Proved,
    /// It has to find out; next the browsers are ended, then it waits, then it looks.
    Doubting,
    Fenced,
    Settled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Runner {
    phase: Phase,
    epoch: u8,
    browser: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct World {
    item: ItemState,
    item_epoch: u8,
    /// The bot's newest run.
    run: RunState,
    epoch: u8,
    runners: [Runner; 2],
    /// Registrations that have arrived and are not entered yet.
    under_way: u8,
    registered: u8,
}

/// Runs that the search allows: each may be ended by the next in every way.
const RUNS: u8 = 4;

const START: World = World {
    item: ItemState::New,
    item_epoch: 0,
    run: RunState::Ended,
    epoch: 0,
    runners: [Runner {
        phase: Phase::Away,
        epoch: 0,
        browser: false,
    }; 2],
    under_way: 0,
    registered: 0,
};

impl World {
    /// A write of a runner: refused when its run was ended, whatever it believes.
    fn writes(&self, who: usize) -> bool {
        let mine = self.runners[who].epoch == self.epoch;
        mine && run::next(self.run, RunMove::Write).is_ok()
    }

    fn holds(&self, who: usize) -> bool {
        self.writes(who) && self.item_epoch == self.runners[who].epoch
    }

    fn moved(mut self, step: MoveKind) -> World {
        self.item = item::next(self.item, step).expect("the protocol makes no other moves");
        self
    }

    fn at(mut self, who: usize, phase: Phase) -> World {
        self.runners[who].phase = phase;
        self
    }

    /// What may come next.
    fn after(&self, protocol: Protocol) -> Vec<World> {
        let mut worlds = self.outside();
        for who in 0..self.runners.len() {
            worlds.extend(self.runner(who, protocol));
            if self.runners[who].phase != Phase::Away {
                // Killed. Its browser stays where it is.
                worlds.push(self.at(who, Phase::Away));
            }
        }
        worlds
    }

    /// What the system and the clock do.
    fn outside(&self) -> Vec<World> {
        let mut worlds = Vec::new();
        if self.under_way > 0 {
            let under_way = self.under_way - 1;
            let lost = World { under_way, ..*self };
            let registered = self.registered + 1;
            worlds.extend([lost, World { registered, ..lost }]);
        }
        if self.run == RunState::Live {
            let run = RunState::Silent;
            worlds.push(World { run, ..*self });
        }
        worlds
    }

    fn opened(&self, who: usize) -> Option<World> {
        let free = self.run == RunState::Ended || run::next(self.run, RunMove::EndForIt).is_ok();
        if !free || self.epoch == RUNS {
            return None;
        }
        let mut world = *self;
        if world.item == ItemState::Claimed {
            world = world.moved(MoveKind::Release);
        }
        world.epoch += 1;
        world.run = RunState::Live;
        world.runners[who].epoch = world.epoch;
        Some(world.at(who, Phase::Opened))
    }

    fn runner(&self, who: usize, protocol: Protocol) -> Vec<World> {
        let runner = self.runners[who];
        // Who is refused stops. A click asks nobody: that is why it needs a fence.
        let fenced = vec![self.at(who, Phase::Away)];
        match runner.phase {
            Phase::Away => self.opened(who).into_iter().collect(),
            Phase::Opened if !self.writes(who) => fenced,
            Phase::Opened => match self.item {
                ItemState::New => {
                    let mut world = self.moved(MoveKind::Claim).at(who, Phase::Claimed);
                    world.item_epoch = runner.epoch;
                    world.runners[who].browser = true;
                    vec![world]
                }
                ItemState::Committing => {
                    let mut world = self.moved(MoveKind::TakeOver).at(who, Phase::Doubting);
                    world.item_epoch = runner.epoch;
                    vec![world]
                }
                _ => {
                    let run = run::next(self.run, RunMove::Close).expect("it may write");
                    vec![World { run, ..*self }.at(who, Phase::Away)]
                }
            },
            Phase::Claimed if !protocol.intent => vec![self.at(who, Phase::Intended)],
            Phase::Claimed if !self.holds(who) => fenced,
            Phase::Claimed => vec![self.moved(MoveKind::Intend).at(who, Phase::Intended)],
            Phase::Intended if !runner.browser => fenced,
            Phase::Intended => {
                let under_way = self.under_way + 1;
                vec![World { under_way, ..*self }.at(who, Phase::Clicked)]
            }
            Phase::Clicked => {
                // The proof, if it comes; otherwise its own browser is ended and it has to find out.
                let mut worlds = vec![self.at(who, Phase::Doubting)];
                if self.registered > 0 && runner.browser {
                    worlds.push(self.at(who, Phase::Proved));
                }
                worlds
            }
            Phase::Proved if !self.holds(who) => fenced,
            Phase::Proved => {
                let world = if protocol.intent { *self } else { self.intended() };
                vec![world.moved(MoveKind::Finish(ItemState::Done)).at(who, Phase::Opened)]
            }
            Phase::Doubting if !self.holds(who) => fenced,
            Phase::Doubting => {
                let mut world = self.at(who, Phase::Fenced);
                for (other, runner) in world.runners.iter_mut().enumerate() {
                    runner.browser &= other != who && !protocol.fence;
                }
                vec![world]
            }
            Phase::Fenced if protocol.settle && self.under_way > 0 => Vec::new(),
            Phase::Fenced => vec![self.at(who, Phase::Settled)],
            Phase::Settled if !self.holds(who) => fenced,
            Phase::Settled => {
                let world = if protocol.intent { *self } else { self.intended() };
                let found = match world.registered {
                    0 => MoveKind::Disprove,
                    _ => MoveKind::Finish(ItemState::Done),
                };
                vec![world.moved(found).at(who, Phase::Opened)]
            }
        }
    }

    /// Without an intent the item is still claimed when it comes to its end.
    fn intended(&self) -> World {
        match self.item {
            ItemState::Claimed => self.moved(MoveKind::Intend),
            _ => *self,
        }
    }

    /// Two on their way are two registrations, sooner or later.
    fn broken(&self) -> bool {
        self.registered + self.under_way > 1 || (self.item == ItemState::Done && self.registered == 0)
    }
}

/// Every world that can be come to, with those that follow it.
fn search(protocol: Protocol) -> HashMap<World, Vec<World>> {
    let mut known = HashMap::new();
    let mut open = VecDeque::from([START]);
    while let Some(world) = open.pop_front() {
        if known.contains_key(&world) {
            continue;
        }
        // What comes after the damage shows nothing more.
        let after = if world.broken() {
            Vec::new()
        } else {
            world.after(protocol)
        };
        open.extend(after.iter().copied());
        known.insert(world, after);
    }
    known
}

#[test]
fn in_no_order_of_events_is_anything_registered_twice_or_called_done_without_being_there() {
    let known = search(WHOLE);
    assert!(known.len() > 1_000, "{} worlds", known.len());
    let broken: Vec<&World> = known.keys().filter(|world| world.broken()).collect();
    assert!(broken.is_empty(), "{:?}", broken.first());
}

#[test]
fn whatever_has_happened_a_further_run_brings_the_item_to_its_end() {
    let known = search(WHOLE);
    let mut before: HashMap<World, Vec<World>> = HashMap::new();
    for (world, after) in &known {
        for next in after {
            before.entry(*next).or_default().push(*world);
        }
    }
    let mut ends: HashSet<World> = HashSet::new();
    let mut open: Vec<World> = known
        .keys()
        .filter(|world| world.item == ItemState::Done)
        .copied()
        .collect();
    while let Some(world) = open.pop() {
        if ends.insert(world) {
            open.extend(before.get(&world).into_iter().flatten().copied());
        }
    }
    // Where the search still allows a run.
    let stuck = known.keys().find(|world| world.epoch < RUNS && !ends.contains(world));
    assert_eq!(stuck, None);
}

#[test]
fn without_one_of_its_parts_the_protocol_registers_twice() {
    let without = [
        Protocol { intent: false, ..WHOLE },
        Protocol { fence: false, ..WHOLE },
        Protocol { settle: false, ..WHOLE },
    ];
    for protocol in without {
        let known = search(protocol);
        let twice = known.keys().any(|world| world.registered + world.under_way > 1);
        assert!(twice, "{protocol:?}");
    }
}
