//! Masking: what an event may say about a person before it is written.
//!
//! Screens and reports show stored events, so this is the one place where a name is cut. Masking what is masked
//! changes nothing.

use super::{Failure, Kind};
use crate::text::{Arg, Message};
use crate::value::Class;

/// The event as it may be stored: every classed argument of its messages masked.
pub fn mask_event(kind: Kind) -> Kind {
    match kind {
        Kind::StepRetrying { step, failure, wait_ms } => Kind::StepRetrying {
            step,
            failure: mask_failure(failure),
            wait_ms,
        },
        Kind::StepFinished(mut finished) => {
            finished.notes = finished.notes.into_iter().map(mask_message).collect();
            finished.failure = finished.failure.map(mask_failure);
            Kind::StepFinished(finished)
        }
        Kind::ItemFinished(mut finished) => {
            finished.failure = finished.failure.map(mask_failure);
            Kind::ItemFinished(finished)
        }
        Kind::Noted(message) => Kind::Noted(mask_message(message)),
        Kind::RunFinished(mut finished) => {
            finished.failure = finished.failure.map(mask_failure);
            Kind::RunFinished(finished)
        }
        other @ (Kind::RunStarted(_)
        | Kind::ItemsTaken(_)
        | Kind::SessionOpened { .. }
        | Kind::ItemStarted(_)
        | Kind::StepStarted(_)
        | Kind::CommitIntended { .. }
        | Kind::Unknown(_)) => other,
    }
}

/// The text as it may stand outside sealed storage: of a person's data the first character, of anything more
/// sensitive nothing.
pub fn mask_text(text: &str, class: Class) -> String {
    match (class, text.chars().next()) {
        (Class::Open, _) | (_, None) => text.to_owned(),
        (Class::Personal, Some(first)) => format!("{first}＊＊"),
        (Class::Sensitive | Class::MyNumber | Class::Secret, Some(_)) => "＊＊＊".to_owned(),
    }
}

fn mask_failure(failure: Failure) -> Failure {
    Failure {
        message: mask_message(failure.message),
        ..failure
    }
}

fn mask_message(mut message: Message) -> Message {
    for arg in message.args.values_mut() {
        match arg {
            Arg::Classed(text, class) => *text = mask_text(text, *class),
            Arg::Said(said) => {
                **said = mask_message(std::mem::replace(
                    said,
                    Message {
                        code: "".into(),
                        args: Default::default(),
                    },
                ))
            }
            Arg::Open(_) | Arg::Int(_) => {}
        }
    }
    message
}
