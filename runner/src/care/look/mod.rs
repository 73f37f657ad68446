//! Looking: the only part that touches the machine, the browser and the store.

mod machine;
mod office;

pub use machine::{Ask, browser_here, machine, network};
pub use office::{Place, office};
