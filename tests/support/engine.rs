//! A run inside the test program, for what the command line does not let one choose: how long to wait, how often to try.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use yakin::clock::{Clock, SystemClock};
use yakin::drivers::browser::BrowserSpec;
use yakin::events::view::RunView;
use yakin::events::{Event, EvidenceRef, EvidenceRole, Place, RunOutcome, Trigger};
use yakin::history::{self, Backend, Store};
use yakin::plan::{self, OfficeFiles};
use yakin::platform::processes;
use yakin::ports::{EvidenceStore, Lease, PortError, SecretInfo, Vault};
use yakin::practice::{PASSWORD, USER_ID};
use yakin::run::{Cancel, Patience, Pictures, Ports, RunError, Setup, Watcher};
use yakin::value::Secret;

use super::chromium::block_on;
use super::office::{Office, SCENARIO, day};

/// Waits short enough for a test of what does not come, and one try.
pub(crate) const HASTY: Patience = Patience {
    step: Duration::from_secs(3),
    proof: Duration::from_secs(1),
    tries: 1,
    backoff: Duration::from_millis(10),
    item: Duration::from_secs(120),
    same_cause: 5,
};

/// How long the browser waits for a page.
const PAGE_LOAD: Duration = Duration::from_secs(6);

struct Account {
    host: String,
}

impl Vault for Account {
    fn reveal(&self, name: &str) -> Result<Option<(Secret, SecretInfo)>, PortError> {
        let value = if name.ends_with("ID") { USER_ID } else { PASSWORD };
        let info = SecretInfo {
            name: name.to_owned(),
            hosts: vec![self.host.clone()],
            expires: None,
            set_at: DateTime::<Utc>::UNIX_EPOCH,
        };
        Ok(Some((Secret::new(value.to_owned()), info)))
    }

    fn list(&self) -> Result<Vec<SecretInfo>, PortError> {
        Ok(Vec::new())
    }
}

struct Seen<'a> {
    view: RunView,
    told: Box<dyn FnMut(&Event) + Send + 'a>,
}

impl Watcher for Seen<'_> {
    fn event(&mut self, event: &Event) {
        self.view.apply(event);
        (self.told)(event);
    }
}

/// The office's store, as the command line opens it.
pub(crate) fn store(office: &Office) -> Arc<Store> {
    let options = history::Options {
        folder: office.root().join(".yakin"),
        backend: Backend::Sqlite,
        clock: Arc::new(SystemClock::start()),
        is_alive: processes::is_alive,
    };
    Arc::new(Store::open(&options).unwrap())
}

/// A disk without room for pictures.
struct NoRoom;

impl EvidenceStore for NoRoom {
    fn keep(&self, _: Lease, _: &[u8], _: &str, _: EvidenceRole) -> Result<EvidenceRef, PortError> {
        Err(PortError::Full)
    }
}

/// What is not as usual around a run.
pub(crate) struct Around<'a> {
    pub(crate) patience: Patience,
    pub(crate) pictures: Pictures,
    /// The address under which the city is reached; its own without one.
    pub(crate) base: Option<String>,
    /// How long the driver may take to answer.
    pub(crate) command: Duration,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) evidence: Arc<dyn EvidenceStore>,
    pub(crate) store: Option<Arc<Store>>,
    /// What is done when the run has said something.
    pub(crate) told: Box<dyn FnMut(&Event) + Send + 'a>,
}

impl Default for Around<'_> {
    fn default() -> Self {
        Around {
            patience: Patience::default(),
            pictures: Pictures::Off,
            base: None,
            command: Duration::from_secs(120),
            clock: Arc::new(SystemClock::start()),
            evidence: Arc::new(NoRoom),
            store: None,
            told: Box::new(|_| ()),
        }
    }
}

/// Works the office's scenario for the day with the given patience.
pub(crate) fn work(office: &Office, patience: Patience) -> (RunOutcome, RunView) {
    let around = Around {
        patience,
        ..Around::default()
    };
    let (done, view) = work_in(office, around);
    (done.unwrap(), view)
}

/// Works it with every picture, none of which can be kept.
pub(crate) fn work_without_room(office: &Office) -> (RunOutcome, RunView) {
    let around = Around {
        pictures: Pictures::Commits,
        ..Around::default()
    };
    let (done, view) = work_in(office, around);
    (done.unwrap(), view)
}

/// Works it under given circumstances.
pub(crate) fn work_in(office: &Office, around: Around<'_>) -> (Result<RunOutcome, RunError>, RunView) {
    let plan = plan::load(&OfficeFiles::new(&office.root()), SCENARIO).plan.unwrap();
    let city = around.base.unwrap_or_else(|| office.city.base_url().to_owned());
    let host = city.replace("http://", "");
    let mut browser = BrowserSpec::new("chromedriver", office.root().join(".yakin/browser"), "test");
    browser.page_load = PAGE_LOAD;
    browser.command = around.command;
    let setup = Setup {
        office: office.root(),
        place: Place::Practice,
        base: Some(format!("{city}/uketsuke")),
        hosts: vec![host.clone()],
        browser,
        date: day(),
        zone: chrono_tz::Asia::Tokyo,
        host: processes::host_name(),
        pid: std::process::id(),
        trigger: Trigger::Manual,
        retry_rejected: false,
        login_again: false,
        rehearsal: false,
        selection: yakin::run::Selection::default(),
        resumes: None,
        pictures: around.pictures,
        patience: around.patience,
    };
    let store = around.store.unwrap_or_else(|| store(office));
    let ports = Ports {
        ledger: store.clone(),
        sink: store,
        evidence: around.evidence,
        vault: Arc::new(Account { host }),
        clock: around.clock,
    };
    let mut seen = Seen {
        view: RunView::default(),
        told: around.told,
    };
    let done = block_on(yakin::run::execute(&plan, &setup, ports, Cancel::default(), &mut seen));
    (done.map(|done| done.outcome), seen.view)
}
