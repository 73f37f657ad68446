//! Real trouble: a lock that somebody else holds for too long, and a disk without room.

use sqlx::{AnyConnection, Connection, Executor};
use yakin::ports::PortError;

use super::fixture::{Fixture, block_on};
use super::night::{Office, Register, assert_ended, assert_sound};

#[test]
fn a_lock_held_for_too_long_is_an_error_and_then_made_up_for() {
    let fixture = Fixture::sqlite();
    let store = fixture.open();
    let register = Register::default();
    let office = Office {
        bot: "bot".to_owned(),
        register: &register,
    };
    block_on(async {
        let mut other = AnyConnection::connect(&fixture.url()).await.expect("a connection");
        other.execute("BEGIN IMMEDIATE").await.expect("the lock");
        let refused = office.nights(&store);
        assert!(matches!(refused, Err(PortError::Store { .. })), "{refused:?}");
        other.execute("ROLLBACK").await.expect("the lock is free");
    });
    office.nights(&store).expect("a night");
    assert_ended(&store, &office, "after the lock");
    assert_sound(&store, "after the lock");
}

#[test]
fn a_disk_that_fills_up_anywhere_is_an_error_and_then_made_up_for() {
    for room in [0, 1, 2, 3, 5, 8] {
        let fixture = Fixture::sqlite_in_memory_folder();
        let store = fixture.open();
        let register = Register::default();
        let bots = (1..).map(|number| Office {
            bot: format!("bot-{number}"),
            register: &register,
        });
        let pages = fixture.number("SELECT page_count FROM pragma_page_count");
        let mut worked = Vec::new();
        for office in bots {
            // A connection that could not roll back is replaced, and with it its limit.
            store.limit_pages(Some(pages + room)).expect("a limit");
            let result = office.nights(&store);
            worked.push(office);
            match result {
                Ok(()) => {}
                Err(PortError::Full) => break,
                Err(other) => unreachable!("room for {room} pages: {other}"),
            }
        }
        store.limit_pages(None).expect("no limit");
        let why = format!("room for {room} pages");
        for office in &worked {
            office.nights(&store).expect("a night");
            assert_ended(&store, office, &why);
        }
        assert_sound(&store, &why);
    }
}

#[test]
fn evidence_that_cannot_be_written_is_an_error_and_nothing_was_intended() {
    let fixture = Fixture::sqlite();
    let store = fixture.open();
    let register = Register::default();
    let office = Office {
        bot: "bot".to_owned(),
        register: &register,
    };
    let blocked = fixture.folder.path().join(".yakin/evidence");
    std::fs::write(&blocked, "a file where a folder should be").expect("written");
    assert!(office.nights(&store).is_err());
    assert_eq!(register.times("bot 1-shared"), 0);
    std::fs::remove_file(&blocked).expect("removed");
    office.nights(&store).expect("a night");
    assert_ended(&store, &office, "after the folder was made");
    assert_sound(&store, "after the folder was made");
}
