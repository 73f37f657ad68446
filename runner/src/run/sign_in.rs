//! Going to a page outside of any run, logged in as a run would be: for looking at it and for recording.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use chrono_tz::Tz;

use crate::drivers::browser::Session;
use crate::events::{Cause, Failure};
use crate::plan::{Args, Body, PlanStep};
use crate::ports::Vault;
use crate::steps::{StepCx, StepError, StepRow};
use crate::text::{Message, codes};
use crate::value::{Value, Veil};

use super::attempt::{bound_hosts, unworkable};
use super::halt::{Failing, failure, said_of_expression};
use super::scope::Variables;

/// What a visit needs to know that the steps do not say.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The office's folder.
    pub office: PathBuf,
    /// The system's address without a slash at its end.
    pub base: Option<String>,
    /// Hosts that pages may be opened from.
    pub hosts: Vec<String>,
    /// The time where the office stands: secrets expire, and a step may ask.
    pub now: DateTime<Tz>,
    /// How long to wait for the page to show what a step needs.
    pub wait: Duration,
}

/// Does the steps that lead to a page: a system's login, its home, what opens the page. Nothing is stored of it, and a
/// step that cannot be undone is not done.
///
/// # Errors
/// What the first step that fails has to say.
pub async fn visit(
    session: &mut Session,
    visit: &Visit,
    steps: &[PlanStep],
    vault: Arc<dyn Vault>,
) -> Result<(), Failure> {
    session.keep_to(Some(&visit.hosts));
    let mut visitor = Visitor {
        session,
        visit,
        variables: Variables::new(vault),
        veil: Veil::default(),
    };
    visitor.walk(steps).await
}

struct Visitor<'a> {
    session: &'a mut Session,
    visit: &'a Visit,
    variables: Variables,
    veil: Veil,
}

/// A boxed future: steps hold steps.
type Walk<'w> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'w>>;

impl Visitor<'_> {
    fn walk<'w>(&'w mut self, steps: &'w [PlanStep]) -> Walk<'w> {
        Box::pin(async move {
            for step in steps {
                let holds = match &step.when {
                    Some(condition) => self.holds(condition)?,
                    None => true,
                };
                match holds {
                    true => self.step(step).await?,
                    false => self.walk(&step.otherwise).await?,
                }
            }
            Ok(())
        })
    }

    async fn step(&mut self, step: &PlanStep) -> Result<(), Failure> {
        match &step.body {
            Body::Step { def, args } => match self.once(step, def, args).await {
                Err(StepError::NotMet(_)) if !step.otherwise.is_empty() => self.walk(&step.otherwise).await,
                Err(error) => Err(error.failure()),
                Ok(()) => Ok(()),
            },
            Body::If { condition, then } => {
                let branch = if self.holds(condition)? { then } else { &step.otherwise };
                self.walk(branch).await
            }
            Body::Group { steps } => self.walk(steps).await,
            Body::Set(values) => {
                for (name, template) in values {
                    let value = template
                        .evaluate(&self.variables)
                        .map_err(|error| said_of_expression(&error))?;
                    self.variables.bind(name, value);
                }
                Ok(())
            }
            Body::Log(_) => Ok(()),
            // What a login does not need: a visit neither loops over lists nor decides about items.
            _ => Err(failure(Cause::Data, Message::new(codes::VISIT_UNFIT))),
        }
    }

    fn holds(&self, condition: &crate::scenario::expr::Expr) -> Result<bool, Failure> {
        match condition.evaluate(&self.variables) {
            Ok(found) => Ok(found.value.is_true()),
            Err(error) => Err(said_of_expression(&error)),
        }
    }

    async fn once(&mut self, step: &PlanStep, def: &StepRow, args: &Args) -> Result<(), StepError> {
        let refused = |failing: Failing| StepError::Forbidden(Box::new(failing.failure.message));
        let arguments = args
            .evaluate(&self.variables)
            .map_err(|error| refused(unworkable(&self.variables, &error)))?;
        for (text, class) in &arguments.sensitive {
            self.veil.add(&Value::from(text.as_str()), *class);
        }
        let used = self.variables.take_used_secrets();
        let url = self.session.url().await.unwrap_or_default();
        let bound = bound_hosts(&used, def, &url, self.visit.now.date_naive())
            .map_err(|failure| StepError::Forbidden(Box::new(failure.message)))?;
        let ready = def.decode(arguments.value).map_err(StepError::Arguments)?;
        self.session.keep_to(Some(bound.as_ref().unwrap_or(&self.visit.hosts)));
        let mut cx = StepCx {
            browser: Some(self.session),
            base: self.visit.base.as_deref(),
            hosts: &self.visit.hosts,
            office: &self.visit.office,
            root: &self.visit.office,
            now: self.visit.now,
            class: arguments.class,
            wait: step.timeout.unwrap_or(self.visit.wait),
            sensitive: self.veil.spellings(),
            far: Default::default(),
            notes: Vec::new(),
            drafts: None,
            written: Vec::new(),
        };
        let result = ready.run_boxed(&mut cx).await;
        self.session.keep_to(Some(&self.visit.hosts));
        let output = result?;
        if let Some(name) = &step.save_as {
            self.variables.bind(name, output.value);
        }
        Ok(())
    }
}
