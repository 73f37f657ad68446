//! What a page offers, as lines for a scenario: every line can be pasted, and finds its element again.

use std::time::Duration;

use yakin::diag::{Severity, human};
use yakin::drivers::browser::{
    Cmp, DateValue, Described, FieldFill, FieldKind, FieldValue, Privacy, Session, Sign, Target, Thing, ThingKind,
};
use yakin::plan::{self, OfficeFiles};
use yakin::practice::{PASSWORD, USER_ID};
use yakin::record::{self, Surroundings};
use yakin::text::Lang;

use crate::support::chromium::{WAIT, block_on, on_page, spec};
use crate::support::office::{Office, day, rows};

/// The pages of the practice city's 受付システム.
const PAGES: [&str; 9] = [
    "menu",
    "new",
    "search?name=",
    "list",
    "edit",
    "edit-main",
    "address-search",
    "monthly",
    "faults",
];

fn target(thing: &Thing) -> Target {
    thing.ways[0].locator.clone().into()
}

/// Something that may stand in a field.
fn value(thing: &Thing) -> FieldValue {
    match thing.field.unwrap() {
        FieldKind::Box => FieldValue::Bool(true),
        FieldKind::List | FieldKind::Choice => match thing.entries.first() {
            Some(entry) => FieldValue::Choice(entry.clone()),
            None => FieldValue::Text(String::new()),
        },
        FieldKind::Date | FieldKind::DateParts => FieldValue::Date(DateValue {
            iso: "1996-09-08".to_owned(),
            era_name: "平成".to_owned(),
            era_letter: "H".to_owned(),
            era_year: 8,
            year: 1996,
            month: 9,
            day: 8,
        }),
        FieldKind::Parts => FieldValue::Text("01-02-03".to_owned()),
        FieldKind::Text | FieldKind::Password | FieldKind::File => FieldValue::Text("1".to_owned()),
    }
}

/// Finds a thing again as a run would.
async fn find(session: &mut Session, thing: &Thing) {
    let wait = Duration::from_secs(3);
    let target = target(thing);
    match thing.kind {
        ThingKind::Field => {
            let field = FieldFill {
                target,
                value: value(thing),
                privacy: Privacy::Open,
            };
            let filled = session.fill(&field.into(), wait).await;
            assert!(
                filled.as_ref().is_ok_and(|filled| filled[0].matched.exact),
                "{thing:?} {filled:?}"
            );
        }
        ThingKind::Button | ThingKind::Link | ThingKind::Press => {
            let matched = session.clickable(&target, wait).await;
            assert!(
                matched.as_ref().is_ok_and(|matched| matched.exact),
                "{thing:?} {matched:?}"
            );
        }
        ThingKind::Value => assert_ne!(session.read(&target, wait).await.unwrap(), "", "{thing:?}"),
        ThingKind::ReadOnly => assert!(session.read(&target, wait).await.is_ok(), "{thing:?}"),
        ThingKind::Table => {
            let table = session.read_table(&target, wait).await.unwrap();
            assert_eq!(table.headers, thing.entries);
        }
        ThingKind::Text => {
            let text = thing.name.clone();
            let sign = Sign::Text { text, cmp: Cmp::Exists };
            assert!(session.is_shown(&sign).await.unwrap().is_some(), "{thing:?}");
        }
    }
}

/// The page pasted into a scenario, checked.
fn paste(office: &Office, page: &Described, base: &str) {
    let around = Surroundings {
        lang: Lang::Ja,
        system: Some("受付"),
        base: Some(base),
    };
    let steps: String = record::render(page, &around)
        .lines()
        .map(|line| format!("  {line}\n"))
        .collect();
    let text = format!("yakin: 1\nname: 貼り付け\nsystem: 受付\nsteps:\n{steps}");
    office.write("scenarios/haritsuke.yaml", &text);
    let findings = plan::check(&OfficeFiles::new(&office.root()), "scenarios/haritsuke.yaml");
    assert_eq!(
        findings.count(Severity::Error),
        0,
        "{}\n{text}",
        human::render(&findings, Lang::Ja)
    );
}

#[test]
fn every_line_of_the_practice_pages_can_be_pasted_and_finds_its_element_again() {
    let office = Office::new();
    office.deliver(&rows(2));
    let night = office.yakin(&["run", "juminhyo-yubin", "--date", &day().to_string()]);
    assert_eq!(night.code, 0, "{night:?}");
    let base = format!("{}/uketsuke", office.city.base_url());
    let folder = tempfile::tempdir().unwrap();
    block_on(async {
        let mut session = Session::start(&spec(folder.path())).await.unwrap();
        session.open(&format!("{base}/login")).await.unwrap();
        let mut seen = look(&mut session, &office, &base).await;
        for (field, text) in [("利用者ID", USER_ID), ("パスワード", PASSWORD)] {
            let field = FieldFill {
                target: field.into(),
                value: FieldValue::Text(text.to_owned()),
                privacy: Privacy::Open,
            };
            session.fill(&field.into(), WAIT).await.unwrap();
        }
        session.click(&"ログイン".into(), WAIT).await.unwrap();
        for page in PAGES {
            session.open(&format!("{base}/{page}")).await.unwrap();
            seen += look(&mut session, &office, &base).await;
        }
        assert!(seen > 60, "{seen} things on all pages");
        session.quit().await.unwrap();
    });
}

/// Describes the page, pastes it, and finds everything again; how many things there were.
async fn look(session: &mut Session, office: &Office, base: &str) -> usize {
    let page = session.describe(true).await.unwrap();
    paste(office, &page, base);
    for thing in &page.things {
        assert!(!thing.ways.is_empty(), "{thing:?}");
        find(session, thing).await;
    }
    page.things.len()
}

#[test]
fn pages_of_every_make_are_described_by_ways_that_lead_back() {
    for page in ["form.html", "labels.html", "dates.html", "frames.html", "signs.html"] {
        on_page(page, async |session, _| {
            let described = session.describe(false).await.unwrap();
            assert!(!described.things.is_empty(), "{page}");
            for thing in &described.things {
                // A list that another list fills, and one that takes a date only in part.
                if thing.name == "市区町村" || thing.name == "片方だけ" || thing.field == Some(FieldKind::Parts)
                {
                    continue;
                }
                find(session, thing).await;
            }
        });
    }
}

#[test]
fn equals_are_told_apart_and_judged_lower() {
    on_page("signs.html", async |session, _| {
        let page = session.describe(false).await.unwrap();
        let buttons: Vec<&Thing> = page
            .things
            .iter()
            .filter(|thing| thing.kind == ThingKind::Button)
            .collect();
        assert!(
            buttons.len() > 1 && buttons.iter().all(|thing| thing.name == "削除"),
            "{buttons:?}"
        );
        for thing in buttons {
            let way = &thing.ways[0];
            assert!(way.locator.within.is_some(), "{way:?}");
            assert!(way.robustness().score < 88, "{way:?}");
        }
    });
}

#[test]
fn what_fields_hold_is_never_told() {
    on_page("form.html", async |session, _| {
        for (field, text) in [("氏名", "秘密太郎"), ("備考", "秘密の備考")] {
            let field = FieldFill {
                target: field.into(),
                value: FieldValue::Text(text.to_owned()),
                privacy: Privacy::Open,
            };
            session.fill(&field.into(), WAIT).await.unwrap();
        }
        let page = session.describe(true).await.unwrap();
        let told = serde_json::to_string(&page).unwrap();
        assert!(told.contains("氏 名") && !told.contains("秘密"), "{told}");
    });
}
