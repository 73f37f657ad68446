//! What must hold on either database.

mod doubts;
mod items;
mod runs;
mod sealing;
mod storage;
mod targets;

pub(super) use doubts::*;
pub(super) use items::*;
pub(super) use runs::*;
pub(super) use sealing::*;
pub(super) use storage::*;
pub(super) use targets::*;
