//! What several integration tests share.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

pub(crate) mod chromium;
pub(crate) mod engine;
pub(crate) mod gate;
pub(crate) mod guests;
pub(crate) mod office;
pub(crate) mod picture;
pub(crate) mod site;
