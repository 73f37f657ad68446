//! `yakin secret`: the value comes from the keyboard or standard input, never from the command line.

use std::io::{BufRead, IsTerminal};

use clap::{Args, Subcommand};

use crate::plan::{Files, OfficeFiles};
use crate::ports::{SecretInfo, Vault};
use crate::scenario::address::origin_of;
use crate::scenario::vocabulary::nearest;
use crate::text::{Message, codes};
use crate::value::Secret;

use super::error::CliError;
use super::office::{Desk, parse_date, who};
use super::practice::PRACTICE;
use super::{Context, exit, warn};

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
            if let Some(day) = expires.filter(|day| *day < desk.room.today()) {
                return Err(CliError::usage(
                    Message::new(codes::SECRET_PAST).with("day", day.to_string()),
                ));
            }
            if let Some(message) = no_system(name, &OfficeFiles::new(&desk.room.root).systems()) {
                warn(&message, desk.room.lang);
            }
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
        let lang = desk.room.lang;
        let first = rpassword::prompt_password(lang.pick("値（見えません）: ", "value (not shown): "))?;
        let again = rpassword::prompt_password(lang.pick("もう一度: ", "once more: "))?;
        same(first, &again)?
    };
    let secret = Secret::new(text);
    if secret.expose().is_empty() {
        return Err(CliError::usage(Message::new(codes::SECRET_EMPTY)));
    }
    Ok(secret)
}

/// What nobody sees while it is typed is typed twice.
fn same(first: String, again: &str) -> Result<String, CliError> {
    if first == again {
        Ok(first)
    } else {
        Err(CliError::usage(Message::new(codes::SECRET_DIFFERS)))
    }
}

/// What a name begins with: the system that it is for. `練習.` before it makes it one for practice.
fn system_of(name: &str) -> &str {
    let name = name.strip_prefix("練習.").unwrap_or(name);
    name.split('.').next().unwrap_or(name)
}

/// Says that a name belongs to no system of the office.
fn no_system(name: &str, systems: &[String]) -> Option<Message> {
    let system = system_of(name);
    if systems.iter().any(|known| known == system) {
        return None;
    }
    let near = nearest(system, systems.iter().map(String::as_str));
    Some(
        Message::new(codes::SECRET_NO_SYSTEM)
            .with("system", system)
            .with_some("near", near),
    )
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
    let hosts = if info.hosts.is_empty() && info.name.starts_with(PRACTICE) {
        lang.pick("練習市役所", "the practice city").to_owned()
    } else if info.hosts.is_empty() {
        lang.pick(
            "（入力先なし：--host で決めてください）",
            "(no host: name one with --host)",
        )
        .to_owned()
    } else {
        info.hosts.join(lang.pick("、", ", "))
    };
    let expiry = match info.expires {
        None => lang.pick("期限なし", "no expiry").to_owned(),
        Some(day) if day < desk.room.today() => format!("{} {day}", lang.pick("期限切れ", "expired")),
        Some(day) => format!("{} {day}", lang.pick("期限", "until")),
    };
    format!("{}\t{hosts}\t{expiry}", info.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_value_that_nobody_sees_is_typed_twice() {
        assert_eq!(same("夜勤".to_owned(), "夜勤").ok().as_deref(), Some("夜勤"));
        let refused = same("夜勤".to_owned(), "夜動").expect_err("two values");
        assert!(refused.message.is(codes::SECRET_DIFFERS) && !format!("{refused:?}").contains("夜勤"));
    }

    #[test]
    fn a_name_of_no_system_is_told() {
        let systems = ["受付".to_owned(), "税".to_owned()];
        for name in ["受付.ID", "税.パスワード", "練習.受付.ID"] {
            assert_eq!(no_system(name, &systems), None, "{name}");
        }
        let told = no_system("受付け.ID", &systems).expect("no system").what(Lang::Ja);
        assert_eq!(told, "「受付け」というシステムはありません。もしかして「受付」ですか。");
        assert!(no_system("練習.健診.ID", &systems).is_some());
    }
}
