//! What fails around a run (browser, driver, network, clock, ledger), before and after the intent to register is written.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use yakin::clock::{Clock, SystemClock};
use yakin::events::view::RunView;
use yakin::events::{Event, Kind, RunOutcome};
use yakin::practice::{CommitFault, Faults};
use yakin::run::Patience;
use yakin::text::codes;

use crate::support::engine::{Around, HASTY, work_in};
use crate::support::gate::{Gate, Line};
use crate::support::office::{Office, number, rows, states};

/// A second try, and a third for a machine that is slow to start a browser.
const THRICE: Patience = Patience { tries: 3, ..HASTY };

/// When something fails: with the second item, whose browser the first one has opened.
#[derive(Debug, Clone, Copy)]
enum When {
    /// Before anything is written down.
    Begun,
    /// Between the intent and the act.
    Intended,
}

impl When {
    fn is(self, event: &Event) -> bool {
        let item = match (self, &event.kind) {
            (When::Begun, Kind::ItemStarted(item)) | (When::Intended, Kind::CommitIntended { item, .. }) => item,
            _ => return false,
        };
        item.label.ends_with("0002")
    }
}

fn noted(event: &Event, code: yakin::text::Code) -> bool {
    matches!(&event.kind, Kind::Noted(message) if message.is(code))
}

fn office() -> Office {
    let office = Office::new();
    office.edit("scenarios/systems/受付.yaml", "settle: 60s", "settle: 1s");
    office.deliver(&rows(3));
    office
}

/// Everything is registered, once.
fn all_is_done(office: &Office, (outcome, view): (RunOutcome, &RunView), why: &str) {
    assert_eq!(states(view), ["0001 済", "0002 済", "0003 済"], "{why}: {view:?}");
    assert_eq!(outcome, RunOutcome::Succeeded, "{why}");
    assert_eq!(office.registered(), ["0001", "0002", "0003"], "{why}");
}

/// The processes of the office's only browser: the driver's and the browser's.
fn processes(office: &Office) -> [u64; 2] {
    let folders = std::fs::read_dir(office.root().join(".yakin/browser")).unwrap();
    let owners: Vec<PathBuf> = folders
        .map(|folder| folder.unwrap().path().join("owner.json"))
        .collect();
    let [owner] = owners.as_slice() else {
        panic!("one browser: {owners:?}");
    };
    let owner: serde_json::Value = serde_json::from_slice(&std::fs::read(owner).unwrap()).unwrap();
    ["driver", "browser"].map(|name| owner[name]["pid"].as_u64().unwrap())
}

fn signal(process: u64, name: &str) {
    let done = Command::new("kill")
        .args([format!("-{name}"), process.to_string()])
        .status();
    assert!(done.unwrap().success(), "{name} {process}");
}

/// Something is done to a process of the browser, once; the run goes on with another browser.
fn struck(when: When, strike: impl Fn([u64; 2]) + Send + Sync) {
    let office = office();
    let mut left = 1;
    let around = Around {
        patience: THRICE,
        command: Duration::from_secs(10),
        told: Box::new(|event| {
            if left > 0 && when.is(event) {
                left -= 1;
                strike(processes(&office));
            }
        }),
        ..Around::default()
    };
    let (done, view) = work_in(&office, around);
    all_is_done(&office, (done.unwrap(), &view), &format!("{when:?}"));
    assert!(view.sessions > 1, "another browser");
}

#[test]
fn a_browser_that_dies_is_replaced() {
    struck(When::Begun, |[_, browser]| signal(browser, "KILL"));
    struck(When::Intended, |[_, browser]| signal(browser, "KILL"));
}

#[test]
fn a_driver_that_dies_is_replaced() {
    struck(When::Begun, |[driver, _]| signal(driver, "KILL"));
    struck(When::Intended, |[driver, _]| signal(driver, "KILL"));
}

#[test]
fn a_driver_that_hangs_is_ended_and_replaced() {
    struck(When::Begun, |[driver, _]| signal(driver, "STOP"));
    struck(When::Intended, |[driver, _]| signal(driver, "STOP"));
}

/// The network fails, and is there again when the run tries again or looks.
fn cut_off(when: When, line: Line) {
    let office = office();
    let gate = Gate::before(&office.city.base_url().replace("http://", ""));
    let mut left = 1;
    let around = Around {
        patience: THRICE,
        base: Some(gate.url()),
        told: Box::new(|event| {
            if left > 0 && when.is(event) {
                left -= 1;
                gate.set(line);
            }
            if noted(event, codes::TRYING_AGAIN) || matches!(event.kind, Kind::DoubtTaken { .. }) {
                gate.set(Line::Open);
            }
        }),
        ..Around::default()
    };
    let (done, view) = work_in(&office, around);
    all_is_done(&office, (done.unwrap(), &view), &format!("{when:?} {line:?}"));
}

#[test]
fn a_network_that_is_cut_is_waited_for() {
    cut_off(When::Begun, Line::Cut);
    cut_off(When::Intended, Line::Cut);
}

#[test]
fn a_network_that_swallows_everything_is_waited_for() {
    cut_off(When::Begun, Line::Silent);
    cut_off(When::Intended, Line::Silent);
}

#[test]
fn a_login_that_is_over_while_the_bot_looks_is_made_again() {
    let office = office();
    office.faults(&Faults {
        commit: CommitFault::ErrorAfter,
        commit_only: number(2),
        ..Faults::default()
    });
    let mut looks = None;
    let around = Around {
        patience: THRICE,
        told: Box::new(|event| match (&event.kind, &mut looks) {
            (Kind::DoubtTaken { .. }, _) => {
                looks = Some(0);
                // The login's pages and the menu: the search is the page after these.
                office.faults(&Faults {
                    logout_after: 3,
                    ..Faults::default()
                });
            }
            (Kind::SessionOpened { .. }, Some(count)) => {
                *count += 1;
                if *count == 2 {
                    office.faults(&Faults::default());
                }
            }
            _ => {}
        }),
        ..Around::default()
    };
    let (done, view) = work_in(&office, around);
    all_is_done(&office, (done.unwrap(), &view), "logged out");
    assert_eq!(looks, Some(2), "it has looked again");
}

/// A wall clock that somebody moves.
struct Moved {
    clock: SystemClock,
    seconds: AtomicI64,
}

impl Clock for Moved {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now() + TimeDelta::seconds(self.seconds.load(Ordering::SeqCst))
    }

    fn monotonic(&self) -> Duration {
        self.clock.monotonic()
    }

    fn sleep(&self, time: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.clock.sleep(time)
    }
}

#[test]
fn a_clock_that_jumps_changes_nothing() {
    const DAY: i64 = 24 * 60 * 60;
    let office = office();
    // The second is entered, and its answer is lost: it is looked for while the clock jumps about.
    office.faults(&Faults {
        commit: CommitFault::LostResponse,
        commit_only: number(2),
        commit_times: 1,
        ..Faults::default()
    });
    let clock = Arc::new(Moved {
        clock: SystemClock::start(),
        seconds: AtomicI64::new(0),
    });
    let jumps = [2 * 60 * 60, -DAY, 30 * DAY, -3 * 60 * 60];
    let mut jump = jumps.iter().cycle();
    let around = Around {
        patience: THRICE,
        clock: clock.clone(),
        told: Box::new(|event| {
            if matches!(
                event.kind,
                Kind::ItemStarted(_) | Kind::CommitIntended { .. } | Kind::Noted(_)
            ) {
                clock.seconds.store(*jump.next().unwrap(), Ordering::SeqCst);
            }
        }),
        ..Around::default()
    };
    let (done, view) = work_in(&office, around);
    all_is_done(&office, (done.unwrap(), &view), "a moved clock");
}

#[cfg(feature = "failpoints")]
mod ledger {
    use std::sync::Mutex;

    use yakin::events::{EvidenceRef, EvidenceRole};
    use yakin::history::{Fault, Faults};
    use yakin::ports::{EvidenceStore, Lease, PortError};
    use yakin::run::Pictures;

    use super::*;
    use crate::support::engine::store;

    /// Lets the next write of the ledger fail when the picture of the filled form was taken: that write is the intent.
    struct BeforeIntent {
        ledger: Faults,
        fault: Mutex<Option<Fault>>,
    }

    impl EvidenceStore for BeforeIntent {
        fn keep(&self, _: Lease, _: &[u8], _: &str, role: EvidenceRole) -> Result<EvidenceRef, PortError> {
            if role == EvidenceRole::BeforeCommit
                && let Some(fault) = self.fault.lock().unwrap().take()
            {
                self.ledger.arm(1, fault);
            }
            Err(PortError::Full)
        }
    }

    #[test]
    fn nothing_is_clicked_when_the_intent_cannot_be_written() {
        let office = office();
        for fault in [Fault::Busy, Fault::Io, Fault::Full] {
            let faults = Faults::default();
            let around = Around {
                patience: THRICE,
                pictures: Pictures::Commits,
                store: Some(faults.around(|| store(&office))),
                evidence: Arc::new(BeforeIntent {
                    ledger: faults.clone(),
                    fault: Mutex::new(Some(fault)),
                }),
                ..Around::default()
            };
            let (done, view) = work_in(&office, around);
            assert!(
                done.is_err() || done.as_ref().is_ok_and(|done| *done != RunOutcome::Succeeded),
                "{done:?}"
            );
            assert!(faults.disarm(), "it failed");
            assert!(office.register().is_empty(), "{fault:?}: {view:?}");
        }
        let (done, view) = work_in(
            &office,
            Around {
                patience: THRICE,
                ..Around::default()
            },
        );
        all_is_done(&office, (done.unwrap(), &view), "the next night");
    }
}
