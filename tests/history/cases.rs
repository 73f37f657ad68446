//! What must hold on either database.

mod items;
mod runs;
mod sealing;
mod storage;

pub(super) use items::*;
pub(super) use runs::*;
pub(super) use sealing::*;
pub(super) use storage::*;
