//! The one integration test binary.

mod architecture;
mod practice;
mod browser;
mod history;
mod check;
mod support;
