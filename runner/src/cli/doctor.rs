//! `yakin doctor`.

use std::path::Path;

use clap::Args;
use serde_json::json;

use crate::care::{self, Ask, Facts, Finding, Findings, Level, Network, Place};
use crate::clock::{Clock, SystemClock};
use crate::text::{Lang, codes};

use super::error::CliError;
use super::office::{Room, who};
use super::{Context, exit, runtime};

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    #[arg(long)]
    offline: bool,
    #[arg(long)]
    deep: bool,
    #[arg(long)]
    json: bool,
}

/// Exit codes: settled when all is well, some left with warnings, failed when a night cannot run.
pub(super) fn doctor(context: &Context, args: &DoctorArgs) -> Result<u8, CliError> {
    let room = room(context)?;
    let lang = room.as_ref().map_or(context.lang.unwrap_or_default(), |room| room.lang);
    let clock = SystemClock::start();
    let began = (clock.now(), clock.monotonic());
    // Outside an office only the machine can be looked at, in a folder that goes again.
    let elsewhere = std::env::temp_dir().join(format!("yakin-doctor-{}", std::process::id()));
    let ask = Ask {
        profiles: room
            .as_ref()
            .map_or(elsewhere.clone(), |room| room.own().join("browser")),
        offline: args.offline,
    };
    let machine = runtime()?.block_on(care::machine(&ask));
    if room.is_none() {
        // Nothing of it is needed any more; what the system keeps it will clear away.
        let _ = std::fs::remove_dir_all(&elsewhere);
    }
    let office = match &room {
        None => None,
        Some(room) => {
            let own = room.own();
            let scenarios = room.scenarios()?;
            let twins = room.twins()?;
            Some(care::office(&Place {
                root: &room.root,
                own: &own,
                office: &room.office,
                scenarios: &scenarios,
                twins: &twins,
                clock: std::sync::Arc::new(clock),
                began,
                deep: args.deep,
                who: &who(),
            }))
        }
    };
    let facts = Facts { machine, office };
    let findings = care::judge(&facts);
    if args.json {
        print!("{}", lines(&findings, facts.machine.network, lang));
    } else {
        print!("{}", page(&findings, lang));
        println!();
        println!("{}", network(facts.machine.network, lang));
        println!("{}", place(room.as_ref().map(|room| room.root.as_path()), lang));
    }
    Ok(verdict(&findings))
}

/// The office, if there is one here; one that was named must be there.
fn room(context: &Context) -> Result<Option<Room>, CliError> {
    match Room::find(context) {
        Ok(room) => Ok(Some(room)),
        Err(error) if context.office.is_none() && error.message.is(codes::NOT_AN_OFFICE) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn verdict(findings: &Findings) -> u8 {
    match findings.worst() {
        Level::Good | Level::Warning => exit::SETTLED,
        Level::Bad => exit::FAILED,
    }
}

/// The findings as people read them: counts first.
pub(super) fn page(findings: &Findings, lang: Lang) -> String {
    let [good, warnings, bad] = [Level::Good, Level::Warning, Level::Bad].map(|level| findings.count(level));
    let verdict = match (findings.worst(), lang) {
        (Level::Good, Lang::Ja) => "すべて整っています。",
        (Level::Good, Lang::En) => "All is well.",
        (Level::Warning, Lang::Ja) => "動きますが、△ を見てください。",
        (Level::Warning, Lang::En) => "It works; look at what is marked △.",
        (Level::Bad, Lang::Ja) => "このままでは動きません。× を直してください。",
        (Level::Bad, Lang::En) => "It cannot work like this: mend what is marked ×.",
    };
    let mut text = match lang {
        Lang::Ja => format!("○ よし {good}、△ 注意 {warnings}、× だめ {bad}。{verdict}\n\n"),
        Lang::En => format!("○ well {good}, △ warning {warnings}, × bad {bad}. {verdict}\n\n"),
    };
    for finding in findings.iter() {
        text.push_str(&line(finding, lang));
    }
    text
}

fn line(finding: &Finding, lang: Lang) -> String {
    let said = finding.message.render(lang);
    let name = finding.area.name(lang);
    let blanks = " ".repeat(12_usize.saturating_sub(unicode_width::UnicodeWidthStr::width(name)));
    let code = match finding.level {
        Level::Good => String::new(),
        Level::Warning | Level::Bad => format!(" [{}]", said.code),
    };
    let mut text = format!("{} {name}{blanks} {}{code}\n", finding.level.sign(lang), said.what);
    if !said.mend.is_empty() {
        text.push_str(&format!(
            "       {} {}\n",
            lang.pick("直し方:", "what to do:"),
            said.mend
        ));
    }
    text
}

/// One JSON object a finding, then one with the counts.
pub(super) fn lines(findings: &Findings, network: Network, lang: Lang) -> String {
    let mut text = String::new();
    for finding in findings.iter() {
        let said = finding.message.render(lang);
        let object = json!({
            "area": finding.area.key(),
            "level": finding.level.key(),
            "code": said.code,
            "what": said.what,
            "mend": said.mend,
        });
        text.push_str(&format!("{object}\n"));
    }
    let network = match network {
        Network::Open => "open",
        Network::Closed => "closed",
        Network::SaidClosed => "said_closed",
    };
    let [good, warning, bad] = [Level::Good, Level::Warning, Level::Bad].map(|level| findings.count(level));
    let summary = json!({ "good": good, "warning": warning, "bad": bad, "network": network });
    text.push_str(&format!("{summary}\n"));
    text
}

fn network(network: Network, lang: Lang) -> &'static str {
    let (ja, en) = match network {
        Network::Open => (
            "網：外への道があるものとして、直し方を出しました（経路表を見ただけで、どこにも接続していません）。網につながらない機械なら --offline を付けてください。",
            "network: taken for open (only the routing table was read; nothing was contacted). On a closed network add --offline.",
        ),
        Network::Closed => (
            "網：外への道がないので、持ち込むものを出しました（経路表を見ただけで、どこにも接続していません）。",
            "network: there is no way out, so what has to be brought is told (only the routing table was read; nothing was contacted).",
        ),
        Network::SaidClosed => (
            "網：--offline なので、持ち込むものを出しました。どこにも接続していません。",
            "network: --offline, so what has to be brought is told; nothing was contacted.",
        ),
    };
    lang.pick(ja, en)
}

fn place(root: Option<&Path>, lang: Lang) -> String {
    match (root, lang) {
        (Some(root), Lang::Ja) => format!("事務所：{}", root.display()),
        (Some(root), Lang::En) => format!("office: {}", root.display()),
        (None, Lang::Ja) => "ここは事務所ではないので、この機械だけを調べました。".to_owned(),
        (None, Lang::En) => "This is no office, so only the machine was looked at.".to_owned(),
    }
}
