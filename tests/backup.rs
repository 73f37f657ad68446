//! `yakin backup`, `yakin restore` and `yakin doctor --deep`, as an operator gives them.

use std::path::PathBuf;

use yakin::events::view::Standing;
use yakin::text::codes;

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

    // The ledger takes the second one for new; the system knows better.
    office.deliver(&rows(3));
    let again = real(&office, &[]);
    assert_eq!(again.states(), ["0002 済(既登録)", "0003 済"], "{again:?}");
    for nth in 1..=3 {
        assert_eq!(registered(&office, nth), 1, "{nth}");
    }
    let deep = office.yakin(&["doctor", "--deep"]);
    assert!(deep.out.contains("食い違いはありません"), "{deep:?}");
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
