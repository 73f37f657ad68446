use super::super::codes_of;
use super::*;
use crate::care::facts::Used;
use crate::platform::machine::Room;
use crate::ports::SecretInfo;
use crate::text::{Code, Lang};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 13, 0, 0).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn health() -> Health {
    Health {
        engine: "SQLite 3.53.0".to_owned(),
        schema: 1,
        damages: Vec::new(),
        journal: Some("wal".to_owned()),
        clock_ahead: 0,
    }
}

fn opened() -> Opened {
    Opened {
        batons: Vec::new(),
        health: Ok(health()),
        last_run: Some(now() - TimeDelta::hours(1)),
        deep: None,
        secrets: SecretFacts {
            today: today(),
            ..SecretFacts::default()
        },
    }
}

fn well() -> Office {
    Office {
        store: Ok(opened()),
        clocks: Clocks {
            now: now(),
            zone: chrono_tz::Asia::Tokyo,
            host_offset: 9 * 3600,
            jumped: 0,
            share_ahead: Some((".".to_owned(), 0)),
        },
        disks: vec![Disk {
            path: ".yakin".to_owned(),
            room: Room {
                free: 50 << 30,
                total: 100 << 30,
            },
        }],
        folders: vec![folder(FolderState::Fine, true)],
        scenarios: ScenarioFacts {
            files: 2,
            bots: 1,
            ..ScenarioFacts::default()
        },
        models: 0,
        leftovers: Leftovers::default(),
    }
}

fn folder(state: FolderState, needed: bool) -> Folder {
    Folder {
        path: "outbox".to_owned(),
        needed,
        state,
    }
}

fn judged(change: impl FnOnce(&mut Office)) -> Findings {
    let mut office = well();
    change(&mut office);
    let mut found = Findings::default();
    judge(&office, &mut found);
    found
}

/// What is not well, by code.
fn troubles(found: &Findings) -> Vec<(Level, String)> {
    codes_of(found)
        .into_iter()
        .filter(|(level, _)| *level != Level::Good)
        .collect()
}

fn store_of(office: &mut Office) -> &mut Opened {
    office.store.as_mut().unwrap()
}

#[test]
fn an_office_that_is_well_is_well_in_every_respect() {
    let found = judged(|_| {});
    assert_eq!((found.worst(), found.iter().count()), (Level::Good, 8), "{found:?}");
}

type Broken = (fn(&mut Office), Level, Code);

#[test]
fn each_trouble_has_its_finding_and_only_that() {
    let cases: &[Broken] = &[
        (
            |o| o.store = Err(Message::new(codes::STORE_UNREACHABLE)),
            Level::Bad,
            codes::STORE_UNREACHABLE,
        ),
        (
            |o| store_of(o).health = Err(Message::new(codes::STORE_FAILED)),
            Level::Bad,
            codes::STORE_FAILED,
        ),
        (
            |o| {
                store_of(o).health = Ok(Health {
                    damages: vec!["row 1 missing".into()],
                    ..health()
                })
            },
            Level::Bad,
            codes::CARE_STORE_DAMAGED,
        ),
        (
            |o| {
                store_of(o).health = Ok(Health {
                    journal: Some("delete".into()),
                    ..health()
                })
            },
            Level::Warning,
            codes::CARE_STORE_JOURNAL,
        ),
        (
            |o| {
                store_of(o).health = Ok(Health {
                    clock_ahead: -6000,
                    ..health()
                })
            },
            Level::Warning,
            codes::CARE_STORE_CLOCK,
        ),
        (
            |o| store_of(o).last_run = Some(now() + TimeDelta::minutes(2)),
            Level::Bad,
            codes::CARE_CLOCK_BACK,
        ),
        (|o| o.clocks.jumped = 3600, Level::Warning, codes::CARE_CLOCK_JUMP),
        (
            |o| o.clocks.share_ahead = Some((".".into(), -60)),
            Level::Warning,
            codes::CARE_CLOCK_SHARE,
        ),
        (
            |o| o.folders = vec![folder(FolderState::Missing, true)],
            Level::Warning,
            codes::CARE_FOLDER_MISSING,
        ),
        (
            |o| o.folders = vec![folder(FolderState::Locked("x".into()), true)],
            Level::Bad,
            codes::CARE_FOLDER_LOCKED,
        ),
        (
            |o| o.folders = vec![folder(FolderState::Locked("x".into()), false)],
            Level::Warning,
            codes::CARE_FOLDER_LOCKED,
        ),
        (
            |o| o.folders = vec![folder(FolderState::Open("700"), true)],
            Level::Warning,
            codes::CARE_FOLDER_OPEN,
        ),
        (
            |o| o.scenarios = ScenarioFacts::default(),
            Level::Warning,
            codes::CARE_NO_SCENARIO,
        ),
        (|o| o.leftovers.folders = 1, Level::Warning, codes::CARE_LEFTOVERS),
    ];
    for (change, level, code) in cases {
        assert_eq!(troubles(&judged(change)), [(*level, code.0.to_owned())]);
    }
}

#[test]
fn a_year_that_cannot_be_is_told() {
    for (year, fine) in [(1970, false), (2024, false), (2026, true), (2100, false)] {
        let found = judged(|office| {
            office.clocks.now = Utc.with_ymd_and_hms(year, 6, 1, 0, 0, 0).unwrap();
            store_of(office).last_run = None;
        });
        assert_eq!(found.worst() == Level::Good, fine, "{year}");
    }
}

#[test]
fn another_time_zone_of_the_machine_is_a_remark() {
    let found = judged(|office| office.clocks.host_offset = 0);
    assert_eq!(troubles(&found), []);
    let said = found.iter().find(|finding| finding.message.is(codes::CARE_CLOCK_ZONE));
    let said = said.expect("a remark").message.what(Lang::Ja);
    assert!(
        said.contains("UTC+00:00") && said.contains("このままでかまいません"),
        "{said}"
    );
}

#[test]
fn small_differences_of_clocks_are_nobodys_concern() {
    let found = judged(|office| {
        office.clocks.jumped = -5;
        office.clocks.share_ahead = Some((".".to_owned(), 5));
        store_of(office).health = Ok(Health {
            clock_ahead: 5999,
            ..health()
        });
        store_of(office).last_run = Some(now() + TimeDelta::seconds(5));
    });
    assert_eq!(troubles(&found), []);
}

#[test]
fn room_is_judged_by_bytes_and_by_share() {
    for (free, total, level) in [
        (1 << 30, 2 << 30, Level::Good),
        ((1 << 30) - 1, 2 << 30, Level::Warning),
        (49 << 30, 1000 << 30, Level::Warning),
        (50 << 30, 1000 << 30, Level::Good),
        (64 << 20, 1 << 30, Level::Warning),
        ((64 << 20) - 1, 1 << 30, Level::Bad),
        (0, 0, Level::Bad),
    ] {
        let found = judged(|office| office.disks[0].room = Room { free, total });
        assert_eq!(found.worst(), level, "{free} of {total}");
    }
}

fn secret(name: &str, hosts: &[&str], expires: Option<i64>) -> SecretInfo {
    SecretInfo {
        name: name.to_owned(),
        hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        expires: expires.map(|days| today() + TimeDelta::days(days)),
        set_at: now(),
    }
}

/// Secrets that are kept, whether the one of 受付 is used, and what is found.
type Kept = (Vec<SecretInfo>, bool, Vec<(Level, Code)>);

#[test]
fn secrets_are_told_before_they_end_and_when_they_are_missed() {
    let used = Used {
        name: "受付.ID".to_owned(),
        bot: "juminhyo-yubin".to_owned(),
    };
    let host: &[&str] = &["uketsuke.city.example"];
    let cases: Vec<Kept> = vec![
        (vec![], false, vec![]),
        (vec![secret("受付.ID", host, None)], true, vec![]),
        (vec![secret("受付.ID", host, Some(31))], true, vec![]),
        (
            vec![secret("受付.ID", host, Some(30))],
            true,
            vec![(Level::Warning, codes::CARE_SECRET_SOON)],
        ),
        (
            vec![secret("受付.ID", host, Some(0))],
            true,
            vec![(Level::Warning, codes::CARE_SECRET_SOON)],
        ),
        (
            vec![secret("受付.ID", host, Some(-1))],
            true,
            vec![(Level::Bad, codes::CARE_SECRET_EXPIRED)],
        ),
        (
            vec![secret("受付.ID", host, Some(-1))],
            false,
            vec![(Level::Warning, codes::CARE_SECRET_EXPIRED)],
        ),
        (
            vec![secret("受付.ID", &[], None)],
            true,
            vec![(Level::Warning, codes::CARE_SECRET_NOWHERE)],
        ),
        (vec![secret("練習.受付.ID", &[], None)], false, vec![]),
        (vec![], true, vec![(Level::Bad, codes::CARE_SECRET_MISSING)]),
    ];
    for (kept, is_used, expected) in cases {
        let found = judged(|office| {
            let secrets = &mut store_of(office).secrets;
            secrets.kept.clone_from(&kept);
            secrets.used = if is_used { vec![used.clone()] } else { Vec::new() };
        });
        let expected: Vec<(Level, String)> = expected
            .iter()
            .map(|(level, code)| (*level, code.0.to_owned()))
            .collect();
        assert_eq!(troubles(&found), expected, "{kept:?}");
    }
}

#[test]
fn a_night_with_one_scenario_that_can_run_is_a_night() {
    let with = |bots, stuck| {
        judged(|office| {
            office.scenarios = ScenarioFacts {
                files: bots + 1,
                bots,
                wrong: vec!["scenarios/a.yaml".to_owned()],
                stuck,
            };
        })
        .worst()
    };
    assert_eq!(
        (with(2, 1), with(2, 2), with(1, 1)),
        (Level::Warning, Level::Bad, Level::Bad)
    );
}

#[test]
fn offsets_are_told_as_people_write_them() {
    for (seconds, told) in [(0, "+00:00"), (9 * 3600, "+09:00"), (-(3 * 3600 + 1800), "-03:30")] {
        assert_eq!(offset(seconds), told);
    }
}

#[test]
fn work_that_is_not_back_is_told() {
    let mut office = well();
    store_of(&mut office).batons = vec![(3, 5, DateTime::UNIX_EPOCH)];
    let mut found = Findings::default();
    judge(&office, &mut found);
    let told = found.iter().find(|finding| finding.area == Area::ByHand).expect("told");
    assert_eq!(told.level, Level::Warning);
    let said = told.message.what(crate::text::Lang::Ja);
    assert!(said.contains("手作業バトン 3 番") && said.contains("5 件"), "{said}");
}
