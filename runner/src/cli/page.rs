//! Where `look` and `record` go: a system's page, logged in, or an address.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use crate::diag::{Severity, human};
use crate::drivers::browser::{self, BrowserSpec, Session};
use crate::drivers::files::FileError;
use crate::drivers::files::Table;
use crate::plan::{self, Files, OfficeFiles, Plan};
use crate::ports::Vault;
use crate::record::yaml;
use crate::run::{self, Visit};
use crate::scenario::address::{is_loopback, origin_of};
use crate::scenario::model::System;
use crate::scenario::vocabulary::join;
use crate::steps::StepError;
use crate::steps::plugin::PluginStep;
use crate::text::{Message, codes};

use super::error::CliError;
use super::office::Desk;
use super::practice::{CityForRun, PracticeVault};
use super::run::browser_spec;
use super::warn;

/// The words that say more about a place.
#[derive(Debug, Args)]
pub(super) struct PageArgs {
    #[arg(value_name = "PATH")]
    path: Option<String>,
    #[arg(long, requires = "place")]
    real: bool,
    #[arg(long, value_name = "URL", requires = "place")]
    driver: Option<String>,
}

/// A page that somebody asked for, not opened yet.
pub(super) struct Page {
    /// The system's name and declaration, if the page belongs to one.
    pub(super) system: Option<System>,
    /// The system's address without a slash at its end.
    pub(super) base: Option<String>,
    plan: Option<Plan>,
    path: Option<String>,
    url: Option<String>,
    hosts: Vec<String>,
    city: Option<CityForRun>,
    driver: Option<String>,
}

/// How long a step of a login waits for its page.
const WAIT: Duration = Duration::from_secs(10);
/// The scenario that leads to a page; no file has this name.
const WAY: &str = "scenarios/.way.yaml";

impl Page {
    /// Works out what the words mean, and whether one may go there.
    pub(super) async fn find(desk: &Desk, place: &str, args: &PageArgs) -> Result<Page, CliError> {
        let path = args.path.as_deref();
        Page::reached(desk, place, args, &path.map(open_step).into_iter().collect::<Vec<_>>()).await
    }

    /// The same, where a word that is no address may also be a link of the page behind the login, and `then` is done on the page.
    pub(super) async fn follow(desk: &Desk, place: &str, args: &PageArgs, then: &[String]) -> Result<Page, CliError> {
        if place.contains("://") && !then.is_empty() {
            return Err(CliError::usage(Message::new(codes::LOOK_NO_SYSTEM)));
        }
        let steps: Vec<String> = args
            .path
            .as_deref()
            .map(entrance)
            .into_iter()
            .chain(then.iter().cloned())
            .collect();
        Page::reached(desk, place, args, &steps).await
    }

    /// A page of a system, in a practice city of its own where it is one of the practice city: what is done there is gone
    /// afterwards.
    pub(super) async fn apart(desk: &Desk, place: &str, args: &PageArgs) -> Result<Page, CliError> {
        let system = declared(desk, place)?;
        let (base, city) = address_of(desk, &system, args.real, City::Apart).await?;
        let steps: Vec<String> = args.path.as_deref().map(entrance).into_iter().collect();
        Page::inside(desk, system, (base, city), args, &steps)
    }

    /// `steps` lead from where every run of a system begins to the page.
    async fn reached(desk: &Desk, place: &str, args: &PageArgs, steps: &[String]) -> Result<Page, CliError> {
        if place.contains("://") {
            return Page::at_address(desk, place, args).await;
        }
        let system = declared(desk, place)?;
        let at = address_of(desk, &system, args.real, City::Shared).await?;
        Page::inside(desk, system, at, args, steps)
    }

    fn inside(
        desk: &Desk,
        system: System,
        (base, city): (String, Option<CityForRun>),
        args: &PageArgs,
        steps: &[String],
    ) -> Result<Page, CliError> {
        let host = origin_of(&base).unwrap_or_default();
        if city.is_none() {
            granted(desk, &host)?;
        }
        let plan = way(desk, &system, steps)?;
        // Only the practice city of this machine is known to harm nobody.
        if city.is_none() && plan.steps.iter().any(|step| step.risky) {
            return Err(CliError::usage(Message::new(codes::LOOK_RISKY).with("host", host)));
        }
        Ok(Page {
            system: Some(system),
            base: Some(base),
            plan: Some(plan),
            path: args.path.clone(),
            url: None,
            hosts: vec![host],
            city,
            driver: args.driver.clone(),
        })
    }

    async fn at_address(desk: &Desk, url: &str, args: &PageArgs) -> Result<Page, CliError> {
        let host = origin_of(url).unwrap_or_default();
        if !is_loopback(&host) {
            if !args.real {
                return Err(CliError::usage(Message::new(codes::PLACE_IS_REAL).with("host", host)));
            }
            granted(desk, &host)?;
        }
        let mut page = Page {
            system: None,
            base: None,
            plan: None,
            path: None,
            hosts: vec![host],
            city: None,
            driver: args.driver.clone(),
            url: Some(url.to_owned()),
        };
        // The clerk may have copied the address of a system's page from the browser.
        for name in OfficeFiles::new(&desk.room.root).systems() {
            let Some(system) = desk.room.system(&name) else {
                continue;
            };
            let Some(base) = open_address(desk, &system, args.real) else {
                continue;
            };
            let inside = url
                .strip_prefix(&base)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
            if inside {
                page.base = Some(base);
                page.system = Some(system);
                break;
            }
        }
        Ok(page)
    }

    /// Opens a browser and goes there.
    pub(super) async fn open(&self, desk: &Desk, spec: &BrowserSpec) -> Result<Session, CliError> {
        let mut session = Session::start(spec).await?;
        match self.go(desk, &mut session).await {
            Ok(()) => Ok(session),
            Err(error) => {
                // Why it could not get there matters more than how the browser ended.
                let _ = session.quit().await;
                Err(error)
            }
        }
    }

    /// Does something in a browser that stands on the page.
    pub(super) async fn on<T>(
        &self,
        desk: &Desk,
        show: bool,
        work: impl AsyncFnOnce(&mut Session) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        let spec = self.spec(desk, show)?;
        // Leftovers that cannot be swept now are no reason not to look.
        if let Err(error) = browser::sweep_orphans(&spec.profiles).await {
            warn(&StepError::Browser(error).failure().message, desk.room.lang);
        }
        let mut session = self.open(desk, &spec).await?;
        let done = work(&mut session).await;
        session.quit().await?;
        done
    }

    /// Where pages may be opened from.
    pub(super) fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// From now on only pages of this place are looked at, wherever links lead.
    pub(super) fn keep(&self, session: &mut Session) {
        session.keep_to(Some(&self.hosts));
    }

    /// Where a scenario has to begin to get there; nothing where every run of the system begins.
    pub(super) fn opened(&self) -> Option<String> {
        self.url.clone().or_else(|| self.path.as_deref().map(rooted))
    }

    /// Logs in where that is declared, and goes to the page.
    pub(super) async fn go(&self, desk: &Desk, session: &mut Session) -> Result<(), CliError> {
        if let Some(url) = &self.url {
            self.keep(session);
            return Ok(session.open(url).await?);
        }
        let Some(plan) = &self.plan else { return Ok(()) };
        let system = plan.system.iter();
        let steps: Vec<_> = system
            .flat_map(|system| system.login.iter().chain(&system.home))
            .chain(&plan.steps)
            .cloned()
            .collect();
        let done = run::visit(session, &self.visit(desk), &steps, self.vault(desk)).await;
        done.map_err(|failure| CliError::failed(failure.message))
    }

    /// Does these steps more where the browser stands, after going to where every item begins if that is asked for.
    pub(super) async fn again(
        &self,
        desk: &Desk,
        session: &mut Session,
        (from_home, steps): (bool, &[String]),
    ) -> Result<(), CliError> {
        let Some(system) = &self.system else { return Ok(()) };
        let plan = way(desk, system, steps)?;
        if self.city.is_none() && plan.steps.iter().any(|step| step.risky) {
            let host = self.hosts.first().cloned().unwrap_or_default();
            return Err(CliError::usage(Message::new(codes::LOOK_RISKY).with("host", host)));
        }
        let home = plan.system.iter().flat_map(|system| &system.home);
        let home = home.filter(|_| from_home);
        let steps: Vec<_> = home.chain(&plan.steps).cloned().collect();
        let done = run::visit(session, &self.visit(desk), &steps, self.vault(desk)).await;
        done.map_err(|failure| CliError::failed(failure.message))
    }

    /// The step that leads from where every item begins to the page; none if that is the page.
    pub(super) fn entrance(&self) -> Option<String> {
        self.path.as_deref().map(entrance)
    }

    /// Whether everything that is done here is gone afterwards.
    pub(super) fn is_practice(&self) -> bool {
        self.city.is_some()
    }

    fn visit(&self, desk: &Desk) -> Visit {
        Visit {
            office: desk.room.root.clone(),
            base: self.base.clone(),
            hosts: self.hosts.clone(),
            now: desk.room.clock.now().with_timezone(&desk.room.office.timezone),
            wait: WAIT,
        }
    }

    /// What a browser for this page is like.
    pub(super) fn spec(&self, desk: &Desk, show: bool) -> Result<BrowserSpec, CliError> {
        browser_spec(desk, self.driver.as_deref(), show)
    }

    fn vault(&self, desk: &Desk) -> Arc<dyn Vault> {
        match (&self.city, self.hosts.first()) {
            (Some(_), Some(host)) => Arc::new(PracticeVault {
                store: desk.store.clone(),
                host: host.clone(),
            }),
            _ => desk.store.clone(),
        }
    }

    /// Ends the practice city that opened for this page alone.
    pub(super) async fn close(self) {
        if let Some(city) = self.city {
            city.stop().await;
        }
    }
}

/// Which practice city is meant.
#[derive(Debug, Clone, Copy)]
enum City {
    /// The office's own.
    Shared,
    /// A copy of it, for this alone.
    Apart,
}

/// A system that the office has declared.
fn declared(desk: &Desk, place: &str) -> Result<System, CliError> {
    desk.room.system(place).ok_or_else(|| {
        let files = OfficeFiles::new(&desk.room.root);
        let message = Message::new(codes::NO_PLACE)
            .with("name", place)
            .with("near", join(files.systems().iter().map(String::as_str)));
        CliError::usage(message)
    })
}

/// A system's address, and the practice city where that is meant.
async fn address_of(
    desk: &Desk,
    system: &System,
    real: bool,
    which: City,
) -> Result<(String, Option<CityForRun>), CliError> {
    let address = if real { &system.url } else { &system.practice_url };
    let Some(address) = address.as_ref().map(|address| address.value.trim_end_matches('/')) else {
        let place = match real {
            true => desk.room.lang.pick("本番", "real work"),
            false => desk.room.lang.pick("練習", "practice"),
        };
        let message = Message::new(codes::NO_ADDRESS)
            .with("system", system.name.value.clone())
            .with("place", place);
        return Err(CliError::usage(message));
    };
    match address.strip_prefix("practice/") {
        Some(name) => {
            let city = match which {
                City::Shared => CityForRun::find_or_start(&desk.room).await?,
                City::Apart => CityForRun::apart(&desk.room).await?,
            };
            Ok((format!("{}/{name}", city.base), Some(city)))
        }
        None => Ok((address.to_owned(), None)),
    }
}

/// A system's address, if nothing has to be started for it.
fn open_address(desk: &Desk, system: &System, real: bool) -> Option<String> {
    let address = if real { &system.url } else { &system.practice_url };
    let address = address.as_ref()?.value.trim_end_matches('/');
    match address.strip_prefix("practice/") {
        Some(name) => Some(format!("{}/{name}", super::practice::open_city(&desk.room)?)),
        None => Some(address.to_owned()),
    }
}

/// Looking needs the same grant as working: some bot of the office must have been granted the host.
fn granted(desk: &Desk, host: &str) -> Result<(), CliError> {
    let mut grants = desk.room.office.grants.values();
    if is_loopback(host) || grants.any(|grant| grant.hosts.iter().any(|known| known == host)) {
        return Ok(());
    }
    Err(CliError::usage(
        Message::new(codes::PLACE_NOT_GRANTED).with("host", host),
    ))
}

/// The office's files and one scenario more, which opens the page.
struct WithWay {
    files: OfficeFiles,
    text: String,
}

impl Files for WithWay {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match path {
            WAY => Ok(self.text.clone().into_bytes()),
            path => self.files.read(path),
        }
    }

    fn table(&self, path: &str, wanted: &[&str]) -> Result<Table, FileError> {
        self.files.table(path, wanted)
    }

    fn folders(&self, path: &str) -> Option<Vec<String>> {
        self.files.folders(path)
    }

    fn systems(&self) -> Vec<String> {
        self.files.systems()
    }

    fn parts(&self) -> Vec<String> {
        self.files.parts()
    }

    fn scenarios(&self) -> Vec<String> {
        self.files.scenarios()
    }

    fn plugin_step(&self, name: &str) -> Result<Arc<PluginStep>, Box<Message>> {
        self.files.plugin_step(name)
    }
}

/// The plan that logs in and does these steps more.
fn way(desk: &Desk, system: &System, steps: &[String]) -> Result<Plan, CliError> {
    let steps = match steps {
        [] => "  - log: 見る\n".to_owned(),
        steps => steps.iter().map(|step| format!("  - {step}\n")).collect(),
    };
    let text = format!(
        "yakin: 1\nid: look\nname: look\nsystem: {}\nsteps:\n{steps}",
        yaml::flow(&system.name.value)
    );
    let files = WithWay {
        files: OfficeFiles::new(&desk.room.root),
        text,
    };
    let loaded = plan::load(&files, WAY);
    let findings = &loaded.findings;
    if findings.count(Severity::Error) > 0 {
        eprint!("{}", human::render(findings, desk.room.lang));
    }
    loaded.plan.ok_or_else(|| {
        let message = Message::new(codes::PLACE_UNUSABLE).with("system", system.name.value.clone());
        CliError::usage(message)
    })
}

/// The step that leads to a page that was named by its address or by a link of the page behind the login.
pub(super) fn entrance(path: &str) -> String {
    match path.is_ascii() {
        true => open_step(path),
        false => format!("browser.click: {{ link: {} }}", yaml::flow(path)),
    }
}

fn open_step(path: &str) -> String {
    format!("browser.open: {}", yaml::flow(&rooted(path)))
}

/// A path of a system, as a scenario writes it.
fn rooted(path: &str) -> String {
    match path.starts_with('/') {
        true => path.to_owned(),
        false => format!("/{path}"),
    }
}
