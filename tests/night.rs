//! The night end to end: the built program, a real Chromium, the practice city, and everything that goes wrong with them.

#![expect(clippy::unwrap_used, reason = "a helper that fails should fail its test")]

mod whole;
