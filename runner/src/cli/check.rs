//! `yakin check`: every mistake at once, nothing run.

use clap::Args;

use crate::diag::{Findings, Severity, human, json};
use crate::plan::{self, OfficeFiles};
use crate::text::Lang;

use super::error::CliError;
use super::office::Room;
use super::scenarios::Bot;
use super::{Context, around, exit, scores};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[arg(long)]
    json: bool,
    #[arg(long)]
    scores: bool,
}

pub(super) fn check(context: &Context, args: &CheckArgs) -> Result<u8, CliError> {
    let room = Room::find(context)?;
    let paths = match args.scenarios.as_slice() {
        [] => room.scenarios()?,
        words => words.iter().map(|word| room.scenario(word)).collect::<Result<_, _>>()?,
    };
    if args.scores {
        scores::print(&room, &paths, args.json)?;
        return Ok(exit::SETTLED);
    }
    let files = OfficeFiles::new(&room.root);
    let around = around::around(context, &room);
    let mut findings = Findings::default();
    for path in &paths {
        findings.merge(plan::check_around(&files, path, &around));
    }
    findings.merge(same_ids(&room.bots()?, &paths));
    if args.json {
        let lines = json::render(&findings, room.lang);
        print!(
            "{}",
            lines.map_err(|error| CliError::from(std::io::Error::other(error)))?
        );
    } else {
        print!("{}", human::render(&findings, room.lang));
        println!("{}", looked_at(paths.len(), &findings, room.lang));
        if let Some(hint) = human::hint(&findings, room.lang) {
            println!("{hint}");
        }
    }
    Ok(if findings.has_errors() {
        exit::USAGE
    } else {
        exit::SETTLED
    })
}

/// The files that have the id of another one. Of two that are both looked at it is the second one's mistake.
fn same_ids(bots: &[Bot], paths: &[String]) -> Findings {
    let mut findings = Findings::default();
    for bot in bots.iter().filter(|bot| paths.contains(&bot.path)) {
        let others = bots
            .iter()
            .filter(|other| other.path < bot.path || !paths.contains(&other.path));
        if let Some(found) = others.into_iter().find_map(|other| bot.same_as(other)) {
            findings.add(bot.source.clone(), vec![found]);
        }
    }
    findings
}

fn looked_at(files: usize, findings: &Findings, lang: Lang) -> String {
    let clean = findings.count(Severity::Error) + findings.count(Severity::Warning) == 0;
    let checked = match (lang, files) {
        (Lang::Ja, _) => format!("{files} 個のファイルを調べました。"),
        (Lang::En, 1) => "1 file was checked.".to_owned(),
        (Lang::En, _) => format!("{files} files were checked."),
    };
    match (lang, clean) {
        (_, false) => checked,
        (Lang::Ja, true) => format!("{checked}直すところはありません。"),
        (Lang::En, true) => format!("{checked} Nothing has to be mended."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_one() {
        let said = |files, lang| looked_at(files, &Findings::default(), lang);
        assert_eq!(said(0, Lang::En), "0 files were checked. Nothing has to be mended.");
        assert_eq!(said(1, Lang::En), "1 file was checked. Nothing has to be mended.");
        assert_eq!(said(2, Lang::En), "2 files were checked. Nothing has to be mended.");
        assert_eq!(
            said(1, Lang::Ja),
            "1 個のファイルを調べました。直すところはありません。"
        );
    }
}
