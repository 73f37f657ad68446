//! Document and step table to plan: everything checked, every expression compiled, nothing run.

mod args;
mod arguments;
mod build;
mod check;
mod files;
mod load;
pub mod schema;
mod title;

pub use args::{Args, EvaluatedArgs, span_of};
pub use check::RUN_NAMES;
pub use files::{CachedFiles, Files, OfficeFiles};
pub use load::{Loaded, check, check_all, load};

use std::time::Duration;

use crate::events::StepOutline;
use crate::scenario::expr::{Condition, Template};
use crate::scenario::model::{Evidence, Guard, Items, OnError, Scenario, System};
use crate::steps::StepDef;

/// The folder of the systems' files, relative to the office.
pub const SYSTEMS: &str = "scenarios/systems";

/// What a run works through.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The document it was made from.
    pub scenario: Scenario,
    /// The scenario's file, relative to the office, with `/`.
    pub file: String,
    /// The system it works in.
    pub system: Option<SystemPlan>,
    /// Once a run.
    pub start: Vec<PlanStep>,
    /// Once a browser session, after the login.
    pub before: Vec<PlanStep>,
    /// For every item.
    pub steps: Vec<PlanStep>,
    /// When no item is left to try.
    pub after: Vec<PlanStep>,
    /// Every step in order, for the history.
    pub outline: Vec<StepOutline>,
    /// The files that the plan was made from: path relative to the office, content.
    pub bundle: Vec<(String, String)>,
}

impl Plan {
    /// The units of work, if the scenario has any.
    pub fn items(&self) -> Option<&Items> {
        self.scenario.items.as_ref()
    }
}

/// A system's steps.
#[derive(Debug, Clone)]
pub struct SystemPlan {
    /// The document.
    pub system: System,
    /// Once a browser session.
    pub login: Vec<PlanStep>,
    /// Before every item and every look.
    pub home: Vec<PlanStep>,
    /// Texts of a page and what to do about them.
    pub guards: Vec<(String, Guard)>,
}

/// A step, ready to run.
#[derive(Debug, Clone)]
pub struct PlanStep {
    /// Its path in the outline: `steps/3/do/1`.
    pub path: String,
    /// Done only if this holds.
    pub when: Option<Condition>,
    /// Done when `when` does not hold or the page does not show what was looked for.
    pub otherwise: Vec<PlanStep>,
    /// The name that its result gets.
    pub save_as: Option<String>,
    /// How often a failed step is tried again.
    pub retry: u32,
    /// How long it may wait for the page.
    pub timeout: Option<Duration>,
    /// What its failure means.
    pub on_error: OnError,
    /// Whether a picture is kept.
    pub evidence: Option<Evidence>,
    /// What it does.
    pub body: Body,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Body {
    /// A step of the table.
    Step {
        /// Its row.
        def: &'static StepDef,
        /// Its arguments.
        args: Args,
    },
    /// `if`; its `else` stands in [`PlanStep::otherwise`].
    If {
        /// The condition.
        condition: Condition,
        /// Done when it holds.
        then: Vec<PlanStep>,
    },
    /// `for_each`.
    ForEach {
        /// The list.
        list: Template,
        /// The element's name.
        each: String,
        /// Done for each.
        steps: Vec<PlanStep>,
    },
    /// `group`.
    Group {
        /// Its steps.
        steps: Vec<PlanStep>,
    },
    /// `commit`.
    Commit(Box<PlanCommit>),
    /// `reject`.
    Reject(Template),
    /// `stop`.
    Stop(Template),
    /// `log`.
    Log(Template),
    /// `set`.
    Set(Vec<(String, Template)>),
}

/// The one irreversible act of an item.
#[derive(Debug, Clone)]
pub struct PlanCommit {
    /// What is committed.
    pub title: String,
    /// The act.
    pub act: Vec<PlanStep>,
    /// 出来た印.
    pub proof: Args,
    /// 断られた印.
    pub refused: Option<Args>,
    /// The page says it was there before.
    pub already: Option<Args>,
    /// How to look after a doubt.
    pub verify: Option<PlanVerify>,
    /// Look before the first act too.
    pub look_first: bool,
    /// How long the target may still be at work after a doubt.
    pub settle: Duration,
}

/// How to look after a doubt.
#[derive(Debug, Clone)]
pub struct PlanVerify {
    /// The steps that lead to the page.
    pub look: Vec<PlanStep>,
    /// 有る印.
    pub present: Args,
    /// 無い印.
    pub absent: Args,
}
