//! `yakin steps`.

use clap::Args;

use crate::steps::{self, docs};
use crate::text::{Message, codes};

use super::error::CliError;
use super::{Context, exit};

#[derive(Debug, Args)]
pub(super) struct StepsArgs {
    name: Option<String>,
}

pub(super) fn steps(context: &Context, args: &StepsArgs) -> Result<u8, CliError> {
    let lang = context.lang.unwrap_or_default();
    match &args.name {
        None => print!("{}", context.page(&docs::list(lang), lang)),
        Some(name) => match docs::describe(name, lang).or_else(|| docs::about(name, lang)) {
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
