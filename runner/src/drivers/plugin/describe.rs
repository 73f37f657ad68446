//! What a plugin says of itself, read with suspicion.

use std::collections::BTreeSet;

use super::contract::api;
use super::inside::told;
use super::{PluginError, Shape};

/// Functions of one plugin.
const MOST: usize = 200;
/// Characters of a name.
const LONGEST: usize = 60;
/// An argument that stands for the rows of a batch, and so cannot be a function's own.
pub const EACH: &str = "each";

/// What a plugin offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// What it is for.
    pub help: Said,
    /// Its functions.
    pub functions: Vec<Function>,
    /// What it asks for.
    pub asks: BTreeSet<Ability>,
    /// Whether one instance serves a whole run.
    pub state: bool,
}

/// A text of the plugin's author.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Japanese.
    pub ja: String,
    /// English; the Japanese where there is none.
    pub en: String,
}

/// What a plugin may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ability {
    /// The run's clock.
    Clock,
    /// Files of some folders.
    Read,
    /// Writing into some folders.
    Write,
}

impl Ability {
    /// Its word in the contract and the office's settings.
    pub fn word(self) -> &'static str {
        match self {
            Ability::Clock => "clock",
            Ability::Read => "read",
            Ability::Write => "write",
        }
    }
}

/// What a function does to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Read,
    /// Nothing that doing it again would make worse.
    Idempotent,
    /// What cannot be undone.
    Irreversible,
}

/// A function of a plugin.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub help: Said,
    /// What its arguments must be: names and values.
    pub arguments: Shape,
    /// What it gives back.
    pub output: Shape,
    /// What it does to the world.
    pub effect: Effect,
}

impl Described {
    pub(super) fn read(description: api::Description) -> Result<Described, PluginError> {
        let nonsense = |problem: String| Err(PluginError::Nonsense { problem });
        if description.functions.is_empty() {
            return nonsense("no functions".to_owned());
        }
        if description.functions.len() > MOST {
            return nonsense(format!("more than {MOST} functions"));
        }
        let mut functions: Vec<Function> = Vec::new();
        for function in description.functions {
            let name = told(&function.name);
            if !is_name(&function.name) {
                return nonsense(format!("the name “{name}”"));
            }
            if functions.iter().any(|known| known.name == function.name) {
                return nonsense(format!("two functions {name}"));
            }
            let shape = |what: &str, schema: &str| {
                Shape::read(schema).map_err(|problem| PluginError::Nonsense {
                    problem: told(&format!("{name}: {what}: {problem}")),
                })
            };
            let arguments = shape("arguments", &function.arguments)?;
            let Shape::Map(fields) = &arguments else {
                return nonsense(format!("{name}: arguments: no object"));
            };
            if fields.names().any(|field| field == EACH) {
                return nonsense(format!("{name}: arguments: “{EACH}” stands for the rows of a table"));
            }
            functions.push(Function {
                output: shape("output", &function.output)?,
                arguments,
                help: Said::of(function.help),
                effect: match function.effect {
                    api::Effect::Read => Effect::Read,
                    api::Effect::Idempotent => Effect::Idempotent,
                    api::Effect::Irreversible => Effect::Irreversible,
                },
                name: function.name,
            });
        }
        let asks = description.capabilities.into_iter().map(|capability| match capability {
            api::Capability::Clock => Ability::Clock,
            api::Capability::Read => Ability::Read,
            api::Capability::Write => Ability::Write,
        });
        Ok(Described {
            help: Said::of(description.help),
            functions,
            asks: asks.collect(),
            state: description.state,
        })
    }

    /// The function of a name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name)
    }
}

impl Said {
    fn of(text: api::Text) -> Said {
        Said::new(&text.ja, &text.en)
    }

    /// A text whose missing half is the other one.
    pub(super) fn new(ja: &str, en: &str) -> Said {
        let (ja, en) = (told(ja), told(en));
        Said {
            ja: if ja.is_empty() { en.clone() } else { ja.clone() },
            en: if en.is_empty() { ja } else { en },
        }
    }
}

/// Whether a text can be part of a step's name.
pub fn is_name(name: &str) -> bool {
    let fits = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    !name.is_empty() && name.chars().count() <= LONGEST && name.chars().all(fits)
}
