//! A fault in yakin itself: a panic on any thread ends the program, with its own exit code and without the panic's text,
//! which may hold a resident's data.

use std::panic::{self, AssertUnwindSafe, Location};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::text::{Lang, Message, codes};

use super::error::CliError;
use super::{exit, told};

/// Does the work of a command. A panic of this thread unwinds first, so that browsers and files are closed; nobody might
/// wait for any other thread, so a panic there ends the program at once.
pub(super) fn guarded(lang: Lang, work: impl FnOnce() -> u8) -> u8 {
    let own = thread::current().id();
    let said = AtomicBool::new(false);
    panic::set_hook(Box::new(move |panic| {
        let first = !said.swap(true, Ordering::SeqCst);
        if first {
            told(&fault(panic.location()), lang);
        }
        // A second one comes from closing what the first has left.
        if !first || thread::current().id() != own {
            end();
        }
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(exit::INTERNAL)
}

/// What can be said: the place in the program.
fn fault(place: Option<&Location<'_>>) -> CliError {
    let place = place.map_or_else(String::new, |place| {
        // A library's whole path would tell of the machine that built the program.
        let file = place.file().rsplit(['/', '\\']).next().unwrap_or_default();
        format!("{file}:{}", place.line())
    });
    CliError {
        message: Message::new(codes::INTERNAL_FAULT).with("detail", place),
        exit: exit::INTERNAL,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "no thread is left that could return the exit code"
)]
fn end() {
    std::process::exit(exit::INTERNAL.into());
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// What the panics below say.
    const TEXT: &str = "森 一郎";
    /// Tells the child where to panic.
    const WHERE: &str = "YAKIN_TEST_PANIC";

    /// Only in a process of its own, which it ends.
    #[test]
    fn child() {
        let Ok(place) = std::env::var(WHERE) else { return };
        let code = guarded(Lang::Ja, || {
            match place.as_str() {
                "own" => panic!("{TEXT}"),
                "thread" => {
                    let done = thread::spawn(|| assert!(TEXT.is_empty(), "{TEXT}")).join();
                    done.expect("nobody comes here");
                }
                "task" => {
                    let task = async { tokio::spawn(async { assert!(TEXT.is_empty(), "{TEXT}") }).await };
                    let done = super::super::runtime().expect("a runtime").block_on(task);
                    done.expect("nobody comes here");
                }
                "none" => {}
                other => panic!("{other}"),
            }
            7
        });
        #[expect(clippy::disallowed_methods, reason = "the exit code is what is looked at")]
        std::process::exit(code.into());
    }

    #[test]
    fn a_panic_anywhere_ends_with_its_code_and_without_its_text() {
        for (place, code) in [("own", 70), ("thread", 70), ("task", 70), ("none", 7)] {
            let done = Command::new(std::env::current_exe().expect("this program"))
                .args(["--exact", "cli::fault::tests::child", "--nocapture"])
                .env(WHERE, place)
                .output()
                .expect("the child");
            let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
            assert_eq!(done.status.code(), Some(code), "{place}: {said}");
            assert!(!said.contains("森"), "{place}: {said}");
            assert_eq!(
                said.matches("YK7006").count(),
                usize::from(code == 70),
                "{place}: {said}"
            );
            assert_eq!(said.contains("fault.rs:"), code == 70, "{place}: {said}");
        }
    }
}
