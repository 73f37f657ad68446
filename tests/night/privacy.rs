//! Passwords and names: where they go, and where they are never found.

use yakin::practice::{PASSWORD, USER_ID};
use yakin::text::Lang;
use yakin::value::Secret;

use crate::support::engine::store;
use crate::support::office::{Office, Ran, SCENARIO, rows};

const PASSWORD_NAME: &str = "練習.受付.パスワード";
const CANARY: &str = "kanariya-2026-himitsu";

fn why(ran: &Ran) -> String {
    ran.view()
        .failure()
        .unwrap_or_else(|| panic!("{ran:?}"))
        .message
        .what(Lang::Ja)
}

fn host(office: &Office) -> String {
    office.city.base_url().replace("http://", "")
}

#[test]
fn a_wrong_password_is_tried_once() {
    let office = Office::new();
    office.deliver(&rows(2));
    let host = host(&office);
    office.secret(&[PASSWORD_NAME, "--host", &host], CANARY);
    // The page's words to a wrong password are those of a login that is over.
    let system = "scenarios/systems/受付.yaml";
    office.edit(system, "再度ログインしてください: login", "パスワードが違います: login");
    office.edit(
        system,
        "- browser.see: メインメニュー",
        "- browser.see: メインメニュー\n    timeout: 2s",
    );
    let wrong = office.night();
    assert_eq!(wrong.code, 3, "{wrong:?}");
    assert!(
        why(&wrong).contains("「受付」にログインできませんでした"),
        "{}",
        why(&wrong)
    );
    assert_eq!(wrong.view().sessions, 1);
    let told = office.yakin(&["runs", "show"]).out;
    assert!(told.contains("yakin secret set"), "{told}");

    // The city locks an account at the third wrong try: were one run more than one try, this would be too late.
    assert_eq!(office.night().code, 3);
    office.secret(&[PASSWORD_NAME, "--host", &host], PASSWORD);
    let right = office.night();
    assert_eq!(right.code, 0, "{right:?}");
    assert_eq!(office.registered(), ["0001", "0002"]);
    nowhere(&office, CANARY, &[wrong, right]);
}

#[test]
fn a_secret_is_used_only_in_its_time_and_only_where_it_belongs() {
    let office = Office::new();
    office.deliver(&rows(1));
    let host = host(&office);
    // Nobody can set one that is past already: it was set long ago.
    let past = chrono::NaiveDate::from_ymd_opt(2020, 3, 31);
    store(&office)
        .set_secret(PASSWORD_NAME, &Secret::new(PASSWORD.to_owned()), &[host], past, "森")
        .unwrap();
    let expired = office.night();
    assert_eq!(expired.code, 3, "{expired:?}");
    assert!(why(&expired).contains("期限が切れています"), "{}", why(&expired));

    office.secret(&[PASSWORD_NAME, "--host", "uketsuke.city.example"], PASSWORD);
    let elsewhere = office.night();
    assert_eq!(elsewhere.code, 3, "{elsewhere:?}");
    assert!(
        why(&elsewhere).contains("画面には入力できません"),
        "{}",
        why(&elsewhere)
    );

    // Under another name it would be the same secret: that is refused before anything runs.
    office.edit(
        "scenarios/systems/受付.yaml",
        "  - browser.fill:\n      利用者ID",
        "  - set: { 合言葉: \"${{ secrets.受付.パスワード }}\" }\n  - browser.fill:\n      利用者ID",
    );
    let renamed = office.night();
    assert_eq!(renamed.code, 2, "{renamed:?}");
    assert!(renamed.err.contains("YK2110"), "{}", renamed.err);
    assert!(office.register().is_empty());
}

#[test]
fn neither_passwords_nor_names_are_found_outside_sealed_storage() {
    let office = Office::new();
    let mut rows = rows(3);
    // Persons whom the city does not know; for one of them the scenario looks for something that bears the name.
    let cells: Vec<String> = rows[1].split(',').map(str::to_owned).collect();
    rows[1] = rows[1]
        .replace(&cells[1], "金糸雀　歌子")
        .replace(&cells[2], "ｶﾅﾘﾔ ｳﾀｺ");
    rows[2] = rows[2].replace(rows[2].split(',').nth(1).unwrap(), "鶯谷　春子");
    office.deliver(&rows);
    office.edit(
        SCENARIO,
        "  - commit:",
        "  - browser.click: \"${{ item.氏名 }} を確認\"\n    when: item.請求番号 == \"0081123-0003\"\n    timeout: 1s\n    \
         retry: 1\n    on_error: continue\n  - commit:",
    );
    let ran = office.yakin(&["run", "juminhyo-yubin", "--date", "2026-11-23", "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(
        ran.states(),
        ["0001 済", "0002 差し戻し YK8008", "0003 差し戻し YK8008"]
    );
    let said = serde_json::to_string(&ran.events()).unwrap();
    assert!(
        said.contains("＊＊＊"),
        "the failed click says what it looked for, covered: {said}"
    );
    for name in ["金糸雀", "歌子", "ｶﾅﾘﾔ", "カナリヤ", "鶯谷", "春子", PASSWORD, USER_ID] {
        nowhere(&office, name, std::slice::from_ref(&ran));
    }
}

/// Looks for a text in everything that an office keeps or shows, but for the files that are the work itself.
fn nowhere(office: &Office, text: &str, ran: &[Ran]) {
    let told = [
        vec!["runs"],
        vec!["runs", "--json"],
        vec!["runs", "show"],
        vec!["runs", "show", "1"],
        vec!["runs", "show", "--json"],
        vec!["report", "--html", "report.html", "--junit", "report.xml"],
        vec!["secret", "list"],
    ];
    for words in told {
        let said = office.yakin(&words);
        assert_eq!(said.code, 0, "{said:?}");
        assert!(!format!("{said:?}").contains(text), "{words:?} shows {text}");
    }
    for ran in ran {
        assert!(!format!("{ran:?}").contains(text), "a run shows {text}");
    }
    // Packed events, as they are when they are read.
    let store = store(office);
    for run in store
        .runs(&yakin::history::RunFilter {
            at_most: 9,
            ..Default::default()
        })
        .unwrap()
    {
        for event in store.run_events(run.run, 1, 10_000).unwrap() {
            let json = serde_json::to_string(&event).unwrap();
            assert!(!json.contains(text), "an event holds {text}: {json}");
        }
    }
    drop(store);
    for folder in [".yakin", "."] {
        for file in std::fs::read_dir(office.root().join(folder)).unwrap() {
            let path = file.unwrap().path();
            // The practice city's own register is the other system, not the office.
            if path.is_dir() || path.ends_with("practice.json") {
                continue;
            }
            // The database takes its log away when the last reader leaves.
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!found, "{} holds {text}", path.display());
        }
    }
}
