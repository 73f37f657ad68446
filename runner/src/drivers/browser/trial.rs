//! Whether browser and driver work on this machine at all, and if not, what they say about it.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use process_wrap::tokio::CommandWrap;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::error::BrowserError;
use super::session::Session;
use super::spec::BrowserSpec;
use crate::platform::processes;

/// How long a program may take to say its version.
const VERSION_WAIT: Duration = Duration::from_secs(20);
/// How long the whole trial may take.
const TRIAL_WAIT: Duration = Duration::from_secs(60);
/// What is kept of what a program says.
const SAID: u64 = 64 * 1024;

/// What a trial start showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The browser and its version, as the driver names them.
    pub browser: String,
    /// Whether Japanese is drawn as Japanese, not as boxes.
    pub japanese: bool,
}

/// Why a browser does not start, as far as it says so itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// A shared library of the system is missing.
    Library(String),
    /// The system lets it have no sandbox.
    Sandbox,
    /// Its last words.
    Said(String),
}

/// What a program prints for `--version`.
///
/// # Errors
/// What it says instead, or the system's reason why it does not run.
pub async fn version_of(program: &Path) -> Result<String, Obstacle> {
    let said = said_by(program, &["--version".to_owned()], VERSION_WAIT).await;
    let (out, err) = said.map_err(|error| Obstacle::Said(error.to_string()))?;
    version_in(&out).ok_or_else(|| obstacle_in(&[out.as_str(), err.as_str()].join("\n")))
}

/// The first word that is a version: `Chromium 156.0.8078.79 built on Debian` has `156.0.8078.79`.
pub fn version_in(text: &str) -> Option<String> {
    let is_version = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() >= 2 && parts.iter().all(|part| part.parse::<u32>().is_ok())
    };
    text.split_whitespace().find(is_version).map(str::to_owned)
}

/// What has to be equal of a browser's and a driver's version.
pub fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

/// Starts driver and browser as a run does, opens a blank page, looks how Japanese is drawn, and ends both.
///
/// # Errors
/// Those of [`Session::start`] and [`Session::quit`]. Nothing is left running.
pub async fn trial(spec: &BrowserSpec) -> Result<Tried, BrowserError> {
    let tried = async {
        let mut session = Session::start(spec).await?;
        session.open("about:blank").await?;
        let tried = Tried {
            browser: session.browser_name(),
            japanese: session.draws("夜勤の間").await?,
        };
        session.quit().await?;
        Ok(tried)
    };
    let late = |_| BrowserError::DriverStart {
        detail: format!("no answer within {} s", TRIAL_WAIT.as_secs()),
    };
    tokio::time::timeout(TRIAL_WAIT, tried).await.map_err(late)?
}

/// Why the browser of a trial that failed does not start: it is started without a driver, and its own words are read.
pub async fn obstacle(program: &Path, spec: &BrowserSpec) -> Option<Obstacle> {
    let profile = spec.profiles.join("doctor-profile");
    let mut arguments = spec.browser_arguments(Some(&profile));
    arguments.extend(["--dump-dom", "about:blank"].map(str::to_owned));
    let said = said_by(program, &arguments, VERSION_WAIT).await;
    // It held only a blank page; what cannot be deleted is no reason not to say what was found.
    let _ = std::fs::remove_dir_all(&profile);
    match said {
        Ok((out, _)) if out.contains("<html") => None,
        Ok((_, err)) => Some(obstacle_in(&err)),
        Err(error) => Some(Obstacle::Said(error.to_string())),
    }
}

/// What stands in a program's way, by its own words.
fn obstacle_in(said: &str) -> Obstacle {
    // ld.so: 「error while loading shared libraries: libnss3.so: cannot open shared object file」.
    if let Some((_, rest)) = said.split_once("error while loading shared libraries: ") {
        let library = rest.split(':').next().unwrap_or(rest);
        return Obstacle::Library(library.trim().to_owned());
    }
    if [
        "No usable sandbox",
        "without --no-sandbox is not supported",
        "setuid sandbox",
    ]
    .iter()
    .any(|mark| said.contains(mark))
    {
        return Obstacle::Sandbox;
    }
    let last = said.lines().map(str::trim).rfind(|line| !line.is_empty());
    Obstacle::Said(last.unwrap_or_default().chars().take(200).collect())
}

/// Runs a program to its end, or ends it, and returns what it wrote to its two outputs.
async fn said_by(program: &Path, arguments: &[String], wait: Duration) -> std::io::Result<(String, String)> {
    let command = CommandWrap::with_new(program, |command| {
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
    });
    let mut child = processes::spawn_family(command)?;
    let (out, err) = (child.stdout().take(), child.stderr().take());
    let both = async { tokio::join!(text_of(out), text_of(err)) };
    let said = tokio::time::timeout(wait, both).await;
    // It has ended, or had its time; either way nothing of it may stay.
    let _ = child.start_kill();
    let _ = tokio::time::timeout(Duration::from_secs(2), child.wait()).await;
    said.map_err(|_| std::io::ErrorKind::TimedOut.into())
}

async fn text_of(stream: Option<impl AsyncRead + Unpin>) -> String {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        // What came before a broken pipe is what there is to read.
        let _ = stream.take(SAID).read_to_end(&mut bytes).await;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_what_programs_print() {
        for (text, version) in [
            (
                "Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)\n",
                Some("156.0.8078.79"),
            ),
            (
                "ChromeDriver 156.0.8078.79 (2cc2a6d7b8c-refs/branch-heads/8078@{#1})",
                Some("156.0.8078.79"),
            ),
            ("Google Chrome 99.1 ", Some("99.1")),
            ("Chromium", None),
            ("1 2 3", None),
            ("", None),
        ] {
            assert_eq!(version_in(text).as_deref(), version, "{text}");
        }
        assert_eq!(major("156.0.1"), Some(156));
        assert_eq!(major("new"), None);
    }

    #[test]
    fn a_programs_last_words_tell_what_stands_in_its_way() {
        let library = "/usr/lib/chromium/chromium: error while loading shared libraries: libnss3.so: cannot open shared object file: No such file or directory";
        assert_eq!(obstacle_in(library), Obstacle::Library("libnss3.so".to_owned()));
        for words in [
            "[1:1:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are running on Ubuntu 23.10+",
            "[1:1:ERROR] Running as root without --no-sandbox is not supported. See https://crbug.com/638180.",
        ] {
            assert_eq!(obstacle_in(words), Obstacle::Sandbox, "{words}");
        }
        assert_eq!(obstacle_in("one\n two \n\n"), Obstacle::Said("two".to_owned()));
        assert_eq!(obstacle_in(""), Obstacle::Said(String::new()));
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_or_says_no_version_is_told() {
        let missing = version_of(Path::new("/nonexistent/chromium")).await;
        assert!(matches!(missing, Err(Obstacle::Said(_))), "{missing:?}");
        assert_eq!(version_of(Path::new("test")).await, Err(Obstacle::Said(String::new())));
    }
}
