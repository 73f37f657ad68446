//! `yakin backup`, `yakin restore` and `yakin doctor --deep`, as an operator gives them.

use std::path::{Path, PathBuf};
use std::process::Command;

use yakin::events::view::Standing;
use yakin::text::codes;

use crate::history::fixture::Fixture;
use crate::support::office::{Office, Ran, SCENARIO, count, rows};

/// Takes the registration's `verify` away.
fn without_verify(office: &Office) {
    let scenario = std::fs::read_to_string(office.root().join(SCENARIO)).unwrap();
    let lines = scenario.lines().filter_map(|line| {
        let gone = ["      look:", "      present:", "      absent:"]
            .iter()
            .any(|word| line.starts_with(word));
        match line.starts_with("    verify:") {
            true => Some("    verify: none"),
            false => Some(line).filter(|_| !gone),
        }
    });
    office.write(SCENARIO, lines.collect::<Vec<_>>().join("\n"));
}

fn real(office: &Office, more: &[&str]) -> Ran {
    let words = [
        "run",
        "juminhyo-yubin",
        "--date",
        "2026-11-23",
        "--json",
        "--pictures=off",
        "--real",
    ];
    office.yakin(&[&words, more].concat())
}

fn backed_up(office: &Office, more: &[&str]) -> PathBuf {
    let file = office.root().join("a.tar");
    let made = office.yakin(&[&["backup", "a.tar"], more].concat());
    assert_eq!(made.code, 0, "{made:?}");
    file
}

fn assert_told(ran: &Ran, code: yakin::text::Code) {
    assert!(ran.err.contains(code.0) || ran.out.contains(code.0), "{ran:?}");
}

/// How often a number of the day stands in the city's register.
fn registered(office: &Office, nth: usize) -> usize {
    let wanted = format!("{nth:04}");
    office.registered().iter().filter(|number| **number == wanted).count()
}

/// The restored ledger takes the second one for new; the system knows better.
fn the_second_is_there_already(office: &Office) {
    office.deliver(&rows(3));
    let again = real(office, &[]);
    assert_eq!(again.states(), ["0002 済(既登録)", "0003 済"], "{again:?}");
    for nth in 1..=3 {
        assert_eq!(registered(office, nth), 1, "{nth}");
    }
    let deep = office.yakin(&["doctor", "--deep"]);
    assert!(deep.out.contains("食い違いはありません"), "{deep:?}");
}

#[test]
fn what_was_registered_after_the_backup_is_not_registered_again() {
    let office = Office::new();
    office.with_a_real_system();
    office.deliver(&rows(1));
    assert_eq!(count(&real(&office, &[]).view(), Standing::Done), 1);
    let file = backed_up(&office, &[]);
    office.deliver(&rows(2));
    assert_eq!(count(&real(&office, &[]).view(), Standing::Done), 1);

    let refused = office.yakin(&["restore", file.to_str().unwrap()]);
    assert_told(&refused, codes::RESTORE_THERE);
    let restored = office.yakin(&["restore", file.to_str().unwrap(), "--replace"]);
    assert_eq!(restored.code, 0, "{restored:?}");

    the_second_is_there_already(&office);
}

#[test]
fn a_bot_that_cannot_look_waits_until_somebody_has_compared() {
    let office = Office::new();
    office.with_a_real_system();
    without_verify(&office);
    office.deliver(&rows(1));
    let file = backed_up(&office, &["--with-key"]);
    let done = real(&office, &[]);
    assert_eq!(count(&done.view(), Standing::Done), 1, "{done:?}");
    let restored = office.yakin(&["restore", file.to_str().unwrap(), "--replace"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    let refused = real(&office, &[]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert_told(&refused, codes::STORE_RESTORED);
    assert_eq!(registered(&office, 1), 1);
    let unknown = office.yakin(&["restore", "--confirm", "juminhyo", "--by", "佐藤"]);
    assert_told(&unknown, codes::RESTORE_NO_BOT);
    let compared = office.yakin(&["restore", "--confirm", "juminhyo-yubin", "--by", "佐藤"]);
    assert_eq!(compared.code, 0, "{compared:?}");
    // The row is taken out by whoever has compared; the next one is new.
    office.deliver(&rows(2).split_off(1));
    assert_eq!(count(&real(&office, &[]).view(), Standing::Done), 1);
}

/// An office whose records are kept by PostgreSQL.
fn on_a_server(fixture: &Fixture) -> Office {
    let office = Office::new();
    office.edit(
        "office.yaml",
        "practice:",
        &format!("storage: {}\npractice:", fixture.url()),
    );
    office.with_a_real_system();
    office
}

/// Runs a program of PostgreSQL's own.
fn postgres(program: &str, words: &[&str]) {
    let done = Command::new(program).args(words).output().unwrap();
    assert!(done.status.success(), "{program}: {done:?}");
}

fn dumped(fixture: &Fixture, office: &Office) -> PathBuf {
    let dump = office.root().join("a.dump");
    postgres("pg_dump", &["-Fc", "-f", dump.to_str().unwrap(), &fixture.url()]);
    dump
}

fn put_back(fixture: &Fixture, dump: &Path) {
    let words = ["--clean", "--if-exists", "--exit-on-error", "-d"];
    postgres(
        "pg_restore",
        &[&words[..], &[&fixture.url(), dump.to_str().unwrap()]].concat(),
    );
}

#[test]
fn on_a_server_too_what_was_registered_after_the_backup_is_not_registered_again() {
    let Some(fixture) = Fixture::postgres() else { return };
    let office = on_a_server(&fixture);
    office.deliver(&rows(1));
    let pictured = office.yakin(&["run", "juminhyo-yubin", "--date", "2026-11-23", "--json", "--real"]);
    assert_eq!(count(&pictured.view(), Standing::Done), 1, "{pictured:?}");
    let made = office.yakin(&["backup", "a.tar"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert_told(&made, codes::BACKUP_POSTGRES);
    let dump = dumped(&fixture, &office);
    office.deliver(&rows(2));
    assert_eq!(count(&real(&office, &[]).view(), Standing::Done), 1);

    // The disk with the pictures is gone, and the server's database is put back as it was.
    std::fs::remove_dir_all(office.root().join(".yakin/evidence")).unwrap();
    assert_told(&office.yakin(&["doctor", "--deep"]), codes::DEEP_EVIDENCE);
    put_back(&fixture, &dump);
    let elsewhere = office.yakin(&["restore", "a.tar", "--into", "elsewhere"]);
    assert_told(&elsewhere, codes::RESTORE_ON_SERVER);
    let restored = office.yakin(&["restore", "a.tar"]);
    assert_eq!(restored.code, 0, "{restored:?}");

    the_second_is_there_already(&office);
}

#[test]
fn a_backup_goes_to_a_new_machine_with_its_key_once_the_server_has_its_records() {
    let (Some(old), Some(new)) = (Fixture::postgres(), Fixture::postgres()) else {
        return;
    };
    let office = on_a_server(&old);
    office.deliver(&rows(1));
    assert_eq!(count(&real(&office, &[]).view(), Standing::Done), 1);
    let file = backed_up(&office, &["--with-key"]);
    let dump = dumped(&old, &office);

    let other = Office::new();
    other.edit(
        "office.yaml",
        "practice:",
        &format!("storage: {}\npractice:", new.url()),
    );
    // An empty database would take everything for new.
    let too_early = other.yakin(&["restore", file.to_str().unwrap()]);
    assert_eq!(too_early.code, 3, "{too_early:?}");
    assert_told(&too_early, codes::RESTORE_EMPTY);
    put_back(&new, &dump);
    let restored = other.yakin(&["restore", file.to_str().unwrap()]);
    assert_eq!(restored.code, 0, "{restored:?}");
    let shown = other.yakin(&["runs", "show", "1"]);
    assert!(shown.out.contains("済 1 件（全 1 件）"), "{shown:?}");
}
