//! Whether a kit is whole and fits a machine.

use super::list::{Manifest, version};
use super::read::Content;
use crate::care::{Area, Findings, Level, Machine, pair};
use crate::text::{Message, codes};

/// The machine that a kit is to be installed on.
#[derive(Debug, Clone)]
pub struct Here {
    /// The processor, such as `x86_64`.
    pub arch: &'static str,
    /// The GNU C library's version, if it is known.
    pub glibc: Option<String>,
    /// The machine with its browser; the kit's driver stands for its own.
    pub machine: Machine,
}

/// Judges a kit that was read.
pub fn judge(content: &Content, here: &Here) -> Findings {
    let mut found = Findings::default();
    let manifest = &content.manifest;
    for (file, detail) in &content.damaged {
        let message = Message::new(codes::KIT_DAMAGED)
            .with("file", file.clone())
            .with("detail", *detail);
        found.add(Area::Kit, Level::Bad, message);
    }
    if content.damaged.is_empty() {
        let message = Message::new(codes::KIT_WHOLE)
            .with_int("files", i64::try_from(content.whole).unwrap_or(i64::MAX))
            .with("made_for", made_for(manifest));
        found.add(Area::Kit, Level::Good, message);
    }
    if !fits(manifest, here) {
        let glibc = here.glibc.as_deref().map(|glibc| format!(" glibc {glibc}"));
        let message = Message::new(codes::KIT_OTHER_MACHINE)
            .with("made_for", made_for(manifest))
            .with(
                "here",
                format!("{} {}{}", here.machine.os, here.arch, glibc.unwrap_or_default()),
            );
        found.add(Area::Kit, Level::Bad, message);
    }
    // A browser in the kit is still to be installed; its version is the one that the driver was packed with.
    let packed = manifest.files.iter().any(|file| file.path.starts_with("browser/"));
    let level = if packed { Level::Warning } else { Level::Bad };
    found.extend(pair(&here.machine).into_iter().map(|mut finding| {
        finding.level = finding.level.min(level);
        finding
    }));
    found
}

fn made_for(manifest: &Manifest) -> String {
    let glibc = manifest.glibc.as_deref().map(|glibc| format!(" glibc {glibc}+"));
    format!("{} {}{}", manifest.os, manifest.arch, glibc.unwrap_or_default())
}

fn fits(manifest: &Manifest, here: &Here) -> bool {
    let old = match (
        manifest.glibc.as_deref().and_then(version),
        here.glibc.as_deref().and_then(version),
    ) {
        (Some(needed), Some(own)) => own < needed,
        (_, None) | (None, _) => false,
    };
    manifest.os == here.machine.os && manifest.arch == here.arch && !old
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::care::{Network, Program, Trial};

    fn program(version: &str) -> Option<Program> {
        Some(Program {
            path: PathBuf::from("x"),
            version: Ok(version.to_owned()),
        })
    }

    fn here() -> Here {
        Here {
            arch: "x86_64",
            glibc: Some("2.36".to_owned()),
            machine: Machine {
                network: Network::Closed,
                os: "linux",
                maker_name: "linux64",
                browser: program("156.0.1"),
                driver: program("156.0.2"),
                trial: Trial::NotTried,
                japanese: None,
                memory: None,
            },
        }
    }

    fn content() -> Content {
        Content {
            manifest: Manifest {
                kit: 1,
                yakin: "0.1.0".to_owned(),
                os: "linux".to_owned(),
                arch: "x86_64".to_owned(),
                glibc: Some("2.34".to_owned()),
                driver: "156.0.2".to_owned(),
                browser: None,
                not_inside: Vec::new(),
                files: Vec::new(),
            },
            whole: 9,
            damaged: Vec::new(),
        }
    }

    type Case = (fn(&mut Content, &mut Here), Level);

    #[test]
    fn a_kit_fits_or_says_why_not() {
        let cases: &[Case] = &[
            (|_, _| {}, Level::Good),
            (|kit, _| kit.damaged.push(("bin/yakin".into(), "changed")), Level::Bad),
            (|_, here| here.arch = "aarch64", Level::Bad),
            (|_, here| here.machine.os = "windows", Level::Bad),
            (|_, here| here.glibc = Some("2.31".into()), Level::Bad),
            (|_, here| here.glibc = Some("2.4".into()), Level::Bad),
            (|_, here| here.glibc = None, Level::Good),
            (|_, here| here.machine.browser = program("120.0"), Level::Bad),
            (|_, here| here.machine.browser = None, Level::Bad),
        ];
        for (index, (change, level)) in cases.iter().enumerate() {
            let (mut kit, mut here) = (content(), here());
            change(&mut kit, &mut here);
            assert_eq!(judge(&kit, &here).worst(), *level, "case {index}");
        }
    }

    #[test]
    fn a_browser_in_the_kit_is_only_to_be_installed() {
        let (mut kit, mut here) = (content(), here());
        here.machine.browser = None;
        kit.manifest.files.push(crate::kit::Listed {
            path: "browser/chromium.deb".to_owned(),
            size: 1,
            sha256: String::new(),
        });
        assert_eq!(judge(&kit, &here).worst(), Level::Warning);
    }
}
