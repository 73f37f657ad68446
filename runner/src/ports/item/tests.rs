//! Everything that may happen to one item, searched to the end: two runs that may both have its ledger, that may die at any
//! point and leave a click under way, people, and the other system's register. The moves are the table's own; who may make
//! one (the run that has the item, nobody while its run lives) is what `history` asks in its statements.

use std::collections::{HashMap, HashSet, VecDeque};

use super::*;
use ItemState::{
    AlreadyThere, Claimed, Committing, Done, Dropped, Failed, Inquiry, New, ReadingReview, Rehearsed, Rejected,
};

/// The table, or one with a mistake in it.
type Table = fn(MoveKind) -> (Vec<ItemState>, ItemState);

/// What a run believes of the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Hand {
    /// It has not taken it.
    Off,
    Claimed,
    /// The intent is stored, the click is not made yet.
    Intended,
    Clicked,
    /// It looks what became of its own click or of a dead run's.
    Looking,
}

/// Who moved the item last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Holder {
    Nobody,
    Run(usize),
    /// A run that is over.
    Dead,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct World {
    state: ItemState,
    holder: Holder,
    hands: [Hand; 2],
    /// A click is under way and may still be registered: of a slow system, or of a dead run's browser.
    late: bool,
    /// What it goes back to when a person gives it back.
    back: ItemState,
    /// Whether the scenario registers anything.
    commits: bool,
    /// Whether an irreversible act was begun, by a run or by a person.
    begun: bool,
    /// How often it stands in the other system's register.
    registered: u8,
}

/// Whether a step is part of the work, or a misfortune that nobody may need in order to come to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Work,
    Misfortune,
}

struct Search {
    table: Table,
    found: Vec<(World, By)>,
}

impl Search {
    /// The item after a move that the table allows.
    fn moved(&self, world: World, kind: MoveKind) -> Option<World> {
        let (origins, to) = (self.table)(kind);
        origins.contains(&world.state).then_some(World { state: to, ..world })
    }

    fn work(&mut self, world: Option<World>) {
        self.found.extend(world.map(|world| (world, By::Work)));
    }

    fn misfortune(&mut self, world: World) {
        self.found.push((world, By::Misfortune));
    }

    /// Everything that may happen next.
    fn steps(&mut self, world: World) -> Vec<(World, By)> {
        self.found.clear();
        for run in 0..world.hands.len() {
            self.run(world, run);
            self.death(world, run);
        }
        if world.late {
            // The browser is ended and the system has come to rest, with the click or without it.
            self.work(Some(World { late: false, ..world }));
            self.misfortune(World {
                late: false,
                registered: world.registered + 1,
                ..world
            });
        }
        self.people(world);
        if let Some(contested) = self.moved(world, MoveKind::Contest) {
            self.misfortune(contested);
        }
        // An edition of the scenario that registers something, after one that did not.
        if !world.commits && !world.begun {
            let commits = World { commits: true, ..world };
            let reopened = self.moved(commits, MoveKind::Reopen);
            self.work(reopened);
        }
        self.found.clone()
    }

    fn run(&mut self, world: World, run: usize) {
        let hand = |world: World, hand| {
            let mut hands = world.hands;
            hands[run] = hand;
            World { hands, ..world }
        };
        let mine = World {
            holder: Holder::Run(run),
            ..world
        };
        if world.hands[run] == Hand::Off {
            self.work(
                self.moved(mine, MoveKind::Claim)
                    .map(|world| hand(world, Hand::Claimed)),
            );
            if world.holder == Holder::Dead {
                let taken = self.moved(mine, MoveKind::TakeOver);
                self.work(taken.map(|world| hand(world, Hand::Looking)));
            }
            return;
        }
        if world.holder != Holder::Run(run) {
            return;
        }
        for to in ItemState::ALL {
            if self.is_true(world, run, to) {
                let ended = self.moved(world, MoveKind::Finish(to));
                self.work(ended.map(|world| hand(world, Hand::Off)));
            }
        }
        // Whatever it believes: it is for the table to refuse.
        self.work(self.moved(world, MoveKind::Release).map(|world| hand(world, Hand::Off)));
        let begun = World { begun: true, ..world };
        let intended = self.moved(begun, MoveKind::Intend).filter(|_| world.commits);
        self.work(intended.map(|world| hand(world, Hand::Intended)));
        match world.hands[run] {
            Hand::Intended => {
                let registered = world.registered + 1;
                self.work(Some(hand(World { registered, ..world }, Hand::Clicked)));
                // A slow system has taken it and not registered it yet.
                self.work(Some(hand(World { late: true, ..world }, Hand::Clicked)));
                self.work(Some(hand(world, Hand::Looking)));
            }
            Hand::Clicked => self.work(Some(hand(world, Hand::Looking))),
            Hand::Looking if !world.late && world.registered == 0 => {
                let again = self.moved(world, MoveKind::Disprove);
                self.work(again.map(|world| hand(world, Hand::Off)));
            }
            Hand::Claimed | Hand::Looking | Hand::Off => {}
        }
    }

    /// Whether a run may end the item so: what it says of the register is true, and of a failure it knows nothing else.
    fn is_true(&self, world: World, run: usize, to: ItemState) -> bool {
        let seen = world.registered > 0 && !world.late;
        match (world.hands[run], to) {
            (Hand::Claimed, Done) => !world.commits,
            (Hand::Claimed, AlreadyThere) => seen,
            (Hand::Claimed, _) => true,
            (Hand::Clicked | Hand::Looking, Done | AlreadyThere) => seen,
            // Nothing was registered, in the system's own words.
            (Hand::Intended, Rejected) => true,
            (_, Failed | ReadingReview | Inquiry) => true,
            _ => false,
        }
    }

    /// The run's process ends, or its lease does: the next one takes its place. What it had begun to click may still arrive.
    fn death(&mut self, world: World, run: usize) {
        if world.hands[run] == Hand::Off {
            return;
        }
        let mut dead = world;
        dead.hands[run] = Hand::Off;
        dead.holder = Holder::Dead;
        dead.late |= world.hands[run] == Hand::Intended;
        if world.state == Claimed {
            let Some(released) = self.moved(dead, MoveKind::Release) else {
                return;
            };
            dead = released;
        }
        self.misfortune(dead);
    }

    /// A person may answer what no live run holds, and looks when nothing is under way any more.
    fn people(&mut self, world: World) {
        let free = world.state != Committing || world.holder == Holder::Dead;
        self.work(self.moved(world, MoveKind::Answer));
        if free {
            let back = if world.state == Committing {
                Inquiry
            } else {
                world.state
            };
            let taken = self.moved(World { back, ..world }, MoveKind::TakeByHand);
            self.work(taken);
        }
        let given = self.moved(world, MoveKind::GiveBack(world.back));
        self.work(given.map(|world| World { back: New, ..world }));
        if !free || world.late {
            return;
        }
        let there = world.registered > 0;
        for to in ItemState::ALL.into_iter().filter(|to| match to {
            Done => there,
            New => !there,
            _ => true,
        }) {
            let begun = world.begun || to == Done;
            let decided = self.moved(World { begun, ..world }, MoveKind::Decide(to));
            self.work(decided);
        }
        let by_hand = World {
            registered: world.registered.max(1),
            begun: true,
            back: New,
            ..world
        };
        self.work(self.moved(by_hand, MoveKind::FinishByHand(Done)));
        let dropped = self.moved(World { back: New, ..world }, MoveKind::FinishByHand(Dropped));
        self.work(dropped);
    }
}

/// What must hold of every state, by the names of the design; the first that does not.
fn broken(world: &World) -> Option<&'static str> {
    let World {
        state, holder, late, ..
    } = *world;
    let working: Vec<usize> = (0..2).filter(|run| world.hands[*run] != Hand::Off).collect();
    let act = |run: usize| matches!(world.hands[run], Hand::Intended | Hand::Clicked | Hand::Looking);
    let rules = [
        ("I1: registered twice", world.registered <= 1),
        (
            "I2: done and not registered",
            !matches!(state, Done | AlreadyThere) || world.registered == 1 || !world.commits,
        ),
        (
            "I4: work that is registered already",
            !matches!(state, New | Claimed | Failed | Rejected | ReadingReview) || world.registered == 0,
        ),
        (
            "I5: a run at work that does not hold the item",
            working
                .iter()
                .all(|run| holder == Holder::Run(*run) && matches!(state, Claimed | Committing)),
        ),
        (
            "I6: at work and nobody's",
            !matches!(state, Claimed | Committing) || holder != Holder::Nobody,
        ),
        (
            "I8: an act without its intent",
            working.iter().all(|run| !act(*run) || state == Committing) && (!late || !may_be_begun(state)),
        ),
        ("I10: two attempts at one time", working.len() <= 1),
        ("a rehearsal in the ledger", state != Rehearsed),
    ];
    rules.into_iter().find(|(_, holds)| !holds).map(|(rule, _)| rule)
}

/// Whether a run may come to an irreversible act from here without anybody's having looked.
fn may_be_begun(state: ItemState) -> bool {
    matches!(state, New | Claimed | Failed | Rejected | ReadingReview)
}

fn is_end(state: ItemState) -> bool {
    matches!(state, Done | AlreadyThere | Rejected | Dropped)
}

/// Searches everything that can be reached; what is broken first, or what it has seen.
fn search(table: Table) -> Result<HashSet<World>, String> {
    let mut search = Search {
        table,
        found: Vec::new(),
    };
    let fresh = |commits| World {
        state: New,
        holder: Holder::Nobody,
        hands: [Hand::Off; 2],
        late: false,
        back: New,
        commits,
        begun: false,
        registered: 0,
    };
    let mut waiting = VecDeque::from([fresh(true), fresh(false)]);
    let mut seen: HashSet<World> = waiting.iter().copied().collect();
    let mut origins: HashMap<World, Vec<World>> = HashMap::new();
    while let Some(world) = waiting.pop_front() {
        if let Some(rule) = broken(&world) {
            return Err(format!("{rule}: {world:?}"));
        }
        for (next, by) in search.steps(world) {
            if by == By::Work {
                origins.entry(next).or_default().push(world);
            }
            if seen.insert(next) {
                waiting.push_back(next);
            }
        }
    }
    // Backwards from the ends: from everywhere work alone, without any misfortune, leads to one.
    let mut ending: Vec<World> = seen.iter().copied().filter(|world| is_end(world.state)).collect();
    let mut ends: HashSet<World> = ending.iter().copied().collect();
    while let Some(world) = ending.pop() {
        for origin in origins.get(&world).into_iter().flatten() {
            if ends.insert(*origin) {
                ending.push(*origin);
            }
        }
    }
    match seen.iter().find(|world| !ends.contains(world)) {
        Some(stuck) => Err(format!("no way to an end: {stuck:?}")),
        None => Ok(seen),
    }
}

/// The table of production.
fn real(kind: MoveKind) -> (Vec<ItemState>, ItemState) {
    let (origins, to) = kind.leads();
    (origins.to_vec(), to)
}

#[test]
fn whatever_happens_nothing_is_done_twice_and_everything_may_end() {
    let seen = search(real).unwrap_or_else(|broken| unreachable!("{broken}"));
    let states: HashSet<ItemState> = seen.iter().map(|world| world.state).collect();
    assert_eq!(
        states.len(),
        ItemState::ALL.len() - 1,
        "a search that stops early finds nothing"
    );
    assert!(seen.iter().any(|world| world.late), "no click was ever late");
    assert!(seen.len() > 100, "{}", seen.len());
}

/// A search that finds nothing wrong in a wrong table is worth nothing.
#[test]
fn a_mistake_in_the_table_is_found() {
    /// The table with these origins of a move besides its own.
    macro_rules! with {
        ($kind:pat, $($origin:expr),+) => {{
            let table: Table = |kind| {
                let (mut origins, to) = real(kind);
                if matches!(kind, $kind) {
                    origins.extend([$($origin),+]);
                }
                (origins, to)
            };
            table
        }};
    }
    /// The table without a move.
    macro_rules! without {
        ($kind:pat) => {{
            let table: Table = |kind| match real(kind) {
                (_, to) if matches!(kind, $kind) => (Vec::new(), to),
                row => row,
            };
            table
        }};
    }
    let mistakes: [(&str, Table, &str); 11] = [
        ("doubt is claimed", with!(MoveKind::Claim, Committing), "I5"),
        ("an inquiry is claimed", with!(MoveKind::Claim, Inquiry), "I"),
        ("done is claimed", with!(MoveKind::Claim, Done), "I4"),
        ("doubt is given back", with!(MoveKind::Release, Committing), "I"),
        ("doubt fails", with!(MoveKind::Finish(Failed), Committing), "I"),
        ("a second intent", with!(MoveKind::Intend, Committing), "I4"),
        (
            "what is there already is claimed",
            with!(MoveKind::Claim, AlreadyThere),
            "I4",
        ),
        ("what is worked is contested", with!(MoveKind::Contest, Claimed), "I5"),
        (
            "what is worked is taken by hand",
            with!(MoveKind::TakeByHand, Claimed),
            "I",
        ),
        (
            "nobody can answer an inquiry",
            without!(MoveKind::Decide(_) | MoveKind::TakeByHand),
            "no way",
        ),
        ("a question is never answered", without!(MoveKind::Answer), "no way"),
    ];
    let missed: Vec<String> = mistakes
        .into_iter()
        .map(|(mistake, table, rule)| (mistake, rule, search(table).map(|seen| seen.len())))
        .filter(|(_, rule, found)| !found.as_ref().is_err_and(|broken| broken.starts_with(rule)))
        .map(|(mistake, _, found)| format!("{mistake}: {found:?}"))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// From what has come to its end only a person's word leads on, another item with its receipt, or a commit that was
/// written later.
#[test]
fn ends_are_left_by_few() {
    let mut kinds = vec![
        MoveKind::Claim,
        MoveKind::Intend,
        MoveKind::Release,
        MoveKind::TakeOver,
        MoveKind::Disprove,
        MoveKind::Contest,
        MoveKind::Reopen,
        MoveKind::Answer,
        MoveKind::TakeByHand,
    ];
    for state in ItemState::ALL {
        let carried = [
            MoveKind::Finish(state),
            MoveKind::Decide(state),
            MoveKind::FinishByHand(state),
            MoveKind::GiveBack(state),
        ];
        kinds.extend(carried);
    }
    for from in [Done, AlreadyThere, Dropped, Rehearsed] {
        let leaving: Vec<MoveKind> = kinds.iter().copied().filter(|kind| next(from, *kind).is_ok()).collect();
        let expected: &[MoveKind] = match from {
            Done => &[MoveKind::Contest, MoveKind::Reopen],
            _ => &[],
        };
        assert_eq!(leaving, expected, "{from:?}");
    }
    let rehearsed = |kind: &&MoveKind| kind.leads().1 == Rehearsed && !kind.leads().0.is_empty();
    assert_eq!(kinds.iter().find(rehearsed), None, "no ledger holds a rehearsal");
}
