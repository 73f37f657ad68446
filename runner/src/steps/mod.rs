//! The step table: a step's name, help, example, schema, effect, decoding and run stand in one place.
//!
//! A family of steps is a file with a struct for each step and a `STEPS` list; [`table`] puts the lists together.
//! Control words (`if`, `commit`, …) are no steps: they change how the interpreter walks and live in `plan`.

mod browser;
mod context;
pub mod docs;
mod error;
mod excel;
mod locate;
pub mod plugin;
mod row;
pub mod sign;
pub mod targets;

pub use context::{StepCx, StepOutput, Written};
pub use error::{StepError, refused_cell, refused_value};
pub use row::StepRow;

use std::pin::Pin;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use crate::drivers::browser::Session;
use crate::scenario::model::Effect;
use crate::scenario::tree::Node;
use crate::scenario::vocabulary::nearest;
use crate::scenario::words;

/// A step kind.
pub trait Step: DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// The dotted name that stands in a scenario.
    const NAME: &'static str;
    /// One short sentence, and more if needed, for the clerk: Japanese, English.
    const HELP: Help;
    /// A complete example, decoded by a test.
    const EXAMPLE: &'static str;
    /// What it does to the world.
    const EFFECT: Effect;
    /// What must be there before it can run.
    const NEEDS: Needs = Needs::Browser;
    /// Rewrites a short form (a list of names, say) into the full one before anything else looks at it.
    const EXPAND: Option<fn(&Node, Listed) -> Option<Node>> = None;
    /// Whether a secret may stand in its arguments (it types into a page).
    const TAKES_SECRETS: bool = false;

    /// Does it.
    fn run(&self, cx: &mut StepCx<'_>) -> impl Future<Output = Result<StepOutput, StepError>> + Send;

    /// Waits until it could be done, without doing it; most steps need not say.
    fn ready(&self, session: &mut Session, wait: Duration) -> impl Future<Output = Result<(), StepError>> + Send {
        let _ = (session, wait);
        async { Ok(()) }
    }
}

/// A text for the clerk in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Help {
    /// Japanese.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

/// What a step needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// A logged-in browser.
    Browser,
    /// Files only.
    Files,
}

/// Why the arguments of a step are not what it takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct DecodeError {
    /// Where in the arguments, as `fields.0.name`; `.` is the whole.
    pub path: String,
    /// The deserializer's words.
    pub problem: String,
}

/// A decoded step, ready to run.
pub trait AnyStep: Send + Sync {
    /// Does it.
    fn run_boxed<'a>(
        &'a self,
        cx: &'a mut StepCx<'_>,
    ) -> Pin<Box<dyn Future<Output = Result<StepOutput, StepError>> + Send + 'a>>;

    /// Waits until it could be done, without doing it. An irreversible act asks this before its intent is stored, so
    /// that a missing button is found out while nothing is in doubt.
    fn ready_boxed<'a>(&'a self, session: &'a mut Session, wait: Duration) -> Ready<'a>;
}

/// The answer to "could it be done now?".
pub type Ready<'a> = Pin<Box<dyn Future<Output = Result<(), StepError>> + Send + 'a>>;

impl<T: Step> AnyStep for T {
    fn run_boxed<'a>(
        &'a self,
        cx: &'a mut StepCx<'_>,
    ) -> Pin<Box<dyn Future<Output = Result<StepOutput, StepError>> + Send + 'a>> {
        Box::pin(self.run(cx))
    }

    fn ready_boxed<'a>(&'a self, session: &'a mut Session, wait: Duration) -> Ready<'a> {
        Box::pin(self.ready(session, wait))
    }
}

/// What the names of a list, a step's short form, stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// The item's columns: in a scenario and a system.
    Columns,
    /// The part's own names, its inputs first of all: a part sees no item.
    Inputs,
}

/// A row of the step table.
#[derive(Clone, Copy)]
pub struct StepDef {
    /// The dotted name.
    pub name: &'static str,
    /// Help in both languages.
    pub help: Help,
    /// A complete example.
    pub example: &'static str,
    /// What it does to the world.
    pub effect: Effect,
    /// What must be there.
    pub needs: Needs,
    /// Rewrites a short form into the full one.
    pub expand: Option<fn(&Node, Listed) -> Option<Node>>,
    /// Whether a secret may stand in its arguments.
    pub takes_secrets: bool,
    /// The JSON Schema of its arguments.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// Arguments to a runnable step.
    pub decode: fn(serde_yaml::Value) -> Result<Box<dyn AnyStep>, DecodeError>,
}

impl std::fmt::Debug for StepDef {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "StepDef({})", self.name)
    }
}

impl StepDef {
    /// The row of a step kind.
    pub const fn of<T: Step>() -> StepDef {
        StepDef {
            name: T::NAME,
            help: T::HELP,
            example: T::EXAMPLE,
            effect: T::EFFECT,
            needs: T::NEEDS,
            expand: T::EXPAND,
            takes_secrets: T::TAKES_SECRETS,
            schema: |generator| generator.subschema_for::<T>(),
            decode: decode::<T>,
        }
    }
}

fn decode<T: Step>(arguments: serde_yaml::Value) -> Result<Box<dyn AnyStep>, DecodeError> {
    match serde_path_to_error::deserialize::<_, T>(arguments) {
        Ok(step) => Ok(Box::new(step)),
        Err(error) => Err(DecodeError {
            path: error.path().to_string(),
            problem: error.inner().to_string(),
        }),
    }
}

/// Every family of steps, in the order they are shown.
const FAMILIES: &[&[StepDef]] = &[browser::STEPS, excel::STEPS];

/// How well the locator that a step's arguments are will last, from 0 to 100; none when they are something else.
pub fn robustness(arguments: &serde_yaml::Value) -> Option<u8> {
    let target: locate::TargetArg = serde_yaml::from_value(arguments.clone()).ok()?;
    Some(target.0.robustness().score)
}

/// Every step kind.
pub fn table() -> impl Iterator<Item = &'static StepDef> {
    FAMILIES.iter().copied().flatten()
}

/// The step kind of a name.
pub fn find(name: &str) -> Option<&'static StepDef> {
    table().find(|def| def.name == name)
}

/// The step or word of the language that was meant: one of the same last part, or a near one.
pub fn near(name: &str) -> Option<&'static str> {
    fn last(name: &str) -> &str {
        name.rsplit(['.', '_', ' ']).next().unwrap_or(name)
    }
    let word = last(name);
    let words = || words::groups().into_iter().flatten().map(|word| word.name);
    let names = || table().map(|def| def.name).chain(words());
    names()
        .find(|known| last(known) == word)
        .or_else(|| nearest(name, names()))
        .or_else(|| {
            let part = nearest(word, table().map(|def| last(def.name)))?;
            table().map(|def| def.name).find(|known| last(known) == part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_that_was_meant_is_found_by_its_last_part() {
        for (written, meant) in [
            ("click", Some("browser.click")),
            ("clik", Some("browser.click")),
            ("page.clikc", Some("browser.click")),
            ("brwser.click", Some("browser.click")),
            ("fil", Some("browser.fill")),
            ("excel.wirte", Some("excel.write")),
            ("comit", Some("commit")),
            ("foreach", Some("for_each")),
            ("x", None),
        ] {
            assert_eq!(near(written), meant, "{written}");
        }
    }
}
