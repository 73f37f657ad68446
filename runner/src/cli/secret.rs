//! `yakin secret`: the value comes from the keyboard or standard input, never from the command line.

use std::io::{BufRead, IsTerminal};

use clap::{Args, Subcommand};

use crate::ports::{SecretInfo, Vault};
use crate::scenario::address::origin_of;
use crate::text::{Message, codes};
use crate::value::Secret;

use super::error::CliError;
use super::office::{Desk, parse_date, who};
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
        SecretCommand::Set {
            name,
            host,
            expires,
            stdin,
        } => {
            let expires = expires.as_deref().map(parse_date).transpose()?;
            let value = ask(&desk, *stdin)?;
            let hosts = if host.is_empty() {
                hosts_of(&desk, name)
            } else {
                host.clone()
            };
            desk.store.set_secret(name, &value, &hosts, expires, &who())?;
            let info = SecretInfo {
                name: name.clone(),
                hosts,
                expires,
                set_at: desk.room.clock.now(),
            };
            println!("{}", told(&desk, &info));
        }
        SecretCommand::List => {
            let infos = desk.store.list()?;
            if infos.is_empty() {
                let lang = desk.room.lang;
                println!(
                    "{}",
                    lang.pick("預かっているものはありません。", "No secret has been set.")
                );
            }
            for info in &infos {
                println!("{}", told(&desk, info));
            }
        }
        SecretCommand::Remove { name } => {
            if !desk.store.remove_secret(name, &who())? {
                return Err(CliError::usage(
                    Message::new(codes::NO_SECRET).with("name", name.clone()),
                ));
            }
            println!("{}", desk.room.lang.pick("捨てました。", "Removed."));
        }
    }
    Ok(exit::SETTLED)
}

fn ask(desk: &Desk, stdin: bool) -> Result<Secret, CliError> {
    let text = if stdin || !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        rpassword::prompt_password(desk.room.lang.pick("値（見えません）: ", "value (not shown): "))?
    };
    let secret = Secret::new(text);
    if secret.expose().is_empty() {
        return Err(CliError::usage(Message::new(codes::SECRET_EMPTY)));
    }
    Ok(secret)
}

/// Without a host on the command line: the host of the system that the name begins with.
fn hosts_of(desk: &Desk, name: &str) -> Vec<String> {
    let system = name.split('.').next().unwrap_or(name);
    desk.room
        .system(system)
        .and_then(|system| origin_of(&system.url?.value))
        .into_iter()
        .collect()
}

fn told(desk: &Desk, info: &SecretInfo) -> String {
    let lang = desk.room.lang;
    let hosts = if info.hosts.is_empty() {
        lang.pick(
            "（入力先なし：--host で決めてください）",
            "(no host: name one with --host)",
        )
        .to_owned()
    } else {
        info.hosts.join("、")
    };
    let expiry = match info.expires {
        None => lang.pick("期限なし", "no expiry").to_owned(),
        Some(day) if day < desk.room.today() => format!("{} {day}", lang.pick("期限切れ", "expired")),
        Some(day) => format!("{} {day}", lang.pick("期限", "until")),
    };
    format!("{}\t{hosts}\t{expiry}", info.name)
}
