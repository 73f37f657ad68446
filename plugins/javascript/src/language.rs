//! The language itself: a text read as a module, and calls of what it exports.

use std::cell::Cell;
use std::rc::Rc;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::context::time::{Clock, JsInstant};
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue, Module, NativeFunction, Source, js_string,
};

use crate::help;
use crate::yakin::plugin::host;

/// Calls inside each other before the engine says so itself.
const RECURSION: usize = 400;

/// The property that tells a refusal of the data from a mistake of the program.
const REFUSED: &str = "yakin:refused";

/// The language before any text is read: what is the same for all of them.
pub struct Language {
    context: Context,
    /// `JSON.stringify`, as it was before the program began.
    stringify: JsObject,
    clock: Rc<WallClock>,
}

/// A program, read and started.
pub struct Program {
    language: Language,
    module: Module,
    /// Each function with the names of its parameters in their order.
    pub parameters: Rc<[(String, Vec<String>)]>,
}

/// Why there is no result.
pub struct Refusal {
    pub business: bool,
    pub message: String,
}

impl Refusal {
    pub fn system(message: String) -> Refusal {
        Refusal {
            business: false,
            message,
        }
    }
}

impl Language {
    /// Makes the global objects.
    pub fn new() -> Result<Language, String> {
        let clock = Rc::new(WallClock::default());
        let mut context = context(clock.clone()).map_err(|error| error.to_string())?;
        let json = context.intrinsics().objects().json();
        let stringify = json
            .get(js_string!("stringify"), &mut context)
            .ok()
            .and_then(|found| found.as_object())
            .ok_or("there is no JSON")?;
        Ok(Language {
            context,
            stringify,
            clock,
        })
    }
}

impl Program {
    /// Reads a text and does what stands outside its functions.
    pub fn load(mut language: Language, source: &str) -> Result<Program, String> {
        let told = help::read(source)?;
        let parameters = told
            .functions
            .iter()
            .map(|function| {
                let names = function.parameters.iter().map(|parameter| parameter.name.clone());
                (function.name.clone(), names.collect())
            })
            .collect();
        let context = &mut language.context;
        let module = module(source, context).map_err(|error| said(error, context).message)?;
        Ok(Program {
            language,
            module,
            parameters,
        })
    }

    /// The names of the functions that it exports.
    pub fn functions(&mut self) -> Result<Vec<String>, String> {
        let context = &mut self.language.context;
        let keys = self.module.namespace(context).own_property_keys(context);
        let keys = keys.map_err(|error| error.to_string())?;
        let names = keys.into_iter().filter_map(|key| match key {
            PropertyKey::String(name) => Some(name.to_std_string_escaped()),
            _ => None,
        });
        Ok(names.collect())
    }

    /// Calls a function. Arguments and result are JSON.
    pub fn call(&mut self, function: &str, parameters: &[String], arguments: &str) -> Result<String, Refusal> {
        let language = &mut self.language;
        let context = &mut language.context;
        let called = call(
            (&self.module, &language.stringify),
            function,
            parameters,
            arguments,
            context,
        );
        if language.clock.refused.get() {
            return Err(Refusal::system(
                "時計（new Date()、Date.now()）は許可されていません。 / The clock (new Date(), Date.now()) is not granted.".to_owned(),
            ));
        }
        called.map_err(|error| said(error, context))
    }
}

/// The clock of the office's wall, if it is granted: a plugin has no time zone, so that `new Date().getDate()` and
/// `toISOString()` speak of the same day. It is asked for only when the program asks.
#[derive(Default)]
struct WallClock {
    refused: Cell<bool>,
}

impl Clock for WallClock {
    fn now(&self) -> JsInstant {
        JsInstant::new(0, 0)
    }

    fn system_time_millis(&self) -> i64 {
        let now = host::now().ok().and_then(|now| wall_millis(&now));
        self.refused.set(self.refused.get() || now.is_none());
        now.unwrap_or_default()
    }
}

/// Milliseconds since 1970 of `2026-11-23T22:00:00+09:00`, its zone left aside.
fn wall_millis(now: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| now.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    // Days from the civil calendar, years beginning in March (Howard Hinnant's days_from_civil).
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let seconds = number(11..13)? * 3600 + number(14..16)? * 60 + number(17..19)?;
    Some((days * 86_400 + seconds) * 1000)
}

fn context(clock: Rc<WallClock>) -> JsResult<Context> {
    let mut context = Context::builder().clock(clock).build()?;
    context.runtime_limits_mut().set_recursion_limit(RECURSION);
    let natives: [(JsString, usize, NativeFunction); 6] = [
        (js_string!("reject"), 1, NativeFunction::from_fn_ptr(reject)),
        (js_string!("log"), 1, NativeFunction::from_fn_ptr(log)),
        (js_string!("progress"), 2, NativeFunction::from_fn_ptr(progress)),
        (js_string!("now"), 0, NativeFunction::from_fn_ptr(time)),
        (js_string!("readText"), 1, NativeFunction::from_fn_ptr(read_text)),
        (js_string!("writeText"), 2, NativeFunction::from_fn_ptr(write_text)),
    ];
    for (name, length, native) in natives {
        context.register_global_callable(name, length, native)?;
    }
    Ok(context)
}

fn module(source: &str, context: &mut Context) -> JsResult<Module> {
    let module = Module::parse(Source::from_bytes(source), None, context)?;
    let loaded = module.load(context);
    context.run_jobs()?;
    settled(loaded.state())?;
    module.link(context)?;
    let evaluated = module.evaluate(context)?;
    context.run_jobs()?;
    settled(evaluated.state())?;
    Ok(module)
}

/// What a promise came to; one that waits waits for ever here.
fn settled(state: PromiseState) -> JsResult<JsValue> {
    match state {
        PromiseState::Fulfilled(value) => Ok(value),
        PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
        PromiseState::Pending => Err(JsNativeError::error()
            .with_message("there is nothing to wait for here")
            .into()),
    }
}

fn call(
    (module, stringify): (&Module, &JsObject),
    function: &str,
    parameters: &[String],
    arguments: &str,
    context: &mut Context,
) -> JsResult<String> {
    let wrong = |problem: &str| JsNativeError::typ().with_message(problem.to_owned());
    let given: serde_json::Value = serde_json::from_str(arguments).map_err(|error| wrong(&error.to_string()))?;
    let values: Vec<JsValue> = parameters
        .iter()
        .map(|name| {
            given
                .get(name)
                .map_or(Ok(JsValue::undefined()), |value| JsValue::from_json(value, context))
        })
        .collect::<JsResult<_>>()?;
    let found = module.get_value(JsString::from(function), context)?;
    let callable = found.as_callable().ok_or_else(|| wrong("it is no function"))?;
    let mut result = callable.call(&JsValue::undefined(), &values, context)?;
    if let Some(promise) = result.as_promise() {
        context.run_jobs()?;
        result = settled(promise.state())?;
    }
    let json = stringify.call(&JsValue::undefined(), &[result], context)?;
    // What has no JSON (nothing, a function) is nothing.
    Ok(json
        .as_string()
        .map_or_else(|| "null".to_owned(), |text| text.to_std_string_escaped()))
}

/// An error in its own words.
fn said(error: JsError, context: &mut Context) -> Refusal {
    let words = error.to_string();
    let opaque = error.into_opaque(context);
    let refused = opaque
        .ok()
        .and_then(|thrown| thrown.as_object())
        .and_then(|object| object.get(js_string!(REFUSED), context).ok())
        .filter(|reason| !reason.is_undefined());
    match refused {
        Some(reason) => Refusal {
            business: true,
            message: text(&reason, context),
        },
        None => Refusal::system(words),
    }
}

fn text(value: &JsValue, context: &mut Context) -> String {
    value
        .to_string(context)
        .map(|text| text.to_std_string_escaped())
        .unwrap_or_default()
}

fn argument(arguments: &[JsValue], index: usize, context: &mut Context) -> String {
    arguments
        .get(index)
        .map(|value| text(value, context))
        .unwrap_or_default()
}

/// `reject("…")`: the data do not allow it.
fn reject(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let reason = JsString::from(argument(arguments, 0, context));
    let error = JsNativeError::error().with_message("rejected").into_opaque(context);
    error.set(js_string!(REFUSED), reason, false, context)?;
    Err(JsError::from_opaque(error.into()))
}

fn log(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    host::log(&argument(arguments, 0, context));
    Ok(JsValue::undefined())
}

fn progress(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut number = |index: usize| arguments.get(index).map_or(Ok(0), |value| value.to_u32(context));
    host::progress(number(0)?, number(1)?);
    Ok(JsValue::undefined())
}

fn refused(problem: String) -> JsError {
    JsNativeError::error().with_message(problem).into()
}

/// `now()`: the run's time as text.
fn time(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let now = host::now().map_err(refused)?;
    Ok(JsString::from(now).into())
}

fn read_text(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = argument(arguments, 0, context);
    let content = host::read_file(&path).map_err(refused)?;
    let text = String::from_utf8(content).map_err(|_| refused(format!("{path}: not UTF-8")))?;
    Ok(JsString::from(text).into())
}

fn write_text(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, content) = (argument(arguments, 0, context), argument(arguments, 1, context));
    host::write_file(&path, content.as_bytes()).map_err(refused)?;
    Ok(JsValue::undefined())
}
