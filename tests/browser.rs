//! The browser driver against real Chromium and small pages as old municipal systems have them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::time::Duration;

use yakin::drivers::browser::{
    BrowserError, BrowserSpec, By, Cmp, DateValue, DialogAnswer, DriverAt, FieldFill, FieldValue, FillMode,
    FillRequest, Filled, Locator, MaskSpec, NotReady, Privacy, Session, Sign, Target, WindowChoice, sweep_orphans,
};

use crate::support::chromium::{SHORT, WAIT, block_on, on_page, spec};
use crate::support::picture::{green_points, has_red};

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.to_owned())
}

fn birthday() -> FieldValue {
    FieldValue::Date(DateValue {
        iso: "1976-03-04".to_owned(),
        era_name: "昭和".to_owned(),
        era_letter: "S".to_owned(),
        era_year: 51,
        year: 1976,
        month: 3,
        day: 4,
    })
}

fn open(target: impl Into<Target>, value: FieldValue) -> FieldFill {
    FieldFill {
        target: target.into(),
        value,
        privacy: Privacy::Open,
    }
}

async fn fill(session: &mut Session, fields: Vec<(&str, FieldValue)>) -> Result<Vec<Filled>, BrowserError> {
    let fields = fields
        .into_iter()
        .map(|(heading, value)| open(heading, value))
        .collect();
    session
        .fill(
            &FillRequest {
                fields,
                mode: FillMode::Auto,
            },
            WAIT,
        )
        .await
}

async fn read(session: &mut Session, heading: &str) -> String {
    session
        .read(&By::Field(heading.to_owned()).into(), SHORT)
        .await
        .unwrap()
}

fn shows(words: &str) -> Sign {
    Sign::Text {
        text: words.to_owned(),
        cmp: Cmp::Exists,
    }
}

fn field(heading: &str, cmp: Cmp) -> Sign {
    Sign::Field {
        field: heading.to_owned(),
        cmp,
    }
}

fn css(selector: &str) -> Locator {
    By::Css(selector.to_owned()).into()
}

#[test]
fn pages_that_were_not_granted_are_neither_read_nor_written() {
    on_page("form.html", async |session, site| {
        let name = By::Field("氏名".to_owned()).into();
        let granted = site.url("").replace("http://", "").replace('/', "");
        session.keep_to(Some(&[granted.to_uppercase()]));
        fill(session, vec![("請求番号", text("1"))]).await.unwrap();

        // The same page under another name is another place.
        let other = granted.replace("127.0.0.1", "localhost");
        session
            .open(&site.url("form.html").replace(&granted, &other))
            .await
            .unwrap();
        for error in [
            fill(session, vec![("氏名", text("髙橋"))]).await.unwrap_err(),
            session.read(&name, SHORT).await.unwrap_err(),
            session.see_any(&[shows("氏名")], SHORT).await.unwrap_err(),
            session.click(&"登録する".into(), SHORT).await.unwrap_err(),
        ] {
            assert!(
                matches!(&error, BrowserError::Strange { origin } if *origin == other),
                "{error:?}"
            );
        }
        // A picture of it is evidence.
        assert!(session.screenshot(&MaskSpec::default()).await.is_ok());
        session.keep_to(Some(&[other]));
        assert_eq!(session.read(&name, SHORT).await.unwrap(), "");
    });
}

#[test]
fn a_municipal_form_is_filled_by_what_a_person_sees() {
    on_page("form.html", async |session, site| {
        let filled = fill(
            session,
            vec![
                ("請求番号", text("0012026-0001")),
                ("氏名", text("髙橋　一郎")),
                ("フリガナ", text("タカハシ　イチロウ")),
                ("生年月日", birthday()),
                ("性別", FieldValue::Choice("女".to_owned())),
                ("郵便番号", text("850-0001")),
                ("電話番号", text("095-822-8888")),
                ("旅券", FieldValue::Bool(true)),
                ("請求通数", text("1")),
                ("受付日", birthday()),
                ("転入日", birthday()),
                ("備考", text("一行目\n二行目")),
                ("メールアドレス", text("a@example.jp")),
                ("FAX番号", text("1")),
            ],
        )
        .await
        .unwrap();
        assert!(filled.iter().all(|one| !one.typed && one.matched.exact), "{filled:?}");
        let how = |i: usize| filled[i].matched.how.as_str();
        assert_eq!(
            [how(1), how(7), how(11), how(12), how(13)],
            ["heading", "label", "before", "label", "placeholder"]
        );

        // The look-up runs on `change`, so the fill must have let go of the field.
        session
            .see(&field("住所", Cmp::Contains("長崎市".to_owned())), WAIT)
            .await
            .unwrap();
        assert_eq!(read(session, "氏名").await, "髙橋　一郎");
        assert_eq!(read(session, "生年月日").await, "昭和 51 年 3 月 4 日");
        assert_eq!(read(session, "性別").await, "女");
        assert_eq!(read(session, "本人確認").await, "旅券");
        assert_eq!(read(session, "請求通数").await, "1通");
        assert_eq!(read(session, "受付日").await, "1976-03-04");
        assert_eq!(read(session, "転入日").await, "S51.03.04");

        session.click(&"登録する".into(), WAIT).await.unwrap();
        let seen = session
            .see_any(
                &[field("エラー内容", Cmp::Exists), field("受付番号", Cmp::Exists)],
                WAIT,
            )
            .await
            .unwrap();
        assert_eq!(
            (seen.index, seen.value.as_str(), seen.hits),
            (1, "R8-000123", 1),
            "a blank error cell is no sign"
        );
        let sent = site.posts_with("no=0012026-0001");
        assert_eq!(sent.len(), 1);
        for part in [
            "era=3",
            "y=51",
            "m=3",
            "d=4",
            "sex=2",
            "tel1=095",
            "tel2=822",
            "tel3=8888",
            "id2=on",
            "received=1976-03-04",
        ] {
            assert!(sent[0].contains(part), "{part} in {}", sent[0]);
        }
        assert!(!sent[0].contains("id1="));
    });
}

#[test]
fn what_the_page_does_not_hold_is_typed_by_keys() {
    on_page("form.html", async |session, _| {
        let filled = fill(session, vec![("世帯主コード", text("AB12")), ("請求番号", text("7"))])
            .await
            .unwrap();
        assert_eq!(filled.iter().map(|one| one.typed).collect::<Vec<_>>(), [true, false]);
        assert_eq!(read(session, "世帯主コード").await, "AB12");

        let error = fill(session, vec![("整理番号", text("123456"))]).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::NotHeld { field, wanted_len: 6, held_len: 4 } if field == "整理番号"),
            "{error:?}"
        );
    });
}

#[test]
fn key_mode_types_everything() {
    on_page("form.html", async |session, _| {
        let request = FillRequest {
            fields: vec![open("請求番号", text("A-1")), open("請求通数", text("3通"))],
            mode: FillMode::Keys,
        };
        let filled = session.fill(&request, WAIT).await.unwrap();
        assert_eq!(
            filled.iter().map(|one| one.typed).collect::<Vec<_>>(),
            [true, false],
            "lists are chosen, not typed"
        );
        assert_eq!(read(session, "請求番号").await, "A-1");
    });
}

#[test]
fn headings_are_found_wherever_offices_put_them() {
    on_page("labels.html", async |session, _| {
        let cases = [
            ("漢字氏名", "a"),
            ("フリガナ", "b"),
            ("旧姓", "c"),
            ("方書", "d"),
            ("世帯番号", "e"),
            ("検索語", "f"),
            ("町名", "g"),
            ("続柄", "世帯主"),
            ("請求者", "代理人"),
            ("数量", "h"),
            ("単価", "i"),
            ("内線", "j"),
        ];
        for (heading, value) in cases {
            assert_eq!(read(session, heading).await, value, "{heading}");
        }
        for button in ["閉じる", "印刷", "地図"] {
            session
                .click(&By::Button(button.to_owned()).into(), WAIT)
                .await
                .unwrap();
        }
    });
}

#[test]
fn boxes_and_lists_are_chosen_by_their_words() {
    on_page("labels.html", async |session, _| {
        let fields = vec![
            ("請求者", text("本人")),
            ("届出区分", text("転出")),
            ("本籍地の有無", FieldValue::Bool(false)),
            ("同意する", FieldValue::Bool(true)),
            ("都道府県", text("長崎県")),
            // The cities come a moment after the prefecture was chosen.
            ("市区町村", text("佐世保市")),
            ("内線", text("123")),
        ];
        fill(session, fields).await.unwrap();
        for (heading, value) in [
            ("請求者", "本人"),
            ("届出区分", "転出"),
            ("本籍地の有無", "無"),
            ("同意する", "同意する"),
            ("市区町村", "佐世保市"),
            ("内線", "123"),
        ] {
            assert_eq!(read(session, heading).await, value, "{heading}");
        }
        fill(session, vec![("同意する", FieldValue::Bool(false))])
            .await
            .unwrap();
        assert_eq!(read(session, "同意する").await, "");
        fill(session, vec![("続柄", FieldValue::Choice("本人".to_owned()))])
            .await
            .unwrap();
        assert_eq!(read(session, "続柄").await, "本人");
    });
}

#[test]
fn a_date_takes_the_shape_that_the_form_asks_for() {
    on_page("dates.html", async |session, _| {
        let cases = [
            ("元号ラジオ", "昭和 51 年 3 月 4 日"),
            ("記号元号", "S 51 . 3 . 4"),
            ("西暦一覧", "1976 年 03 月 4日 日"),
            ("番号付元号", "3:昭和 51 年 3 月 4 日"),
            ("例なし", "1976/03/04"),
            ("例ハイフン", "1976-3-4"),
            ("例八桁", "19760304"),
            ("例和暦", "昭和51年3月4日"),
            ("例記号", "S51.3.4"),
            ("例七桁", "S510304"),
            ("例漢字", "1976年3月4日"),
            ("日付欄", "1976-03-04"),
        ];
        fill(
            session,
            cases.iter().map(|(heading, _)| (*heading, birthday())).collect(),
        )
        .await
        .unwrap();
        for (heading, value) in cases {
            assert_eq!(read(session, heading).await, value, "{heading}");
        }
        let request = open("片方だけ", birthday()).into();
        let error = session.fill(&request, SHORT).await.unwrap_err();
        assert!(
            matches!(error, BrowserError::Ambiguous { .. }),
            "a date that does not fit is never guessed: {error:?}"
        );
    });
}

#[test]
fn fields_that_refuse_are_named() {
    on_page("form.html", async |session, _| {
        let cases = [("台帳区分", NotReady::ReadOnly), ("旧番号", NotReady::Disabled)];
        for (heading, reason) in cases {
            let request = open(heading, text("x")).into();
            let error = session.fill(&request, SHORT).await.unwrap_err();
            assert!(
                matches!(&error, BrowserError::NotReady { reason: given, .. } if *given == reason),
                "{heading}: {error:?}"
            );
        }
        let request = open("請求通数", text("5通")).into();
        let error = session.fill(&request, SHORT).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::NoOption { field, options, .. } if field == "請求通数" && options.len() == 4),
            "{error:?}"
        );
        let request = open("請求番弓", text("1")).into();
        let error = session.fill(&request, SHORT).await.unwrap_err();
        let BrowserError::NotFound { around, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(around.near.first().map(String::as_str), Some("請求番号（必須）"));
        assert_eq!(around.title, "住民票郵送請求 登録");
    });
}

#[test]
fn a_sign_is_never_a_part_of_a_longer_word_or_number() {
    on_page("signs.html", async |session, _| {
        let shown = [
            "10件",
            "検索結果10件",
            "1,500円",
            "該当するデータはありません",
            "R8-000123",
            "ABC 株式会社",
            "分かれた文",
            "ログアウト",
            "メニューログアウト",
            "ドライバー",
        ];
        // ドライバー stands inside プリンタードライバー: one katakana word.
        for words in &shown[..9] {
            assert!(
                session.is_shown(&shows(words)).await.unwrap().is_some(),
                "{words} is shown"
            );
        }
        for words in [
            shown[9],
            "0件",
            "500円",
            "00123",
            "000123",
            "R8-0001",
            "BC株式会社",
            "隠れた文",
            "前の段落",
            "ありませんでした",
        ] {
            assert!(
                session.is_shown(&shows(words)).await.unwrap().is_none(),
                "{words} is not shown"
            );
        }
    });
}

#[test]
fn fields_rows_and_addresses_are_signs() {
    on_page("signs.html", async |session, _| {
        let row = |row: &str| Sign::Row {
            row: row.to_owned(),
            field: "受付番号".to_owned(),
            cmp: Cmp::Exists,
        };
        let cases = [
            (row("001"), Some(("R8-1", 1))),
            (row("002"), Some(("R8-2", 2))),
            (row("R8-1"), Some(("R8-1", 1))),
            (row("00"), None),
            (field("処理状況", Cmp::Is("完了".to_owned())), Some(("完了", 1))),
            (field("処理状況", Cmp::Is("完".to_owned())), None),
            (field("担当課", Cmp::Exists), Some(("市民課", 1))),
            (field("処理番号", Cmp::Exists), Some(("778", 1))),
            (
                Sign::Url {
                    cmp: Cmp::Contains("signs.html".to_owned()),
                },
                None,
            ),
            (
                Sign::Text {
                    text: "検索結果".to_owned(),
                    cmp: Cmp::Contains("10件".to_owned()),
                },
                Some(("検索結果 10件 (合計 1,500円)", 1)),
            ),
            (
                Sign::Text {
                    text: "検索結果".to_owned(),
                    cmp: Cmp::Contains("0件".to_owned()),
                },
                None,
            ),
        ];
        for (sign, expected) in cases {
            let seen = session.is_shown(&sign).await.unwrap();
            if let Sign::Url { .. } = sign {
                assert!(seen.is_some_and(|seen| seen.value.ends_with("/signs.html")));
                continue;
            }
            assert_eq!(
                seen.as_ref().map(|seen| (seen.value.as_str(), seen.hits)),
                expected,
                "{sign:?}"
            );
        }
        let seen = session
            .see_any(&[shows("無い文"), shows("10件"), field("担当課", Cmp::Exists)], WAIT)
            .await
            .unwrap();
        assert_eq!((seen.index, seen.also), (1, vec![2]));
        let error = session.see(&shows("受付一覧表"), SHORT).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::NotFound { looked_for, waited, .. } if looked_for == "受付一覧表" && *waited >= SHORT),
            "{error:?}"
        );
    });
}

#[test]
fn tables_are_read_and_rows_are_pressed() {
    on_page("signs.html", async |session, _| {
        let table = session.read_table(&"受付一覧".into(), WAIT).await.unwrap();
        assert_eq!(table.headers, ["受付番号", "請求番号", "氏名", ""]);
        assert_eq!(table.rows.len(), 4);
        assert_eq!(table.rows[1], ["R8-2", "002", "佐藤 花子", "削除"]);
        assert_eq!(table.rows[3], ["以上", "以上", "以上", ""]);

        let mut delete = Locator::from(By::Button("削除".to_owned()));
        let error = session.click(&delete.clone().into(), SHORT).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::Ambiguous { candidates, .. } if candidates.len() == 3),
            "{error:?}"
        );
        delete.within = Some(Box::new(By::Text("佐藤花子".to_owned()).into()));
        session.click(&delete.clone().into(), WAIT).await.unwrap();
        session.see(&shows("削除 R8-2"), WAIT).await.unwrap();
        delete.within = None;
        delete.nth = Some(3);
        session.click(&delete.into(), WAIT).await.unwrap();
        session.see(&shows("削除 R8-12"), WAIT).await.unwrap();
    });
}

#[test]
fn a_click_waits_for_what_appears_late_or_is_covered() {
    on_page("trouble.html", async |session, _| {
        session.click(&"遅れて現れる".into(), WAIT).await.unwrap();
        session.see(&shows("遅れて押された"), WAIT).await.unwrap();
        session.click(&"覆われたボタン".into(), WAIT).await.unwrap();
        session.see(&shows("押された"), WAIT).await.unwrap();
        session.click(&"数える".into(), WAIT).await.unwrap();
        session.see(&shows("回数 1"), WAIT).await.unwrap();
        let error = session.click(&"承認".into(), SHORT).await.unwrap_err();
        assert!(
            matches!(
                &error,
                BrowserError::NotReady {
                    reason: NotReady::Disabled,
                    ..
                }
            ),
            "{error:?}"
        );
    });
}

#[test]
fn a_page_that_moves_under_the_pointer_never_gets_the_wrong_button_pressed() {
    on_page("jumpy.html", async |session, _| {
        session.click(&"登録".into(), WAIT).await.unwrap();
        assert_eq!(session.read(&css("#result").into(), WAIT).await.unwrap(), "登録した");
    });
}

#[test]
fn a_covered_button_names_its_cover() {
    on_page("popup.html", async |session, _| {
        let error = session.click(&"塞がれたボタン".into(), SHORT).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::NotReady { reason: NotReady::Covered(by), .. } if by == "計算中です"),
            "{error:?}"
        );
    });
}

#[test]
fn a_download_leaves_the_page_where_it_is() {
    on_page("frames.html", async |session, _| {
        session.click(&"受付簿の取得".into(), WAIT).await.unwrap();
        session.see(&shows("生年月日"), WAIT).await.unwrap();
    });
}

#[test]
fn equal_labels_are_ambiguous_and_equal_links_are_one() {
    on_page("trouble.html", async |session, _| {
        let request = open("電話番号", text("1")).into();
        let error = session.fill(&request, SHORT).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::Ambiguous { looked_for, .. } if looked_for == "電話番号"),
            "{error:?}"
        );
        let error = session.click(&"申請一賢".into(), SHORT).await.unwrap_err();
        let BrowserError::NotFound { around, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(around.near.first().map(String::as_str), Some("申請一覧"));
        assert_eq!(around.page_says, ["入力に誤りがあります"]);
        session.click(&"申請一覧".into(), WAIT).await.unwrap();
        session.see(&shows("メインメニュー"), WAIT).await.unwrap();
        session.back().await.unwrap();
        assert_eq!(session.title().await.unwrap(), "困った画面");
    });
}

#[test]
fn the_next_way_is_tried_and_said() {
    on_page("trouble.html", async |session, _| {
        let bundle = vec![
            By::Button("数を数える".to_owned()).into(),
            By::Button("数える".to_owned()).into(),
        ];
        let matched = session.click(&Target { bundle }, WAIT).await.unwrap();
        assert_eq!((matched.which, matched.how.as_str()), (1, "button"));
        session.see(&shows("回数 1"), WAIT).await.unwrap();
    });
}

#[test]
fn a_field_may_have_several_ways_too() {
    on_page("form.html", async |session, _| {
        let ways = vec![
            By::Label("申請番号".to_owned()).into(),
            By::Label("請求番号".to_owned()).into(),
        ];
        let fields = vec![open(Target { bundle: ways }, text("1")), open("氏名", text("山田"))];
        let filled = session
            .fill(
                &FillRequest {
                    fields,
                    mode: FillMode::Auto,
                },
                WAIT,
            )
            .await
            .unwrap();
        assert_eq!(filled.iter().map(|one| one.matched.which).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(read(session, "請求番号").await, "1");
    });
}

#[test]
fn dialogs_stay_open_until_they_are_answered() {
    on_page("trouble.html", async |session, _| {
        assert!(matches!(
            session.dialog_text(Duration::ZERO).await,
            Err(BrowserError::NoDialog)
        ));
        for (answer, result) in [(DialogAnswer::Dismiss, "やめた"), (DialogAnswer::Accept, "登録した")] {
            session.click(&"確認して登録".into(), WAIT).await.unwrap();
            let error = session.see(&shows(result), WAIT).await.unwrap_err();
            assert!(
                matches!(&error, BrowserError::DialogOpen { text } if text == "登録しますか？"),
                "{error:?}"
            );
            assert_eq!(session.dialog(&answer, WAIT).await.unwrap(), "登録しますか？");
            session.see(&shows(result), WAIT).await.unwrap();
        }
    });
}

#[test]
fn a_popup_is_entered_and_may_close_itself() {
    on_page("trouble.html", async |session, _| {
        session.click(&"住所検索".into(), WAIT).await.unwrap();
        session.switch_window(&WindowChoice::New, WAIT).await.unwrap();
        assert_eq!(session.title().await.unwrap(), "住所検索の窓");
        session.click(&"西山".into(), WAIT).await.unwrap();
        session.see(&shows("選択 西山"), WAIT).await.unwrap();
        let error = session
            .switch_window(&WindowChoice::Title("住所検索の窓".to_owned()), SHORT)
            .await
            .unwrap_err();
        assert!(
            matches!(&error, BrowserError::NoWindow { titles, .. } if titles == &["困った画面"]),
            "{error:?}"
        );
        assert_eq!(session.title().await.unwrap(), "困った画面");
    });
}

#[test]
fn keys_and_shadow_roots() {
    on_page("trouble.html", async |session, _| {
        let keys: Target = css("#keys").into();
        session.type_keys(&keys, "ab", Privacy::Open, WAIT).await.unwrap();
        session.press(None, "F2", WAIT).await.unwrap();
        session.see(&shows("[a][b][F2]"), WAIT).await.unwrap();
        session.press(Some(&keys), "ctrl+a", WAIT).await.unwrap();
        session.press(None, "Delete", WAIT).await.unwrap();
        assert_eq!(session.read(&keys, WAIT).await.unwrap(), "");
        assert!(matches!(
            session.press(None, "F99", WAIT).await,
            Err(BrowserError::UnknownKey { .. })
        ));

        fill(session, vec![("影の欄", text("中"))]).await.unwrap();
        session.click(&"影のボタン".into(), WAIT).await.unwrap();
        session.see(&shows("影 中"), WAIT).await.unwrap();
    });
}

#[test]
fn frames_are_searched_without_being_told() {
    on_page("frames.html", async |session, _| {
        fill(
            session,
            vec![
                ("請求番号", text("5")),
                ("利用者", text("u")),
                ("世帯主コード", text("K9")),
            ],
        )
        .await
        .unwrap();
        assert_eq!(
            read(session, "世帯主コード").await,
            "K9",
            "typed by keys inside a frame"
        );
        session.click(&"検索".into(), WAIT).await.unwrap();
        session.see(&shows("検索結果10件"), WAIT).await.unwrap();
        session.enter_frame("menu", WAIT).await.unwrap();
        assert!(session.is_shown(&shows("検索結果10件")).await.unwrap().is_none());
        assert!(session.is_shown(&shows("メインメニュー")).await.unwrap().is_some());
        session.leave_frame();
        let mut link = Locator::from(By::Link("新規登録".to_owned()));
        link.frame = Some("content".to_owned());
        assert!(matches!(
            session.click(&link.clone().into(), SHORT).await,
            Err(BrowserError::NotFound { .. })
        ));
        link.frame = Some("menu".to_owned());
        session.click(&link.into(), WAIT).await.unwrap();
        session.see(&shows("生年月日"), WAIT).await.unwrap();
    });
}

#[test]
fn a_navigation_under_way_is_waited_out() {
    on_page("trouble.html", async |session, site| {
        session.click(&"移動する".into(), WAIT).await.unwrap();
        session.see(&shows("検索結果10件"), WAIT).await.unwrap();
        assert_eq!(session.url().await.unwrap(), site.url("signs.html"));
        assert!(session.visible_text(4).await.unwrap().starts_with("検索結果"));
        session.reload().await.unwrap();
        session.see(&shows("検索結果10件"), WAIT).await.unwrap();
    });
}

#[test]
fn a_bad_selector_is_a_script_error() {
    on_page("form.html", async |session, _| {
        let error = session.click(&css("p[[").into(), SHORT).await.unwrap_err();
        assert!(matches!(error, BrowserError::Script { .. }), "{error:?}");
    });
}

#[test]
fn pictures_show_nothing_that_is_masked() {
    on_page("masks.html", async |session, site| {
        let unmasked = session.screenshot(&MaskSpec::default()).await.unwrap();
        assert!(has_red(&unmasked), "without masks the red words are there");
        let masks = MaskSpec {
            values: vec!["ひみつ".to_owned()],
            targets: vec![css("#chosen")],
            personal_numbers: true,
        };
        let masked = session.screenshot(&masks).await.unwrap();
        assert!(!has_red(&masked));
        assert_eq!(
            session.read(&css("#chosen").into(), WAIT).await.unwrap(),
            "指定",
            "the masks are gone again"
        );
        session.open(&site.url("open_words.html")).await.unwrap();
        assert!(has_red(&session.screenshot(&masks).await.unwrap()));
    });
}

#[test]
fn pictures_cover_what_stands_under_a_personal_heading() {
    on_page("menu.html", async |session, site| {
        let cases = include_str!("fixtures/pages/personal.html").split("<section").skip(1);
        for (case, html) in cases.enumerate() {
            session
                .open(&site.url(&format!("personal.html?case={case}&plain")))
                .await
                .unwrap();
            let plain = session.screenshot(&MaskSpec::default()).await.unwrap();
            assert!(has_red(&plain), "<section{html} shows its values under other headings");
            session
                .open(&site.url(&format!("personal.html?case={case}")))
                .await
                .unwrap();
            let masked = session.screenshot(&MaskSpec::default()).await.unwrap();
            assert!(!has_red(&masked), "<section{html} shows a person");
            assert_eq!(
                green_points(&masked),
                green_points(&plain),
                "<section{html} hides what nobody needs to hide"
            );
        }
    });
}

#[test]
fn pictures_cover_private_values_in_whatever_form_they_stand() {
    on_page("private.html", async |session, _| {
        let day = FieldValue::Date(DateValue {
            iso: "1989-01-07".to_owned(),
            era_name: "昭和".to_owned(),
            era_letter: "S".to_owned(),
            era_year: 64,
            year: 1989,
            month: 1,
            day: 7,
        });
        let fields = [
            ("基準日", day),
            ("区分", text("乙")),
            ("該当", FieldValue::Bool(true)),
            ("事由", text("その二")),
            ("摘要", text("長い話")),
        ];
        let mut green = Vec::new();
        for privacy in [Privacy::Open, Privacy::Private] {
            let fields = fields.iter().map(|(heading, value)| FieldFill {
                privacy,
                ..open(*heading, value.clone())
            });
            let request = FillRequest {
                fields: fields.collect(),
                mode: FillMode::Auto,
            };
            session.fill(&request, WAIT).await.unwrap();
            session.type_keys(&"覚え".into(), "x", privacy, WAIT).await.unwrap();
            let picture = session.screenshot(&MaskSpec::default()).await.unwrap();
            assert_eq!(has_red(&picture), privacy == Privacy::Open);
            green.push(green_points(&picture));
        }
        assert!(
            green[0] > 0 && green[0] == green[1],
            "headings and buttons stay: {green:?}"
        );
    });
}

#[test]
fn a_picture_leaves_the_page_as_it_was() {
    on_page("personal.html?case=0", async |session, _| {
        let before = session.visible_text(1000).await.unwrap();
        session.screenshot(&MaskSpec::default()).await.unwrap();
        session.screenshot(&MaskSpec::default()).await.unwrap();
        assert_eq!(session.visible_text(1000).await.unwrap(), before);
        assert_eq!(session.title().await.unwrap(), "人の見出し", "the page heard of it");
    });
}

#[test]
fn addresses_that_cannot_be_reached_say_why() {
    on_page("form.html", async |session, _| {
        let free = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let url = format!("http://127.0.0.1:{free}/");
        let error = session.open(&url).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::Unreachable { url: named, code } if *named == url && code == "ERR_CONNECTION_REFUSED"),
            "{error:?}"
        );
        assert!(matches!(
            session.open("http://127.0.0.1:1/").await,
            Err(BrowserError::Unreachable { .. })
        ));
        assert!(matches!(
            session.open("no address").await,
            Err(BrowserError::Unreachable { .. })
        ));
    });
}

#[test]
fn a_page_that_is_being_left_shows_no_signs() {
    on_page("frames.html", async |session, _| {
        session.see(&shows("生年月日"), WAIT).await.unwrap();
        // The frame's next page takes its time; until it comes the old one is still there.
        session.click(&"ゆっくり".into(), WAIT).await.unwrap();
        let seen = session
            .see_any(&[shows("生年月日"), shows("登録しました")], WAIT)
            .await
            .unwrap();
        assert_eq!(seen.index, 1);
    });
}

#[test]
fn enter_after_a_fill_goes_to_the_last_field() {
    on_page("form.html", async |session, site| {
        fill(session, vec![("請求番号", text("enter-1"))]).await.unwrap();
        session.press(None, "Enter", WAIT).await.unwrap();
        session.see(&field("受付番号", Cmp::Exists), WAIT).await.unwrap();
        assert_eq!(site.posts_with("no=enter-1").len(), 1);
    });
}

#[test]
fn a_place_in_the_page_that_is_shown_is_no_new_page() {
    on_page("form.html", async |session, site| {
        fill(session, vec![("請求番号", text("place-1"))]).await.unwrap();
        session.open(&site.url("form.html#below")).await.unwrap();
        session.press(None, "Enter", WAIT).await.unwrap();
        session.see(&field("受付番号", Cmp::Exists), WAIT).await.unwrap();
        assert_eq!(site.posts_with("no=place-1").len(), 1);
    });
}

#[test]
fn what_a_dead_program_left_is_swept() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let session = Session::start(&spec(root.path())).await.unwrap();
        let browser = yakin::platform::processes::ProcessIdentity::of(session.browser_pid().unwrap()).unwrap();
        let folder = std::fs::read_dir(root.path()).unwrap().next().unwrap().unwrap().path();
        // As after a power cut: the same numbers, but the program that owned them started at another time.
        let owner = std::fs::read_to_string(folder.join("owner.json")).unwrap();
        let mut owner: serde_json::Value = serde_json::from_str(&owner).unwrap();
        owner["program"]["started"] = "long ago".into();
        std::fs::write(folder.join("owner.json"), owner.to_string()).unwrap();
        std::mem::forget(session);

        let swept = sweep_orphans(root.path()).await.unwrap();
        assert!(swept.processes >= 1 && swept.folders == 1, "{swept:?}");
        assert!(!browser.is_alive());
        assert_eq!(folders_in(root.path()), 0);
    });
}

#[test]
fn questions_may_be_asked_from_any_thread() {
    fn is_send(_: &impl Send) {}
    on_page("form.html", async |session, _| {
        is_send(&session.see_any(&[], SHORT));
        is_send(&session.click(&"登録する".into(), SHORT));
        is_send(&session.fill(&FillRequest::default(), SHORT));
    });
}

fn folders_in(path: &Path) -> usize {
    std::fs::read_dir(path).unwrap().count()
}

#[test]
fn ending_leaves_nothing_behind() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let session = Session::start(&spec(root.path())).await.unwrap();
        assert_eq!(folders_in(root.path()), 1);
        session.quit().await.unwrap();
        assert_eq!(folders_in(root.path()), 0);

        let dropped = Session::start(&spec(root.path())).await.unwrap();
        let pid = dropped.browser_pid().unwrap();
        drop(dropped);
        assert_eq!(folders_in(root.path()), 0);
        assert_eq!(
            yakin::platform::processes::ProcessIdentity::of(pid),
            None,
            "the browser has ended"
        );
    });
}

#[test]
fn a_dead_browser_is_a_dead_session() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let mut session = Session::start(&spec(root.path())).await.unwrap();
        let browser = yakin::platform::processes::ProcessIdentity::of(session.browser_pid().unwrap()).unwrap();
        assert!(browser.kill_group());
        let error = session.title().await.unwrap_err();
        assert!(error.is_session_dead(), "{error:?}");
        assert_eq!(
            sweep_orphans(root.path()).await.unwrap(),
            yakin::drivers::browser::Swept::default(),
            "its program still lives"
        );
        session.quit().await.unwrap();
        assert_eq!(folders_in(root.path()), 0);
    });
}

#[test]
fn a_driver_that_somebody_else_started_is_used() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let own = Session::start(&spec(root.path())).await.unwrap();
        let mut remote = BrowserSpec {
            driver: DriverAt::Url(own.driver_url()),
            ..spec(root.path())
        };
        remote.arguments = vec!["--no-sandbox".to_owned()];
        let mut second = Session::start(&remote).await.unwrap();
        assert_eq!(second.title().await.unwrap(), "");
        second.quit().await.unwrap();
        own.quit().await.unwrap();
        let error = Session::start(&remote).await.unwrap_err();
        assert!(error.is_session_dead(), "{error:?}");
    });
}
