//! A guest that means harm: every function tries to hurt whoever calls it. The tests hold that none does.

use std::hint::black_box;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yakin_plugin::{Failure, Plugin, function, host};

#[derive(Deserialize, JsonSchema)]
struct Nothing {}

type Ends = Result<String, Failure>;

/// Never ends.
fn endless(_: Nothing) -> Ends {
    let mut number = 0_u64;
    loop {
        number = black_box(number.wrapping_add(1));
    }
}

/// Takes all the memory there is.
fn memory(_: Nothing) -> Ends {
    let mut taken: Vec<Vec<u8>> = Vec::new();
    loop {
        taken.push(black_box(vec![1; 1 << 20]));
    }
}

/// Calls itself without end, with its locals in the linear memory.
fn recursion(_: Nothing) -> Ends {
    fn deeper(depth: u64, before: &[u8; 4096]) -> u64 {
        let here = black_box([before[0].wrapping_add(1); 4096]);
        if black_box(true) {
            deeper(depth + 1, &here) + u64::from(here[7])
        } else {
            depth
        }
    }
    Ok(deeper(0, &[0; 4096]).to_string())
}

/// Calls itself without end, with nothing in its frames.
fn shallow_recursion(_: Nothing) -> Ends {
    fn deeper(depth: u64) -> u64 {
        if black_box(depth) == u64::MAX {
            0
        } else {
            deeper(depth + 1).wrapping_add(black_box(depth))
        }
    }
    Ok(deeper(0).to_string())
}

/// Panics.
fn panics(_: Nothing) -> Ends {
    panic!("told to");
}

/// Reads outside of its memory.
fn outside(_: Nothing) -> Ends {
    let numbers = black_box(vec![1, 2, 3]);
    Ok(numbers[black_box(1 << 28)].to_string())
}

/// Leaves as a program does.
fn leaves(_: Nothing) -> Ends {
    std::process::exit(0)
}

/// Answers with more than anybody wants to read.
fn huge(_: Nothing) -> Ends {
    Ok("長".repeat(20_000_000 / 3))
}

/// Answers with something else than it promised.
#[derive(Serialize)]
struct Promised(serde_json::Value);

impl JsonSchema for Promised {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Promised".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 0, "maximum": 10 })
    }
}

fn liar(_: Nothing) -> Result<Promised, Failure> {
    Ok(Promised(serde_json::json!({ "office": "owned" })))
}

fn too_much(_: Nothing) -> Result<Promised, Failure> {
    Ok(Promised(serde_json::json!(11)))
}

/// Floods the record.
fn chatter(_: Nothing) -> Ends {
    for number in 0..1_000_000 {
        host::log(&format!("{number}\u{1b}[2J{}", "x".repeat(2000)));
    }
    Ok(String::new())
}

/// Floods its standard error, and dies.
fn shouts(_: Nothing) -> Ends {
    for _ in 0..1000 {
        eprintln!("{}", "x".repeat(4000));
    }
    panic!("at last");
}

/// Gives its refusal the length of a book.
fn long_refusal(_: Nothing) -> Ends {
    Err(Failure::business("長".repeat(1_000_000)))
}

#[derive(Deserialize, JsonSchema)]
struct Path {
    path: String,
}

/// Reads what it may not.
fn reads(asked: Path) -> Ends {
    let content = host::read_file(&asked.path).map_err(Failure::system)?;
    Ok(content.len().to_string())
}

/// Writes where it may not.
fn writes(asked: Path) -> Ends {
    host::write_file(&asked.path, b"owned").map_err(Failure::system)?;
    Ok("written".to_owned())
}

/// Goes past the contract to the system itself.
fn system(asked: Path) -> Ends {
    let read = std::fs::read_to_string(&asked.path).is_ok();
    let variables = std::env::vars().count();
    let connected = std::net::TcpStream::connect("127.0.0.1:80").is_ok();
    Ok(format!("{read} {variables} {connected}"))
}

/// What the system's own clock and randomness say.
fn secrets(_: Nothing) -> Ends {
    use std::hash::{BuildHasher, RandomState};
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.map(|now| now.as_secs()).unwrap_or_default();
    Ok(format!("{seconds} {}", RandomState::new().hash_one("x")))
}

/// The run's clock.
fn clock(_: Nothing) -> Ends {
    host::now().map_err(Failure::system)
}

fn plugin() -> Plugin {
    let name = "害をなすプラグイン。";
    let harm = |name: &'static str, run: fn(Nothing) -> Ends| function(name, "害をなします。", "Does harm.", run);
    let path = |name: &'static str, run: fn(Path) -> Ends| function(name, "害をなします。", "Does harm.", run);
    Plugin::new(name, "A plugin that means harm.")
        .with(harm("endless", endless))
        .with(harm("memory", memory))
        .with(harm("recursion", recursion))
        .with(harm("shallow_recursion", shallow_recursion))
        .with(harm("panics", panics))
        .with(harm("outside", outside))
        .with(harm("leaves", leaves))
        .with(harm("huge", huge))
        .with(function("liar", "害をなします。", "Does harm.", liar))
        .with(function("too_much", "害をなします。", "Does harm.", too_much))
        .with(harm("chatter", chatter))
        .with(harm("shouts", shouts))
        .with(harm("long_refusal", long_refusal))
        .with(path("reads", reads))
        .with(path("writes", writes))
        .with(path("system", system))
        .with(harm("secrets", secrets))
        .with(harm("clock", clock))
        .asks(yakin_plugin::Capability::Clock)
        .asks(yakin_plugin::Capability::Read)
        .asks(yakin_plugin::Capability::Write)
}

yakin_plugin::export!(plugin);
