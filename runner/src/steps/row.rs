//! A row of the step table, whoever brought it.

use std::sync::Arc;

use schemars::{Schema, SchemaGenerator};

use super::plugin::PluginStep;
use super::{AnyStep, DecodeError, Listed, Needs, StepDef, docs};
use crate::scenario::model::Effect;
use crate::scenario::tree::Node;
use crate::text::Lang;

/// A step kind of this program, or a function of a plugin.
#[derive(Debug, Clone)]
pub enum StepRow {
    /// Of this program.
    BuiltIn(&'static StepDef),
    /// Of a plugin of the office.
    Plugin(Arc<PluginStep>),
}

impl StepRow {
    /// The dotted name.
    pub fn name(&self) -> &str {
        match self {
            StepRow::BuiltIn(def) => def.name,
            StepRow::Plugin(step) => &step.name,
        }
    }

    /// Its help.
    pub fn help(&self, lang: Lang) -> &str {
        match self {
            StepRow::BuiltIn(def) => lang.pick(def.help.ja, def.help.en),
            StepRow::Plugin(step) => lang.pick(&step.help().ja, &step.help().en),
        }
    }

    /// A complete example.
    pub fn example(&self) -> &str {
        match self {
            StepRow::BuiltIn(def) => def.example,
            StepRow::Plugin(step) => &step.example,
        }
    }

    /// What it does to the world.
    pub fn effect(&self) -> Effect {
        match self {
            StepRow::BuiltIn(def) => def.effect,
            StepRow::Plugin(step) => step.effect(),
        }
    }

    /// What must be there.
    pub fn needs(&self) -> Needs {
        match self {
            StepRow::BuiltIn(def) => def.needs,
            StepRow::Plugin(step) => step.needs(),
        }
    }

    /// Whether a secret may stand in its arguments. Never in a plugin's: it is other people's code.
    pub fn takes_secrets(&self) -> bool {
        matches!(self, StepRow::BuiltIn(def) if def.takes_secrets)
    }

    /// The arguments in their full form.
    pub fn expanded(&self, node: &Node, listed: Listed) -> Node {
        let expand = match self {
            StepRow::BuiltIn(def) => def.expand,
            StepRow::Plugin(_) => None,
        };
        expand
            .and_then(|expand| expand(node, listed))
            .unwrap_or_else(|| node.clone())
    }

    /// The JSON Schema of its arguments. Those of this program are described in Japanese, to be translated afterwards.
    pub fn schema(&self, generator: &mut SchemaGenerator, lang: Lang) -> Schema {
        match self {
            StepRow::BuiltIn(def) => (def.schema)(generator),
            StepRow::Plugin(step) => step.schema(lang).try_into().unwrap_or_default(),
        }
    }

    /// Arguments to a runnable step.
    ///
    /// # Errors
    /// Where they are not what it takes.
    pub fn decode(&self, arguments: serde_yaml::Value) -> Result<Box<dyn AnyStep>, DecodeError> {
        match self {
            StepRow::BuiltIn(def) => (def.decode)(arguments),
            StepRow::Plugin(step) => step.decode(&arguments),
        }
    }

    /// The arguments' names with their help.
    pub fn arguments(&self, lang: Lang) -> Vec<(String, String)> {
        match self {
            StepRow::BuiltIn(def) => docs::arguments(def, lang),
            StepRow::Plugin(step) => {
                let told = step.arguments().into_iter();
                told.map(|(name, ja, en)| (name, lang.pick(&ja, &en).to_owned()))
                    .collect()
            }
        }
    }

    /// What its plugin asks for and the office has not granted.
    pub fn not_granted(&self) -> Vec<&'static str> {
        match self {
            StepRow::BuiltIn(_) => Vec::new(),
            StepRow::Plugin(step) => step.not_granted(),
        }
    }

    /// The file of the plugin, relative to the office, and its hash; none for a step of this program.
    pub fn plugin(&self) -> Option<(&str, &str)> {
        match self {
            StepRow::BuiltIn(_) => None,
            StepRow::Plugin(step) => Some((&step.file, step.hash())),
        }
    }
}
