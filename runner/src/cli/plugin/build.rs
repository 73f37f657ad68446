//! `yakin plugin build`: from a folder with source to `plugins/NAME.wasm`, with the tools of its language.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::platform::programs;
use crate::steps::plugin::{FOLDER, Shelf};
use crate::text::{Message, codes};

use super::super::error::{At, CliError, trouble};
use super::super::office::Room;
use super::list::{self, CheckArgs};

/// What guests in Rust are compiled for.
const TARGET: &str = "wasm32-wasip2";

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn build(room: &Room, args: &BuildArgs) -> Result<u8, CliError> {
    let name = args.name.as_str();
    let folder = room.root.join(FOLDER);
    let source = folder.join(name);
    let wasm = folder.join(format!("{name}.wasm"));
    if source.join("Cargo.toml").is_file() {
        rust(name, &source, &wasm)?;
    } else if source.join("app.py").is_file() {
        python(&source, &wasm)?;
    } else if folder.join(format!("{name}.js")).is_file() {
        let said = "JavaScript は組み立てなくても使えます。";
        println!("{}", room.lang.pick(said, "JavaScript needs no building."));
    } else {
        let there = Shelf::new(&room.root).files().into_iter().map(|(name, _)| name);
        let message = Message::new(codes::PLUGIN_NO_SOURCE).with("name", name).with_some(
            "there",
            Some(there.collect::<Vec<_>>().join("、")).filter(|there| !there.is_empty()),
        );
        return Err(CliError::usage(message));
    }
    list::check(room, &CheckArgs::of(name))
}

fn rust(name: &str, source: &Path, wasm: &Path) -> Result<(), CliError> {
    let cargo = tool("cargo", codes::PLUGIN_NO_CARGO)?;
    let known = Command::new(tool("rustc", codes::PLUGIN_NO_CARGO)?)
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .map_err(|error| trouble(source, &error))?;
    let libraries = PathBuf::from(String::from_utf8_lossy(&known.stdout).trim());
    if !known.status.success() || !libraries.is_dir() {
        return Err(CliError::failed(Message::new(codes::PLUGIN_NO_TARGET)));
    }
    let target = source.join("target");
    let mut command = Command::new(cargo);
    command
        .args(["build", "--release", "--target", TARGET])
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(source);
    run(command, source)?;
    let built = target.join(TARGET).join("release").join(format!("{name}.wasm"));
    std::fs::copy(&built, wasm).map(|_| ()).at(&built)
}

fn python(source: &Path, wasm: &Path) -> Result<(), CliError> {
    let mut command = Command::new(tool("componentize-py", codes::PLUGIN_NO_PYTHON)?);
    command
        .args(["-d", "wit", "-w", "plugin", "componentize", "--stub-wasi", "app", "-o"])
        .arg(wasm)
        .current_dir(source);
    run(command, source)
}

fn tool(name: &str, missing: crate::text::Code) -> Result<PathBuf, CliError> {
    programs::find(&[name]).ok_or_else(|| CliError::failed(Message::new(missing)))
}

/// Runs a tool, whose words go where ours go.
fn run(mut command: Command, source: &Path) -> Result<(), CliError> {
    let status = command.status().map_err(|error| trouble(source, &error))?;
    if status.success() {
        return Ok(());
    }
    let tool = command.get_program().to_string_lossy().into_owned();
    Err(CliError::usage(
        Message::new(codes::PLUGIN_NOT_BUILT).with("tool", tool),
    ))
}
