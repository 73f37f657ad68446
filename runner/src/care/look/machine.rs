//! The browser and its driver, found and tried.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::care::facts::{Machine, Network, Program, Trial};
use crate::drivers::browser::{self, BrowserError, BrowserSpec, major};
use crate::platform::{files, machine, programs};
use crate::steps::StepError;

/// What to look at.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The folder for the trial's profile.
    pub profiles: PathBuf,
    /// The user says that nothing can be fetched.
    pub offline: bool,
}

/// Looks at the machine: versions, a trial start, fonts, memory.
pub async fn machine(ask: &Ask) -> Machine {
    let browser = browser_here().await;
    let driver = program(programs::DRIVERS).await;
    let (trial, drawn) = trial(ask, browser.as_ref(), driver.as_ref()).await;
    Machine {
        network: network(ask.offline),
        os: std::env::consts::OS,
        maker_name: machine::maker_name(),
        browser,
        driver,
        trial,
        japanese: drawn.or_else(has_japanese_font),
        memory: machine::memory_left(),
    }
}

/// Whether things can be fetched: the user says not, or the routing table does. Nothing is contacted.
pub fn network(offline: bool) -> Network {
    match machine::has_way_out() {
        _ if offline => Network::SaidClosed,
        Some(false) => Network::Closed,
        Some(true) | None => Network::Open,
    }
}

/// The browser of this machine.
pub async fn browser_here() -> Option<Program> {
    program(programs::BROWSERS).await
}

async fn program(names: &[&str]) -> Option<Program> {
    let path = programs::find(names)?;
    let version = browser::version_of(&path).await;
    Some(Program { path, version })
}

async fn trial(ask: &Ask, browser: Option<&Program>, driver: Option<&Program>) -> (Trial, Option<bool>) {
    let (Some(browser), Some(driver)) = (browser, driver) else {
        return (Trial::NotTried, None);
    };
    if let (Ok(one), Ok(other)) = (&browser.version, &driver.version)
        && major(one) != major(other)
    {
        return (Trial::NotTried, None);
    }
    if let Err(error) = writable(&ask.profiles) {
        return (Trial::Profile(ask.profiles.clone(), error.to_string()), None);
    }
    let mut spec = BrowserSpec::new(&driver.path, &ask.profiles, "doctor");
    spec.browser = Some(browser.path.clone());
    match browser::trial(&spec).await {
        Ok(tried) => (Trial::Opened(tried.browser), Some(tried.japanese)),
        Err(BrowserError::Profile { path, source }) => (Trial::Profile(path, source.to_string()), None),
        Err(error) => {
            let obstacle = browser::obstacle(&browser.path, &spec).await;
            let cause = StepError::Browser(error).failure().message;
            (Trial::Failed { cause, obstacle }, None)
        }
    }
}

fn writable(folder: &Path) -> std::io::Result<()> {
    files::create_private_folder(folder)?;
    files::try_write(folder)
}

/// Whether the system's font table has a Japanese font, where it has such a table.
fn has_japanese_font() -> Option<bool> {
    let output = Command::new("fc-list").arg(":lang=ja").output().ok()?;
    output.status.success().then_some(!output.stdout.is_empty())
}
