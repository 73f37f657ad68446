//! What must hold on either database.

mod damage;
mod doubts;
mod items;
mod moves;
mod people;
mod runs;
mod sealing;
mod storage;
mod targets;

pub(super) use damage::*;
pub(super) use doubts::*;
pub(super) use items::*;
pub(super) use moves::*;
pub(super) use people::*;
pub(super) use runs::*;
pub(super) use sealing::*;
pub(super) use storage::*;
pub(super) use targets::*;
