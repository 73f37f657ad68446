//! Pictures: kept by their content in the store's folder, listed with the run they belong to.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::database::{Columns, Transaction};
use super::hex::{hex, unhex};
use super::journal;
use super::store::Store;
use crate::events::{EvidenceRef, EvidenceRole};
use crate::platform::files;
use crate::ports::{EvidenceStore, Lease, PortError};

impl EvidenceStore for Store {
    fn keep(&self, lease: Lease, bytes: &[u8], media_type: &str, role: EvidenceRole) -> Result<EvidenceRef, PortError> {
        let kept = EvidenceRef {
            sha256: hex(&Sha256::digest(bytes)),
            media_type: media_type.to_owned(),
            bytes: bytes.len() as u64,
            role,
        };
        self.write_evidence(&kept.sha256, bytes)?;
        let row = kept.clone();
        self.worker.call(move |database| {
            database.write(|transaction| {
                journal::hold(transaction, lease)?;
                let query = sqlx::query(
                    "INSERT INTO evidence (sha256, run, role, media_type, bytes, stored_at) \
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sha256, run, role) DO NOTHING",
                )
                .bind(row.sha256)
                .bind(lease.run.0)
                .bind(journal::name_of(&row.role)?)
                .bind(row.media_type)
                .bind(i64::try_from(row.bytes).unwrap_or(i64::MAX))
                .bind(transaction.now());
                transaction.execute(query).map(drop)
            })
        })?;
        Ok(kept)
    }
}

impl Store {
    /// A piece of evidence by its hash; `None` when there is none, [`PortError::Sealed`] when it was changed.
    pub fn evidence_bytes(&self, sha256: &str) -> Result<Option<Vec<u8>>, PortError> {
        let Some(path) = self.evidence_path(sha256) else {
            return Ok(None);
        };
        match std::fs::read(path) {
            Ok(bytes) if hex(&Sha256::digest(&bytes)) == sha256 => Ok(Some(bytes)),
            Ok(_) => Err(PortError::Sealed),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(file_error(&error)),
        }
    }

    /// Where a piece of evidence lies; `None` when it is not there.
    pub fn evidence_place(&self, sha256: &str) -> Option<PathBuf> {
        self.evidence_path(sha256).filter(|path| path.is_file())
    }

    /// `evidence/ab/abcdef…`; `None` for what is no hash, such as a path that leads elsewhere.
    fn evidence_path(&self, sha256: &str) -> Option<PathBuf> {
        let whole = unhex(sha256)?.len() == 32;
        let group = sha256.get(..2).filter(|_| whole)?;
        Some(
            self.folder
                .join(super::copy::EVIDENCE)
                .join(group)
                .join(format!("{sha256}.png")),
        )
    }

    fn write_evidence(&self, sha256: &str, bytes: &[u8]) -> Result<(), PortError> {
        let path = self.evidence_path(sha256).ok_or(PortError::Sealed)?;
        if path.exists() {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder);
        files::create_private_folder(folder)
            .and_then(|()| files::write_whole(&path, bytes))
            .map_err(|error| file_error(&error))
    }
}

/// The hashes of everything that is kept, each once.
pub(super) fn listed(transaction: &mut Transaction<'_>) -> Result<Vec<String>, PortError> {
    let rows = transaction.rows(sqlx::query("SELECT DISTINCT sha256 FROM evidence ORDER BY sha256"))?;
    rows.iter().map(|row| row.text("sha256")).collect()
}

fn file_error(error: &std::io::Error) -> PortError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => PortError::Full,
        _ => PortError::Store {
            detail: error.to_string(),
        },
    }
}
