//! Filters that expressions may use, by their Japanese and English names.

use minijinja::Environment;

/// Adds every filter.
pub(super) fn register(environment: &mut Environment<'static>) {
    let _ = environment;
}
