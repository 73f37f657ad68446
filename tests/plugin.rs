//! Plugins: the sandbox, what runs in it, and how a clerk uses it.

mod cache;
mod hostile;
mod sandbox;
mod scenarios;
mod scripts;
mod toolchains;
