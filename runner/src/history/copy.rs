//! What a backup takes out of a store, and what a restore asks of a key.

use std::path::Path;

use super::error::StoreError;
use super::seal::Sealer;
use super::store::{KEY_CHECK, Store};
use super::{audit, evidence, key};
use crate::ports::PortError;

/// The database of an SQLite store, in its folder.
pub const DATABASE: &str = "history.db";
/// The office key.
pub const KEY: &str = "office.key";
/// The folder of pictures.
pub const EVIDENCE: &str = "evidence";
/// Stands in the folder while its contents are being replaced. A store is not opened then: an empty one would take for
/// new what is done.
pub const RESTORING: &str = "restoring";

impl Store {
    /// Copies the database into a file that is not there yet, as it is at one moment, while others write.
    pub fn copy_into(&self, file: &Path) -> Result<(), StoreError> {
        let text = file.to_str().map(str::to_owned);
        let text = text.ok_or_else(|| StoreError::Path { path: file.to_owned() })?;
        Ok(self.worker.call_long(move |database| database.copy_into(&text))?)
    }

    /// The hashes of all pictures, each once.
    pub fn pictures(&self) -> Result<Vec<String>, PortError> {
        self.worker.call(|database| database.read(evidence::listed))
    }

    /// What tells whether a key is the one that the store was sealed with, and nothing else of it.
    pub fn key_check(&self) -> String {
        self.sealer.hash(KEY_CHECK, b"")
    }

    /// Writes down what somebody has done with the whole store.
    pub fn note(&self, who: &str, act: &'static str, subject: &str) -> Result<(), PortError> {
        let (sealer, who, subject) = (self.sealer.clone(), who.to_owned(), subject.to_owned());
        self.worker
            .call(move |database| database.write(|transaction| audit::write(transaction, &sealer, &who, act, &subject)))
    }
}

/// Whether a file holds the key that a store with this check was sealed with.
pub fn key_fits(file: &Path, check: &str) -> Result<bool, StoreError> {
    match key::load(file) {
        Ok(Some(key)) => Ok(Sealer::new(&key).hash(KEY_CHECK, b"") == check),
        Ok(None) | Err(StoreError::WrongKey { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
