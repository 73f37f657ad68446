//! What a `call` gives its part: every input a value of its type, and nothing else.

use crate::diag::Diagnostic;
use crate::scenario::model::{Call, InputType, Part};
use crate::scenario::vocabulary::{join, nearest};
use crate::text::{Message, codes, refusal};
use crate::value::Class;

/// Says what is wrong with the values of a `call`.
pub(super) fn check(call: &Call, part: &Part, found: &mut Vec<Diagnostic>) {
    let name = &call.part.value;
    let inputs = || part.inputs.iter().map(|(input, _)| input.value.as_str());
    for (given, value) in &call.with {
        let Some((_, kind)) = part.inputs.iter().find(|(input, _)| input.value == given.value) else {
            let message = Message::new(codes::CALL_ENTRY_UNKNOWN)
                .with("part", name.clone())
                .with("name", given.value.clone())
                .with_some("near", nearest(&given.value, inputs()))
                .with_some("words", Some(join(inputs())).filter(|words| !words.is_empty()));
            found.push(Diagnostic::error(message, given.span));
            continue;
        };
        let InputType::Column(kind) = kind else { continue };
        if let Some(text) = value.literal()
            && let Err(error) = kind.parse(text)
        {
            let message = Message::new(codes::CALL_VALUE)
                .with("part", name.clone())
                .with("name", given.value.clone())
                .with_said("said", refusal(&error.text, Class::Open, &error.cause));
            found.push(Diagnostic::error(message, value.span));
        }
    }
    let missing: Vec<&str> = inputs()
        .filter(|input| !call.with.iter().any(|(given, _)| given.value == *input))
        .collect();
    if !missing.is_empty() {
        let message = Message::new(codes::CALL_ENTRY_MISSING)
            .with("part", name.clone())
            .with("names", join(missing));
        found.push(Diagnostic::error(message, call.part.span));
    }
}
