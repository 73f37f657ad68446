//! The engine behind every plugin that is a plain `.js` file: it is given the text, says what the text offers, and does it.
//!
//! One instance sees one text. It lives for one call, or for a run where the text says `@state`. It begins with the memory that
//! `prepare` left behind, so the language itself is not built anew for each call.

mod help;
mod language;

use std::cell::RefCell;

use language::{Language, Program, Refusal};

wit_bindgen::generate!({ path: "../wit", world: "engine-to-prepare" });

use exports::yakin::plugin::api::{self, Blame, Capability, Description, Effect, Failure, Function, Text};
use yakin::plugin::script;

/// Memory that a call finds free, in bytes: enough for a text of some pages.
const ROOM: usize = 512 * 1024;
/// Rows of a batch after which it says how far it is.
const ROWS: u32 = 100;

struct Engine;

export!(Engine);

thread_local! {
    /// The language, until a text takes it.
    static READY: RefCell<Option<Language>> = const { RefCell::new(None) };
    static PROGRAM: RefCell<Option<Program>> = const { RefCell::new(None) };
}

impl Guest for Engine {
    fn prepare() {
        // What went wrong is told to the first text: it tries again.
        READY.set(Language::new().ok());
        // Room that a call then need not ask the system for.
        drop(std::hint::black_box(Vec::<u8>::with_capacity(ROOM)));
    }
}

/// Reads a text with the language that was made ready, or with a new one.
fn load(source: &str) -> Result<Program, String> {
    let language = READY.take().map_or_else(Language::new, Ok)?;
    Program::load(language, source)
}

impl api::Guest for Engine {
    fn describe() -> Result<Description, String> {
        let source = script::source();
        let told = help::read(&source)?;
        // What cannot be read as a program offers nothing.
        let mut program = load(&source)?;
        for name in program.functions()? {
            if !told.functions.iter().any(|function| function.name == name) {
                return Err(format!(
                    "「{name}」の前に、説明のコメント（/** … */）がありません。 / “{name}” has no comment (/** … */) before it."
                ));
            }
        }
        Ok(Description {
            help: told.help.into(),
            functions: told.functions.into_iter().map(Function::from).collect(),
            capabilities: told.asks.into_iter().map(Capability::from).collect(),
            state: told.state,
        })
    }

    fn call(function: String, arguments: String) -> Result<String, Failure> {
        with_program(|program, parameters| program.call(&function, parameters(&function)?, &arguments))
    }

    fn call_batch(function: String, rows: Vec<String>) -> Vec<Result<String, Failure>> {
        let each = with_program(|program, parameters| {
            let parameters = parameters(&function)?;
            let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let answers = (0..).zip(&rows).map(|(done, row): (u32, _)| {
                if done % ROWS == 0 && done > 0 {
                    yakin::plugin::host::progress(done, total);
                }
                program.call(&function, parameters, row).map_err(Failure::from)
            });
            Ok(answers.collect())
        });
        each.unwrap_or_else(|failure| rows.iter().map(|_| Err(failure.clone())).collect())
    }
}

/// Looks a function's parameters up, by its name.
type Parameters<'p> = &'p dyn Fn(&str) -> Result<&'p [String], Refusal>;

/// Does something with the program, which is read at the first call.
fn with_program<T>(work: impl FnOnce(&mut Program, Parameters<'_>) -> Result<T, Refusal>) -> Result<T, Failure> {
    PROGRAM.with_borrow_mut(|loaded| {
        let program = match loaded {
            Some(program) => program,
            None => {
                let source = script::source();
                let program = load(&source).map_err(|said| Failure::from(Refusal::system(said)))?;
                loaded.insert(program)
            }
        };
        let known = program.parameters.clone();
        let parameters = |name: &str| {
            let found = known.iter().find(|(known, _)| known == name);
            let unknown = || Refusal::system(format!("there is no function {name}"));
            found.map(|(_, parameters)| parameters.as_slice()).ok_or_else(unknown)
        };
        work(program, &parameters).map_err(Failure::from)
    })
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure {
            blame: if refusal.business {
                Blame::Business
            } else {
                Blame::System
            },
            message: refusal.message,
        }
    }
}

impl From<help::Text> for Text {
    fn from(text: help::Text) -> Text {
        Text {
            ja: text.ja,
            en: text.en,
        }
    }
}

impl From<help::Function> for Function {
    fn from(function: help::Function) -> Function {
        Function {
            arguments: function.arguments().to_string(),
            output: function.output.to_string(),
            help: function.help.into(),
            name: function.name,
            effect: match function.effect {
                help::Effect::Read => Effect::Read,
                help::Effect::Idempotent => Effect::Idempotent,
                help::Effect::Irreversible => Effect::Irreversible,
            },
        }
    }
}

impl From<help::Ask> for Capability {
    fn from(ask: help::Ask) -> Capability {
        match ask {
            help::Ask::Clock => Capability::Clock,
            help::Ask::Read => Capability::Read,
            help::Ask::Write => Capability::Write,
        }
    }
}
