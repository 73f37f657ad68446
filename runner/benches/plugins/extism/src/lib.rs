//! Adds two numbers.

use extism_pdk::{FnResult, Json, plugin_fn};

#[derive(serde::Deserialize)]
struct Numbers {
    a: i64,
    b: i64,
}

#[plugin_fn]
pub fn add(Json(numbers): Json<Numbers>) -> FnResult<Json<i64>> {
    Ok(Json(numbers.a + numbers.b))
}
