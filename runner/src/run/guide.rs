//! Leading a rehearsal by the hand: somebody is asked before a step, and after one that failed.

use std::pin::Pin;
use std::sync::OnceLock;
use std::time::Duration;

use crate::drivers::browser::Described;
use crate::events::mask::{mask_failure, mask_said, mask_text};
use crate::events::{EvidenceRef, Failure, ItemRef, Kind, StepOutline};
use crate::plan::{Args, Body, Plan, PlanStep};
use crate::ports::PortError;
use crate::text::{Message, codes};
use crate::value::{Class, Veil};

use super::halt::{Fail, Halt};
use super::machine::Machine;
use super::seen::covered;
use super::work::Work;

/// How often a wait for an answer looks whether somebody wants the end.
const LOOK: Duration = Duration::from_millis(200);

/// Somebody who leads a rehearsal. Everything that a guide is told is masked as events are.
pub trait Guide: Send {
    /// Whether the rehearsal stops before this step.
    fn stops_before(&mut self, step: &StepOutline) -> bool;

    /// Whether it stops after this step and goes no further.
    fn stops_after(&mut self, step: &StepOutline) -> bool;

    /// Whether it stops once more where the steps of an item have come to their end.
    fn stops_at_end(&mut self) -> bool;

    /// It has stopped. What is to be done is asked for next.
    fn show(&mut self, stop: &Stop);

    /// What is to be done now. The future is dropped and asked for again while it waits.
    fn wish(&mut self) -> Pin<Box<dyn Future<Output = Wish> + Send + '_>>;

    /// What came of a wish that leaves the rehearsal where it is.
    fn answer(&mut self, answer: Answer);
}

/// Where a rehearsal has stopped.
#[derive(Debug, Clone)]
pub struct Stop {
    /// The step.
    pub step: StepOutline,
    /// The item at work.
    pub item: Option<ItemRef>,
    /// What the step would be done with, line by line.
    pub values: Vec<String>,
    /// Why it stopped there.
    pub why: Why,
}

/// Why a rehearsal stops.
#[derive(Debug, Clone)]
pub enum Why {
    /// The step is next.
    Before,
    /// The step is done, and nothing more was asked for.
    Reached,
    /// The item's steps have come to their end here, or to the act before which a rehearsal stops.
    Ended,
    /// The step failed.
    Failed(Box<Failure>),
}

/// What the guide wants.
#[derive(Debug)]
pub enum Wish {
    /// The step is done, after a failure once more.
    Do,
    /// The step is passed over.
    Skip,
    /// The failure stands, and the item ends as it would in a run.
    Fail,
    /// The names and their values.
    Variables,
    /// The page.
    Page,
    /// What the page offers.
    Look {
        /// With every short text.
        all: bool,
    },
    /// Another step is done here.
    Try(Box<PlanStep>),
    /// The scenario has been mended: it goes on at the same place.
    Mended(Box<Plan>),
    /// The rehearsal ends.
    Leave,
}

/// What came of a wish.
#[derive(Debug)]
pub enum Answer {
    /// The names and their values.
    Variables(Vec<(String, String)>),
    /// The page, as far as it could be read.
    Page {
        /// Its title.
        title: String,
        /// Its address.
        url: String,
        /// The first lines on it.
        lines: Vec<String>,
        /// A masked picture of it.
        picture: Option<EvidenceRef>,
    },
    /// What the page offers.
    Looked(Box<Described>),
    /// The other step was done; what it has to say.
    Tried {
        /// Its notes.
        notes: Vec<Message>,
        /// Its result.
        value: Option<String>,
    },
    /// It failed.
    Failed(Failure),
}

/// The scenario as it was at the beginning and after each change: steps of an old one may still be at work.
#[derive(Default)]
pub(super) struct Editions(OnceLock<Box<(Plan, Editions)>>);

impl Editions {
    /// Whether there was any change.
    pub(super) fn mended(&self) -> bool {
        self.0.get().is_some()
    }

    fn keep(&self, plan: Plan) -> &Plan {
        match self.0.get().map(|held| &**held) {
            Some((_, later)) => later.keep(plan),
            None => &self.0.get_or_init(|| Box::new((plan, Editions::default()))).0,
        }
    }
}

/// How it goes on after a stop.
enum Turn {
    Do,
    Skip,
    Fail,
    Mended,
}

/// How a walk goes on after a step.
pub(super) enum Led {
    /// With the next one.
    On,
    /// With the same place of the mended scenario.
    Again,
}

impl<'a> Machine<'a> {
    /// Does a step of a list; where somebody leads, asks before it and after a failure.
    pub(super) async fn led(&mut self, step: &PlanStep, prefix: &str, work: &mut Work) -> Result<Led, Halt> {
        // A password is never tried twice, and the system's own steps are not what is being written.
        if self.guide.is_none() || self.committing || step.path.starts_with("login/") {
            self.step(step, prefix, work).await?;
            return Ok(Led::On);
        }
        let outline = self.outline(step);
        // Where a step begins, no failure is on its way out any more.
        self.told_failure = false;
        if !step.path.starts_with("home/") && self.guide.as_mut().is_some_and(|guide| guide.stops_before(&outline)) {
            match self.asked(step, Why::Before).await? {
                Turn::Do => {}
                Turn::Skip | Turn::Fail => {
                    self.skipped(step, prefix)?;
                    return Ok(Led::On);
                }
                Turn::Mended => return Ok(Led::Again),
            }
        }
        loop {
            let result = self.step(step, prefix, work).await;
            let failure = match &result {
                Err(halt) if !self.told_failure => failure_of(halt, step),
                _ => None,
            };
            let Some(failure) = failure else {
                return self.finished_step(step, &outline, result).await;
            };
            match self.asked(step, Why::Failed(Box::new(failure))).await? {
                Turn::Do => {}
                Turn::Skip => return Ok(Led::On),
                Turn::Mended => return Ok(Led::Again),
                Turn::Fail => {
                    self.told_failure = true;
                    return result.map(|()| Led::On);
                }
            }
        }
    }

    async fn finished_step(
        &mut self,
        step: &PlanStep,
        outline: &StepOutline,
        result: Result<(), Halt>,
    ) -> Result<Led, Halt> {
        let far = matches!(result, Ok(()) | Err(Halt::Rehearsed));
        if !far || self.enough || !self.guide.as_mut().is_some_and(|guide| guide.stops_after(outline)) {
            return result.map(|()| Led::On);
        }
        match self.asked(step, Why::Reached).await? {
            Turn::Mended => Ok(Led::Again),
            Turn::Do | Turn::Skip | Turn::Fail
                if self.guide.as_mut().is_some_and(|guide| guide.stops_before(outline)) =>
            {
                result.map(|()| Led::On)
            }
            Turn::Do | Turn::Skip | Turn::Fail => {
                self.enough = true;
                Err(Halt::Rehearsed)
            }
        }
    }

    /// Waits where the steps of an item have come to their end, if somebody leads it step by step. Whether the mended
    /// scenario has something else to do at that place: the same step standing there is what the rehearsal stopped at.
    pub(super) async fn more_at_end(&mut self, place: &mut usize) -> Result<bool, Halt> {
        let stopped_at = self.plan.steps.get(*place).map(|step| self.outline(step));
        let same = |next: &StepOutline| {
            let stopped_at = stopped_at.as_ref();
            stopped_at.is_some_and(|old| old.title == next.title && old.kind == next.kind)
        };
        while !self.enough && self.guide.as_mut().is_some_and(|guide| guide.stops_at_end()) {
            let plan = self.plan;
            let Some(last) = plan.steps.get(*place).or(plan.steps.last()) else {
                break;
            };
            let Turn::Mended = self.asked(last, Why::Ended).await? else {
                break;
            };
            let steps = &self.plan.steps;
            if steps.get(*place).is_some_and(|next| !same(&self.outline(next))) {
                self.session_for(steps).await?;
                return Ok(true);
            }
            *place = steps.len().min(*place);
        }
        Ok(false)
    }

    /// Whether somebody leads: also while a step of theirs is tried.
    pub(super) fn guided(&self) -> bool {
        self.guide.is_some() || self.trying
    }

    /// Shows where it stands and does what is wished until it goes on.
    async fn asked(&mut self, step: &PlanStep, why: Why) -> Result<Turn, Halt> {
        self.journal.flush()?;
        let stop = self.stop(step, why);
        if let Some(guide) = self.guide.as_mut() {
            guide.show(&stop);
        }
        loop {
            match self.wish().await? {
                Wish::Do => return Ok(Turn::Do),
                Wish::Skip => return Ok(Turn::Skip),
                Wish::Fail => return Ok(Turn::Fail),
                Wish::Leave => return Err(Halt::Cancelled),
                Wish::Variables => {
                    let listed = self.variables.listed();
                    self.answer(Answer::Variables(listed));
                }
                Wish::Page => {
                    let page = self.page_seen().await?;
                    self.answer(page);
                }
                Wish::Look { all } => {
                    let looked = self.looked(all).await;
                    self.answer(looked);
                }
                Wish::Try(step) => {
                    let tried = Box::pin(self.tried(&step)).await?;
                    self.answer(tried);
                }
                Wish::Mended(plan) => {
                    self.plan = self.editions.keep(*plan);
                    self.journal.add(Kind::Noted(Message::new(codes::MENDED)))?;
                    return Ok(Turn::Mended);
                }
            }
        }
    }

    async fn wish(&mut self) -> Result<Wish, Halt> {
        let clock = self.ports.clock.clone();
        loop {
            self.may_go_on()?;
            let Some(guide) = self.guide.as_mut() else {
                return Ok(Wish::Do);
            };
            tokio::select! {
                wish = guide.wish() => return Ok(wish),
                () = clock.sleep(LOOK) => {}
            }
        }
    }

    fn answer(&mut self, answer: Answer) {
        if let Some(guide) = self.guide.as_mut() {
            guide.answer(answer);
        }
    }

    fn outline(&self, step: &PlanStep) -> StepOutline {
        let known = self.plan.outline.iter().find(|outline| outline.path == step.path);
        known.cloned().unwrap_or_else(|| StepOutline {
            path: step.path.clone(),
            title: step.path.clone(),
            kind: String::new(),
            file: String::new(),
            line: 0,
        })
    }

    fn stop(&mut self, step: &PlanStep, why: Why) -> Stop {
        let why = match why {
            Why::Failed(failure) => Why::Failed(Box::new(self.masked(*failure))),
            other => other,
        };
        Stop {
            step: self.outline(step),
            item: self.at.as_ref().map(|at| at.item.clone()),
            values: match &step.body {
                Body::Step { args, .. } if !matches!(why, Why::Ended) => self.preview(args),
                _ => Vec::new(),
            },
            why,
        }
    }

    /// What a step's arguments are worked out to, as it may be shown.
    fn preview(&mut self, args: &Args) -> Vec<String> {
        let worked_out = args.evaluate(&self.variables);
        // A look at a secret is no use of it.
        self.variables.take_used_secrets();
        self.variables.take_vault_failure();
        let Ok(worked_out) = worked_out else {
            return Vec::new();
        };
        let veil = &self.journal.veil;
        let known = |text: &str| worked_out.sensitive.iter().find(|(known, _)| known == text);
        let mut lines = Vec::new();
        spread("", &worked_out.value, &mut lines);
        let masked = lines.into_iter().map(|(name, text)| {
            let text = match known(&text) {
                Some((text, class)) => mask_text(text, *class),
                None => covered(&text, veil),
            };
            if name.is_empty() {
                text
            } else {
                format!("{name}: {text}")
            }
        });
        masked.collect()
    }

    pub(super) fn masked(&self, mut failure: Failure) -> Failure {
        mask_failure(&mut failure, &self.journal.veil);
        failure
    }

    /// Does another step on the open page.
    async fn tried(&mut self, step: &PlanStep) -> Result<Answer, Halt> {
        self.heard.clear();
        self.heard_value = None;
        let guide = self.guide.take();
        self.trying = true;
        let result = self.step(step, "", &mut Work::default()).await;
        self.trying = false;
        self.guide = guide;
        let failure = match result {
            Ok(()) => {
                let value = self
                    .heard_value
                    .take()
                    .map(|(text, class)| shown(&text, class, &self.journal.veil));
                let mut notes = std::mem::take(&mut self.heard);
                notes.iter_mut().for_each(|note| mask_said(note, &self.journal.veil));
                return Ok(Answer::Tried { notes, value });
            }
            Err(Halt::Fail(fail)) => fail.failure,
            Err(Halt::Reject(failure) | Halt::Stop(failure) | Halt::Contested(failure)) => failure,
            Err(Halt::Doubt(doubted)) => doubted.failure,
            Err(Halt::Ask(asked)) => asked.failure,
            Err(Halt::Rehearsed) => super::halt::failure(crate::events::Cause::Data, Message::new(codes::TRY_COMMIT)),
            Err(halt @ (Halt::Cancelled | Halt::Port(PortError::Fenced) | Halt::Port(_))) => return Err(halt),
        };
        Ok(Answer::Failed(self.masked(failure)))
    }
}

/// What is worth stopping for: a reason of the scenario itself to end is none.
fn failure_of(halt: &Halt, step: &PlanStep) -> Option<Failure> {
    let own = matches!(step.body, Body::Step { .. } | Body::Commit(_));
    match halt {
        Halt::Fail(fail) => {
            let Fail { failure, .. } = &**fail;
            Some(failure.clone())
        }
        Halt::Reject(failure) | Halt::Stop(failure) if own => Some(failure.clone()),
        _ => None,
    }
}

pub(super) fn shown(text: &str, class: Class, veil: &Veil) -> String {
    match class {
        Class::Open => covered(text, veil),
        class => mask_text(text, class),
    }
}

/// Arguments as names and texts. The fields of a form stand for themselves.
fn spread(name: &str, value: &serde_yaml::Value, into: &mut Vec<(String, String)>) {
    use serde_yaml::Value as Yaml;
    let line = |text: String| (name.to_owned(), text);
    match value {
        Yaml::Null => {}
        Yaml::Bool(flag) => into.push(line(flag.to_string())),
        Yaml::Number(number) => into.push(line(number.to_string())),
        Yaml::String(text) => into.push(line(text.clone())),
        Yaml::Sequence(values) => values.iter().for_each(|value| spread(name, value, into)),
        Yaml::Mapping(map) => {
            for (key, value) in map {
                let key = key.as_str().unwrap_or_default();
                let inner = match (name, key) {
                    (name, crate::value::DATE_KEY) | (name @ "", "fields") => name.to_owned(),
                    ("", key) => key.to_owned(),
                    (name, key) => format!("{name} {key}"),
                };
                spread(&inner, value, into);
            }
        }
        Yaml::Tagged(tagged) => spread(name, &tagged.value, into),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn arguments_are_told_line_by_line() {
        let yaml = "{ fields: { 氏名: 森一郎, 生年月日: { $date: 2026-01-02 } }, in: { '1': [a, b] }, on: true }";
        let value = serde_yaml::from_str(yaml).expect("YAML");
        let mut lines = Vec::new();
        spread("", &value, &mut lines);
        assert_eq!(
            lines,
            [
                ("氏名", "森一郎"),
                ("生年月日", "2026-01-02"),
                ("in 1", "a"),
                ("in 1", "b"),
                ("on", "true")
            ]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn what_is_shown_is_masked_by_its_class() {
        let mut veil = Veil::default();
        veil.add(&Value::from("森一郎"), Class::Personal);
        assert_eq!(shown("森一郎 様", Class::Open, &veil), "＊＊＊ 様");
        assert_eq!(shown("森一郎", Class::Personal, &veil), "森＊＊");
        assert_eq!(shown("pass", Class::Secret, &veil), "＊＊＊");
    }
}
