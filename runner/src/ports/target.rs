//! The real system that a run works in.

/// A system, as runs share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its address; what has one address is one system with one account.
    pub name: String,
    /// How many runs may write into it at one time; `None` for a run that only reads.
    pub writers: Option<u32>,
}

/// What a run has learnt of its system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetNote {
    /// Items in a row failed through it: nobody tries it for a while.
    Failed,
    /// An item came through.
    Well,
    /// It refused a login: with the same words nobody tries again, for accounts lock.
    LoginRefused(String),
}
