//! Filling forms: what the page holds afterwards is what was asked for.

use yakin::drivers::browser::{BrowserError, By, Cmp, FieldValue, FillMode, FillRequest, NotReady, Target};

use crate::support::chromium::{SHORT, WAIT, on_page};

use super::fields::{birthday, field, fill, open, read, text};

#[test]
fn text_that_says_a_date_is_chosen_part_by_part_and_typed_where_there_is_one_field() {
    on_page("form.html", async |session, _| {
        let FieldValue::Date(date) = birthday() else {
            unreachable!("a date")
        };
        let said = |text: &str| FieldValue::Dated {
            text: text.to_owned(),
            date: date.clone(),
        };
        fill(
            session,
            vec![
                ("生年月日", said("昭和51年3月4日")),
                ("受付日", said("S51.3.4")),
                ("備考", said("昭和51年3月4日")),
            ],
        )
        .await
        .unwrap();
        assert_eq!(read(session, "生年月日").await, "昭和 51 年 3 月 4 日");
        assert_eq!(read(session, "受付日").await, "1976-03-04");
        assert_eq!(read(session, "備考").await, "昭和51年3月4日");
        // A row without the date: these lists cannot be left empty, and what they hold now must not be taken for it.
        let refused = fill(session, vec![("生年月日", text(""))]).await;
        assert!(
            matches!(&refused, Err(BrowserError::NoOption { field, .. }) if field == "生年月日"),
            "{refused:?}"
        );
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
fn enter_after_a_fill_goes_to_the_last_field() {
    on_page("form.html", async |session, site| {
        fill(session, vec![("請求番号", text("enter-1"))]).await.unwrap();
        session.press(None, "Enter", WAIT).await.unwrap();
        session.see(&field("受付番号", Cmp::Exists), WAIT).await.unwrap();
        assert_eq!(site.posts_with("no=enter-1").len(), 1);
    });
}
