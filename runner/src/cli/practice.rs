//! `yakin practice`, and the practice city that a run finds or starts.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Subcommand};

use crate::history::Store;
use crate::platform::{files, processes};
use crate::ports::{PortError, SecretInfo, Vault};
use crate::practice::{self, City, PracticeError, RegisterError, RunningCity, samples};
use crate::scenario::address::origin_of;
use crate::text::{Lang, Message, codes};
use crate::value::Secret;

use super::error::{At, CliError};
use super::office::{OWN_FOLDER, Room, parse_date};
use super::{Context, exit, runtime};

#[derive(Debug, Args)]
pub(super) struct PracticeArgs {
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    #[command(subcommand)]
    command: Option<PracticeCommand>,
}

#[derive(Debug, Subcommand)]
enum PracticeCommand {
    Deliver {
        #[arg(long, value_name = "DATE")]
        date: Option<String>,
        #[arg(long, value_name = "N", default_value_t = 20)]
        count: usize,
    },
}

pub(super) fn practice(context: &Context, args: &PracticeArgs) -> Result<u8, CliError> {
    let room = Room::find(context)?;
    match &args.command {
        None => serve(&room, args.port.unwrap_or(room.office.practice_port)),
        Some(PracticeCommand::Deliver { date, count }) => {
            let date = date.as_deref().map_or_else(|| Ok(room.today()), parse_date)?;
            deliver(&room, date, *count)
        }
    }
}

/// Puts a table of requests into the inbox; one that lies there already may be real work and stays as it is.
fn deliver(room: &Room, date: NaiveDate, count: usize) -> Result<u8, CliError> {
    let file = format!("inbox/requests_{}.csv", date.format("%Y%m%d"));
    let (inbox, path) = (room.root.join("inbox"), room.root.join(&file));
    std::fs::create_dir_all(&inbox).at(&inbox)?;
    let mut table = match File::create_new(&path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let message = Message::new(codes::DELIVERED_ALREADY).with("file", file.as_str());
            return Err(CliError::usage(message));
        }
        created => created.at(&path)?,
    };
    table.write_all(&samples::requests_csv(date, count)).at(&path)?;
    let (rows, unfit) = (count + samples::UNFIT, samples::UNFIT);
    println!(
        "{}",
        match room.lang {
            Lang::Ja => format!(
                "{file} に、請求を {rows} 行届けました（受け付けられるもの {count}、差し戻しになるもの {unfit}）。"
            ),
            Lang::En => format!("{file}: {rows} requests ({count} to be registered, {unfit} to be rejected)"),
        }
    );
    Ok(exit::SETTLED)
}

/// The file in which the city that is running now says its address.
const ADDRESS_FILE: &str = "practice.address";

/// Where the city that is running now says its address.
fn address_file(room: &Room) -> PathBuf {
    room.own().join(ADDRESS_FILE)
}

/// The register of the office's practice city.
fn register_file(room: &Room) -> PathBuf {
    room.own().join("practice.json")
}

fn options(room: &Room, port: u16) -> practice::Options {
    practice::Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        state: Some(register_file(room)),
        ..practice::Options::default()
    }
}

pub(super) fn trouble(error: &PracticeError) -> CliError {
    let about = |code| Message::new(code).with("detail", error.to_string());
    CliError::failed(match error {
        PracticeError::Register(RegisterError::Content { .. }) => Message::new(codes::PRACTICE_DAMAGED),
        PracticeError::Register(_) => about(codes::FILE_TROUBLE),
        PracticeError::Listen { .. } | PracticeError::Random(_) => about(codes::PRACTICE_FAILED),
    })
}

fn serve(room: &Room, port: u16) -> Result<u8, CliError> {
    files::create_private_folder(&room.own())?;
    runtime()?.block_on(async {
        let city = City::start(options(room, port))
            .await
            .map_err(|error| trouble(&error))?;
        let file = announce(&room.root, &city)?;
        println!(
            "{}",
            room.lang.pick(
                "練習市役所が開きました。Ctrl-C で閉じます。",
                "The practice city is open. Ctrl-C closes it."
            )
        );
        println!("  {}/uketsuke", city.base_url());
        println!("  {}: {}", room.lang.pick("利用者ID", "user"), practice::USER_ID);
        println!("  {}: {}", room.lang.pick("パスワード", "password"), practice::PASSWORD);
        processes::asked_to_end().await;
        // A file that is gone already needs no removing.
        let _ = std::fs::remove_file(&file);
        city.stop().await;
        Ok(exit::SETTLED)
    })
}

/// Says in an office where the city is, so that runs find it; the file that says it.
pub(super) fn announce(office: &Path, city: &RunningCity) -> Result<PathBuf, CliError> {
    let own = office.join(OWN_FOLDER);
    files::create_private_folder(&own)?;
    let file = own.join(ADDRESS_FILE);
    let address = format!("{}\n{}\n", city.base_url(), std::process::id());
    files::write_whole(&file, address.as_bytes())?;
    Ok(file)
}

/// The practice city for a run: the one that is open, or one that opens for the run alone.
pub(super) struct CityForRun {
    pub(super) base: String,
    own: Option<RunningCity>,
    /// The register of a city that is thrown away.
    copy: Option<PathBuf>,
}

impl CityForRun {
    pub(super) async fn find_or_start(room: &Room) -> Result<CityForRun, CliError> {
        if let Some(base) = open_city(room) {
            return Ok(CityForRun {
                base,
                own: None,
                copy: None,
            });
        }
        let city = City::start(options(room, 0)).await.map_err(|error| trouble(&error))?;
        Ok(CityForRun {
            base: city.base_url(),
            own: Some(city),
            copy: None,
        })
    }

    /// A city of its own with a copy of the register: what is registered there is gone when it stops.
    pub(super) async fn apart(room: &Room) -> Result<CityForRun, CliError> {
        files::create_private_folder(&room.own())?;
        let (original, copy) = (
            register_file(room),
            room.own().join(format!("practice-{}.json", std::process::id())),
        );
        match std::fs::copy(&original, &copy) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).at(&original),
        }
        let options = practice::Options {
            state: Some(copy.clone()),
            ..options(room, 0)
        };
        let city = City::start(options).await.map_err(|error| trouble(&error))?;
        Ok(CityForRun {
            base: city.base_url(),
            own: Some(city),
            copy: Some(copy),
        })
    }

    pub(super) async fn stop(self) {
        if let Some(city) = self.own {
            city.stop().await;
        }
        if let Some(copy) = self.copy {
            // Without a registration there was nothing to keep.
            let _ = std::fs::remove_file(copy);
        }
    }
}

/// The address of the practice city that is open, if there is one.
pub(super) fn open_city(room: &Room) -> Option<String> {
    running(&address_file(room))
}

/// The address in the file, when somebody really listens there.
fn running(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let mut lines = text.lines();
    let base = lines.next()?.to_owned();
    let pid: u32 = lines.next()?.parse().ok()?;
    let address: SocketAddr = origin_of(&base)?.parse().ok()?;
    let listens = || TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok();
    (processes::is_alive(pid) && listens()).then_some(base)
}

/// What the names of practice secrets begin with.
pub(super) const PRACTICE: &str = "練習.";

/// The entries of the practice city's own published account.
pub(super) const ACCOUNT: [(&str, &str); 2] = [("ID", practice::USER_ID), ("パスワード", practice::PASSWORD)];

/// The secrets of practice: those set for it (`練習.受付.ID`), else the practice city's own published account. Real
/// secrets are never typed into the practice city.
pub(super) struct PracticeVault {
    pub(super) store: Arc<Store>,
    pub(super) host: String,
}

impl Vault for PracticeVault {
    fn reveal(&self, name: &str) -> Result<Option<(Secret, SecretInfo)>, PortError> {
        if let Some((secret, mut info)) = self.store.reveal(&format!("{PRACTICE}{name}"))? {
            // Where the practice city is changes from run to run: nobody has to name it.
            if info.hosts.is_empty() {
                info.hosts.push(self.host.clone());
            }
            return Ok(Some((secret, info)));
        }
        let entry = name.rsplit('.').next();
        let Some((_, value)) = ACCOUNT.iter().find(|(known, _)| Some(*known) == entry) else {
            return Ok(None);
        };
        let info = SecretInfo {
            name: name.to_owned(),
            hosts: vec![self.host.clone()],
            expires: None,
            set_at: DateTime::<Utc>::UNIX_EPOCH,
        };
        Ok(Some((Secret::new((*value).to_owned()), info)))
    }

    fn list(&self) -> Result<Vec<SecretInfo>, PortError> {
        self.store.list()
    }
}
