//! `yakin run`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::diag::{Severity, human};
use crate::drivers::browser::{self, BrowserSpec, DriverAt};
use crate::events::{Event, Place, RunId, Trigger};
use crate::plan::{self, OfficeFiles, Plan};
use crate::platform::{files, processes, programs};
use crate::ports::{ForcedStop, PortError, Vault};
use crate::report::{console, json};
use crate::run::{self, Cancel, Patience, Pictures, Ports, Selection, Setup, Watcher};
use crate::scenario::address::{is_loopback, origin_of};
use crate::steps::StepError;
use crate::text::{Lang, Message, codes};

use super::error::CliError;
use super::leading::{Asked, Terminal};
use super::office::{Desk, parse_date, who};
use super::practice::{CityForRun, PracticeVault};
use super::{Context, exit, runtime, warn};

/// In a log, items that end well get a line each unless they come faster than somebody could read them.
const PACE: Duration = Duration::from_millis(200);

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long)]
    real: bool,
    #[arg(long)]
    retry_rejected: bool,
    #[arg(long)]
    login_again: bool,
    #[arg(long)]
    rehearse: bool,
    #[arg(long, value_name = "KEY")]
    only: Vec<String>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    #[arg(long, value_name = "STEP", conflicts_with = "json")]
    until: Option<String>,
    #[arg(long, conflicts_with = "json")]
    step: bool,
    #[command(flatten)]
    how: How,
}

/// How a run is shown and recorded.
#[derive(Debug, Clone, Args)]
pub(super) struct How {
    #[arg(long)]
    show: bool,
    #[arg(long, value_name = "KIND", default_value = "commits")]
    pictures: PictureKind,
    #[arg(long, value_name = "URL")]
    driver: Option<String>,
    #[arg(long)]
    json: bool,
}

/// What somebody wants to be run.
pub(super) struct Order {
    /// The scenario's file.
    pub(super) path: String,
    /// The day that it works for; today without one.
    pub(super) date: Option<NaiveDate>,
    pub(super) place: Place,
    pub(super) retry_rejected: bool,
    pub(super) login_again: bool,
    pub(super) rehearse: bool,
    pub(super) selection: Selection,
    pub(super) resumes: Option<RunId>,
    pub(super) step: bool,
    pub(super) until: Option<String>,
    pub(super) how: How,
}

impl Order {
    fn of(desk: &Desk, args: &RunArgs) -> Result<Order, CliError> {
        let first = args.until.is_some() && args.only.is_empty();
        Ok(Order {
            path: desk.room.scenario(&args.scenario)?,
            date: args.date.as_deref().map(parse_date).transpose()?,
            place: if args.real { Place::Real } else { Place::Practice },
            retry_rejected: args.retry_rejected,
            login_again: args.login_again,
            rehearse: args.rehearse,
            selection: Selection {
                only: args.only.clone(),
                limit: args.limit.or(first.then_some(1)),
                left: None,
            },
            resumes: None,
            step: args.step,
            until: args.until.clone(),
            how: args.how.clone(),
        })
    }

    /// Whether somebody leads it.
    fn led(&self) -> bool {
        self.step || self.until.is_some()
    }

    /// Whether nothing is registered: only a plain run does that.
    fn rehearses(&self) -> bool {
        self.rehearse || self.led()
    }
}

/// Which pictures are kept.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PictureKind {
    Off,
    Failures,
    Commits,
}

pub(super) fn run(context: &Context, args: &RunArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    let order = Order::of(&desk, args)?;
    obey(context, &desk, &order)
}

/// Runs what was ordered and tells what came of it.
pub(super) fn obey(context: &Context, desk: &Desk, order: &Order) -> Result<u8, CliError> {
    desk.room.alone(&order.path)?;
    let loaded = plan::load(&OfficeFiles::new(&desk.room.root), &order.path);
    let findings = &loaded.findings;
    if findings.count(Severity::Error) + findings.count(Severity::Warning) > 0 {
        eprint!("{}", human::render(findings, desk.room.lang));
    }
    let Some(plan) = loaded.plan else {
        return Ok(exit::USAGE);
    };
    let twin = || plan::same_work(&OfficeFiles::new(&desk.room.root), &plan.scenario);
    // A rehearsal registers nothing.
    if let Some(message) = (!order.rehearses()).then(twin).flatten() {
        warn(&message, desk.room.lang);
    }
    let date = order.date.unwrap_or_else(|| desk.room.today());
    runtime()?.block_on(async {
        let asked = Asked {
            step: order.step,
            until: order.until.as_deref(),
            show: order.how.show,
        };
        let mut guide = match order.led() {
            true => Some(Terminal::new(desk, &plan, &asked).await?),
            false => None,
        };
        let target = Target::find(desk, &plan, order.place).await?;
        if let Some(guide) = &mut guide {
            guide.works_at(target.base.as_deref());
        }
        let setup = setup(desk, &target, order, date)?;
        // Leftovers that cannot be swept now are no reason not to work.
        if let Err(error) = browser::sweep_orphans(&setup.browser.profiles).await {
            warn(&StepError::Browser(error).failure().message, desk.room.lang);
        }
        let ports = Ports {
            ledger: desk.store.clone(),
            sink: desk.store.clone(),
            evidence: desk.store.clone(),
            vault: target.vault(desk),
            clock: desk.room.clock.clone(),
        };
        let cancel = Cancel::default();
        let listener = tokio::spawn(listen(cancel.clone(), desk.room.lang));
        let mut watcher = Shown::new(context, desk, order);
        let finished = match &mut guide {
            Some(guide) => run::lead(&plan, &setup, ports, cancel, (&mut watcher, guide)).await,
            None => work((&plan, &setup), &ports, &cancel, &mut watcher, desk.room.lang).await,
        };
        listener.abort();
        drop(watcher);
        if let Some(guide) = guide {
            guide.close();
        }
        target.close().await;
        let finished = finished.map_err(|error| match error {
            run::RunError::Port(error) => CliError::from(error),
        })?;
        if !order.how.json {
            let line = desk.room.lang.pick("詳しく読むには:", "to read more:");
            println!("{line} yakin runs show {}", finished.run.0);
        }
        Ok(exit::of(finished.outcome))
    })
}

/// How long to wait before the system is asked for again.
const QUEUE: Duration = Duration::from_secs(5);

/// Works a plan, as soon as its system may be worked in. Whoever waits is told what for.
async fn work(
    (plan, setup): (&Plan, &Setup),
    ports: &Ports,
    cancel: &Cancel,
    watcher: &mut dyn Watcher,
    lang: Lang,
) -> Result<run::Finished, run::RunError> {
    let mut told = None;
    loop {
        match run::execute(plan, setup, ports.clone(), cancel.clone(), watcher).await {
            Err(run::RunError::Port(error @ (PortError::Busy { .. } | PortError::Resting { .. })))
                if !cancel.asked() =>
            {
                let message = error.message();
                if told.as_ref() != Some(&message) {
                    warn(&message, lang);
                    told = Some(message);
                }
                ports.clock.sleep(QUEUE).await;
            }
            result => return result,
        }
    }
}

/// Where a run works.
struct Target {
    place: Place,
    base: Option<String>,
    hosts: Vec<String>,
    city: Option<CityForRun>,
}

impl Target {
    async fn find(desk: &Desk, plan: &Plan, place: Place) -> Result<Target, CliError> {
        let real = place == Place::Real;
        let asked = plan.scenario.allow.iter().map(|allow| allow.value.clone());
        let bot = &plan.scenario.id.value;
        let granted = desk
            .room
            .office
            .grants
            .get(bot)
            .map(|grant| grant.hosts.clone())
            .unwrap_or_default();
        // Practice gets this machine and what is practised on; everything else is the operator's to grant, for real work.
        let mut hosts: Vec<String> = asked
            .filter(|host| is_loopback(host) || (real && granted.contains(host)))
            .collect();
        let Some(system) = plan.system.as_ref().map(|system| &system.system) else {
            return Ok(Target {
                place,
                base: None,
                hosts,
                city: None,
            });
        };
        let address = if real { &system.url } else { &system.practice_url };
        let Some(address) = address
            .as_ref()
            .map(|address| address.value.trim_end_matches('/').to_owned())
        else {
            let name = if real {
                desk.room.lang.pick("本番", "real work")
            } else {
                desk.room.lang.pick("練習", "practice")
            };
            let message = Message::new(codes::NO_ADDRESS)
                .with("system", system.name.value.clone())
                .with("place", name);
            return Err(CliError::usage(message));
        };
        let (base, city) = match address.strip_prefix("practice/") {
            Some(name) => {
                let city = CityForRun::find_or_start(&desk.room).await?;
                (format!("{}/{name}", city.base), Some(city))
            }
            None => (address, None),
        };
        let host = origin_of(&base).unwrap_or_default();
        if city.is_none() && !is_loopback(&host) && !granted.contains(&host) {
            let message = Message::new(codes::REAL_NOT_GRANTED)
                .with("bot", bot.clone())
                .with("host", host);
            return Err(CliError::usage(message));
        }
        hosts.push(host);
        if real {
            hosts.extend(granted);
        }
        Ok(Target {
            place,
            base: Some(base),
            hosts,
            city,
        })
    }

    fn vault(&self, desk: &Desk) -> Arc<dyn Vault> {
        match (&self.city, self.base.as_deref().and_then(origin_of)) {
            (Some(_), Some(host)) => Arc::new(PracticeVault {
                store: desk.store.clone(),
                host,
            }),
            _ => desk.store.clone(),
        }
    }

    async fn close(self) {
        if let Some(city) = self.city {
            city.stop().await;
        }
    }
}

fn setup(desk: &Desk, target: &Target, order: &Order, date: NaiveDate) -> Result<Setup, CliError> {
    Ok(Setup {
        office: desk.room.root.clone(),
        place: target.place,
        base: target.base.clone(),
        hosts: target.hosts.clone(),
        browser: browser_spec(desk, order.how.driver.as_deref(), order.how.show)?,
        date,
        zone: desk.room.office.timezone,
        host: processes::host_name(),
        pid: std::process::id(),
        trigger: Trigger::Manual,
        retry_rejected: order.retry_rejected,
        login_again: order.login_again,
        rehearsal: order.rehearses(),
        selection: order.selection.clone(),
        resumes: order.resumes,
        pictures: match order.how.pictures {
            PictureKind::Off => Pictures::Off,
            PictureKind::Failures => Pictures::Failures,
            PictureKind::Commits => Pictures::Commits,
        },
        patience: Patience {
            // Whoever leads decides what is tried again.
            tries: if order.led() { 1 } else { Patience::default().tries },
            ..Patience::default()
        },
    })
}

pub(super) fn browser_spec(desk: &Desk, at: Option<&str>, show: bool) -> Result<BrowserSpec, CliError> {
    let profiles = desk.room.own().join("browser");
    files::create_private_folder(&profiles)?;
    let missing = |program: &str| CliError::failed(Message::new(codes::PROGRAM_MISSING).with("program", program));
    let driver = match at {
        Some(_) => PathBuf::new(),
        None => programs::find(programs::DRIVERS).ok_or_else(|| missing("chromedriver"))?,
    };
    let mut spec = BrowserSpec::new(driver, profiles, "run");
    if let Some(url) = at {
        spec.driver = DriverAt::Url(url.to_owned());
    } else {
        spec.browser = Some(programs::find(programs::BROWSERS).ok_or_else(|| missing("chromium"))?);
    }
    spec.headless = !show;
    Ok(spec)
}

/// Ctrl-C: the current step is finished, then the run ends; nothing is lost. A second time: at once.
async fn listen(cancel: Cancel, lang: Lang) {
    processes::asked_to_end().await;
    cancel.ask();
    eprintln!(
        "{}",
        lang.pick(
            "いまのステップを終えたら止めます…（もう一度 Ctrl-C を押すと、待たずに止めます。登録の途中の件は、登録されたかどうかが分からなくなります）",
            "ending after the current step… (a second Ctrl-C stops at once; an item in the midst of its registration is in doubt then)"
        )
    );
    processes::asked_to_end().await;
    cancel.force(ForcedStop {
        by: who(),
        reason: lang
            .pick("Ctrl-C が二度押された", "Ctrl-C was pressed twice")
            .to_owned(),
    });
}

/// Who watches: the console, or a pipe of JSON lines.
enum Shown {
    Console(Box<console::Console<std::io::Stdout>>),
    Lines(std::io::Stdout),
}

impl Shown {
    fn new(context: &Context, desk: &Desk, order: &Order) -> Shown {
        if order.how.json {
            return Shown::Lines(std::io::stdout());
        }
        // A bar would draw over what a guided rehearsal asks.
        let bar = (context.terminal && !order.led()).then(indicatif::ProgressDrawTarget::stdout);
        let options = console::Options {
            reader: desk.room.reader(),
            bar,
            colour: context.terminal,
            pace: PACE,
        };
        Shown::Console(Box::new(console::Console::new(std::io::stdout(), options)))
    }
}

impl Watcher for Shown {
    fn event(&mut self, event: &Event) {
        // A closed pipe or terminal must not stop a night's work.
        let _ = match self {
            Shown::Console(console) => console.event(event),
            Shown::Lines(out) => json::event_line(event, out).and_then(|()| out.flush()),
        };
    }
}
