//! The night end to end: the built program, a real Chromium, the practice city, and everything that goes wrong with them.

mod whole;
