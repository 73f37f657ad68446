//! The one integration test binary.

mod architecture;
mod practice;
mod browser;
mod support;
