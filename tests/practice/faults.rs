//! Every fault knob does what it says, and nothing else.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use yakin::practice::{CommitFault, Faults, PASSWORD};

use super::visitor::{Browser, FORM, city, city_with_file, commit, encoded, hanako};

#[tokio::test]
async fn an_error_before_enters_nothing_and_an_error_after_does() {
    let city = city(commit(CommitFault::ErrorBefore)).await;
    let browser = Browser::logged_in(&city).await;
    assert_eq!(browser.register("1").await.unwrap().status, 500);
    assert_eq!(browser.count().await, "0");
    let json = r#"{"commit": "error_after", "commit_only": "2"}"#;
    assert_eq!(
        browser
            .ask("POST", "faults", "application/json", json)
            .await
            .unwrap()
            .status,
        303
    );
    assert_eq!(browser.register("1").await.unwrap().status, 200);
    assert_eq!(browser.register("2").await.unwrap().status, 500);
    assert_eq!(browser.count().await, "2");
    city.stop().await;
}

#[tokio::test]
async fn a_broken_connection_leaves_a_registration_without_an_answer() {
    for (fault, begun) in [
        (CommitFault::LostResponse, true),
        (CommitFault::DroppedConnection, false),
    ] {
        let city = city(Faults {
            commit_times: 1,
            ..commit(fault)
        })
        .await;
        let browser = Browser::logged_in(&city).await;
        let mut came = Vec::new();
        let mut stream = browser.send("POST", "new", FORM, &encoded(&hanako("1"))).await;
        stream.read_to_end(&mut came).await.unwrap();
        let came = String::from_utf8_lossy(&came);
        assert_eq!(came.starts_with("HTTP/1.1 200"), begun, "{came}");
        assert!(came.is_empty() != begun && !came.contains("<body"), "{came}");
        assert_eq!(browser.count().await, "1");
        assert_eq!(browser.register("2").await.unwrap().status, 200);
        city.stop().await;
    }
}

#[tokio::test]
async fn a_slow_registration_outlives_its_client() {
    let city = city(Faults {
        slow_commit_ms: 20,
        ..Faults::default()
    })
    .await;
    let browser = Browser::logged_in(&city).await;
    drop(browser.send("POST", "new", FORM, &encoded(&hanako("1"))).await);
    let entered = async {
        while browser.count().await != "1" {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), entered).await.unwrap();
    city.stop().await;
}

#[tokio::test]
async fn a_registration_still_slow_at_the_stop_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("uketsuke.json");
    let city = city_with_file(
        &state,
        Faults {
            slow_commit_ms: 600_000,
            ..Faults::default()
        },
    )
    .await;
    let browser = Browser::logged_in(&city).await;
    drop(browser.send("POST", "new", FORM, &encoded(&hanako("1"))).await);
    assert_eq!(browser.count().await, "0");
    city.stop().await;
    assert!(!state.exists());
}

#[tokio::test]
async fn a_session_ends_after_its_pages() {
    let city = city(Faults {
        logout_after: 2,
        ..Faults::default()
    })
    .await;
    let browser = Browser::logged_in(&city).await;
    assert!(browser.get("menu").await.body.contains("メインメニュー"));
    assert!(browser.get("new").await.body.contains("登録する"));
    assert!(
        browser
            .register("1")
            .await
            .unwrap()
            .body
            .contains("再度ログインしてください")
    );
    assert_eq!(browser.count().await, "0");
    city.stop().await;
}

#[tokio::test]
async fn a_session_ends_after_its_time() {
    let city = city(Faults {
        session_seconds: 0,
        ..Faults::default()
    })
    .await;
    let browser = Browser::logged_in(&city).await;
    assert!(browser.get("menu").await.body.contains("再度ログインしてください"));
    city.stop().await;
}

#[tokio::test]
async fn maintenance_closes_all_pages_and_enters_nothing() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    browser.post("faults", &[("maintenance", "true")]).await;
    for path in ["login", "menu", "new", "search?no=1"] {
        let page = browser.get(path).await;
        assert!(page.status == 503 && page.body.contains("メンテナンス中"), "{path}");
    }
    assert_eq!(browser.register("1").await.unwrap().status, 503);
    assert_eq!(browser.count().await, "0");
    browser.post("faults", &[]).await;
    assert!(browser.get("menu").await.body.contains("メインメニュー"));
    city.stop().await;
}

#[tokio::test]
async fn a_blank_or_loading_search_shows_neither_sign() {
    let city = city(Faults::default()).await;
    let browser = Browser::logged_in(&city).await;
    browser.register("1").await.unwrap();
    for (fault, shown) in [
        (("search_blank", "true"), "id=\"result\""),
        (("search_loading_ms", "700"), "検索中…"),
    ] {
        browser.post("faults", &[fault]).await;
        for path in ["search?no=1", "search?no=2"] {
            let page = browser.get(path).await.body;
            assert!(page.contains(shown), "{path} {shown}");
            assert!(
                !page.contains("<td>1</td>") && !page.contains("該当するデータはありません"),
                "{path} {shown}"
            );
        }
    }
    assert!(browser.get("search-result?no=1").await.body.contains("<td>1</td>"));
    city.stop().await;
}

#[tokio::test]
async fn a_changed_screen_has_other_words_and_still_works() {
    let city = city(Faults {
        changed_screen: true,
        ..Faults::default()
    })
    .await;
    let browser = Browser::logged_in(&city).await;
    let page = browser.get("new").await.body;
    assert!(page.contains("登録実行") && page.contains("申請者氏名"));
    assert!(!page.contains("登録する") && !page.contains("txtShimei"));
    assert!(page.find("申請者氏名") < page.find("請求番号"));
    assert!(browser.register("1").await.unwrap().cell("受付番号").is_some());
    city.stop().await;
}

#[tokio::test]
async fn unknown_knobs_are_refused_and_change_nothing() {
    let city = city(commit(CommitFault::ErrorBefore)).await;
    let browser = Browser::logged_in(&city).await;
    for (kind, body) in [
        (FORM, "comit=none"),
        (FORM, "commit=sometimes"),
        ("application/json", "{"),
    ] {
        let answer = browser.ask("POST", "faults", kind, body).await.unwrap();
        assert_eq!(answer.status, 422, "{body}");
    }
    assert_eq!(browser.register("1").await.unwrap().status, 500);
    city.stop().await;
}

#[tokio::test]
async fn a_reset_goes_back_to_the_faults_of_the_start() {
    let city = city(commit(CommitFault::ErrorAfter)).await;
    let mut browser = Browser::logged_in(&city).await;
    browser.register("1").await.unwrap();
    browser.post("faults", &[]).await;
    browser.post("reset", &[]).await;
    assert_eq!(browser.count().await, "0");
    assert!(browser.get("menu").await.body.contains("再度ログインしてください"));
    browser.login(PASSWORD).await;
    assert_eq!(browser.register("1").await.unwrap().status, 500);
    city.stop().await;
}

#[tokio::test]
async fn a_stale_page_shows_the_registration_before_and_enters_nothing() {
    let city = city(Faults {
        commit_only: "2".to_owned(),
        ..commit(CommitFault::StalePage)
    })
    .await;
    let browser = Browser::logged_in(&city).await;
    let first = browser.register("1").await.unwrap().body;
    let second = browser.register("2").await.unwrap().body;
    let receipt = |page: &str| page.split("R8-").nth(1).map(|rest| rest[..6].to_owned());
    assert!(
        receipt(&first).is_some() && receipt(&first) == receipt(&second),
        "{second}"
    );
    assert_eq!(browser.count().await, "1");
    city.stop().await;
}
