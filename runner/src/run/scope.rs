//! The names that expressions see while a run is at work, and how sensitive each value is.

use std::cell::RefCell;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::ports::{SecretInfo, Vault};
use crate::scenario::expr::Scope;
use crate::value::{Class, Classed, Value};

/// The variables of a run.
pub(super) struct Variables {
    /// Names of the run: `date`, `time`, `id`, and `items` once they are settled.
    pub(super) run: IndexMap<String, Value>,
    /// The item at work.
    pub(super) item: Option<Row>,
    frames: Vec<IndexMap<String, Classed>>,
    vault: Arc<dyn Vault>,
    used: RefCell<Vec<(String, SecretInfo)>>,
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

    /// Every text of the row that must not be written as it stands.
    pub(super) fn sensitive(&self) -> Vec<(String, Class)> {
        self.values
            .iter()
            .map(|(column, value)| (value.to_text(), self.class(column)))
            .filter(|(text, class)| *class != Class::Open && !text.is_empty())
            .collect()
    }
}

impl Variables {
    pub(super) fn new(vault: Arc<dyn Vault>) -> Variables {
        Variables {
            run: IndexMap::new(),
            item: None,
            frames: vec![IndexMap::new()],
            vault,
            used: RefCell::new(Vec::new()),
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

    /// The secrets that were looked up since the last call, with the hosts they are bound to.
    pub(super) fn take_used_secrets(&self) -> Vec<(String, SecretInfo)> {
        std::mem::take(&mut *self.used.borrow_mut())
    }

    fn secret(&self, path: &[String]) -> Option<Classed> {
        let name = path.join(".");
        // A vault that cannot be read is as good as one without the secret: the step that asked says so.
        let (secret, info) = self.vault.reveal(&name).ok().flatten()?;
        let text = secret.expose().to_owned();
        self.used.borrow_mut().push((text.clone(), info));
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

    fn context(&self) -> IndexMap<String, Value> {
        let mut context = IndexMap::new();
        context.insert("run".to_owned(), Value::Map(self.run.clone()));
        if let Some(row) = &self.item {
            context.insert("item".to_owned(), Value::Map(row.values.clone()));
        }
        for frame in &self.frames {
            for (name, value) in frame {
                context.insert(name.clone(), value.value.clone());
            }
        }
        context
    }
}
