//! The browser, its driver, and what they need of the machine.

use super::{Area, Finding, Findings, Level, bytes};
use crate::care::facts::{Machine, Network, Program, Trial};
use crate::drivers::browser::{Obstacle, major};
use crate::text::{Message, codes};

/// Memory under which a browser is not safe, in bytes.
const MEMORY: u64 = 768 * 1024 * 1024;

pub(super) fn judge(machine: &Machine, found: &mut Findings) {
    found.extend(pair(machine));
    trial(machine, found);
    fonts(machine, found);
    if let Some(left) = machine.memory {
        let (level, code) = if left < MEMORY {
            (Level::Warning, codes::CARE_MEMORY_LOW)
        } else {
            (Level::Good, codes::CARE_MEMORY)
        };
        found.add(Area::Memory, level, Message::new(code).with("left", bytes(left)));
    }
}

/// Judges a browser and its driver by what they say of themselves.
pub fn pair(machine: &Machine) -> Vec<Finding> {
    let mut pair = Findings::default();
    let found = &mut pair;
    match &machine.browser {
        None => found.add(Area::Browser, Level::Bad, lacking(machine, "chromium")),
        Some(program) => browser(machine, program, found),
    }
    match &machine.driver {
        None => found.add(Area::Driver, Level::Bad, lacking(machine, "chromedriver")),
        Some(program) => driver(machine, program, found),
    }
    pair.0
}

/// The program is missing: how to get it, with a network and without.
fn lacking(machine: &Machine, program: &str) -> Message {
    let message = Message::new(codes::CARE_PROGRAM_MISSING).with("program", program);
    remedy(machine, message, "chromium chromium-driver")
}

/// Whether a browser and a driver fit each other; what to say when they do not.
fn versions(machine: &Machine, browser: &str, driver: &str) -> Option<Message> {
    if major(browser) == major(driver) {
        return None;
    }
    let message = Message::new(codes::CARE_VERSIONS_DIFFER)
        .with("browser", browser)
        .with("driver", driver);
    Some(remedy(machine, message, "chromium chromium-driver"))
}

/// Adds the command that installs packages, where there is a network for it, and the file to bring where there is none.
fn remedy(machine: &Machine, message: Message, packages: &str) -> Message {
    message
        .with_some("command", apt(machine, packages))
        .with("bring", bring(machine))
}

fn apt(machine: &Machine, packages: &str) -> Option<String> {
    let can = machine.network == Network::Open && machine.os == "linux";
    can.then(|| format!("sudo apt install {packages}"))
}

/// `chromedriver 156.x (linux64)`: what the browser that is there needs; without one, both of one version.
fn bring(machine: &Machine) -> String {
    let version = |program: &Option<Program>| major(program.as_ref()?.version.as_ref().ok()?);
    let kind = machine.maker_name;
    match (version(&machine.browser), version(&machine.driver)) {
        (Some(browser), _) => format!("chromedriver {browser}.x ({kind})"),
        (None, Some(driver)) => format!("chromium {driver}.x ({kind})"),
        (None, None) => format!("chromium + chromedriver N.x ({kind})"),
    }
}

fn browser(machine: &Machine, program: &Program, found: &mut Findings) {
    match &program.version {
        Ok(version) => {
            let message = Message::new(codes::CARE_BROWSER)
                .with("version", version.clone())
                .with("path", program.path.display().to_string());
            found.add(Area::Browser, Level::Good, message);
        }
        Err(obstacle) => mute(machine, program, obstacle, (Area::Browser, "chromium"), found),
    }
}

fn driver(machine: &Machine, program: &Program, found: &mut Findings) {
    let version = match &program.version {
        Ok(version) => version,
        Err(obstacle) => return mute(machine, program, obstacle, (Area::Driver, "chromedriver"), found),
    };
    let browser = machine
        .browser
        .as_ref()
        .and_then(|browser| browser.version.as_ref().ok());
    match browser.and_then(|browser| versions(machine, browser, version)) {
        Some(message) => found.add(Area::Driver, Level::Bad, message),
        None => {
            let message = Message::new(codes::CARE_DRIVER)
                .with("version", version.clone())
                .with("path", program.path.display().to_string());
            found.add(Area::Driver, Level::Good, message);
        }
    }
}

/// A program that does not say its version. Only a missing library says that it cannot run; the trial judges the rest.
fn mute(machine: &Machine, program: &Program, obstacle: &Obstacle, what: (Area, &str), found: &mut Findings) {
    let (area, name) = what;
    match obstacle {
        Obstacle::Library(library) => found.add(area, Level::Bad, library_missing(machine, name, library)),
        Obstacle::Sandbox | Obstacle::Said(_) => {
            let said = match obstacle {
                Obstacle::Said(said) if !said.is_empty() => Some(said.clone()),
                _ => None,
            };
            let message = Message::new(codes::CARE_VERSION_UNKNOWN)
                .with("program", name)
                .with("path", program.path.display().to_string())
                .with_some("said", said);
            found.add(area, Level::Warning, message);
        }
    }
}

fn library_missing(machine: &Machine, program: &str, library: &str) -> Message {
    Message::new(codes::CARE_LIBRARY_MISSING)
        .with("program", program)
        .with("library", library)
        .with_some("command", apt(machine, "--reinstall chromium chromium-driver"))
        .with("bring", format!("chromium, {library} ({})", machine.maker_name))
}

fn trial(machine: &Machine, found: &mut Findings) {
    match &machine.trial {
        Trial::Opened(browser) => {
            let message = Message::new(codes::CARE_TRIAL).with("browser", browser.clone());
            found.add(Area::Trial, Level::Good, message);
        }
        // Something above is marked × already.
        Trial::NotTried => found.add(Area::Trial, Level::Warning, Message::new(codes::CARE_NOT_TRIED)),
        Trial::Profile(path, detail) => {
            let message = Message::new(codes::CARE_PROFILE)
                .with("path", path.display().to_string())
                .with("detail", detail.clone());
            found.add(Area::Trial, Level::Bad, message);
        }
        Trial::Failed { cause, obstacle } => {
            let message = match obstacle {
                Some(Obstacle::Library(library)) => library_missing(machine, "chromium", library),
                Some(Obstacle::Sandbox) => Message::new(codes::CARE_NO_SANDBOX),
                Some(Obstacle::Said(said)) if !said.is_empty() => failed(cause).with("said", said.clone()),
                _ => failed(cause),
            };
            found.add(Area::Trial, Level::Bad, message);
        }
    }
}

fn failed(cause: &Message) -> Message {
    Message::new(codes::CARE_TRIAL_FAILED).with_said("cause", cause.clone())
}

/// Without a font the night's work is done all the same; only its pictures cannot be read.
fn fonts(machine: &Machine, found: &mut Findings) {
    match machine.japanese {
        Some(true) => found.good(Area::Fonts, codes::CARE_FONTS),
        Some(false) => {
            let message = Message::new(codes::CARE_NO_FONTS)
                .with_some("command", apt(machine, "fonts-ipafont-gothic"))
                .with("bring", "fonts-ipafont-gothic (.deb)");
            found.add(Area::Fonts, Level::Warning, message);
        }
        None => found.add(Area::Fonts, Level::Warning, Message::new(codes::CARE_FONTS_UNKNOWN)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::codes_of;
    use super::*;
    use crate::text::{Code, Lang};

    fn program(version: Result<&str, Obstacle>) -> Option<Program> {
        Some(Program {
            path: PathBuf::from("/opt/program"),
            version: version.map(str::to_owned),
        })
    }

    fn well() -> Machine {
        Machine {
            network: Network::Open,
            os: "linux",
            maker_name: "linux64",
            browser: program(Ok("156.0.8078.79")),
            driver: program(Ok("156.0.1.2")),
            trial: Trial::Opened("chrome 156.0.8078.79".to_owned()),
            japanese: Some(true),
            memory: Some(4 << 30),
        }
    }

    fn judged(change: impl FnOnce(&mut Machine)) -> Findings {
        let mut machine = well();
        change(&mut machine);
        let mut found = Findings::default();
        judge(&machine, &mut found);
        found
    }

    /// What is not well, by code.
    fn troubles(found: &Findings) -> Vec<(Level, String)> {
        codes_of(found)
            .into_iter()
            .filter(|(level, _)| *level != Level::Good)
            .collect()
    }

    fn one(level: Level, code: Code) -> Vec<(Level, String)> {
        vec![(level, code.0.to_owned())]
    }

    #[test]
    fn a_machine_that_is_well_is_well_in_every_respect() {
        let found = judged(|_| {});
        assert_eq!((found.worst(), found.iter().count()), (Level::Good, 5));
    }

    type Broken = (fn(&mut Machine), Level, Code);

    #[test]
    fn each_trouble_has_its_finding_and_only_that() {
        let failed = |obstacle| Trial::Failed {
            cause: Message::new(codes::BROWSER_ENDED),
            obstacle,
        };
        let cases: &[Broken] = &[
            (|m| m.browser = None, Level::Bad, codes::CARE_PROGRAM_MISSING),
            (|m| m.driver = None, Level::Bad, codes::CARE_PROGRAM_MISSING),
            (
                |m| m.driver = program(Ok("120.0.1")),
                Level::Bad,
                codes::CARE_VERSIONS_DIFFER,
            ),
            (
                |m| m.driver = program(Err(Obstacle::Said(String::new()))),
                Level::Warning,
                codes::CARE_VERSION_UNKNOWN,
            ),
            (
                |m| m.browser = program(Err(Obstacle::Said("what?".into()))),
                Level::Warning,
                codes::CARE_VERSION_UNKNOWN,
            ),
            (
                |m| m.browser = program(Err(Obstacle::Library("libnss3.so".into()))),
                Level::Bad,
                codes::CARE_LIBRARY_MISSING,
            ),
            (|m| m.trial = Trial::NotTried, Level::Warning, codes::CARE_NOT_TRIED),
            (
                |m| m.trial = Trial::Profile("/x".into(), "no".into()),
                Level::Bad,
                codes::CARE_PROFILE,
            ),
            (|m| m.japanese = Some(false), Level::Warning, codes::CARE_NO_FONTS),
            (|m| m.japanese = None, Level::Warning, codes::CARE_FONTS_UNKNOWN),
            (|m| m.memory = Some(MEMORY - 1), Level::Warning, codes::CARE_MEMORY_LOW),
        ];
        for (change, level, code) in cases {
            assert_eq!(troubles(&judged(change)), one(*level, *code));
        }
        for (obstacle, code) in [
            (None, codes::CARE_TRIAL_FAILED),
            (Some(Obstacle::Said("crashed".into())), codes::CARE_TRIAL_FAILED),
            (
                Some(Obstacle::Library("libgbm.so.1".into())),
                codes::CARE_LIBRARY_MISSING,
            ),
            (Some(Obstacle::Sandbox), codes::CARE_NO_SANDBOX),
        ] {
            let found = judged(|machine| machine.trial = failed(obstacle));
            assert_eq!(troubles(&found), one(Level::Bad, code));
        }
    }

    #[test]
    fn a_closed_network_is_told_what_to_bring_and_no_command() {
        let mend = |network, os: &'static str, maker_name| {
            let found = judged(|machine| {
                (machine.network, machine.os, machine.maker_name) = (network, os, maker_name);
                machine.driver = None;
            });
            let message = &found
                .iter()
                .find(|finding| finding.level == Level::Bad)
                .expect("a finding")
                .message;
            message.render(Lang::Ja).mend
        };
        let open = mend(Network::Open, "linux", "linux64");
        assert!(
            open.contains("sudo apt install") && open.contains("chromedriver 156.x (linux64)"),
            "{open}"
        );
        for closed in [Network::Closed, Network::SaidClosed] {
            let told = mend(closed, "linux", "linux64");
            assert!(
                !told.contains("apt") && told.contains("chromedriver 156.x (linux64)"),
                "{told}"
            );
            assert!(told.contains("SHA256SUMS"), "{told}");
        }
        let windows = mend(Network::Open, "windows", "win64");
        assert!(
            !windows.contains("apt") && windows.contains("156.x (win64)"),
            "{windows}"
        );
    }

    #[test]
    fn without_a_browser_the_drivers_version_is_asked_for() {
        let mut machine = well();
        machine.browser = None;
        assert_eq!(bring(&machine), "chromium 156.x (linux64)");
        machine.driver = None;
        assert_eq!(bring(&machine), "chromium + chromedriver N.x (linux64)");
    }
}
