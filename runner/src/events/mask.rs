//! Masking: what an event may say about a person before it is written.
//!
//! Screens and reports show stored events, so this is the one place where a name is cut. Masking what is masked
//! changes nothing. Labels and receipts stay as they are: whoever made the event knew the class of their column, and a
//! 受付番号 of twelve digits may look like a 個人番号.

use super::{Failure, Kind};
use crate::rules::numbers::mask_my_numbers;
use crate::text::{Arg, Message};
use crate::value::{Class, Veil};

/// The event as it may be stored: every classed argument of its messages masked, and every 個人番号 in free text.
pub fn mask_event(mut kind: Kind) -> Kind {
    each_said(&mut kind, &mut |said| match said {
        Said::Message(message) => mask_message(message),
        Said::Words(words) => *words = mask_my_numbers(words),
    });
    kind
}

/// Covers what must not be seen in everything that an event says.
pub fn hide(kind: &mut Kind, veil: &Veil) {
    each_said(kind, &mut |said| match said {
        Said::Message(message) => message.hide(veil),
        Said::Words(words) => *words = veil.cover(words),
    });
}

/// A failure as it may be shown to whoever watches.
pub fn mask_failure(failure: &mut Failure, veil: &Veil) {
    each_of_failure(failure, &mut |said| match said {
        Said::Message(message) => mask_said(message, veil),
        Said::Words(words) => *words = mask_my_numbers(&veil.cover(words)),
    });
}

/// A message as it may be shown to whoever watches.
pub fn mask_said(message: &mut Message, veil: &Veil) {
    message.hide(veil);
    mask_message(message);
}

/// What an event says.
enum Said<'a> {
    /// A message.
    Message(&'a mut Message),
    /// Words of the page.
    Words(&'a mut String),
}

fn each_said(kind: &mut Kind, change: &mut dyn FnMut(Said<'_>)) {
    match kind {
        Kind::StepRetrying { failure, .. } => each_of_failure(failure, change),
        Kind::StepFinished(finished) => {
            for note in &mut finished.notes {
                change(Said::Message(note));
            }
            finished
                .failure
                .iter_mut()
                .for_each(|failure| each_of_failure(failure, change));
        }
        Kind::ItemFinished(finished) => finished
            .failure
            .iter_mut()
            .for_each(|failure| each_of_failure(failure, change)),
        Kind::Noted(message) => change(Said::Message(message)),
        Kind::RunFinished(finished) => finished
            .failure
            .iter_mut()
            .for_each(|failure| each_of_failure(failure, change)),
        Kind::RunStarted(_)
        | Kind::ItemsTaken(_)
        | Kind::SessionOpened { .. }
        | Kind::ItemStarted(_)
        | Kind::StepStarted(_)
        | Kind::StepAt { .. }
        | Kind::CommitIntended { .. }
        | Kind::DoubtTaken { .. }
        | Kind::Disproved { .. }
        | Kind::Decided(_)
        | Kind::Unknown(_) => {}
    }
}

fn each_of_failure(failure: &mut Failure, change: &mut dyn FnMut(Said<'_>)) {
    change(Said::Message(&mut failure.message));
    if let Some(words) = &mut failure.page_says {
        change(Said::Words(words));
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

/// A message as an event would say it.
pub fn masked(mut message: Message, veil: &Veil) -> Message {
    message.hide(veil);
    mask_message(&mut message);
    message
}

fn mask_message(message: &mut Message) {
    for arg in message.args.values_mut() {
        match arg {
            Arg::Open(text) => *text = mask_text(text, Class::Open),
            Arg::Classed(text, class) => *text = mask_text(text, *class),
            Arg::Pieces(pieces) => {
                for (text, class) in pieces {
                    *text = mask_text(text, *class);
                }
            }
            Arg::Int(_) => {}
            Arg::Said(said) => mask_message(said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{
        Cause, ItemFinished, ItemId, ItemRef, ItemState, RunFinished, RunOutcome, StepFinished, StepOutcome, StepRef,
    };
    use crate::text::codes;
    use crate::value::Value;

    const NAME: &str = "山田花子";
    /// Passes the check of 個人番号 and belongs to nobody.
    const NUMBER: &str = "123456789018";

    fn said() -> Message {
        let inside = Message::new(codes::STORE_FAILED).with_classed("detail", NAME, Class::Personal);
        Message::new(codes::STORE_FAILED)
            .with_said("inside", inside)
            .with_classed("name", NAME, Class::Personal)
            .with_pieces(
                "pieces",
                vec![("氏名は".to_owned(), Class::Open), (NAME.to_owned(), Class::Personal)],
            )
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
    fn what_was_hidden_stands_nowhere_in_an_event() {
        let mut veil = Veil::default();
        veil.add(&Value::from("長崎　市子"), Class::Personal);
        let mut failure = failed();
        failure.message = Message::new(codes::NOT_FOUND).with("looked_for", "長崎市子 の行");
        failure.page_says = Some("長崎 市子様は登録できません".to_owned());
        let mut kind = Kind::StepRetrying {
            step: step(),
            failure,
            wait_ms: 1,
        };
        hide(&mut kind, &veil);
        let json = serde_json::to_string(&kind).expect("JSON");
        assert!(!json.contains("市子"), "{json}");
        assert!(
            json.contains("＊＊＊ の行") && json.contains("＊＊＊様は登録できません"),
            "{json}"
        );
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
