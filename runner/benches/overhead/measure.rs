//! What a process costs, read from outside while it runs.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

const POLL: Duration = Duration::from_millis(5);
/// Linux counts a process's time in hundredths of a second, whatever the kernel's own tick is.
const TICKS: f64 = 100.0;

/// What one process cost, without the processes that it started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// From its start to its end, in seconds.
    pub(crate) wall: f64,
    /// Its own processor seconds, user and system.
    pub(crate) cpu: f64,
    /// The most memory that it held, in MiB (`VmHWM`).
    pub(crate) peak: f64,
}

/// Runs a command to its end, which must be a good one; what it printed.
pub(crate) fn measured(command: &mut Command) -> Outcome<(Cost, String)> {
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().ok_or("no output")?;
    let reader = std::thread::spawn(move || std::io::read_to_string(out));
    let folder = format!("/proc/{}", child.id());
    let mut peak = 0.0;
    // A process that has ended keeps its times, but not its memory, until it is waited for.
    let cpu = loop {
        if let Some(kib) = peak_kib(&fs::read_to_string(format!("{folder}/status"))?) {
            peak = kib / 1024.0;
        }
        let (ended, cpu) = state(&fs::read_to_string(format!("{folder}/stat"))?).ok_or("an unknown /proc/PID/stat")?;
        if ended {
            break cpu;
        }
        std::thread::sleep(POLL);
    };
    let wall = began.elapsed().as_secs_f64();
    let status = child.wait()?;
    let said = reader.join().map_err(|_| "the reader has ended")??;
    if !status.success() {
        return Err(format!("{command:?} ended with {status}: {said}").into());
    }
    Ok((Cost { wall, cpu, peak }, said))
}

fn peak_kib(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Whether it has ended, and its processor seconds: fields 3, 14 and 15 (proc_pid_stat(5)).
fn state(stat: &str) -> Option<(bool, f64)> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((*fields.first()? == "Z", (ticks(11)? + ticks(12)?) / TICKS))
}
