//! Why a walk through the steps ends early, and the failures that it ends with.

use crate::events::{Cause, Failure};
use crate::ports::{Intent, PortError};
use crate::scenario::expr::ExprError;
use crate::steps::StepError;
use crate::text::{Message, codes};
use crate::value::Class;

use super::ask::Asked;

/// Why the steps do not simply go on.
#[derive(Debug)]
pub(super) enum Halt {
    /// The item goes back to where it came from.
    Reject(Failure),
    /// The item failed; another try may help.
    Fail(Box<Fail>),
    /// The whole run ends.
    Stop(Failure),
    /// A person has to answer first.
    Ask(Box<Asked>),
    /// Somebody asked for the end.
    Cancelled,
    /// A rehearsal came as far as the irreversible act: the item is worked, and nothing was done.
    Rehearsed,
    /// Nobody can tell whether the irreversible act happened.
    Doubt(Box<Doubted>),
    /// Two items have one receipt: both are with a person, and the run ends.
    Contested(Failure),
    /// The store failed or the lease is lost.
    Port(PortError),
}

/// A failure that another try may cure.
#[derive(Debug)]
pub(super) struct Fail {
    pub(super) failure: Failure,
    /// Outline path of the step.
    pub(super) at: String,
    /// Whether another try makes sense at all.
    pub(super) again: bool,
    /// What it costs when nothing around the step sees to it.
    pub(super) costs: Costs,
}

/// An act that may or may not have happened.
#[derive(Debug)]
pub(super) struct Doubted {
    pub(super) failure: Failure,
    /// What was intended; none where nobody can look for it any more.
    pub(super) intent: Option<Intent>,
}

/// What the failure of a step costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Costs {
    /// The item fails.
    Item,
    /// The item goes back: its row does not allow it.
    Row,
    /// The session is over; no step that follows could work, so neither `try` nor `on_error` has a say.
    Session,
}

impl Halt {
    /// What it means once no step is left that could see to it.
    pub(super) fn at_last(self) -> Halt {
        match self {
            Halt::Fail(fail) if fail.costs == Costs::Row => Halt::Reject(fail.failure),
            other => other,
        }
    }
}

impl From<PortError> for Halt {
    fn from(error: PortError) -> Self {
        Halt::Port(error)
    }
}

/// A failure of a cause with a message.
pub(super) fn failure(cause: Cause, message: Message) -> Failure {
    Failure {
        cause,
        message,
        page_says: None,
    }
}

/// What a step's failure means.
pub(super) struct Failing {
    pub(super) failure: Failure,
    /// Whether another try makes sense at all.
    pub(super) again: bool,
    /// Whether it is the item's own: the item is rejected. A mistake of the scenario never costs an item its place.
    pub(super) rejects: bool,
    /// Whether the browser is lost with it.
    pub(super) session_lost: bool,
}

impl Failing {
    /// Says of which value of its step a filter refused what went into it, where the value has a name.
    pub(super) fn of_value(mut self, name: Option<&str>) -> Failing {
        if let Some(name) = name.filter(|_| self.rejects) {
            let named = Message::new(codes::VALUE_REFUSED).with("name", name);
            let said = std::mem::replace(&mut self.failure.message, named.clone());
            self.failure.message = named.with_said("said", said);
        }
        self
    }
}

impl From<&StepError> for Failing {
    fn from(error: &StepError) -> Failing {
        let failure = error.failure();
        Failing {
            again: error.retryable(),
            rejects: failure.cause == Cause::Data,
            session_lost: error.session_lost(),
            failure,
        }
    }
}

impl From<&ExprError> for Failing {
    fn from(error: &ExprError) -> Failing {
        Failing {
            failure: said_of_expression(error),
            again: false,
            // A filter that refuses its value speaks of the row; anything else is the scenario's.
            rejects: matches!(error, ExprError::Failed { said: Some(_), .. }),
            session_lost: false,
        }
    }
}

/// An expression that cannot be worked out, as a failure.
pub(super) fn said_of_expression(error: &ExprError) -> Failure {
    match error {
        ExprError::Undefined { name, .. } => match name.strip_prefix("secrets.") {
            Some(secret) => failure(
                Cause::Permission,
                Message::new(codes::SECRET_MISSING).with("name", secret),
            ),
            None => failure(
                Cause::Data,
                Message::new(codes::NAME_UNDEFINED).with("name", name.clone()),
            ),
        },
        ExprError::Failed { said: Some(said), .. } => failure(Cause::Data, (**said).clone()),
        other => {
            let message =
                Message::new(codes::EXPRESSION_FAILED).with_classed("detail", other.to_string(), Class::Personal);
            failure(Cause::Data, message)
        }
    }
}

/// What goes wrong outside an item's own steps is no reason to reject the item.
pub(super) fn not_the_items(halt: Halt) -> Halt {
    match halt {
        Halt::Reject(failure) => Halt::Stop(failure),
        other => other,
    }
}
