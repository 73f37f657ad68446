//! The night end to end: the built program, a real Chromium, the practice city, and everything that goes wrong with them.

mod answers;
mod batons;
mod doubts;
mod faults;
mod files;
mod items;
mod outages;
mod places;
mod privacy;
mod questions;
mod rehearsing;
mod stops;
mod storage;
mod whole;
mod words;
mod trying;
