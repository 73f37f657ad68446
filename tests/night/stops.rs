//! Ends that somebody asks for, and two runners at one time.

use std::cell::RefCell;

use yakin::events::Kind;
use yakin::practice::{CommitFault, Faults};

use crate::support::office::{AtWork, Office, REQUESTS, SCENARIO, eventually, number, rows};

/// The second item has been begun.
fn second_begun(kind: &Kind) -> bool {
    matches!(kind, Kind::ItemStarted(item) if item.label.ends_with("0002"))
}

#[test]
fn ctrl_c_ends_after_the_step_and_the_next_run_does_the_rest() {
    let office = Office::new();
    office.deliver(&rows(3));
    let mut run = office.start_night();
    run.wait_for(second_begun);
    run.signal("INT");
    let ran = run.finish();
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("いまのステップを終えたら止めます"), "{}", ran.err);
    assert_eq!(
        office.registered(),
        ["0001"],
        "nothing was begun that was not asked for"
    );
    let shown = office.yakin(&["runs", "show"]).out;
    assert!(shown.contains("済 1 件") && shown.contains("未着手 2 件"), "{shown}");
    assert!(
        shown.contains("止めるように頼まれたので、途中で終わりました。登録したものはそのままです。"),
        "nothing was taken back: {shown}"
    );

    let report = office.yakin(&["report", "--html", "ない/報告.html"]);
    assert_eq!(report.code, 3, "{report:?}");
    let told = "「ない/報告.html」を読み書きできません。フォルダーがありません。";
    assert!(report.err.contains(told), "{report:?}");

    let next = office.night();
    assert_eq!(next.code, 0, "{next:?}");
    let list: serde_json::Value = serde_json::from_str(&office.yakin(&["runs", "--json"]).out).unwrap();
    let told: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|run| (&run["id"], &run["status"]))
        .collect();
    assert_eq!(
        told,
        [(&2.into(), &"succeeded".into()), (&1.into(), &"cancelled".into())]
    );
    assert_eq!(office.registered(), ["0001", "0002", "0003"]);
}

#[test]
fn an_end_between_the_registration_and_the_steps_after_it_loses_nothing() {
    let office = Office::new();
    office.deliver(&rows(2));
    office.edit(SCENARIO, "\nafter:", "  - log: 登録の後\n  - log: まだ後\n\nafter:");
    let mut run = office.start_night();
    run.wait_for(|kind| matches!(kind, Kind::CommitIntended { .. }));
    run.signal("INT");
    let ran = run.finish();
    assert_eq!(ran.code, 4, "{ran:?}");
    assert_eq!(ran.states(), ["0001 済"]);
    assert_eq!(office.night().code, 0);
    assert_eq!(office.registered(), ["0001", "0002"]);
}

#[test]
fn a_second_runner_leaves_the_work_to_the_first() {
    let office = Office::new();
    office.deliver(&rows(2));
    let mut run = office.start_night();
    run.wait_for(|kind| matches!(kind, Kind::ItemStarted(_)));
    let second = office.night();
    assert_eq!(second.code, 5, "{second:?}");
    assert!(second.err.contains("YK") && second.out.is_empty(), "{second:?}");
    assert_eq!(run.finish().code, 0);
    assert_eq!(office.registered(), ["0001", "0002"]);
}

#[test]
fn a_run_is_cancelled_from_elsewhere() {
    let office = Office::new();
    office.deliver(&rows(1));
    // A loop that nobody waits for to its end.
    let many: Vec<String> = (0..500).map(|_| "メニュー".to_owned()).collect();
    let steps = format!(
        "steps:\n  - for_each: ${{{{ [\"{}\"] }}}}\n    do: {{ browser.open: /menu }}\n",
        many.join("\", \"")
    );
    office.edit(SCENARIO, "steps:\n", &steps);
    let mut run = office.start_night();
    run.wait_for(|kind| matches!(kind, Kind::ItemStarted(_)));
    let asked = office.yakin(&["runs", "cancel", "1"]);
    assert_eq!(asked.code, 0, "{asked:?}");
    let ran = run.finish();
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(office.register().is_empty());
    let over = office.yakin(&["runs", "cancel", "1"]);
    assert_eq!(over.code, 2, "{over:?}");
}

/// A registration that is entered, and whose answer does not come.
fn office_that_waits() -> Office {
    let office = Office::new();
    office.edit("scenarios/systems/受付.yaml", "settle: 60s", "settle: 1s");
    office.deliver(&rows(3));
    office.faults(&Faults {
        commit: CommitFault::LostResponse,
        commit_only: number(2),
        ..Faults::default()
    });
    office
}

/// The second item is registered, and the run does not know.
fn second_in_doubt(office: &Office, run: &mut AtWork) {
    run.wait_for(|kind| matches!(kind, Kind::CommitIntended { item, .. } if item.label.ends_with("0002")));
    eventually(|| office.register().len() == 2);
}

#[test]
fn a_forced_stop_leaves_a_doubt_and_the_run_is_gone_on_with() {
    let office = office_that_waits();
    let mut run = office.start_night();
    second_in_doubt(&office, &mut run);
    for words in [&["--force"][..], &["--reason", "試験"], &["--force", "--reason", " "]] {
        let asked = office.yakin(&[&["runs", "cancel", "1"], words].concat());
        assert_eq!(asked.code, 2, "a reason is needed, and only then: {asked:?}");
    }
    let early = office.yakin(&["resume", "1"]);
    assert!(
        early.code == 2 && early.err.contains("YK7322"),
        "it is at work: {early:?}"
    );
    let asked = office.yakin(&["runs", "cancel", "1", "--force", "--reason", "画面が止まった"]);
    assert!(asked.code == 0 && asked.out.contains("止まりました"), "{asked:?}");
    let ran = run.finish();
    assert_eq!(
        (ran.code, ran.states()),
        (4, vec!["0001 済".to_owned(), "0002 登録照会".to_owned()]),
        "{ran:?}"
    );
    let shown = office.yakin(&["runs", "show", "1"]).out;
    assert!(
        shown.contains("理由：画面が止まった") && shown.contains("強制停止"),
        "{shown}"
    );

    office.faults(&Faults::default());
    let resumed = office.yakin(&["resume", "--json"]);
    assert_eq!(
        (resumed.code, resumed.states()),
        (0, vec!["0002 済".to_owned(), "0003 済".to_owned()]),
        "{resumed:?}"
    );
    assert_eq!(office.registered(), ["0001", "0002", "0003"]);
    assert_eq!(resumed.notes()[0], "YK8180", "{resumed:?}");
    let again = office.yakin(&["resume"]);
    assert!(
        again.code == 0 && again.out.contains("途中で終わった実行はありません"),
        "{again:?}"
    );
    let nothing = office.yakin(&["resume", "1"]);
    assert!(nothing.code == 2 && nothing.err.contains("YK7325"), "{nothing:?}");
}

#[test]
fn a_second_ctrl_c_stops_at_once() {
    let office = office_that_waits();
    let mut run = office.start_night();
    second_in_doubt(&office, &mut run);
    // The proof is waited for much longer than this takes.
    let run = RefCell::new(run);
    eventually(|| {
        let over = run.borrow_mut().child.try_wait().unwrap().is_some();
        if !over {
            run.borrow().signal("INT");
        }
        over
    });
    let ran = run.into_inner().finish();
    assert_eq!(
        (ran.code, ran.states()),
        (4, vec!["0001 済".to_owned(), "0002 登録照会".to_owned()]),
        "{ran:?}"
    );
    assert!(ran.err.contains("もう一度 Ctrl-C"), "{}", ran.err);
    office.faults(&Faults::default());
    assert_eq!(office.night().code, 0);
    assert_eq!(office.registered(), ["0001", "0002", "0003"]);
}

#[test]
fn what_a_run_has_left_is_worked_without_tonights_rows() {
    let office = Office::new();
    office.deliver(&rows(3));
    let mut run = office.start_night();
    run.wait_for(second_begun);
    run.signal("INT");
    assert_eq!(run.finish().code, 4);
    // The file has a row more; then it is gone.
    office.deliver(&rows(4));
    let limited = office.yakin(&[
        "run",
        "juminhyo-yubin",
        "--date",
        "2026-11-23",
        "--limit",
        "1",
        "--json",
    ]);
    assert_eq!(
        (limited.code, limited.states()),
        (0, vec!["0002 済".to_owned()]),
        "{limited:?}"
    );
    let which = office.yakin(&["resume", "2"]);
    assert!(
        which.code == 2 && which.err.contains("YK7324"),
        "it was asked for one: {which:?}"
    );
    let resumed = office.yakin(&["resume", "1", "--json"]);
    assert_eq!(
        (resumed.code, resumed.states()),
        (0, vec!["0003 済".to_owned()]),
        "{resumed:?}"
    );
    assert_eq!(
        office.registered(),
        ["0001", "0002", "0003"],
        "the fourth is for another run"
    );
    assert_eq!(office.night().states(), ["0004 済"]);
}

#[test]
fn a_run_is_gone_on_with_when_its_file_is_gone() {
    let office = Office::new();
    office.deliver(&rows(2));
    let mut run = office.start_night();
    run.wait_for(second_begun);
    run.signal("INT");
    assert_eq!(run.finish().code, 4);
    std::fs::remove_file(office.root().join(REQUESTS)).unwrap();
    let resumed = office.yakin(&["resume", "--json"]);
    assert_eq!(
        (resumed.code, resumed.states()),
        (0, vec!["0002 済".to_owned()]),
        "{resumed:?}"
    );
    assert_eq!(resumed.notes()[..2], ["YK8180", "YK8181"], "{resumed:?}");
    assert_eq!(office.registered(), ["0001", "0002"]);
}
