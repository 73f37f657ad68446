//! Writing plugins for yakin in Rust.
//!
//! ```ignore
//! use yakin_plugin::{Failure, Plugin, function};
//!
//! #[derive(serde::Deserialize, schemars::JsonSchema)]
//! struct Fee {
//!     /// 通数
//!     copies: u32,
//! }
//!
//! fn fee(fee: Fee) -> Result<u32, Failure> {
//!     match fee.copies {
//!         0 => Err(Failure::business("通数が 0 です。")),
//!         copies => Ok(300 * copies),
//!     }
//! }
//!
//! fn plugin() -> Plugin {
//!     Plugin::new("手数料を計算します。", "Works out fees.")
//!         .with(function("fee", "手数料を計算します。", "Works out a fee.", fee))
//! }
//!
//! yakin_plugin::export!(plugin);
//! ```

pub use schemars;
pub use serde;
pub use serde_json;

use std::cell::RefCell;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;

use bindings::exports::yakin::plugin::api;

/// What the contract becomes in Rust.
#[doc(hidden)]
pub mod bindings {
    wit_bindgen::generate!({
        path: "../wit",
        world: "plugin",
        pub_export_macro: true,
        default_bindings_module: "yakin_plugin::bindings",
    });
}

pub use api::{Capability, Effect};

/// What a plugin may use of the runner.
pub mod host {
    pub use crate::bindings::yakin::plugin::host::{log, now, progress, read_file, write_file};
}

/// Rows between two words about how far a batch is.
const PROGRESS: usize = 100;

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    business: bool,
    message: String,
}

impl Failure {
    /// The data do not allow it: the item is rejected with these words.
    pub fn business(message: impl Into<String>) -> Failure {
        Failure {
            business: true,
            message: message.into(),
        }
    }

    /// The plugin could not do its work.
    pub fn system(message: impl Into<String>) -> Failure {
        Failure {
            business: false,
            message: message.into(),
        }
    }

    /// The words.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// A plugin: what it is for and its functions.
pub struct Plugin {
    help: api::Text,
    functions: Vec<Function>,
    capabilities: Vec<Capability>,
    state: bool,
}

/// A function of a plugin.
pub struct Function {
    name: &'static str,
    help: api::Text,
    effect: Effect,
    arguments: fn() -> String,
    output: fn() -> String,
    run: Box<dyn Fn(&str) -> Result<String, Failure>>,
}

/// A function with its name and help (Japanese, English). Arguments and result are described by their types: the comment
/// of a field is its help.
pub fn function<A, R>(
    name: &'static str,
    ja: &str,
    en: &str,
    run: impl Fn(A) -> Result<R, Failure> + 'static,
) -> Function
where
    A: DeserializeOwned + JsonSchema,
    R: Serialize + JsonSchema,
{
    Function {
        name,
        help: text(ja, en),
        effect: Effect::Read,
        arguments: schema::<A>,
        output: schema::<R>,
        run: Box::new(move |arguments| {
            let arguments = serde_json::from_str(arguments).map_err(|error| Failure::system(error.to_string()))?;
            let result = run(arguments)?;
            in_json(&result).map_err(|error| Failure::system(error.to_string()))
        }),
    }
}

/// A value as JSON in exactly the memory it needs: many small results leave the plugin at once.
fn in_json(value: &impl Serialize) -> serde_json::Result<String> {
    thread_local! {
        static ROOM: RefCell<Vec<u8>> = RefCell::default();
    }
    ROOM.with_borrow_mut(|room| {
        room.clear();
        serde_json::to_writer(&mut *room, value)?;
        Ok(String::from_utf8_lossy(room).into_owned())
    })
}

impl Function {
    /// Says what it does to the world; without this it only works something out.
    pub fn effect(self, effect: Effect) -> Function {
        Function { effect, ..self }
    }
}

impl Plugin {
    /// A plugin with its help.
    pub fn new(ja: &str, en: &str) -> Plugin {
        Plugin {
            help: text(ja, en),
            functions: Vec::new(),
            capabilities: Vec::new(),
            state: false,
        }
    }

    /// Adds a function.
    pub fn with(mut self, function: Function) -> Plugin {
        self.functions.push(function);
        self
    }

    /// Asks for something that the office must grant.
    pub fn asks(mut self, capability: Capability) -> Plugin {
        self.capabilities.push(capability);
        self
    }

    /// Keeps one instance for a whole run, so that statics live on between calls.
    pub fn with_state(self) -> Plugin {
        Plugin { state: true, ..self }
    }

    #[doc(hidden)]
    pub fn describe(self) -> api::Description {
        let functions = self.functions.into_iter().map(|function| api::Function {
            name: function.name.to_owned(),
            help: function.help,
            arguments: (function.arguments)(),
            output: (function.output)(),
            effect: function.effect,
        });
        api::Description {
            help: self.help,
            functions: functions.collect(),
            capabilities: self.capabilities,
            state: self.state,
        }
    }

    #[doc(hidden)]
    pub fn call(&self, name: &str, arguments: &str) -> Result<String, api::Failure> {
        let function = self.find(name)?;
        (function.run)(arguments).map_err(api::Failure::from)
    }

    #[doc(hidden)]
    pub fn call_batch(&self, name: &str, rows: &[String]) -> Vec<Result<String, api::Failure>> {
        let function = match self.find(name) {
            Ok(function) => function,
            Err(failure) => return rows.iter().map(|_| Err(failure.clone())).collect(),
        };
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let answers = rows.iter().enumerate().map(|(done, row)| {
            if done > 0 && done % PROGRESS == 0 {
                host::progress(u32::try_from(done).unwrap_or(u32::MAX), total);
            }
            (function.run)(row).map_err(api::Failure::from)
        });
        answers.collect()
    }

    fn find(&self, name: &str) -> Result<&Function, api::Failure> {
        let found = self.functions.iter().find(|function| function.name == name);
        found.ok_or_else(|| Failure::system(format!("there is no function {name}")).into())
    }
}

impl From<Failure> for api::Failure {
    fn from(failure: Failure) -> api::Failure {
        api::Failure {
            blame: if failure.business {
                api::Blame::Business
            } else {
                api::Blame::System
            },
            message: failure.message,
        }
    }
}

fn text(ja: &str, en: &str) -> api::Text {
    api::Text {
        ja: ja.to_owned(),
        en: en.to_owned(),
    }
}

fn schema<T: JsonSchema>() -> String {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
        .to_string()
}

/// Makes a component of a function that returns a [`Plugin`].
#[macro_export]
macro_rules! export {
    ($plugin:path) => {
        struct Component;

        impl $crate::bindings::exports::yakin::plugin::api::Guest for Component {
            fn describe() -> Result<$crate::bindings::exports::yakin::plugin::api::Description, String> {
                Ok($plugin().describe())
            }

            fn call(
                function: String,
                arguments: String,
            ) -> Result<String, $crate::bindings::exports::yakin::plugin::api::Failure> {
                $plugin().call(&function, &arguments)
            }

            fn call_batch(
                function: String,
                rows: Vec<String>,
            ) -> Vec<Result<String, $crate::bindings::exports::yakin::plugin::api::Failure>> {
                $plugin().call_batch(&function, &rows)
            }
        }

        $crate::bindings::export!(Component with_types_in $crate::bindings);
    };
}
