//! `yakin init`: a new office with a bot that works at once in the practice city.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::text::{Message, codes};

use super::error::{At, CliError};
use super::office::OFFICE_FILE;
use super::{Context, exit, schema};

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

/// The files of a new office, from the same sources as the repository's own.
const FILES: &[(&str, &str)] = &[
    (
        "scenarios/juminhyo-yubin.yaml",
        include_str!("../../../scenarios/juminhyo-yubin.yaml"),
    ),
    (
        "scenarios/systems/受付.yaml",
        include_str!("../../../scenarios/systems/受付.yaml"),
    ),
    (
        "scenarios/parts/住所入力.yaml",
        include_str!("../../../scenarios/parts/住所入力.yaml"),
    ),
    (".gitignore", ".yakin/\ninbox/\noutbox/\n下見/\n"),
];

/// The files that are read by people in their own language: name, Japanese, English.
const FILES_BY_LANGUAGE: &[(&str, &str, &str)] = &[
    (
        "office.yaml",
        include_str!("../../../office.yaml"),
        include_str!("../../templates/office/office.en.yaml"),
    ),
    (
        "README.md",
        include_str!("../../templates/office/README.md"),
        include_str!("../../templates/office/README.en.md"),
    ),
];

/// The sample is CP932, as offices write their tables.
const SAMPLE: (&str, &[u8]) = (
    "scenarios/samples/requests.csv",
    include_bytes!("../../../scenarios/samples/requests.csv"),
);

/// Folders that are empty at first.
const FOLDERS: &[&str] = &["inbox", "outbox", "scenarios/forms", "plugins", "ocr-models"];

/// What to do in a new office, with what it does.
const NEXT: &[(&str, &str, &str)] = &[
    ("cd FOLDER", "事務所に入る", "go into the office"),
    (
        "yakin practice deliver",
        "練習用の請求の表を inbox に届ける",
        "requests to practise with come into inbox",
    ),
    (
        "yakin run juminhyo-yubin",
        "練習市役所の受付システムに登録する",
        "register them in the practice city",
    ),
    ("yakin runs show", "どうなったかを読む", "read what became of them"),
    (
        "yakin draft --help",
        "自分の表と画面から、ボットの下書きを書かせる",
        "have a bot drafted from a table and a page of yours",
    ),
    (
        "yakin exercise 1",
        "練習問題で、書き方を覚える",
        "learn to write one by exercises",
    ),
];

pub(super) fn init(context: &Context, args: &InitArgs) -> Result<u8, CliError> {
    let folder = &args.folder;
    let lang = context.lang.unwrap_or_default();
    if let Some(office) = around(folder)? {
        let message = Message::new(codes::OFFICE_INSIDE).with("folder", office.display().to_string());
        return Err(CliError::usage(message));
    }
    let by_language = FILES_BY_LANGUAGE
        .iter()
        .map(|(file, ja, en)| (*file, lang.pick(ja, en)));
    let files: Vec<(&str, &str)> = by_language.chain(FILES.iter().copied()).collect();
    for (file, _) in &files {
        if folder.join(file).exists() {
            let message = Message::new(codes::FOLDER_IN_USE)
                .with("folder", folder.display().to_string())
                .with("file", *file);
            return Err(CliError::usage(message));
        }
    }
    for name in FOLDERS {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).at(&folder)?;
    }
    for (file, text) in files {
        write(&folder.join(file), text.as_bytes())?;
    }
    write(&folder.join(SAMPLE.0), SAMPLE.1)?;
    schema::write(folder, lang)?;
    println!("{}", lang.pick("新しい事務所を作りました:", "made a new office:"));
    println!("  {}", folder.display());
    println!("{}", lang.pick("次にすること:", "next:"));
    for (command, ja, en) in NEXT {
        let command = command.replace("FOLDER", &folder.display().to_string());
        println!("  {command:<28}  # {}", lang.pick(ja, en));
    }
    Ok(exit::SETTLED)
}

/// The office around a folder that is to be one: what is done there would not be found from the one that people know. A whole
/// path is meant as it is written.
fn around(folder: &Path) -> Result<Option<PathBuf>, CliError> {
    if folder.is_absolute() {
        return Ok(None);
    }
    let folder = std::env::current_dir()?.join(folder);
    let mut above = folder.ancestors().skip(1);
    Ok(above
        .find(|above| above.join(OFFICE_FILE).is_file())
        .map(Path::to_owned))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).at(folder)?;
    }
    std::fs::write(path, bytes).at(path)
}
