//! The browser, driven through WebDriver as a person would drive it: by what is shown.
//!
//! Plain values go in, plain values and [`BrowserError`] come out. Finding, waiting and filling happen inside the page, in one
//! script call each (`page/*.js`); clicks and keys that must be genuine go through the driver.

mod actions;
mod describe;
mod error;
mod fill;
mod keys;
mod locator;
mod look;
mod orphans;
mod page;
mod picture;
mod process;
mod recorder;
mod remote;
mod robustness;
mod session;
mod spec;
mod trial;
mod windows;

pub use actions::Matched;
pub use describe::{Described, FieldKind, Thing, ThingKind, Way};
pub use error::{BrowserError, NotReady, Surroundings, TimedOut};
pub use fill::{DateValue, FieldFill, FieldValue, FillMode, FillRequest, Filled, Privacy};
pub use locator::{By, Cmp, Locator, Sign, Target};
pub use look::{Seen, Table};
pub use orphans::{Leftovers, Swept, end_browsers_of, leftovers, sweep_orphans};
pub use picture::MaskSpec;
pub use recorder::{Act, Recorded, Recorder};
pub use remote::end_remote;
pub use robustness::{Robustness, Weakness};
pub use session::Session;
pub use spec::{BrowserSpec, DriverAt};
pub use trial::{Obstacle, Tried, major, obstacle, trial, version_in, version_of};
pub use windows::{DialogAnswer, WindowChoice};
