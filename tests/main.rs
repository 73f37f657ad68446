//! The one integration test binary.

mod practice;
