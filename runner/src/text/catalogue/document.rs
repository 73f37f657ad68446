//! Messages 1000–2999.

use super::messages;

messages! {}
