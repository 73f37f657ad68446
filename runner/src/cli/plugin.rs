//! `yakin plugin`: making, trying and looking at plugins.

mod build;
mod list;
mod new;
mod test;
mod trial;

pub(super) use new::WRITTEN_IN;

use clap::{Args, Subcommand};

use crate::drivers::plugin::PluginError;
use crate::steps::plugin::{Entry, Shelf};
use crate::steps::{StepCx, StepError, StepOutput, StepRow};
use crate::text::Message;
use crate::value::Class;

use super::error::CliError;
use super::office::Room;
use super::{Context, runtime};

#[derive(Debug, Args)]
pub(super) struct PluginArgs {
    #[command(subcommand)]
    command: PluginCommand,
}

#[derive(Debug, Subcommand)]
enum PluginCommand {
    List,
    New(new::NewArgs),
    Build(build::BuildArgs),
    Check(list::CheckArgs),
    Try(trial::TryArgs),
    Test(test::TestArgs),
}

pub(super) fn plugin(context: &Context, args: &PluginArgs) -> Result<u8, CliError> {
    let room = Room::find(context)?;
    match &args.command {
        PluginCommand::List => list::list(&room),
        PluginCommand::New(args) => new::new(&room, args),
        PluginCommand::Build(args) => build::build(&room, args),
        PluginCommand::Check(args) => list::check(&room, args),
        PluginCommand::Try(args) => trial::try_function(&room, args),
        PluginCommand::Test(args) => test::test(&room, args),
    }
}

/// The plugin of a name.
fn entry(shelf: &Shelf, name: &str) -> Result<Entry, CliError> {
    let mut entries = shelf.entries();
    match entries.iter().position(|entry| entry.name == name) {
        Some(at) => Ok(entries.swap_remove(at)),
        None => Err(CliError::usage(shelf.unknown(name))),
    }
}

/// Does a function of a plugin as a run would, with what the office grants it.
fn done(
    room: &Room,
    row: &StepRow,
    arguments: serde_yaml::Value,
    wait: std::time::Duration,
) -> (Result<StepOutput, StepError>, Vec<Message>) {
    let ready = match row.decode(arguments) {
        Ok(ready) => ready,
        Err(error) => return (Err(StepError::Arguments(error)), Vec::new()),
    };
    let Ok(runtime) = runtime() else {
        let error = PluginError::Sandbox {
            detail: "no runtime".to_owned(),
        };
        let step = row.name().to_owned();
        return (Err(StepError::Plugin { step, error }), Vec::new());
    };
    let mut cx = StepCx {
        browser: None,
        base: None,
        hosts: &[],
        office: &room.root,
        root: &room.root,
        now: room.clock.now().with_timezone(&room.office.timezone),
        class: Class::Open,
        wait,
        sensitive: &[],
        far: Default::default(),
        notes: Vec::new(),
        drafts: None,
        written: Vec::new(),
    };
    let result = runtime.block_on(ready.run_boxed(&mut cx));
    (result, cx.notes)
}

/// The lines of `office.yaml` that grant a plugin what it asks for.
fn lines(entry: &Entry) -> Option<String> {
    let guest = entry.guest.as_ref().ok()?;
    let words: Vec<String> = guest
        .described()
        .asks
        .iter()
        .map(|ability| match ability.word() {
            "clock" => "clock: はい".to_owned(),
            word => format!("{word}: [{}]", if word == "read" { "inbox" } else { "outbox" }),
        })
        .collect();
    let sha256 = guest.hash();
    (!words.is_empty()).then(|| {
        format!(
            "plugins:\n  {}: {{ sha256: {sha256}, {} }}",
            entry.name,
            words.join(", ")
        )
    })
}
