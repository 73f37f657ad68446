//! What a browser's trouble means, and how people are told of it.

use super::listed;
use crate::drivers::browser::{BrowserError, NotReady};
use crate::events::Cause;
use crate::text::{Message, codes};
use crate::value::Class;

pub(super) fn cause(error: &BrowserError) -> Cause {
    match error {
        BrowserError::Unreachable { .. } | BrowserError::Timeout { .. } => Cause::System,
        BrowserError::Strange { .. } => Cause::Permission,
        BrowserError::NoOption { .. } | BrowserError::UnknownKey { .. } => Cause::Data,
        BrowserError::NotFound { .. }
        | BrowserError::Ambiguous { .. }
        | BrowserError::NotReady { .. }
        | BrowserError::NotHeld { .. }
        | BrowserError::DialogOpen { .. }
        | BrowserError::NoDialog
        | BrowserError::NoWindow { .. }
        | BrowserError::Script { .. }
        | BrowserError::Selector { .. } => Cause::Page,
        BrowserError::DriverMissing { .. }
        | BrowserError::BrowserMissing { .. }
        | BrowserError::DriverStart { .. }
        | BrowserError::VersionMismatch { .. }
        | BrowserError::SessionLost
        | BrowserError::DriverLost { .. }
        | BrowserError::NotMasked
        | BrowserError::NotEnded { .. }
        | BrowserError::Protocol { .. }
        | BrowserError::Profile { .. } => Cause::Environment,
    }
}

/// The page's own words about it.
pub(super) fn page_words(error: &BrowserError) -> Option<String> {
    let words = match error {
        BrowserError::NotFound { around, .. } => around.page_says.join(" / "),
        BrowserError::DialogOpen { text } => text.clone(),
        _ => String::new(),
    };
    (!words.is_empty()).then_some(words)
}

/// What a list offers, and how many entries of a long one are left out. Its beginning and its end are shown, never what
/// is nearest to the wanted value: that would tell a birthday.
pub(super) fn some_options(options: &[String]) -> (Vec<String>, usize) {
    const MANY: usize = 10;
    const FIRST: usize = 4;
    match (options, options.last()) {
        ([first @ .., _], Some(last)) if options.len() > MANY => {
            let shown: Vec<String> = first.iter().take(FIRST).chain([last]).cloned().collect();
            let others = options.len() - shown.len();
            (shown, others)
        }
        _ => (options.to_vec(), 0),
    }
}

pub(super) fn message(error: &BrowserError) -> Message {
    let about = |code, looked_for: &str| Message::new(code).with("looked_for", looked_for);
    match error {
        BrowserError::NotFound {
            looked_for,
            around,
            waited,
        } => about(codes::NOT_FOUND, looked_for)
            .with_some("near", listed(&around.near))
            .with_some("fields", listed(&around.fields))
            .with("title", &around.title)
            .with_int("seconds", i64::try_from(waited.as_secs()).unwrap_or(i64::MAX)),
        BrowserError::Ambiguous { looked_for, candidates } => {
            about(codes::AMBIGUOUS, looked_for).with_int("count", i64::try_from(candidates.len()).unwrap_or(i64::MAX))
        }
        BrowserError::NotReady { looked_for, reason, .. } => match reason {
            NotReady::Hidden => about(codes::TARGET_HIDDEN, looked_for),
            NotReady::Disabled => about(codes::TARGET_DISABLED, looked_for),
            NotReady::ReadOnly => about(codes::TARGET_READ_ONLY, looked_for),
            NotReady::Moving => about(codes::TARGET_MOVING, looked_for),
            NotReady::Covered(by) => about(codes::TARGET_COVERED, looked_for).with("by", by),
        },
        BrowserError::NotHeld {
            field,
            wanted_len,
            held_len,
        } => Message::new(codes::VALUE_NOT_HELD)
            .with("field", field)
            .with_int("wanted", i64::try_from(*wanted_len).unwrap_or(i64::MAX))
            .with_int("held", i64::try_from(*held_len).unwrap_or(i64::MAX)),
        BrowserError::NoOption { field, wanted, options } => {
            let (shown, others) = some_options(options);
            Message::new(codes::NO_OPTION)
                .with("field", field)
                .with_classed("wanted", wanted, Class::Personal)
                .with_some("options", listed(&shown))
                .with_some("others", (others > 0).then(|| others.to_string()))
        }
        BrowserError::NoWindow { looked_for, titles } => {
            about(codes::NO_WINDOW, looked_for).with_some("titles", listed(titles))
        }
        BrowserError::DialogOpen { .. } => Message::new(codes::DIALOG_OPEN),
        BrowserError::NoDialog => Message::new(codes::NO_DIALOG),
        BrowserError::UnknownKey { name } => Message::new(codes::UNKNOWN_KEY_NAME).with("name", name),
        BrowserError::Strange { origin } => Message::new(codes::PAGE_STRANGE).with("origin", origin),
        BrowserError::Unreachable { url, code } => Message::new(codes::PAGE_UNREACHABLE)
            .with("url", without_query(url))
            .with("code", code),
        BrowserError::Timeout { .. } => Message::new(codes::PAGE_SLOW),
        BrowserError::Script { detail } => Message::new(codes::PAGE_SCRIPT).with("detail", detail),
        BrowserError::Selector { detail } => Message::new(codes::SELECTOR_WRONG).with("detail", detail),
        BrowserError::DriverMissing { program } => {
            Message::new(codes::DRIVER_MISSING).with("program", program.display().to_string())
        }
        BrowserError::BrowserMissing { .. } => Message::new(codes::BROWSER_MISSING),
        BrowserError::DriverStart { detail } => Message::new(codes::BROWSER_NOT_STARTED).with("detail", detail),
        BrowserError::VersionMismatch { browser, driver } => Message::new(codes::DRIVER_VERSION)
            .with("browser", browser)
            .with("driver", driver),
        BrowserError::SessionLost => Message::new(codes::BROWSER_ENDED),
        BrowserError::DriverLost { .. } => Message::new(codes::DRIVER_ENDED),
        BrowserError::NotMasked => Message::new(codes::NOT_MASKED),
        BrowserError::NotEnded { pid } => Message::new(codes::BROWSER_NOT_ENDED).with_int("pid", i64::from(*pid)),
        BrowserError::Protocol { detail } => Message::new(codes::DRIVER_ANSWER).with("detail", detail),
        BrowserError::Profile { path, .. } => {
            Message::new(codes::PROFILE_FOLDER).with("path", path.display().to_string())
        }
    }
}

/// An address without what may name a person: the query of a search.
fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}
