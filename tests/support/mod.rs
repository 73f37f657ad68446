//! What several integration tests share.

pub(crate) mod chromium;
pub(crate) mod picture;
pub(crate) mod site;
