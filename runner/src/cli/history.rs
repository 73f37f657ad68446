//! `yakin runs`, `yakin runs show`, `yakin runs cancel`, `yakin report`: stored events, told.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::events::view::{RunView, Standing, Status};
use crate::events::{EvidenceRef, RunId};
use crate::history::{RunFilter, RunRow};
use crate::report::{html, json, junit, text};
use crate::text::{Message, codes};

use super::error::{At, CliError};
use super::office::Desk;
use super::{Context, cancel, exit};

/// Events that are read at one time.
const PAGE: usize = 5_000;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct RunsArgs {
    #[arg(long, value_name = "ID")]
    bot: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    command: Option<RunsCommand>,
}

#[derive(Debug, Subcommand)]
enum RunsCommand {
    Show {
        #[arg(value_name = "RUN")]
        run: Option<i64>,
        #[arg(long)]
        json: bool,
    },
    Cancel(cancel::CancelArgs),
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[arg(value_name = "RUN")]
    run: Option<i64>,
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

pub(super) fn runs(context: &Context, args: &RunsArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    match &args.command {
        None => list(&desk, args),
        Some(RunsCommand::Show { run, json }) => show(&desk, *run, *json || args.json),
        Some(RunsCommand::Cancel(args)) => cancel::cancel(&desk, args),
    }
}

fn list(desk: &Desk, args: &RunsArgs) -> Result<u8, CliError> {
    let filter = RunFilter {
        bot: args.bot.clone(),
        at_most: args.limit,
        ..RunFilter::default()
    };
    let mut lines = Vec::new();
    for row in desk.store.runs(&filter)? {
        lines.extend(line(desk, row)?);
    }
    if args.json {
        println!("{}", json::runs(&lines, desk.room.reader()));
    } else {
        print!("{}", super::baton::outstanding(desk)?);
        print!("{}", text::runs(&lines, desk.room.clock.now(), desk.room.reader()));
    }
    Ok(exit::SETTLED)
}

/// A run's line. What ended says so in its row; only a run that is not over is folded from its events.
fn line(desk: &Desk, row: RunRow) -> Result<Option<text::RunLine>, CliError> {
    // What a rehearsal worked, and what people said since, stands in the events only.
    let counts = row.counts.as_ref().filter(|_| !row.rehearsal && !row.decided);
    let (Some(outcome), Some(counts)) = (row.outcome, counts) else {
        return Ok(text::RunLine::of(&view(desk, &row)?));
    };
    let states = counts
        .by_state
        .iter()
        .map(|(state, count)| (Standing::of(*state), *count));
    let before = (counts.done_before > 0).then_some((Standing::DoneBefore, counts.done_before));
    Ok(Some(text::RunLine {
        run: row.run,
        bot: row.bot,
        name: row.name,
        place: row.place,
        rehearsal: row.rehearsal,
        started: row.started_at,
        status: Status::Ended(outcome),
        counts: states.chain(before).collect(),
    }))
}

fn show(desk: &Desk, run: Option<i64>, as_json: bool) -> Result<u8, CliError> {
    let view = view(desk, &find(desk, run)?)?;
    if as_json {
        println!("{}", json::run(&view, desk.room.reader()));
    } else {
        let place_of = |evidence: &EvidenceRef| {
            desk.store
                .evidence_place(&evidence.sha256)
                .map(|path| path.display().to_string())
        };
        print!("{}", text::show(&view, desk.room.reader(), &place_of));
    }
    Ok(exit::SETTLED)
}

pub(super) fn report(context: &Context, args: &ReportArgs) -> Result<u8, CliError> {
    if args.html.is_none() && args.junit.is_none() {
        return Err(CliError::usage(Message::new(codes::REPORT_NOWHERE)));
    }
    let desk = Desk::open(context)?;
    let view = view(&desk, &find(&desk, args.run)?)?;
    let reader = desk.room.reader();
    if let Some(file) = &args.html {
        // A picture that cannot be read is said in the page.
        let picture = |sha256: &str| desk.store.evidence_bytes(sha256).ok().flatten();
        let page = html::run(&view, desk.room.clock.now(), reader, &picture)
            .map_err(|error| CliError::from(std::io::Error::other(error)))?;
        std::fs::write(file, page).at(file)?;
        println!("{}", file.display());
    }
    if let Some(file) = &args.junit {
        let page = junit::run(&view, reader).map_err(|error| CliError::from(std::io::Error::other(error)))?;
        std::fs::write(file, page).at(file)?;
        println!("{}", file.display());
    }
    Ok(exit::SETTLED)
}

/// A run by its number; the last one without.
pub(super) fn find(desk: &Desk, run: Option<i64>) -> Result<RunRow, CliError> {
    let found = match run {
        Some(number) => desk.store.run(RunId(number))?,
        None => desk
            .store
            .runs(&RunFilter {
                at_most: 1,
                ..RunFilter::default()
            })?
            .into_iter()
            .next(),
    };
    found.ok_or_else(|| CliError::usage(Message::new(codes::NO_RUN).with_some("run", run.map(|run| run.to_string()))))
}

/// Everything that a run's events say.
pub(super) fn view(desk: &Desk, row: &RunRow) -> Result<RunView, CliError> {
    let mut view = RunView::default();
    let mut from = 1;
    loop {
        let events = desk.store.run_events(row.run, from, PAGE)?;
        for event in &events {
            view.apply(event);
            from = event.seq + 1;
        }
        if events.len() < PAGE {
            break;
        }
    }
    view.interrupted = row.outcome.is_none() && !row.live;
    Ok(view)
}
