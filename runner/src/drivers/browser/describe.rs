//! What a page offers: fields, buttons, values, each with a way to it that was tried.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error::BrowserError;
use super::locator::{By, Locator};
use super::page::Answer;
use super::robustness::Robustness;
use super::session::Session;

/// A page as a person who writes a scenario needs to know it. Nothing that fields hold is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Described {
    /// The title of the page.
    pub title: String,
    /// Its own heading, if it has one.
    pub heading: String,
    /// Its address.
    pub url: String,
    /// The names of its frames; all of them are looked into.
    pub frames: Vec<String>,
    /// Frames from other origins, into which nobody can look.
    pub closed_frames: u32,
    /// Fields, then what can be pressed, then what can be read; each group in the page's order.
    pub things: Vec<Thing>,
    /// Fields and buttons that are not shown.
    pub hidden: u32,
    /// Fields and buttons that are shown but cannot be used now, by name.
    pub disabled: Vec<String>,
    /// Things beyond the number that is looked at.
    pub more: u32,
    /// What an open dialog says: as long as it is open the page behind it cannot be looked at.
    pub dialog: Option<String>,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Thing {
    /// What it is.
    pub kind: ThingKind,
    /// Ways to it, the best first; none when it cannot be told from others.
    pub ways: Vec<Way>,
    /// What a person calls it; empty for what has no words.
    pub name: String,
    /// What a field takes.
    pub field: Option<FieldKind>,
    /// The entries of a list or choice; the headings of a table.
    pub entries: Vec<String>,
    /// Whether the page says that a field must be filled.
    #[serde(default)]
    pub required: bool,
    /// Whether a field holds something already.
    #[serde(default)]
    pub holds: bool,
    /// How many rows a table has below its headings.
    #[serde(default)]
    pub rows: Option<u32>,
    /// Where a link of this site leads to, without what stands behind `?`.
    #[serde(default)]
    pub leads_to: Option<String>,
}

/// What a thing on a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ThingKind {
    /// It can be filled.
    Field,
    /// A button.
    Button,
    /// A link.
    Link,
    /// Something else that can be pressed.
    Press,
    /// A heading with a value beside it.
    Value,
    /// A field that only the page fills.
    ReadOnly,
    /// A table with headings.
    Table,
    /// A text.
    Text,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text.
    Text,
    /// A password.
    Password,
    /// One entry of a list.
    List,
    /// One of several radio buttons.
    Choice,
    /// A tick.
    Box,
    /// A date in one field.
    Date,
    /// A date in several fields: 元号, 年, 月, 日.
    DateParts,
    /// Text in several fields, parted by hyphens.
    Parts,
    /// A file.
    File,
}

/// One way to an element, and by what it was recognised.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Way {
    /// The locator.
    pub locator: Locator,
    /// `label`, `heading`, `button`, `placeholder`, …
    pub how: String,
}

impl Way {
    /// How well it will outlast a changed page. A plain string is judged by what it found: a button's words are a button's.
    pub fn robustness(&self) -> Robustness {
        let by = match (&self.locator.by, self.how.as_str()) {
            (By::Any(text) | By::Label(text), "placeholder" | "title") => By::Placeholder(text.clone()),
            (By::Any(text), "button") => By::Button(text.clone()),
            (By::Any(text), "link") => By::Link(text.clone()),
            (By::Any(text), "text") => By::Text(text.clone()),
            (other, _) => other.clone(),
        };
        Locator {
            by,
            ..self.locator.clone()
        }
        .robustness()
    }
}

/// How long a page that is still loading is waited for.
const LOADING: Duration = Duration::from_secs(5);

impl Session {
    /// Describes the page in all its frames; with `all` also every short text. An open dialog is described instead of the page.
    ///
    /// # Errors
    /// [`BrowserError::Strange`] for a page that may not be read; and as for every command.
    pub async fn describe(&mut self, all: bool) -> Result<Described, BrowserError> {
        let request = json!({ "op": "describe", "all": all, "ms": LOADING.as_millis() });
        match self.ask(&request).await {
            Ok(Answer::Got(page)) => Ok(page),
            Ok(Answer::Failed(failure)) => Err(failure.into_error(String::new(), Duration::ZERO)),
            Err(BrowserError::DialogOpen { .. }) => Ok(Described {
                dialog: Some(self.dialog_text(Duration::ZERO).await?),
                ..Described::default()
            }),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_string_is_judged_by_what_it_found() {
        let judged = |how: &str| {
            let way = Way {
                locator: By::Any("登録する".to_owned()).into(),
                how: how.to_owned(),
            };
            way.robustness().score
        };
        let robust = |by: fn(String) -> By| Locator::from(by("登録する".to_owned())).robustness().score;
        assert_eq!(judged("button"), robust(By::Button));
        assert_eq!(judged("table"), robust(By::Any));
        assert_eq!(judged("placeholder"), robust(By::Placeholder));
    }

    #[test]
    fn the_pages_answer_is_read() {
        let thing: Thing = serde_json::from_str(
            r##"{"kind":"read_only","ways":[{"locator":{"by":{"css":"#a"},"within":{"by":{"any":"b"},"within":null,"nth":null,"frame":null},"nth":2,"frame":"main"},"how":"css"}],"name":"住所","field":null,"entries":[]}"##,
        )
        .expect("a thing");
        let way = &thing.ways[0].locator;
        assert_eq!((way.nth, way.frame.as_deref()), (Some(2), Some("main")));
        assert_eq!(way.within.as_deref(), Some(&Locator::from(By::Any("b".to_owned()))));
    }
}
