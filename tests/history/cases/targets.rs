//! The systems that runs work in.

use yakin::history::Store;
use yakin::ports::{Ledger, NewRun, Opened, PortError, Target, TargetNote};

use super::super::fixture::*;

fn run_in(bot: &str, pid: u32, name: &str, writers: Option<u32>) -> NewRun {
    NewRun {
        target: Some(Target {
            name: name.to_owned(),
            writers,
        }),
        ..run_of(bot, pid)
    }
}

fn opens(store: &Store, bot: &str, writers: Option<u32>) -> Result<Opened, PortError> {
    store.open_run(&run_in(bot, ALIVE, "https://uketsuke.city.example", writers))
}

pub(crate) fn one_account_has_as_many_writers_as_it_may(fixture: &Fixture) {
    let store = fixture.open();
    let first = opens(&store, "bot 1", Some(1)).expect("the first").lease;
    let refused = opens(&store, "bot 2", Some(1));
    assert!(
        matches!(&refused, Err(PortError::Busy { bot, run, .. }) if bot == "bot 1" && *run == first.run),
        "{refused:?}"
    );
    // Who only reads, who may be one of two, and who works elsewhere, is not in the way.
    closed(&store, opens(&store, "bot 3", None).expect("a reader").lease);
    closed(
        &store,
        opens(&store, "bot 4", Some(2)).expect("the second of two").lease,
    );
    let elsewhere = run_in("bot 5", ALIVE, "https://zei.city.example", Some(1));
    closed(&store, store.open_run(&elsewhere).expect("another system").lease);
    closed(&store, first);
    // A dead writer writes no more.
    let dead = run_in("bot 1", DEAD, "https://uketsuke.city.example", Some(1));
    store.open_run(&dead).expect("opens");
    opens(&store, "bot 2", Some(1)).expect("nobody else writes");
}

pub(crate) fn a_system_that_failed_rests_and_is_then_probed(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opens(&store, "bot 1", Some(1)).expect("opens").lease;
    store.note_target(lease, &TargetNote::Failed).expect("noted");
    closed(&store, lease);
    let refused = opens(&store, "bot 2", None);
    assert!(
        matches!(refused, Err(PortError::Resting { minutes: 5, .. })),
        "{refused:?}"
    );
    opened(&store, "a bot of no system");
    fixture.sql("UPDATE target SET rests_until = 0");
    let probe = opens(&store, "bot 2", Some(1)).expect("the rest is over");
    assert!(probe.doubtful);
    store.note_target(probe.lease, &TargetNote::Well).expect("noted");
    closed(&store, probe.lease);
    assert!(!opens(&store, "bot 2", Some(1)).expect("opens").doubtful);
}

pub(crate) fn a_refused_login_is_remembered(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opens(&store, "bot 1", Some(1)).expect("opens");
    assert_eq!(lease.refused, None);
    store
        .note_target(lease.lease, &TargetNote::LoginRefused("these words".to_owned()))
        .expect("noted");
    closed(&store, lease.lease);
    let next = opens(&store, "bot 2", None).expect("opens");
    assert_eq!(next.refused.as_deref(), Some("these words"));
}
