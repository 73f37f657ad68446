//! Functions of plugins as steps: `plugin.NAME.FUNCTION`.

mod shelf;

pub use shelf::{Asked, Entry, Shelf};

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value as Json};
use serde_yaml::Value as Yaml;

use super::{AnyStep, DecodeError, Needs, Ready, StepCx, StepError, StepOutput};
use crate::drivers::browser::Session;
use crate::drivers::plugin::{
    self, Ability, Called, EACH, Fields, Function, Given, Guest, Limits, Misfit, Outcome, PluginError, Shape,
};
use crate::scenario::model::Effect;
use crate::scenario::office::PluginGrant;
use crate::text::{Lang, Message, codes};
use crate::value::{Class, Classed, Value};

/// What the name of every plugin's step begins with.
pub const PREFIX: &str = "plugin.";
/// The folder of the plugins, relative to the office.
pub const FOLDER: &str = "plugins";

/// A function of a plugin, as a row of the step table.
#[derive(Debug)]
pub struct PluginStep {
    /// The dotted name.
    pub(super) name: String,
    /// The plugin's file, relative to the office.
    pub(super) file: String,
    /// How it is written in a scenario.
    pub(super) example: String,
    plugin: String,
    guest: Arc<Guest>,
    function: Function,
    grant: PluginGrant,
}

impl PluginStep {
    fn new(entry: &Entry, guest: &Arc<Guest>, function: &Function, grant: &PluginGrant) -> PluginStep {
        let name = format!("{PREFIX}{}.{}", entry.name, function.name);
        PluginStep {
            example: example(&name, &function.arguments),
            name,
            file: entry.file.clone(),
            plugin: entry.name.clone(),
            guest: guest.clone(),
            function: function.clone(),
            grant: grant.clone(),
        }
    }

    /// What it is for.
    pub(super) fn help(&self) -> &plugin::Said {
        &self.function.help
    }

    /// What it does to the world.
    pub(super) fn effect(&self) -> Effect {
        match self.function.effect {
            plugin::Effect::Read => Effect::Read,
            plugin::Effect::Idempotent => Effect::Idempotent,
            plugin::Effect::Irreversible => Effect::Irreversible,
        }
    }

    /// What its plugin asks for and the office has not granted.
    pub(super) fn not_granted(&self) -> Vec<&'static str> {
        let asks = self.guest.described().asks.iter();
        asks.filter(|ability| !shelf::allows(&self.grant, **ability))
            .map(|ability| ability.word())
            .collect()
    }

    /// The hash of its plugin's file.
    pub(super) fn hash(&self) -> &str {
        self.guest.hash()
    }

    pub(super) fn needs(&self) -> Needs {
        Needs::Files
    }

    fn fields(&self) -> Option<&Fields> {
        match &self.function.arguments {
            Shape::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The schema of its arguments, for editors: one call's, or with `each` a whole table's.
    pub(super) fn schema(&self, lang: Lang) -> Json {
        let mut schema = self.function.arguments.schema(match lang {
            Lang::Ja => |said| &said.ja,
            Lang::En => |said| &said.en,
        });
        if let Some(map) = schema.as_object_mut() {
            // With `each` the rows give what is missing.
            map.remove("required");
            if let Some(names) = map.get_mut("properties").and_then(Json::as_object_mut) {
                names.insert(
                    EACH.to_owned(),
                    serde_json::json!({ "type": "array", "description": lang.pick(EACH_HELP.0, EACH_HELP.1) }),
                );
            }
        }
        schema
    }

    /// The arguments' names with their help in both languages, the ones that may be left out marked.
    pub(super) fn arguments(&self) -> Vec<(String, String, String)> {
        let known = self.fields().map(|fields| fields.known.as_slice()).unwrap_or_default();
        let told = known.iter().map(|field| {
            let (ja, en) = match field.required {
                true => ("", ""),
                false => ("（なくてもよい）", " (may be left out)"),
            };
            let help = &field.help;
            (
                field.name.clone(),
                format!("{}{ja}", help.ja),
                format!("{}{en}", help.en),
            )
        });
        let each = (EACH.to_owned(), EACH_HELP.0.to_owned(), EACH_HELP.1.to_owned());
        told.chain([each]).collect()
    }

    /// Arguments to a runnable step.
    pub(super) fn decode(self: &Arc<PluginStep>, arguments: &Yaml) -> Result<Box<dyn AnyStep>, DecodeError> {
        let refused = |misfit: Misfit| DecodeError {
            path: if misfit.path.is_empty() {
                ".".to_owned()
            } else {
                misfit.path
            },
            problem: misfit.problem,
        };
        let wrong = || DecodeError {
            path: ".".to_owned(),
            problem: "invalid type: expected a map".to_owned(),
        };
        let nothing = serde_yaml::Mapping::new();
        let given = match arguments {
            Yaml::Mapping(given) => given,
            Yaml::Null => &nothing,
            _ => return Err(wrong()),
        };
        let fields = self.fields().ok_or_else(wrong)?;
        let asked = match given.get(EACH) {
            None => Work::Once(Json::Object(fields.read(given, true).map_err(refused)?)),
            Some(rows) => {
                let mut common = given.clone();
                common.remove(EACH);
                let common = fields.read(&common, false).map_err(refused)?;
                Work::Each(self.rows(fields, &common, rows).map_err(refused)?)
            }
        };
        Ok(Box::new(Call {
            step: self.clone(),
            asked,
        }))
    }

    /// Each row's arguments: what all have in common, and the columns that the function knows.
    fn rows(&self, fields: &Fields, common: &Map<String, Json>, rows: &Yaml) -> Result<Vec<Json>, Misfit> {
        let misfit = |path: String, problem: &str| Misfit {
            path,
            problem: problem.to_owned(),
        };
        let rows = match rows {
            Yaml::Sequence(rows) => rows,
            // Its rows are known when it runs.
            Yaml::String(text) if text.contains("${{") => return Ok(Vec::new()),
            _ => return Err(misfit(EACH.to_owned(), "invalid type: expected a sequence")),
        };
        let row = |(at, row): (usize, &Yaml)| {
            let place = format!("{EACH}.{at}");
            let Yaml::Mapping(row) = row else {
                return Err(misfit(place, "invalid type: expected a map"));
            };
            let known = |name: &Yaml| {
                name.as_str()
                    .is_some_and(|name| fields.names().any(|known| known == name))
            };
            let own = row.iter().filter(|(name, _)| known(name));
            let own = own.map(|(name, value)| (name.clone(), value.clone())).collect();
            let below = |found: Misfit| misfit(format!("{place}.{}", found.path), &found.problem);
            let mut whole = common.clone();
            whole.extend(fields.read(&own, false).map_err(below)?);
            let missing = fields
                .known
                .iter()
                .find(|field| field.required && !whole.contains_key(&field.name));
            match missing {
                Some(field) => Err(misfit(place, &format!("missing field `{}`", field.name))),
                None => Ok(Json::Object(whole)),
            }
        };
        rows.iter().enumerate().map(row).collect()
    }

    /// What the office gives it for a call.
    fn given(&self, cx: &StepCx<'_>) -> Given {
        let asks = &self.guest.described().asks;
        Given {
            now: (asks.contains(&Ability::Clock) && self.grant.clock).then(|| cx.now.to_rfc3339()),
            office: cx.root.to_owned(),
            drafts: cx.office.to_owned(),
            read: self.grant.read.clone(),
            write: self.grant.write.clone(),
            far: cx.far.clone(),
        }
    }

    /// What a plugin's own trouble is told as.
    fn trouble(&self, error: PluginError) -> StepError {
        StepError::Plugin {
            step: self.name.clone(),
            error,
        }
    }
}

/// Help of [`EACH`].
const EACH_HELP: (&str, &str) = (
    "行の一覧。1行ずつ同じことをして、結果の一覧を返す（引数と同じ名前の列を使う）",
    "a list of rows: it is done for each, with the columns named as its arguments, and gives a list of results",
);

/// How a function is written in a scenario.
fn example(name: &str, arguments: &Shape) -> String {
    let mut text = format!("{name}:");
    if let Shape::Map(fields) = arguments {
        for field in fields.known.iter().filter(|field| field.required) {
            let value = match &field.shape {
                Shape::Text(choices) if !choices.is_empty() => choices.first().cloned().unwrap_or_default(),
                Shape::Flag => "はい".to_owned(),
                Shape::List(_) => "${{ run.items }}".to_owned(),
                _ => format!("${{{{ item.{} }}}}", field.name),
            };
            text.push_str(&format!("\n  {}: {value}", field.name));
        }
    }
    text.push_str("\nas: 結果");
    text
}

/// What is to be done.
enum Work {
    Once(Json),
    Each(Vec<Json>),
}

/// A call, ready to run.
struct Call {
    step: Arc<PluginStep>,
    asked: Work,
}

impl AnyStep for Call {
    fn run_boxed<'a>(
        &'a self,
        cx: &'a mut StepCx<'_>,
    ) -> Pin<Box<dyn Future<Output = Result<StepOutput, StepError>> + Send + 'a>> {
        Box::pin(self.run(cx))
    }

    fn ready_boxed<'a>(&'a self, _: &'a mut Session, _: Duration) -> Ready<'a> {
        Box::pin(async { Ok(()) })
    }
}

impl Call {
    async fn run(&self, cx: &mut StepCx<'_>) -> Result<StepOutput, StepError> {
        let step = self.step.clone();
        let given = step.given(cx);
        let limits = Limits { time: cx.wait };
        let (outcomes, lines) = match &self.asked {
            Work::Once(arguments) => {
                let arguments = arguments.clone();
                let called = apart(move || {
                    let called = step.guest.call(&step.function, &arguments, given, limits);
                    Called {
                        outcome: called.outcome.map(|outcome| vec![outcome]),
                        lines: called.lines,
                    }
                });
                called.await.map_err(|error| self.step.trouble(error))?
            }
            Work::Each(rows) => {
                let rows = rows.clone();
                let called = apart(move || step.guest.call_batch(&step.function, &rows, given, limits));
                called.await.map_err(|error| self.step.trouble(error))?
            }
        };
        let notes = lines.into_iter().map(|line| {
            Message::new(codes::PLUGIN_SAYS)
                .with("plugin", self.step.plugin.as_str())
                .with("line", line)
        });
        cx.notes.extend(notes);
        self.output(outcomes, cx.class)
    }

    /// The result, as sensitive as what it was made of.
    fn output(&self, outcomes: Vec<Outcome>, class: Class) -> Result<StepOutput, StepError> {
        let batch = matches!(self.asked, Work::Each(_));
        let mut values = Vec::with_capacity(outcomes.len());
        for (row, outcome) in (1..).zip(outcomes) {
            let told = |code, said: String| {
                let message = Message::new(code)
                    .with("step", self.step.name.as_str())
                    .with("said", said);
                Box::new(if batch { message.with_int("row", row) } else { message })
            };
            match outcome {
                Outcome::Value(json) => values.push(self.step.function.output.to_value(json)),
                Outcome::Rejected(said) => return Err(StepError::Business(told(codes::PLUGIN_REJECTS, said))),
                Outcome::Failed(said) => return Err(StepError::Unable(told(codes::PLUGIN_UNABLE, said))),
            }
        }
        let value = if batch {
            Value::List(values)
        } else {
            values.pop().unwrap_or_default()
        };
        Ok(StepOutput::value(Classed::new(value, class)))
    }
}

/// Does something that takes its time on a thread of its own.
async fn apart(
    work: impl FnOnce() -> Called<Vec<Outcome>> + Send + 'static,
) -> Result<(Vec<Outcome>, Vec<String>), PluginError> {
    let called = tokio::task::spawn_blocking(work).await;
    let called = called.map_err(|error| PluginError::Sandbox {
        detail: error.to_string(),
    })?;
    called.outcome.map(|outcomes| (outcomes, called.lines))
}

/// The path of a plugin's file, relative to the office.
fn file_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    format!("{FOLDER}/{name}")
}
