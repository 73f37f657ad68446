//! What the pages say, and what the register holds.

use chrono::NaiveDate;
use yakin::practice::{Entry, Faults, PASSWORD, samples};

use super::visitor::{Browser, city, city_with_file, encoded, hanako};

#[tokio::test]
async fn pages_want_a_login_and_a_logout_ends_it() {
    let city = city(Faults::default()).await;
    let mut browser = Browser::new(&city);
    for path in ["menu", "new", "search?no=1", "list", "edit", "monthly"] {
        assert!(
            browser.get(path).await.body.contains("再度ログインしてください"),
            "{path}"
        );
    }
    assert!(
        browser
            .register("1")
            .await
            .unwrap()
            .body
            .contains("再度ログインしてください")
    );
    assert_eq!(browser.count().await, "0");

    browser.login(PASSWORD).await;
    let menu = browser.get("menu").await.body;
    for text in ["メインメニュー", "新規登録", "検索", "一覧", "訂正・取消", "月次集計"] {
        assert!(menu.contains(text), "{text}");
    }
    assert_eq!(browser.get("logout").await.header("location"), Some("login"));
    assert!(browser.get("menu").await.body.contains("再度ログインしてください"));
    city.stop().await;
}

#[tokio::test]
async fn three_wrong_passwords_lock_the_account() {
    let city = city(Faults::default()).await;
    let mut browser = Browser::new(&city);
    for _ in 0..2 {
        assert_eq!(
            browser.login("x").await.cell("エラー内容"),
            Some("利用者IDまたはパスワードが違います")
        );
    }
    for password in ["x", PASSWORD] {
        assert!(
            browser
                .login(password)
                .await
                .cell("エラー内容")
                .unwrap()
                .contains("ロックされています")
        );
    }
    browser.post("reset", &[]).await;
    assert_eq!(browser.login(PASSWORD).await.status, 303);
    city.stop().await;
}

#[tokio::test]
async fn a_registration_gets_a_receipt_and_a_second_one_another() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    let first = browser.register("0012026-0001").await.unwrap();
    let second = browser.register("0012026-0001").await.unwrap();
    assert!(first.cell("受付番号").unwrap().ends_with("-000001"));
    assert!(second.cell("受付番号").unwrap().ends_with("-000002"));
    assert_eq!(first.cell("請求番号"), Some("0012026-0001"));

    let entries: Vec<Entry> = serde_json::from_str(&browser.get("register.json").await.body).unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].receipt, first.cell("受付番号").unwrap());
    assert_eq!(
        entries[0].registration.birth,
        NaiveDate::from_ymd_opt(1976, 3, 4).unwrap()
    );
    assert_eq!(entries[0].registration.proofs, ["旅券", "運転免許証"]);
    assert_eq!(browser.count().await, "2");
    city.stop().await;
}

#[tokio::test]
async fn a_refusal_says_why_and_keeps_what_was_typed() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    let cases = [
        ("SHIMEI", "練習　不在", "該当する住民がいません"),
        ("TESURYO", "200", "手数料が不足しています"),
        ("FURIGANA", "ﾀｶﾊｼ", "フリガナは全角カタカナで入力してください"),
    ];
    for (field, typed, error) in cases {
        let mut form = hanako("<0001>");
        form.iter_mut()
            .filter(|(name, _)| *name == field)
            .for_each(|(_, value)| *value = typed);
        let page = browser.post("new", &form).await;
        assert_eq!(page.cell("エラー内容"), Some(error));
        assert!(page.body.contains("value=\"&#60;0001&#62;\""));
        for kept in [typed, "<option value=\"51\" selected>", "value=\"旅券\" checked"] {
            assert!(page.body.contains(kept), "{kept}");
        }
    }
    assert_eq!(browser.count().await, "0");
    city.stop().await;
}

#[tokio::test]
async fn a_search_shows_rows_or_says_that_there_are_none() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    browser.register("0012026-0001").await.unwrap();
    let none = "該当するデータはありません";
    let found = browser.get("search?no=0012026-0001").await.body;
    assert!(found.contains("<td>0012026-0001</td>") && !found.contains(none));
    assert!(browser.get("search?no=0012026-000").await.body.contains(none));
    let by_name = browser
        .get(&format!("search?{}", encoded(&[("no", ""), ("name", "花子")])))
        .await
        .body;
    assert!(by_name.contains("<td>0012026-0001</td>"));
    assert!(!browser.get("search").await.body.contains(none));
    assert_eq!(
        browser.get("search?no=&name=").await.cell("エラー内容"),
        Some("検索条件を入力してください")
    );
    city.stop().await;
}

#[tokio::test]
async fn the_list_has_pages() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    for number in 1..=21 {
        browser.register(&format!("N{number}")).await.unwrap();
    }
    let first = browser.get("list").await.body;
    assert!(first.contains("全21件") && first.contains("<td>N20</td>") && !first.contains("<td>N21</td>"));
    assert!(first.contains("list?page=2"));
    for last in ["list?page=2", "list?page=99"] {
        let page = browser.get(last).await.body;
        assert!(
            page.contains("<td>N21</td>") && !page.contains("<td>N20</td>"),
            "{last}"
        );
    }
    assert!(browser.get("list?page=0").await.body.contains("<td>N1</td>"));
    city.stop().await;
}

#[tokio::test]
async fn a_line_is_corrected_and_cancelled() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    let receipt = browser
        .register("1")
        .await
        .unwrap()
        .cell("受付番号")
        .unwrap()
        .to_owned();
    assert!(
        browser
            .get(&format!("edit-main?no={receipt}"))
            .await
            .body
            .contains("value=\"長崎県長崎市興善町\"")
    );

    let town = [
        ("no", receipt.as_str()),
        ("YUBIN", "852-8117"),
        ("JUSHO", "長崎県長崎市平野町"),
        ("ACTION", "訂正する"),
    ];
    assert!(browser.post("edit-main", &town).await.body.contains("訂正しました"));
    assert!(
        browser
            .post("edit-main", &[("no", &receipt), ("ACTION", "取消する")])
            .await
            .body
            .contains("取消しました")
    );
    let again = browser
        .post("edit-main", &[("no", &receipt), ("ACTION", "取消する")])
        .await;
    assert_eq!(again.cell("エラー内容"), Some("該当するデータはありません"));

    let entries: Vec<Entry> = serde_json::from_str(&browser.get("register.json").await.body).unwrap();
    assert!(entries[0].cancelled);
    assert_eq!(entries[0].registration.address, "長崎県長崎市平野町");
    assert!(
        browser
            .get("search?no=1")
            .await
            .body
            .contains("該当するデータはありません")
    );
    assert!(browser.get("list").await.body.contains("取消済"));
    city.stop().await;
}

#[tokio::test]
async fn towns_are_found_by_code_and_by_name() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    assert_eq!(browser.get("address?postal=850-0032").await.body, "長崎県長崎市興善町");
    assert_eq!(browser.get("address?postal=999-9999").await.body, "");
    let by_name = browser
        .get(&format!("address-search?{}", encoded(&[("q", "興善")])))
        .await
        .body;
    assert!(by_name.contains("pickAddress(&#39;850-0032&#39;") || by_name.contains("pickAddress('850-0032'"));
    city.stop().await;
}

#[tokio::test]
async fn the_oldest_parts_speak_shift_jis() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    browser.register("1").await.unwrap();
    for (path, kind, text) in [
        ("monthly", "text/html; charset=Shift_JIS", "①通数"),
        ("register.csv", "text/csv; charset=Shift_JIS", "髙橋　花子"),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("content-type"), Some(kind));
        let (decoded, _, errors) = encoding_rs::SHIFT_JIS.decode(&answer.raw);
        assert!(!errors && decoded.contains(text), "{path}");
    }
    city.stop().await;
}

#[tokio::test]
async fn every_page_says_its_language_and_links_relatively() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    for path in [
        "login",
        "menu",
        "new",
        "search",
        "list",
        "edit",
        "edit-menu",
        "edit-main",
        "address-search",
        "faults",
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(
            page.body.contains("<html lang=\"ja\">") && page.body.contains("<title>"),
            "{path}"
        );
        for absolute in ["href=\"/", "src=\"/", "action=\"/"] {
            assert!(!page.body.contains(absolute), "{path}");
        }
    }
    city.stop().await;
}

#[tokio::test]
async fn the_register_survives_a_restart_but_sessions_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("uketsuke.json");
    let city = city_with_file(&state, Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    browser.register("1").await.unwrap();
    let before = browser.get("register.json").await.body;
    city.stop().await;

    let city = city_with_file(&state, Faults::default()).await;
    let stale = Browser {
        cookie: browser.cookie,
        ..Browser::new(&city)
    };
    assert!(stale.get("menu").await.body.contains("再度ログインしてください"));
    let browser = Browser::logged_in(&city).await;
    assert_eq!(browser.get("register.json").await.body, before);
    assert!(
        browser
            .register("2")
            .await
            .unwrap()
            .cell("受付番号")
            .unwrap()
            .ends_with("-000002")
    );
    city.stop().await;
}

#[test]
fn the_committed_sample_is_what_the_generator_writes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/samples/requests.csv");
    let made = samples::requests_csv(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(), 20);
    if std::env::var_os("UPDATE_SAMPLES").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    assert!(
        std::fs::read(path).unwrap() == made,
        "run the tests once with UPDATE_SAMPLES=1"
    );
}
