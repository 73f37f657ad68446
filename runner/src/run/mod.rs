//! Running a plan: items, steps, the irreversible act, and what is written down before and after it.
//!
//! `run` knows the ports and nothing of who implements them or who watches.

mod ask;
mod attempt;
mod blocks;
mod commit;
mod doubt;
mod far;
mod guide;
mod halt;
mod heartbeat;
mod intake;
mod interpret;
mod item;
mod items;
mod journal;
mod keeper;
mod limits;
mod list;
mod machine;
mod next;
mod part;
mod reasons;
mod rehearsal;
mod scope;
mod seen;
mod select;
mod session;
mod sign_in;
mod told;
mod work;

pub use sign_in::{Visit, visit};

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::clock::Clock;
use crate::drivers::browser::BrowserSpec;
use crate::events::{Event, Place, RunId, RunOutcome, Trigger};
use crate::plan::Plan;
pub use guide::{Answer, Guide, Stop, Why, Wish};
pub use select::Selection;

use tokio::sync::watch;

use crate::ports::{EventSink, EvidenceStore, ForcedStop, Ledger, PortError, Vault};

/// Everything a run needs to know that the scenario does not say.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The office's folder.
    pub office: PathBuf,
    /// Practice city or the real system.
    pub place: Place,
    /// The system's address without a slash at its end.
    pub base: Option<String>,
    /// Hosts that pages may be opened from, with port where it is not the default.
    pub hosts: Vec<String>,
    /// How to start a browser.
    pub browser: BrowserSpec,
    /// The day the run works for.
    pub date: NaiveDate,
    /// Where the office stands.
    pub zone: Tz,
    /// This machine.
    pub host: String,
    /// This process.
    pub pid: u32,
    /// Who or what started it.
    pub trigger: Trigger,
    /// Whether rows that were rejected are worked again as they are, because somebody has asked for it.
    pub retry_rejected: bool,
    /// Whether a login that the system has refused is tried again as it was, because somebody has asked for it.
    pub login_again: bool,
    /// Whether it stops before each irreversible act and leaves the ledger alone (下見).
    pub rehearsal: bool,
    /// Which of its items it is to work.
    pub selection: Selection,
    /// The run whose work it goes on with; its items are the selection then.
    pub resumes: Option<RunId>,
    /// Which pictures are kept.
    pub pictures: Pictures,
    /// How long to wait and how often to try.
    pub patience: Patience,
}

/// Which pictures are kept besides those a scenario asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pictures {
    /// None.
    Off,
    /// Of failures.
    Failures,
    /// Of failures, of the filled form before the irreversible act, and of its proof.
    Commits,
}

/// How long to wait and how often to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the page to show what a step needs.
    pub step: Duration,
    /// For the sign after an irreversible act.
    pub proof: Duration,
    /// Tries of one item when the other system fails.
    pub tries: u32,
    /// Before the second try; doubled each time.
    pub backoff: Duration,
    /// For one item, when its scenario does not say.
    pub item: Duration,
    /// Items in a row stopped by the same cause at the same step that end the run.
    pub same_cause: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            step: Duration::from_secs(10),
            proof: Duration::from_secs(30),
            tries: 3,
            backoff: Duration::from_secs(5),
            item: Duration::from_secs(15 * 60),
            same_cause: 5,
        }
    }
}

/// What a run writes to and reads from.
#[derive(Clone)]
pub struct Ports {
    /// The truth about items.
    pub ledger: Arc<dyn Ledger>,
    /// Where other events go.
    pub sink: Arc<dyn EventSink>,
    /// Where pictures go.
    pub evidence: Arc<dyn EvidenceStore>,
    /// Where secrets come from.
    pub vault: Arc<dyn Vault>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Somebody who watches a run. Watching never changes it.
pub trait Watcher: Send {
    /// An event was stored.
    fn event(&mut self, event: &Event);
}

/// A wish to end, which the run looks at between steps, and one to end at once.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    asked: Arc<AtomicBool>,
    forced: Arc<watch::Sender<Option<ForcedStop>>>,
}

impl Cancel {
    /// Asks the run to end after the current step.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::SeqCst);
    }

    /// Whether it was asked.
    pub fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// Ends the run in the middle of what it does. The first one counts.
    pub fn force(&self, stop: ForcedStop) {
        self.ask();
        self.forced.send_if_modified(|forced| {
            let first = forced.is_none();
            forced.get_or_insert(stop);
            first
        });
    }

    /// Waits until somebody wants it to end at once.
    async fn forced(&self) -> ForcedStop {
        let mut forced = self.forced.subscribe();
        let stop = match forced.wait_for(Option::is_some).await {
            Ok(stop) => stop.clone(),
            Err(_) => None,
        };
        match stop {
            Some(stop) => stop,
            // The sender lives as long as this does.
            None => std::future::pending().await,
        }
    }
}

/// Why a run could not be begun or its history not be written.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The store: nothing irreversible is done without it.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// Its number.
    pub run: RunId,
    /// The outcome.
    pub outcome: RunOutcome,
}

/// Runs a plan to its end. Failures of the scenario, the page or the other system end in the history, not in an
/// error.
///
/// # Errors
/// Only when the store fails or another runner has the work.
pub async fn execute(
    plan: &Plan,
    setup: &Setup,
    ports: Ports,
    cancel: Cancel,
    watcher: &mut dyn Watcher,
) -> Result<Finished, RunError> {
    open(plan, setup, ports, cancel, (watcher, None)).await
}

/// Rehearses a plan, step by step as a guide wants it. Nothing is registered, whatever the setup says.
///
/// # Errors
/// As for [`execute`].
pub async fn lead(
    plan: &Plan,
    setup: &Setup,
    ports: Ports,
    cancel: Cancel,
    (watcher, guide): (&mut dyn Watcher, &mut (dyn Guide + 'static)),
) -> Result<Finished, RunError> {
    let setup = Setup {
        rehearsal: true,
        ..setup.clone()
    };
    open(plan, &setup, ports, cancel, (watcher, Some(guide))).await
}

async fn open(
    plan: &Plan,
    setup: &Setup,
    ports: Ports,
    cancel: Cancel,
    (watcher, guide): (&mut dyn Watcher, Option<&mut (dyn Guide + 'static)>),
) -> Result<Finished, RunError> {
    let ports = match setup.rehearsal {
        true => Ports {
            ledger: Arc::new(rehearsal::Rehearsal::new(ports.ledger.clone(), ports.sink.clone())),
            ..ports
        },
        false => ports,
    };
    let editions = guide::Editions::default();
    let audience = machine::Audience {
        watcher,
        guide,
        editions: &editions,
    };
    machine::Machine::open(plan, setup, ports, cancel, audience)?
        .work()
        .await
}
