//! Ends that somebody asks for, and two runners at one time.

use yakin::events::Kind;

use crate::support::office::{Office, SCENARIO, rows};

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
