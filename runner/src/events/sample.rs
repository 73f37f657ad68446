//! Streams of events for tests: an invented night in the practice city.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::*;
use crate::text::codes;

/// Writes events as a run would, one after another.
pub(crate) struct Night {
    events: Vec<Event>,
    at: DateTime<Utc>,
}

/// How the work on an item ends.
pub(crate) enum Ending {
    Done,
    TooLittle,
    OutsideCity,
    Refused,
    Unproven,
    Broken,
    /// The run dies before the commit.
    LeftClaimed,
    /// The run dies after the intent was stored.
    LeftCommitting,
}

const FILE: &str = "scenarios/juminhyo-yubin.yaml";

impl Night {
    /// A run that has just begun.
    pub(crate) fn begin() -> Night {
        let mut night = Night {
            events: Vec::new(),
            // 2026-11-22 22:00 in Tokyo.
            at: DateTime::from_timestamp(1_795_352_400, 0).expect("a date of this century"),
        };
        night.push(Kind::RunStarted(header()));
        night
    }

    pub(crate) fn push(&mut self, kind: Kind) -> &mut Night {
        let seq = self.events.len() as i64 + 1;
        self.events.push(Event {
            run: RunId(12),
            seq,
            at: self.at,
            kind,
        });
        self
    }

    pub(crate) fn wait(&mut self, ms: i64) -> &mut Night {
        self.at += TimeDelta::milliseconds(ms);
        self
    }

    /// Reads `to_do` new rows and two that were done before, and logs in.
    pub(crate) fn take(&mut self, to_do: u64) -> &mut Night {
        self.wait(800).push(Kind::ItemsTaken(ItemsTaken {
            source: "inbox/requests_20261122.csv".to_owned(),
            hash: Some("5f".repeat(32)),
            format: "CP932 CSV".to_owned(),
            rows: to_do + 2,
            to_do,
            set_aside: 0,
            done_before: 2,
            held: BTreeMap::new(),
        }));
        self.wait(2_100).push(Kind::SessionOpened {
            number: 1,
            browser: "Chromium 156.0.7204.49".to_owned(),
        })
    }

    fn step(&mut self, row: u64, place: &str, took_ms: u64, failed: Option<(StepOutcome, Option<Failure>)>) {
        let step = StepRef {
            path: place.to_owned(),
            outline: place.to_owned(),
            item: Some(item(row).id),
            attempt: 1,
        };
        self.push(Kind::StepStarted(step.clone()));
        self.wait(took_ms as i64);
        let (outcome, failure) = failed.unwrap_or((StepOutcome::Ok, None));
        let role = match (outcome, place) {
            (StepOutcome::Failed, _) => Some(EvidenceRole::Failure),
            (_, "steps/4") => Some(EvidenceRole::Proof),
            (StepOutcome::Ok, "steps/3") => Some(EvidenceRole::BeforeCommit),
            _ => None,
        };
        let evidence = role.map(|role| picture(row, role)).into_iter().collect();
        self.push(Kind::StepFinished(StepFinished {
            step,
            outcome,
            took_ms,
            notes: Vec::new(),
            evidence,
            failure,
        }));
    }

    fn intend(&mut self, row: u64) {
        self.push(Kind::CommitIntended {
            item: item(row),
            title: "請求の登録".to_owned(),
        });
    }

    /// Works one item to the given end.
    pub(crate) fn work(&mut self, row: u64, ending: Ending) -> &mut Night {
        if let Ending::TooLittle = ending {
            let failure = rejected("手数料が不足しています");
            return self.end(row, ItemState::Rejected, Some(failure), 3);
        }
        self.push(Kind::ItemStarted(item(row)));
        self.step(row, "steps/1", 900 + row * 7, None);
        if let Ending::Broken = ending {
            let failure = missing_field();
            self.push(Kind::StepRetrying {
                step: StepRef {
                    path: "steps/2".to_owned(),
                    outline: "steps/2".to_owned(),
                    item: Some(item(row).id),
                    attempt: 1,
                },
                failure: failure.clone(),
                wait_ms: 30_000,
            });
            self.wait(30_000);
            self.step(
                row,
                "steps/2",
                10_000,
                Some((StepOutcome::Failed, Some(failure.clone()))),
            );
            return self.end(row, ItemState::Failed, Some(failure), 41_500);
        }
        self.step(row, "steps/2", 4_200 + row * 11, None);
        if let Ending::OutsideCity = ending {
            self.step(row, "steps/3", 1_200, Some((StepOutcome::NotMet, None)));
            return self.end(row, ItemState::Rejected, Some(rejected("住所が市外です")), 6_400);
        }
        self.step(row, "steps/3", 300, None);
        if let Ending::LeftClaimed = ending {
            return self;
        }
        self.intend(row);
        match ending {
            Ending::LeftCommitting => self.wait(700),
            Ending::Refused => {
                let failure = refused();
                self.step(row, "steps/4/do/1", 900, None);
                self.step(
                    row,
                    "steps/4",
                    1_000,
                    Some((StepOutcome::Failed, Some(failure.clone()))),
                );
                self.end(row, ItemState::Rejected, Some(failure), 7_100)
            }
            Ending::Unproven => {
                let failure = unproven();
                self.step(row, "steps/4/do/1", 30_000, Some((StepOutcome::Failed, None)));
                self.step(
                    row,
                    "steps/4",
                    95_000,
                    Some((StepOutcome::Failed, Some(failure.clone()))),
                );
                self.end(row, ItemState::Inquiry, Some(failure), 131_000)
            }
            _ => {
                self.step(row, "steps/4/do/1", 1_100, None);
                self.step(row, "steps/4", 1_900, None);
                self.end(row, ItemState::Done, None, 8_300)
            }
        }
    }

    fn end(&mut self, row: u64, state: ItemState, failure: Option<Failure>, took_ms: u64) -> &mut Night {
        let receipt = (state == ItemState::Done).then(|| format!("R8-{:06}", 120 + row));
        self.push(Kind::ItemFinished(ItemFinished {
            item: item(row),
            state,
            failure,
            receipt,
            took_ms,
        }))
    }

    /// The last event.
    pub(crate) fn end_run(&mut self, outcome: RunOutcome, failure: Option<Failure>) -> &mut Night {
        let started = self.events.first().map_or(self.at, |event| event.at);
        let took_ms = (self.at - started).num_milliseconds().unsigned_abs();
        self.push(Kind::RunFinished(RunFinished {
            outcome,
            failure,
            took_ms,
        }))
    }

    pub(crate) fn events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }
}

fn header() -> RunStarted {
    let outline = [
        (
            "login/1",
            "「利用者ID」と「パスワード」を入れて「ログイン」を押す",
            "group",
            6,
        ),
        ("steps/1", "「新規登録」を押す", "browser.click", 26),
        (
            "steps/2",
            "「請求番号」「氏名」「生年月日」「郵便番号」に入れる",
            "browser.fill",
            27,
        ),
        ("steps/3", "「住所」が「長崎市」を含むことを見る", "browser.see", 30),
        ("steps/3/else/1", "差し戻し「住所が市外です」", "reject", 31),
        ("steps/4", "請求の登録", "commit", 32),
        ("steps/4/do/1", "「登録する」を押す", "browser.click", 33),
        ("after/1", "結果を Excel に書く", "excel.write", 41),
    ];
    RunStarted {
        bot: "juminhyo-yubin".to_owned(),
        name: "住民票郵送請求の登録".to_owned(),
        purpose: Some("郵送請求の台帳を受付システムへ登録する".to_owned()),
        bundle: "a9".repeat(32),
        trigger: Trigger::Schedule,
        place: Place::Practice,
        date: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day of the calendar"),
        outline: outline
            .into_iter()
            .map(|(path, title, kind, line)| StepOutline {
                path: path.to_owned(),
                title: title.to_owned(),
                kind: kind.to_owned(),
                file: FILE.to_owned(),
                line,
            })
            .collect(),
        version: "0.1.0".to_owned(),
        host: "rpa-01".to_owned(),
        rehearsal: false,
        resumes: None,
    }
}

pub(crate) fn item(row: u64) -> ItemRef {
    ItemRef {
        id: ItemId(1000 + row as i64),
        row,
        label: format!("0012026-{row:04}"),
    }
}

/// The picture that an item's step took; its name is made from the row and the role.
pub(crate) fn picture(row: u64, role: EvidenceRole) -> EvidenceRef {
    EvidenceRef {
        sha256: format!("{row:04x}{:02x}", role as u8).repeat(11)[..64].to_owned(),
        media_type: "image/png".to_owned(),
        bytes: 48_213,
        role,
    }
}

fn rejected(reason: &str) -> Failure {
    Failure {
        cause: Cause::Data,
        message: Message::new(codes::REJECTED).with("reason", reason),
        page_says: None,
    }
}

fn refused() -> Failure {
    Failure {
        cause: Cause::Data,
        message: Message::new(codes::REFUSED).with("words", "該当する住民がいません。"),
        page_says: Some("該当する住民がいません。".to_owned()),
    }
}

fn unproven() -> Failure {
    Failure {
        cause: Cause::System,
        message: Message::new(codes::DOUBT).with("title", "請求の登録"),
        page_says: Some("検索中です。しばらくお待ちください。".to_owned()),
    }
}

/// Written by a newer program: the code is not in this catalogue.
fn missing_field() -> Failure {
    Failure {
        cause: Cause::Page,
        message: Message {
            code: "YK9990".into(),
            args: [("wanted".into(), crate::text::Arg::Open("氏名".to_owned()))].into(),
        },
        page_says: Some("申請者氏名　<script>alert(1)</script>".to_owned()),
    }
}

/// A whole night: 50 done, 2 done before, 3 rejected, 1 inquiry, 1 failed.
pub(crate) fn whole_night() -> Vec<Event> {
    let mut night = Night::begin();
    night.take(55);
    for row in 1..=55 {
        let ending = match row {
            7 => Ending::TooLittle,
            19 => Ending::OutsideCity,
            28 => Ending::Refused,
            33 => Ending::Broken,
            41 => Ending::Unproven,
            _ => Ending::Done,
        };
        night.work(row, ending).wait(350);
    }
    night.push(Kind::Unknown(serde_json::json!({"tea_served": {"cups": 2}})));
    night.end_run(RunOutcome::Partial, None).events()
}

/// A night that broke off: 4 done, one item left before its commit or in the midst of it.
pub(crate) fn broken_night(left: Ending) -> Vec<Event> {
    let mut night = Night::begin();
    night.take(9);
    for row in 1..=4 {
        night.work(row, Ending::Done).wait(350);
    }
    night.work(5, left).events()
}
