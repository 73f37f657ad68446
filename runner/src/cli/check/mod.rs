//! `yakin check`: every mistake at once, nothing run.

mod fix;
mod watch;

use clap::Args;

use crate::diag::{Findings, Severity, human, json};
use crate::plan::{self, CachedFiles, OfficeFiles, check_all};
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
    fix: bool,
    #[arg(long, requires = "fix")]
    dry_run: bool,
    #[arg(long, conflicts_with_all = ["fix", "json"])]
    watch: bool,
    #[arg(long, conflicts_with = "fix")]
    json: bool,
    #[arg(long)]
    scores: bool,
}

/// What a check found, in how many files, and which files it read.
struct Checked {
    findings: Findings,
    files: usize,
    reads: Vec<String>,
}

pub(super) fn check(context: &Context, args: &CheckArgs) -> Result<u8, CliError> {
    if args.watch {
        return watch::watch(context, args);
    }
    let room = Room::find(context)?;
    if args.scores {
        scores::print(&room, &paths(&room, args)?, args.json)?;
        return Ok(exit::SETTLED);
    }
    let checked = if args.fix {
        fixed(context, &room, args)?
    } else {
        check_once(context, &room, args)?
    };
    if args.json {
        let lines = json::render(&checked.findings, room.lang);
        print!(
            "{}",
            lines.map_err(|error| CliError::from(std::io::Error::other(error)))?
        );
    } else {
        print!("{}", human::render(&checked.findings, room.lang));
        println!("{}", looked_at(checked.files, &checked.findings, room.lang));
        if let Some(hint) = human::hint(&checked.findings, room.lang) {
            println!("{hint}");
        }
        if !args.scenarios.is_empty() {
            let files = OfficeFiles::new(&room.root);
            let paths = paths(&room, args)?;
            paths.iter().for_each(|path| print_schedule(&files, path, room.lang));
        }
    }
    Ok(code(&checked.findings))
}

/// Mends what can be mended; what is left of the findings.
fn fixed(context: &Context, room: &Room, args: &CheckArgs) -> Result<Checked, CliError> {
    let paths = paths(room, args)?;
    let around = around::around(context, room);
    let files = OfficeFiles::new(&room.root);
    let fixed = fix::fix(room, &files, &paths, args.dry_run)?;
    let mut findings = if args.dry_run {
        check_all(&files, &paths, Some(&around))
    } else {
        check_all(&fixed.over(&files), &paths, Some(&around))
    };
    findings.merge(same_ids(&room.bots()?, &paths));
    Ok(Checked {
        findings,
        files: paths.len(),
        reads: Vec::new(),
    })
}

fn paths(room: &Room, args: &CheckArgs) -> Result<Vec<String>, CliError> {
    match args.scenarios.as_slice() {
        [] => room.everything(),
        words => words.iter().map(|word| room.scenario(word)).collect(),
    }
}

/// Checks the files that the words name.
fn check_once(context: &Context, room: &Room, args: &CheckArgs) -> Result<Checked, CliError> {
    let paths = paths(room, args)?;
    let around = around::around(context, room);
    let files = CachedFiles::new(OfficeFiles::new(&room.root));
    let mut findings = check_all(&files, &paths, Some(&around));
    findings.merge(same_ids(&room.bots()?, &paths));
    Ok(Checked {
        findings,
        files: paths.len(),
        reads: files.into_paths(),
    })
}

fn code(findings: &Findings) -> u8 {
    if findings.has_errors() {
        exit::USAGE
    } else {
        exit::SETTLED
    }
}

/// How the schedule of a scenario that was asked for by name is understood.
fn print_schedule(files: &OfficeFiles, path: &str, lang: Lang) {
    let plan = plan::load(files, path).plan;
    if let Some(schedule) = plan.and_then(|plan| plan.scenario.schedule) {
        let understood = lang.pick("予定はこう読みました:", "The schedule is understood as:");
        println!("{understood} {}", schedule.value.sentence(lang));
    }
}

/// The files that have the id of another one. Of two that are both looked at it is the second one's mistake.
fn same_ids(bots: &[Bot], paths: &[String]) -> Findings {
    let mut findings = Findings::default();
    for bot in bots.iter().filter(|bot| paths.contains(&bot.path)) {
        let others = bots
            .iter()
            .filter(|other| other.is_before(bot) || !paths.contains(&other.path));
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
