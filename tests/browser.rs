//! The browser driver against real Chromium and small pages as old municipal systems have them.

mod click;
mod describe;
mod fields;
mod fill;
mod look;
mod pictures;
mod sessions;
