//! The smallest plugin: what benchmarks and tests call.

use std::sync::atomic::{AtomicU32, Ordering};

use schemars::JsonSchema;
use serde::Deserialize;
use yakin_plugin::{Failure, Plugin, function};

#[derive(Deserialize, JsonSchema)]
struct Numbers {
    /// 一つ目の数
    a: i64,
    /// 二つ目の数
    b: i64,
}

fn add(numbers: Numbers) -> Result<i64, Failure> {
    numbers
        .a
        .checked_add(numbers.b)
        .ok_or_else(|| Failure::business("数が大きすぎます。"))
}

#[derive(Deserialize, JsonSchema)]
struct Nothing {}

/// How often this very instance was called.
fn count(_: Nothing) -> Result<u32, Failure> {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    Ok(CALLS.fetch_add(1, Ordering::Relaxed) + 1)
}

fn plugin() -> Plugin {
    Plugin::new("数をたします。", "Adds numbers.")
        .with(function("add", "二つの数をたします。", "Adds two numbers.", add))
        .with(function(
            "count",
            "呼ばれた回数です。",
            "How often it was called.",
            count,
        ))
}

yakin_plugin::export!(plugin);
