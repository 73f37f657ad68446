//! Filling forms: the whole form in one script call, every value compared, what differs typed again by keys.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use thirtyfour::Key;

use super::actions::Matched;
use super::error::BrowserError;
use super::locator::Target;
use super::page::{Answer, Failure, GRACE, Handle};
use super::session::Session;
use crate::platform::IS_MAC;
use crate::platform::time::Deadline;

/// The longest that the page itself waits for the fields of one form.
const FILL_MAX: Duration = Duration::from_secs(30);

/// A date in all the ways in which a form may ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateValue {
    /// `1976-03-04`.
    pub iso: String,
    /// `昭和`.
    pub era_name: String,
    /// `S`.
    pub era_letter: String,
    /// The year in its era, from 1.
    pub era_year: u32,
    /// The western year.
    pub year: i32,
    /// The month, from 1.
    pub month: u32,
    /// The day, from 1.
    pub day: u32,
}

/// What is to stand in a field.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// Text to be typed; in a list or among radios the entry with this text.
    Text(String),
    /// A checkbox, or a choice between yes and no.
    Bool(bool),
    /// A date, in the form's own shape.
    Date(DateValue),
    /// Text that says a date: chosen part by part where the form asks for parts, else typed as it stands.
    Dated {
        /// The text.
        text: String,
        /// The date it says.
        date: DateValue,
    },
    /// An entry of a list, or a radio, by its visible text.
    Choice(String),
}

/// Values may be secret: only their kind is shown.
impl std::fmt::Debug for FieldValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Bool(_) => "Bool(…)",
            Self::Date(_) => "Date(…)",
            Self::Dated { .. } => "Dated(…)",
            Self::Choice(_) => "Choice(…)",
        })
    }
}

/// Whether pictures may show what a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Anybody may see it.
    Open,
    /// No picture shows it as long as the page is there, whatever form it took: parts of a date, a tick, another width.
    Private,
}

impl Privacy {
    pub(super) fn is_private(self) -> bool {
        self == Self::Private
    }
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFill {
    /// Where; a plain string is a heading.
    pub target: Target,
    /// What is to stand there.
    pub value: FieldValue,
    /// Who may see it.
    pub privacy: Privacy,
}

/// How text gets into its fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FillMode {
    /// Inserted as one input event, and typed by keys only where the page does not hold it.
    #[default]
    Auto,
    /// Always typed key by key, for pages whose scripts listen to keys.
    Keys,
}

/// A form to fill.
#[derive(Debug, Clone, Default)]
pub struct FillRequest {
    /// The fields in the order in which they are filled.
    pub fields: Vec<FieldFill>,
    /// How.
    pub mode: FillMode,
}

impl From<FieldFill> for FillRequest {
    fn from(field: FieldFill) -> Self {
        Self {
            fields: vec![field],
            mode: FillMode::Auto,
        }
    }
}

/// What became of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// How the field was found.
    pub matched: Matched,
    /// Whether it was typed by keys.
    pub typed: bool,
    /// Whether the page shows it otherwise: another width, or 1,234 for 1234.
    pub reformatted: bool,
}

/// A field as the page reports it.
#[derive(Debug, Deserialize)]
struct FieldReply {
    state: String,
    #[serde(flatten)]
    matched: Matched,
    wanted_len: usize,
    held_len: usize,
    retype: Vec<Retype>,
}

#[derive(Debug, Deserialize)]
struct Retype {
    #[serde(flatten)]
    handle: Handle,
    text: String,
}

#[derive(Deserialize)]
struct FillReply {
    fields: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Comparison {
    held: Vec<String>,
    lens: Vec<usize>,
}

impl Session {
    /// Fills a form and makes sure that the page holds every value. Filling again what is filled changes nothing.
    ///
    /// # Errors
    /// [`BrowserError::NotFound`], [`BrowserError::Ambiguous`], [`BrowserError::NotReady`], [`BrowserError::NoOption`] and
    /// [`BrowserError::NotHeld`], each naming its field; and as for every command.
    pub async fn fill(&mut self, request: &FillRequest, wait: Duration) -> Result<Vec<Filled>, BrowserError> {
        let deadline = Deadline::after(wait);
        let mut filled = Vec::with_capacity(request.fields.len());
        // Later ways to a field count only after the first ones have had their time.
        let mut spares = request.fields.iter().all(|field| field.target.bundle.len() < 2);
        while let Some(rest @ [_, ..]) = request.fields.get(filled.len()..) {
            let slice = if spares { deadline.left() } else { GRACE.min(wait / 4) };
            let (replies, failure) = self.fill_in_page(rest, request.mode, spares, slice).await?;
            for (reply, field) in replies.into_iter().zip(rest) {
                filled.push(self.hold(reply, field.target.wanted()).await?);
            }
            let Some(failure) = failure else { continue };
            if !spares || (failure.is_missing() && !deadline.is_over()) {
                spares = true;
                continue;
            }
            let field = request.fields.get(filled.len()).map(|field| field.target.wanted());
            return Err(failure.into_error(field.unwrap_or_default(), deadline.waited()));
        }
        Ok(filled)
    }

    /// Fills up to the first field that fails, and returns what became of the others.
    async fn fill_in_page(
        &mut self,
        fields: &[FieldFill],
        mode: FillMode,
        spares: bool,
        wait: Duration,
    ) -> Result<(Vec<FieldReply>, Option<Box<Failure>>), BrowserError> {
        let fields: Vec<_> = fields
            .iter()
            .map(|one| json!({ "target": one.target, "value": one.value, "private": one.privacy.is_private() }))
            .collect();
        let ms = wait.min(FILL_MAX).as_millis();
        let request = json!({
            "op": "fill", "fields": fields, "keys": mode == FillMode::Keys, "frame": self.frame, "ms": ms, "spares": spares,
        });
        let reply: FillReply = match self.ask(&request).await? {
            Answer::Got(reply) => reply,
            Answer::Failed(failure) => return Ok((Vec::new(), Some(failure))),
        };
        let unreadable = |error: serde_json::Error| BrowserError::Protocol {
            detail: format!("answer of the page: {error}"),
        };
        let mut done = Vec::new();
        for field in reply.fields {
            match field.get("state").and_then(|state| state.as_str()) {
                Some("exact" | "reformatted" | "differs") => {
                    done.push(serde_json::from_value(field).map_err(unreadable)?)
                }
                _ => return Ok((done, Some(serde_json::from_value(field).map_err(unreadable)?))),
            }
        }
        Ok((done, None))
    }

    /// Types again, by keys, what the page does not hold, and compares once more.
    async fn hold(&mut self, reply: FieldReply, field: String) -> Result<Filled, BrowserError> {
        if reply.state != "differs" {
            return Ok(Filled {
                matched: reply.matched,
                typed: false,
                reformatted: reply.state == "reformatted",
            });
        }
        let not_held = |held_len| BrowserError::NotHeld {
            field: field.clone(),
            wanted_len: reply.wanted_len,
            held_len,
        };
        if reply.retype.is_empty() {
            return Err(not_held(reply.held_len));
        }
        for one in &reply.retype {
            self.send_keys(&one.handle, replacing_keys(&one.text)).await?;
        }
        let checks: Vec<_> = reply
            .retype
            .iter()
            .map(|one| json!({ "id": one.handle.id, "text": one.text }))
            .collect();
        let compared: Comparison = match self.ask(&json!({ "op": "compare", "checks": checks })).await? {
            Answer::Got(compared) => compared,
            Answer::Failed(failure) => return Err(failure.into_error(field, Duration::ZERO)),
        };
        if compared.held.iter().any(|held| held == "differs") {
            return Err(not_held(compared.lens.iter().sum()));
        }
        let reformatted = compared.held.iter().any(|held| held == "reformatted");
        Ok(Filled {
            matched: reply.matched,
            typed: true,
            reformatted,
        })
    }
}

/// Select everything, delete it, type the text, and move on as a person does.
fn replacing_keys(text: &str) -> String {
    let modifier = if IS_MAC { Key::Meta } else { Key::Control };
    let mut keys = String::from_iter([modifier.value(), 'a', Key::Null.value(), Key::Delete.value()]);
    keys.push_str(text);
    keys.push(Key::Tab.value());
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_never_show_in_debug_output() {
        let request = FillRequest::from(FieldFill {
            target: "パスワード".into(),
            value: FieldValue::Text("himitsu".to_owned()),
            privacy: Privacy::Private,
        });
        assert!(!format!("{request:?}").contains("himitsu"));
    }

    #[test]
    fn typing_again_replaces_what_was_there() {
        assert_eq!(
            replacing_keys("12").chars().skip(2).collect::<String>(),
            "\u{e000}\u{e017}12\u{e004}"
        );
    }
}
