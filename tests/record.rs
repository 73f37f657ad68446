//! `yakin look` and `yakin record` as a clerk uses them: somebody works in the recording browser by genuine keys and clicks,
//! and what was written works the rest of the table.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use thirtyfour::prelude::{ElementQueryable, WebDriver};
use thirtyfour::{By, Capabilities, Key};
use yakin::practice::{PASSWORD, USER_ID};

use crate::support::chromium::block_on;
use crate::support::office::{Office, REQUESTS, command, rows};

/// A driver of the test's own, which ends with it.
struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    fn start() -> Driver {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines
            .map(|line| line.unwrap())
            .find_map(|line| {
                line.split_once("successfully on port ")
                    .map(|(_, port)| port.to_owned())
            })
            .unwrap();
        let url = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        Driver { child, url }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It is gone either way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A recording under way, and the person at its browser.
struct Recording {
    child: Child,
    out: BufReader<ChildStdout>,
    browser: WebDriver,
    _driver: Driver,
}

impl Recording {
    fn start(office: &Office, words: &[&str]) -> Recording {
        let words = [&["record"], words, &["--headless"]].concat();
        let mut child = command(&words, Some(&office.root()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        if !line.contains("記録を始めました") {
            child.stderr.take().unwrap().read_to_string(&mut line).unwrap();
            panic!("{line}");
        }
        let driver = Driver::start();
        let mut all = serde_json::Map::new();
        all.insert("browserName".to_owned(), "chrome".into());
        let address = debugger(&office.root().join(".yakin/browser"));
        all.insert(
            "goog:chromeOptions".to_owned(),
            serde_json::json!({ "debuggerAddress": address }),
        );
        let browser = block_on(WebDriver::new(driver.url.as_str(), Capabilities::from(all))).unwrap();
        Recording {
            child,
            out,
            browser,
            _driver: driver,
        }
    }

    async fn click(&self, xpath: &str) {
        self.browser
            .query(By::XPath(xpath))
            .first()
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
    }

    async fn keys(&self, name: &str, keys: &str) {
        let path = format!("//*[@name='{name}']");
        let field = self.browser.query(By::XPath(path)).first().await.unwrap();
        field.send_keys(keys).await.unwrap();
    }

    /// Chooses an entry of a list by the arrow keys.
    async fn choose(&self, name: &str, entry: &str) {
        let find = "return [...document.getElementsByName(arguments[0])[0].options].findIndex((o) => o.text === arguments[1]);";
        let words = vec![name.into(), entry.into()];
        let place = self.browser.execute(find, words).await.unwrap();
        let downs = usize::try_from(place.json().as_u64().unwrap()).unwrap();
        let keys: String = [Key::Home.value()]
            .into_iter()
            .chain(std::iter::repeat_n(Key::Down.value(), downs))
            .collect();
        self.keys(name, &keys).await;
    }

    /// Enters one row as a clerk does, who changes kana and dates as the form asks.
    async fn register(&self, row: [&str; 8]) {
        let [number, name, kana, era, year, month, day, postal] = row;
        for (field, keys) in [("SEIKYU_NO", number), ("SHIMEI", name), ("FURIGANA", kana)] {
            self.keys(field, keys).await;
        }
        for (list, entry) in [("GENGO", era), ("NEN", year), ("TSUKI", month), ("HI", day)] {
            self.choose(list, entry).await;
        }
        self.keys("YUBIN", postal).await;
        self.keys("YUBIN", "\t").await;
        let filled = "return document.getElementsByName('JUSHO')[0].value !== '';";
        while !self
            .browser
            .execute(filled, Vec::new())
            .await
            .unwrap()
            .json()
            .as_bool()
            .unwrap()
        {
            tokio::task::yield_now().await;
        }
        self.click("//input[@value='登録する']").await;
        self.browser
            .query(By::XPath("//h2[.='登録完了']"))
            .first()
            .await
            .unwrap();
    }

    /// Presses Enter in the terminal, and returns the exit code and what was said.
    fn finish(mut self) -> (i32, String) {
        self.child.stdin.take().unwrap().write_all(b"\n").unwrap();
        let mut said = String::new();
        self.out.read_to_string(&mut said).unwrap();
        let mut errors = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        (code, [said, errors].concat())
    }
}

/// Where the recording browser can be reached.
fn debugger(profiles: &Path) -> String {
    let mut folders = std::fs::read_dir(profiles).unwrap();
    let port = folders.find_map(|folder| {
        let file = folder.unwrap().path().join("profile/DevToolsActivePort");
        std::fs::read_to_string(file).ok()
    });
    format!("127.0.0.1:{}", port.unwrap().lines().next().unwrap())
}

fn scenario(office: &Office, name: &str) -> String {
    std::fs::read_to_string(office.root().join(format!("scenarios/{name}.yaml"))).unwrap()
}

#[test]
fn two_rows_entered_by_hand_become_a_bot_that_works_the_rest() {
    let office = Office::new();
    let rows = rows(5);
    office.deliver(&rows);
    let recording = Recording::start(&office, &["受付", "--items", REQUESTS, "--out", "tennyuu"]);
    block_on(async {
        recording.click("//a[.='新規登録']").await;
        recording
            .register([
                "0081123-0001",
                "髙橋　花子",
                "タカハシ　ハナコ",
                "昭和",
                "51",
                "3",
                "4",
                "850-0032",
            ])
            .await;
        recording.click("//a[.='続けて登録する']").await;
        recording
            .register([
                "0081123-0002",
                "山﨑　太郎",
                "ヤマサキ　タロウ",
                "昭和",
                "33",
                "11",
                "23",
                "850-0033",
            ])
            .await;
    });
    let (code, said) = recording.finish();
    assert_eq!(code, 0, "{said}");
    assert_eq!(office.registered(), ["0001", "0002"], "{said}");

    let written = scenario(&office, "tennyuu");
    for (line, why) in [
        ("  - browser.fill: [請求番号, 氏名]", "columns of the fields' own names"),
        (
            "      フリガナ: ${{ item.カナ | 全角 }}",
            "the filter that makes the typed text",
        ),
        ("  - browser.fill: [生年月日, 郵便番号]", "four lists are one date"),
        ("  - browser.see: { field: 住所 }", "what the page fills is waited for"),
        ("    proof: { field: 受付番号, as: receipt }", "the number that came"),
        ("  key: 請求番号", "the number that no two rows share"),
    ] {
        assert!(
            written.lines().any(|known| known.starts_with(line)),
            "{why}: {line}\n{written}"
        );
    }
    for told in ["髙橋", "ハナコ", "850-0032", "0081123-0001", "山﨑"] {
        assert!(!written.contains(told), "{told} is a resident's:\n{written}");
    }
    assert!(
        said.contains("0081123-0001, 0081123-0002"),
        "rows that are done: {said}"
    );
    let checked = office.yakin(&["check", "tennyuu"]);
    assert_eq!(checked.code, 0, "{checked:?}");

    office.deliver(&rows[2..]);
    let ran = office.yakin(&["run", "tennyuu", "--date", "2026-11-23"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut registered = office.registered();
    registered.sort();
    assert_eq!(registered, ["0001", "0002", "0003", "0004", "0005"], "each once");
}

#[test]
fn a_login_by_hand_is_left_out_and_its_password_stands_nowhere() {
    let office = Office::new();
    let url = format!("{}/uketsuke/login", office.city.base_url());
    let recording = Recording::start(&office, &[&url, "--out", "kensaku"]);
    block_on(async {
        recording.keys("USER_ID", USER_ID).await;
        recording.keys("PASSWORD", PASSWORD).await;
        recording.click("//input[@value='ログイン']").await;
        recording.click("//a[.='検索']").await;
        recording.keys("no", "0081123-0001").await;
        recording.click("//input[@value='検索する']").await;
        recording
            .browser
            .query(By::XPath("//p[contains(.,'該当する')]"))
            .first()
            .await
            .unwrap();
    });
    let (code, said) = recording.finish();
    assert_eq!(code, 0, "{said}");
    let written = scenario(&office, "kensaku");
    assert!(written.contains("system: 受付\n"), "{written}");
    let steps: Vec<&str> = written.lines().skip_while(|line| *line != "steps:").collect();
    assert_eq!(
        steps,
        [
            "steps:",
            "  - browser.click: { link: 検索 }",
            "  - browser.fill:",
            "      請求番号: 0081123-0001",
            "  - browser.click: 検索する",
        ]
    );
    assert!(!said.contains(PASSWORD) && !written.contains(PASSWORD), "{said}");
    assert!(said.contains("--items"), "typed values are told of: {said}");
    let ran = office.yakin(&["run", "kensaku"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn looking_says_what_a_page_offers_and_where_one_may_not_look() {
    let office = Office::new();
    let looked = office.yakin(&["look", "受付", "/new"]);
    assert_eq!(looked.code, 0, "{looked:?}");
    for line in [
        "- browser.open: /new",
        "    請求番号:",
        "- browser.click: 登録する",
        "- browser.read: { field: 住所 }",
    ] {
        assert!(
            looked.out.lines().any(|known| known.starts_with(line)),
            "{line}: {}",
            looked.out
        );
    }
    assert!(looked.out.contains("必須"), "{}", looked.out);
    let lines = office.yakin(&["look", "受付", "new", "--json"]);
    let first: serde_json::Value = serde_json::from_str(lines.out.lines().next().unwrap()).unwrap();
    assert_eq!(
        (first["group"].as_str(), first["score"].as_u64()),
        (Some("fields"), Some(90))
    );

    for (words, code) in [
        (&["look", "税"][..], "YK7150"),
        (&["look", "https://uketsuke.city.example/"], "YK7151"),
        (&["look", "https://uketsuke.city.example/", "--real"], "YK7152"),
        (&["look", "受付", "--real"], "YK7152"),
        (&["record", "受付", "--out", "juminhyo-yubin"], "YK7156"),
        (&["look", "受付", "/search", "--fill", "請求番号"], "YK7171"),
        (&["look", "http://127.0.0.1:1/", "--press", "検索する"], "YK7172"),
    ] {
        let refused = office.yakin(words);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert!(refused.err.contains(code), "{words:?}: {}", refused.err);
    }
}

#[test]
fn a_page_is_seen_as_it_is_after_fields_were_filled_and_buttons_pressed() {
    let office = Office::new();
    office.deliver(&rows(1));
    assert_eq!(office.night().code, 0);
    let search = |number: &str| {
        let fill = format!("請求番号＝{number}");
        office.yakin(&["look", "受付", "検索", "--fill", &fill, "--press", "検索する", "--all"])
    };
    let found = search("0081123-0001");
    assert!(
        found.code == 0 && found.out.contains("表: 受付番号 請求番号 氏名 受付日時"),
        "{found:?}"
    );
    let none = search("9999");
    assert!(
        none.out.contains("- browser.see: 該当するデータはありません"),
        "{none:?}"
    );

    // What a registration answers is shown too, but nobody's system is touched for it: only the practice city's.
    let refused = office.yakin(&["look", "受付", "/new", "--press", "登録する"]);
    assert!(refused.out.contains("{ field: エラー内容 }"), "{refused:?}");
    assert_eq!(office.register().len(), 1);
    let city = format!("{}/uketsuke", office.city.base_url());
    office.edit("scenarios/systems/受付.yaml", "practice/uketsuke", &city);
    let elsewhere = office.yakin(&["look", "受付", "/new", "--press", "登録する"]);
    assert!(elsewhere.code == 2 && elsewhere.err.contains("YK7173"), "{elsewhere:?}");
}
