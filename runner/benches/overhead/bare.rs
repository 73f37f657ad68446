//! The floor: a program that does the same work with thirtyfour alone. It sends the commands that yakin sends, to the letter,
//! and keeps no plan, no ledger, no events and no evidence.

use std::cell::Cell;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use chrono::{Datelike, NaiveDate};
use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop, ProcessGroup};
use serde_json::{Value, json};
use thirtyfour::prelude::WebDriverError;
use thirtyfour::{Capabilities, TimeoutConfiguration, WebDriver, WebElement};
use tokio::io::{AsyncBufReadExt, BufReader};
use yakin::drivers::browser::{By, Cmp, DateValue, FieldValue, Sign, Target};
use yakin::practice::{PASSWORD, USER_ID};
use yakin::rules::era::EraDate;
use yakin::rules::width::kana_to_full;

use crate::Outcome;
use crate::work::{Registration, registrations};

/// The page library as yakin sends it.
const LIBRARY: &str = concat!(
    include_str!("../../src/drivers/browser/page/text.js"),
    include_str!("../../src/drivers/browser/page/view.js"),
    include_str!("../../src/drivers/browser/page/find.js"),
    include_str!("../../src/drivers/browser/page/read.js"),
    include_str!("../../src/drivers/browser/page/ready.js"),
    include_str!("../../src/drivers/browser/page/guard.js"),
    include_str!("../../src/drivers/browser/page/fill.js"),
    include_str!("../../src/drivers/browser/page/personal.js"),
    include_str!("../../src/drivers/browser/page/mask.js"),
    include_str!("../../src/drivers/browser/page/main.js"),
    "window[Symbol.for('yakin.page')](...arguments);",
);
const CALL: &str = "const run = window[Symbol.for('yakin.page')]; \
    if (run) run(...arguments); else arguments[1]({ state: 'absent' });";
/// How often a page that is just being replaced is asked again.
const TRIES: u32 = 250;
const PAUSE: Duration = Duration::from_millis(20);

/// Registers `count` requests and prints the microseconds of each but the first and the last, as [`crate::history`] counts them.
pub(crate) async fn work(base: &str, folder: &Path, count: usize) -> Outcome<()> {
    let (mut driver, url) = start_driver().await?;
    let browser = open_browser(&url, folder).await?;
    let page = Page {
        browser,
        base: format!("{base}/uketsuke"),
        origin: base.trim_start_matches("http://").to_owned(),
        new_document: Cell::new(false),
    };
    page.log_in().await?;
    let mut times = Vec::new();
    for registration in &registrations(count) {
        let began = Instant::now();
        page.register(registration).await?;
        times.push(began.elapsed());
    }
    for time in times.iter().take(count.saturating_sub(1)).skip(1) {
        println!("{}", time.as_micros());
    }
    page.browser.quit().await?;
    driver.start_kill()?;
    driver.wait().await?;
    Ok(())
}

async fn start_driver() -> Outcome<(Box<dyn ChildWrapper>, String)> {
    let mut command = CommandWrap::with_new("chromedriver", |command| {
        command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
    });
    let mut driver = command.wrap(ProcessGroup::leader()).wrap(KillOnDrop).spawn()?;
    let mut lines = BufReader::new(driver.stdout().take().ok_or("the driver has no output")?).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some(port) = crate::port_in(&line) {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((driver, format!("http://127.0.0.1:{port}")));
        }
    }
    Err("the driver named no port".into())
}

/// The capabilities and the first commands of a session of yakin's.
async fn open_browser(url: &str, folder: &Path) -> Outcome<WebDriver> {
    let mut args: Vec<String> = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-features=Translate,OptimizationHints,MediaRouter",
        "--lang=ja",
        "--window-size=1280,1000",
        "--headless",
    ]
    .map(str::to_owned)
    .into();
    args.push(format!("--user-data-dir={}", folder.join("profile").display()));
    if rustix::process::geteuid().is_root() {
        args.push("--no-sandbox".to_owned());
    }
    let options = json!({
        "args": args,
        "prefs": {
            "intl.accept_languages": "ja,en-US,en",
            "credentials_enable_service": false,
            "profile.password_manager_enabled": false,
            "translate.enabled": false,
            "download.prompt_for_download": false,
            "download.default_directory": folder.join("downloads"),
        },
        "binary": crate::program("chromium")?,
    });
    let mut all = serde_json::Map::new();
    all.insert("browserName".to_owned(), json!("chrome"));
    all.insert("unhandledPromptBehavior".to_owned(), json!("ignore"));
    all.insert("pageLoadStrategy".to_owned(), json!("normal"));
    all.insert("goog:chromeOptions".to_owned(), options);
    let browser = WebDriver::builder(url, Capabilities::from(all))
        .request_timeout(Duration::from_secs(120))
        .await?;
    let timeouts = TimeoutConfiguration::new(
        Some(Duration::from_secs(90)),
        Some(Duration::from_secs(60)),
        Some(Duration::ZERO),
    );
    browser.update_timeouts(timeouts).await?;
    browser.window().await?;
    Ok(browser)
}

struct Page {
    browser: WebDriver,
    base: String,
    /// The only origin whose pages may be read and written.
    origin: String,
    /// Whether the document is taken for a new one, which has no library yet.
    new_document: Cell<bool>,
}

impl Page {
    async fn log_in(&self) -> Outcome<()> {
        self.open("/login").await?;
        self.browser.current_url().await?;
        self.fill(vec![
            ("利用者ID", text(USER_ID.to_owned())),
            ("パスワード", text(PASSWORD.to_owned())),
        ])
        .await?;
        self.click(By::Any("ログイン".to_owned())).await?;
        let menu = Sign::Text {
            text: "メインメニュー".to_owned(),
            cmp: Cmp::Exists,
        };
        self.see(&[menu], 10_000).await?;
        Ok(())
    }

    /// One item of the scenario, step by step.
    async fn register(&self, Registration { number, person }: &Registration) -> Outcome<()> {
        self.open("/menu").await?;
        self.click(By::Link("新規登録".to_owned())).await?;
        self.fill(vec![
            ("請求番号", text(number.clone())),
            ("氏名", text(person.name.clone())),
            ("生年月日", FieldValue::Date(date(person.birth)?)),
            ("郵便番号", text(person.postal.clone())),
        ])
        .await?;
        self.fill(vec![("フリガナ", text(kana_to_full(&person.kana)))]).await?;
        let field = |field: &str, cmp| Sign::Field {
            field: field.to_owned(),
            cmp,
        };
        self.see(&[field("住所", Cmp::Contains("長崎市".to_owned()))], 10_000)
            .await?;
        let signs = [field("受付番号", Cmp::Exists), field("エラー内容", Cmp::Exists)];
        let stands = json!({ "op": "see", "signs": &signs, "wanted": "", "ms": 0, "frame": null });
        if self.ask(&stands).await?["state"] == "one" {
            return Err("a sign stands there already".into());
        }
        self.find(By::Any("登録する".to_owned())).await?;
        self.click(By::Any("登録する".to_owned())).await?;
        let seen = self.see(&signs, 30_000).await?;
        match seen["index"].as_u64() {
            Some(0) => Ok(()),
            _ => Err(format!("{number}: {seen}").into()),
        }
    }

    async fn open(&self, path: &str) -> Outcome<()> {
        self.browser.goto(format!("{}{path}", self.base)).await?;
        self.browser.execute("return location.protocol;", Vec::new()).await?;
        self.new_document.set(true);
        Ok(())
    }

    async fn fill(&self, fields: Vec<(&str, FieldValue)>) -> Outcome<()> {
        let fields: Vec<Value> = fields
            .into_iter()
            .map(|(heading, value)| {
                // The one column that the scenario calls a code; all others are personal.
                json!({ "target": Target::from(heading), "value": value, "private": heading != "請求番号" })
            })
            .collect();
        let request =
            json!({ "op": "fill", "fields": fields, "keys": false, "frame": null, "ms": 10_000, "spares": true });
        let reply = self.ask(&request).await?;
        let held = |field: &Value| matches!(field["state"].as_str(), Some("exact" | "reformatted"));
        match reply["fields"].as_array() {
            Some(fields) if fields.iter().all(held) => Ok(()),
            _ => Err(reply.to_string().into()),
        }
    }

    async fn find(&self, by: By) -> Outcome<Value> {
        let request = json!({
            "op": "find", "target": Target::from(by), "purpose": "click", "private": false,
            "ms": 5_000, "spares": true, "frame": null,
        });
        self.asked_for(&request).await
    }

    async fn click(&self, by: By) -> Outcome<()> {
        let found = self.find(by).await?;
        WebElement::from_json(found["element"].clone(), self.browser.handle().clone())?
            .click()
            .await?;
        // The page may be gone already: then the click arrived.
        let new_document = match self.call(CALL, &json!({ "op": "clicked" })).await {
            Ok(reply) => reply["state"] == "absent",
            Err(_) => true,
        };
        self.new_document.set(new_document);
        Ok(())
    }

    async fn see(&self, signs: &[Sign], ms: u64) -> Outcome<Value> {
        let wanted = signs.first().map(Sign::wanted);
        let request = json!({ "op": "see", "signs": signs, "wanted": wanted, "ms": ms.min(5_000), "spares": true, "frame": null });
        self.asked_for(&request).await
    }

    async fn asked_for(&self, request: &Value) -> Outcome<Value> {
        let reply = self.ask(request).await?;
        if reply["state"] == "one" {
            Ok(reply)
        } else {
            Err(reply.to_string().into())
        }
    }

    async fn ask(&self, request: &Value) -> Outcome<Value> {
        let mut tries = 0;
        let mut request = request.clone();
        request["origins"] = json!([self.origin]);
        loop {
            match self.in_document(&request).await {
                Ok(reply) => return Ok(reply),
                Err(_) if tries < TRIES => tokio::time::sleep(PAUSE).await,
                Err(error) => return Err(error.into()),
            }
            tries += 1;
        }
    }

    async fn in_document(&self, request: &Value) -> Result<Value, WebDriverError> {
        if !self.new_document.take() {
            let reply = self.call(CALL, request).await?;
            if reply["state"] != "absent" {
                return Ok(reply);
            }
        }
        self.call(LIBRARY, request).await
    }

    async fn call(&self, script: &'static str, request: &Value) -> Result<Value, WebDriverError> {
        let reply = self.browser.execute_async(script, vec![request.clone()]).await?;
        Ok(reply.json().clone())
    }
}

fn text(text: String) -> FieldValue {
    FieldValue::Text(text)
}

fn date(date: NaiveDate) -> Outcome<DateValue> {
    let parts = EraDate::from_date(date)?;
    Ok(DateValue {
        iso: date.format("%Y-%m-%d").to_string(),
        era_name: parts.era.name().to_owned(),
        era_letter: parts.era.letter().to_string(),
        era_year: parts.year,
        year: date.year(),
        month: date.month(),
        day: date.day(),
    })
}
