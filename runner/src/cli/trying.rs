//! `yakin try`: one step, tried on an open page.

use clap::Args;

use crate::diag::human;
use crate::drivers::browser::Session;
use crate::plan::{self, Body, OfficeFiles, PlanStep};
use crate::scenario::address::{is_loopback, origin_of};
use crate::scenario::expr::Scope;
use crate::steps::{self, StepCx, StepError, StepOutput};
use crate::text::{Lang, Message, codes};
use crate::value::Classed;

use super::error::CliError;
use super::office::Desk;
use super::page::{Page, PageArgs};
use super::run::browser_spec;
use super::standing::{self, Errand};
use super::{Context, exit, runtime};

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("where").args(["place", "url"]))]
pub(super) struct TryArgs {
    #[arg(value_name = "STEP")]
    step: String,
    #[arg(value_name = "PLACE")]
    place: Option<String>,
    #[command(flatten)]
    page: PageArgs,
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    #[arg(long, requires = "where")]
    show: bool,
    #[arg(long, requires = "where")]
    yes: bool,
}

pub(super) fn try_step(context: &Context, args: &TryArgs) -> Result<u8, CliError> {
    match (&args.place, &args.url) {
        (None, None) => standing::ask(context, Errand::Step(args.step.clone())),
        (Some(place), _) => at_place(context, args, place),
        (None, Some(url)) => alone(context, args, url),
    }
}

/// On a page of a system behind its login, in a browser of its own.
fn at_place(context: &Context, args: &TryArgs, place: &str) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    let Some(step) = written(&desk, &args.step) else {
        return Ok(exit::USAGE);
    };
    runtime()?.block_on(async {
        let page = Page::follow(&desk, place, &args.page, &[]).await?;
        let tried = on_its_page(&desk, &page, &step, args).await;
        page.close().await;
        tried
    })
}

async fn on_its_page(desk: &Desk, page: &Page, step: &PlanStep, args: &TryArgs) -> Result<u8, CliError> {
    let host = page.hosts().first().map(String::as_str).unwrap_or_default();
    may_press(step, host, args.yes)?;
    let mut session = page.open(desk, &page.spec(desk, args.show)?).await?;
    page.keep(&mut session);
    let around = Around {
        base: page.base.as_deref(),
        hosts: page.hosts(),
    };
    let result = on_page(desk, &mut session, step, &around).await;
    ended(desk, session, result, args.show).await
}

/// Leaves the browser open as long as somebody wants to see it.
async fn ended(desk: &Desk, session: Session, result: Result<u8, CliError>, show: bool) -> Result<u8, CliError> {
    if show && result.is_ok() {
        println!("{}", desk.room.lang.pick("Enter で終わります。", "Enter ends it."));
        let _ = std::io::stdin().read_line(&mut String::new());
    }
    let ended = session.quit().await.map_err(|error| told(&StepError::Browser(error)));
    let code = result?;
    ended.map(|()| code)
}

/// The step that somebody wrote; its mistakes are told.
fn written(desk: &Desk, text: &str) -> Option<PlanStep> {
    let trial = plan::trial(&OfficeFiles::new(&desk.room.root), text);
    trial
        .inspect_err(|findings| eprint!("{}", human::render(findings, desk.room.lang)))
        .ok()
}

/// What surrounds the page that a step is tried on.
struct Around<'a> {
    /// The system's address.
    base: Option<&'a str>,
    hosts: &'a [String],
}

/// Nothing has a name where no scenario is at work.
struct Nothing;

impl Scope for Nothing {
    fn lookup(&self, _: &[String]) -> Option<Classed> {
        None
    }
}

/// On a page of its own browser.
fn alone(context: &Context, args: &TryArgs, url: &str) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    let Some(step) = written(&desk, &args.step) else {
        return Ok(exit::USAGE);
    };
    let host = may_open(&desk, url)?;
    may_press(&step, &host, args.yes)?;
    let spec = browser_spec(&desk, None, args.show)?;
    runtime()?.block_on(async {
        let mut session = Session::start(&spec)
            .await
            .map_err(|error| told(&StepError::Browser(error)))?;
        let hosts = std::slice::from_ref(&host);
        session.keep_to(Some(hosts));
        let result = match session.open(url).await {
            Ok(()) => on_page(&desk, &mut session, &step, &Around { base: None, hosts }).await,
            Err(error) => Err(told(&StepError::Browser(error))),
        };
        ended(&desk, session, result, args.show).await
    })
}

/// The page's origin, if this office may open it: this machine, or what some bot was granted.
fn may_open(desk: &Desk, url: &str) -> Result<String, CliError> {
    let host = origin_of(url).unwrap_or_default();
    let granted = desk
        .room
        .office
        .grants
        .values()
        .any(|grant| grant.hosts.contains(&host));
    if is_loopback(&host) || granted {
        return Ok(host);
    }
    Err(CliError::usage(Message::new(codes::TRY_NOT_GRANTED).with("url", url)))
}

/// What may register something is done only where somebody has said so.
fn may_press(step: &PlanStep, host: &str, yes: bool) -> Result<(), CliError> {
    if !matches!(step.body, Body::Step { .. }) {
        return Err(CliError::usage(Message::new(codes::TRY_ONE_STEP)));
    }
    if step.risky && !yes {
        return Err(CliError::usage(Message::new(codes::TRY_RISKY).with("host", host)));
    }
    Ok(())
}

async fn on_page(desk: &Desk, session: &mut Session, step: &PlanStep, around: &Around<'_>) -> Result<u8, CliError> {
    let lang = desk.room.lang;
    let Body::Step { def, args } = &step.body else {
        return Err(CliError::usage(Message::new(codes::TRY_ONE_STEP)));
    };
    let Ok(arguments) = args.evaluate(&Nothing) else {
        return Err(CliError::usage(Message::new(codes::TRY_NO_VALUES)));
    };
    let score = steps::robustness(&arguments.value);
    let ready = def
        .decode(arguments.value)
        .map_err(|error| told(&StepError::Arguments(error)))?;
    let mut cx = StepCx {
        browser: Some(session),
        base: around.base,
        hosts: around.hosts,
        office: &desk.room.root,
        root: &desk.room.root,
        now: desk.room.clock.now().with_timezone(&desk.room.office.timezone),
        class: arguments.class,
        wait: step.timeout.unwrap_or(crate::run::Patience::default().step),
        sensitive: &[],
        far: Default::default(),
        notes: Vec::new(),
        drafts: None,
        written: Vec::new(),
    };
    let result = ready.run_boxed(&mut cx).await;
    let notes = std::mem::take(&mut cx.notes);
    let code = said(result, &notes, lang);
    if let Some(score) = score {
        println!(
            "  {} {score}/100",
            lang.pick("この指し方の丈夫さ:", "how well this locator lasts:")
        );
    }
    Ok(code)
}

/// Tells what came of it; the exit code.
fn said(result: Result<StepOutput, StepError>, notes: &[Message], lang: Lang) -> u8 {
    let output = match result {
        Ok(output) => output,
        Err(error) => {
            let failure = error.failure();
            let said = failure.message.render(lang);
            println!("{}", lang.pick("できませんでした。", "It did not work."));
            println!("  {}（{}）", said.what, said.code);
            if let Some(words) = failure.page_says {
                println!("  {} 「{words}」", lang.pick("画面の言葉:", "page says:"));
            }
            if !said.mend.is_empty() {
                println!("  {} {}", lang.pick("直し方:", "what to do:"), said.mend);
            }
            return exit::SOME_LEFT;
        }
    };
    println!("{}", lang.pick("できました。", "It worked."));
    for note in notes {
        println!("  {}", note.what(lang));
    }
    let text = crate::events::mask::mask_text(&output.value.value.to_text(), output.value.class);
    if !text.is_empty() {
        println!("  {} {text}", lang.pick("結果:", "result:"));
    }
    exit::SETTLED
}

fn told(error: &StepError) -> CliError {
    CliError::failed(error.failure().message)
}
