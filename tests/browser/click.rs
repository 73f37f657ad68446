//! Clicks, keys, dialogs and windows.

use std::time::Duration;

use yakin::drivers::browser::{BrowserError, By, DialogAnswer, NotReady, Privacy, Target, WindowChoice};

use crate::support::chromium::{SHORT, WAIT, on_page};

use super::fields::{css, fill, open, shows, text};

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
