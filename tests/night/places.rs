//! Practice and real work are two places: what is done in one is not done in the other.

use yakin::clock::{Clock, SystemClock};
use yakin::events::RunOutcome;
use yakin::events::view::Standing;
use yakin::practice::PASSWORD;
use yakin::text::codes;

use crate::support::office::{Office, Ran, SCENARIO, count, rows};

const REAL: [&str; 7] = [
    "run",
    "juminhyo-yubin",
    "--date",
    "2026-11-23",
    "--json",
    "--pictures=off",
    "--real",
];

fn real(office: &Office, more: &[&str]) -> Ran {
    office.yakin(&[&REAL, more].concat())
}

#[test]
fn what_the_real_system_refused_is_tried_again_only_when_it_is_asked_for() {
    let office = Office::new();
    office.with_a_real_system();
    office.deliver(&rows(1));
    office.edit(SCENARIO, "item.カナ | 全角カナ", "item.カナ | 半角カナ");
    let refused = ["0001 差し戻し YK8008"];
    assert_eq!(real(&office, &[]).states(), refused);
    assert_eq!(office.night().states(), refused);
    office.edit(SCENARIO, "item.カナ | 半角カナ", "item.カナ | 全角カナ");
    assert_eq!(office.night().states(), ["0001 済"], "practice costs nothing");
    let kept = real(&office, &[]);
    assert!(kept.code == 1 && kept.view().items.is_empty(), "{kept:?}");
    assert_eq!(real(&office, &["--retry-rejected"]).states(), ["0001 済"]);
    assert_eq!(office.register().len(), 2);
}

#[test]
fn a_login_that_was_refused_is_not_tried_again_by_a_later_run() {
    let office = Office::new();
    office.with_a_real_system();
    office.secret(&["受付.パスワード"], "another-password");
    office.deliver(&rows(1));
    let why = |ran: &Ran| {
        ran.view()
            .finished
            .and_then(|end| end.failure)
            .unwrap()
            .message
            .code
            .into_owned()
    };
    let first = real(&office, &[]);
    assert_eq!(
        (first.code, why(&first)),
        (3, codes::LOGIN_FAILED.0.to_owned()),
        "{first:?}"
    );
    let second = real(&office, &[]);
    assert_eq!(
        (second.code, why(&second)),
        (3, codes::LOGIN_NOT_AGAIN.0.to_owned()),
        "{second:?}"
    );
    let asked = real(&office, &["--login-again"]);
    assert_eq!(
        (asked.code, why(&asked)),
        (3, codes::LOGIN_FAILED.0.to_owned()),
        "{asked:?}"
    );
    office.secret(&["受付.パスワード"], PASSWORD);
    assert_eq!(real(&office, &[]).states(), ["0001 済"]);
}

#[test]
fn a_mistake_in_the_steps_of_a_login_is_no_refused_login() {
    let office = Office::new();
    office.with_a_real_system();
    office.deliver(&rows(1));
    let system = "scenarios/systems/受付.yaml";
    office.edit(
        system,
        "browser.click: ログイン",
        "browser.click: 入る\n    timeout: 1s",
    );
    // Nothing was sent, so it may be tried again as it is.
    for _ in 0..2 {
        let ran = real(&office, &[]);
        let failure = ran.view().finished.and_then(|end| end.failure).unwrap();
        assert!(ran.code == 3 && failure.message.is(codes::LOGIN_STOPPED), "{ran:?}");
    }
    office.edit(
        system,
        "browser.click: 入る\n    timeout: 1s",
        "browser.click: ログイン",
    );
    assert_eq!(real(&office, &[]).states(), ["0001 済"]);
}

#[test]
fn nothing_is_begun_outside_the_hours_of_the_real_system() {
    let office = Office::new();
    office.with_a_real_system();
    office.deliver(&rows(1));
    let now = SystemClock::start().now().with_timezone(&chrono_tz::Asia::Tokyo);
    let hour = |after: u32| (chrono::Timelike::hour(&now) + after) % 24;
    let closed = format!("hours: {:02}:00-{:02}:00", hour(2), hour(4));
    office.edit("scenarios/systems/受付.yaml", "hours: 00:00-24:00", &closed);
    let ran = real(&office, &[]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let view = ran.view();
    assert!(view.failure().unwrap().message.is(yakin::text::codes::OUTSIDE_HOURS));
    assert_eq!((view.sessions, count(&view, Standing::NotStarted)), (0, 1));
    assert_eq!(office.night().code, 0, "the practice city is always open");
}

#[test]
fn what_was_practised_is_still_to_be_done_in_the_real_system() {
    let office = Office::new();
    office.with_a_real_system();
    office.deliver(&rows(2));
    assert_eq!(count(&office.night().view(), Standing::Done), 2);
    assert_eq!(count(&real(&office, &[]).view(), Standing::Done), 2);
    assert_eq!(office.register().len(), 4);
    for again in [office.night(), real(&office, &[])] {
        assert_eq!(again.code, 0, "{again:?}");
        assert_eq!(count(&again.view(), Standing::DoneBefore), 2);
    }
    assert_eq!(office.register().len(), 4);
}

#[test]
fn an_item_that_is_led_past_the_commit_is_done_but_not_registered() {
    let office = Office::new();
    office.deliver(&rows(2));
    office.edit(
        SCENARIO,
        "  - commit: 請求の登録",
        "  - commit: 請求の登録\n    when: item.請求番号 != \"0081123-0002\"",
    );
    let ran = office.night();
    let view = ran.view();
    assert_eq!(
        view.finished.as_ref().unwrap().outcome,
        RunOutcome::Succeeded,
        "{ran:?}"
    );
    assert_eq!(office.registered(), ["0001"]);
    assert_eq!((view.registered().now, view.registered().not), (1, 1));
}
