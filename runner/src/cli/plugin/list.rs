//! `yakin plugin list` and `yakin plugin check`.

use clap::Args;

use crate::drivers::plugin::{Guest, Kind};
use crate::steps::plugin::{Asked, Entry, PREFIX, Shelf};
use crate::steps::{StepRow, docs};
use crate::text::Lang;

use super::super::error::CliError;
use super::super::exit;
use super::super::office::Room;
use super::{entry, lines};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

impl CheckArgs {
    /// For one plugin.
    pub(super) fn of(name: &str) -> CheckArgs {
        CheckArgs {
            names: vec![name.to_owned()],
        }
    }
}

pub(super) fn list(room: &Room) -> Result<u8, CliError> {
    let lang = room.lang;
    let entries = Shelf::new(&room.root).entries();
    if entries.is_empty() {
        println!("{}", lang.pick("プラグインはありません。", "There are no plugins."));
        println!(
            "  {}",
            lang.pick(
                "作るには: yakin plugin new 名前 --lang js",
                "to make one: yakin plugin new NAME --lang js"
            )
        );
    }
    for entry in &entries {
        match &entry.guest {
            Ok(guest) => tell(entry, guest, lang),
            Err(error) => {
                let said = entry.unusable(error).render(lang);
                println!("{}  {}", entry.name, lang.pick("使えません", "cannot be used"));
                println!("  {}（{}）", said.what, said.code);
            }
        }
    }
    Ok(exit::SETTLED)
}

fn tell(entry: &Entry, guest: &Guest, lang: Lang) {
    let described = guest.described();
    let kind = match guest.kind() {
        Kind::Script => "JavaScript",
        Kind::Component => "WASM",
    };
    println!("{}  {}", entry.name, lang.pick(&described.help.ja, &described.help.en));
    println!("  {}  {kind}  sha256 {}", entry.file, guest.hash());
    for function in &described.functions {
        let help = lang.pick(&function.help.ja, &function.help.en);
        println!("  {PREFIX}{}.{}  {help}", entry.name, function.name);
    }
    if described.state {
        println!(
            "  {}",
            lang.pick(
                "1回の実行の間、覚えていることがあります。",
                "It remembers things for a run."
            )
        );
    }
    let asks = entry.asks();
    for (ability, asked) in &asks {
        let what = ability.word();
        let word = match asked {
            Asked::Granted => lang.pick("許しています", "granted"),
            Asked::Open => lang.pick("求めていますが、許していません", "asked for, not granted"),
            Asked::Changed => lang.pick(
                "ファイルが変わったので、許しがなくなりました",
                "no longer granted: the file has changed",
            ),
        };
        let folders = match (what, entry.grant()) {
            ("read", grant) => grant.read.join(", "),
            ("write", grant) => grant.write.join(", "),
            _ => String::new(),
        };
        println!("  {what}: {word} {folders}");
    }
    if let Some(lines) = lines(entry).filter(|_| asks.iter().any(|(_, asked)| *asked != Asked::Granted)) {
        println!(
            "  {}",
            lang.pick("許すには、office.yaml に書きます：", "to grant it, in office.yaml:")
        );
        lines.lines().for_each(|line| println!("    {line}"));
    }
}

/// Says of each plugin whether it can be used, and what it offers.
pub(super) fn check(room: &Room, args: &CheckArgs) -> Result<u8, CliError> {
    let lang = room.lang;
    let shelf = Shelf::new(&room.root);
    let entries = match args.names.as_slice() {
        [] => shelf.entries(),
        names => names.iter().map(|name| entry(&shelf, name)).collect::<Result<_, _>>()?,
    };
    let mut code = exit::SETTLED;
    for entry in &entries {
        match &entry.guest {
            Ok(_) => {
                println!("{}  {}", entry.file, lang.pick("使えます", "can be used"));
                for step in entry.steps() {
                    let text = docs::describe_row(&StepRow::Plugin(step), lang);
                    text.lines().for_each(|line| println!("  {line}"));
                }
            }
            Err(error) => {
                code = exit::USAGE;
                let said = entry.unusable(error).render(lang);
                println!("{}（{}）", said.what, said.code);
                println!("  {}", said.mend);
            }
        }
    }
    Ok(code)
}
