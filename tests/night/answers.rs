//! What looking did not prove is answered by a person, and the answer counts once.

use yakin::events::Kind;
use yakin::practice::{CommitFault, Faults};

use crate::support::office::{Office, Ran, SCENARIO, eventually, number, results, rows};

/// An office whose scenario does not look by itself: what is in doubt waits for a person at once.
fn office() -> Office {
    let office = Office::new();
    office.edit("scenarios/systems/受付.yaml", "settle: 60s", "settle: 0s");
    let text = std::fs::read_to_string(office.root().join(SCENARIO)).unwrap();
    let (from, to) = (text.find("    verify:").unwrap(), text.find("\nafter:").unwrap());
    office.edit(SCENARIO, &text[from..to], "    verify: none\n");
    office
}

/// The first of two items is in doubt; whether it was registered depends on the fault.
fn night_in_doubt(office: &Office, commit: CommitFault) {
    office.deliver(&rows(2));
    office.faults(&Faults {
        commit,
        commit_only: number(1),
        ..Faults::default()
    });
    let ran = office.night();
    assert!(ran.states()[0].starts_with("0001 登録照会"), "{ran:?}");
    office.faults(&Faults::default());
}

fn inquiries(office: &Office) -> Vec<serde_json::Value> {
    let told = office.yakin(&["review", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"));
    told["inquiries"].as_array().unwrap().clone()
}

fn the_only(office: &Office) -> String {
    let waits = inquiries(office);
    assert_eq!(waits.len(), 1, "{waits:?}");
    waits[0]["number"].to_string()
}

fn decide(office: &Office, words: &[&str]) -> Ran {
    office.yakin(&[&["review", "decide"], words].concat())
}

#[test]
fn what_is_registered_is_done_with_its_receipt() {
    let office = office();
    night_in_doubt(&office, CommitFault::ErrorAfter);
    let receipt = office.register()[0].receipt.clone();
    let told = office.yakin(&["review"]).out;
    for part in [
        "登録照会 1  住民票郵送請求の登録（練習）  0081123-0001",
        "（実行 1）",
        "探す言葉: 請求番号 0081123-0001",
        "登録しようとした操作: 請求の登録",
        "分からない理由: ",
        "止まったときの画面: ",
        "yakin review decide 1 登録済み --receipt 〈受付番号〉",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let item = the_only(&office);
    for (words, code) in [
        (&[&*item, "たぶん"][..], "YK7252"),
        (&[&*item, "登録済み"], "YK7253"),
        (&[&*item, "対象外"], "YK7254"),
        (&[&*item, "未登録", "--receipt", "1"], "YK7255"),
        (&[&*item, "未登録", "--when", "来週"], "YK7257"),
        (&["77", "未登録"], "YK7250"),
        (&["2", "未登録"], "YK7251"),
    ] {
        let refused = decide(&office, words);
        assert!(
            refused.code == 2 && refused.err.contains(code),
            "{words:?}: {refused:?}"
        );
    }
    // The receipt of the second item is not the one of the first.
    let other = office.register()[1].receipt.clone();
    let refused = decide(&office, &[&item, "登録済み", "--receipt", &other]);
    assert!(refused.code == 2 && refused.err.contains("YK7258"), "{refused:?}");

    let kept = decide(&office, &[&item, "登録済み", "--receipt", &receipt, "--by", "佐藤"]);
    assert_eq!(kept.code, 0, "{kept:?}");
    let second = decide(&office, &[&item, "not-registered"]);
    assert!(
        second.code == 2 && second.err.contains("佐藤") && second.err.contains("済"),
        "{second:?}"
    );
    assert!(inquiries(&office).is_empty());

    let shown = office.yakin(&["runs", "show", "1"]).out;
    for part in ["済 2 件（全 2 件）", "佐藤が確かめ、「登録済み」", "すべて決まりました"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("登録照会 1 件"), "{shown}");
    let runs: serde_json::Value = serde_json::from_str(&office.yakin(&["runs", "--json"]).out).unwrap();
    assert_eq!(runs[0]["counts"]["done"], 2, "{runs}");
    assert!(office.yakin(&["review", "--answered"]).out.contains("佐藤"));

    let next = office.night();
    assert_eq!((next.code, next.states().len()), (0, 0), "{next:?}");
    assert_eq!(office.registered(), ["0001", "0002"]);
    let results = results(&office);
    assert_eq!(results[0][1], receipt, "the scenario's own name: {results:?}");
}

#[test]
fn what_is_not_registered_is_worked_again() {
    let office = office();
    night_in_doubt(&office, CommitFault::ErrorBefore);
    let item = the_only(&office);
    let kept = decide(&office, &[&item, "未登録", "--when", "今すぐ", "--by", "佐藤"]);
    assert!(
        kept.code == 0 && kept.out.contains("いま処理するには: yakin run ") && kept.out.contains("--only 0081123-0001"),
        "{kept:?}"
    );
    let shown = office.yakin(&["runs", "show", "1"]).out;
    assert!(shown.contains("未着手 1 件") && shown.contains("「未登録」"), "{shown}");
    let next = office.night();
    assert_eq!((next.code, next.states()), (0, vec!["0001 済".to_owned()]), "{next:?}");
    assert_eq!(office.registered(), ["0002", "0001"]);
}

#[test]
fn what_is_dropped_is_left_alone() {
    let office = office();
    night_in_doubt(&office, CommitFault::ErrorBefore);
    let item = the_only(&office);
    let kept = decide(&office, &[&item, "対象外", "--reason", "取り下げ", "--by", "佐藤"]);
    assert_eq!(kept.code, 0, "{kept:?}");
    let answers = office.yakin(&["review", "--answered"]).out;
    assert!(
        answers.contains("対象外  佐藤") && answers.contains("理由: 取り下げ"),
        "{answers}"
    );
    let next = office.night();
    assert!(next.states().is_empty(), "{next:?}");
    assert_eq!(office.registered(), ["0002"]);
}

#[test]
fn nobody_answers_before_the_other_system_is_surely_at_rest() {
    let office = office();
    office.edit("scenarios/systems/受付.yaml", "settle: 0s", "settle: 1h");
    night_in_doubt(&office, CommitFault::ErrorBefore);
    let item = the_only(&office);
    let refused = decide(&office, &[&item, "未登録"]);
    assert!(refused.code == 2 && refused.err.contains("YK7256"), "{refused:?}");
    assert_eq!(decide(&office, &[&item, "対象外", "--reason", "x"]).code, 0);
}

#[test]
fn what_a_dead_run_left_is_answered_without_another_run() {
    let office = office();
    office.deliver(&rows(2));
    office.faults(&Faults {
        commit: CommitFault::LostResponse,
        commit_only: number(1),
        ..Faults::default()
    });
    let mut run = office.start_night();
    run.wait_for(|kind| matches!(kind, Kind::CommitIntended { .. }));
    eventually(|| office.register().len() == 1);
    // While the run lives, the item is the run's own.
    assert!(inquiries(&office).is_empty());
    let refused = decide(&office, &["1", "登録済み", "--receipt", "なし"]);
    assert!(refused.code == 5 && refused.err.contains("YK6001"), "{refused:?}");
    run.signal("KILL");
    run.finish();
    office.faults(&Faults::default());

    let item = the_only(&office);
    let receipt = office.register()[0].receipt.clone();
    let kept = decide(&office, &[&item, "registered", "--receipt", &receipt, "--by", "佐藤"]);
    assert_eq!(kept.code, 0, "{kept:?}");
    let shown = office.yakin(&["runs", "show", "1"]).out;
    assert!(
        shown.contains("済 1 件") && shown.contains("未着手 1 件") && shown.contains("YK5900"),
        "{shown}"
    );
    let next = office.night();
    assert_eq!((next.code, next.states()), (0, vec!["0002 済".to_owned()]), "{next:?}");
    assert_eq!(office.registered(), ["0001", "0002"]);
}
