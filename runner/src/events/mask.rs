//! Masking: what an event may say about a person before it is written.
//!
//! Screens and reports show stored events, so this is the one place where a name is cut. Masking what is masked
//! changes nothing. Labels and receipts stay as they are: whoever made the event knew the class of their column, and a
//! 受付番号 of twelve digits may look like a 個人番号.

use super::{Failure, Kind};
use crate::rules::numbers::mask_my_numbers;
use crate::text::{Arg, Message};
use crate::value::Class;

/// The event as it may be stored: every classed argument of its messages masked, and every 個人番号 in free text.
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
/// sensitive nothing, and nowhere a 個人番号.
pub fn mask_text(text: &str, class: Class) -> String {
    match (class, text.chars().next()) {
        (Class::Open, _) | (_, None) => mask_my_numbers(text),
        (Class::Personal, Some(first)) => format!("{first}＊＊"),
        (Class::Sensitive | Class::MyNumber | Class::Secret, Some(_)) => "＊＊＊".to_owned(),
    }
}

fn mask_failure(failure: Failure) -> Failure {
    Failure {
        message: mask_message(failure.message),
        page_says: failure.page_says.map(|words| mask_my_numbers(&words)),
        cause: failure.cause,
    }
}

fn mask_message(message: Message) -> Message {
    Message {
        code: message.code,
        args: message
            .args
            .into_iter()
            .map(|(name, arg)| (name, mask_arg(arg)))
            .collect(),
    }
}

fn mask_arg(arg: Arg) -> Arg {
    match arg {
        Arg::Open(text) => Arg::Open(mask_text(&text, Class::Open)),
        Arg::Classed(text, class) => Arg::Classed(mask_text(&text, class), class),
        Arg::Int(number) => Arg::Int(number),
        Arg::Said(said) => Arg::Said(Box::new(mask_message(*said))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{
        Cause, ItemFinished, ItemId, ItemRef, ItemState, RunFinished, RunOutcome, StepFinished, StepOutcome, StepRef,
    };
    use crate::text::codes;

    const NAME: &str = "山田花子";
    /// Passes the check of 個人番号 and belongs to nobody.
    const NUMBER: &str = "123456789018";

    fn said() -> Message {
        let inside = Message::new(codes::STORE_FAILED).with_classed("detail", NAME, Class::Personal);
        Message::new(codes::STORE_FAILED)
            .with_said("inside", inside)
            .with_classed("name", NAME, Class::Personal)
            .with("open", format!("番号は {NUMBER} です"))
    }

    fn failed() -> Failure {
        Failure {
            cause: Cause::Page,
            message: said(),
            page_says: Some(format!("個人番号：{NUMBER}")),
        }
    }

    fn step() -> StepRef {
        StepRef {
            path: "steps/1".to_owned(),
            outline: "steps/1".to_owned(),
            item: None,
            attempt: 1,
        }
    }

    #[test]
    fn no_event_carries_a_name_or_a_number_out() {
        let item = ItemRef {
            id: ItemId(1),
            row: 1,
            label: "A-1".to_owned(),
        };
        let kinds = [
            Kind::StepRetrying {
                step: step(),
                failure: failed(),
                wait_ms: 1,
            },
            Kind::StepFinished(StepFinished {
                step: step(),
                outcome: StepOutcome::Failed,
                took_ms: 1,
                notes: vec![said()],
                evidence: Vec::new(),
                failure: Some(failed()),
            }),
            Kind::ItemFinished(ItemFinished {
                item,
                state: ItemState::Failed,
                failure: Some(failed()),
                receipt: None,
                took_ms: 1,
            }),
            Kind::Noted(said()),
            Kind::RunFinished(RunFinished {
                outcome: RunOutcome::Failed,
                failure: Some(failed()),
                took_ms: 1,
            }),
        ];
        for kind in kinds {
            let masked = mask_event(kind);
            let json = serde_json::to_string(&masked).expect("JSON");
            assert!(!json.contains(NAME) && !json.contains(NUMBER), "{json}");
            assert!(json.contains("山＊＊") && json.contains("************"), "{json}");
            assert_eq!(mask_event(masked.clone()), masked, "masked twice");
        }
    }

    #[test]
    fn the_class_decides_how_much_is_left() {
        for (text, class, left) in [
            ("R8-0001", Class::Open, "R8-0001"),
            (NUMBER, Class::Open, "************"),
            ("山田花子", Class::Personal, "山＊＊"),
            ("", Class::Personal, ""),
            ("1234567", Class::Sensitive, "＊＊＊"),
            (NUMBER, Class::MyNumber, "＊＊＊"),
            ("himitsu", Class::Secret, "＊＊＊"),
        ] {
            assert_eq!(mask_text(text, class), left, "{text}");
        }
    }
}
