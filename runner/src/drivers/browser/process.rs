//! Our own driver process: started on a port of its choice, with a private folder, and ended for certain.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use process_wrap::tokio::{ChildWrapper, CommandWrap};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, BufReader};

use super::error::BrowserError;
use super::spec::profile_argument;
use crate::platform::files;
use crate::platform::processes::{self, ProcessIdentity};
use crate::platform::time::{pause, pause_blocking};

/// The prefix of every private folder.
pub(super) const FOLDER_PREFIX: &str = "yakin-";
/// The file in a private folder that says whose it is.
pub(super) const OWNER_FILE: &str = "owner.json";
/// The browser's profile in a private folder.
const PROFILE: &str = "profile";
/// How long a driver may take to open its port.
const START_WAIT: Duration = Duration::from_secs(30);
/// How many drivers may lose their ports.
const START_TRIES: u32 = 3;
/// How long ended processes may take to let go of the profile.
const END_TRIES: u32 = 40;
const END_PAUSE: Duration = Duration::from_millis(50);

/// Who holds a private folder: written before anything is started, so that a crash at any point leaves a trace.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Owner {
    pub(super) program: Option<ProcessIdentity>,
    pub(super) driver: Option<ProcessIdentity>,
    pub(super) browser: Option<ProcessIdentity>,
}

/// A running driver with its private folder.
pub(super) struct DriverProcess {
    child: Box<dyn ChildWrapper>,
    folder: PathBuf,
    owner: Owner,
    url: String,
    ended: bool,
}

impl std::fmt::Debug for DriverProcess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DriverProcess")
            .field("url", &self.url)
            .field("folder", &self.folder)
            .field("owner", &self.owner)
            .finish()
    }
}

impl DriverProcess {
    /// Starts the program and waits until it has named its port. A driver that ends instead has lost the port that it chose
    /// to another program that was quicker; the next one chooses another.
    pub(super) async fn start(program: &Path, folders: &Path, marker: &str) -> Result<Self, BrowserError> {
        for _ in 0..START_TRIES {
            if let Some(process) = Self::start_once(program, folders, marker).await? {
                return Ok(process);
            }
        }
        Err(no_port())
    }

    /// `None` if the driver ended before it named a port.
    async fn start_once(program: &Path, folders: &Path, marker: &str) -> Result<Option<Self>, BrowserError> {
        let folder = private_folder(folders, marker).map_err(|source| BrowserError::Profile {
            path: folders.to_owned(),
            source,
        })?;
        let owner = Owner {
            program: ProcessIdentity::current(),
            ..Owner::default()
        };
        let spawned = write_owner(&folder, &owner).and_then(|()| spawn(program));
        let child = match spawned {
            Ok(child) => child,
            Err(source) => {
                let _ = fs::remove_dir_all(&folder);
                return Err(match source.kind() {
                    io::ErrorKind::NotFound => BrowserError::DriverMissing {
                        program: program.to_owned(),
                    },
                    _ => BrowserError::DriverStart {
                        detail: source.to_string(),
                    },
                });
            }
        };
        let mut process = Self {
            child,
            folder,
            owner,
            url: String::new(),
            ended: false,
        };
        process.owner.driver = process.child.id().and_then(ProcessIdentity::of);
        process.write_owner()?;
        let port = tokio::time::timeout(START_WAIT, process.read_port()).await;
        let Some(port) = port.map_err(|_| no_port())? else {
            return Ok(None);
        };
        process.url = format!("http://127.0.0.1:{port}");
        Ok(Some(process))
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The folder for the browser's profile.
    pub(super) fn profile(&self) -> PathBuf {
        self.folder.join(PROFILE)
    }

    /// Remembers the browser: it may outlive a driver that died alone, and some drivers put it into a group of its own.
    pub(super) fn set_browser(&mut self, pid: u32) -> Result<(), BrowserError> {
        self.owner.browser = ProcessIdentity::of(pid);
        self.write_owner()
    }

    /// Ends driver and browser, waits until they are gone, and deletes the folder.
    pub(super) async fn end(mut self) -> Result<(), BrowserError> {
        self.kill();
        // The driver is our child: it must be collected, and this cannot take long after a kill.
        let _ = tokio::time::timeout(END_PAUSE * END_TRIES, self.child.wait()).await;
        for _ in 0..END_TRIES {
            if self.survivor().is_none() && remove(&self.folder).is_ok() {
                return Ok(());
            }
            pause(END_PAUSE).await;
        }
        match self.survivor() {
            Some(pid) => Err(BrowserError::NotEnded { pid }),
            None => remove(&self.folder).map_err(|source| BrowserError::Profile {
                path: self.folder.clone(),
                source,
            }),
        }
    }

    /// The driver or browser, if it still runs.
    fn survivor(&self) -> Option<u32> {
        let ours = [&self.owner.driver, &self.owner.browser].into_iter().flatten();
        ours.filter(|process| process.is_alive())
            .map(|process| process.pid)
            .next()
    }

    fn kill(&mut self) {
        self.ended = true;
        // What has already ended cannot be killed; that is no failure.
        let _ = self.child.start_kill();
        kill_processes(&self.owner, &self.folder);
    }

    fn write_owner(&self) -> Result<(), BrowserError> {
        write_owner(&self.folder, &self.owner).map_err(|source| BrowserError::Profile {
            path: self.folder.clone(),
            source,
        })
    }

    /// Reads the driver's output up to its port, and goes on emptying the pipe so that the driver never blocks on it.
    async fn read_port(&mut self) -> Option<u16> {
        let mut lines = BufReader::new(self.child.stdout().take()?).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(port) = port_in(&line) {
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Some(port);
            }
        }
        None
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        self.kill();
        for _ in 0..END_TRIES {
            // Collecting the child ends its zombie; the folder can go only when the browser writes to it no more.
            let _ = self.child.try_wait();
            if self.survivor().is_none() && remove(&self.folder).is_ok() {
                return;
            }
            pause_blocking(END_PAUSE);
        }
    }
}

/// Whatever runs in a private folder: the driver and the browser written there, and any that was started with that very profile.
pub(super) fn running(owner: &Owner, folder: &Path) -> Vec<ProcessIdentity> {
    let mut found = processes::with_argument(&profile_argument(&folder.join(PROFILE)));
    let known = [&owner.driver, &owner.browser].into_iter().flatten();
    for process in known.filter(|process| process.is_alive()) {
        if !found.contains(process) {
            found.push(process.clone());
        }
    }
    found
}

/// Ends whatever runs in a private folder, and says which processes that were.
pub(super) fn kill_processes(owner: &Owner, folder: &Path) -> Vec<ProcessIdentity> {
    running(owner, folder)
        .into_iter()
        .filter(ProcessIdentity::kill_group)
        .collect()
}

/// 「ChromeDriver was started successfully on port 36369.」
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end_matches('.').parse().ok()
}

fn no_port() -> BrowserError {
    BrowserError::DriverStart {
        detail: "the driver named no port".to_owned(),
    }
}

fn spawn(program: &Path) -> io::Result<Box<dyn ChildWrapper>> {
    let command = CommandWrap::with_new(program, |command| {
        command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
    });
    processes::spawn_family(command)
}

/// Makes a folder that nobody had before and that only this user may open.
fn private_folder(folders: &Path, marker: &str) -> io::Result<PathBuf> {
    files::create_private_folder(folders)?;
    let folders = std::path::absolute(folders)?;
    let marker: String = marker
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let pid = std::process::id();
    for n in 0_u32.. {
        let folder = folders.join(format!("{FOLDER_PREFIX}{marker}-{pid}-{n}"));
        match files::create_new_private_folder(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn write_owner(folder: &Path, owner: &Owner) -> io::Result<()> {
    let draft = folder.join("owner.new");
    fs::write(&draft, serde_json::to_vec(owner)?)?;
    fs::rename(draft, folder.join(OWNER_FILE))
}

/// Removes a folder; one that is already gone is fine. The owner file goes last, so that a half-removed folder is still swept.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder.join(PROFILE)).and_then(|()| fs::remove_dir_all(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_drivers_own_words() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 36369."),
            Some(36369)
        );
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
        assert_eq!(port_in("started successfully on port 99999."), None);
    }

    #[test]
    fn private_folders_never_repeat() {
        let root = tempfile::tempdir().unwrap();
        let first = private_folder(root.path(), "t").unwrap();
        let second = private_folder(root.path(), "t").unwrap();
        assert_ne!(first, second);
        remove(&first).unwrap();
        remove(&first).expect("removing twice is fine");
        assert!(!first.exists() && second.exists());
    }

    #[tokio::test]
    async fn a_missing_driver_is_named_and_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let error = DriverProcess::start(Path::new("/nonexistent/driver"), root.path(), "t")
            .await
            .unwrap_err();
        assert!(matches!(error, BrowserError::DriverMissing { .. }), "{error:?}");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn a_program_that_is_no_driver_is_a_start_failure() {
        let root = tempfile::tempdir().unwrap();
        let error = DriverProcess::start(Path::new("true"), root.path(), "t")
            .await
            .unwrap_err();
        assert!(matches!(error, BrowserError::DriverStart { .. }), "{error:?}");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
