//! Steps that work in the browser.

mod click;
mod fill;
mod look;
mod navigate;
mod read;
mod values;
mod window;

use super::{StepCx, StepDef, StepError};
use crate::drivers::browser::{BrowserError, Matched, Session, Target};
use crate::text::{Message, codes};

/// Every step of the family, in the order they are shown.
pub(super) const STEPS: &[StepDef] = &[
    StepDef::of::<navigate::Open>(),
    StepDef::of::<fill::Fill>(),
    StepDef::of::<fill::Type>(),
    StepDef::of::<click::Click>(),
    StepDef::of::<fill::Select>(),
    StepDef::of::<fill::Check>(),
    StepDef::of::<click::Press>(),
    StepDef::of::<look::See>(),
    StepDef::of::<read::Read>(),
    StepDef::of::<read::ReadTable>(),
    StepDef::of::<window::Dialog>(),
    StepDef::of::<window::Frame>(),
    StepDef::of::<window::Window>(),
    StepDef::of::<look::Screenshot>(),
    StepDef::of::<navigate::Back>(),
    StepDef::of::<navigate::Reload>(),
];

/// The browser of a step that needs one.
fn session<'a>(cx: &'a mut StepCx<'_>) -> Result<&'a mut Session, StepError> {
    cx.browser
        .as_deref_mut()
        .ok_or(StepError::Browser(BrowserError::SessionLost))
}

/// Says when a later way of a bundle was needed, or a name that only holds the wanted one: the page has changed, and
/// somebody should look at the scenario.
fn note_spare(cx: &mut StepCx<'_>, target: &Target, matched: &Matched) {
    if !matched.exact {
        let message = Message::new(codes::FOUND_BY_PART).with("looked_for", target.wanted());
        cx.notes.push(message.with("name", matched.name.clone()));
    }
    if matched.which == 0 {
        return;
    }
    let place = i64::try_from(matched.which).unwrap_or(i64::MAX).saturating_add(1);
    let message = Message::new(codes::FOUND_BY_SPARE).with("looked_for", target.wanted());
    cx.notes.push(message.with_int("place", place));
}
