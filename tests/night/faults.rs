//! What other systems do at night before anything is in doubt: nothing is registered wrongly, and the rest is done later.

use yakin::events::RunOutcome;
use yakin::events::view::{Note, Standing};
use yakin::practice::Faults;
use yakin::run::Patience;
use yakin::text::{Lang, codes};

use crate::support::engine::{HASTY, work, work_without_room};
use crate::support::office::{Office, SCENARIO, count, rows, states};

#[test]
fn a_changed_screen_ends_the_run_early_and_the_rest_is_done_when_it_is_mended() {
    let office = Office::new();
    office.deliver(&rows(6));
    office.faults(&Faults {
        changed_screen: true,
        ..Faults::default()
    });
    let (outcome, view) = work(&office, HASTY);
    assert_eq!(outcome, RunOutcome::Failed);
    assert_eq!(count(&view, Standing::Failed), 5, "{:?}", states(&view));
    assert_eq!(count(&view, Standing::NotStarted), 1);
    let why = view.failure().unwrap();
    assert!(why.message.is(codes::SAME_CAUSE), "{why:?}");
    // What was looked for, and what stands there instead.
    let said = why.message.what(Lang::Ja);
    assert!(
        said.contains("「登録する」") && said.contains("似たもの：「登録実行」"),
        "{said}"
    );
    // 氏名 is 申請者氏名 now: that was good enough, and is said.
    let notes = &view.items[0].notes;
    assert!(notes.iter().any(|note| note.is(codes::FOUND_BY_PART)), "{notes:?}");
    assert!(office.register().is_empty());
    // `after` is for a night that came to its end.
    assert!(!office.root().join("outbox/結果_2026-11-23.xlsx").exists());

    office.faults(&Faults::default());
    let mended = office.night();
    assert_eq!(mended.code, 0, "{mended:?}");
    assert_eq!(office.registered(), ["0001", "0002", "0003", "0004", "0005", "0006"]);
}

#[test]
fn a_renamed_button_is_found_out_before_anything_is_in_doubt() {
    let office = Office::new();
    office.deliver(&rows(1));
    office.edit(SCENARIO, "{ browser.click: 登録する }", "{ browser.click: 申込する }");
    let (outcome, view) = work(&office, HASTY);
    assert_eq!(outcome, RunOutcome::Partial);
    assert_eq!(states(&view), ["0001 失敗 YK4001"]);
    let failure = view.items[0].failure.as_ref().unwrap();
    let said = failure.message.what(Lang::Ja);
    assert!(said.contains("申込する") && said.contains("登録する"), "{said}");
    assert!(office.register().is_empty());
}

#[test]
fn a_sign_that_stands_before_the_act_proves_nothing() {
    let office = Office::new();
    office.deliver(&rows(1));
    office.edit(
        SCENARIO,
        "refused: { field: エラー内容 }",
        "refused: { text: 新規登録 }",
    );
    let (_, view) = work(&office, HASTY);
    assert_eq!(states(&view), ["0001 失敗 YK8009"]);
    assert!(office.register().is_empty());
}

#[test]
fn who_is_logged_out_logs_in_again() {
    let office = Office::new();
    office.deliver(&rows(2));
    office.edit(SCENARIO, "{ link: 新規登録 }", "{ link: 新規登録 }\n    timeout: 2s");
    // The menu after the login, then menu, form, address and answer of the first: the second has to log in again.
    office.faults(&Faults {
        logout_after: 5,
        ..Faults::default()
    });
    let ran = office.night();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.view().sessions, 2);
    assert_eq!(office.registered(), ["0001", "0002"]);
}

#[test]
fn a_login_that_is_over_while_an_address_is_looked_up_rejects_nobody() {
    let office = Office::new();
    office.deliver(&rows(1));
    // Menu, menu and form: the look-up is one page too many, in every session.
    office.faults(&Faults {
        logout_after: 3,
        ..Faults::default()
    });
    let (_, view) = work(&office, HASTY);
    assert_eq!(states(&view), ["0001 失敗 YK8016"]);
    assert!(office.register().is_empty());
}

#[test]
fn maintenance_is_waited_for_and_then_told_in_its_own_words() {
    let office = Office::new();
    office.deliver(&rows(1));
    office.faults(&Faults {
        maintenance: true,
        ..Faults::default()
    });
    let (outcome, view) = work(&office, Patience { tries: 2, ..HASTY });
    assert_eq!(outcome, RunOutcome::Partial);
    assert_eq!(states(&view), ["0001 失敗 YK8015"]);
    assert_eq!(view.sessions, 2, "it was tried twice");
    assert!(view.notes.iter().any(|note| note.message.is(codes::TRYING_AGAIN)));
    let said = view.items[0].failure.as_ref().unwrap().message.what(Lang::Ja);
    assert!(said.contains("メンテナンス中"), "{said}");
}

#[test]
fn what_an_earlier_night_left_is_worked_first() {
    let office = Office::new();
    let rows = rows(4);
    office.deliver(&rows[..2]);
    office.faults(&Faults {
        maintenance: true,
        ..Faults::default()
    });
    work(&office, HASTY);
    office.faults(&Faults::default());
    // The next day's file does not have those rows any more.
    office.deliver(&rows[2..]);
    let ran = office.night();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(office.registered(), ["0001", "0002", "0003", "0004"]);
    assert_eq!(ran.view().taken.unwrap().rows, 4);
    let birth = office.register()[0].registration.birth;
    assert_eq!(birth.to_string(), "1976-03-04", "the stored row keeps its types");
    let shown = office.yakin(&["runs", "show"]).out;
    assert!(
        shown.contains("前の実行で終わらなかった 2 件を、前の表の内容で先に"),
        "{shown}"
    );
}

#[test]
fn a_disk_without_room_for_pictures_costs_no_proof() {
    let office = Office::new();
    office.deliver(&rows(1));
    let (outcome, view) = work_without_room(&office);
    assert_eq!(
        (outcome, states(&view)),
        (RunOutcome::Succeeded, vec!["0001 済".to_owned()])
    );
    let told = |note: &&Note| note.message.is(codes::NO_PICTURE);
    assert_eq!(
        view.notes.iter().filter(told).count(),
        2,
        "before the act and of its proof"
    );
}
