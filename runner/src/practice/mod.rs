//! The practice city 練習市役所: an old-fashioned municipal web system with invented people, inside the binary, offline.
//!
//! It is the ground of the tutorial, the target of the demo and the real site of the tests. Its register allows
//! duplicates on purpose, so that a registration done twice would show, and its fault knobs ([`Faults`]) bring about
//! what real systems do to a bot at night.
//!
//! The 受付システム stands under `/uketsuke`. All its links are relative, so it works behind any prefix. The account is
//! [`USER_ID`] with [`PASSWORD`]. For tests, without login: `register.json`, `register.csv`, `register/count`,
//! `faults` (GET shows, POST sets) and `reset` (POST), all under `/uketsuke`. The same system after its renewal, with other
//! words on its form, stands under `/shin-uketsuke`: the ground for mending a bot whose screen has changed.

mod city;
mod control;
mod cp932;
mod faults;
mod form;
mod line;
mod names;
mod page;
mod register;
mod residents;
pub mod samples;
mod session;
mod time;
mod towns;
mod uketsuke;

pub use city::{City, Options, PracticeError, RunningCity, SEED};
pub use faults::{CommitFault, Faults};
pub use register::{Entry, RegisterError, Registration};
pub use residents::{Resident, Sex, residents};
pub use session::{PASSWORD, USER_ID};
