//! `yakin backup` and `yakin restore`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::backup::{self, BackupError, Made, Manifest, Spot};
use crate::care::{self, Level};
use crate::history::{Backend, DATABASE, Inspection, KEY, Options, RunFilter, Store};
use crate::platform::{files, processes};
use crate::scenario::office::Storage;
use crate::text::{Lang, Message, codes};

use super::doctor::page;
use super::error::{At, CliError};
use super::office::{Desk, OFFICE_FILE, OWN_FOLDER, Room, who};
use super::{Context, exit, warn};

/// The folder of an office that backups go to when no other is named.
const FOLDER: &str = "backup";

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[arg(long)]
    with_key: bool,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[arg(long, value_name = "FOLDER", requires = "file")]
    into: Option<PathBuf>,
    #[arg(long, requires = "file")]
    replace: bool,
    #[arg(long, value_name = "KEYFILE", requires = "file")]
    key: Option<PathBuf>,
    #[arg(long, requires = "file")]
    despite_damage: bool,
    #[arg(long, value_name = "ID", conflicts_with = "file")]
    confirm: Vec<String>,
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
}

impl From<BackupError> for CliError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Exists { .. } | BackupError::NotWhole { .. } | BackupError::NoKey { .. } => {
                CliError::usage(error.message())
            }
            error => CliError::failed(error.message()),
        }
    }
}

pub(super) fn backup(context: &Context, args: &BackupArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    let now = desk.room.clock.now();
    let file = match &args.file {
        Some(file) => file.clone(),
        None => {
            let folder = desk.room.root.join(FOLDER);
            files::create_private_folder(&folder).at(&folder)?;
            folder.join(format!("yakin-{}.tar", stamp(&desk.room, now)))
        }
    };
    let made = backup::make(&desk.store, &desk.room.own(), &file, args.with_key, now)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    desk.store.note(&who(), "store.backed_up", &name)?;
    println!("{}", made_text(&file, &made, desk.room.lang));
    if made.manifest.engine == "postgres" {
        warn(&Message::new(codes::BACKUP_POSTGRES), desk.room.lang);
    }
    println!(
        "{}",
        key_text(&desk.room.own().join(KEY), made.with_key, desk.room.lang)
    );
    Ok(exit::SETTLED)
}

fn stamp(room: &Room, now: DateTime<Utc>) -> String {
    now.with_timezone(&room.office.timezone)
        .format("%Y%m%d-%H%M%S")
        .to_string()
}

fn made_text(file: &Path, made: &Made, lang: Lang) -> String {
    let (path, size) = (file.display(), made.bytes.div_ceil(1024));
    let kept = made
        .manifest
        .files
        .iter()
        .filter(|file| file.path.starts_with("evidence"));
    let (pictures, missing) = (kept.count(), made.manifest.missing.len());
    let mut text = match lang {
        Lang::Ja => format!("バックアップを作りました：{path}（{size} KiB、写真 {pictures} 枚）"),
        Lang::En => format!("backed up: {path} ({size} KiB, {pictures} pictures)"),
    };
    if missing > 0 {
        text.push_str(&match lang {
            Lang::Ja => {
                format!("\nなくなっていた写真が {missing} 枚あります。yakin doctor --deep で確かめてください。")
            }
            Lang::En => format!("\n{missing} pictures are gone: see `yakin doctor --deep`."),
        });
    }
    text.push_str(&format!("\nSHA-256 {}", made.sha256));
    text
}

fn key_text(key: &Path, inside: bool, lang: Lang) -> String {
    let key = key.display();
    match (inside, lang) {
        (true, Lang::Ja) => {
            "鍵も入っています：このファイルを手にした人は、住民の情報を全部読めます。鍵のかかる所に置いてください。"
                .to_owned()
        }
        (true, Lang::En) => {
            "The key is inside: whoever has this file can read everything about the residents. Lock it away.".to_owned()
        }
        (false, Lang::Ja) => format!(
            "鍵は入っていません。鍵は {key} です。これがなければ、このバックアップはだれにも読めません。\n\
             鍵は、バックアップとは別の所（金庫など）に1度だけ写しておいてください。"
        ),
        (false, Lang::En) => format!(
            "The key is not inside. It is {key}; without it nobody can read this backup.\n\
             Keep one copy of the key in another place than the backups, such as a safe."
        ),
    }
}

pub(super) fn restore(context: &Context, args: &RestoreArgs) -> Result<u8, CliError> {
    let by = args.by.clone().unwrap_or_else(who);
    if !args.confirm.is_empty() {
        return confirm(context, &args.confirm, &by);
    }
    let Some(file) = &args.file else {
        return Err(CliError::usage(Message::new(codes::RESTORE_WHAT)));
    };
    let room = Room::find(context)?;
    let root = args.into.clone().unwrap_or_else(|| room.root.clone());
    let restoring = Restoring {
        own: root.join(OWN_FOLDER),
        room: &room,
        args,
        file,
        by: &by,
    };
    restoring.check_place()?;
    files::create_private_folder(&restoring.own).at(&restoring.own)?;
    let office = root.join(OFFICE_FILE);
    if !office.exists() {
        std::fs::copy(room.root.join(OFFICE_FILE), &office).at(&office)?;
    }
    restoring.go()
}

/// A restore on its way.
struct Restoring<'a> {
    room: &'a Room,
    args: &'a RestoreArgs,
    /// The folder of the store.
    own: PathBuf,
    file: &'a Path,
    by: &'a str,
}

impl Restoring<'_> {
    fn is_on_server(&self) -> bool {
        matches!(self.room.office.storage, Storage::Postgres(_))
    }

    /// What is there is not replaced unasked.
    fn check_place(&self) -> Result<(), CliError> {
        if self.is_on_server() && self.args.into.is_some() {
            return Err(CliError::usage(Message::new(codes::RESTORE_ON_SERVER)));
        }
        let there = self.own.join(DATABASE);
        if there.exists() && !self.args.replace && !self.is_on_server() {
            let message = Message::new(codes::RESTORE_THERE).with("path", self.own.display().to_string());
            return Err(CliError::usage(message));
        }
        Ok(())
    }

    fn go(&self) -> Result<u8, CliError> {
        let staged = self.own.join("restore.part");
        if staged.exists() {
            std::fs::remove_dir_all(&staged).at(&staged)?;
        }
        files::create_private_folder(&staged).at(&staged)?;
        let aside = self
            .own
            .join(format!("before-restore-{}", stamp(self.room, self.room.clock.now())));
        let aside = unused(aside);
        let spot = Spot {
            own: &self.own,
            staged: &staged,
            aside: &aside,
        };
        let restored = self.staged(spot);
        // Of no use any more, whatever became of it.
        let _ = std::fs::remove_dir_all(&staged);
        restored
    }

    fn staged(&self, spot: Spot<'_>) -> Result<u8, CliError> {
        let manifest = backup::read(self.file, spot.staged)?;
        let here = if self.is_on_server() { "postgres" } else { "sqlite" };
        if manifest.engine != here {
            let message = Message::new(codes::BACKUP_OTHER_ENGINE)
                .with("backup", manifest.engine)
                .with("office", here);
            return Err(CliError::usage(message));
        }
        let mut others: Vec<PathBuf> = self.args.key.iter().cloned().collect();
        // In a drill elsewhere this office's key opens its backup.
        others.push(self.room.own().join(KEY));
        backup::keys(spot, &manifest, &others, self.file)?;
        let taken = manifest.taken_at.with_timezone(&self.room.office.timezone);
        let taken = taken.format("%Y-%m-%d %H:%M").to_string();
        if self.is_on_server() {
            self.on_server(spot, &manifest, &taken)?;
        } else {
            self.in_folder(spot, &taken)?;
        }
        self.say(spot, &manifest, &taken);
        Ok(exit::SETTLED)
    }

    /// A database in a file: looked through before it takes the place of the one that is there.
    fn in_folder(&self, spot: Spot<'_>, taken: &str) -> Result<(), CliError> {
        let store = self.open(spot.staged)?;
        self.look(&store.inspect()?)?;
        mark(&store, taken, self.by)?;
        drop(store);
        if self.own.join(DATABASE).exists() {
            // One that cannot be opened any more is why people restore.
            if let Ok(old) = self.open(&self.own) {
                mark(&old, taken, self.by)?;
            }
        }
        Ok(backup::put(spot)?)
    }

    /// A database server, which was restored with its own tools before: pictures, and the mark.
    fn on_server(&self, spot: Spot<'_>, manifest: &Manifest, taken: &str) -> Result<(), CliError> {
        let key = self.own.join(KEY);
        if !key.exists() {
            std::fs::copy(spot.staged.join(KEY), &key).at(&key)?;
        }
        let store = self.open(&self.own)?;
        let any = RunFilter {
            at_most: 1,
            ..RunFilter::default()
        };
        if store.runs(&any)?.is_empty() {
            return Err(CliError::failed(Message::new(codes::RESTORE_EMPTY)));
        }
        mark(&store, taken, self.by)?;
        backup::put_pictures(spot, manifest)?;
        self.look(&store.inspect()?)
    }

    fn open(&self, folder: &Path) -> Result<Store, CliError> {
        let backend = match &self.room.office.storage {
            Storage::Sqlite => Backend::Sqlite,
            Storage::Postgres(url) => Backend::Postgres(url.expose().to_owned()),
        };
        Ok(Store::open(&Options {
            folder: folder.to_owned(),
            backend,
            clock: Arc::clone(&self.room.clock),
            is_alive: processes::is_alive,
        })?)
    }

    /// Says what the doctor would say of it.
    fn look(&self, inspection: &Inspection) -> Result<(), CliError> {
        let findings = care::inspected(inspection);
        print!("{}", page(&findings, self.room.lang));
        if findings.worst() == Level::Bad && !self.args.despite_damage {
            let count = i64::try_from(inspection.violations.len()).unwrap_or(i64::MAX);
            return Err(CliError::failed(
                Message::new(codes::RESTORE_DAMAGED).with_int("count", count),
            ));
        }
        Ok(())
    }

    fn say(&self, spot: Spot<'_>, manifest: &Manifest, taken: &str) {
        let aside = spot.aside.exists().then(|| spot.aside.display());
        match self.room.lang {
            Lang::Ja => {
                println!(
                    "戻しました：{taken} の記録（夜勤 {}、記録の版 {}）。",
                    manifest.program, manifest.schema
                );
                if let Some(aside) = aside {
                    println!("前の記録は {aside} にあります。要らなくなったら消してください。");
                }
                println!(
                    "{taken} より後に登録した件は、この記録では「済」になっていません。本番の実行は、どの件も登録の前に確かめます。\n\
                     確かめられないボットは、相手のシステムと突き合わせて\n  yakin restore --confirm ボット --by 名前\n\
                     とするまで、本番では実行しません。"
                );
            }
            Lang::En => {
                println!(
                    "restored: the records of {taken} (yakin {}, schema {}).",
                    manifest.program, manifest.schema
                );
                if let Some(aside) = aside {
                    println!("What stood there is in {aside}. Delete it when it is of no use any more.");
                }
                println!(
                    "What was registered after {taken} is not known to be done. Real runs look for every item before they register it.\n\
                     A bot that cannot look is not run on the real system until somebody has compared both and said so:\n  \
                     yakin restore --confirm BOT --by NAME"
                );
            }
        }
    }
}

/// A name that nothing has yet.
fn unused(path: PathBuf) -> PathBuf {
    let mut free = path.clone();
    let mut number = 2;
    while free.exists() {
        free = path.with_extension(number.to_string());
        number += 1;
    }
    free
}

/// Marks a store as restored, unless a run is at work in it.
fn mark(store: &Store, taken: &str, by: &str) -> Result<(), CliError> {
    match store.mark_restored(taken, by)? {
        None => Ok(()),
        Some((bot, run)) => {
            let message = Message::new(codes::RESTORE_RUNNING)
                .with("bot", bot)
                .with_int("run", run.0);
            Err(CliError {
                message,
                exit: exit::TAKEN,
            })
        }
    }
}

/// Somebody has compared the records with the other system.
fn confirm(context: &Context, bots: &[String], by: &str) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    if desk.store.restored()?.is_none() {
        warn(&Message::new(codes::RESTORE_NOT_RESTORED), desk.room.lang);
        return Ok(exit::SETTLED);
    }
    let known = desk.room.bots()?;
    for bot in bots {
        if !known.iter().any(|known| known.id() == bot) {
            return Err(CliError::usage(Message::new(codes::RESTORE_NO_BOT).with("bot", bot)));
        }
    }
    for bot in bots {
        desk.store.confirm_restored(bot, by)?;
        match desk.room.lang {
            Lang::Ja => println!("「{bot}」の記録は相手のシステムと合っている、と {by} が確認しました。"),
            Lang::En => println!("{by} says that the records of “{bot}” agree with the other system."),
        }
    }
    Ok(exit::SETTLED)
}
