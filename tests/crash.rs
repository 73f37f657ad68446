//! Nothing twice, nothing lost, nothing silent: the built program is killed in the middle of its work, again and again, and
//! what stands in the other system's register is held against what the ledger says.
//!
//! Here the browser is a scripted one (`driver`) in front of a register that takes the same entry twice and takes its time
//! (`system`), so that a kill costs little more than a tenth of a second. What only a real browser shows is in `chromium`.

mod campaign;
mod chromium;
mod dice;
mod driver;
mod judge;
mod kills;
mod refused;
mod system;
mod trap;
mod workplace;
