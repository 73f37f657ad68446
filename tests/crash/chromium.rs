//! The same with a real browser and the practice city: few kills, each at a place where it matters.

use yakin::events::Kind;
use yakin::practice::{CommitFault, Faults};

use super::judge::{Books, Verdict, judge};
use super::system::Entry;
use crate::support::engine::store;
use crate::support::office::{Office, eventually, rows};

const ITEMS: usize = 9;

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

#[test]
fn eight_deaths_around_registrations_in_one_night() {
    let office = office();
    killed_at(&office, "commit.after_intent");
    killed_at(&office, "verify.before_look");
    killed_before_the_answer(&office);
    killed_at(&office, "verify.after_look");
    killed_at(&office, "commit.after_sign");
    killed_at(&office, "ledger.before_finish");
    killed_at(&office, "ledger.after_finish");
    killed_at(&office, "ledger.before_intent");
    let verdict = judged(&office);
    assert!(verdict.is_clean() && verdict.done == ITEMS, "{verdict:?}");
}

#[test]
fn eight_deaths_in_another_order() {
    let office = office();
    killed_at(&office, "ledger.before_intent");
    killed_before_the_answer(&office);
    killed_at(&office, "verify.before_look");
    killed_at(&office, "ledger.before_finish");
    killed_at(&office, "verify.after_look");
    killed_at(&office, "commit.after_intent");
    killed_at(&office, "commit.after_sign");
    killed_at(&office, "ledger.after_finish");
    let verdict = judged(&office);
    assert!(verdict.is_clean() && verdict.done == ITEMS, "{verdict:?}");
}
