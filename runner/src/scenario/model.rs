//! The document: what a scenario file says, before anyone asks whether its steps exist.

use crate::diag::{Span, Spanned};
use crate::scenario::expr::{Condition, Template};
pub use crate::scenario::schedule::{Days, Schedule, StartAt, TimeOfDay};
use crate::scenario::tree::Node;
use crate::value::ColumnType;
use std::time::Duration;

/// A file of an office, by what it declares.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// A bot.
    Scenario(Box<Scenario>),
    /// A system that bots work in.
    System(Box<System>),
    /// Steps that several scenarios share.
    Part(Box<Part>),
}

/// One scenario: one bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Stable name that the ledger hangs on; by default the file's name without its ending.
    pub id: Spanned<String>,
    /// What people call the bot.
    pub name: Spanned<String>,
    /// What it is for.
    pub purpose: Option<Spanned<String>>,
    /// The system it works in, by name.
    pub system: Option<Spanned<String>>,
    /// When it runs.
    pub schedule: Option<Spanned<Schedule>>,
    /// How long a run may take; it then ends at its next safe point.
    pub timeout: Option<Spanned<Duration>>,
    /// The units of work; none means one item, keyed by the day it is due.
    pub items: Option<Items>,
    /// Once a run.
    pub start: Vec<StepNode>,
    /// Once a browser session, after the system's login.
    pub before: Vec<StepNode>,
    /// For every item.
    pub steps: Vec<StepNode>,
    /// Once, when no item is left to try.
    pub after: Vec<StepNode>,
    /// Hosts and folders the scenario asks for.
    pub allow: Vec<Spanned<String>>,
}

/// Whether a time of the day (minutes since midnight) lies in hours such as 06:00-23:30, 22:00-26:00 or 22:00-02:00. The
/// last minute named is no more inside.
pub fn is_within(hours: (TimeOfDay, TimeOfDay), minutes: u32) -> bool {
    const DAY: u32 = 24 * 60;
    let minutes_of = |time: TimeOfDay| u32::from(time.hour) * 60 + u32::from(time.minute);
    let (from, to) = (minutes_of(hours.0), minutes_of(hours.1));
    let to = if to <= from { to + DAY } else { to };
    [minutes, minutes + DAY].iter().any(|now| (from..to).contains(now))
}

/// Where the units of work come from and how each is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Items {
    /// The place of the whole block.
    pub span: Span,
    /// How long one item may take.
    pub timeout: Option<Spanned<Duration>>,
    /// The table.
    pub from: Source,
    /// A file with the same columns, for checking by day.
    pub sample: Option<Spanned<String>>,
    /// Declared columns.
    pub columns: Vec<(Spanned<String>, Spanned<ColumnType>)>,
    /// The columns whose values make an item known. Empty only where another scenario's finished items are taken and its
    /// key is meant; the plan puts it in.
    pub key: Vec<Spanned<String>>,
    /// Whose ledger: the bot's id unless several bots share one.
    pub ledger: Option<Spanned<String>>,
    /// Reasons to reject that need only the row: sentence and condition.
    pub reject: Vec<(Spanned<String>, Condition)>,
    /// What goes with the item into results.
    pub keep: Vec<(Spanned<String>, Template)>,
}

/// Where items come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A CSV file.
    Csv(Template),
    /// A sheet of an xlsx file; without a sheet name the first one with the wanted headings.
    Excel {
        /// The file.
        file: Template,
        /// The sheet.
        sheet: Option<Template>,
    },
    /// `list`: rows that stand in the scenario.
    Rows(Vec<ListRow>),
    /// `list: ${{ name }}`: a list that `start` makes.
    Made(Template),
    /// `scenario`: what another scenario has finished, by its id.
    Scenario(Spanned<String>),
}

impl Source {
    /// Whether the rows are known only when `start` has been done.
    pub fn is_made(&self) -> bool {
        matches!(self, Source::Made(_))
    }
}

/// A row that stands in the scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// The place of the whole row.
    pub span: Span,
    /// Its cells by their headings.
    pub cells: Vec<(Spanned<String>, Template)>,
}

/// One step as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct StepNode {
    /// The place of the whole step.
    pub span: Span,
    /// What it does.
    pub action: Action,
    /// `id`: a name other texts may refer to.
    pub id: Option<Spanned<String>>,
    /// `name`: what people call this step.
    pub name: Option<Spanned<String>>,
    /// `when`: done only if this holds.
    pub when: Option<Condition>,
    /// `else`: done when `when` does not hold, or when the step finds that the page does not show what it looked for.
    pub otherwise: Vec<StepNode>,
    /// `as`: the name that its result gets.
    pub save_as: Option<Spanned<String>>,
    /// `retry`: how often a failed step is tried again.
    pub retry: Option<Spanned<u32>>,
    /// `timeout`: how long it may take.
    pub timeout: Option<Spanned<Duration>>,
    /// `on_error`: what a failure means.
    pub on_error: Option<Spanned<OnError>>,
    /// `evidence`: whether a picture is kept.
    pub evidence: Option<Spanned<Evidence>>,
    /// `effect: read`: the author vouches that this click changes nothing.
    pub effect: Option<Spanned<Effect>>,
}

/// What the failure of a step means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// The item fails (the default).
    Fail,
    /// The next step goes on; the failure stands in the history.
    Continue,
}

/// When a step's picture is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Never.
    None,
    /// Always, after the step.
    Always,
}

/// What a step does to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Only looks.
    Read,
    /// Doing it twice is as doing it once.
    Idempotent,
    /// Must not be done twice: allowed inside `commit` alone.
    Irreversible,
}

/// The action of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A step of the table, such as `browser.click`, with its arguments as they were written.
    Step {
        /// Its dotted name.
        kind: Spanned<String>,
        /// Its arguments.
        args: Node,
    },
    /// `if`: condition, `then`, `else` (in the step's [`StepNode::otherwise`]).
    If {
        /// The condition.
        condition: Condition,
        /// Done when it holds.
        then: Vec<StepNode>,
    },
    /// `for_each`: a list, the name of the element, the steps.
    ForEach {
        /// The list.
        list: Template,
        /// The element's name (`as` of the block; `each` by default).
        each: Spanned<String>,
        /// Done for each element.
        steps: Vec<StepNode>,
    },
    /// `repeat_until`: steps that are done again until something holds.
    RepeatUntil {
        /// What ends the rounds, looked at after each.
        until: Until,
        /// The name of the round's number (`as` of the block), from 1.
        round: Option<Spanned<String>>,
        /// The most rounds.
        max: u32,
        /// Done in each round.
        steps: Vec<StepNode>,
    },
    /// `try`: steps whose failure is seen to.
    Try {
        /// Tried.
        steps: Vec<StepNode>,
        /// Done when one of them fails; without it a failure goes on upwards.
        catch: Option<Vec<StepNode>>,
        /// Done after both, however they ended.
        finally: Vec<StepNode>,
    },
    /// `call`: a part's steps.
    Call(Call),
    /// `group`: steps under one name.
    Group {
        /// What the group is called.
        title: Spanned<String>,
        /// Its steps.
        steps: Vec<StepNode>,
    },
    /// `commit`: the one irreversible act of an item.
    Commit(Box<Commit>),
    /// `reject`: the item goes back, with the reason.
    Reject(Template),
    /// `stop`: the whole run ends, with the reason.
    Stop(Template),
    /// `log`: a line in the history.
    Log(Template),
    /// `ask`: a question to a person; the item waits for the answer.
    Ask(Box<Ask>),
    /// `set`: names and values.
    Set(Vec<(Spanned<String>, Template)>),
}

/// What ends the rounds of `repeat_until`.
#[derive(Debug, Clone, PartialEq)]
pub enum Until {
    /// A condition.
    Condition(Condition),
    /// What the page shows.
    Sign(Node),
}

/// A part that is called, and what it is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The part's name: its file's, without folder and ending.
    pub part: Spanned<String>,
    /// Its inputs' values.
    pub with: Vec<(Spanned<String>, Template)>,
}

/// Steps that several scenarios share. They see their inputs and `run`, nothing of whoever calls them.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What callers call it.
    pub name: Spanned<String>,
    /// What it is for.
    pub purpose: Option<Spanned<String>>,
    /// What it is given.
    pub inputs: Vec<(Spanned<String>, InputType)>,
    /// What it gives back: names that its steps set.
    pub outputs: Vec<(Spanned<String>, ColumnType)>,
    /// Hosts and folders that it asks for.
    pub allow: Vec<Spanned<String>>,
    /// What it does.
    pub steps: Vec<StepNode>,
}

/// What a part takes under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputType {
    /// A value, read as a column of the type is.
    Column(ColumnType),
    /// A secret of the vault. Its value is looked up where a step types it, and never kept under the name.
    Secret,
}

/// A question to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// What is asked.
    pub question: Template,
    /// The answers there are; none: any text.
    pub choices: Vec<Spanned<String>>,
    /// How the answer is read.
    pub kind: Option<Spanned<ColumnType>>,
}

/// The one irreversible act of an item, and how to tell what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// What is committed, as people call it.
    pub title: Spanned<String>,
    /// What it is registered under, where no row says that: known only now, and registered once.
    pub key: Option<Template>,
    /// The act.
    pub act: Vec<StepNode>,
    /// 出来た印: the page shows that it was done.
    pub proof: Node,
    /// 断られた印: the page refuses; the item is rejected with the page's own words.
    pub refused: Option<Node>,
    /// The page says that it was done before, naming our key.
    pub already: Option<Node>,
    /// How to look after any doubt.
    pub verify: Verify,
    /// Where `look: first` stands, which looks before the first act too.
    pub look_first: Option<Span>,
    /// How long the target may still be at work after a doubt; the system's value otherwise.
    pub settle: Option<Spanned<Duration>>,
}

/// How to find out what became of a commit.
#[derive(Debug, Clone, PartialEq)]
pub enum Verify {
    /// `verify: none`, on purpose: every doubt goes to a person.
    None,
    /// Look, and read one of two signs.
    Look {
        /// The steps that lead to the page.
        look: Vec<StepNode>,
        /// 有る印.
        present: Node,
        /// 無い印.
        absent: Node,
    },
}

/// A system declared once, by the operator, for all bots.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// What bots call it.
    pub name: Spanned<String>,
    /// 本番: the real address.
    pub url: Option<Spanned<String>>,
    /// 練習: the address for practice; `practice/NAME` is the practice city's.
    pub practice_url: Option<Spanned<String>>,
    /// When it may be used.
    pub hours: Option<Spanned<(TimeOfDay, TimeOfDay)>>,
    /// How many bots may write at one time with one account.
    pub writers: u32,
    /// Its slowest known registration.
    pub settle: Duration,
    /// Once a browser session.
    pub login: Vec<StepNode>,
    /// Before every item and every look.
    pub home: Vec<StepNode>,
    /// What to do when a page shows a text.
    pub guards: Vec<(Spanned<String>, Spanned<Guard>)>,
}

/// What a guard does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The system is down for now: wait and try the item again.
    Wait,
    /// The session is over: log in again.
    Login,
    /// Nobody but a person can go on.
    Stop,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_may_lie_across_midnight() {
        let time = |hour, minute| TimeOfDay { hour, minute };
        let day = (time(6, 0), time(23, 30));
        let late = (time(22, 0), time(26, 0));
        let night = (time(22, 0), time(2, 0));
        let always = (time(0, 0), time(24, 0));
        for (hours, hour, minute, inside) in [
            (day, 5, 59, false),
            (day, 6, 0, true),
            (day, 23, 29, true),
            (day, 23, 30, false),
            (late, 1, 59, true),
            (late, 2, 0, false),
            (night, 0, 0, true),
            (night, 2, 0, false),
            (night, 21, 59, false),
            (night, 23, 0, true),
            (always, 0, 0, true),
            (always, 23, 59, true),
        ] {
            assert_eq!(
                is_within(hours, hour * 60 + minute),
                inside,
                "{hours:?} {hour}:{minute}"
            );
        }
    }
}
