//! The one integration test binary.

mod architecture;
mod browser;
mod check;
mod history;
mod practice;
mod steps;
mod support;
