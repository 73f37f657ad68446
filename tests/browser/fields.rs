//! Short words for what the tests fill, read and look for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use yakin::drivers::browser::{
    BrowserError, By, Cmp, DateValue, FieldFill, FieldValue, FillMode, FillRequest, Filled, Locator, Privacy, Session,
    Sign, Target,
};

use crate::support::chromium::{SHORT, WAIT};

pub(crate) fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.to_owned())
}

pub(crate) fn birthday() -> FieldValue {
    FieldValue::Date(DateValue {
        iso: "1976-03-04".to_owned(),
        era_name: "昭和".to_owned(),
        era_letter: "S".to_owned(),
        era_year: 51,
        year: 1976,
        month: 3,
        day: 4,
    })
}

pub(crate) fn open(target: impl Into<Target>, value: FieldValue) -> FieldFill {
    FieldFill {
        target: target.into(),
        value,
        privacy: Privacy::Open,
    }
}

pub(crate) async fn fill(session: &mut Session, fields: Vec<(&str, FieldValue)>) -> Result<Vec<Filled>, BrowserError> {
    let fields = fields
        .into_iter()
        .map(|(heading, value)| open(heading, value))
        .collect();
    session
        .fill(
            &FillRequest {
                fields,
                mode: FillMode::Auto,
            },
            WAIT,
        )
        .await
}

pub(crate) async fn read(session: &mut Session, heading: &str) -> String {
    session
        .read(&By::Field(heading.to_owned()).into(), SHORT)
        .await
        .unwrap()
}

pub(crate) fn shows(words: &str) -> Sign {
    Sign::Text {
        text: words.to_owned(),
        cmp: Cmp::Exists,
    }
}

pub(crate) fn field(heading: &str, cmp: Cmp) -> Sign {
    Sign::Field {
        field: heading.to_owned(),
        cmp,
    }
}

pub(crate) fn css(selector: &str) -> Locator {
    By::Css(selector.to_owned()).into()
}
