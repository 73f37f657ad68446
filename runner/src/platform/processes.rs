//! Other processes: who they are, whether they live, and ending them.
//!
//! A process number alone is reused by the system, so a process is remembered together with the moment it started. What cannot
//! be identified is never ended.

use std::io;

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use serde::{Deserialize, Serialize};

/// Starts a program that is ended together with everything that it starts: in a process group (Windows: a job) of its own,
/// which goes when the handle is dropped.
pub fn spawn_family(mut command: CommandWrap) -> io::Result<Box<dyn ChildWrapper>> {
    #[cfg(unix)]
    command.wrap(process_wrap::tokio::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::tokio::JobObject);
    command.wrap(KillOnDrop).spawn()
}

/// One process for good: its number and when it started, in the system's own notation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessIdentity {
    /// The process number.
    pub pid: u32,
    started: String,
}

impl ProcessIdentity {
    /// Identifies a running process; `None` if there is none with this number.
    pub fn of(pid: u32) -> Option<Self> {
        Some(Self {
            pid,
            started: system::started(pid)?,
        })
    }

    /// Identifies this program.
    pub fn current() -> Option<Self> {
        Self::of(std::process::id())
    }

    /// Whether this very process still runs; a zombie that only waits to be collected does not.
    pub fn is_alive(&self) -> bool {
        system::started(self.pid).as_deref() == Some(self.started.as_str())
    }

    /// Ends this very process with all of its group (Windows: with its descendants). Says whether it was running.
    pub fn kill_group(&self) -> bool {
        let alive = self.is_alive();
        if alive {
            system::kill_group(self.pid);
        }
        alive
    }
}

/// The processes that were started with exactly this argument. Empty where the system keeps no such list (there, job objects
/// end the children of a dead program).
pub fn with_argument(argument: &str) -> Vec<ProcessIdentity> {
    system::with_argument(argument)
        .into_iter()
        .filter_map(ProcessIdentity::of)
        .collect()
}

/// Whether a process of this machine is alive.
pub fn is_alive(pid: u32) -> bool {
    ProcessIdentity::of(pid).is_some()
}

/// Ends this program at once, as a power cut would: nothing is closed, nothing is told.
#[cfg(feature = "failpoints")]
pub fn end_like_a_power_cut() {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, kill_process};
        // Nobody forbids a process to end itself; should the system do so, it ends as on other systems.
        let _ = kill_process(getpid(), Signal::KILL);
    }
    std::process::abort();
}

/// Waits until somebody asks this program to end: Ctrl-C, or the service manager.
pub async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a way to listen nobody can ask: wait for ever.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// This machine's name.
pub fn host_name() -> String {
    #[cfg(unix)]
    {
        rustix::system::uname().nodename().to_string_lossy().into_owned()
    }
    #[cfg(not(unix))]
    {
        std::env::var("COMPUTERNAME").unwrap_or_else(|_| "?".to_owned())
    }
}

/// Whether this program runs with the rights of the system's administrator, under which Chromium refuses its sandbox.
pub fn is_root() -> bool {
    system::is_root()
}

#[cfg(target_os = "linux")]
mod system {
    use std::fs;

    /// The boot and the clock tick of the start: `/proc/PID/stat`, fields 3 (state) and 22 (starttime), proc(5).
    pub(super) fn started(pid: u32) -> Option<String> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (state, ticks) = state_and_start(&stat)?;
        if matches!(state, "Z" | "X") {
            return None;
        }
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        Some(format!("{}:{ticks}", boot.trim()))
    }

    /// The program's name (field 2) may hold blanks and parentheses, so fields are counted from its last one.
    pub(super) fn state_and_start(stat: &str) -> Option<(&str, &str)> {
        let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
        let state = fields.next()?;
        Some((state, fields.nth(18)?))
    }

    pub(super) fn with_argument(argument: &str) -> Vec<u32> {
        let Ok(entries) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        let pids = entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        pids.filter(|pid| {
            let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0).any(|one| one == argument.as_bytes())
        })
        .collect()
    }

    pub(super) use super::unix::{is_root, kill_group};
}

#[cfg(all(unix, not(target_os = "linux")))]
mod system {
    use std::process::Command;

    pub(super) fn started(pid: u32) -> Option<String> {
        let out = Command::new("ps")
            .args(["-o", "lstart=", "-p", &pid.to_string()])
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&out.stdout).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    pub(super) fn with_argument(_argument: &str) -> Vec<u32> {
        Vec::new()
    }

    pub(super) use super::unix::{is_root, kill_group};
}

#[cfg(unix)]
mod unix {
    use rustix::process::{Pid, Signal, getpgid, getuid, kill_process, kill_process_group};

    /// Only a group that the process leads is its own; a process inside another's group is ended alone.
    pub(super) fn kill_group(pid: u32) {
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
            return;
        };
        if pid.is_init() {
            return;
        }
        // A process that has gone in between is what was wanted.
        let _ = match getpgid(Some(pid)) {
            Ok(group) if group == pid => kill_process_group(pid, Signal::KILL),
            _ => kill_process(pid, Signal::KILL),
        };
    }

    pub(super) fn is_root() -> bool {
        getuid().is_root()
    }
}

#[cfg(windows)]
mod system {
    use std::process::Command;

    pub(super) fn started(pid: u32) -> Option<String> {
        let ask = format!("(Get-Process -Id {pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()");
        let out = Command::new("powershell")
            .args(["-NoProfile", "-NonInteractive", "-Command", &ask])
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&out.stdout).trim().to_owned();
        (out.status.success() && !text.is_empty()).then_some(text)
    }

    pub(super) fn kill_group(pid: u32) {
        // A process that has gone in between is what was wanted.
        let _ = Command::new("taskkill")
            .args(["/T", "/F", "/PID", &pid.to_string()])
            .output();
    }

    pub(super) fn with_argument(_argument: &str) -> Vec<u32> {
        Vec::new()
    }

    pub(super) fn is_root() -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_program_is_alive_and_a_reused_number_is_someone_else() {
        let me = ProcessIdentity::current().unwrap();
        assert!(me.is_alive());
        let former = ProcessIdentity {
            pid: me.pid,
            started: "another boot:1".to_owned(),
        };
        assert!(!former.is_alive());
        assert!(
            !former.kill_group(),
            "a process with the same number but another start must never be ended"
        );
    }

    #[test]
    fn no_process_has_an_impossible_number() {
        assert_eq!(ProcessIdentity::of(u32::MAX), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_name_with_blanks_and_parentheses_shifts_nothing() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 0 0";
        assert_eq!(system::state_and_start(stat), Some(("S", "987654")));
        assert_eq!(system::state_and_start("no parenthesis"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_group_is_ended_and_a_zombie_counts_as_dead() {
        use std::os::unix::process::CommandExt;
        let mut child = std::process::Command::new("sleep")
            .arg("600")
            .process_group(0)
            .spawn()
            .unwrap();
        let identity = ProcessIdentity::of(child.id()).unwrap();
        assert!(identity.kill_group());
        child.wait().unwrap();
        assert!(!identity.is_alive());
        assert!(!identity.kill_group());
    }
}
