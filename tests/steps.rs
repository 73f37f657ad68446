//! Every browser step, as a scenario writes it, against real Chromium.

use std::path::Path;
use std::time::Duration;

use yakin::drivers::browser::Session;
use yakin::events::Cause;
use yakin::steps::{StepCx, StepError, StepOutput, find};
use yakin::text::{Code, Lang, Message, codes};
use yakin::value::{Class, Value};

use crate::support::chromium::{SHORT, WAIT, on_page};
use crate::support::picture::has_red;
use crate::support::site::Site;

/// A page of the site, and the steps' way to it.
struct Bench<'a> {
    session: &'a mut Session,
    base: String,
    hosts: Vec<String>,
    sensitive: Vec<String>,
    notes: Vec<Message>,
}

impl<'a> Bench<'a> {
    fn new(session: &'a mut Session, site: &Site) -> Self {
        let base = site.url("").trim_end_matches('/').to_owned();
        let hosts = vec![base.trim_start_matches("http://").to_owned()];
        Bench {
            session,
            base,
            hosts,
            sensitive: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Does a step that is written as in a scenario; its expressions are worked out already.
    async fn step(&mut self, yaml: &str) -> Result<StepOutput, StepError> {
        self.step_within(yaml, WAIT).await
    }

    async fn step_within(&mut self, yaml: &str, wait: Duration) -> Result<StepOutput, StepError> {
        let written: serde_yaml::Mapping = serde_yaml::from_str(yaml).unwrap();
        let (name, arguments) = written.into_iter().next().unwrap();
        let step = (find(name.as_str().unwrap()).unwrap().decode)(arguments)?;
        let mut cx = StepCx {
            browser: Some(&mut *self.session),
            base: Some(&self.base),
            hosts: &self.hosts,
            office: Path::new("/nowhere"),
            root: Path::new("/nowhere"),
            now: chrono::DateTime::UNIX_EPOCH.with_timezone(&chrono_tz::Tz::UTC),
            class: Class::Open,
            wait,
            sensitive: &self.sensitive,
            far: Default::default(),
            notes: Vec::new(),
            drafts: None,
            written: Vec::new(),
        };
        let result = step.run_boxed(&mut cx).await;
        self.notes.append(&mut cx.notes);
        result
    }

    /// Does steps that must succeed and returns the last one's text.
    async fn all(&mut self, steps: &[&str]) -> String {
        let mut last = StepOutput::default();
        for yaml in steps {
            last = self.step(yaml).await.unwrap_or_else(|error| panic!("{yaml}: {error}"));
        }
        last.value.value.to_text()
    }

    /// Does a step that must fail, and returns what a clerk reads.
    async fn refusal(&mut self, yaml: &str, code: Code, cause: Cause) -> (String, Option<String>) {
        let error = self.step_within(yaml, SHORT).await.expect_err(yaml);
        let failure = error.failure();
        assert!(failure.message.is(code), "{yaml}: {failure:?}");
        assert_eq!(failure.cause, cause, "{yaml}");
        (failure.message.what(Lang::Ja), failure.page_says)
    }
}

#[test]
fn a_form_is_filled_and_sent() {
    on_page("menu.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        bench
            .all(&[
                "browser.open: /form.html",
                "browser.fill: { fields: { 請求番号: 's-0012', 氏名: 髙橋　一郎, 生年月日: { $date: 1976-03-04 }, 性別: 女, 請求通数: 10通 } }",
                "browser.select: { from: 性別, option: 男 }",
                "browser.check: 運転免許証",
                "browser.check: { label: 旅券, on: はい }",
                "browser.check: { label: 旅券, on: いいえ }",
                "browser.type: { into: 備考, text: 至急 }",
                "browser.click: { button: 登録する }",
                "browser.see: { text: 登録しました, is: 登録しました }",
            ])
            .await;
        let sent = site.posts_with("s-0012").concat();
        for part in ["era=3", "y=51", "m=3", "d=4", "sex=1", "id1=on", "copies=10"] {
            assert!(sent.contains(part), "{part}: {sent}");
        }
        assert!(!sent.contains("id2=on"), "{sent}");
        let read = bench
            .step("browser.read: { field: 受付番号, type: code }")
            .await
            .unwrap();
        assert_eq!(
            (read.value.value, read.value.class),
            (Value::from("R8-000123"), Class::Open)
        );
        assert!(bench.notes.is_empty(), "{:?}", bench.notes);
    });
}

#[test]
fn fill_by_keys_reaches_a_field_that_listens_to_them() {
    on_page("form.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        bench
            .all(&["browser.fill: { fields: { 世帯主コード: A12 }, mode: keys }"])
            .await;
        assert_eq!(bench.all(&["browser.read: 世帯主コード"]).await, "A12");
    });
}

#[test]
fn pages_open_only_where_they_may() {
    on_page("menu.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        let elsewhere = "browser.open: http://localhost:1/";
        bench
            .refusal(elsewhere, codes::ADDRESS_FORBIDDEN, Cause::Permission)
            .await;
        bench
            .refusal(
                "browser.open: 'javascript:alert(1)'",
                codes::ADDRESS_FORBIDDEN,
                Cause::Permission,
            )
            .await;
        bench.hosts.push("127.0.0.1:9".to_owned());
        let closed = "browser.open: http://127.0.0.1:9/search?name=森";
        let (said, _) = bench.refusal(closed, codes::PAGE_UNREACHABLE, Cause::System).await;
        assert!(!said.contains('森'), "{said}");
    });
}

#[test]
fn a_missing_button_is_told_with_what_is_there_instead() {
    on_page("trouble.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        let (said, page) = bench
            .refusal("browser.click: 住所検策", codes::NOT_FOUND, Cause::Page)
            .await;
        assert!(
            said.contains("画面「困った画面」に「住所検策」が見つかりません"),
            "{said}"
        );
        assert!(said.contains("似たもの：「住所検索"), "{said}");
        assert!(!said.contains("この画面の見出し"), "headings are no buttons: {said}");
        let (said, _) = bench
            .refusal("browser.read: { field: 受付日時 }", codes::NOT_FOUND, Cause::Page)
            .await;
        assert!(
            said.contains("この画面の見出し：「") && said.contains("電話番号"),
            "{said}"
        );
        assert_eq!(page.as_deref(), Some("入力に誤りがあります"));
        bench
            .refusal("browser.click: 承認", codes::TARGET_DISABLED, Cause::Page)
            .await;
        let twice = "browser.fill: { fields: { 電話番号: '1' } }";
        let (said, _) = bench.refusal(twice, codes::AMBIGUOUS, Cause::Page).await;
        assert!(said.contains("2つ"), "{said}");
        let second = bench
            .all(&[
                "browser.type: { into: { label: 電話番号, nth: 2 }, text: '095' }",
                "browser.read: { label: 電話番号, nth: 2 }",
            ])
            .await;
        assert_eq!(second, "095");
    });
}

#[test]
fn a_field_that_does_not_take_its_value_is_named() {
    on_page("form.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        let long = "browser.fill: { fields: { 整理番号: '12345' } }";
        let (said, _) = bench.refusal(long, codes::VALUE_NOT_HELD, Cause::Page).await;
        assert!(
            said.contains("「整理番号」") && said.contains("5文字のうち4文字") && !said.contains("12345"),
            "{said}"
        );
        let option = "browser.fill: { fields: { 請求通数: 5通 } }";
        let (said, _) = bench.refusal(option, codes::NO_OPTION, Cause::Data).await;
        assert!(said.contains("「1通」「2通」「3通」「10通」"), "{said}");
        bench
            .refusal(
                "browser.fill: { fields: { 台帳区分: x } }",
                codes::TARGET_READ_ONLY,
                Cause::Page,
            )
            .await;
    });
}

#[test]
fn what_is_not_seen_is_no_failure_of_its_own() {
    on_page("signs.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        assert_eq!(
            bench.all(&["browser.see: { row: '001', field: 受付番号 }"]).await,
            "R8-1"
        );
        for absent in ["browser.see: 0件", "browser.see: { field: 処理状況, is: 未処理 }"] {
            match bench.step_within(absent, SHORT).await {
                Err(StepError::NotMet(message)) => assert!(message.is(codes::SIGN_NOT_SEEN), "{message:?}"),
                other => panic!("{absent}: {other:?}"),
            }
        }
    });
}

#[test]
fn tables_and_values_are_read() {
    on_page("signs.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        let table = bench.step("browser.read_table: 受付一覧").await.unwrap().value;
        assert_eq!(table.class, Class::Personal);
        let Value::List(rows) = table.value else {
            panic!("{table:?}")
        };
        let Value::Map(second) = &rows[1] else {
            panic!("{rows:?}")
        };
        assert_eq!(second["氏名"], Value::from("佐藤 花子"));
        let amount = bench
            .step("browser.read: { field: 処理番号, type: number }")
            .await
            .unwrap()
            .value;
        assert_eq!((amount.value, amount.class), (Value::Int(778), Class::Open));
        let cell = "browser.read: { row: 佐藤花子, field: 受付番号, type: code }";
        assert_eq!(bench.all(&[cell]).await, "R8-2");
        let wrong = "browser.read: { field: 処理状況, type: amount }";
        let (said, _) = bench.refusal(wrong, codes::CELL_REFUSED, Cause::Data).await;
        assert!(said.contains("「完了」を数や金額として読めません"), "{said}");
    });
}

#[test]
fn dialogs_are_answered_only_when_they_are_the_right_ones() {
    on_page("trouble.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        bench.all(&["browser.click: 確認して登録"]).await;
        let other = "browser.dialog: { answer: accept, text: 削除しますか }";
        let (_, page) = bench.refusal(other, codes::DIALOG_OPEN, Cause::Page).await;
        assert_eq!(page.as_deref(), Some("登録しますか？"));
        bench
            .refusal("browser.click: 数える", codes::DIALOG_OPEN, Cause::Page)
            .await;
        bench
            .all(&[
                "browser.dialog: dismiss",
                "browser.see: やめた",
                "browser.click: 確認して登録",
            ])
            .await;
        let said = bench
            .all(&["browser.dialog: { answer: accept, text: 登録しますか? }"])
            .await;
        assert_eq!(said, "登録しますか？");
        bench.all(&["browser.see: 登録した"]).await;
        bench
            .refusal("browser.dialog: accept", codes::NO_DIALOG, Cause::Page)
            .await;
    });
}

#[test]
fn frames_windows_and_history() {
    on_page("frames.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        bench
            .all(&[
                "browser.frame: menu",
                "browser.fill: { fields: { 利用者: 山田 } }",
                "browser.frame: { leave: はい }",
                "browser.fill: { fields: { 住所: 桜町 }, frame: content }",
                "browser.open: /trouble.html",
                "browser.click: 住所検索",
                "browser.window: new",
                "browser.click: 西山",
                "browser.window: first",
                "browser.see: 選択 西山",
                "browser.click: 移動する",
                "browser.see: 検索結果",
                "browser.back:",
                "browser.see: { url: trouble.html }",
                "browser.reload:",
                "browser.click: 遅れて現れる",
                "browser.see: 遅れて押された",
            ])
            .await;
        bench
            .refusal("browser.window: { title: 住所検索の窓 }", codes::NO_WINDOW, Cause::Page)
            .await;
        bench
            .refusal("browser.frame: nowhere", codes::NOT_FOUND, Cause::Page)
            .await;
    });
}

#[test]
fn keys_are_pressed_by_their_names() {
    on_page("trouble.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        bench
            .all(&[
                "browser.press: { key: F2, in: 検索 }",
                "browser.press: Escape",
                "browser.see: '[F2][Escape]'",
            ])
            .await;
        bench
            .refusal("browser.press: F13", codes::UNKNOWN_KEY_NAME, Cause::Data)
            .await;
    });
}

#[test]
fn a_spare_locator_is_noted() {
    on_page("trouble.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        bench
            .all(&[
                "browser.click: [件数を数える, { css: 'button:nth-of-type(4)' }]",
                "browser.see: 回数 1",
            ])
            .await;
        let [note] = bench.notes.as_slice() else {
            panic!("{:?}", bench.notes)
        };
        assert!(note.is(codes::FOUND_BY_SPARE), "{note:?}");
    });
}

#[test]
fn a_picture_covers_what_must_not_be_seen() {
    on_page("masks.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        let shown = bench.step("browser.screenshot:").await.unwrap().picture.unwrap();
        assert!(has_red(&shown), "the page has red words before they are named");
        bench.sensitive = ["ひみつ", "指定"].map(str::to_owned).to_vec();
        let covered = bench.step("browser.screenshot:").await.unwrap().picture.unwrap();
        assert!(!has_red(&covered));
    });
}

#[test]
fn a_picture_covers_what_the_steps_put_in_whatever_form_it_took() {
    on_page("menu.html", async |session, site| {
        let mut bench = Bench::new(session, site);
        let sensitive = ["1989-01-07", "乙", "はい", "その二", "長い話", "覚書"];
        for texts in [&[] as &[&str], &sensitive] {
            bench.sensitive = texts.iter().map(|text| (*text).to_owned()).collect();
            bench
                .all(&[
                    "browser.open: /private.html",
                    "browser.fill: { fields: { 基準日: { $date: 1989-01-07 }, 摘要: 長い話 } }",
                    "browser.select: { from: 区分, option: 乙 }",
                    "browser.select: { from: 事由, option: その二 }",
                    "browser.check: { field: 該当, on: はい }",
                    "browser.type: { into: 覚え, text: 覚書 }",
                ])
                .await;
            let picture = bench.step("browser.screenshot:").await.unwrap().picture.unwrap();
            assert_eq!(has_red(&picture), texts.is_empty());
        }
    });
}
