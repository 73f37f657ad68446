//! The names that expressions see while a run is at work, and how sensitive each value is.

use std::cell::RefCell;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::events::mask::mask_text;
use crate::ports::{PortError, SecretInfo, Vault};
use crate::scenario::expr::Scope;
use crate::value::{Class, Classed, Value, Veil};

/// The variables of a run.
pub(super) struct Variables {
    /// Names of the run: `date`, `time`, `id`, and `items` once they are settled.
    pub(super) run: IndexMap<String, Value>,
    /// The item at work.
    pub(super) item: Option<Row>,
    frames: Vec<IndexMap<String, Classed>>,
    vault: Arc<dyn Vault>,
    used: RefCell<Vec<SecretInfo>>,
    vault_failed: RefCell<Option<PortError>>,
}

/// A row's values with the classes of its columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    pub(super) values: IndexMap<String, Value>,
    pub(super) classes: IndexMap<String, Class>,
}

impl Row {
    fn class(&self, column: &str) -> Class {
        self.classes.get(column).copied().unwrap_or(Class::Personal)
    }

    /// Covers everything of the row that must not be written as it stands.
    pub(super) fn cover_with(&self, veil: &mut Veil) {
        for (column, value) in &self.values {
            veil.add(value, self.class(column));
        }
    }
}

impl Variables {
    pub(super) fn new(vault: Arc<dyn Vault>) -> Variables {
        Variables {
            run: IndexMap::new(),
            item: None,
            frames: vec![IndexMap::new()],
            vault,
            used: RefCell::default(),
            vault_failed: RefCell::default(),
        }
    }

    /// Forgets everything that the last item left.
    pub(super) fn begin_item(&mut self, row: Row) {
        self.frames.truncate(1);
        self.frames.push(IndexMap::new());
        self.item = Some(row);
    }

    /// Back to the names of the run alone.
    pub(super) fn end_item(&mut self) {
        self.frames.truncate(1);
        self.item = None;
    }

    /// Gives a value a name in the innermost frame.
    pub(super) fn bind(&mut self, name: &str, value: Classed) {
        if let Some(frame) = self.frames.last_mut() {
            frame.insert(name.to_owned(), value);
        }
    }

    /// Gives a value a name, or takes the name away, and returns what had it in the innermost frame.
    pub(super) fn swap(&mut self, name: &str, value: Option<Classed>) -> Option<Classed> {
        let frame = self.frames.last_mut()?;
        match value {
            Some(value) => frame.insert(name.to_owned(), value),
            None => frame.shift_remove(name),
        }
    }

    /// Every name with its value, as it may be shown; secrets are no names of their own.
    pub(super) fn listed(&self) -> Vec<(String, String)> {
        let row = self.item.iter().flat_map(|row| {
            let values = row.values.iter();
            values.map(|(name, value)| (format!("item.{name}"), masked(value, row.class(name))))
        });
        let run = self.run.iter().filter(|(name, _)| *name != "items");
        let run = run.map(|(name, value)| (format!("run.{name}"), masked(value, Class::Open)));
        let bound = self.frames.iter().flatten();
        let bound = bound.map(|(name, found)| (name.clone(), masked(&found.value, found.class)));
        run.chain(row).chain(bound).collect()
    }

    /// The secrets that were looked up since the last call. Only arguments of steps may hold any: the plan sees to it.
    pub(super) fn take_used_secrets(&self) -> Vec<SecretInfo> {
        std::mem::take(&mut *self.used.borrow_mut())
    }

    /// Why the vault could not be asked since the last call: then a secret that seems to be missing may well be there.
    pub(super) fn take_vault_failure(&self) -> Option<PortError> {
        self.vault_failed.take()
    }

    fn secret(&self, path: &[String]) -> Option<Classed> {
        if path.is_empty() {
            return None;
        }
        let name = path.join(".");
        let (secret, info) = self.vault.reveal(&name).unwrap_or_else(|error| {
            self.vault_failed.replace(Some(error));
            None
        })?;
        let text = secret.expose().to_owned();
        self.used.borrow_mut().push(info);
        Some(Classed::new(text, Class::Secret))
    }
}

fn masked(value: &Value, class: Class) -> String {
    mask_text(&value.to_text(), class)
}

fn walk(mut value: &Value, path: &[String]) -> Option<Value> {
    for name in path {
        value = match value {
            Value::Map(map) => map.get(name)?,
            Value::List(list) => list.get(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value.clone())
}

impl Scope for Variables {
    fn lookup(&self, path: &[String]) -> Option<Classed> {
        let (first, rest) = path.split_first()?;
        for frame in self.frames.iter().rev() {
            if let Some(found) = frame.get(first) {
                return walk(&found.value, rest).map(|value| Classed {
                    value,
                    class: found.class,
                });
            }
        }
        match first.as_str() {
            "item" => {
                let row = self.item.as_ref()?;
                match rest.split_first() {
                    None => Some(Classed {
                        value: Value::Map(row.values.clone()),
                        class: row
                            .values
                            .keys()
                            .map(|column| row.class(column))
                            .max()
                            .unwrap_or_default(),
                    }),
                    Some((column, rest)) => {
                        let value = walk(row.values.get(column)?, rest)?;
                        Some(Classed {
                            value,
                            class: row.class(column),
                        })
                    }
                }
            }
            "run" => {
                let class = if rest.first().is_some_and(|name| name == "items") {
                    Class::Personal
                } else {
                    Class::Open
                };
                match rest.split_first() {
                    None => Some(Classed {
                        value: Value::Map(self.run.clone()),
                        class: Class::Personal,
                    }),
                    Some((name, rest)) => walk(self.run.get(name)?, rest).map(|value| Classed { value, class }),
                }
            }
            "secrets" => self.secret(rest),
            _ => None,
        }
    }
}
