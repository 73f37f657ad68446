//! `yakin kit`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::care::{self, Machine, Program, Trial};
use crate::drivers::browser::{self, Obstacle};
use crate::drivers::plugin;
use crate::kit::{self, Here, KitError, Wanted};
use crate::platform::{machine, programs};
use crate::text::{Lang, Message, codes};

use super::doctor::{lines, page, verdict};
use super::error::{CliError, trouble};
use super::{Context, exit, runtime};

#[derive(Debug, Args)]
pub(super) struct KitArgs {
    #[command(subcommand)]
    command: KitCommand,
}

#[derive(Debug, Subcommand)]
enum KitCommand {
    Make {
        #[arg(value_name = "FILE")]
        out: PathBuf,
        #[arg(long, value_name = "FILE")]
        driver: Option<PathBuf>,
        #[arg(long, value_name = "FILE", num_args = 1..)]
        browser: Vec<PathBuf>,
        #[arg(long, value_name = "FOLDER")]
        models: Option<PathBuf>,
    },
    Check {
        #[arg(value_name = "FILE")]
        kit: PathBuf,
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn kit(context: &Context, args: &KitArgs) -> Result<u8, CliError> {
    let lang = context.lang.unwrap_or_default();
    match &args.command {
        KitCommand::Make {
            out,
            driver,
            browser,
            models,
        } => make(out, driver.as_deref(), (browser, models.as_deref()), lang),
        KitCommand::Check { kit, json } => check(kit, *json, lang),
    }
}

fn make(out: &Path, driver: Option<&Path>, given: (&[PathBuf], Option<&Path>), lang: Lang) -> Result<u8, CliError> {
    // Only a name that can be nothing else is written over.
    if !out.to_string_lossy().ends_with(".tar.gz") {
        let message = Message::new(codes::WORD_VALUE)
            .with("word", lang.pick("ファイル", "FILE"))
            .with("value", out.display().to_string())
            .with("values", "*.tar.gz");
        return Err(CliError::usage(message));
    }
    let driver = match driver {
        Some(driver) => driver.to_owned(),
        None => programs::find(programs::DRIVERS).ok_or_else(|| failed(KitError::NoDriver))?,
    };
    let (version, browser_here) = runtime()?.block_on(async {
        let version = browser::version_of(&driver).await;
        (version, care::browser_here().await)
    });
    let version = version.map_err(|obstacle| mute(&driver, obstacle))?;
    let (browser, models) = given;
    let made = kit::make(
        &Wanted {
            program: std::env::current_exe()?,
            driver: (driver, version),
            browser: browser.to_vec(),
            script_engine: plugin::script_engine(),
            models: models.map(Path::to_owned),
            browser_version: browser_here.and_then(|browser| browser.version.ok()),
        },
        out,
    )
    .map_err(failed)?;
    let list = &made.manifest;
    let mebis = made.size.div_ceil(1 << 20);
    match lang {
        Lang::Ja => println!(
            "キットを作りました: {}（{mebis} MiB、ファイル {} 個）",
            out.display(),
            list.files.len()
        ),
        Lang::En => println!(
            "made a kit: {} ({mebis} MiB, files: {})",
            out.display(),
            list.files.len()
        ),
    }
    let comma = lang.pick("、", ", ");
    println!(
        "  yakin {}{comma}chromedriver {} ({} {})",
        list.yakin, list.driver, list.os, list.arch
    );
    println!(
        "{}",
        lang.pick(
            "入っていないもの（運ぶ先に、前もって要るもの）:",
            "not inside (must be there already):"
        )
    );
    for [ja, en] in &list.not_inside {
        println!("  - {}", lang.pick(ja, en));
    }
    println!(
        "{}",
        lang.pick(
            "SHA-256（紙に控えて運び、着いた先で sha256sum の答えと見比べてください）:",
            "SHA-256 (carry it on paper, and compare it there with what sha256sum says):"
        )
    );
    println!("  {}", made.sha256);
    Ok(exit::SETTLED)
}

fn check(path: &Path, as_json: bool, lang: Lang) -> Result<u8, CliError> {
    let content = kit::read(path).map_err(failed)?;
    let network = care::network(false);
    let here = Here {
        arch: std::env::consts::ARCH,
        glibc: machine::libc_version(),
        machine: Machine {
            network,
            os: std::env::consts::OS,
            maker_name: machine::maker_name(),
            browser: runtime()?.block_on(care::browser_here()),
            driver: Some(Program {
                path: PathBuf::from("bin/chromedriver"),
                version: Ok(content.manifest.driver.clone()),
            }),
            trial: Trial::NotTried,
            japanese: None,
            memory: None,
        },
    };
    let findings = kit::judge(&content, &here);
    if as_json {
        print!("{}", lines(&findings, network, lang));
        return Ok(verdict(&findings));
    }
    print!("{}", page(&findings, lang));
    println!();
    println!(
        "{}",
        lang.pick(
            "入っていないもの（前もって要るもの）:",
            "not inside (must be there already):"
        )
    );
    for [ja, en] in &content.manifest.not_inside {
        println!("  - {}", lang.pick(ja, en));
    }
    Ok(verdict(&findings))
}

fn failed(error: KitError) -> CliError {
    match error {
        KitError::File { path, source } => trouble(&path, &source),
        KitError::Refused { .. } | KitError::NoDriver => CliError::usage(error.message()),
        KitError::NotAKit { .. } => CliError::failed(error.message()),
    }
}

/// A driver that does not even say its version is none.
fn mute(driver: &Path, obstacle: Obstacle) -> CliError {
    let said = match obstacle {
        Obstacle::Said(said) if !said.is_empty() => Some(said),
        Obstacle::Library(library) => Some(library),
        Obstacle::Said(_) | Obstacle::Sandbox => None,
    };
    let message = Message::new(codes::CARE_VERSION_UNKNOWN)
        .with("program", "chromedriver")
        .with("path", driver.display().to_string())
        .with_some("said", said);
    CliError::usage(message)
}
