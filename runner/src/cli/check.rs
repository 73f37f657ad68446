//! `yakin check`: every mistake at once, nothing run.

use clap::Args;

use crate::diag::{Findings, Severity, human, json};
use crate::plan::{self, OfficeFiles};
use crate::text::Lang;

use super::error::CliError;
use super::office::Room;
use super::{Context, exit};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[arg(long)]
    json: bool,
}

pub(super) fn check(context: &Context, args: &CheckArgs) -> Result<u8, CliError> {
    let room = Room::find(context)?;
    let paths = match args.scenarios.as_slice() {
        [] => room.scenarios()?,
        words => words.iter().map(|word| room.scenario(word)).collect::<Result<_, _>>()?,
    };
    let files = OfficeFiles::new(&room.root);
    let mut errors = 0;
    let mut silent = true;
    for path in &paths {
        let findings = plan::check(&files, path);
        errors += findings.count(Severity::Error);
        let text = rendered(&findings, &room, args.json)?;
        silent &= text.is_empty();
        print!("{text}");
    }
    if silent && !args.json {
        let count = paths.len();
        match room.lang {
            Lang::Ja => println!("{count} 個のファイルを調べました。直すところはありません。"),
            Lang::En => println!("checked {count} files: nothing to mend"),
        }
    }
    Ok(if errors > 0 { exit::USAGE } else { exit::SETTLED })
}

fn rendered(findings: &Findings, room: &Room, as_json: bool) -> Result<String, CliError> {
    if as_json {
        return json::render(findings, room.lang).map_err(|error| CliError::from(std::io::Error::other(error)));
    }
    Ok(human::render(findings, room.lang))
}
