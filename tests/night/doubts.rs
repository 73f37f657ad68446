//! Nobody knows whether it was registered: a person is asked, and it is never registered again.

use yakin::events::view::Standing;
use yakin::events::{Kind, RunOutcome};
use yakin::platform::processes::{ProcessIdentity, with_argument};
use yakin::practice::{CommitFault, Faults};
use yakin::run::Patience;
use yakin::text::codes;

use crate::support::engine::{HASTY, work};
use crate::support::office::{Office, count, eventually, number, rows, states};

fn only_the_first(commit: CommitFault, slow_commit_ms: u64) -> Faults {
    Faults {
        commit,
        slow_commit_ms,
        commit_only: number(1),
        ..Faults::default()
    }
}

/// The first item is in doubt, the second is done; the next run leaves the first alone.
fn the_first_is_left_to_a_person(faults: &Faults, registered: &[&str]) {
    let office = Office::new();
    office.deliver(&rows(2));
    office.faults(faults);
    // A second try, because a machine at work may be slow to start a browser; a doubt never gets one.
    let (outcome, view) = work(&office, Patience { tries: 2, ..HASTY });
    assert_eq!(outcome, RunOutcome::Partial);
    assert_eq!(states(&view), ["0001 登録照会 YK8010", "0002 済"], "{faults:?}");
    eventually(|| office.register().len() == registered.len());

    office.faults(&Faults::default());
    let next = office.night();
    assert_eq!(next.code, 1, "it still waits for somebody: {next:?}");
    assert!(next.view().items.is_empty(), "nothing was worked: {:?}", next.states());
    assert!(
        next.view()
            .notes
            .iter()
            .any(|note| note.message.is(codes::STILL_IN_DOUBT))
    );
    // It waits whatever the next file holds.
    let others = rows(3).split_off(2);
    office.deliver(&others);
    let later = office.night();
    assert_eq!(
        (later.code, later.states()),
        (1, vec!["0003 済".to_owned()]),
        "{later:?}"
    );
    assert!(
        later
            .view()
            .notes
            .iter()
            .any(|note| note.message.is(codes::WAITING_BEFORE))
    );

    let mut numbers = office.registered();
    numbers.retain(|number| number != "0003");
    numbers.sort();
    assert_eq!(numbers, registered, "{faults:?}");
}

#[test]
fn an_error_page_that_comes_before_the_registration() {
    the_first_is_left_to_a_person(&only_the_first(CommitFault::ErrorBefore, 0), &["0002"]);
}

#[test]
fn an_error_page_that_comes_after_the_registration() {
    the_first_is_left_to_a_person(&only_the_first(CommitFault::ErrorAfter, 0), &["0001", "0002"]);
}

#[test]
fn an_answer_that_is_lost() {
    the_first_is_left_to_a_person(&only_the_first(CommitFault::LostResponse, 0), &["0001", "0002"]);
}

#[test]
fn a_registration_that_is_slower_than_anybody_waits() {
    the_first_is_left_to_a_person(&only_the_first(CommitFault::None, 10_000), &["0001", "0002"]);
}

#[test]
fn a_runner_that_is_killed_between_intent_and_proof_leaves_one_doubt_and_no_double() {
    let office = Office::new();
    office.deliver(&rows(3));
    // It is entered at once, and the runner waits for an answer that does not come.
    office.faults(&Faults {
        commit: CommitFault::LostResponse,
        commit_only: number(2),
        ..Faults::default()
    });
    let mut run = office.start_night();
    run.wait_for(|kind| matches!(kind, Kind::CommitIntended { item, .. } if item.label.ends_with("0002")));
    eventually(|| office.register().len() == 2);
    run.signal("KILL");
    run.finish();
    let left = browsers(&office);
    assert!(!left.is_empty(), "a killed runner cannot end its browser");
    let cancel = office.yakin(&["runs", "cancel", "1"]);
    assert!(
        cancel.code == 2 && cancel.err.contains("YK7028"),
        "nobody is there to stop: {cancel:?}"
    );

    office.faults(&Faults::default());
    let next = office.night();
    assert_eq!(next.code, 1, "{next:?}");
    assert_eq!(next.states(), ["0003 済"]);
    assert!(
        next.view()
            .notes
            .iter()
            .any(|note| note.message.is(codes::LEFT_IN_DOUBT))
    );
    assert_eq!(office.registered(), ["0001", "0002", "0003"]);
    assert!(left.iter().all(|process| !process.is_alive()), "the orphans are gone");
    let shown = office.yakin(&["runs", "show", "1"]).out;
    assert!(shown.contains("登録照会 1 件"), "{shown}");
    let waits = office.yakin(&["review"]).out;
    assert!(
        waits.starts_with("登録照会（") && waits.contains("0081123-0002"),
        "{waits}"
    );
    let folders = std::fs::read_dir(office.root().join(".yakin/browser")).unwrap().count();
    assert_eq!(folders, 0, "no profile, which may hold personal data, is left");
    assert_eq!(count(&next.view(), Standing::Done), 1);
}

/// The browsers that use a profile of this office.
fn browsers(office: &Office) -> Vec<ProcessIdentity> {
    let folders = std::fs::read_dir(office.root().join(".yakin/browser")).unwrap();
    folders
        .flat_map(|folder| {
            let profile = folder.unwrap().path().join("profile");
            with_argument(&format!("--user-data-dir={}", profile.display()))
        })
        .collect()
}
