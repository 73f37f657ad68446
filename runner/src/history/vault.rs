//! Secrets: sealed, bound to hosts, every reading written down.

use chrono::NaiveDate;
use sqlx::any::AnyRow;

use super::database::Columns;
use super::store::Store;
use super::{audit, journal};
use crate::ports::{PortError, SecretInfo, Vault};
use crate::value::Secret;

/// Who reads secrets, in the audit: a run that logs in.
const RUNNER: &str = "yakin";

impl Vault for Store {
    fn reveal(&self, name: &str) -> Result<Option<(Secret, SecretInfo)>, PortError> {
        let (sealer, name) = (self.sealer.clone(), name.to_owned());
        self.worker.call(move |database| {
            database.write(|transaction| {
                let query = sqlx::query("SELECT name, sealed, hosts, expires, set_at FROM secret WHERE name = $1")
                    .bind(name.clone());
                let Some(row) = transaction.row(query)? else {
                    return Ok(None);
                };
                let plain = sealer.open(&place(&name), &row.bytes("sealed")?)?;
                let text = std::str::from_utf8(&plain).map_err(|_| PortError::Sealed)?;
                audit::write(transaction, &sealer, RUNNER, "secret.revealed", &name)?;
                Ok(Some((Secret::new(text.to_owned()), info(&row)?)))
            })
        })
    }

    fn list(&self) -> Result<Vec<SecretInfo>, PortError> {
        self.worker.call(|database| {
            database.read(|transaction| {
                let query = sqlx::query("SELECT name, hosts, expires, set_at FROM secret ORDER BY name");
                transaction.rows(query)?.iter().map(info).collect()
            })
        })
    }
}

impl Store {
    /// Keeps a secret under a name such as `受付.ID`; one of that name is replaced.
    pub fn set_secret(
        &self,
        name: &str,
        secret: &Secret,
        hosts: &[String],
        expires: Option<NaiveDate>,
        who: &str,
    ) -> Result<(), PortError> {
        let sealed = self.sealer.seal(&place(name), secret.expose().as_bytes())?;
        let hosts = journal::to_json(hosts)?;
        let expires = expires.as_ref().map(journal::name_of).transpose()?;
        let (sealer, name, who) = (self.sealer.clone(), name.to_owned(), who.to_owned());
        self.worker.call(move |database| {
            database.write(|transaction| {
                let query = sqlx::query(
                    "INSERT INTO secret (name, sealed, hosts, expires, set_at) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, hosts = excluded.hosts, \
                     expires = excluded.expires, set_at = excluded.set_at",
                )
                .bind(name.clone())
                .bind(sealed)
                .bind(hosts)
                .bind(expires)
                .bind(transaction.now());
                transaction.execute(query)?;
                audit::write(transaction, &sealer, &who, "secret.set", &name)
            })
        })
    }

    /// Forgets a secret; `false` when there is none of that name.
    pub fn remove_secret(&self, name: &str, who: &str) -> Result<bool, PortError> {
        let (sealer, name, who) = (self.sealer.clone(), name.to_owned(), who.to_owned());
        self.worker.call(move |database| {
            database.write(|transaction| {
                let query = sqlx::query("DELETE FROM secret WHERE name = $1").bind(name.clone());
                let there = transaction.execute(query)? > 0;
                if there {
                    audit::write(transaction, &sealer, &who, "secret.removed", &name)?;
                }
                Ok(there)
            })
        })
    }
}

/// What a sealed secret belongs to.
pub(super) fn place(name: &str) -> String {
    format!("secret {name}")
}

fn info(row: &AnyRow) -> Result<SecretInfo, PortError> {
    Ok(SecretInfo {
        name: row.text("name")?,
        hosts: journal::from_json(&row.text("hosts")?)?,
        expires: row.text_or_none("expires")?.map(journal::named).transpose()?,
        set_at: journal::instant(row.int("set_at")?)?,
    })
}
