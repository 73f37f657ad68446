//! `yakin look`: what a page offers, as lines for a scenario.

use clap::Args;

use crate::drivers::browser::Described;
use crate::record::{self, Surroundings, yaml};
use crate::text::{Message, codes};

use super::error::CliError;
use super::office::Desk;
use super::page::{Page, PageArgs};
use super::standing::{self, Errand};
use super::{Context, exit, runtime};

#[derive(Debug, Args)]
pub(super) struct LookArgs {
    #[arg(value_name = "PLACE")]
    place: Option<String>,
    #[command(flatten)]
    page: PageArgs,
    #[arg(long, value_name = "HEADING=VALUE", requires = "place")]
    fill: Vec<String>,
    #[arg(long, value_name = "BUTTON", requires = "place")]
    press: Vec<String>,
    #[arg(long, requires = "place")]
    show: bool,
    #[arg(long)]
    all: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn look(context: &Context, args: &LookArgs) -> Result<u8, CliError> {
    let Some(place) = &args.place else {
        return standing::ask(
            context,
            Errand::Look {
                all: args.all,
                json: args.json,
            },
        );
    };
    let desk = Desk::open(context)?;
    runtime()?.block_on(async {
        let page = Page::follow(&desk, place, &args.page, &done_first(args)?).await?;
        let looked = page.on(&desk, args.show, async |session| Ok(session.describe(args.all).await?));
        let looked = looked.await;
        let result = looked.map(|described| shown(&desk, &page, &described, args.json));
        page.close().await;
        result
    })
}

/// What is done on the page before it is looked at: its fields are filled, then its buttons are pressed.
fn done_first(args: &LookArgs) -> Result<Vec<String>, CliError> {
    let mut steps = Vec::new();
    for entry in &args.fill {
        let Some((heading, value)) = entry.split_once(['=', '＝']) else {
            return Err(CliError::usage(
                Message::new(codes::LOOK_FILL).with("text", entry.as_str()),
            ));
        };
        let (heading, value) = (yaml::flow(heading.trim()), yaml::flow(value.trim()));
        steps.push(format!("browser.fill: {{ {heading}: {value} }}"));
    }
    let press = |button: &String| format!("browser.click: {}", yaml::flow(button.trim()));
    steps.extend(args.press.iter().map(press));
    Ok(steps)
}

fn shown(desk: &Desk, page: &Page, described: &Described, json: bool) -> u8 {
    let around = Surroundings {
        lang: desk.room.lang,
        system: page.system.as_ref().map(|system| system.name.value.as_str()),
        base: page.base.as_deref(),
    };
    println!("{}", listed(described, &around, json));
    exit::SETTLED
}

/// What a page offers as YAML that can be pasted, or as one JSON object a line; without the end of the last line.
pub(super) fn listed(page: &Described, around: &Surroundings<'_>, json: bool) -> String {
    if !json {
        return record::render(page, around).trim_end().to_owned();
    }
    let lines = record::lines(page, around);
    // Texts and numbers under names: there is nothing in them that JSON could not say.
    let lines = lines.iter().filter_map(|line| serde_json::to_string(line).ok());
    lines.collect::<Vec<_>>().join("\n")
}
