//! Every statement of a scripted night fails once, in every way in which statements fail; the next run takes over, and
//! every item comes to the end that it should, registered once.

#![expect(clippy::panic, reason = "a check fails by panicking")]

use yakin::history::{Fault, Faults};

use super::fixture::Fixture;
use super::night::{Office, Register, assert_ended, assert_sound};

/// What refuses a statement without having done it, in turn.
const REFUSALS: [Fault; 3] = [Fault::Busy, Fault::Io, Fault::Full];

/// Lets the k-th statement of a night fail, for every k there is. A new store takes over after every second failure, the
/// same one after the others.
fn every_statement(fixture: &Fixture, fault: impl Fn(u64) -> Fault) {
    let (faults, register) = (Faults::default(), Register::default());
    let mut store = faults.around(|| fixture.open());
    for k in 1.. {
        let office = Office {
            bot: format!("bot-{k}"),
            register: &register,
        };
        let why = format!("statement {k}, {:?}", fault(k));
        faults.arm(k, fault(k));
        let result = office.nights(&store);
        if !faults.disarm() {
            result.expect("nothing failed");
            assert_ended(&store, &office, "undisturbed");
            assert!(k > 100, "only {k} statements in a night");
            break;
        }
        if k % 2 == 0 {
            drop(store);
            store = faults.around(|| fixture.open());
        }
        office.nights(&store).unwrap_or_else(|error| panic!("{why}: {error}"));
        assert_ended(&store, &office, &why);
        if k % 10 == 0 {
            assert_sound(&store, &why);
        }
    }
    assert_sound(&store, "at the end");
}

/// The same while a store is opened for the first time: schema and office key.
fn every_statement_of_opening(fixture: &Fixture, fault: impl Fn(u64) -> Fault) {
    let faults = Faults::default();
    for k in 1.. {
        faults.arm(k, fault(k));
        let opened = faults.around(|| fixture.try_open());
        if !faults.disarm() {
            drop(opened.expect("nothing failed"));
            assert!(k > 1, "nothing was done");
            break;
        }
        assert!(opened.is_err(), "statement {k} was not missed");
    }
    let register = Register::default();
    let office = Office {
        bot: "bot".to_owned(),
        register: &register,
    };
    let store = fixture.open();
    office.nights(&store).expect("a night");
    assert_ended(&store, &office, "after an opening that failed");
    assert_sound(&store, "after an opening that failed");
}

mod sqlite {
    use super::*;

    #[test]
    fn a_refused_statement_loses_and_doubles_nothing() {
        every_statement(&Fixture::sqlite_in_memory_folder(), |k| REFUSALS[(k % 3) as usize]);
    }

    #[test]
    fn a_lost_connection_loses_and_doubles_nothing() {
        every_statement(&Fixture::sqlite_in_memory_folder(), |_| Fault::Cut);
    }

    #[test]
    fn an_answer_that_never_came_loses_and_doubles_nothing() {
        every_statement(&Fixture::sqlite_in_memory_folder(), |_| Fault::Unheard);
    }

    #[test]
    fn an_opening_that_failed_is_made_up_for() {
        every_statement_of_opening(&Fixture::sqlite(), |k| REFUSALS[(k % 3) as usize]);
        every_statement_of_opening(&Fixture::sqlite(), |_| Fault::Unheard);
    }
}

mod postgres {
    use super::*;

    #[test]
    fn a_refused_statement_loses_and_doubles_nothing() {
        if let Some(fixture) = Fixture::postgres() {
            every_statement(&fixture, |k| REFUSALS[(k % 3) as usize]);
        }
    }

    #[test]
    fn a_connection_that_the_server_ends_loses_and_doubles_nothing() {
        if let Some(fixture) = Fixture::postgres() {
            every_statement(&fixture, |_| Fault::Cut);
        }
    }

    #[test]
    fn an_answer_that_never_came_loses_and_doubles_nothing() {
        if let Some(fixture) = Fixture::postgres() {
            every_statement(&fixture, |_| Fault::Unheard);
        }
    }

    #[test]
    fn an_opening_that_failed_is_made_up_for() {
        if let Some(fixture) = Fixture::postgres() {
            every_statement_of_opening(&fixture, |_| Fault::Cut);
        }
    }
}
