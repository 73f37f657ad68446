//! A part at work: what it is given, what it gives back. It sees nothing else of its caller.

use crate::events::{Cause, Failure};
use crate::plan::{PlanCall, PlanInput, PlanStep};
use crate::scenario::model::InputType;
use crate::steps::refused_value;
use crate::text::{Code, Message, codes};
use crate::value::{Class, Classed, ColumnType, ConvertError, Value};

use super::attempt::unworkable;
use super::halt::{Failing, Halt, failure};
use super::machine::Machine;
use super::scope::{Bound, Names, Open, Row};
use super::work::Work;

impl Machine<'_> {
    /// Does the steps of a part and takes what it gives back.
    pub(super) async fn call(
        &mut self,
        step: &PlanStep,
        call: &PlanCall,
        prefix: &str,
        work: &mut Work,
    ) -> Result<(), Halt> {
        let given = match self.inputs_of(call) {
            Ok(given) => given,
            Err(failing) => return self.not_called(step, prefix, failing).await,
        };
        self.variables.enter(
            given,
            Open {
                save_as: step.save_as.clone(),
                outputs: call.outputs.clone(),
            },
        );
        let result = self.walk(&call.steps, prefix, work).await;
        let names = self.variables.leave();
        result?;
        // Whoever tries a part sees what it gives back, not what its last step did.
        self.heard_value = None;
        let Some(name) = &step.save_as else { return Ok(()) };
        let mut row = Row::default();
        for (output, kind) in &call.outputs {
            match give_back(&names, output, *kind) {
                Ok(found) => row.put(output, found),
                Err(refused) => {
                    let failing = refused.failing(&call.part, output);
                    return self.not_called(step, prefix, failing).await;
                }
            }
        }
        if self.guided() {
            let whole = row.whole();
            self.heard_value = Some((whole.value.to_text(), whole.class)).filter(|(text, _)| !text.is_empty());
        }
        self.variables.bind_as(name, Bound::Row(row));
        Ok(())
    }

    /// A part that was not begun, or did not give back what it promised.
    async fn not_called(&mut self, step: &PlanStep, prefix: &str, failing: Failing) -> Result<(), Halt> {
        let step_ref = self.step_ref(step, prefix, 1);
        self.failed(step, step_ref, 0, failing).await
    }

    /// The values of a part's inputs. Whatever of them is a person's is covered from now on.
    fn inputs_of(&mut self, call: &PlanCall) -> Result<Names, Failing> {
        let mut given = Names::new();
        for PlanInput {
            name,
            kind,
            given: value,
        } in &call.inputs
        {
            let bound = match kind {
                InputType::Secret => {
                    let path = value.path().unwrap_or_default();
                    Bound::Secret(self.variables.secret_behind(path))
                }
                InputType::Column(kind) => {
                    let found = value
                        .evaluate(&self.variables)
                        .map_err(|error| unworkable(&self.variables, &error))?;
                    let class = found.class.max(kind.class());
                    let value = converted(found.value, *kind)
                        .map_err(|error| input_refused(&call.part, name, &error, class))?;
                    self.journal.veil.add(&value, class);
                    Bound::Value(Classed { value, class })
                }
            };
            given.insert(name.clone(), bound);
        }
        Ok(given)
    }
}

/// A value as its type has it; one that has been read already stays as it is.
fn converted(value: Value, kind: ColumnType) -> Result<Value, ConvertError> {
    match (value, kind) {
        (Value::Null, _) => Ok(Value::Null),
        (value @ Value::Date(_), ColumnType::Date)
        | (value @ Value::Int(_), ColumnType::Amount)
        | (value @ (Value::Int(_) | Value::Number(_)), ColumnType::Number)
        | (value @ Value::Bool(_), ColumnType::Flag) => Ok(value),
        (value, kind) => kind.parse(&value.to_text()),
    }
}

fn input_refused(part: &str, name: &str, error: &ConvertError, class: Class) -> Failing {
    refused(codes::INPUT_REFUSED, part, name, error, class)
}

fn refused(code: Code, part: &str, name: &str, error: &ConvertError, class: Class) -> Failing {
    let message = Message::new(code)
        .with("part", part)
        .with("name", name)
        .with_said("said", refused_value(error, class));
    Failing {
        failure: failure(Cause::Data, message),
        again: false,
        rejects: true,
        session_lost: false,
    }
}

/// Why a part gives no value back.
pub(super) enum NotGiven {
    /// No step has set it.
    Missing,
    /// It does not fit its type.
    Unfit(ConvertError, Class),
}

impl NotGiven {
    fn failing(&self, part: &str, name: &str) -> Failing {
        match self {
            NotGiven::Missing => Failing {
                failure: missing(part, name),
                again: false,
                rejects: false,
                session_lost: false,
            },
            // What was read from a page is no fault of the row.
            NotGiven::Unfit(error, class) => Failing {
                rejects: false,
                session_lost: false,
                ..refused(codes::OUTPUT_REFUSED, part, name, error, *class)
            },
        }
    }
}

fn missing(part: &str, name: &str) -> Failure {
    let message = Message::new(codes::OUTPUT_MISSING)
        .with("part", part)
        .with("name", name);
    failure(Cause::Data, message)
}

/// What a part gives back under a name.
pub(super) fn give_back(names: &Names, output: &str, kind: ColumnType) -> Result<Classed, NotGiven> {
    let found = match names.get(output) {
        Some(Bound::Value(found)) => found.clone(),
        Some(Bound::Row(row)) => row.whole(),
        // A secret is never an output: the check refuses its name in every place that could copy it.
        Some(Bound::Secret(_)) | None => return Err(NotGiven::Missing),
    };
    let class = found.class.max(kind.class());
    match converted(found.value, kind) {
        Ok(value) => Ok(Classed { value, class }),
        Err(error) => Err(NotGiven::Unfit(error, class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_value_is_read_as_its_type_unless_it_has_been() {
        let day = NaiveDate::from_ymd_opt(1976, 3, 4).expect("a day");
        for (given, kind, read) in [
            (Value::from("8500003"), ColumnType::Postal, Value::from("850-0003")),
            (Value::from("S51.3.4"), ColumnType::Date, Value::Date(day)),
            (Value::Date(day), ColumnType::Date, Value::Date(day)),
            (Value::Int(300), ColumnType::Amount, Value::Int(300)),
            (Value::Int(12), ColumnType::Code, Value::from("12")),
            (Value::from("１，２００円"), ColumnType::Amount, Value::Int(1200)),
            (Value::from(""), ColumnType::Name, Value::Null),
            (Value::Null, ColumnType::Amount, Value::Null),
            (Value::Bool(true), ColumnType::Flag, Value::Bool(true)),
        ] {
            assert_eq!(converted(given.clone(), kind), Ok(read), "{given:?}");
        }
        assert!(converted(Value::from("八五〇"), ColumnType::Postal).is_err());
    }

    #[test]
    fn an_output_has_its_types_class_at_least() {
        let mut names = Names::new();
        names.insert("住所".to_owned(), Bound::Value(Classed::open("長崎市")));
        names.insert("番号".to_owned(), Bound::Secret(vec!["受付".to_owned()]));
        let found = give_back(&names, "住所", ColumnType::Address).ok().expect("a value");
        assert_eq!(found, Classed::new("長崎市", Class::Personal));
        for (name, kind) in [("番号", ColumnType::Open), ("ない", ColumnType::Open)] {
            assert!(
                matches!(give_back(&names, name, kind), Err(NotGiven::Missing)),
                "{name}"
            );
        }
        let unfit = give_back(&names, "住所", ColumnType::Amount);
        assert!(matches!(unfit, Err(NotGiven::Unfit(..))));
    }
}
