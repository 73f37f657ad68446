//! `yakin look`: what a page offers, as lines for a scenario.

use clap::Args;

use crate::drivers::browser::{self, Described};
use crate::record::{self, Surroundings};
use crate::steps::StepError;

use super::error::CliError;
use super::office::Desk;
use super::page::{Page, PageArgs};
use super::{Context, exit, runtime, warn};

#[derive(Debug, Args)]
pub(super) struct LookArgs {
    #[command(flatten)]
    page: PageArgs,
    #[arg(long)]
    show: bool,
    #[arg(long)]
    all: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn look(context: &Context, args: &LookArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    runtime()?.block_on(async {
        let page = Page::find(&desk, &args.page).await?;
        let looked = described(&desk, &page, args).await;
        let result = looked.and_then(|described| shown(&desk, &page, &described, args.json));
        page.close().await;
        result
    })
}

async fn described(desk: &Desk, page: &Page, args: &LookArgs) -> Result<Described, CliError> {
    let spec = page.spec(desk, args.show)?;
    // Leftovers that cannot be swept now are no reason not to look.
    if let Err(error) = browser::sweep_orphans(&spec.profiles).await {
        warn(&StepError::Browser(error).failure().message, desk.room.lang);
    }
    let said = |error| CliError::failed(StepError::Browser(error).failure().message);
    let mut session = page.open(desk, &spec).await?;
    let described = session.describe(args.all).await.map_err(said);
    session.quit().await.map_err(said)?;
    described
}

fn shown(desk: &Desk, page: &Page, described: &Described, json: bool) -> Result<u8, CliError> {
    let around = Surroundings {
        lang: desk.room.lang,
        system: page.system.as_ref().map(|system| system.name.value.as_str()),
        base: page.base.as_deref(),
    };
    if json {
        for line in record::lines(described, &around) {
            let text = serde_json::to_string(&line).map_err(|error| CliError::from(std::io::Error::other(error)))?;
            println!("{text}");
        }
    } else {
        print!("{}", record::render(described, &around));
    }
    Ok(exit::SETTLED)
}
