//! The names that expressions see while a run is at work, and how sensitive each value is.

use std::cell::RefCell;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::ports::{SecretInfo, Vault};
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
    secrets: RefCell<Secrets>,
}

/// The secrets that expressions looked up.
#[derive(Default)]
struct Secrets {
    /// Since they were last asked for.
    used: Vec<SecretInfo>,
    /// By what is no step of the table, such as `set`: a secret value that is used later may come from any of these.
    carried: Vec<SecretInfo>,
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
            secrets: RefCell::default(),
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

    pub(super) fn push(&mut self) {
        self.frames.push(IndexMap::new());
    }

    pub(super) fn pop(&mut self) {
        if self.frames.len() > 1 {
            self.frames.pop();
        }
    }

    /// What was looked up until now belongs to no step.
    pub(super) fn carry_secrets(&self) {
        let secrets = &mut *self.secrets.borrow_mut();
        for info in secrets.used.drain(..) {
            if !secrets.carried.contains(&info) {
                secrets.carried.push(info);
            }
        }
    }

    /// The secrets that arguments of this class may hold: those looked up since [`Variables::carry_secrets`], and those
    /// carried from before. A secret stays bound to its hosts under whatever name it goes.
    pub(super) fn used_secrets(&self, class: Class) -> Vec<SecretInfo> {
        let secrets = &mut *self.secrets.borrow_mut();
        let mut used = std::mem::take(&mut secrets.used);
        if class == Class::Secret {
            used.extend(secrets.carried.iter().cloned());
        }
        used
    }

    fn secret(&self, path: &[String]) -> Option<Classed> {
        if path.is_empty() {
            return None;
        }
        let name = path.join(".");
        // A vault that cannot be read is as good as one without the secret: the step that asked says so.
        let (secret, info) = self.vault.reveal(&name).ok().flatten()?;
        let text = secret.expose().to_owned();
        self.secrets.borrow_mut().used.push(info);
        Some(Classed::new(text, Class::Secret))
    }
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
