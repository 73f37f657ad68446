//! The office: its store, clocks, disks, folders, secrets and scenarios.

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::deep::deep;
use super::{Area, Findings, Level, bytes};
use crate::care::facts::{Clocks, Disk, Folder, FolderState, Office, Opened, ScenarioFacts, SecretFacts};
use crate::drivers::browser::Leftovers;
use crate::history::Health;
use crate::text::{Message, codes};

/// Years that a clock may say: this program is not older, and no certificate or password lasts longer.
const YEARS: std::ops::RangeInclusive<i32> = 2025..=2099;
/// How far clocks may be apart, in seconds, before somebody should know.
const APART: i64 = 5;
/// Free room that should be there: bytes, and per cent of the disk.
const ROOM: (u64, u64) = (1 << 30, 5);
/// Free room without which a night's records may not be written whole, in bytes.
const LEAST_ROOM: u64 = 64 << 20;
/// Days before its end from which a secret is told.
const SOON: i64 = 30;

pub(super) fn judge(office: &Office, found: &mut Findings) {
    models(office.models, found);
    match &office.store {
        Ok(opened) => match &opened.health {
            Ok(health) => store(health, found),
            Err(message) => found.add(Area::Store, Level::Bad, message.clone()),
        },
        Err(message) => found.add(Area::Store, Level::Bad, message.clone()),
    }
    let opened = office.store.as_ref().ok();
    match opened.and_then(|opened| opened.deep.as_ref()) {
        Some(Ok(inspection)) => deep(inspection, found),
        Some(Err(message)) => found.add(Area::Store, Level::Bad, message.clone()),
        None => {}
    }
    clock(&office.clocks, opened, found);
    office.disks.iter().for_each(|place| disk(place, found));
    folders(&office.folders, found);
    if let Some(opened) = opened {
        secrets(&opened.secrets, found);
        batons(opened, &office.clocks, found);
    }
    scenarios(&office.scenarios, found);
    leftovers(office.leftovers, found);
}

/// Work that people have taken over is told every day until it is back.
fn batons(opened: &Opened, clocks: &Clocks, found: &mut Findings) {
    for (baton, out, since) in &opened.batons {
        let message = Message::new(codes::BATON_STILL_OUT)
            .with_int("baton", *baton)
            .with_int("count", i64::try_from(*out).unwrap_or(i64::MAX))
            .with("since", local(*since, clocks.zone));
        found.add(Area::ByHand, Level::Warning, message);
    }
}

fn models(count: usize, found: &mut Findings) {
    let message = Message::new(codes::CARE_MODELS).with_int("count", number(count));
    found.add(Area::Models, Level::Good, message);
}

fn store(health: &Health, found: &mut Findings) {
    if !health.damages.is_empty() {
        let message = Message::new(codes::CARE_STORE_DAMAGED).with("detail", health.damages.join(" / "));
        return found.add(Area::Store, Level::Bad, message);
    }
    let message = Message::new(codes::CARE_STORE)
        .with("engine", health.engine.clone())
        .with_int("schema", health.schema);
    found.add(Area::Store, Level::Good, message);
    if let Some(journal) = health.journal.as_deref().filter(|journal| *journal != "wal") {
        let message = Message::new(codes::CARE_STORE_JOURNAL).with("journal", journal);
        found.add(Area::Store, Level::Warning, message);
    }
    let ahead = health.clock_ahead / 1000;
    if ahead.abs() > APART {
        let message = Message::new(codes::CARE_STORE_CLOCK).with_int("seconds", ahead.abs());
        found.add(Area::Store, Level::Warning, message);
    }
}

fn clock(clocks: &Clocks, opened: Option<&Opened>, found: &mut Findings) {
    let now = local(clocks.now, clocks.zone);
    let mut told = Findings::default();
    let mut tell = |level, message| told.add(Area::Clock, level, message);
    if !YEARS.contains(&clocks.now.with_timezone(&clocks.zone).year()) {
        tell(
            Level::Bad,
            Message::new(codes::CARE_CLOCK_WRONG).with("now", now.clone()),
        );
    }
    let last = opened.and_then(|opened| opened.last_run);
    if let Some(last) = last.filter(|last| *last - clocks.now > TimeDelta::seconds(APART)) {
        let message = Message::new(codes::CARE_CLOCK_BACK)
            .with("now", now.clone())
            .with("last", local(last, clocks.zone));
        tell(Level::Bad, message);
    }
    if clocks.jumped.abs() > APART {
        let message = Message::new(codes::CARE_CLOCK_JUMP).with_int("seconds", clocks.jumped);
        tell(Level::Warning, message);
    }
    if let Some((path, ahead)) = clocks.share_ahead.as_ref().filter(|(_, ahead)| ahead.abs() > APART) {
        let message = Message::new(codes::CARE_CLOCK_SHARE)
            .with("path", path.clone())
            .with_int("seconds", ahead.abs());
        tell(Level::Warning, message);
    }
    if told.iter().next().is_none() {
        told.add(Area::Clock, Level::Good, right_time(clocks, now));
    }
    found.extend(told.0);
}

/// The time, and the machine's own time zone where it is another one: yakin works in the office's, so nothing is wrong with
/// that until another program starts it.
fn right_time(clocks: &Clocks, now: String) -> Message {
    let office = clocks.zone.offset_from_utc_datetime(&clocks.now.naive_utc()).fix();
    let host = (office.local_minus_utc() != clocks.host_offset).then(|| offset(clocks.host_offset));
    Message::new(match host {
        Some(_) => codes::CARE_CLOCK_ZONE,
        None => codes::CARE_CLOCK,
    })
    .with("now", now)
    .with("zone", clocks.zone.name())
    .with_some("host", host)
}

fn local(instant: DateTime<Utc>, zone: Tz) -> String {
    instant.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Seconds from UTC as `+09:00`.
fn offset(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn disk(disk: &Disk, found: &mut Findings) {
    let (least, least_percent) = ROOM;
    let percent = u64::try_from(u128::from(disk.room.free) * 100 / u128::from(disk.room.total.max(1))).unwrap_or(100);
    let about = |code| {
        Message::new(code)
            .with("path", disk.path.clone())
            .with("free", bytes(disk.room.free))
    };
    let with_percent = |code| about(code).with_int("percent", i64::try_from(percent).unwrap_or(100));
    if disk.room.free < LEAST_ROOM {
        found.add(Area::Disk, Level::Bad, about(codes::CARE_DISK_FULL));
    } else if disk.room.free < least || percent < least_percent {
        found.add(Area::Disk, Level::Warning, with_percent(codes::CARE_DISK_LOW));
    } else {
        found.add(Area::Disk, Level::Good, with_percent(codes::CARE_DISK));
    }
}

fn folders(folders: &[Folder], found: &mut Findings) {
    let mut fine = 0;
    for folder in folders {
        let about = |code| Message::new(code).with("path", folder.path.clone());
        let hindered = if folder.needed { Level::Bad } else { Level::Warning };
        match &folder.state {
            FolderState::Fine => fine += 1,
            FolderState::Missing => found.add(Area::Folders, Level::Warning, about(codes::CARE_FOLDER_MISSING)),
            FolderState::Locked(detail) => {
                let message = about(codes::CARE_FOLDER_LOCKED).with("detail", detail.clone());
                found.add(Area::Folders, hindered, message);
            }
            FolderState::Open(mode) => {
                let message = about(codes::CARE_FOLDER_OPEN).with("mode", *mode);
                found.add(Area::Folders, Level::Warning, message);
            }
        }
    }
    if fine == folders.len() {
        let message = Message::new(codes::CARE_FOLDERS).with_int("count", number(fine));
        found.add(Area::Folders, Level::Good, message);
    }
}

fn secrets(secrets: &SecretFacts, found: &mut Findings) {
    let mut fine = true;
    let mut tell = |level, message| {
        fine = false;
        found.add(Area::Secrets, level, message);
    };
    for info in &secrets.kept {
        let about = |code| Message::new(code).with("name", info.name.clone());
        if let Some((day, left)) = info.expires.map(|day| (day, left(secrets.today, day))) {
            let used = secrets.used.iter().any(|used| used.name == info.name);
            let dated = |code| about(code).with("day", day.to_string());
            if left < 0 {
                let level = if used { Level::Bad } else { Level::Warning };
                tell(level, dated(codes::CARE_SECRET_EXPIRED));
            } else if left <= SOON {
                tell(Level::Warning, dated(codes::CARE_SECRET_SOON).with_int("days", left));
            }
        }
        if info.hosts.is_empty() && !info.name.starts_with("練習.") {
            tell(Level::Warning, about(codes::CARE_SECRET_NOWHERE));
        }
    }
    for used in &secrets.used {
        if !secrets.kept.iter().any(|info| info.name == used.name) {
            let message = Message::new(codes::CARE_SECRET_MISSING)
                .with("name", used.name.clone())
                .with("bot", used.bot.clone());
            tell(Level::Bad, message);
        }
    }
    if fine {
        let message = Message::new(codes::CARE_SECRETS).with_int("count", number(secrets.kept.len()));
        found.add(Area::Secrets, Level::Good, message);
    }
}

/// Days left on which a secret may be used after today; it may still be used on its last day.
fn left(today: NaiveDate, day: NaiveDate) -> i64 {
    (day - today).num_days()
}

/// A half-written scenario does not keep the others from their night; a night has nothing to do when none can run.
fn scenarios(scenarios: &ScenarioFacts, found: &mut Findings) {
    let count = number(scenarios.files);
    if scenarios.bots == 0 && scenarios.wrong.is_empty() {
        found.add(Area::Scenarios, Level::Warning, Message::new(codes::CARE_NO_SCENARIO));
    } else if scenarios.wrong.is_empty() {
        let message = Message::new(codes::CARE_SCENARIOS).with_int("count", count);
        found.add(Area::Scenarios, Level::Good, message);
    } else {
        let level = if scenarios.stuck >= scenarios.bots {
            Level::Bad
        } else {
            Level::Warning
        };
        let message = Message::new(codes::CARE_SCENARIOS_WRONG)
            .with_int("wrong", number(scenarios.wrong.len()))
            .with_int("count", count)
            .with("files", scenarios.wrong.join(", "));
        found.add(Area::Scenarios, level, message);
    }
}

fn leftovers(left: Leftovers, found: &mut Findings) {
    if left.folders == 0 {
        let message = Message::new(codes::CARE_NO_LEFTOVERS).with_int("live", number(left.in_use));
        return found.add(Area::Leftovers, Level::Good, message);
    }
    let message = Message::new(codes::CARE_LEFTOVERS)
        .with_int("processes", number(left.processes))
        .with_int("folders", number(left.folders));
    found.add(Area::Leftovers, Level::Warning, message);
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
