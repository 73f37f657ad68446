//! `yakin runs cancel`: ends a run that is at work, at its next safe point or at once.

use std::time::Duration;

use clap::Args;

use crate::history::RunRow;
use crate::ports::{ForcedStop, PortError, RENEWAL};
use crate::text::{Message, codes};

use super::error::CliError;
use super::history::find;
use super::office::{Desk, who};
use super::{exit, runtime};

/// How often to look whether the run has ended.
const LOOK: Duration = Duration::from_millis(300);
/// What a run needs, once it knows, to end its browser and to write down how it ended.
const END: Duration = Duration::from_secs(30);

#[derive(Debug, Args)]
pub(super) struct CancelArgs {
    #[arg(value_name = "RUN")]
    run: i64,
    #[arg(long, requires = "reason")]
    force: bool,
    #[arg(long, value_name = "REASON", requires = "force")]
    reason: Option<String>,
}

pub(super) fn cancel(desk: &Desk, args: &CancelArgs) -> Result<u8, CliError> {
    let row = find(desk, Some(args.run))?;
    let refused = |code| CliError::usage(Message::new(code).with_int("run", row.run.0));
    if row.outcome.is_none() && !row.live {
        return Err(refused(codes::RUN_DEAD));
    }
    let by = who();
    let asked = match &args.reason {
        None => desk.store.request_cancel(row.run, &by)?,
        Some(reason) if reason.trim().is_empty() => return Err(refused(codes::STOP_REASON_NEEDED)),
        Some(reason) => {
            let reason = reason.trim().to_owned();
            desk.store.request_stop(row.run, &ForcedStop { by, reason })?
        }
    };
    if !asked {
        return Err(refused(codes::RUN_OVER));
    }
    if args.force {
        return stopped(desk, &row);
    }
    println!(
        "{}",
        desk.room.lang.pick(
            "いまのステップを終えたら止まります。",
            "It ends after its current step."
        )
    );
    Ok(exit::SETTLED)
}

/// Waits until the run has ended: whoever stops it at once wants to know that it has stopped.
fn stopped(desk: &Desk, row: &RunRow) -> Result<u8, CliError> {
    let lang = desk.room.lang;
    let wait = RENEWAL + END;
    println!(
        "{}",
        lang.pick(
            "すぐに止めるように頼みました。止まるまで待ちます（長くて1分ほど）…",
            "Asked it to stop at once; waiting until it has (a minute at most)…"
        )
    );
    let ended = runtime()?.block_on(async {
        let clock = &desk.room.clock;
        let until = clock.monotonic() + wait;
        loop {
            match desk.store.run(row.run)? {
                Some(now) if now.outcome.is_none() && now.live => {}
                _ => return Ok::<bool, PortError>(true),
            }
            if clock.monotonic() >= until {
                return Ok(false);
            }
            clock.sleep(LOOK).await;
        }
    })?;
    if !ended {
        let message = Message::new(codes::RUN_HANGS)
            .with_int("run", row.run.0)
            .with("host", row.host.clone())
            .with_int("pid", i64::from(row.pid));
        return Err(CliError::failed(message));
    }
    let run = row.run.0;
    println!(
        "{}",
        lang.pick(
            "止まりました。登録の途中だった件は、登録されたかどうかを次の実行が確かめます（確かめ方のないボットでは「登録照会」になります）。",
            "It has stopped. Whether what was being registered is there, the next run finds out (a bot that cannot look leaves an inquiry)."
        )
    );
    println!(
        "{} yakin runs show {run}",
        lang.pick("詳しく読むには:", "to read more:")
    );
    println!(
        "{} yakin resume {run}",
        lang.pick("残りを続けるには:", "to go on with what is left:")
    );
    Ok(exit::SETTLED)
}
