//! `yakin draft` as a clerk uses it: a table and a page become a bot that works, and nothing is registered on the way.

use crate::support::office::{Office, rows};

/// The table of somebody who calls things by other names than the page.
const CALLS: &str = "番号,お名前,よみ,誕生日,郵便,料金,メモ\n\
                     電話-1,髙橋　花子,たかはし　はなこ,S51.3.4,850-0032,300,午前\n\
                     電話-2,田中　美咲,たなか　みさき,H11.12.31,850-0036,,急ぎ\n";

#[test]
fn a_table_and_a_page_become_a_bot_that_registers() {
    let office = Office::new();
    office.write("inbox/denwa.csv", CALLS);
    let drafted = office.yakin(&["draft", "inbox/denwa.csv", "受付", "新規登録"]);
    assert_eq!(drafted.code, 0, "{drafted:?}");
    assert!(
        drafted
            .out
            .contains("氏名 ← お名前、フリガナ ← よみ、生年月日 ← 誕生日"),
        "{drafted:?}"
    );
    assert_eq!(office.register().len(), 0, "a trial leaves nothing behind");
    let left = std::fs::read_dir(office.root().join(".yakin")).unwrap();
    let left: Vec<String> = left
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!left.iter().any(|name| name.starts_with("practice-")), "{left:?}");
    let text = std::fs::read_to_string(office.root().join("scenarios/denwa.yaml")).unwrap();
    for line in [
        "      フリガナ: ${{ item.よみ | 全角カナ }}",
        "  - browser.see: { field: 住所 }",
        "    proof: { field: 受付番号, as: receipt }",
        "    refused: { field: エラー内容 }",
    ] {
        assert!(text.lines().any(|known| known.starts_with(line)), "{line}: {text}");
    }

    let rehearsed = office.yakin(&["run", "denwa", "--rehearse"]);
    assert!(
        rehearsed.out.contains("差し戻し 1 件、下見済 1 件（全 2 件）"),
        "{rehearsed:?}"
    );
    let ran = office.yakin(&["run", "denwa"]);
    assert!(ran.out.contains("済 1 件、差し戻し 1 件（全 2 件）"), "{ran:?}");
    assert!(ran.out.contains("差し戻し 料金が書かれていません"), "{ran:?}");
    assert_eq!(office.register().len(), 1);

    let again = office.yakin(&["draft", "inbox/denwa.csv", "受付", "新規登録"]);
    assert!(again.code == 2 && again.err.contains("YK7330"), "{again:?}");
    let replaced = office.yakin(&["draft", "inbox/denwa.csv", "受付", "新規登録", "--replace"]);
    assert_eq!(replaced.code, 0, "{replaced:?}");
    let old = std::fs::read_to_string(office.root().join("scenarios/denwa.yaml.old")).unwrap();
    assert_eq!(old, text);
}

#[test]
fn a_draft_that_lacks_a_column_says_so_until_somebody_has_written_one() {
    let office = Office::new();
    office.write(
        "inbox/nashi.csv",
        "番号,お名前,よみ,生まれた日,料金\n1,髙橋　花子,たかはし　はなこ,S51.3.4,300\n",
    );
    let drafted = office.yakin(&["draft", "inbox/nashi.csv", "受付", "新規登録"]);
    assert_eq!(drafted.code, 2, "{drafted:?}");
    assert!(
        drafted.out.contains("生年月日 ← 生まれた日"),
        "a column of days: {drafted:?}"
    );
    assert!(drafted.out.contains("必須の欄「郵便番号」"), "{drafted:?}");
    office.edit("scenarios/nashi.yaml", "${{ item.ここに列の名前 }}", "850-0032");
    // The proof is known all the same: the city's own people were tried.
    let ran = office.yakin(&["run", "nashi"]);
    assert!(ran.out.contains("済 1 件（全 1 件）"), "{ran:?}");
    assert_eq!(office.register().len(), 1);
}

#[test]
fn a_table_and_a_search_become_a_bot_that_reads() {
    let office = Office::new();
    office.deliver(&rows(2));
    assert_eq!(office.night().code, 0);
    office.write("inbox/shirabe.csv", "番号,係\n9999,郵送\n0081123-0001,窓口\n");
    let drafted = office.yakin(&["draft", "inbox/shirabe.csv", "受付", "検索", "--out", "shirabe"]);
    assert_eq!(drafted.code, 0, "{drafted:?}");
    let ran = office.yakin(&["run", "shirabe"]);
    assert!(ran.out.contains("済 受付番号: R8-000001"), "{drafted:?} {ran:?}");
    assert!(ran.out.contains("済 1 件、差し戻し 1 件（全 2 件）"), "{ran:?}");
    assert_eq!(office.register().len(), 2);
}

#[test]
fn what_cannot_be_drafted_is_told() {
    let office = Office::new();
    office.write("inbox/denwa.csv", CALLS);
    office.write("inbox/yoso.csv", "甲,乙\n1,2\n");
    for (words, code, told) in [
        (&["draft", "inbox/denwa.csv", "税", "新規登録"][..], "YK7150", "受付"),
        (
            &["draft", "inbox/denwa.csv", "受付", "新規登録", "--press", "送信"],
            "YK7178",
            "登録する",
        ),
        (
            &["draft", "inbox/denwa.csv", "受付", "一覧"],
            "YK7178",
            "直し方: 登録や検索のボタンがない画面なら",
        ),
        (&["draft", "inbox/yoso.csv", "受付", "新規登録"], "YK7179", "請求番号"),
        (&["draft", "inbox/nai.csv", "受付", "新規登録"], "YK3110", "nai.csv"),
        (
            &["draft", "inbox/denwa.csv", "受付", "新規登録", "--real"],
            "YK7152",
            "",
        ),
    ] {
        let refused = office.yakin(words);
        assert_ne!(refused.code, 0, "{words:?}: {refused:?}");
        assert!(
            refused.err.contains(code) && refused.err.contains(told),
            "{words:?}: {}",
            refused.err
        );
    }
    assert!(!office.root().join("scenarios/yoso.yaml").exists());

    // A system that is not the practice city is looked at, and nothing is registered there to see what comes.
    office.with_a_real_system();
    let looked = office.yakin(&["draft", "inbox/denwa.csv", "受付", "新規登録", "--real"]);
    let said = looked.out;
    assert!(said.contains("登録できた印が分かりませんでした"), "{said}");
    let ran = office.yakin(&["run", "denwa"]);
    assert!(
        ran.code == 2 && ran.err.contains("YK2270"),
        "what is not written is not run: {ran:?}"
    );
    assert_eq!(office.register().len(), 0);
}
