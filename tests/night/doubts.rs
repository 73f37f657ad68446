//! Nobody knows whether it was registered: the bot looks, and what looking does not prove a person is asked.

use yakin::events::view::{RunView, Standing};
use yakin::events::{Kind, RunOutcome};
use yakin::platform::processes::{ProcessIdentity, with_argument};
use yakin::practice::{CommitFault, Faults};
use yakin::run::Patience;
use yakin::text::{Code, Lang, codes};

use sqlx::Connection;

use crate::support::chromium::block_on;
use crate::support::engine::{HASTY, work};
use crate::support::office::{Office, SCENARIO, count, eventually, number, results, rows, states};

fn only_the_first(commit: CommitFault, slow_commit_ms: u64) -> Faults {
    Faults {
        commit,
        slow_commit_ms,
        commit_only: number(1),
        ..Faults::default()
    }
}

/// The scenario looks by number, as it comes; without: a person does.
fn office_with(settle: &str) -> Office {
    let office = Office::new();
    office.edit(
        "scenarios/systems/受付.yaml",
        "settle: 60s",
        &format!("settle: {settle}"),
    );
    office
}

fn says(view: &RunView, code: Code) -> bool {
    view.notes.iter().any(|note| note.message.is(code))
}

/// A second try, because a machine at work may be slow to start a browser.
const TWICE: Patience = Patience { tries: 2, ..HASTY };

/// The first item is in doubt and found out about, the second is done.
fn the_first_is_found_out(faults: &Faults, disproved: bool) {
    let office = office_with("3s");
    office.deliver(&rows(2));
    office.faults(faults);
    let (outcome, view) = work(&office, TWICE);
    assert_eq!(outcome, RunOutcome::Succeeded, "{view:?}");
    assert_eq!(states(&view), ["0001 済", "0002 済"], "{faults:?}");
    assert!(says(&view, codes::LOOKING));
    assert_eq!(says(&view, codes::DISPROVED), disproved, "{faults:?}");
    assert!(view.items.values().all(|item| item.receipt.is_some()), "{view:?}");
    assert_eq!(office.registered(), ["0001", "0002"], "{faults:?}");
    assert_eq!(view.registered().now, 2);
}

#[test]
fn an_error_page_that_comes_before_the_registration() {
    let once = Faults {
        commit_times: 1,
        ..only_the_first(CommitFault::ErrorBefore, 0)
    };
    the_first_is_found_out(&once, true);
}

#[test]
fn an_error_page_that_comes_after_the_registration() {
    the_first_is_found_out(&only_the_first(CommitFault::ErrorAfter, 0), false);
}

#[test]
fn an_answer_that_is_lost() {
    the_first_is_found_out(&only_the_first(CommitFault::LostResponse, 0), false);
}

#[test]
fn a_registration_that_is_slower_than_anybody_waits() {
    the_first_is_found_out(&only_the_first(CommitFault::None, 8_000), false);
}

#[test]
fn a_search_page_that_is_still_loading_is_waited_for() {
    let loading = Faults {
        search_loading_ms: 600,
        ..only_the_first(CommitFault::ErrorAfter, 0)
    };
    the_first_is_found_out(&loading, false);
}

#[test]
fn an_item_that_is_lost_every_time_fails_and_is_tried_by_the_next_run() {
    let office = office_with("0s");
    office.deliver(&rows(1));
    office.faults(&only_the_first(CommitFault::ErrorBefore, 0));
    let (outcome, view) = work(&office, TWICE);
    assert_eq!(outcome, RunOutcome::Partial);
    assert_eq!(states(&view), [format!("0001 失敗 {}", codes::LOST_AGAIN.0)]);
    office.faults(&Faults::default());
    let next = office.night();
    assert_eq!((next.code, next.states()), (0, vec!["0001 済".to_owned()]), "{next:?}");
}

/// The first item is left to a person, the second is done; later runs leave the first alone.
fn the_first_is_left_to_a_person(office: &Office, faults: &Faults, registered: &[&str]) -> String {
    office.deliver(&rows(2));
    office.faults(faults);
    let (outcome, view) = work(office, TWICE);
    assert_eq!(outcome, RunOutcome::Partial);
    let said = states(&view);
    assert!(
        said[0].starts_with("0001 登録照会") && said[1] == "0002 済",
        "{said:?} {faults:?}"
    );
    eventually(|| office.register().len() == registered.len());

    office.faults(&Faults::default());
    let next = office.night();
    assert_eq!(next.code, 1, "it still waits for somebody: {next:?}");
    assert!(next.view().items.is_empty(), "nothing was worked: {:?}", next.states());
    assert!(says(&next.view(), codes::STILL_IN_DOUBT));
    // It waits whatever the next file holds.
    let others = rows(3).split_off(2);
    office.deliver(&others);
    let later = office.night();
    assert_eq!(
        (later.code, later.states()),
        (1, vec!["0003 済".to_owned()]),
        "{later:?}"
    );
    assert!(says(&later.view(), codes::WAITING_BEFORE));

    let mut numbers = office.registered();
    numbers.retain(|number| number != "0003");
    numbers.sort();
    assert_eq!(numbers, registered, "{faults:?}");
    let failure = view.items.values().find_map(|item| item.failure.clone());
    failure
        .map(|failure| failure.message.what(Lang::Ja))
        .unwrap_or_default()
}

#[test]
fn without_a_look_every_doubt_is_a_persons() {
    let office = office_with("0s");
    let look = std::fs::read_to_string(office.root().join(SCENARIO)).unwrap();
    let (from, to) = (look.find("    verify:").unwrap(), look.find("\nafter:").unwrap());
    office.edit(SCENARIO, &look[from..to], "    verify: none\n");
    let both = only_the_first(CommitFault::ErrorAfter, 0);
    the_first_is_left_to_a_person(&office, &both, &["0001", "0002"]);
}

#[test]
fn a_search_page_that_comes_back_empty_proves_nothing() {
    let office = office_with("0s");
    let blank = Faults {
        search_blank: true,
        ..only_the_first(CommitFault::ErrorBefore, 0)
    };
    let said = the_first_is_left_to_a_person(&office, &blank, &["0002"]);
    assert!(said.contains("`present`") && said.contains("出ませんでした"), "{said}");
}

#[test]
fn two_hits_prove_nothing() {
    let office = office_with("1s");
    // Chromium sends the form again by itself.
    let twice = only_the_first(CommitFault::DroppedConnection, 0);
    office.deliver(&rows(1));
    office.faults(&twice);
    let (_, view) = work(&office, TWICE);
    let said = states(&view);
    assert!(said[0].starts_with("0001 登録照会"), "{said:?}");
    assert!(office.register().len() > 1, "{:?}", office.registered());
}

#[test]
fn one_receipt_under_two_keys_stops_the_bot() {
    let office = office_with("0s");
    office.deliver(&rows(3));
    office.faults(&Faults {
        commit: CommitFault::StalePage,
        commit_only: number(2),
        ..Faults::default()
    });
    let run = office.night();
    assert_eq!(run.code, 3, "{run:?}");
    let inquiry = |number: &str| format!("{number} 登録照会 {}", codes::SAME_RECEIPT.0);
    assert_eq!(run.states(), [inquiry("0001"), inquiry("0002")]);
    assert_eq!(office.registered(), ["0001"]);
    let waits = office.yakin(&["review"]).out;
    assert!(
        waits.contains("0081123-0001") && waits.contains("0081123-0002"),
        "{waits}"
    );
    // What nobody has begun is worked by the next run; the two wait.
    office.faults(&Faults::default());
    let next = office.night();
    assert_eq!((next.code, next.states()), (1, vec!["0003 済".to_owned()]), "{next:?}");
}

#[test]
fn a_runner_that_was_only_held_up_registers_nothing_when_it_wakes() {
    let office = office_with("1s");
    office.deliver(&rows(2));
    let mut held = office.start_night();
    held.wait_for(|kind| matches!(kind, Kind::CommitIntended { item, .. } if item.label.ends_with("0001")));
    held.signal("STOP");
    // Its lease runs out while it stands still.
    lease_over(&office);
    let next = office.night();
    assert_eq!(
        (next.code, next.states()),
        (0, vec!["0001 済".to_owned(), "0002 済".to_owned()]),
        "{next:?}"
    );
    held.signal("CONT");
    let woken = held.finish();
    assert_eq!(woken.code, 5, "another has its work: {woken:?}");
    assert_eq!(office.registered(), ["0001", "0002"]);
}

#[test]
fn what_a_half_written_bot_brought_to_its_end_is_registered_when_the_commit_is_there() {
    let office = Office::new();
    office.deliver(&rows(1));
    let whole = std::fs::read_to_string(office.root().join(SCENARIO)).unwrap();
    let (from, to) = (whole.find("  - commit:").unwrap(), whole.find("\nafter:").unwrap());
    let draft = format!("{}{}", &whole[..from], &whole[to..]).replace("    受付番号: ${{ receipt }}", "    x: '1'");
    office.write(SCENARIO, &draft);
    let first = office.night();
    assert_eq!(
        (first.code, first.states()),
        (0, vec!["0001 済".to_owned()]),
        "{first:?}"
    );
    assert!(office.register().is_empty());
    office.write(SCENARIO, &whole);
    let second = office.night();
    assert_eq!(
        (second.code, second.states()),
        (0, vec!["0001 済".to_owned()]),
        "{second:?}"
    );
    assert_eq!(office.registered(), ["0001"]);
    // Now it is registered, and no edition of the scenario registers it again.
    office.edit(SCENARIO, "name: 住民票郵送請求の登録", "name: 郵送請求");
    let third = office.night();
    assert!(third.code == 0 && third.view().items.is_empty(), "{third:?}");
    assert_eq!(office.registered(), ["0001"]);
}

/// As if nobody had renewed the lease for its whole length.
fn lease_over(office: &Office) {
    let file = office.root().join(".yakin/history.db");
    block_on(async {
        let url = format!("sqlite://{}", file.display());
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
        sqlx::query("UPDATE run SET lease_until = 0")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    });
}

#[test]
fn a_runner_that_is_killed_between_intent_and_proof_costs_nobody_anything() {
    let office = office_with("2s");
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
    assert_eq!(next.code, 0, "{next:?}");
    assert_eq!(next.states(), ["0002 済", "0003 済"]);
    assert!(says(&next.view(), codes::LOOKING));
    assert_eq!(office.registered(), ["0001", "0002", "0003"]);
    assert!(left.iter().all(|process| !process.is_alive()), "the orphans are gone");
    let shown = office.yakin(&["runs", "show", "1"]).out;
    assert!(shown.contains("登録照会 1 件"), "{shown}");
    let waits = office.yakin(&["review"]).out;
    assert!(!waits.contains("0081123-0002"), "{waits}");
    let folders = std::fs::read_dir(office.root().join(".yakin/browser")).unwrap().count();
    assert_eq!(folders, 0, "no profile, which may hold personal data, is left");
    assert_eq!(count(&next.view(), Standing::Done), 2);
    let mut results = results(&office);
    results.iter_mut().for_each(|row| row.truncate(3));
    let states: Vec<&str> = results.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(states, ["済(重複)", "済", "済"], "{results:?}");
    assert!(results.iter().all(|row| !row[1].is_empty()), "{results:?}");
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
