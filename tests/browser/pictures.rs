//! Pictures: nothing personal is seen in them, and the page is left as it was.

use yakin::drivers::browser::{DateValue, FieldFill, FieldValue, FillMode, FillRequest, MaskSpec, Privacy};

use crate::support::chromium::{WAIT, on_page};
use crate::support::picture::{green_points, has_red};

use super::fields::{css, open, text};

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
        let cases = include_str!("../fixtures/pages/personal.html")
            .split("<section")
            .skip(1);
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
fn text_for_somebodys_eyes_covers_what_a_picture_covers() {
    on_page("menu.html", async |session, site| {
        let fixture = include_str!("../fixtures/pages/personal.html");
        let mut covered = 0;
        for (case, html) in fixture.split("<section").skip(1).enumerate() {
            session
                .open(&site.url(&format!("personal.html?case={case}")))
                .await
                .unwrap();
            let told = session.covered_text(4_000).await.unwrap();
            covered += usize::from(told.contains("＊＊＊"));
            assert!(!told.contains(['あ', 'い']), "<section{html} tells of a person: {told}");
            if html.contains("R8-1") {
                assert!(
                    told.contains("R8-1"),
                    "<section{html} hides what nobody needs to hide: {told}"
                );
            }
        }
        // Boxes that nobody has ticked say nothing that could be covered.
        assert!(covered > 10, "{covered}");
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
