//! `yakin secret`: the value comes from the keyboard or standard input, never from the command line.

use std::io::{BufRead, IsTerminal};

use clap::{Args, Subcommand};

use crate::clock::{Clock, SystemClock, day_in};
use crate::ports::SecretInfo;
use crate::text::{Message, codes};
use crate::value::Secret;

use super::error::CliError;
use super::office::Desk;
use super::{Context, exit};

#[derive(Debug, Args)]
pub(super) struct SecretArgs {
    #[command(subcommand)]
    command: SecretCommand,
}

#[derive(Debug, Subcommand)]
enum SecretCommand {
    Set {
        name: String,
        #[arg(long = "host", value_name = "HOST")]
        host: Vec<String>,
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
        #[arg(long)]
        stdin: bool,
    },
    List,
    Remove {
        name: String,
    },
}

pub(super) fn secret(context: &Context, args: &SecretArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    match &args.command {
        SecretCommand::Set { name, host, expires, stdin } => {
            let expires = expires.as_deref().map(super::office::parse_date).transpose()?;
            let value = ask(context, name, *stdin)?;
            let hosts = if host.is_empty() { desk.hosts_of_secret(name) } else { host.clone() };
            let now = SystemClock::start().now();
            let info = SecretInfo { name: name.clone(), hosts, expires, set_at: now };
            desk.store.set_secret(&info, &value)?;
            println!("{}", told(context, &info, day_in(desk.office.timezone, now)));
        }
        SecretCommand::List => {
            let now = SystemClock::start().now();
            let today = day_in(desk.office.timezone, now);
            for info in desk.store.list_secrets()? {
                println!("{}", told(context, &info, today));
            }
        }
        SecretCommand::Remove { name } => {
            if !desk.store.remove_secret(name)? {
                return Err(CliError::usage(Message::new(codes::NO_SECRET).with("name", name.clone())));
            }
        }
    }
    Ok(exit::SETTLED)
}

fn ask(context: &Context, name: &str, stdin: bool) -> Result<Secret, CliError> {
    let text = if stdin || !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        rpassword::prompt_password(context.lang.pick("値（見えません）: ", "value (not shown): "))?
    };
    let secret = Secret::new(text);
    if secret.expose().is_empty() {
        return Err(CliError::usage(Message::new(codes::SECRET_EMPTY).with("name", name)));
    }
    Ok(secret)
}

fn told(context: &Context, info: &SecretInfo, today: chrono::NaiveDate) -> String {
    let hosts = if info.hosts.is_empty() {
        context.lang.pick("（入力先がまだありません）", "(no host yet)").to_owned()
    } else {
        info.hosts.join("、")
    };
    let expiry = match info.expires {
        None => context.lang.pick("期限なし", "no expiry").to_owned(),
        Some(day) if day < today => format!("{} {day}", context.lang.pick("期限切れ", "expired")),
        Some(day) => format!("{} {day}", context.lang.pick("期限", "until")),
    };
    format!("{}\t{hosts}\t{expiry}", info.name)
}
