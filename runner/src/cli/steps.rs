//! `yakin steps`.

use clap::Args;

use crate::steps::{self, docs};
use crate::text::{Message, codes};

use super::error::CliError;
use super::office::Room;
use super::schema::plugin_rows;
use super::{Context, exit};

#[derive(Debug, Args)]
pub(super) struct StepsArgs {
    name: Option<String>,
}

pub(super) fn steps(context: &Context, args: &StepsArgs) -> Result<u8, CliError> {
    let lang = context.lang.unwrap_or_default();
    // Plugins belong to an office; the language itself is explained anywhere.
    let room = Room::find(context).ok();
    let plugins = room.map(|room| plugin_rows(&room.root)).unwrap_or_default();
    let of_plugin = |name: &str| {
        let row = plugins.iter().find(|row| row.name() == name)?;
        Some(docs::describe_row(row, lang))
    };
    match &args.name {
        None => print!("{}", context.page(&docs::list(lang, &plugins), lang)),
        Some(name) => match docs::describe(name, lang)
            .or_else(|| of_plugin(name))
            .or_else(|| docs::about(name, lang))
        {
            Some(text) => print!("{}", context.page(&text, lang)),
            None => {
                let message = Message::new(codes::NO_STEP)
                    .with("name", name.clone())
                    .with_some("near", steps::near(name));
                return Err(CliError::usage(message));
            }
        },
    }
    Ok(exit::SETTLED)
}
