//! The one integration test binary.

mod browser;
mod check;
mod hostile;
mod support;
