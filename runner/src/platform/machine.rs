//! This machine: what it is, what room it has, and whether a way leads out of it. Nothing is contacted to know it.

use std::path::Path;
use std::process::Command;

/// Room on the disk that a folder stands on, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// What this user may still write.
    pub free: u64,
    /// The whole disk.
    pub total: u64,
}

/// The room for a folder; `None` if the folder is not there or the system does not tell.
pub fn room(folder: &Path) -> Option<Room> {
    system::room(folder)
}

/// Memory that programs may still take, in bytes, if the system tells it.
pub fn memory_left() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    memory_in(&text)
}

/// `MemAvailable:  123 kB`, proc(5).
fn memory_in(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// Whether the routing table knows a way out of this machine's own networks; `None` if the system does not tell. Only the
/// table is read: that there is a way does not say that the internet is at its end.
pub fn has_way_out() -> Option<bool> {
    let four = std::fs::read_to_string("/proc/net/route").ok();
    let six = std::fs::read_to_string("/proc/net/ipv6_route").ok();
    if four.is_none() && six.is_none() {
        return None;
    }
    Some(four.is_some_and(|table| way_out_v4(&table)) || six.is_some_and(|table| way_out_v6(&table)))
}

/// `Iface Destination Gateway Flags RefCnt Use Metric Mask …`: destination and mask of the way out are zero.
fn way_out_v4(table: &str) -> bool {
    table.lines().skip(1).any(|line| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        fields.first() != Some(&"lo") && fields.get(1) == Some(&"00000000") && fields.get(7) == Some(&"00000000")
    })
}

/// `destination length source length gateway metric refs use flags iface`: the way out has length 00 and is not refused
/// (`lo` stands for that).
fn way_out_v6(table: &str) -> bool {
    table.lines().any(|line| {
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let all =
            fields.first().is_some_and(|to| to.bytes().all(|digit| digit == b'0')) && fields.get(1) == Some(&"00");
        all && fields.last().is_some_and(|name| *name != "lo")
    })
}

/// The name that browser makers give this kind of machine (`linux64`, `win64`, `mac-arm64`), else the system's own.
pub fn maker_name() -> &'static str {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux64",
        ("windows", "x86_64") => "win64",
        ("macos", "aarch64") => "mac-arm64",
        ("macos", _) => "mac-x64",
        (os, _) => os,
    }
}

/// The system's C library, such as `2.36`, where it is the GNU one.
pub fn libc_version() -> Option<String> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().strip_prefix("glibc ")?.to_owned())
}

/// How far this machine's local time is from UTC at an instant, in seconds.
pub fn local_offset(instant: chrono::DateTime<chrono::Utc>) -> i32 {
    use chrono::{Local, Offset, TimeZone};
    Local
        .offset_from_utc_datetime(&instant.naive_utc())
        .fix()
        .local_minus_utc()
}

#[cfg(unix)]
mod system {
    pub(super) fn room(folder: &std::path::Path) -> Option<super::Room> {
        let found = rustix::fs::statvfs(folder).ok()?;
        Some(super::Room {
            free: found.f_bavail.checked_mul(found.f_frsize)?,
            total: found.f_blocks.checked_mul(found.f_frsize)?,
        })
    }
}

#[cfg(not(unix))]
mod system {
    pub(super) fn room(_folder: &std::path::Path) -> Option<super::Room> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_out_is_a_route_to_everywhere() {
        let head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
        let to = |destination: &str, mask: &str, name: &str| {
            format!("{head}{name}\t{destination}\t010011AC\t0003\t0\t0\t0\t{mask}\t0\t0\t0\n")
        };
        assert!(way_out_v4(&to("00000000", "00000000", "eth0")));
        assert!(!way_out_v4(&to("0000A8C0", "00FFFFFF", "eth0")), "its own network only");
        assert!(!way_out_v4(&to("00000000", "00000000", "lo")));
        assert!(!way_out_v4(head) && !way_out_v4(""));
    }

    #[test]
    fn a_refused_route_is_no_way_out() {
        let zeros = "0".repeat(32);
        let line =
            |name: &str| format!("{zeros} 00 {zeros} 00 {zeros} ffffffff 00000001 00000000 00200200       {name}\n");
        assert!(!way_out_v6(&line("lo")));
        assert!(way_out_v6(&line("eth0")));
        let own = line("eth0").replacen("00 ", "40 ", 1);
        assert!(!way_out_v6(&own), "{own}");
    }

    #[test]
    fn memory_is_read_from_the_systems_table() {
        let table = "MemTotal:       16000000 kB\nMemFree:  1 kB\nMemAvailable:    2048 kB\n";
        assert_eq!(memory_in(table), Some(2 * 1024 * 1024));
        assert_eq!(memory_in("MemTotal: 1 kB\n"), None);
        assert_eq!(memory_in("MemAvailable: viel kB\n"), None);
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_room() {
        assert_eq!(room(Path::new("/nonexistent/folder")), None);
    }
}
