//! The practice city over a real socket: its pages, its register, and every fault knob.

#![expect(clippy::unwrap_used, reason = "a helper that fails should fail its test")]

use std::path::Path;
use std::time::Duration;

use chrono::NaiveDate;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use yakin::practice::{City, CommitFault, Entry, Faults, Options, PASSWORD, RunningCity, USER_ID, samples};

/// What came back; the body of a page in another encoding is read as far as it is ASCII.
struct Answer {
    status: u16,
    head: String,
    raw: Vec<u8>,
    body: String,
}

impl Answer {
    /// A whole answer, or nothing.
    fn parse(bytes: &[u8]) -> Option<Answer> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let (head, raw) = (
            String::from_utf8_lossy(&bytes[..end]).into_owned(),
            bytes[end + 4..].to_vec(),
        );
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let answer = Answer {
            status,
            head,
            body: String::from_utf8_lossy(&raw).into_owned(),
            raw,
        };
        let length: usize = answer.header("content-length")?.parse().ok()?;
        (answer.raw.len() == length).then_some(answer)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The cell after a heading, as a reader of the page sees it.
    fn cell(&self, heading: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("<th>{heading}</th><td>"))?;
        rest.split_once("</td>").map(|(cell, _)| cell)
    }
}

/// The least of a browser: one cookie, one request per connection.
struct Browser {
    host: String,
    cookie: String,
}

impl Browser {
    fn new(city: &RunningCity) -> Browser {
        Browser {
            host: city.base_url().replace("http://", ""),
            cookie: String::new(),
        }
    }

    async fn logged_in(city: &RunningCity) -> Browser {
        let mut browser = Browser::new(city);
        assert_eq!(browser.login(PASSWORD).await.header("location"), Some("menu"));
        browser
    }

    async fn login(&mut self, password: &str) -> Answer {
        let answer = self
            .post("login", &[("USER_ID", USER_ID), ("PASSWORD", password)])
            .await;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        self.cookie = cookie.unwrap_or_default().to_owned();
        answer
    }

    async fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).await.unwrap();
        let (host, cookie, length) = (&self.host, &self.cookie, body.len());
        let request = format!(
            "{method} /uketsuke/{path} HTTP/1.1\r\nHost: {host}\r\nCookie: other=1; {cookie}\r\nConnection: close\r\n\
             Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// The answer, or nothing when the connection ended before all of it came.
    async fn ask(&self, method: &str, path: &str, kind: &str, body: &str) -> Option<Answer> {
        let mut bytes = Vec::new();
        self.send(method, path, kind, body)
            .await
            .read_to_end(&mut bytes)
            .await
            .ok()?;
        Answer::parse(&bytes)
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "text/plain", "").await.unwrap()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.try_post(path, fields).await.unwrap()
    }

    async fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        self.ask("POST", path, FORM, &encoded(fields)).await
    }

    async fn register(&self, request_no: &str) -> Option<Answer> {
        self.try_post("new", &hanako(request_no)).await
    }

    async fn count(&self) -> String {
        self.get("register/count").await.body
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

fn encoded(fields: &[(&str, &str)]) -> String {
    let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A sound form for a resident.
fn hanako(request_no: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("SEIKYU_NO", request_no),
        ("SHIMEI", "髙橋　花子"),
        ("FURIGANA", "タカハシ　ハナコ"),
        ("GENGO", "昭和"),
        ("NEN", "51"),
        ("TSUKI", "3"),
        ("HI", "4"),
        ("YUBIN", "850-0032"),
        ("JUSHO", "長崎県長崎市興善町"),
        ("TSUSU", "1"),
        ("TESURYO", "300"),
        ("HONNIN", "旅券"),
        ("HONNIN", "運転免許証"),
    ]
}

async fn city(faults: Faults) -> RunningCity {
    City::start(Options {
        faults,
        ..Options::default()
    })
    .await
    .unwrap()
}

async fn city_with_file(state: &Path, faults: Faults) -> RunningCity {
    City::start(Options {
        state: Some(state.to_owned()),
        faults,
        ..Options::default()
    })
    .await
    .unwrap()
}

fn commit(commit: CommitFault) -> Faults {
    Faults {
        commit,
        ..Faults::default()
    }
}

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
