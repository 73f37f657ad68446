//! Instants at which work is due.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

/// An instant at which a bot is to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day of the work, which is the day of its night: 26:00 still belongs to the day before.
    pub day: NaiveDate,
    /// When it starts.
    pub at: DateTime<Tz>,
    /// Not started after this.
    pub start_by: Option<DateTime<Tz>>,
    /// To be finished by this.
    pub finish_by: Option<DateTime<Tz>>,
    /// The day that was meant, when that one is closed and the work was moved.
    pub moved_from: Option<NaiveDate>,
}
