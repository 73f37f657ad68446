//! Looking: which sign the page shows, and what stands in a table.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::error::BrowserError;
use super::locator::{Sign, Target};
use super::page::Answer;
use super::session::Session;

/// A sign that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// Which sign of the list, from 0: the first one that is shown.
    pub index: usize,
    /// What it showed: the line, the value, the cell, the address.
    pub value: String,
    /// How many places fit: lines for a text, different values for a field, rows for a row.
    pub hits: usize,
    /// Which other signs of the list are shown at the same time.
    pub also: Vec<usize>,
}

/// The content of a table. A cell that spans several places stands in each of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Table {
    /// The last heading row.
    pub headers: Vec<String>,
    /// The other rows.
    pub rows: Vec<Vec<String>>,
}

impl Session {
    /// Waits until one of the signs is shown.
    ///
    /// # Errors
    /// [`BrowserError::NotFound`] if none comes; [`BrowserError::DialogOpen`]; and as for every command.
    pub async fn see_any(&mut self, signs: &[Sign], wait: Duration) -> Result<Seen, BrowserError> {
        let wanted = signs.iter().map(Sign::wanted).collect::<Vec<_>>().join("」「");
        let first = signs.first().map(Sign::wanted).unwrap_or_default();
        self.ask_until(&wanted, json!({ "op": "see", "signs": signs, "wanted": first }), wait)
            .await
    }

    /// Waits until a sign is shown.
    ///
    /// # Errors
    /// As for [`Session::see_any`].
    pub async fn see(&mut self, sign: &Sign, wait: Duration) -> Result<Seen, BrowserError> {
        self.see_any(std::slice::from_ref(sign), wait).await
    }

    /// Whether a sign is shown now.
    ///
    /// # Errors
    /// [`BrowserError::DialogOpen`], and as for every command.
    pub async fn is_shown(&mut self, sign: &Sign) -> Result<Option<Seen>, BrowserError> {
        self.any_shown(std::slice::from_ref(sign)).await
    }

    /// Which of the signs are shown now.
    ///
    /// # Errors
    /// As for [`Session::is_shown`].
    pub async fn any_shown(&mut self, signs: &[Sign]) -> Result<Option<Seen>, BrowserError> {
        let request = json!({ "op": "see", "signs": signs, "wanted": "", "ms": 0, "frame": self.frame });
        match self.ask(&request).await? {
            Answer::Got(seen) => Ok(Some(seen)),
            Answer::Failed(_) => Ok(None),
        }
    }

    /// Waits until a table is there and reads it. The target is the table, something in it, its caption, or the words before it.
    ///
    /// # Errors
    /// [`BrowserError::NotFound`], [`BrowserError::Ambiguous`], and as for every command.
    pub async fn read_table(&mut self, target: &Target, wait: Duration) -> Result<Table, BrowserError> {
        self.ask_until(&target.wanted(), json!({ "op": "table", "target": target }), wait)
            .await
    }

    /// Waits until a table has a row with a cell that holds `row`, and reads its cell under the heading `field`, which may be
    /// empty.
    ///
    /// # Errors
    /// [`BrowserError::NotFound`]; [`BrowserError::Ambiguous`] if such rows hold different values; and as for every command.
    pub async fn read_cell(&mut self, row: &str, field: &str, wait: Duration) -> Result<String, BrowserError> {
        #[derive(Deserialize)]
        struct Reply {
            value: String,
        }
        let wanted = format!("{row}」「{field}");
        let request = json!({ "op": "cell", "row": row, "field": field });
        let reply: Reply = self.ask_until(&wanted, request, wait).await?;
        Ok(reply.value)
    }
}
