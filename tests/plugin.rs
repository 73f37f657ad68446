//! Plugins: the sandbox and what runs in it.

mod sandbox;
