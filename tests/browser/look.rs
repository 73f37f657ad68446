//! Signs, tables and frames: what is said to be seen is what a person sees.

use yakin::drivers::browser::{BrowserError, By, Cmp, Locator, MaskSpec, Sign};

use crate::support::chromium::{SHORT, WAIT, on_page};

use super::fields::{field, fill, read, shows, text};

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
        assert_eq!(session.read_cell("001", "受付番号", WAIT).await.unwrap(), "R8-1");
        let error = session.read_cell("003", "受付番号", SHORT).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::NotFound { looked_for, .. } if looked_for == "003」「受付番号"),
            "{error:?}"
        );
        let error = session.read_cell("002", "受付番号", SHORT).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::Ambiguous { candidates, .. } if candidates.len() == 2),
            "{error:?}"
        );

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
fn a_bad_selector_is_told_as_one() {
    on_page("form.html", async |session, _| {
        for by in [By::Css("p[[".to_owned()), By::XPath("//p[".to_owned())] {
            let error = session.click(&Locator::from(by).into(), SHORT).await.unwrap_err();
            assert!(matches!(error, BrowserError::Selector { .. }), "{error:?}");
        }
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
fn a_place_in_the_page_that_is_shown_is_no_new_page() {
    on_page("form.html", async |session, site| {
        fill(session, vec![("請求番号", text("place-1"))]).await.unwrap();
        session.open(&site.url("form.html#below")).await.unwrap();
        session.press(None, "Enter", WAIT).await.unwrap();
        session.see(&field("受付番号", Cmp::Exists), WAIT).await.unwrap();
        assert_eq!(site.posts_with("no=place-1").len(), 1);
    });
}
