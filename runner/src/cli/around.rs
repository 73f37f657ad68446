//! What an office granted and keeps, for `check`.

use crate::plan::{Around, KeptSecret};
use crate::ports::Vault;

use super::Context;
use super::office::{Desk, Room};

/// The office's grants and the names of its secrets. Records that are not there yet are not made for this, and those
/// that cannot be opened keep nobody from checking a scenario.
pub(super) fn around(context: &Context, room: &Room) -> Around {
    let kept = room
        .own()
        .is_dir()
        .then(|| Desk::open(context).ok()?.store.list().ok())
        .flatten();
    let secrets = kept.unwrap_or_default().into_iter().map(|info| KeptSecret {
        name: info.name,
        expires: info.expires,
    });
    Around {
        grants: room.office.grants.clone(),
        secrets: secrets.collect(),
        today: room.today(),
    }
}
