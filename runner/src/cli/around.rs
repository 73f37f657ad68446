//! What an office granted and keeps, for `check`.

use crate::plan::{Around, KeptSecret};
use crate::ports::Vault;
use crate::scenario::office::Storage;

use super::Context;
use super::office::{Desk, Room};
use super::practice;

/// The office's grants and the names of its secrets.
pub(super) fn around(context: &Context, room: &Room) -> Around {
    Around {
        grants: room.office.grants.clone(),
        secrets: secrets(context, room),
        practice: practice::ACCOUNT.iter().map(|(name, _)| (*name).to_owned()).collect(),
        today: room.today(),
        tables: true,
        works: std::sync::OnceLock::new(),
    }
}

/// The secrets, as far as they can be known at once: records that are not there yet are not made for this, and nobody
/// waits for a database on another machine to have a scenario checked.
fn secrets(context: &Context, room: &Room) -> Option<Vec<KeptSecret>> {
    if matches!(room.office.storage, Storage::Postgres(_)) {
        return None;
    }
    if !room.own().is_dir() {
        return Some(Vec::new());
    }
    let infos = Desk::open(context).ok()?.store.list().ok()?;
    let kept = infos.into_iter().map(|info| KeptSecret {
        name: info.name,
        expires: info.expires,
    });
    Some(kept.collect())
}
