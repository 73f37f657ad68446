//! The same night on PostgreSQL.

use crate::history::fixture::Fixture;
use crate::support::office::{Office, rows};

#[test]
fn a_night_is_the_same_on_postgresql() {
    let Some(fixture) = Fixture::postgres() else { return };
    let office = Office::new();
    office.deliver(&rows(2));
    office.edit(
        "office.yaml",
        "practice:",
        &format!("storage: {}\npractice:", fixture.url()),
    );
    let first = office.night();
    assert_eq!(first.code, 0, "{first:?}");
    assert_eq!(first.states(), ["0001 済", "0002 済"]);
    assert!(
        !office.root().join(".yakin/history.db").exists(),
        "nothing is kept beside the server"
    );
    let again = office.night();
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(office.registered(), ["0001", "0002"]);
    let shown = office.yakin(&["runs", "show", "1"]).out;
    assert!(shown.contains("済 2 件（全 2 件）"), "{shown}");
    assert!(!fixture.holds("850-0032"), "the rows are sealed");
}
