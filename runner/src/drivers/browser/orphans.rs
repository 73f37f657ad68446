//! Ending what a dead program left behind. Only folders with our owner file count, and only processes that still are the ones
//! written there, or that were started with that very profile folder: never a process by its name.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use super::error::BrowserError;
use super::process::{FOLDER_PREFIX, OWNER_FILE, Owner, kill_processes, remove, running};
use crate::platform::processes::ProcessIdentity;
use crate::platform::time::{Deadline, pause};

/// How long killed processes may take to be gone.
const END_WAIT: Duration = Duration::from_secs(5);

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Processes ended.
    pub processes: usize,
    /// Folders deleted.
    pub folders: usize,
}

/// Ends the drivers and browsers of dead programs in `folders` and deletes their profiles. A folder that does not exist holds
/// nothing to sweep.
///
/// # Errors
/// [`BrowserError::Profile`] if a profile cannot be deleted; the others are swept nevertheless.
pub async fn sweep_orphans(folders: &Path) -> Result<Swept, BrowserError> {
    let mut swept = Swept::default();
    let mut failed = None;
    // A profile is named by its absolute path on the browser's command line.
    let folders = std::path::absolute(folders).map_err(|source| BrowserError::Profile {
        path: folders.to_owned(),
        source,
    })?;
    let entries = match fs::read_dir(&folders) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(swept),
        Err(source) => return Err(BrowserError::Profile { path: folders, source }),
    };
    for entry in entries.flatten() {
        let folder = entry.path();
        if !entry.file_name().to_string_lossy().starts_with(FOLDER_PREFIX) {
            continue;
        }
        let Some(owner) = owner_of(&folder) else { continue };
        if owner.program.as_ref().is_none_or(ProcessIdentity::is_alive) {
            continue;
        }
        swept.processes += end_processes(&owner, &folder).await;
        if let Some(left) = running(&owner, &folder).first() {
            // The folder is how the next sweep finds it.
            failed = Some(BrowserError::NotEnded { pid: left.pid });
            continue;
        }
        match remove(&folder) {
            Ok(()) => swept.folders += 1,
            Err(source) => failed = Some(BrowserError::Profile { path: folder, source }),
        }
    }
    failed.map_or(Ok(swept), Err)
}

/// Ends every browser that the program with this process number has started, whether it lives or not: its work was given to
/// somebody else, and a program that was only held up must not click when it wakes. After `Ok` they are dead for certain.
///
/// # Errors
/// [`BrowserError::NotEnded`] if one outlives being killed.
pub async fn end_browsers_of(pid: u32, folders: &Path) -> Result<(), BrowserError> {
    let entries = std::path::absolute(folders).and_then(fs::read_dir);
    for entry in entries.into_iter().flatten().flatten() {
        let folder = entry.path();
        let Some(owner) = owner_of(&folder) else { continue };
        if owner.program.as_ref().is_none_or(|program| program.pid != pid) {
            continue;
        }
        end_processes(&owner, &folder).await;
        if let Some(left) = running(&owner, &folder).first() {
            return Err(BrowserError::NotEnded { pid: left.pid });
        }
    }
    Ok(())
}

/// What dead programs left behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leftovers {
    /// Drivers and browsers that still run.
    pub processes: usize,
    /// Profile folders; [`sweep_orphans`] deletes them.
    pub folders: usize,
    /// Profile folders of programs that live.
    pub in_use: usize,
}

/// Looks what a sweep of `folders` would find, and leaves it.
pub fn leftovers(folders: &Path) -> Leftovers {
    let mut found = Leftovers::default();
    let entries = std::path::absolute(folders).and_then(fs::read_dir);
    for entry in entries.into_iter().flatten().flatten() {
        let folder = entry.path();
        if !entry.file_name().to_string_lossy().starts_with(FOLDER_PREFIX) {
            continue;
        }
        let Some(owner) = owner_of(&folder) else { continue };
        if owner.program.as_ref().is_none_or(ProcessIdentity::is_alive) {
            found.in_use += 1;
            continue;
        }
        found.folders += 1;
        found.processes += running(&owner, &folder).len();
    }
    found
}

fn owner_of(folder: &Path) -> Option<Owner> {
    serde_json::from_slice(&fs::read(folder.join(OWNER_FILE)).ok()?).ok()
}

async fn end_processes(owner: &Owner, folder: &Path) -> usize {
    let ended = kill_processes(owner, folder);
    let deadline = Deadline::after(END_WAIT);
    while ended.iter().any(ProcessIdentity::is_alive) && !deadline.is_over() {
        pause(Duration::from_millis(20)).await;
    }
    ended.len()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};

    fn sleeper() -> (Child, ProcessIdentity) {
        let child = Command::new("sleep").arg("600").process_group(0).spawn().unwrap();
        let identity = ProcessIdentity::of(child.id()).unwrap();
        (child, identity)
    }

    fn folder_of(root: &Path, name: &str, owner: &Owner) {
        let folder = root.join(name);
        fs::create_dir_all(folder.join("profile")).unwrap();
        fs::write(folder.join(OWNER_FILE), serde_json::to_vec(owner).unwrap()).unwrap();
    }

    #[tokio::test]
    async fn only_leftovers_of_the_dead_are_swept() {
        let root = tempfile::tempdir().unwrap();
        let (mut gone, dead) = sleeper();
        dead.kill_group();
        gone.wait().unwrap();
        let (mut left, orphan) = sleeper();
        let (mut used, busy) = sleeper();
        folder_of(
            root.path(),
            "yakin-dead",
            &Owner {
                program: Some(dead.clone()),
                driver: Some(orphan.clone()),
                browser: Some(dead),
            },
        );
        folder_of(
            root.path(),
            "yakin-mine",
            &Owner {
                program: ProcessIdentity::current(),
                driver: Some(busy.clone()),
                browser: None,
            },
        );
        fs::create_dir(root.path().join("yakin-unknown")).unwrap();
        fs::create_dir(root.path().join("other")).unwrap();

        let before = Leftovers {
            processes: 1,
            folders: 1,
            in_use: 1,
        };
        assert_eq!(leftovers(root.path()), before);
        // `left` is this test's child, so it stays a zombie until collected; the sweep must count that as ended.
        assert_eq!(
            sweep_orphans(root.path()).await.unwrap(),
            Swept {
                processes: 1,
                folders: 1
            }
        );

        assert!(!orphan.is_alive() && busy.is_alive());
        left.wait().unwrap();
        assert!(busy.kill_group());
        used.wait().unwrap();
        for kept in ["yakin-mine", "yakin-unknown", "other"] {
            assert!(root.path().join(kept).exists(), "{kept} must stay");
        }
        assert!(!root.path().join("yakin-dead").exists());
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_looked_into_is_told() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let told = sweep_orphans(file.path()).await;
        assert!(matches!(told, Err(BrowserError::Profile { .. })), "{told:?}");
    }

    #[tokio::test]
    async fn nothing_to_sweep_is_no_error() {
        assert_eq!(
            sweep_orphans(Path::new("/nonexistent/folder")).await.unwrap(),
            Swept::default()
        );
        assert_eq!(leftovers(Path::new("/nonexistent/folder")), Leftovers::default());
    }
}
