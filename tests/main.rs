//! The one integration test binary.

mod architecture;
mod practice;
mod browser;
mod check;
mod hostile;
mod support;
