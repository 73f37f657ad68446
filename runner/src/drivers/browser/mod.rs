//! placeholder until the driver arrives
/// x
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct BrowserError;
/// x
pub struct Session;
