//! Document and step table to plan: everything checked, every expression compiled, nothing run.

mod args;
mod arguments;
mod build;
mod calls;
mod check;
mod files;
mod load;
mod parts;
mod reading;
pub mod schema;
mod slips;
mod title;
mod upstream;

pub use args::{Args, EvaluatedArgs, span_of};
pub use check::{Around, KeptSecret, RISKY_WORDS, RUN_NAMES, Scored, reason, same_work};
pub use files::{CachedFiles, Files, OfficeFiles};
pub use load::{Loaded, check, check_all, check_around, load, scores, trial};
pub use upstream::Upstream;

use std::time::Duration;

use crate::events::StepOutline;
use crate::scenario::expr::{Condition, Template};
use crate::scenario::model::{Evidence, Guard, InputType, Items, OnError, Scenario, System};
use crate::steps::StepRow;
use crate::value::ColumnType;

/// The folder of the systems' files, relative to the office.
pub const SYSTEMS: &str = "scenarios/systems";
/// The folder of the parts' files, relative to the office.
pub const PARTS: &str = "scenarios/parts";

/// What a run works through.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The document it was made from.
    pub scenario: Scenario,
    /// The scenario's file, relative to the office, with `/`.
    pub file: String,
    /// The system it works in.
    pub system: Option<SystemPlan>,
    /// The scenario whose finished items it works.
    pub upstream: Option<Upstream>,
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
    /// Every list of steps, the inner ones after those that they stand in.
    pub fn lists(&self) -> Vec<&[PlanStep]> {
        let mut lists: Vec<&[PlanStep]> = vec![&self.start, &self.before, &self.steps, &self.after];
        lists.extend(self.system.iter().flat_map(|system| [&*system.login, &*system.home]));
        let mut next = 0;
        while let Some(list) = lists.get(next).copied() {
            lists.extend(list.iter().flat_map(PlanStep::inner));
            next += 1;
        }
        lists
    }

    /// Whether all its items are worked anew in every run: nothing in its steps registers, asks a person, or presses a button
    /// that may register. What another scenario hands over is handed over once.
    pub fn is_repeatable(&self) -> bool {
        let harmless = |step: &PlanStep| !step.risky && !matches!(step.body, Body::Commit(_) | Body::Ask(_));
        if self.upstream.is_some() {
            return false;
        }
        self.lists().into_iter().flatten().all(harmless)
    }

    /// The list that a path's step stands in, if it holds any.
    pub fn list_of(&self, path: &str) -> Option<&[PlanStep]> {
        let (list, _) = path.rsplit_once('/')?;
        let stands = |step: &PlanStep| step.path.rsplit_once('/').is_some_and(|(of, _)| of == list);
        self.lists().into_iter().find(|steps| steps.first().is_some_and(stands))
    }

    /// The commits of an item's steps, in order.
    pub fn commits(&self) -> Vec<(&PlanStep, &PlanCommit)> {
        commits(&self.steps)
    }

    /// The commit that stood at a path under a title, else the only one of that title: a scenario may have been mended since.
    pub fn commit_of(&self, path: &str, title: &str) -> Option<(&PlanStep, &PlanCommit)> {
        let mut named = self.commits();
        named.retain(|(_, commit)| commit.title == title);
        let there = named.iter().find(|(step, _)| step.path == path);
        match (there, named.as_slice()) {
            (Some(found), _) => Some(*found),
            (None, [only]) => Some(*only),
            (None, _) => None,
        }
    }

    /// The units of work, if the scenario has any.
    pub fn items(&self) -> Option<&Items> {
        self.scenario.items.as_ref()
    }
}

fn commits(steps: &[PlanStep]) -> Vec<(&PlanStep, &PlanCommit)> {
    let each = steps.iter().flat_map(|step| {
        let own = match &step.body {
            Body::Commit(commit) => Some((step, &**commit)),
            _ => None,
        };
        own.into_iter().chain(step.inner().into_iter().flat_map(commits))
    });
    each.collect()
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
    /// The name that its author gave it.
    pub id: Option<String>,
    /// Whether it presses a button that sounds irreversible, and nobody has vouched that it only reads.
    pub risky: bool,
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

impl PlanStep {
    /// The lists of steps inside it.
    pub fn inner(&self) -> Vec<&[PlanStep]> {
        let mut lists: Vec<&[PlanStep]> = match &self.body {
            Body::If { then, .. } => vec![then],
            Body::ForEach { steps, .. } | Body::Group { steps } => vec![steps],
            Body::RepeatUntil(repeat) => vec![&repeat.steps],
            Body::Try { steps, catch, finally } => {
                let caught = catch.as_deref().into_iter();
                [steps.as_slice(), finally].into_iter().chain(caught).collect()
            }
            Body::Call(call) => vec![&call.steps],
            Body::Commit(commit) => {
                let look = commit.verify.as_ref().map(|verify| verify.look.as_slice());
                std::iter::once(commit.act.as_slice()).chain(look).collect()
            }
            Body::Step { .. } | Body::Reject(_) | Body::Stop(_) | Body::Log(_) | Body::Set(_) | Body::Ask(_) => {
                Vec::new()
            }
        };
        lists.push(&self.otherwise);
        lists
    }
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Body {
    /// A step of the table.
    Step {
        /// Its row.
        def: StepRow,
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
    /// `repeat_until`.
    RepeatUntil(Box<PlanRepeat>),
    /// `try`.
    Try {
        /// Tried.
        steps: Vec<PlanStep>,
        /// Done when one of them fails.
        catch: Option<Vec<PlanStep>>,
        /// Done after both.
        finally: Vec<PlanStep>,
    },
    /// `call`.
    Call(Box<PlanCall>),
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
    /// `ask`.
    Ask(Box<PlanAsk>),
    /// `set`.
    Set(Vec<(String, Template)>),
}

/// Rounds until something holds.
#[derive(Debug, Clone)]
pub struct PlanRepeat {
    /// What ends them.
    pub until: PlanUntil,
    /// The name of the round's number.
    pub round: Option<String>,
    /// The most rounds.
    pub max: u32,
    /// Done in each.
    pub steps: Vec<PlanStep>,
}

/// What ends the rounds.
#[derive(Debug, Clone)]
pub enum PlanUntil {
    /// A condition.
    Condition(Condition),
    /// What the page shows.
    Sign(Args),
}

/// A part in the place of its `call`.
#[derive(Debug, Clone)]
pub struct PlanCall {
    /// The part's name.
    pub part: String,
    /// What it is given.
    pub inputs: Vec<PlanInput>,
    /// What it gives back.
    pub outputs: Vec<(String, ColumnType)>,
    /// Its steps.
    pub steps: Vec<PlanStep>,
}

/// What a part is given under a name.
#[derive(Debug, Clone)]
pub struct PlanInput {
    /// The name.
    pub name: String,
    /// What it must be.
    pub kind: InputType,
    /// The value.
    pub given: Template,
}

/// A question to a person.
#[derive(Debug, Clone)]
pub struct PlanAsk {
    /// What its answer hangs on: the step's `id`, else its path.
    pub mark: String,
    /// What is asked.
    pub question: Template,
    /// The answers there are; none: any text.
    pub choices: Vec<String>,
    /// How the answer is read.
    pub kind: Option<ColumnType>,
}

/// The one irreversible act of an item.
#[derive(Debug, Clone)]
pub struct PlanCommit {
    /// What is committed.
    pub title: String,
    /// What it is registered under, where no row says that.
    pub key: Option<Template>,
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
