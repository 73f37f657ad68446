//! Messages 6000–9999.

use super::messages;

messages! {}
