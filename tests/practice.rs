//! The practice city over a real socket: its pages, its register, and every fault knob.

mod faults;
mod pages;
pub(crate) mod visitor;
